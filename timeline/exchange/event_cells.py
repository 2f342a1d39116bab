"""Rows of tables as nodes of a case file, each at its cell: the loader reads them and names faults.

A row of events is one event; a row of lesions is one lesion on one date. The shape of a cell
follows from the field that its column names: ``a; b`` is a list, and ``T1: 23 mm; N1: 12 mm`` is
names with values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import attrs
import yaml

from renderers.tables.cell_dates import moment_text, period_text
from renderers.tables.columns import Fields
from renderers.tables.csv_table import MISSING, TableRow
from timeline.core.problem import Problem, Where, near
from timeline.core.schema import Cardinality, FieldSpec, free_text, schema_of
from timeline.core.text.spelling import folded
from timeline.exchange.cell_nodes import CellProblems, list_node, mapping_node, parts_of, text_node
from timeline.exchange.spreadsheets.drug_cells import DOSE, DRUGS, takes_doses_in_drugs, with_doses
from timeline.files.yaml.yaml_nodes import Node
from timeline.record.case import LesionDeclaration, Patient
from timeline.record.events import EVENTS, KINDS, Event, PeriodEvent, Scan

PATIENT = "patient"  # in the column event: a row with the keys of the patient
_KEYS = tuple(dict.fromkeys(
    key for cls in (*EVENTS.values(), Patient)
    for key, (_, spec) in schema_of(cls).items() if not spec.leads
))  # fmt: skip
EVENT_FIELDS = Fields(needed=("event", "date"), optional=("end", *_KEYS))
_OF_SCAN = ("line", "baseline", "modality", "timepoint")  # columns of a scan in a lesion sheet
_DECLARED = tuple(schema_of(LesionDeclaration))
LESION_FIELDS = Fields(
    needed=("lesion", "date", "size"), optional=("scan", "new", *_OF_SCAN, *_DECLARED)
)
_KINDS = {folded(kind): kind for kind in KINDS}
_WHOLE = re.compile(r"([0-9]+)\.0+")  # as programs write it where a value of the column is missing
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NAME_AND_VALUE = re.compile(r"([^:]{1,60}?) +([<>]?[0-9][0-9.,]*(?: [^:]{1,30})?)")
_NONSENSE = "zzqx"  # what only a field of free words takes
_YES = FieldSpec(dict(schema_of(Event))["planned"][1].read)


@attrs.define(kw_only=True)
class CaseNodes:
    """The parts of a case file, as they are gathered from the rows of tables.

    ``order``: of days written with the year last. ``units``: the units that headings state.
    """

    problems: CellProblems
    order: str = ""
    patient: yaml.MappingNode | None = None
    events: list[yaml.MappingNode] = attrs.Factory(list)
    lesions: dict[str, yaml.MappingNode] = attrs.Factory(dict)

    def add_events(self, rows: Iterable[TableRow], units: dict[str, str]) -> None:
        """Add each row of a table of events."""
        for row in rows:
            kind = _KINDS.get(folded(row.text("event")), row.text("event"))
            if folded(kind) == PATIENT:
                self._add_patient(row, units)
            elif not kind:
                known = ", ".join((*EVENTS, PATIENT))
                self._fault(row.where("event"), f"no kind of event (write one of: {known})")
            elif kind not in KINDS:
                advice = near(kind, (*EVENTS, PATIENT))
                self._fault(row.where("event"), f"unknown kind of event {kind!r} ({advice})")
            else:
                self._add_event(row, kind, units)

    def _fault(self, where: Where, what: str) -> None:
        self.problems.problems.append(Problem(where, what))

    def _add_patient(self, row: TableRow, units: dict[str, str]) -> None:
        pairs = self.pairs(row, Patient, ("event",), units)
        if self.patient is not None:
            line = self.patient.start_mark.line + 1
            self._fault(row.where("event"), f"a second patient, first in row {line} (keep one)")
        self.patient = mapping_node(pairs, row.where())

    def _add_event(self, row: TableRow, kind: str, units: dict[str, str]) -> None:
        cls = KINDS[kind]
        row = self._dosed(row, kind, units)
        key = text_node(kind, row.where("event"))
        pairs = self.pairs(row, cls, ("event", "date", "end"), units)
        self.events.append(mapping_node([(key, self.when(row, cls)), *pairs], row.where("event")))

    def _dosed(self, row: TableRow, kind: str, units: dict[str, str]) -> TableRow:
        """A row whose doses are behind its drugs, where its kind has no dose of its own."""
        drugs, doses = row.layout.fields.get(DRUGS), row.layout.fields.get(DOSE)
        text = self.cell(row, DOSE, None, units.get(DOSE, "")) if doses is not None else ""
        if doses is None or not text or not takes_doses_in_drugs(kind):
            return row
        texts = list(row.texts)
        texts[doses] = ""
        try:
            found = with_doses(_unless_missing(row.text(DRUGS)), text)
        except ValueError as fault:
            self._fault(row.where(DOSE), str(fault))
        else:
            texts[drugs or 0] = found
        return attrs.evolve(row, texts=tuple(texts))

    def when(self, row: TableRow, cls: type[Event]) -> yaml.ScalarNode:
        """The date or the period of a row; where it has none, with a note, its text as it is."""
        start, end = (_unless_missing(row.text(name)) for name in ("date", "end"))
        is_period = issubclass(cls, PeriodEvent)
        if not start:
            self._fault(row.where("date"), "no date (write 2021-03, 20XX, or after line 1)")
        if end and not is_period:
            what = f"{cls.kind} has one date, and here is an end, {end!r}"
            advice = "leave it empty; one day of a range is [2021-03-01..2021-03-20]"
            self._fault(row.where("end"), f"{what} ({advice})")
        for place, of in (("date", ""), ("end", end)):
            try:
                text = period_text(start, of, self.order) if is_period else moment_text(
                    start, self.order)  # fmt: skip
            except ValueError as fault:
                if start:
                    self._fault(row.where(place), f"{place}: {fault}")
                return text_node(start, row.where(place))
        return text_node(text, row.where("date"))

    def pairs(
        self, row: TableRow, cls: type[Any], done: tuple[str, ...], units: dict[str, str]
    ) -> list[tuple[Node, Node]]:
        """The keys of a row that have a value, in the order of the columns."""
        known = schema_of(cls)
        found: list[tuple[Node, Node]] = []
        for key in (each for each in row.layout.fields if each not in done):
            spec = known[key][1] if key in known else None
            text = self.cell(row, key, spec, units.get(key, ""))
            if text:
                where = row.where(key)
                value = self.value_node(spec, text, where) if spec else text_node(text, where)
                found.append((text_node(key, where), value))
        return found

    def cell(self, row: TableRow, key: str, spec: FieldSpec | None, unit: str = "") -> str:
        """The text of a cell; empty where it is empty or has a word for a missing value.

        A word such as NA that the field takes as a value is refused: it may mean either.
        """
        text = row.text(key)
        if text in MISSING:
            if text and spec is not None and _accepts(spec, text) and not _accepts(spec, _NONSENSE):
                what = f"{key}: {text!r} is a value here, and a mark of an empty cell elsewhere"
                advice = "write none or NE, or leave the cell empty"
                self._fault(row.where(key), f"{what} ({advice})")
            return ""
        if spec is not None and (whole := _WHOLE.fullmatch(text)):
            better = not _accepts(spec, text) and _accepts(spec, whole[1])
            text = whole[1] if better else text
        if spec is not None and text[:1].isdigit() and not _accepts(spec, text):
            text = self._date_or_text(spec, text)
        return f"{text} {unit}" if unit and _NUMBER.fullmatch(text) else text

    def _date_or_text(self, spec: FieldSpec, text: str) -> str:
        """A date as a case file writes it, where the field takes that; else the text as it is."""
        try:
            date = moment_text(text, self.order)
        except ValueError:
            return text
        return date if _accepts(spec, date) else text

    def value_node(self, spec: FieldSpec, text: str, where: Where) -> Node:
        """The node of a cell by the shape of its field."""
        parts = parts_of(text) if spec.shape is not Cardinality.ONE else [text]
        pairs = [part.partition(":") for part in parts]
        if spec.shape is Cardinality.MANY and len(parts) > 1:
            return list_node((text_node(part, where) for part in parts), where)
        if spec.shape is Cardinality.MANY and parts:
            return text_node(parts[0], where)
        if spec.shape is Cardinality.MAP or (spec.shape is Cardinality.EITHER and ":" in text):
            without_colon = [name for name, colon, _ in pairs if not colon]
            if without_colon:
                named = _NAME_AND_VALUE.fullmatch(without_colon[0].strip())
                form = f"{named[1]}: {named[2]}" if named else "NAME: VALUE; NAME: VALUE"
                self._fault(where, f"no value: {without_colon[0]!r} (write {form})")
            return mapping_node(
                ((text_node(name.strip(), where), text_node(value.strip(), where))
                 for name, colon, value in pairs if colon),
                where,
            )  # fmt: skip
        return text_node(text, where)

    def add_lesions(self, rows: Iterable[TableRow], units: dict[str, str]) -> None:
        """Add each row of a lesion sheet: its size to the scan of its date, what it is to the case.

        The scan is that of the column ``scan``, else the one of this date in the table of events;
        where there is none, it is a scan of its own.
        """
        for row in rows:
            size = self.cell(row, "size", schema_of(Scan)["lesions"][1], units.get("size", ""))
            name = _unless_missing(row.text("lesion"))
            for key, text in (("lesion", name), ("size", size)):
                if not text:
                    self._fault(row.where(key), f"no {key} (write one, or delete the row)")
            scan = self._scan_of(row)
            if scan is None or not (name and size):
                continue
            is_new = self._is_new(row)
            self._add_size(scan, "new-lesion-sizes" if is_new else "lesions", row, name, size)
            if not is_new:
                self._declare(name, row, units)

    def _is_new(self, row: TableRow) -> bool:
        text = self.cell(row, "new", None)
        try:
            return bool(text and _YES.read(text))
        except ValueError as fault:
            self._fault(row.where("new"), f"new: {fault}")
            return False

    def _scan_of(self, row: TableRow) -> yaml.MappingNode | None:
        """The scan of a row of lesions; None, with a note, where none can be found."""
        reference, date = (_unless_missing(row.text(name)) for name in ("scan", "date"))
        scans = [each for each in self.events if each.value[0][0].value == Scan.kind]
        try:
            when = moment_text(date, self.order) if date else ""
        except ValueError as fault:
            self._fault(row.where("date"), f"date: {fault}")
            return None
        if reference:
            found = [each for each in scans if _value_of(each, "id") == reference]
            if not found:
                known = [name for each in scans if (name := _value_of(each, "id"))]
                self._fault(
                    row.where("scan"), f"no such scan: {reference!r} ({near(reference, known)})"
                )
                return None
        elif not when:
            self._fault(row.where("date"), "no date (write the date of the scan)")
            return None
        else:
            found = [each for each in scans if each.value[0][1].value == when]
        if len(found) > 1:
            what = f"{len(found)} scans of {when or reference}"
            self._fault(
                row.where("date"), f"{what} (give each an id, and name it in a column scan)"
            )
            return None
        scan = found[0] if found else self._new_scan(row, when)
        for key in _OF_SCAN:
            self._agree(scan, row, key, self.cell(row, key, schema_of(Scan)[key][1]))
        return scan

    def _new_scan(self, row: TableRow, when: str) -> yaml.MappingNode:
        where = row.where("date")
        scan = mapping_node([(text_node(Scan.kind, where), text_node(when, where))], where)
        self.events.append(scan)
        return scan

    def _agree(self, node: yaml.MappingNode, row: TableRow, key: str, text: str) -> None:
        """Add a key to a mapping; note where the mapping has another value for it."""
        if not text:
            return
        have = next((value for name, value in node.value if name.value == key), None)
        if have is None:
            node.value.append((text_node(key, row.where(key)), text_node(text, row.where(key))))
        elif have.value != text:
            first = self.problems.where(have)
            what = f"{key}: {text!r}, and {have.value!r} in {first} (write the same)"
            self._fault(row.where(key), what)

    def _add_size(
        self, scan: yaml.MappingNode, key: str, row: TableRow, name: str, size: str
    ) -> None:
        sizes = next((value for own, value in scan.value if own.value == key), None)
        if sizes is None:
            sizes = mapping_node((), row.where("size"))
            scan.value.append((text_node(key, row.where("lesion")), sizes))
        sizes.value.append(
            (text_node(name, row.where("lesion")), text_node(size, row.where("size")))
        )

    def _declare(self, name: str, row: TableRow, units: dict[str, str]) -> None:
        declared = self.lesions.setdefault(name, mapping_node((), row.where("lesion")))
        for key in _DECLARED:
            spec = schema_of(LesionDeclaration)[key][1]
            self._agree(declared, row, key, self.cell(row, key, spec, units.get(key, "")))

    def root(self, name: str, where: Where) -> yaml.MappingNode:
        """The mapping of a case file."""
        parts: list[tuple[str, Node]] = [("case", text_node(name, where))]
        if self.patient is not None and self.patient.value:
            parts.append(("patient", self.patient))
        if self.lesions:
            named = ((text_node(each, self.problems.where(node)), node)
                     for each, node in self.lesions.items())  # fmt: skip
            parts.append(("lesions", mapping_node(named, where)))
        parts.append(("events", list_node(self.events, where)))
        return mapping_node(((text_node(key, where), node) for key, node in parts), where)


def _value_of(node: yaml.MappingNode, key: str) -> str:
    return next((str(value.value) for name, value in node.value if name.value == key), "")


def _unless_missing(text: str) -> str:
    return "" if text in MISSING else text


def _accepts(spec: FieldSpec, text: str) -> bool:
    if spec.read is free_text:
        return True
    return _reads(spec.read, text)


def _reads(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
