"""Printed response categories against those that the findings on record give."""

from __future__ import annotations

import re

from timeline.assessment.line_course import is_judged_by_findings
from timeline.assessment.scan_remarks.criteria import size_of_another_measure
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.disease.behaviour import BEHAVIOUR, check_behaviour
from timeline.auditing.rule import Rule, Severity, check_each
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Event, Treatment
from timeline.report.claims import Claim
from timeline.results.statuses import BestResponse, Status
from timeline.terminology.criteria import (
    PRIMARY,
    TERMS,
    category_on_line,
    having_their_own,
    meaning,
    recist_equivalent,
)
from timeline.terminology.response_codes import Code
from timeline.terminology.response_words import categories_of


def check_response(claim: Claim, derived: DerivedCase) -> Verdict:
    """Check a category printed for a scan, or for a line of therapy, against the findings.

    ``of`` names a scan, or a line: of a line the best overall response agrees. Another category
    that a scan of the line shows is consistent (a line with PR may end in PD), and contradicted
    where ``note`` or ``about`` calls it the best response. Without any finding the calls of the
    authors are what it is compared with.
    """
    try:
        event, _ = derived.case.find(claim.of)
    except ValueError as fault:
        return not_checkable(claim, str(fault))
    category = category_on_line(str(claim.value), claim.judged_by or _criterion_of(event, derived))
    if category in BEHAVIOUR:
        return check_behaviour(claim, event, derived)
    if not categories_of(category):
        return not_checkable(claim, f"{category!r} is no category of a response criterion")
    statuses = [
        each
        for each in derived.statuses
        if each.labels
        and _is_status_of(each, event)
        and each.criterion in _criteria_of(category, claim, derived, each.line)
    ]
    own = _own_criteria(category)
    by = own[0] if len(own) == 1 else claim.judged_by
    if by not in ("", PRIMARY.title) and not any(each.criterion == by for each in statuses):
        return not_checkable(claim, _why_not_assessed(claim, by))
    if not any(is_judged_by_findings(each.scan) for each in statuses):
        return _check_by_calls(category, claim, event, statuses, derived)
    conclusion = _conclusion(category, statuses)
    if conclusion is Conclusion.AGREES and _best_is_open(category, event, statuses, derived):
        conclusion = Conclusion.POSSIBLE
    best = _best_shown(event, statuses, derived)
    called_best = bool(best and _is_called_best(claim))
    rest = ""
    if best and not _is_among(category, best):
        if called_best:
            conclusion = Conclusion.CONTRADICTED
        elif conclusion is Conclusion.AGREES:
            conclusion = Conclusion.CONSISTENT
        rest = f"; the best response of {claim.of} is {' or '.join(best)}"
        if conclusion is Conclusion.CONSISTENT:
            rest += f" (of: {claim.of} names the whole line; write of: scan DATE for one scan)"
    if conclusion is Conclusion.CONTRADICTED:
        for each in statuses:
            if reason := size_of_another_measure(derived.case, each.line, each.criterion):
                return not_checkable(claim, reason)
    labels = ", ".join(dict.fromkeys(_label_text(each, statuses) for each in statuses))
    as_printed = str if own else recist_equivalent
    right = dict.fromkeys(map(as_printed, best or [each for s in statuses for each in s.labels]))
    return Verdict(
        claim,
        conclusion,
        f"printed {category}; the findings give {_findings_text(statuses, event)}{rest}",
        recorded=f"the findings give {labels}",
        expected=" or ".join(right) if conclusion is Conclusion.CONTRADICTED else "",
    )


def _check_by_calls(
    category: str, claim: Claim, event: Event, statuses: list[Status], derived: DerivedCase
) -> Verdict:
    """A printed category against the calls of the authors, where no scan has findings.

    Calls that do not allow it contradict it: the authors print two responses. The call of the same
    scan confirms nothing. The calls of a line are what its best response is derived from, so that
    one which they allow is consistent.
    """
    labels = [label for each in statuses for label in each.labels]
    if all(meaning(label) in _NO_RESPONSE for label in labels):
        return not_checkable(claim, _NO_FINDINGS)
    whole = isinstance(event, Treatment)
    of_line = _best_labels(event, statuses, derived) if isinstance(event, Treatment) else ()
    called = [word for each in statuses for _, text in each.scan.called
              for word in categories_of(text)]  # fmt: skip
    allowed = (*labels, *called, *of_line)
    best_only = bool(of_line) and _is_called_best(claim)
    if _is_among(category, of_line if best_only else allowed):
        if not whole:
            return not_checkable(claim, _NO_FINDINGS)
        conclusion = Conclusion.CONSISTENT
    else:
        conclusion = Conclusion.CONTRADICTED
    as_printed = str if _own_criteria(category) else recist_equivalent
    shown = ", ".join(dict.fromkeys(_label_text(each, statuses) for each in statuses))
    text = f"printed {category}; the authors call {_findings_text(statuses, event)}"
    text += f"; the best response by these calls is {' or '.join(of_line)}" if of_line else ""
    right = dict.fromkeys(map(as_printed, of_line or labels))
    return Verdict(
        claim,
        conclusion,
        f"{text}; {_WITHOUT_FINDINGS}",
        recorded=f"the calls of the authors give {shown}",
        expected=" or ".join(right) if conclusion is Conclusion.CONTRADICTED else "",
    )


def _criterion_of(event: Event, derived: DerivedCase) -> str:
    """The criterion of the line that an event belongs to; empty where it names none."""
    number = getattr(event, "line", None)
    return next((each.criterion for each in derived.case.lines if each.number == number), "")


def _label_text(status: Status, statuses: list[Status]) -> str:
    """The label of a scan, with its criterion where the statuses have several."""
    several = len({each.criterion for each in statuses}) > 1
    return f"{status.label} ({status.criterion})" if several else status.label


def _criteria_of(category: str, claim: Claim, derived: DerivedCase, line: int) -> frozenset[str]:
    """The criteria by which a category may be judged: the one that it names, else RECIST 1.1.

    Authors write PR for iPR: a plain word is judged by the criterion of its line as well; by that
    alone where it measures in another way than RECIST 1.1, as WHO 1979 does.
    """
    own = set(_own_criteria(category))
    if not own and claim.judged_by == PRIMARY.title:
        return frozenset({PRIMARY.title})
    of_line = next((each.criterion for each in derived.case.lines if each.number == line), "")
    if own:  # of a word that several criteria have that of the claim, or of the line
        return frozenset(own & {claim.judged_by} or own & {of_line} or own)
    named = claim.judged_by or of_line
    if named in TERMS and TERMS[named].judges_alone:
        return frozenset({named})
    return frozenset({PRIMARY.title, claim.judged_by, of_line})


def _own_criteria(category: str) -> tuple[str, ...]:
    """The criteria whose own word a printed category is, by title: iRECIST of iUPD; none of PR."""
    words = categories_of(category)
    return tuple(dict.fromkeys(row.title for word in words for row in having_their_own(word)))


_NO_RESPONSE = (Code.NE, Code.NED)  # they contradict no category
_WITHOUT_FINDINGS = "no scan has findings to check the calls against"
_NO_FINDINGS = (
    "no findings are on record to check the category against (write what a scan shows beside the "
    "call: target:, non-target:, new: or sum:)"
)


def _why_not_assessed(claim: Claim, by: str) -> str:
    if by not in TERMS:
        return f"this version does not know the criterion {by}"
    return (
        f"{claim.of} is not judged by {by} (write criterion: {by} on the line, or --criterion {by})"
    )


def _is_status_of(status: Status, event: Event) -> bool:
    """Whether a status is that of the scan, or of a scan of the line, that a claim names."""
    if isinstance(event, Treatment):
        return status.line == event.line and not status.is_baseline
    return status.scan is event and not status.is_baseline


def _findings_text(statuses: list[Status], event: Event) -> str:
    """The labels by scan: with the criterion if there are several, and with the reason for one."""
    whole = isinstance(event, Treatment)
    several = len({each.criterion for each in statuses}) > 1
    return "; ".join(
        f"{each.label} at {each.scan.label}"
        + (f" by {each.criterion}" if several else "")
        + ("" if whole else f" ({each.why})")
        for each in statuses
    )


def _conclusion(category: str, statuses: list[Status]) -> Conclusion:
    """Agrees where the findings of one scan give the category; possible where they may.

    A word that several categories are allowed by (objective response) is met by each of them. It
    is consistent where only a scan without findings has it, by the call of the authors: that is
    the same statement once more, and no evidence. A category without a criterion of its own is
    compared in the words of RECIST 1.1.
    """
    as_printed = str if _own_criteria(category) else recist_equivalent
    allowed = frozenset(categories_of(category))
    labels = [frozenset(map(as_printed, each.labels)) for each in statuses]
    certain = [each for each, found in zip(statuses, labels, strict=True) if found <= allowed]
    if certain:
        shown = any(is_judged_by_findings(each.scan) for each in certain)
        return Conclusion.AGREES if shown else Conclusion.CONSISTENT
    possible = any(allowed & each for each in labels)
    return Conclusion.POSSIBLE if possible else Conclusion.CONTRADICTED


def _best_is_open(
    category: str, event: Event, statuses: list[Status], derived: DerivedCase
) -> bool:
    """Whether a category printed for a whole line is one of several that its best response may be.

    A scan may show it and be too early to count (Eisenhauer 2009 4.4.3, stable disease).
    """
    if not isinstance(event, Treatment):
        return False
    as_printed = str if _own_criteria(category) else recist_equivalent
    allowed, criteria = frozenset(categories_of(category)), {each.criterion for each in statuses}
    best = [
        frozenset(map(as_printed, each.labels))
        for each in derived.best
        if each.line == event.line and each.criterion in criteria
    ]
    return any(allowed & found for found in best) and not any(
        found and found <= allowed for found in best
    )


_BEST = re.compile(r"\bbest\b", re.IGNORECASE)


def _best_shown(event: Event, statuses: list[Status], derived: DerivedCase) -> tuple[str, ...]:
    """The best overall responses of a line, as first documented and with confirmation.

    Empty for a scan, and where no scan with findings shows one: then only a call of the authors
    gives it.
    """
    if not isinstance(event, Treatment):
        return ()
    first = {label for each in _best_of(event, statuses, derived) for label in each.labels}
    if not any(first & {*each.labels} for each in statuses if is_judged_by_findings(each.scan)):
        return ()
    return _best_labels(event, statuses, derived)


def _best_of(
    event: Treatment, statuses: list[Status], derived: DerivedCase
) -> tuple[BestResponse, ...]:
    criteria = {each.criterion for each in statuses}
    return tuple(e for e in derived.best if e.line == event.line and e.criterion in criteria)


def _best_labels(event: Treatment, statuses: list[Status], derived: DerivedCase) -> tuple[str, ...]:
    of_line = _best_of(event, statuses, derived)
    return tuple(dict.fromkeys(word for e in of_line for word in (*e.labels, *e.confirmed)))


def _is_called_best(claim: Claim) -> bool:
    return bool(_BEST.search(f"{claim.note} {claim.about}"))


def _is_among(category: str, labels: tuple[str, ...]) -> bool:
    as_printed = str if _own_criteria(category) else recist_equivalent
    return not {*categories_of(category)}.isdisjoint(map(as_printed, labels))


RULES = (
    Rule(
        id="C30",
        reproduces=True,
        checks="the printed response against the one that the findings give, or without findings "
        "the calls of the authors",
        formula="the printed category is among the labels that the tables allow, and among the "
        "best responses of a line where it is called the best; pseudoprogression "
        "is an iUPD that is not confirmed; hyperprogression meets a published definition",
        severity=Severity.ERROR,
        vague=True,
        source="Eisenhauer 2009 Tables 1 and 2; Seymour 2017 Table 2; Champiat 2017, Saâda-Bouzid "
        "2017, Ferrara 2018, Kas 2020",
        example_fail="a legend with PD for a scan on which the targets shrank",
        example_ok="iUPD for a scan with a new lesion",
        check=check_each(("response",), check_response),
    ),
)
