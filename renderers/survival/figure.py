"""Kaplan-Meier curves with their medians and the table of those at risk; from cases or numbers.

Where dates are vague there is not one curve but a band: the lowest and the highest survival that
the dates allow at each time. Curves are distinguished by dash and by name, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs

from renderers.axes.elapsed import ElapsedAxis, elapsed_axis, unit_label
from renderers.axes.values import ValueAxis
from renderers.backends.pages import fit_to_page
from renderers.response.captions import record_ends
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.mark import of_subject
from renderers.scene.scene import SMALL, Frame, Label, Mark, Row, Scene
from renderers.survival.curves import band, curve, medians, names
from renderers.survival.from_cases import SurvivalRequest, survival_request
from renderers.survival.groups import Group, Subject, named_once
from renderers.survival.risk_table import PITCH, RowBlock, at_risk, gutter, key, widest
from renderers.text.translation import both, localized, translate, translate_count
from timeline.core.problem import near
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.statistics.survival.kaplan_meier import CONF_TYPES
from timeline.statistics.survival.kaplan_meier_bounds import Observed
from timeline.terminology.endpoints import Endpoint

MOST = 4  # curves that dashes can distinguish
_LEFT_AXIS = 8.0  # millimetres that the numbers of the upright axis take
_MARGIN = 3.0  # for half of the last number of the axis
_HIGHEST, _SHARE = 62.0, 0.62  # millimetres of the plot at the most; of its width
_AXIS = 9.0
_BAND = "Shaded: pointwise 95 % confidence limits of survival (Greenwood, {kind} scale)."
_NUMBERS = ("survival", "Event-free probability, %")  # in the alt text; on the upright axis


@localized
def survival(
    cases: Sequence[DerivedCase],
    page: Page = DEFAULT_PAGE,
    *,
    endpoints: Sequence[str] = ("PFS",),
    line: int | None = 1,
    groups: Sequence[str] = (),
    unit: str = "months",
    conf_type: str = "log-log",
    band: bool = False,
) -> Scene:
    """The curves of one or more endpoints of a line; with ``groups`` one for each name in it.

    ``groups`` names the group of each case, in their order. ``conf_type``: see `CONF_TYPES`.
    ``band``: the limits of each curve at each time, which only exact times have. ValueError where
    an endpoint, a unit or a kind of interval is unknown, where no patient has a time, or where the
    curves are too many or the page too narrow.
    """
    if groups and len(groups) != len(cases):
        raise ValueError(f"{len(groups)} groups of {len(cases)} cases (name one for each)")
    request = survival_request(endpoints, line, unit, conf_type)
    found = tuple(attrs.evolve(each, band=band) for each in request.curves(cases, groups))
    if not found:
        why = f": {', '.join(left)}" if (left := request.left_out(cases)) else ""
        raise ValueError(
            f"no patient has a time for {' or '.join(request.titles)}{why} (check that the line "
            "has dates, and is derived under the criterion: --criterion)"
        )
    axis = both(tuple(dict.fromkeys(row.printed for row in request.endpoints)))
    titles = (both(request.titles), axis)
    return _scene(found, page, titles, since=request.since, sentences=_of(request, found, cases))


def _of(
    request: SurvivalRequest, found: Sequence[Group], cases: Sequence[DerivedCase]
) -> tuple[str, ...]:
    """Sentences on what the curves are of: definitions, how many are drawn, to when."""
    total = len(cases) * len(request.endpoints)
    drawn = sum(group.size for group in found)
    shown = _PATIENTS_SHOWN if len(request.endpoints) == 1 else _TIMES_SHOWN
    who = translate_count(*shown, total, drawn=drawn)
    absent = sum(group.absent for group in found)
    left = ", ".join(request.left_out(cases))
    return (
        f"{'; '.join(map(_defined, request.endpoints))}.",
        translate("{drawn}; excluded: {who}.", drawn=who, who=left) if left else f"{who}.",
        translate_count(*_ABSENT, absent) if absent else "",
        record_ends(cases),
        translate("1 month = 30.4375 days.") if request.unit == "months" else "",
    )


def _defined(row: Endpoint) -> str:
    """What an endpoint is, with its criterion where it rests on one."""
    description = translate(row.description)
    if row.criterion:
        description = translate("{what}, by {criterion}", what=description, criterion=row.criterion)
    return f"{row.printed}: {description}"


@localized
def survival_of(
    times: Sequence[Fraction | int | float | str],
    events: Sequence[bool],
    groups: Sequence[str] = (),
    page: Page = DEFAULT_PAGE,
    *,
    unit: str = "months",
    conf_type: str = "log-log",
    band: bool = False,
) -> Scene:
    """The curves of plain numbers: a time and whether the event was observed, for each patient.

    ``groups`` names the group of each. Times in ``unit``, a float as its shortest decimal.
    ValueError as `survival`, and where the lengths differ.
    """
    if len(times) != len(events) or len(groups) not in (0, len(times)):
        raise ValueError(
            f"{len(times)} times, {len(events)} events, {len(groups)} groups "
            "(give one of each for each patient, or no groups)"
        )
    if not times:
        raise ValueError("no times to draw a curve of (give at least one time)")
    members = [
        Subject(observed=Observed.of(Span.point(Fraction(str(time))), bool(event)))
        for time, event in zip(times, events, strict=True)
    ]
    named = groups or (translate("All patients"),) * len(members)
    found = [
        Group(
            name=name,
            members=tuple(m for m, own in zip(members, named, strict=True) if own == name),
            unit=unit,
            conf_type=conf_type,
            band=band,
        )
        for name in dict.fromkeys(named)
    ]
    return _scene(
        found, page, (translate(_NUMBERS[0]), translate(_NUMBERS[1])), since="", sentences=()
    )


def _scene(
    groups: Sequence[Group],
    page: Page,
    titles: tuple[str, str],
    *,
    since: str,
    sentences: Sequence[str],
) -> Scene:
    _checked(groups)
    what, short = titles
    left = max(gutter(groups), _LEFT_AXIS)
    right = page.width - _MARGIN
    longest = max(float(group.bounds.longest) for group in groups)
    counted = elapsed_axis(longest, groups[0].unit, right - left, label_width=widest(groups) + 1.2)
    frame = counted.frame(left, right)
    empty = Scene(
        name=f"survival {what}",
        alt=_alt(groups, what, counted),
        caption=_caption(groups, what, sentences),
        width=page.width,
        frame=frame,
        rows=(),
        marks=(),
        axes=(counted.axis(2, since),),
    )
    parts = (key(groups, frame, page), *at_risk(groups, counted, frame))
    highest = min(_HIGHEST, _SHARE * (right - left))
    return fit_to_page(
        lambda height: _filled(empty, parts, _plot(groups, frame, height, f"{short}, %")),
        highest,
        page,
    )


def _filled(empty: Scene, parts: Sequence[RowBlock], plot: RowBlock) -> Scene:
    """The scene with the key, the plot, the axis and the tables, from the top."""
    head, *tables = parts
    axis = RowBlock(Row("axis", _AXIS, repeats=True), ())
    strips = (head, plot, axis, *tables)
    return attrs.evolve(
        empty,
        rows=tuple(strip.row for strip in strips),
        marks=tuple(mark.on_row(n) for n, strip in enumerate(strips) for mark in strip.marks),
        scale=plot.scale.on_row(1) if plot.scale else None,
    )


def _checked(groups: Sequence[Group]) -> None:
    named_once(groups)
    if len(groups) > MOST:
        raise ValueError(
            f"{len(groups)} curves, and dashes distinguish {MOST} (draw them in several figures)"
        )
    vague = [group.name for group in groups if group.band and not group.is_exact]
    if vague:
        raise ValueError(
            f"no band of limits for {' and '.join(vague)}: its dates allow several curves "
            "(leave the band out, or make the dates exact)"
        )
    unknown = groups[0].conf_type not in CONF_TYPES
    if unknown:
        wrong = groups[0].conf_type
        raise ValueError(f"unknown kind of interval: {wrong!r} ({near(wrong, CONF_TYPES)})")


def _plot(groups: Sequence[Group], frame: Frame, height: float, title: str) -> RowBlock:
    """The curves under the title of the upright axis."""
    scale = ValueAxis(low=0.0, high=100.0, top=PITCH + 1.6, bottom=PITCH + 1.6 + height)
    marks: list[Mark] = [Label(text=title, size=SMALL, y=PITCH / 2)]
    marks += scale.axis(frame, 25.0 if height < 45.0 else 20.0, 0, lambda value: f"{value:g}")
    drawn = [m for n, group in enumerate(groups)
             for m in of_subject(group.name, curve(group, n, scale))]  # fmt: skip
    bands = [m for n, group in enumerate(groups) if group.band for m in band(group, n, scale)]
    drawn = [*bands, *medians(groups, frame, scale), *drawn]
    words = names(groups, drawn, frame, scale) if len(groups) > 1 else ()
    return RowBlock(Row("plot", scale.bottom), (*marks, *drawn, *words), scale)


def _alt(groups: Sequence[Group], what: str, counted: ElapsedAxis) -> str:
    """The alternative text of the curves."""
    unit = translate(counted.unit)
    high = f"{unit_label(counted.high, counted.unit)} {unit}"
    opening = translate_count(
        "Kaplan-Meier curve of {what}, from 0 to {high}.",
        "Kaplan-Meier curves of {what}, from 0 to {high}.",
        len(groups),
        what=what,
        high=high,
    )
    each = "; ".join(
        translate(
            _EACH,
            name=group.name,
            events=group.events_counted,
            patients=group.patients_counted,
            median=group.median_in(unit),
            last=_last(group),
        )
        for group in groups
    )
    return f"{opening} {each}."


_EACH = "{name}, {events} in {patients}, median {median}, survival at the last time point {last}"


def _last(group: Group) -> str:
    low, high = (
        f"{float(100 * points[-1][1]):.0f}" for points in (group.bounds.low, group.bounds.high)
    )
    return f"{low} %" if low == high else translate("{low} to {high} %", low=low, high=high)


def _caption(groups: Sequence[Group], what: str, sentences: Sequence[str]) -> str:
    """The caption: n, events, conventions, the kind of interval."""
    each = "; ".join(
        translate(
            "{name}: {events}, n = {size}", name=g.name, events=g.events_counted, size=g.patients
        )
        for g in groups
    )
    vague = [group for group in groups if not group.is_exact]
    parts = (
        translate("Kaplan-Meier estimate of {what}.", what=what),
        *sentences,
        f"{each}.",
        translate("Vertical ticks mark censored patients."),
        translate(_LIMITS, kind=groups[0].conf_type),
        translate(_BAND, kind=groups[0].conf_type) if groups[0].band else "",
        translate("Where the curve is flat at 50 %, the median is the midpoint of that interval."),
        translate(_BELOW),
        translate(_VAGUE, limits="; ".join(group.limits for group in vague)) if vague else "",
    )
    return " ".join(part for part in parts if part)


_BELOW = (
    "Below the axis: patients at risk at each time; patients censored and events before it "
    "(cumulative)."
)
_LIMITS = "Medians with 95 % Brookmeyer-Crowley confidence limits ({kind} scale)."
_VAGUE = (
    "Where dates or findings are uncertain, the two edges show the lowest and the highest possible "
    "survival at each time, and numbers are ranges. Medians with confidence limits: {limits}."
)
_ABSENT = (
    "{number} patient may not belong to the curve.",
    "{number} patients may not belong to the curve.",
)
_PATIENTS_SHOWN = ("{drawn} of {number} patient shown", "{drawn} of {number} patients shown")
_TIMES_SHOWN = ("{drawn} of {number} patient time shown", "{drawn} of {number} patient times shown")
