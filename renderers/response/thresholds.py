"""The thresholds of response and progression, across a plot of changes from baseline.

They are those of the criteria that the lines drawn are judged by: ten percent by Choi, thirty and
twenty by RECIST 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import attrs

from renderers.axes.values import ValueAxis, signed
from renderers.scene.scene import SMALL, Frame, Label, Mark, RangeMark
from renderers.text.translation import both, either, translate
from timeline.core.span import Span
from timeline.response.criteria import CRITERIA

_LINE = 2.3  # millimetres between two numbers one above the other
_AFTER = 1.4  # between a dashed line and its number: its minus is no dash of the line
_LINES_DRAWN = "Horizontal lines: {thresholds}; progression is assessed relative to the nadir."
_PAIR = "{below} % below and {above} % above baseline"


@attrs.frozen(kw_only=True)
class Pair:
    """Percent below baseline that are a response, and above it; of which criteria, by title."""

    below: int
    above: int
    criteria: tuple[str, ...]

    def shrunk(self, change: Span) -> bool:
        """Whether a change in percent is surely a response by its size."""
        return bool(change.high <= -self.below)

    def grown(self, change: Span) -> bool:
        """Whether it surely lies as far above baseline."""
        return bool(change.low >= self.above)


def pair_of(title: str) -> Pair | None:
    """The pair of one criterion; None of one that is not derived."""
    return next(iter(_pairs({title})), None)


class Judged(Protocol):
    """Whatever is drawn of a line that is judged by a criterion."""

    @property
    def criterion(self) -> str: ...


def pairs_of(drawn: Iterable[Judged]) -> tuple[Pair, ...]:
    """The pairs of all that is drawn in the order of the registry, each pair once.

    A criterion that is not derived has none.
    """
    return _pairs({each.criterion for each in drawn})


def _pairs(titles: set[str]) -> tuple[Pair, ...]:
    found: dict[tuple[int, int], list[str]] = {}
    for row in CRITERIA.values():
        if row.title in titles:
            limits = row.thresholds
            pair = (limits.response_percent, limits.progression_percent)
            found.setdefault(pair, []).append(row.title)
    return tuple(
        Pair(below=below, above=above, criteria=tuple(criteria))
        for (below, above), criteria in found.items()
    )


def across(pairs: Sequence[Pair], frame: Frame, scale: ValueAxis) -> Iterator[Mark]:
    """A line at each threshold, and its number at the plot: higher where two would overlap."""
    values = {pair.above for pair in pairs} | {-pair.below for pair in pairs}
    heights, free = {}, scale.bottom
    for value in sorted(values):
        heights[value] = min(scale.y(value), free)
        free = heights[value] - _LINE
    for value in sorted(values, reverse=True):
        yield RangeMark(
            style="threshold",
            low=frame.low,
            high=frame.high,
            y=scale.y(value),
            open_low=True,
            open_high=True,
        )
        text, shift = f"{signed(value)} %", frame.right + _AFTER
        yield Label(text=text, size=SMALL, shift=shift, y=heights[value])


def threshold_sentence(pairs: Sequence[Pair]) -> str:
    """The sentence on the lines; where the criteria differ each with its criteria."""
    if not pairs:
        return ""
    each = [translate(_PAIR, below=pair.below, above=pair.above) for pair in pairs]
    if len(pairs) > 1:
        named = zip(each, pairs, strict=True)
        each = [translate("{what}, by {criterion}", what=what, criterion=both(pair.criteria))
                for what, pair in named]  # fmt: skip
    return translate(_LINES_DRAWN, thresholds="; ".join(each))


def numbers(pairs: Sequence[Pair]) -> dict[str, str]:
    """The percents in words: ``30``, or ``10 or 30`` where the criteria differ."""
    below, above = (sorted({getattr(p, side) for p in pairs}) for side in ("below", "above"))
    return {"below": either(tuple(map(str, below))), "above": either(tuple(map(str, above)))}
