"""A true report of two arms: curves with limits, a Cox model, means with tests, each patient."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from statistics import NormalDist, median, stdev

from scipy import stats

from tests.truthful.prints import MONTHS, Author
from tests.truthful.study import Patient, curve, drawn

ARMS = ("A", "B")
LEVELS = (0.9, 0.95, 0.99)
Times = Sequence[tuple[int, bool]]


def source_file(draw: random.Random, name: str) -> str:
    """The report, by one author."""
    author = Author.drawn(draw)
    arms = {arm: drawn(draw) for arm in ARMS}
    rows = [
        f"{{count: {len(people)}, about: patients, group: {arm}}}" for arm, people in arms.items()
    ]
    for arm, people in arms.items():
        rows += [*_curve(arm, people, author, draw), *_cycles(arm, people, author, draw)]
    rows += [*_cox(arms, draw), *_means(arms, draw), *_each_patient(author, draw)]
    lines = "".join(f"    - {row}\n" for row in rows)
    return f"source: {name}\ntitle: A true report of estimates\nclaims:\n  Results:\n{lines}"


def _curve(
    arm: str, people: Sequence[Patient], author: Author, draw: random.Random
) -> Iterator[str]:
    """Rates of OS with the limits of one method, deaths by then, the shortest follow-up."""
    n, times = len(people), [(each.survival, each.died) for each in people]
    level, method = draw.choice(LEVELS), draw.choice(("plain", "log", "log-log"))
    month = float(MONTHS[author.month].days)
    whose = f"group: {arm}, n: {n}"
    for months in (6, 12, 24):
        steps = [step for step in curve(times) if step[0] <= months * month]
        s, error = (float(steps[-1][1]), steps[-1][2]) if steps else (1.0, 0.0)
        printed = author.number(Fraction(100 * (steps[-1][1] if steps else 1)), 1)
        certain = ""
        if 0 < s < 1:
            low, high = _limits(s, error, NormalDist().inv_cdf((1 + level) / 2), method)
            ends = f"{author.number(100 * low, 1)} to {author.number(100 * high, 1)}"
            certain = f", ci: {ends}, level: {100 * level:g} %"
        yield f"{{rate: {printed}, of: OS, at: {months} months, {whose}{certain}}}"
        dead = sum(event and time <= months * month for time, event in times)
        alive = sum(time > months * month for time, _ in times)
        yield f"{{events: {dead}, of: OS, at: {months} months, {whose}}}"
        yield f"{{count: {alive}, about: alive, at: {months} months, {whose}}}"
    yield f"{{events: {sum(event for _, event in times)}, of: OS, {whose}}}"
    seen = sorted(time for time, _ in times)
    ends = f"{author.months(seen[0], 1)} to {author.months(seen[-1], 1)}"
    half = author.months(seen[len(seen) // 2], 1)
    yield (f"{{follow-up: {half}, unit: months, statistic: median, range: {ends}, {whose}}}")
    middle = next((day for day, left, *_ in curve(times) if left <= Fraction(1, 2)), None)
    printed = "not reached" if middle is None else author.months(middle, 1)
    yield f"{{OS: {printed}, unit: months, statistic: median, {whose}}}"


def _limits(s: float, error: float, z: float, method: str) -> tuple[float, float]:
    """Of a rate with Greenwood's error, cut at 0 and 1."""
    if method == "plain":
        low, high = s - z * error, s + z * error
    elif method == "log":
        low, high = (s * math.exp(way * z * error / s) for way in (-1, 1))
    else:
        low, high = (s ** math.exp(way * z * error / (s * -math.log(s))) for way in (1, -1))
    return max(low, 0.0), min(high, 1.0)


def _cycles(
    arm: str, people: Sequence[Patient], author: Author, draw: random.Random
) -> Iterator[str]:
    """Cycles of each patient: their total, mean and median."""
    cycles, n = [draw.randint(1, 20) for _ in people], len(people)
    whose = f"about: cycles, group: {arm}, n: {n}"
    yield f"{{count: {sum(cycles)}, {whose}, statistic: total}}"
    yield f"{{mean: {author.number(Fraction(sum(cycles), n), 1)}, {whose}}}"
    yield f"{{median: {median(cycles):g}, {whose}}}"


def _cox(arms: dict[str, tuple[Patient, ...]], draw: random.Random) -> Iterator[str]:
    """The hazard ratio of the two arms by a Cox model with Breslow's ties, Wald limits."""
    rows = [(each.progression, each.progressed, arm == "A") for arm in ARMS for each in arms[arm]]
    log, error = cox(rows)
    level = draw.choice(LEVELS)
    wide = NormalDist().inv_cdf((1 + level) / 2) * error
    if not (0 < error < 3 and abs(log) < 3):
        return
    ends = f"{math.exp(log - wide):.2f} to {math.exp(log + wide):.2f}"
    if math.exp(log - wide) >= 0.005:
        printed = f"ci: {ends}, level: {100 * level:g} %"
        yield f"{{HR: {math.exp(log):.2f}, about: PFS, group: A, than: B, {printed}}}"
    for arm in ARMS:
        had = sum(each.progressed for each in arms[arm])
        yield f"{{events: {had}, of: PFS, group: {arm}}}"


def cox(rows: Sequence[tuple[int, bool, bool]]) -> tuple[float, float]:
    """ln HR of those with a third value true against the others, and its standard error."""
    log = 0.0
    for _ in range(25):
        score = information = 0.0
        for time, event, treated in rows:
            if event:
                weights = [
                    (math.exp(log) if one else 1.0, one) for at, _, one in rows if at >= time
                ]
                share = sum(w for w, one in weights if one) / sum(w for w, _ in weights)
                score += treated - share
                information += share * (1 - share)
        if information < 1e-9:
            return 0.0, math.inf
        log += max(-1.0, min(1.0, score / information))
    return log, 1 / math.sqrt(information)


def _means(arms: dict[str, tuple[Patient, ...]], draw: random.Random) -> Iterator[str]:
    """Weight in both arms: mean, SD or SE, t limits, and the p value of a t test."""
    kind, places = draw.choice(("sd", "se")), draw.choice((1, 2))
    samples = {arm: [draw.gauss(70, 12) for _ in people] for arm, people in arms.items()}
    for arm, values in samples.items():
        n, mean, sd = len(values), sum(values) / len(values), stdev(values)
        error = sd / math.sqrt(n)
        half = float(stats.t.ppf(0.975, n - 1)) * error
        spread = sd if kind == "sd" else error
        yield (
            f"{{mean: {mean:.{places}f}, about: weight, unit: kg, {kind}: {spread:.{places}f}, "
            f"group: {arm}, n: {n}, ci: {mean - half:.{places}f} to {mean + half:.{places}f}}}"
        )
    pooled = draw.choice((True, False))
    p = float(stats.ttest_ind(*samples.values(), equal_var=pooled).pvalue)
    name = draw.choice(("", ", note: t test"))
    yield f'{{p: "{"< 0.001" if p < 0.001 else f"{p:.3f}"}", about: weight{name}}}'
    ranks = float(stats.mannwhitneyu(*samples.values()).pvalue)
    printed = "< 0.001" if ranks < 0.001 else f"{ranks:.3f}"
    yield f'{{p: "{printed}", about: weight, note: Mann-Whitney}}'


def _each_patient(author: Author, draw: random.Random) -> Iterator[str]:
    """A series stated patient by patient, with its median, a rate and its events."""
    people, places = drawn(draw)[: draw.randint(3, 12)], draw.choice((0, 1))
    times = [(each.progression, each.progressed) for each in people]
    month = float(MONTHS[author.month].days)
    printed = [f"{time / month:.{places}f}{'' if event else '+'}" for time, event in times]
    whose = f"group: series, n: {len(people)}"
    yield f"{{values: [{', '.join(printed)}], of: PFS, unit: months, {whose}}}"
    steps = curve(times)
    first = next((day for day, left, *_ in steps if left <= Fraction(1, 2)), None)
    flat = next((left == Fraction(1, 2) for _, left, *_ in steps if left <= Fraction(1, 2)), False)
    later = next((day for day, left, *_ in steps if left < Fraction(1, 2)), max(times)[0])
    value = first if first is None or not flat or draw.random() < 0.5 else (first + later) / 2
    middle = "not reached" if value is None else f"{value / month:.{places}f}"
    yield f"{{PFS: {middle}, unit: months, statistic: median, {whose}}}"
    months = draw.choice((3, 6, 12))
    left = next((s for day, s, *_ in reversed(steps) if day <= months * month), Fraction(1))
    yield f"{{rate: {author.number(100 * left, 1)}, of: PFS, at: {months} months, {whose}}}"
    yield f"{{events: {sum(event for _, event in times)}, of: PFS, {whose}}}"
