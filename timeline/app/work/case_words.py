"""The words of a case that its report prints: sex, diagnosis, sites, kinds of imaging.

They are marked where the text has them, and not looked up: a report has many words for one site, so
that one which is not found is no fault of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.grounding.text_index import Found, TextIndex
from timeline.record.case import Case
from timeline.record.events import field_values
from timeline.report_text import MentionKind, mentions

_OF_PATIENT = ("diagnosis", "site")
_OF_EVENTS = ("site", "modality", "new", "equivocal")
_APART = re.compile(r"[;,]|\bother:|\band\b")
_WORD = re.compile(r"[^\W\d_]{5,}")
_SIDES = frozenset(  # words that name no site or disease alone
    ("right", "left", "upper", "lower", "primary", "metastatic", "multiple", "lesion", "lesions")
)


def case_words(case: Case, index: TextIndex) -> Iterator[tuple[Found, str]]:
    """Each part of the text that prints such words of the case, and what it is in the file.

    A phrase of several words that the text does not print is marked word by word.
    """
    for words, about in _texts(case):
        for found in _printed(words, index):
            if not index.places.references.contains(found.start):
                yield found, about
    for each in mentions(index.report.text) if case.patient.sex else ():
        if each.kind is MentionKind.SEX and each.value == case.patient.sex:
            yield Found(each.start, each.end), f"sex {each.value}"


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    for name in _OF_PATIENT:
        for words in _split(getattr(case.patient, name)):
            yield words, f"{name} {words}"
    for event in case.events:
        values = field_values(event)
        for name in _OF_EVENTS:
            for words in _split(values.get(name)):
                yield words, f"{event.label}: {name} {words}"


def _split(value: object) -> Iterator[str]:
    texts = value if isinstance(value, tuple) else (value or "",)
    for text in texts:
        yield from (part.strip() for part in _APART.split(str(text)) if part.strip())


def _printed(words: str, index: TextIndex) -> list[Found]:
    if whole := index.phrase(words):
        return whole
    long = (each for each in _WORD.findall(words) if each.lower() not in _SIDES)
    return [found for each in long for found in index.phrase(each)]
