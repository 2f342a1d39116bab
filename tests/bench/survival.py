"""Seconds of survival statistics on arrays of patients, beside the sorting of their times.

Run as ``python tests/bench/survival.py [patients ..]``. Sorting is the least that a curve needs.
The times are all different (a term of a Cox model for each event) or whole days (many ties).
The last lines are of the whole call, from a data frame: reading its cells takes most of it.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from timeline.statistics.survival.log_rank import log_rank
from timeline.statistics.survival.product_limit import (
    product_limit,
    quantile_time,
    restricted_mean,
    survival_rates,
)
from timeline.statistics.survival.proportional_hazards import cox_model

SIZES = (10_000, 100_000, 1_000_000)
_FROM_FRAMES = 100_000  # patients at the most of which a frame is read here


def patients(number: int, *, whole_days: bool) -> dict[str, Any]:
    """Invented patients of two arms, the hazard of the second half as large again."""
    draw = np.random.default_rng(20240)
    arm = draw.integers(0, 2, number)
    days = draw.exponential(360 / (1 + 0.5 * arm))
    return {
        "times": np.round(days) if whole_days else days,
        "events": draw.random(number) < 0.7,
        "groups": np.array(["A", "B"])[arm].tolist(),
    }


def curve(times: Any, events: Any, groups: Any) -> None:
    """A Kaplan-Meier curve with median, rates and restricted mean."""
    found = product_limit(times, events)
    quantile_time(found, 0.5)
    survival_rates(found, (180, 360))
    restricted_mean(found, 360)


RUNS: dict[str, Callable[..., Any]] = {
    "sorting of the times": lambda times, events, groups: np.sort(times),
    "Kaplan-Meier": curve,
    "log-rank test": log_rank,
    "log-rank test in 100 strata": lambda times, events, groups: log_rank(
        times, events, groups, [str(number % 100) for number in range(len(times))]
    ),
    "Cox model": lambda times, events, groups: cox_model(times, events, groups, reference="A"),
}


def seconds(run: Callable[..., Any], given: dict[str, Any]) -> float:
    """The processor time of a run."""
    start = time.process_time()
    run(**given)
    return time.process_time() - start


def from_frame(times: Any, events: Any, groups: Any) -> None:
    """The public call, from a data frame of pandas."""
    import pandas

    import timeline as tl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = pandas.DataFrame({"time": times, "event": events, "arm": groups})
        tl.survival(table, time="time", event="event", by="arm", at=[180, 360])


def main(sizes: tuple[int, ...]) -> None:
    """A line for each run and size: seconds, microseconds a patient, times the sorting."""
    for size in sizes:
        for whole_days in (False, True):
            given = patients(size, whole_days=whole_days)
            runs = {**RUNS, **({"from a data frame": from_frame} if size <= _FROM_FRAMES else {})}
            taken = {name: seconds(run, given) for name, run in runs.items()}
            least = max(taken["sorting of the times"], 1e-6)
            kind = "whole days" if whole_days else "all differ"
            for name, each in taken.items():
                rate = f"{each / size * 1e6:8.2f} µs a patient {each / least:7.1f} x"
                sys.stdout.write(f"{size:>9,} {kind}  {name:<28} {each:7.3f} s {rate}\n")


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
