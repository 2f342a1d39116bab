"""Survival curves with their estimates and the table of those at risk; from cases or numbers.

Where dates are vague there is not one curve but a band: the lowest and the highest survival that
the dates allow at each time. Curves are distinguished by dash, by name and by the colour of their
group, never by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from renderers.axes.elapsed import elapsed_axis
from renderers.axes.values import ValueAxis
from renderers.backends.pages import fit_to_page
from renderers.scene.colours import BLACK
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.mark import PrintedNumber, of_subject
from renderers.scene.palette import Palette, name_key
from renderers.scene.scene import SMALL, Frame, Label, Mark, Row, Scene
from renderers.scene.styles import Style
from renderers.survival.bands import bands, coloured
from renderers.survival.curves import curve, medians, names
from renderers.survival.from_cases import survival_request, who_is_drawn
from renderers.survival.groups import Group, Subject, in_order, named_once
from renderers.survival.incidence import Events, incidence_groups
from renderers.survival.key import PITCH, RowBlock, keys
from renderers.survival.numbers.captions import alt_text, caption
from renderers.survival.numbers.comparison import comparisons, lines_below_key, sentences
from renderers.survival.numbers.endpoint_names import endpoint_words
from renderers.survival.numbers.estimates import NOT_REACHED, NR, Estimate, estimates
from renderers.survival.options import SurvivalOptions, refuse_many
from renderers.survival.risk_table import at_risk, gutter, widest
from renderers.survival.risk_table import printed as table_numbers
from renderers.text.translation import both, localized, translate
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.statistics.survival.cumulative_incidence import COMPETING, EVENT
from timeline.statistics.survival.kaplan_meier_bounds import Leaving, Observed

_LEFT_AXIS = 8.0  # millimetres that the numbers of the upright axis take
_MARGIN = 3.0  # for half of the last number of the axis
_HIGHEST, _SHARE = 62.0, 0.62  # millimetres of the plot at the most; of its width
_AXIS = 9.0


@localized
def survival(
    cases: Sequence[DerivedCase],
    page: Page = DEFAULT_PAGE,
    *,
    endpoints: Sequence[str] = (),
    line: int | None = 1,
    groups: Sequence[str] = (),
    competing: str = "",
    **options: Any,
) -> Scene:
    """The curves of one or more endpoints of a line; with ``groups`` one for each name in it.

    Args:
        cases: the derived cases.
        page: the page that it is laid out for.
        endpoints: by default PFS, or TTP where there is a competing event.
        line: the line of therapy; None for an endpoint of the patient.
        groups: the group of each case, in their order.
        competing: ``death`` for the cumulative incidence of the endpoint and of death before it.
        options: the fields of `SurvivalOptions`.

    Raises:
        ValueError: an endpoint or an option is unknown, no patient has a time, the curves are too
            many or the page too narrow, or vague times do not allow what is requested.
    """
    if groups and len(groups) != len(cases):
        raise ValueError(f"{len(groups)} groups of {len(cases)} cases (name one for each)")
    chosen = SurvivalOptions(**options)
    wanted = endpoints or ("TTP" if competing else "PFS",)
    request = survival_request(wanted, line, chosen.unit, chosen.conf_type, competing)
    found = tuple(request.curves(cases, groups))
    if not found:
        why = f": {', '.join(left)}" if (left := request.left_out(cases)) else ""
        raise ValueError(
            f"no patient has a time for {' or '.join(request.titles)}{why} (check that the line "
            "has dates, and is derived under the criterion: --criterion)"
        )
    axis = both(tuple(dict.fromkeys(row.printed for row in request.endpoints)))
    own = who_is_drawn(request, found, cases)
    titles = both(request.titles), axis
    words = _Words(titles, request.since, own, f"survival {titles[0]}")
    if competing:
        found = incidence_groups(found, request.events, chosen.incidence)
        words = words.with_events(request.events, found)
    return _scene(found, page, chosen, words)


@localized
def survival_of(
    times: Sequence[Fraction | int | float | str],
    events: Sequence[bool],
    groups: Sequence[str] = (),
    page: Page = DEFAULT_PAGE,
    *,
    competing: Sequence[bool] = (),
    called: Events | None = None,
    endpoint: str = "",
    **options: Any,
) -> Scene:
    """The curves of plain numbers: a time and whether the event was observed, for each patient.

    Args:
        times: in the unit of the options; a float as its shortest decimal.
        events: whether the event was observed.
        groups: the group of each patient; empty for one curve.
        page: the page that it is laid out for.
        competing: whether the patient had the competing event instead; with it cumulative
            incidences are drawn.
        called: the names of the two events.
        endpoint: what the times are of, by its code: ``OS``.
        options: the fields of `SurvivalOptions`.

    Raises:
        ValueError: as `survival`, or the lengths differ.
    """
    chosen = SurvivalOptions(**options)
    members = _members(times, events, groups, competing)
    named = groups or (translate("All patients"),) * len(members)
    found: tuple[Group, ...] = tuple(
        Group(
            name=name,
            members=tuple(m for m, own in zip(members, named, strict=True) if own == name),
            unit=chosen.unit,
            conf_type=chosen.conf_type,
            arm=name,
        )
        for name in in_order(named)
    )
    titles = endpoint_words(endpoint)
    words = _Words(titles, chosen.time_zero, (), name="survival")
    if competing:
        called = (called or Events()).in_words()
        found = incidence_groups(found, called, chosen.incidence)
        words = words.with_events(called, found)
    return _scene(found, page, chosen, words)


def _members(
    times: Sequence[Fraction | int | float | str],
    events: Sequence[bool],
    groups: Sequence[str],
    competing: Sequence[bool],
) -> list[Subject]:
    count = len(times)
    if len(events) != count or len(groups) not in (0, count) or len(competing) not in (0, count):
        raise ValueError(
            f"{count} times, {len(events)} events, {len(groups)} groups, {len(competing)} "
            "competing events (give one of each for each patient, or no groups)"
        )
    if not times:
        raise ValueError("no times to draw a curve of (give at least one time)")
    others = competing or (False,) * count
    return [
        Subject(observed=Observed((Leaving(Span.point(Fraction(str(time))), bool(event),
                                           bool(other)),)))
        for time, event, other in zip(times, events, others, strict=True)
    ]  # fmt: skip


@attrs.frozen
class _Words:
    """What a figure is called: in the alternative text and on the axis; since when; sentences.

    ``name``: of the figure. ``drawn``: the events whose cumulative incidences are drawn; empty of
    survival. ``left_out``: the event whose incidence is not.
    """

    titles: tuple[str, str]
    since: str
    sentences: tuple[str, ...]
    name: str = ""
    drawn: tuple[str, ...] = ()
    left_out: str = ""

    def with_events(self, called: Events, groups: Sequence[Group]) -> _Words:
        """The words of the cumulative incidences of these curves."""
        causes = {group.cause for group in groups}
        names = ((EVENT, called.event), (COMPETING, called.competing))
        left = "".join(name for cause, name in names if cause not in causes)
        note = translate("Incidence of {what} not shown.", what=left) if left else ""
        return attrs.evolve(
            self,
            drawn=tuple(name for cause, name in names if cause in causes),
            left_out=left,
            sentences=(*self.sentences, note),
        )

    @property
    def what(self) -> str:
        """What the curves are of."""
        return both(self.drawn) if self.drawn else self.titles[0]

    @property
    def axis(self) -> str:
        """The title of the upright axis."""
        if not self.drawn:
            short = self.titles[1]
        elif self.left_out:
            short = translate("Cumulative incidence of {what}", what=self.what)
        else:
            short = translate("Cumulative incidence")
        return f"{short}, %"


def _scene(groups: Sequence[Group], page: Page, options: SurvivalOptions, words: _Words) -> Scene:
    groups = tuple(attrs.evolve(each, band=options.band, variance=options.variance)
                   for each in groups)  # fmt: skip
    _checked(groups)
    options.refuse_unused(competing=groups[0].is_incidence)
    rows = options.rows(competing=groups[0].is_incidence)
    left, right = max(gutter(groups, rows), _LEFT_AXIS), page.width - _MARGIN
    longest = max(float(group.bounds.longest) for group in groups)
    counted = elapsed_axis(longest, groups[0].unit, right - left,
                           label_width=widest(groups) + 1.2)  # fmt: skip
    frame = counted.frame(left, right)
    compared = comparisons(groups, options)
    every = estimates(groups, options.quantiles, options.landmarks)
    styles = coloured(groups, _colours(groups, options.palette))
    head, *further = keys(groups, every, frame, page)
    above = (head, *lines_below_key(compared, page.width))
    below = (*at_risk(groups, rows, counted, frame), *further)
    empty = Scene(
        name=words.name,
        alt=alt_text(groups, words.what, counted),
        caption=caption(groups, words.what, options, words.sentences, tuple(sentences(compared))),
        width=page.width,
        frame=frame,
        rows=(),
        marks=(),
        axes=(counted.axis(len(above) + 1, words.since),),
        own=styles,
        printed=(*_numbers(groups, every), *(n for each in compared for n in each.numbers),
                 *table_numbers(groups, rows, counted)),
        terms=tuple(_not_reached(groups, every)),
    )  # fmt: skip
    return fit_to_page(
        lambda height: _filled(empty, above, _plot(groups, styles, frame, height, words.axis),
                               below),
        min(_HIGHEST, _SHARE * (right - left)),
        page,
    )  # fmt: skip


def _colours(groups: Sequence[Group], palette: Palette) -> dict[str, tuple[str, str]]:
    """The fill and the line of each group's name; one curve alone is black."""
    names = [group.arm or group.name for group in groups]
    stated = {key for key, _ in palette.stated}
    if len(names) == 1 and name_key(names[0]) not in stated:
        return {names[0]: ("", BLACK)}
    swatches = palette.swatches(names)
    return {name: (swatch.fill, swatch.line) for name, swatch in swatches.items()}


def _numbers(groups: Sequence[Group], every: Sequence[Estimate]) -> tuple[PrintedNumber, ...]:
    """The numbers of the key for the data of the figure."""
    return tuple(
        PrintedNumber(row=group.name, what=each.head, text=each.text(group), source=each.method,
                      at=None if each.at is None else float(each.at))
        for group in groups
        for each in every
    )  # fmt: skip


def _not_reached(
    groups: Sequence[Group], every: Sequence[Estimate]
) -> Iterator[tuple[str, str, str]]:
    """What ``NR`` means, for `Scene.terms`, in the numbers of the key that hold it."""
    for text in dict.fromkeys(each.text(group) for group in groups for each in every):
        if NR in text.replace("(", " ").replace(")", " ").split():
            yield text, NR, translate(NOT_REACHED)


def _filled(
    empty: Scene, above: Sequence[RowBlock], plot: RowBlock, below: Sequence[RowBlock]
) -> Scene:
    """The scene with the key, the plot, the axis and the tables, from the top."""
    axis = RowBlock(Row("axis", _AXIS, repeats=True), ())
    strips = (*above, plot, axis, *below)
    return attrs.evolve(
        empty,
        rows=tuple(strip.row for strip in strips),
        marks=tuple(mark.on_row(n) for n, strip in enumerate(strips) for mark in strip.marks),
        scale=plot.scale.on_row(len(above)) if plot.scale else None,
    )


def _checked(groups: Sequence[Group]) -> None:
    named_once(groups)
    refuse_many([group.name for group in groups])
    vague = [group.name for group in groups if group.band and not group.is_exact]
    if vague:
        raise ValueError(
            f"no band of limits for {' and '.join(vague)}: its dates allow several curves "
            "(leave the band out, or make the dates exact)"
        )


def _plot(
    groups: Sequence[Group], styles: Sequence[Style], frame: Frame, height: float, title: str
) -> RowBlock:
    """The curves under the title of the upright axis."""
    scale = ValueAxis(low=0.0, high=100.0, top=PITCH + 1.6, bottom=PITCH + 1.6 + height)
    marks: list[Mark] = [Label(text=title, size=SMALL, y=PITCH / 2)]
    marks += scale.axis(frame, 25.0 if height < 45.0 else 20.0, 0, lambda value: f"{value:g}")
    drawn = [m for n, group in enumerate(groups)
             for m in of_subject(group.name, curve(group, n, scale))]  # fmt: skip
    drawn = [*bands(groups, styles, scale), *medians(groups, frame, scale), *drawn]
    words = names(groups, drawn, frame, scale) if len(groups) > 1 else ()
    return RowBlock(Row("plot", scale.bottom), (*marks, *drawn, *words), scale)
