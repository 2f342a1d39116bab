"""A tree of words finds what the words as alternatives find, the longest first."""

from __future__ import annotations

import random
import re

import pytest

from timeline.core.data_tables import data_rows
from timeline.core.text.word_pattern import any_of


def alternatives(words, space=r"\ "):
    """The words one after another, sorted by length: what the tree stands for."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word).replace(chr(92) + ' ', space) for word in ordered)})"


WORDS = {
    "beginnings of others": ["no", "not", "no more", "none", "nil", "n", "no more than"],
    "signs": ["a.b", "a+", "a", "(a)", "[", "a|b", "^", "$", "-", "a-b", "mg/m²", "mg", "µg"],
    "one": ["only"],
    "terms": [row.text("term").lower() for row in data_rows("ctcae")],
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("space", [r"\ ", r"\s{1,4}"])
def test_it_finds_what_the_alternatives_find(words, space):
    dice = random.Random(1)
    parts = [*words, *(word[:-1] for word in words), *(word.upper() for word in words)]
    parts += ["x", "1", ",", "no  more", "no\nmore"]
    text = " ".join(dice.choice(parts) + dice.choice(("", "", "s", ".")) for _ in range(2000))
    for around in ("{}", r"(?<![\w-]){}(?!\w|-[0-9])"):
        tree, plain = (
            re.compile(around.format(form), re.IGNORECASE)
            for form in (any_of(words, space), alternatives(words, space))
        )
        found = [each.span() for each in tree.finditer(text)]
        assert found == [each.span() for each in plain.finditer(text)]
        assert len(found) > 100


def test_a_longer_word_that_does_not_fit_leaves_the_shorter_one():
    form = re.compile(rf"{any_of(['grade', 'grade three'])}(?!\w)")
    assert form.match("grade threefold")[0] == "grade"
    assert form.match("grade three")[0] == "grade three"


def test_no_word_twice():
    assert any_of(["ab", "ab"]) == any_of(["ab"]) == "(?:ab)"
