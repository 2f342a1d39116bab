"""Edits of one entry: the value of a key, a key added, renamed or taken out.

All that is not changed stays byte for byte. Comments of a part that is replaced follow the entry.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any

import attrs
import yaml

from timeline.editing.edits.case_text import BLOCK_STYLES, CaseText
from timeline.exchange.yaml_writer import WIDTH, flow_text, plain_node
from timeline.files.repair.edits import Edit
from timeline.files.yaml.flow_text import has_no_value, is_cut
from timeline.files.yaml.yaml_nodes import Node

GRID = "grid"  # the name of these edits
Pair = tuple[Node, Node]


@attrs.frozen(kw_only=True)
class EntryEdits:
    """Edits of an entry, or of a mapping within it.

    ``entry``: the entire entry, whose lines keep the comments. ``node``: the mapping that is
    changed.
    """

    case: CaseText
    entry: Any
    node: Any

    def pair(self, key: str) -> Pair | None:
        """The key and its value, in either spelling; None where there is none."""
        return next((pair for pair in self.node.value
                     if str(pair[0].value).replace("_", "-") == key), None)  # fmt: skip

    def count(self, key: str) -> int:
        """How often a key is given."""
        return sum(str(name.value).replace("_", "-") == key for name, _ in self.node.value)

    def renamed(self, key: Node, name: str) -> Iterator[Edit]:
        """Another word for a key."""
        start, end = self.case.start(key), self.case.end(key)
        yield Edit(start, end, written(name, in_flow=self._is_flow(self.node)), GRID)

    def valued(self, pair: Pair, value: Any) -> Iterator[Edit]:
        """Another value for a key; of a list or a mapping only the parts that differ."""
        key, node = pair
        yield from self._changed(key, node, value, in_flow=self._is_flow(self.node))

    def _changed(self, key: Node, node: Node, value: Any, *, in_flow: bool) -> Iterator[Edit]:
        if plain_node(node) == value and not has_no_value(node):
            return
        flow = in_flow or getattr(node, "flow_style", False)
        if isinstance(node, yaml.MappingNode) and isinstance(value, dict):
            if [name.value for name, _ in node.value] == list(value):
                for name, part in node.value:
                    yield from self._changed(name, part, value[name.value], in_flow=flow)
                return
        elif (
            isinstance(node, yaml.SequenceNode)
            and isinstance(value, list)
            and len(value) == len(node.value)
            and all(isinstance(each, yaml.ScalarNode) for each in node.value)
        ):
            for part, one in zip(node.value, value, strict=True):
                yield from self._changed(part, part, one, in_flow=flow)
            return
        yield from self._replaced(key, node, value, in_flow=in_flow)

    def _replaced(self, key: Node, node: Node, value: Any, *, in_flow: bool) -> Iterator[Edit]:
        """The text of a value replaced as a whole."""
        case = self.case
        if has_no_value(node):
            yield from self._filled(key, node, value, in_flow=in_flow)
            return
        start, end = case.start(node), case.end(node)
        if key is not node and not getattr(node, "flow_style", True):
            start = self._after_colon(key, start)
        before = " " if start == self._after_colon(key, start) and key is not node else ""
        if start > 0 and case.text[start - 1] in " \t":
            before = ""
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        column = case.start(key) - case.line_start(case.start(key))
        used = case.start(node) - case.line_start(case.start(node))
        text = written(value, in_flow=in_flow, style=style)
        if not in_flow and isinstance(value, str) and key is not node:
            text = folded_text(value, text, column, used, style, case.line_end)
        if case.text[end - 1 : end] in ("\n", "\r"):  # of a text that keeps its empty lines
            text += case.line_end
        yield Edit(start, end, before + text, GRID)
        yield from self._kept(start, end)

    def _filled(self, key: Node, node: Node, value: Any, *, in_flow: bool) -> Iterator[Edit]:
        """A value for a key that has none."""
        at = self.case.end(key)
        text = written(value, in_flow=in_flow)
        if is_cut(key, node):
            yield Edit(at, at, f": {text}", GRID)
        else:
            colon = self._after_colon(key, at)
            yield Edit(colon, colon, f" {text}", GRID)

    def _after_colon(self, key: Node, otherwise: int) -> int:
        """The place behind the colon of a key."""
        found = re.compile(r"\s*:").match(self.case.text, self.case.end(key))
        return found.end() if found else otherwise

    def added(self, key: str, value: Any) -> Iterator[Edit]:
        """A key with its value as the last of the mapping."""
        case, last = self.case, self.node.value[-1]
        if self._is_flow(self.node):
            at = max(case.end(last[0]), case.end(last[1]))
            pair = f"{written(key, in_flow=True)}: {written(value, in_flow=True)}"
            start = case.line_start(at)
            if at - start + len(pair) + 3 > WIDTH and at - start > WIDTH // 2:
                column = case.start(self.node.value[0][0])
                indent = column - case.line_start(column)
                yield Edit(at, at, f",{case.line_end}{' ' * indent}{pair}", GRID)
            else:
                yield Edit(at, at, f", {pair}", GRID)
            return
        first = case.start(self.node.value[0][0])
        indent = first - case.line_start(first)
        name = written(key, in_flow=False)
        text = written(value, in_flow=False)
        if isinstance(value, str):
            used = indent + len(name) + 2
            text = folded_text(value, text, indent, used, None, case.line_end)
        at = case.after(self.node)
        line = f"{' ' * indent}{name}: {text}{case.line_end}"
        if at == len(case.text) and not case.text.endswith(("\n", "\r")):
            line = case.line_end + line.removesuffix(case.line_end)
        yield Edit(at, at, line, GRID)

    def removed(self, pair: Pair) -> Iterator[Edit]:
        """A key and its value taken out; another key is left."""
        case, pairs = self.case, self.node.value
        number = next(n for n, each in enumerate(pairs) if each[0] is pair[0])
        start, end = case.start(pair[0]), max(case.end(pair[0]), case.end(pair[1]))
        if self._is_flow(self.node) or number == 0:
            if number + 1 < len(pairs):
                end = case.start(pairs[number + 1][0])
            else:
                before = pairs[number - 1]
                start = max(case.end(before[0]), case.end(before[1]))
        else:
            start = case.line_start(start)
            end = max(case.after(pair[0]), case.after(pair[1]))
            if case.text[end - 1 : end] not in ("\n", "\r"):  # the last line, without an end
                start = max(start - len(case.line_end), 0)
        yield Edit(start, end, "", GRID)
        yield from self._kept(start, end)

    def _kept(self, start: int, end: int) -> Iterator[Edit]:
        """The comments of a part that is gone, in lines of their own after the entry."""
        yield from kept_comments(self.case, self.entry, start, end)

    def _is_flow(self, node: Any) -> bool:
        """Whether a mapping is within ``{..}``, its own or those of the entry."""
        return bool(node.flow_style or self.entry.flow_style)


def kept_comments(case: CaseText, entry: Node, start: int, end: int) -> Iterator[Edit]:
    """The comments of a part of an entry that is gone, in lines of their own after the entry."""
    texts = case.comments_in(start, end)
    if not texts:
        return
    first = case.start(entry)
    column = first - case.line_start(first)
    at = case.after(entry)
    lines = "".join(f"{' ' * column}{each}{case.line_end}" for each in texts)
    if at == len(case.text) and not case.text.endswith(("\n", "\r")):
        lines = case.line_end + lines
    yield Edit(at, at, lines, GRID)


def written(value: Any, *, in_flow: bool, style: str | None = None) -> str:
    """A value as YAML in one line; a text in the quotation marks that it had.

    ``in_flow``: whether it stands within ``{..}`` or ``[..]``, where a comma needs quotes.
    """
    if isinstance(value, str) and value.isprintable():
        if style == '"' and not re.search(r'["\\]', value):
            return f'"{value}"'
        if style == "'":
            return "'" + value.replace("'", "''") + "'"
    return flow_text([value])[1:-1] if in_flow or not isinstance(value, str) else flow_text(value)


def folded_text(
    value: str, text: str, column: int, used: int, style: str | None, line_end: str
) -> str:
    """A long text in several lines, or the text as it is where it fits or cannot be folded.

    ``column``: of the key. ``used``: characters of the line before the text.
    """
    fits = used + len(text) <= WIDTH
    plain = value.isprintable() and value == " ".join(value.split()) and "#" not in value
    if (fits and style not in BLOCK_STYLES) or not plain or " " not in value:
        return text
    if style not in BLOCK_STYLES and style is not None:
        return text
    indent = " " * (column + 2)
    lines = textwrap.wrap(
        value, WIDTH - len(indent), break_long_words=False, break_on_hyphens=False
    )
    return ">-" + "".join(f"{line_end}{indent}{line}" for line in lines)
