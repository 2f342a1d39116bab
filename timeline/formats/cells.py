"""The keys of an event as cells of a table, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from timeline.core.problem import Where
from timeline.core.schema import schema_of
from timeline.exchange.case_tables import Row, cell_of
from timeline.exchange.cell_nodes import CellProblems
from timeline.exchange.event_cells import EVENT_FIELDS, CaseNodes
from timeline.exchange.yaml_writer import plain_node
from timeline.record.events import KINDS


def cells_of(kind: str, values: Mapping[str, Any]) -> Row:
    """The cells of the keys of an event, without those that no cell holds."""
    known = schema_of(KINDS[kind])
    found: Row = {}
    for key, value in values.items():
        if key in known and key in EVENT_FIELDS.known:
            try:
                found[key] = cell_of(value, known[key][1])
            except ValueError:  # a name with a colon: it is left over
                continue
    return found


def values_of(kind: str, cells: Mapping[str, str], where: Where, log: CellProblems) -> Row:
    """The values of the keys of an event from their cells; faults go into the log."""
    known = schema_of(KINDS[kind])
    nodes = CaseNodes(problems=log)
    return {key: plain_node(nodes.value_node(known[key][1], text, where))
            for key, text in cells.items() if text and key in known}  # fmt: skip


def is_read(kind: str, key: str, text: str) -> bool:
    """Whether a key of a kind of event takes a text."""
    known = schema_of(KINDS[kind])
    try:
        known[key][1].read(text)
    except (KeyError, ValueError):
        return False
    return True
