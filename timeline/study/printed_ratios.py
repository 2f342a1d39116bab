"""A printed hazard ratio against the patients of a study, and which definition reproduces it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import attrs

from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.problem import near
from timeline.statistics.survival.proportional_hazards import TIES
from timeline.study.analyses import OF_RECORDS, OF_TABLES, TIMES, TimeAnalysis
from timeline.study.patient_values import endpoint_name
from timeline.study.subgroups import GROUPING, groups_of, hazard_ratio_of, strata_of
from timeline.study.summary import COMPARED, StudySummary
from timeline.study.times import followed

_NUMBER = r"[0-9]*\.?[0-9]+"
_PRINTED = re.compile(
    rf"(?P<endpoint>\S+)\s+(?:HR\s*)?(?P<estimate>{_NUMBER})\s*"
    rf"\(\s*(?P<low>{_NUMBER})\s*(?:to|[-–,])\s*(?P<high>{_NUMBER})\s*\)"
    rf"(?:\s*[,;]?\s*p\s*=?\s*(?P<p>[<>]?\s*{_NUMBER}))?"
)
_ADVICE = "write PFS 0.72 (0.52 to 0.98) p 0.04"
_STATISTICS = {"estimate": "estimate", "low": "conf.low", "high": "conf.high", "p": "p.value"}


@attrs.frozen(kw_only=True)
class RatioDefinition:
    """One way to take the hazard ratio of two groups, and what it gives.

    Attributes:
        words: what differs from the definition of the study; empty for that one.
        changes: in how many respects.
        values: estimate, limits and p by name; None where it gives none.
        reason: why it gives none.
    """

    words: str
    changes: int
    values: dict[str, float | None]
    reason: str = ""

    def __str__(self) -> str:
        estimate, low, high, p = (self.values[name] for name in _STATISTICS.values())
        if estimate is None or low is None or high is None or p is None:
            return self.reason or "not estimable"
        return f"{estimate:.3g} ({low:.3g} to {high:.3g}), p {p:.2g}"


@attrs.frozen(kw_only=True)
class RatioCheck:
    """A printed hazard ratio, and the definitions that reproduce every number of it.

    Attributes:
        printed: as printed.
        own: the definition of the study.
        reproduced_by: those that give the printed numbers, the one with the fewest changes first.
        tried: how many definitions were tried.
    """

    printed: str
    own: RatioDefinition
    reproduced_by: tuple[RatioDefinition, ...]
    tried: int

    @property
    def agrees(self) -> bool:
        """Whether the definition of the study reproduces it."""
        return self.own in self.reproduced_by

    @property
    def is_checkable(self) -> bool:
        """Whether any definition gives a ratio."""
        return bool(self.reproduced_by) or self.own.values["estimate"] is not None

    def __str__(self) -> str:
        if self.agrees:
            return f"agrees: printed {self.printed}; the patients give {self.own}"
        if not self.is_checkable:
            return f"not checkable: printed {self.printed}; {self.own}"
        head = f"contradicted: printed {self.printed}; the patients give {self.own}"
        if not self.reproduced_by:
            return f"{head}; none of {self.tried} definitions reproduces it"
        first = self.reproduced_by[0]
        return f"{head}; reproduced {first.words}: {first} ({self.tried} definitions tried)"


def check_ratio(summary: StudySummary, printed: str) -> RatioCheck:
    """Compare a printed hazard ratio with the Cox model of a study.

    The definitions that are tried: ties by Efron or Breslow, no strata or those of each baseline
    variable, and the groups exchanged.

    Args:
        summary: of a study that compares two groups (``compare``).
        printed: endpoint, ratio, limits and perhaps p: ``PFS 0.72 (0.52 to 0.98) p 0.04``.

    Returns:
        Whether it agrees, and which other definition gives every printed number.

    Raises:
        ValueError: nothing is compared, or the text is none.
    """
    if not summary.arms:
        raise ValueError("a hazard ratio, and nothing is compared (name the variable: compare)")
    found = _PRINTED.fullmatch(printed.strip())
    if found is None:
        raise ValueError(f"not a hazard ratio with its limits: {printed!r} ({_ADVICE})")
    cohort = summary.cohort
    times = {endpoint_name(row.endpoint, cohort.criterion): row for row in TIMES[:COMPARED]}
    name = found["endpoint"].rstrip(",:")
    if name not in times:
        raise ValueError(f"no hazard ratio of {name!r} ({near(name, times)})")
    numbers = {key: parse_printed(found[key]) for key in _STATISTICS if found[key]}
    tried = tuple(_definitions(summary, times[name]))
    fits = [each for each in tried if _fits(each, numbers)]
    return RatioCheck(
        printed=printed.strip(),
        own=tried[0],
        reproduced_by=tuple(sorted(fits, key=lambda each: each.changes)),
        tried=len(tried),
    )


def _definitions(summary: StudySummary, time: TimeAnalysis) -> Iterator[RatioDefinition]:
    """Every definition, that of the study first."""
    cohort, settings = summary.cohort, summary.cohort.settings
    members = cohort.members(time.population)
    groups = dict(groups_of(cohort, summary.compare, members))
    found = {name: followed(cohort, time, groups.get(name, ())) for name in summary.arms}
    lacks = {*cohort.lacks, *(OF_RECORDS if cohort.tables else OF_TABLES), summary.compare}
    strata = [each for each in ("", *GROUPING) if each not in lacks]
    own = (settings.ties, summary.strata, False)
    every = list(product(TIES, strata, (False, True)))
    reference, other = summary.arms
    for ties, by, exchanged in sorted(every, key=lambda each: each != own):
        words = [
            f"with {ties}'s ties" if ties != own[0] else "",
            (f"stratified by {by}" if by else "without strata") if by != own[1] else "",
            "with the groups exchanged" if exchanged else "",
        ]
        differs = [each for each in words if each]
        values, reason = hazard_ratio_of(
            found, (other, reference) if exchanged else (reference, other), ties, settings.level,
            strata_of(cohort, by, members) if by else None,
        )  # fmt: skip
        yield RatioDefinition(
            words=" and ".join(differs), changes=len(differs), values=values, reason=reason
        )


def _fits(definition: RatioDefinition, numbers: dict[str, Printed]) -> bool:
    """Whether a definition gives every printed number, rounded in either way."""
    for key, printed in numbers.items():
        value = definition.values[_STATISTICS[key]]
        if value is None or Fraction(value) not in printed.span:
            return False
    return True
