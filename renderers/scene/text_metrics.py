"""The width of a text in millimetres, before anything is drawn.

Advance widths of DejaVu Sans 2.37 (thousandths of the size), the widest face of our list: what
fits by this table fits in Arial and Helvetica as well, so that a figure is laid out alike on every
machine. A test compares it with the font itself. Of a font that is named, its own widths count.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from renderers.scene.fonts import letter_width

MM_PER_POINT = 25.4 / 72
_WIDTHS = {
    275: "'", 278: "ijl", 295: "IJ", 318: " ,.·", 337: "/:;\\|", 352: "f", 361: "-",
    390: "()[]", 392: "t", 401: "!²⁹", 411: "r", 460: '"', 500: "*_`–°", 521: "s", 525: "z",
    531: "?", 550: "c", 557: "L", 575: "F", 579: "k", 592: "vxy", 603: "P", 611: "TY",
    612: "oö", 613: "aåä", 615: "eé", 632: "E", 634: "hnuü", 635: "Sbdgpq",
    636: "$0123456789{}µ", 656: "K", 684: "AV", 685: "XZ", 686: "B", 695: "R", 698: "C",
    732: "U", 748: "N", 752: "H", 770: "D", 775: "G", 780: "&", 787: "OQ", 818: "w",
    838: "#+<=>^~×≥≤±→", 863: "M", 950: "%", 974: "m", 989: "W", 1000: "@—…",
}  # fmt: skip
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = max(_WIDTHS)
_BOLD = 1.14  # DejaVu Sans Bold against the plain face, over words of English


_FONT = ContextVar("font", default="")


@contextmanager
def measured_in(font: str) -> Iterator[None]:
    """Texts have the widths of this font within the block; of the table if it is empty."""
    before = _FONT.set(font)
    try:
        yield
    finally:
        _FONT.reset(before)


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in millimetres; a letter that the table or font lacks counts as the widest."""
    if font := _FONT.get():
        found = [letter_width(font, letter, bold=bold) for letter in text]
        return sum(_WIDEST if each is None else each for each in found) / 1000 * size * MM_PER_POINT
    units = sum(_WIDTH_OF.get(letter, _WIDEST) for letter in text)
    return units / 1000 * size * MM_PER_POINT * (_BOLD if bold else 1.0)


def wrapped(text: str, size: float, limit: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text on as few lines as fit into ``limit`` millimetres; a longer word is broken."""
    lines: list[str] = []
    for word in _short(text.split(), size, limit, bold=bold):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _short(words: list[str], size: float, limit: float, *, bold: bool) -> Iterator[str]:
    """The words, each cut with a hyphen where it is wider than the limit."""
    for word in words:
        rest = word
        while width(rest, size, bold=bold) > limit and len(rest) > 2:
            fits = (
                n
                for n in range(len(rest) - 1, 1, -1)
                if width(f"{rest[:n]}-", size, bold=bold) <= limit
            )
            cut = next(fits, 2)
            yield f"{rest[:cut]}-"
            rest = rest[cut:]
        yield rest
