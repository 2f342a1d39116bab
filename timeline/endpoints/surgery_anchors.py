"""Anchors of treatment with curative intent: surgery, recurrence, and the scans around it."""

from __future__ import annotations

import attrs

from timeline.core.span import ANY, Span
from timeline.endpoints.anchor_kind import Anchors, anchor_at
from timeline.endpoints.curative_treatment import (
    baseline_with_disease,
    is_after,
    is_disease_free,
    neoadjuvant_treatment,
    progression_before_surgery,
    recurrence_after_surgery,
    scans_after_surgery,
    scans_before_surgery,
)
from timeline.endpoints.stated_recurrence import stated_after_surgery, stated_since
from timeline.record.case import Case
from timeline.record.event_parts.disease_status import NO_EVIDENCE
from timeline.record.events import Event, LastContact, Metastasis, Relapse, Surgery
from timeline.record.lines import Line
from timeline.results.statuses import Anchor, AssessedCase, Progression, comes_before


def last_curative_surgery(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    """The last operation before the first recurrence, or before the first systemic line."""
    case, place = assessed.case, assessed.case.place
    shown = _shown_recurrences(assessed)
    lines = tuple(anchor_at(line.start, "") for line in case.lines[:1])
    first = case.all_of(Surgery)[:1]
    # a scan that may have come before the first operation is a recurrence only where it did not
    after_first = tuple(each for each in shown if is_after(first[0], each.event, case) is not None)
    stated = min((place(each.event) for each in stated_after_surgery(assessed)), default=None)
    done = [
        each
        for each in case.all_of(Surgery)
        # what is stated comes after the first operation, though perhaps in the same month
        if all(
            _is_no_later(anchor_at(each, ""), end, case)
            for end in (*(after_first if each in first else shown), *lines)
        )
        and (each in first or stated is None or place(each) < stated)
    ]
    return tuple(anchor_at(each, each.label) for each in done[-1:])


def no_curative_surgery(assessed: AssessedCase) -> str:
    """Why a case with an operation has no curative surgery, and what the time after it is."""
    case = assessed.case
    done = case.all_of(Surgery)
    first = next((line.start for line in case.lines), None)
    if not done or first is None:
        return ""
    within = [
        each for each in done if comes_before(anchor_at(first, ""), anchor_at(each, ""), case)
    ]
    if not within:
        undated = next((each for each in done if each.start.span == ANY), None)
        return (
            ""
            if undated is None
            else (
                f"whether {undated.label} came before line 1 is not stated (write before line 1 in "
                "place of .. where it did)"
            )
        )
    operation = within[-1]
    back = [each for each in case.all_of(Relapse, Metastasis)
            if case.place(each) > case.place(operation)]  # fmt: skip
    end = f", to: {back[0].label}" if back else ""
    return (
        f"{operation.label} comes after the start of line 1, and the time counts from surgery "
        f"before that (write interval: for the time since then, from: {operation.label}{end})"
    )


def _is_no_later(first: Anchor, later: Anchor, case: Case) -> bool:
    """Whether a moment is no later than another by its dates, or comes before it by the order."""
    return first.span.high <= later.span.low or comes_before(first, later, case)


def first_recurrence(assessed: AssessedCase) -> Event | None:
    """The first scan after an operation that shows a recurrence in some reading, or one stated."""
    found = recurrence_anchors(assessed, None, "")
    return min(found, key=lambda each: each.span.low).event if found else None


def recurrence_anchors(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    """Each scan that may show the first recurrence, and each relapse or metastasis stated."""
    return (*_shown_recurrences(assessed), *stated_after_surgery(assessed))


def _shown_recurrences(assessed: AssessedCase) -> Anchors:
    """Each scan that may show the first recurrence, and a baseline of which that is not known."""
    shown = tuple(
        _after_the_operation(each, assessed.case)
        for each in _dating_anchors(recurrence_after_surgery(assessed), "first recurrence")
    )
    scan = baseline_with_disease(assessed.case)
    if scan is None or any(each.certain for each in shown):
        return shown
    description = f"the disease at {scan.label}, a baseline, came back after the operation"
    return (
        *shown,
        attrs.evolve(anchor_at(scan, "disease at a baseline"), certain=False, needs=(description,)),
    )


def _after_the_operation(anchor: Anchor, case: Case) -> Anchor:
    """The anchor of a recurrence; not certain where the scan may have come before the operation."""
    operation = case.all_of(Surgery)[0]
    if is_after(operation, anchor.event, case):
        return anchor
    need = f"{anchor.event.label} came after the operation"
    low = max(anchor.span.low, operation.start.span.low)
    span = Span(low, anchor.span.high)
    return attrs.evolve(anchor, span=span, certain=False, needs=(*anchor.needs, need))


def _dating_anchors(found: Progression | None, description: str) -> Anchors:
    """The scans that may date a progression which no line holds."""
    scans = found.scans if found else ()
    return tuple(
        attrs.evolve(
            anchor_at(scan, description),
            certain=found is not None and found.always and scan is scans[-1],
            needs=found.needs(scan) if found else (),
        )
        for scan in scans
    )


def neoadjuvant_start(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    start = neoadjuvant_treatment(assessed.case)
    return (anchor_at(start, "start of neoadjuvant treatment"),) if start else ()


def before_surgery(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    """Progression before surgery; a relapse or metastasis stated where no operation follows."""
    shown = _dating_anchors(
        progression_before_surgery(assessed), "progression before surgery (efs_progression)"
    )
    start = neoadjuvant_treatment(assessed.case)
    if start is None or assessed.case.all_of(Surgery):
        return shown
    return (*shown, *stated_since(assessed, start))


def last_before_surgery(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    before = scans_before_surgery(assessed.case)
    return tuple(anchor_at(scan, "last assessment before surgery") for scan in before[-1:])


def last_disease_free(assessed: AssessedCase, _: Line | None, __: str) -> Anchors:
    """The last scan of the follow-up after surgery that showed no disease; or such a contact."""
    case = assessed.case
    scans = [scan for scan in scans_after_surgery(case) if is_disease_free(scan)]
    contacts = [each for each in case.all_of(LastContact) if each.disease_status == NO_EVIDENCE]
    if contacts and case.all_of(Surgery) and not case.lines:
        return (anchor_at(contacts[-1], "last contact without evidence of disease"),)
    return tuple(anchor_at(scan, "last disease-free assessment") for scan in scans[-1:])
