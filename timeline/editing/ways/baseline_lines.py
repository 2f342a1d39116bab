"""Of which line of therapy a scan is the baseline, where a table says no more than that it is one.

It is that of the line that begins next. Where the dates do not say surely which line that is, each
line is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from renderers.tables.cell_dates import moment_text
from renderers.tables.csv_table import cell_text
from timeline.core.calendar.partial_dates import parse_date, parse_period
from timeline.core.span import ANY, Span
from timeline.editing.cell_values import kind_of
from timeline.editing.event_rows import DATE, KIND
from timeline.record.events import KINDS, Treatment

_LINE = "line"


def lines_begun(rows: Iterable[Mapping[str, str]], order: str = "") -> dict[str, Span]:
    """The days on which each line may have begun: those of its first treatment.

    Args:
        rows: the cells of events, by the keys of their columns.
        order: ``dmy`` or ``mdy``, of days that are written with the year last.

    >>> rows = [{"event": "treatment", "date": "2021-04-12/2021-09", "line": "1"}]
    >>> [str(line) for line in lines_begun(rows)]
    ['1']
    """
    found: dict[str, Span] = {}
    for cells in rows:
        kind = kind_of(cell_text(cells.get(KIND, "")))
        line = cell_text(cells.get(_LINE, ""))
        if kind and KINDS[kind] is Treatment and line.isdecimal():
            days = days_of(cells.get(DATE, ""), order)
            one = found.get(line, days)
            found[line] = Span(min(one.low, days.low), min(one.high, days.high))
    return dict(sorted(found.items(), key=lambda each: int(each[0])))


def days_of(text: str, order: str = "") -> Span:
    """The days on which something may have begun; any day where its cell is no date."""
    plain = cell_text(text)
    try:
        return parse_date(moment_text(plain, order)).span
    except ValueError:
        pass
    try:
        return parse_period(plain).start.span
    except ValueError:
        return ANY


def line_after(day: Span, lines: Mapping[str, Span]) -> str:
    """The line that surely begins next after a day, or on it; empty where that is not sure.

    >>> day = Span.point
    >>> line_after(day(5), {"1": day(3), "2": day(9), "3": day(20)})
    '2'
    >>> line_after(Span(1, 30), {"1": day(3), "2": day(20)})
    ''
    """
    after = {line: start for line, start in lines.items() if start.high >= day.low}
    if not after or day == ANY:
        return ""
    first = min(after, key=lambda line: (after[line].low, int(line)))
    others = [start for line, start in after.items() if line != first]
    is_next = after[first].low >= day.high and all(
        after[first].high <= start.low for start in others
    )
    return first if is_next or not others else ""
