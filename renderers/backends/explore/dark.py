"""The colours of a figure on a dark ground, as rules of a style sheet.

Greys change places, from black on white to white on black. A hue stays what it is, unless it is
too dark to be seen on the ground: then it is mixed with white until it has the contrast that
WCAG 2.1 asks of graphics (1.4.11), so that a drug has the same hue on paper and on the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from renderers.scene.colours import luminance, tint

GROUND = "#16181B"
_INK = 236  # of 255: what black becomes
_PAPER = 24  # what white becomes: about the ground
_CONTRAST = 3.0  # WCAG 2.1, 1.4.11
_COLOUR = re.compile(r'(fill|stroke)="(#[0-9A-Fa-f]{6})"( class="pale")?')
_GREY = 8  # between the largest and the least of red, green and blue


def dark_rules(svg: str, scope: str) -> Iterator[str]:
    """A rule for each colour of some SVG that changes on a dark ground.

    Args:
        svg: the markup, in which colours are attributes.
        scope: the selector before each rule.

    """
    for attribute, colour, is_pale in sorted(set(_COLOUR.findall(svg))):
        darkened = dimmed(colour) if is_pale else on_dark(colour)
        which = ".pale" if is_pale else ""
        if darkened != colour:
            yield f'{scope} [{attribute}="{colour}"]{which}{{{attribute}:{darkened}}}'


def dimmed(colour: str) -> str:
    """A pale colour on the dark ground: its white becomes the ground, so that it stays weak.

    Of 253, 226, 207 all three hold 207 of white, of which the ground leaves 18, 19, 22.

    >>> dimmed("#FDE2CF"), dimmed("#FFFFFF") == on_dark("#FFFFFF")
    ('#402616', True)
    """
    if _is_grey(colour):
        return on_dark(colour)
    parts, ground = _parts(colour), _parts(GROUND)
    white = min(parts)
    mixed = (part - white + round(own * white / 255)
             for part, own in zip(parts, ground, strict=True))  # fmt: skip
    return "#" + "".join(f"{part:02X}" for part in mixed)


def _is_grey(colour: str) -> bool:
    parts = _parts(colour)
    return max(parts) - min(parts) <= _GREY


def _parts(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def on_dark(colour: str) -> str:
    """A colour as it is drawn on the dark ground.

    >>> on_dark("#FFFFFF"), on_dark("#000000"), on_dark("#F2D13A")
    ('#181818', '#ECECEC', '#F2D13A')
    """
    parts = _parts(colour)
    if _is_grey(colour):
        level = round(_INK - (_INK - _PAPER) * sum(parts) / (3 * 255))
        return f"#{level:02X}" + 2 * f"{level:02X}"
    share = 1.0
    while _contrast(tint(colour, share)) < _CONTRAST:
        share -= 0.05
    return colour if share == 1.0 else tint(colour, share)


def _contrast(colour: str) -> float:
    """Against the ground (WCAG 2.1)."""
    low, high = sorted((luminance(colour), luminance(GROUND)))
    return (high + 0.05) / (low + 0.05)
