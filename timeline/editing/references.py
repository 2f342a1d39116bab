"""References to an event by its date or its name, which a change of the event would leave behind.

Other events name it in their dates (``8 weeks after surgery 2021-03``, ``before scan 2021-05``),
and claims in ``of``, ``from`` and ``to``. An edit of a cell changes none of them by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

import attrs
import yaml

from timeline.core.calendar.relative_times import cycle_of, relative_time, renamed
from timeline.core.schema import schema_of
from timeline.core.text.spelling import folded
from timeline.editing.claim_rows import ClaimEntry, claim_entries
from timeline.editing.edits.case_text import CaseText, Entry
from timeline.editing.edits.draft import Draft
from timeline.editing.edits.pair_edits import EntryEdits
from timeline.editing.event_rows import DATE, KIND, event_row, leading_pair
from timeline.editing.grid import EVENTS, Edited
from timeline.files.loader import read_event
from timeline.files.printed_values import PRINTED
from timeline.files.yaml.yaml_nodes import ProblemLog
from timeline.record.event_names import EventReference, by_name, find_named, numbered_names
from timeline.record.events import KINDS, Event

_NAMES = ("id", "what", "term", "setting", "type")  # keys by which an event is named
_OF_CLAIMS = ("of", "from", "to")  # keys of claims that name an event of the patient
_NOT_OF_PATIENT = ("study", "group")  # keys of claims of other patients
_MOST = 5  # places that a note names
_ORDER = re.compile(r"(after|before)(\s+)(.+)")
_LINE = re.compile(r"line [0-9]+( start| end)?")
_SIDE = re.compile(r"(.+) (start|end)")
_RESOLVED = "resolved"


@attrs.frozen(kw_only=True)
class LostReference:
    """A text that named an event, and does not find it after a change.

    Attributes:
        place: where it is, in words: ``row 4, date`` or ``claim 2, of``.
        text: the text as it is.
        new: the text that names the event by its new name; empty where no name finds it.
    """

    place: str
    text: str
    new: str = ""


@attrs.frozen(kw_only=True)
class CarriedReferences:
    """The references that a change of events leaves behind.

    Attributes:
        lost: each of them, in the order of the file.
        edited: the changed text with all of them carried along that have a new name.
        other_file: the file of the claims, where the case names one: its claims are not changed.
    """

    lost: tuple[LostReference, ...]
    edited: Edited
    other_file: str = ""


def carried_references(before: str, after: str) -> CarriedReferences:
    r"""The references to events that a change of their date or name leaves behind.

    Args:
        before: the text of the file before the change.
        after: the text after it. Each row is the same event; there may be more rows at the end.

    Returns:
        A reference is lost if it named one event before and finds none, or another one, after.
        A reference that was already wrong is left.

    >>> before = "case: a\nevents: [{surgery: 2021-03}, {scan: 4 weeks after surgery 2021-03}]\n"
    >>> found = carried_references(before, before.replace("surgery: 2021-03", "surgery: 2021-04"))
    >>> found.lost[0].place, found.lost[0].new
    ('row 2, date', '4 weeks after surgery 2021-04')
    """
    old, new = CaseText.of(before), CaseText.of(after)
    rows = [list(each.entries(EVENTS)) for each in (old, new)]
    if len(rows[0]) > len(rows[1]) or not _is_renamed(old, new, rows[0], rows[1]):
        return CarriedReferences(lost=(), edited=Edited(after))
    carrier = _Carrier(_Names.of(rows[0]), _Names.of(rows[1]), Draft(new, EVENTS))
    carrier.carry(rows[1])
    source = new.top("source")
    return CarriedReferences(
        lost=tuple(carrier.lost),
        edited=carrier.draft.result() if carrier.draft.edits else Edited(after),
        other_file=str(source[1].value) if source and new.top(EVENTS) else "",
    )


def taken_out_notes(before: str, after: str, rows: Collection[int]) -> tuple[str, ...]:
    """What is said where rows are taken out that other events, or claims, still name.

    Args:
        before: the text of the file before the change.
        after: the text after it.
        rows: the numbers of the rows that were taken out, from 0.
    """
    old, new = CaseText.of(before), CaseText.of(after)
    was, left = list(old.entries(EVENTS)), list(new.entries(EVENTS))
    numbers = tuple(number for number in range(len(was)) if number not in rows)
    if len(numbers) != len(left):
        return ()
    carrier = _Carrier(_Names.of(was), _Names.of(left, numbers), Draft(new, EVENTS))
    carrier.carry(left)
    lost = [each for each in carrier.lost if not each.new]
    if not lost:
        return ()
    places = "; ".join(f"{each.place}: {each.text!r}" for each in lost[:_MOST])
    more = f" and {len(lost) - _MOST} more" if len(lost) > _MOST else ""
    verb = "still names" if len(lost) == 1 else "still name"
    return (f"{places}{more} {verb} what was taken out (write another event there)",)


def _is_renamed(
    old: CaseText, new: CaseText, before: Sequence[Entry], after: Sequence[Entry]
) -> bool:
    """Whether a cell by which an event is named differs."""
    keys = (KIND, DATE, *_NAMES)

    def names(case: CaseText, entry: Entry) -> list[str | None]:
        cells = event_row(case, entry, 0).cells
        return [cells.get(key) for key in keys]

    pairs = zip(before, after, strict=False)
    return any(names(old, one) != names(new, other) for one, other in pairs)


@attrs.frozen(kw_only=True)
class _Names:
    """The events of a text by their rows and by their names; None for a row with faults."""

    events: tuple[Event | None, ...]
    named: EventReference
    numbers: tuple[int, ...]  # the number of each row before the change

    @classmethod
    def of(cls, rows: Sequence[Entry], numbers: Sequence[int] = ()) -> _Names:
        events = tuple(map(_read, rows))
        named = by_name(tuple(filter(None, events)))
        own = tuple(numbers) or tuple(range(len(events)))
        return cls(events=events, named=named, numbers=own)

    def row(self, name: str) -> int | None:
        """The row of the event of a name; None where it names none, or may be any of several."""
        try:
            event, _ = find_named(self.named, name)
        except ValueError:
            return None
        found = next(n for n, each in enumerate(self.events) if each is event)
        return self.numbers[found]

    def words(self, row: int) -> tuple[str, ...]:
        """The names of the event of a row, in a fixed order; empty ones where it has none."""
        event = self.events[self.numbers.index(row)] if row in self.numbers else None
        if event is None:
            return ()
        numbered = next((name for each, name in numbered_names(tuple(filter(None, self.events)))
                         if each is event), "")  # fmt: skip
        kind = event.kind
        return (event.id, f"{kind} {event.start.text}", numbered, event.what,
                f"{kind} {event.what}" if event.what else "", event.term_text,
                f"{kind} {event.term_text}" if event.term_text else "",
                str(getattr(event, "setting", "") or ""), kind)  # fmt: skip


def _read(entry: Entry) -> Event | None:
    """The event of a row; of one with faults what it is named by; None where its date is faulty."""
    lead = leading_pair(entry.node)
    if lead is None:
        return None
    named = [pair for pair in entry.node.value if pair is lead or pair[0].value in _NAMES]
    for pairs in (entry.node.value, named, [lead]):
        node = yaml.MappingNode(entry.node.tag, pairs, entry.node.start_mark, entry.node.end_mark)
        if (event := read_event(node, entry.place or "", ProblemLog(""))) is not None:
            return event
    return None


class _Carrier:
    """The change of the references of a text, gathered in a draft."""

    def __init__(self, before: _Names, after: _Names, draft: Draft) -> None:
        self.before, self.after, self.draft = before, after, draft
        self.lost: list[LostReference] = []
        self._is_left = False  # whether the text at hand has a name that no new one replaces

    def carry(self, rows: Sequence[Entry]) -> None:
        """Look at every text that may name an event."""
        for number, entry in enumerate(rows, start=1):
            if isinstance(entry.node, yaml.MappingNode):
                self._event(entry, number)
        seen = set[int]()
        for number, claim in enumerate(claim_entries(self.draft.case), start=1):
            if id(claim.node) not in seen and isinstance(claim.node, yaml.MappingNode):
                seen.add(id(claim.node))
                self._claim(claim, number)

    def _event(self, entry: Entry, number: int) -> None:
        lead = leading_pair(entry.node)
        edits = EntryEdits(case=self.draft.case, entry=entry.node, node=entry.node)
        own = schema_of(KINDS[str(lead[0].value)]) if lead else {}
        for key, value in entry.node.value:
            word = str(key.value).replace("_", "-")
            is_lead = lead is not None and key is lead[0]
            if is_lead or (word == _RESOLVED and word in own):
                place = f"row {number}, {DATE if is_lead else word}"
                self._text(edits, (key, value), self.draft.entry(entry), place, self._date)

    def _claim(self, claim: ClaimEntry, number: int) -> None:
        keys = {str(key.value): (key, value) for key, value in claim.keys}
        if any(key in keys for key in _NOT_OF_PATIENT):
            return
        edits = EntryEdits(case=self.draft.case, entry=claim.entry.node, node=claim.node)
        for word in _OF_CLAIMS:
            if word in keys:
                plain = self._plain(claim)
                self._text(edits, keys[word], plain, f"claim {number}, {word}", self._name)

    def _plain(self, claim: ClaimEntry) -> dict[str, Any] | None:
        """The mapping of a claim as it is to be; None of one in a table, which is not changed."""
        if claim.of_table:
            return None
        plain: Any = self.draft.entry(claim.entry)
        if claim.printed:
            plain = plain[PRINTED] if claim.item is None else plain[PRINTED][claim.item]
        found: dict[str, Any] = plain
        return found

    def _text(
        self,
        edits: EntryEdits,
        pair: tuple[Any, Any],
        plain: dict[str, Any] | None,
        place: str,
        rename: Callable[[str], str],
    ) -> None:
        """Carry the names of one text."""
        key, value = pair
        if not isinstance(value, yaml.ScalarNode) or not value.value:
            return
        self._is_left = False
        text = str(value.value)
        new = rename(text)
        if plain is not None and new != text:
            self.draft.add(edits.valued(pair, new))
            plain[str(key.value)] = new
        if new != text or self._is_left:
            told = "" if self._is_left or plain is None else new
            self.lost.append(LostReference(place=place, text=text, new=told))

    def _date(self, text: str) -> str:
        """A date, or a period, with the new names of the events in it."""
        ends = text.split("/")
        return "/".join(",".join(map(self._part, end.split(","))) for end in ends)

    def _part(self, text: str) -> str:
        """One of the parts of a date between commas."""
        plain = text.strip()
        lead, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if found := _ORDER.fullmatch(plain):
            return f"{lead}{found[1]}{found[2]}{self._name(found[3])}{end}"
        return f"{lead}{self._counted(plain)}{end}" if plain else text

    def _counted(self, text: str) -> str:
        try:
            relative = relative_time(text)
        except ValueError:
            return text
        return renamed(text, self._name) if relative is not None else text

    def _name(self, name: str) -> str:
        """A name of an event, or of a time from one, as it is after the change."""
        if cycle_of(name) is not None:
            return renamed(name, self._name)
        if _LINE.fullmatch(name):  # of which `timeline.editing.line_numbers` tells
            return name
        row = self.before.row(name)
        if row is None:
            return self._counted(name) if not self.before.named.of(name) else name
        if self.after.row(name) == row:
            return name
        found = _SIDE.fullmatch(name)
        base, side = (found[1], f" {found[2]}") if found else (name, "")
        old = [folded(word) for word in self.before.words(row)]
        new = self.after.words(row)
        alike = [word for was, word in zip(old, new, strict=False) if was == folded(base)]
        for candidate in (*alike, *new):
            if candidate and self.after.row(f"{candidate}{side}") == row:
                return f"{candidate}{side}"
        self._is_left = True
        return name
