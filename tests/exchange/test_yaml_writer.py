"""Entries in one line are those that the YAML library writes, word for word."""

from __future__ import annotations

import random

import pytest
import yaml

from timeline.exchange.yaml_writer import entry_text, flow_text

PARTS = [  # what YAML reads as a sign, alone or beside others
    "", "a", " ", ",", ": ", ":", "#", " #", "'", '"', "{", "}", "[", "]", "&", "*", "!", "|", ">",
    "%", "@", "`", "-", "- ", "?", "? ", "~", "null", "true", "1", "1.5", "2021-03-04", "µ", "×",
    "–", "\\", "\n", "\t", "\u00a0", "\u2028", "\ufeff", "=", "<<", "---", "...", "é", " mm",
    "\x85", "\x07", "long " * 30,
]  # fmt: skip
KEYS = ["scan", "last contact", "TODO", "risk-reduction", "p", "1", "a ", "n" * 200, "a: b", ""]


class Texts(yaml.SafeDumper):
    yaml_implicit_resolvers = {}  # noqa: RUF012


def written(value):
    """The text by the library alone."""
    text = yaml.dump(value, Dumper=Texts, default_flow_style=True, allow_unicode=True,
                     sort_keys=False, width=10**6)  # fmt: skip
    return text.removesuffix("\n").removesuffix("\n...")


def made(dice):
    """An entry of texts and lists of texts."""

    def text():
        return "".join(dice.choice(PARTS) for _ in range(dice.choice((1, 1, 2, 3, 6))))

    return {
        dice.choice(KEYS[:5]) if dice.random() < 0.9 else dice.choice(KEYS):
        text() if dice.random() < 0.7 else [text() for _ in range(dice.randint(0, 3))]
        for _ in range(dice.randint(1, 4))
    }  # fmt: skip


def test_an_entry_is_as_the_library_writes_it():
    dice = random.Random(1)
    for _ in range(3000):
        entry = made(dice)
        assert flow_text(entry) == written(entry)


@pytest.mark.parametrize(
    "value",
    [{}, {"a": 1}, {"a": None}, {"a": {"b": "c"}}, {"a": [["b"]]}, {"a": "b\nc"}, [], ["a, b"],
     "a, b", {1: "a"}, {"a": ("b", "c")}],
    ids=str,
)  # fmt: skip
def test_other_values_are_as_the_library_writes_them(value):
    assert flow_text(value) == written(value)


def test_a_long_entry_has_a_line_for_each_key():
    entry = {"scan": "2021-03", "what": "word " * 20 + "end", "new": ["liver, left", "L1"]}
    assert entry_text(entry) == (
        f"  - scan: 2021-03\n    what: {entry['what']}\n    new: ['liver, left', L1]\n"
    )
