"""What the case section of a text prints and the file does not have."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator

import attrs

from timeline.core.calendar.dates import PartialDate, parse_edtf
from timeline.core.calendar.partial_dates import Period
from timeline.core.span import NEVER_BEGAN, Span
from timeline.grounding.finders import SHARES, size_around
from timeline.grounding.items import BOUNDED
from timeline.grounding.numbers import TextNumber, equal_prints, text_numbers
from timeline.grounding.paragraph_parts import Region
from timeline.grounding.plain import plain
from timeline.grounding.printed_drugs import drug_name
from timeline.grounding.text_index import TextIndex
from timeline.record.case import Case
from timeline.record.events import Event, Treatment, field_values
from timeline.report.claims import Report
from timeline.report_text import MentionKind, mentions

EVENT_OF_DATE = "event of this date"  # the claims have its date, the case has no such event


@attrs.frozen
class TextOnly:
    """A number, a date or a drug of the text that the file does not have."""

    start: int
    end: int
    kind: str


def text_only_values(
    index: TextIndex, case: Case | None, report: Report | None
) -> Iterator[TextOnly]:
    """The numbers, dates and drugs of the case section that the file does not have, in order.

    The case section is the description of the patient; of a study, its results and tables.
    Numbers of citations, figures and names (PD-1) are none.
    """
    starts, ends = index.places.case_section.covered()
    texts = tuple(_texts(case, report))
    of_events = (*_texts(case, None), *_names(report)) if case else texts
    drugs = _drugs(index, of_events)
    found = [*_dates(index, case, report), *drugs, *_numbers(index, texts)]
    for each in sorted(found, key=lambda value: value.start):
        part = bisect.bisect_right(starts, each.start) - 1
        if part >= 0 and each.start < ends[part]:
            yield each


def _names(report: Report | None) -> Iterator[str]:
    """The names that the report prints, as of a drug by a misspelled name."""
    yield from (each.text for each in (report.claims if report else ()) if each.kind == "name")


def _texts(case: Case | None, report: Report | None) -> Iterator[str]:
    """Every text of the files that may have a value."""
    for event in case.events if case else ():
        at = event.at
        parts = (at.start, at.end) if isinstance(at, Period) else (at,)
        yield from (each.text for each in parts if each and re.search("[a-z]", each.text))
        yield from _days_of_a_cycle(event)
        for name, value in field_values(event).items():
            yield f"{name} {_text(value)}" if name in ("ecog", "grade") else _text(value)
    if case:
        yield f"{case.patient.age or ''} years"
        yield from (
            _text(getattr(case.patient, field.name)) for field in attrs.fields(type(case.patient))
        )
        for _, lesion in case.lesions:
            yield _text(lesion.slice or "")
    for claim in report.claims if report else ():
        unit = claim.unit or ("%" if claim.kind in SHARES else "")
        yield f"{claim.text} {unit}".strip()
        yield from (f"{claim.n}", claim.level, claim.about, claim.note, claim.group, claim.study)
        for name in ("at", "ci", "range", "sd", "se", "p", "grade"):
            value = getattr(claim, name)
            if value is not None:
                yield f"{value} {claim.unit if name in ('ci', 'range') else ''}"


_DOSING_DAYS = re.compile(r"(?i)\bd(?:ays?)?\s*([0-9]+)\s*[-–]\s*([0-9]+)")


def _days_of_a_cycle(event: Event) -> Iterator[str]:
    """The dosing days of the drugs as numbers of days: days 1-14 are printed as 1-14 d too."""
    for drug in event.drugs if isinstance(event, Treatment) else ():
        for first, last in _DOSING_DAYS.findall(drug.days or ""):
            yield f"{first} days; {last} days"


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_text(each) for each in value)
    return str(value)


def _dates(index: TextIndex, case: Case | None, report: Report | None) -> Iterator[TextOnly]:
    """Dates that are of no event and no claim; one in a remark has still no event.

    Where a claim gives a date to an event that is dated otherwise, and no other event has that
    date, it is the event that is missing.
    """
    recorded: set[Span] = set()
    bounded: set[Span] = set()  # as the end of May 2020, of which the text may print the month
    for event in case.events if case else ():
        at = event.at
        parts = (at.start, at.end) if isinstance(at, Period) else (at,)
        recorded |= {span for each in parts if each for span in _written(each.text)}
        bounded |= {each.strict for each in parts if each and BOUNDED.match(each.text.strip())}
    claimed: set[Span] = set()
    for claim in report.claims if report else ():
        if isinstance(claim.value, PartialDate):
            is_other = _is_dated_otherwise(case, claim.of, claim.value)
            (claimed if is_other else recorded).add(claim.value.strict)
    years = sorted((each.low, each.high) for each in recorded
                   if each.high - each.low >= _DAYS_OF_A_YEAR)  # fmt: skip
    starts = [low for low, _ in years]
    last = [NEVER_BEGAN, *itertools.accumulate((high for _, high in years), max)]
    for date in index.dates:
        if not any(
            each in recorded
            or each.high <= last[bisect.bisect_right(starts, each.low)]
            or any(each.low <= part.low and part.high <= each.high for part in bounded)
            for each in date.spans
        ):
            is_claimed = any(each in claimed for each in date.spans)
            yield TextOnly(date.start, date.end, EVENT_OF_DATE if is_claimed else "date")


def _is_dated_otherwise(case: Case | None, of: str, claimed: PartialDate) -> bool:
    """Whether the event that a claim gives a date to is of the case and has another date."""
    try:
        moment = case.find(of)[1].strict if case and of else None
    except ValueError:
        return False
    return moment is not None and not moment.overlaps(claimed.strict)


_DAYS_OF_A_YEAR = 364  # from its first day to its last


def _written(text: str) -> Iterator[Span]:
    for found in re.findall(r"(?<![0-9])[0-9]{4}(?:-[0-9]{2}){0,2}(?![0-9])", text):
        try:
            yield parse_edtf(found).strict
        except ValueError:
            continue


def _drugs(index: TextIndex, texts: Iterable[str]) -> Iterator[TextOnly]:
    recorded = plain(" ; ".join(texts))
    named = {drug_name(each.value) for each in mentions(recorded) if each.kind is MentionKind.DRUG}

    @functools.cache
    def is_recorded(text: str, value: str) -> bool:
        return plain(text).strip() in recorded or drug_name(value) in named or value in recorded

    for each in index.mentions:
        if each.kind is MentionKind.DRUG and not is_recorded(each.text, each.value):
            yield TextOnly(each.start, each.end, "drug")


_CITED = re.compile(
    r"\^?\[[0-9,\s–-]+\]|\((?:[0-9]{1,3}(?:\s?[,–-]\s?[0-9]{1,3})*)\)"
    r"|(?m:^[#* \t\r\f\v]*[0-9]{1,2}(?:\.[0-9]{1,2})*\.?\s+(?=[A-Z][^\n]{2,90}$))"
    r"|\(?\[?(?:supplementary\s+)?(?:fig(?:ure|\.)?|table)s?\s*S?[0-9][^.;)\]]{0,30}",
    re.IGNORECASE,
)
_NO_NUMBER = ("one",)  # in words: also a pronoun


def _numbers(index: TextIndex, texts: Iterable[str]) -> Iterator[TextOnly]:
    recorded: dict[str, set[str]] = {}
    for text in texts:
        for number in text_numbers(plain(text)):
            for digits, unit in equal_prints(number.digits, number.unit):
                recorded.setdefault(digits, set()).add(unit)
    cited = [each.span() for each in _CITED.finditer(index.report.text)]
    dated = [(each.start, each.end) for each in index.mentions if each.kind is MentionKind.DATE]
    starts, ends = Region((*cited, *dated)).covered()
    for at, number in enumerate(index.numbers):
        if number.in_name or index.plain[number.start : number.end] in _NO_NUMBER:
            continue
        part = bisect.bisect_right(starts, number.start) - 1
        if part >= 0 and number.start < ends[part]:
            continue
        first, last = size_around(index.numbers, at)
        whole = index.numbers[first : last + 1]  # a record holds one diameter of a size
        if not any(_is_recorded(each, recorded.get(each.digits)) for each in whole):
            yield TextOnly(number.start, number.end, "number")


def _is_recorded(number: TextNumber, units: set[str] | None) -> bool:
    """Whether the file has the number: with this unit, or with any where the text prints none."""
    return units is not None and (number.unit in units or not number.unit)
