"""Whether words name a drug: by the tables of drugs, by the ending of a class, or a regimen."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from timeline.core.data_tables import data_rows
from timeline.core.frozen_class import frozen
from timeline.core.text.spelling import folded, one_letter_apart
from timeline.terminology.drugs import drug_key, drug_table

_FIRST = re.compile(r"[^\W\d_][\w-]*|[0-9]-?[A-Za-z][\w-]*")  # a word; also 5-FU
_LONGEST_NAME = 4  # words
_BEFORE = frozenset(("pegylated", "liposomal", "oral", "weekly", "then", "or"))


@frozen
class Regimen:
    """A row of ``data/regimens.csv``: a regimen with a name of its own, and its drugs."""

    name: str
    drugs: tuple[str, ...]
    source: str


@functools.cache
def regimens() -> Mapping[str, Regimen]:
    """The regimens by every spelling, as the table writes it."""
    rows = ((Regimen(row.text("name"), row.texts("drugs"), row.text("source")), row.texts("also"))
            for row in data_rows("regimens"))  # fmt: skip
    return {word: row for row, also in rows for word in (row.name, *also)}


def regimen_named(text: str) -> Regimen | None:
    """The regimen that a text names, in any case; None where it names none.

    >>> regimen_named("mfolfox6").drugs
    ('leucovorin', 'fluorouracil', 'oxaliplatin')
    """
    return _regimens_folded().get(folded(text))


@functools.cache
def _regimens_folded() -> dict[str, Regimen]:
    return {folded(word): row for word, row in regimens().items()}


def generic_names(text: str) -> frozenset[str]:
    """The drugs that a name means, each by one name: a brand or a code, or a regimen's drugs.

    Args:
        text: the name of a drug as a record has it.

    Returns:
        The generic name where the tables know one, else the name itself, folded; of a regimen
        those of its drugs.

    >>> generic_names("Glivec"), generic_names("Drug_7") == {"drug 7"}
    (frozenset({'imatinib'}), True)
    """
    regimen = regimen_named(text)
    if regimen is not None:
        return frozenset(map(drug_key, regimen.drugs))
    return frozenset((drug_key(text),))


@functools.cache
def _names() -> frozenset[str]:
    """Every spelling of every drug of the tables, folded."""
    drugs = drug_table().values()
    words = [word for drug in drugs for word in (drug.name, *drug.also)]
    words += [
        word
        for row in data_rows("mention_words")
        if row.text("kind") == "drug"
        for word in (row.text("value"), *row.texts("words"))
    ]
    words += list(regimens())
    return frozenset(map(folded, words))


LEAST_LETTERS = 6  # of a name in which one wrong letter is taken for a typing error


@functools.lru_cache(maxsize=4096)
def misspelling_of(text: str) -> str:
    """The one known drug that differs from a name by a letter; empty where there is none, or two.

    >>> misspelling_of("pembrolizumb"), misspelling_of("pembrolizumab"), misspelling_of("ADOC")
    ('pembrolizumab', '', '')
    """
    written = folded(text)
    if len(written) < LEAST_LETTERS or begins_with_known_drug(written):
        return ""
    close = {drug_key(each) for each in _names() if one_letter_apart(written, each)}
    return close.pop() if len(close) == 1 else ""


def begins_with_known_drug(text: str) -> bool:
    """Whether a text begins with a name of the tables; that of a class alone is none."""
    words = [word for word in folded(text).replace(",", " ").split() if word not in _BEFORE]
    firsts = (" ".join(words[:count]) for count in range(1, _LONGEST_NAME + 1))
    return any(each in _names() for each in firsts)


@functools.cache
def _endings() -> tuple[str, ...]:
    return tuple(row.text("stem") for row in data_rows("drug_stems"))


def begins_with_drug(text: str) -> bool:
    """Whether a text begins with the name of a drug or a regimen.

    >>> begins_with_drug("paclitaxel 175 mg/m² IV"), begins_with_drug("day 8")
    (True, False)
    """
    if begins_with_known_drug(text):
        return True
    words = [word for word in folded(text).replace(",", " ").split() if word not in _BEFORE]
    found = _FIRST.match(words[0]) if words else None
    return found is not None and (found[0] in _names() or found[0].endswith(_endings()))


def is_drug_name(text: str) -> bool:
    """Whether a text is the name of a drug or a regimen, with nothing behind it.

    A name that no table has is one where it is a single word with the ending of a class.

    >>> is_drug_name("FOLFOX"), is_drug_name("tislelizumab"), is_drug_name("cetuximab stopped")
    (True, True, False)
    """
    plain = folded(text)
    ends_as_one = plain.endswith(_endings()) and len(plain) >= LEAST_LETTERS
    return plain in _names() or (_FIRST.fullmatch(plain) is not None and ends_as_one)
