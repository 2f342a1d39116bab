"""Arms of a study beside all of its patients: what two arms have is no more than all have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from timeline.auditing.claims.cohort import (
    ALL,
    Claims,
    group_by,
    number,
    shared_verdict,
    whole_number,
)
from timeline.auditing.claims.qualifiers import assessed
from timeline.auditing.compare import Conclusion
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim

# Arms that a letter or a number names exclude each other; other names may be of one arm twice.
_ARM = re.compile(r"arm (?:[a-z]|[0-9]|i{1,3}|iv)", re.IGNORECASE)


def look_at_arms(claims: Claims) -> Iterator[Verdict]:
    """What is counted in the arms of one place is no more than what all have there (K08)."""
    told = [c for c in claims if c.kind == "count" and (c.group == ALL or _ARM.fullmatch(c.group))]
    for several in group_by(told, _what).values():
        yield from _above(several, number, "")
    for several in group_by(told, lambda each: each.place).values():
        yield from _above(several, lambda each: whole_number(each.n), "n ")


def _what(claim: Claim) -> tuple[object, ...]:
    of = (claim.place, claim.about, claim.grade, claim.statistic)
    return (*of, claim.criterion, claim.of, claim.at, claim.line, claim.unit, assessed(claim))


def _above(
    several: list[Claim], count: Callable[[Claim], int | None], named: str
) -> Iterator[Verdict]:
    """A sum of two arms or more that is larger than the number of all."""
    numbers = {
        group: {count(each) for each in those}
        for group, those in group_by(several, lambda each: each.group).items()
    }
    if ALL not in numbers or len(numbers) < 3 or any(len(n) > 1 for n in numbers.values()):
        return
    known = {group: n for group, those in numbers.items() for n in those if n is not None}
    most, arms = known.get(ALL), {group: n for group, n in known.items() if group != ALL}
    if most is None or sum(arms.values()) <= most:
        return
    first = list({each.group: each for each in reversed(several)}.values())[::-1]
    added = " + ".join(f"{n} ({group})" for group, n in arms.items())
    description = f"printed {named}{added} = {sum(arms.values())}, and {most} of all"
    yield from shared_verdict(first, Conclusion.CONTRADICTED, description)
