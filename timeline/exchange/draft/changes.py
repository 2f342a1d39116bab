"""The change of the targets in percent that a sentence on a scan prints."""

from __future__ import annotations

import re

import attrs

from timeline.exchange.draft.entries import TODO, DraftEntry, Sentence, lowest_confidence
from timeline.record.event_parts.percent_change import REFERENCES, percent_change
from timeline.report_text import Confidence, Mention, MentionKind

_BEFORE, _AFTER = 60, 100  # characters around a percentage
_DIRECTIONS = (  # the sign, and words for a change of size before or after the number
    ("-", r"decreas\w*|reduc\w+|shr[aiu]nk\w*|regress\w*|smaller|declin\w*"),
    ("+", r"increas\w*|gr[eo]w\w*|larger|enlarg\w*|expan[ds]\w*"),
)
_SIZE = re.compile(
    r"\b(?:targets?|lesions?|tumou?rs?|mass(?:es)?|metastas[ei]s|nodules?|diameters?|sum|size)\b",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(  # what else of a patient falls and rises
    r"\b(?:CA|CEA|PSA|AFP|LDH|SUV\w*|uptake|volumes?|density|markers?|levels?|doses?)\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(rf"\b(?:{'|'.join(REFERENCES)})\b", re.IGNORECASE)


def with_change(scan: DraftEntry, sentence: Sentence) -> DraftEntry:
    """The only scan of a sentence with the change in percent that it prints."""
    found = _printed_change(sentence)
    if found is None:
        return scan
    change, remark, percentage = found
    return attrs.evolve(
        scan,
        entry={**scan.entry, "change": change},
        sources=(*scan.sources, percentage),
        confidence=lowest_confidence(scan.confidence, Confidence.MEDIUM),
        remark="; ".join(filter(None, (scan.remark, remark))),
    )


_OF_WHAT = re.compile(  # what changed, where it is no diameter
    r"(?P<what>(?:tumou?r\s+)?volumes?|density|SUV(?:max|mean)?|LDH|PSA|AFP|CEA|CA[\s-]?[0-9]{2,3}(?:-[0-9])?)"
    r"\b[^.;,]{0,30}$",
    re.IGNORECASE,
)
_OTHER_DIRECTIONS = {"-": "decrease", "+": "increase"}


def change_of(sentence: Sentence, percentage: Mention) -> str:
    """What a percentage is of, if it is no change of diameters: increase of tumor volume."""
    before = sentence.before(percentage)[-_BEFORE:]
    sign = _sign(before, _after(sentence, percentage)[: _AFTER // 3])
    led = re.split(r"\b(?:by|of)\s*$", before)[0]
    found = list(_OF_WHAT.finditer(led))
    what = found[-1]["what"] if found else ""
    return f"{_OTHER_DIRECTIONS[sign]} of {' '.join(what.split())}" if sign and what else ""


def _printed_change(sentence: Sentence) -> tuple[str, str, Mention] | None:
    """The value of ``change``, what a person has to decide, and the percentage.

    ``TODO`` where the sentence does not name baseline or nadir. None where it prints no such
    change, or more than one.
    """
    if not _SIZE.search(sentence.text):
        return None
    found = [(each, sign) for each in sentence.of(MentionKind.PERCENTAGE)
             if (sign := _direction(sentence, each))]  # fmt: skip
    if len(found) != 1:
        return None
    percentage, sign = found[0]
    printed = f"{sign}{percentage.value} %"
    try:
        percent_change(printed)
    except ValueError:
        return None
    named = {each.lower() for each in _REFERENCE.findall(_after(sentence, percentage))}
    if len(named) == 1:
        return f"{printed} from {named.pop()}", "", percentage
    return TODO, f"change: {printed} from {' or from '.join(REFERENCES)}", percentage


def _after(sentence: Sentence, mention: Mention) -> str:
    return sentence.text[mention.end - sentence.start :][:_AFTER]


def _direction(sentence: Sentence, mention: Mention) -> str:
    """The sign of the word for a change that is nearest to a percentage; empty for none."""
    before, after = sentence.before(mention)[-_BEFORE:], _after(sentence, mention)[: _AFTER // 3]
    if _NO_SIZE.search(before) or _NO_SIZE.search(after):
        return ""
    return _sign(before, after)


def _sign(before: str, after: str) -> str:
    distances = []
    for sign, words in _DIRECTIONS:
        lead = re.search(rf"\b(?:{words})\b([^0-9;]*)$", before, re.IGNORECASE)
        follow = re.match(rf"([^0-9;,]*?)\b(?:{words})\b", after, re.IGNORECASE)
        distances += [(len(each[1]), sign) for each in (lead, follow) if each]
    return min(distances)[1] if distances else ""
