"""The text of a file with its tree: where each node, each comment and each entry stands in it."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import attrs
import yaml

from timeline.core.problem import Problem
from timeline.exchange.yaml_writer import plain_node
from timeline.files.yaml.flow_commas import rejoin
from timeline.files.yaml.yaml_nodes import Node
from timeline.files.yaml.yaml_text import compose_yaml_text

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")
_TABS = re.compile(r"^ *\t[ \t]*", re.MULTILINE)
BLOCK_STYLES = ("|", ">")
FILE = "file"  # the name of the text in messages


@attrs.frozen(kw_only=True, eq=False)
class Entry:
    """An entry of a list: an event, or a claim.

    ``top``: the key of the file under which the list stands. ``place``: the place in the report
    under which it stands; None in a list without places. ``number``: in its list, from 0.
    """

    top: str
    place: str | None
    items: yaml.SequenceNode
    number: int

    @property
    def node(self) -> Any:
        return self.items.value[self.number]


@attrs.define(eq=False)
class CaseText:
    """A text, its tree, and the places of the nodes.

    ``mark``: its byte order mark. ``whole``: no entry was passed over because it is no YAML.
    """

    text: str
    mark: str
    root: yaml.MappingNode | None
    problems: tuple[Problem, ...]
    whole: bool
    _starts: tuple[int, ...] = attrs.field(alias="starts")

    @classmethod
    def of(cls, text: str, file: str = FILE) -> CaseText:
        """``text``: as in the file. What of it is no YAML is among the problems.

        The last few texts are kept: an edit, the grid after it and the next edit read the same one.
        The tree is for reading alone.
        """
        return _read(text, file)

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The tree as texts, lists and mappings."""
        return plain_node(self.root) if self.root is not None else {}

    @cached_property
    def line_end(self) -> str:
        """The line end of the text, as its first line has it."""
        found = re.search("\r\n|\n|\r", self.text)
        return found[0] if found else "\n"

    def top(self, key: str) -> tuple[Node, Node] | None:
        """The key of the file and its value; the first, if it is given twice."""
        pairs = self.root.value if self.root is not None else []
        return next(((name, value) for name, value in pairs if name.value == key), None)

    def problems_under(self, key: str) -> tuple[Problem, ...]:
        """What is no YAML between a key of the file and the next one."""
        found = self.top(key)
        if found is None or self.root is None:
            return ()
        first = found[0].start_mark.line + 1
        later = [name.start_mark.line + 1 for name, _ in self.root.value]
        end = min((line for line in later if line > first), default=len(self._starts) + 1)
        return tuple(each for each in self.problems if first <= each.where.line < end)

    def entries(self, key: str) -> Iterator[Entry]:
        """The entries of the lists under a key of the file."""
        found = self.top(key)
        if found is None:
            return
        for place, items in self.lists(found[1]):
            for number in range(len(items.value)):
                yield Entry(top=key, place=place, items=items, number=number)

    @staticmethod
    def lists(node: Node) -> Iterator[tuple[str | None, yaml.SequenceNode]]:
        """The list, or the lists with their places, of a value; a place given twice only once."""
        if isinstance(node, yaml.SequenceNode):
            yield None, node
        elif isinstance(node, yaml.MappingNode):
            seen = set[str]()
            for key, value in node.value:
                if isinstance(value, yaml.SequenceNode) and key.value not in seen:
                    yield str(key.value), value
                seen.add(str(key.value))

    def offset(self, mark: yaml.Mark) -> int:
        """The place of a mark in the text, counted from 0."""
        if mark.line >= len(self._starts):
            return len(self.text)
        start = self._starts[mark.line]
        column = mark.column
        if "\t" in self.text[start : start + column + 1]:
            column = self._with_tabs(start, column)
        return min(start + column, len(self.text))

    def _with_tabs(self, start: int, column: int) -> int:
        """The column of a line whose tabs are read as two blanks each."""
        found = _TABS.match(self.text, start)
        if found is None:
            return column
        tabs = found[0].count("\t")
        return max(column - tabs, 0) if column >= len(found[0]) + tabs else column

    def line(self, offset: int) -> int:
        """The number of the line, from 1, of a place."""
        return bisect.bisect_right(self._starts, offset)

    def line_start(self, offset: int) -> int:
        """Where the line of a place begins."""
        return self._starts[self.line(offset) - 1]

    def next_line(self, offset: int) -> int:
        """Where the line after that of a place begins; the length of the text if there is none."""
        line = self.line(offset)
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def start(self, node: Node) -> int:
        """Where a node begins."""
        return self.offset(node.start_mark)

    def end(self, node: Node) -> int:
        """Where the text of a node ends: without blanks, comments and empty lines after it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1] if node.value else None
            if isinstance(last, tuple):
                return max(self.end(last[1]), self.end(last[0]))
            return self.end(last) if last is not None else self.start(node)
        start, end = self.start(node), self.offset(node.end_mark)
        if self._keeps_empty_lines(node):
            return end
        return start + len(self.text[start:end].rstrip())

    def _keeps_empty_lines(self, node: Node) -> bool:
        if not isinstance(node, yaml.ScalarNode) or node.style not in BLOCK_STYLES:
            return False
        start = self.start(node)
        return "+" in self.text[start : start + 3]

    def after(self, node: Node) -> int:
        """Where the line after the last one of a node begins."""
        end = self.end(node)
        return end if self._ends_with_line(node) else self.next_line(end)

    def _ends_with_line(self, node: Any) -> bool:
        while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        return self._keeps_empty_lines(node)

    @cached_property
    def comments(self) -> tuple[tuple[int, int], ...]:
        """Where each comment begins and ends, in order."""
        found: list[tuple[int, int]] = []
        at = 0
        for start, end in [*self._scalars(), (len(self.text), len(self.text))]:
            found += [each.span() for each in _COMMENT.finditer(self.text, at, max(at, start))]
            at = max(at, end)
        return tuple(found)

    def _scalars(self) -> list[tuple[int, int]]:
        """The texts of the tree with a ``#``, in order; those in lines of their own without ``|``.

        No other text can be taken for a comment.
        """
        waiting: list[Any] = [self.root] if self.root is not None else []
        found: list[tuple[int, int]] = []
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.MappingNode):
                waiting += [each for pair in node.value for each in pair]
            elif isinstance(node, yaml.SequenceNode):
                waiting += node.value
            elif "#" in node.value:
                start, end = self.start(node), self.offset(node.end_mark)
                if node.style in BLOCK_STYLES:
                    start = min(self.next_line(start), end)
                found.append((start, end))
        return sorted(found)

    def comments_in(self, start: int, end: int) -> list[str]:
        """The comments of a part of the text, each without blanks after it."""
        first = bisect.bisect_left(self.comments, (start, start))
        last = bisect.bisect_left(self.comments, (end, end))
        return [self.text[one:other].rstrip() for one, other in self.comments[first:last]]

    @property
    def comment_texts(self) -> list[str]:
        """Every comment, sorted."""
        return sorted(self.comments_in(0, len(self.text) + 1))

    def without_comments(self, start: int, end: int) -> str:
        """A part of the text with blanks in place of its comments."""
        part = list(self.text[start:end])
        for one, other in self.comments:
            if start <= one < end:
                part[one - start : other - start] = " " * (min(other, end) - one)
        return "".join(part)


@functools.lru_cache(maxsize=4)
def _read(text: str, file: str) -> CaseText:
    body = text.lstrip("\ufeff")
    tree = compose_yaml_text(body, file)
    if tree.root is not None:
        rejoin(tree.root)
    starts = (0, *(found.end() for found in _BREAK.finditer(body)))
    mark = text[: len(text) - len(body)]
    return CaseText(body, mark, tree.root, tree.problems, tree.whole, starts)
