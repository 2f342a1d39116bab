"""Words of a file compared with known words: in another spelling, or with one letter wrong."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from timeline.core.schema import schema_of
from timeline.core.text.spelling import one_letter_apart
from timeline.files.loader import CASE_KEYS
from timeline.record.case import LesionDeclaration, Patient
from timeline.record.events import KINDS
from timeline.report.claims import CLAIMS, Claim, Report

SHORTEST = 4  # letters of a key that may be misspelt: fewer are near too many others


@functools.cache
def joined_word(word: str) -> str:
    """A word without case, blanks, underscores and hyphens."""
    return re.sub(r"[\s_\u2010-\u2015\u2212-]+", "", word).casefold()


@functools.cache
def all_keys() -> frozenset[str]:
    """Every key of case and report files, as `joined_word` writes it."""
    classes = (*KINDS.values(), Claim, Report, Patient, LesionDeclaration)
    keys = {key for cls in classes for key in schema_of(cls)}
    return frozenset(map(joined_word, {*keys, *KINDS, *CLAIMS, *CASE_KEYS, "source", "claims"}))


def other_spelling(word: str, known: Iterable[str]) -> str:
    """The first known word that differs only in case, blanks and hyphens; empty if none does."""
    return next((each for each in known if joined_word(each) == joined_word(word)), "")


def one_letter_from(word: str, known: Iterable[str]) -> str:
    """The only known word one letter away, of a word that is no key anywhere; else empty."""
    plain = joined_word(word)
    if len(plain) < SHORTEST or plain in all_keys():
        return ""
    near = {joined_word(each): each for each in known if one_letter_apart(plain, joined_word(each))}
    return next(iter(near.values())) if len(near) == 1 else ""
