"""What is looked up in a text: each printed value of a claim, and each detail of an event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from timeline.core.calendar.dates import PartialDate, parse_edtf
from timeline.core.calendar.partial_dates import Period
from timeline.core.ctcae_grades import Grades
from timeline.core.problem import Where
from timeline.core.quantities import Quantity, quantity
from timeline.grounding.finders import (
    ROWS,
    date_found,
    dose_found,
    grade_found,
    number_found,
    response_found,
)
from timeline.grounding.numbers import digits_of, equal_prints
from timeline.grounding.printed_drugs import PrintedDrugs, drug_name
from timeline.grounding.text_index import Found, TextIndex
from timeline.record.case import Case
from timeline.record.event_parts.drug_doses import DrugDose
from timeline.record.event_parts.lesion_sizes import LesionSize
from timeline.record.event_parts.percent_change import NUMBER, PercentChange
from timeline.record.events import Event, field_values
from timeline.report.claims import Claim, Report
from timeline.terminology.drugs import drug_named

Find = Callable[[TextIndex], list[Found]]


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


def _detail(text: str) -> Find:
    """A number of an event, which the text may print with a hedge: up to 18 mm."""
    return lambda index: number_found(index, text, any_hedge=True)


def _size(text: str) -> Find:
    """The size of a lesion; the parts of one that has split are looked up as they are written."""
    try:
        return _quantity(quantity(text, "length"))
    except ValueError:
        return _detail(text)


def _quantity(value: Quantity) -> Find:
    """A quantity of an event: as written, or equal in another unit of the same measure."""
    text, unit = value.number.text, value.unit.name
    plain_number = value.number.value is not None
    prints = equal_prints(digits_of(text), unit) if plain_number else {(text, unit)}

    def find(index: TextIndex) -> list[Found]:
        return sorted({each for number, unit in prints
                       for each in dose_found(index, number, unit, any_hedge=True)})  # fmt: skip

    return find


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
        for moment, when in _moments(event):
            yield from _date_items(event, moment, when)
        for name, value in field_values(event).items():
            for what, find, place in _details(name, value, names):
                yield Item(
                    what=f"{event.label}: {what}", where=event.where, place=place or event.place,
                    find=find, event=event, anywhere=not place and name != "drugs",
                )  # fmt: skip


def _moments(event: Event) -> Iterator[tuple[str, PartialDate]]:
    if not isinstance(event.at, Period):
        yield "", event.at
        return
    yield "", event.at.start
    if event.at.end is not None and not event.at.ongoing:
        yield " end", event.at.end


_WRITTEN = re.compile(r"[0-9X~?%./\s{}\[\]-]+")  # a date, and no words
_COUNTED = re.compile(
    r"(?P<number>.*?[0-9a-z])\s*(?P<unit>days?|weeks?|months?|years?)\s+"
    r"(?:after|before|prior to|following)\s.+",
    re.IGNORECASE,
)
_EDTF = re.compile(r"(?<![0-9])[0-9]{4}(?:-(?:[0-9]{2}))?(?:-(?:[0-9]{2}))?(?![0-9X])")
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


_Detail = tuple[str, Find, str]  # in words, how it is found, and its own place


def _details(name: str, value: Any, names: PrintedDrugs) -> Iterator[_Detail]:
    """What is looked up of a field of an event, by the type of its value."""
    if name == "called":
        for places, word in value:
            for place in places.split(";"):
                yield f"called {word}", _response(word), place.strip()
    elif isinstance(value, Grades):
        yield f"grade {value}", _grade(str(value)), ""
    elif name in _NEAR:
        yield f"{name} {value}", _near(str(value), _NEAR[name]), ""
    elif name == "cycle" and isinstance(value, Quantity):
        yield f"cycle {value}", _cycle(value), ""
    elif isinstance(value, PercentChange):
        for number in re.findall(NUMBER, value.number):
            yield f"{name} {value}", _number(number, "%"), ""
    elif isinstance(value, Quantity):
        yield f"{name} {value}", _quantity(value), ""
    elif isinstance(value, tuple):
        for each in value:
            yield from _parts(each, names)


def _parts(value: Any, names: PrintedDrugs) -> Iterator[_Detail]:
    if isinstance(value, DrugDose):
        yield f"drug {value.agent}", _drug(value.agent, names), ""
        if value.dose is not None:
            dose = value.dose
            yield f"{value.agent} {dose}", _quantity(dose), ""
        if value.days and re.search("[0-9]", value.days):
            yield f"{value.agent} {value.days}", _days(value.days), ""
    elif isinstance(value, tuple) and len(value) == 2:
        label, inner = value
        if isinstance(inner, Quantity):
            yield f"{label} {inner}", _quantity(inner), ""
        elif isinstance(inner, LesionSize) and re.search("[0-9]", inner.text):
            yield f"{label} {inner}", _size(inner.text), ""


_NEAR = {  # whole numbers, and the words near them
    "cycles": r"cycle|course",
    "fractions": r"fraction|\bfx\b",
    "ecog": r"ecog|performance|\bps\b|who",
}
_AROUND = 60  # characters


def _grade(text: str) -> Find:
    return lambda index: grade_found(index, text)


def _near(text: str, words: str) -> Find:
    form = re.compile(words)

    def find(index: TextIndex) -> list[Found]:
        return [
            each for each in number_found(index, text)
            if form.search(index.plain[max(0, each.start - _AROUND) : each.end + _AROUND])
        ]  # fmt: skip

    return find


def _cycle(value: Quantity) -> Find:
    """The length of a cycle: 3 weeks is also 21 days, and q3w."""

    def find(index: TextIndex) -> list[Found]:
        found = number_found(index, value.number.text, value.unit.name)
        if value.exact is None:
            return found
        for unit, days, letter in (("days", 1, "d"), ("weeks", 7, "w")):
            number = value.exact / days
            if number.denominator == 1:
                found = [*found, *number_found(index, str(number), unit),
                         *index.phrase(f"q{number}{letter}")]  # fmt: skip
        return found

    return find


def _days(text: str) -> Find:
    """The days of a cycle: days 1-14 is also d1-14."""
    numbers = re.findall(r"[0-9]+", text)

    def find(index: TextIndex) -> list[Found]:
        found = [*index.typed(text), *index.phrase(text)]
        form = re.compile(r"(?<![0-9.])" + r"[^0-9.;]{1,12}".join(numbers) + r"(?![0-9]|\.[0-9])")
        return found or [Found(*each.span()) for each in form.finditer(index.plain)]

    return find


def _drug(agent: str, printed: PrintedDrugs) -> Find:
    """A drug by any of its names.

    A name that the report prints for its class is one if it prints the drug by its own as well.
    """
    entry = drug_named(agent)
    own = (agent, entry.name, *entry.also) if entry else (agent,)
    others = sorted(printed.of(drug_name(agent)))

    def find(index: TextIndex) -> list[Found]:
        found = _named(index, own)
        if all(index.places.references.contains(each.start) for each in found):
            return found or sorted(_words(index, agent))  # of a drug that is only cited
        return sorted({*found, *_named(index, others)})

    return find


def _named(index: TextIndex, names: Iterable[str]) -> list[Found]:
    return sorted({each for name in names for each in (*index.phrase(name), *index.typed(name))})


def _words(index: TextIndex, agent: str) -> set[Found]:
    """Where the text prints the words of a treatment that is no drug of the list."""
    from timeline.grounding.plain import plain

    return {
        each for word in re.findall(r"[^\W\d_]{5,}", plain(agent)) for each in index.phrase(word)
    }


def _response(category: str) -> Find:
    return lambda index: response_found(index, category)


def patient_items(case: Case) -> Iterator[Item]:
    """The age of the patient."""
    if case.patient.age and re.search("[0-9]", case.patient.age):
        age = re.sub(r"\s*(?:years?)(?:[\s-]*old)?$", "", case.patient.age)
        unit = "" if re.search("[a-z]", age[-6:]) else "years"
        yield Item(
            what=f"age {case.patient.age}", where=case.where, place="", anywhere=True,
            find=lambda index: number_found(index, age, unit),
        )  # fmt: skip
