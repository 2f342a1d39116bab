"""Counts and groups in the claims of a report, and the checks that take all of its claims."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, Concatenate, ParamSpec, TypeVar

import attrs

from timeline.auditing.claims.qualifiers import Assessment, assessed
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.possible_values import possible_text
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import MONTHS, days_per
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


@attrs.frozen
class _Identity:
    """Claims as a key of a cache: equal only to the same tuple."""

    claims: Claims = attrs.field(eq=id)


def cached_by_claims(
    work: Callable[Concatenate[Claims, More], Found],
) -> Callable[Concatenate[Claims, More], Found]:
    """Cache a function of all claims of a report, which many checks call for each claim."""
    plain: Callable[..., Found] = work

    @functools.lru_cache(maxsize=64)
    def cached(key: _Identity, more: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> Found:
        return plain(key.claims, *more, **dict(named))

    @functools.wraps(work)
    def wrapper(claims: Claims, /, *more: More.args, **named: More.kwargs) -> Found:
        return cached(_Identity(claims), more, tuple(named.items()))

    return wrapper


def check_own(*checks: Check) -> Callable[[Evidence], Iterator[Verdict]]:
    """Apply checks to the claims about the report's own patients."""

    def check(evidence: Evidence) -> Iterator[Verdict]:
        for each in checks:
            yield from each(evidence.own)

    return check


def check_cited(*checks: Check) -> Callable[[Evidence], Iterator[Verdict]]:
    """Apply checks to the claims about each cited study by itself."""

    def check(evidence: Evidence) -> Iterator[Verdict]:
        cited = (each for each in evidence.report.claims if each.study and possible_text(each))
        for study in group_by(cited, lambda claim: claim.study).values():
            claims = tuple(study)
            for each in checks:
                yield from each(claims)

    return check


def group_by(items: Iterable[Each], key: Callable[[Each], Key]) -> dict[Key, list[Each]]:
    """Items by their key; keys and items in the order of their first appearance."""
    found: dict[Key, list[Each]] = {}
    for each in items:
        found.setdefault(key(each), []).append(each)
    return found


def group_of(claim: Claim) -> str:
    """The group of patients of a claim; ``ALL`` where it names none."""
    return claim.group or ALL


@functools.lru_cache(maxsize=1024)
def whole_number(text: str) -> int | None:
    """A printed denominator as a number of patients; None unless a whole number above 0."""
    try:
        value = parse_printed(text).value
    except ValueError:
        return None
    return int(value) if value is not None and value == int(value) and value > 0 else None


def is_zero(text: str) -> bool:
    """Whether a printed denominator is 0."""
    return text.strip().lower() in ("0", "zero", "none")


def number(claim: Claim) -> int | None:
    """The whole number of a count as printed; None where it is hedged or a range."""
    value = claim.printed.value if claim.printed else None
    return int(value) if value is not None and value == int(value) else None


def subject_of(claim: Claim) -> Subject:
    """The subject of a count or a percentage."""
    grades = claim.grade.values if claim.grade else ()
    return claim.about, group_of(claim), grades, assessed(claim)


@cached_by_claims
def counts_of(claims: Claims) -> Counts:
    """The printed count of each subject; None where two different counts are printed."""
    found: dict[Subject, int | None] = {}
    for claim in claims:
        if claim.kind == "count" and claim.printed:
            value = number(claim)
            found[subject_of(claim)] = (
                value if found.get(subject_of(claim), value) == value else None
            )
    return found


def response_of(counts: Counts, name: str, rate: Claim) -> int | None:
    """The count of a best response among the patients of a rate, assessed as the rate is.

    For a rate of confirmed responses, else a count that does not state whether it is of confirmed
    ones: no more than these are confirmed.
    """
    how = assessed(rate)
    count = counts.get((name, group_of(rate), (), how))
    if count is None and "confirmed" in how and "unconfirmed" not in how:
        rest = tuple(each for each in how if each != "confirmed")
        return counts.get((name, group_of(rate), (), rest))
    return count


_SIZES = ("patients", "enrolled")


def size_of(claims: Claims, group: str = ALL) -> int | None:
    """The number of patients of a group; None unless exactly one number is printed for it."""
    sizes = _sizes(claims).get(group, frozenset())
    return next(iter(sizes)) if len(sizes) == 1 else None


@cached_by_claims
def _sizes(claims: Claims) -> dict[str, frozenset[int]]:
    """The sizes printed of each group."""
    return {
        group: frozenset(size for each in stating if (size := stated_size(each, group)) is not None)
        for group, stating in size_claims(claims).items()
    }


@cached_by_claims
def size_claims(claims: Claims) -> dict[str, list[Claim]]:
    """The claims that state the size of each group."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        groups = {group_of(claim), claim.about} if claim.kind == "count" else set()
        for group in groups:
            if stated_size(claim, group) is not None:
                found.setdefault(group, []).append(claim)
    return found


def stated_size(claim: Claim, group: str) -> int | None:
    """The size of a group as a claim states it: for itself, or as a part of all; else None."""
    if claim.kind != "count" or claim.grade:
        return None
    of_group = claim.about in _SIZES and group_of(claim) == group
    as_part = group != ALL and claim.about == group and group_of(claim) == ALL
    return number(claim) if of_group or as_part else None


def total_of(claim: Claim, claims: Claims) -> int | None:
    """The denominator of a claim: printed with it, else the size of its group."""
    return whole_number(claim.n) if claim.n else size_of(claims, group_of(claim))


def in_days(span: Span, unit: str) -> Span:
    """The days that a printed time can mean, with every length of a month and count of end days.

    Both ends included.
    """
    every = functools.reduce(
        Span.hull, (span.divided_by(1 / days_per(unit, name)) for name in MONTHS)
    )
    return every.hull(every - 1)


def possible_days(number: Printed, unit: str) -> Span:
    """The days that a printed time can mean, with every length of a month and every rounding."""
    return functools.reduce(
        Span.hull, (in_days(rounded_range(number, name), unit) for name in ROUNDINGS)
    )


def numbers(claims: Iterable[Claim]) -> tuple[Printed, ...]:
    """The printed numbers of claims; a claim in words has none."""
    return tuple(claim.printed for claim in claims if claim.printed)


def shared_verdict(
    claims: Iterable[Claim], conclusion: Conclusion, description: str, notes: tuple[str, ...] = ()
) -> Iterator[Verdict]:
    """One verdict on several claims: AGREES for each of them, any other for the last alone.

    The further claims are the ``others`` of each verdict.
    """
    every = tuple(claims)
    for claim in every if conclusion is Conclusion.AGREES else every[-1:]:
        others = tuple(each for each in every if each is not claim)
        yield Verdict(claim, conclusion, description, notes=notes, others=others)


def contradiction_only(fit: Consistency) -> Conclusion:
    """CONTRADICTED where a required order is broken, else AGREES: equal printed values keep it."""
    return Conclusion.CONTRADICTED if fit is Consistency.CONTRADICTED else Conclusion.AGREES
