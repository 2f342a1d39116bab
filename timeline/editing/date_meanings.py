"""What a date will mean, said while it is typed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

import attrs

from renderers.tables.cell_dates import YEAR_LAST, moment_text, period_text
from renderers.tables.csv_table import cell_text
from timeline.core.calendar.date_forms import iso_forms
from timeline.core.calendar.dates import PartialDate, format_day, format_days
from timeline.core.calendar.partial_dates import Period, parse_date, parse_period
from timeline.core.calendar.relative_times import RelativeTime
from timeline.core.problem import Problem
from timeline.core.span import ANY, Span
from timeline.editing.advice import of_a_page
from timeline.editing.changes import with_cell
from timeline.editing.event_rows import DATE, END, event_grid
from timeline.files.loader import contents_of
from timeline.files.yaml.yaml_nodes import ProblemLog, compose_text
from timeline.record.case import Case, Moment
from timeline.record.events import KINDS, Event, PeriodEvent, Symptom

_PROBE = "the date that is typed"  # the id of an event that only asks for its days
_ONGOING = "goes on when the record ends"


@attrs.frozen(kw_only=True)
class DateMeaning:
    """What a text means as the date of an event.

    Attributes:
        text: the text.
        written: the same as a case file writes it: ``2021-03-15`` for ``15 March 2021``.
        words: what it means, in words; empty where it means nothing.
        first, last: the first and the last day that it may be, both included; None where there is
            no such bound, or where it depends on events that are not known here.
        problem: why it is no date, with what to write; empty where it is one.
    """

    text: str
    written: str = ""
    words: str = ""
    first: date | None = None
    last: date | None = None
    problem: str = ""


def date_meaning(
    text: str,
    case: Case | str = "",
    *,
    row: int | None = None,
    key: str = DATE,
    order: str = "",
) -> DateMeaning:
    r"""What a date, or the end of a period, will mean.

    Args:
        text: the text of the cell.
        case: the case, or the text of its file, whose events a date may name; left out, only what
            the text says by itself.
        row: the number of the event in the text of the file, from 0, whose date it is to be: its
            other dates and its kind are then considered. Not with a case that has been read.
        key: ``date`` or ``end``.
        order: ``dmy`` or ``mdy``, of days written with the year last; empty: they are refused.

    Returns:
        The meaning, or the problem with what to write.

    >>> date_meaning("2021-03").words, date_meaning("15.03.2021").problem
    ('any day of March 2021', "not a date: '15.03.2021' (write 2021-03-15)")
    >>> case = "case: a\nevents: [{treatment: 2021-04-01/.., line: 1, drugs: anlotinib}]"
    >>> date_meaning("8 weeks after line 1 start", case).words
    '53 to 59 days after the start of line 1: 2021-05-24 to 2021-05-30'
    """
    plain = cell_text(text)
    if not plain:
        return DateMeaning(text=text, words="the end is not stated" if key == END else "")
    try:
        written, dates = _read(plain, key, order, of_period=_of_period(case, row))
    except ValueError as fault:
        return DateMeaning(text=text, problem=of_a_page(str(fault)))
    found = _Known.of(case, written, row, key)
    if found.problem:
        return DateMeaning(text=text, written=written, problem=found.problem)
    known = found.spans or [None] * len(dates)
    pairs = list(zip(dates, known, strict=False))
    words = [_words(when, span, found.case) for when, span in pairs]
    spans = [_own_days(when) if span is None else span for when, span in pairs]
    return DateMeaning(
        text=text,
        written=written,
        words=f"from {words[0]}; to {words[1]}" if len(words) > 1 else words[0],
        first=_day(spans[0].low),
        last=_day(spans[-1].high),
    )


def only_reading(text: str) -> str:
    """The day that a date with the year last can only be; empty of any other text.

    >>> only_reading("15.03.2021"), only_reading("03.04.2021"), only_reading("2021-03-15")
    ('2021-03-15', '', '')
    """
    plain = cell_text(text)
    readings = iso_forms(plain) if YEAR_LAST.fullmatch(plain) else ()
    return readings[0] if len(readings) == 1 else ""


def _of_period(case: Case | str, row: int | None) -> bool:
    """Whether the event of a row is a period."""
    rows = event_grid(case).rows if isinstance(case, str) and row is not None else ()
    return bool(rows) and issubclass(KINDS.get(rows[row or 0].kind, Event), PeriodEvent)


def _read(
    text: str, key: str, order: str, *, of_period: bool
) -> tuple[str, list[PartialDate | None]]:
    """The text as a case file writes it, and its dates; None of an end that is still to come."""
    if key == END:
        written = period_text("..", text, order).partition("/")[2]
        return written, [None if written == ".." else parse_date(written)]
    if not of_period:
        written = moment_text(text, order)
        return written, [parse_date(written)]
    written = period_text(text, "", order)
    at = parse_period(written)
    ends = [None if at.ongoing else at.end] if at.ongoing or at.end else []
    return written, [at.start, *ends]


@attrs.frozen(kw_only=True)
class _Known:
    """The case with the date in it, and the days that it then has; or the problem."""

    case: Case | None = None
    spans: list[Span | None] = attrs.field(factory=list)
    problem: str = ""

    @classmethod
    def of(cls, case: Case | str, written: str, row: int | None, key: str) -> _Known:
        if isinstance(case, Case):
            return cls._of_case(case, written)
        if row is not None:
            return cls._of_row(case, written, row, key)
        if not _names_events(written):  # its days are its own
            return cls()
        found, _ = _loaded(case)
        return cls._of_case(found, written) if found is not None else cls()

    @classmethod
    def _of_row(cls, text: str, written: str, row: int, key: str) -> _Known:
        """The date as that of an event of the file."""
        edited = with_cell(text, "events", row, key, written)
        if edited.problems:
            return cls(problem=edited.problems[0].what)
        grid = event_grid(edited.text)
        lines = range(grid.rows[row].line, grid.rows[row].last_line + 1)
        case, problems = _loaded(edited.text)
        mine = [each.what for each in problems if each.where.line in lines]
        before = {each.what for each in _loaded(text)[1]} if mine else set()
        new = [what for what in mine if what not in before]
        if new:
            return cls(problem=of_a_page(new[0]))
        events = case.events if case is not None else ()
        event = next((each for each in events if each.where.line in lines), None)
        return cls(case=case, spans=_spans(event, written, key) if event is not None else [])

    @classmethod
    def _of_case(cls, case: Case, written: str) -> _Known:
        """The date as that of one more event, of which nothing else is known."""
        if not _names_events(written):
            return cls(case=case)
        probe = Symptom(at=parse_date(written), id=_PROBE)
        found, problems = Case.of(case.name, (*case.events, probe), case.patient)
        if found is None:
            return cls(problem=of_a_page(problems[0].what))
        event = next(each for each in found.events if each.id == _PROBE)
        return cls(case=found, spans=[event.start.span])


def _names_events(text: str) -> bool:
    """Whether a text is one date that is counted from, or ordered by, other events."""
    try:
        when = parse_date(text)
    except ValueError:
        return False
    return bool(when.relative or when.after or when.before)


def _loaded(text: str) -> tuple[Case | None, tuple[Problem, ...]]:
    notes = ProblemLog("file")
    found = contents_of(compose_text(text.lstrip("\ufeff"), notes), notes)
    return found.case, notes.all()


def _spans(event: Event, written: str, key: str) -> list[Span | None]:
    """The days of the start or the end of an event, or of both where both are written."""
    end = event.at.end if isinstance(event.at, Period) else None
    if key == END:
        return [end.span if end is not None else None]
    if isinstance(event, PeriodEvent) and "/" in written.rstrip("/"):
        return [event.start.span, end.span if end is not None else None]
    return [event.start.span]


def _own_days(when: PartialDate | None) -> Span:
    return when.span if when is not None else ANY


def _words(when: PartialDate | None, span: Span | None, case: Case | None) -> str:
    """A date in words; with the days that it has in the case."""
    if when is None:
        return _ONGOING
    parts = list(_parts(when, case))
    if parts:
        known = _range(span) if span is not None and span != ANY else ""
        return ": ".join(part for part in (", ".join(parts), known) if part)
    about = "about " if when.approximate else ""
    doubt = ", not certain" if when.uncertain else ""
    if when.span != when.strict:
        return f"{about}{_plain(when.strict)}{doubt}: {_range(when.span)}"
    return f"{about}{days_in_words(when.span)}{doubt}"


def _parts(when: PartialDate, case: Case | None) -> Iterator[str]:
    """What a date says of other events; nothing of a date that names none."""
    if not (when.relative or when.after or when.before):
        return
    if when.strict != ANY:
        yield days_in_words(when.span)
    if when.relative:
        yield _counted(when.relative, case)
    if when.after:
        yield f"not before {_moment(when.after, case)}"
    if when.before:
        yield f"not after {_moment(when.before, case)}"


def _counted(relative: RelativeTime, case: Case | None) -> str:
    """``53 to 59 days after the start of line 1``."""
    found = _found(relative.text, case)
    anchor = _name(found[0]) if found else relative.reference
    if relative.months:
        way = "after" if relative.months > 0 else "before"
        count = abs(relative.months)
        return f"{count} calendar {'month' if count == 1 else 'months'} {way} {anchor}"
    days = found[1] if found else relative.days
    if days == Span.point(0):
        return f"the day of {anchor}"
    after = days.low >= 0
    low, high = (days.low, days.high) if after else (-days.high, -days.low)
    number = f"{low}" if low == high else f"{low} to {high}"
    if not days.is_bounded:
        number = f"{low} or more"
    unit = "day" if number == "1" else "days"
    return f"{number} {unit} {'after' if after else 'before'} {anchor}"


def _moment(reference: str, case: Case | None) -> str:
    """The moment that an order names; as it is written where it is more than an event."""
    found = _found(reference, case)
    return _name(found[0]) if found and found[1] == Span.point(0) else reference


def _found(reference: str, case: Case | None) -> tuple[Moment, Span] | None:
    if case is None:
        return None
    try:
        return case.moment(reference)
    except ValueError:
        return None


def _name(moment: Moment) -> str:
    """``the start of line 1``, ``surgery 2018-12-05``."""
    event, side = moment
    line = getattr(event, "line", None)
    name = event.id or (f"line {line}" if line and isinstance(event, PeriodEvent) else event.label)
    return f"the {side} of {name}" if isinstance(event, PeriodEvent) else name


_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def _plain(span: Span) -> str:
    """``March 2021`` of all of its days; else the days."""
    text = format_days(span)
    found = _MONTH.fullmatch(text)
    return f"{calendar.month_name[int(found[2])]} {found[1]}" if found else text


def days_in_words(span: Span) -> str:
    """The days that a date may be.

    >>> days_in_words(parse_date("2021-03").span), days_in_words(parse_date("[2021-03..]").span)
    ('any day of March 2021', '2021-03-01 or later')
    """
    text = _plain(span)
    if span.is_point or not span.is_bounded:
        return text
    return f"any day from {text}" if " to " in text else f"any day of {text}"


def _range(span: Span) -> str:
    """The first and the last day of a span, or its one day."""
    if not span.is_bounded or span.is_point:
        return format_days(span)
    return f"{format_day(span.low)} to {format_day(span.high)}"


def _day(day: object) -> date | None:
    return date.fromordinal(day) if isinstance(day, int) else None
