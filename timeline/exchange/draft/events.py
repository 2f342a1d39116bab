"""Draft events: what one sentence mentions, put together by its dates."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from timeline.core.data_tables import data_rows
from timeline.core.quantities import quantity
from timeline.exchange.draft.changes import with_change
from timeline.exchange.draft.entries import TODO, DraftEntry, Sentence, lowest_confidence
from timeline.exchange.draft.event_dates import EventDate, date_text, event_date, treatment_period
from timeline.exchange.draft.findings import biomarkers, changes, stages
from timeline.exchange.draft.relative_dates import by_cycles
from timeline.record.events import EVENTS
from timeline.report_text import Confidence, Mention, MentionKind
from timeline.report_text.find_mentions import unlisted
from timeline.terminology.drug_names import regimens
from timeline.terminology.drugs import drug_named

_ADJACENT = 20  # characters between a procedure and a date that is surely its own
_TARGETS = ("shrunk", "grown", "stable", "absent")  # words for a change of the targets
_NEW = "new"
_LOCAL = ("IV", "oral", "SC", "IM", "intrathecal", "topical")  # routes of a case file
_SETTING = re.compile(r"\b(neoadjuvant|adjuvant|perioperative|maintenance)\b", re.IGNORECASE)


@functools.cache
def _supportive_classes() -> frozenset[str]:
    return frozenset(row.text("class") for row in data_rows("supportive_classes"))


@functools.cache
def _class_of_ending() -> dict[str, str]:
    return {f"ending -{row.text('stem')}": row.text("class") for row in data_rows("drug_stems")}


def is_supportive(drug: Mention) -> bool:
    """Whether a drug is of a class that treats no tumour."""
    entry = drug_named(drug.value)
    kind = entry.kind if entry else _class_of_ending().get(drug.rule, "")
    return kind in _supportive_classes()


def events_of(sentence: Sentence) -> Iterator[DraftEntry]:
    """The draft events of a sentence. A mention after a negation is left out."""
    used: set[Mention] = set()
    for entry in (*_treatments(sentence), *_procedures(sentence), *_scans(sentence),
                  *_toxicities(sentence), *_outcomes(sentence), *biomarkers(sentence),
                  *stages(sentence), *changes(sentence)):  # fmt: skip
        used.update(entry.sources)
        yield entry
    for date in sentence.of(MentionKind.DATE):
        if date not in used:
            yield DraftEntry(
                entry={TODO: date_text(date)}, place=sentence.place, sources=(date,),
                confidence=Confidence.LOW, remark="a date: write the kind of event",
            )  # fmt: skip


def _treatments(sentence: Sentence) -> Iterator[DraftEntry]:
    if sentence.of(MentionKind.CHANGE) and not _BEGUN.search(sentence.text):
        return  # the dose of what is given already
    drugs = [
        each
        for each in sorted((*sentence.of(MentionKind.DRUG), *sentence.of(MentionKind.REGIMEN)))
        if not sentence.is_negated(each) and not sentence.was_replaced(each)
    ]
    for supportive in (False, True):
        own = _distinct([each for each in drugs if is_supportive(each) is supportive])
        if not own or any(map(sentence.is_continued, own)):
            continue
        given = [(sentence, own)] if supportive else [*_regimens(sentence, own)]
        for part, regimen in given:
            yield _treatment(part, regimen, supportive=supportive, of=len(given))


_BEGUN = re.compile(
    r"\b(?:began|begun|start\w*|initiat\w*|received|given|administered|treated)\b", re.IGNORECASE
)
_SUCCESSION = re.compile(
    r"\b(?:changed to|switched to|converted to|replaced (?:by|with)|followed by|then|thereafter"
    r"|subsequently|afterwards)\b",
    re.IGNORECASE,
)


def _regimens(
    sentence: Sentence, drugs: Sequence[Mention]
) -> Iterator[tuple[Sentence, list[Mention]]]:
    """The drugs of a sentence, divided where one was given after another; each with its part."""
    groups = [[drugs[0]]]
    borders = [sentence.start]
    for before, drug in itertools.pairwise(drugs):
        between = sentence.text[before.end - sentence.start : drug.start - sentence.start]
        own_date = _border_of_dates(sentence, before, drug)
        if own_date is not None:
            borders.append(own_date)
            groups.append([])
        elif found := _SUCCESSION.search(between):
            comma = between.rfind(", ", 0, found.start())
            borders.append(before.end + (comma + 1 if comma >= 0 else found.start()))
            groups.append([])
        groups[-1].append(drug)
    borders.append(sentence.end)
    for regimen, start, end in zip(groups, borders, borders[1:], strict=False):
        yield sentence.part(start, end), regimen


def _border_of_dates(sentence: Sentence, before: Mention, drug: Mention) -> int | None:
    """Where one of two drugs with a date each ends: ``A in May 2019 and B in July 2020``.

    The date between them belongs to the first where the second has one after it, to the second
    where the first has one before it. None where they share their dates.
    """
    dates = sentence.dates
    between = [each for each in dates if before.end <= each.start < drug.start]
    if not between:
        return None
    drugs = sentence.of(MentionKind.DRUG)
    end = min((each.start for each in drugs if each.start > drug.start), default=sentence.end)
    if any(drug.end <= each.start < end for each in dates):
        return between[-1].end
    start = max((each.end for each in drugs if each.end < before.start), default=sentence.start)
    if any(start <= each.start < before.start for each in dates):
        return between[0].start
    return None


def _distinct(drugs: Sequence[Mention]) -> list[Mention]:
    """Each drug once: where it has a dose after it if there is one, else the first."""
    first: dict[str, Mention] = {}
    for drug in drugs:
        first.setdefault(drug.value, drug)
    return list(first.values())


def _treatment(
    sentence: Sentence, drugs: list[Mention], *, supportive: bool, of: int = 1
) -> DraftEntry:
    """A treatment of drugs given together; ``of`` so many that its sentence names in a row."""
    when = treatment_period(sentence, drugs[0])
    named = [_drug(sentence, drug) for drug in drugs]
    sources = [*drugs, *when.sources, *(each for _, details in named for each in details)]
    texts = [text for texts, _ in named for text in texts]
    entry: dict[str, Any] = {"supportive" if supportive else "treatment": when.text}
    if not supportive:
        setting = _SETTING.search(sentence.text)
        lines = sentence.of(MentionKind.LINE)
        if setting and not lines:
            entry["setting"] = setting[1].lower()
        else:
            numbers = dict.fromkeys(line.value for line in lines)
            entry["line"] = next(iter(numbers)) if len(numbers) == 1 else TODO
            sources += lines if len(numbers) == 1 else ()
    entry["drugs"] = texts[0] if len(texts) == 1 else [*dict.fromkeys(texts)]
    if names := [each.text for each in drugs if each.kind is MentionKind.REGIMEN]:
        entry["what"] = " + ".join(names)
    if not supportive:
        every = [each for each in sentence.of(MentionKind.SCHEDULE) if _is_cycle(each)]
        cycles = sentence.of(MentionKind.CYCLES)
        if every:
            entry["cycle"] = every[0].value.removeprefix("every ")
            sources.append(every[0])
        if len(cycles) == 1:
            entry["cycles"] = cycles[0].value
            sources.append(cycles[0])
    unknown = (unlisted(drug) for drug in drugs)
    doubts = [
        f"{each.name} is in no list" + (f", near {each.nearest}" if each.nearest else "")
        for each in unknown
        if each
    ]
    if of > 1:
        doubts.append(f"one of {of} regimens of a sentence: check its dates")
    if cited := _CITED.search(sentence.text):
        doubts.append(f"the sentence cites a work ({cited[0]}): it may be another patient")
    unsure = [Confidence.LOW] if of > 1 or cited else []
    return DraftEntry(
        entry=entry, place=sentence.place, sources=tuple(dict.fromkeys(sources)),
        confidence=lowest_confidence(
            when.confidence, *unsure, *(drug.confidence for drug in drugs)
        ),
        remark="; ".join(filter(None, (when.remark, *doubts))),
    )  # fmt: skip


_CITED = re.compile(r"\bet al\b")


def _is_cycle(schedule: Mention) -> bool:
    """Whether a schedule is the length of a cycle that a case file can have."""
    if not schedule.value.startswith("every "):
        return False
    try:
        return quantity(schedule.value.removeprefix("every "), "time").exact is not None
    except ValueError:
        return False


def _drug(sentence: Sentence, drug: Mention) -> tuple[list[str], list[Mention]]:
    """A drug with the dose, route and days that follow it before the next drug.

    A dose before the drug with nothing but its route or ``of`` between is its own. Of a regimen
    its drugs, without doses.
    """
    if drug.kind is MentionKind.REGIMEN:
        return list(regimens()[drug.value].drugs), []
    others = [each.start for each in sentence.of(MentionKind.DRUG) if each.start > drug.start]
    end = min(others, default=sentence.end)
    details: list[Mention] = []
    words = [drug.value]
    for kind in (MentionKind.DOSE, MentionKind.ROUTE, MentionKind.SCHEDULE):
        after = [each for each in sentence.of(kind) if drug.end <= each.start < end]
        before = [each for each in sentence.of(kind) if _leads(sentence, each, drug)]
        written = ((each, _as_written(each)) for each in (*before, *after))
        for each, text in itertools.islice(((e, text) for e, text in written if text), 1):
            words.append(text)
            details.append(each)
    return [" ".join(words)], details


def _leads(sentence: Sentence, mention: Mention, drug: Mention) -> bool:
    """Whether a dose or a route is directly before a drug."""
    if not mention.end <= drug.start:
        return False
    between = sentence.text[mention.end - sentence.start : drug.start - sentence.start]
    return re.fullmatch(r"[\s(]*(?:of\s+)?", between) is not None


def _as_written(mention: Mention) -> str:
    """A dose, a route or days as a case file has them; nothing where it has none."""
    if mention.kind is MentionKind.ROUTE:
        return mention.value if mention.value in _LOCAL else ""
    if mention.kind is MentionKind.SCHEDULE:
        return mention.value if mention.value.startswith("day") else ""
    if mention.value.startswith("AUC "):
        return f"{mention.value.removeprefix('AUC ')} AUC"
    try:
        read = quantity(mention.value)
    except ValueError:
        return ""
    return mention.value if read.unit.measures.startswith("dose") else ""


def _procedures(sentence: Sentence) -> Iterator[DraftEntry]:
    seen: set[tuple[str, str]] = set()
    for procedure in sentence.of(MentionKind.PROCEDURE):
        if procedure.value not in EVENTS or sentence.is_negated(procedure):
            continue
        radiotherapy = procedure.value == "radiotherapy"
        when = (treatment_period if radiotherapy else event_date)(sentence, procedure)
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
            if setting := _SETTING.search(sentence.text):
                entry["setting"] = setting[1].lower()
        else:
            of = _OF_METASTASES.match(sentence.text[procedure.end - sentence.start :])
            entry["what"] = " ".join(f"{procedure.text}{of[0] if of else ''}".lower().split())
        yield DraftEntry(
            entry=entry, place=sentence.place, sources=tuple(sources),
            confidence=lowest_confidence(when.confidence, procedure.confidence), remark=when.remark,
        )  # fmt: skip


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
        passed = (*_TARGETS, _NEW) if sentence.of(MentionKind.PROCEDURE) else _TARGETS
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


def _toxicities(sentence: Sentence) -> Iterator[DraftEntry]:
    grades = sentence.of(MentionKind.GRADE)
    for toxicity in sentence.of(MentionKind.TOXICITY):
        if sentence.is_negated(toxicity):
            continue
        when = event_date(sentence, toxicity)
        entry: dict[str, Any] = {"toxicity": when.text, "what": toxicity.value}
        sources = [toxicity, *when.sources]
        if len(grades) == 1 and grades[0].value.isdigit():
            entry["grade"] = grades[0].value
            sources.append(grades[0])
        yield DraftEntry(
            entry=entry, place=sentence.place, sources=tuple(sources), remark=when.remark,
            confidence=lowest_confidence(when.confidence, toxicity.confidence),
        )  # fmt: skip


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
