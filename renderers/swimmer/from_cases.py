"""The lanes of cases: one for each line of a patient, or one for each of several patients."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence

import attrs

from renderers.scene.styles import Style, named_bars
from renderers.swimmer.alignment import (
    TimeZero,
    alignment,
    is_measured_from,
    short_name,
    time_zero_of,
)
from renderers.swimmer.columns import COLUMNS, USUAL
from renderers.swimmer.lane import CALENDAR, ColumnCell, Lane, LaneSet
from renderers.swimmer.lane_content import LaneContent
from renderers.swimmer.options import OF_TREATMENT, SwimmerOptions
from renderers.text.translation import translate
from timeline.core.calendar.dates import PartialDate, parse_edtf
from timeline.core.problem import near
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase

USUAL_ZERO = {"line": "start", "patient": "line 1"}  # of lanes of lines, of patients
NO_LINE = "systemic line"  # what is missing where a patient has no lane


def lanes_from_cases(cases: Sequence[DerivedCase], options: SwimmerOptions) -> LaneSet:
    """The lanes of some cases.

    Raises:
        ValueError: an option names a column or a time zero that does not exist.

    """
    by = options.by or ("line" if len(cases) == 1 else "patient")
    align = alignment(options.align, USUAL_ZERO[by], cases)
    requested = [
        (derived, lines)
        for derived in cases
        for lines in ([(line,) for line in derived.case.lines] if by == "line" else
                      [derived.case.lines])
    ]  # fmt: skip
    columns = _columns(options, by)
    options.check_case_colour()
    zeros = [
        time_zero_of(own_alignment(options.align, align, derived), derived, lines)
        if lines
        else None
        for derived, lines in requested
    ]
    drawn = any(
        zero is not None and is_measured_from(zero.when, derived.case)
        for zero, (derived, _) in zip(zeros, requested, strict=True)
    )  # where no lane has any length, there is nothing to draw
    contents, left_out = [], []
    for time_zero, (derived, lines) in zip(zeros, requested, strict=True):
        name = derived.case.name
        if time_zero is None or not drawn:
            dated = translate("{moment} with a date", moment=short_name(align))
            number = translate("line {number}", number=lines[0].number) if lines else ""
            name = f"{name}, {number}" if align == "start" and lines else name
            left_out.append((name, dated if lines else translate(NO_LINE)))
            continue
        last = lines[-1].number == derived.case.lines[-1].number
        contents.append(
            LaneContent(
                derived=derived,
                lines=lines,
                time_zero=time_zero,
                is_last=last,
                colour=options.colour,
                scans=options.scans,
            )
        )
    contents, own = _coloured(contents, options)
    several = len(cases) > 1
    headed = "line" if all(len(each.lines) == 1 for each in contents) else by
    return LaneSet(
        lanes=tuple(
            attrs.evolve(
                _lane(each, by, columns, options, several=several),
                every_cell=functools.partial(_every_cell, each, headed),
            )
            for each in contents
        ),
        headings=tuple((n, COLUMNS[n].heading(headed), COLUMNS[n].is_left) for n in columns),
        own=tuple(own.values()),
        left_out=tuple(left_out),
        requested=len(requested),
    )


def own_alignment(asked: str, align: str, derived: DerivedCase) -> str:
    """The time zero of a patient: of one whose record begins with a later line that line.

    It is so where lanes count from line 1 because nobody asked for another time zero.
    """
    numbers = [line.number for line in derived.case.lines]
    if asked or align != USUAL_ZERO["patient"] or not numbers or 1 in numbers:
        return align
    return f"line {numbers[0]}"


def _columns(options: SwimmerOptions, by: str) -> tuple[str, ...]:
    chosen = options.columns
    if chosen is None:
        chosen = USUAL[by]
    needed = (*chosen, *([options.group] if options.group else []))
    unknown = next((name for name in needed if name not in COLUMNS), None)
    if unknown:
        raise ValueError(f"unknown column: {unknown!r} ({near(unknown, COLUMNS)})")
    return chosen


def _lane(
    content: LaneContent,
    by: str,
    columns: tuple[str, ...],
    options: SwimmerOptions,
    *,
    several: bool,
) -> Lane:
    case = content.derived.case
    name = case.name
    if by == "line":
        line = translate("Line {number}", number=content.lines[0].number)
        name = f"{case.name}, {line}" if several else line
    sorted_by = {key.removesuffix(" reversed") for key in options.sort or ()}
    cells = dict.fromkeys((*columns, *(name for name in COLUMNS if name in sorted_by)))
    time_zero = content.time_zero.when
    return Lane(
        name=name,
        bars=content.bars,
        responses=tuple(content.responses()),
        markers=tuple(content.markers()),
        unmarked=content.unmarked(),
        follow_up=content.follow_up(),
        time_zero=_days_of(time_zero),
        cutoff=_cutoff(options, content.time_zero),
        cells=tuple((column, COLUMNS[column].read(content)) for column in cells),
        group=_group(content, options),
    )


def _every_cell(content: LaneContent, by: str) -> tuple[tuple[str, ColumnCell], ...]:
    """The heading and the cell of each column; patient, site and the like are those of ``id``."""
    return tuple(
        (row.heading(by), row.read(content))
        for row in COLUMNS.values()
        if row.name not in ("patient", "line") or by == row.name == "line"
    )


def _days_of(time_zero: PartialDate | None) -> Span | None:
    if time_zero is None:
        return CALENDAR
    return time_zero.span if time_zero.span.is_bounded else None


def _group(content: LaneContent, options: SwimmerOptions) -> str:
    """The first line of the cell that lanes are grouped by."""
    lines = COLUMNS[options.group].read(content).lines if options.group else ()
    return lines[0][0] if lines else (translate("not stated") if options.group else "")


def _cutoff(options: SwimmerOptions, time_zero: TimeZero) -> float | None:
    """The day of the data cut-off on a lane; None where none is stated.

    None as well where time zero is not known to the day: the cut-off would be a range.
    """
    if not options.cutoff:
        return None
    day = float(parse_edtf(options.cutoff).span.low)
    if time_zero.when is None:
        return day
    return day - float(time_zero.when.span.low) if time_zero.when.is_exact else None


def _coloured(
    contents: Sequence[LaneContent], options: SwimmerOptions
) -> tuple[list[LaneContent], dict[str, Style]]:
    """The lanes with the styles of their bars, and these styles by name, the most used first."""
    if options.colour == "line":
        return list(contents), {}
    labelled = [attrs.evolve(each, label=_label(each, options.colour)) for each in contents]
    used = Counter(
        name
        for each in labelled
        for line in each.lines
        for treatment in line.treatments
        for name in each.names(treatment)
    )
    own = named_bars((name for name, _ in used.most_common()), options.palette)
    styles = tuple((name, style.name) for name, style in own.items())
    return [attrs.evolve(each, styles=styles) for each in labelled], own


def _label(content: LaneContent, colour: str) -> str:
    """The first line of the cell that a lane is coloured by; empty for drugs and regimens."""
    if colour in OF_TREATMENT:
        return ""
    lines = COLUMNS[colour].read(content).lines
    return lines[0][0] if lines and lines[0][0] else translate("not stated")
