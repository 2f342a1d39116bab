"""Ratios of one line's time to that of the line before: the patient as his own control."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from fractions import Fraction

import attrs

from timeline.core.calendar.durations import NOT_DETERMINABLE, range_text
from timeline.core.span import NEVER_ENDS, Number, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.results.statuses import Outcome


@attrs.frozen(kw_only=True)
class RatioKind:
    """A ratio: of which endpoint, and from which value on it means benefit.

    ``title``: its name in full. ``judged``: what a value says of the cutoff, in words, where it is
    benefit, where it is none, and where the dates allow both.
    """

    name: str
    title: str
    endpoint: str
    cutoff: Fraction
    reached_at: bool  # the cutoff itself counts as benefit
    judged: Mapping[bool | None, str]
    source: str


RATIOS = (
    RatioKind(
        name="PFS ratio",
        title="PFS ratio",
        endpoint="PFS",
        cutoff=Fraction("1.3"),
        reached_at=True,
        judged={True: "at least 1.3", False: "below 1.3", None: "1.3 may be reached or not"},
        source="von Hoff 2010, J Clin Oncol 28:4877: at least 1.3",
    ),
    RatioKind(
        name="GMI",
        title="growth modulation index (GMI)",
        endpoint="TTP",
        cutoff=Fraction("1.33"),
        reached_at=False,
        judged={
            True: "above 1.33",
            False: "not above 1.33",
            None: "1.33 may be exceeded or not",
        },
        source="growth modulation index, Penel 2013, Ann Oncol 24:537: above 1.33",
    ),
)


@attrs.frozen(kw_only=True)
class Ratio:
    """A ratio as the ranges that the record allows; a censored numerator makes it a lower bound.

    ``span`` holds all of them, ``parts`` each that is apart from the others.
    """

    name: str
    line: int
    span: Span | None
    parts: tuple[Span, ...] = ()
    lower_bound: bool = False
    benefit: bool | None = None  # None: the dates allow both
    reason: str = ""
    source: str = ""

    @property
    def description(self) -> str:
        """``1.23 to 1.52; 1.3 may be reached or not``, or why there is none."""
        if self.span is None:
            return self.reason
        value = " or ".join(dict.fromkeys(map(range_text, self.parts or (self.span,))))
        if self.lower_bound or isinstance(self.span.high, float):
            value = range_text(Span(self.span.low, NEVER_ENDS))
        if value == NOT_DETERMINABLE:
            return ": ".join(part for part in (value, self.reason) if part)
        judged = self.kind.judged[self.benefit]
        return "; ".join(part for part in (value, judged, self.reason) if part)

    @property
    def kind(self) -> RatioKind:
        """The row of its kind."""
        return next(row for row in RATIOS if row.name == self.name)


def pfs_ratios(derived: DerivedCase) -> tuple[Ratio, ...]:
    """Every ratio of every line but the first."""
    lines = [line.number for line in derived.case.lines]
    return tuple(
        _ratio(row, line, derived.outcome(row.endpoint, line), derived.outcome(row.endpoint, last))
        for row in RATIOS
        for last, line in itertools.pairwise(lines)
    )


def _ratio(row: RatioKind, line: int, over: Outcome | None, under: Outcome | None) -> Ratio:
    base = Ratio(name=row.name, line=line, span=None, source=row.source)
    if over is None or under is None or over.days is None or under.days is None:
        return attrs.evolve(base, reason="one of the two times cannot be derived")
    open_ = under if under.event is not True else over if over.event is None else None
    if open_ is not None:
        reason = f"the time of line {open_.line} is {_state(open_)}: no ratio can be formed"
        return attrs.evolve(base, reason=reason)
    parts = _ratio_ranges(over, under)
    if not parts:
        return attrs.evolve(base, reason=f"the time of line {under.line} is 0 days")
    lower, whole = over.event is False, parts[0].hull(parts[-1])
    reasons = [f"the time of line {line} is censored"] if lower else []
    if whole.low == 0 and (lower or whole.high == NEVER_ENDS):  # nothing is known of the ratio
        reasons = list(_without_bound(over, under))
    return attrs.evolve(
        base,
        span=whole,
        parts=parts,
        lower_bound=lower,
        benefit=_benefit(row, parts, lower=lower),
        reason="; ".join(reasons),
    )


def _without_bound(over: Outcome, under: Outcome) -> Iterator[str]:
    """Why two times leave every ratio possible: what bounds the ratio neither below nor above."""
    if under.days is not None and under.days.high == NEVER_ENDS:
        yield f"the time of line {under.line} has no upper bound"
    elif over.days is not None and over.days.low == 0:
        yield f"the time of line {over.line} may be 0 days"
    if over.event is False:
        yield f"the time of line {over.line} is censored"
    elif over.days is not None and over.days.high == NEVER_ENDS:
        yield f"the time of line {over.line} has no upper bound"
    elif under.days is not None and under.days.low == 0:
        yield f"the time of line {under.line} may be 0 days"


def _state(outcome: Outcome) -> str:
    """The state of a time; of one that the record leaves open with what decides it."""
    states = [f"{each.state} {each.condition}".strip() for each in outcome.alternatives]
    told = outcome.event is None and outcome.is_evaluable and len(states) > 1
    return outcome.printed_state + f" ({'; '.join(dict.fromkeys(states))})" * told


def _ratio_ranges(over: Outcome, under: Outcome) -> tuple[Span, ...]:
    """The quotients of each two values, the least first; those that overlap are one."""
    pairs = itertools.product(over.together, under.together)
    spans = (quotient(one.days, other.days) for one, other in pairs)
    found: list[Span] = []
    for each in sorted((span for span in spans if span), key=lambda span: (span.low, span.high)):
        joins = found and found[-1].overlaps(each)
        found.append(found.pop().hull(each) if joins else each)
    return tuple(found)


def quotient(over: Span, under: Span) -> Span | None:
    """Every quotient of two spans of days, none below 0; None where the divisor is 0."""
    if under.high == 0:
        return None
    least = Fraction(0) if math.isinf(under.high) else Fraction(over.low) / Fraction(under.high)
    most: Number = NEVER_ENDS
    if under.low != 0 and not math.isinf(over.high):
        most = Fraction(over.high) / Fraction(under.low)
    return Span(least, most)


def _benefit(row: RatioKind, parts: tuple[Span, ...], *, lower: bool) -> bool | None:
    """Whether the cutoff is reached by every, by no, or by some of the allowed values."""
    reached = Span(row.cutoff, NEVER_ENDS, row.reached_at)
    if all(span.within(reached) for span in parts):
        return True
    if lower or any(span.overlaps(reached) for span in parts):
        return None
    return False
