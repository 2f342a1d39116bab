"""Edits of a text at the places of its nodes; everything between them stays byte for byte."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator

import attrs
import yaml

from timeline.files.yaml.yaml_nodes import Node, ProblemLog

PLAIN_STYLES = (None, "", "'", '"')  # of a text within one line; not | and >


@attrs.frozen(order=True)
class Edit:
    """A part of a text, from ``start`` to before ``end``, and its replacement."""

    start: int
    end: int
    new: str
    repair: str = attrs.field(eq=False)  # the name of the row


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order, without those that overlap an earlier one."""
    found: list[Edit] = []
    for edit in sorted(set(edits)):
        if not found or edit.start >= found[-1].end:
            found.append(edit)
    return found


def place_before(edits: Iterable[Edit], offset: int) -> int:
    """Where a place of the edited text was before the edits; within a new part, its start."""
    moved = 0
    for edit in sorted(edits):
        if edit.start + moved > offset:
            break
        if edit.start + moved + len(edit.new) > offset:
            return edit.start
        moved += len(edit.new) - (edit.end - edit.start)
    return offset - moved


def places_after(edits: Iterable[Edit], offsets: Iterable[int]) -> list[int]:
    """Where places of a text are after edits."""
    rows = sorted((each.end, len(each.new) - (each.end - each.start)) for each in edits)
    ends = [end for end, _ in rows]
    moved = [0, *itertools.accumulate(change for _, change in rows)]
    return [each + moved[bisect.bisect_right(ends, each)] for each in offsets]


@attrs.frozen
class Source:
    """A text as it was read: its tree, its faults, and the place of each node."""

    text: str
    root: Node | None
    notes: ProblemLog
    _starts: tuple[int, ...]
    _parents: dict[int, tuple[yaml.MappingNode, int]]

    @classmethod
    def of(cls, text: str, root: Node | None, notes: ProblemLog) -> Source:
        """``text``: without a byte order mark and tabs at the beginning of lines."""
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        return cls(text, root, notes, tuple(starts), dict(_parents(root)))

    def offset(self, mark: yaml.Mark) -> int:
        """The place of a mark in the text, counted from 0."""
        line = self._starts[min(mark.line, len(self._starts) - 1)]
        return min(line + mark.column, len(self.text))

    def span(self, node: Node) -> tuple[int, int] | None:
        """The part of the text that a word or text of one line takes; None of any other node."""
        if not isinstance(node, yaml.ScalarNode) or node.style not in PLAIN_STYLES:
            return None
        start, end = self.offset(node.start_mark), self.offset(node.end_mark)
        part = self.text[start:end]
        written = part.rstrip()
        if "\n" in written or not written:
            return None
        whole = written[1:-1] == node.value if node.style else written == node.value
        return (start, start + len(written)) if whole else None

    def flow_values(self) -> Iterator[yaml.ScalarNode]:
        """The texts that are values within {..}."""
        mappings = {id(mapping): mapping for mapping, _ in self._parents.values()}
        for mapping in mappings.values():
            if mapping.flow_style:
                yield from (v for _, v in mapping.value if isinstance(v, yaml.ScalarNode))

    def parent(self, key: Node) -> tuple[yaml.MappingNode, int] | None:
        """The mapping of a key, and its number there."""
        return self._parents.get(id(key))


def _parents(root: Node | None) -> Iterator[tuple[int, tuple[yaml.MappingNode, int]]]:
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            for number, (key, value) in enumerate(node.value):
                yield id(key), (node, number)
                waiting.append(value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
