"""How often a truthful report of one patient is called contradicted, by any of the rules.

Run as ``python -m tests.bench.reports [reports]``. A history is drawn day by day; the record tells
it as vaguely as records do; the report prints true figures of it, months counted in one way and
each print rounded in a way of its own. Nothing may be called contradicted.
"""

from __future__ import annotations

import itertools
import random
import sys
from collections import Counter
from fractions import Fraction

import pendulum

from tests.bench.false_alarms import FIRST_DAY, ROUND, by_name, shown, told
from timeline.auditing import Call, Verdict, audit
from timeline.case import Case
from timeline.edtf import iso
from timeline.events import Diagnosis, Event, LastContact, Scan, Symptom, Treatment
from timeline.months import MONTHS
from timeline.reading import read
from timeline.source import CLAIMS, Claim, Source

WORDS = ("first", "second", "third")
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
    return shown(ROUND[draw.choice(tuple(ROUND))](units), places)


def events(draw: random.Random, true: History) -> tuple[Event, ...]:
    """The record, its dates as vague as they come; its order is said where dates leave it open."""
    found: list[Event] = [
        Symptom(at=told(draw, true.symptom), id="symptom-1"),
        Diagnosis(at=f"{told(draw, true.diagnosis)}, after symptom-1", id="diagnosis-1"),
    ]
    before = "diagnosis-1"
    for number, (start, stop, worse) in enumerate(true.lines, start=1):
        begun, ended = f"{told(draw, start)}, after {before}", told(draw, stop)
        found += [
            Treatment(at=f"{begun}/{ended}", line=number, drugs="x", cycle="3 weeks"),
            Scan(at=f"{told(draw, worse)}, after line {number} end", id=f"worse-{number}",
                 line=number, target="SD", new=f"site {number}"),
        ]  # fmt: skip
        before = f"worse-{number}"
    found.append(LastContact(at=f"{told(draw, true.last)}, after {before}", id="seen"))
    return tuple(found)


def claims(draw: random.Random, true: History) -> list[Claim]:
    """True prints of every kind that a history gives."""
    month = draw.choice((*MONTHS, "by name"))

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
            claim("date", told(draw, worse), of=f"worse-{number}"),
            claim("date", told(draw, start), of=f"line {number}"),
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


def verdicts(draw: random.Random) -> tuple[Verdict, ...]:
    """What the audit says of one truthful report."""
    true = History(draw)
    case, problems = Case.of("c", events(draw, true))
    if case is None:
        raise SystemExit(f"the generator made a case that cannot be: {problems[0]}")
    reading, problems = read(case)
    if reading is None:
        raise SystemExit(f"the generator made a case that cannot be read: {problems[0]}")
    source = Source(name="s", claims=tuple(claims(draw, true)), accepted=iso(true.accepted))
    return audit(reading, source)


def alarms(draw: random.Random) -> list[str]:
    """What was contradicted in one truthful report."""
    return [
        f"{each.rule} {each.claim}: {each.says}"
        for each in verdicts(draw)
        if each.call is Call.CONTRADICTED
    ]


def main(reports: int) -> None:
    """Count the verdicts by rule and call; exit 1 where a truthful print was contradicted."""
    draw = random.Random(2023)
    found = [each for _ in range(reports) for each in verdicts(draw)]
    counts = Counter((each.rule, each.call.value) for each in found)
    for (rule, call), number in sorted(counts.items()):
        sys.stdout.write(f"{rule or '-'} {call}: {number:,}\n")
    wrong = [each for each in found if each.call is Call.CONTRADICTED]
    for each in wrong[:20]:
        sys.stdout.write(f"false alarm: {each.rule} {each.claim}: {each.says}\n")
    sys.stdout.write(
        f"{reports:,} truthful reports, {len(found):,} verdicts, {len(wrong)} alarms\n"
    )
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
