"""Causes of one slip each: the edit that repairs all, or edits that several violated identities agree on, taken out one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest

from mingsuan.identities.localising import weights
from mingsuan.identities.localising.arithmetic import Arithmetic, Equation, Value
from mingsuan.identities.localising.edits import SWAPPED
from mingsuan.identities.localising.proposals import Proposal, Proposer
from mingsuan.identities.localising.ranking import surprise
from mingsuan.values import dataclass

SEARCHED_AT_MOST = 200
"""Violations of one component among which single edits are looked for; where more fail together, no single cell is at fault."""
AGREED = 2
"""Violated identities that must ask for the same edit before it is believed while others still fail."""


@dataclass(frozen=True)
class Found:
    """What explains some violations.

    Attributes:
        alternatives: equally likely repairs, each of one edit or of several that go together.
        solved: the violated equations that it repairs.
    """

    alternatives: tuple[tuple[Proposal, ...], ...]
    solved: tuple[Equation, ...]


@dataclass(frozen=True)
class _Effect:
    """What a proposal does.

    Attributes:
        solved: violated equations that it repairs or lifts.
        still: violated equations that it is a member of and that fail after it.
    """

    proposal: Proposal
    solved: tuple[Equation, ...]
    still: tuple[Equation, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing that it is a member of fails after it."""
        return not self.still

    @property
    def weight(self) -> float:
        """How much speaks for it less how much against: what relates few figures says more of each than a long sum."""
        return sum(map(_weight, self.solved)) - sum(map(_weight, self.still))


def components(equations: Sequence[Equation]) -> list[list[Equation]]:
    """Violated equations that share figures, directly or through others; each figure is followed once."""
    by_figure: dict[int, list[int]] = {}
    for place, e in enumerate(equations):
        for number in (*e.left, *e.right):
            by_figure.setdefault(number, []).append(place)
    left = dict.fromkeys(range(len(equations)))
    found = []
    while left:
        group: list[int] = []
        first = next(iter(left))
        del left[first]
        waiting = [first]
        for number in equations[first].lifts:
            waiting.extend(n for n in by_figure.pop(number, ()) if left.pop(n, waiting) is None)
        while waiting:
            place = waiting.pop()
            group.append(place)
            for number in (*equations[place].left, *equations[place].right):
                waiting.extend(n for n in by_figure.pop(number, ()) if left.pop(n, waiting) is None)
        found.append([equations[place] for place in sorted(group)])
    return found


def peeled(proposer: Proposer, failing: Sequence[Equation]) -> tuple[list[Found], list[Equation]]:
    """What single edits explain of one component, and what they leave; the arithmetic keeps the certain edits.

    An edit that repairs all is a cause with every equally likely alternative. Where none does, several slips meet in a sum: an edit
    that several violated identities ask for and that breaks none is taken out, and the rest looked at again.
    """
    arithmetic = proposer.arithmetic
    if len(failing) > SEARCHED_AT_MOST:
        return [], list(failing)
    found: list[Found] = []
    waiting = [list(failing)]
    stuck: list[Equation] = []
    while waiting:
        left = waiting.pop(0)
        best = _explanation(proposer, left)
        if not best:
            stuck.extend(left)
            continue
        found.append(Found(tuple((e.proposal,) for e in best), best[0].solved))
        if len(best) == 1:
            arithmetic.apply(dict(best[0].proposal.edits))
        solved = {id(e) for e in best[0].solved}
        waiting.extend(components([e for e in left if id(e) not in solved]))
    return found, stuck


def _explanation(proposer: Proposer, failing: Sequence[Equation]) -> list[_Effect]:
    """Equally likely edits that repair all, or the one that most violations agree on; [] if none. Blanks are filled last."""
    for fill in (False, True):
        effects = [e for e in _effects(proposer, failing, fill) if e.solved]
        complete = [e for e in effects if e.whole and len(e.solved) == len(failing)]
        if complete:
            return likeliest(proposer, [*complete, *_refined(proposer, complete, failing)])
        agreed = _agreed(proposer, effects, failing)
        if agreed is not None:
            return [agreed]
    return []


def _effects(proposer: Proposer, failing: Sequence[Equation], fill: bool) -> Iterator[_Effect]:
    """What each proposal repairs; those that break a satisfied equation are left out."""
    inside = {id(e) for e in failing}
    for proposal in proposer.filled(failing) if fill else proposer.of(failing):
        effect = _effect(proposer.arithmetic, proposal, failing, inside)
        if effect is not None:
            yield effect


def _effect(arithmetic: Arithmetic, proposal: Proposal, failing: Sequence[Equation], inside: set[int]) -> _Effect | None:
    figures = proposal.figures
    with arithmetic.edited(dict(proposal.edits)):
        after = [e for e in arithmetic.touched(figures) if arithmetic.fails(e)]
    still = {id(e) for e in after}
    if any(e not in inside for e in still):
        return None
    solved = tuple(e for e in failing if not figures.isdisjoint(e.lifts) or (id(e) not in still and e.has(figures)))
    return _Effect(proposal, solved, tuple(after))


def _weight(equation: Equation) -> float:
    return 0.0 if equation.contained else 1 / max(1, len(equation.left) + len(equation.right) - 1)


def _agreed(proposer: Proposer, effects: Iterable[_Effect], failing: Sequence[Equation]) -> _Effect | None:
    """The edit that most violated identities ask for, if nothing else would repair as many of the same: that is a question for a search."""
    able = [e for e in effects if e.weight > 0 and sum(not q.contained for q in e.solved) >= AGREED]
    able.sort(key=lambda e: -len(e.solved))
    while able:
        solved = {id(q) for q in able[0].solved}
        rivals = [e for e in able if len(e.solved) == len(able[0].solved) and not solved.isdisjoint(map(id, e.solved))]
        best = likeliest(proposer, [*rivals, *_refined(proposer, rivals, failing)])
        if len(best) == 1:
            return best[0]
        able = [e for e in able if solved.isdisjoint(map(id, e.solved))]
    return None


REFINED_AT_MOST = 300
"""Nearby known slips of one cause that are tried, the nearest first."""


def _refined(proposer: Proposer, effects: Sequence[_Effect], failing: Sequence[Equation]) -> Iterator[_Effect]:
    """The known slips that rounding lets stand in the place of a repair and that repair as much: what is usual, what fewer numbers fit;

    any, where none is known.
    """
    inside = {id(e) for e in failing}
    if all(e.contained for e in failing):
        yield from _within(proposer, failing, inside)
    unknown = not any(proposer.typed(e.proposal) for e in effects)
    tried: list[tuple[bool, int, int, Value, _Effect]] = []
    for effect in effects:
        ((number, value), *others) = effect.proposal.edits
        if others or value.units is None:
            continue
        reach = min((proposer.arithmetic.tolerance(e) for e in effect.solved if not e.contained), default=0)
        for near in proposer.typed_near(number, value.units, reach - 1) if reach > 2 * value.half else ():
            other = Proposal(((number, near),))
            unsaid = _unsaid(proposer, other)
            if near != value and (unknown or unsaid or proposer.rarity(other) < proposer.rarity(effect.proposal)):
                tried.append((not unsaid, abs((near.units or 0) - value.units), number, near, effect))
    for _, _, number, near, effect in nsmallest(REFINED_AT_MOST, tried, key=lambda t: t[:3]):
        made = _effect(proposer.arithmetic, Proposal(((number, near),)), failing, inside)
        if made is not None and len(made.solved) == len(effect.solved):
            yield made


def _within(proposer: Proposer, failing: Sequence[Equation], inside: set[int]) -> Iterator[_Effect]:
    """Of the known slips after which every part is within its whole, those of the kind that least numbers fit by chance."""
    made = [_effect(proposer.arithmetic, p, failing, inside) for p in dict.fromkeys(p for e in failing for p in proposer.within(e))]
    whole = [e for e in made if e is not None and e.whole and len(e.solved) == len(failing)]
    least = min((proposer.rarity(e.proposal) for e in whole), default=0)
    yield from (e for e in whole if proposer.rarity(e.proposal) == least)


def likeliest(proposer: Proposer, effects: Sequence[_Effect]) -> list[_Effect]:
    """Of edits that stay within rounding: known slips, one cell before two, what is usual or recurs before others, what surprises least.

    Those that surprise hardly more are as likely, the likeliest first.
    """
    effects = list({e.proposal: e for e in effects}.values())
    if len(effects) == 1:
        return effects
    kinds = [_kind(proposer, e.proposal) for e in effects]
    best = min(kinds)
    likely = [e for e, kind in zip(effects, kinds, strict=True) if kind == best]
    ranks = [(surprise(proposer, (e.proposal,)), proposer.role(e.proposal.edits[0][0])) for e in likely] if len(likely) > 1 else [(0, 0)]
    least = min(ranks)[0]
    order = sorted(range(len(likely)), key=ranks.__getitem__)
    return [likely[place] for place in order if ranks[place][0] <= least + weights.AS_LIKELY]


def _kind(proposer: Proposer, proposal: Proposal) -> tuple[bool, bool, bool, bool, bool]:
    """What counts before how much an edit surprises."""
    return (
        not proposer.typed(proposal),
        proposal.slip == SWAPPED,
        proposer.habits.negative(proposal.edits),
        not _unsaid(proposer, proposal),
        not proposer.echoed(proposal),
    )


def _unsaid(proposer: Proposer, proposal: Proposal) -> bool:
    ((n, value), *others) = proposal.edits
    return not others and (proposer.habits.unsaid(n, value.units) or proposer.habits.strange(n, value.units))
