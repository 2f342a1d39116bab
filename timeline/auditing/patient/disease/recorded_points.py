"""The time points of the record: what all scans of one assessment measured together."""

from __future__ import annotations

from timeline.assessment.line_course import LineCourse
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.event_parts.lesion_sizes import LesionSize
from timeline.record.events import Scan
from timeline.report.claims import Claim
from timeline.terminology.criteria import TERMS


def time_point_of(scan: Scan, derived: DerivedCase) -> Scan:
    """All scans of a time point as one, dated by the last; the scan itself where it is alone."""
    for of in derived.courses:
        for point in of.points:
            if _is_among(scan, point.scans):
                return scan if point.is_single else point.scan
    for of in derived.courses:
        if len(of.baselines) > 1 and of.baseline is not None and _is_among(scan, of.baselines):
            return of.baseline
    return scan


def time_point_remark(scan: Scan, derived: DerivedCase) -> str:
    """Which scans form one time point with a scan, as a clause; empty where it is alone."""
    points = (point for of in derived.courses for point in of.points)
    found = next((point.because for point in points if _is_among(scan, point.scans)), "")
    return f"; {found}" if found else ""


def course_of(scan: Scan, derived: DerivedCase) -> LineCourse | None:
    """The course of the line that a scan assesses, or of which it is the baseline."""
    line = scan.line if scan.line is not None else scan.baseline
    return next((of for of in derived.courses if of.line.number == line), None)


def baseline_of(scan: Scan, derived: DerivedCase) -> Scan | None:
    """The baseline of the line that a scan assesses; None where there is none."""
    of = course_of(scan, derived)
    return of.baseline if of is not None else None


def assesses_line_of(scan: Scan, like: Scan, derived: DerivedCase) -> bool:
    """Whether a scan assesses the line that another assesses, or belongs to its baseline."""
    of = course_of(like, derived)
    return of is not None and (scan.line == of.line.number or _is_among(scan, of.baselines))


def size_at(name: str, scan: Scan, derived: DerivedCase) -> LesionSize | None:
    """The size of a lesion at the time point of a scan; None where none is on record."""
    found = time_point_of(scan, derived)
    sizes = (size for each, size in (*found.lesions, *found.new_lesion_sizes) if each == name)
    return next(sizes, None)


def adds_new_lesions(claim: Claim, scan: Scan, derived: DerivedCase) -> bool:
    """Whether the criterion of a claim, or else of the line, adds new lesions to the sum."""
    of = course_of(scan, derived)
    title = claim.judged_by or (of.line.criterion if of is not None else "")
    return title in TERMS and TERMS[title].adds_new_lesions


def new_lesions_at(scan: Scan, derived: DerivedCase) -> tuple[str, ...]:
    """The new lesions in the sum at a time point: those measured since the last were gone."""
    of, found = course_of(scan, derived), time_point_of(scan, derived)
    known: dict[str, None] = {}
    for each in of.scans if of is not None else ():
        if each.earlier_new == "gone":
            known = {}
        known |= {name: None for name, size in each.new_lesion_sizes if size.length is not None}
        if each.start.span.low >= found.start.span.low:
            return tuple(known) if each.start == found.start else ()
    return ()


def _is_among(scan: Scan, scans: tuple[Scan, ...]) -> bool:
    return any(each is scan for each in scans)
