"""Slips of the pen: what one digit, a point, a unit or a year would make of a print or a date."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import attrs
import pendulum

from timeline.auditing.compare import Conclusion
from timeline.auditing.patient.durations.conventions import STATED
from timeline.auditing.typos import edits
from timeline.auditing.verdict import Explanation
from timeline.core.dates import format_days
from timeline.core.durations import UNITS_IN_DAYS
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.span import Span
from timeline.results.statuses import Anchor, Outcome

TIER = 4
SHOWN = 4  # other prints that a sentence names


@attrs.frozen
class _DateTypo:
    """One single edit: in words, and the start, end, print and unit that it makes."""

    description: str
    start: Span
    end: Span
    claimed: Printed
    unit: str


def date_typos(
    outcome: Outcome, claimed: Printed, unit: str
) -> tuple[tuple[Explanation, ...], int]:
    """What single edits reproduce a claim with the stated start and end; how many were tried.

    Edits of one kind make one explanation, which names what they give.
    """
    if outcome.elapsed is None:
        return (), 0
    origin, end, _ = outcome.elapsed
    found: dict[str, list[tuple[str, Explanation]]] = {}
    tried = 0
    for kind, slip in _every(origin, end, claimed, unit):
        tried += 1
        call, part = STATED.fits(slip.start, slip.end, slip.claimed, slip.unit)
        if call is not Conclusion.CONTRADICTED and part:
            days = (slip.end - slip.start).not_below(0) or Span.point(0)
            made = Explanation(
                description=kind, tier=TIER, changes=1, call=call, days=days, share=part
            )
            found.setdefault(kind, []).append((slip.description, made))
    return tuple(_together(kind, each) for kind, each in found.items()), tried


def _together(kind: str, found: list[tuple[str, Explanation]]) -> Explanation:
    best = min((each for _, each in found), key=lambda each: each.cost)
    names = list(dict.fromkeys(description for description, _ in found))
    more = f" or {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return attrs.evolve(best, description=f"{kind} ({' or '.join(names[:SHOWN])}{more})")


def _every(
    origin: Anchor, end: Anchor, claimed: Printed, unit: str
) -> Iterator[tuple[str, _DateTypo]]:
    for kind, text in edits(claimed.text):
        try:
            other = parse_printed(text)
        except ValueError:
            continue
        yield kind, _DateTypo(text, origin.span, end.span, other, unit)
    for other_unit in UNITS_IN_DAYS:
        if other_unit != unit and claimed.span.is_bounded:  # any span is under so many years
            description = f"{claimed.text} {other_unit}"
            yield "another unit", _DateTypo(description, origin.span, end.span, claimed, other_unit)
    for span in _a_year_off(origin.span):
        yield (
            "another year of the start",
            _DateTypo(format_days(span), span, end.span, claimed, unit),
        )
    for span in _a_year_off(end.span):
        yield (
            "another year of the end",
            _DateTypo(format_days(span), origin.span, span, claimed, unit),
        )


@functools.lru_cache(maxsize=4096)
def _a_year_off(span: Span) -> tuple[Span, ...]:
    if not span.is_bounded:
        return ()
    low, high = (pendulum.Date.fromordinal(int(end)) for end in (span.low, span.high))
    return tuple(
        Span(low.add(years=years).toordinal(), high.add(years=years).toordinal())
        for years in (-1, 1)
    )
