"""Patients a second of response, progression and best response, beside two plain rivals.

Run as ``python tests/bench/response.py [patients ..]``. The floor is the least that plain numpy
does over the same arrays for the same three answers by RECIST 1.1: it knows no settings, no
partial sums, no reasons and no checks, and its answers are compared with the engine's before
anything is timed. The group-by is the same by pandas over long rows, of targets alone, where
pandas is there. "all answers" adds what the floor cannot give: PR kept once confirmed, disease
back after CR, and the confirmed best response.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from timeline.core.quantities import NM_PER_MM
from timeline.response.best_response import best_overall_response
from timeline.response.criteria import CRITERIA
from timeline.response.evaluate import evaluate_responses
from timeline.response.progression import derive_progression
from timeline.response.responses import NEVER
from timeline.response.scans import Scans
from timeline.settings.response import Settings

SCANS = 8
FLOOR = "numpy floor (RECIST 1.1)"
SIZES = (1_000, 100_000, 1_000_000)


def cohort(patients: int) -> dict[str, Any]:
    """Invented sums that walk up and down, with scans missing and new lesions now and then."""
    draw = np.random.default_rng(20171)
    baseline = draw.integers(1_500, 20_000, patients) * (NM_PER_MM // 100)
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


# What the floor can do: no memory of a confirmed PR, or of a CR, from scan to scan.
PLAIN = Settings(pr_persistence="off", reappear_after_cr="numeric")
CR, PR, SD, NON, NED, PD, NE = range(1, 8)  # codes of timeline.terminology.response_codes.Code


def ours(cohort_data: dict[str, Any], key: str) -> Any:
    """Response, progression and best response by the engine, data checked on the way in."""
    found = evaluate_responses(Scans.of(**cohort_data), CRITERIA[key], PLAIN)
    return (
        found.code,
        derive_progression(found, PLAIN).day,
        best_overall_response(found, PLAIN).code,
    )


def everything(cohort_data: dict[str, Any], key: str) -> Any:
    """The same with every default setting, and the confirmed best response."""
    found = evaluate_responses(Scans.of(**cohort_data), CRITERIA[key])
    return (
        derive_progression(found),
        best_overall_response(found),
        best_overall_response(found, confirmed=True),
    )


def floor(cohort_data: dict[str, Any]) -> Any:
    """Labels, day of the first PD and best response, by hand over the arrays."""
    total, baseline, level = (
        cohort_data["target_sum"],
        cohort_data["baseline_sum"],
        cohort_data["nontarget"],
    )
    nadir, code = baseline.copy(), np.empty(total.shape, dtype=np.int8)
    ended = np.zeros(len(total), dtype=bool)
    for scan in range(SCANS):
        now, other = total[:, scan], level[:, scan]
        missing = now < 0
        worse = (100 * now >= 120 * nadir) & (now - nadir >= 5 * NM_PER_MM) & ~missing
        label = np.where(10 * now <= 7 * baseline, np.int8(PR), np.int8(SD))
        label = np.where(now == 0, np.where(other == 0, np.int8(CR), np.int8(PR)), label)
        label = np.where(missing, np.int8(NE), label)
        ended |= (worse & (now != 0)) | (other == 2) | (cohort_data["new_lesions"][:, scan] > 0)
        code[:, scan] = np.where(ended, np.int8(PD), label)
        nadir = np.where(missing, nadir, np.minimum(nadir, now))
    first = np.where(ended, (code == PD).argmax(axis=1), -1)
    day = np.where(ended, cohort_data["day"][np.arange(len(total)), first], NEVER)
    return code, day, _best_of(code, cohort_data["day"])


def _best_of(code: np.ndarray, day: np.ndarray) -> np.ndarray:
    """CR, PR, SD that has lasted 42 days, PD, NE, in that order."""
    lasted = ((code == CR) | (code == PR) | (code == SD)) & (day >= 42)
    tests = [(code == CR), (code == PR), lasted, (code == PD)]
    fulfilled = [test.any(axis=1) for test in tests]
    return np.select(fulfilled, [CR, PR, SD, PD], NE).astype(np.int8)


def compare(cohort_data: dict[str, Any]) -> None:
    """The floor is a floor only while it gives the same answers."""
    for name, one, other in zip(
        ("label", "progression", "best response"),
        ours(cohort_data, "recist11"),
        floor(cohort_data),
        strict=True,
    ):
        wrong = int((np.asarray(one) != np.asarray(other)).sum())
        if wrong:
            raise SystemExit(f"floor and engine differ in {wrong} answers: {name}")


def grouped(cohort_data: dict[str, Any]) -> Any:
    """The same by pandas, one row a scan."""
    import pandas as pd

    total = cohort_data["target_sum"]
    patients = len(total)
    long = pd.DataFrame(
        {
            "patient": np.repeat(np.arange(patients), SCANS),
            "sum": np.where(total < 0, np.nan, total).ravel(),
            "baseline": np.repeat(cohort_data["baseline_sum"], SCANS),
        }
    )
    lowest = long.groupby("patient")["sum"].cummin().groupby(long["patient"]).shift()
    nadir = lowest.fillna(np.inf).clip(upper=long["baseline"])
    worse = (long["sum"] >= 1.2 * nadir) & (long["sum"] - nadir >= 5 * NM_PER_MM)
    code = np.select(
        [worse, long["sum"] <= 0.7 * long["baseline"], long["sum"].notna()], [3, 1, 2], 4
    )
    long["code"], long["worse"] = code, worse
    long["ended"] = long.groupby("patient")["worse"].cumsum() - worse
    return long[long["ended"] == 0].groupby("patient")["code"].min()


def rivals() -> dict[str, Callable[[dict[str, Any]], Any]]:
    """What is timed, by name."""
    runs: dict[str, Callable[[dict[str, Any]], Any]] = {
        CRITERIA[key].title: lambda cohort_data, key=key: ours(cohort_data, key) for key in CRITERIA
    }
    runs["RECIST 1.1, all answers"] = lambda cohort_data: everything(cohort_data, "recist11")
    runs["iRECIST, all answers"] = lambda cohort_data: everything(cohort_data, "irecist")
    runs[FLOOR] = floor
    try:
        import pandas  # noqa: F401
    except ImportError:
        return runs
    return runs | {"pandas group-by (RECIST 1.1 targets)": grouped}


def main(sizes: tuple[int, ...]) -> None:
    """A line for each rival and size: seconds, patients a second, times the floor."""
    for patients in sizes:
        cohort_data = cohort(patients)
        compare(cohort_data)
        seconds = {}
        for name, run in rivals().items():
            start = time.perf_counter()
            run(cohort_data)
            seconds[name] = time.perf_counter() - start
        least = seconds[FLOOR]
        for name, taken in seconds.items():
            rate = f"{patients / taken:>11,.0f} patients/s {taken / least:6.1f} x"
            sys.stdout.write(f"{patients:>9,} x {SCANS}  {name:<36} {taken:7.3f} s {rate}\n")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(
            f"{patients:>9,} x {SCANS}  peak memory so far {peak:,.0f} MB, "
            f"{peak * 2**20 / patients:,.0f} bytes a patient\n"
        )


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
