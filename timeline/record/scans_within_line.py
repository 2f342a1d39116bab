"""What names line N lies within it: after its start, and before what a later line begins with.

A scan comes before the first scan of a later line, progression before the start of that line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from timeline.core.calendar.dates import format_day
from timeline.core.precedence import MomentKey, Precedence, narrow
from timeline.core.problem import Where
from timeline.core.span import NEVER_ENDS, Span
from timeline.record.events import STATED_PROGRESSIONS, Event, Scan, Treatment

if TYPE_CHECKING:  # the case places its scans by this module
    from timeline.record.case import Case

_START = "start"
MANY = 20  # scans of a later line that may each be its first


def place_within_lines(
    events: Sequence[Event],
    spans: dict[MomentKey, Span],
    edges: Sequence[Precedence],
    assessed: Sequence[Event] = (),
) -> tuple[Precedence, ...]:
    """The edges of what names its line and whose day is open; none that leaves no day.

    Args:
        events: all events, each scan with the line that the record states for it.
        spans: the days of each moment, both ends included, which are narrowed in place.
        edges: the order that the events state.
        assessed: the same events, each scan with the line that its date shows it to assess;
            empty where that is not known yet.

    """
    implied = list(order_within_lines(events, assessed or events))
    while implied:
        tried = dict(spans)
        clash = narrow(tried, [*edges, *implied])
        if clash is None:
            spans.update(tried)
            return tuple(implied)
        implied = [edge for edge in implied if edge is not clash] if clash in implied else []
    return ()


def order_within_lines(
    events: Sequence[Event], assessed: Sequence[Event], *, undated: bool = False
) -> Iterator[Precedence]:
    """The order of scans and progressions whose day is open, by the line that each names.

    ``assessed``: the same events, by which the first scan of a later line is found. ``undated``:
    only of what has no date: of other scans a case does not tell whether the record states their
    line, or their dates alone give it.
    """
    begins = _begins(events)
    first = {line: tuple(_first_scans(assessed, line)) for line in begins}
    for at, event in enumerate(events):
        line = event.line if isinstance(event, (Scan, *STATED_PROGRESSIONS)) else None
        if line is None or line not in begins or event.start.strict.is_point:
            continue
        if undated and not event.start.by_order:
            continue
        description = f"line: {line}"
        baseline = event.baseline if isinstance(event, Scan) else None
        if baseline != line:
            yield Precedence((begins[line], _START), (at, _START), description)
        later = sorted(each for each in begins if each > line)
        if not isinstance(event, Scan):
            next_line = [begins[each] for each in later[:1]]
            yield from (Precedence((at, _START), (each, _START), description) for each in next_line)
            continue
        following = next((each for each in later if first[each]), None)
        for other in first[following] if following is not None else ():
            if other != at and baseline != following:
                yield Precedence((at, _START), (other, _START), description)


def _begins(events: Sequence[Event]) -> dict[int, int]:
    """The first regimen of each line, by its place among the events."""
    found: dict[int, int] = {}
    for at, event in enumerate(events):
        if isinstance(event, Treatment) and event.line is not None and not event.planned:
            known = found.get(event.line)
            if known is None or event.start.span.low < events[known].start.span.low:
                found[event.line] = at
    return found


def _first_scans(events: Sequence[Event], line: int) -> list[int]:
    """The scans that may be the first of a line: of those with a date the earliest."""
    of_line = [
        at
        for at, scan in enumerate(events)
        if isinstance(scan, Scan) and line in (scan.line, scan.baseline) and not scan.planned
    ]
    dated = [at for at in of_line if not events[at].start.by_order]
    open_ = [at for at in of_line if events[at].start.by_order]
    earliest = sorted(dated, key=lambda at: events[at].start.strict.high)[:1]
    return [*earliest, *open_[:MANY]]


def scans_without_last_day(case: Case) -> Iterator[tuple[Where, str]]:
    """Scans of a line that only an order dates, and that may come after the next line began."""
    starts = {line.number: line.start for line in case.lines}
    for scan in case.all_of(Scan):
        if not scan.start.by_order or scan.start.relative is not None or not scan.line:
            continue
        following = min((line for line in starts if line > scan.line), default=None)
        last = scan.start.span.high
        if following is not None:
            apart = case.days_between((scan, _START), (starts[following], _START))
            known = "no last day is known" if last == NEVER_ENDS else f"by {format_day(last)}"
            if apart.low < 0:
                text = f"{scan.label} may lie after line {following} began, {known}"
                advice = f"write {_ordered(scan, following)}, if it was made before that line"
                yield scan.where, f"{text} ({advice})"
        elif last == NEVER_ENDS:
            text = f"{scan.label} has no last day: the times to it are not determinable, or have"
            yield scan.where, f"{text} no upper bound (write its date, or before and an event)"


def _ordered(scan: Scan, following: int) -> str:
    return f'"{scan.start.text}, before line {following}"'
