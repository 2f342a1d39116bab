"""What can be wrong with the scans of a case, found without the response engine where it can be.

The engine refuses findings that contradict each other: sums without a baseline, lesions that come
and go, a new lesion where all are gone. Of scans that hold words alone it refuses nothing, so that
they are checked without loading it, which takes longer than all the rest of a check.
"""

from __future__ import annotations

from math import prod

from timeline.assessment.line_course import course_contradictions, line_course
from timeline.core.problem import Problem
from timeline.record.case import Case
from timeline.record.events import Scan, field_values
from timeline.settings.response import Settings

# Fields of a scan that the engine takes as they are, whatever the other fields are.
ACCEPTED_FIELDS = frozenset(
    (
        *("what", "note", "modality", "line", "baseline", "timepoint", "target", "non-target"),
        *("new", "non-target-increase", "equivocal", "earlier-new", "symptomatic", "called"),
    )
)
_MOST_INTERPRETATIONS = 1000  # ways to read the words of a case; with more the engine decides


def needs_no_engine(case: Case) -> bool:
    """Whether the engine has nothing to refuse in the scans of a case."""
    scans = case.all_of(Scan)
    if not all(field_values(scan).keys() <= ACCEPTED_FIELDS for scan in scans):
        return False
    if any(scan.earlier_new and scan.new_lesions for scan in scans):
        return False
    findings = [each for scan in scans for each in (scan.target, scan.non_target) if each]
    return prod(max(len(each.levels), 1) for each in findings) <= _MOST_INTERPRETATIONS


def scan_problems(case: Case, settings: Settings) -> tuple[Problem, ...]:
    """What is wrong with the scans of each line of a `plain` case."""
    courses = (line_course(case, line, settings) for line in case.lines)
    return tuple(fault for each in courses for fault in course_contradictions(each))
