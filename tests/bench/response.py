"""Patients a second of response, progression and best response, beside two plain rivals.

Run as ``python tests/bench/response.py [patients ..]``. The floor is the least that numpy can do
with the same sums: nadir, thresholds, first PD, best label, by RECIST 1.1 targets alone. The
group-by is the same by pandas over long rows, where pandas is there.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from timeline.best import best
from timeline.criteria import CRITERIA
from timeline.progression import progression
from timeline.response import respond
from timeline.scans import Scans

SCANS = 8
SIZES = (1_000, 100_000, 1_000_000)


def cohort(patients: int) -> dict[str, Any]:
    """Invented sums that walk up and down, with scans missing and new lesions now and then."""
    draw = np.random.default_rng(20171)
    baseline = draw.integers(1_500, 20_000, patients)
    walk = draw.normal(0, 0.15, (patients, SCANS)).cumsum(axis=1)
    total = (baseline[:, None] * np.exp(walk)).astype(np.int64)
    total[draw.random(total.shape) < 0.03] = -1
    return {
        "day": np.arange(1, SCANS + 1) * 56 + draw.integers(-5, 6, total.shape),
        "baseline_sum": baseline,
        "target_sum": total,
        "has_non_targets": True,
        "nontarget": draw.choice(4, total.shape, p=(0.1, 0.8, 0.05, 0.05)).astype(np.int8),
        "new_lesions": (draw.random(total.shape) < 0.05).astype(np.int16),
    }


def ours(given: dict[str, Any], key: str) -> Any:
    """Everything the engine derives, data checked on the way in."""
    found = respond(Scans.of(**given), CRITERIA[key])
    return progression(found), best(found), best(found, confirmed=True)


def floor(given: dict[str, Any]) -> Any:
    """The sums alone: CR 0, PR 1, SD 2, PD 3, missing 4."""
    total, baseline = given["target_sum"], given["baseline_sum"]
    nadir, code = baseline.copy(), np.empty(total.shape, dtype=np.int8)
    for scan in range(SCANS):
        now = total[:, scan]
        worse = (100 * now >= 120 * nadir) & (now - nadir >= 500)
        label = np.where(10 * now <= 7 * baseline, 1, 2)
        label = np.where(worse, 3, np.where(now == 0, 0, label))
        code[:, scan] = np.where(now < 0, 4, label)
        nadir = np.where(now >= 0, np.minimum(nadir, now), nadir)
    worse = code == 3
    first = np.where(worse.any(axis=1), worse.argmax(axis=1), SCANS)
    before = np.arange(SCANS) <= first[:, None]
    return first, np.where(before, code, 4).min(axis=1)


def grouped(given: dict[str, Any]) -> Any:
    """The same by pandas, one row a scan."""
    import pandas as pd

    total = given["target_sum"]
    patients = len(total)
    long = pd.DataFrame(
        {
            "patient": np.repeat(np.arange(patients), SCANS),
            "sum": np.where(total < 0, np.nan, total).ravel(),
            "baseline": np.repeat(given["baseline_sum"], SCANS),
        }
    )
    lowest = long.groupby("patient")["sum"].cummin().groupby(long["patient"]).shift()
    nadir = lowest.fillna(np.inf).clip(upper=long["baseline"])
    worse = (long["sum"] >= 1.2 * nadir) & (long["sum"] - nadir >= 500)
    code = np.select(
        [worse, long["sum"] <= 0.7 * long["baseline"], long["sum"].notna()], [3, 1, 2], 4
    )
    long["code"], long["worse"] = code, worse
    long["ended"] = long.groupby("patient")["worse"].cumsum() - worse
    return long[long["ended"] == 0].groupby("patient")["code"].min()


def rivals() -> dict[str, Callable[[dict[str, Any]], Any]]:
    """What is timed, by name."""
    runs: dict[str, Callable[[dict[str, Any]], Any]] = {
        CRITERIA[key].title: lambda given, key=key: ours(given, key) for key in CRITERIA
    }
    runs["numpy floor (RECIST 1.1 targets)"] = floor
    try:
        import pandas  # noqa: F401
    except ImportError:
        return runs
    return runs | {"pandas group-by (RECIST 1.1 targets)": grouped}


def main(sizes: tuple[int, ...]) -> None:
    """A line for each rival and size: seconds, patients a second, times the floor."""
    for patients in sizes:
        given = cohort(patients)
        seconds = {}
        for name, run in rivals().items():
            start = time.perf_counter()
            run(given)
            seconds[name] = time.perf_counter() - start
        least = seconds["numpy floor (RECIST 1.1 targets)"]
        for name, taken in seconds.items():
            rate = f"{patients / taken:>11,.0f} patients/s {taken / least:6.1f} x"
            sys.stdout.write(f"{patients:>9,} x {SCANS}  {name:<36} {taken:7.3f} s {rate}\n")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(f"{patients:>9,} x {SCANS}  peak memory so far {peak:,.0f} MB\n")


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
