"""What it is worth to a column to read some fragments as one of its cells: the higher the better, None where they cannot be one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set

from mingsuan.dialects.names import bare
from mingsuan.patterns import regex
from mingsuan.reading.flattened.pieces import Piece, breaks, known_breaks, text_breaks
from mingsuan.reading.tables.content import Look, is_value, look
from mingsuan.values import dataclass

_CELL = 1.0
"""What a cell must be worth to be one, so that nothing is gained by cutting cells up."""
_HOPELESS = -4.0
"""A cell that no further fragment mends."""
_LONGEST_NAME = 64
"""Characters of a text that may be a known name with ordinals before it; the longest official name has 24."""
_POINTED, _PLAIN, _DASH, _DAMAGED = 1.2, 0.7, 0.5, -0.6
"""An amount with a decimal point or separators; a mere number; a dash; what can be no number."""
_VALUE = {Look.VALUE: 1.4, Look.DIGITS: 0.8, Look.MONEY: 0.6, Look.SHORT: 0.8, Look.NAME: -0.4, Look.LONG: -1.5}
_MORE = {Look.LONG: 1.0, Look.NAME: 0.5, Look.SHORT: 0.0}
_NO_NAME = frozenset({Look.VALUE, Look.MONEY, Look.DIGITS})
_LONG_NAME = 40
"""Characters from which an indicator's name is an explanation."""
_FORMULA = regex(r"[=＝]\D{2}")
"""The beginning of a formula that a line break parted from its name."""
_LONGEST_VALUE = 3
"""Fragments of the longest value."""
_LONGEST_MEASURE = 3.0
"""Ideographs of the longest unit of a value that stands in a line of its own (平方米)."""


@dataclass(frozen=True)
class Voice:
    """The judgement of a column, and of all columns that judge alike.

    Attributes:
        longest: fragments of its longest cell.
        own: what the words of a cell are worth, None where they cannot be one; columns may share it.
        leans: what more they are worth to this column.
        known: whether words are known from elsewhere, so that the breaks between them tell little.
        width: for columns of free text, how many ideographs their lines hold at least.
    """

    longest: int
    own: Callable[[Piece], float | None]
    leans: Callable[[str], float] | None = None
    known: Callable[[str], bool] | None = None
    width: float | None = None

    def breaks(self, piece: Piece, usual: float) -> float:
        """What speaks against the breaks within a cell; `usual` is what usually does."""
        if self.known is not None and self.known(piece.text):
            return known_breaks(piece)
        return usual if self.width is None else text_breaks(piece, self.width)


def heard(cells: Iterable[Piece], voices: Sequence[Voice]) -> list[list[float]]:
    """What each cell is worth to each voice, the shortest first, up to where no further fragment can mend it."""
    found: list[list[float]] = [[] for _ in voices]
    listening = list(zip(voices, found, strict=True))
    for piece in cells:
        size = piece.size
        usual = breaks(piece) if size > 1 else 0.0
        own: dict[int, float | None] = {}
        still = []
        for voice, worths in listening:
            key = id(voice.own)
            worth = own[key] if key in own else own.setdefault(key, voice.own(piece))
            if worth is None:
                continue
            worth -= _CELL + (voice.breaks(piece, usual) if size > 1 else 0.0)
            worth += voice.leans(piece.text) if voice.leans is not None else 0.0
            if worth >= _HOPELESS:
                worths.append(worth)
                if size < voice.longest:
                    still.append((voice, worths))
        if not still:
            break
        listening = still
    return found


def words_of(text: str) -> str:
    """The bare words of a text that may be a known name, "" for a longer one."""
    return bare(text) if len(text) <= _LONGEST_NAME else ""


def amount(piece: Piece) -> float | None:
    """A fragment as an amount."""
    fragment = piece.first
    if fragment.look is Look.BLANK:
        return _DASH
    if fragment.look not in {Look.MONEY, Look.DIGITS}:
        return None
    if not fragment.is_number:
        return _DAMAGED
    return _POINTED if "." in fragment.text or "," in fragment.text else _PLAIN


def free_text(piece: Piece) -> float | None:
    """A cell of free text."""
    return None if piece.money else 0.6


def value(piece: Piece) -> float | None:
    """The value of an indicator."""
    if _FORMULA.match(piece.text):
        return -1.5
    if piece.size > _LONGEST_VALUE:
        return None
    return _VALUE.get(look(piece.text), -1.0) - (1.0 if _goes_past_value(piece) else 0.0)


def _goes_past_value(piece: Piece) -> bool:
    """Whether a value is whole before its last fragments, and these are no unit."""
    return piece.size > 1 and is_value(piece.first.text) and sum(piece.lines) - piece.first.width > _LONGEST_MEASURE


def explanation(piece: Piece) -> float | None:
    """The explanation of an indicator."""
    return _MORE.get(look(piece.text), -0.6)


def indicator(piece: Piece) -> float | None:
    """The name of an indicator."""
    if piece.money and piece.size > 1:
        return None
    shape = look(piece.text)
    return -1.0 if shape in _NO_NAME or (shape is Look.LONG and len(piece.text) > _LONG_NAME) else 0.8


def level(prescribed: Set[str], others: Set[str], piece: Piece, *, upper: bool) -> float | None:
    """A name in a tree of indicators.

    Args:
        prescribed: the names that the authority prescribes for the level, bare.
        others: those that it prescribes for other levels.
        piece: the name.
        upper: other indicators stand below the level, most of which are prescribed.
    """
    own = indicator(piece)
    if own is None:
        return None
    words = words_of(piece.text)
    if words in prescribed:
        return 3.0
    if words in others:
        return -3.0
    return -0.5 if upper and own > 0 else own
