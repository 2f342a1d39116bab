"""Where a new event stands among the rows of a grid: where its date says, if it is sure."""

from __future__ import annotations

from collections.abc import Sequence

from renderers.tables.cell_dates import moment_text
from renderers.tables.csv_table import cell_text
from timeline.core.calendar.partial_dates import parse_date
from timeline.core.span import ANY, Span
from timeline.editing.event_rows import DATE, PLACE
from timeline.editing.grid import GridRow

_BELOW = "It stands below row {row}: its date does not say surely where (Alt-Up, Alt-Down move it)."


def place_of_new_row(rows: Sequence[GridRow], date: str, chosen: int) -> tuple[int, str]:
    """The number that a new event is to have, and what is said of it.

    Args:
        rows: of the grid of events, in the order of the file.
        date: of the new event, as it is typed.
        chosen: the number that it has where its date is not sure.

    Returns:
        The number by its date. Where that is not sure, or the events stand under places in the
        report, of which it would get one that nobody has stated: the one that was chosen.
    """
    if not rows:
        return 0, ""
    by_date = None if any(PLACE in row.cells for row in rows) else place_by_date(rows, date)
    if by_date is not None:
        return by_date, "It stands by its date."
    return chosen, _BELOW.format(row=chosen) if chosen else ""


def place_by_date(rows: Sequence[GridRow], date: str) -> int | None:
    """The number that a new event is to have so that the rows stay in the order of their dates.

    Args:
        rows: of the grid of events, in the order of the file.
        date: of the new event, or its start, as it is typed.

    Returns:
        Behind the last row that is earlier or of the same date. None where that is not sure: the
        date or that of a row beside the place is open or follows from other events, both may be in
        either order (2021-03 and 2021-03-15), or the rows are in another order.
    """
    new = _span(date)
    if not new.is_bounded:
        return None
    spans = [_span(row.cells.get(DATE, "")) for row in rows]
    earlier = [n for n, span in enumerate(spans) if span == new or span.high <= new.low]
    later = [n for n, span in enumerate(spans) if n not in earlier and span.low >= new.high]
    first, last = max(earlier, default=-1) + 1, min(later, default=len(spans))
    return first if first == last else None


def _span(text: str) -> Span:
    """The days of a date by itself; any day where they follow from others, or it is none."""
    try:
        when = parse_date(moment_text(cell_text(text).partition("/")[0]))
    except ValueError:
        return ANY
    return ANY if when.relative or when.after or when.before else when.span
