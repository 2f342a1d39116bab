"""Dates of a draft that count from another event: after so many cycles, months after surgery."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from timeline.exchange.draft.entries import TODO, DraftEntry, Sentence
from timeline.report_text import Mention

_CYCLES = re.compile(r"after (?:the )?(?P<numbers>[0-9]+(?:[, ]+(?:and |or )?[0-9]+)*) "
                     r"(?:cycles?|courses?)$", re.IGNORECASE)  # fmt: skip
_FROM = re.compile(
    r"(?P<time>(?:about |over )?[0-9]+(?:\.[0-9]+)?[- ](?:days?|weeks?|months?|years?))"
    r" (?P<side>after|before|following|post|from) ?$"
)
_EVENT = re.compile(
    r"\s*(?:the\s+|her\s+|his\s+|initial\s+|primary\s+)*"
    r"(?P<kind>surgery|operation|resection|diagnosis|radiotherapy|ablation|biopsy)\b",
    re.IGNORECASE,
)
_KINDS = {"operation": "surgery", "resection": "surgery"}
_COUNTED = re.compile(r"(?P<time>.+) (?P<side>after|before) (?P<kind>[a-z]+)$")


def by_cycles(phrase: Mention) -> list[str]:
    """``after 3, 7 and 11 courses`` as dates of a case; none for another phrase."""
    found = _CYCLES.fullmatch(phrase.value)
    numbers = re.findall(r"[0-9]+", found["numbers"]) if found else []
    return [f"after cycle {number} of line {TODO}" for number in numbers]


def origin_of(sentence: Sentence, phrase: Mention) -> tuple[str, str] | None:
    """The side and the event that a phrase counts from: ``after`` and ``surgery``."""
    found = _FROM.fullmatch(phrase.value)
    event = _EVENT.match(sentence.text[phrase.end - sentence.start :]) if found else None
    if not found or not event:
        return None
    kind = event["kind"].lower()
    side = "before" if found["side"] == "before" else "after"
    return side, _KINDS.get(kind, kind)


def counted_from(sentence: Sentence, phrase: Mention) -> str:
    """``18 months after surgery`` where those words follow a phrase; else empty."""
    found, origin = _FROM.fullmatch(phrase.value), origin_of(sentence, phrase)
    return f"{found['time'].replace('-', ' ')} {' '.join(origin)}" if found and origin else ""


def settled(events: Sequence[DraftEntry]) -> Iterator[DraftEntry]:
    """The events with ``TODO`` for each time that counts from an event which is none or several."""
    kinds = Counter(next(iter(each.entry)) for each in events)
    for event in events:
        kind, when = next(iter(event.entry.items()))
        parts = str(when).split("/")
        counted = [found for part in parts if (found := _COUNTED.fullmatch(part))]
        unsettled = [
            found[0] for found in counted if kinds[found["kind"]] != 1 or found["kind"] == kind
        ]
        if not unsettled:
            yield event
            continue
        text = "/".join(TODO if part in unsettled else part for part in parts)
        remark = f"dated by: {unsettled[0]}"
        yield attrs.evolve(
            event, entry={**event.entry, kind: text},
            remark="; ".join(filter(None, (event.remark, remark))),
        )  # fmt: skip


def settled_claims(
    claims: Sequence[DraftEntry], events: Sequence[DraftEntry]
) -> Iterator[DraftEntry]:
    """The claims with ``TODO`` for a start or an end at an event which is none or several."""
    kinds = Counter(next(iter(each.entry)) for each in events)
    for claim in claims:
        entry = {
            key: TODO if key in ("from", "to") and value != TODO and kinds[value] != 1 else value
            for key, value in claim.entry.items()
        }
        yield attrs.evolve(claim, entry=entry)
