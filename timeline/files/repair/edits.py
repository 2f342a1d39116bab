"""Edits of a text at the places of its nodes; everything between them stays byte for byte."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import attrs
import yaml

from timeline.files.yaml.yaml_nodes import Node, ProblemLog

PLAIN_STYLES = (None, "", "'", '"')  # of a text within one line; not | and >


@attrs.frozen
class Edit:
    """A part of a text, from ``start`` to before ``end``, and its replacement."""

    start: int
    end: int
    new: str
    repair: str = attrs.field(eq=False)  # the name of the row

    @property
    def place(self) -> tuple[int, int, str]:
        """What edits are ordered by."""
        return self.start, self.end, self.new


_place = attrgetter("place")


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=_place):
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order, without those that overlap an earlier one."""
    found: list[Edit] = []
    for edit in sorted(set(edits), key=_place):
        if not found or edit.start >= found[-1].end:
            found.append(edit)
    return found


def places_before(edits: Iterable[Edit], offsets: Iterable[int]) -> list[int]:
    """Where places of the edited text were before the edits; within a new part, its start."""
    rows = sorted(edits, key=_place)
    moved = [0, *itertools.accumulate(len(each.new) - (each.end - each.start) for each in rows)]
    starts = [each.start + before for each, before in zip(rows, moved, strict=False)]

    def before(offset: int) -> int:
        at = bisect.bisect_right(starts, offset)
        within = at and starts[at - 1] + len(rows[at - 1].new) > offset
        return rows[at - 1].start if within else offset - moved[at]

    return [before(each) for each in offsets]


def places_after(edits: Iterable[Edit], offsets: Iterable[int]) -> list[int]:
    """Where places of a text are after edits."""
    rows = sorted((each.end, len(each.new) - (each.end - each.start)) for each in edits)
    ends = [end for end, _ in rows]
    moved = [0, *itertools.accumulate(change for _, change in rows)]
    return [each + moved[bisect.bisect_right(ends, each)] for each in offsets]


def moved(group: Sequence[Edit], edits: Sequence[Edit]) -> list[Edit | None]:
    """Each edit of a group as it is after other edits; None where it overlaps one of them."""
    taken = sorted(edits, key=_place)
    starts = [each.start for each in taken]
    places = places_after(edits, [each.start for each in group])

    def one(edit: Edit, start: int) -> Edit | None:
        at = bisect.bisect_left(starts, edit.end)
        if at and (taken[at - 1].end > edit.start or taken[at - 1].start >= edit.start):
            return None
        return attrs.evolve(edit, start=start, end=start + edit.end - edit.start)

    return [one(edit, start) for edit, start in zip(group, places, strict=True)]


@attrs.frozen
class Lines:
    """Where the lines of a text begin: looked up, and not counted for each place."""

    text: str
    _ends: tuple[int, ...]  # of each line, after its line feed

    @classmethod
    def of(cls, text: str) -> Lines:
        return cls(text, tuple(found.end() for found in re.finditer("\r\n|\r|\n", text)))

    def line(self, offset: int) -> int:
        """The number of the line, from 1, of a place that is counted from 0."""
        return bisect.bisect_right(self._ends, offset) + 1

    def column(self, offset: int) -> int:
        """The column, from 1; a byte order mark takes none."""
        line = self.line(offset)
        start = self._ends[line - 2] if line > 1 else 0
        return offset - start - self.text.count("\ufeff", start, offset) + 1


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
