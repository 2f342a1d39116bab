"""Lesions that may be new: from the scan that first shows one to the scan that confirms it.

A lesion is known by the name it is given (``equivocal: E1``), or is the one without a name
(``equivocal: yes``). A scan that looked for new lesions and does not show it drops it. One that
proves to be new was new at its first sight: progression is dated by that scan, and no response
from that scan on counts. The labels of the scans between stay as they were given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from timeline.assessment.time_points import TimePoint
from timeline.core.problem import Problem
from timeline.record.events import Scan

SOURCE = "Eisenhauer 2009 4.3.5: the date of the initial scan"
UNNAMED = "yes"  # the lesion that the record gives no name


def resolve_equivocal(
    points: Sequence[TimePoint],
) -> tuple[tuple[TimePoint, ...], tuple[Problem, ...]]:
    """The time points, each with the first that showed the lesion which it confirms."""
    in_doubt: dict[str, TimePoint] = {}  # with what first showed each lesion
    ever: set[str] = set()
    found: list[TimePoint] = []
    problems: list[Problem] = []
    for point in points:
        scan = point.scan
        names = [_confirmed_lesion(name, in_doubt) for name in scan.confirms_equivocal]
        problems += [
            Problem(scan.where, _unclear_text(name, in_doubt, ever))
            for name, lesion in zip(scan.confirms_equivocal, names, strict=True)
            if lesion is None
        ]
        found.append(_with_first_sight(point, {name: in_doubt[name] for name in names if name}))
        shown = set(scan.equivocal) if _evaluates_new_lesions(scan) else set(in_doubt)
        still = shown - set(names)
        in_doubt = {name: first for name, first in in_doubt.items() if name in still}
        for name in scan.equivocal:
            in_doubt.setdefault(name, found[-1])
            ever.add(name)
    return tuple(found), tuple(problems)


def _with_first_sight(point: TimePoint, first: Mapping[str, TimePoint]) -> TimePoint:
    """A time point with the first sight of the lesions that it confirms, the earliest of them."""
    if not first:
        return point
    since = next(iter(sorted(first.values(), key=lambda each: each.scan.start.span.low)))
    names = ", ".join("the equivocal lesion" if name == UNNAMED else name for name in first)
    note = f"{names} proves to be new: progression is dated by its first sight, {since.scan.label}"
    return attrs.evolve(point, since=since.scan, note=note)


def _evaluates_new_lesions(scan: Scan) -> bool:
    """Whether a scan reports on new lesions, or on lesions that may be new."""
    return bool((scan.new and not scan.new_not_evaluated) or scan.equivocal)


def _confirmed_lesion(name: str, in_doubt: Mapping[str, TimePoint]) -> str | None:
    """The lesion in doubt that a confirmation means; None where that is not clear."""
    if name in in_doubt:
        return name
    return next(iter(in_doubt)) if name == UNNAMED and len(in_doubt) == 1 else None


def _unclear_text(name: str, in_doubt: Mapping[str, TimePoint], ever: set[str]) -> str:
    known = ", ".join(in_doubt)
    if name == UNNAMED and known:
        return f"confirms an equivocal lesion, but which? (write one of {known})"
    if name in ever:
        lesion = "the equivocal lesion" if name == UNNAMED else name
        return f"confirms {lesion}, which a scan since did not show (write its site under new:)"
    what = "an equivocal lesion" if name == UNNAMED else name
    return f"confirms {what} that no scan showed (known: {known or 'none'}; write equivocal: there)"
