"""True figures of odd kinds: each is one that a rule for the plain kind would call wrong."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from statistics import NormalDist

from scipy import stats

from tests.truthful.prints import Author
from tests.truthful.study import Patient, median

NORMAL = NormalDist()
LEVELS = (0.8, 0.9, 0.95, 0.975, 0.99)


def source_file(people: Sequence[Patient], draw: random.Random, name: str) -> str:
    """A report with every odd kind of figure, by one author."""
    author = Author.drawn(draw)
    rows = [row for kind in KINDS for row in kind(people, author, draw)]
    lines = "".join(f"    - {row}\n" for row in rows)
    return f"source: {name}\ntitle: A true report of odd figures\nclaims:\n  Results:\n{lines}"


def _evaluable(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    """Rates of those evaluable: without their n, the patients not evaluable left out."""
    of = {best: sum(p.best == best for p in people) for best in ("CR", "PR", "SD", "PD", "NE")}
    n = len(people) - of["NE"]
    yield f"{{count: {len(people)}, about: patients}}"
    for best, k in of.items():
        yield f"{{count: {k}, about: {best}}}"
    if n:
        yield f"{{percent: {author.percent(of['CR'] + of['PR'], n, 1)}, about: ORR}}"
        lasting = of["CR"] + of["PR"] + draw.randint(0, of["SD"])
        yield (
            f"{{percent: {author.percent(lasting, len(people), 1)}, about: DCR, n: {len(people)}, "
            "note: SD of 12 weeks or more}"
        )


def _weighted(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    """A share with a weight for each patient, next to the plain count."""
    weights = [draw.uniform(0.2, 3) for _ in people]
    men = sum(w for w, p in zip(weights, people, strict=True) if p.sex == "male")
    share = author.number(100 * men / sum(weights), 1)
    plain = sum(p.sex == "male" for p in people)
    about = f"about: men, group: weighted cohort, n: {len(people)}"
    yield f"{{percent: {share}, {about}, note: inverse probability weighted}}"
    yield f"{{count: {plain}, {about}}}"


def _quartiles(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    """Days of a long tail: mean and quartiles, the range elsewhere."""
    days = sorted(round(draw.lognormvariate(1, 1.5)) for _ in people)
    low, high = days[len(days) // 4], days[(3 * len(days)) // 4]
    mean = Fraction(sum(days), len(days))
    yield (
        f"{{mean: {author.nearest(float(mean), 2)}, about: days in hospital, "
        f"range: {low} to {high}, n: {len(days)}, note: interquartile range}}"
    )
    yield f"{{range: {days[0]} to {days[-1]}, about: days in hospital}}"


def _ratios(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    """Wald limits of any level, with a p value one-sided, or of a test that is not Wald's."""
    log, error, level = draw.gauss(-0.3, 0.4), draw.uniform(0.08, 0.5), draw.choice(LEVELS)
    z = log / error + draw.uniform(-0.25, 0.25)
    two = 2 * NORMAL.cdf(-abs(z))
    wide = NORMAL.inv_cdf((1 + level) / 2) * error
    ends = f"{math.exp(log - wide):.2f} to {math.exp(log + wide):.2f}"
    yield (
        f"{{HR: {math.exp(log):.2f}, about: PFS, group: log-rank, ci: {ends}, "
        f'level: "{100 * level:g} %", p: "{two:.3f}"}}'
    )
    one = NORMAL.cdf(log / error)
    yield (
        f"{{HR: {math.exp(log):.2f}, about: PFS, group: one-sided, ci: {ends}, "
        f'level: "{100 * level:g} %", p: "{one:.4f}"}}'
    )


def _few_events(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    """A ratio to a rate that is known, of few events, with its exact limits."""
    events, expected = draw.randint(1, 15), draw.uniform(2, 30)
    low = stats.chi2.ppf(0.025, 2 * events) / 2 / expected
    high = stats.chi2.ppf(0.975, 2 * events + 2) / 2 / expected
    yield f"{{HR: {events / expected:.2f}, about: deaths, ci: {low:.3f} to {high:.2f}}}"


def _one_sided(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    """The exact lower limit of a rate, by itself."""
    n = len(people)
    k = draw.randint(1, n - 1)
    low, level = 100 * stats.beta.ppf(0.05, k, n - k + 1), "95 %"
    about = f"about: response, group: stage 1, n: {n}"
    yield (
        f"{{percent: {100 * k / n:.1f}, {about}, ci: {low:.1f} to 100, level: {level}, "
        "note: one-sided}"
    )


def _censored(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    """PFS censored at new therapy: most leave early, and some of them die soon."""
    yield "{name: start of new anticancer therapy, about: censoring of PFS}"
    yield "{name: start of treatment, about: origin of PFS}"
    yield "{name: start of treatment, about: origin of OS}"
    times = [(draw.randint(20, 60), False) if draw.random() < 0.7 else
             (p.progression, p.progressed) for p in people]  # fmt: skip
    for name, found in (("PFS", times), ("OS", [(p.survival, p.died) for p in people])):
        middle = median(found)
        value = "not reached" if middle is None else author.months(middle, 1)
        yield f"{{{name}: {value}, unit: months, statistic: median, group: all}}"


def _harms(people: Sequence[Patient], author: Author, draw: random.Random) -> Iterator[str]:
    """A table of frequent events in two arms, and one of events, not patients."""
    for arm in ("arm A", "arm B"):
        rows = {term: [draw.randint(0, 9), draw.randint(0, 5)] for term in ("rash", "fever")}
        cells = ", ".join(f"{term}: {row}" for term, row in rows.items())
        yield (
            f"{{table: adverse events, group: {arm}, columns: [grade 3, grade 4], n: 60, "
            f"rows: {{{cells}}}}}"
        )
        severe = max(map(sum, rows.values())) + draw.randint(0, 20)  # others have no row
        yield f"{{count: {severe}, about: grade 3-4 adverse events, group: {arm}, n: 60}}"
    events = [draw.randint(0, 40) for _ in range(3)]
    yield (
        "{table: adverse events, columns: [grade 1, grade 2, grade 3, total], n: 20, "
        f"note: number of events, rows: {{cough: {[*events, sum(events)]}}}}}"
    )


Kind = Callable[[Sequence[Patient], Author, random.Random], Iterator[str]]
KINDS: tuple[Kind, ...] = (
    *(_evaluable, _weighted, _quartiles, _ratios, _few_events, _one_sided, _censored, _harms),
)
