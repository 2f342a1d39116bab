"""The events of a case file as rows: one event a row, its cells written as in a case table."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import yaml

from timeline.core.problem import in_order
from timeline.core.schema import schema_of
from timeline.editing.edits.case_text import BLOCK_STYLES, FILE, CaseText, Entry
from timeline.editing.fixed_words import fixed_words
from timeline.editing.grid import EVENTS, Grid, GridColumn, GridRow, Place
from timeline.exchange.case_tables import EVENT_COLUMNS, cell_of, dates_of
from timeline.exchange.yaml_writer import flow_text, plain_node
from timeline.files.entries import leading_key, placed_entries
from timeline.files.entry_words import kind_advice
from timeline.files.printed_values import PRINTED
from timeline.files.schema.key_descriptions import DESCRIPTIONS
from timeline.files.schema.key_fragments import description_key
from timeline.files.yaml.yaml_nodes import Node, ProblemLog
from timeline.record.events import EVENTS as CLASSES
from timeline.record.events import KINDS, Event, PeriodEvent

KIND, DATE, END, PLACE = "event", "date", "end", "place"
LEADING = (KIND, DATE, END)  # columns that the first key of an event fills
# By use, so that what most rows have is in sight; the others follow in the order of a case table.
_USUAL = (
    *(KIND, DATE, END, "what", "line", "drugs", "called", "grade", "target", "sum", "non-target"),
    *("new", "baseline", "modality", "setting", "cycle", "stop", *EVENT_COLUMNS),
)
_DESCRIBED = {
    KIND: "the kind of the event",
    DATE: "its date, or the start of a period, as exact as it is known",
    END: "the end of a period: a date, or ongoing; empty if it is not stated",
}


def event_grid(text: str, file: str = FILE) -> Grid:
    """The events of a case file as a grid.

    Args:
        text: the text of the file; other parts of it, or other events, may have faults.
        file: its name in messages.

    Returns:
        One row an event, in the order of the file. A cell is written as in a case table
        (docs/tables.md): ``liver; L1`` is a list, ``LDH: 280 U/L; CA 125: 40 U/mL`` is names with
        values. What the report prints of an event (``printed``) is in the grid of claims. An entry
        that is no YAML has no row; it is among the problems.
    """
    return grid_of(CaseText.of(text, file), file)


def grid_of(case: CaseText, file: str = FILE) -> Grid:
    """The same of a text that has been read."""
    notes = ProblemLog(file)
    rows = [event_row(case, entry, number) for number, entry in enumerate(case.entries(EVENTS))]
    if (found := case.top(EVENTS)) is not None:
        notes.whole = case.whole
        placed_entries(found[1], notes, _fault)
    known = {column.key for column in columns()}
    own = dict.fromkeys(key for row in rows for key in row.cells if key not in known)
    more = (GridColumn(key=key, title=key, kinds=frozenset()) for key in own)
    problems = in_order((*case.problems, *notes.problems))
    return Grid(columns=(*columns(), *more), rows=tuple(rows), problems=problems,
                unread=case.problems_under(EVENTS))  # fmt: skip


def _fault(node: Node, _: str, notes: ProblemLog) -> None:
    """Note why an entry is no event."""
    leading_key(node, notes, KINDS, "kind of event", kind_advice)


@functools.cache
def columns() -> tuple[GridColumn, ...]:
    """The columns of the grid of events: the usual ones first, then every other key."""
    kinds: dict[str, list[str]] = {}
    described: dict[str, str] = dict(_DESCRIBED)
    words: dict[str, dict[str, None]] = {}
    for spelling, cls in KINDS.items():
        for key, (_, spec) in schema_of(cls).items():
            if not spec.leads:
                kinds.setdefault(key, []).append(spelling)
                described.setdefault(key, _description(cls, key))
                words.setdefault(key, {}).update(dict.fromkeys(fixed_words(spec)))
    every = frozenset(KINDS)
    kinds |= {KIND: [*every], DATE: [*every]}
    kinds[END] = [kind for kind, cls in KINDS.items() if issubclass(cls, PeriodEvent)]
    order = (*(key for key in _USUAL if key in kinds), *kinds)
    return tuple(
        GridColumn(
            key=key,
            title=key,
            kinds=frozenset(kinds[key]),
            description=described[key],
            words=tuple(CLASSES) if key == KIND else tuple(words.get(key, ())),
        )
        for key in dict.fromkeys(order)
    )


def _description(cls: type[Event], key: str) -> str:
    row = DESCRIPTIONS.get(description_key(cls, key))
    return row.text if row else ""


def leading_pair(node: Any) -> tuple[Node, Node] | None:
    """The key that names the kind of an event, and its value; None where none does."""
    if not isinstance(node, yaml.MappingNode) or not node.value:
        return None
    named: list[tuple[Node, Node]] = [pair for pair in node.value if pair[0].value in KINDS]
    if len(named) == 1 or (named and named[0][0] is node.value[0][0]):
        return named[0]
    return None


def event_class(node: Node) -> type[Event] | None:
    """The class of an event; None where its kind is not known."""
    found = leading_pair(node)
    return KINDS[found[0].value] if found else None


def event_row(case: CaseText, entry: Entry, number: int) -> GridRow:
    """The row of an entry. One whose kind is not known has the first key for it."""
    node = entry.node
    cells: dict[str, str] = {}
    places: dict[str, Place] = {}
    found = leading_pair(node)
    if found is None and isinstance(node, yaml.MappingNode) and node.value:
        found = node.value[0]
    kind = str(found[0].value) if found else ""
    if found:
        at = text_of(found[1])
        cells |= {KIND: kind, **(dates_of(kind, at) if kind in KINDS else {DATE: at})}
        places |= {KIND: _place(found[0]), DATE: _place(found[1]), END: _end_place(found[1])}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        word = str(key.value).replace("_", "-")
        if (found is not None and key is found[0]) or word == PRINTED or word in cells:
            continue
        cells[word] = cell_text(KINDS.get(kind), word, value)
        places[word] = _place(value)
    if entry.place is not None:
        cells.setdefault(PLACE, entry.place)
    start = case.line(case.start(node))
    return GridRow(
        number=number,
        kind=kind,
        cells={key: text for key, text in cells.items() if text},
        line=start,
        last_line=max(case.line(case.end(node)), start),
        places={key: place for key, place in places.items() if key in cells},
    )


def _place(node: Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _end_place(node: Node) -> Place:
    """Where the end of a period begins: behind the slash, where both are written in one line."""
    line, column = _place(node)
    start, slash, _ = str(node.value).partition("/")
    if not slash or not isinstance(node, yaml.ScalarNode) or node.style in BLOCK_STYLES:
        return line, column
    return line, column + len(start) + 1 + (node.style in ("'", '"'))


def text_of(node: Node) -> str:
    """The text of a node; one with parts in one line."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else flow_text(plain_node(node))


def cell_text(cls: type[Any] | None, key: str, value: Node) -> str:
    """The cell of a value; as YAML in one line where a table has no form for it."""
    known: Mapping[str, Any] = schema_of(cls) if cls is not None else {}
    if key in known and not known[key][1].leads:
        try:
            return cell_of(plain_node(value), known[key][1])
        except ValueError:
            pass
    return text_of(value)
