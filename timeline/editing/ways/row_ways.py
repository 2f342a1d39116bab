"""What a word states of an event, written beside the other cells of its row.

Nothing is lost and nothing is overruled. What the word states goes into its keys, a description is
joined to the one that the row has, and what has no key of its own goes into the note. Where the
word and a cell state one key differently, there are two ways: one for either statement, each with
the other one in the note, and both are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from renderers.tables.columns import NOTHING
from renderers.tables.csv_table import MISSING, cell_text
from renderers.tables.labels import yes_no
from timeline.core.schema import schema_of
from timeline.core.text.spelling import loosely_folded
from timeline.editing.event_rows import KIND
from timeline.editing.ways.grade_words import graded
from timeline.exchange.spreadsheets.drug_cells import DRUGS
from timeline.record.events import KINDS, Surgery, Toxicity

NOTE, WHAT = "note", "what"
_TERM, _MARGIN, _BASELINE = "term", "margin", "baseline"
_GOES_ON = re.compile(r"(?:and|with|plus|without|for|of)\b|[,+&(]", re.IGNORECASE)
_WITH_MARGIN = re.compile(
    r"(?P<what>.+?)[,;]? \(?(?P<margin>R[012])\)?(?: resection| margins?)?", re.IGNORECASE
)
Texts = Mapping[str, str]


@attrs.frozen(kw_only=True)
class Way:
    """What a text that a cell does not take may become.

    Attributes:
        words: what is written, as words of a button: ``scan, modality: CT``.
        cells: the text of each cell of the row that is written, by the key of its column; an empty
            one is emptied, and its text stands in another one.
        conflict: the two statements, where the word and a cell of its row state one key
            differently; empty where they do not.
        beside: what the cell states then, ``called: PD``.
    """

    words: str
    cells: Texts
    conflict: str = ""
    beside: str = ""


@attrs.frozen
class Statement:
    """A kind of event with what a word states of it, and when it is so."""

    kind: str
    stated: Texts = NOTHING
    when: str = ""


def row_ways(statement: Statement, word: str, cells: Texts) -> tuple[Way, ...]:
    """What a word that makes a statement may become in a row: one way, or two in a conflict.

    Args:
        statement: what the word states.
        word: as it was written.
        cells: the other cells of the row, by the keys of their columns.
    """
    kind = statement.kind
    own = {key: cell_text(text) for key, text in cells.items()
           if key != KIND and cell_text(text) not in MISSING}  # fmt: skip
    stated = _beside_drugs(statement.stated, word, own)
    found: dict[str, str] = {}
    clashes: dict[str, str] = {}
    for key, value in stated.items():
        there = own.get(key, "")
        if key == WHAT and there and kind == Toxicity.kind:
            found |= _of_toxicity(value, there, own.get(NOTE, ""))
        elif key == WHAT:
            found[key] = joined_descriptions(value, there)
        elif key == NOTE:
            found[key] = joined_notes(there, value)
        elif not there or _is_same(kind, key, value, there):
            found[key] = there or value
        else:
            clashes[key] = value
    parts = _parts_of_description(kind, found, own)
    clashes |= {
        key: value
        for key, value in parts.items()
        if key not in (WHAT, NOTE) and own.get(key) and not _is_same(kind, key, value, own[key])
    }
    if not clashes:
        return (_way(kind, {**found, **parts}, statement.when),)
    return _either(statement, word, own, clashes, (found, {**found, **parts}))


def _either(
    statement: Statement, word: str, own: Texts, clashes: Texts, found: tuple[Texts, Texts]
) -> tuple[Way, ...]:
    """The two ways of a word that states other values than cells of its row do.

    ``found``: what is written without the values of the word, and with them.
    """
    said, there = _told(clashes), _told({key: own[key] for key in clashes})
    conflict = f"{word!r} states {said}, and another cell of the row {there}"
    note = own.get(NOTE, "")
    kept = {key: text for key, text in found[0].items() if key not in clashes}
    kept[NOTE] = joined_notes(kept.get(NOTE, note), word)
    taken = {**found[1], **clashes}
    taken[NOTE] = joined_notes(taken.get(NOTE, note), there)
    when = f" ({statement.when})" if statement.when else ""
    ways = (
        _way(statement.kind, taken, f"in place of {there}{when}"),
        _way(statement.kind, kept, f"{there} stays{when}"),
    )
    return tuple(attrs.evolve(each, conflict=conflict, beside=there) for each in ways)


def _way(kind: str, cells: Texts, when: str) -> Way:
    told = ", ".join(filter(None, (kind, _told(cells))))
    return Way(words=f"{told} ({when})" if when else told, cells={KIND: kind, **cells})


def _told(cells: Texts) -> str:
    return ", ".join(f"{key}: {text}" for key, text in cells.items() if text)


def _beside_drugs(stated: Texts, word: str, own: Texts) -> Texts:
    """What is stated; the name of a regimen beside the drugs that its row has is a description."""
    if own.get(DRUGS, "") in ("", stated.get(DRUGS, "")) or DRUGS not in stated:
        return stated
    return {WHAT: word, **{key: text for key, text in stated.items() if key != DRUGS}}


def _is_same(kind: str, key: str, value: str, there: str) -> bool:
    """Whether two texts are one value of a key."""
    if loosely_folded(value) == loosely_folded(there) or (key == _BASELINE and yes_no(there)):
        return True  # yes below Baseline is no other line
    known = schema_of(KINDS[kind])
    try:
        return bool(key in known and known[key][1].read(value) == known[key][1].read(there))
    except ValueError:
        return False


def joined_descriptions(first: str, second: str) -> str:
    """Two descriptions of one event as one.

    >>> joined_descriptions("hemicolectomy", "and resection of segment VI")
    'hemicolectomy and resection of segment VI'
    >>> joined_descriptions("hemicolectomy", "Right hemicolectomy")
    'Right hemicolectomy'
    """
    if not first or first.lower() in second.lower():
        return second
    if not second or second.lower() in first.lower():
        return first
    return f"{first} {second}" if _GOES_ON.match(second) else f"{first}; {second}"


def joined_notes(note: str, more: str) -> str:
    """A note with more in it; the note as it is where it has that already."""
    if more.lower() in note.lower():
        return note
    return f"{note}; {more}" if note else more


def _of_toxicity(name: str, there: str, note: str) -> dict[str, str]:
    """The name of a toxicity beside the description of its row, which may state its grade."""
    stated = graded(there)
    if stated and name.lower() in stated.get(_TERM, name).lower():
        return {WHAT: there if _TERM in stated else f"{name} {there}"}
    return {WHAT: name, NOTE: joined_notes(note, there)}


def _parts_of_description(kind: str, found: Texts, own: Texts) -> dict[str, str]:
    """What the description of an event states of other keys, with what is left of the others."""
    text = found.get(WHAT, own.get(WHAT, ""))
    if kind == Surgery.kind and (margin := _WITH_MARGIN.fullmatch(text)):
        return {WHAT: margin["what"], _MARGIN: margin["margin"].upper()}
    if kind != Toxicity.kind or not text:
        return {}
    if _TERM not in found:
        return {WHAT: "", **stated} if (stated := graded(text)) else {}
    if loosely_folded(text) == loosely_folded(found[_TERM]):
        return {WHAT: ""}
    return {WHAT: "", NOTE: joined_notes(found.get(NOTE, own.get(NOTE, "")), text)}
