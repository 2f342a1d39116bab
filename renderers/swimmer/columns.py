"""The text columns beside the lanes of readings: one row each, and what a lane says in it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import attrs

from renderers.axes.calendar_page import last_known
from renderers.swimmer.lane import ColumnCell, by_size, cell_text, rank
from renderers.swimmer.lane_content import LaneContent
from renderers.text.events import possible_days
from renderers.text.line_summary import best_response_text, months, progression_free
from renderers.text.translation import translate
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.results.statuses import Outcome
from timeline.terminology.criteria import BEST_FIRST

_STATE = {False: ("censored", "censored"), None: ("undecided", "event or censored")}


@attrs.frozen
class Column:
    """One row: its name, its headings for lanes of lines and of patients, and its cells."""

    name: str
    of_line: str
    of_patient: str
    read: Callable[[LaneContent], ColumnCell]
    is_left: bool = False

    def heading(self, by: str) -> str:
        return translate(self.of_line if by == "line" else self.of_patient)


def record_of(reading: DerivedCase) -> str:
    """The end of the record in words: death, last contact, or the last dated event."""
    cutoff, style = last_known(reading.case)
    word = translate("last dated event" if style == "last record" else style)
    return f"{word} {possible_days(Span(int(cutoff.low), int(cutoff.high)))}"


def _line(part: LaneContent) -> ColumnCell:
    line = part.lines[0]
    name = translate("Line {number}", number=line.number)
    return ColumnCell(lines=((name, True), (line.regimen, False)), rank=rank(name))


def _patient(part: LaneContent) -> ColumnCell:
    case = part.reading.case
    lines = ((case.name, True), (case.patient.diagnosis, False), (record_of(part.reading), False))
    return ColumnCell(lines=tuple(line for line in lines if line[0]), rank=rank(case.name))


def _id(part: LaneContent) -> ColumnCell:
    name = part.reading.case.name
    return ColumnCell(lines=((name, True),), rank=rank(name))


def _best(part: LaneContent) -> ColumnCell:
    """The best response, and below it the confirmed one where it differs."""
    line = part.lines[-1]
    led = translate("line {number}", number=line.number) + ": " if len(part.lines) > 1 else ""
    first, confirmed = best_response_text(part.reading, line)
    lines = [(f"{led}{first}", False)]
    if confirmed:
        lines.append((translate("confirmed: {labels}", labels=confirmed), False))
    label = re.split(r",? ", first)[0]
    place = BEST_FIRST.index(label) if label in BEST_FIRST else None
    return ColumnCell(lines=tuple(lines), rank=by_size(place))


def _outcome(outcome: Outcome | None, style: str) -> ColumnCell:
    own = outcome is not None and outcome.printed != outcome.endpoint
    led = f"{outcome.printed} " if outcome and own else ""
    found = outcome.days.low if outcome and outcome.days else None
    size = None if found is None or math.isinf(found) else found
    return ColumnCell(lines=((f"{led}{months(outcome)}", False),), sign=style, rank=by_size(size))


def _pfs(part: LaneContent) -> ColumnCell:
    outcome = progression_free(part.reading, part.lines[0])
    style = _STATE.get(outcome.event, ("", ""))[0] if outcome and outcome.days else ""
    return _outcome(outcome, style)


def _os(part: LaneContent) -> ColumnCell:
    outcome = part.reading.outcome("OS", part.lines[0].number)
    censored = outcome is not None and outcome.days is not None and not outcome.event
    return _outcome(outcome, "alive" if censored else "")


def _start(part: LaneContent) -> ColumnCell:
    start = part.lines[0].start.start
    known = start.span.low if start.span.is_bounded else None
    return ColumnCell(lines=((possible_days(start.span), False),), rank=by_size(known))


def _stop(part: LaneContent) -> ColumnCell:
    return cell_text(translate(part.lines[-1].treatments[-1].stop))


COLUMNS = {
    row.name: row
    for row in (
        Column("line", "Line", "Line", _line, is_left=True),
        Column("patient", "Patient", "Patient", _patient, is_left=True),
        Column("id", "Patient", "Patient", _id, is_left=True),
        Column("diagnosis", "Diagnosis", "Diagnosis",
               lambda part: cell_text(part.reading.case.patient.diagnosis), is_left=True),
        Column("site", "Site", "Site", lambda part: cell_text(part.reading.case.patient.site),
               is_left=True),
        Column("sex", "Sex", "Sex",
               lambda part: cell_text(translate(part.reading.case.patient.sex)),
               is_left=True),
        Column("age", "Age", "Age", lambda part: cell_text(part.reading.case.patient.age),
               is_left=True),
        Column("lines", "Lines", "Lines", lambda part: cell_text(str(len(part.lines))),
               is_left=True),
        Column("regimen", "Regimen", "Regimen of line 1",
               lambda part: cell_text(part.lines[0].regimen), is_left=True),
        Column("start", "Start", "Start of line 1", _start),
        Column("best", "Best response", "Best response", _best),
        Column("pfs", "PFS, months", "PFS line 1, months", _pfs),
        Column("os", "OS, months", "OS from line 1, months", _os),
        Column("stop", "Stopped", "Last line stopped", _stop),
        Column("record", "End of record", "End of record",
               lambda part: cell_text(record_of(part.reading))),
    )
}  # fmt: skip
USUAL = {"line": ("line", "best", "pfs"), "patient": ("patient", "best", "os")}
MANY = ("id", "best", "os")  # of lanes of patients, where they are many
