"""Percentages against the counts and the denominators printed beside them."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.arithmetic.percent import PercentOfN, percent_of_n
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.printed import Printed, printed
from timeline.source import Claim


def look_at_percents(evidence: Evidence) -> Iterator[Verdict]:
    """Every percentage that names its denominator, with its count where one is printed."""
    counts = counts_of(evidence.source.claims)
    for claim in evidence.source.claims:
        total = whole(claim.n)
        if claim.kind == "percent" and total and isinstance(claim.value, Printed):
            count = counts.get((claim.about, claim.group))
            yield _verdict(claim, percent_of_n(claim.value, total, count), total)


def counts_of(claims: tuple[Claim, ...]) -> dict[tuple[str, str], int | None]:
    """The printed count of each thing in each group; None where two are printed."""
    found: dict[tuple[str, str], int | None] = {}
    for claim in claims:
        if claim.kind == "count" and isinstance(claim.value, Printed):
            key = (claim.about, claim.group)
            value = int(claim.value.value) if claim.value.value is not None else None
            found[key] = value if found.get(key, value) == value else None
    return found


def whole(text: str) -> int | None:
    if not text:
        return None
    try:
        value = printed(text).value
    except ValueError:
        return None
    return int(value) if value is not None and value == int(value) and value > 0 else None


def _verdict(claim: Claim, found: PercentOfN, total: int) -> Verdict:
    count = "" if found.count is None else f"{found.count} of {total} is {found.expected} %"
    says = f"printed {claim.text} %; {count or _possible(found, total)}"
    notes: tuple[str, ...] = ()
    if found.only_truncated:
        notes = ("reproduced by cutting further digits off, not by rounding (K02)",)
    elif found.fit.value == Call.CONTRADICTED and found.counts and found.count is not None:
        notes = (f"printed so would be {_possible(found, total)}",)
    return Verdict(claim=claim, call=Call(found.fit.value), says=says, notes=notes)


def _possible(found: PercentOfN, total: int) -> str:
    if not found.counts:
        return f"no count of {total} prints so"
    return f"{' or '.join(map(str, found.counts))} of {total}"
