"""Lists of entries under their places in the report, as case and report files have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from timeline.core.problem import misspelt
from timeline.files.yaml.flow_text import has_no_value
from timeline.files.yaml.yaml_nodes import Node, ProblemLog, pairs


def _itself(entry: Node, _: ProblemLog) -> tuple[Node]:
    return (entry,)


def placed_entries(node: Node, notes: ProblemLog, read: Any, parts: Any = _itself) -> list[Any]:
    """Entries under their place in the report, or a plain list without places."""
    if isinstance(node, yaml.SequenceNode):
        return _entries(node, "", notes, read, parts)
    if has_no_value(node) and not notes.whole:  # everything here was skipped
        return []
    if not isinstance(node, yaml.MappingNode):
        notes.add(node, "a list is expected here, or lists under the places they come from")
        return []
    found = []
    for place, _, entries in pairs(node, notes):
        if isinstance(entries, yaml.SequenceNode):
            found += _entries(entries, place, notes, read, parts)
        elif notes.whole or not has_no_value(entries):
            notes.add(entries, f"a list is expected under {place!r} (begin each entry with '- ')")
    return found


def _entries(node: Node, place: str, notes: ProblemLog, read: Any, parts: Any) -> list[Any]:
    """The parsed entries of a list; ``parts`` gives the entries of a table."""
    entries = (each for entry in node.value for each in parts(entry, notes))
    return [found for each in entries if (found := read(each, place, notes)) is not None]


def leading_key(
    node: Node,
    notes: ProblemLog,
    known: Any,
    what: str,
    advice: Callable[[str, str], str] | None = None,
) -> tuple[str, Node] | None:
    """The key that names the kind of an entry, and its value.

    ``advice``: what to write for an unknown word and the value after it; empty where nothing
    better is known than the words that there are.
    """
    if not isinstance(node, yaml.MappingNode) or not node.value:
        notes.add(node, f"not an entry (write {{{next(iter(known))}: ...}})")
        return None
    named = [(key, value) for key, value in node.value if key.value in known]
    if len(named) == 1 or (named and named[0][0] is node.value[0][0]):
        return named[0][0].value, named[0][1]
    first, value = node.value[0]
    at = str(value.value) if isinstance(value, yaml.ScalarNode) else ""
    instead = advice(str(first.value), at) if advice is not None else ""
    instead = instead or misspelt(str(first.value), known)
    text = f"unknown {what} {first.value!r} ({instead})"
    notes.add(first, text, known=tuple(known))
    return None
