"""The fonts of figures: in which order they are tried, and how wide the letters of one are.

matplotlib knows the installed fonts. It is loaded only where a font is named.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from timeline.core.problem import near

# Journals ask for Arial or Helvetica (Nature, Elsevier, Cell), or Times (The Lancet). Liberation
# and Arimo, Tinos have the same widths. matplotlib brings the last ones of each list.
FAMILIES: dict[str, tuple[str, ...]] = {
    "sans-serif": ("Arial", "Helvetica", "Liberation Sans", "Arimo", "DejaVu Sans"),
    "serif": (
        "Times New Roman", "Times", "Liberation Serif", "Tinos", "STIXGeneral", "DejaVu Serif",
    ),
}  # fmt: skip
_UNITS = 1000  # of the size of a text
_RESOLUTION = 72  # dots an inch: a point is a dot


def font_named(name: str) -> str:
    """An installed font, as it is spelled there; case does not matter.

    Raises:
        ValueError: no such font is installed.

    >>> font_named("dejavu sans")
    'DejaVu Sans'
    """
    from matplotlib.font_manager import get_font_names

    installed = sorted(get_font_names())
    found = [each for each in installed if each.casefold() == name.strip().casefold()]
    if not found:
        raise ValueError(f"no such font is installed: {name!r} ({near(name, installed)})")
    return found[0]


@lru_cache(maxsize=8)
def _face(font: str, *, bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    path = findfont(FontProperties(family=[font], weight="bold" if bold else "normal"))
    face: Any = FT2Font(path)
    face.set_size(_UNITS, _RESOLUTION)
    return face


@lru_cache(maxsize=4096)
def letter_width(font: str, letter: str, *, bold: bool) -> float | None:
    """The advance width of a letter in thousandths of its size; None if the font lacks it.

    Args:
        font: The name of an installed font.
        letter: One character.
        bold: Whether in its bold face, if it has one.

    """
    from matplotlib.ft2font import LoadFlags

    face = _face(font, bold=bold)
    if not face.get_char_index(ord(letter)):
        return None
    glyph = face.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536  # FreeType: 16 bits after the point
