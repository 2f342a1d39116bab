"""Edits of the text of a file before it is read as YAML: marks, ends of lines and tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from timeline.files.repair.edits import Edit, edited
from timeline.files.yaml.yaml_nodes import Node


def byte_order_mark(text: str) -> Iterator[Edit]:
    """The byte order mark at the start of a text removed."""
    if text.startswith("\ufeff"):
        yield Edit(0, 1, "", "byte order mark")


def line_ends(text: str) -> Iterator[Edit]:
    """Every end of a line as a line feed."""
    for found in re.finditer("\r\n?", text):
        yield Edit(found.start(), found.end(), "\n", "line ends")


_TAB = re.compile(r"^ *\t[ \t]*(?=[^\s#])", re.MULTILINE)
_WIDTHS = (2, 4, 8, 1, 3, 6)


def tabs(text: str) -> list[Edit]:
    """Blanks for tabs before a line, if every width of a tab that is YAML gives the same tree."""
    found = [(width, _blanks(text, width)) for width in _WIDTHS if _TAB.search(text)]
    trees = [(edits, tree) for _, edits in found if (tree := _tree(text, edits)) is not None]
    if not trees or any(tree != trees[0][1] for _, tree in trees):
        return []
    return trees[0][0]


def _blanks(text: str, width: int) -> list[Edit]:
    return [
        Edit(found.start(), found.end(), found[0].replace("\t", " " * width), "tabs")
        for found in _TAB.finditer(text)
    ]


def _tree(text: str, edits: list[Edit]) -> object:
    try:
        return tree_data(yaml.compose(edited(text, edits), Loader=yaml.BaseLoader))
    except yaml.YAMLError:
        return None


def tree_data(node: Node | None) -> object:
    """The values of a YAML tree without their places, to compare two trees."""
    if isinstance(node, yaml.MappingNode):
        return [(tree_data(key), tree_data(value)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [[tree_data(each)] for each in node.value]
    return node.value if node is not None else ""
