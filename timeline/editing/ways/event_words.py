"""What a word of reports that is no kind of event may become in a grid.

The words are rows of ``data/event_words.csv``: each with a kind of event, and with what the word
itself states of it. ``CT`` is a scan with the modality CT; ``PD`` may be a scan that was called PD,
or a progression that no scan documents. A regimen or a drug, ``FOLFOX + bevacizumab``, is a
treatment with these drugs, also where words say that it began on that date (``Start FOLFOX``,
``C1 FOLFOX``: rows of ``data/begin_words.csv``) or of which line it was. Nothing is chosen here: a
person does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

import attrs

from timeline.core.data_tables import DataRow, data_rows
from timeline.core.schema import schema_of
from timeline.core.text.spelling import loosely_folded
from timeline.editing.event_rows import KIND
from timeline.editing.ways.treatment_words import around, begun_part
from timeline.exchange.cell_nodes import joined_parts, parts_of
from timeline.exchange.spreadsheets.drug_cells import DRUGS
from timeline.exchange.spreadsheets.laboratory_headings import laboratory_test
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.event_parts.drug_lists import drug_texts
from timeline.record.events import KINDS, Lab, Radiotherapy, Scan, Supportive, Toxicity, Treatment
from timeline.terminology.drug_names import is_drug_name
from timeline.terminology.drugs import drug_named

_NOTE, _WHAT = "note", "what"
_NOT_AGAINST_CANCER = frozenset((  # classes of data/drugs.csv
    *("anticoagulant", "antidiabetic", "antiemetic", "antihypertensive", "antiplatelet"),
    *("antipsychotic", "anti-RANKL antibody", "bisphosphonate", "corticosteroid"),
    *("proton pump inhibitor", "thyroid hormone"),
))  # fmt: skip


_BEGIN = (Treatment.kind, Supportive.kind, Radiotherapy.kind)  # what a word may say to have begun
_TWO_PARTS = re.compile(r"(?P<first>[^:]{1,40}?)(?: ?: ?| [-–—] )(?P<rest>.+)")
_GRADE = re.compile(r"(?P<what>.+?),? \(?(?:G|gr\.?|grade) ?(?P<grade>[1-5])\)?", re.IGNORECASE)
_LAB_VALUE = re.compile(
    r"(?P<name>[^:;]{1,60}?)[ :]+(?P<number>[<>]?[0-9]+(?:\.[0-9]+)?)(?: (?P<unit>[^:;0-9]{1,30}))?"
)
_ENDED = re.compile(
    r"\b(?:stop|complet|finish|end|held|hold|discontinu|interrupt|cycle|C[2-9])", re.IGNORECASE
)


@attrs.frozen(kw_only=True)
class Way:
    """What a text that a cell does not take may become.

    Attributes:
        words: what is written, as words of a button: ``scan, modality: CT``.
        cells: the text of each cell of the row that is written, by the key of its column.
    """

    words: str
    cells: Mapping[str, str]


@functools.cache
def _rows() -> Mapping[str, Sequence[DataRow]]:
    """The rows for each word, by its folded form."""
    found: dict[str, list[DataRow]] = {}
    for row in data_rows("event_words"):
        for word in (row.text("word"), *row.texts("also")):
            found.setdefault(loosely_folded(word), []).append(row)
    return found


def event_ways(word: str, cells: Mapping[str, str]) -> tuple[Way, ...]:
    """What a word in the place of the kind of an event may become.

    Args:
        word: the word, such as ``CT``.
        cells: the other cells of its row, by the keys of their columns. One that has a value keeps
            it; what the word states beside it goes into the note.

    Returns:
        One way for each kind of event that the word may be; none for a word that is in no row and
        is neither a drug nor a regimen. Drugs are divided as a case file divides them.

    >>> [each.words for each in event_ways("CT", {})]
    ['scan, modality: CT']
    >>> [each.cells for each in event_ways("PD", {})]
    [{'event': 'scan', 'called': 'PD'}, {'event': 'progression'}]
    >>> event_ways("CT", {"modality": "MRI", "note": "late"})[0].cells
    {'event': 'scan', 'note': 'late; CT'}
    >>> [each.words for each in event_ways("FOLFOX + bevacizumab", {})]
    ['treatment, drugs: FOLFOX; bevacizumab']
    """
    plain = " ".join(word.split())
    rows = _rows().get(loosely_folded(plain), ())
    return (
        tuple(_way(row, plain, cells) for row in rows)
        or _ways_of_drugs(plain, cells)
        or _ways_of_treatment(plain, cells)
        or _ways_of_two_parts(plain, cells)
    )


def _ways_of_two_parts(word: str, cells: Mapping[str, str]) -> tuple[Way, ...]:
    """The ways of an event with more about it: ``CT: PR``, ``Toxicity: neutropenia G3``.

    What follows the colon is read by its own row where that is of the same kind. Without a colon
    or a dash both parts must be words of a scan: ``CT baseline``.
    """
    if parts := _TWO_PARTS.fullmatch(word):
        found = [
            _stated(kind, {**stated, **more}, word, cells, when)
            for kind, stated, when in _heads(parts["first"])
            for more in _rests(kind, parts["rest"])
        ]
    else:
        words = word.split()
        halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
        found = [
            _stated(Scan.kind, {**stated, **more}, word, cells)
            for first, rest in halves
            for kind, stated, _ in _heads(first)
            for other, more, _ in _heads(rest)
            if kind == other == Scan.kind and not set(stated) & set(more)
        ]
    return tuple({tuple(way.cells.items()): way for way in found}.values())


def _heads(word: str) -> Sequence[tuple[str, Mapping[str, str], str]]:
    """The kinds that a word is or may be, with what it states and when it is so."""
    plain = loosely_folded(word)
    own = next((event.kind for kind, event in KINDS.items() if loosely_folded(kind) == plain), "")
    if own:
        return ((own, {}, ""),)
    return [
        (row.text("event"), _cells_of(row, word), row.text("when"))
        for row in _rows().get(plain, ())
    ]


def _rests(kind: str, rest: str) -> Sequence[Mapping[str, str]]:
    """What the second part of a word states of a kind of event; none where it is another event."""
    grade = _GRADE.fullmatch(rest) if kind == Toxicity.kind else None
    if grade:
        return [{_WHAT: grade["what"], "grade": grade["grade"]}]
    if kind == Lab.kind and (value := _LAB_VALUE.fullmatch(rest)):
        test = laboratory_test(value["name"])
        name = test.name if test else value["name"]
        units = (value["unit"],) if value["unit"] or not test else test.units or ("",)
        return [{"values": f"{name}: {value['number']} {each}".strip()} for each in units]
    if known := [_of(way, {}) for way in event_ways(rest, {}) if way.cells[KIND] == kind]:
        return known
    if kind == Treatment.kind or (kind in _BEGIN and _ENDED.search(rest)):
        return []  # of no drug that is known, or what became of it
    return [{_WHAT if _WHAT in schema_of(KINDS[kind]) and kind != Scan.kind else _NOTE: rest}]


def _ways_of_treatment(word: str, cells: Mapping[str, str]) -> tuple[Way, ...]:
    """The ways of a treatment with other words around it: none that says what became of it.

    Those that it began are left out, for the date of the row says so. A line or a setting, and a
    number of cycles, are written beside the drugs; with something in brackets all of it in `what`.
    """
    if begun := begun_part(word):
        kind = KINDS[begun.lower()].kind if begun.lower() in KINDS else ""
        found = (_stated(kind, {}, word, cells),) if kind else event_ways(begun, cells)
        return tuple(each for each in found if each.cells[KIND] in _BEGIN)
    drugs, more = around(word) or _after_its_line(word)
    return tuple(
        _stated(each.cells[KIND], {**_of(each, cells), **more}, word, cells)
        for each in (event_ways(drugs, cells) if drugs else ())
        if each.cells[KIND] == Treatment.kind
    )


def _after_its_line(word: str) -> tuple[str, dict[str, str]]:
    """What follows a line or a setting, as ``FOLFOX`` in ``1L FOLFOX``, with the cell of that."""
    words = word.split()
    for count in range(1, len(words)):
        for row in _rows().get(loosely_folded(" ".join(words[:count])), ()):
            ((key, _, text), *others) = [each.partition(": ") for each in row.texts("cells")] or [
                ("", "", "")
            ]
            if row.text("event") == Treatment.kind and key in ("line", "setting") and not others:
                return " ".join(words[count:]), {key: text}
    return "", {}


def _of(way: Way, cells: Mapping[str, str]) -> dict[str, str]:
    """What a way states itself, without the cells that the row has."""
    return {key: text for key, text in way.cells.items() if key != KIND and not cells.get(key)}


def _ways_of_drugs(word: str, cells: Mapping[str, str]) -> tuple[Way, ...]:
    """The treatment, or the supportive care, with the drugs that a word names; else none."""
    drugs = [each for part in parts_of(word) for each in drug_texts(part)]
    agents = [_agent(each) for each in drugs]
    if not agents or not all(map(is_drug_name, agents)):
        return ()
    known = [drug_named(each) for each in agents]
    supportive = all(each is not None and each.kind in _NOT_AGAINST_CANCER for each in known)
    stated = {DRUGS: joined_parts(drugs)}
    if cells.get(DRUGS, "") not in ("", stated[DRUGS]):  # the name of the regimen beside its drugs
        stated = {_WHAT: word}
    kinds = (Supportive.kind, Treatment.kind) if supportive else (Treatment.kind,)
    return tuple(_stated(kind, stated, word, cells) for kind in kinds)


def _agent(drug: str) -> str:
    """The name of a drug without its dose, route and days; empty where it has none."""
    try:
        return drug_dose(drug).agent
    except ValueError:
        return ""


def _way(row: DataRow, word: str, cells: Mapping[str, str]) -> Way:
    return _stated(row.text("event"), _cells_of(row, word), word, cells, row.text("when"))


def _cells_of(row: DataRow, word: str) -> dict[str, str]:
    """What a row states of its word, by the keys of the columns."""
    pairs = (text.partition(": ") for text in row.texts("cells"))
    return {key: value.replace("{word}", word) for key, _, value in pairs}


def _stated(
    kind: str, stated: Mapping[str, str], word: str, cells: Mapping[str, str], when: str = ""
) -> Way:
    """A kind of event with what a word states of it; what has no free cell goes into the note."""
    free = {key: value for key, value in stated.items() if cells.get(key, "") in ("", value)}
    if cells.get(_NOTE) and stated.get(_NOTE) == cells[_NOTE]:
        del free[_NOTE]  # stands there
        stated = free
    if free != stated and word.lower() not in cells.get(_NOTE, "").lower():
        note = cells.get(_NOTE, "")
        free[_NOTE] = f"{note}; {word}" if note else word
    told = ", ".join((kind, *(f"{key}: {value}" for key, value in free.items())))
    return Way(words=f"{told} ({when})" if when else told, cells={KIND: kind, **free})
