"""Prints that are more than one number: limits, times, grades, p values, test statistics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.arithmetic.p_value import STATISTICS
from timeline.months import UNITS_IN_DAYS
from timeline.printed import Printed, printed
from timeline.problem import near

NOT_REACHED = ("not reached", "not estimable", "not evaluable", "NR", "NE", "NA")
_UNREACHED = frozenset(word.lower() for word in NOT_REACHED)
_BETWEEN = re.compile(r"\s*(?:\bto\b|–|-|;|,\s)\s*")


@attrs.frozen
class Limits:
    """The two ends of an interval as printed, the smaller first; None where not reached."""

    text: str
    low: Printed | None
    high: Printed | None

    @property
    def both(self) -> tuple[Printed, Printed] | None:
        """The two ends where both are numbers."""
        return (self.low, self.high) if self.low and self.high else None

    def __str__(self) -> str:
        return self.text


def limits(text: str) -> Limits:
    """Two limits as printed: ``11.1 to 17.4``, ``0.52-0.85``, ``9.1 to not reached``."""
    parts = _BETWEEN.split(text.strip())
    if len(parts) != 2:
        raise ValueError(f"not two limits: {text!r} (write 11.1 to 17.4)")
    low, high = (None if part.lower() in _UNREACHED else printed(part) for part in parts)
    if low and high and low.span.low > high.span.high:
        raise ValueError(f"the larger limit stands first: {text!r} (write the smaller first)")
    return Limits(text.strip(), low, high)


def time_or_not_reached(text: str) -> Printed | str:
    """A printed time, or ``not reached`` of a median that was not."""
    return "not reached" if text.strip().lower() in _UNREACHED else printed(text)


@attrs.frozen
class Moments:
    """One or more times with their unit, such as ``12 months`` or ``0, 6, 12 months``."""

    text: str
    values: tuple[Fraction, ...]
    unit: str

    def __str__(self) -> str:
        return self.text


_MOMENTS = re.compile(r"([0-9.]+(?:\s*,\s*[0-9.]+)*|[a-z]+(?:-[a-z]+)?(?=[\s-]))[\s-]*([a-z]+)")


def moments(text: str) -> Moments:
    """Times with one unit: ``12 months``; ``0, 6, 12 months``; ``one week``."""
    found = _MOMENTS.fullmatch(text.strip().lower())
    unit = found[2] if found else ""
    unit = unit if unit in UNITS_IN_DAYS else f"{unit}s"
    if not found or unit not in UNITS_IN_DAYS:
        raise ValueError(f"not a time: {text!r} (write 12 months, or 0, 6, 12 months)")
    values = tuple(printed(part.strip()).value or Fraction(0) for part in found[1].split(","))
    return Moments(text.strip(), values, unit)


def p_value(text: str) -> Printed:
    """A p value from nought to one: ``0.03``, ``= .03``, ``< 0.001``."""
    plain = re.sub(r"(?<![0-9])\.(?=[0-9])", "0.", text.strip().removeprefix("=").strip())
    read = printed(plain)
    if read.value is not None and read.value > 1:
        raise ValueError(f"a p value above one: {text!r} (write 0.03 or < 0.001)")
    return read


@attrs.frozen
class Tested:
    """A test statistic as printed: its name, degrees of freedom, and size without the sign."""

    name: str
    dfs: tuple[Fraction, ...]
    value: Printed


_SPELLED = {"χ2": "chi2", "χ²": "chi2", "chi-squared": "chi2", "chi-square": "chi2", "x2": "chi2"}
_TEST = re.compile(
    r"(?P<name>[^\s(=]+)\s*(?:\((?P<dfs>[0-9.,\s]+?)(?:,\s*[nN]\s*=\s*[0-9]+)?\))?"
    r"\s*=\s*[-\N{MINUS SIGN}]?\s*(?P<value>.+)"
)


def statistic(text: str) -> Tested:
    """A test statistic: ``t(28) = 2.2``, ``chi2(1) = 4.1``, ``F(2, 27) = 3.9``, ``z = 2.1``."""
    found = _TEST.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a test statistic: {text!r} (write t(28) = 2.2 or z = 2.1)")
    said = _SPELLED.get(found["name"].lower(), found["name"])
    name = next((known for known in STATISTICS if known.lower() == said.lower()), None)
    if name is None:
        raise ValueError(f"unknown statistic: {said!r} ({near(said, STATISTICS)})")
    dfs = tuple(
        printed(part.strip()).value or Fraction(0)
        for part in (found["dfs"] or "").split(",")
        if part.strip()
    )
    if len(dfs) != STATISTICS[name].dfs or 0 in dfs:
        raise ValueError(
            f"{name} has {STATISTICS[name].dfs} degrees of freedom above nought: {text!r}"
        )
    return Tested(name, dfs, printed(found["value"]))


@attrs.frozen
class Grades:
    """One or more grades of an adverse event, 1 to 5, such as ``III`` or ``3-4``."""

    text: str
    values: tuple[int, ...]

    def __str__(self) -> str:
        return self.text


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
ALL_GRADES = (1, 2, 3, 4, 5)


def grades(text: str) -> Grades:
    """Grades as printed: ``level III``, ``grade 3``, ``3-4``, ``>= 3``, ``any grade``."""
    plain = re.sub(r"\b(?:grades?|levels?|ctcae)\b", " ", text.lower()).strip()
    if plain in ("any", "all"):
        return Grades(text.strip(), ALL_GRADES)
    if plain.startswith(("≥", ">=")):
        first = _grade(plain.lstrip("≥>="), text)
        return Grades(text.strip(), tuple(range(first, 6)))
    ends = [_grade(part, text) for part in re.split(r"\s*(?:\bto\b|or|and|–|-|/|\+)\s*", plain)]
    return Grades(text.strip(), tuple(range(ends[0], ends[-1] + 1)) or _backwards(text))


def _grade(part: str, text: str) -> int:
    word = part.strip()
    value = _ROMAN.get(word) or (int(word) if re.fullmatch(r"[1-5]", word) else None)
    if value is None:
        raise ValueError(f"not a grade: {text!r} (write level III, 3, 3-4, >= 3 or any grade)")
    return value


def _backwards(text: str) -> tuple[int, ...]:
    raise ValueError(f"the higher grade stands first: {text!r} (write 3-4)")


# What a word of comparison says of the first figure against the second; "good" words need to know
# which way is good, so they are read for times and rates of benefit only.
DIRECTIONS = {
    **dict.fromkeys(("longer", "higher", "greater", "more", "increased", "larger"), 1),
    **dict.fromkeys(("shorter", "lower", "less", "fewer", "decreased", "smaller"), -1),
    **dict.fromkeys(("better", "superior", "improved", "favourable"), 1),
    **dict.fromkeys(("worse", "inferior", "poorer"), -1),
}
OF_BENEFIT = ("better", "superior", "improved", "favourable", "worse", "inferior", "poorer")


def many(claimed: object) -> Iterator[Printed]:
    """The numbers of a print that is a list."""
    for each in claimed if isinstance(claimed, tuple) else ():
        if isinstance(each, Printed):
            yield each
