"""Which other definition would reproduce a printed duration: a search over rows, never a cause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.anchors import ANCHORS
from timeline.auditing.verdict import Explanation
from timeline.auditing.weigh import Call, share, weigh
from timeline.derived import Anchor, Assessed, Outcome
from timeline.edtf import iso, tell
from timeline.lines import Line
from timeline.months import DEFAULT_MONTH, MONTHS, days_per
from timeline.network import whole_days
from timeline.printed import DEFAULT_ROUNDING, ROUNDINGS, Printed, printed
from timeline.span import Span

INTERVAL = "interval"
LIFE = 120 * 366  # days; a print beyond it has no window worth naming
TWO_CHANGES = 5  # the tier of two changes at once


@attrs.frozen
class Convention:
    """How days are counted, turned into the printed unit, and rounded; ``departs`` in words."""

    month: str = DEFAULT_MONTH
    add: int = 0  # days added to end less start
    rounding: str = DEFAULT_ROUNDING

    @property
    def departs(self) -> tuple[str, ...]:
        """Each way in which it is not the default."""
        parts = (
            f"a month of {self.month} days" if self.month != DEFAULT_MONTH else "",
            "both end days counted (one day more)" if self.add else "",
            f"rounding: {ROUNDINGS[self.rounding].says}" if self.rounding in _OTHER_WAYS else "",
        )
        return tuple(part for part in parts if part)

    def wanted(self, claimed: Printed, unit: str) -> Span:
        """The days that a print in a unit of time stands for."""
        span = printed(claimed.text, self.rounding).span
        return in_days(span, days_per(unit, self.month), self.add)


_OTHER_WAYS = ("truncate", "ceil")  # half_up lies within the default
_STATED = Convention()
CONVENTIONS = tuple(
    Convention(month, add, rounding)
    for month, add, rounding in itertools.product(MONTHS, (0, 1), (DEFAULT_ROUNDING, *_OTHER_WAYS))
    if (month, add, rounding) != (DEFAULT_MONTH, 0, DEFAULT_ROUNDING)
)


@attrs.frozen
class _Option:
    """One choice for one side of the definition, and how far it is from the stated one."""

    anchor: Anchor
    tier: int
    changed: bool = False


@attrs.frozen
class _Change:
    """A definition that differs from the stated one in its start, its end or its counting."""

    start: _Option
    end: _Option
    convention: Convention

    @property
    def parts(self) -> frozenset[object]:
        """What is changed."""
        options = ((side, each) for side, each in (("from", self.start), ("to", self.end)))
        changed: list[object] = [(side, id(each)) for side, each in options if each.changed]
        return frozenset([*changed, *self.convention.departs])

    @property
    def count(self) -> int:
        return len(self.parts)

    @property
    def tier(self) -> int:
        if self.only_counted_otherwise:
            return 0
        return TWO_CHANGES if self.count > 1 else max(self.start.tier, self.end.tier)

    @property
    def only_counted_otherwise(self) -> bool:
        """Whether start and end are those stated."""
        return not (self.start.changed or self.end.changed)

    @property
    def says(self) -> str:
        """The change in words, to stand after "reproduced by"."""
        start, end = self.start.anchor, self.end.anchor
        parts = (
            f"a start at {start.says} ({tell(start.span)})" if self.start.changed else "",
            f"an end at {end.says} ({tell(end.span)})" if self.end.changed else "",
            *self.convention.departs,
        )
        return " and ".join(part for part in parts if part)

    def is_part_of(self, other: _Change) -> bool:
        return self.parts < other.parts


def in_days(claimed: Span, unit_days: Fraction, add: int = 0) -> Span:
    """A claimed range in days: ``add`` is what the convention adds to end less start."""
    return claimed.divided_by(1 / unit_days) - add


def explain(
    known: Assessed, line: Line | None, outcome: Outcome, claimed: Printed, unit: str
) -> tuple[tuple[Explanation, ...], int]:
    """The minimal changes of definition that reproduce a claim, best first; how many were tried.

    ``claimed`` is the print in ``unit`` (days, weeks, months, years). A change is minimal where
    no part of it reproduces the claim alone.
    """
    found: list[tuple[_Change, Explanation]] = []
    tried = 0
    for change in sorted(_changes(known, line, outcome), key=lambda each: each.count):
        tried += 1
        if any(known_change.is_part_of(change) for known_change, _ in found):
            continue
        explanation = _fits(change, claimed, unit)
        if explanation is not None:
            found.append((change, explanation))
    return tuple(sorted((each for _, each in found), key=lambda each: each.cost)), tried


def _fits(change: _Change, claimed: Printed, unit: str) -> Explanation | None:
    """The explanation that a change makes, if the dates then allow the print."""
    start, end = change.start.anchor, change.end.anchor
    wanted = change.convention.wanted(claimed, unit)
    days = (end.span - start.span).not_below(0)
    if days is None or weigh(days, wanted) is Call.CONTRADICTED:
        return None
    part = share(start.span, end.span, wanted)
    if not part:  # no day of it fits, or an open end lets any print fit
        return None
    return Explanation(
        says=change.says,
        tier=change.tier,
        changes=change.count,
        call=weigh(days, wanted),
        days=days,
        share=part,
    )


def _changes(known: Assessed, line: Line | None, outcome: Outcome) -> Iterator[_Change]:
    """Every definition within two changes of the stated one, and every way of counting it.

    An interval names both of its events itself; only the counting can be changed there.
    """
    if outcome.elapsed is None:
        return
    origin, stated_end, _ = outcome.elapsed
    starts, ends = [_Option(origin, 0)], [_Option(stated_end, 0)]
    if outcome.endpoint != INTERVAL:
        starts += _others(known, line, outcome.criterion, origin, side="starts")
        ends += _others(known, line, outcome.criterion, stated_end, side="ends")
    for start, end, convention in itertools.product(starts, ends, (_STATED, *CONVENTIONS)):
        change = _Change(start, end, convention)
        moved = start.changed and end.changed
        usual = not moved or max(start.tier, end.tier) <= 1
        near = usual and (change.count <= 2 or change.only_counted_otherwise)
        if change.count and near and start.anchor.event is not end.anchor.event:
            yield change


def _others(
    known: Assessed, line: Line | None, criterion: str, stated: Anchor, side: str
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


def window(outcome: Outcome, wanted: Span) -> str:
    """The dates that would make a claim true, the other end left as it is."""
    days = whole_days(wanted)
    if outcome.elapsed is None or days is None or not days.is_bounded or days.high > LIFE:
        return ""
    origin, end, _ = outcome.elapsed
    if not (origin.span.is_bounded and end.span.is_bounded):
        return ""
    ends, starts = origin.span + days, end.span - days
    return (
        f"it would need an end from {iso(ends.low)} to {iso(ends.high)}, "
        f"or a start from {iso(starts.low)} to {iso(starts.high)}"
    )
