"""What is unusual in how the criterion of a line is used: rules not read, sizes it cannot sum."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.assessment.line_course import LineCourse
from timeline.core.problem import Where
from timeline.record.case import Case
from timeline.record.events import Scan
from timeline.record.line_criteria import judged_by
from timeline.response.criteria import BY_TITLE
from timeline.response.lesion_rules import Measure
from timeline.settings.response import Settings
from timeline.terminology.criteria import PRIMARY, provisional_note

Found = Iterator[tuple[Where, str]]


def provisional_criteria(case: Case, of: LineCourse, settings: Settings) -> Found:
    """A criterion with rules that were not read in any source, and that judges a line."""
    for title in judged_by(case, of.line, settings):
        note = provisional_note(title)
        if note:
            yield of.line.start.where, f"line {of.line.number}: {note}"


def change_of_one_measure(case: Case, of: LineCourse, settings: Settings) -> Found:
    """Printed changes that some criteria of a line do not read, for they sum something else."""
    own = BY_TITLE[of.line.criterion or PRIMARY.title].lesions.measure
    others = [
        title
        for title in judged_by(case, of.line, settings)
        if BY_TITLE[title].lesions.measure != own
    ]
    first = next((scan for scan in of.used if scan.change is not None), None)
    if others and first is not None:
        text = f"line {of.line.number}: a printed change is one of the {own.name}"
        rest = f"{' and '.join(others)} {'takes' if len(others) == 1 else 'take'} none of it"
        yield first.where, f"{text}: {rest} (write the sizes, if the report has them)"


def sizes_of_another_measure(of: LineCourse) -> Found:
    """Sizes that the criterion of the line cannot sum: one diameter where it sums products."""
    title = of.line.criterion
    if not title:
        return
    measure = BY_TITLE[title].lesions.measure
    for scan in (*of.baselines, *(each for point in of.points for each in point.scans)):
        for what, advice in _not_summed(scan, measure):
            text = (
                f"{scan.label}: {title} takes the {measure.name}, and {what}: read as not evaluated"
            )
            yield scan.where, f"{text} ({advice})"


def size_of_another_measure(case: Case, number: int, title: str) -> str:
    """The first size of a line that a criterion cannot sum, in words; empty where it can all.

    What such a scan is by the criterion is not known, so that no print about it is contradicted.
    """
    measure = BY_TITLE[title].lesions.measure
    scans = (each for each in case.all_of(Scan) if number in (each.line, each.baseline))
    return next(
        (
            f"{title} takes the {measure.name}, and of {scan.label} {what}"
            for scan in scans
            for what, _ in _not_summed(scan, measure)
        ),
        "",
    )


def _not_summed(scan: Scan, measure: Measure) -> Iterator[tuple[str, str]]:
    """What of a scan is of another measure, and what to write instead."""
    stated = bool(measure.field) and getattr(scan, measure.field) is not None
    if scan.sum is not None and scan.sum.unit.measures != measure.measures and not stated:
        unit = scan.sum.unit.name
        key = f"{measure.field.replace('_', '-')}:" if measure.field else ""
        advice = f"write {key or f'the sum in {measure.unit}'}, if the report has it"
        yield f"its sum is in {unit}", advice
    single = [name for name, size in scan.lesions if size.length is not None and size.area is None]
    if measure.of_area and single:
        what = f"{', '.join(single)} {'has' if len(single) == 1 else 'have'} one diameter"
        yield what, "write both, as 40 x 30 mm, if the report has them"
