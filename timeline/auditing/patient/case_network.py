"""The days of one case as a network: windows as written, the stated order, and that of kinds."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping

import attrs

from timeline.auditing.rule import Evidence
from timeline.core.calendar.dates import format_day, format_days
from timeline.core.calendar.partial_dates import Period, written
from timeline.core.span import ANY, Span
from timeline.core.temporal_network import ORIGIN, Constraint, Network
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Death, Event, Scan, Treatment
from timeline.record.ordering.kind_order import USUAL, edges
from timeline.report.claims import Report
from timeline.results.statuses import Anchor

NETWORK_SOURCE = "Dechter, Meiri, Pearl 1991, Artificial Intelligence 49:61"
LAST_STAGES = ("accepted", "published", "received")  # of a report, the first that it states
Key = tuple[int, str]  # an event by number, and its start or its end
_Pairs = Iterator[tuple[Event, Event]]


@attrs.frozen
class KindOrder:
    """A row: of two events the one is never later than the other, whatever was printed."""

    description: str
    pairs: Callable[[DerivedCase], _Pairs]


def _before_death(derived: DerivedCase) -> _Pairs:
    for death in derived.case.all_of(Death)[:1]:
        for event in derived.case.done:
            if event is not death:
                yield event, death


def _lines_in_turn(derived: DerivedCase) -> _Pairs:
    starts = [line.start for line in derived.case.lines]
    yield from itertools.pairwise(starts)


def _assessed_after_start(derived: DerivedCase) -> _Pairs:
    starts = {line.number: line.start for line in derived.case.lines}
    for scan in derived.case.all_of(Scan):
        if scan.line in starts and scan.baseline != scan.line:
            yield starts[scan.line], scan


def _diagnosed_before_line(derived: DerivedCase) -> _Pairs:
    first = derived.case.diagnosis
    lines = [each for each in derived.case.all_of(Treatment) if each.line is not None]
    if first is not None:
        yield from ((first, each) for each in lines)


KIND_ORDER = (
    KindOrder("no event follows death", _before_death),
    KindOrder("a line starts after the line before it", _lines_in_turn),
    KindOrder("a line starts before the scans that assess it", _assessed_after_start),
    KindOrder("diagnosis comes before systemic treatment", _diagnosed_before_line),
)


def usual_order(derived: DerivedCase) -> tuple[tuple[Key, Key], ...]:
    """The pairs of moments that are usually in this order, by the kinds of their events."""
    found = edges(derived.case.events, USUAL)
    return tuple((each.early, each.late) for each in found)


def network_of(derived: DerivedCase, source: Report | None = None) -> Network:
    """Every moment of the events that took place, with the stated and the known order.

    Windows are those written in the file. With a ``source`` nothing is later than its acceptance,
    else its publication or receipt.
    """
    windows = dict(_windows(derived))
    order = list(_recorded_order(derived, windows))
    order += [
        Constraint(row.description, (number(derived, early), "start"), (number(derived, late),
                   "start"),
                  0, None)
        for row in KIND_ORDER
        for early, late in row.pairs(derived)
    ]  # fmt: skip
    for stage, limit in _printed_by(source):
        when = f"the report was {stage} by {format_day(limit)}"
        order += [Constraint(when, ORIGIN, (n, end), None, limit)
                  for n, end in windows if end == "start"]  # fmt: skip
    return Network(windows, order)


def recorded(evidence: Evidence) -> Network | None:
    """The network of the patient alone, whenever the report was accepted."""
    return network_of(evidence.derived) if evidence.derived else None


def reported(evidence: Evidence) -> Network | None:
    """The network of the patient, with nothing later than the report."""
    return network_of(evidence.derived, evidence.report) if evidence.derived else None


def _printed_by(source: Report | None) -> Iterator[tuple[str, int]]:
    """What the report was on the day by which all that it reports had happened, and that day.

    Nothing where it states no such date, or one without a last day.
    """
    dates = ((stage, getattr(source, stage)) for stage in LAST_STAGES if source is not None)
    stage, when = next((each for each in dates if each[1] is not None), ("", None))
    if when is not None and when.span.high != ANY.high:
        yield stage, int(when.span.high)


def _windows(derived: DerivedCase) -> Iterator[tuple[Key, Span]]:
    for at, event in enumerate(derived.case.events):
        if not event.planned:
            yield (at, "start"), written(event.start)
            if isinstance(event.at, Period) and event.at.end is not None:
                yield (at, "end"), ANY if event.at.ongoing else written(event.at.end)


def _recorded_order(derived: DerivedCase, known: Mapping[Key, Span]) -> Iterator[Constraint]:
    """What the case states about the order of its moments, and the days between them."""
    events = derived.case.events
    for edge in derived.case.stated_edges:
        if edge.early not in known or edge.late not in known:
            continue
        event = events[edge.late[0] if edge.by is None else edge.by]
        text = "ends after it starts" if edge.by is None else edge.description
        text = event.label if event.label.endswith(text) else f"{event.label} {text}"
        place = "" if edge.by is None else event.place
        yield Constraint(text, edge.early, edge.late, edge.least, edge.most, place)


def number(derived: DerivedCase, event: Event) -> int:
    """The number of an event among those of its case."""
    return derived.case.place(event)


def moment_of(derived: DerivedCase, anchor: Anchor) -> Key:
    """The moment of the network at which an anchor is."""
    return number(derived, anchor.event), anchor.side


def moment_label(key: Key, derived: DerivedCase) -> str:
    """The label of an event, with ``end`` where the moment is its end."""
    at, side = key
    return derived.case.events[at].label + (" end" if side == "end" else "")


def in_words(derived: DerivedCase, stated: Constraint) -> str:
    """A statement of the network in words; of a window, the event with the days of its date."""
    if stated.early != ORIGIN or not isinstance(stated.late, tuple) or stated.source:
        return stated.description
    own = stated.description.startswith("window of")
    if not own:
        return stated.description
    name, days = moment_label(stated.late, derived), format_days(stated.span)
    return name if days in name else f"{name} ({days})"
