"""Draft treatments: the drugs of a sentence, divided where one was given after another."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from timeline.core.data_tables import data_rows
from timeline.core.quantities import quantity
from timeline.exchange.draft.entries import TODO, DraftEntry, Sentence, lowest_confidence
from timeline.exchange.draft.event_dates import EventDate, treatment_period, with_doubt
from timeline.report_text import Confidence, Mention, MentionKind
from timeline.report_text.find_mentions import unlisted
from timeline.terminology.drug_names import regimens
from timeline.terminology.drugs import drug_named

_LOCAL = ("IV", "oral", "SC", "IM", "intrathecal", "topical")  # routes of a case file
SETTING = re.compile(r"\b(neo-?adjuvant|adjuvant|perioperative|maintenance)\b", re.IGNORECASE)


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


def treatments(sentence: Sentence) -> Iterator[DraftEntry]:
    """Each regimen of a sentence; of a treatment without a drug its words, with ``drugs: TODO``."""
    changes = [each for each in sentence.of(MentionKind.CHANGE) if each.value in _OF_A_DOSE]
    if changes and not _BEGUN.search(sentence.text):
        return  # the dose of what is given already
    named = sorted((*sentence.of(MentionKind.DRUG), *sentence.of(MentionKind.REGIMEN)))
    drugs = [
        each for each in named
        if not sentence.is_negated(each) and not sentence.was_replaced(each)
    ]  # fmt: skip
    for supportive in (False, True):
        own = [each for each in drugs if is_supportive(each) is supportive]
        if not own or all(map(sentence.is_continued, own)):
            continue
        given = [(sentence, _distinct(own))] if supportive else [*_regimens(sentence, own)]
        for part, regimen in given:
            yield _treatment(part, regimen, supportive=supportive, of=len(given))
    if all(map(is_supportive, named)):
        yield from _without_drug(sentence)


_OF_A_DOSE = ("dose held", "dose reduced", "dose resumed")  # changes of what is given
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
    earlier = _after_earlier_drugs(sentence, drugs)
    for at, (before, drug) in enumerate(itertools.pairwise(drugs), start=1):
        between = sentence.text[before.end - sentence.start : drug.start - sentence.start]
        lines = sentence.starting(MentionKind.LINE, before.end, drug.start)
        own_date = _border_of_dates(sentence, before, drug)
        border = None
        if own_date is not None:
            border = own_date
        elif found := _SUCCESSION.search(between):
            comma = between.rfind(", ", 0, found.start())
            border = before.end + (comma + 1 if comma >= 0 else found.start())
        elif lines:
            border = lines[0].start
        elif drug is earlier:
            border = before.end + 1
        if border is not None:
            known = {each.value for each in groups[-1]}
            # the same drug with its second date
            if own_date is None or any(each.value not in known for each in drugs[at:]):
                borders.append(border)
                groups.append([])
        groups[-1].append(drug)
    borders.append(sentence.end)
    for regimen, start, end in zip(groups, borders, borders[1:], strict=False):
        yield sentence.part(start, end), _distinct(regimen)


_PAST = re.compile(
    r"\b(?:after|following|despite)\b[^,;]*\b(?:of|with|on|to)\s+(?:\w+[\s-]+){0,3}$", re.IGNORECASE
)
_THEN_BEGUN = re.compile(
    r"[^,;]*\b(?:was|were)\s+(?:\w+\s+)?(?:begun|started|initiated|given|administered)\b",
    re.IGNORECASE,
)


def _after_earlier_drugs(sentence: Sentence, drugs: Sequence[Mention]) -> Mention | None:
    """The first drug that was begun after those before it: ``After A, B and C were started``."""
    if not _PAST.search(sentence.before(drugs[0])):
        return None
    if not _THEN_BEGUN.match(sentence.text[drugs[-1].end - sentence.start :]):
        return None
    later = (
        drug for before, drug in itertools.pairwise(drugs)
        if "," in sentence.text[before.end - sentence.start : drug.start - sentence.start]
    )  # fmt: skip
    return next(iter([*later][::-1]), None)


def _border_of_dates(sentence: Sentence, before: Mention, drug: Mention) -> int | None:
    """Where one of two drugs with a date each ends: ``A in May 2019 and B in July 2020``.

    The date between them belongs to the first where the second has one after it, to the second
    where the first has one before it. None where they share their dates.
    """
    between = sentence.dates_from(before.end, drug.start)
    if not between:
        return None
    following = sentence.first_from(drug.start + 1, MentionKind.DRUG)
    if sentence.dates_from(drug.end, following.start if following else sentence.end):
        return between[-1].end
    earlier = sentence.last_until(before.start - 1, MentionKind.DRUG)
    if sentence.dates_from(earlier.end if earlier else sentence.start, before.start):
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
    when = with_doubt(sentence, drugs[0], treatment_period(sentence, drugs[0]))
    every = [each for each in sentence.of(MentionKind.SCHEDULE) if _is_cycle(each)]
    own_intervals = len({each.value for each in every}) > 1
    named = [_drug(sentence, drug, own_interval=own_intervals) for drug in drugs]
    sources = [*drugs, *when.sources, *(each for _, details in named for each in details)]
    texts = [text for texts, _ in named for text in texts]
    entry: dict[str, Any] = {"supportive" if supportive else "treatment": when.text}
    if not supportive:
        setting = SETTING.search(sentence.text)
        lines = sentence.of(MentionKind.LINE)
        if setting and not lines:
            entry["setting"] = setting[1].lower().replace("-", "")
        else:
            numbers = dict.fromkeys(line.value for line in lines)
            entry["line"] = next(iter(numbers)) if len(numbers) == 1 else TODO
            sources += lines if len(numbers) == 1 else ()
    entry["drugs"] = texts[0] if len(texts) == 1 else [*dict.fromkeys(texts)]
    if names := [each.text for each in drugs if each.kind is MentionKind.REGIMEN]:
        entry["what"] = " + ".join(names)
    if not supportive:
        if every and not own_intervals:
            entry["cycle"] = every[0].value.removeprefix("every ")
            sources.append(every[0])
        if cycles := _cycles_of(sentence, drugs):
            entry["cycles"] = cycles.value
            sources.append(cycles)
    unknown = (unlisted(drug) for drug in drugs)
    continued = [each.text for each in drugs if not supportive and sentence.is_continued(each)]
    doubts = [f"continued: {', '.join(continued)}"] if continued else []
    doubts += [
        f"{each.name} is in no list" + (f", near {each.nearest}" if each.nearest else "")
        for each in unknown
        if each
    ]
    if of > 1:
        doubts.append(f"one of {of} regimens of a sentence: check its dates")
    if cited := _CITED.search(sentence.text):
        doubts.append(f"the sentence cites a work ({cited[0]}): it may be another patient")
    unsure = [Confidence.LOW] if of > 1 or cited or continued else []
    return DraftEntry(
        entry=entry, place=sentence.place, sources=tuple(dict.fromkeys(sources)),
        confidence=lowest_confidence(
            when.confidence, *unsure, *(drug.confidence for drug in drugs)
        ),
        remark="; ".join(filter(None, (when.remark, *doubts))),
    )  # fmt: skip


_CITED = re.compile(r"\bet al\b")
_AFTER = re.compile(r"\b(?:after|following)\s+(?:the\s+|another\s+)?$", re.IGNORECASE)
_OF_DRUGS = re.compile(r"\s+(?:of|with)\s+(?:[\w-]+\s+){0,4}", re.IGNORECASE)


def _cycles_of(sentence: Sentence, drugs: Sequence[Mention]) -> Mention | None:
    """The only number of cycles of a sentence, if it is of these drugs.

    ``stopped after 6 cycles, and B`` counts the cycles of what was given before B.
    """
    if len(found := sentence.of(MentionKind.CYCLES)) != 1:
        return None
    (cycles,) = found
    if not _AFTER.search(sentence.before(cycles)) or cycles.start > drugs[-1].end:
        return cycles
    between = sentence.text[cycles.end - sentence.start : drugs[0].start - sentence.start]
    return cycles if _OF_DRUGS.fullmatch(between) else None


_GIVEN = re.compile(
    rf"{_BEGUN.pattern}|\b(?:under(?:went|gone)|complet(?:ed|ion)|followed by)\b", re.IGNORECASE
)
_BEFORE = 30  # characters before a kind of treatment: adjuvant AI regimen chemotherapy


def setting_of(sentence: Sentence, mention: Mention) -> str:
    """The setting that is directly before a kind of treatment or part of its words; else empty."""
    found = SETTING.findall(f"{sentence.before(mention)[-_BEFORE:]}{mention.text}")
    return found[-1].lower().replace("-", "") if found else ""


_COMPLETED = re.compile(r"\b(?:completion|end) of(?:\s+[\w-]+){0,3}\s*$", re.IGNORECASE)


def _without_drug(sentence: Sentence) -> Iterator[DraftEntry]:
    """A treatment that a sentence names by its kind alone: oral chemotherapy."""
    therapies = sentence.of(MentionKind.THERAPY)
    given = bool(therapies) and _GIVEN.search(sentence.text) is not None
    for therapy in therapies:
        if sentence.is_negated(therapy) or sentence.is_planned(therapy):
            continue
        cycles = _cycles_of(sentence, [therapy])
        completed = _COMPLETED.search(sentence.before(therapy)) is not None
        past = completed or sentence.is_referred_to(therapy)
        if not cycles and (not given or (past and not completed)):
            continue
        when = EventDate(TODO) if past else treatment_period(sentence, therapy)
        when = with_doubt(sentence, therapy, when)
        entry: dict[str, Any] = {"treatment": when.text}
        lines = sentence.of(MentionKind.LINE)
        if setting := setting_of(sentence, therapy):
            entry["setting"] = setting
        else:
            entry["line"] = lines[0].value if len(lines) == 1 else TODO
        entry["drugs"] = TODO
        entry |= {"cycles": cycles.value} if cycles else {}
        sources = (therapy, *when.sources, *((cycles,) if cycles else ()))
        remark = "; ".join(filter(None, (f"drugs: {' '.join(therapy.text.split())}", when.remark)))
        yield DraftEntry(
            entry=entry, place=sentence.place, sources=tuple(dict.fromkeys(sources)),
            confidence=Confidence.LOW, remark=remark,
        )  # fmt: skip


def _is_cycle(schedule: Mention) -> bool:
    """Whether a schedule is the length of a cycle that a case file can have."""
    if not schedule.value.startswith("every "):
        return False
    try:
        return quantity(schedule.value.removeprefix("every "), "time").exact is not None
    except ValueError:
        return False


def _drug(
    sentence: Sentence, drug: Mention, *, own_interval: bool
) -> tuple[list[str], list[Mention]]:
    """A drug with the dose, route and days that follow it before the next drug.

    With ``own_interval`` its interval as well, where drugs have several. A dose before the drug
    with nothing but its route or ``of`` between is its own. Of a regimen its drugs, without doses.
    """
    if drug.kind is MentionKind.REGIMEN:
        return list(regimens()[drug.value].drugs), []
    following = sentence.first_from(drug.start + 1, MentionKind.DRUG)
    end = following.start if following else sentence.end
    earlier = sentence.last_until(drug.start, MentionKind.DRUG)  # no dose before it leads this one
    begin = earlier.end if earlier else sentence.start
    details: list[Mention] = []
    words = [drug.value]
    for kind in (MentionKind.DOSE, MentionKind.ROUTE, MentionKind.SCHEDULE):
        after = sentence.starting(kind, drug.end, end)
        before = (each for each in sentence.starting(kind, begin, drug.start)
                  if _leads(sentence, each, drug))  # fmt: skip
        written = (
            (each, each.value if own_interval and _is_cycle(each) else _as_written(each))
            for each in itertools.chain(before, after)
        )
        for each, text in itertools.islice(((e, text) for e, text in written if text), 1):
            words.append(text)
            details.append(each)
    return [" ".join(words)], details


def _leads(sentence: Sentence, mention: Mention, drug: Mention) -> bool:
    """Whether a dose or a route is directly before a drug: ``3 mg/kg, i.v., nivolumab``.

    One with a comma before the drug is that of an earlier drug if it follows it: ``A 75 mg, B``.
    """
    if not mention.end <= drug.start:
        return False
    between = sentence.without_details(mention.end, drug.start)
    if re.fullmatch(r"[\s(]*(?:of\s+)?", between):
        return True
    if not re.fullmatch(r"[\s(,]*(?:of\s+)?", between):
        return False
    before = sentence.last_until(mention.start, MentionKind.DRUG)
    own = sentence.without_details(before.end, mention.start) if before else "no drug"
    return re.fullmatch(r"[\s(,]*(?:of\s+|at\s+)?", own) is None


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
