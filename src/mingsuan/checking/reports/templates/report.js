(() => {
  "use strict";
  const MANY = 60;  // findings beyond which only their sentences are listed at first
  // Where a quoted table or page is wider than the screen, its first marked cell is brought just into sight: row names stand at the left.
  const BESIDE = 24;  // pixels left beside it
  const reveal = (within) => {
    for (const area of within.querySelectorAll(".scroll")) {
      const marked = area.querySelector(".marked, .outline");
      // Only what can be scrolled is a stop for the keyboard.
      area.tabIndex = area.scrollWidth > area.clientWidth ? 0 : -1;
      if (!marked || area.tabIndex < 0) continue;
      const cell = marked.getBoundingClientRect(), frame = area.getBoundingClientRect();
      area.scrollLeft += Math.max(0, Math.min(cell.right + BESIDE - frame.right, cell.left - BESIDE - frame.left));
    }
  };
  reveal(document);
  document.addEventListener("toggle", (event) => { if (event.target.open) reveal(event.target); }, true);
  const form = document.getElementById("filters");
  const cards = [...document.querySelectorAll("article.finding")];
  if (!form || !cards.length) return;
  const told = document.getElementById("shown");
  const words = form.elements.namedItem("words"), brief = form.elements.namedItem("brief");
  brief.defaultChecked = cards.length > MANY;
  const chosen = (name) => new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
  const text = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
  const apply = () => {
    const levels = chosen("level"), chapters = chosen("chapter"), sought = words.value.trim().toLowerCase();
    let shown = 0;
    for (const card of cards) {
      card.hidden = !(levels.has(card.dataset.level) && chapters.has(card.dataset.chapter) && text.get(card).includes(sought));
      shown += card.hidden ? 0 : 1;
    }
    document.body.classList.toggle("brief", brief.checked);
    const all = shown === cards.length;
    document.body.classList.toggle("filtered", !all);
    told.textContent = all ? `共${cards.length}个问题，全部列出。` : `共${cards.length}个问题，按所选列出${shown}个。`;
  };
  const follow = () => {
    const aim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!aim) return;
    if (aim.hidden) { form.reset(); apply(); }
    for (let fold = aim.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    aim.scrollIntoView();
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", follow);
  apply();
})();
