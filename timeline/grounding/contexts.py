"""Whether a value is printed near its subject: drugs and scans near their dates."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from timeline.core.calendar.dates import PartialDate
from timeline.core.data_tables import data_rows
from timeline.core.span import Span
from timeline.grounding.finders import response_in
from timeline.grounding.paragraph_parts import Region
from timeline.grounding.printed_drugs import PrintedDrugs, drug_name
from timeline.grounding.text_index import Found, TextIndex
from timeline.record.case import Case
from timeline.record.events import Biopsy, Event, Radiotherapy, Scan, Supportive, Surgery, Treatment
from timeline.report.claims import Claim, Report
from timeline.report_text import Mention, MentionKind
from timeline.terminology.drugs import is_named_drug

if TYPE_CHECKING:
    from timeline.grounding.ground import Lookup


def context_faults(
    index: TextIndex, case: Case | None, report: Report | None, lookups: Sequence[Lookup]
) -> dict[int, str]:
    """The values that are printed of another subject than the file states; by their number."""
    if case is None:
        return {}
    faults: dict[int, str] = {}
    record = _Record(case, report)
    for at, each in enumerate(lookups):
        event, claim = each.item.event, each.item.claim
        if not each.found or (each.item.anywhere and ": cycles " not in each.item.what):
            continue
        fault = ""
        if event is not None and each.item.what.startswith(f"{event.label}: cycles "):
            fault = _of_cycles(index, record.drugs, event, each.found)
        elif event is not None and each.item.what.startswith(f"{event.label}: "):
            fault = _of_date(index, record, event, each.found)
        fault = fault or _of_claimed_date(index, case, each)
        if category := _category(each):
            of = claim.of if claim else event.label if event else ""
            fault = fault or _of_response(index, case, category, of, each)
        if fault:
            faults[at] = fault
    return faults


class NearestParts:
    """The parts of the text that print a value of its own subject, where others print it as well.

    A dose, a number of cycles or a date of a treatment is that of the sentence with its drug; a
    bare number, or a word for none, that of the sentence with most words of the claim. Where no
    sentence is nearer than the others all parts are kept.
    """

    def __init__(self, index: TextIndex, case: Case | None, report: Report | None) -> None:
        self._index = index
        self._case, self._report = case, report
        self._drugs: dict[Region, set[str]] = {}
        self._stems: dict[Region, set[str]] = {}
        self._of_drugs: dict[tuple[int, frozenset[str]], tuple[Sequence[Found], tuple[Found, ...]]]
        self._of_drugs = {}  # of the parts with this id, which are kept

    def of(self, lookup: Lookup) -> tuple[Found, ...]:
        """The parts of a value that are its own."""
        event, claim, found = lookup.item.event, lookup.item.claim, lookup.found
        if len(found) < 2:
            return found
        if isinstance(event, Treatment | Supportive) and self._names:
            names = self._names.names(event).values()
            own = frozenset(name for each in names for name in each)
            key = id(found), own
            if key not in self._of_drugs:
                drugs = [self._drugs_near(each.start) for each in found]
                scores = [bool(own & each) - bool(each - own) for each in drugs]
                self._of_drugs[key] = found, _highest(found, scores)
            return self._of_drugs[key][1]
        if claim is not None and lookup.item.counted:
            stems = _claimed_stems(claim)
            return _highest(found, [len(stems & self._stems_near(each.start)) for each in found])
        return found

    @functools.cached_property
    def _names(self) -> PrintedDrugs | None:
        return PrintedDrugs(self._case, self._report) if self._case is not None else None

    def _drugs_near(self, offset: int) -> set[str]:
        """The drugs of the sentence at an offset."""
        sentence = self._index.sentence(offset)
        if sentence not in self._drugs:
            self._drugs[sentence] = set(_named(self._index.mentions_in(sentence)))
        return self._drugs[sentence]

    def _stems_near(self, offset: int) -> set[str]:
        """The stems of the words of the sentence at an offset."""
        sentence = self._index.sentence(offset)
        if sentence not in self._stems:
            words = " ".join(self._index.plain[first:end] for first, end in sentence.parts)
            self._stems[sentence] = _stems(words)
        return self._stems[sentence]


def _highest(found: Sequence[Found], scores: Sequence[int]) -> tuple[Found, ...]:
    most = max(scores)
    return tuple(each for each, score in zip(found, scores, strict=True) if score == most)


def _claimed_stems(claim: Claim) -> set[str]:
    """The stems of the words of a claim, and of what its abbreviations stand for."""
    text = " ".join((claim.about, claim.of, claim.group, claim.study))
    spelled = " ".join(_spelled().get(name, "") for name in re.findall(r"[A-Za-z]+", text))
    return _stems(f"{text} {spelled}")


@functools.cache
def _spelled() -> dict[str, str]:
    """Each abbreviation of a report, such as ORR, with the words that it stands for."""
    found: dict[str, str] = {}
    for row in data_rows("mention_words"):
        name = row.text("value")
        found[name] = " ".join((found.get(name, ""), *row.texts("words")))
    return found


_STEM = 5  # letters that the forms of a word share: responses, responded


def _stems(text: str) -> set[str]:
    return {each[:_STEM] for each in re.findall(r"[^\W\d_]{4,}", text.lower())}


class _Record:
    """The events of a case by their days, and its drugs: gathered once for all values."""

    def __init__(self, case: Case, report: Report | None) -> None:
        self.drugs = _Drugs(case, report)
        self._of_day: dict[Span, list[Event]] = defaultdict(list)
        for event in case.events:
            for day in {event.start.strict, event.end.strict if event.end else event.start.strict}:
                self._of_day[day].append(event)

    def same_day(self, event: Event) -> list[Event]:
        """The events that begin or end on the day of the beginning of an event."""
        return self._of_day[event.start.strict]


def _of_date(index: TextIndex, record: _Record, event: Event, found: Sequence[Found]) -> str:
    """Why a date may be that of another event: what its sentence names, and the event is not."""
    same_day = record.same_day(event)
    sentences: set[Region] = set()  # each once, with the first place of the date in it
    first = ""
    for each in found:
        sentence = index.sentence(each.start)
        if sentence in sentences:
            continue
        sentences.add(sentence)
        fault = _of_sentence(index, each.start, record.drugs, event, same_day)
        if not fault:
            return ""
        first = first or fault
    return first


def _of_cycles(index: TextIndex, drugs: PrintedDrugs, event: Event, found: Sequence[Found]) -> str:
    """Why a number of cycles may be that of another treatment: its sentence names other drugs."""
    if not isinstance(event, Treatment):
        return ""
    if not all(is_named_drug(dose.agent) for dose in event.drugs):
        return ""
    own = {name for names in drugs.names(event).values() for name in names}
    others = [_other_treatment(index, each, own, event) for each in found]
    return f"its sentence names {others[0]}, and no drug of {event.label}" if all(others) else ""


_ADJUVANT = re.compile(r"\b(?:neo-?)?adjuvant\b")


def _other_treatment(index: TextIndex, found: Found, own: set[str], event: Treatment) -> str:
    """What a sentence names of another treatment; empty where it may be of this one."""
    named = _named(_mentions(index, found.start))
    if own & named.keys():
        return ""
    adjuvant = _ADJUVANT.search(index.plain, found.end, found.end + _AFTER)
    if adjuvant and event.line is not None:  # a line of therapy is of advanced disease
        return adjuvant[0]
    return next(iter(named.values()), "")


_AFTER = 40  # characters after a number of cycles


def _mentions(index: TextIndex, offset: int) -> list[Mention]:
    """The mentions of the sentence at an offset."""
    return index.mentions_in(index.sentence(offset))


def _of_sentence(
    index: TextIndex, offset: int, drugs: _Drugs, event: Event, same_day: list[Event]
) -> str:
    around = index.sentence(offset, more=1)
    mentions = _mentions(index, offset)
    if isinstance(event, Treatment | Supportive):
        near = index.mentions_in(around)
        if other := drugs.other_drug(mentions, near, event, same_day):
            return other
    own = next((words for kind, words in _WORDS if isinstance(event, kind)), None)
    if own is None or any(_is(each, own) for each in mentions):
        return ""
    is_treatment = isinstance(event, Treatment | Supportive)
    sentence = " ".join(index.plain[first:end] for first, end in index.sentence(offset).parts)
    if is_treatment and _begins_or_ends(sentence):
        return ""
    missing = "drug or start or end of treatment" if is_treatment else event.kind
    for kind, words in _WORDS:
        here = next((each for each in mentions if _is(each, words)), None)
        if here and not any(isinstance(each, kind) for each in same_day):
            return f"its sentence names {here.text}, and no {missing}"
    return ""


def _begins_or_ends(sentence: str) -> bool:
    """Whether a sentence states that treatment began or ended, without a name of it.

    >>> _begins_or_ends("resuming full-dose therapy restored SD"), _begins_or_ends("CT showed PD")
    (True, False)
    """
    return bool(_TREATMENT.search(sentence) and _BEGINS_OR_ENDS.search(sentence))


_Words = tuple[tuple[MentionKind, str], ...]  # kinds of mentions, with a value or any
_OF_TREATMENT = (
    *(MentionKind.DRUG, MentionKind.DOSE, MentionKind.CYCLES, MentionKind.LINE),
    *(MentionKind.REGIMEN, MentionKind.THERAPY, MentionKind.CHANGE),
)
_TREATMENT = re.compile(
    r"\b(?:therap(?:y|ies)|treatments?|medications?|drugs?|agents?|doses?)\b", re.IGNORECASE
)
_BEGINS_OR_ENDS = re.compile(
    r"\b(?:start|stop|resum|initiat|commenc|discontinu|switch|withdraw|receiv|begin|began|begun"
    r"|re-?start|re-?initiat|re-?introduc|re-?challeng)\w*",
    re.IGNORECASE,
)
_Kinds = type[Event] | tuple[type[Event], ...]
_WORDS: tuple[tuple[_Kinds, _Words], ...] = (
    (Surgery, ((MentionKind.PROCEDURE, "surgery"),)),
    (Biopsy, ((MentionKind.PROCEDURE, "biopsy"), (MentionKind.PROCEDURE, "surgery"))),
    (Radiotherapy, ((MentionKind.PROCEDURE, "radiotherapy"),)),
    (Scan, ((MentionKind.IMAGING, ""), (MentionKind.RESPONSE, ""))),
    ((Treatment, Supportive), tuple((kind, "") for kind in _OF_TREATMENT)),
)


def _is(mention: Mention, words: _Words) -> bool:
    return any(mention.kind is kind and value in ("", mention.value) for kind, value in words)


class _Drugs(PrintedDrugs):
    """The drugs of a case, and which of them a sentence names."""

    def other_drug(
        self,
        mentions: Sequence[Mention],
        near: Sequence[Mention],
        event: Treatment | Supportive,
        same_day: list[Event],
    ) -> str:
        """The drug that a sentence names in place of one of the event.

        Args:
            mentions: those of the sentence that prints the date.
            near: those of the sentences around it as well.
            event: a treatment.
            same_day: the events with this date.
        """
        named, around = _named(mentions), _named(near)
        mine = self.names(event)
        missing = [agent for agent, names in mine.items() if not names & set(around)]
        if not named or not missing:
            return ""
        known = {
            name
            for each in same_day if isinstance(each, Treatment | Supportive)
            for names in self.names(each).values() for name in names
        }  # fmt: skip
        other = next((text for name, text in named.items() if name not in known), None)
        if other is None and len(missing) == len(mine):
            other = next(iter(named.values()))
        return f"its sentence names {other}, and not {missing[0]}" if other else ""


def _named(mentions: Sequence[Mention]) -> dict[str, str]:
    return {drug_name(each.value): each.text for each in mentions if each.kind is MentionKind.DRUG}


def _of_claimed_date(index: TextIndex, case: Case, lookup: Lookup) -> str:
    """Why a printed date may be that of another event: the place also prints that of its own."""
    claim, place = lookup.item.claim, index.places.region(lookup.item.place)
    if claim is None or claim.kind != "date" or not isinstance(claim.value, PartialDate):
        return ""
    try:
        moment: Span = case.find(claim.of)[1].strict
    except ValueError:
        return ""
    if place is None or moment == claim.value.strict or moment.overlaps(claim.value.strict):
        return ""
    own = [each for each in index.dates_of(moment) if place.contains(each.start)]
    if not own:
        return ""
    words = index.report.text[own[0].start : own[0].end]
    return f"{claim.of} is dated otherwise in the case, and {words} is printed there as well"


def _category(lookup: Lookup) -> str:
    """The response that is looked up, if it is one."""
    claim, event = lookup.item.claim, lookup.item.event
    if claim is not None:
        return claim.text if claim.kind == "response" else ""
    what = lookup.item.what
    return what.rpartition("called ")[2] if event is not None and ": called " in what else ""


def _of_response(index: TextIndex, case: Case, category: str, of: str, lookup: Lookup) -> str:
    """Why a response may be that of another scan: its date is in other sentences only."""
    try:
        moment: Span = case.find(of)[1].strict
    except ValueError:
        return ""
    place = index.places.region(lookup.item.place)
    dates = [
        each for each in index.dates_of(moment) if place is not None and place.contains(each.start)
    ]
    if not dates:
        return ""
    around = (index.sentence(each.start, more=1).parts for each in dates)
    near = Region(tuple(part for parts in around for part in parts))
    if response_in(index, category, near):
        return ""
    return f"not printed near the date of {of}"
