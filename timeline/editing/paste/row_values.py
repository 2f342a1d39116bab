"""The cells of pasted rows that go elsewhere: to the patient, behind a drug, to an open row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from renderers.tables.csv_table import MISSING, cell_text
from timeline.core.text.spelling import folded
from timeline.editing.case_fields import PATIENT, CaseChanges
from timeline.editing.cell_values import Cells, kind_of
from timeline.editing.changes import Changes
from timeline.editing.event_changes import EventChanges
from timeline.editing.event_rows import DATE, KIND, PLACE, event_row
from timeline.editing.grid import EVENTS
from timeline.editing.paste.reading import Clipboard, ClipboardRow
from timeline.exchange.cell_nodes import joined_parts, parts_of
from timeline.exchange.draft.entries import TODO
from timeline.exchange.new_case_sections import UNKNOWN
from timeline.exchange.spreadsheets.drug_cells import (
    DOSE,
    DRUGS,
    is_number,
    takes_doses_in_drugs,
    with_doses,
)
from timeline.record.events import KINDS

_OPEN = (UNKNOWN, TODO)  # dates that a person has still to write


def placeholders(changes: Changes) -> dict[str, int]:
    """The rows that state nothing but a kind and that its date is open, by their kind.

    The template of a new case has such a row for the diagnosis.
    """
    found: dict[str, int] = {}
    if isinstance(changes, EventChanges):
        for number, entry in enumerate(changes.rows):
            cells = event_row(changes.case, entry, number).cells
            own = {key for key in cells if key not in (KIND, DATE, PLACE)}
            if cells.get(DATE) in _OPEN and cells[KIND] in KINDS and not own:
                found.setdefault(KINDS[cells[KIND]].kind, number)
    return found


def taken_row(changes: Changes, number: int, kind: str) -> str:
    """What is said of an open row that a pasted one takes."""
    what = f"{kind} {event_row(changes.case, changes.listed[number], number).cells[DATE]}"
    return f"row {number + 1}, which was {what} alone, is the pasted {kind} now"


def kind_of_row(changes: Changes, number: int, row: ClipboardRow) -> str:
    """The kind of event that a row has or will have; empty of a claim, or where it is unknown."""
    if not isinstance(changes, EventChanges):
        return ""
    word = cell_text(row.cells.get(KIND, ""))
    if not word and number < len(changes.rows):
        word = event_row(changes.case, changes.rows[number], number).kind
    kind = kind_of(word)
    return KINDS[kind].kind if kind else ""


def cells_of_row(changes: Changes, number: int) -> Mapping[str, str]:
    """The cells of a row of the grid that is pasted over; none of any other."""
    if not isinstance(changes, EventChanges) or number >= len(changes.rows):
        return {}
    return event_row(changes.case, changes.rows[number], number).cells


def note_of_row(changes: Changes, number: int) -> str:
    """The note of a row of the grid that is pasted over; empty of any other."""
    return cells_of_row(changes, number).get("note", "")


def with_doses_in_drugs(
    values: Mapping[str, str], kind: str, cells: Cells
) -> tuple[Mapping[str, str], str]:
    """The cells of a row with the doses behind their drugs, and a note where they were put there.

    Of kinds that have a dose of their own, such as radiotherapy, the cells are as they were.
    """
    try:
        drugs = drugs_with_doses(values, kind, cells.units)
    except ValueError as fault:
        cells.fault(DOSE, str(fault))
        return {**values, DOSE: ""}, ""
    if not drugs:
        return values, ""
    return {**values, DRUGS: drugs, DOSE: ""}, "each dose stands behind its drug, in drugs"


def drugs_with_doses(values: Mapping[str, str], kind: str, units: Mapping[str, str]) -> str:
    """The cell of the drugs with their doses; empty of a row that has no dose to put there.

    Raises:
        ValueError: it is not clear which dose is of which drug.
    """
    dose = cell_text(values.get(DOSE, ""))
    if not dose or not takes_doses_in_drugs(kind):
        return ""
    return with_doses(cell_text(values.get(DRUGS, "")), _with_unit(dose, units.get(DOSE, "")))


def _with_unit(dose: str, unit: str) -> str:
    parts = (f"{part} {unit}" if unit and is_number(part) else part for part in parts_of(dose))
    return joined_parts(parts)


def is_patient(row: ClipboardRow, table: str) -> bool:
    return table == EVENTS and folded(cell_text(row.cells.get(KIND, ""))) == PATIENT


def write_patient(
    changes: Changes, rows: Sequence[ClipboardRow], found: Clipboard, order: str
) -> Iterator[str]:
    """Write the row of the patient to the fields of the case; notes of what it has changed."""
    for number, row in enumerate(rows):
        cells = Cells(table=EVENTS, row=-1, columns=found.keys, line=row.line, order=order)
        values = {key: cell for key, cell in row.cells.items()
                  if key != KIND and cell_text(cell) not in MISSING}  # fmt: skip
        if number:
            cells.fault(KIND, f"a second patient, first in row {rows[0].line} (keep one)")
        else:
            before = CaseChanges(changes.draft).under(PATIENT, values, cells)
            was = [f"{key} was {text!r}" for key, text in before.items() if text]
            filled = f"fills {', '.join(before)}" if before else "changes nothing"
            old = f" ({', '.join(was)})" if was else ""
            yield f"the row of the patient {filled}{old}"
        changes.draft.problems += cells.problems
