"""One pattern for many words: a tree of their beginnings instead of a list of alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterable

_END = ""  # the key of a node at which a word ends
_Node = dict[str, "_Node"]


def any_of(words: Iterable[str], space: str = r"\ ") -> str:
    r"""A pattern for any of some words, the longest that fits first.

    It finds what the words as alternatives find, sorted by length. Those are tried one after
    another at each place of a text; in the tree a beginning that words share is tried once.

    Args:
        words: the words. Where the pattern is compiled without regard to case, all in lower case.
        space: the pattern of a space within them.

    Returns:
        A pattern in a group that captures nothing.

    >>> any_of(["no", "not", "no more", "nil"], r"\s")
    '(?:n(?:o(?:t|\\smore|)|il))'
    """
    root: _Node = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return f"(?:{_alternatives(root, space)})"


def _alternatives(node: _Node, space: str) -> str:
    ends = [""] if _END in node else []  # shorter than all others, so the last
    return "|".join([*(_beginning(*each, space) for each in node.items() if each[0]), *ends])


def _beginning(letter: str, node: _Node, space: str) -> str:
    """The pattern of what begins with a letter."""
    text = space if letter == " " else re.escape(letter)
    while len(node) == 1 and _END not in node:
        ((letter, node),) = node.items()
        text += space if letter == " " else re.escape(letter)
    return text if list(node) == [_END] else f"{text}(?:{_alternatives(node, space)})"
