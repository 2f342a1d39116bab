"""The results of a line of therapy, for the text and the response span of its lane."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from renderers.text.translation import both, either, translate, translated
from timeline.assessment.line_course import is_judged_by_findings
from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS, rounded
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.lines import Line
from timeline.results.best_response_remarks import REMARK_ROWS
from timeline.results.statuses import BestResponse, Outcome, Status
from timeline.terminology.criteria import PRIMARY, RESPONSES, TERMS


def criterion_of(line: Line) -> str:
    """The criterion of a line: as reported, else RECIST 1.1."""
    return line.criterion or PRIMARY.title


def statuses_of(derived: DerivedCase, line: Line) -> tuple[Status, ...]:
    """The statuses of a line under its own criterion that have a label."""
    found = derived.status(criterion_of(line), line.number)
    return tuple(status for status in found if status.labels)


_FROM_FINDINGS = "Responses are derived from the findings by {criteria}."
_ALSO_CALLED = "A scan without printed findings has the category that the authors give it."
_PROVISIONAL = "{criterion} is provisional: some of its rules were not read in a source."
_ONLY_CALLED = (
    "Responses are the categories that the authors give, taken as those of {criteria}; no findings "
    "are printed."
)


def criteria_sentence(cases: Sequence[DerivedCase]) -> str:
    """What the responses of some cases rest on: findings by some criteria, calls of the authors."""
    lines = ((derived, line) for derived in cases for line in derived.case.lines)
    mine = [(criterion_of(line), statuses_of(derived, line)) for derived, line in lines]
    titles = dict.fromkeys(title for title, statuses in mine if statuses)
    if not titles:
        return ""
    statuses = [status for _, found in mine for status in found]
    return " ".join(basis_sentences(statuses, both(tuple(titles)), _FROM_FINDINGS))


def basis_sentences(
    statuses: Sequence[Status], criteria: str, from_findings: str
) -> tuple[str, ...]:
    """What some statuses rest on, in the words of a caption.

    Args:
        statuses: those with a label, one or more.
        criteria: the criteria in words.
        from_findings: the sentence of those that findings give, with a place for the criteria.

    Returns:
        One sentence; a second one where findings give some statuses, and the authors others; one
        for each criterion that is provisional.

    """
    titles = dict.fromkeys(status.criterion for status in statuses)
    provisional = tuple(
        translate(_PROVISIONAL, criterion=title)
        for title in titles
        if title in TERMS and TERMS[title].is_provisional
    )
    judged = {is_judged_by_findings(status.scan) for status in statuses}
    if judged == {False}:
        return translate(_ONLY_CALLED, criteria=criteria), *provisional
    first = translate(from_findings, criteria=criteria)
    called = (translate(_ALSO_CALLED),) if False in judged else ()
    return first, *called, *provisional


def marker_of(status: Status) -> tuple[str, str]:
    """The style of the marker of a status, and its label."""
    if not status.labels:
        return "scan", translate("no finding")
    return (status.labels[0] if len(status.labels) == 1 else "either"), label_of(status)


def label_of(status: Status) -> str:
    """The labels that the findings allow: ``PR or SD``."""
    return either(status.labels) if status.labels else translate(status.label)


def progression_free(derived: DerivedCase, line: Line) -> Outcome | None:
    """PFS by the criterion of the line."""
    return derived.outcome("PFS", line.number, criterion_of(line))


def best_response_of(derived: DerivedCase, line: Line) -> BestResponse | None:
    """The best response of a line by its criterion; None where no scan assesses the line."""
    mine = (criterion_of(line), line.number)
    return next((b for b in derived.best if (b.criterion, b.line) == mine and b.labels), None)


def best_response_text(derived: DerivedCase, line: Line) -> tuple[str, str]:
    """The best response of a line as first documented, and as confirmed where that differs."""
    found = best_response_of(derived, line)
    if found is None:
        return translate("not derived"), ""
    confirmed = either(found.confirmed) if found.confirmed != found.labels else ""
    return either(found.labels), confirmed


def remarks_text(best: BestResponse) -> str:
    """What a best response rests on, where a reader must know; empty where nothing is remarked."""
    phrases = [phrase for remark in best.remarks for row in REMARK_ROWS
               if (phrase := row.phrase_of(remark))]  # fmt: skip
    return translated(phrases)


def months(outcome: Outcome | None, *, censored: bool = False) -> str:
    """The months that the dates allow, to one decimal; ranges that are apart joined by "or".

    ``censored``: with a ``+`` behind the last, as `months_text` prints it.
    """
    if outcome is None or outcome.days is None:
        return translate("not derived")
    if not outcome.is_evaluable:
        return translate("not evaluable")
    ranges = [group.days for group in outcome.together] or [outcome.days]
    last = months_text(ranges[-1], censored=censored)
    return either(tuple(dict.fromkeys((*map(months_text, ranges[:-1]), last))))


def months_text(days: Span, *, censored: bool = False) -> str:
    """Days in months to one decimal: ``4.0 to 5.9``, one figure, or ``at least 4.0``.

    A censored time has a ``+`` behind it. One of which nothing is known is not determinable.
    """
    found = days.divided_by(MONTHS[DEFAULT_MONTH].days)
    low, high = (None if math.isinf(each) else rounded(each, 1) for each in (found.low, found.high))
    mark = "+" * censored
    if high is None:
        if low is None or found.low <= 0:
            return translate("not determinable")
        return translate("at least {low}", low=low) + mark
    if low is None:
        return translate("at most {high}", high=high) + mark
    return (low if low == high else translate("{low} to {high}", low=low, high=high)) + mark


@attrs.frozen(kw_only=True)
class Response:
    """When a response may have begun and ended; ``certain``: that there was one."""

    starts: tuple[PartialDate, ...]
    ends: tuple[PartialDate, ...]
    certain: bool


def response_of(statuses: tuple[Status, ...], outcome: Outcome | None) -> Response | None:
    """The response of a line, from its first to progression, death or the last scan.

    Certain where some scan allows no label but a response; it then begins there, or at an earlier
    scan that allows one. It ends at each event of the alternatives of ``outcome``, and
    where one of them is censored at the last scan. None where no scan allows a response, or the
    only one is the last.
    """
    may = [status for status in statuses if RESPONSES & set(status.labels)]
    certain = [n for n, status in enumerate(may) if set(status.labels) <= RESPONSES]
    if not may:
        return None
    starts = [status.scan.start for status in (may[: certain[0] + 1] if certain else may[:1])]
    found = outcome.alternatives if outcome else ()
    ends = [each.end.event.start for each in found if each.event]
    if not found or not all(each.event for each in found):
        ends.append(statuses[-1].scan.start)
    first = starts[0]
    later = [end for end in ends if end != first and end.span.high >= first.span.low]
    if not later:
        return None
    return Response(
        starts=tuple(dict.fromkeys(starts)),
        ends=tuple(dict.fromkeys(later)),
        certain=bool(certain),
    )
