"""What is looked up in a text: each printed value of a claim, and each detail of an event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import attrs

from timeline.core.calendar.dates import PartialDate, parse_edtf
from timeline.core.calendar.partial_dates import Period
from timeline.core.problem import Where
from timeline.grounding.event_details import Find, event_details
from timeline.grounding.finders import (
    ROWS,
    date_found,
    number_found,
    response_found,
)
from timeline.grounding.printed_drugs import PrintedDrugs
from timeline.grounding.text_index import Found, TextIndex
from timeline.record.case import Case
from timeline.record.events import Event, field_values
from timeline.record.findings import Finding
from timeline.report.claims import Claim, Report


@attrs.frozen(kw_only=True)
class Item:
    """One value that is looked up.

    Attributes:
        what: the value in words, for a message.
        where: its place in the file.
        place: the place in the report, as the file names it.
        find: gives every part of the text that prints it.
        claim: the claim it is of; None for a detail of an event.
        event: the event it is of; None for a claim.
        counted: the digits, where as many claims as printed numbers are found at one place.
        anywhere: whether any place of the report will do.
        own_words: whether the file has it in words of its own, which no text prints.
    """

    what: str
    where: Where
    place: str
    find: Find
    claim: Claim | None = None
    event: Event | None = None
    counted: str = ""
    anywhere: bool = False
    own_words: bool = False


# Claims in words of the encoder (seeds/README.md): what ``about`` begins with.
OWN_WORDS = (
    *("subject of", "topic of", "title of", "origin of", "event of", "censoring of"),
    *("definition of", "time of", "treatment after", "most common", "those studied", "funding"),
)
_OWN_KINDS = ("word",)  # a comparison that the report may print in other words


def claim_items(report: Report) -> Iterator[Item]:
    """The printed value of each claim, and the further figures that it has."""
    for claim in report.claims:
        row = ROWS[claim.kind]
        yield Item(
            what=str(claim), where=claim.where, place=claim.place, claim=claim,
            find=_bound(row.finder, claim),
            counted=claim.text if row.counted else "",
            own_words=claim.about.startswith(OWN_WORDS) or claim.kind in _OWN_KINDS,
        )  # fmt: skip
        for name, find in _further(claim):
            yield Item(
                what=f"{claim}, {name}", where=claim.where, place=claim.place,
                claim=claim, find=find, anywhere=name.startswith(_ELSEWHERE),
            )  # fmt: skip


_ELSEWHERE = ("level", "at ")  # what a report states once for many figures


def _bound(finder: Callable[[TextIndex, Claim], list[Found]], claim: Claim) -> Find:
    return lambda index: finder(index, claim)


def _number(text: str, unit: str = "") -> Find:
    return lambda index: number_found(index, text, unit)


def _any_number(text: str) -> Find:
    return lambda index: number_found(index, text, any_number=True)


def _further(claim: Claim) -> Iterator[tuple[str, Find]]:
    """Limits, times and p values of a figure; each with its name."""
    for name in ("ci", "range", "sd", "se", "p"):
        value = getattr(claim, name)
        if value is not None and re.search("[0-9]", value.text):
            yield f"{name} {value.text}", _any_number(value.text)
    if claim.level and re.search("[0-9]", claim.level):
        yield f"level {claim.level}", _any_number(re.sub("[^0-9.]", "", claim.level))
    if claim.at is not None and claim.kind != "at-risk":
        yield f"at {claim.at}", _number(claim.at.text)


def event_items(case: Case, report: Report | None) -> Iterator[Item]:
    """The dates of each event, and the details that a report prints.

    Drugs and doses are found at the place of the event, other details anywhere.
    """
    names = PrintedDrugs(case, report)
    for event in case.events:
        yield from _findings(event)
        for moment, when in _moments(event):
            yield from _date_items(event, moment, when)
        for name, value in field_values(event).items():
            for what, find, place in event_details(name, value, names):
                yield Item(
                    what=f"{event.label}: {what}", where=event.where, place=place or event.place,
                    find=find, event=event, anywhere=not place and name != "drugs",
                )  # fmt: skip


def _findings(event: Event) -> Iterator[Item]:
    """The findings of a scan in a category or a word, such as shrunk.

    The encoder may choose the word: where the text does not print it, it is a word of the file.
    """
    for name, value in field_values(event).items():
        if isinstance(value, Finding):
            yield Item(
                what=f"{event.label}: {name.replace('_', '-')} {value}", where=event.where,
                place=event.place, event=event, own_words=True, find=_word(str(value)),
            )  # fmt: skip


def _word(text: str) -> Find:
    return lambda index: response_found(index, text)


def _moments(event: Event) -> Iterator[tuple[str, PartialDate]]:
    if not isinstance(event.at, Period):
        yield "", event.at
        return
    yield "", event.at.start
    if event.at.end is not None and not (event.at.ongoing or event.at.end.derived):
        yield " end", event.at.end


_WRITTEN = re.compile(r"[0-9X~?%./\s{}\[\]-]+")  # a date, and no words
_COUNTED = re.compile(  # of "after the scan within 2 weeks after .." the first word is "after"
    r"(?P<number>(?!(?:after|before|prior to|following)\s).*?[0-9a-z])\s*"
    r"(?P<unit>days?|weeks?|months?|years?)\s+(?:after|before|prior to|following)\s.+",
    re.IGNORECASE,
)
_EDTF = re.compile(r"(?<![0-9])[0-9]{4}(?:-(?:[0-9]{2}))?(?:-(?:[0-9]{2}))?(?![0-9X])")
BOUNDED = re.compile(r"\[.*\.\..*\]")  # one day between two, both of them included
_VAGUE = re.compile(r"[~?%\[/{]|\.\.|X")


def _date_items(event: Event, moment: str, when: PartialDate) -> Iterator[Item]:
    """One date, which its place prints; or the bounds of one, which any place may."""
    for part in when.text.split(","):
        if counted := _COUNTED.fullmatch(part.strip()):  # so long after another event
            yield Item(
                what=f"{event.label}{moment}: {part.strip()}", where=event.where,
                place=event.place, event=event, find=_number(counted["number"], counted["unit"]),
            )  # fmt: skip
        if not _WRITTEN.fullmatch(part):
            continue
        vague = _VAGUE.search(part) is not None
        for text in _EDTF.findall(part):
            date = parse_edtf(text)
            yield Item(
                what=f"{event.label}{moment}: {text}", where=event.where, place=event.place,
                event=event, anywhere=vague, find=_date(date, vague=vague),
            )  # fmt: skip


def _date(date: PartialDate, *, vague: bool) -> Find:
    def find(index: TextIndex) -> list[Found]:
        exact = date_found(index, date)
        if not exact and len(date.text) == 4:
            exact = index.phrase(date.text)
        if exact or not vague:
            return exact
        return [Found(each.start, each.end) for each in index.dates
                if any(span.overlaps(date.strict) for span in each.spans)]  # fmt: skip

    return find


def patient_items(case: Case) -> Iterator[Item]:
    """The age of the patient."""
    if case.patient.age and re.search("[0-9]", case.patient.age):
        age = re.sub(r"\s*(?:years?)(?:[\s-]*old)?$", "", case.patient.age)
        unit = "" if re.search("[a-z]", age[-6:]) else "years"
        yield Item(
            what=f"age {case.patient.age}", where=case.age_at, place="", anywhere=True,
            find=lambda index: number_found(index, age, unit),
        )  # fmt: skip
