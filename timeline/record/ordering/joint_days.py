"""The days that all dates, orders, distances and kinds of events of a case leave together.

No event but death comes after the last contact, nothing comes after death, lines begin in turn,
and a scan that assesses a line comes after its start. Each is an edge like a stated order, so
that the days from a start to the last contact are no fewer than those to a scan before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.core.calendar.dates import format_days
from timeline.core.precedence import MomentKey, Precedence
from timeline.core.problem import Problem
from timeline.core.span import ANY, Span
from timeline.record.distances import Distances
from timeline.record.events import Event
from timeline.record.ordering.event_order import moments
from timeline.record.ordering.implied_days import days_of_given_doses
from timeline.record.ordering.kind_order import ASSESSED_AFTER_START, MUST, edges
from timeline.record.scans_within_line import order_within_lines


def case_distances(events: Sequence[Event], order: Sequence[Precedence]) -> Distances:
    """The days between the moments of the events of a case, whose dates are narrowed by order.

    The start of a line does not bound a scan of it that is dated before it, nor the first scan of
    a later line one that is dated after that. ``order``: what the events state.
    """
    every = tuple(events)
    windows = _windows(every)
    stated = (*order, *edges(every, MUST))
    assessed = [
        edge
        for edge in (
            *edges(every, (ASSESSED_AFTER_START,)),
            *order_within_lines(every, every, undated=True),
        )
        if windows[edge.early].low <= windows[edge.late].high
    ]
    given = days_of_given_doses(every)
    for every_edge in ((*stated, *assessed, *given), (*stated, *assessed), stated):
        found = Distances(windows, every_edge)
        if found.is_consistent:
            return found
    return Distances(windows, ())


def joint_problems(
    events: Sequence[Event], order: Sequence[Precedence], *, complete: bool
) -> tuple[Problem, ...]:
    """A problem where distances and orders, each possible by itself, contradict one another.

    ``order``: what the events state. ``complete``: whether these are all events of the file.
    """
    if not any(edge.is_distance for edge in order):  # orders alone clash only by dates
        return ()
    windows = _windows(events)
    every = (*order, *edges(events, MUST, complete=complete))
    return () if Distances(windows, every).is_consistent else (_conflict(events, windows, every),)


def _conflict(
    events: Sequence[Event], windows: dict[MomentKey, Span], order: Sequence[Precedence]
) -> Problem:
    """The fewest statements that contradict one another, at the place of the first event."""
    from timeline.core.temporal_network import ORIGIN, Constraint, Network  # numpy: slow to import

    keys = dict.fromkeys([*windows, *(key for edge in order for key in (edge.early, edge.late))])
    stated = [Constraint(edge.description, edge.early, edge.late, edge.least, edge.most)
              for edge in order]  # fmt: skip
    network = Network({key: windows.get(key, ANY) for key in keys}, stated)
    clash = network.conflict()
    assert clash is not None  # noqa: S101  (it is called where the edges contradict)
    by = {(e.early, e.late, e.description): e.by for e in order if e.by is not None}
    texts, places = [], []
    for each in clash.statements:
        number = by.get((each.early, each.late, each.description))  # type: ignore[arg-type]
        if each.early == ORIGIN:
            key: MomentKey = each.late  # type: ignore[assignment]
            text = f"{events[key[0]].label}{' end' * (key[1] == 'end')} is {format_days(each.span)}"
        else:
            text = each.description
            if number is not None and not events[number].label.endswith(text):
                text = f"{events[number].label}: {text}"
        texts.append(text)
        places += [events[number].where] if number is not None else []
    what = f"no days satisfy these together: {'; '.join(dict.fromkeys(texts))}"
    where = min(places, default=events[0].where)
    return Problem(where, f"{what} (correct one of them)")


def _windows(events: Sequence[Event]) -> dict[MomentKey, Span]:
    return {key: when.span for key, when in moments(events)}
