"""Edits of lists of entries: entries added, taken out and moved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import yaml

from timeline.editing.edits.case_text import CaseText, Entry
from timeline.editing.edits.pair_edits import GRID
from timeline.exchange.yaml_writer import entry_text, flow_text
from timeline.files.repair.edits import Edit
from timeline.files.yaml.flow_text import has_no_value

Plain = Mapping[str, Any]
_COMMENT_LINE = re.compile(r"[ \t]*#[^\r\n]*(?:\r\n|[\r\n])?")


class NotSafe(Exception):
    """Why a change cannot be made without a change of other parts of the text."""


@attrs.frozen(kw_only=True)
class Lines:
    """The lines of an entry: from its dash to the end of its last line, with the comments on it.

    ``above``: where the comment lines directly above it begin, which move with it.
    """

    above: int
    start: int
    end: int
    indent: int


def lines_of(case: CaseText, entry: Entry) -> Lines:
    """The lines of an entry of a list with a dash before each."""
    number = entry.number
    before = case.after(entry.items.value[number - 1]) if number else case.start(entry.items)
    first = case.start(entry.node)
    dash = case.without_comments(before, first).rfind("-")
    if dash < 0:
        raise NotSafe("no dash before the entry")
    at = before + dash
    start = case.line_start(at)
    if case.text[start:at].strip(" "):
        tab = "\t" in case.text[start:at]
        raise NotSafe("a tab begins the line" if tab else "the entry does not begin a line")
    above = start
    while above:
        line = case.line_start(above - 1)
        if not _COMMENT_LINE.fullmatch(case.text, line, above):
            break
        above = line
    return Lines(above=above, start=start, end=case.after(entry.node), indent=at - start)


def inserted(
    case: CaseText, entries: Sequence[Entry], at: int, top: str, rows: Sequence[Plain]
) -> Iterator[Edit]:
    """New entries beside those of a list.

    ``at``: with entries of one list: before the one of this number, or after all of them.
    """
    if not entries:
        yield from _first(case, top, rows)
        return
    items = entries[0].items
    if items.flow_style:
        texts = [flow_text(dict(row)) for row in rows]
        if at < len(items.value):
            place = case.start(items.value[at])
            yield Edit(place, place, "".join(f"{text}, " for text in texts), GRID)
        else:
            place = case.end(items.value[-1])
            yield Edit(place, place, "".join(f", {text}" for text in texts), GRID)
        return
    if at == 0:
        first = lines_of(case, entries[0])
        place, indent = first.above, first.indent
    else:
        before = lines_of(case, entries[at - 1])
        place, indent = before.end, before.indent
    yield at_line(case, place, "".join(entry_text(row, " " * indent) for row in rows))


def at_line(case: CaseText, place: int, text: str) -> Edit:
    """Lines put where a line begins, or after the last one."""
    text = text.replace("\n", case.line_end)
    if place and case.text[place - 1] not in "\r\n":
        text = case.line_end + text.removesuffix(case.line_end)
    return Edit(place, place, text, GRID)


def _first(case: CaseText, top: str, rows: Sequence[Plain]) -> Iterator[Edit]:
    """The first entries of a list that is empty, or that the file does not have."""
    found = case.top(top)
    text = "".join(map(entry_text, rows))
    if found is None:
        root = case.root
        if root is not None and root.flow_style:
            raise NotSafe(f"the file is in {{..}} and has no {top}: (write {top}: in the text)")
        end = len(case.text) if root is None or not root.value else _after_comments(case, root)
        yield at_line(case, end, f"{top}:\n{text}")
        return
    key, value = found
    if isinstance(value, yaml.MappingNode) and value.value and not value.flow_style:
        key, value = value.value[-1]
        indent = " " * (case.start(key) - case.line_start(case.start(key)) + 2)
        text = "".join(entry_text(row, indent) for row in rows)
    if isinstance(value, yaml.CollectionNode) and not value.value:
        yield Edit(case.start(value), case.end(value), "", GRID)
    elif not has_no_value(value):
        raise NotSafe(f"{top}: is no list (begin each entry with '- ')")
    elif case.problems:
        raise NotSafe("the entries have faults (correct them first)")
    yield at_line(case, case.next_line(case.end(key)), text)


def _after_comments(case: CaseText, root: yaml.MappingNode) -> int:
    """Where the line after a file begins, with the indented comments that go on with its list.

    A template has examples below the last event, which a new key would part from their list.
    """
    found = end = case.after(root)
    for line in case.text[end:].splitlines(keepends=True):
        end += len(line)
        if line[:1] in " \t" and line.lstrip().startswith("#"):
            found = end
        elif line.strip():
            break
    return found


def removed(case: CaseText, entries: Sequence[Entry]) -> Iterator[Edit]:
    """Entries of one list taken out; their comments stay, in lines of their own.

    The key of a place in the report goes with the last of its entries.
    """
    items = entries[0].items
    numbers = sorted(entry.number for entry in entries)
    every = len(numbers) == len(items.value)
    if items.flow_style:
        yield from _removed_within(case, items, numbers)
        return
    spans = [lines_of(case, entry) for entry in sorted(entries, key=lambda each: each.number)]
    for lines in spans:
        yield Edit(lines.start, lines.end, comment_lines(case, lines), GRID)
    if every and entries[0].place is not None:
        yield from _without_place(case, entries[0], spans[0])


def comment_lines(case: CaseText, lines: Lines) -> str:
    """The comments of an entry, each on a line of its own."""
    texts = case.comments_in(lines.start, lines.end)
    return "".join(f"{' ' * lines.indent}{each}{case.line_end}" for each in texts)


def _without_place(case: CaseText, entry: Entry, first: Lines) -> Iterator[Edit]:
    """The key of a place whose list is empty, without the comments behind it."""
    found = case.top(entry.top)
    node = found[1] if found else None
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    key = next(key for key, value in pairs if value is entry.items)
    start = case.line_start(case.start(key))
    end = case.next_line(case.end(key))
    if case.text[start : case.start(key)].strip(" ") or end > first.start:
        raise NotSafe(f"the place {entry.place!r} does not begin a line")
    texts = case.comments_in(start, end)
    yield Edit(start, end, "".join(f"{' ' * first.indent}{each}{case.line_end}"
                                   for each in texts), GRID)  # fmt: skip


def _removed_within(
    case: CaseText, items: yaml.SequenceNode, numbers: Sequence[int]
) -> Iterator[Edit]:
    """Entries of a list in ``[..]`` taken out, each with one comma."""
    nodes = items.value
    left = [n for n in range(len(nodes)) if n not in numbers]
    if not left:
        yield Edit(case.start(nodes[0]), case.end(nodes[-1]), "", GRID)
        return
    for number in numbers:
        if number > left[-1]:
            start, end = case.end(nodes[number - 1]), case.end(nodes[number])
        else:
            start, end = case.start(nodes[number]), case.start(nodes[number + 1])
        if case.comments_in(start, end):
            raise NotSafe("a comment stands within the list")
        yield Edit(start, end, "", GRID)


def moved_lines(case: CaseText, entry: Entry, indent: int) -> str:
    """The lines of an entry with the comments above it, at another indent."""
    lines = lines_of(case, entry)
    text = case.text[lines.above : lines.end]
    if not text.endswith(("\n", "\r")):
        text += case.line_end
    shift = indent - lines.indent
    if shift > 0:
        return re.sub(r"(?m)^(?=[^\r\n])", " " * shift, text)
    return re.sub(rf"(?m)^ {{0,{-shift}}}", "", text) if shift else text
