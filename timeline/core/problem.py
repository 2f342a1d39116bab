"""Faults in data, as values: where, and what to write instead."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.text.spelling import folded, is_misspelt


@attrs.frozen(order=True)
class Where:
    """A place in a file; lines and columns count from 1, and 0 means the entire file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


LONGEST = 2000  # characters of one fault


def _bounded(what: str) -> str:
    """A fault without the middle of a very long value; the advice at its end stays."""
    half = LONGEST // 2
    return what if len(what) <= LONGEST else f"{what[:half]} .. {what[-half:]}"


@attrs.frozen(order=True)
class Problem:
    """One fault in a file. Its text is ``file:line:column: what is wrong (what to write instead)``.

    Attributes:
        where: the file, line and column; lines and columns count from 1.
        what: what is wrong, and in brackets what to write instead.
    """

    where: Where
    what: str = attrs.field(converter=_bounded)

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, in the order of files and places; thousands of them take no time."""
    found = ((each.where, each.what, each) for each in set(problems))
    rows = sorted((at.file, at.line, at.column, what, each) for at, what, each in found)
    return tuple(row[-1] for row in rows)


@frozen
class DateFault:
    """A fault among the dates of events: its place, the contradiction, and the remedy.

    ``other``: the place of the event that it contradicts, which may be the same.
    """

    where: Where
    description: str
    remedy: str
    other: Where

    @property
    def problem(self) -> Problem:
        return Problem(self.where, f"{self.description} ({self.remedy})")


SHOWN = 100  # faults that are printed in full; those after them are counted
LISTED, COMPARED = 80, 1000  # words of a message; words that an unknown one is compared with
LETTERS = 60  # of one of them
_NO_OTHERS: Mapping[str, str] = MappingProxyType({})


def listed(words: Sequence[str], of: int = 0, most: int = LISTED) -> str:
    """The first ``most`` words with commas between them, and how many more of ``of`` there are."""
    left = max(of, len(words)) - most
    return ", ".join(map(_short, words[:most])) + (f", .. and {left} more" if left > 0 else "")


def near(word: str, known: Iterable[str], others: int = LISTED) -> str:
    """The advice for an unknown word: the near one if there is one, and those that are known.

    Of very many words the first are compared and listed, with the number of the others.
    ``others``: how many are listed at most beside a near one.
    """
    return _near(word, tuple(known), others)


@functools.lru_cache(maxsize=1024)  # a file repeats an unknown word, and a repair reads it again
def _near(word: str, every: tuple[str, ...], others: int) -> str:
    words = every[:COMPARED]
    close = difflib.get_close_matches(word.lower(), [w.lower() for w in words], n=1, cutoff=0.6)
    hint = [w for w in words if close and w.lower() == close[0]]
    return (
        f"did you mean {_short(hint[0])}? known: {listed(every, most=others)}"
        if hint
        else (f"known: {listed(every)}")
    )


def misspelt(
    word: str, known: Iterable[str], also: Mapping[str, str] = _NO_OTHERS, listed_in: str = ""
) -> str:
    """The advice for an unknown word of a list in which near words may mean the opposite.

    A word is suggested only where the unknown one can be a misspelling of it and of no word with
    another meaning. ``also``: other spellings, each with the known word that it means.
    ``listed_in``: where a long list stands; the message has the nearest words in its place.
    """
    every = list(known)
    spellings = [*((each, each) for each in every), *also.items()]
    meant = {of for spelling, of in spellings if is_misspelt(word, spelling)}
    hint = f"did you mean {_short(meant.pop())}? " if len(meant) == 1 else ""
    if not listed_in:
        return f"{hint}known: {listed(every)}"
    nearest = _nearest(word, tuple(spellings))
    some = (
        f"nearest in spelling: {', '.join(nearest)}"
        if nearest
        else f"such as {', '.join(every[:FIRST])}"
    )
    return f"{hint}{some}; all {len(every)} are in {listed_in}"


NEAREST, FIRST = 3, 7  # words of a long list that a message has: the nearest, or the first


@functools.lru_cache(maxsize=1024)
def _nearest(word: str, spellings: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The spellings nearest to a word, each with another meaning, the nearest first.

    Those of another length by more than half are not compared.
    """
    written, meant = folded(word), _by_spelling(spellings)
    alike = [each for each in meant if abs(len(each) - len(written)) <= len(written) // 2]
    close = difflib.get_close_matches(written, alike, n=4 * NEAREST, cutoff=0.6)
    found: dict[str, str] = {}
    for spelling, of in (meant[each] for each in close):
        found.setdefault(of, spelling)
    return tuple(found.values())[:NEAREST]


@functools.lru_cache(maxsize=16)
def _by_spelling(spellings: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, str]]:
    return {folded(spelling): (spelling, of) for spelling, of in reversed(spellings)}


def _short(word: str) -> str:
    return word if len(word) <= LETTERS else f"{word[:LETTERS]}.."


class InvalidFile(ValueError):
    """A file that cannot be used.

    Attributes:
        problems: everything that is wrong with it.
    """

    def __init__(self, problems: Iterable[Problem | str]) -> None:
        self.problems = tuple(problems)
        shown = [*map(str, self.problems[:SHOWN])]
        more = len(self.problems) - SHOWN
        super().__init__("\n".join([*shown, *([f"and {more} more"] if more > 0 else [])]))
