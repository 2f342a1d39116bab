"""Which numbers a figure can be: a p value lies between 0 and 1. A row for each kind of figure."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.auditing.weigh import Call
from timeline.claimed import claimed, has_decimal_comma
from timeline.printed import Printed
from timeline.prints import Limits, Tested, limits, many
from timeline.quantity import OLDEST
from timeline.source import DURATIONS, RATIOS, TIMES, Claim
from timeline.span import NEVER_BEGAN, NEVER_ENDS, Span

# A percentage of these is no share of patients and may lie above 100, or below 0.
NO_SHARE = re.compile(
    r"\b(?:chang\w*|increas\w*|decreas\w*|reduc\w*|grow\w*|grew|shr[aiu]nk\w*|regress\w*|enlarg\w*|"
    r"differen\w*|intensit\w*|relative|ratio|predicted|expected|normal|baseline|improve\w*|"
    r"gain\w*|loss)\b",
    re.IGNORECASE,
)


@attrs.frozen(kw_only=True)
class Domain:
    """A row: the figures that it is for, the numbers that they can be, and why.

    ``of``: kinds of claims, or keys beside them (``p``, ``sd``). ``limits_beyond``: whether a
    method in use gives limits of confidence outside, where they lie evenly about the estimate.
    """

    of: tuple[str, ...]
    numbers: Span
    says: str
    limits_beyond: bool = False
    of_times_only: bool = False  # of a median or mean: only where it is one of times
    in_unit: tuple[str, ...] = ()  # the only units that it is for; all where empty
    unless: re.Pattern[str] | None = None
    source: str = "definition"


_FROM_0 = Span(0, NEVER_ENDS)
DOMAINS = (
    Domain(of=("p",), numbers=Span(0, 1), says="a p value lies between 0 and 1"),
    Domain(
        of=("percent", "rate"),
        numbers=Span(0, 100),
        says="a share lies between 0 and 100 %",
        limits_beyond=True,  # Wald and plain Greenwood limits, where nobody cuts them
        unless=NO_SHARE,
    ),
    Domain(
        of=("risk-reduction",),
        numbers=Span(NEVER_BEGAN, 100),
        says="a risk is reduced by 100 % at most",
        limits_beyond=True,
    ),
    Domain(
        of=RATIOS,
        numbers=Span(0, NEVER_ENDS, low_in=False),
        says="a ratio of hazards, odds or risks is above 0",
    ),
    Domain(of=("sd", "se"), numbers=_FROM_0, says="a measure of spread is not below 0"),
    Domain(
        of=("count", "events", "at-risk"), numbers=_FROM_0, says="a number of things is not below 0"
    ),
    Domain(
        of=("size", "sum", "dose"),
        numbers=_FROM_0,
        says="a length or a dose is not below 0",
        unless=NO_SHARE,
    ),
    Domain(
        of=("age",),
        numbers=Span(0, OLDEST),
        says=f"an age lies between 0 and {OLDEST} years",
        limits_beyond=True,
        in_unit=("", "years"),
    ),
    Domain(
        of=("follow-up", *DURATIONS),
        numbers=_FROM_0,
        says="a length of time is not below 0",
        limits_beyond=True,  # estimate -+ z SE, as SPSS prints it
    ),
    Domain(
        of=("median", "mean", "values"),
        numbers=_FROM_0,
        says="a length of time is not below 0",
        limits_beyond=True,
        of_times_only=True,
        unless=NO_SHARE,
    ),
)
_ROWS = {name: row for row in DOMAINS for name in row.of}


@attrs.frozen
class Impossible:
    """What is wrong with a print; ``call`` POSSIBLE where some convention prints so."""

    call: Call
    says: str


def impossible(claim: Claim) -> tuple[Impossible, ...]:
    """What of a claim no such figure can be, whatever the data; empty where nothing is."""
    found = (*_numbers(claim), *_limits(claim), *_statistic(claim), *_manners(claim))
    return tuple(dict.fromkeys(found))


def can_be(claim: Claim) -> bool:
    """Whether a figure can be what is printed, so that others can be held against it."""
    return all(each.call is not Call.CONTRADICTED for each in impossible(claim))


def _row_of(name: str, claim: Claim) -> Domain | None:
    row = _ROWS.get(name)
    if row is None or (row.of_times_only and not _is_a_time(claim)):
        return None
    if row.in_unit and claim.unit not in row.in_unit:
        return None
    return None if row.unless and row.unless.search(f"{claim.about} {claim.note}") else row


def _is_a_time(claim: Claim) -> bool:
    return claim.unit in TIMES or claim.of in DURATIONS


def _printed(claim: Claim) -> Iterator[tuple[str, Printed]]:
    """Each number of a claim but its limits, with the name of what it is."""
    numbers = (*many(claim.value), claim.printed, _in_words(claim))
    yield from ((claim.kind, each) for each in numbers if each)
    beside = (("p", claim.p), ("sd", claim.sd), ("se", claim.se))
    yield from ((name, number) for name, number in beside if number)
    for end in (claim.range.low, claim.range.high) if claim.range else ():
        if end:
            yield claim.kind, end


def _in_words(claim: Claim) -> Printed | None:
    """The number of a claim that is kept as words, such as a size; None where it is no number."""
    if claim.kind not in _ROWS or not isinstance(claim.value, str):
        return None
    try:
        return claimed(claim.value)
    except ValueError:
        return None


def _numbers(claim: Claim) -> Iterator[Impossible]:
    for name, number in _printed(claim):
        row = _row_of(name, claim)
        if row and not number.span.overlaps(row.numbers):
            told = number.text if name == claim.kind else f"{name} {number.text}"
            yield Impossible(Call.CONTRADICTED, f"printed {told}; {row.says}")
        if name in _WHOLE and _is_broken(number) and not NO_WHOLE.search(_words(claim)):
            says = f"printed {number.text}; patients and events are whole numbers"
            yield Impossible(Call.CONTRADICTED, says)


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


def _limits(claim: Claim) -> Iterator[Impossible]:
    """Limits in the wrong order, or outside what the figure can be."""
    alone = _range_alone(claim)
    for name, each in (("limits", claim.ci), ("range", claim.range), ("range", alone)):
        if each and each.is_swapped:
            yield Impossible(
                Call.CONTRADICTED, f"printed {name} {each}; the larger number stands first"
            )
    row, ci = _row_of(claim.kind, claim), claim.ci
    if row is None or ci is None or ci.is_swapped:
        return
    outside = [end for end in (ci.low, ci.high) if end and not end.span.overlaps(row.numbers)]
    if outside:
        even = row.limits_beyond and _lie_evenly(claim.printed, ci)
        why = "only limits of estimate -+ z SE lie outside" if even else row.says
        call = Call.POSSIBLE if even else Call.CONTRADICTED
        yield Impossible(call, f"printed limits {ci}; {row.says}" + f"; {why}" * even)


def _range_alone(claim: Claim) -> Limits | None:
    try:
        return limits(claim.text) if claim.kind == "range" else None
    except ValueError:
        return None


def _lie_evenly(estimate: Printed | None, ci: Limits) -> bool:
    """Whether limits lie as far below an estimate as above it, as far as rounding tells."""
    if estimate is None or ci.both is None:
        return False
    low, high = ci.both
    return (low.span + high.span).overlaps(estimate.span + estimate.span)


_SIGNLESS = ("F", "chi2", "Q")


def _statistic(claim: Claim) -> Iterator[Impossible]:
    """A test statistic below 0 that is a sum of squares, a correlation above 1, no freedom."""
    tested = claim.value
    if not isinstance(tested, Tested):
        return
    if tested.name in _SIGNLESS and tested.is_negative and tested.value.span.low > 0:
        yield Impossible(Call.CONTRADICTED, f"printed {claim.text}; {tested.name} is not below 0")
    if tested.name == "r" and not tested.value.span.overlaps(Span(0, 1)):
        says = f"printed {claim.text}; a correlation lies between -1 and 1"
        yield Impossible(Call.CONTRADICTED, says)
    if any(df <= 0 for df in tested.dfs):
        says = f"printed {claim.text}; degrees of freedom are above 0"
        yield Impossible(Call.CONTRADICTED, says)


def _manners(claim: Claim) -> Iterator[Impossible]:
    """Prints that can be right, and yet are not what is meant."""
    numbers = dict(_printed(claim))
    p = numbers.get("p")
    if p and p.value == 0:
        says = f"printed p {p.text}; no p value is 0: one such as < {_one(p)} is meant"
        yield Impossible(Call.POSSIBLE, says)
    if claim.kind in RATIOS and claim.printed and claim.printed.value == 0:
        says = f"printed {claim.text}; a ratio is above 0: only rounding gives it"
        yield Impossible(Call.POSSIBLE, says)
    texts = [*(each.text for _, each in _printed(claim)), str(claim.ci or "")]
    texts += [claim.value.value.text] if isinstance(claim.value, Tested) else []
    comma = next((each for each in texts if has_decimal_comma(each)), "")
    if comma:
        says = f"printed {comma}, with a decimal comma; read with a point in its place"
        yield Impossible(Call.POSSIBLE, says)


def _one(number: Printed) -> str:
    """One unit of the last digit of a print, in its number of decimals."""
    places = len(str(number.unit.denominator)) - 1
    return f"{float(number.unit):.{places}f}"
