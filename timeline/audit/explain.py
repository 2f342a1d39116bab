"""Which other definition would reproduce a printed duration: a search over rows, never a cause."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.anchors import ANCHORS
from timeline.audit.verdict import Explanation
from timeline.audit.weigh import Call, share, weigh
from timeline.derived import Anchor, Assessed, Outcome
from timeline.edtf import tell
from timeline.lines import Line
from timeline.months import DEFAULT_MONTH, MONTHS
from timeline.span import Span

TWO_CHANGES = 5  # the tier of two changes at once


@attrs.frozen
class Convention:
    """How days are counted and turned into the printed unit."""

    says: str
    days_per_month: Fraction
    add: int = 0  # days added to end less start


CONVENTIONS = (
    *(
        Convention(f"a month of {row.name} days", row.days)
        for row in MONTHS.values()
        if row.name != DEFAULT_MONTH
    ),
    Convention("both end days counted (one day more)", MONTHS[DEFAULT_MONTH].days, 1),
)
_STATED = Convention("", MONTHS[DEFAULT_MONTH].days)


@attrs.frozen
class _Option:
    """One choice for one side of the definition, and how far it is from the stated one."""

    anchor: Anchor
    tier: int
    changed: bool


def in_days(claimed: Span, unit_days: Fraction, add: int = 0) -> Span:
    """A claimed range in days: ``add`` is what the convention adds to end less start."""
    return claimed.divided_by(1 / unit_days) - add


def explain(
    known: Assessed, line: Line | None, outcome: Outcome, claimed: Span, unit: str
) -> tuple[tuple[Explanation, ...], int]:
    """The definitions that reproduce a claim, best first, and how many were tried.

    ``claimed`` is the printed range in ``unit`` (months, or a unit of fixed length in days).
    """
    found, tried = [], 0
    for says, tier, changes, start, end, convention in _hypotheses(known, line, outcome):
        tried += 1
        per_unit = convention.days_per_month if unit == "months" else _fixed(unit)
        wanted = in_days(claimed, per_unit, convention.add)
        days = (end.span - start.span).not_below(0)
        if days is None or weigh(days, wanted) is Call.CONTRADICTED:
            continue
        part = share(start.span, end.span, wanted)
        if part == 0:
            continue
        call = weigh(days, wanted)
        found.append(Explanation(says=says, tier=tier, changes=changes, call=call, days=days,
                                 share=part))  # fmt: skip
    return tuple(sorted(found, key=lambda each: each.cost)), tried


def _fixed(unit: str) -> Fraction:
    return {"days": Fraction(1), "weeks": Fraction(7), "years": Fraction(1461, 4)}[unit]


def _hypotheses(
    known: Assessed, line: Line | None, outcome: Outcome
) -> Iterator[tuple[str, int, int, Anchor, Anchor, Convention]]:
    """Every definition within two changes of the stated one, the stated one left out."""
    if outcome.origin is None or outcome.end is None:
        return
    starts = _options(known, line, outcome.criterion, outcome.origin, side="starts")
    ends = _options(known, line, outcome.criterion, outcome.end, side="ends")
    for start in starts:
        for end in ends:
            for convention in (_STATED, *CONVENTIONS):
                counted = convention is not _STATED
                changes = start.changed + end.changed + counted
                if not 1 <= changes <= 2:
                    continue
                tier = TWO_CHANGES if changes == 2 else max(start.tier, end.tier)
                says = ", ".join(
                    part
                    for part in (
                        _from(start.anchor) if start.changed else "",
                        _to(end.anchor) if end.changed else "",
                        f"with {convention.says}" if counted else "",
                    )
                    if part
                )
                yield says, tier, changes, start.anchor, end.anchor, convention


def _options(
    known: Assessed, line: Line | None, criterion: str, stated: Anchor, side: str
) -> list[_Option]:
    """The stated anchor, then every other moment that may stand on that side."""
    options = [_Option(stated, 0, changed=False)]
    taken = {(id(stated.event), stated.span)}
    for row in ANCHORS.values():
        if not getattr(row, side):
            continue
        for anchor in row.find(known, line, criterion):
            key = (id(anchor.event), anchor.span)
            if key not in taken:
                taken.add(key)
                options.append(_Option(anchor, row.tier, changed=True))
    return options


def _from(anchor: Anchor) -> str:
    return f"from {anchor.says} ({tell(anchor.span)})"


def _to(anchor: Anchor) -> str:
    return f"to {anchor.says} ({tell(anchor.span)})"


def window(outcome: Outcome, wanted: Span) -> str:
    """The dates that would make a claim true, the other end left as it is."""
    if outcome.origin is None or outcome.end is None or not wanted.is_bounded:
        return ""
    ends, starts = outcome.origin.span + wanted, outcome.end.span - wanted
    return (
        f"it would need an end from {_day(ends.low)} to {_day(ends.high)}, "
        f"or a start from {_day(starts.low)} to {_day(starts.high)}"
    )


def _day(value: object) -> str:
    return tell(Span.point(round(value)))  # type: ignore[call-overload]
