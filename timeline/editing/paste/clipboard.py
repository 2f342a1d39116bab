"""Cells that are pasted from a spreadsheet: with headings, or from one column on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from renderers.tables.columns import NOTHING
from renderers.tables.csv_table import cell_text
from timeline.core.problem import Problem, near
from timeline.editing.cell_values import Cells
from timeline.editing.changes import Changes, readable, told
from timeline.editing.claim_rows import columns as claim_columns
from timeline.editing.event_rows import KIND, event_grid
from timeline.editing.event_rows import columns as event_columns
from timeline.editing.grid import CLAIMS, EVENTS, Edited
from timeline.editing.paste.answers import Answers
from timeline.editing.paste.placing import Placing
from timeline.editing.paste.reading import ClipboardRow, read_clipboard
from timeline.editing.paste.row_values import (
    cells_of_row,
    is_patient,
    kind_of_row,
    note_of_row,
    placeholders,
    taken_row,
    with_doses_in_drugs,
    write_patient,
)
from timeline.editing.paste.word_choices import WordChoices
from timeline.editing.ways.baseline_lines import lines_begun

_KEYS = {
    EVENTS: tuple(column.key for column in event_columns()),
    CLAIMS: tuple(column.key for column in claim_columns()),
}


def pasted(
    text: str,
    table: str,
    row: int,
    key: str,
    clipboard: str,
    *,
    columns: Sequence[str] = (),
    order: str = "",
    choices: Mapping[str, str] = NOTHING,
) -> Edited:
    r"""The text with the cells of a spreadsheet pasted into a grid.

    Args:
        text: the text of the file.
        table: ``events`` or ``claims``.
        row: the number of the first row that is written, from 0; the number of rows for new ones.
        key: the key of the first column that is written. Where the first line of the clipboard
            has headings as in docs/tables.md, they name the columns, in any order.
        clipboard: the cells as a spreadsheet copies them: lines with tabs, or CSV with headings.
        columns: the keys of the columns as they are shown, in order; left out, all of the grid.
        order: ``dmy`` or ``mdy``, of days written with the year last; empty: they are refused.
        choices: by the name of its column (its heading; of a second column with the same heading
            ``CEA, column 3``), what becomes of the cells of a column that is unknown, or that the
            kind of a row does not take: ``leave out``; ``note``, of its row; ``lab``, or ``lab in
            ng/mL``, for laboratory rows of that date; ``performance`` for rows of performance
            status. By its name, ``event: CT``, what becomes of a word that is no kind of event:
            ``scan``, or ``leave out`` for its rows; of one that a cell of its row contradicts, by
            ``event: CT: PR beside called: PD``. By ``line:``, ``number`` for words such as ``1st``
            in the column of lines. By ``answer: Baseline``, or by ``answer: Baseline, row 3``, what
            becomes of a yes, a no or a cross that a column does not take: ``next line``,
            ``line 2``, ``meant``, ``leave out``, ``note``. ``Edited.offers`` has the choices that
            there are. Without one it is a fault.

    Returns:
        The new text. A pasted cell replaces the one under it, an empty one empties it; below the
        last row there are new rows. The first of a kind of which the grid has an open row (no key,
        and 20XX for its date, as in the template) takes that row. A row of the patient fills the
        fields of the case, and a dose goes behind its drug; each of these is a note. With a fault
        in any cell nothing is written. All faults of columns, kinds, dates and values are named
        at once, each with its row and its column of what was pasted; the first row below the
        headings is row 1.

    Raises:
        ValueError: there is no such grid, row or column.

    >>> text = "case: a\nevents:\n  - {diagnosis: 2021-03}\n"
    >>> print(pasted(text, "events", 1, "event", "Event\tDate\tNew\nscan\t2021/4/1\tliver").text)
    case: a
    events:
      - {diagnosis: 2021-03}
      - {scan: 2021-04-01, new: liver}
    <BLANKLINE>
    """
    changes = readable(text, table)
    if isinstance(changes, Edited):
        return changes
    shown = tuple(columns) or _KEYS[table]
    if key not in shown:
        raise ValueError(f"no such column: {key!r} ({near(key, shown)})")
    if not 0 <= row <= len(changes.rows):
        raise ValueError(f"no such row: {row} (there are {len(changes.rows)} rows)")
    found = read_clipboard(table, shown[shown.index(key) :], clipboard, choices)
    if not found.rows:
        return Edited(text, found.problems)
    answers = Answers(found=found, choices=choices)
    words = WordChoices(table=table, found=found, choices=choices)
    placing = Placing(table=table, found=found, choices=choices, answers=answers, words=words)
    if table == EVENTS:
        pasted_rows = (each.cells for each in map(placing.words.with_event, found.rows) if each)
        rows = (each.cells for each in event_grid(text).rows)
        answers.lines = lines_begun((*rows, *pasted_rows), order)
        placing.clear()
    edited = _written(changes, row, placing, order)
    if edited.problems and all(_is_unsafe(each) for each in edited.problems):
        return _row_by_row(text, row, placing, order)
    return edited


def _is_unsafe(problem: Problem) -> bool:
    return "cannot be changed safely" in problem.what


def _written(changes: Changes, row: int, placing: Placing, order: str) -> Edited:
    """All rows written at once."""
    table, found = placing.table, placing.found
    changes.draft.problems += found.problems
    new: list[Mapping[str, str]] = []
    lines: list[Cells] = []
    notes: list[str] = []
    free = placeholders(changes)
    patients = [each for each in found.rows if is_patient(each, table)]
    rows: list[ClipboardRow] = []
    for each in found.rows:
        if each not in patients:
            one = placing.words.with_event(each, cells_of_row(changes, row + len(rows)))
            rows += [one] if one is not None else []
    if table == EVENTS and KIND not in found.keys and row + len(rows) > len(changes.rows):
        what = "no column with the kind of each row (add a column event: scan, treatment ..)"
        changes.draft.refuse(what)
        return attrs.evolve(changes.draft.result(), offers=placing.offers(order))
    for number, each in enumerate(rows, start=row):
        cells = Cells(
            table=table, row=number, columns=found.keys, line=each.line, order=order,
            units=found.units,
        )  # fmt: skip
        kind = kind_of_row(changes, number, each)
        placed, more = placing.placed(each, kind, cells, note_of_row(changes, number))
        values, note = with_doses_in_drugs(placed, kind, cells)
        notes += [note] if note else []
        if number < len(changes.rows):
            free.pop(kind, None)
            changes.cells(number, values, cells)
        elif kind in free:
            taken = free.pop(kind)
            changes.cells(taken, values, attrs.evolve(cells, row=taken))
            notes.append(taken_row(changes, taken, kind))
        elif any(cell_text(cell) for cell in values.values()):
            new.append(values)
            lines.append(cells)
        new += more
        lines += [attrs.evolve(cells, units={}, problems=[]) for _ in more]
    changes.insert(len(changes.rows), new, lines)
    notes += write_patient(changes, patients, found, order)
    edited = told(changes, changes.draft.result(row))
    if edited.problems:
        return attrs.evolve(edited, offers=placing.offers(order))
    told_of = (*dict.fromkeys(notes), *placing.notes(order), *edited.notes)
    return attrs.evolve(edited, notes=told_of, units=found.units)


def _row_by_row(text: str, row: int, placing: Placing, order: str) -> Edited:
    """The same one row after another, where edits of several rows do not go together."""
    now, found = text, placing.found
    placing.clear()
    notes: list[str] = []
    number = row
    for each in found.rows:
        changes = readable(now, placing.table)
        if isinstance(changes, Edited):
            return Edited(text, changes.problems)
        own = attrs.evolve(found, rows=(each,))
        words = attrs.evolve(placing.words, found=own)
        one = attrs.evolve(placing, found=own, words=words)
        edited = _written(changes, number, one, order)
        if edited.problems:
            return Edited(text, edited.problems)
        now = edited.text
        notes += edited.notes
        number += placing.words.is_written(each)
    return Edited(now, notes=tuple(dict.fromkeys(notes)), units=found.units)
