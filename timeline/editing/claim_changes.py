"""Changes of the printed claims of a file by the cells of their grid."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from renderers.tables.csv_table import cell_text
from timeline.core.problem import Where, near
from timeline.core.schema import schema_of
from timeline.core.text.spelling import folded
from timeline.editing.cell_values import Cells
from timeline.editing.claim_rows import (
    CLAIM,
    SUBJECT,
    VALUE,
    ClaimEntry,
    claim_entries,
    claim_row,
    columns,
    place_of,
    value_spec,
)
from timeline.editing.edits.case_text import CaseText, Entry
from timeline.editing.edits.list_changes import ListChanges
from timeline.editing.edits.pair_edits import EntryEdits
from timeline.editing.edits.row_edits import NotSafe, removed
from timeline.editing.event_rows import PLACE
from timeline.editing.grid import CLAIMS, EVENTS
from timeline.exchange.cell_nodes import list_node, mapping_node, text_node
from timeline.files.claim_nodes import read_claim
from timeline.files.printed_values import PRINTED, SHARED
from timeline.files.yaml.yaml_nodes import Node, ProblemLog
from timeline.report.claims import CLAIMS as KINDS
from timeline.report.claims import Claim

KEYS = tuple(column.key for column in columns())
_KINDS = {folded(kind): kind for kind in KINDS}
_BEST_RESPONSE = ("best response", "best overall response", "best objective response", "bor")
_BEST = "write response, with of: line 1 for the line, and note: best response"
_IN_TABLE = "the claim is a cell of a table (change it in the text)"


class ClaimChanges(ListChanges):
    """Changes of the claims of a text, gathered in a draft."""

    def __init__(self, case: CaseText) -> None:
        super().__init__(case, CLAIMS)
        self.rows = claim_entries(case)

    def cell(self, row: int, key: str, value: str, cells: Cells | None = None) -> None:
        """Write the text of one cell; an empty one takes its key out."""
        self.cells(row, {key: value}, cells)

    def cells(self, row: int, values: Mapping[str, str], cells: Cells | None = None) -> None:
        """Write the texts of some cells of one row, all at once."""
        cells = cells or Cells(table=CLAIMS, row=row, columns=KEYS)
        claim = self.rows[row]
        now = claim_row(self.case, claim, row)
        new = {key: text for key, text in values.items()
               if cell_text(text) != cell_text(now.cells.get(key, ""))}  # fmt: skip
        if new and claim.of_table:
            cells.fault(next(iter(new)), _IN_TABLE)
        elif new and claim.pair is None:
            cells.fault(CLAIM, f"unknown kind of claim (change it in the text; {near('', KINDS)})")
        elif new:
            self._write(claim, claim.pair or (claim.node, claim.node), new, cells)
        self.draft.problems += cells.problems

    def _write(
        self,
        claim: ClaimEntry,
        pair: tuple[Node, Node],
        new: Mapping[str, str],
        cells: Cells,
    ) -> None:
        edits = EntryEdits(case=self.case, entry=claim.entry.node, node=claim.node)
        plain = self._plain(claim)
        before = dict(plain)
        kind = self._kind(new[CLAIM], cells) if CLAIM in new else claim.kind
        if kind and kind != claim.kind:
            if edits.count(kind):
                cells.fault(CLAIM, f"the claim has a key {kind!r} already (empty that cell first)")
                return
            self.draft.add(edits.renamed(pair[0], kind))
            renamed = {kind if key == claim.kind else key: each for key, each in plain.items()}
            plain.clear()
            plain.update(renamed)
        if kind and VALUE in new:
            value = cells.shaped(VALUE, value_spec(kind), new[VALUE])
            if value is None:
                cells.fault(VALUE, "no value (write the printed text, or delete the row)")
                return
            self.draft.add(edits.valued(pair, value))
            plain[kind] = value
        for key, text in new.items():
            if key not in (CLAIM, VALUE):
                self._key(claim, edits, plain, key, text, cells)
        if not cells.problems:
            self._check(before, plain, claim, cells)

    def _plain(self, claim: ClaimEntry) -> Any:
        """The mapping of a claim as it is to be."""
        found: Any = self.draft.entry(claim.entry)
        if claim.printed:
            found = found[PRINTED]
            found = found if claim.item is None else found[claim.item]
        return found

    @staticmethod
    def _kind(text: str, cells: Cells) -> str:
        found = text if text in KINDS else _KINDS.get(folded(text), "")
        if not found:
            advice = _BEST if folded(text) in _BEST_RESPONSE else near(text, KINDS)
            cells.fault(CLAIM, f"unknown kind of claim {text!r} ({advice})")
        return found

    def _key(
        self,
        claim: ClaimEntry,
        edits: EntryEdits,
        plain: dict[str, Any],
        key: str,
        text: str,
        cells: Cells,
    ) -> None:
        pair, known = edits.pair(key), schema_of(Claim)
        empty = cell_text(text) == ""
        place = place_of(claim) if key == PLACE else None
        if key == SUBJECT:
            cells.fault(key, "the subject follows from the event, or from the keys of the claim")
        elif edits.count(key) > 1:
            cells.fault(key, f"{key!r} is given twice (keep one, in the text)")
        elif not claim.alone:
            shared = "they share it" if key in SHARED else "none of them has it"
            what = f"several claims stand in one {{..}}, and {shared}"
            cells.fault(key, f"{what} (write them as a list in the text)")
        elif place is not None and pair is None and (empty or cell_text(text) == place):
            cells.fault(key, f"the place is that of the list or the event, {place!r}")
        elif key not in known and not empty:
            cells.fault(key, f"a claim has no {key!r} ({near(key, known)})")
        else:
            value = None if empty else cells.value(Claim, key, text)
            if cells.problems:
                return
            if value is None or value == place:
                self._without(edits, plain, key)
            elif pair is None:
                self.draft.add(edits.added(key, value))
                plain[key] = value
            else:
                self.draft.add(edits.valued(pair, value))
                plain[str(pair[0].value)] = value

    def _without(self, edits: EntryEdits, plain: dict[str, Any], key: str) -> None:
        pair = edits.pair(key)
        if pair is not None:
            self.draft.add(edits.removed(pair))
            plain.pop(str(pair[0].value), None)

    @staticmethod
    def _check(
        before: dict[str, Any], after: dict[str, Any], claim: ClaimEntry, cells: Cells
    ) -> None:
        """Note the faults that a claim has after the change and had not before it."""
        known = {what for _, what in _faults(before)[0]}
        for column, what in _faults(after)[0]:
            if what not in known and not (claim.printed and column == 1):
                cells.fault(cells.columns[column - 1] if column > 1 else VALUE, what)

    def insert(
        self, at: int, rows: Sequence[Mapping[str, str]], lines: Sequence[Cells] = ()
    ) -> None:
        """Write new claims under ``claims:``, near those before the number."""
        if self.case.top("source") and self.case.top(EVENTS):
            name = self.draft.plain.get("source")
            what = f"the claims of this case are in another file, {name!r} (write them there)"
            self.draft.refuse(what)
            return
        new: list[dict[str, Any]] = []
        for number, row in enumerate(rows):
            cells = lines[number] if lines else Cells(table=CLAIMS, row=at + number, columns=KEYS)
            new.append(self._entry(row, cells))
            self.draft.problems += cells.problems
        listed = [id(each.entry) for each in self.rows[:at] if not each.printed]
        self.put(len(dict.fromkeys(listed)), new)

    def _entry(self, row: Mapping[str, str], cells: Cells) -> dict[str, Any]:
        kind = self._kind(row.get(CLAIM, ""), cells)
        if not kind:
            return {}
        value = cells.shaped(VALUE, value_spec(kind), row.get(VALUE, ""))
        if value is None:
            cells.fault(VALUE, "no value (write the printed text)")
        entry: dict[str, Any] = {kind: value}
        for key, text in row.items():
            if key in (CLAIM, VALUE, SUBJECT) or not cell_text(text):
                continue
            if key not in schema_of(Claim):
                cells.fault(key, f"a claim has no {key!r} ({near(key, schema_of(Claim))})")
            elif (found := cells.value(Claim, key, text)) is not None:
                entry[key] = found
        if not cells.problems:
            entry |= _subject_key(kind, entry, cell_text(row.get(SUBJECT, "")))
            for column, what in _faults(entry)[0]:
                cells.fault(cells.columns[column - 1] if column > 1 else CLAIM, what)
        return entry

    def remove(self, rows: Sequence[int]) -> None:
        """Take claims out."""
        found = [self.rows[row] for row in dict.fromkeys(rows)]
        if any(each.of_table for each in found):
            self.draft.refuse(_IN_TABLE)
            return
        self.take_out([each.entry for each in found if not each.printed])
        by_event: dict[int, list[ClaimEntry]] = {}
        for each in found:
            if each.printed:
                by_event.setdefault(id(each.entry), []).append(each)
        for claims in by_event.values():
            self._off_event(claims)

    def _off_event(self, claims: Sequence[ClaimEntry]) -> None:
        """Take claims off one event."""
        entry = claims[0].entry
        every = [each for each in self.rows if each.entry is entry]
        plain = self.draft.entry(entry)
        edits = EntryEdits(case=self.case, entry=entry.node, node=entry.node)
        if len(claims) == len(every):
            if (pair := edits.pair(PRINTED)) is not None:
                self.draft.add(edits.removed(pair))
                del plain[PRINTED]
            return
        gone: list[int] = []
        for claim in claims:
            mates = [each for each in every if each.node is claim.node]
            if all(each in claims for each in mates):
                gone += [claim.item] if claim.item is not None and claim.item not in gone else []
                continue
            own = EntryEdits(case=self.case, entry=entry.node, node=claim.node)
            if claim.pair is not None:
                self.draft.add(own.removed(claim.pair))
                del self._plain(claim)[claim.kind]
        if gone:
            items = next(value for key, value in entry.node.value if key.value == PRINTED)
            inner = [Entry(top=PRINTED, place=None, items=items, number=n) for n in sorted(gone)]
            try:
                self.draft.add(removed(self.case, inner))
            except NotSafe as fault:
                self.draft.refuse(f"{fault} (take the claim out in the text)")
            for number in sorted(gone, reverse=True):
                del plain[PRINTED][number]

    def move(self, row: int, to: int) -> None:
        """Move a claim of ``claims:`` to another number."""
        one, other = self.rows[row], self.rows[to]
        if any(each.printed or each.of_table for each in (one, other)):
            self.draft.refuse("a claim on an event, or in a table, is not moved", row)
            return
        places = [(id(each.items), each.number) for each in self.listed]
        super().move(*(places.index((id(each.entry.items), each.entry.number))
                       for each in (one, other)))  # fmt: skip


_LINE = re.compile(r"line ([0-9]{1,2})")
_OF_WHAT = ("line", "of", "about", "from", "to", "study", "group")  # keys that name a subject


def _subject_key(kind: str, entry: Mapping[str, Any], subject: str) -> dict[str, str]:
    """The subject of a new claim as a key, where no key names one and it does not follow.

    ``line 2`` is the line; else it is the event (``of``) of a kind that needs one, and otherwise
    the words that the claim is about.
    """
    if not subject or any(key in entry for key in _OF_WHAT):
        return {}
    claim = _faults(entry)[1]
    if claim is not None and claim.subject == subject:
        return {}
    if line := _LINE.fullmatch(subject):
        return {"line": line[1]}
    return {"of" if "of" in KINDS[kind].needs else "about": subject}


def _faults(plain: Mapping[str, Any]) -> tuple[list[tuple[int, str]], Claim | None]:
    """The faults of a claim, each with the number of its column, 1 for the whole; and the claim."""
    notes = ProblemLog("")
    pairs = [(text_node(key, _at(key)), _node(value, key)) for key, value in plain.items()]
    claim = read_claim(mapping_node(pairs, Where("", 1, 1)), "", notes)
    return [(each.where.column, each.what) for each in notes.problems], claim


def _at(key: str) -> Where:
    return Where("", 1, KEYS.index(VALUE if key not in KEYS or key in KINDS else key) + 1)


def _node(value: Any, key: str) -> Node:
    if isinstance(value, dict):
        pairs = [(text_node(name, _at(key)), _node(each, key)) for name, each in value.items()]
        return mapping_node(pairs, _at(key))
    if isinstance(value, list):
        return list_node([_node(each, key) for each in value], _at(key))
    return text_node(str(value), _at(key))
