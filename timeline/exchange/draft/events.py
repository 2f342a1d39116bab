"""Draft events: what one sentence mentions, put together by its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs

from timeline.exchange.draft.changes import with_change
from timeline.exchange.draft.entries import TODO, DraftEntry, Sentence, lowest_confidence
from timeline.exchange.draft.event_dates import (
    EventDate,
    date_text,
    event_date,
    treatment_period,
    with_doubt,
)
from timeline.exchange.draft.findings import biomarkers, changes, diagnoses, metastases
from timeline.exchange.draft.relative_dates import by_cycles
from timeline.exchange.draft.treatments import setting_of, treatments
from timeline.record.events import EVENTS
from timeline.report_text import Confidence, Mention, MentionKind

_ADJACENT = 20  # characters between a procedure and a date that is surely its own
_TARGETS = ("shrunk", "grown", "stable", "absent")  # words for a change of the targets
_NEW = "new"


def events_of(sentence: Sentence) -> Iterator[DraftEntry]:
    """The draft events of a sentence. A mention after a negation is left out."""
    used: set[Mention] = set()
    for entry in (*treatments(sentence), *_procedures(sentence), *_scans(sentence),
                  *_toxicities(sentence), *_outcomes(sentence), *biomarkers(sentence),
                  *diagnoses(sentence), *metastases(sentence),
                  *changes(sentence)):  # fmt: skip
        used.update(entry.sources)
        yield entry
    for date in sentence.of(MentionKind.DATE):
        if date not in used:
            yield DraftEntry(
                entry={TODO: date_text(date)}, place=sentence.place, sources=(date,),
                confidence=Confidence.LOW, remark="a date: write the kind of event",
            )  # fmt: skip


def _procedures(sentence: Sentence) -> Iterator[DraftEntry]:
    seen: set[tuple[str, str]] = set()
    for procedure in sentence.of(MentionKind.PROCEDURE):
        if procedure.value not in EVENTS or sentence.is_negated(procedure):
            continue
        if sentence.is_of_institution(procedure):
            continue
        radiotherapy = procedure.value == "radiotherapy"
        when = (treatment_period if radiotherapy else event_date)(sentence, procedure)
        when = with_doubt(sentence, procedure, when)
        own = [each for each in when.sources if 0 <= each.start - procedure.end <= _ADJACENT]
        if sentence.is_referred_to(procedure) and not own:
            continue
        if (procedure.value, when.text) in seen:
            continue
        seen.add((procedure.value, when.text))
        entry: dict[str, Any] = {procedure.value: when.text}
        sources = [procedure, *when.sources]
        if sentence.is_planned(procedure):
            entry["planned"] = "yes"
        if radiotherapy:
            doses = [each for each in sentence.of(MentionKind.DOSE) if each.value.endswith(" Gy")]
            for dose in doses[:1]:
                entry["dose"] = dose.value
                sources.append(dose)
            for fractions in sentence.of(MentionKind.FRACTIONS)[:1]:
                if fractions.value.isdigit():
                    entry["fractions"] = fractions.value
                    sources.append(fractions)
            if setting := setting_of(sentence, procedure):
                entry["setting"] = setting
        else:
            of = _OF_METASTASES.match(sentence.text[procedure.end - sentence.start :])
            entry["what"] = " ".join(f"{procedure.text}{of[0] if of else ''}".lower().split())
            if procedure.value == "surgery" and (margin := _MARGIN.search(sentence.text)):
                entry["margin"] = margin[0]
        yield DraftEntry(
            entry=entry, place=sentence.place, sources=tuple(sources),
            confidence=lowest_confidence(when.confidence, procedure.confidence), remark=when.remark,
        )  # fmt: skip


_MARGIN = re.compile(r"(?<![\w-])R[012](?![\w-]*[0-9])")  # R0, R0-resected
_OF_METASTASES = re.compile(
    r"\s+(?:of|for)\s+(?:the\s+|a\s+|all\s+)?(?:\w+\s+){0,2}?metastas[ei]s\b", re.IGNORECASE
)


def _scans(sentence: Sentence) -> Iterator[DraftEntry]:
    """One scan for each date that an image or a response is nearest to."""
    images = [each for each in sentence.of(MentionKind.IMAGING)
              if not sentence.is_negated(each) and not _guides(sentence, each)]  # fmt: skip
    responses = [each for each in sentence.of(MentionKind.RESPONSE)
                 if not sentence.is_negated(each)]  # fmt: skip
    if not images:  # a mass that has grown is no scan, nor is a new lesion that is irradiated
        after_cycles = any(map(by_cycles, sentence.of(MentionKind.DATE_PHRASE)))
        irradiated = (_NEW,) if sentence.of(MentionKind.PROCEDURE) else ()
        passed: tuple[str, ...] = () if after_cycles else (*_TARGETS, *irradiated)
        responses = [each for each in responses if each.value not in passed]
    groups: dict[str, tuple[EventDate, list[Mention], list[Mention]]] = {}
    for image in images:
        when = event_date(sentence, image)
        groups.setdefault(when.text, (when, [], []))[1].append(image)
    for response in responses:
        when = event_date(sentence, response)
        if when.text not in groups and len(groups) == 1 and when.text == TODO:
            when = next(iter(groups.values()))[0]
        groups.setdefault(when.text, (when, [], []))[2].append(response)
    for when, own_images, own_responses in groups.values():
        doubtful = all(each.confidence is Confidence.LOW for each in own_images)
        if own_responses or when.text != TODO or not doubtful:
            scan = _scan(sentence, when, own_images, own_responses)
            scan = with_change(scan, sentence) if images and len(groups) == 1 else scan
            yield from _at_each_cycle(scan)


def _at_each_cycle(scan: DraftEntry) -> Iterator[DraftEntry]:
    """The scans of a phrase such as ``after 3, 7 and 11 courses``; else the scan itself."""
    phrases = [each for each in scan.sources if each.kind is MentionKind.DATE_PHRASE]
    dates = [date for each in phrases for date in by_cycles(each)]
    if len(dates) < 2:
        yield scan
        return
    for date in dates:
        yield attrs.evolve(scan, entry={**scan.entry, "scan": date}, remark="one of several scans")


def _guides(sentence: Sentence, image: Mention) -> bool:
    """Whether an image only guides a procedure: a CT-guided biopsy."""
    return re.match(r"[-\s]guided\b", sentence.text[image.end - sentence.start :]) is not None


_OF_ONE = re.compile(
    r"\s+(?:of|in) (?:the |his |her |this |one )?(?:\w+ ){0,2}?(?:primary|lesion)\b"
)


def _scan(
    sentence: Sentence, when: EventDate, images: list[Mention], responses: list[Mention]
) -> DraftEntry:
    entry: dict[str, Any] = {"scan": when.text}
    remarks = [when.remark]
    if when.text == TODO:  # without a date nothing shows which line it assesses
        entry["line"] = TODO
    modalities = dict.fromkeys(each.value for each in images if each.value != "imaging")
    if modalities:
        entry["modality"] = " and ".join(modalities)
    values = dict.fromkeys(each.value for each in responses)
    targets = [each for each in values if each in _TARGETS]
    called = [each for each in values if each not in (*_TARGETS, _NEW)]
    if targets:
        entry["target"] = targets[0] if len(targets) == 1 else TODO
        remarks += [f"target: {' or '.join(targets)}"] if len(targets) > 1 else []
    if _NEW in values:
        entry["new"] = TODO
    if called:
        entry["called"] = called[0] if len(called) == 1 else TODO
        remarks += [f"called: {' or '.join(called)}"] if len(called) > 1 else []
    of_one = any(_OF_ONE.match(sentence.text[each.end - sentence.start :]) for each in responses)
    if called and of_one:
        remarks.append("it may be the response of one lesion, and not of the patient")
    unsure = [Confidence.LOW] if called and of_one else []
    confidence = lowest_confidence(
        when.confidence, *unsure, *(each.confidence for each in (*images, *responses))
    )
    return DraftEntry(
        entry=entry, place=sentence.place, sources=(*images, *responses, *when.sources),
        confidence=confidence, remark="; ".join(filter(None, remarks)),
    )  # fmt: skip


_PRESENTED = re.compile(  # what a patient came with
    r"\b(?:present(?:ed|ing)|admitted|visited|visits?|complain\w*|exhibit\w*|history\s+of"
    r"|referred|consulted)\b",
    re.IGNORECASE,
)
_OF_TREATMENT = (MentionKind.DRUG, MentionKind.REGIMEN, MentionKind.THERAPY, MentionKind.CYCLES)


def _is_of_treatment(sentence: Sentence) -> bool:
    return any(sentence.of(kind) for kind in _OF_TREATMENT)


def _toxicities(sentence: Sentence) -> Iterator[DraftEntry]:
    grades = sentence.of(MentionKind.GRADE)
    presented = not grades and not _is_of_treatment(sentence) and _PRESENTED.search(sentence.text)
    for toxicity in sentence.of(MentionKind.TOXICITY):
        if sentence.is_negated(toxicity):
            continue
        when = event_date(sentence, toxicity)
        kind = "symptom" if presented else "toxicity"
        entry: dict[str, Any] = {kind: when.text, "what": toxicity.value}
        sources = [toxicity, *when.sources]
        if kind == "toxicity" and (end := _resolved(sentence, toxicity)):
            entry["resolved"] = date_text(end)
            sources.append(end)
            if when.sources == (end,):  # the only date is that of its end
                entry[kind] = TODO
        if len(grades) == 1 and grades[0].value.isdigit():
            entry["grade"] = grades[0].value
            sources.append(grades[0])
        yield DraftEntry(
            entry=entry, place=sentence.place, sources=tuple(sources), remark=when.remark,
            confidence=lowest_confidence(when.confidence, toxicity.confidence),
        )  # fmt: skip


_RESOLVED = re.compile(
    r"\b(?:resolved|subsided|disappeared|abated|recovered)(?:\s+(?:completely|fully|entirely))?"
    r"\s+(?:in|on|by)\s*$",
    re.IGNORECASE,
)


def _resolved(sentence: Sentence, toxicity: Mention) -> Mention | None:
    """The date on which an adverse event had resolved; of a sentence with several it is unknown."""
    if len({each.value for each in sentence.of(MentionKind.TOXICITY)}) != 1:
        return None
    found = [each for each in sentence.dates
             if each.start > toxicity.end and _RESOLVED.search(sentence.before(each))]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _outcomes(sentence: Sentence) -> Iterator[DraftEntry]:
    seen: set[str] = set()
    for outcome in sentence.of(MentionKind.OUTCOME):
        if outcome.value in seen or outcome.value not in EVENTS or sentence.is_negated(outcome):
            continue
        seen.add(outcome.value)
        when = event_date(sentence, outcome)
        yield DraftEntry(
            entry={outcome.value: when.text}, place=sentence.place, remark=when.remark,
            sources=(outcome, *when.sources),
            confidence=lowest_confidence(when.confidence, outcome.confidence),
        )  # fmt: skip
