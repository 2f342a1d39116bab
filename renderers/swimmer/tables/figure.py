"""A swimmer plot from plain tables: read, checked, and drawn only if no row is invalid.

Every fault is named with file, line and field. Tables with an error are not drawn, unless invalid
rows are to be skipped; the figure then states how many rows were omitted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from renderers.axes.units import UNITS
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene
from renderers.scene.styles import STYLES, Style, named_bars
from renderers.swimmer.lane import LaneSet, Named
from renderers.swimmer.lanes.summaries import (
    axis_in_words,
    marked,
    ongoing_and_died,
    states_in_words,
)
from renderers.swimmer.layout import FigureText, lay_out
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.checks import CHECKS, Severity
from renderers.swimmer.tables.lane import lane_from_rows
from renderers.swimmer.tables.read import LoadedTables, TableSource
from renderers.swimmer.tables.rows import StateInterval, TableFault, Tables
from renderers.swimmer.tables.shaped import UNNAMED
from renderers.tables.columns import Problems
from renderers.tables.labels import label_meaning
from renderers.text.sentences import within
from renderers.text.translation import localized, translate, translate_count
from timeline.core.frozen_class import frozen
from timeline.core.problem import in_order
from timeline.core.text.spelling import folded
from timeline.terminology.endpoints import BY_NAME

_PLAIN = SwimmerOptions()
_DOSES = ("trtsdt", "trtsdtm", "exstdtc")  # starts that are first doses (ADaM ADSL, SDTM EX)
_NR = "NR"  # in a table: a time that is not reached, or what is not reported


@frozen(kw_only=True)
class TableFigure:
    """The figure of some tables, None if it was not drawn, and the faults of the tables."""

    scene: Scene | None
    errors: Problems
    warnings: Problems
    left_out: int = 0  # rows that are not drawn
    notes: Problems = ()  # columns that are not read
    readable: bool = True  # whether there are rows that could be drawn


def swimmer_from_tables(
    source: TableSource,
    page: Page = DEFAULT_PAGE,
    options: SwimmerOptions = _PLAIN,
    *,
    skip_invalid: bool = False,
) -> TableFigure:
    """The swimmer plot of some tables.

    Args:
        source: The tables.
        page: The page.
        options: The options of the figure.
        skip_invalid: Whether the valid rows are drawn if others are invalid.

    Raises:
        ValueError: an option does not fit the tables, or the page is too narrow.

    """
    checked = checked_tables(source, options, skip_invalid=skip_invalid)
    return TableFigure(
        scene=checked.scene(page),
        errors=checked.errors,
        warnings=checked.warnings,
        left_out=checked.left_out,
        notes=checked.notes,
        readable=checked.readable,
    )


@frozen(kw_only=True)
class CheckedTables:
    """Some tables with their faults, before a page is known.

    ``read``: all rows that have a type. ``valid``: those that are drawn, None if none is.
    """

    source: TableSource
    options: SwimmerOptions
    errors: Problems
    warnings: Problems = ()
    notes: Problems = ()
    left_out: int = 0
    readable: bool = True
    read: Tables | None = None
    valid: Tables | None = None

    def lane_set(self) -> LaneSet | None:
        """The lanes that are drawn; None where nothing is."""
        if self.read is None or self.valid is None:
            return None
        return _lane_set(self.read, self.valid, self.options)

    def scene(self, page: Page) -> Scene | None:
        """The figure for a page; None where nothing is drawn. ValueError as for its options."""
        return _scene(self, page) if self.valid is not None else None


def checked_tables(
    source: TableSource, options: SwimmerOptions = _PLAIN, *, skip_invalid: bool = False
) -> CheckedTables:
    """Read and check some tables.

    Args:
        source: The tables.
        options: The options of the figure.
        skip_invalid: Whether the valid rows are drawn if others are invalid.

    Raises:
        ValueError: an option does not fit the tables.

    """
    found = LoadedTables.of(source, options)
    of_these = CheckedTables(
        source=source, options=options, errors=found.problems, notes=found.notes, readable=False
    )
    if found.tables is None:
        return of_these
    read, problems = found.tables, found.problems
    faults = [(row.severity, fault) for row in CHECKS for fault in row.find(read)]
    errors = [fault.problem for severity, fault in faults if severity is Severity.ERROR]
    warned = {fault.problem for severity, fault in faults if severity is Severity.WARNING}
    checked = attrs.evolve(
        of_these,
        errors=in_order((*problems, *errors)),
        warnings=in_order(warned),
        readable=True,
    )
    if checked.errors and not skip_invalid:
        return checked
    valid, out = _valid(read, [fault for _, fault in faults])
    return attrs.evolve(
        checked, read=read, left_out=out + found.lost, valid=valid if valid.intervals else None
    )


def _valid(read: Tables, found: Sequence[TableFault]) -> tuple[Tables, int]:
    """The rows that are drawn, and how many are left out.

    Of two rows that contradict each other neither is drawn, unless one of them is faulty itself.
    """
    out = {id(row) for fault in found for row in fault.out if len(fault.out) == 1}
    contradicted: set[int] = set()
    for fault in found:
        if not out & {id(row) for row in fault.out}:
            contradicted |= {id(row) for row in fault.out}
    out |= contradicted
    intervals = tuple(row for row in read.intervals if id(row) not in out)
    known = {row.id for row in intervals}
    events = tuple(e for e in read.events if id(e) not in out and e.id in known)
    lost = len(read.intervals) - len(intervals) + len(read.events) - len(events)
    return attrs.evolve(read, intervals=intervals, events=events), lost


@localized
def _scene(checked: CheckedTables, page: Page) -> Scene | None:
    lane_set = checked.lane_set()
    if lane_set is None:
        return None
    scene = lay_out(lane_set, page, checked.options, _figure_text(checked, lane_set))
    alt = _alt(lane_set, scene, checked.options.cutoff)
    return attrs.evolve(scene, alt=alt, terms=(*scene.terms, *_not_reached(lane_set)))


def _not_reached(lane_set: LaneSet) -> tuple[tuple[str, str, str], ...]:
    """What ``NR`` means, for `Scene.terms`: in columns of times a time that is not reached.

    Nothing where a column of something else has it, in which it may be "not reported".
    """
    columns = [
        heading
        for name, heading, _ in lane_set.headings
        if any(lane.cell(name).text == _NR for lane in lane_set.lanes)
    ]
    if not columns or not all(map(_is_of_times, columns)):
        return ()
    return ((_NR, _NR, translate("not reached")),)


def _is_of_times(heading: str) -> bool:
    """Whether a heading names an endpoint, or a unit of time.

    >>> _is_of_times("PFS"), _is_of_times("Time (months)"), _is_of_times("MGMT")
    (True, True, False)
    """
    words = re.findall(r"[^\W_]+", heading)
    return any(word in BY_NAME or word.lower() in UNITS for word in words)


def _lane_set(read: Tables, valid: Tables, options: SwimmerOptions) -> LaneSet:
    name_of, own = _bar_styles(valid, options)

    def style_of(row: StateInterval) -> str:
        return own[name_of(row)].name

    named: Named = tuple((s, STYLES[s].group, label) for s, label in _legend(valid) if s in STYLES)
    if any(event.until for event in valid.events):
        named += (("response", "Response", translate("response, start and end as in the table")),)
    lanes = tuple(
        lane_from_rows(id_, rows, valid, style_of, options)
        for id_, rows in valid.by_patient.items()
    )
    columns = ("id", *(name for name in options.columns or () if name != "id"))
    return LaneSet(
        lanes=lanes,
        headings=tuple((name, _heading(name), name == "id") for name in columns),
        named=named,
        own=tuple(own.values()),
        requested=len(read.by_patient),
        titles=_titles(valid, options),
    )


def _titles(valid: Tables, options: SwimmerOptions) -> tuple[tuple[str, str], ...]:
    """The name of the group of bars in the legend: the heading of the column that colours them."""
    layout = valid.intervals[0].record.layout
    number = layout.find(options.colour_column or "state")
    own = number is not None and number < len(layout.headings) - layout.added
    heading = layout.headings[number] if own and number is not None else ""
    if not heading or folded(heading) == "state":
        return ()
    return (("State", heading), ("Patients", heading))


def _bar_styles(
    valid: Tables, options: SwimmerOptions
) -> tuple[Callable[[StateInterval], str], dict[str, Style]]:
    """What the bar of a row is coloured by, and the style of each such name."""
    by = options.colour_column

    def name_of(row: StateInterval) -> str:
        return (row.record.text(by) or translate("not stated")) if by else row.state

    names = tuple(dict.fromkeys(map(name_of, valid.intervals)))
    lanes = valid.by_patient.values()
    is_of_patients = by and all(len(set(map(name_of, rows))) == 1 for rows in lanes)
    own = named_bars(names, options.palette, "Patients" if is_of_patients else "State")
    if names == (UNNAMED,):
        own[UNNAMED] = attrs.evolve(own[UNNAMED], description=translate("Interval"))
    return name_of, own


def _legend(valid: Tables) -> list[tuple[str, str]]:
    """Each marker with its label, or with all labels that share it."""
    labels: dict[str, dict[str, str]] = {}
    for event in valid.events:
        labels.setdefault(event.style, {}).setdefault(label_meaning(event.label), event.label)
    return [(style, ", ".join(names.values())) for style, names in labels.items()]


def _heading(name: str) -> str:
    return translate("Patient") if name == "id" else name


def _figure_text(checked: CheckedTables, lane_set: LaneSet) -> FigureText:
    source, options, lost = checked.source, checked.options, checked.left_out
    count = len(lane_set.lanes)
    time_zero = source.time_zero
    if checked.read is not None and checked.read.dated:
        time_zero = (
            translate(_first_of(checked.read)) if options.align in ("", "start") else options.align
        )
    caption = [
        translate_count(*_CAPTION, lane_set.requested, drawn=count),
        translate(_BARS),
        translate_count(
            "{number} invalid row is omitted.", "{number} invalid rows are omitted.", lost
        )
        if lost
        else "",
        translate("Colour of bars: {what}.", what=_heading(options.colour_column))
        if options.colour_column
        else "",
        translate("Data cut-off: {day}.", day=options.cutoff) if options.cutoff else "",
        ongoing_and_died(lane_set.lanes, options.cutoff),
        translate("Time zero: {time_zero}.", time_zero=time_zero) if time_zero else "",
        translate("1 month = 30.4375 days.") if "months" in (options.unit, source.unit) else "",
    ]
    if not options.cutoff and any(bar.goes_on for lane in lane_set.lanes for bar in lane.bars):
        caption.append(translate(_NO_CUTOFF))
    return FigureText(
        name=f"swimmer of {source.name}",
        time_zero=time_zero,
        alt="",
        caption=" ".join(part for part in caption if part),
        note=translate_count("{number} invalid row omitted", "{number} invalid rows omitted", lost)
        if lost
        else "",
    )


def _first_of(read: Tables) -> str:
    """What lanes of dates count from."""
    layout = read.intervals[0].record.layout
    heading = layout.headings[layout.fields["start"]]
    return "first dose" if folded(heading) in _DOSES else "first start date"


def _alt(lane_set: LaneSet, scene: Scene, cutoff: str) -> str:
    """What is drawn on which axis, and the events in numbers."""
    opening = translate_count(*_OPENING, len(lane_set.lanes))
    return within((opening, axis_in_words(scene), ongoing_and_died(lane_set.lanes, cutoff),
                   marked(lane_set), states_in_words(lane_set)))  # fmt: skip


_OPENING = ("Swimmer plot of {number} patient.", "Swimmer plot of {number} patients.")
_CAPTION = ("Swimmer plot of {drawn} of {number} patient.",
            "Swimmer plot of {drawn} of {number} patients.")  # fmt: skip
_BARS = "Bars show how long each treatment or state lasted."
_NO_CUTOFF = "No data cut-off is stated; arrows mark what was ongoing at the last contact."
