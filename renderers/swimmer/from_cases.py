"""Readings become lanes: one for each line of a patient, or one for each patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from renderers.swimmer.alignment import TimeZero, named, time_zero_of
from renderers.swimmer.columns import COLUMNS, MANY, USUAL
from renderers.swimmer.lane import CALENDAR, Lane
from renderers.swimmer.lane_content import LaneContent
from renderers.swimmer.lane_set import FEW, LaneSet, assign_colours
from renderers.swimmer.options import SwimmerOptions
from renderers.text.translation import translate
from timeline.core.dates import parse_edtf
from timeline.core.problem import near
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.lines import Line

NO_LINE = "systemic line"  # what those lack who have no lane


def lanes_from_cases(readings: Sequence[DerivedCase], swim: SwimmerOptions) -> LaneSet:
    """The lanes of some readings. ValueError where a wish names what is not there."""
    by = swim.by or ("line" if len(readings) == 1 else "patient")
    align = swim.align or ("start" if by == "line" else "line 1")
    wanted = [
        (reading, lines)
        for reading in readings
        for lines in ([(line,) for line in reading.case.lines] if by == "line" else
                      [reading.case.lines])
    ]  # fmt: skip
    columns = _columns(swim, by, len(wanted))
    agents = _agents(readings) if swim.colour == "drug" else ()
    inks, keyed = assign_colours(agents)
    parts, left_out = [], []
    for reading, lines in wanted:
        nought = time_zero_of(align, reading, lines) if lines else None
        name = reading.case.name
        if nought is None:
            dated = translate("{moment} with a date", moment=named(align))
            left_out.append((name, dated if lines else translate(NO_LINE)))
            continue
        last = lines[-1].number == reading.case.lines[-1].number
        parts.append(
            LaneContent(reading=reading, lines=lines, nought=nought, is_last=last, inks=inks,
                 changes=swim.scans == "changes")
        )  # fmt: skip
    several = len(readings) > 1
    return LaneSet(
        lanes=tuple(_lane(part, by, columns, swim, several=several) for part in parts),
        headings=tuple((n, COLUMNS[n].heading(by), COLUMNS[n].is_left) for n in columns),
        named=keyed,
        left_out=tuple(left_out),
        given=len(wanted),
    )


def _columns(swim: SwimmerOptions, by: str, lanes: int) -> tuple[str, ...]:
    chosen = swim.columns
    if chosen is None:
        chosen = USUAL[by] if by == "line" or lanes <= FEW else MANY
    wanted = (*chosen, *([swim.group] if swim.group else []))
    unknown = next((name for name in wanted if name not in COLUMNS), None)
    if unknown:
        raise ValueError(f"unknown column: {unknown!r} ({near(unknown, COLUMNS)})")
    return chosen


def _lane(
    part: LaneContent, by: str, columns: tuple[str, ...], swim: SwimmerOptions, *, several: bool
) -> Lane:
    case = part.reading.case
    name = translate("Line {number}", number=part.lines[0].number) if by == "line" else case.name
    wanted = dict.fromkeys((*columns, *(word for word in COLUMNS if _asked(word, swim))))
    nought = part.nought.when
    return Lane(
        name=f"{case.name}, {name}" if several and by == "line" else name,
        stays=tuple(part.stays()),
        responses=tuple(part.responses()),
        notes=tuple(part.notes()),
        follow=part.follow(),
        nought=CALENDAR if nought is None else nought.span,
        cutoff=_cutoff(swim, part.nought),
        cells=tuple((column, COLUMNS[column].read(part)) for column in wanted),
        group=_group(part, swim),
    )


def _group(part: LaneContent, swim: SwimmerOptions) -> str:
    """The first line of the cell that lanes are grouped by."""
    lines = COLUMNS[swim.group].read(part).lines if swim.group else ()
    return lines[0][0] if lines else (translate("not stated") if swim.group else "")


def _asked(word: str, swim: SwimmerOptions) -> bool:
    """Whether a column that need not be drawn is wanted for sorting."""
    return word in {key.removesuffix(" reversed") for key in swim.sort or ()}


def _cutoff(swim: SwimmerOptions, nought: TimeZero) -> float | None:
    """The stated cut-off on a lane; None where none is stated, or nought is not known to the day.

    A cut-off cannot be drawn as a line where the day it is counted from is vague.
    """
    if not swim.cutoff:
        return None
    day = float(parse_edtf(swim.cutoff).span.low)
    if nought.when is None:
        return day
    return day - float(nought.when.span.low) if nought.when.is_exact else None


def _agents(readings: Sequence[DerivedCase]) -> tuple[str, ...]:
    """The agents of all lines, the most used first."""
    lines: list[Line] = [line for reading in readings for line in reading.case.lines]
    used = Counter(drug.agent for ln in lines for each in ln.treatments for drug in each.drugs)
    return tuple(agent for agent, _ in used.most_common())
