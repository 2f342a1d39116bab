"""Printed values that such a figure cannot have: a p value above 1, a dose below 0."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.possible_numbers import AMOUNTS, DOMAINS, SCALES, Domain
from timeline.core.claimed_numbers import claimed_number, has_decimal_comma
from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.report.claims import DURATIONS, RATIOS, TIMES, Claim
from timeline.report.printed_statistics import Limits, TestStatistic, limits, many
from timeline.report.unreadable_prints import Unread

_ROWS = {name: row for row in DOMAINS for name in row.of}


@attrs.frozen
class ImpossibleValue:
    """What is wrong with a value; ``conclusion`` POSSIBLE where some convention prints so."""

    conclusion: Conclusion
    description: str


def impossible_value(claim: Claim) -> tuple[ImpossibleValue, ...]:
    """What is impossible in a claim, whatever the data; empty where nothing is."""
    if isinstance(claim.value, Unread):
        wrong = claim.value.impossible
        return (ImpossibleValue(Conclusion.CONTRADICTED, claim.value.description),) if wrong else ()
    found = (*_numbers(claim), *_limits(claim), *_statistic(claim), *_unusual(claim))
    return tuple(dict.fromkeys(found))


def possible_text(claim: Claim) -> bool:
    """Whether a figure can have the printed value, so that others can be compared with it."""
    if isinstance(claim.value, Unread):
        return False
    return all(each.conclusion is not Conclusion.CONTRADICTED for each in impossible_value(claim))


def _row_of(name: str, claim: Claim) -> Domain | None:
    row = _of_score(claim) if name == "score" else _ROWS.get(name)
    if row is None or (row.of_amounts_only and not _is_an_amount(claim)):
        return None
    if row.in_unit and claim.unit not in row.in_unit:
        return None
    return None if row.unless and row.unless.search(f"{claim.about} {claim.note}") else row


def _of_score(claim: Claim) -> Domain | None:
    """The numbers of the one scale that a score names; None where it names none, or two."""
    named = [each for each in SCALES if each.words.search(claim.about)]
    for scale in named if len(named) == 1 else ():
        low, high = scale.numbers.low, scale.numbers.high
        description = f"the {scale.name} is {low} to {high}"
        return Domain(
            of=("score",), numbers=scale.numbers, description=description, source=scale.source
        )
    return None


def _is_an_amount(claim: Claim) -> bool:
    of_time = claim.unit in TIMES or claim.of in DURATIONS
    return of_time or bool(AMOUNTS.search(claim.about))


def _printed(claim: Claim) -> Iterator[tuple[str, Printed]]:
    """Each number of a claim but its limits, with the name of what it is."""
    ends = _ends(claim.printed) if claim.printed else ()
    numbers = (*many(claim.value), claim.printed, *ends, *_in_words(claim))
    yield from ((claim.kind, each) for each in numbers if each)
    keys = (("p", claim.p), ("sd", claim.sd), ("se", claim.se))
    yield from ((name, number) for name, number in keys if number)
    for each in (claim.range, _range_alone(claim)):
        for end in (each.low, each.high) if each else ():
            if end:
                yield claim.kind, end


_NUMBER = r"\s*[0-9]+(?:[.,][0-9]+)?"
_MINUS = r"[-\N{MINUS SIGN}]"
# The first number of a value in words, and every one below 0: -50 to 20 mg, 3 x -4 cm. Of a
# schedule only its length: its days may be counted from one that is 0.
_FIRST = re.compile(rf"^\s*({_MINUS}?{_NUMBER})(?![0-9.,]*\s*[-\N{{EN DASH}}/+])")
_BELOW = re.compile(rf"(?:^|\bto|[x×*–-])\s*({_MINUS}{_NUMBER})")
_EVERY = re.compile(rf"\bevery\s*({_MINUS}{_NUMBER})")


def _in_words(claim: Claim) -> Iterator[Printed]:
    """The numbers of a claim that is kept as words, such as a size; none where it holds none."""
    text = claim.value if isinstance(claim.value, str) else ""
    if claim.kind == "schedule":
        yield from _read(_EVERY.findall(text))
    if claim.kind not in (*_ROWS, "score") or claim.kind == "schedule" or not text:
        return
    try:
        number = claimed_number(text)
    except ValueError:
        yield from _read((*_FIRST.findall(text), *_BELOW.findall(text)))
    else:
        yield from (number, *_ends(number))


def _ends(number: Printed) -> Iterator[Printed]:
    """The ends of a range that lie below 0: -50 of -50 to 20."""
    if number.value is None and number.hedge is None:
        yield from _read(_BELOW.findall(number.text))


def _read(texts: Iterable[str]) -> Iterator[Printed]:
    """The numbers of texts, each once; one with more digits than any figure has is left out."""
    for text in dict.fromkeys(texts):
        with contextlib.suppress(ValueError):
            yield claimed_number(text)


def _numbers(claim: Claim) -> Iterator[ImpossibleValue]:
    for name, number in _printed(claim):
        row = _row_of(name, claim)
        if row and not number.span.overlaps(row.numbers):
            text = number.text if name == claim.kind else f"{name} {number.text}"
            yield ImpossibleValue(Conclusion.CONTRADICTED, f"printed {text}; {row.description}")
        if name in _WHOLE and _is_broken(number) and not NO_WHOLE.search(_words(claim)):
            description = f"printed {number.text}; patients and events are whole numbers"
            yield ImpossibleValue(Conclusion.CONTRADICTED, description)


_WHOLE = ("count", "events", "at-risk")
# Of these a count need be no whole number.
NO_WHOLE = re.compile(
    r"\w*weight(?:ed|ing)?\b|\bmean\b|\bmedian\b|\baverage\b|\bcycles?\b|\byears?\b|\bmonths?\b|"
    r"\blines?\b|\bdoses?\b|\bexpected\b|\bimputed\b|\beffective\b|\bper\b|\bdays?\b|\bweeks?\b",
    re.IGNORECASE,
)


def _is_broken(number: Printed) -> bool:
    return number.value is not None and number.value.denominator != 1


def _words(claim: Claim) -> str:
    return f"{claim.about} {claim.group} {claim.unit} {claim.statistic} {claim.note}"


def _limits(claim: Claim) -> Iterator[ImpossibleValue]:
    """Limits in the wrong order, or outside what the figure can be."""
    alone = _range_alone(claim)
    for name, each in (("limits", claim.ci), ("range", claim.range), ("range", alone)):
        if each and each.is_swapped:
            yield ImpossibleValue(
                Conclusion.CONTRADICTED, f"printed {name} {each}; the larger number comes first"
            )
    row, ci = _row_of(claim.kind, claim), claim.ci
    if row is None or ci is None or ci.is_swapped:
        return
    outside = [end for end in (ci.low, ci.high) if end and not end.span.overlaps(row.numbers)]
    if outside:
        even = row.limits_beyond and _are_symmetric(claim.printed, ci)
        why = "only limits of estimate -+ z SE lie outside" if even else row.description
        conclusion = Conclusion.POSSIBLE if even else Conclusion.CONTRADICTED
        yield ImpossibleValue(
            conclusion, f"printed limits {ci}; {row.description}" + f"; {why}" * even
        )


def _range_alone(claim: Claim) -> Limits | None:
    try:
        return limits(claim.text) if claim.kind == "range" else None
    except ValueError:
        return None


def _are_symmetric(estimate: Printed | None, ci: Limits) -> bool:
    """Whether limits can be as far below an estimate as above it, given the rounding."""
    if estimate is None or ci.both is None:
        return False
    low, high = ci.both
    return (low.span + high.span).overlaps(estimate.span + estimate.span)


_NOT_NEGATIVE = ("F", "chi2", "Q")


def _statistic(claim: Claim) -> Iterator[ImpossibleValue]:
    """A test statistic below 0 that is a sum of squares, a correlation above 1, no freedom."""
    tested = claim.value
    if not isinstance(tested, TestStatistic):
        return
    if tested.name in _NOT_NEGATIVE and tested.is_negative and tested.value.span.low > 0:
        yield ImpossibleValue(
            Conclusion.CONTRADICTED, f"printed {claim.text}; {tested.name} is not below 0"
        )
    if tested.name == "r" and not tested.value.span.overlaps(Span(0, 1)):
        description = f"printed {claim.text}; a correlation lies between -1 and 1"
        yield ImpossibleValue(Conclusion.CONTRADICTED, description)
    if any(df <= 0 for df in tested.dfs):
        description = f"printed {claim.text}; degrees of freedom are above 0"
        yield ImpossibleValue(Conclusion.CONTRADICTED, description)


def _unusual(claim: Claim) -> Iterator[ImpossibleValue]:
    """Values that can be right, and yet are unusual: p = 0, a ratio of 0, a decimal comma."""
    numbers = dict(_printed(claim))
    p = numbers.get("p")
    if p and p.value == 0:
        description = f"printed p {p.text}; no p value is 0: one such as < {_one(p)} is meant"
        yield ImpossibleValue(Conclusion.POSSIBLE, description)
    if claim.kind in RATIOS and claim.printed and claim.printed.value == 0:
        description = f"printed {claim.text}; a ratio is above 0: only rounding gives it"
        yield ImpossibleValue(Conclusion.POSSIBLE, description)
    texts = [*(each.text for _, each in _printed(claim)), str(claim.ci or "")]
    texts += [claim.value.value.text] if isinstance(claim.value, TestStatistic) else []
    comma = next((each for each in texts if has_decimal_comma(each)), "")
    if comma:
        description = f"printed {comma}; the comma is read as a decimal point"
        yield ImpossibleValue(Conclusion.POSSIBLE, description)


def _one(number: Printed) -> str:
    """One unit of the last digit of a number, in its number of decimals."""
    places = len(str(number.unit.denominator)) - 1
    return f"{float(number.unit):.{places}f}"
