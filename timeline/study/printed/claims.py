"""Printed numbers of a study against its patients: which definition gives them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.verdict import Explanation, Verdict, not_checkable, reproduced_by
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.report.claims import Claim
from timeline.report.printed_statistics import UNREACHED
from timeline.study.cohort import Cohort
from timeline.study.definition import Definition, Value, simplest
from timeline.study.printed.definitions import NOT_REACHED, definitions_of
from timeline.study.subgroups import compared_groups, grouping_of
from timeline.study.summary import StudySummary

_ORDER = (Conclusion.AGREES, Conclusion.POSSIBLE, Conclusion.CONTRADICTED)
_RANK = {conclusion: place for place, conclusion in enumerate((*_ORDER, None))}
_MOST = 3  # definitions that a verdict names
PARTS = ("value", "low", "high", "p", "n")


@attrs.frozen(kw_only=True)
class _PrintedNumber:
    """One number of a claim: its value or one of its limits; None where it was not reached."""

    name: str
    number: Printed | None

    def compare(self, value: Value) -> Conclusion | None:
        """How a computed number stands to it; None where there is none to compare."""
        if self.number is None:
            if value == NOT_REACHED:
                return Conclusion.AGREES
            return None if value is None else Conclusion.CONTRADICTED
        if value is None:
            return None
        if isinstance(value, str):
            return Conclusion.CONTRADICTED
        printed = self.number.span
        if value.low in printed and value.high in printed:
            return Conclusion.AGREES
        return Conclusion.POSSIBLE if value.overlaps(printed) else Conclusion.CONTRADICTED


@attrs.frozen(eq=False)
class PrintedClaims:
    """The patients of a study, which give the numbers that its report prints.

    Attributes:
        summary: the study, with the variable that is compared.
    """

    summary: StudySummary

    @classmethod
    def of(cls, cohort: Cohort, *, compare: str = "", strata: str = "") -> PrintedClaims:
        """The patients of a cohort; nothing is computed before a claim asks for it.

        Args:
            cohort: the patients.
            compare: the variable of two groups; empty: the arm, or of case files the regimen.
            strata: the variable that ratios and tests are stratified by.

        Raises:
            ValueError: a variable is unknown, or ``compare`` has not two groups.
        """
        arms = compared_groups(cohort, compare, "") if compare else ()
        if strata:
            grouping_of(cohort, strata)
        return cls(StudySummary(cohort=cohort, rows=(), compare=compare, arms=arms, strata=strata))

    def verdict(self, claim: Claim) -> Verdict | None:
        """The verdict on a hazard ratio, a p value, a median, a rate or a share; else None.

        Agrees: the definition of the study gives every number that is printed. Possible: it may,
        or another convention does. Contradicted: no convention of this definition does; another
        definition that does is named. Not checkable: the patients give no such number.
        """
        try:
            found = definitions_of(self.summary, claim)
            if found is None:
                return None
            tried = tuple(found)
        except ValueError as fault:
            return not_checkable(claim, str(fault))
        if not tried:
            return None
        return _verdict(claim, tuple(_numbers(claim)), tried)


def _numbers(claim: Claim) -> Iterator[_PrintedNumber]:
    """The numbers of a claim that a definition gives."""
    if claim.printed is not None:
        yield _PrintedNumber(name="value", number=claim.printed)
    elif claim.value == UNREACHED:
        yield _PrintedNumber(name="value", number=None)
    limits = claim.ci or (claim.range if claim.kind == "age" else None)
    if limits is not None:
        yield _PrintedNumber(name="low", number=limits.low)
        yield _PrintedNumber(name="high", number=limits.high)
    if claim.p is not None and claim.kind != "p":
        yield _PrintedNumber(name="p", number=claim.p)
    if claim.n:
        yield _PrintedNumber(name="n", number=parse_printed(claim.n))


def _verdict(
    claim: Claim, numbers: Iterable[_PrintedNumber], tried: tuple[Definition, ...]
) -> Verdict:
    printed = tuple(numbers)
    owns = [each for each in tried if not each.words]  # several limits of rates may be the study's
    own = min(owns, key=lambda each: _RANK[_fit(each, printed)])
    gives = _text(own, printed)
    what = f"printed {_printed_text(claim)}; the patients give {gives}"
    first = _fit(own, printed)
    if first is Conclusion.AGREES:
        return Verdict(claim, first, what, recorded=gives)
    others = [each for each in tried if each.words and _fit(each, printed) is Conclusion.AGREES]
    others = list(simplest(others))
    if first is None and not others:
        return not_checkable(claim, f"the patients give no such number: {own.reason or gives}")
    explained = tuple(
        Explanation(f"{each.words}: {_text(each, printed)}", tier=int(not each.is_convention),
                    changes=each.changes)
        for each in others[:_MOST]
    )  # fmt: skip
    conclusion = first or Conclusion.CONTRADICTED
    if conclusion is Conclusion.CONTRADICTED and any(each.is_convention for each in others):
        conclusion = Conclusion.POSSIBLE
    if conclusion is Conclusion.POSSIBLE and not any(each.is_convention for each in others):
        explained = ()  # the records leave it open, and no other definition is needed
    notes = reproduced_by(explained)
    if not others and len(tried) > 1:
        notes = (f"none of {len(tried)} definitions reproduces it",)
    expected = gives if conclusion is Conclusion.CONTRADICTED and own.is_certain else ""
    return Verdict(
        claim, conclusion, what, notes=notes, explanations=explained, tried=len(tried),
        recorded="; reproduced by ".join((gives, *(each.words for each in others[:1]))),
        expected=expected,
    )  # fmt: skip


def _fit(definition: Definition, numbers: Iterable[_PrintedNumber]) -> Conclusion | None:
    """How a definition fits all printed numbers; None where it gives one of them not at all."""
    found = [each.compare(definition.values.get(each.name)) for each in numbers]
    if Conclusion.CONTRADICTED in found:
        return Conclusion.CONTRADICTED
    if None in found or not found:
        return None
    return max((each for each in found if each is not None), key=_ORDER.index)


def _printed_text(claim: Claim) -> str:
    parts = [claim.figure]
    if claim.ci is not None:
        parts.append(f"({claim.ci})")
    if claim.range is not None and claim.kind == "age":
        parts.append(f"({claim.range})")
    text = " ".join(parts)
    if claim.p is not None and claim.kind != "p":
        text += f", p {claim.p}"
    return text + (f", n {claim.n}" if claim.n else "")


def _text(definition: Definition, printed: Iterable[_PrintedNumber]) -> str:
    """The numbers of a definition, a digit more precise than they are printed."""
    named = {each.name: each.number for each in printed}
    parts = {name: _one(definition.values.get(name), named[name])
             for name in PARTS if name in named}  # fmt: skip
    text = parts.get("value", "")
    if "low" in parts:
        text += f" ({parts['low']} to {parts['high']})"
    text += f", p {parts['p']}" if "p" in parts else ""
    text += f", n {parts['n']}" if "n" in parts else ""
    reason = definition.reason if definition.values.get("value") is None else ""
    return f"{text} ({reason})" if reason else text


def _one(value: Value, printed: Printed | None) -> str:
    if value is None:
        return "none"
    if isinstance(value, str):
        return value
    decimals = 1
    if printed is not None and printed.value is not None:
        decimals = _decimals(printed) + 1
    low, high = (_rounded(end, decimals) for end in (value.low, value.high))
    return low if low == high else f"{low} to {high}"


def _decimals(printed: Printed) -> int:
    _, _, after = str(printed).partition(".")
    return len(after) if after.isdigit() else 0


def _rounded(end: Fraction | float | int, decimals: int) -> str:
    if abs(end) == float("inf"):
        return "not reached"
    if end == int(end):
        return str(int(end))
    text = f"{float(end):.{decimals}f}"
    return f"{float(end):.2g}" if float(text) == 0 else text
