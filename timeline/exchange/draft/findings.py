"""Draft events of findings: biomarkers, the stage at diagnosis, changes of a dose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from timeline.exchange.draft.entries import TODO, DraftEntry, Sentence, lowest_confidence
from timeline.exchange.draft.event_dates import event_date
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
        if _NEGATIVE.match(after):  # what was looked for and not found is not its result
            remark = "; ".join(filter(None, (remark, f"result: {result}, or its absence")))
            result = TODO
        yield DraftEntry(
            entry={"biomarker": when.text, "name": name, "result": result},
            place=sentence.place, sources=(marker, *when.sources), remark=remark,
            confidence=lowest_confidence(when.confidence, marker.confidence),
        )  # fmt: skip


def stages(sentence: Sentence) -> Iterator[DraftEntry]:
    """The diagnosis with the stage that a sentence prints, and the tumour that it names."""
    found = sentence.of(MentionKind.STAGE)
    if not found or sentence.is_negated(found[0]):
        return
    tumours = sentence.of(MentionKind.TUMOUR)
    when = event_date(sentence, found[0])
    what: dict[str, Any] = {"what": tumours[0].text.lower()} if tumours else {}
    stage = ", ".join(dict.fromkeys(each.value for each in found))
    yield DraftEntry(
        entry={"diagnosis": when.text, **what, "stage": stage}, place=sentence.place,
        sources=(*found, *tumours[:1], *when.sources), remark=when.remark,
        confidence=lowest_confidence(when.confidence, Confidence.MEDIUM),
    )  # fmt: skip


def changes(sentence: Sentence) -> Iterator[DraftEntry]:
    """Each hold, resumption and reduction of a dose that a sentence states."""
    for change in sentence.of(MentionKind.CHANGE):
        if sentence.is_negated(change):
            continue
        when = event_date(sentence, change)
        entry: dict[str, Any] = {change.value: when.text, "line": TODO}
        sources: list[Mention] = [change, *when.sources]
        reasons = [word for pattern, word in _REASONS if pattern.search(sentence.text)]
        if change.value != "dose resumed" and len(reasons) == 1:
            entry["reason"] = reasons[0]
        yield DraftEntry(
            entry=entry, place=sentence.place, sources=tuple(sources), remark=when.remark,
            confidence=lowest_confidence(when.confidence, change.confidence),
        )  # fmt: skip
