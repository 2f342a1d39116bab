"""Typing errors in a printed time, its unit, or the year of one of its dates."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import attrs
import pendulum

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.typos import TYPO_TIER, edits
from timeline.auditing.patient.durations.conventions import STATED
from timeline.auditing.verdict import Explanation
from timeline.core.calendar.dates import format_days
from timeline.core.calendar.durations import UNITS_IN_DAYS
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.span import Span
from timeline.results.statuses import Outcome

SHOWN = 4  # other prints that a sentence names


@attrs.frozen
class _DateTypo:
    """One edit: its kind, its result in words, and the start, end, print and unit that it gives."""

    kind: str
    description: str
    start: Span
    end: Span
    claimed: Printed
    unit: str


def date_typos(
    outcome: Outcome, claimed: Printed, unit: str
) -> tuple[tuple[Explanation, ...], int]:
    """The single edits that reproduce a printed time, counted by the stated convention.

    Args:
        outcome: gives the stated start and end.
        claimed: the printed number.
        unit: its unit of time.

    Returns:
        An explanation for each kind of edit, which names the results; and how many edits
        were tried.
    """
    if outcome.elapsed is None:
        return (), 0
    origin, end, _ = outcome.elapsed
    found: dict[str, list[Explanation]] = {}
    typos = list(_typos(origin.span, end.span, claimed, unit))
    for each in typos:
        conclusion, part = STATED.fits(each.start, each.end, each.claimed, each.unit)
        if conclusion is not Conclusion.CONTRADICTED and part:
            days = (each.end - each.start).not_below(0) or Span.point(0)
            explanation = Explanation(
                each.description, tier=TYPO_TIER, conclusion=conclusion, days=days, share=part
            )
            found.setdefault(each.kind, []).append(explanation)
    return tuple(_merged(kind, each) for kind, each in found.items()), len(typos)


def _merged(kind: str, found: list[Explanation]) -> Explanation:
    """The best of the explanations of one kind, with the results of all of them."""
    best = min(found, key=lambda each: each.cost)
    results = list(dict.fromkeys(each.description for each in found))
    more = f" or {len(results) - SHOWN} more" if len(results) > SHOWN else ""
    return attrs.evolve(best, description=f"{kind} ({' or '.join(results[:SHOWN])}{more})")


def _typos(start: Span, end: Span, claimed: Printed, unit: str) -> Iterator[_DateTypo]:
    for kind, text in edits(claimed.text):
        try:
            other = parse_printed(text)
        except ValueError:
            continue
        yield _DateTypo(kind, text, start, end, other, unit)
    for other_unit in UNITS_IN_DAYS:
        if other_unit != unit and claimed.span.is_bounded:  # any span is under so many years
            result = f"{claimed.text} {other_unit}"
            yield _DateTypo("another unit", result, start, end, claimed, other_unit)
    for days in _a_year_off(start):
        kind = "another year of the start"
        yield _DateTypo(kind, format_days(days), days, end, claimed, unit)
    for days in _a_year_off(end):
        kind = "another year of the end"
        yield _DateTypo(kind, format_days(days), start, days, claimed, unit)


@functools.lru_cache(maxsize=4096)
def _a_year_off(span: Span) -> tuple[Span, ...]:
    """The same days of the year before and of the year after; none for an open range."""
    if not span.is_bounded:
        return ()
    low, high = (pendulum.Date.fromordinal(int(end)) for end in (span.low, span.high))
    return tuple(
        Span(low.add(years=years).toordinal(), high.add(years=years).toordinal())
        for years in (-1, 1)
    )
