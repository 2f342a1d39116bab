"""Checks of how lanes end: by an arrow, by a marker, or by nothing that the table states."""

from __future__ import annotations

from collections.abc import Iterator

from renderers.swimmer.tables.rows import StateInterval, TableEvent, TableFault, Tables, fault_of
from timeline.core.problem import LISTED, listed
from timeline.terminology.criteria import PROGRESSIONS

_NOTED = 5  # lanes that a note names; a fault names more


def _without_end(tables: Tables) -> Iterator[tuple[StateInterval, str]]:
    """The last row of each lane that ends with neither a marker nor an arrow, with a remedy."""
    for id_, rows in tables.by_patient.items():
        ended = any(row.ongoing for row in rows) or any(e.ends for e in tables.events_of(id_))
        if not ended:
            last = max(rows, key=lambda row: row.extent.high)
            yield last, _end_hint(last, tables.events_of(id_))


def open_lanes(tables: Tables) -> Iterator[TableFault]:
    """Lanes that end with neither a marker nor an arrow: one fault for all of one remedy."""
    if not tables.ends_stated:
        return
    for hint, rows in _by_hint(tables).items():
        description = (
            f"the lane ends without marker or arrow{as_others(rows)} (write yes in the column "
            "ongoing, or give death, discontinuation or last contact with --events"
            f"{hint}; --option open-ends=yes draws it with an end that is not stated)"
        )
        yield fault_of(rows[0], description)


def unstated_ends(tables: Tables) -> Iterator[TableFault]:
    """The same in tables that need not state it: drawn with the marker of an unstated end."""
    if tables.ends_stated:
        return
    rows = [row for row, _ in _without_end(tables)]
    if rows:
        yield fault_of(
            rows[0], f"the table does not state how the lane ends{as_others(rows, _NOTED)}"
        )


def _by_hint(tables: Tables) -> dict[str, list[StateInterval]]:
    found: dict[str, list[StateInterval]] = {}
    for row, hint in _without_end(tables):
        found.setdefault(hint, []).append(row)
    return found


def as_others(rows: list[StateInterval], most: int = LISTED) -> str:
    """The other lanes of one fault, at most ``most`` by their names."""
    if len(rows) == 1:
        return ""
    others = listed([row.id for row in rows[1:]], most=most)
    return f", as do {len(rows) - 1} more: {others}" if len(rows) > 2 else f", as does {others}"


def _end_hint(last: StateInterval, events: tuple[TableEvent, ...]) -> str:
    """The option that makes an event on the last day of a lane the reason why it ends."""
    later = [event for event in events if event.at.high >= last.extent.low]
    final = max(later, key=lambda event: event.at.high, default=None)
    if final is None or final.at.high < last.extent.high:
        return ""
    marker = "stop progression" if final.kind in PROGRESSIONS else "stop other"
    return f"; if {final.label!r} ended it: --option 'sign={final.label}: {marker}'"
