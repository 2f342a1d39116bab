"""The printed claims of a file as rows: those of ``claims:`` and those on its events."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import attrs
import yaml

from timeline.core.problem import in_order
from timeline.core.schema import FieldSpec, schema_of
from timeline.editing.edits.case_text import FILE, CaseText, Entry
from timeline.editing.event_rows import DATE, KIND, PLACE, cell_text, event_row, text_of
from timeline.editing.fixed_words import fixed_words
from timeline.editing.grid import CLAIMS, EVENTS, Grid, GridColumn, GridRow, Place
from timeline.exchange.case_tables import cell_of
from timeline.exchange.yaml_writer import plain_node
from timeline.files.claim_nodes import read_claim
from timeline.files.claim_tables import claims_of
from timeline.files.entries import leading_key, placed_entries
from timeline.files.printed_values import PRINTED, kinds_and_keys
from timeline.files.schema.key_descriptions import DESCRIPTIONS
from timeline.files.yaml.yaml_nodes import Node, ProblemLog
from timeline.report.claims import CLAIMS as KINDS
from timeline.report.claims import Claim, ClaimKind
from timeline.terminology.endpoints import ENDPOINTS

SUBJECT, CLAIM, VALUE = "subject", "claim", "value"
_DESCRIBED = {
    SUBJECT: "what it is a figure of: the event, or the words of the claim",
    CLAIM: "the kind of figure",
    VALUE: "the printed text, exactly as on the page",
}


@attrs.frozen(kw_only=True, eq=False)
class ClaimEntry:
    """A claim in the text.

    ``entry``: the entry of the list, or the event on which it stands. ``node``: its mapping.
    ``pair``: its kind and its printed text. ``keys``: its other keys. ``item``: its number in the
    list under ``printed``; None where that is one mapping, and of a claim of ``claims:``.
    ``of_table``: whether it is a cell of a table.
    """

    entry: Entry
    node: Any
    pair: tuple[Node, Node] | None
    keys: tuple[tuple[Node, Node], ...] = ()
    printed: bool = False
    item: int | None = None
    alone: bool = True  # the only kind of its mapping
    of_table: bool = False

    @property
    def kind(self) -> str:
        return str(self.pair[0].value) if self.pair else ""


_ORDINAL = "ordinal"  # which counts a line, where it names one
_OF_WHAT = ("line", "of", "about", "from", "to")  # what a value may be of


def needed_keys() -> tuple[str, ...]:
    """The keys that say what a value is of and that some kind of claim needs, and the line."""
    needs = {part for kind in KINDS.values() for need in kind.needs for part in need.split(" or ")}
    return tuple(key for key in _OF_WHAT if key == "line" or key in needs)


def kinds_with(key: str) -> tuple[str, ...]:
    """The kinds of claims that need a key of `needed_keys`; of the line, those that are of one.

    >>> kinds_with("from")
    ('interval',)
    """
    of_line = {_ORDINAL, *(name for row in ENDPOINTS if row.per_line for name in row.names)}

    def has(kind: ClaimKind) -> bool:
        parts = {part for need in kind.needs for part in need.split(" or ")}
        return key in parts or (key == "line" and kind.name in of_line)

    return tuple(kind.name for kind in KINDS.values() if has(kind))


def claim_entries(case: CaseText) -> list[ClaimEntry]:
    """The claims of a file, in the order in which they stand in it."""
    found = [*_listed(case), *_on_events(case)]
    return sorted(found, key=lambda each: _place(each.pair[1] if each.pair else each.node))


def _listed(case: CaseText) -> Iterator[ClaimEntry]:
    notes = ProblemLog("")
    for entry in case.entries(CLAIMS):
        for node in claims_of(entry.node, notes):
            yield _claim(entry, node, of_table=node is not entry.node)


def _claim(entry: Entry, node: Node, *, of_table: bool) -> ClaimEntry:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    lead = leading_key(node, ProblemLog(""), KINDS, "") if pairs else None
    pair = next((each for each in pairs if lead and each[1] is lead[1]), None)
    keys = tuple(each for each in pairs if each is not pair)
    return ClaimEntry(entry=entry, node=node, pair=pair, keys=keys, of_table=of_table)


def _on_events(case: CaseText) -> Iterator[ClaimEntry]:
    for entry in case.entries(EVENTS):
        node = entry.node
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        value = next((value for key, value in pairs if key.value == PRINTED), None)
        if value is None:
            continue
        is_list = isinstance(value, yaml.SequenceNode)
        for number, item in enumerate(value.value if is_list else [value]):
            if not isinstance(item, yaml.MappingNode):
                continue
            kinds, keys = kinds_and_keys(item, ProblemLog(""))
            for pair in kinds:
                yield ClaimEntry(
                    entry=entry,
                    node=item,
                    pair=pair,
                    keys=tuple(keys),
                    printed=True,
                    item=number if is_list else None,
                    alone=len(kinds) == 1,
                )


def claim_grid(text: str, file: str = FILE) -> Grid:
    """The printed claims of a case file, or of a report file, as a grid.

    Args:
        text: the text of the file; other parts of it may have faults.
        file: its name in messages.

    Returns:
        One row a claim, in the order of the file: those of ``claims:``, and those that stand on an
        event (``printed``), whose subject is the event. Each cell of a table is a row. ``value`` is
        the printed text.
    """
    return grid_of(CaseText.of(text, file), file)


def grid_of(case: CaseText, file: str = FILE) -> Grid:
    """The same of a text that has been read."""
    notes = ProblemLog(file)
    found = claim_entries(case)
    if (listed := case.top(CLAIMS)) is not None:
        notes.whole = case.whole
        placed_entries(listed[1], notes, _fault, claims_of)
    rows = tuple(claim_row(case, each, number) for number, each in enumerate(found))
    known = {column.key for column in columns()}
    own = dict.fromkeys(key for row in rows for key in row.cells if key not in known)
    more = (GridColumn(key=key, title=key, kinds=frozenset()) for key in own)
    problems = in_order((*case.problems, *notes.problems))
    return Grid(columns=(*columns(), *more), rows=rows, problems=problems,
                unread=case.problems_under(CLAIMS))  # fmt: skip


def _fault(node: Node, _: str, notes: ProblemLog) -> None:
    """Note why an entry is no claim."""
    leading_key(node, notes, KINDS, "kind of claim")


@functools.cache
def columns() -> tuple[GridColumn, ...]:
    """The columns of the grid of claims."""
    every = frozenset(KINDS)
    keys = [(key, spec) for key, (_, spec) in schema_of(Claim).items() if not spec.leads]
    fields: list[tuple[str, FieldSpec | None]] = [(key, None) for key in _DESCRIBED]
    return tuple(
        GridColumn(
            key=key,
            title={CLAIM: "what"}.get(key, key),
            kinds=every,
            description=_DESCRIBED.get(key) or _description(key),
            words=tuple(KINDS) if key == CLAIM else fixed_words(spec),
            fixed=key == SUBJECT,
        )
        for key, spec in [*fields, *keys]
    )


def _description(key: str) -> str:
    row = DESCRIPTIONS.get(f"claim.{key}")
    return row.text if row else ""


def value_spec(kind: str) -> FieldSpec:
    """How the printed text of a kind of claim is arranged."""
    return FieldSpec(KINDS[kind].read, KINDS[kind].shape)


def claim_row(case: CaseText, claim: ClaimEntry, number: int) -> GridRow:
    """The row of a claim."""
    cells: dict[str, str] = {SUBJECT: _subject(case, claim)}
    pair = claim.pair or (claim.keys[0] if claim.keys else None)
    places: dict[str, Place] = {}
    if pair is not None:
        kind = str(pair[0].value)
        value = cell_of(plain_node(pair[1]), value_spec(kind)) if kind in KINDS else ""
        cells |= {CLAIM: kind, VALUE: value or text_of(pair[1])}
        places |= {CLAIM: _place(pair[0]), VALUE: _place(pair[1])}
    for key, node in claim.keys:
        word = str(key.value).replace("_", "-")
        if pair is not None and key is not pair[0] and word not in cells:
            cells[word] = cell_text(Claim, word, node)
            places[word] = _place(node)
    if (place := place_of(claim)) is not None:
        cells.setdefault(PLACE, place)
    start = case.line(case.start(claim.node))
    return GridRow(
        number=number,
        kind=claim.kind,
        cells={key: text for key, text in cells.items() if text},
        line=start,
        last_line=max(case.line(case.end(claim.node)), start),
        places=places,
    )


def place_of(claim: ClaimEntry) -> str | None:
    """The place in the report that a claim has without a key of its own; None where it has none."""
    if claim.printed and isinstance(claim.entry.node, yaml.MappingNode):
        pairs = claim.entry.node.value
        own = next((str(value.value) for key, value in pairs if key.value == PLACE), None)
        return own or claim.entry.place
    return claim.entry.place


def _subject(case: CaseText, claim: ClaimEntry) -> str:
    """The event on which a claim stands, or what a claim of a list is a figure of."""
    if claim.printed:
        row = event_row(case, claim.entry, 0)
        line = row.cells.get("line")
        named = f"{row.cells.get(KIND, '')} {row.cells.get(DATE, '')}"
        return f"line {line}" if line and row.kind == "treatment" else row.cells.get("id", named)
    read: Any = read_claim(claim.node, claim.entry.place or "", ProblemLog(""))
    return str(read.subject) if read is not None else ""


def _place(node: Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1
