"""How often a truthful print is called contradicted, and how often a false one is found.

Run as ``python tests/bench/false_alarms.py [claims]``. Two days are drawn, the record tells them
as vaguely as records do, and the true duration is printed under one of the conventions in use.
The false-alarm rate must be nought. A false print lies two units of its last digit, or more,
beyond what any convention prints; how many of those are found depends on how vague the record is.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from fractions import Fraction

import pendulum

from timeline.auditing import Call
from timeline.auditing.patient.durations import judge_interval
from timeline.case import Case
from timeline.edtf import edtf, iso
from timeline.events import Symptom
from timeline.months import MONTHS
from timeline.reading import Reading
from timeline.source import CLAIMS, Claim

FIRST_DAY, LAST_DAY = (int(edtf(text).span.low) for text in ("2010-01-01", "2023-12-31"))
ROUND = {
    "half up": lambda x: int(x + Fraction(1, 2)),
    "half even": round,
    "truncate": int,
    "ceil": lambda x: -int(-x // 1),
}


def told(draw: random.Random, day: int) -> str:
    """A day as a record tells it: the day, its month, or its year."""
    return iso(day)[: draw.choice((10, 10, 10, 7, 7, 4))]


def shown(units: int, places: int) -> str:
    """A whole number of units of the last digit as a print."""
    if not places:
        return str(units)
    return f"{units // 10**places}.{units % 10**places:0{places}}"


def every_print(first: int, last: int, places: int) -> list[int]:
    """What each convention prints for the time between two days, in units of the last digit."""
    scale = 10**places
    counted = [
        rounding(Fraction(last - first + add) / month.days * scale)
        for month in MONTHS.values()
        for add in (0, 1)
        for rounding in ROUND.values()
    ]
    named = by_name(first, last)
    return counted if places else [*counted, named, named + 1]


def by_name(first: int, last: int) -> int:
    """Calendar months of one day less those of another: May less December is 5."""
    early, late = (pendulum.Date.fromordinal(day) for day in (first, last))
    return 12 * (late.year - early.year) + late.month - early.month


def judged(start: str, end: str, text: str) -> Call:
    """The verdict on a printed time between two events told so."""
    case, problems = Case.of("c", (Symptom(at=start, id="a"), Symptom(at=end, id="b")))
    if case is None:
        raise SystemExit(f"the generator made a case that cannot be: {problems[0]}")
    value = CLAIMS["interval"].read(text)
    claim = Claim(kind="interval", text=text, value=value, unit="months", from_="a", to="b")
    return judge_interval(claim, Reading(case=case)).call


def truthful(draw: random.Random) -> tuple[Call, str]:
    """A true print and what the audit says of it."""
    first, last = sorted(draw.sample(range(FIRST_DAY, LAST_DAY), 2))
    places = draw.choice((0, 1, 1, 2))
    text = shown(draw.choice(every_print(first, last, places)), places)
    start, end = told(draw, first), told(draw, last)
    return judged(start, end, text), f"{start} to {end}: {text}"


def false(draw: random.Random) -> Call | None:
    """A print beyond every convention; None where none lies above nought."""
    first, last = sorted(draw.sample(range(FIRST_DAY, LAST_DAY), 2))
    places = draw.choice((0, 1, 1, 2))
    prints = every_print(first, last, places)
    units = draw.choice((min(prints) - draw.randint(2, 9), max(prints) + draw.randint(2, 9)))
    return judged(told(draw, first), told(draw, last), shown(units, places)) if units >= 0 else None


def main(claims: int) -> None:
    """Count both, print both; exit 1 where a truthful print was contradicted."""
    draw = random.Random(2023)
    calls: Counter[Call] = Counter()
    for _ in range(claims):
        call, what = truthful(draw)
        calls[call] += 1
        if call is Call.CONTRADICTED:
            sys.stdout.write(f"false alarm: {what}\n")
    alarms = calls[Call.CONTRADICTED]
    told = ", ".join(f"{number:,} {call.value}" for call, number in calls.items())
    sys.stdout.write(f"truthful prints: {claims:,}: {told}; false alarms: {alarms}\n")
    found = Counter(call for _ in range(claims // 10) if (call := false(draw)) is not None)
    share = found[Call.CONTRADICTED] / max(1, found.total())
    sys.stdout.write(f"false prints: {found.total():,}; found: {share:.1%}\n")
    if alarms:
        raise SystemExit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
