"""The rows of a grid are known again after a change."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.editing.shown.row_names import same_rows


def named(before, after):
    """The names after a change of rows that had 1, 2 .. before it; new ones from 10 on."""
    new = itertools.count(10)
    names = tuple(range(1, len(before) + 1))
    rows = [[{"event": letter} for letter in letters] for letters in (before, after)]
    return same_rows(rows[0], names, rows[1], lambda: next(new))


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        ("abc", "abc", (1, 2, 3)),
        ("abc", "ac", (1, 3)),  # taken out
        ("abc", "axbc", (1, 10, 2, 3)),  # a new one
        ("abc", "bac", (2, 1, 3)),  # moved
        ("abcd", "bcda", (2, 3, 4, 1)),  # moved far
        ("abc", "axc", (1, 2, 3)),  # written: it stands between the same rows
        ("aab", "ab", (2, 3)),  # equal rows: either of them
        ("ab", "", ()),
        ("", "ab", (10, 11)),
        ("a", "xyz", (1, 10, 11)),  # pasted over, and below
        ("abc", "cxa", (3, 10, 1)),  # taken out, moved and new
    ],
)
def test_a_row_is_known_again(before, after, names):
    found = named(before, after)
    assert found == names


LETTERS = st.text("abc", max_size=6)


@given(before=LETTERS, after=LETTERS)
def test_each_row_has_one_name_and_a_row_that_is_left_keeps_its_own(before, after):
    found = named(before, after)
    assert len(found) == len(after) == len(set(found))
    for letter in set(before):  # as many rows of one content as there are in both
        old = {n + 1 for n, each in enumerate(before) if each == letter}
        kept = [name for name, each in zip(found, after, strict=True) if each == letter]
        assert len(old.intersection(kept)) == min(len(old), len(kept))
