"""The text columns of lanes of cases: one row each, and how its cells are filled."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import attrs

from renderers.axes.calendar_page import is_dated, last_known
from renderers.layout.date_ranges import days_of
from renderers.swimmer.lane import ColumnCell, cell_text
from renderers.swimmer.lane_content import LaneContent
from renderers.text.events import possible_days
from renderers.text.line_summary import best_response_text, months, progression_free
from renderers.text.sort_keys import by_size, rank
from renderers.text.translation import translate
from timeline.endpoints.derived_case import DerivedCase
from timeline.results.statuses import Outcome
from timeline.terminology.criteria import BEST_FIRST


@attrs.frozen
class Column:
    """One row: its name, its headings for lanes of lines and of patients, how a cell is read."""

    name: str
    of_line: str
    of_patient: str
    read: Callable[[LaneContent], ColumnCell]
    is_left: bool = False

    def heading(self, by: str) -> str:
        """Its heading; ``by``: whether a lane is a ``line`` or a ``patient``."""
        return translate(self.of_line if by == "line" else self.of_patient)


def record_of(derived: DerivedCase) -> str:
    """The end of the record in words: death, last contact, or the last dated event.

    Nothing of a record without a date.
    """
    if not is_dated(derived.case):
        return ""
    cutoff, style = last_known(derived.case)
    word = translate("last dated event" if style == "last record" else style)
    return f"{word} {possible_days(days_of(cutoff))}"


def _line(content: LaneContent) -> ColumnCell:
    line = content.lines[0]
    name = translate("Line {number}", number=line.number)
    return ColumnCell(lines=((name, True), (line.regimen, False)), rank=rank(name))


def _patient(content: LaneContent) -> ColumnCell:
    case = content.derived.case
    lines = (
        (case.name, True),
        (case.patient.diagnosis, False),
        (record_of(content.derived), False),
    )
    return ColumnCell(lines=tuple(line for line in lines if line[0]), rank=rank(case.name))


def _id(content: LaneContent) -> ColumnCell:
    name = content.derived.case.name
    return ColumnCell(lines=((name, True),), rank=rank(name))


def _best(content: LaneContent) -> ColumnCell:
    """The best response, and below it the confirmed one where it differs."""
    line = content.lines[0]
    first, confirmed = best_response_text(content.derived, line)
    lines = [(first, False)]
    if confirmed:
        lines.append((translate("confirmed: {labels}", labels=confirmed), False))
    label = re.split(r",? ", first)[0]
    place = BEST_FIRST.index(label) if label in BEST_FIRST else None
    return ColumnCell(lines=tuple(lines), rank=by_size(place))


def _outcome(outcome: Outcome | None) -> ColumnCell:
    """A time in months, with a plus if it is censored and a marker if it may be."""
    own = outcome is not None and outcome.printed != outcome.endpoint
    led = f"{outcome.printed} " if outcome and own else ""
    found = outcome.days.low if outcome and outcome.days else None
    size = None if found is None or math.isinf(found) else found
    is_timed = outcome is not None and outcome.is_evaluable
    censored = is_timed and outcome is not None and outcome.event is False
    marker = "undecided" if is_timed and outcome and outcome.event is None else ""
    text = f"{led}{months(outcome, censored=censored)}"
    return ColumnCell(lines=((text, False),), marker=marker, rank=by_size(size))


def _pfs(content: LaneContent) -> ColumnCell:
    return _outcome(progression_free(content.derived, content.lines[0]))


def _os(content: LaneContent) -> ColumnCell:
    return _outcome(content.derived.outcome("OS", content.lines[0].number))


def _start(content: LaneContent) -> ColumnCell:
    start = content.lines[0].start.start
    known = start.span.low if start.span.is_bounded else None
    return ColumnCell(lines=((possible_days(start.span), False),), rank=by_size(known))


def _stop(content: LaneContent) -> ColumnCell:
    return cell_text(translate(content.lines[-1].treatments[-1].stop))


COLUMNS = {
    row.name: row
    for row in (
        Column("line", "Line", "Line", _line, is_left=True),
        Column("patient", "Patient", "Patient", _patient, is_left=True),
        Column("id", "Patient", "Patient", _id, is_left=True),
        Column("diagnosis", "Diagnosis", "Diagnosis",
               lambda content: cell_text(content.derived.case.patient.diagnosis), is_left=True),
        Column("site", "Site", "Site", lambda content: cell_text(content.derived.case.patient.site),
               is_left=True),
        Column("sex", "Sex", "Sex",
               lambda content: cell_text(translate(content.derived.case.patient.sex)),
               is_left=True),
        Column("age", "Age", "Age", lambda content: cell_text(content.derived.case.patient.age),
               is_left=True),
        Column("lines", "Lines", "Lines", lambda content: cell_text(str(len(content.lines))),
               is_left=True),
        Column("regimen", "Regimen", "Regimen of line 1",
               lambda content: cell_text(content.lines[0].regimen), is_left=True),
        Column("start", "Start", "Start of line 1", _start),
        Column("best", "Best response", "Best response, line 1", _best),
        Column("pfs", "PFS, months", "PFS, line 1, months", _pfs),
        Column("os", "OS, months", "OS from line 1, months", _os),
        Column("stop", "Stopped", "Last line stopped", _stop),
        Column("record", "End of record", "End of record",
               lambda content: cell_text(record_of(content.derived))),
    )
}  # fmt: skip
USUAL = {"line": ("line", "best", "pfs"), "patient": ("id", "best", "pfs")}
