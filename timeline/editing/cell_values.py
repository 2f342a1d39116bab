"""The values of cells: read by the grammar of case tables and by the readers of their fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import yaml

from renderers.tables.columns import NOTHING, Layout
from renderers.tables.csv_table import TableRow, cell_text
from timeline.core.problem import Problem, Where, near
from timeline.core.schema import FieldSpec, schema_of
from timeline.core.text.spelling import folded
from timeline.editing.advice import of_a_page
from timeline.editing.event_rows import DATE, END, KIND, LEADING
from timeline.editing.grid import GridProblem
from timeline.editing.ways.event_words import event_ways
from timeline.exchange.cell_nodes import CellProblems
from timeline.exchange.event_cells import PATIENT, CaseNodes
from timeline.exchange.spreadsheets.drug_cells import DRUGS
from timeline.exchange.yaml_writer import plain_node
from timeline.files.entry_words import kind_advice
from timeline.files.file_text import controls
from timeline.files.yaml.yaml_nodes import Node, read_value
from timeline.record.events import EVENTS, KINDS, PeriodEvent

_KINDS = {folded(kind): kind for kind in KINDS}
_ELSEWHERE = {  # what to write for a key that another kind of event has
    "called": "the response is that of a scan; what the report prints of a line is a claim",
    "sex": "it belongs to the patient: a row with patient in the column event",
    "age": "it belongs to the patient: a row with patient in the column event",
}
Plain = Any  # a text, or a list or a mapping of texts


def kind_of(text: str) -> str:
    """The spelling of a kind of event that a text is; empty where it is none."""
    return text if text in KINDS else _KINDS.get(folded(text), "")


def cell_advice(word: str, response: str = "") -> str:
    """What to write in a grid for a word that is no kind of event; empty for an unknown word.

    ``response``: that of the row; findings are then no example, for they may contradict it.

    >>> cell_advice("CT")
    'write scan, with the columns modality: CT, and findings such as target: shrunk, new: none'
    >>> cell_advice("CT", "PD")
    'write scan, with the columns modality: CT, called: PD'
    """
    advice = kind_advice(word).removeprefix("write ")
    entry, closing, more = advice.partition("}")
    pairs = [part.split(": ", 1) for part in entry.removeprefix("{").split(", ")]
    if not closing or "{" in entry[1:] or "[" in entry or any(len(pair) < 2 for pair in pairs):
        return f"write {advice}" if advice else ""
    columns = ", ".join(f"{key}: {value}" for key, value in pairs[1:])
    if (shown := columns.partition(", target: "))[1]:
        seen = f", and findings such as target: {shown[2]}"
        columns = shown[0] + (f", called: {response}" if response else seen)
    return f"write {pairs[0][0]}" + (f", with the columns {columns}" if columns else "") + more


def drugs_advice(word: str) -> str:
    """What to write in a grid for drugs in the place of an event; empty of any other word.

    >>> drugs_advice("FOLFOX + bevacizumab")
    'write treatment, with the columns drugs: FOLFOX; bevacizumab'
    """
    drugs = [way.cells for way in event_ways(word, {}) if DRUGS in way.cells]
    return f"write {drugs[0][KIND]}, with the columns drugs: {drugs[0][DRUGS]}" if drugs else ""


def ways_advice(word: str, row: Mapping[str, str] = NOTHING) -> str:
    """What to write in a grid for a word that may be an event; empty of any other word.

    ``row``: the other cells of its row.

    >>> ways_advice("hypertension")
    'write toxicity, with the columns what: hypertension'
    """
    if not row and (advice := drugs_advice(word)):
        return advice
    ways = [dict(way.cells) for way in event_ways(word, row)]
    told = [(way.pop(KIND), ", ".join(f"{key}: {text}" for key, text in way.items() if text))
            for way in ways]  # fmt: skip
    each = (f"{kind}, with the columns {cells}" if cells else kind for kind, cells in told)
    return f"write {'; or '.join(each)}" if told else ""


def word_advice(word: str, row: Mapping[str, str]) -> str:
    """What is to be done with a word that is no kind of event, in a row with other cells.

    The example of the word is shown where it states nothing else than the word and the row do.

    >>> word_advice("MRI", {"called": "SD"})
    'write scan, with the columns modality: MRI, called: SD'
    >>> word_advice("AE", {"what": "Fatigue grade 2"})
    'write toxicity, with the columns term: Fatigue, grade: 2'
    >>> word_advice("CT: PR", {"called": "PD"})
    "'CT: PR' states called: PR, and another cell of the row called: PD; keep one of them"
    """
    ways = event_ways(word, row)
    if conflict := next((way.conflict for way in ways if way.conflict), ""):
        return f"{conflict}; keep one of them"
    example = cell_advice(word, row.get("called", ""))
    is_told = all(
        f"{key}: {text}" in example
        or text in ("", row.get(key, ""))
        or (text == word and f"{key}: " not in example)
        for way in ways
        for key, text in way.cells.items()
        if key != KIND
    )
    return (example if is_told else "") or ways_advice(word, row) or example


def pasted_row(number: int) -> str:
    """What messages call a row of a paste; the first one below the headings is 1."""
    return f"row {number} of the pasted table" if number else "headings of the pasted table"


def no_such_key(kind: str, key: str) -> str:
    """What is wrong with a value in a column that a kind of event does not take.

    >>> no_such_key("treatment", "called").partition(" (")[0]
    "treatment has no 'called'"
    """
    names = [name for name, (_, spec) in schema_of(KINDS[kind]).items() if not spec.leads]
    return f"{kind} has no {key!r} ({_ELSEWHERE.get(key) or near(key, names)})"


@attrs.define(kw_only=True)
class Cells:
    """The cells of one row that is being written, and the faults of its values.

    ``table``: the name of the grid. ``row``: the number of the row, from 0. ``columns``: the keys
    of the columns as they are numbered in messages. ``line``: the number of a row of a paste, from
    1; left out, the row is one of the grid. ``order``: of days written with the year last.
    """

    table: str
    row: int
    columns: tuple[str, ...]
    line: int = 0
    order: str = ""
    units: Mapping[str, str] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)

    def fault(self, key: str, what: str) -> None:
        """Note why a cell cannot be written."""
        if key == "baseline" and "not a whole number" in what:
            what += " (write the number of the line that begins after the scan, such as 1)"
        column = self.columns.index(key) + 1 if key in self.columns else 1
        where = Where(self.table, self.line or self.row + 1, column)
        place = pasted_row(self.line) if self.line else ""
        self.problems.append(
            GridProblem(where, of_a_page(what), row=self.row, key=key, place=place)
        )

    def event(self, cells: Mapping[str, str]) -> dict[str, Plain]:
        """The entry of a new event: its kind with its date, and its keys; faults are noted."""
        row = self._row(cells)
        kind = self.kind(row.text(KIND), {key: row.text(key) for key in row.layout.fields})
        if not kind:
            self._of_any_kind(row)
            return {}
        log, nodes = self._reader()
        when = nodes.when(row, KINDS[kind])
        self._read(kind, [(KIND, when, schema_of(KINDS[kind])["at"][1])], log, row)
        return {kind: str(when.value), **self._values(kind, row)}

    def _of_any_kind(self, row: TableRow) -> None:
        """The faults that the date and the values of a row have, whatever its kind is to be."""
        own = {KIND: "", **{key: row.text(key) for key in (DATE, END) if key in row.layout.fields}}
        log, nodes = self._reader()
        nodes.when(self._row(own), PeriodEvent)
        keys = tuple(own)
        for problem in log.problems:
            self.fault(keys[problem.where.column - 1], problem.what)
        for key in row.layout.fields:
            if key in LEADING or not row.text(key):
                continue
            found: list[list[Problem]] = []
            for cls in (each for each in EVENTS.values() if key in schema_of(each)):
                tried = attrs.evolve(self, problems=[])
                tried.value(cls, key, row.text(key))
                found.append(tried.problems)
                if not tried.problems:
                    break
            if found and found[-1]:
                self.problems += found[0]

    def kind(self, text: str, row: Mapping[str, str] = NOTHING) -> str:
        """The spelling of a kind of event; empty, with a note, where there is none.

        ``row``: the cells of its row, which the advice follows.
        """
        found = kind_of(text)
        if not text:
            known = ", ".join(EVENTS)
            self.fault(KIND, f"no kind of event (write one of: {known})")
        elif folded(text) == PATIENT:
            self.fault(KIND, "the patient is no event (write it in the fields of the patient)")
        elif not found:
            advice = word_advice(text, row) or near(text, EVENTS)
            self.fault(KIND, f"unknown kind of event {text!r} ({advice})")
        return found

    def when(self, kind: str, cells: Mapping[str, str]) -> str:
        """The date or the period of an event from its cells; faults are noted."""
        row = self._row({KIND: kind, **{key: cells.get(key, "") for key in (DATE, END)}})
        log, nodes = self._reader()
        when = nodes.when(row, KINDS[kind])
        self._read(kind, [(DATE, when, schema_of(KINDS[kind])["at"][1])], log, row)
        return str(when.value)

    def value(self, cls: type[Any], key: str, text: str) -> Plain | None:
        """The value of one cell; None where the cell is empty or, with a note, faulty."""
        return self._keys(cls, self._row({key: text})).get(key)

    def shaped(self, key: str, spec: FieldSpec, text: str) -> Plain | None:
        """The value of a cell by the shape of its field, not read; None where it is empty."""
        row = self._row({key: text})
        log, nodes = self._reader()
        whole = nodes.cell(row, key, spec)
        value = plain_node(nodes.value_node(spec, whole, row.where(key))) if whole else None
        for problem in log.problems:
            self.fault(key, problem.what)
        return value

    def _values(self, kind: str, row: TableRow) -> dict[str, Plain]:
        cls = KINDS[kind]
        known = {key for key, (_, spec) in schema_of(cls).items() if not spec.leads}
        for key in row.layout.fields:
            if key not in known and key not in LEADING and row.text(key):
                self.fault(key, no_such_key(kind, key))
        return self._keys(cls, row)

    def _keys(self, cls: type[Any], row: TableRow) -> dict[str, Plain]:
        log, nodes = self._reader()
        known = schema_of(cls)
        skipped = tuple(key for key in row.layout.fields if key in LEADING or key not in known)
        pairs = nodes.pairs(row, cls, skipped, dict(self.units))
        specs = [(str(key.value), value, known[str(key.value)][1]) for key, value in pairs]
        self._read("", specs, log, row)
        return {key: plain_node(value) for key, value, _ in specs}

    def _reader(self) -> tuple[CellProblems, CaseNodes]:
        log = CellProblems(self.table)
        return log, CaseNodes(problems=log, order=self.order)

    def _read(
        self,
        kind: str,
        values: Iterable[tuple[str, Node, FieldSpec]],
        log: CellProblems,
        row: TableRow,
    ) -> None:
        """Read values by their fields; a cell with a fault of the table is not read again."""
        keys = {number + 1: key for key, number in row.layout.fields.items()}
        for problem in log.problems:
            self.fault(keys.get(problem.where.column, KIND), problem.what)
        faulty = {problem.where.column for problem in log.problems}
        for key, node, spec in values:
            at = row.where(DATE if key in LEADING else key).column
            if at in faulty or (isinstance(node, yaml.ScalarNode) and not node.value):
                continue
            own = CellProblems(self.table)
            read_value(node, spec, own, kind or key)
            for problem in own.problems:
                self.fault(DATE if key in LEADING else key, problem.what)

    def _row(self, cells: Mapping[str, str]) -> TableRow:
        keys = tuple(cells)
        layout = Layout(headings=keys, fields={key: n for n, key in enumerate(keys)})
        texts = tuple(cell_text(cells[key]) for key in keys)
        for key, text in zip(keys, texts, strict=True):
            for _, name in controls(text):
                self.fault(key, f"a control character, {name} (delete it)")
        return TableRow(file=self.table, line=self.row + 1, texts=texts, layout=layout)
