"""What a timeline shows, from the top: a section for each kind of event, a strip a criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from renderers import wording
from renderers.bars import Stay, bars
from renderers.inline import Item, Words
from renderers.spot import ends_of, moment
from renderers.standing import label_of, sign_of
from renderers.strips.notes import Note
from renderers.strips.page import Page, Section
from renderers.strips.told import Told, filled, section, strip, told
from renderers.strips.track import tracks
from renderers.style import line_style
from renderers.words import say
from timeline import events as e
from timeline.criterion_terms import TERMS
from timeline.reading import Reading

TAIL = 3.0  # millimetres of a bar whose end is not stated
_FEW = 3  # scans whose findings are written beside them; those of more are numbered

Maker = Callable[[Reading, Page], Iterable[Section]]


def _stay(event: e.Spell, style: str, said: str, page: Page) -> Item:
    """A bar with its words."""
    tells = wording.telling(event, said)
    start, end, goes_on = ends_of(event)
    shown = page.shown_for(event)
    stay = Stay(
        style=style,
        start=moment(start, shown),
        end=page.cutoff if goes_on else moment(end, shown) if end else None,
        goes_on=goes_on,
        planned=event.planned,
        tells=tells,
    )
    words = Words(said, page.size, style=style, tells=tells)
    return Item(bars(stay, page.frame.days(TAIL)), (words,))


def _procedures(reading: Reading, page: Page) -> Iterable[Section]:
    kinds = (e.Symptom, e.Diagnosis, e.Biopsy, e.Surgery, e.Death)
    found = (
        told(event, event.kind, wording.procedure(event), page)
        for event in reading.case.events
        if isinstance(event, kinds)
    )
    return section(say("Procedures"), found, page)


def _systemic(reading: Reading, page: Page) -> Iterable[Section]:
    items = [
        _stay(event, _hue(event), wording.regimen(event), page)
        for event in reading.case.events
        if isinstance(event, e.Treatment)
    ]
    return filled(say("Systemic treatment"), items, page, in_order=True)


def _hue(event: e.Treatment) -> str:
    return line_style(event.line) if event.line is not None else "setting"


def _radiotherapy(reading: Reading, page: Page) -> Iterable[Section]:
    items = [
        _stay(event, "radiotherapy", wording.irradiated(event), page)
        for event in reading.case.events
        if isinstance(event, e.Radiotherapy)
    ]
    return filled(say("Radiotherapy"), items, page, in_order=True)


def _supportive(reading: Reading, page: Page) -> Iterable[Section]:
    items = [
        _stay(event, "supportive", wording.supported(event), page)
        for event in reading.case.events
        if isinstance(event, e.Supportive)
    ]
    return filled(say("Supportive care"), items, page, in_order=True)


def _scans(reading: Reading, page: Page) -> tuple[Told, ...]:
    return tuple(
        told(
            scan,
            "scan, new lesion" if scan.new_lesions else "scan",
            wording.imaging(scan),
            page,
        )
        for scan in reading.case.events
        if isinstance(scan, e.Scan)
    )


def _imaging(reading: Reading, page: Page) -> Iterable[Section]:
    """Few scans with their findings beside them; more with numbers, for the notes below."""
    scans = _scans(reading, page)
    if len(scans) <= _FEW:
        return section(say("Imaging"), scans, page)
    numbered = (
        attrs.evolve(scan, date="", said=str(number)) for number, scan in enumerate(scans, start=1)
    )
    return strip(say("Imaging"), numbered, page)


def notes_of(reading: Reading, page: Page) -> tuple[Note, ...]:
    """The findings of the scans, numbered in order of time; none where they stand beside them."""
    scans = _scans(reading, page)
    if len(scans) <= _FEW:
        return ()
    return tuple(
        Note(number, f"{scan.date} {scan.said}".strip(), scan.style, scan.tells)
        for number, scan in enumerate(scans, start=1)
    )


def _responses(reading: Reading, page: Page) -> Iterator[Section]:
    """A strip for each criterion that a line is derived under."""
    for criterion in TERMS:
        found = [
            Told(
                spot=moment(status.scan.start, page.shown_for(status.scan)),
                style=sign_of(status)[0],
                said=label_of(status),
                tells=wording.judged(status),
            )
            for status in reading.statuses
            if status.criterion == criterion and status.labels
        ]
        yield from strip(criterion, found, page)


def _toxicity(reading: Reading, page: Page) -> Iterable[Section]:
    found = (
        told(event, "toxicity", wording.harm(event), page)
        for event in reading.case.events
        if isinstance(event, e.Toxicity)
    )
    return section(say("Toxicity"), found, page)


def _performance(reading: Reading, page: Page) -> Iterable[Section]:
    found = (
        attrs.evolve(told(event, "performance", f"ECOG {event.ecog}", page), date="")
        for event in reading.case.events
        if isinstance(event, e.Performance | e.Symptom) and event.ecog is not None
    )
    return section(say("Performance"), found, page)


SECTIONS: tuple[Maker, ...] = (
    _procedures,
    _systemic,
    _radiotherapy,
    _supportive,
    _imaging,
    _responses,
    _toxicity,
    _performance,
    tracks,
)


def sections(reading: Reading, page: Page) -> tuple[Section, ...]:
    """Every section that the case has something for."""
    return tuple(each for make in SECTIONS for each in make(reading, page))
