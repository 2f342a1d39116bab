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

from timeline.core.data_tables import DataRow, data_rows
from timeline.core.schema import schema_of
from timeline.core.text.spelling import loosely_folded
from timeline.editing.ways.grade_words import graded
from timeline.editing.ways.part_words import event_and_sites
from timeline.editing.ways.row_ways import NOTE, WHAT, Statement, Way, row_ways
from timeline.editing.ways.treatment_words import around, begun_part
from timeline.exchange.cell_nodes import joined_parts, parts_of
from timeline.exchange.spreadsheets.drug_cells import DRUGS
from timeline.exchange.spreadsheets.laboratory_headings import laboratory_test
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.event_parts.drug_lists import drug_texts
from timeline.record.events import (
    KINDS,
    Death,
    Lab,
    Radiotherapy,
    Scan,
    Supportive,
    Toxicity,
    Treatment,
)
from timeline.terminology.ctcae_terms import grades_of
from timeline.terminology.drug_names import is_drug_name
from timeline.terminology.drugs import drug_named

_NOT_AGAINST_CANCER = frozenset((  # classes of data/drugs.csv
    *("anticoagulant", "antidiabetic", "antiemetic", "antihypertensive", "antiplatelet"),
    *("antipsychotic", "anti-RANKL antibody", "bisphosphonate", "corticosteroid"),
    *("proton pump inhibitor", "thyroid hormone"),
))  # fmt: skip


_OF_THE_BODY = ("scan", "surgery", "radiotherapy", "biopsy", "ablation", "embolisation")
_BEGIN = (Treatment.kind, Supportive.kind, Radiotherapy.kind)  # what a word may say to have begun
_TWO_PARTS = re.compile(r"(?P<first>[^:]{1,40}?)(?: ?: ?| [-–—] )(?P<rest>.+)")
_LAB_VALUE = re.compile(
    r"(?P<name>[^:;]{1,60}?)[ :]+(?P<number>[<>]?[0-9]+(?:\.[0-9]+)?)(?: (?P<unit>[^:;0-9]{1,30}))?"
)
_DIED = re.compile(
    r"(?:died|deceased|dead) (?:of|from|due to)(?: the)? (?P<cause>.+)"
    r"|death (?:from|due to)(?: the)? (?P<from>.+)",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:stop|complet|finish|end|held|hold|discontinu|interrupt|cycle|C[2-9])", re.IGNORECASE
)


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
        cells: the other cells of its row, by the keys of their columns.

    Returns:
        One way for each kind of event that the word may be, and two where it and a cell of the row
        state one key differently; none for a word that is in no row and is neither a drug nor a
        regimen. Drugs are divided as a case file divides them.

    >>> [each.words for each in event_ways("CT", {})]
    ['scan, modality: CT']
    >>> [each.cells for each in event_ways("PD", {})]
    [{'event': 'scan', 'called': 'PD'}, {'event': 'progression'}]
    >>> [each.words for each in event_ways("FOLFOX + bevacizumab", {})]
    ['treatment, drugs: FOLFOX; bevacizumab']
    >>> for each in event_ways("CT: PR", {"called": "PD"}):
    ...     print(each.words)
    scan, modality: CT, called: PR, note: called: PD (in place of called: PD)
    scan, modality: CT, note: CT: PR (called: PD stays)
    """
    plain = " ".join(word.split())
    found = (way for each in _statements(plain) for way in row_ways(each, plain, cells))
    return tuple({tuple(way.cells.items()): way for way in found}.values())


@functools.lru_cache(maxsize=1024)
def _statements(word: str) -> Sequence[Statement]:
    return (
        _of_rows(word)
        or _of_drugs(word)
        or _of_toxicity(word)
        or _of_treatment(word)
        or _of_two_parts(word)
        or _of_parts(word)
        or _of_death(word)
    )


def _of_rows(word: str) -> Sequence[Statement]:
    rows = _rows().get(loosely_folded(word), ())
    return [Statement(row.text("event"), _cells_of(row, word), row.text("when")) for row in rows]


def _cells_of(row: DataRow, word: str) -> dict[str, str]:
    """What a row states of its word, by the keys of the columns."""
    pairs = (text.partition(": ") for text in row.texts("cells"))
    return {key: value.replace("{word}", word) for key, _, value in pairs}


def _of_toxicity(word: str) -> Sequence[Statement]:
    """A toxicity that is known, with its grade: ``Fatigue grade 2``."""
    stated = graded(word)
    term = stated.get("term", "")
    known = (each.kind == Toxicity.kind for each in _of_rows(term))
    return [Statement(Toxicity.kind, stated)] if any(known) or grades_of(term) else []


def _of_death(word: str) -> Sequence[Statement]:
    """A death with its cause: ``died of sepsis``."""
    found = _DIED.fullmatch(word)
    return [Statement(Death.kind, {"cause": found["cause"] or found["from"]})] if found else []


def _of_two_parts(word: str) -> Sequence[Statement]:
    """An event with more about it: ``CT: PR``, ``Toxicity: neutropenia G3``.

    What follows the colon is read by its own row where that is of the same kind. Without a colon
    or a dash both parts must be words of a scan: ``CT baseline``.
    """
    if parts := _TWO_PARTS.fullmatch(word):
        return [
            Statement(head.kind, {**head.stated, **more}, head.when)
            for head in _heads(parts["first"])
            for more in _rests(head.kind, parts["rest"])
            if _agree(head.stated, more)
        ]
    words = word.split()
    halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
    return [
        Statement(Scan.kind, {**one.stated, **other.stated})
        for first, rest in halves
        for one in _own_kind(first) or _of_rows(first)
        for other in _own_kind(rest) or _of_rows(rest)
        if one.kind == other.kind == Scan.kind and not set(one.stated) & set(other.stated)
    ]


def _agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two parts of a word state no key differently, but for a description."""
    return all(one[key] == other[key] for key in set(one) & set(other) - {WHAT, NOTE})


def _own_kind(word: str) -> Sequence[Statement]:
    plain = loosely_folded(word)
    own = next((event.kind for kind, event in KINDS.items() if loosely_folded(kind) == plain), "")
    return [Statement(own)] if own else []


def _heads(word: str) -> Sequence[Statement]:
    """The kinds that a word is or may be, with what it states and when it is so."""
    return _own_kind(word) or _of_rows(word) or _of_parts(word)


def _of_parts(word: str) -> Sequence[Statement]:
    """An event with a part of the body: ``MRI liver``, ``right hemicolectomy``."""

    def known(text: str) -> Sequence[Statement]:
        found = _own_kind(text) or _of_rows(text)
        return [each for each in found if each.kind in _OF_THE_BODY]

    found = event_and_sites(word, known)
    if found is None:
        return []
    made = []
    for head in found.events:
        site = {"site": found.site} if found.site and "site" in schema_of(KINDS[head.kind]) else {}
        made.append(Statement(head.kind, {**head.stated, WHAT: word, **site}, head.when))
    return made


def _rests(kind: str, rest: str) -> Sequence[Mapping[str, str]]:
    """What the second part of a word states of a kind of event; none where it is another event."""
    if kind == Toxicity.kind and (stated := graded(rest)):
        return [stated]
    if kind == Lab.kind and (value := _LAB_VALUE.fullmatch(rest)):
        test = laboratory_test(value["name"])
        name = test.name if test else value["name"]
        units = (value["unit"],) if value["unit"] or not test else test.units or ("",)
        return [{"values": f"{name}: {value['number']} {each}".strip()} for each in units]
    if known := [each.stated for each in _statements(rest) if each.kind == kind]:
        return known
    if kind == Treatment.kind or (kind in _BEGIN and _ENDED.search(rest)):
        return []  # of no drug that is known, or what became of it
    return [{WHAT if WHAT in schema_of(KINDS[kind]) and kind != Scan.kind else NOTE: rest}]


def _of_treatment(word: str) -> Sequence[Statement]:
    """A treatment with other words around it: none that says what became of it.

    Those that it began are left out, for the date of the row says so. A line or a setting, and a
    number of cycles, are written beside the drugs; with something in brackets all of it in `what`.
    """
    if begun := begun_part(word):
        kind = KINDS[begun.lower()].kind if begun.lower() in KINDS else ""
        found = [Statement(kind)] if kind else _statements(begun)
        return [each for each in found if each.kind in _BEGIN]
    drugs, more = around(word) or _after_its_line(word)
    return [
        Statement(each.kind, {**each.stated, **more}, each.when)
        for each in (_statements(drugs) if drugs else ())
        if each.kind == Treatment.kind
    ]


def _after_its_line(word: str) -> tuple[str, dict[str, str]]:
    """What follows a line or a setting, as ``FOLFOX`` in ``1L FOLFOX``, with the cell of that."""
    words = word.split()
    for count in range(1, len(words)):
        for each in _of_rows(" ".join(words[:count])):
            if each.kind == Treatment.kind and list(each.stated) in (["line"], ["setting"]):
                return " ".join(words[count:]), dict(each.stated)
    return "", {}


def _of_drugs(word: str) -> Sequence[Statement]:
    """The treatment, or the supportive care, with the drugs that a word names; else none."""
    drugs = [each for part in parts_of(word) for each in drug_texts(part)]
    agents = [_agent(each) for each in drugs]
    if not agents or not all(map(is_drug_name, agents)):
        return []
    known = [drug_named(each) for each in agents]
    supportive = all(each is not None and each.kind in _NOT_AGAINST_CANCER for each in known)
    kinds = (Supportive.kind, Treatment.kind) if supportive else (Treatment.kind,)
    return [Statement(kind, {DRUGS: joined_parts(drugs)}) for kind in kinds]


def _agent(drug: str) -> str:
    """The name of a drug without its dose, route and days; empty where it has none."""
    try:
        return drug_dose(drug).agent
    except ValueError:
        return ""
