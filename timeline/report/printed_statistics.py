"""Prints that are more than one number: limits, times, grades, p values, test statistics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from timeline.core.calendar.durations import UNITS_IN_DAYS
from timeline.core.claimed_numbers import claimed_number, claimed_time
from timeline.core.frozen_class import frozen
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.problem import near

NOT_REACHED = ("not reached", "not estimable", "not evaluable", "NR", "NE", "NA")
UNREACHED = "not reached"  # what each of them is read as
_UNREACHED = frozenset(word.lower() for word in NOT_REACHED)
_BETWEEN = re.compile(r"(?<=\S)\s*(?:\bto\b|–|-|\N{MINUS SIGN}|;|,\s)\s*")


@frozen
class Limits:
    """The two ends of an interval in the order printed; None where not reached."""

    text: str
    low: Printed | None
    high: Printed | None

    @property
    def both(self) -> tuple[Printed, Printed] | None:
        """The two ends where both are numbers."""
        return (self.low, self.high) if self.low and self.high else None

    @property
    def is_swapped(self) -> bool:
        """Whether the larger end comes first, which no interval allows."""
        both = self.both
        if both is None:
            return False
        first, last = both
        if first.value is not None and last.value is not None and first.unit == last.unit:
            return first.value > last.value  # 2 to 1: their roundings meet, the numbers do not
        return first.span.low > last.span.high

    def __str__(self) -> str:
        return self.text


def limits(text: str) -> Limits:
    """Two limits as printed: ``11.1 to 17.4``, ``0.52-0.85``, ``9.1 to not reached``.

    The larger may come first, as a report may print it: see ``Limits.is_swapped``.
    """
    parts = _BETWEEN.split(text.strip(), maxsplit=1)
    if len(parts) != 2:
        raise ValueError(f"not two limits: {text!r} (write 11.1 to 17.4)")
    low, high = (_end(part, text) for part in parts)
    return Limits(text.strip(), low, high)


def _end(part: str, text: str) -> Printed | None:
    """One end of an interval; None where it was not reached."""
    if part.lower() in _UNREACHED:
        return None
    end = claimed_number(part)
    if end.value is None and end.hedge is None:
        raise ValueError(f"not two limits: {text!r} (write 11.1 to 17.4)")
    return end


def time_or_not_reached(text: str) -> Printed | str:
    """A printed time, or ``not reached`` of a median that was not."""
    return UNREACHED if text.strip().lower() in _UNREACHED else claimed_time(text)


@frozen
class TimeLimits:
    """One or more times with their unit, such as ``12 months`` or ``0, 6, 12 months``."""

    text: str
    values: tuple[Fraction, ...]
    unit: str

    def __str__(self) -> str:
        return self.text


_MOMENTS = re.compile(r"([0-9.]+(?:\s*,\s*[0-9.]+)*|[a-z]+(?:-[a-z]+)?(?=[\s-]))[\s-]*([a-z]+)")


def time_limits(text: str) -> TimeLimits:
    """Times with one unit: ``12 months``; ``0, 6, 12 months``; ``one week``."""
    found = _MOMENTS.fullmatch(text.strip().lower())
    unit = found[2] if found else ""
    unit = unit if unit in UNITS_IN_DAYS else f"{unit}s"
    if not found or unit not in UNITS_IN_DAYS:
        raise ValueError(f"not a time: {text!r} (write 12 months, or 0, 6, 12 months)")
    values = tuple(parse_printed(part.strip()).value or Fraction(0) for part in found[1].split(","))
    return TimeLimits(text.strip(), values, unit)


def p_value(text: str) -> Printed:
    """A p value as printed: ``0.03``, ``= .03``, ``< 0.001``, and 1.2, which none can be.

    ``NS`` is above 0.05, the level that such words are used for.
    """
    plain = text.strip().removeprefix("=").strip()
    return claimed_number(_ABOVE if plain.lower().replace("-", " ") in _NOT_SIGNIFICANT else plain)


_NOT_SIGNIFICANT = ("ns", "n.s.", "n. s.", "not significant", "non significant", "nonsignificant")
_ABOVE = "> 0.05"


def ratio(text: str) -> Printed:
    """A ratio of hazards, odds or risks; a bare 0 carries no information and is refused."""
    read = claimed_number(text)
    if read.value == 0 and read.unit == 1:
        raise ValueError(f"a ratio of {text.strip()} (write every digit printed, such as 0.04)")
    return read


def patients(text: str) -> str:
    """The number of patients of a figure, kept as printed: ``15``, ``about 40``, ``none``."""
    try:
        read = parse_printed(text)
    except ValueError as fault:
        raise ValueError(f"not a number of patients: {fault}") from None
    if read.value is not None and read.value.denominator != 1:
        raise ValueError(f"not a number of patients: {text.strip()!r} (write a whole number)")
    return " ".join(text.split())


LEVELS = (Fraction(50), Fraction("99.9999"))  # of confidence, in percent, both ends included


def level(text: str) -> str:
    """A level of confidence in percent, or words such as ``one-sided 95 %``; kept as printed."""
    found = re.search(r"[-0-9.,]*[0-9]", text)
    if found and not LEVELS[0] <= level_in_percent(text) <= LEVELS[1]:
        raise ValueError(f"not a level of confidence: {text.strip()!r} (write one such as 95 %)")
    return " ".join(text.split())


def level_in_percent(text: str) -> Fraction:
    """The level of confidence that a text states; 95 where it states none. 0.95 is 95 %."""
    found = re.search(r"[-0-9.,]*[0-9]", re.sub(r"\b(?:one|1|two|2)-(?:sided|tailed)", "", text))
    value = (claimed_number(found[0]).value or Fraction(0)) if found else Fraction(95)
    return 100 * value if 0 < value < 1 else value


@frozen
class TestStatistic:
    """A test statistic as printed: its name, degrees of freedom, and size without the sign."""

    name: str
    dfs: tuple[Fraction, ...]
    value: Printed
    is_negative: bool = False

    @property
    def has_its_dfs(self) -> bool:
        """Whether as many degrees of freedom are printed as such a statistic has."""
        return _statistics().get(self.name) == len(self.dfs)


def _statistics() -> dict[str, int | None]:
    """The statistics that are read, with their number of degrees of freedom; None: not checked."""
    # imported here: a check of files loads this module and needs no distributions
    from timeline.statistics.comparisons.p_values import STATISTICS, UNCHECKED

    return {**{name: row.dfs for name, row in STATISTICS.items()}, **dict.fromkeys(UNCHECKED)}


_SPELLED = {"χ2": "chi2", "χ²": "chi2", "chi-squared": "chi2", "chi-square": "chi2", "x2": "chi2",
            "x²": "chi2"}  # fmt: skip
_TEST = re.compile(
    r"(?P<name>[^\s(=<>]+)\s*(?:\((?P<dfs>[0-9.,\s]+?)(?:,\s*[nN]\s*=\s*[0-9]+)?\))?"
    r"\s*(?:=|(?P<bound>[<>]))\s*(?P<sign>[-\N{MINUS SIGN}]?)\s*(?P<value>.+)"
)


def statistic(text: str) -> TestStatistic:
    """A test statistic: ``t(28) = 2.2``, ``chi2(1) = 4.1``, ``F(2, 27) = 3.9``, ``r(97) = .17``.

    Degrees of freedom that a report leaves out are left out.
    """
    found = _TEST.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a test statistic: {text!r} (write t(28) = 2.2 or z = 2.1)")
    spelling = _SPELLED.get(found["name"].lower(), found["name"])
    every = _statistics()
    name = next((known for known in every if known.lower() == spelling.lower()), None)
    if name is None:
        raise ValueError(f"unknown statistic: {spelling!r} ({near(spelling, every)})")
    dfs = tuple(
        parse_printed(part.strip()).value or Fraction(0)
        for part in (found["dfs"] or "").split(",")
        if part.strip()
    )
    value = claimed_number(f"{found['bound'] or ''} {found['value']}".strip())
    return TestStatistic(name, dfs, value, is_negative=bool(found["sign"]))


# How a word of comparison orders the first figure and the second; "good" words need to know
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
