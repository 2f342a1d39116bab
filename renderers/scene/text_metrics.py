"""The width of a text in millimetres, before anything is drawn.

Advance widths of DejaVu Sans 2.37 (thousandths of the size), the widest face of our list: what
fits by this table fits in Arial and Helvetica as well, so that a figure is laid out alike on every
machine. A test compares it with the font itself. Of a font that is named, its own widths count.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from renderers.scene.fonts import letter_width

MM_PER_POINT = 25.4 / 72
_WIDTHS = {
    275: "'", 278: "ijl", 295: "IJ", 318: " \u00a0,.·", 337: "/:;\\|", 352: "f", 361: "-",
    390: "()[]", 392: "t", 401: "!²⁹", 411: "r", 460: '"', 500: "*_`–°", 521: "s", 525: "z",
    531: "?", 550: "c", 557: "L", 575: "F", 579: "k", 592: "vxy", 603: "P", 611: "TY",
    612: "oö", 613: "aåä", 615: "eé", 632: "E", 634: "hnuü", 635: "Sbdgpq",
    636: "$0123456789{}µ", 656: "K", 684: "AV", 685: "XZ", 686: "B", 695: "R", 698: "C",
    732: "U", 748: "N", 752: "H", 770: "D", 775: "G", 780: "&", 787: "OQ", 818: "w",
    838: "#+<=>^~×≥≤±→", 863: "M", 950: "%", 974: "m", 989: "W", 1000: "@—…",
}  # fmt: skip
_WIDEST = max(_WIDTHS)
_BOLD = 1.14  # DejaVu Sans Bold against the plain face, over words of English


class _WidthOf(dict[str, float]):
    """The width of each letter; a letter that the table lacks counts as the widest."""

    def __missing__(self, letter: str) -> float:
        return _WIDEST


_WIDTH_OF = _WidthOf({letter: width for width, letters in _WIDTHS.items() for letter in letters})
_FONT = ContextVar("font", default="")


@contextmanager
def measured_in(font: str) -> Iterator[None]:
    """Texts have the widths of this font within the block; of the table if it is empty."""
    before = _FONT.set(font)
    try:
        yield
    finally:
        _FONT.reset(before)


def _letters(text: str, *, bold: bool) -> Iterable[float]:
    """The width of each letter; of a bold one only a font that is named has its own."""
    if font := _FONT.get():
        found = (letter_width(font, letter, bold=bold) for letter in text)
        return (_WIDEST if each is None else each for each in found)
    return map(_WIDTH_OF.__getitem__, text)


def _millimetres(units: float, size: float, *, bold: bool) -> float:
    wider = _BOLD if bold and not _FONT.get() else 1.0
    return units / 1000 * size * MM_PER_POINT * wider


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in millimetres; a letter that the table or font lacks counts as the widest."""
    return _millimetres(sum(_letters(text, bold=bold)), size, bold=bold)


def wrapped(text: str, size: float, limit: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text on as few lines as fit into ``limit`` millimetres; a longer word is broken.

    Words with a no-break space between stay on one line if they fit there; it is then a blank.
    Each letter is measured twice at most, however long the text is.
    """

    def fits(units: float) -> bool:
        return _millimetres(units, size, bold=bold) <= limit

    lines: list[list[str]] = []
    taken: float = 0
    blank, hyphen = (sum(_letters(each, bold=bold)) for each in " -")
    for word in _kept(text, lambda each: fits(sum(_letters(each, bold=bold)))):
        for part, units in _parts(word, [*_letters(word, bold=bold)], hyphen, fits):
            longer = taken + blank + units
            if lines and fits(longer):
                lines[-1].append(part)
                taken = longer
            else:
                lines.append([part])
                taken = units
    return tuple(" ".join(line).replace(_NO_BREAK, " ") for line in lines)


_NO_BREAK = "\u00a0"
_KEPT = re.compile(rf"[\S{_NO_BREAK}]+")


def _kept(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """What stays on a line: words, and words with no-break spaces between that fit there."""
    for each in _KEPT.findall(text):
        if _NO_BREAK in each and not fits(each):
            yield from each.split()
        else:
            yield each


_Fits = Callable[[float], bool]


def _parts(
    word: str, widths: Iterable[float], hyphen: float, fits: _Fits
) -> Iterator[tuple[str, float]]:
    """A word with its units, cut with hyphens where it is too wide; two letters stay together."""
    ends = [0, *itertools.accumulate(widths)]
    start = 0
    while len(word) - start > 2 and not fits(ends[-1] - ends[start]):
        first, last = start + 2, len(word) - 1
        end = _last_that_fits(ends, first, last, ends[start] - hyphen, fits)
        yield f"{word[start:end]}-", ends[end] - ends[start] + hyphen
        start = end
    yield word[start:], ends[-1] - ends[start]


def _last_that_fits(ends: list[float], first: int, last: int, before: float, fits: _Fits) -> int:
    """The last place from ``first`` to ``last`` at which a part can end; ``first`` if none fits."""
    while first < last:
        middle = (first + last + 1) // 2
        if fits(ends[middle] - before):
            first = middle
        else:
            last = middle - 1
    return first
