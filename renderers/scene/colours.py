"""The colours of everything that is not a line of therapy, and how a hue is made paler."""

from __future__ import annotations

BLACK = "#1A1A1A"
QUIET = "#5F5F5F"  # 6.4 to 1 on white
FAINT = "#D9D9D9"
WHITE = "#FFFFFF"


def tint(colour: str, share: float) -> str:
    """A hue mixed with white; ``share`` of the hue stays. No transparency, so it prints as is."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - part)):02X}" for part in parts)
