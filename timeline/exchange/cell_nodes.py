"""Cells of tables as nodes of YAML, each at its place; a cell of several parts."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs
import yaml

from timeline.core.problem import Where
from timeline.files.yaml.yaml_nodes import Node, ProblemLog

SEPARATOR = ";"
_PART = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=;|$)|([^;]+))(?:;|$)')


@attrs.define
class CellProblems(ProblemLog):
    """The faults of several tables; the place of each is that of its cell."""

    def where(self, node: Node) -> Where:
        """The file, the row and the number of the field in it."""
        mark = node.start_mark
        return Where(str(mark.name), mark.line + 1, mark.column + 1)


def text_node(text: str, where: Where) -> yaml.ScalarNode:
    """A text at a place."""
    mark = _mark(where)
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, mark, mark)


def mapping_node(pairs: Iterable[tuple[Node, Node]], where: Where) -> yaml.MappingNode:
    """Keys and values at a place."""
    mark = _mark(where)
    return yaml.MappingNode("tag:yaml.org,2002:map", list(pairs), mark, mark)


def list_node(nodes: Iterable[Node], where: Where) -> yaml.SequenceNode:
    """A list at a place."""
    mark = _mark(where)
    return yaml.SequenceNode("tag:yaml.org,2002:seq", list(nodes), mark, mark)


def _mark(where: Where) -> yaml.Mark:
    return yaml.Mark(where.file, 0, max(where.line - 1, 0), max(where.column - 1, 0), None, 0)


def parts_of(text: str) -> list[str]:
    """The parts of a cell; one with a semicolon of its own is in double quotes.

    >>> parts_of('liver; "L1; L4"')
    ['liver', 'L1; L4']
    """
    found = ((quoted.replace('""', '"') if quoted else plain.strip())
             for quoted, plain in _PART.findall(text))  # fmt: skip
    return [part for part in found if part]


def joined_parts(parts: Iterable[str]) -> str:
    """The cell of some parts.

    >>> joined_parts(["liver", "L1; L4"])
    'liver; "L1; L4"'
    """
    doubled = ((part, part.replace('"', '""')) for part in parts)
    return f"{SEPARATOR} ".join(
        f'"{quoted}"' if SEPARATOR in part or part[:1] == '"' else part for part, quoted in doubled
    )
