"""A printed hazard ratio against the patients of a study, and which definition reproduces it."""

from __future__ import annotations

import re

import attrs

from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.problem import near
from timeline.core.span import Span
from timeline.report.claims import Claim
from timeline.study.analyses import TIMES
from timeline.study.definition import Definition
from timeline.study.patient_values import endpoint_name
from timeline.study.printed.definitions import hazard_definitions
from timeline.study.summary import COMPARED, StudySummary

_NUMBER = r"[0-9]*\.?[0-9]+"
_PRINTED = re.compile(
    rf"(?P<endpoint>\S+)\s+(?:HR\s*)?(?P<value>{_NUMBER})\s*"
    rf"\(\s*(?P<low>{_NUMBER})\s*(?:to|[-–,])\s*(?P<high>{_NUMBER})\s*\)"
    rf"(?:\s*[,;]?\s*p\s*=?\s*(?P<p>[<>]?\s*{_NUMBER}))?"
)
_ADVICE = "write PFS 0.72 (0.52 to 0.98) p 0.04"
_PARTS = ("value", "low", "high", "p")


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
    own: Definition
    reproduced_by: tuple[Definition, ...]
    tried: int

    @property
    def agrees(self) -> bool:
        """Whether the definition of the study reproduces it."""
        return self.own in self.reproduced_by

    @property
    def is_checkable(self) -> bool:
        """Whether any definition gives a ratio."""
        return bool(self.reproduced_by) or self.own.values["value"] is not None

    def __str__(self) -> str:
        if self.agrees:
            return f"agrees: printed {self.printed}; the patients give {_text(self.own)}"
        if not self.is_checkable:
            return f"not checkable: printed {self.printed}; {_text(self.own)}"
        head = f"contradicted: printed {self.printed}; the patients give {_text(self.own)}"
        if not self.reproduced_by:
            return f"{head}; none of {self.tried} definitions reproduces it"
        first = self.reproduced_by[0]
        return (
            f"{head}; reproduced by {first.words}: {_text(first)} ({self.tried} definitions tried)"
        )


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
    numbers = {key: parse_printed(found[key]) for key in _PARTS if found[key]}
    value = numbers["value"]
    claim = Claim(kind="HR", text=value.text, value=value, about=name)
    tried = tuple(hazard_definitions(summary, claim, times[name]))
    fits = [each for each in tried if _fits(each, numbers)]
    return RatioCheck(
        printed=printed.strip(),
        own=tried[0],
        reproduced_by=tuple(sorted(fits, key=lambda each: each.changes)),
        tried=len(tried),
    )


def _text(definition: Definition) -> str:
    """``0.72 (0.52 to 0.98), p 0.04`` of what it gives, or why it gives none."""
    found = [definition.values.get(name) for name in _PARTS]
    if any(not isinstance(each, Span) for each in found):
        return definition.reason or "not estimable"
    estimate, low, high, p = (float(each.low) for each in found if isinstance(each, Span))
    return f"{estimate:.3g} ({low:.3g} to {high:.3g}), p {p:.2g}"


def _fits(definition: Definition, numbers: dict[str, Printed]) -> bool:
    """Whether a definition gives every printed number, rounded in either way."""
    for key, printed in numbers.items():
        value = definition.values[key]
        if not isinstance(value, Span) or value.low not in printed.span:
            return False
    return True
