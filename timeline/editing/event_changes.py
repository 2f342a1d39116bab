"""Changes of the events of a case file by the cells of their grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from renderers.tables.csv_table import MISSING, cell_text
from timeline.core.problem import near
from timeline.core.schema import schema_of
from timeline.editing.cell_values import Cells, no_such_key
from timeline.editing.edits.case_text import CaseText, Entry
from timeline.editing.edits.list_changes import ListChanges
from timeline.editing.edits.pair_edits import EntryEdits
from timeline.editing.event_rows import (
    DATE,
    END,
    KIND,
    LEADING,
    PLACE,
    columns,
    event_row,
    leading_pair,
    text_of,
)
from timeline.editing.grid import EVENTS
from timeline.files.printed_values import PRINTED
from timeline.record.events import KINDS, PeriodEvent

KEYS = tuple(column.key for column in columns())


class EventChanges(ListChanges):
    """Changes of the events of a text, gathered in a draft."""

    def __init__(self, case: CaseText) -> None:
        super().__init__(case, EVENTS)
        self.rows = self.listed

    def cell(self, row: int, key: str, value: str, cells: Cells | None = None) -> None:
        """Write the text of one cell; an empty one takes its key out."""
        self.cells(row, {key: value}, cells)

    def cells(self, row: int, values: Mapping[str, str], cells: Cells | None = None) -> None:
        """Write the texts of some cells of one row, all at once."""
        cells = cells or Cells(table=EVENTS, row=row, columns=KEYS)
        entry = self.rows[row]
        if not isinstance(entry.node, yaml.MappingNode) or not entry.node.value:
            cells.fault(KIND, "not an event (write it in the text)")
        else:
            now = event_row(self.case, entry, row)
            new = {key: text for key, text in values.items()
                   if cell_text(text) != cell_text(now.cells.get(key, ""))}  # fmt: skip
            self._write(entry, now.cells, new, cells)
        self.draft.problems += cells.problems

    def _write(
        self, entry: Entry, now: Mapping[str, str], new: Mapping[str, str], cells: Cells
    ) -> None:
        edits = EntryEdits(case=self.case, entry=entry.node, node=entry.node)
        kind = cells.kind(new[KIND], {**now, **new}) if KIND in new else now[KIND]
        if cells.problems:
            return
        if kind not in KINDS:
            cells.fault(KIND, f"unknown kind of event {kind!r} ({near(kind, KINDS)})")
            return
        if _leads(new):
            self._lead(entry, edits, kind, {**now, **new}, new, cells)
        for key, text in new.items():
            if key not in LEADING:
                self._key(entry, edits, kind, key, text, cells)
        if KIND in new:
            self._fits(entry, kind, new, cells)

    def _lead(
        self,
        entry: Entry,
        edits: EntryEdits,
        kind: str,
        now: Mapping[str, str],
        new: Mapping[str, str],
        cells: Cells,
    ) -> None:
        """The first key: the kind of the event, and its date or its period."""
        pair = leading_pair(entry.node) or entry.node.value[0]
        before = str(pair[0].value)
        if kind != before and edits.count(kind):
            cells.fault(KIND, f"the event has a key {kind!r} already (empty that cell first)")
            return
        old = text_of(pair[1])
        when = old
        if DATE in new or END in new:
            when = cells.when(kind, now)
        elif before in KINDS and _is_period(before) != _is_period(kind) and "/" in old:
            what = f"{old!r} means one day of a {before}, and two of a {kind}, or the reverse"
            cells.fault(DATE, f"{what} (write the date anew, with the kind)")
        elif not cells.problems:
            cells.when(kind, now)
        if cells.problems:
            return
        if when != old:
            self.draft.add(edits.valued(pair, when))
        if kind != before:
            self.draft.add(edits.renamed(pair[0], kind))
        entry_plain = self.draft.entry(entry)
        replaced = {kind if key == before else key: when if key == before else value
                    for key, value in entry_plain.items()}  # fmt: skip
        entry_plain.clear()
        entry_plain.update(replaced)

    def _fits(self, entry: Entry, kind: str, new: Mapping[str, str], cells: Cells) -> None:
        """Note the keys of an event that its new kind does not take."""
        own = leading_pair(entry.node) or entry.node.value[0]
        known = schema_of(KINDS[kind])
        for key, _ in entry.node.value:
            word = str(key.value).replace("_", "-")
            if key is own[0] or word in known or word == PRINTED:
                continue
            if cell_text(new.get(word, word)) not in MISSING:
                cells.fault(word, f"{kind} has no {word!r} (empty this cell first)")

    def _key(
        self, entry: Entry, edits: EntryEdits, kind: str, key: str, text: str, cells: Cells
    ) -> None:
        pair = edits.pair(key)
        own = leading_pair(entry.node) or entry.node.value[0]
        known = schema_of(KINDS[kind])
        empty = cell_text(text) == ""
        if edits.count(key) > 1:
            cells.fault(key, f"{key!r} is given twice (keep one, in the text)")
        elif key == PRINTED:
            cells.fault(key, "what the report prints is changed in the grid of claims")
        elif pair is not None and pair[0] is own[0]:
            cells.fault(key, f"{key!r} is the kind of this event (change its date)")
        elif key == PLACE and (empty or cell_text(text) == entry.place) and entry.place is not None:
            if pair is None:
                what = f"the place is that of the list, {entry.place!r}"
                cells.fault(key, f"{what} (write another, or move the event)")
            else:
                self._remove(entry, edits, key)
        elif empty:
            self._remove(entry, edits, key)
        elif key not in known or known[key][1].leads:
            cells.fault(key, no_such_key(kind, key))
        else:
            self._set(entry, edits, key, cells.value(KINDS[kind], key, text))

    def _set(self, entry: Entry, edits: EntryEdits, key: str, value: Any) -> None:
        """Write a value; None for a word of a missing value, unless it has a fault."""
        pair = edits.pair(key)
        if value is None:
            self._remove(entry, edits, key)
        elif pair is None:
            self.draft.add(edits.added(key, value))
            self.draft.entry(entry)[key] = value
        else:
            self.draft.add(edits.valued(pair, value))
            self.draft.entry(entry)[str(pair[0].value)] = value

    def _remove(self, entry: Entry, edits: EntryEdits, key: str) -> None:
        pair = edits.pair(key)
        if pair is not None:
            self.draft.add(edits.removed(pair))
            self.draft.entry(entry).pop(str(pair[0].value), None)

    def insert(
        self, at: int, rows: Sequence[Mapping[str, str]], lines: Sequence[Cells] = ()
    ) -> None:
        """Write new events before the one of a number, or after the last one."""
        new: list[dict[str, Any]] = []
        for number, row in enumerate(rows):
            cells = lines[number] if lines else Cells(table=EVENTS, row=at + number, columns=KEYS)
            new.append(cells.event(row))
            self.draft.problems += cells.problems
        self.put(at, new)


def _leads(new: Mapping[str, str]) -> bool:
    """Whether cells that the first key of an event fills are among some."""
    return any(key in new for key in LEADING)


def _is_period(kind: str) -> bool:
    return issubclass(KINDS[kind], PeriodEvent)
