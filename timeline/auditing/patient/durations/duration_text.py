"""The sentences of a verdict on a printed duration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isfinite

from timeline.auditing.comparison.compare import Conclusion, share_text
from timeline.auditing.patient.durations.definition_search import DefinitionSearch
from timeline.auditing.verdict import Explanation
from timeline.core.calendar.dates import format_days
from timeline.core.calendar.durations import days_per, rounded, rounded_down, rounded_up
from timeline.core.span import NEVER_ENDS, Number, Span
from timeline.report.claims import Claim
from timeline.results.statuses import Anchor, Outcome, days_and_months
from timeline.statistics.percentages import places_of

SHOWN = 3  # explanations that a sentence names; the JSON has all


def description(
    claim: Claim, outcome: Outcome, conclusion: Conclusion, share: Fraction | None
) -> str:
    """The printed duration, the one that the dates give, and from when to when.

    Args:
        claim: the printed duration.
        outcome: the derived one, with an origin and an end.
        conclusion: where the claim is possible, the share of the days follows.
        share: the share of the days that reproduce the claim; None where it is not known.
    """
    anchors = [(each.origin, each.end) for each in outcome.alternatives]
    starts, ends = ([pair[side] for pair in anchors] for side in (0, 1))
    text = (
        f"printed {claim.figure}; the dates give {values_text(outcome)}, "
        f"from {_moments_text(starts)} to {_moments_text(ends)}"
    )
    if conclusion is Conclusion.POSSIBLE:
        text += share_text(share, *(each.span for pair in anchors for each in pair))
        text += _rounding_text(claim, outcome)
    if outcome.event is not True:
        text += f"; {outcome.reason}"
    return text + (", so the true value is at least that" if outcome.event is False else "")


def values_text(outcome: Outcome) -> str:
    """The days of each range that is apart from the others, with its state and condition."""
    groups = outcome.together
    if len(groups) == 1:
        return days_and_months(groups[0].days)
    values = {days_and_months(each.days) for each in groups}
    if len(values) == 1 and not any(each.conditions for each in groups):
        return f"{values.pop()} ({' or '.join(each.state for each in groups)})"
    return " or ".join(
        " ".join(part for part in (f"{days_and_months(each.days)} ({each.state})", each.conditions)
                 if part)
        for each in groups
    )  # fmt: skip


def recorded_text(claim: Claim, outcome: Outcome) -> str:
    """The time that the dates give in the printed unit, with its start and its end."""
    anchors = [(each.origin, each.end) for each in outcome.alternatives]
    starts, ends = ([pair[side] for pair in anchors] for side in (0, 1))
    moments = [" or ".join(dict.fromkeys(map(_moment_text, each))) for each in (starts, ends)]
    censored = " (censored)" if outcome.event is False else ""
    times, rounding = _times_text(claim, outcome, 2), _rounding_text(claim, outcome)
    return f"the dates give {times}, {' to '.join(moments)}{censored}{rounding}"


def _rounding_text(claim: Claim, outcome: Outcome) -> str:
    """``; 7.95 rounds to 8`` of a printed 8 that only rounding gives; else empty."""
    try:
        printed = Fraction(claim.text)
    except ValueError:  # over 8, 8 to 10
        return ""
    places, per_unit = places_of(claim.printed) if claim.printed else 0, days_per(claim.unit)
    ranges = [
        [end / per_unit for end in (each.days.low, each.days.high) if isfinite(end)]
        for each in outcome.together
    ]
    if any(len(ends) < 2 or _shown(ends[0]) <= printed <= _shown(ends[1]) for ends in ranges):
        return ""
    same = rounded(printed, places)
    near = (end for ends in ranges for end in ends if rounded(end, places) == same)
    return next((f"; {rounded(end)} rounds to {claim.text}" for end in near), "")


def _shown(number: Number) -> Fraction:
    """A number as a sentence shows it."""
    return Fraction(rounded(number))


def expected_text(claim: Claim, outcome: Outcome, others: Sequence[Outcome] = ()) -> str:
    """The time that the dates give, with as many decimals as are printed; ``4.0 to 5.9 months``.

    ``others``: the same endpoint from other origins, where the report does not say from when it
    counts. Each origin is then named with its time.
    """
    times = _bounds_text(claim, outcome)
    if not others or outcome.origin is None:
        return times
    every = ((_bounds_text(claim, each), each.origin) for each in (outcome, *others))
    named = (f"{text} from {origin.description}" for text, origin in every if origin is not None)
    return ", or ".join(dict.fromkeys(named))


def other_origins_text(claim: Claim, others: Sequence[Outcome]) -> str:
    """The times that the dates give from other origins, to follow those of the stated one."""
    return "".join(
        f"; from {each.origin.dated} {_times_text(claim, each, 2)}"
        for each in others
        if each.origin is not None
    )


def _bounds_text(claim: Claim, outcome: Outcome) -> str:
    """The time that a print may be; of a time that runs on, a decimal more than a whole number.

    ``at least 25.7 months`` of 25.76: the next whole number would leave out the time itself.
    """
    places = places_of(claim.printed) if claim.printed else 0
    runs = outcome.event is False or _is_open(outcome)
    return _times_text(claim, outcome, max(1, places) if runs else places, bounds=runs)


def _is_open(outcome: Outcome) -> bool:
    return any(each.days.high == NEVER_ENDS for each in outcome.together)


def _times_text(claim: Claim, outcome: Outcome, places: int, *, bounds: bool = False) -> str:
    """The times of an outcome in the unit of a claim; whole days are given without decimals.

    ``bounds``: whether the first is rounded down and the last up, as limits are.
    """
    per_unit = days_per(claim.unit)
    places = 0 if per_unit == 1 else places
    times = dict.fromkeys(
        _time_text(each.days, per_unit, places, bounds=bounds) for each in outcome.together
    )
    if outcome.event is False and any(" to " in each for each in times):
        return f"{' or '.join(times)} {claim.unit}, or longer"
    least = "at least " if outcome.event is False or _is_open(outcome) else ""
    return f"{least}{' or '.join(times)} {claim.unit}"


def _time_text(days: Span, per_unit: Fraction, places: int, *, bounds: bool) -> str:
    """A range of days in a unit of time, both ends rounded; the least where it has no end."""
    down, up = (rounded_down, rounded_up) if bounds else (rounded, rounded)
    low = down(days.low / per_unit, places)
    if days.high == NEVER_ENDS or days.is_point:
        return low
    return " to ".join(dict.fromkeys((low, up(days.high / per_unit, places))))


def _moment_text(anchor: Anchor) -> str:
    """A moment with its date, which a name such as ``scan 2022-05`` has already."""
    date = format_days(anchor.span)
    return anchor.description if date in anchor.description else anchor.dated


def _moments_text(anchors: Iterable[Anchor]) -> str:
    return " or ".join(dict.fromkeys(each.dated for each in anchors))


def explanation_notes(search: DefinitionSearch, *, possible: bool) -> list[str]:
    """The best explanations in words; two changes at once only where none does alone.

    Args:
        search: the definitions that reproduce the claim.
        possible: whether the stated start and end reproduce it, counted or rounded otherwise.
    """
    if possible:
        return [f"reproduced only by {_or([each.description for each in search.found])}"]
    found = [each for each in search.found if not each.far]
    if not found:
        return [f"none of {search.tried} other definitions reproduces it"]
    single = [each for each in found if each.changes == 1]
    shown = [_explanation_text(each) for each in (single or found)[:SHOWN]]
    counts = (
        f"{search.tried} other definitions were tried (another start or end, or another way to "
        f"count); the printed time fits {len(found)} of them"
    )
    if len(found) > len(shown):
        counts += f": {_or([each.description for each in found])}"
    if search.hits:
        counts += (
            f"; of the {search.pairs} that change only the start, the end or both it fits "
            f"{search.hits}, and an arbitrary time would fit about "
            f"{rounded(Fraction(search.by_chance), 1)}"
        )
    return [*shown, counts]


def _or(texts: list[str]) -> str:
    """``A, or B, or C``: the first ones, and how many more there are."""
    more = len(texts) - SHOWN
    return ", or ".join([*texts[:SHOWN], *([f"{more} more"] if more > 0 else [])])


def _explanation_text(each: Explanation) -> str:
    hidden = f"; {each.hidden}" if each.hidden else ""
    days = f": {days_and_months(each.days)}" if each.days else ""
    return f"reproduced by {each.description}{days}{each.share_text}{hidden}"
