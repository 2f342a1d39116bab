"""What a report tells of some patients: its counts, its groups, and looks at all it tells."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

from timeline.auditing.claims.qualifiers import Assessment, assessed
from timeline.auditing.compare import Conclusion
from timeline.auditing.possible_values import possible_text
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.core.durations import MONTHS, days_per
from timeline.core.printed_numbers import ROUNDINGS, Printed, parse_printed
from timeline.core.span import Span
from timeline.report.claims import Claim
from timeline.statistics.rounding import Consistency, rounded_range

Claims = tuple[Claim, ...]
Check = Callable[[Claims], Iterable[Verdict]]
Key = TypeVar("Key", bound=Hashable)
Each = TypeVar("Each")
More = ParamSpec("More")
Found = TypeVar("Found")
ALL = "all"
# What is counted, in which patients, of which grades, and how it was assessed.
Subject = tuple[str, str, tuple[int, ...], Assessment]
Counts = Mapping[Subject, int | None]
RESPONSES = ("CR", "PR", "SD", "PD", "NE")


class _Same:
    """Claims as a key: the same tuple, not an equal one."""

    __slots__ = ("claims",)

    def __init__(self, claims: Claims) -> None:
        self.claims = claims

    def __hash__(self) -> int:
        return id(self.claims)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.claims is self.claims


def remembered(
    work: Callable[Concatenate[Claims, More], Found],
) -> Callable[Concatenate[Claims, More], Found]:
    """Worked out once of the same claims: those of a report are asked thousands of times."""
    plain: Callable[..., Found] = work

    @functools.lru_cache(maxsize=64)
    def kept(same: _Same, more: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> Found:
        return plain(same.claims, *more, **dict(named))

    @functools.wraps(work)
    def asked(claims: Claims, /, *more: More.args, **named: More.kwargs) -> Found:
        return kept(_Same(claims), more, tuple(named.items()))

    return asked


def of_own(check: Check) -> Callable[[Evidence], Iterable[Verdict]]:
    """A check of the figures of the report's own patients."""
    return lambda evidence: check(evidence.own)


def of_own_each(*checks: Check) -> Callable[[Evidence], Iterator[Verdict]]:
    """Several checks of the figures of the report's own patients."""

    def at_each(evidence: Evidence) -> Iterator[Verdict]:
        for check in checks:
            yield from check(evidence.own)

    return at_each


def of_cited(*checks: Check) -> Callable[[Evidence], Iterator[Verdict]]:
    """Checks of the figures of each cited study by itself."""

    def at_each_study(evidence: Evidence) -> Iterator[Verdict]:
        cited = (each for each in evidence.report.claims if each.study and possible_text(each))
        for told in group_by(cited, _study).values():
            claims = tuple(told)
            for check in checks:
                yield from check(claims)

    return at_each_study


def _study(claim: Claim) -> str:
    return claim.study


def group_by(those: Iterable[Each], key: Callable[[Each], Key]) -> dict[Key, list[Each]]:
    """Things by what they share, in the order in which they are told."""
    found: dict[Key, list[Each]] = {}
    for each in those:
        found.setdefault(key(each), []).append(each)
    return found


def group_of(claim: Claim) -> str:
    """Which patients a claim speaks of; all of them where it does not say."""
    return claim.group or ALL


@functools.lru_cache(maxsize=1024)
def whole_number(text: str) -> int | None:
    """A printed denominator as a number of patients; None where it is none."""
    try:
        value = parse_printed(text).value
    except ValueError:
        return None
    return int(value) if value is not None and value == int(value) and value > 0 else None


def is_zero(text: str) -> bool:
    """Whether a printed denominator is nought."""
    return text.strip().lower() in ("0", "zero", "none")


def number(claim: Claim) -> int | None:
    """The whole number of a count as printed; None where it is hedged or a range."""
    value = claim.printed.value if claim.printed else None
    return int(value) if value is not None and value == int(value) else None


def subject_of(claim: Claim) -> Subject:
    """What a count or a percentage is of."""
    grades = claim.grade.values if claim.grade else ()
    return claim.about, group_of(claim), grades, assessed(claim)


@remembered
def counts_of(claims: Claims) -> Counts:
    """The printed count of each thing; None where two are printed."""
    found: dict[Subject, int | None] = {}
    for claim in claims:
        if claim.kind == "count" and claim.printed:
            value = number(claim)
            found[subject_of(claim)] = (
                value if found.get(subject_of(claim), value) == value else None
            )
    return found


def response_of(counts: Counts, name: str, rate: Claim) -> int | None:
    """The count of a best response of the patients of a rate, assessed as the rate is.

    Beside a rate of confirmed responses also one of which nothing is said: no more are confirmed.
    """
    how = assessed(rate)
    count = counts.get((name, group_of(rate), (), how))
    if count is None and "confirmed" in how and "unconfirmed" not in how:
        rest = tuple(each for each in how if each != "confirmed")
        return counts.get((name, group_of(rate), (), rest))
    return count


_SIZES = ("patients", "enrolled")


def size_of(claims: Claims, group: str = ALL) -> int | None:
    """How many patients a group has, where one number only is printed for it."""
    sizes = _sizes(claims).get(group, frozenset())
    return next(iter(sizes)) if len(sizes) == 1 else None


@remembered
def _sizes(claims: Claims) -> dict[str, frozenset[int]]:
    """The sizes printed of each group."""
    return {
        group: frozenset(size for each in told if (size := size_text(each, group)) is not None)
        for group, told in telling_size(claims).items()
    }


@remembered
def telling_size(claims: Claims) -> dict[str, list[Claim]]:
    """The claims that tell the size of each group."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        groups = {group_of(claim), claim.about} if claim.kind == "count" else set()
        for group in groups:
            if size_text(claim, group) is not None:
                found.setdefault(group, []).append(claim)
    return found


def size_text(claim: Claim, group: str) -> int | None:
    """The size of a group, where a claim tells it: of itself, or as a part of all."""
    if claim.kind != "count" or claim.grade:
        return None
    of_group = claim.about in _SIZES and group_of(claim) == group
    as_part = group != ALL and claim.about == group and group_of(claim) == ALL
    return number(claim) if of_group or as_part else None


def total_of(claim: Claim, claims: Claims) -> int | None:
    """The denominator of a claim: as printed with it, or the size of its group."""
    return whole_number(claim.n) if claim.n else size_of(claims, group_of(claim))


def in_days(span: Span, unit: str) -> Span:
    """The days that a printed time can stand for, under every month and counting of end days."""
    ways = [span.divided_by(1 / days_per(unit, name)) for name in MONTHS]
    every = ways[0]
    for way in ways[1:]:
        every = every.hull(way)
    return every.hull(every - 1)


def could_take(number: Printed, unit: str) -> Span:
    """The days that a printed time can stand for under every month and every rounding."""
    ways = [in_days(rounded_range(number, name), unit) for name in ROUNDINGS]
    return functools.reduce(Span.hull, ways)


def numbers(claims: Iterable[Claim]) -> tuple[Printed, ...]:
    """The prints of some claims that are numbers."""
    return tuple(claim.printed for claim in claims if claim.printed)


def shared_verdict(
    claims: Iterable[Claim], call: Conclusion, description: str, notes: tuple[str, ...] = ()
) -> Iterator[Verdict]:
    """A verdict on several claims at once: agreement is said of each, all else of the last.

    What is printed last is what makes the whole wrong; the others stand beside it.
    """
    every = tuple(claims)
    for claim in every if call is Conclusion.AGREES else every[-1:]:
        others = tuple(each for each in every if each is not claim)
        yield Verdict(claim=claim, call=call, description=description, notes=notes, others=others)


def contradiction_only(fit: Consistency) -> Conclusion:
    """The call of an order that only a contradiction breaks: equal prints are no fault."""
    return Conclusion.CONTRADICTED if fit is Consistency.CONTRADICTED else Conclusion.AGREES
