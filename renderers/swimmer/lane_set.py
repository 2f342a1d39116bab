"""The lanes of a figure together, and what its colours mean."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.scene.styles import STYLES
from renderers.swimmer.lane import Lane

FEW = 12  # lanes that have room for more than a line of text each
_HUES = tuple(row.name for row in STYLES.values() if row.is_treatment)
Inks = tuple[tuple[str, str], ...]  # what is drawn, style
Named = tuple[tuple[str, str, str], ...]


@attrs.frozen(kw_only=True)
class LaneSet:
    """The lanes of a figure, what its colours mean, and who was left out and why."""

    lanes: tuple[Lane, ...]
    headings: tuple[tuple[str, str, bool], ...] = ()  # column, heading, whether on the left
    named: Named = ()
    left_out: tuple[tuple[str, str], ...] = ()  # name, what it lacks
    given: int = 0  # lanes that were asked for


def assign_colours(words: Sequence[str], group: str = "Treatment") -> tuple[Inks, Named]:
    """A style of bar for each word, in order; those beyond the table share the last, by name."""
    own = words if len(words) <= len(_HUES) else words[: len(_HUES) - 1]
    rest = words[len(own) :]
    inks = [*zip(own, _HUES, strict=False), *((word, _HUES[-1]) for word in rest)]
    named = [(style, group, word) for word, style in zip(own, _HUES, strict=False)]
    if rest:
        named.append((_HUES[-1], group, ", ".join(rest)))
    return tuple(inks), tuple(named)
