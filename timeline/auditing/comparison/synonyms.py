"""Words of oncology that mean the same (``data/synonyms.csv``).

The table only joins words: it keeps a synonym from being end for another subject, and
contradicts nothing. Abbreviations are those that journals and the National Cancer Institute's
dictionary use; code names of drugs are those under which they were developed.
"""

from __future__ import annotations

import functools
import re

from timeline.core.data_tables import data_rows
from timeline.terminology.drugs import CHECKPOINT_INHIBITORS, drug_named

# Each row: words of one meaning, the usual one first. A phrase may have several words.
SAME = tuple((row.text("name"), *row.texts("also")) for row in data_rows("synonyms"))

_BRITISH = (("tumour", "tumor"), ("aemia", "emia"), ("haem", "hem"), ("oesoph", "esoph"),
            ("paed", "ped"), ("isation", "ization"), ("oedema", "edema"))  # fmt: skip
_MINOR = frozenset(
    ("with", "from", "without", "study", "trial", "of", "the", "and", "for", "in", "a", "an", "on")
)


def drugs(text: str) -> frozenset[str]:
    """The drugs that a text names, by one name each: those of the drug table."""
    named = (drug_named(each) for each in re.findall(r"[^\W_]+", text.lower()))
    return frozenset(agent.name for agent in named if agent is not None)


@functools.lru_cache(maxsize=4096)
def subject(text: str) -> frozenset[str]:
    """What a title or a sentence is about: its words, synonyms by one name, spelling folded.

    A drug adds its class where that is immunotherapy. Longer phrases are found before shorter.
    """
    left = _folded(text)
    found: set[str] = set()
    for phrase, name in _PHRASES:
        if f" {phrase} " in left:
            found.add(name)
            left = left.replace(f" {phrase} ", "  ")
    plain = {each for each in left.split() if each not in _MINOR}
    named = {each: drug_named(each) for each in re.findall(r"[^\W_]+", text.lower())}
    drugs = [agent for agent in named.values() if agent is not None]
    found |= {agent.name for agent in drugs}
    if any(agent.kind in CHECKPOINT_INHIBITORS for agent in drugs):
        found.add("immunotherapy")
    known = {_singular(_spelled(each)) for each, agent in named.items() if agent is not None}
    return frozenset(found | (plain - known))


def may_mean_the_same(one: str, other: str) -> bool:
    """Whether two names can mean the same.

    Their words are synonyms; or one is less specific; or one is the abbreviation of the
    other by its letters.
    """
    first, second = subject(one), subject(other)
    if first and second and (first <= second or second <= first):
        return True
    return abbreviates(one, other) or abbreviates(other, one)


def abbreviates(short: str, name: str) -> bool:
    """Whether a word of capitals holds the initials of a name in order: DLBCL, mCRC, WBRT.

    Each word gives its initial and may give letters within it; of one word it takes three letters.
    """
    if " " in short.strip() or sum(each.isupper() for each in short) < FEWEST_CAPITALS:
        return False
    letters = "".join(re.findall(r"[^\W_]", short.strip().removesuffix("s"))).lower()
    parts = name.lower().split(" of ")  # carcinoma of the lung: lung carcinoma
    orders = (parts, parts[::-1])
    spelled = ([each for part in order for each in re.findall(r"[^\W\d_]+", part)
                if each not in _MINOR] for order in orders)  # fmt: skip
    return any(
        len("".join(words)) >= 2 * len(letters) > 0
        and len(letters) >= (2 if len(words) > 1 else 3)
        and _spells(letters, words)
        for words in spelled
    )


FEWEST_CAPITALS = 2


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the letters are the initials of all words, with letters of each word between them."""
    if not words or not letters:
        return not words and not letters
    word, rest = words[0], words[1:]
    if letters[0] != word[0]:
        return False
    at = 0
    for end in range(1, len(letters) + 1):
        if _spells(letters[end:], rest):
            return True
        at = word.find(letters[end], at + 1) if end < len(letters) else -1
        if at < 0:
            return False
    return False


def _folded(text: str) -> str:
    """Lower case, American spelling, singular, one blank about each word."""
    split = re.findall(r"[^\W_]+", text.lower())
    return f" {' '.join(_singular(_spelled(each)) for each in split)} ".replace(" ", "  ")


def _spelled(word: str) -> str:
    for british, american in _BRITISH:
        word = word.replace(british, american)
    return word


def _singular(word: str) -> str:
    """Without a plural s, of words long enough to have one."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us"))
    return word[:-1] if plural else word


def _phrases() -> tuple[tuple[str, str], ...]:
    """Every phrase as it is folded, with the name of its row, the longest first."""
    rows = {_folded(phrase).strip(): row[0] for row in SAME for phrase in row}
    return tuple(sorted(rows.items(), key=lambda each: -len(each[0].split())))


_PHRASES = _phrases()
