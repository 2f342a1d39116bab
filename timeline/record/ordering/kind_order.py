"""The order that the kinds of events impose: what must be, and what is usual, each a row."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from timeline.core.frozen_class import frozen
from timeline.core.precedence import MomentKey, Precedence
from timeline.record.events import (
    STATED_PROGRESSIONS,
    Death,
    Diagnosis,
    Event,
    LastContact,
    PeriodEvent,
    Scan,
    Supportive,
    Toxicity,
    Treatment,
)

Numbered = list[tuple[int, Event]]  # events that took place, with their numbers in the file


@frozen
class KindOrder:
    """One row. ``of_all``: it applies only where every event of the file could be read.

    ``source``: why a record that breaks the row gets a remark; empty where it gets none.
    """

    description: str
    pairs: Callable[[Numbered], Iterator[tuple[MomentKey, MomentKey]]]
    of_all: bool = False
    source: str = ""


Pairs = Iterator[tuple[MomentKey, MomentKey]]


def _start(number: int) -> MomentKey:
    return number, "start"


def _end(number: int) -> MomentKey:
    return number, "end"


def _gate(line: int) -> MomentKey:
    """A moment without a date between a line and those before it: it spares pairs of regimens."""
    return -line, "line"


def _has_end(event: Event) -> bool:
    return isinstance(event, PeriodEvent) and event.at.end is not None and not event.at.ongoing


def _before_death(events: Numbered) -> Pairs:
    for death, _ in [each for each in events if isinstance(each[1], Death)][:1]:
        for number, event in events:
            if number != death:
                yield _start(number), _start(death)
                if _has_end(event):
                    yield _end(number), _start(death)


def _before_last_contact(events: Numbered) -> Pairs:
    for contact, _ in [each for each in events if isinstance(each[1], LastContact)][-1:]:
        for number, event in events:
            if not isinstance(event, Death | Supportive | LastContact):
                yield _start(number), _start(contact)


def _lines(events: Numbered) -> dict[int, list[int]]:
    """The regimens of each line by their numbers, the lines in turn."""
    found: dict[int, list[int]] = {}
    for number, event in events:
        if isinstance(event, Treatment) and event.line:
            found.setdefault(event.line, []).append(number)
    return dict(sorted(found.items()))


def _lines_in_turn(events: Numbered) -> Pairs:
    lines = _lines(events)
    for line, following in itertools.pairwise(lines):
        yield _gate(line), _gate(following)
        yield from ((_start(number), _gate(following)) for number in lines[line])
        yield from ((_gate(following), _start(number)) for number in lines[following])


def _line_ends_first(events: Numbered) -> Pairs:
    known, lines = dict(events), _lines(events)
    for line, following in itertools.pairwise(lines):
        yield from ((_end(n), _gate(following)) for n in lines[line] if _has_end(known[n]))


def _diagnosed_first(events: Numbered) -> Pairs:
    for diagnosis, _ in [each for each in events if isinstance(each[1], Diagnosis)][:1]:
        for number, event in events:
            if isinstance(event, Treatment):
                yield _start(diagnosis), _start(number)


def _first_regimens(events: Numbered) -> dict[int, int]:
    """The regimen of each line that begins first."""
    known = dict(events)
    return {
        line: min(regimens, key=lambda number: known[number].start.span.low)
        for line, regimens in _lines(events).items()
    }


def _first_of_settings(events: Numbered) -> dict[str, int]:
    """The treatment outside of the lines that begins first, of each setting."""
    found: dict[str, int] = {}
    known = dict(events)
    for number, event in events:
        if isinstance(event, Treatment) and event.line is None:
            first = known[found.setdefault(event.setting, number)]
            if event.start.span.low < first.start.span.low:
                found[event.setting] = number
    return found


def _baseline_first(events: Numbered) -> Pairs:
    first = _first_regimens(events)
    for number, event in events:
        if isinstance(event, Scan) and event.baseline in first:
            yield _start(number), _start(first[event.baseline])


def _assessed_after_start(events: Numbered) -> Pairs:
    first = _first_regimens(events)
    for number, event in events:
        if isinstance(event, Scan) and event.line in first and event.line != event.baseline:
            yield _start(first[event.line]), _start(number)


def _related_after_start(events: Numbered) -> Pairs:
    first, outside = _first_regimens(events), _first_of_settings(events)
    for number, event in events:
        if not isinstance(event, Toxicity):
            continue
        if event.line in first:
            yield _start(first[event.line]), _start(number)
        elif event.line is None and event.setting in outside:
            yield _start(outside[event.setting]), _start(number)


def _progressed_after_start(events: Numbered) -> Pairs:
    first = _first_regimens(events)
    for number, event in events:
        if isinstance(event, STATED_PROGRESSIONS) and event.line in first:
            yield _start(first[event.line]), _start(number)


def _as_listed(events: Numbered) -> Pairs:
    dated = [number for number, event in events if not event.start.by_order]
    yield from ((_start(one), _start(other)) for one, other in itertools.pairwise(dated))


MUST = (
    KindOrder("nothing happens after death", _before_death),
    KindOrder(
        "nothing but death is seen after the last contact", _before_last_contact, of_all=True
    ),
    KindOrder("lines begin in turn", _lines_in_turn),
)
ASSESSED_AFTER_START = KindOrder(
    "an assessment comes after the start of its line",
    _assessed_after_start,
    source="Eisenhauer 2009 4.1: what is assessed is compared with a baseline before it",
)
USUAL = (
    KindOrder(
        "diagnosis comes before treatment",
        _diagnosed_first,
        source="CARE guidelines 2013, items 8 and 9: a diagnosis, then its treatment",
    ),
    KindOrder("a line ends before the next begins", _line_ends_first),
    KindOrder("a baseline comes before its line", _baseline_first),
    ASSESSED_AFTER_START,
    KindOrder(
        "progression comes after the start of the line that it is of",
        _progressed_after_start,
        source="FDA 2018, Clinical Trial Endpoints, PFS: from the start to progression",
    ),
    KindOrder(
        "an adverse event comes after the start of the treatment that it is related to",
        _related_after_start,
        source="ICH E9 1998, glossary, treatment emergent: it was absent before treatment",
    ),
)
LISTED = (KindOrder("events are listed in order of time", _as_listed),)


def edges(
    events: Iterable[Event], rows: Iterable[KindOrder], *, complete: bool = True
) -> tuple[Precedence, ...]:
    """The pairs of moments that some rows put in order.

    ``complete``: whether these are all events of the file.
    """
    done = [(number, event) for number, event in enumerate(events) if not event.planned]
    return tuple(
        Precedence(early, late, row.description)
        for row in rows
        if complete or not row.of_all
        for early, late in row.pairs(done)
    )
