"""YAML as nodes with places: every scalar stays text, every fault has its line and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import yaml

from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where, in_order, near
from timeline.core.schema import (
    JOINT,
    Cardinality,
    FieldSpec,
    faults_together,
    free_text,
    schema_of,
)
from timeline.core.text.spelling import folded
from timeline.files.yaml.flow_text import corrected, has_no_value
from timeline.files.yaml.yaml_text import YamlTree, compose_yaml, compose_yaml_text

Node = yaml.Node
_NOTHING = "empty value (write a value, or leave the key out)"


@frozen
class Repairable:
    """A fault of one word or text, with what may be there.

    Attributes:
        node: the key or the value.
        known: the words that it may be; empty if it is read otherwise.
        read: the reader of the value.
        twice: whether it is a key that was given before.
    """

    node: Node
    known: tuple[str, ...] = ()
    read: Any = None
    twice: bool = False


@attrs.define
class ProblemLog:
    """The problems of one file, collected while it is read; nothing is thrown."""

    file: str
    problems: list[Problem] = attrs.Factory(list)
    whole: bool = True  # False where entries that are no YAML were passed over
    repairable: list[Repairable] = attrs.Factory(list)
    undecided: list[Problem] = attrs.Factory(list)  # what a draft leaves to a person

    def all(self) -> tuple[Problem, ...]:
        """Every problem once, in the order of the file; what is not decided only as such."""
        open_at = {each.where for each in self.undecided}
        others = (each for each in self.problems if each.where not in open_at)
        return in_order((*others, *self.undecided))

    def where(self, node: Node) -> Where:
        """The place of a node in the file."""
        return Where(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def add(self, node: Node, what: str, **about: Any) -> None:
        """Note a fault at a node; ``about`` it: see `Repairable`."""
        self.at(self.where(node), what)
        if about:
            self.repairable.append(Repairable(node, **about))

    def at(self, where: Where, what: str) -> None:
        """Note a fault at a place."""
        self.problems.append(Problem(where, what))


def compose(path: Path, notes: ProblemLog) -> yaml.MappingNode | None:
    """The file's one mapping, as far as it can be read, or None; what is wrong is noted."""
    return _noted(compose_yaml(path, notes.file), notes)


def compose_text(text: str, notes: ProblemLog) -> yaml.MappingNode | None:
    """The same of a text."""
    return _noted(compose_yaml_text(text, notes.file), notes)


def _noted(found: YamlTree, notes: ProblemLog) -> yaml.MappingNode | None:
    notes.problems.extend(found.problems)
    notes.whole = found.whole
    notes.undecided.extend(found.undecided)
    return found.root


def pairs(node: yaml.MappingNode, notes: ProblemLog) -> Iterator[tuple[str, Node, Node]]:
    """Each key once, with its own node and its value's; a key given twice is noted."""
    first: dict[str, Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            notes.add(key, "a key must be a word")
        elif key.value in first:
            line = first[key.value].start_mark.line + 1
            text = f"{key.value!r} is given twice, first in line {line} (keep one)"
            notes.add(key, text, twice=True)
        else:
            first[key.value] = key
            yield key.value, key, value


def scalar(node: Node, notes: ProblemLog, what: str) -> str | None:
    """The text of a plain value; anything else is noted."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    is_list = isinstance(node, yaml.SequenceNode)
    written = "a list (write one of its values)" if is_list else "keys (write the value alone)"
    notes.add(node, f"{what} takes one value, not {written}")
    return None


def read_one(node: Node, spec: FieldSpec, notes: ProblemLog, what: str) -> Any:
    """A scalar through its reader; None with a note where it does not read."""
    text = _under_key(node, spec.keys) or scalar(node, notes, what)
    if text is None:
        return None
    if not text.strip():
        notes.add(node, f"{what}: {_NOTHING}")
        return None
    try:
        return spec.read(text)
    except ValueError as fault:
        notes.add(node, f"{what}: {fault}", read=spec.read)
        return None


def _under_key(node: Node, keys: tuple[str, ...]) -> str:
    """The text of a value under one of some keys, with its key: ``site: liver``; else empty."""
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        return ""
    key, value = node.value[0]
    plain = isinstance(value, yaml.ScalarNode) and key.value in keys
    return f"{key.value}: {value.value}" if plain else ""


def read_value(node: Node, spec: FieldSpec, notes: ProblemLog, what: str) -> Any:
    """A value of any shape its field allows; each part is noted at its own place."""
    if isinstance(node, yaml.CollectionNode) and not node.value:
        notes.add(node, f"{what}: {_NOTHING}")
        return None
    if isinstance(node, yaml.SequenceNode) and spec.shape is Cardinality.MANY:
        read = [one for part in node.value for one in _read_parts(part, spec, notes, what)]
        return tuple(one for one in read if one is not None)
    if isinstance(node, yaml.SequenceNode) and spec.joins:
        texts = [read_one(part, spec, notes, what) for part in node.value]
        return None if None in texts else JOINT.join(texts)
    if isinstance(node, yaml.MappingNode) and spec.shape in (Cardinality.MAP, Cardinality.EITHER):
        return _read_map(node, spec, notes, what)
    if spec.shape is Cardinality.MAP:
        notes.add(node, f"{what} takes keys and values (write {{amylase: 182 IU/L}})")
        return None
    if spec.shape is Cardinality.MANY:
        values = _read_parts(node, spec, notes, what)
        return None if None in values else values
    value = read_one(node, spec, notes, what)
    return value if spec.shape is Cardinality.ONE or value is None else (("", value),)


def _read_parts(node: Node, spec: FieldSpec, notes: ProblemLog, what: str) -> tuple[Any, ...]:
    """The values of a node that may hold several in one text: ``carboplatin + paclitaxel``."""
    texts = spec.texts(str(node.value)) if isinstance(node, yaml.ScalarNode) else ()
    if len(texts) < 2:
        return (read_one(node, spec, notes, what),)
    marks = (node.start_mark, node.end_mark)
    parts = (yaml.ScalarNode(node.tag, text, *marks) for text in texts)
    return tuple(read_one(part, spec, notes, what) for part in parts)


def _read_map(node: yaml.MappingNode, spec: FieldSpec, notes: ProblemLog, what: str) -> Any:
    """Pairs of name and value; for ``called`` the label is the key and the place the value."""
    found = []
    for key, key_node, value in pairs(node, notes):
        if spec.shape is Cardinality.MAP:
            read = read_one(value, spec, notes, f"{what} {key}")
            found += [(key, read)] if read is not None else []
        else:
            read, place = read_one(key_node, spec, notes, what), scalar(value, notes, what)
            found += [(place, read)] if read is not None and place is not None else []
    return tuple(found)


def unknown_key(
    key: str,
    value: Node,
    node: yaml.MappingNode,
    keys: list[str],
    where: str = "",
    what: str = "key",
) -> str:
    """The message for an unknown key, which may be the rest of a text that a comma has cut.

    ``where``: where it is to be written, for a key that is known elsewhere.
    """
    if not has_no_value(value) or not node.flow_style:
        return f"unknown {what} {key!r} ({where or near(key, keys)})"
    known = {folded(each): each for each in keys}
    first, _, rest = key.partition(" ")
    colon = f"write {known[folded(first)]}: {rest}, or " if rest and folded(first) in known else ""
    advice = f"{colon}put all of it in quotes: {corrected(node, key)}"
    return f"{key!r} has no value: in {{..}} a comma ends a text ({advice})"


_NOT_STATED = frozenset(("not stated", "not reported", "not specified", "not given"))


def _is_left_out(node: Node, spec: FieldSpec) -> bool:
    """Whether a value states that the report does not state it, and no reader has a use for it."""
    if not isinstance(node, yaml.ScalarNode) or folded(str(node.value)) not in _NOT_STATED:
        return False
    try:
        return spec.read is free_text or not spec.read(str(node.value))
    except ValueError:
        return True


def _advises(text: str, key: str) -> bool:
    """Whether a message says to write a value under a key: nothing is missing there besides."""
    return re.search(rf"(?:write|did you mean) {re.escape(key)}(?![\w-])", text) is not None


def structure(
    cls: type[Any],
    node: Node,
    notes: ProblemLog,
    skip: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
    elsewhere: Callable[[str, Node], str] | None = None,
    *,
    omits: bool = False,
    **fields: Any,
) -> Any:
    """One object from one mapping: every key read by its field, every fault noted, or None.

    ``skip``: keys that are read elsewhere. ``also``: those of them that a message may advise.
    ``elsewhere``: where to write an unknown key with its value; empty where it has no place.
    ``omits``: whether a value such as ``not stated`` means that the key is left out.
    """
    if not isinstance(node, yaml.MappingNode):
        notes.add(node, f"keys are expected here: {', '.join(schema_of(cls))}")
        return None
    known, before = schema_of(cls), len(notes.problems)
    values = dict(fields)
    first: dict[str, str] = {}
    unread = {name for name, value in fields.items() if value is None}
    for key, key_node, value in pairs(node, notes):
        if key in skip:
            continue
        word = key.replace("_", "-")
        if word not in known or known[word][1].leads:
            known_keys = [*(word for word, (_, spec) in known.items() if not spec.leads), *also]
            where = elsewhere(key, value) if elsewhere is not None else ""
            text = unknown_key(key, value, node, known_keys, where)
            notes.add(key_node, text, known=tuple(known_keys))
            unread |= {name for each, (name, _) in known.items() if _advises(text, each)}
        elif word in first:
            description = f"{key!r} is {first[word]!r} in another spelling: given twice (keep one)"
            notes.add(key_node, description, twice=True)
        else:
            first[word] = key
            name, spec = known[word]
            if omits and _is_left_out(value, spec):
                continue
            faults = len(notes.problems)
            values[name] = read_value(value, spec, notes, key)
            unread |= {name} if len(notes.problems) > faults else set()
    for text in faults_together(cls, values, unread):
        notes.add(node, text)
    if len(notes.problems) > before:
        return None
    try:
        return cls(**values)
    except ValueError as fault:
        notes.add(node, str(fault))
        return None
