"""Look up the values of a case and a report in the text that they were encoded from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum

import attrs

from timeline.core.problem import Where
from timeline.grounding.contexts import NearestParts, context_faults
from timeline.grounding.items import Item, claim_items, event_items, patient_items
from timeline.grounding.numbers import digits_of
from timeline.grounding.paragraphs import align_paragraphs
from timeline.grounding.places import headings_of
from timeline.grounding.tables import table_fault
from timeline.grounding.text_index import Found, TextIndex
from timeline.grounding.text_only import TextOnly, text_only_values
from timeline.record.case import Case
from timeline.report.claims import Report
from timeline.report_text import ReportText, SectionRole, with_named_headings

NO_PLACE = "the text has no such place"
TWO_PLACES = "a comma joins two places"


class Status(StrEnum):
    """Whether and where the text prints a value of the file."""

    FOUND = "found"
    ELSEWHERE = "found elsewhere"
    NOT_FOUND = "not found"
    OWN_WORDS = "in words of the file"


@attrs.frozen(kw_only=True)
class Lookup:
    """A value of the file, and where the text prints it.

    Attributes:
        item: the value.
        status: whether it is found, and where.
        found: the parts of the text that print it: those at its place, else all others.
        fault: why it is not found where it should be; empty if it is.
    """

    item: Item
    status: Status
    found: tuple[Found, ...] = ()
    fault: str = ""

    @property
    def where(self) -> Where:
        return self.item.where


@attrs.frozen(kw_only=True)
class Grounding:
    """All values of a case and a report, looked up in the text; and what only the text has."""

    lookups: tuple[Lookup, ...]
    text_only: tuple[TextOnly, ...]
    index: TextIndex

    def of(self, status: Status) -> tuple[Lookup, ...]:
        """The values with a status, in the order of the file."""
        found = (each for each in self.lookups if each.status is status)
        return tuple(sorted(found, key=lambda each: each.where))


def ground(case: Case | None, report: Report | None, text: ReportText) -> Grounding:
    """Look up every claim and every dated event in the text, and the text in the file.

    Args:
        case: the case, if there is one.
        report: its report with the claims, if there is one.
        text: the text of the report.

    Returns:
        A lookup for each value, and the numbers, dates and drugs of the case section that nothing
        in the file has, in the order of the text.
    """
    index = TextIndex(with_named_headings(text, _headings_named(case, report)))
    items = [*claim_items(report)] if report else []
    if case:
        items += [*event_items(case, report), *patient_items(case)]
    lists = [item.find(index) for item in items]
    tuples = {id(each): tuple(each) for each in lists}  # one of each value that the index keeps
    found = [tuples[id(each)] for each in lists]
    align_paragraphs(index.places, zip(items, found, strict=True))
    here = _Here(index)
    lookups = [_lookup(here, item, each) for item, each in zip(items, found, strict=True)]
    lookups = _once_each(index, lookups)
    faults = context_faults(index, case, report, lookups)
    lookups = [
        attrs.evolve(each, status=Status.NOT_FOUND, fault=faults[at])
        if at in faults and each.status is Status.FOUND else each
        for at, each in enumerate(lookups)
    ]  # fmt: skip
    nearest = NearestParts(index, case, report)
    lookups = [attrs.evolve(each, found=nearest.of(each)) for each in lookups]
    return Grounding(
        lookups=tuple(lookups), text_only=tuple(text_only_values(index, case, report)), index=index
    )


def _headings_named(case: Case | None, report: Report | None) -> dict[str, SectionRole]:
    """The headings that the places of a file name; those of events are of the case."""
    of_claims = [claim.place for claim in report.claims] if report else []
    of_events = [event.place for event in case.events] if case else []
    return {
        name: role
        for places, role in ((of_claims, SectionRole.OTHER), (of_events, SectionRole.CASE))
        for place in places
        for name in headings_of(place)
    }


class _Here:
    """The parts of a text at a place: those that print one value are compared with it once."""

    def __init__(self, index: TextIndex) -> None:
        self.index = index
        self._kept: dict[tuple[int, str], tuple[tuple[Found, ...], tuple[Found, ...]]] = {}

    def of(self, found: tuple[Found, ...], place: str) -> tuple[Found, ...]:
        """Those of some parts that are at a place."""
        key = id(found), place
        if key not in self._kept:
            self._kept[key] = found, self._of(found, place)  # kept, so that its id stays its own
        return self._kept[key][1]

    def _of(self, found: tuple[Found, ...], place: str) -> tuple[Found, ...]:
        region = self.index.places.region(place) if place else None
        here = (each for each in found if region is not None and region.contains(each.start))
        at = (each for each in found if _is_at(self.index.report, each.start, place))
        return tuple(here) or tuple(at)


def _lookup(here_of: _Here, item: Item, found: tuple[Found, ...]) -> Lookup:
    index = here_of.index
    region = index.places.region(item.place) if item.place else None
    here = here_of.of(found, item.place)
    if item.anywhere:  # of the report itself: not in the titles that it cites
        found = tuple(each for each in found if not index.places.references.contains(each.start))
    if here or (found and (item.anywhere or not item.place)):
        fault = table_fault(index, item, region) if region and region.is_table else ""
        status = Status.NOT_FOUND if fault else Status.FOUND
        return Lookup(item=item, status=status, found=here or found, fault=fault)
    if item.own_words:
        return Lookup(item=item, status=Status.OWN_WORDS)
    if not found:
        return Lookup(item=item, status=Status.NOT_FOUND, fault="the text does not print it")
    missing = NO_PLACE if region is None else "not printed there"
    if region is not None and index.places.joined(item.place):
        missing = TWO_PLACES
    return Lookup(item=item, status=Status.ELSEWHERE, found=found, fault=missing)


def _is_at(report: ReportText, start: int, place: str) -> bool:
    """Whether a place is that of an offset as the messages and the drafts of this program name it.

    They count the paragraphs of the text; the file may count those of the report.
    """
    named = {" ".join(each.lower().split()) for each in place.split(";")}
    return report.place_of(start).lower() in named


_AROUND = 80  # characters before and after a number, in which words show what it counts
_MOST_LINES = 10  # of claims of one number, which a message names
_SHARED = ("printed as", "printed in words", "one value")  # notes of several claims of one print


def _is_shared(item: Item) -> bool:
    """Whether a note states that the number is printed in another word: as all, as none."""
    note = item.claim.note if item.claim else ""
    return any(word in note for word in _SHARED) and item.counted not in note.split()


def _once_each(index: TextIndex, lookups: Sequence[Lookup]) -> list[Lookup]:
    """Bare numbers, as many claims as are printed at one place: the others are not found.

    Of several claims those whose own words are near a number are found first.
    """
    groups: dict[tuple[str, tuple[Found, ...]], list[int]] = defaultdict(list)
    for at, each in enumerate(lookups):
        digits = digits_of(each.item.counted.lower())
        if digits not in ("", "0") and each.status is Status.FOUND and not _is_shared(each.item):
            groups[digits, each.found].append(at)
    changed = list(lookups)
    for (digits, found), members in groups.items():
        surplus = len(members) - len(found)
        if surplus > 0:
            ranked = sorted(members, key=lambda at: _nearness(index, lookups[at]))
            lines = ", ".join(str(lookups[at].where.line) for at in sorted(members)[:_MOST_LINES])
            if (more := len(members) - _MOST_LINES) > 0:
                lines += f" and {more} more"
            fault = f"{digits} is printed {len(found)} times there, and claimed in lines {lines}"
            for at in ranked[:surplus]:
                changed[at] = attrs.evolve(lookups[at], status=Status.NOT_FOUND, fault=fault)
    return changed


def _nearness(index: TextIndex, lookup: Lookup) -> int:
    """How many words of the claim are near one of the numbers, at most."""
    claim = lookup.item.claim
    words = set(_words(f"{claim.about} {claim.group} {claim.of}")) if claim else set()
    return max(
        (len(words & set(_words(index.plain[max(0, each.start - _AROUND) : each.end + _AROUND])))
         for each in lookup.found), default=0)  # fmt: skip


def _words(text: str) -> Iterable[str]:
    return (word.strip(".,;:()").lower().rstrip("s") for word in text.split() if len(word) > 3)
