"""Words compared as people mean them: without case, blanks, accents' form or kind of dash."""

from __future__ import annotations

import functools
import re
import unicodedata

_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad]")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
SHORTEST = 4  # letters of a word in which one wrong letter is taken for a typing error
_GAPS = re.compile(r"[\s_]+")


@functools.lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """A word in the form in which it is compared.

    Unicode is brought to NFKC, case is folded, invisible format characters are dropped, dashes
    become hyphens, and blanks and underscores of any length become one blank.

    >>> folded("  PROGRESSIVE\u00a0 disease ") == folded("Progressive Disease")
    True
    >>> folded("Patient_ID"), folded("lost to follow\u2011up")
    ('patient id', 'lost to follow-up')
    """
    if not text.isascii():  # ASCII has one form of each letter, one dash, no format characters
        plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
        text = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return _GAPS.sub(" ", text).strip().casefold()


@functools.lru_cache(maxsize=8192)
def loosely_folded(text: str) -> str:
    """The same, with a blank for each hyphen and without a full stop at the end.

    >>> loosely_folded("Near-complete  response.")
    'near complete response'
    """
    return _BETWEEN_WORDS.sub(" ", folded(text).rstrip(".")).strip()


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter: left out, added, exchanged with another or its next.

    >>> one_letter_apart("drug", "drugs"), one_letter_apart("lnie", "line")
    (True, True)
    >>> one_letter_apart("ab", "ba")
    True
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped


def is_misspelt(written: str, known: str) -> bool:
    """Whether a text can only be a misspelling of a known one, or its beginning.

    Each word may have one wrong letter, but not its first, for a prefix changes the meaning
    (``in``complete, ``m``RECIST); digits must be the same. Short words may have one letter
    twice, or two of them exchanged. A beginning ends with no short word, which may be a word of
    its own: ``metabolic PR`` is no beginning of ``metabolic progression``.

    >>> is_misspelt("patial respone", "partial response"), is_misspelt("PRR", "PR")
    (True, True)
    >>> is_misspelt("incomplete response", "complete response"), is_misspelt("RECIST", "mRECIST")
    (False, False)
    >>> is_misspelt("RECIST 1.0", "RECIST 1.1"), is_misspelt("progression", "hyperprogression")
    (False, False)
    >>> is_misspelt("metabolic PR", "metabolic progression"), is_misspelt("stable dis", "stable dd")
    (False, False)
    """
    one, other = loosely_folded(written), loosely_folded(known)
    if one == other or one[:1] != other[:1]:
        return one == other
    if len(one.split(" ")[-1]) >= SHORTEST and len(one) > SHORTEST and other.startswith(one):
        return True
    pairs = list(zip(one.split(" "), other.split(" "), strict=False))
    same_length = len(one.split(" ")) == len(other.split(" "))
    return same_length and all(a == b or _one_wrong_letter(a, b) for a, b in pairs)


def _one_wrong_letter(written: str, known: str) -> bool:
    if written[:1] != known[:1] or _digits(written) != _digits(known):
        return False
    if len(known) < SHORTEST:
        swapped = sorted(written) == sorted(known)
        return swapped or (
            len(written) == len(known) + 1 and _SAME_TWICE.sub(r"\1", written) == known
        )
    return one_letter_apart(written, known)


_SAME_TWICE = re.compile(r"(.)\1")


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
