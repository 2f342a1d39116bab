"""A scan of line N lies within line N: after its start, before the next line's first scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeline.core.precedence import MomentKey, Precedence, narrow
from timeline.core.span import Span
from timeline.record.events import Event, Scan, Treatment

_START = "start"
MANY = 20  # scans of the next line that may each be its first


def place_within_lines(
    events: Sequence[Event], spans: dict[MomentKey, Span], edges: Sequence[Precedence]
) -> tuple[Precedence, ...]:
    """The edges of scans that name their line and whose day is open; none that leaves no day."""
    implied = list(_implied(events))
    while implied:
        tried = dict(spans)
        clash = narrow(tried, [*edges, *implied])
        if clash is None:
            spans.update(tried)
            return tuple(implied)
        implied = [edge for edge in implied if edge is not clash] if clash in implied else []
    return ()


def _implied(events: Sequence[Event]) -> Iterator[Precedence]:
    begins = _begins(events)
    first = {line: tuple(_first_scans(events, line)) for line in begins}
    later = {line: min((m for m in begins if m > line), default=None) for line in begins}
    for at, scan in enumerate(events):
        if not isinstance(scan, Scan) or scan.line not in begins or scan.start.strict.is_point:
            continue
        description = f"line: {scan.line}"
        if scan.baseline != scan.line:
            yield Precedence((begins[scan.line], _START), (at, _START), description)
        following = later[scan.line]
        for other in first[following] if following is not None else ():
            if other != at and scan.baseline != following:
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
