"""The swimmer plot of a study of tables: a lane for each treated subject, from its ADaM records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from renderers.table_request import TableRequest
from renderers.tables.csv_table import Table
from timeline.core.calendar.durations import days_per
from timeline.core.span import Span
from timeline.study.member import TablePatient
from timeline.study.patient_values import plain
from timeline.study.summary import StudySummary

_MONTH = Fraction(days_per("months"))
_LANE = ("id", "start", "end", "state", "ongoing")
_MARK = ("id", "time", "event")
ON, AFTER = "treatment", "follow-up"
_DRAWN = ("CR", "PR", "SD", "PD")  # responses that are marked where they change


def lanes_of(summary: StudySummary) -> TableRequest | None:
    """The tables of a swimmer plot, in months; None where no subject has a time.

    A lane is of treatment up to the last dose (TRTEDT) and of follow-up up to the last day on
    record, with an arrow where the subject did not die. Responses are marked where they change.
    """
    members = [each for each in summary.cohort.members("treated") if isinstance(each, TablePatient)]
    lanes = [row for each in members for row in _lane(each)]
    if not lanes:
        return None
    drawn = {row[0] for row in lanes}
    marks = [row for each in members if each.name in drawn for row in _marks(each)]
    return TableRequest(
        table=_table("lanes", _LANE, lanes),
        events=(_table("events", _MARK, marks),) if marks else (),
        values={"unit": "months"},
    )


def _lane(member: TablePatient) -> Iterator[tuple[str, ...]]:
    treated, last = member.numbers.get("ToT"), _last(member)
    ended = Fraction(treated.high) if treated is not None and treated.is_bounded else None
    end = max((each for each in (ended, last) if each is not None), default=None)
    if end is None:
        return
    ongoing = "no" if _died(member) is not None else "yes"
    if ended is not None and ended < end:
        yield member.name, "0", _number(ended), ON, "no"
        yield member.name, _number(ended), _number(end), AFTER, ongoing
    else:
        yield member.name, "0", _number(end), ON, ongoing


def _died(member: TablePatient) -> Fraction | None:
    survival = member.times.get("OS")
    return Fraction(survival.latest) if survival is not None and survival.event else None


def _last(member: TablePatient) -> Fraction | None:
    """The last day on record in months: of a time or of an assessment."""
    times = [Fraction(one.latest) for one in member.times.values()]
    times += [_months(days) for days, _ in member.assessments]
    return max(times, default=None)


def _months(days: Span) -> Fraction:
    return Fraction(days.high) / _MONTH


def _marks(member: TablePatient) -> Iterator[tuple[str, ...]]:
    before = ""
    for days, (label, *_) in ((days, tuple(allowed)) for days, allowed in member.assessments):
        word = plain(label)
        if word in _DRAWN and word != before and days.high >= 0:
            yield member.name, _number(_months(days)), word
            before = word
    died = _died(member)
    if died is not None:
        yield member.name, _number(died), "death"


def _number(value: Fraction | int | float) -> str:
    return f"{float(value):.4f}"


def _table(name: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(file=name, line=1, headings=headings, rows=tuple(enumerate(rows, start=2)))
