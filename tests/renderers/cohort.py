"""Synthetic cohorts with measured sums, as cases; the same size and seed give the same patients."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random

from timeline.endpoints.derived_case import DerivedCase, derive_all
from timeline.record.case import Case, Patient
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.events import Death, Event, LastContact, Scan, Treatment

START, CUT_OFF = date(2021, 1, 4), date(2023, 6, 30)
EVERY = 56  # days between scans
# How fast the sum of a patient changes from scan to scan, and how often such a patient comes.
COURSES = ((0.35, 2), (0.6, 4), (0.8, 4), (1.0, 4), (1.12, 3), (1.5, 2))
REGROWTH = 1.3
DRUGS = ("penpulimab 200 mg IV", "anlotinib 12 mg days 1-14")


def cohort(size: int, seed: int = 1, *, vague: bool = False) -> tuple[DerivedCase, ...]:
    """Readings of so many patients; ``vague``: dates of scans and ends known to the month.

    A larger cohort begins with the patients of a smaller one, so that each is derived once.
    """
    random, known = _known(seed, vague)
    more = [_case(number, random, vague=vague) for number in range(len(known) + 1, size + 1)]
    for reading, problems in derive_all([(case, case.settings) for case in more]):
        assert reading is not None, problems
        known.append(reading)
    return tuple(known[:size])


@cache
def _known(seed: int, vague: bool) -> tuple[Random, list[DerivedCase]]:
    """The patients that were derived so far, and what the next ones are drawn from."""
    return Random(seed), []


def _case(number: int, random: Random, *, vague: bool) -> Case:
    name = f"{number:02}"
    case, problems = Case.of(name, tuple(_events(random, vague)), Patient(diagnosis="sarcoma"))
    assert case is not None, problems
    return case


def _dated(day: date, vague: bool) -> str:
    return f"{day:%Y-%m}" if vague else f"{day}"


def _events(random: Random, vague: bool) -> list[Event]:
    """A baseline, one line of treatment, scans to progression or the cut-off, and an end."""
    start = START + timedelta(days=random.randrange(0, 780))
    base = random.randrange(32, 140)
    begun = start - timedelta(days=random.randrange(3, 21))
    events: list[Event] = [Scan(at=f"{begun}", baseline=1, sum=f"{base} mm")]
    scans, day, progressed = _scans(random, start, base, vague)
    dies = random.random() < (0.75 if progressed else 0.2)
    last = min(day + timedelta(days=random.randrange(40, 420)), CUT_OFF)
    stopped = f"{start}/{_dated(day, vague)}" if progressed else f"{start}/.."
    criterion = "iRECIST" if random.random() < 0.4 else "RECIST 1.1"
    drugs = tuple(drug_dose(each) for each in DRUGS[: random.randrange(1, 3)])
    events += [Treatment(at=stopped, line=1, criterion=criterion, drugs=drugs), *scans]
    end = _dated(last, vague)
    return [*events, Death(at=end) if dies and last < CUT_OFF else LastContact(at=end)]


def _scans(random: Random, start: date, base: int, vague: bool) -> tuple[list[Scan], date, bool]:
    """Scans with sums until growth or a new lesion ends the line; the last day; how it ended."""
    pace = random.choices([p for p, _ in COURSES], [n for _, n in COURSES])[0]
    turns = random.randrange(2, 14)
    size, nadir, day = float(base), float(base), start
    scans: list[Scan] = []
    for place in range(1, 12):
        following = start + timedelta(days=EVERY * place + random.randrange(-7, 8))
        if following > CUT_OFF:
            return scans, day, False
        day = following
        size *= (pace if place < turns else REGROWTH) * random.uniform(0.92, 1.08)
        pace += (1 - pace) * 0.35
        size = 0.0 if size < 4 else size
        new = random.random() < 0.06
        missed = random.random() < 0.05
        found = {"target": "NE"} if missed else {"sum": f"{size:.0f} mm"}
        scans.append(Scan(at=_dated(day, vague), new="liver" if new else "none", **found))
        nadir = min(nadir, size)
        if new or (not missed and size > 1.2 * nadir + 5 and random.random() < 0.8):
            return scans, day, True
    return scans, day, False
