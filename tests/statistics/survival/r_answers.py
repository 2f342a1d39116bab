"""The samples of tests/data/survival and what R gives of them (see the README there)."""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

DATA = Path(__file__).parents[2] / "data" / "survival"


def rows(name):
    with (DATA / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@attrs.frozen
class Sample:
    """A sample: a time, an event, and of some a group and a stratum for each patient."""

    times: tuple[Fraction, ...]
    events: tuple[bool, ...]
    groups: tuple[str, ...]
    strata: tuple[str, ...]


def samples(name):
    """The samples of a file by name, the patients in the order of the file."""
    found = defaultdict(list)
    for row in rows(name):
        found[row["sample"]].append(row)
    return {
        number: Sample(
            times=tuple(Fraction(row["time"]) for row in patients),
            events=tuple(row["event"] == "1" for row in patients),
            groups=tuple(row.get("group", "") for row in patients),
            strata=tuple(row.get("stratum", "") for row in patients),
        )
        for number, patients in found.items()
    }


def near(text):
    """What equals a number that R prints; R's own iterations stop up to 3e-7 before the limit."""
    return None if text == "NA" else pytest.approx(float(text), rel=1e-6, abs=1e-9)
