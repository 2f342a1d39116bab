"""A date far from those of the events that stand beside it in the file: a slip in the year."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.core.calendar.dates import format_days
from timeline.core.problem import Where
from timeline.record.case import Case
from timeline.record.events import Event, Lab, Performance, Scan, Toxicity

_DATED_ALONE = (Scan, Toxicity, Lab, Performance)  # no event of the course depends on their date
_FAR = 730  # days: two years
_NEAR = 730  # days between the two events beside it


def far_from_neighbours(case: Case) -> Iterator[tuple[Where, str]]:
    """A scan, toxicity, lab or performance status that lies years from the events beside it.

    The events beside it are the last dated one before it and the first dated one after it in the
    file. They lie in order and at most two years apart, and it lies more than two years before
    the first, or after the second, on every day that its date allows. The events of one place of
    a report are compared with each other: each place tells the course anew. A scan that names its
    line is left to the order of the line.
    """
    listed = sorted((e for e in case.done if e.start.span.is_bounded), key=lambda e: e.where)
    for before, event, after in zip(listed, listed[1:], listed[2:], strict=False):
        if not isinstance(event, _DATED_ALONE) or len({before.place, event.place, after.place}) > 1:
            continue
        if isinstance(event, Scan) and event.line is not None:
            continue
        low, high = before.start.span, after.start.span
        if low.low > high.high or high.high - low.low > _NEAR:
            continue
        days = event.start.span
        if days.high + _FAR < low.low or days.low > high.high + _FAR:
            text = f"{event.label} stands between {_named(before)} and {_named(after)} in the file"
            yield event.where, f"{text}, more than two years from both (check its year)"


def _named(event: Event) -> str:
    return f"{event.label} ({format_days(event.start.span)})"
