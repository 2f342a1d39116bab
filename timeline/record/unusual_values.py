"""Values of a record that are hardly right, or that are not read as what they may mean."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from timeline.core.problem import Where
from timeline.core.quantities import AREA
from timeline.core.span import NEVER_ENDS, Number
from timeline.core.text.spelling import folded
from timeline.record.case import Case
from timeline.record.events import Death, Event, PeriodEvent, Scan, Treatment
from timeline.record.ordering.unstated_ends import days_of_cycles


def ongoing_at_death(case: Case) -> Iterator[tuple[Where, str]]:
    """Periods that are written as ongoing, of a patient who died."""
    for death in case.all_of(Death)[:1]:
        for event in case.all_of(PeriodEvent):
            if event.at.text.endswith(".."):
                text = (
                    f"{event.label} is ongoing ({event.at}), and the patient died ({death.start})"
                )
                start = event.at.text.partition("/")[0]
                rest = "it is read as ended on some day up to then (write its end, or"
                yield event.where, f"{text}: {rest} {start}/ where the report states none)"


def overlapping_lines(case: Case) -> Iterator[tuple[Where, str]]:
    """A line that goes on after the next one has begun."""
    for line, following in itertools.pairwise(case.lines):
        begins = following.start.start.span
        for regimen in line.treatments:
            end, ongoing = regimen.at.end, regimen.at.ongoing
            overlaps = end is not None and end.span.low > begins.high
            if overlaps or (ongoing and begins.high < NEVER_ENDS):
                until = "is ongoing" if ongoing else f"ends ({end})"
                text = f"line {line.number} {until} after line {following.number} began"
                rest = "lines follow one another (correct a date, or give what was added one number"
                yield regimen.where, f"{text} ({following.start.start}): {rest})"


def cycles_beyond_the_end(case: Case) -> Iterator[tuple[Where, str]]:
    """A treatment whose cycles, as planned, do not fit before its end, the next line or death."""
    for treatment in case.all_of(Treatment):
        least = days_of_cycles(treatment)
        until, description = _ends_by(case, treatment)
        if not least or until is None:
            continue
        most = case.days_between((treatment, "start"), until).high
        if most < least:
            cycles = f"{treatment.cycles} cycles of {treatment.cycle}"
            text = f"{treatment.label}: {cycles} need {least} days from the first day of the first"
            rest = f"to that of the last, and {description} at most {most} days after the start"
            yield treatment.where, f"{text} {rest} (correct cycles, cycle or a date)"


def _ends_by(case: Case, treatment: Treatment) -> tuple[tuple[Event, str] | None, str]:
    """The moment by which a treatment has ended, and what that is in words."""
    if treatment.at.end is not None and not treatment.at.ongoing:
        return (treatment, "end"), "it ends"
    later = [each for each in case.lines if treatment.line and each.number > treatment.line]
    if later:
        return (later[0].start, "start"), f"line {later[0].number} begins"
    return None, ""


# Marjiyeh-Awwad 2022, World J Oncol 13:244: a retroperitoneal liposarcoma, the largest of tumours,
# has 200 to 250 mm on average, and is called giant above 300 mm.
LARGEST_LESION = 300  # mm
# No source states a largest sum. This is ours: five targets (RECIST 1.1) of 100 mm each.
LARGEST_SUM = 500  # mm
LARGEST_PRODUCTS = 50_000  # mm², of five of 100 x 100 mm
_NANOMETRES = 1_000_000  # of a mm


def implausible_sizes(case: Case) -> Iterator[tuple[Where, str]]:
    """Lesions of more than 300 mm, and sums of more than 500 mm: often millimetres as cm."""
    for scan in case.all_of(Scan):
        lesions = (*scan.lesions, *scan.new_lesion_sizes)
        sizes: list[tuple[str, str, Number, int]] = [
            (f"of {name}", size.text, Fraction(size.length or 0, _NANOMETRES), LARGEST_LESION)
            for name, size in lesions
        ]
        if scan.sum is not None:
            least = scan.sum.in_base_units.span.low  # what it is at least, as it was rounded
            of_area = scan.sum.unit.measures == AREA
            largest_sum = LARGEST_PRODUCTS if of_area else LARGEST_SUM
            sizes.append(("of the sum", str(scan.sum), least, largest_sum))
        for name, text, length, largest in sizes:
            if length > largest:
                unit = "mm²" if largest == LARGEST_PRODUCTS else "mm"
                what = f"{scan.label}: an unusual size {name}: {text} is more than {largest} {unit}"
                yield (
                    scan.where,
                    f"{what} (correct the number or the unit, if it is not as printed)",
                )


# The values of the CDISC codelist of sex, C66731, in words, and what states none.
SEXES = frozenset(("male", "female", "intersex", "undifferentiated", "unknown", "not stated"))
# What other words mean in English, German, French and Spanish. The letter m is none of them: it is
# male in three of these languages, and mujer, female, in Spanish.
_MEANT = {
    word: sex
    for sex, words in (
        ("female", "female f w weiblich frau woman girl femme féminin femenino mujer"),
        ("male", "male männlich mann man boy homme masculin masculino hombre h"),
    )
    for word in words.split()
}


def sex_in_other_words(case: Case) -> Iterator[tuple[Where, str]]:
    """A sex in words that are not read: it is unknown in an export, and a group of its own."""
    sex = case.patient.sex
    if sex and sex not in SEXES:
        advice = f"write {_MEANT.get(folded(sex), 'male or female')}"
        what = f"patient.sex: {sex!r} is kept as it is, and is read neither as male nor as female"
        yield case.sex_at, f"{what} ({advice}; else it is unknown in CDISC datasets)"
