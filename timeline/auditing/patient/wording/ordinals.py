"""The ordinal of a line in words, such as second-line, against the regimens on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.rule import Concern, Evidence, Rule, Severity, check_each
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.line_numbers import missing_line_numbers, numbering_notes_by_regimen
from timeline.record.event_parts.treatment_settings import CURATIVE
from timeline.record.events import Treatment
from timeline.record.lines import Line
from timeline.report.claims import Claim
from timeline.terminology.endpoints import BY_NAME

_ORDINALS = (
    *(("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("fifth", "5th")),
    *(("sixth", "6th"), ("seventh", "7th"), ("eighth", "8th"), ("ninth", "9th"), ("tenth", "10th")),
)
_NUMBER_OF = {word: number for number, row in enumerate(_ORDINALS, start=1) for word in row}
_NUMBERED_KINDS = {"ordinal", "response", *BY_NAME}  # claims of a line as a whole


@attrs.frozen
class Counting:
    """A row: a way to count lines of therapy, and the numbers that it allows for one of them."""

    description: str
    numbers: Callable[[DerivedCase, Line], frozenset[int]]


def _as_numbered(derived: DerivedCase, line: Line) -> frozenset[int]:
    return frozenset({1 + [each.number for each in derived.case.lines].index(line.number)})


def _added_is_new(derived: DerivedCase, line: Line) -> frozenset[int]:
    before = sum(len(each.treatments) for each in derived.case.lines if each.number < line.number)
    return frozenset(before + number for number in range(1, len(line.treatments) + 1))


def _with_curative(derived: DerivedCase, line: Line) -> frozenset[int]:
    before = [
        each
        for each in derived.case.all_of(Treatment)
        if each.setting in CURATIVE and each.start.span.high <= line.start.start.span.high
    ]
    return frozenset(number + len(before) for number in _added_is_new(derived, line))


# The first is the default; Saini and Twelves 2021, doi:10.1038/s41416-021-01319-8.
COUNTINGS = (
    Counting("a drug added without progression stays in its line", _as_numbered),
    Counting("a drug added counted as a new line", _added_is_new),
    Counting("treatment with curative intent counted as a line", _with_curative),
)


def check_ordinal(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """Check an ordinal in words of a numbered line against the regimens begun up to it."""
    ordinals = {_NUMBER_OF[word] for word in words(claim.text) if word in _NUMBER_OF}
    if claim.line is None or len(ordinals) != 1:
        return None
    (number,) = ordinals
    line = derived.case.line(claim.line)
    if line is None:
        known = ", ".join(str(each.number) for each in derived.case.lines) or "none"
        return not_checkable(claim, f"line {claim.line} is not in the case (on record: {known})")
    missing = [each for each in missing_line_numbers(derived) if each < line.number]
    if missing:
        why = "lines cannot be counted without those not on record: "
        return not_checkable(claim, why + ", ".join(map(str, missing)))
    default, *others = COUNTINGS
    (usual,) = default.numbers(derived, line)
    description = f"printed {claim.text}; {line.regimen} is line {usual} on record"
    fits = [each for each in others if number in each.numbers(derived, line)]
    if number != usual:
        conclusion = Conclusion.POSSIBLE if fits else Conclusion.CONTRADICTED
        description += "".join(f"; with {each.description} it may be {claim.text}" for each in fits)
        right = _ORDINALS[usual - 1][0] if usual <= len(_ORDINALS) else str(usual)
        return Verdict(
            claim,
            conclusion,
            description,
            recorded=f"{line.regimen} is line {usual} on record",
            expected=right if conclusion is Conclusion.CONTRADICTED else "",
        )
    latest = max(_added_is_new(derived, line))
    if latest == number:
        return Verdict(claim, Conclusion.AGREES, description)
    description += (
        f": {default.description}; with {others[0].description} the last of them is line {latest}"
    )
    return Verdict(claim, Conclusion.POSSIBLE, description)


def check_numbering(evidence: Evidence) -> Iterator[Verdict]:
    """Check the number that the report gives a line against the count by rule.

    One verdict for each line, on its ordinal in words if there is one, else on the first time or
    response printed for it: a dose or a date of the line says nothing of its number. POSSIBLE where
    the two differ, because there is no one way to count lines.
    """
    numbered = [
        claim
        for claim in evidence.patients
        if claim.line is not None and claim.kind in _NUMBERED_KINDS
    ]
    if not numbered or evidence.derived is None:
        return
    claims = sorted(numbered, key=lambda claim: claim.kind != "ordinal")
    for note in numbering_notes_by_regimen(evidence.derived):
        claim = next((each for each in claims if each.line == note.line), None)
        if claim is not None:
            description = f"printed {claim.text}; {note.description}"
            conclusion = Conclusion.POSSIBLE if note.parts else Conclusion.NOT_CHECKABLE
            yield Verdict(claim, conclusion, description)


_check_each = check_each(("ordinal",), check_ordinal)


def _check_lines(evidence: Evidence) -> Iterator[Verdict]:
    """The ordinals in words one by one, then the numbers of lines against the count."""
    yield from _check_each(evidence)
    yield from check_numbering(evidence)


RULES = (
    Rule(
        id="C11",
        concern=Concern.CONSISTENCY,
        reproduces=True,
        checks="the ordinal of a line in words against the regimens begun, its number against the "
        "count by rule",
        formula="the ordinal is the number of lines begun; possible where counting an added drug, "
        "or treatment with curative intent, gives another number, or where the rules count a "
        "regimen otherwise than its number",
        severity=Severity.ERROR,
        source="Saini and Twelves 2021, Br J Cancer 125:155, doi:10.1038/s41416-021-01319-8",
        example_fail="eribulin called second-line in a legend, the third regimen begun",
        example_ok="anlotinib called first-line, nothing given before it for metastases",
        check=_check_lines,
        supersedes=("C26",),
    ),
)
