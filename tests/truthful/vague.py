"""One patient whose record has days, months or years, and a truthful report of him.

Months are counted in one way throughout a report, and each print is rounded in a way of its own.
"""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pendulum

from tests.truthful.prints import ROUNDINGS, USUAL_MONTHS, shown
from tests.truthful.single import FIRST_DAY, by_name, recorded
from timeline.auditing import Verdict, audit
from timeline.core.calendar.dates import format_day
from timeline.core.calendar.durations import MONTHS
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import Diagnosis, Event, LastContact, Scan, Symptom, Treatment
from timeline.report.claims import CLAIMS, Claim, Report

WORDS = ("first", "second", "third")
SITES = ("liver", "lung", "bone")
CYCLE = 21


class History:
    """What truly happened, in days: each line with its start, stop, progression and sizes."""

    def __init__(self, draw: random.Random) -> None:
        self.symptom = FIRST_DAY + draw.randrange(2000)
        self.diagnosis = self.symptom + draw.randrange(300)
        self.birth = self.diagnosis - draw.randrange(20 * 365, 80 * 365)
        day = self.diagnosis
        self.lines = []
        for _ in range(draw.randint(1, 3)):
            start = day + draw.randrange(1, 120)
            worse = start + draw.randrange(30, 700)
            stop = draw.randint(start, worse)
            self.lines.append((start, stop, worse))
            day = worse
        self.last = day + draw.randrange(0, 500)
        self.accepted = self.last + draw.randrange(0, 400)


def printed_time(draw: random.Random, month: str, days: int) -> str:
    """A true number of days as months of one convention, rounded in any way."""
    places = draw.choice((0, 1, 1))
    units = Fraction(days + draw.choice((0, 1))) / MONTHS[month].days * 10**places
    return shown(ROUNDINGS[draw.choice(tuple(ROUNDINGS))](units), places)


def events(draw: random.Random, true: History) -> tuple[Event, ...]:
    """The record with its vague dates; its order is stated where dates leave it open."""
    found: list[Event] = [
        Symptom(at=recorded(draw, true.symptom), id="symptom-1"),
        Diagnosis(at=f"{recorded(draw, true.diagnosis)}, after symptom-1", id="diagnosis-1"),
    ]
    before = "diagnosis-1"
    for number, (start, stop, worse) in enumerate(true.lines, start=1):
        begun, ended = f"{recorded(draw, start)}, after {before}", recorded(draw, stop)
        found += [
            Treatment(at=f"{begun}/{ended}", line=number, drugs="x", cycle="3 weeks"),
            Scan(at=f"{recorded(draw, worse)}, after line {number} end", id=f"worse-{number}",
                 line=number, target="SD", new=SITES[number - 1]),
        ]  # fmt: skip
        before = f"worse-{number}"
    found.append(LastContact(at=f"{recorded(draw, true.last)}, after {before}", id="seen"))
    return tuple(found)


def claims(draw: random.Random, true: History) -> list[Claim]:
    """True prints of every kind that a history gives."""
    month = draw.choice((*USUAL_MONTHS, "by name"))

    def time(kind: str, first: int, last: int, **keys: object) -> Claim:
        text = str(by_name(first, last)) if month == "by name" else printed_time(
            draw, month, last - first)  # fmt: skip
        return claim(kind, text, unit="months", **keys)

    made = [time("OS", true.diagnosis, true.last)]
    for number, (start, stop, worse) in enumerate(true.lines, start=1):
        made += [
            time("PFS", start, worse, line=number),
            time("interval", true.diagnosis, start, from_="diagnosis-1", to=f"line {number}"),
            time("interval", start, worse, from_=f"line {number}", to=f"worse-{number}"),
            claim("ordinal", WORDS[number - 1], about=f"line {number}", line=number),
            claim("date", recorded(draw, worse), of=f"worse-{number}"),
            claim("date", recorded(draw, start), of=f"line {number}"),
            claim("response", "PD", of=f"worse-{number}"),
            claim(
                "age", str(age(true.birth, start)), about=f"age at {number}", of=f"line {number}"
            ),
            claim("count", str((stop - start) // CYCLE + 1), about="cycles", line=number),
        ]
    for number, (one, other) in enumerate(itertools.pairwise(true.lines), start=1):
        made.append(time("TTNT", one[0], other[0], line=number))
    return made


def age(birth: int, day: int) -> int:
    """Whole years from one day to another."""
    born, at = pendulum.Date.fromordinal(birth), pendulum.Date.fromordinal(day)
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))


def claim(kind: str, text: str, **keys: object) -> Claim:
    return Claim(kind=kind, text=text, value=CLAIMS[kind].read(text), **keys)  # type: ignore[arg-type]


def audited(draw: random.Random) -> tuple[int, tuple[Verdict, ...]]:
    """How many figures one truthful report prints, and the verdicts on them."""
    true = History(draw)
    case, problems = Case.of("c", events(draw, true))
    if case is None:
        raise ValueError(f"the generator made a case that cannot be: {problems[0]}")
    reading, problems = derive(case)
    if reading is None:
        raise ValueError(f"the generator made a case that cannot be read: {problems[0]}")
    source = Report(name="s", claims=tuple(claims(draw, true)), accepted=format_day(true.accepted))
    return len(source.claims), audit(reading, source)
