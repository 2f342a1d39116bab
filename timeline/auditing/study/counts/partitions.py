"""Parts that make up a whole: counts, percentages, subgroups."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.claims.cohort import (
    ALL,
    RESPONSES,
    Claims,
    Counts,
    counts_of,
    group_by,
    group_of,
    is_zero,
    number,
    numbers,
    remembered,
    shared_verdict,
    size_of,
    size_text,
    subject_of,
    telling_size,
    total_of,
    whole_number,
)
from timeline.auditing.claims.qualifiers import QUALIFIERS, Assessment, assessed, has_qualifier
from timeline.auditing.compare import Conclusion
from timeline.auditing.verdict import Verdict
from timeline.core.printed_numbers import ROUNDINGS
from timeline.report.claims import Claim
from timeline.statistics.partitions import counts_sum, forced_total, percents_sum
from timeline.statistics.response_rates import subgroup_residual

BEST = "best response"
_Partition = tuple[str, str, str, Assessment]


@remembered
def _parts(claims: Claims, kind: str) -> dict[_Partition, list[Claim]]:
    """The parts of each partition of each group, as one place prints them; each part once.

    Those that two readers tell apart, where a place tells the same parts of both.
    """
    found: dict[_Partition, list[Claim]] = {}
    for claim in claims:
        among = claim.among or (BEST if claim.about in RESPONSES else "")
        if claim.kind == kind and claim.printed and among and not claim.grade:
            found.setdefault((group_of(claim), among, claim.place, ()), []).append(claim)
    every = [each for key, parts in found.items() for each in _by_reader(key, parts)]
    return {key: parts for key, parts in every if len(parts) > 1}


def _by_reader(key: _Partition, parts: list[Claim]) -> Iterator[tuple[_Partition, list[Claim]]]:
    read = group_by(parts, assessed) if _are_told_twice(parts) else {(): parts}
    for how, those in read.items():
        yield (*key[:3], how), list({each.about: each for each in reversed(those)}.values())[::-1]


def _are_told_twice(parts: list[Claim]) -> bool:
    """Whether one part is told of two ways of assessing."""
    ways = group_by(parts, lambda each: each.about).values()
    return any(len({assessed(each) for each in those}) > 1 for those in ways)


def _is_whole(parts: list[Claim]) -> bool:
    """Whether the report's encoder says that the parts make up the whole, all of it shown."""
    shown = not any(has_qualifier(claim, "not all shown") for claim in parts)
    return shown and all(claim.among for claim in parts)


def _may_overlap(parts: list[Claim]) -> bool:
    """Whether their name or a note says that one patient may be in several parts."""
    row = QUALIFIERS["not exclusive"]
    return any(row.words.search(f"{each.among} {each.note}") for each in parts)


def look_at_counts(claims: Claims) -> Iterator[Verdict]:
    """Counts of parts that exclude each other make up their whole (K04)."""
    for (_, among, *_), parts in _parts(claims, "count").items():
        spoken = [k for k in map(number, parts) if k is not None]
        totals = {total_of(claim, claims) for claim in parts}
        total = totals.pop() if len(totals) == 1 else None
        if total is None or len(spoken) < len(parts):
            continue
        found = counts_sum(spoken, total)
        if found.missing < 0 and _may_overlap(parts):
            continue
        description = (
            f"printed {' + '.join(claim.text for claim in parts)} = {found.total}, of {total}"
        )
        if found.missing < 0 or (found.missing and _is_whole(parts)):
            many = "too many" if found.missing < 0 else f"in no part of {among}"
            yield from shared_verdict(
                parts, Conclusion.CONTRADICTED, f"{description}: {abs(found.missing)} {many}"
            )
        elif not found.missing:
            yield from shared_verdict(parts, Conclusion.AGREES, description)


def look_at_shares(claims: Claims) -> Iterator[Verdict]:
    """No more patients have a thing than there are (K04); what one may have twice is left out."""
    for claim in claims:
        k, n = number(claim) if claim.kind in ("count", "events") else None, whole_number(claim.n)
        yield from _of_nobody(claim)
        if k and n and k > n and not has_qualifier(claim, "more than one each"):
            description = f"printed {claim.text}, of {n}"
            yield Verdict(claim=claim, call=Conclusion.CONTRADICTED, description=description)


def _of_nobody(claim: Claim) -> Iterator[Verdict]:
    """Of no patients nobody has a thing, and there is no share above nought of them."""
    counted = claim.kind in ("count", "events", "percent") and is_zero(claim.n)
    if counted and claim.printed and claim.printed.span.low > 0:
        sign = " %" if claim.kind == "percent" else ""
        description = f"printed {claim.text}{sign}, of {claim.n} patients"
        yield Verdict(claim=claim, call=Conclusion.CONTRADICTED, description=description)


def look_at_percents_of_parts(claims: Claims) -> Iterator[Verdict]:
    """Percentages of such parts make up 100, within what rounding allows (K05)."""
    counts = counts_of(claims)
    for (_, among, place, _), parts in _parts(claims, "percent").items():
        printed = numbers(parts)
        if not all(each.span.is_bounded for each in printed):
            continue
        found = percents_sum(printed)
        low, high = float(found.total.low), float(found.total.high)
        description = f"printed {' + '.join(claim.text for claim in parts)}: {low:g} to {high:g} %"
        if (low > 100 and _may_overlap(parts)) or len({whole_number(each.n) for each in parts}) > 1:
            continue
        if found.fit.value == Conclusion.AGREES:
            note = (FORCED,) if _is_forced(parts, counts) else ()
            yield from shared_verdict(parts, Conclusion.AGREES, description, note)
        elif high >= 100 or (_is_whole(parts) and not _left_out(claims, among, place, parts)):
            ways = [ROUNDINGS[name].description for name in found.roundings]
            notes = (f"reproduced only if {' or '.join(ways)}",) if ways else ()
            yield from shared_verdict(parts, Conclusion(found.fit.value), description, notes)


FORCED = "reproduced by moving last digits so that the parts add up to 100 exactly"


def _is_forced(parts: list[Claim], counts: Counts) -> bool:
    """Whether correct percentages of the counts would not add up to 100, and the prints do."""
    told = [k for claim in parts if (k := counts.get(subject_of(claim))) is not None]
    known = len(told) == len(numbers(parts)) and any(told)
    return known and forced_total(numbers(parts), told)


def forced_with(claim: Claim, claims: Claims) -> bool:
    """Whether a percentage stands among parts that were made to add up to 100."""
    return id(claim) in _forced(claims)


@remembered
def _forced(claims: Claims) -> frozenset[int]:
    """The percentages of parts that were made to add up to 100, by their ids."""
    counts = counts_of(claims)
    every = _parts(claims, "percent").values()
    return frozenset(id(part) for parts in every if _is_forced(parts, counts) for part in parts)


def _left_out(claims: Claims, among: str, place: str, parts: list[Claim]) -> bool:
    """Whether the same place tells a part, not of nought, without its percentage."""
    named = {claim.about for claim in parts}
    return bool(_counted(claims).get((among, place), set()) - named)


@remembered
def _counted(claims: Claims) -> dict[tuple[str, str], set[str]]:
    """What each place counts of each partition, not nought."""
    found: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        if claim.kind == "count" and number(claim):
            found.setdefault((claim.among, claim.place), set()).add(claim.about)
    return found


def look_at_sizes(claims: Claims) -> Iterator[Verdict]:
    """The size of a group is the count of the part that it is (K08)."""
    groups = dict.fromkeys(group_of(claim) for claim in claims if group_of(claim) != ALL)
    for group in groups:
        sizes = telling_size(claims).get(group, [])
        spoken = list({size_text(claim, group): claim for claim in reversed(sizes)}.values())
        if len({claim.about for claim in spoken}) > 1:
            told = ", ".join(f"{claim.text} [{claim.place}]" for claim in reversed(spoken))
            description = f"printed size of {group}: {told}"
            yield from shared_verdict(spoken[::-1], Conclusion.CONTRADICTED, description)


def look_at_subgroups(claims: Claims) -> Iterator[Verdict]:
    """What is told of subgroups leaves no negative rest of the whole (K08)."""
    counts = counts_of(claims)
    total = size_of(claims)
    groups = {group_of(claim) for claim in claims} - {ALL}
    yield from _within_whole(claims, groups)
    if len({claim.criterion for claim in claims if claim.about in RESPONSES}) > 1:
        return  # responses by two criteria are no parts of one another
    parts: dict[str, set[str]] = {}
    for claim in claims:
        parts.setdefault(claim.among, set()).add(claim.about)
    for among in filter(None, parts):
        told = sorted(groups & parts[among])
        sizes = {group: size_of(claims, group) for group in told}
        if told and total is not None and None not in sizes.values():
            yield from _residual(claims, counts, total, {g: n for g, n in sizes.items() if n})


def _within_whole(claims: Claims, groups: set[str]) -> Iterator[Verdict]:
    """No part of the patients has a thing more often than all of them (K08)."""
    parts = {c.about for c in claims if c.among and c.about in groups} & groups
    whole_ = {
        (c.about, c.grade, c.criterion, c.of, assessed(c)): c
        for c in claims
        if c.kind == "count" and group_of(c) == ALL and number(c) is not None
    }
    for claim in claims:
        how = assessed(claim)
        most = whole_.get((claim.about, claim.grade, claim.criterion, claim.of, how))
        k = number(claim) if claim.kind == "count" and group_of(claim) in parts else None
        if k is not None and most is not None and k > (number(most) or 0):
            description = f"printed {claim.text} of {claim.group}, {most.text} of all"
            yield from shared_verdict([most, claim], Conclusion.CONTRADICTED, description)


def _residual(
    claims: Claims,
    counts: Counts,
    total: int,
    sizes: dict[str, int],
) -> Iterator[Verdict]:
    """The best responses of the whole against those of its subgroups."""
    of_all = [counts.get((name, ALL, (), ())) for name in RESPONSES]
    told = [name for name, count in zip(RESPONSES, of_all, strict=True) if count is not None]
    if not told or not any((name, group, (), ()) in counts for name in told for group in sizes):
        return
    rows = [[counts.get((name, group, (), ())) or 0 for name in told] for group in sizes]
    found = subgroup_residual(
        [count for count in of_all if count is not None], rows, total, list(sizes.values())
    )
    rest = ", ".join(f"{name} {k}" for name, k in zip(told, found.rest, strict=True))
    description = (
        f"left for the {found.n} patients of no subgroup told ({', '.join(sizes)} are): {rest}"
    )
    spoken = [
        claim
        for claim in claims
        if claim.kind == "count" and claim.about in told and group_of(claim) in sizes
    ]
    yield from shared_verdict(spoken, Conclusion(found.fit.value), description)
