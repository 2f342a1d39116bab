"""YAML as nodes with places: every scalar stays text, every fault has its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import yaml

from timeline.field import Shape, Told, fields_told
from timeline.problem import Problem, Where, near

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # which guesses no types of scalars
Node = yaml.Node


@attrs.define
class Notes:
    """The problems of one file, collected while it is read; nothing is thrown."""

    file: str
    problems: list[Problem] = attrs.Factory(list)

    def where(self, node: Node) -> Where:
        """The place of a node in the file."""
        return Where(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def add(self, node: Node, what: str) -> None:
        """Note a fault at a node."""
        self.problems.append(Problem(self.where(node), what))


def compose(path: Path, notes: Notes) -> yaml.MappingNode | None:
    """The file's one mapping, or None with the reason noted."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        notes.problems.append(Problem(Where(notes.file), "cannot be read: not a plain file"))
        return None
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=_LOADER)
    except OSError as fault:
        notes.problems.append(Problem(Where(notes.file), f"cannot be read: {fault.strerror}"))
        return None
    except UnicodeDecodeError:
        notes.problems.append(Problem(Where(notes.file), "is not text in UTF-8 (save it so)"))
        return None
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        where = Where(notes.file, mark.line + 1, mark.column + 1) if mark else Where(notes.file)
        notes.problems.append(Problem(where, f"not YAML here: {fault.problem}"))
        return None
    except yaml.reader.ReaderError as fault:
        before = text[: fault.position]
        where = Where(notes.file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        what = f"a control character, U+{ord(text[fault.position]):04X} (delete it)"
        notes.problems.append(Problem(where, what))
        return None
    except yaml.YAMLError as fault:
        notes.problems.append(Problem(Where(notes.file), f"not YAML: {fault}"))
        return None
    if not isinstance(root, yaml.MappingNode):
        where = notes.where(root) if root else Where(notes.file)
        notes.problems.append(Problem(where, "no keys here (see the format in cases/README.md)"))
        return None
    if _shares_nodes(root):
        notes.add(root, "anchors and aliases are not used here (write the value out)")
        return None
    return root


def _shares_nodes(root: Node) -> bool:
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.CollectionNode):
            if id(node) in seen:
                return True
            seen.add(id(node))
            waiting.extend(
                node.value if isinstance(node, yaml.SequenceNode) else sum(node.value, ())
            )
    return False


def pairs(node: yaml.MappingNode, notes: Notes) -> Iterator[tuple[str, Node, Node]]:
    """Each key once, with its own node and its value's; a key given twice is noted."""
    first: dict[str, Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            notes.add(key, "a key must be a word")
        elif key.value in first:
            line = first[key.value].start_mark.line + 1
            notes.add(key, f"{key.value!r} is given twice, first in line {line} (keep one)")
        else:
            first[key.value] = key
            yield key.value, key, value


def scalar(node: Node, notes: Notes, what: str) -> str | None:
    """The text of a plain value; anything else is noted."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    notes.add(node, f"{what} holds one value, not a list or keys")
    return None


def read_one(node: Node, told: Told, notes: Notes, what: str) -> Any:
    """A scalar through its reader; None with a note where it does not read."""
    text = _under_key(node, told.keys) or scalar(node, notes, what)
    if text is None:
        return None
    try:
        return told.read(text)
    except ValueError as fault:
        notes.add(node, f"{what}: {fault}")
        return None


def _under_key(node: Node, keys: tuple[str, ...]) -> str:
    """The text of a value under one of some keys, with its key: ``site: liver``; else empty."""
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        return ""
    key, value = node.value[0]
    plain = isinstance(value, yaml.ScalarNode) and key.value in keys
    return f"{key.value}: {value.value}" if plain else ""


def read_value(node: Node, told: Told, notes: Notes, what: str) -> Any:
    """A value of any shape its field allows; each part is noted at its own place."""
    if isinstance(node, yaml.SequenceNode) and told.shape is Shape.MANY:
        parts = [read_one(part, told, notes, what) for part in node.value]
        return tuple(part for part in parts if part is not None)
    if isinstance(node, yaml.MappingNode) and told.shape in (Shape.MAP, Shape.EITHER):
        return _read_map(node, told, notes, what)
    if told.shape is Shape.MAP:
        notes.add(node, f"{what} holds keys and values (write {{amylase: 182 IU/L}})")
        return None
    value = read_one(node, told, notes, what)
    if told.shape is Shape.ONE or value is None:
        return value
    return (value,) if told.shape is Shape.MANY else (("", value),)


def _read_map(node: yaml.MappingNode, told: Told, notes: Notes, what: str) -> Any:
    """Pairs of name and value; for ``called`` the label is the key and the place the value."""
    found = []
    for key, key_node, value in pairs(node, notes):
        if told.shape is Shape.MAP:
            read = read_one(value, told, notes, f"{what} {key}")
            found += [(key, read)] if read is not None else []
        else:
            read, place = read_one(key_node, told, notes, what), scalar(value, notes, what)
            found += [(place, read)] if read is not None and place is not None else []
    return tuple(found)


def structure(
    cls: type[Any], node: Node, notes: Notes, skip: tuple[str, ...] = (), **given: Any
) -> Any:
    """One object from one mapping: every key read by its field, every fault noted, or None."""
    if not isinstance(node, yaml.MappingNode):
        notes.add(node, f"keys are wanted here: {', '.join(fields_told(cls))}")
        return None
    known, before = fields_told(cls), len(notes.problems)
    values = dict(given)
    for key, key_node, value in pairs(node, notes):
        if key in skip:
            continue
        if key.replace("_", "-") not in known or known[key.replace("_", "-")][1].leads:
            wanted = [word for word, (_, told) in known.items() if not told.leads]
            notes.add(key_node, f"unknown key {key!r} ({near(key, wanted)})")
            continue
        name, told = known[key.replace("_", "-")]
        values[name] = read_value(value, told, notes, key)
    if len(notes.problems) > before:
        return None
    try:
        return cls(**values)
    except ValueError as fault:
        notes.add(node, str(fault))
        return None
