"""The rows of the tables as regular expressions: patterns, word lists, endings of drug names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

import attrs

from timeline.core.data_tables import DataRow, data_rows
from timeline.core.printed_numbers import HEDGES
from timeline.core.quantities import UNIT_OF
from timeline.core.text.number_words import AND_A_HALF, NUMBER_WORDS
from timeline.core.text.word_pattern import any_of
from timeline.report_text.mention import Confidence, MentionKind
from timeline.terminology.drug_names import regimens
from timeline.terminology.drugs import drug_table

_MONTHS = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?",
    "aug(?:ust)?", "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip


def _in_any_case(words: Iterable[str]) -> str:
    return any_of(word.lower() for word in words)


WORDS = {word: number for word, number in NUMBER_WORDS.items() if number > 0}  # not none, no
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:[.·][0-9]{1,9})?|[0-9]{1,9}(?:[.·][0-9]{1,9})?"
_WORD = rf"{_in_any_case(WORDS)}\b"
_NUMBER = rf"(?:(?:{_DIGITS}|{_WORD})(?:{AND_A_HALF}(?!\w))?)"
_UP_TO = r"\s?(?:%\s?)?(?:–|-|—|−|~|to\b|or\b)\s?"
_DOSES = [
    spelling
    for spelling, unit in UNIT_OF.items()
    if unit.measures.startswith(("dose", "absorbed")) and spelling not in ("AUC", "auc")
]
PARTS = {  # what {NAME} in a pattern of the table means
    "GAP": r"\s{1,4}",
    "SP": r"\s{0,4}",
    "MONTH": rf"(?:(?:{'|'.join(_MONTHS)})(?:\b|(?=[0-9]))\.?)",
    "YEAR": r"(?:19|20)[0-9]{2}",
    "DAY": r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?",
    "N": _NUMBER,
    "NUMBER": _NUMBER,
    "AMOUNT": rf"(?P<low>{_NUMBER})(?:{_UP_TO}(?P<high>{_NUMBER}))?",
    "DOSE_UNIT": _in_any_case(_DOSES),
}
_HEDGE_WORDS = [word for hedge in HEDGES for word in hedge.words]
HEDGE_BEFORE = re.compile(
    rf"(?:(?<!\w)|(?=[^\w\s]))(?P<hedge>{_in_any_case(_HEDGE_WORDS)})\s{{0,3}}$", re.IGNORECASE
)
HEDGE_WITHIN = max(map(len, _HEDGE_WORDS)) + 5  # characters: with blanks, and one before it
_PART = re.compile(r"\{([A-Z_]+)\}")
_AT_WORD = r"(?<!\w)"
_AT_NUMBER = "{AMOUNT}"  # what a pattern that begins with a number begins with
_NAME = re.compile(r"\(\?P<\w+>")


@attrs.frozen
class Pattern:
    """A row of ``mention_patterns.csv``.

    ``at_number``: whether it begins with a number, so that it is tried at numbers only.
    ``finds``: examples, each with the values that it gives. ``passes``: texts without it.
    """

    name: str
    kind: MentionKind
    regex: re.Pattern[str]
    before: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None
    confidence: Confidence
    at_number: bool
    finds: tuple[tuple[str, str], ...]
    passes: tuple[str, ...]
    source: str


def _regex(text: str) -> re.Pattern[str]:
    text = _PART.sub(lambda found: PARTS[found[1]], text)
    if text.startswith(_AT_WORD):  # the same, and it fails at once where no word begins
        text = rf"\b(?=\w){text.removeprefix(_AT_WORD)}"
    return re.compile(text, re.IGNORECASE)


def _example(text: str) -> tuple[str, str]:
    printed, _, value = text.partition("=>")
    return printed.strip(), value.strip()


def _pattern(row: DataRow) -> Pattern:
    text = row.text("pattern")
    return Pattern(
        name=row.text("name"),
        kind=row.required("kind", MentionKind),
        regex=row.required("pattern", _regex),
        before=row.optional("before", _regex),
        unless_before=row.optional("unless_before", _regex),
        confidence=row.required("confidence", Confidence),
        at_number=text.startswith(_AT_NUMBER),
        finds=tuple(map(_example, row.texts("finds"))),
        passes=row.texts("passes"),
        source=row.text("source"),
    )


@functools.cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns in the order of the table; where two overlap, the first decides."""
    return tuple(map(_pattern, data_rows("mention_patterns")))


@functools.cache
def number_start() -> re.Pattern[str]:
    """The places at which one of the patterns that begin with a number fits.

    Most numbers of a table of figures have no unit: one search leaves them out, in place of one
    for each pattern.
    """
    texts = (row.text("pattern") for row in data_rows("mention_patterns"))
    after = "|".join(each.removeprefix(_AT_NUMBER) for each in texts if each.startswith(_AT_NUMBER))
    text = _PART.sub(lambda found: PARTS[found[1]], f"{_AT_NUMBER}(?:{after})")
    fits = _NAME.sub("(?:", text)
    return re.compile(rf"(?<![\w.,·])(?=[0-9]|{_WORD})(?={fits})", re.IGNORECASE)


@attrs.frozen
class WordRow:
    """What the words of a row of ``mention_words.csv`` mean."""

    value: str
    confidence: Confidence


@attrs.frozen
class WordList:
    """The words of one kind. Those written exactly as in the table are separate from the others."""

    kind: MentionKind
    regex: re.Pattern[str]
    exact: Mapping[str, WordRow]
    any_case: Mapping[str, WordRow]

    def row_of(self, words: str) -> WordRow:
        """What the words of a match mean."""
        plain = " ".join(words.split())
        return self.exact.get(plain) or self.any_case[plain.lower()]


_SPACE = r"\s{1,4}"  # also a line break within words


def _list_of(
    kind: MentionKind, exact: dict[str, WordRow], any_case: dict[str, WordRow]
) -> WordList:
    parts = [f"(?i:{any_of(any_case, _SPACE)})"] if any_case else []
    parts += [any_of(exact, _SPACE)] if exact else []
    regex = re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w]|-[0-9])")
    return WordList(kind, regex, exact, any_case)


@functools.cache
def word_lists() -> tuple[WordList, ...]:
    """The word lists, one for each kind; that of drugs contains the table of drugs."""
    exact: dict[MentionKind, dict[str, WordRow]] = {}
    any_case: dict[MentionKind, dict[str, WordRow]] = {}
    for drug in drug_table().values():
        for spelling in (drug.name, *drug.also):
            row = WordRow(drug.name, Confidence.HIGH)
            any_case.setdefault(MentionKind.DRUG, {})[spelling.lower()] = row
    for data in data_rows("synonyms"):
        if data.text("topic") == "drug":
            for spelling in (data.text("name"), *data.texts("also")):
                row = WordRow(data.text("name"), Confidence.HIGH)
                any_case[MentionKind.DRUG].setdefault(spelling.lower(), row)
        if data.text("topic") == "tumour":
            for spelling in (data.text("name"), *data.texts("also")):
                row = WordRow(data.text("name"), Confidence.MEDIUM)
                if spelling.islower() or " " in spelling:
                    any_case.setdefault(MentionKind.TUMOUR, {})[spelling.lower()] = row
                else:  # an abbreviation: NET is no net
                    exact.setdefault(MentionKind.TUMOUR, {})[spelling] = row
    for spelling, regimen in regimens().items():
        exact.setdefault(MentionKind.REGIMEN, {})[spelling] = WordRow(regimen.name, Confidence.HIGH)
    for data in data_rows("ctcae"):
        for spelling in (data.text("term"), *data.texts("also")):
            row = WordRow(data.text("term"), Confidence.MEDIUM)
            any_case.setdefault(MentionKind.TOXICITY, {})[spelling.lower()] = row
    for data in data_rows("mention_words"):
        kind = data.required("kind", MentionKind)
        row = WordRow(data.text("value"), data.required("confidence", Confidence))
        for word in data.texts("words"):
            if data.text("case") == "exact":
                exact.setdefault(kind, {})[word] = row
            else:
                any_case.setdefault(kind, {}).setdefault(word.lower(), row)
    kinds = dict.fromkeys((*any_case, *exact))
    return tuple(_list_of(kind, exact.get(kind, {}), any_case.get(kind, {})) for kind in kinds)


@functools.cache
def stem_pattern() -> re.Pattern[str]:
    """A word of at least six letters with the ending of a class of drugs."""
    stems = "|".join(sorted((row.text("stem") for row in data_rows("drug_stems")), key=len)[::-1])
    return re.compile(rf"(?<![\w-])[A-Za-z]{{2,20}}(?P<stem>{stems})(?![\w])", re.IGNORECASE)
