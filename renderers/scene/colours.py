"""The colours of everything that has no name of its own, and how a colour is made paler or darker.

A bar is coloured by its drug or arm (``palette``). Responses have colours of their own, darker or
purer than any bar: two blues for response, a yellow for stable disease, an orange red for
progression. Red is never used against green. All other signs are black on white.
"""

from __future__ import annotations

BLACK = "#1A1A1A"
GREY = "#5F5F5F"  # 6.4 to 1 on white
FAINT = "#D9D9D9"
WHITE = "#FFFFFF"
# Of responses and events. In grey they differ by shape, and those of one shape by their face.
COMPLETE = "#0B2F73"
PARTIAL = "#2C83C9"
STABLE = "#F2D13A"
PROGRESSIVE = "#D9480F"
ADVERSE = "#C39BD3"
GRADES = ("#EADCF0", ADVERSE, "#9A5BB5", "#66307E", "#2E0F3B")  # of adverse events, 1 to 5
# Points of the strokes that hatch a pale bar of each grade. The lines of pale hues are darkened, so
# the worse grade has the wider ones: the mean of the bar then tells two grades apart, also in grey.
GRADE_HATCHES = (0.35, 0.5, 0.8, 1.0, 1.2)
_LINE = 3.0  # the contrast of a line with white, WCAG 2.1 for graphics


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def tint(colour: str, share: float) -> str:
    """A hue mixed with white; ``share`` of the hue stays. No transparency, so it prints as is."""
    return "#" + "".join(f"{round(255 - share * (255 - part)):02X}" for part in _parts(colour))


def shade(colour: str, share: float) -> str:
    """A hue mixed with black; ``share`` of the hue stays.

    >>> shade("#F8A469", 0.5)
    '#7C5234'
    """
    return "#" + "".join(f"{round(share * part):02X}" for part in _parts(colour))


def over(one: str, other: str) -> str:
    """The colour of two inks printed one over the other.

    >>> over("#C0FFFF", "#FFC0FF")
    '#C0C0FF'
    """
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a * b / 255):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.1)."""
    found = [part / 255 for part in _parts(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in found]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def lightness(colour: str) -> float:
    """The lightness L* of CIE 1976, 0 (black) to 100 (white): what is left of a colour in grey."""
    share = luminance(colour)
    return 116 * share ** (1 / 3) - 16 if share > (6 / 29) ** 3 else share * (29 / 3) ** 3


def line_of(colour: str) -> str:
    """The same hue as a line on white: darkened until its contrast is 3 to 1."""
    while 1.05 / (luminance(colour) + 0.05) < _LINE:
        colour = shade(colour, 0.95)
    return colour
