"""Draft claims: the numbers and responses that a sentence prints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from timeline.exchange.draft.changes import change_of
from timeline.exchange.draft.entries import TODO, DraftEntry, Sentence, lowest_confidence
from timeline.exchange.draft.relative_dates import origin_of
from timeline.report.claims import CLAIMS
from timeline.report_text import Confidence, Mention, MentionKind, SectionRole
from timeline.terminology.criteria import LABELS
from timeline.terminology.endpoints import BY_NAME

_NEAR = 80  # characters between an endpoint and the number that is its value
_LONGEST = 300  # characters of an endpoint or of a phrase for a date, with all its blanks
_TIMES = tuple(name for name in (*BY_NAME, "follow-up") if name in CLAIMS)
_OF_A_LINE = ("PFS", "TTP", "DoR", "TTR", "TTF")  # endpoints that belong to a line of therapy
_UNIT = re.compile(r"[\s-]*(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|[dwmy])$", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|percent|per cent)$", re.IGNORECASE)
_HALF = re.compile(r"\bhalf\b|½", re.IGNORECASE)
_RATES = ("ORR", "DCR", "CBR")
_CITED = (SectionRole.INTRODUCTION, SectionRole.METHODS, SectionRole.DISCUSSION)
_OF_A_CASE = ("of", "line")  # keys that name an event or a line of a case
# What may be between an endpoint and its value: a verb of being, "of", a sign, or nothing.
_VALUE_OF = re.compile(
    r"\W*|.*\b(?:was|were|is|of|reach\w*|achiev\w*|extended\s+to)\b.*|.*[=:,(]\W*", re.DOTALL
)
_RATE_AT = re.compile(r"[\s-]*(?:(?:progression|survival|estimated|median|the)\s+)*", re.IGNORECASE)
_LIMITS = {  # what the words before a range make of it
    "ci": re.compile(r"(?P<level>\d\d)\s?%\s?(?:CI|C\.I\.|confidence\s+intervals?)\W*$"),
    "range": re.compile(r"\brange\W*$", re.IGNORECASE),
}
_MEDIAN = re.compile(r"\bmedian\W*$", re.IGNORECASE)


def claims_of(sentence: Sentence, *, study: bool = False) -> Iterator[DraftEntry]:
    """The draft claims of a sentence: times, rates, percentages, sizes, grades, responses.

    Those of a study have the doses as well, and refer to no event of a case.
    """
    readers = {**_READERS, **_OF_A_STUDY} if study else _READERS
    for mention in sentence.found:
        made = readers[mention.kind](sentence, mention) if mention.kind in readers else None
        if made is None:
            continue
        entry, others, confidence = made
        if study and "rate" not in entry:
            entry = {key: value for key, value in entry.items() if key not in _OF_A_CASE}
        if sentence.section.role in _CITED and not (
            study and sentence.section.role is SectionRole.METHODS
        ):
            entry = {**entry, "study": TODO}
            confidence = Confidence.LOW
        yield DraftEntry(
            entry=entry, place=sentence.place, sources=(mention, *others),
            confidence=lowest_confidence(confidence, mention.confidence),
        )  # fmt: skip


_Made = tuple[dict[str, Any], tuple[Mention, ...], Confidence]


def _printed(mention: Mention, unit: re.Pattern[str]) -> str:
    """The number as printed, with its hedge and without its unit; halves in words in digits."""
    text = " ".join(unit.sub("", mention.text).split())
    return mention.value.rpartition(" ")[0] if _HALF.search(text) else text


def _linked(
    sentence: Sentence, mention: Mention, known: tuple[str, ...], kind: MentionKind
) -> Mention | None:
    """The endpoint whose value a number is: before it, with a link and no other number between."""
    near = sentence.starting(MentionKind.ENDPOINT, mention.start - _NEAR - _LONGEST, mention.start)
    before = [
        each for each in near if each.value in known and 0 <= mention.start - each.end <= _NEAR
    ]
    if not before:
        return None
    last = before[-1]
    between = sentence.text[last.end - sentence.start : mention.start - sentence.start]
    numbers = sentence.starting(kind, last.end, mention.start)
    return last if not numbers and _VALUE_OF.fullmatch(between) else None


def _limits_before(sentence: Sentence, mention: Mention) -> tuple[str, str]:
    """Whether a number is the limits of another: the key of a claim, and the level."""
    for key, pattern in _LIMITS.items():
        if found := pattern.search(sentence.before(mention)):
            return key, found.groupdict().get("level") or ""
    return "", ""


def _limits_after(sentence: Sentence, mention: Mention) -> tuple[dict[str, Any], list[Mention]]:
    """The limits that follow a number before the next number of its kind."""
    keys: dict[str, Any] = {}
    sources = []
    each: Mention | None = mention
    while each and (each := sentence.first_from(each.start + 1, mention.kind)):
        key, level = _limits_before(sentence, each)
        number = re.fullmatch(r"([0-9.]+)-([0-9.]+)(?: \w+)?", each.value)
        if not key or not number or key in keys:
            break
        keys[key] = f"{number[1]} to {number[2]}"
        keys.update({"level": f"{level} %"} if level else {})
        sources.append(each)
    return keys, sources


def _at(sentence: Sentence, mention: Mention) -> Mention | None:
    """The endpoint that a time is part of the name of: the 10-year PFS."""
    following = sentence.first_from(mention.end, MentionKind.ENDPOINT)
    if following is None:
        return None
    between = sentence.text[mention.end - sentence.start : following.start - sentence.start]
    return following if _RATE_AT.fullmatch(between) else None


def _duration(sentence: Sentence, mention: Mention) -> _Made | None:
    unit = mention.value.rpartition(" ")[2]
    text = _printed(mention, _UNIT)
    if _limits_before(sentence, mention)[0] or _at(sentence, mention):
        return None
    endpoint = _linked(sentence, mention, _TIMES, MentionKind.DURATION)
    if endpoint is None:
        phrases = [
            each for each in sentence.starting(
                MentionKind.DATE_PHRASE, mention.start - _LONGEST, mention.start + 1)
            if mention.end <= each.end
        ]  # fmt: skip
        side, event = next(filter(None, (origin_of(sentence, each) for each in phrases)), ("", ""))
        ends = {"after": (event, TODO), "before": (TODO, event)}.get(side, (TODO, TODO))
        entry = {"interval": text, "unit": unit, "from": ends[0], "to": ends[1]}
        return entry, (), Confidence.LOW
    entry = {endpoint.value: text, "unit": unit}
    others: tuple[Mention, ...] = (endpoint,)
    if endpoint.value in _OF_A_LINE:
        lines = sentence.of(MentionKind.LINE)
        entry["line"] = lines[0].value if len(lines) == 1 else TODO
        others += lines if len(lines) == 1 else ()
    printed = endpoint.text
    if _MEDIAN.search(sentence.before(endpoint)) or re.match(r"(?:median|m(?=[A-Z]))", printed):
        entry["statistic"] = "median"
    keys, sources = _limits_after(sentence, mention)
    return {**entry, **keys}, (*others, *sources), Confidence.MEDIUM


def _times_of(sentence: Sentence, rate: Mention) -> list[Mention]:
    """The times that are part of the name of a rate: after the endpoint before it."""
    before = sentence.last_until(rate.start, MentionKind.ENDPOINT)
    begin = before.start if before else sentence.start
    between = sentence.starting(MentionKind.DURATION, begin, rate.start)
    return [each for each in between if _at(sentence, each) == rate]


def _percentage(sentence: Sentence, mention: Mention) -> _Made | None:
    if _limits_before(sentence, mention)[0]:
        return None
    text = _printed(mention, _PERCENT).replace("%", "").removesuffix(" of")
    keys, sources = _limits_after(sentence, mention)
    rate = _linked(sentence, mention, tuple(BY_NAME), MentionKind.PERCENTAGE)
    times = _times_of(sentence, rate) if rate else []
    if rate is not None and len(times) == 1:
        at = times[0].value
        entry = {"rate": text, "of": rate.value, "at": at, **keys}
        return entry, (rate, times[0], *sources), Confidence.MEDIUM
    endpoint = _linked(sentence, mention, _RATES, MentionKind.PERCENTAGE)
    about = endpoint.value if endpoint else change_of(sentence, mention) or TODO
    entry = {"percent": text, "about": about, **keys}
    return entry, (*((endpoint,) if endpoint else ()), *sources), Confidence.MEDIUM


_SHARE = re.compile(r"(?P<name>[^:]+): (?:TPS |CPS )?(?P<number>[<>≤≥]?\s?[0-9.–-]+) ?%")


def _biomarker(_sentence: Sentence, mention: Mention) -> _Made | None:
    """The percentage of a marker: Ki-67 of 18 %."""
    found = _SHARE.fullmatch(mention.value)
    if found is None:
        return None
    return {"percent": found["number"], "about": found["name"]}, (), Confidence.MEDIUM


def _dose(sentence: Sentence, mention: Mention) -> _Made:
    """A dose of a study: of the last drug before it, if no other dose is between."""
    drug = sentence.last_until(mention.start, MentionKind.DRUG)
    dose = sentence.last_until(mention.start, MentionKind.DOSE)
    own = drug is not None and mention.start - drug.end <= _NEAR // 2
    own = own and not (drug and dose and dose.start > drug.end)
    number, _, unit = mention.value.rpartition(" ")
    if mention.value.startswith("AUC "):
        number, unit = mention.value.removeprefix("AUC "), "AUC"
    about = drug.value if own and drug else TODO
    entry = {"dose": number.replace("-", "–"), "unit": unit, "about": about}
    return entry, (drug,) if own and drug else (), Confidence.LOW


def _size(_sentence: Sentence, mention: Mention) -> _Made:
    number, _, unit = mention.value.rpartition(" ")
    return {"size": number, "unit": unit, "about": TODO}, (), Confidence.HIGH


def _grade(sentence: Sentence, mention: Mention) -> _Made | None:
    if len(sentence.of(MentionKind.TOXICITY)) == 1 and mention.value.isdigit():
        return None  # it is the grade of that event
    printed = mention.text.split()[-1]
    return {"grade": printed, "about": TODO}, (), Confidence.MEDIUM


def _response(sentence: Sentence, mention: Mention) -> _Made | None:
    """A response outside the section on the case, where it is an event's."""
    if sentence.section.role is SectionRole.CASE or mention.value not in LABELS:
        return None
    if sentence.is_negated(mention):
        return None
    return {"response": mention.value, "of": TODO}, (), Confidence.MEDIUM


def _age(_sentence: Sentence, mention: Mention) -> _Made:
    number, _, unit = mention.value.rpartition(" ")
    return {"age": number, "unit": unit, "about": "age", "of": TODO}, (), Confidence.MEDIUM


def _nothing(sentence: Sentence, mention: Mention) -> None:
    """No claim."""


_Reader = Callable[[Sentence, Mention], _Made | None]
_READERS: dict[MentionKind, _Reader] = {
    MentionKind.DURATION: _duration,
    MentionKind.PERCENTAGE: _percentage,
    MentionKind.SIZE: _size,
    MentionKind.GRADE: _grade,
    MentionKind.RESPONSE: _response,
    MentionKind.AGE: _age,
    MentionKind.BIOMARKER: _biomarker,
}
_OF_A_STUDY: dict[MentionKind, _Reader] = {  # a group of patients has no response of one scan
    MentionKind.DOSE: _dose,
    MentionKind.RESPONSE: _nothing,
}
