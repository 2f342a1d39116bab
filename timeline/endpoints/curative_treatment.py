"""Treatment with curative intent: what scans that no line holds show before and after surgery.

Neoadjuvant treatment makes no line, and neither does follow-up after an operation. Their scans are
read by RECIST 1.1 all the same, as those of a line are: vague words, doubtful lesions, FDG-PET and
missing lesions count for what they count there. Before the operation the baseline is the last scan
before the treatment; after it there is no disease, so that a new lesion, or a call of recurrence,
is one.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from timeline.assessment.assess import assess_lines
from timeline.assessment.line_course import build_course, find_baselines
from timeline.assessment.line_interpretations import line_interpretations
from timeline.assessment.time_points import TimePoint
from timeline.endpoints.stated_recurrence import conditions_of_none
from timeline.record.case import Case
from timeline.record.events import Event, Scan, Surgery, Treatment
from timeline.record.lines import Line
from timeline.response.criteria.recist11 import RECIST11
from timeline.results.statuses import AssessedCase, Progression
from timeline.settings.response import Settings
from timeline.terminology.sites import Site

_BEFORE_SURGERY = ("neoadjuvant", "perioperative")
RECURRENCE = "recurrence"


@attrs.frozen(kw_only=True)
class _UnnumberedLine(Line):
    """The scans from an event on, as those of a line that has no number."""

    begun: Event

    @property
    def start(self) -> Event:
        return self.begun


def _unnumbered_line(event: Event) -> _UnnumberedLine:
    return _UnnumberedLine(number=0, treatments=(), begun=event)


def neoadjuvant_treatment(case: Case) -> Treatment | None:
    """The first treatment before planned surgery; None where there is none.

    Perioperative treatment is one where no operation has been done when it begins.
    """
    done = [case.place(each) for each in case.all_of(Surgery)]
    for each in case.all_of(Treatment):
        first = each.setting == "neoadjuvant" or all(place > case.place(each) for place in done)
        if each.setting in _BEFORE_SURGERY and first:
            return each
    return None


def scans_before_surgery(case: Case) -> tuple[Scan, ...]:
    """The scans from the start of the neoadjuvant treatment to the operation after it, in order."""
    start = neoadjuvant_treatment(case)
    if start is None:
        return ()
    place, until = case.place(start), _operation(case, start)
    return tuple(
        scan
        for scan in case.all_of(Scan)
        if case.place(scan) > place and (until is None or case.place(scan) < case.place(until))
    )


def progression_before_surgery(assessed: AssessedCase) -> Progression | None:
    """The progression before surgery, where it is an event of EFS.

    By default only where no operation follows it (setting efs_progression).
    """
    start = neoadjuvant_treatment(assessed.case)
    if start is None:
        return None
    precluded = _operation(assessed.case, start) is None
    if not precluded and assessed.settings.efs_progression != "any":
        return None
    scans = scans_before_surgery(assessed.case)
    return assessed.find(
        "progression before surgery",
        lambda settings: _assess_scans(assessed.case, settings, _unnumbered_line(start), scans),
    )


def recurrence_after_surgery(assessed: AssessedCase) -> Progression | None:
    """The progression after the first operation, up to the first systemic line after it."""
    operation, scans = (
        next(iter(assessed.case.all_of(Surgery)), None),
        scans_after_surgery(assessed.case),
    )
    if operation is None:
        return None
    since = _unnumbered_line(operation)
    return assessed.find(
        RECURRENCE,
        lambda settings: _assess_scans(assessed.case, settings, since, scans, free=True),
    )


def scans_after_surgery(case: Case) -> tuple[Scan, ...]:
    """The scans of the follow-up: from the first operation to the first line that begins later.

    Of an operation that is known by its order alone also those that may have come before it.
    """
    operations = case.all_of(Surgery)
    if not operations:
        return ()
    lines = [case.place(each.start) for each in case.lines]
    until = min((at for at in lines if at > case.place(operations[0])), default=len(case.events))
    return tuple(
        scan
        for scan in case.all_of(Scan)
        if is_after(operations[0], scan, case) is not False and case.place(scan) < until
    )


def is_after(operation: Surgery, scan: Event, case: Case) -> bool | None:
    """Whether a scan came after an operation, or on its day; None where the record leaves it open.

    It is not taken for one where the operation has a date, and the scan lies within its days.
    """
    days = case.days_between((operation, "start"), (scan, "start"))
    if scan.start.span.low >= operation.start.span.high or days.low >= 0:
        return True
    return None if operation.start.by_order and days.high >= 0 else False


def conditions_of_no_event(assessed: AssessedCase, name: str) -> tuple[str, ...]:
    """What the findings must mean for an event that no line holds not to be reached."""
    if name == "progression before surgery":
        found = progression_before_surgery(assessed)
    else:
        found = recurrence_after_surgery(assessed) if name == RECURRENCE else None
    needs = found.needs(None) if found is not None and not found.always else ()
    if name == RECURRENCE and found is not None:
        needs = (*needs, *_before_the_operation(assessed.case, found))
    scan = baseline_with_disease(assessed.case) if name == RECURRENCE else None
    left = f"the disease at {scan.label}, a baseline, was left by the operation" if scan else ""
    stated = conditions_of_none(assessed) if name == RECURRENCE else ()
    return (*needs, left, *stated) if left else (*needs, *stated)


def _before_the_operation(case: Case, found: Progression) -> tuple[str, ...]:
    """What the order must be for the scans that show a recurrence to show none."""
    operation = case.all_of(Surgery)[0]
    unsure = (scan for scan in found.scans if is_after(operation, scan, case) is None)
    return tuple(f"{scan.label} came before the operation" for scan in unsure)


def baseline_with_disease(case: Case) -> Scan | None:
    """The first baseline of a line after surgery that has disease; it may have come back there."""
    later = (scan for scan in scans_after_surgery(case) if _before_lines(scan))
    return next((scan for scan in later if _has_disease(scan)), None)


def is_disease_free(scan: Scan) -> bool:
    """Whether a scan after surgery may have shown that there is no disease."""
    found = [scan.target, scan.non_target]
    missed = any(each is not None and not each.is_evaluated for each in found)
    return not (scan.new_lesions or scan.new_not_evaluated or missed or _before_lines(scan))


def _before_lines(scan: Scan) -> bool:
    return scan.baseline is not None


def _has_disease(scan: Scan) -> bool:
    there = [each for each in (scan.target, scan.non_target) if each is not None]
    measured = scan.sum is not None and scan.sum.exact != 0
    lesions = any(size.length for _, size in scan.lesions)
    return measured or lesions or any(not {"CR", "NE", "NA"} & set(each.allows) for each in there)


def _operation(case: Case, start: Treatment) -> Surgery | None:
    later = (each for each in case.all_of(Surgery) if case.place(each) > case.place(start))
    return next(later, None)


def _assess_scans(
    case: Case,
    settings: Settings,
    since: _UnnumberedLine,
    scans: Sequence[Scan],
    *,
    free: bool = False,
) -> Progression | None:
    """The progression of some scans; None where they state nothing, or contradict each other.

    ``free``: no disease was left, so that there is no baseline to compare with.
    """
    baselines, problems = ((), ()) if free else find_baselines(case, since, settings)
    mine = [scan for scan in scans if not any(scan is each for each in baselines)]
    found = build_course(case, since, mine, (baselines, problems), settings)
    found = attrs.evolve(found, points=tuple(map(_as_new_lesion, found.points))) if free else found
    every, problems = line_interpretations(case, found)
    if every is None or problems:
        return None
    return assess_lines([found], [every], RECIST11, settings)[0].progression


def _as_new_lesion(point: TimePoint) -> TimePoint:
    """A time point that is called a recurrence and names no site: one of a new lesion."""
    scan = point.scan
    categories = {category for _, category in scan.called}
    if RECURRENCE not in categories or scan.new_lesions:
        return point
    return attrs.evolve(point, scan=attrs.evolve(scan, new=(Site(RECURRENCE),)))
