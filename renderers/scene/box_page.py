"""A page that is a box of another figure: axes or a part of a figure that a user has made."""

from __future__ import annotations

import math
from typing import ClassVar

import attrs

from renderers.scene.journals import EDGE, PRESETS, JournalPreset, Page

_SPARE = 0.1  # millimetres that rounding may take
_LEAST = 10.0  # millimetres; a smaller box holds no figure at all


class TooSmall(ValueError):
    """A figure does not fit its box. ``width`` and ``height``: the millimetres that it needs."""

    def __init__(self, message: str, width: float, height: float) -> None:
        super().__init__(message)
        self.width = width
        self.height = height


class BoxPage(Page):
    """A page of the size of a box; what is too large for it names the size that is needed."""

    continues: ClassVar[bool] = False

    def __str__(self) -> str:
        return f"a box of {self.printed_width:g} x {self.preset.height:g} mm"

    def too_narrow(self, what: str, width: float) -> TooSmall:
        return self.too_small(what, width + 2 * EDGE, self.preset.height)

    def too_small(self, what: str, width: float, height: float) -> TooSmall:
        """The error for a figure that needs so many millimetres, its edges included."""
        wide, high = math.ceil(width), math.ceil(height)
        own = self.printed_width, self.preset.height
        factors = [
            needed / has if whole > has + _SPARE else 1.0
            for whole, needed, has in zip((width, height), (wide, high), own, strict=True)
        ]
        larger = " and ".join(
            f"{math.ceil(100 * factor) / 100:.2f} times as {word}"
            for factor, word in zip(factors, ("wide", "high"), strict=True)
            if factor > 1.0
        )
        return TooSmall(
            f"{what} takes {wide} x {high} mm, and its place is {self.printed_width:g} x "
            f"{self.preset.height:g} mm (make the figure {larger or 'larger'}: figsize; or leave "
            "ax out)",
            wide,
            high,
        )


def box_page(width: float, height: float, language: str = "en") -> BoxPage:
    """The page of a box.

    Args:
        width: of the box in millimetres, as printed.
        height: likewise.
        language: of the fixed words.

    Raises:
        ValueError: the box is smaller than any figure.
    """
    if min(width, height) < _LEAST:
        raise ValueError(
            f"the axes are {width:.0f} x {height:.0f} mm (make the figure larger: figsize)"
        )
    generic = PRESETS["generic"]
    size = round(width, 1), round(height, 1)
    preset: JournalPreset = attrs.evolve(
        generic, name="box", columns=(("box", size[0]),), height=size[1], source="axes of a user"
    )
    return BoxPage(preset=preset, column="box", language=language)
