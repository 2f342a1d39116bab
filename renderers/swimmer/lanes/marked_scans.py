"""Which scans of a line have a marker: all, each change, or those that a swimmer plot is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from timeline.results.statuses import Status
from timeline.terminology.criteria import PROGRESSIONS, RESPONSES, meaning
from timeline.terminology.response_codes import Code

_WORST = len(Code)
Marked = Iterator[bool]


def _all(statuses: Sequence[Status]) -> Marked:
    return (True for _ in statuses)


def _changes(statuses: Sequence[Status]) -> Marked:
    """Where the labels differ from those of the scan before."""
    before = (None, *(status.labels for status in statuses))
    return (s.labels != last for s, last in zip(statuses, before, strict=False))


def _key(statuses: Sequence[Status]) -> Marked:
    """The first response, each better one; NED and progression after a scan with another label.

    A scan whose words allow several labels is marked if one of them would be.
    """
    best = _WORST
    last: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    for status in statuses:
        labels = status.labels
        ranks = [rank(label) if label in RESPONSES else _WORST for label in labels]
        is_better = min(ranks, default=_WORST) < best and labels != marked
        is_progression = bool(set(labels) & PROGRESSIONS) and labels != last
        is_clear = labels != last and meaning(next(iter(labels), "")) is Code.NED
        found = is_better or is_progression or (is_clear and len(labels) == 1)
        best = min(best, max(ranks, default=_WORST))
        last, marked = labels, labels if found else marked
        yield found


def rank(label: str) -> int:
    """The place of a label among the codes: complete response before partial."""
    code = meaning(label)
    return _WORST if code is None else int(code)


WISHES: dict[str, Callable[[Sequence[Status]], Marked]] = {
    "key": _key,
    "all": _all,
    "changes": _changes,
}


def marked_scans(statuses: Sequence[Status], wish: str) -> tuple[bool, ...]:
    """Whether each status has a marker.

    Args:
        statuses: those of a line, in order of time.
        wish: a name of ``WISHES``.

    """
    return tuple(WISHES[wish](statuses))
