"""The report's numbers of its lines, held against the count by rule."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.endpoints.lines_of_therapy import CountedRegimen, LineStatus, count_regimens
from timeline.results.statuses import AssessedCase


@attrs.frozen
class NumberingNote:
    """What the rules make of one of the report's line numbers.

    ``parts``: they count otherwise; else the record leaves open how they count.
    """

    line: int
    description: str
    parts: bool


def numbering_notes(assessed: AssessedCase) -> tuple[str, ...]:
    """Where the report's numbers and the rules part, and what the rules leave open."""
    missing = (f"line {number} is not on record" for number in missing_line_numbers(assessed))
    return (*missing, *(each.description for each in numbering_notes_by_regimen(assessed)))


def numbering_notes_by_regimen(assessed: AssessedCase) -> tuple[NumberingNote, ...]:
    """The same of each regimen that has a line number, in order of time."""
    found = (_numbering_note(assessed, each) for each in count_regimens(assessed))
    return tuple(each for each in found if each is not None)


def _numbering_note(assessed: AssessedCase, each: CountedRegimen) -> NumberingNote | None:
    treatment, number = each.treatment, each.treatment.line
    if number is None or each.certain is LineStatus.APART:
        return None
    first = next(line for line in assessed.case.lines if line.number == number).treatments[0]
    reported = LineStatus.NEW if first is treatment else LineStatus.SAME
    why = " or ".join(rule.description for rule in each.rules)
    which = f"line {number}, {treatment.regimen} ({treatment.start})"
    if each.certain is None:
        description = f"{which}: {_open_count(each)}"
        return NumberingNote(number, description, parts=False)
    if each.certain is not reported:
        description = f"{which}: the report counts {reported}, the rules {each.certain}: {why}"
        return NumberingNote(number, description, parts=True)
    return None


def _open_count(each: CountedRegimen) -> str:
    """What a regimen may count as, each with the rules that make it so."""
    counts = tuple(dict.fromkeys(each.counts))
    if not each.are_named:
        return (
            f"the record leaves open whether it is {' or '.join(counts)}: not all drugs that it "
            "compares are named"
        )
    rules = list(zip(each.counts, each.rules, strict=True))
    answers = (
        f"{count} if {' or if '.join(rule.description for of, rule in rules if of is count)}"
        for count in counts
    )
    return f"{', '.join(answers)} (the record leaves open which)"


def missing_line_numbers(assessed: AssessedCase) -> tuple[int, ...]:
    """The line numbers below the last one that no regimen on record has."""
    numbers = [line.number for line in assessed.case.lines]
    return tuple(sorted(set(range(1, max(numbers, default=0))) - set(numbers)))


def line_count_text(assessed: AssessedCase) -> str:
    """How many lines the report and the rules count, and whether curative treatment is among them.

    The lines of a case, its endpoints and its tables have the numbers of the report; the count by
    rule changes none of them.
    """
    counted = _counted_by_rule(assessed)
    return f"lines counted: {len(assessed.case.lines)} by the report, {counted} by rule" + (
        "".join(_curative_texts(assessed))
    )


def numbering_text(assessed: AssessedCase) -> str:
    """Whose numbers a table of lines has, where the rules count another number; else empty."""
    number, counted = len(assessed.case.lines), _counted_by_rule(assessed)
    if counted == str(number):
        return ""
    curative = "".join(_curative_texts(assessed))
    return f"Numbers of lines: as the report counts them ({number}); by rule {counted}{curative}."


def _counted_by_rule(assessed: AssessedCase) -> str:
    """The number of lines by rule, as a range where the record leaves it open."""
    found = count_regimens(assessed)
    new = sum(each.certain is LineStatus.NEW for each in found)
    unsure = sum(each.certain is None for each in found)
    return f"{new} to {new + unsure}" if unsure else str(new)


def _curative_texts(assessed: AssessedCase) -> Iterator[str]:
    """How many regimens with curative intent the rules count apart, and how many as a line."""
    curative = [each for each in count_regimens(assessed) if each.by("curative")]
    apart = sum(each.certain is LineStatus.APART for each in curative)
    if within := len(curative) - apart:
        answer = assessed.settings.count_adjuvant_as_line
        yield f", {within} of them with curative intent (count_adjuvant_as_line = {answer})"
    if apart:
        yield f", and {apart} with curative intent apart"
