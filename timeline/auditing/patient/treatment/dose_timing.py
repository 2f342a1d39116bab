"""How often a dose is given, as a text states it: times a day, days of a cycle, the interval.

The words for times a day are the rows of ``data/dose_frequencies.csv``.
"""

from __future__ import annotations

import functools
import re
from fractions import Fraction

import attrs

from timeline.auditing.patient.treatment.dosing_schedule import cycle_days, dosing_days
from timeline.core.data_tables import data_rows


@attrs.frozen(kw_only=True)
class DoseTiming:
    """What a text states of when a dose is given.

    Attributes:
        days: the days of a cycle; empty where none are stated.
        interval: the days from one dose, or one cycle, to the next; None if not stated.
        times_a_day: how often in a day; None if not stated.
        of_a_day: whether the amount is that of a whole day (``5 mg daily``).
        of_a_cycle: whether the amount is that of a whole cycle (``7.5 g/cycle``, ``30 mg/28 d``).
    """

    days: tuple[int, ...] = ()
    interval: Fraction | None = None
    times_a_day: int | None = None
    of_a_day: bool = False
    of_a_cycle: bool = False


@functools.lru_cache(maxsize=1024)
def dose_timing(text: str) -> DoseTiming:
    """What a text states of when a dose is given, such as ``twice daily days 1-14 q3w``.

    >>> found = dose_timing("BID, days 1-14, every 3 weeks")
    >>> found.times_a_day, found.interval, len(found.days)
    (2, Fraction(21, 1), 14)
    >>> dose_timing("/28 d").of_a_cycle, dose_timing("daily").of_a_day
    (True, True)
    """
    plain = " ".join(text.lower().split())
    found = _pattern().search(plain)
    times = _frequencies()[found["word"]] if found else None
    interval = cycle_days(text)
    return DoseTiming(
        days=dosing_days(text),
        interval=interval,
        times_a_day=times,
        of_a_day=found is not None and times is None,
        of_a_cycle="/cycle" in plain or "per cycle" in plain or _per_interval(plain, interval),
    )


def _per_interval(plain: str, interval: Fraction | None) -> bool:
    return interval is not None and plain.startswith(("/", "per "))


@functools.cache
def _frequencies() -> dict[str, int | None]:
    return {
        word: row.optional("times_a_day", int)
        for row in data_rows("dose_frequencies")
        for word in row.texts("words")
    }


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Any of the words, the longest first: ``twice daily`` is not ``daily``."""
    words = "|".join(map(re.escape, sorted(_frequencies(), key=len, reverse=True)))
    return re.compile(rf"(?<![a-z0-9])(?P<word>{words})(?![a-z0-9])")
