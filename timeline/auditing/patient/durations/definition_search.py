"""Which other definitions reproduce a printed duration. They are fits, never a cause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

import attrs

from timeline.auditing.comparison.compare import Conclusion, share_text
from timeline.auditing.patient.dates.date_typos import date_typos
from timeline.auditing.patient.durations.conventions import (
    CONVENTIONS,
    STATED,
    UNUSUAL_MONTHS,
    Convention,
    days_between,
    imputed,
    in_days,
    within_reach,
)
from timeline.auditing.verdict import Explanation
from timeline.core.calendar.dates import format_day
from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS, days_per, rounded
from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.core.temporal_network import whole_days
from timeline.endpoints.anchors import ANCHORS
from timeline.record.lines import Line
from timeline.results.statuses import Anchor, AssessedCase, Outcome, elapsed

INTERVAL = "interval"
MONTH = 31  # days; an event with a vaguer date is not listed
LIFE = 120 * 366  # days; for a longer time no dates are listed
TWO_CHANGES = 5  # the tier of two changes at once


@attrs.frozen(kw_only=True)
class DefinitionSearch:
    """The minimal changes of definition that reproduce a claim, best first.

    ``tried``: how many changes were tried. ``pairs``: how many of them were another start or end,
    counted as stated; ``hits``: how many of those fit. ``by_chance``: how many of those would fit
    a printed figure chosen at random among all days tried; the probability of each grows with the
    length of its range of days and of the printed range.
    """

    found: tuple[Explanation, ...] = ()
    tried: int = 0
    pairs: int = 0
    hits: int = 0
    by_chance: float = 0.0


@attrs.frozen
class _Option:
    """A moment that a duration may start or end at, and how far it is from the stated one."""

    anchor: Anchor
    tier: int
    changed: bool = False


@attrs.frozen
class _Pair:
    """A start and an end, and the days between them; None if the end lies before the start."""

    start: _Option
    end: _Option
    days: Span | None

    @property
    def changed(self) -> int:
        """How many of the two are not those stated."""
        return self.start.changed + self.end.changed

    @property
    def conventions(self) -> tuple[Convention, ...]:
        """The ways of counting that are tried: two changes in all."""
        return _CONVENTIONS_BY_CHANGED[self.changed]

    @property
    def spans(self) -> tuple[Span, Span]:
        """The days of both; where the record counts one from the other, of the first its earliest.

        The days between such moments do not depend on the day of the first.
        """
        start, end = self.start.anchor.span, self.end.anchor.span
        if self.days is None or self.days == days_between(start, end) or not start.is_bounded:
            return start, end
        return Span.point(start.low), self.days + int(start.low)

    @property
    def in_words(self) -> tuple[str, ...]:
        """The moments that are not those stated."""
        return tuple(
            f"{side} at {each.anchor.dated}"
            for side, each in (("a start", self.start), ("an end", self.end))
            if each.changed
        )


@attrs.frozen
class _Change:
    """A definition that differs from the stated one in its start, its end or its counting."""

    pair: _Pair
    convention: Convention

    @cached_property
    def parts(self) -> frozenset[object]:
        """What is changed."""
        sides = (("from", self.pair.start), ("to", self.pair.end))
        changed: list[object] = [(side, id(each)) for side, each in sides if each.changed]
        return frozenset([*changed, *self.convention.departures])

    @property
    def count(self) -> int:
        return self.pair.changed + len(self.convention.departures)

    @property
    def tier(self) -> int:
        if not self.pair.changed:
            return 0
        return TWO_CHANGES if self.count > 1 else max(self.pair.start.tier, self.pair.end.tier)

    @property
    def description(self) -> str:
        """The change in words, to follow "reproduced by"."""
        return " and ".join((*self.pair.in_words, *self.convention.departures))

    def is_part_of(self, other: _Change) -> bool:
        return self.parts < other.parts


def search_definitions(
    known: AssessedCase, line: Line | None, outcome: Outcome, claimed: Printed, unit: str
) -> DefinitionSearch:
    """The minimal changes of definition, and single typing errors, that reproduce a claim.

    A change is minimal where no part of it reproduces the claim alone.

    Args:
        known: the case, for the moments that a duration may start or end at.
        line: the line that the duration is of; None for one of the patient.
        outcome: gives the stated start and end.
        claimed: the printed number.
        unit: its unit: days, weeks, months or years.
    """
    pairs = tuple(_pairs(known, line, outcome))
    reach = within_reach(claimed.text, unit)
    near = ((each, days) for each in pairs if (days := each.days) and days.overlaps(reach))
    changes = [
        _Change(pair, convention)
        for pair, days in near
        for convention in pair.conventions
        if convention.may_fit(days, claimed, unit)
    ]
    found: list[tuple[_Change, Explanation]] = []
    for change in sorted(changes, key=lambda each: each.count):
        if not any(part.is_part_of(change) for part, _ in found):
            explanation = _explanation(change, claimed, unit)
            found += [(change, explanation)] if explanation is not None else []
    typos, edits = date_typos(outcome, claimed, unit)
    explanations = [*(each for _, each in found), *typos]
    changed = [each for each in pairs if each.changed]
    return DefinitionSearch(
        found=tuple(sorted(explanations, key=lambda each: each.cost)),
        tried=sum(len(each.conventions) for each in pairs) + edits,
        pairs=len(changed),
        hits=sum(each.pair.changed > 0 and each.convention is STATED for each, _ in found),
        by_chance=_by_chance(changed, in_days(claimed.span, days_per(unit))),
    )


def _by_chance(tried: list[_Pair], printed_days: Span) -> float:
    """How many pairs with another start or end would fit a figure chosen at random."""
    every = [each.days for each in tried]
    spans = [days for days in every if days is not None and days.is_bounded]
    longest = max((float(days.high) for days in spans), default=0.0)
    if not longest or not printed_days.is_bounded:
        return 0.0
    width = float(printed_days.high - printed_days.low)
    return sum(min(1.0, (width + float(days.high - days.low)) / longest) for days in spans)


def _explanation(change: _Change, claimed: Printed, unit: str) -> Explanation | None:
    """The explanation that a change gives, if the dates then allow the printed figure."""
    start, end = change.pair.spans
    days = change.pair.days
    conclusion, part = change.convention.fits(start, end, claimed, unit)
    if days is None or not part:  # no day of it fits, or an open end lets any print fit
        return None
    return Explanation(
        change.description,
        tier=change.tier,
        changes=change.count,
        conclusion=conclusion,
        days=days,
        share=part,
        unusual=change.convention.unusual,
        far=change.convention.month in UNUSUAL_MONTHS,
        share_text=share_text(part, start, end) if conclusion is Conclusion.POSSIBLE else "",
        hidden=_by_imputed_dates(start, end, in_days(claimed.span, days_per(unit))),
    )


def _by_imputed_dates(start: Span, end: Span, printed_days: Span) -> str:
    """What imputed dates in place of vague ones would give, where none of them reproduces it."""
    starts, ends = imputed(start), imputed(end)
    if starts is None or ends is None or (start.is_point and end.is_point):
        return ""
    days = [last - first for first, last in zip(starts, ends, strict=True)]
    if any(each in printed_days for each in days) or min(days) < 0:
        return ""
    months = dict.fromkeys(rounded(Fraction(each) / MONTHS[DEFAULT_MONTH].days) for each in days)
    return f"dates imputed first, mid or last alike would give {' or '.join(months)} months"


def _pairs(known: AssessedCase, line: Line | None, outcome: Outcome) -> Iterator[_Pair]:
    """Every start with every end, within two changes of those stated.

    An interval names both of its events itself; only the counting can be changed there.
    """
    if outcome.elapsed is None:
        return
    origin, stated_end, _ = outcome.elapsed
    starts = _options(known, line, outcome, origin, side="starts")
    ends = _options(known, line, outcome, stated_end, side="ends")
    for start, end in itertools.product(starts, ends):
        pair = _Pair(start, end, elapsed(start.anchor, end.anchor, known.case))
        usual = pair.changed < 2 or max(start.tier, end.tier) <= 1
        if usual and not start.anchor.is_moment(end.anchor):
            yield pair


# By how many of start and end are changed: the ways of counting that make two changes in all.
_CONVENTIONS_BY_CHANGED = (
    CONVENTIONS,
    (STATED, *(each for each in CONVENTIONS if len(each.departures) < 2)),
    (STATED,),
)


def _options(
    known: AssessedCase, line: Line | None, outcome: Outcome, stated: Anchor, side: str
) -> list[_Option]:
    """The stated moment, then every other that may be a start (an end), each event once."""
    options = {(id(stated.event), stated.span): _Option(stated, 0)}
    for row in ANCHORS.values() if outcome.endpoint != INTERVAL else ():
        for anchor in row.find(known, line, outcome.criterion) if getattr(row, side) else ():
            key = (id(anchor.event), anchor.span)
            options.setdefault(key, _Option(anchor, row.tier, changed=True))
    return list(options.values())


def reproducing_dates(known: AssessedCase, outcome: Outcome, printed_days: Span) -> tuple[str, ...]:
    """The ends, then the starts, that would make a claim true, with the events on those days.

    Each for the other as stated. Empty where a date or the print has no first or last day.

    Args:
        known: the case.
        outcome: gives the stated start and end.
        printed_days: the days that the claim allows.
    """
    days = whole_days(printed_days)
    if outcome.elapsed is None or days is None or not days.is_bounded or days.high > LIFE:
        return ()
    origin, end, _ = outcome.elapsed
    if not (origin.span.is_bounded and end.span.is_bounded):
        return ()
    found = (("an end", origin.span + days), ("a start", end.span - days))
    return tuple(
        f"{what} from {format_day(span.low)} to {format_day(span.high)} ({_events_in(known, span)})"
        for what, span in found
    )


def _events_in(known: AssessedCase, span: Span) -> str:
    """The events dated to a month or better that may lie in some days."""
    near = dict.fromkeys(
        event.label
        for event in known.case.done
        for when in (event.start, event.end)
        if when is not None and when.span.high - when.span.low < MONTH and when.span.overlaps(span)
    )
    return f"on record there: {', '.join(near)}" if near else "no event on record lies there"
