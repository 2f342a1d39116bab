"""The time between two dates, and whether a printed time fits it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import attrs

from timeline.auditing.comparison.compare import Conclusion, share_in_words, whole_numbers
from timeline.auditing.patient.durations.conventions import (
    BY_NAME,
    CONVENTIONS,
    STATED,
    Convention,
    days_between,
)
from timeline.core.calendar.dates import PartialDate, format_day, format_days
from timeline.core.calendar.durations import MONTHS, days_per, range_text
from timeline.core.calendar.partial_dates import printed_date
from timeline.core.quantities import Quantity, quantity
from timeline.core.span import Span

_YEAR = 12  # months
FIRST_DAY, LAST_DAY = 1, date.max.toordinal()  # the calendar
_SHOWN = 3  # conventions listed as text
_MARKS = {
    Conclusion.AGREES: "agrees",
    Conclusion.POSSIBLE: "possible",
    Conclusion.CONTRADICTED: "",
}
_CONCLUSIONS = {
    Conclusion.AGREES: "agrees; every pair of days gives it",
    Conclusion.POSSIBLE: "possible",
    Conclusion.CONTRADICTED: "contradicted; no pair of days gives it under any convention",
}


@attrs.frozen(kw_only=True)
class IntervalRow:
    """The interval in one unit under one convention.

    ``exclusive``: end less start; ``inclusive``: both end days (or months) counted. Both as ranges
    in ``unit``, ends included. ``fits``: the conclusion about the printed time, by each count;
    None where nothing printed was given or it has another unit.
    """

    unit: str
    convention: str
    exclusive: Span
    inclusive: Span
    fits: tuple[Conclusion | None, Conclusion | None] = (None, None)
    by_name: bool = False

    @property
    def label(self) -> str:
        """``months of 30.4375 days``; a unit of fixed length by its name alone."""
        if self.by_name:
            return "months by name"
        return f"months of {self.convention} days" if self.convention else self.unit


@attrs.frozen(kw_only=True)
class IntervalAnswer:
    """The time between two dates.

    ``days``: end less start, ends included; never below 0. ``conclusion``: agrees where every
    allowed pair of days gives the printed time by the default convention (a month of 30.4375 days,
    end less start), possible where some pair does under some convention, contradicted where none
    does; None where nothing printed was given. ``share``: the share of the pairs of days that give
    it by the default convention. ``needed_start``, ``needed_end``: the days on which the interval
    would have to begin, or to end, for the printed time by the default convention, the other date
    unchanged; None where no day does.
    """

    start: PartialDate
    end: PartialDate
    days: Span
    rows: tuple[IntervalRow, ...]
    printed: Quantity | None = None
    conclusion: Conclusion | None = None
    share: Fraction | None = None
    fitting: tuple[str, ...] = ()
    needed_start: Span | None = None
    needed_end: Span | None = None

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON: dates as ISO texts, ranges as two numbers in their unit."""
        answer: dict[str, Any] = {
            "start": {"text": self.start.text, **_iso(self.start.span)},
            "end": {"text": self.end.text, **_iso(self.end.span)},
            "days": [int(self.days.low), int(self.days.high)],
            "rows": [_row_data(row) for row in self.rows],
        }
        if self.printed is not None and self.conclusion is not None:
            answer["printed"] = {
                "text": str(self.printed),
                "conclusion": self.conclusion.value,
                "share_of_pairs": None if self.share is None else float(self.share),
                "conventions_that_fit": list(self.fitting),
                "needed_start": self.needed_start and _iso(self.needed_start),
                "needed_end": self.needed_end and _iso(self.needed_end),
            }
        return answer


def interval(start: str, end: str, printed: str | None = None) -> IntervalAnswer:
    """The time from one date to another, and whether a printed time fits it.

    Args:
        start: A date, EDTF (``2021-12``, ``2021-12-05``, ``2021-12~``) or as printed
            (``December 2021``).
        end: The same, of the end.
        printed: A time with its unit, as printed: ``8.4 months``, ``over 60 days``.

    Returns:
        The range in days, weeks, months by every convention, and years; with ``printed``, the
        conclusion, the conventions under which it fits, and the start or end that it would need.

    Raises:
        ValueError: A date or the time cannot be read, or the end is before the start.

    Source: month conventions, ``timeline.core.calendar.durations.MONTHS``; rounding,
        ``timeline.core.printed_numbers.ROUNDINGS``.

    >>> interval("2021-12", "2022-05", "8.4 months").conclusion.value
    'contradicted'
    >>> interval("2021-12-01", "2022-05-31").days
    Span(181 to 181)
    """
    first, last = printed_date(start), printed_date(end)
    days = days_between(first.span, last.span)
    if days is None:
        raise ValueError(
            f"the end, {end!r}, is before the start, {start!r} (exchange the two dates)"
        )
    time = None if printed is None else _printed_time(printed)
    rows = tuple(_rows(first.span, last.span, days, time))
    if time is None:
        return IntervalAnswer(start=first, end=last, days=days, rows=rows)
    unit = time.unit.name
    fits = {each: each.fits(first.span, last.span, time.number, unit) for each in _conventions()}
    default, share = fits.pop(STATED)
    some = any(found is not Conclusion.CONTRADICTED for found, _ in fits.values())
    conclusion = Conclusion.POSSIBLE if default is Conclusion.CONTRADICTED and some else default
    printed_days = _whole_days(STATED.printed_days(time.number, unit))
    return IntervalAnswer(
        start=first,
        end=last,
        days=days,
        rows=rows,
        printed=time,
        conclusion=conclusion,
        share=share,
        fitting=_fitting(default, fits),
        needed_start=printed_days and _start_for(printed_days, last.span),
        needed_end=printed_days and _end_for(first.span, printed_days),
    )


def _printed_time(text: str) -> Quantity:
    """A time with its unit and nothing after it."""
    time = quantity(text, "time")
    if time.rest:
        raise ValueError(f"what follows the unit is not read: {time.rest!r} (write a time alone)")
    return time


def _conventions() -> tuple[Convention, ...]:
    return (STATED, *CONVENTIONS)


def _fitting(
    default: Conclusion, fits: dict[Convention, tuple[Conclusion, Fraction]]
) -> tuple[str, ...]:
    """The conventions under which the printed time fits, in words; those of one change first."""
    named = [(1, "a month of 30.4375 days, end less start")] if default != "contradicted" else []
    for each, (found, _) in fits.items():
        if found is not Conclusion.CONTRADICTED:
            named.append((len(each.departures) + 1, ", ".join(each.departures)))
    return tuple(text for _, text in sorted(named, key=lambda pair: pair[0]))


def _whole_days(span: Span) -> Span | None:
    """The whole days of a range that are not negative; None where there is none."""
    least, most = whole_numbers(span)
    least = max(least, 0)
    return Span(least, most) if least <= most else None


def _start_for(days: Span, end: Span) -> Span | None:
    """The days from which an interval of so many days reaches the end; in the calendar."""
    return (end - days).not_below(FIRST_DAY)


def _end_for(start: Span, days: Span) -> Span | None:
    """The days that an interval of so many days reaches from the start; in the calendar."""
    return (start + days).not_above(LAST_DAY)


def _rows(start: Span, end: Span, days: Span, time: Quantity | None) -> Iterator[IntervalRow]:
    """The interval in each unit, and in months by each convention."""
    plain = (("days", ""), ("weeks", ""), *(("months", name) for name in MONTHS), ("years", ""))
    for unit, month in plain:
        size = days_per(unit, month) if month else days_per(unit)
        counts = (
            Convention(month=month, add=add) if month else Convention(add=add) for add in (0, 1)
        )
        yield IntervalRow(
            unit=unit,
            convention=month,
            exclusive=days.times(1 / size),
            inclusive=(days + 1).times(1 / size),
            fits=_both(counts, start, end, time, unit),
        )
    named = _months_by_name(start, end)
    if named is not None:
        counts = (Convention(by_name=name) for name in BY_NAME)
        yield IntervalRow(
            unit="months",
            convention="",
            exclusive=named,
            inclusive=named + 1,
            fits=_both(counts, start, end, time, "months"),
            by_name=True,
        )


def _both(
    counts: Iterable[Convention], start: Span, end: Span, time: Quantity | None, unit: str
) -> tuple[Conclusion | None, Conclusion | None]:
    if time is None or time.unit.name != unit:
        return None, None
    first, second = (each.fits(start, end, time.number, unit)[0] for each in counts)
    return first, second


def _months_by_name(start: Span, end: Span) -> Span | None:
    """Calendar months from the month of the start to that of the end; None for an open date."""
    if not (start.is_bounded and end.is_bounded):
        return None
    ends = (*_month_numbers(start), *_month_numbers(end))
    return Span(max(ends[2] - ends[1], 0), ends[3] - ends[0])


def _month_numbers(span: Span) -> tuple[int, int]:
    first, last = (date.fromordinal(int(day)) for day in (span.low, span.high))
    return _YEAR * first.year + first.month, _YEAR * last.year + last.month


def _lines(answer: IntervalAnswer) -> Iterator[str]:
    yield f"{answer.start} to {answer.end}: {range_text(answer.days, 0)} days"
    yield ""
    yield f"  {'':24}{'end less start':26}both ends counted"
    for row in answer.rows:
        places = 0 if row.unit == "days" or row.by_name else 2
        cells = [
            range_text(span, places) + (f"  {_MARKS[fits]}" if fits else "")
            for span, fits in zip((row.exclusive, row.inclusive), row.fits, strict=True)
        ]
        yield f"  {row.label:24}{cells[0]:26}{cells[1]}".rstrip()
    if answer.printed is None or answer.conclusion is None:
        return
    yield ""
    yield f"Printed {answer.printed}: {_CONCLUSIONS[answer.conclusion]}."
    yield from _details(answer)


def _details(answer: IntervalAnswer) -> Iterator[str]:
    if answer.conclusion is Conclusion.POSSIBLE and answer.share:
        share = share_in_words(answer.share)
        yield f"By the default convention, {share} of the pairs of days give it."
    elif answer.conclusion is Conclusion.POSSIBLE:
        shown = answer.fitting[:_SHOWN]
        more = len(answer.fitting) - len(shown)
        yield "It fits only under another convention:"
        yield from (f"  {each}" for each in shown)
        if more:
            yield f"  and {more} more (--json lists all)"
    if answer.conclusion is Conclusion.AGREES:
        return
    for name, needed, known, unchanged in (
        ("a start", answer.needed_start, answer.start.span, f"with the end {answer.end}"),
        ("an end", answer.needed_end, answer.end.span, f"with the start {answer.start}"),
    ):
        inside = needed and needed & known
        if needed is not None and inside is None:
            yield f"It would need {name} {_days(needed)} ({unchanged})."
        elif inside is not None and inside != known:
            yield f"It needs {name} {_days(inside)} ({unchanged})."


def _days(span: Span) -> str:
    first, last = format_day(span.low), format_day(span.high)
    if span.is_bounded and not span.is_point:
        return f"from {first} to {last}"
    return f"on {format_days(span)}"


def _iso(span: Span) -> dict[str, str | None]:
    ends = (None if (day := format_day(end)) == ".." else day for end in (span.low, span.high))
    return dict(zip(("earliest", "latest"), ends, strict=True))


def _row_data(row: IntervalRow) -> dict[str, Any]:
    counts = zip(
        ("end_less_start", "both_ends_counted"),
        (row.exclusive, row.inclusive),
        row.fits,
        strict=True,
    )
    return {
        "unit": row.unit,
        "month": "by name" if row.by_name else row.convention or None,
        **{
            name: {"range": [float(span.low), float(span.high)], "printed": fits and fits.value}
            for name, span, fits in counts
        },
    }
