"""The marks of a waterfall: the bar of each patient, what is cut, and the values of cut bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import attrs

from renderers.axes.values import ValueAxis
from renderers.response.best_change import WaterfallBar, percent
from renderers.scene.geometry import range_with_caps
from renderers.scene.mark import of_subject
from renderers.scene.scene import SMALL, Bar, Frame, Label, Mark, Marker, Polyline
from timeline.core.span import NEVER_ENDS

_BAR = 0.78  # of the pitch that a bar takes
_LINE = 2.8  # millimetres between lines of text
_NEW_LESION, _LEAST_ASTERISK = 1.7, 1.1  # of the marker of a new lesion
_SLANT, _GAP = 0.35, 0.45  # of the strokes of a cut, and from its middle to either
_CAP = 0.8  # of the caps of a range
_THIN = 0.5  # of the bar of no change, about the line at 0, so that its patient is seen
_PLAIN: Mapping[str, str] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class WaterfallPlot:
    """The place of the bars: the number of the patient along, percent upright.

    ``styles``: the style of each category that is coloured by its name.
    """

    frame: Frame
    scale: ValueAxis
    cut: tuple[WaterfallBar, ...]
    styles: Mapping[str, str] = _PLAIN

    @property
    def pitch(self) -> float:
        """Millimetres from bar to bar."""
        return self.frame.x(1.0) - self.frame.x(0.0)

    def fill_of(self, best: WaterfallBar) -> str:
        """The style of a bar."""
        return self.styles.get(best.category, best.category or "plain bar")


def highest_of(best: WaterfallBar) -> float:
    """The highest known value of a change."""
    change = best.change
    return float(change.low if change.high == NEVER_ENDS else change.high)


def height_above(cut: Sequence[WaterfallBar]) -> float:
    """Millimetres above the plot for the values of the bars that are cut, one below another."""
    return len(cut) * _LINE + 1.6 if cut else 0.0


def drawn_bars(bests: Sequence[WaterfallBar], plot: WaterfallPlot) -> Iterator[Mark]:
    """The bars from left to right; of neighbours too close for their asterisks one is farther."""
    is_far = False
    for number, best in enumerate(bests):
        before = number > 0 and bests[number - 1].has_new
        is_far = before and not is_far and plot.pitch < _size(plot)
        yield from of_subject(best.name, _bar(best, number, plot, is_far=is_far))


def _bar(best: WaterfallBar, number: int, plot: WaterfallPlot, *, is_far: bool) -> Iterator[Mark]:
    """The bar up to what is certain, the range beyond it, a cut, and the marker of a new lesion."""
    scale = plot.scale
    is_cut = best in plot.cut
    end = min(best.near, scale.high)
    zero, tip = scale.y(0.0), scale.y(end)
    x = number + 0.5
    left, right = x - _BAR / 2, x + _BAR / 2
    yield Bar(
        style=plot.fill_of(best),
        start=left,
        end=right,
        y=(zero + tip) / 2,
        height=max(abs(zero - tip), _THIN),
        tooltip=best.tooltip,
    )
    if not best.change.is_point:
        yield _range(best, x, plot)
    if is_cut:
        yield from _cut(left, right, tip + 2.4)
    if best.has_new:
        yield Marker(
            style="new lesion",
            at=x,
            size=_size(plot),
            y=_new_lesion_y(best, plot, is_far=is_far),
            tooltip=best.tooltip,
        )


def _cut(left: float, right: float, middle: float) -> Iterator[Mark]:
    """A bar that is longer than drawn: a gap between two slanted strokes."""
    ends = ((left, middle + _SLANT), (right, middle - _SLANT))
    yield Polyline(style="gap", points=ends)
    for off in (-_GAP, _GAP):
        yield Polyline(style="cut short", points=tuple((x, y + off) for x, y in ends))


def _range(best: WaterfallBar, x: float, plot: WaterfallPlot) -> Polyline:
    scale, change = plot.scale, best.change
    is_open = change.high > scale.high
    top = scale.y(scale.high if is_open else float(change.high))
    cap = min(_BAR / 3, plot.frame.days(_CAP))
    points = range_with_caps(x, top, scale.y(float(change.low)), cap, open_top=is_open)
    return Polyline(style="value range", points=points, tooltip=best.tooltip)


def _size(plot: WaterfallPlot) -> float:
    return min(_NEW_LESION, max(plot.pitch, _LEAST_ASTERISK))


def _new_lesion_y(best: WaterfallBar, plot: WaterfallPlot, *, is_far: bool) -> float:
    """The height of the marker of a new lesion: at the tip of the bar, clear of its marks."""
    off = _size(plot) * (1.5 if is_far else 0.5) + 0.4
    change, scale = best.change, plot.scale
    if change.low < 0 and change.high <= 0:
        return scale.y(float(change.low)) + off
    return scale.y(min(float(change.high), scale.high)) - off


def values_of_cut(bests: Sequence[WaterfallBar], plot: WaterfallPlot) -> Iterator[Mark]:
    """The value of each bar that is cut, above it and to its right; the first one is highest.

    None is left of its bar, where it would read as a number of the axis.
    """
    top = plot.scale.top
    for place, best in enumerate(reversed(plot.cut)):
        x = bests.index(best) + 0.5
        y = top - (_NEW_LESION + 0.8) - (place + 0.5) * _LINE + 0.9
        text = percent(best.change)
        label = Label(text=text, size=SMALL, at=x, shift=-_BAR / 2 * plot.pitch, y=y)
        ends = ((x, y + 1.3), (x, top - (_NEW_LESION + 0.6)))
        leaders = [Polyline(style="leader", points=ends)] if place else []
        yield from of_subject(best.name, [label, *leaders])
