"""Draft events of findings: biomarkers, the stage at diagnosis, changes of a dose."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import Any

from timeline.exchange.draft.entries import TODO, DraftEntry, Sentence, lowest_confidence
from timeline.exchange.draft.event_dates import EventDate, date_text, event_date
from timeline.report_text import Confidence, Mention, MentionKind

_NEGATIVE = re.compile(
    r"[^.;]{0,60}?\b(?:negative|absent|not\s+(?:detected|found|identified|seen)|undetect\w+)\b",
    re.IGNORECASE,
)
_REASONS = (  # words of a sentence, and the reason for a change that they state
    (re.compile(r"\b(?:progression|progressive disease)\b", re.IGNORECASE), "progression"),
    (re.compile(r"\b(?:toxicity|adverse|side effects?|intoleran\w+|grade)\b", re.IGNORECASE),
     "toxicity"),
)  # fmt: skip


def biomarkers(sentence: Sentence) -> Iterator[DraftEntry]:
    """A biomarker for each marker of a sentence, with its result as printed."""
    for marker in sentence.of(MentionKind.BIOMARKER):
        if sentence.is_negated(marker):
            continue
        name, _, result = marker.value.partition(": ")
        when = event_date(sentence, marker)
        after = sentence.text[marker.end - sentence.start :]
        remark = when.remark
        printed = result.startswith(("positive", "negative", "wild-type"))
        if not printed and _NEGATIVE.match(
            after
        ):  # what was looked for and not found is not its result
            remark = "; ".join(filter(None, (remark, f"result: {result}, or its absence")))
            result = TODO
        for each in name.split(" and "):  # estrogen and progesterone receptor-positive
            yield DraftEntry(
                entry={"biomarker": when.text, "name": each, "result": result},
                place=sentence.place, sources=(marker, *when.sources), remark=remark,
                confidence=lowest_confidence(when.confidence, marker.confidence),
            )  # fmt: skip


_DIAGNOSED = re.compile(
    r"\bdiagnosed\s+(?:with|as|as\s+having|to\s+have)\b|\bfound\s+to\s+have\b|\bdiagnosis\s+(?:of|was|:)",
    re.IGNORECASE,
)
_WAS_DIAGNOSED = re.compile(r"[^.;]{0,60}?\b(?:was|were)\s+(?:\w+\s+)?diagnosed\b", re.IGNORECASE)


def diagnoses(sentence: Sentence) -> Iterator[DraftEntry]:
    """The diagnosis of a tumour, with the stage if the sentence prints it."""
    found = [each for each in sentence.of(MentionKind.STAGE) if not sentence.is_negated(each)]
    tumours = sentence.of(MentionKind.TUMOUR)
    diagnosed = [each for each in tumours if _is_diagnosed(sentence, each)]
    if not found and not diagnosed:
        yield from _dated_diagnoses(sentence, tumours)
        return
    tumours = tuple(diagnosed) or tumours
    first = found[0] if found else tumours[0]
    when = event_date(sentence, first)
    what: dict[str, Any] = {"what": tumours[0].text.lower()} if tumours else {}
    if found:
        what["stage"] = ", ".join(dict.fromkeys(each.value for each in found))
    yield DraftEntry(
        entry={"diagnosis": when.text, **what}, place=sentence.place,
        sources=(*found, *tumours[:1], *when.sources), remark=when.remark,
        confidence=lowest_confidence(when.confidence, Confidence.MEDIUM),
    )  # fmt: skip


_DIAGNOSIS = re.compile(r"\bdiagnos(?:ed|is)\b", re.IGNORECASE)
_NOT_OWN = re.compile(  # a diagnosis that is sought, or that only dates something else
    r"\b(?:differential|patients|at|since|after|before|until|from|for|of|no)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_OF_A_TUMOUR = re.compile(
    r"\s*(?:with|of|as|to\s+have)\b[^.;]*?"
    r"(?:oma|cancer|tumou?r|neoplas\w+|malignan\w+|leuka?emia)s?\b",
    re.IGNORECASE,
)
_DATE_OF = re.compile(r"\bdate\s+of\s+(?:\w+\s+)?$", re.IGNORECASE)
_TO_ITS_DATE = re.compile(r"(?!\s*(?:with|of|as|to\s+have)\b)[^.;]{0,40}", re.IGNORECASE)
_FROM_ITS_DATE = re.compile(r",?\s+(?:the|a|an|his|her)\s+(?:[\w-]+\s+){0,2}", re.IGNORECASE)


_SPOKEN_OF = 120  # characters before a diagnosis, or after it, in which its words are


def _dated_diagnoses(sentence: Sentence, tumours: Sequence[Mention]) -> Iterator[DraftEntry]:
    """A diagnosis that names no tumour of the lists, with the date that is next to the word."""
    own = [each for each in tumours if not sentence.is_negated(each)]
    for word in _DIAGNOSIS.finditer(sentence.text):
        before = sentence.text[max(0, word.start() - _SPOKEN_OF) : word.start()]
        if _NOT_OWN.search(_DATE_OF.sub("", before)):
            continue
        start = sentence.start + word.start()
        at = bisect.bisect_left(sentence.dates, start, key=lambda each: each.start)
        for date in sentence.dates[max(0, at - 1) : at + 1]:
            if _dates(sentence, date, word):
                what = {"what": own[0].text.lower()} if own else {}
                yield DraftEntry(
                    entry={"diagnosis": date_text(date), **what}, place=sentence.place,
                    sources=(*own[:1], date),
                    confidence=lowest_confidence(date.confidence, Confidence.MEDIUM),
                )  # fmt: skip
                return


def _dates(sentence: Sentence, date: Mention, word: re.Match[str]) -> bool:
    """Whether a date is that of a diagnosis: the words between say so."""
    start, end = date.start - sentence.start, date.end - sentence.start
    if end <= word.start():
        between = sentence.text[max(end, word.start() - _SPOKEN_OF) : word.start()]
        return bool(_FROM_ITS_DATE.fullmatch(between))
    between = sentence.text[word.end() : min(start, word.end() + _SPOKEN_OF)]
    if start - word.end() > len(between):
        return False
    return bool(_TO_ITS_DATE.fullmatch(between) or _OF_A_TUMOUR.match(between))


def _is_diagnosed(sentence: Sentence, tumour: Mention) -> bool:
    """Whether a sentence states that this patient's tumour was diagnosed."""
    if sentence.is_negated(tumour):
        return False
    before, after = sentence.before(tumour), sentence.text[tumour.end - sentence.start :]
    led = [
        each for each in _DIAGNOSED.finditer(before) if not _EARLIER.search(before[: each.start()])
    ]
    return bool(led or _WAS_DIAGNOSED.match(after))


_EARLIER = re.compile(
    r"\b(?:after|since|before|patients|history\s+of)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
_SHOWN = re.compile(
    r"\b(?:develop\w*|present\w*\s+with|show\w*|reveal\w*|found|diagnosed\s+with|with|had"
    r"|suspected|detect\w*|observ\w*|identif\w*|demonstrat\w*|and)\b(?:\s+[\w-]+,?){0,8}\s*$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(  # what is done to them, or what they are compared with
    r"\b(?:(?:of|for|in|from|to|on|after|against)\s+(?:(?:the|his|her|all|these|multiple|known"
    r"|bilateral|other|remaining)\s+)*|treat\w*\s+(?:[\w-]+\s+){0,3})$",
    re.IGNORECASE,
)
_WERE_SHOWN = re.compile(
    r"[^.;]{0,90}?\b(?:was|were)\s+(?:\w+\s+)?(?:found|detected|observed|seen|diagnosed|confirmed"
    r"|suspected|identified|revealed|noted)\b|\s+(?:appeared|occurred|developed)\b",
    re.IGNORECASE,
)
_KNOWN_BEFORE = ("CR", "PR", "SD", "shrunk", "stable", "absent")
_WENT = re.compile(  # metastases that were there before, and changed
    r"[^.;]{0,40}?\b(?:disappear|shr[aiu]nk|decreas|reduc|regress|resolv|stable|unchanged|progress|grow"
    r"|grew|increas|enlarg|resect|excised|irradiat|respon|remain|necro)",
    re.IGNORECASE,
)


def metastases(sentence: Sentence) -> Iterator[DraftEntry]:
    """The metastases that a sentence states were found, by their date: one entry with the sites."""
    if any(each.value in _KNOWN_BEFORE for each in sentence.of(MentionKind.RESPONSE)):
        return  # what a response is of was there before
    sites: dict[str, tuple[EventDate, list[Mention]]] = {}
    for each in sentence.of(MentionKind.METASTASIS):
        before, after = sentence.before(each), sentence.text[each.end - sentence.start :]
        shown = _SHOWN.search(before) and not _OF_THEM.search(before)
        if sentence.is_negated(each) or _WENT.match(after):
            continue
        if shown or (_WERE_SHOWN.match(after) and not _OF_THEM.search(before)):
            when = event_date(sentence, each)
            sites.setdefault(when.text, (when, []))[1].append(each)
    for when, found in sites.values():
        names = [*dict.fromkeys(name for each in found for name in each.value.split(" and "))]
        yield DraftEntry(
            entry={"metastasis": when.text, "site": names[0] if len(names) == 1 else names},
            place=sentence.place, sources=(*found, *when.sources), remark=when.remark,
            confidence=lowest_confidence(when.confidence, *(each.confidence for each in found)),
        )  # fmt: skip


_NEAR = 90  # characters before a change in which its subject is
_OF_TREATMENT = re.compile(
    r"\b(?:\w*therap(?:y|ies)|treatments?|dos(?:e|es|age|ing)|drugs?|medications?|administration|it"
    r"|infusions?|injections?|regimens?|cycles?|[A-Z][\w-]*-[0-9]+|\w+(?:mab|n[ai]b|platin|taxel|abine"
    r"|parib|limus|ciclib|rubicin|tecan|mide))\b|^\s*(?:a\s+)?$",
)


def changes(sentence: Sentence) -> Iterator[DraftEntry]:
    """Each hold, resumption and reduction of a dose that a sentence states."""
    changed = sentence.of(MentionKind.CHANGE)
    reasons = [word for form, word in _REASONS if changed and form.search(sentence.text)]
    refusable = sorted(each for kind in _REFUSABLE for each in sentence.of(kind)) if changed else []
    for change in changed:
        if change.value == "treatment refused":
            yield from _refused(sentence, change, refusable)
            continue
        if sentence.is_negated(change) or not _OF_TREATMENT.search(
            sentence.before(change)[-_NEAR:]
        ):
            continue
        when = event_date(sentence, change)
        entry: dict[str, Any] = {change.value: when.text, "line": TODO}
        sources: list[Mention] = [change, *when.sources]
        if change.value != "dose resumed" and len(reasons) == 1:
            entry["reason"] = reasons[0]
        yield DraftEntry(
            entry=entry, place=sentence.place, sources=tuple(sources), remark=when.remark,
            confidence=lowest_confidence(when.confidence, change.confidence),
        )  # fmt: skip


_REFUSABLE = (MentionKind.THERAPY, MentionKind.DRUG, MentionKind.REGIMEN, MentionKind.PROCEDURE)
_TO_REFUSE = re.compile(
    r"(?:\s+(?!after|before|from|to|by|during|with|on|in|until)[\w-]+){0,4}?\s+"
    r"(?:to\s+(?:undergo|receive)\s+)?$"
)
_WAS_REFUSED = re.compile(r"(?:\s+[\w-]+){0,5}\s+(?:was|were)\s+(?:\w+\s+)?$")


_MOST_WORDS = 7  # that both patterns allow between a treatment and its refusal


def _refused(
    sentence: Sentence, change: Mention, refusable: Sequence[Mention]
) -> Iterator[DraftEntry]:
    """A treatment that the patient refused; nothing where a level or a rate has declined.

    Only the nearest treatments are tried: each one between has a word or more.
    """
    at = bisect.bisect_left(refusable, change.start, key=lambda each: each.start)
    for each in refusable[max(0, at - _MOST_WORDS - 1) : at + _MOST_WORDS + 1]:
        between = (change.end, each.start) if each.start >= change.end else (each.end, change.start)
        text = sentence.text[between[0] - sentence.start : between[1] - sentence.start]
        form = _TO_REFUSE if each.start >= change.end else _WAS_REFUSED
        if not form.fullmatch(text):
            continue
        when = event_date(sentence, change)
        yield DraftEntry(
            entry={"treatment refused": when.text, "what": " ".join(each.text.lower().split())},
            place=sentence.place, sources=(change, each, *when.sources), remark=when.remark,
            confidence=lowest_confidence(when.confidence, change.confidence),
        )  # fmt: skip
        return
