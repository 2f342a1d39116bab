"""How each detail of an event is looked up in a text: doses, sizes, drugs, days, cycles."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from timeline.core.ctcae_grades import Grades
from timeline.core.quantities import Quantity, quantity
from timeline.grounding.finders import dose_found, grade_found, number_found, response_found
from timeline.grounding.numbers import digits_of, equal_prints
from timeline.grounding.plain import plain
from timeline.grounding.printed_drugs import PrintedDrugs, drug_name
from timeline.grounding.text_index import Found, TextIndex
from timeline.record.event_parts.drug_doses import DrugDose
from timeline.record.event_parts.lesion_sizes import LesionSize
from timeline.record.event_parts.percent_change import NUMBER, PercentChange
from timeline.terminology.drug_names import regimens
from timeline.terminology.drugs import drug_named, is_named_drug

Find = Callable[[TextIndex], list[Found]]


def _number(text: str, unit: str = "") -> Find:
    return lambda index: number_found(index, text, unit)


_Detail = tuple[str, Find, str]  # in words, how it is found, and its own place


def event_details(name: str, value: Any, names: PrintedDrugs) -> Iterator[_Detail]:
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
        for each in dict.fromkeys(value):  # what is stated twice is looked up once
            yield from _parts(each, names)


def _parts(value: Any, names: PrintedDrugs) -> Iterator[_Detail]:
    if isinstance(value, DrugDose):
        if is_named_drug(value.agent):
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


_INTERVAL = re.compile(r"every (?P<number>[0-9]+) (?P<unit>days?|weeks?|months?)")


def _days(text: str) -> Find:
    """The days of a cycle or an interval: days 1-14 is also d1-14, every 3 weeks every 21 days."""
    numbers = re.findall(r"[0-9]+", text)
    if interval := _INTERVAL.fullmatch(text):
        prints = equal_prints(interval["number"], f"{interval['unit'].rstrip('s')}s")
        every = [f"every {number} {unit}" for number, unit in prints]
        return lambda index: sorted(
            {found for each in every for found in (*index.typed(each), *index.phrase(each))}
        )

    def find(index: TextIndex) -> list[Found]:
        found = [*index.typed(text), *index.phrase(text)]
        form = re.compile(r"(?<![0-9.])" + r"[^0-9.;]{1,12}".join(numbers) + r"(?![0-9]|\.[0-9])")
        every = (Found(*each.span()) for each in form.finditer(index.plain))
        return found or [each for each in every if not index.is_of_date(each.start)]

    return find


def _drug(agent: str, printed: PrintedDrugs) -> Find:
    """A drug by any of its names, or by a regimen that it is part of (FOLFOX).

    A name that the report prints for its class is one if it prints the drug by its own as well.
    """
    entry = drug_named(agent)
    own = (agent, entry.name, *entry.also) if entry else (agent,)
    own = (*own, *_regimens_with(drug_name(agent)))
    others = sorted(printed.of(drug_name(agent)))

    def find(index: TextIndex) -> list[Found]:
        found = _named(index, own)
        if all(index.places.references.contains(each.start) for each in found):
            return found or sorted(_words(index, agent))  # of a drug that is only cited
        return _named(index, (*own, *others))

    return find


@functools.cache
def _regimens_with(drug: str) -> tuple[str, ...]:
    """The names of the regimens that a drug is part of."""
    return tuple(name for name, row in regimens().items() if drug in map(drug_name, row.drugs))


def _named(index: TextIndex, names: Iterable[str]) -> list[Found]:
    return index.named(tuple(names))


def _words(index: TextIndex, agent: str) -> set[Found]:
    """Where the text prints the words of a treatment that is no drug of the list."""
    return {
        each for word in re.findall(r"[^\W\d_]{5,}", plain(agent)) for each in index.phrase(word)
    }


def _response(category: str) -> Find:
    return lambda index: response_found(index, category)


def _detail(text: str) -> Find:
    """A number of an event, which the text may print with a hedge: up to 18 mm."""
    return lambda index: number_found(index, text, any_hedge=True)


def _size(text: str) -> Find:
    """The size of a lesion; the parts of one that has split are looked up as they are written."""
    try:
        return _quantity(quantity(text, "length"), any_diameter=True)
    except ValueError:
        return _detail(text)


def _quantity(value: Quantity, *, any_diameter: bool = False) -> Find:
    """A quantity of an event: as written, or equal in another unit of the same measure."""
    text, unit = value.number.text, value.unit.name
    plain_number = value.number.value is not None
    prints = equal_prints(digits_of(text), unit) if plain_number else {(text, unit)}

    def find(index: TextIndex) -> list[Found]:
        return sorted({each for number, unit in prints
                       for each in dose_found(index, number, unit, any_hedge=True,
                                              any_diameter=any_diameter)})  # fmt: skip

    return find
