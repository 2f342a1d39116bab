"""The waterfall: best change of the target sum from baseline, one bar a patient, worst to best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.axes.values import ValueAxis
from renderers.backends.pages import fit_to_page
from renderers.response.best_change import WaterfallBar, best_of, percent
from renderers.response.captions import SHOWN, UNMEASURED, line_drawn, record_ends
from renderers.response.change_axis import (
    LEFT,
    LOWEST,
    MARGIN,
    TITLE,
    change_axis,
    check_width,
    nothing_measured,
    up_to,
)
from renderers.response.thresholds import numbers, pairs_of, threshold_sentence
from renderers.scene.geometry import range_with_caps
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import (
    SMALL,
    Bar,
    Frame,
    Label,
    Mark,
    Marker,
    Polyline,
    Row,
    Scene,
)
from renderers.scene.text_metrics import width
from renderers.text.translation import localized, translate, translate_count
from timeline.core.span import NEVER_ENDS
from timeline.endpoints.derived_case import DerivedCase
from timeline.terminology.criteria import BEST_FIRST

_CUT_AT = 100.0  # growth beyond it is cut
_MOST_CUT = 5  # bars; where more are beyond it the axis holds them all
_HIGHEST, _SHARE = 70.0, 0.62  # of the plot at the most; of its width
_LEAST_PITCH, _MOST_PITCH = 0.7, 14.0  # millimetres from bar to bar
_BAR = 0.78  # of the pitch that a bar takes
_LINE = 2.8  # millimetres between lines of text
_NEW_LESION = 1.7  # of the marker of a new lesion
_SLANT, _GAP = 0.35, 0.45  # of the strokes of a cut, and from its middle to either
_CAP = 0.8  # of the caps of a range
NOT_MEASURED = (
    "Scans with a response category but no measurements, not included in any bar: {number}."
)
COUNTED_TO = (
    "Scans are included up to progression, or up to its confirmation where the criterion requires "
    "one."
)


@attrs.frozen(kw_only=True)
class WaterfallPlot:
    """The place of the bars: the number of the patient along, percent upright."""

    frame: Frame
    scale: ValueAxis
    cut: tuple[WaterfallBar, ...]

    @property
    def pitch(self) -> float:
        """Millimetres from bar to bar."""
        return self.frame.x(1.0) - self.frame.x(0.0)


@localized
def waterfall(
    cases: Sequence[DerivedCase],
    page: Page = DEFAULT_PAGE,
    *,
    line: int | None = None,
    confirmed: bool = True,
) -> Scene:
    """The bars of all patients with measured targets, on ``line`` or on their first such line.

    Args:
        cases: The derived cases.
        page: The page.
        line: The number of the line; None: the first with measured targets.
        confirmed: Whether the fill is the best response with confirmation, where the criterion
            requires one; else the best response as first documented.

    Raises:
        ValueError: no patient has measured targets, or the bars are too many for the page.

    """
    found = [best_of(derived, line, confirmed=confirmed) for derived in cases]
    bests = sorted((b for b in found if b), key=lambda best: (-best.middle, best.name))
    if not bests:
        raise nothing_measured(cases)
    alt = _alt(bests, len(cases))
    caption = _caption(bests, cases, line, confirmed=confirmed)
    highest = min(_HIGHEST, _SHARE * (page.width - MARGIN - LEFT))
    return fit_to_page(lambda height: _scene(bests, page, height, alt, caption), highest, page)


def _scene(
    bests: Sequence[WaterfallBar], page: Page, height: float, alt: str, caption: str
) -> Scene:
    """The bars, in a plot of so many millimetres."""
    plot = _plot(bests, page, height)
    below = list(_below(bests, plot))
    drawn = [
        *change_axis(
            translate("Best change from baseline, %"), plot.frame, plot.scale, pairs_of(bests)
        ),
        *(m for n, best in enumerate(bests) for m in _bar(best, n, plot)),
    ]
    drawn += _values(bests, plot)
    rows = [(Row("plot", plot.scale.bottom + 1.5), drawn), *below]
    return Scene(
        name=f"waterfall of {len(bests)} patients",
        alt=alt,
        caption=caption,
        width=page.width,
        frame=plot.frame,
        rows=tuple(row for row, _ in rows),
        marks=tuple(mark.on_row(n) for n, (_, marks) in enumerate(rows) for mark in marks),
    )


def _plot(bests: Sequence[WaterfallBar], page: Page, height: float) -> WaterfallPlot:
    left = _left(bests, page)
    check_width(page.width - MARGIN - left, page)
    right = min(page.width - MARGIN, left + len(bests) * _MOST_PITCH)
    frame = Frame(low=0.0, high=float(len(bests)), left=left, right=right, unit="")
    if (frame.right - frame.left) / len(bests) < _LEAST_PITCH:
        most = int((frame.right - frame.left) / _LEAST_PITCH)
        raise ValueError(
            f"{len(bests)} bars on {page}: at most {most} can be distinguished "
            "(choose a wider column, or draw fewer patients)"
        )
    tops = [float(end) for best in bests for end in (best.change.low, best.change.high)
            if end != NEVER_ENDS]  # fmt: skip
    beyond = [best for best in bests if _top(best) > _CUT_AT]
    cut = tuple(beyond) if len(beyond) <= _MOST_CUT else ()
    highest = min(max(tops), _CUT_AT) if cut else max(tops)
    high = up_to(highest)
    top = TITLE + 1.6 + _above(cut)
    return WaterfallPlot(
        frame=frame, scale=ValueAxis(low=LOWEST, high=high, top=top, bottom=top + height), cut=cut
    )


def _left(bests: Sequence[WaterfallBar], page: Page) -> float:
    """Millimetres left of the plot; more where rows of text are named there."""
    named = width(translate(_ROWS[1]), SMALL) + 1.0
    limit = page.width - named - MARGIN
    return named if _fits([best.label for best in bests], limit / len(bests)) else LEFT


def _top(best: WaterfallBar) -> float:
    """The highest known value of a change."""
    change = best.change
    return float(change.low if change.high == NEVER_ENDS else change.high)


def _above(cut: Sequence[WaterfallBar]) -> float:
    """Millimetres above the plot for the values of the bars that are cut, one below another."""
    return len(cut) * _LINE + 1.6 if cut else 0.0


def _bar(best: WaterfallBar, number: int, plot: WaterfallPlot) -> Iterator[Mark]:
    """The bar up to what is certain, the range beyond it, a cut, and the marker of a new lesion."""
    scale = plot.scale
    is_cut = best in plot.cut
    end = min(best.near, scale.high)
    zero, tip = scale.y(0.0), scale.y(end)
    x = number + 0.5
    left, right = x - _BAR / 2, x + _BAR / 2
    yield Bar(
        style=best.style,
        start=left,
        end=right,
        y=(zero + tip) / 2,
        height=abs(zero - tip),
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
            y=_new_lesion_y(best, plot),
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
    return min(_NEW_LESION, plot.pitch)


def _new_lesion_y(best: WaterfallBar, plot: WaterfallPlot) -> float:
    """The height of the marker of a new lesion: at the tip of the bar, clear of its marks."""
    off = _size(plot) / 2 + 0.4
    change, scale = best.change, plot.scale
    if change.low < 0 and change.high <= 0:
        return scale.y(float(change.low)) + off
    return scale.y(min(float(change.high), scale.high)) - off


def _values(bests: Sequence[WaterfallBar], plot: WaterfallPlot) -> Iterator[Mark]:
    """The value of each bar that is cut, above it; the higher the further to the right."""
    top = plot.scale.top
    for place, best in enumerate(plot.cut):
        x = bests.index(best) + 0.5
        y = top - (_NEW_LESION + 0.8) - (place + 0.5) * _LINE + 0.9
        text = percent(best.change)
        right = plot.frame.x(x) + 0.5
        start = max(right - width(text, SMALL), 0.0)
        yield Label(text=text, size=SMALL, shift=start, y=y)
        if place:
            yield Polyline(style="leader", points=((x, y + 1.3), (x, top - (_NEW_LESION + 0.6))))


_ROWS = ("Patient", "Best response")


def _fits(texts: Sequence[str], pitch: float) -> bool:
    return max(width(text, SMALL) for text in texts) + 0.6 <= pitch


def _below(bests: Sequence[WaterfallBar], plot: WaterfallPlot) -> Iterator[tuple[Row, list[Mark]]]:
    """Under the bars the patients and their best responses, each row only where all fit."""
    for name, texts in zip(
        _ROWS, ([best.name for best in bests], [best.label for best in bests]), strict=True
    ):
        if plot.frame.left > LEFT and _fits(texts, plot.pitch):
            marks: list[Mark] = [Label(text=translate(name), size=SMALL, y=_LINE / 2)]
            marks += [
                Label(text=text, size=SMALL, at=n + 0.5, align="centre", y=_LINE / 2)
                for n, text in enumerate(texts)
            ]
            yield Row(translate(name).lower(), _LINE), marks


def _counted(bests: Sequence[WaterfallBar]) -> str:
    """How many of each best response, in the order of the legend."""
    order = list(BEST_FIRST)
    found = [best.label for best in bests]
    known = sorted(
        set(found), key=lambda label: (order.index(label) if label in order else 99, label)
    )
    return ", ".join(f"{label} {found.count(label)}" for label in known)


def _alt(bests: Sequence[WaterfallBar], total: int) -> str:
    return translate(
        _ALT,
        drawn=len(bests),
        given=total,
        first=percent(bests[0].change),
        last=percent(bests[-1].change),
        **numbers(pairs_of(bests)),
        shrunk=sum(best.shrunk for best in bests),
        grown=sum(best.grown for best in bests),
        new=sum(best.has_new for best in bests),
        responses=_counted(bests),
    )


_ALT = (
    "Waterfall plot of the best change from baseline in target lesions, from {first} to {last}. "
    "Patients shown: {drawn} of {given}. Decrease of {below} % or more: {shrunk}; "
    "increase of {above} % or more: {grown}; new lesion: {new}. Best responses: {responses}."
)
_UNKNOWN = "Vertical ranges: sum not known exactly; the bar shows the change that is certain."


def _caption(
    bests: Sequence[WaterfallBar],
    cases: Sequence[DerivedCase],
    line: int | None,
    *,
    confirmed: bool,
) -> str:
    left = len(cases) - len(bests)
    of = line_drawn(line)
    fill = translate("confirmed best response" if confirmed else "best response")
    counted = _counted(bests)
    unmeasured = sum(best.unmeasured for best in bests)
    parts = (
        translate(
            "Best change from baseline in the sum of target lesion diameters on {line}.", line=of
        ),
        translate_count(*SHOWN, len(cases), drawn=len(bests)),
        translate_count(*UNMEASURED, left) if left else "",
        translate(COUNTED_TO),
        translate(
            "Fill: {fill} by the criterion of the line; {counted}.", fill=fill, counted=counted
        ),
        threshold_sentence(pairs_of(bests)),
        translate(_UNKNOWN) if any(not best.change.is_point for best in bests) else "",
        translate(NOT_MEASURED, number=unmeasured) if unmeasured else "",
        translate("Asterisk: new lesion.") if any(best.has_new for best in bests) else "",
        record_ends(cases),
    )
    return " ".join(part for part in parts if part)
