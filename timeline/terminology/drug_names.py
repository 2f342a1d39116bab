"""Whether words name a drug: by the tables of drugs, by the ending of a class, or a regimen."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

import attrs

from timeline.core.data_tables import data_rows
from timeline.core.text.spelling import folded
from timeline.terminology.drugs import drug_key, drug_table

_FIRST = re.compile(r"[^\W\d_][\w-]*|[0-9]-?[A-Za-z][\w-]*")  # a word; also 5-FU
_LONGEST_NAME = 4  # words
_BEFORE = frozenset(("pegylated", "liposomal", "oral", "weekly", "then", "or"))


@attrs.frozen
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


@functools.cache
def _endings() -> tuple[str, ...]:
    return tuple(row.text("stem") for row in data_rows("drug_stems"))


def begins_with_drug(text: str) -> bool:
    """Whether a text begins with the name of a drug or a regimen.

    >>> begins_with_drug("paclitaxel 175 mg/m² IV"), begins_with_drug("day 8")
    (True, False)
    """
    words = [word for word in folded(text).replace(",", " ").split() if word not in _BEFORE]
    firsts = (" ".join(words[:count]) for count in range(1, _LONGEST_NAME + 1))
    if any(each in _names() for each in firsts):
        return True
    found = _FIRST.match(words[0]) if words else None
    return found is not None and found[0].endswith(_endings())
