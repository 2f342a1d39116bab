"""A study: its patients drawn one by one, and the tables and figures a truthful report prints."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from tests.truthful.prints import Author, Misprint
from timeline.core.calendar.dates import format_day

BEST = ("CR", "PR", "SD", "PD", "NE")
SUBTYPES = ("WDLPS", "DDLPS", "MLPS")
TERMS = {"hypertension": 4, "fatigue": 3, "alopecia": 2, "proteinuria": 3, "diarrhea": 4}  # worst
Z = 1.959963984540054


@attrs.frozen(kw_only=True)
class Patient:
    """One patient as he was; times in days from the start of treatment."""

    age: int
    sex: str
    subtype: str
    best: str
    progression: int  # days to progression or death, or to the last assessment
    progressed: bool
    survival: int
    died: bool
    grades: tuple[tuple[str, int], ...]  # the worst grade of each adverse event


def drawn(draw: random.Random) -> tuple[Patient, ...]:
    """Between 8 and 90 patients."""
    return tuple(_patient(draw) for _ in range(draw.randint(8, 90)))


def _patient(draw: random.Random) -> Patient:
    survival = max(40, round(draw.expovariate(1 / 600)))
    cut = draw.randint(200, 900)
    died, survival = survival <= cut, min(survival, cut)
    progression = max(30, round(draw.expovariate(1 / 250)))
    progressed = progression < survival or died
    return Patient(
        age=draw.randint(18, 85),
        sex=draw.choice(("male", "female")),
        subtype=draw.choice(SUBTYPES),
        best=draw.choice(BEST),
        progression=min(progression, survival),
        progressed=progressed,
        survival=survival,
        died=died,
        grades=tuple(
            (term, draw.randint(1, worst)) for term, worst in TERMS.items() if draw.random() < 0.3
        ),
    )


def curve(times: Sequence[tuple[int, bool]]) -> list[tuple[int, Fraction, float, int]]:
    """Kaplan-Meier by its definition: day, survival, Greenwood's error, at risk just before."""
    found, left, greenwood = [], Fraction(1), 0.0
    for day in sorted({day for day, event in times if event}):
        at_risk = sum(time >= day for time, _ in times)
        events = sum(time == day and event for time, event in times)
        left *= Fraction(at_risk - events, at_risk)
        if at_risk > events:
            greenwood += events / (at_risk * (at_risk - events))
        found.append((day, left, float(left) * math.sqrt(greenwood), at_risk))
    return found


def median(times: Sequence[tuple[int, bool]]) -> int | None:
    """The first day with at most half of them free of the event."""
    return next((day for day, left, _, _ in curve(times) if left <= Fraction(1, 2)), None)


def at(times: Sequence[tuple[int, bool]], day: float) -> Fraction:
    """The share free of the event on a day."""
    return next((left for time, left, _, _ in reversed(curve(times)) if time <= day), Fraction(1))


def limits(times: Sequence[tuple[int, bool]]) -> tuple[int | None, int | None]:
    """Brookmeyer and Crowley on the log-log scale: days whose interval of survival holds 1/2."""
    low, high = None, None
    for day, left, misprint, _ in curve(times):
        s = float(left)
        if 0 < s < 1 and misprint > 0:
            wide = Z * misprint / (s * abs(math.log(s)))
            upper, lower = s ** math.exp(-wide), s ** math.exp(wide)
        else:
            upper = lower = s
        low = day if low is None and lower <= 0.5 else low
        high = day if high is None and upper <= 0.5 else high
    return low, high


def source_file(
    people: Sequence[Patient], draw: random.Random, name: str, misprint: Misprint | None = None
) -> str:
    """The report of the study, by one author, but for a misprint."""
    author = Author.drawn(draw, misprint)
    opened = 738_000 + draw.randint(0, 1000)
    cut = opened + max(each.survival for each in people) + draw.randint(0, 300)
    rows = [
        f"{{date: {format_day(opened)[:7]}, of: start of the study period}}",
        f"{{date: {format_day(cut)[:7]}, of: cut-off}}",
        "{name: start of treatment, about: origin of PFS}",
        "{name: start of treatment, about: origin of OS}",
        *_responses(people, author),
        *_survival(people, author, draw),
        *_ages(people, author, draw),
        *_compared(people, author, draw),
    ]
    places = {
        "Methods": [f"{{count: {len(people)}, about: treated, group: all}}"],
        "Table 1": _table("baseline characteristics", _baseline(people, author)),
        "Table 2": _table("adverse events", _harms(people)),
        "Results": [f"- {row}" for row in rows],
    }
    places["Methods"] = [f"- {row}" for row in places["Methods"]]
    body = [f"  {place}:\n" + "\n".join(f"    {r}" for r in lines) for place, lines in
            places.items()]  # fmt: skip
    return "\n".join((f"source: {name}", "title: A true study", "claims:", *body, ""))


def _table(kind: str, lines: Sequence[str]) -> list[str]:
    return [f"- table: {kind}", *(f"  {line}" for line in lines)]


def _baseline(people: Sequence[Patient], author: Author) -> Iterator[str]:
    n = len(people)
    yield "columns: [count, percent]"
    yield f"n: {n}"
    yield "rows:"
    for name in ("sex", "subtype"):
        parts = Counter(getattr(each, name) for each in people)
        cells = ", ".join(f"{part}: [{k}, {author.percent(k, n, 1)}]" for part, k in parts.items())
        yield f"  {name}: {{{cells}}}"


def _harms(people: Sequence[Patient]) -> Iterator[str]:
    yield "columns: [grade 1, grade 2, grade 3, grade 4, total]"
    yield f"n: {len(people)}"
    yield "rows:"
    for term in TERMS:
        got = Counter(grade for each in people for what, grade in each.grades if what == term)
        cells = [got[grade] for grade in (1, 2, 3, 4)]
        yield f"  {term}: {[*cells, sum(cells)]}"


def _responses(people: Sequence[Patient], author: Author) -> Iterator[str]:
    n, of = len(people), Counter(each.best for each in people)
    for best in BEST:
        about = f"about: {best}, group: all, n: {n}, among: best response"
        yield f"{{count: {author.count(of[best])}, {about}}}"
        yield f"{{percent: {author.percent(of[best], n, 1)}, {about}}}"
    rates = {"ORR": of["CR"] + of["PR"], "DCR": of["CR"] + of["PR"] + of["SD"]}
    for rate, k in rates.items():
        yield f"{{percent: {author.percent(k, n, 1)}, about: {rate}, group: all, n: {n}}}"
    severe = sum(any(grade >= 3 for _, grade in each.grades) for each in people)
    about = "about: adverse events, grade: 3-4, group: all"
    yield f"{{count: {author.count(severe)}, {about}, n: {n}}}"
    yield f"{{percent: {author.percent(severe, n, 1)}, {about}, n: {n}}}"
    deaths = sum(each.died for each in people)
    yield f"{{events: {author.count(deaths)}, of: OS, group: all, n: {n}}}"


def _survival(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    n = len(people)
    found = {
        "PFS": [(each.progression, each.progressed) for each in people],
        "OS": [(each.survival, each.died) for each in people],
    }
    for name, times in found.items():
        middle, (low, high) = median(times), limits(times)
        printed = "not reached" if middle is None else author.months(middle, 1)
        ends = " to ".join("not reached" if e is None else author.months(e, 1) for e in (low, high))
        certain = f", ci: {ends}, level: 95 %" if middle is not None and low is not None else ""
        yield (
            f"{{{name}: {printed}, unit: months, statistic: median, group: all, n: {n}{certain}}}"
        )
        for month in (6, 12):
            rate = author.number(100 * at(times, month * 30.4375), 1)
            yield f"{{rate: {rate}, of: {name}, at: {month} months, group: all, n: {n}}}"
        risk = [sum(time >= month * 30.4375 for time, _ in times) for month in (0, 6, 12, 18)]
        yield f'{{at-risk: {risk}, of: {name}, at: "0, 6, 12, 18 months", group: all}}'
    seen = sorted(each.survival for each in people)
    half = (seen[(n - 1) // 2] + seen[n // 2]) // 2
    ends = f"{author.months(seen[0], 1)} to {author.months(seen[-1], 1)}"
    yield (
        f"{{follow-up: {author.months(half, 1)}, unit: months, statistic: median, range: {ends}, "
        f"group: all, n: {n}}}"
    )


def _ages(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    ages, n = sorted(each.age for each in people), len(people)
    half = Fraction(ages[(n - 1) // 2] + ages[n // 2], 2)
    middle = str(half) if half.denominator == 1 else f"{float(half):.1f}"
    yield (
        f"{{age: {middle}, unit: years, about: age, statistic: median, range: {ages[0]} to "
        f"{ages[-1]}, group: all, n: {n}}}"
    )
    mean = Fraction(sum(ages), n)
    sd = math.sqrt(sum((age - mean) ** 2 for age in ages) / (n - 1))
    yield (
        f"{{mean: {author.nearest(float(mean), 2)}, unit: years, about: mean age, "
        f'sd: "{author.nearest(sd, 2)}", step: 1, group: all, n: {n}}}'
    )


def _compared(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    """A hazard ratio with its limits and p by Wald, as a Cox model prints it."""
    log, misprint = draw.gauss(-0.4, 0.5), draw.uniform(0.1, 0.6)
    low, high = math.exp(log - Z * misprint), math.exp(log + Z * misprint)
    p = math.erfc(abs(log / misprint) / math.sqrt(2))
    printed = "< 0.001" if p < 0.001 else f"{p:.3f}"
    ratio = author.nearest(math.exp(log), 2, kind="hazard ratio")
    yield (f'{{HR: {ratio}, about: PFS, ci: {low:.2f} to {high:.2f}, level: 95 %, p: "{printed}"}}')
