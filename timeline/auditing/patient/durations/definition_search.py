"""Which other definition would reproduce a printed duration: a search over rows, never a cause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

import attrs

from timeline.auditing.compare import Conclusion, share_text
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
from timeline.core.dates import format_day, format_days
from timeline.core.durations import DEFAULT_MONTH, MONTHS, days_per, rounded
from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.core.temporal_network import whole_days
from timeline.endpoints.anchors import ANCHORS
from timeline.record.lines import Line
from timeline.results.statuses import Anchor, AssessedCase, Outcome

INTERVAL = "interval"
MONTH = 31  # days; an event that is vaguer lies nowhere in particular
LIFE = 120 * 366  # days; a print beyond it has no window worth naming
TWO_CHANGES = 5  # the tier of two changes at once


@attrs.frozen(kw_only=True)
class DefinitionSearch:
    """The minimal changes of definition that reproduce a claim, best first.

    ``tried``: how many were tried. ``pairs``: how many of them were another start or end,
    counted as stated; ``hits``: how many of those fit, and ``by_chance``: how many would fit a
    print picked blindly, each as likely as its days and the print are wide among all days tried.
    """

    found: tuple[Explanation, ...] = ()
    tried: int = 0
    pairs: int = 0
    hits: int = 0
    by_chance: float = 0.0


@attrs.frozen
class _Option:
    """One choice for one side of the definition, and how far it is from the stated one."""

    anchor: Anchor
    tier: int
    changed: bool = False


@attrs.frozen
class _Pair:
    """A start and an end, and the ways of counting that are tried between them."""

    start: _Option
    end: _Option

    @property
    def moved(self) -> int:
        """How many of the two are not those stated."""
        return self.start.changed + self.end.changed

    @property
    def ways(self) -> tuple[Convention, ...]:
        return _COUNTED[self.moved]

    @property
    def days(self) -> Span | None:
        return days_between(self.start.anchor.span, self.end.anchor.span)


@attrs.frozen
class _Change:
    """A definition that differs from the stated one in its start, its end or its counting."""

    start: _Option
    end: _Option
    convention: Convention

    @cached_property
    def parts(self) -> frozenset[object]:
        """What is changed."""
        options = ((side, each) for side, each in (("from", self.start), ("to", self.end)))
        changed: list[object] = [(side, id(each)) for side, each in options if each.changed]
        return frozenset([*changed, *self.convention.departs])

    @property
    def count(self) -> int:
        return self.start.changed + self.end.changed + len(self.convention.departs)

    @property
    def tier(self) -> int:
        if self.only_counted_otherwise:
            return 0
        return TWO_CHANGES if self.count > 1 else max(self.start.tier, self.end.tier)

    @property
    def moved(self) -> bool:
        """Whether it starts or ends elsewhere."""
        return self.start.changed or self.end.changed

    @property
    def only_counted_otherwise(self) -> bool:
        """Whether start and end are those stated."""
        return not self.moved

    @property
    def description(self) -> str:
        """The change in words, to stand after "reproduced by"."""
        start, end = self.start.anchor, self.end.anchor
        parts = (
            f"a start at {start.description} ({format_days(start.span)})"
            if self.start.changed
            else "",
            f"an end at {end.description} ({format_days(end.span)})" if self.end.changed else "",
            *self.convention.departs,
        )
        return " and ".join(part for part in parts if part)

    def is_part_of(self, other: _Change) -> bool:
        return self.parts < other.parts


def search_definitions(
    known: AssessedCase, line: Line | None, outcome: Outcome, claimed: Printed, unit: str
) -> DefinitionSearch:
    """The minimal changes of definition, and single slips of the pen, that reproduce a claim.

    ``claimed`` is the print in ``unit`` (days, weeks, months, years). A change is minimal where
    no part of it reproduces the claim alone.
    """
    pairs = tuple(_pairs(known, line, outcome))
    reach = within_reach(claimed.text, unit)
    near = ((each, days) for each in pairs if (days := each.days) and days.overlaps(reach))
    changes = [
        _Change(each.start, each.end, way)
        for each, days in near
        for way in each.ways
        if way.may_fit(days, claimed, unit)
    ]
    found: list[tuple[_Change, Explanation]] = []
    for change in sorted(changes, key=lambda each: each.count):
        if not any(part.is_part_of(change) for part, _ in found):
            explanation = _fits(change, claimed, unit)
            found += [(change, explanation)] if explanation is not None else []
    slipped, edits = date_typos(outcome, claimed, unit)
    explanations = [*(each for _, each in found), *slipped]
    moved = [each for each in pairs if each.moved]
    return DefinitionSearch(
        found=tuple(sorted(explanations, key=lambda each: each.cost)),
        tried=sum(len(each.ways) for each in pairs) + edits,
        pairs=len(moved),
        hits=sum(each.moved and each.convention is STATED for each, _ in found),
        by_chance=_by_chance(moved, in_days(claimed.span, days_per(unit))),
    )


def _by_chance(tried: list[_Pair], wanted: Span) -> float:
    """Hits to expect of definitions that differ in their start or end."""
    every = [each.days for each in tried]
    spans = [days for days in every if days is not None and days.is_bounded]
    longest = max((float(days.high) for days in spans), default=0.0)
    if not longest or not wanted.is_bounded:
        return 0.0
    width = float(wanted.high - wanted.low)
    return sum(min(1.0, (width + float(days.high - days.low)) / longest) for days in spans)


def _fits(change: _Change, claimed: Printed, unit: str) -> Explanation | None:
    """The explanation that a change makes, if the dates then allow the print."""
    start, end = change.start.anchor, change.end.anchor
    days = days_between(start.span, end.span)
    conclusion, part = change.convention.fits(start.span, end.span, claimed, unit)
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
        told=share_text(part, start.span, end.span) if conclusion is Conclusion.POSSIBLE else "",
        hidden=_hidden(start.span, end.span, in_days(claimed.span, days_per(unit))),
    )


def _hidden(start: Span, end: Span, wanted: Span) -> str:
    """What single dates in place of vague ones would give, where none of them reproduces it."""
    starts, ends = imputed(start), imputed(end)
    if starts is None or ends is None or (start.is_point and end.is_point):
        return ""
    days = [last - first for first, last in zip(starts, ends, strict=True)]
    if any(each in wanted for each in days) or min(days) < 0:
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
    starts, ends = [_Option(origin, 0)], [_Option(stated_end, 0)]
    if outcome.endpoint != INTERVAL:
        starts += _others(known, line, outcome.criterion, origin, side="starts")
        ends += _others(known, line, outcome.criterion, stated_end, side="ends")
    for start, end in itertools.product(starts, ends):
        pair = _Pair(start, end)
        usual = pair.moved < 2 or max(start.tier, end.tier) <= 1
        if usual and not start.anchor.is_moment(end.anchor):
            yield pair


# The ways of counting tried where none, one or both of the ends are moved: two changes in all.
_COUNTED = (
    CONVENTIONS,
    (STATED, *(each for each in CONVENTIONS if len(each.departs) < 2)),
    (STATED,),
)


def _others(
    known: AssessedCase, line: Line | None, criterion: str, stated: Anchor, side: str
) -> list[_Option]:
    """Every moment other than the stated one that may stand on a side, each event once."""
    options: list[_Option] = []
    taken = {(id(stated.event), stated.span)}
    for row in ANCHORS.values():
        for anchor in row.find(known, line, criterion) if getattr(row, side) else ():
            key = (id(anchor.event), anchor.span)
            if key not in taken:
                taken.add(key)
                options.append(_Option(anchor, row.tier, changed=True))
    return options


def windows(known: AssessedCase, outcome: Outcome, wanted: Span) -> tuple[str, ...]:
    """The ends, then the starts, that would make a claim true, the other left as it is.

    With what lies there; empty where a date or the print is open.
    """
    days = whole_days(wanted)
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
    spans = [(each, when.span) for each in known.case.done for when in (each.start, each.end)
             if when is not None and when.span.high - when.span.low < MONTH]  # fmt: skip
    near = dict.fromkeys(each.label for each, days in spans if days.overlaps(span))
    return f"on record there: {', '.join(near)}" if near else "no event on record lies there"
