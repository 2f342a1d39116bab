"""Completions of the text of a case or report file, from its schema."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs
import yaml

from timeline.core.text.spelling import folded
from timeline.editing.fixed_words import resolved, words_of
from timeline.exchange.yaml_writer import flow_text
from timeline.files.schema.json_schema import SCHEMAS
from timeline.files.yaml.text_forms import Fragment
from timeline.files.yaml.yaml_nodes import Node
from timeline.files.yaml.yaml_text import compose_yaml_text

KEY, VALUE = "key", "value"
_HOLE = "zzqxhole"  # stands in the text for what is typed
_STARTS = re.compile(r"(?:^[ ]*(?:- +)*|[{\[,] *|: +|:$)")
_ENTRY = re.compile(r" *- |[^\s#]")  # how a line begins before which no bracket is open
_BRACKETS = {"{": "}", "[": "]"}
Schemas = list[Fragment]
Step = str | int


@attrs.frozen(kw_only=True)
class Completion:
    """A word that may stand at a place of the text.

    Attributes:
        text: the word, in quotes where YAML needs them.
        kind: ``key`` or ``value``.
        description: what it means; empty of a plain word.
        start: the column from which the word replaces what is typed, from 1; up to the cursor.
    """

    text: str
    kind: str
    description: str
    start: int


def completions(text: str, line: int, column: int) -> tuple[Completion, ...]:
    r"""The words that may stand at a place of a case or report file.

    Args:
        text: the text of the file; what is being typed need not be YAML yet.
        line: the line of the cursor, from 1.
        column: its column, from 1: the number of characters before it and one.

    Returns:
        Kinds of events and claims, the keys of the kind at that place that are not written yet, and
        the words of a key with a fixed list, as far as they begin with what is typed. Nothing
        within a comment, or where any text may stand.

    >>> text = "case: a\nevents:\n  - {scan: 2021-05, targ"
    >>> [each.text for each in completions(text, 3, 25)]
    ['target']
    >>> text = "case: a\nevents:\n  - {scan: 2021-05, target: s"
    >>> [each.text for each in completions(text, 3, 30)]
    ['SD', 'shrunk', 'stable']
    """
    lines = text.removeprefix("\ufeff").splitlines()
    lines += [""] * (line - len(lines))
    if line < 1 or _in_comment(lines[line - 1][: column - 1]):
        return ()
    before = lines[line - 1][: column - 1]
    start = _word_start(before)
    typed = before[start:]
    for candidate in _candidates(lines, line - 1, start, column - 1):
        found = _place(candidate)
        if found is not None:
            words = _words(*found)
            return tuple(
                Completion(text=word, kind=found[1], description=described, start=start + 1)
                for word, described in words.items()
                if folded(word).startswith(folded(typed))
            )
    return ()


def _in_comment(before: str) -> bool:
    """Whether a place is within a comment, or within a text in quotes."""
    plain = re.sub(r"\"[^\"]*\"|'[^']*'", "", before)
    return bool(re.search(r"(?:^|\s)#", plain)) or '"' in plain


def _word_start(before: str) -> int:
    """Where the word that is typed begins in its line."""
    return max(found.end() for found in _STARTS.finditer(before))


def _candidates(lines: Sequence[str], at: int, start: int, end: int) -> Iterator[str]:
    """Texts with a sign for what is typed, each made YAML in another way."""
    line = lines[at]
    rest = re.match(r"[^,}\]:#]*", line[end:])
    after = line[end + (rest.end() if rest else 0) :]
    head = line[:start]
    blank = " " if head.endswith(":") else ""
    closing = "".join(reversed(list(_open_brackets(lines, at, start))))
    begins = not head.strip(" -")
    words = (f"{_HOLE}: x", _HOLE) if begins else (_HOLE, f"{_HOLE}: x")
    for tail in (after, closing):
        for word in words if not after.startswith(":") else (_HOLE,):
            new = [*lines[:at], f"{head}{blank}{word}{tail}", *lines[at + 1 :]]
            yield "\n".join(new) + "\n"
    for word in words:  # without what follows, which may not be YAML yet
        yield "\n".join([*lines[:at], f"{head}{blank}{word}{closing}"]) + "\n"


def _open_brackets(lines: Sequence[str], at: int, start: int) -> Iterator[str]:
    """The brackets that close those which are open at a place, the innermost last."""
    begin = (n for n in range(at, -1, -1) if _ENTRY.match(lines[n]))
    first = next(begin, 0)
    text = "\n".join([*lines[first:at], lines[at][:start]])
    plain = re.sub(r"\"[^\"]*\"|'[^']*'", "", text)
    depth: list[str] = []
    for letter in plain:
        if letter in _BRACKETS:
            depth.append(_BRACKETS[letter])
        elif depth and letter == depth[-1]:
            depth.pop()
    yield from depth


Path = list[tuple[Node, Step]]


def _place(text: str) -> tuple[Path, str] | None:
    """The way to the sign in a text, and whether it is a key or a value; None where it is none."""
    root = compose_yaml_text(text, "").root
    return _way(root, []) if root is not None else None


def _way(node: Node, before: Path) -> tuple[Path, str] | None:
    if isinstance(node, yaml.ScalarNode):
        return (before, VALUE) if node.value == _HOLE else None
    if isinstance(node, yaml.SequenceNode):
        for number, each in enumerate(node.value):
            if found := _way(each, [*before, (node, number)]):
                return found
        return None
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == _HOLE:
            return [*before, (node, _HOLE)], KEY
        if found := _way(value, [*before, (node, str(key.value))]):
            return found
    return None


def _words(path: Path, kind: str) -> dict[str, str]:
    """The words of a place with their descriptions."""
    root = path[0][0] if path else None
    keys = _keys(root)
    name = "report" if "source" in keys and "events" not in keys else "case"
    if kind == KEY and len(path) == 1 and not keys:
        both = [_properties(_top(each), root, {}) for each in SCHEMAS]
        return {key: text for each in both for key, text in each.items()}
    schemas: Schemas = [_top(name)]
    definitions = _top(name).get("definitions", {})
    for node, step in path if kind == VALUE else path[:-1]:
        schemas = list(_next(_concrete(schemas, node, definitions), step))
    if kind == VALUE:
        return dict.fromkeys(_fixed(schemas, definitions), "")
    node = path[-1][0]
    found: dict[str, str] = {}
    for each in _concrete(schemas, node, definitions):
        found |= _properties(each, node, definitions)
        if isinstance(each.get("propertyNames"), dict):
            found |= dict.fromkeys(_fixed([each["propertyNames"]], definitions), "")
    return found


@functools.cache
def _top(name: str) -> Fragment:
    return SCHEMAS[name]()


def _keys(node: Any) -> frozenset[str]:
    """The keys that a mapping has, without the sign."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return frozenset(str(key.value).replace("_", "-") for key, _ in pairs) - {_HOLE}


def _properties(schema: Fragment, node: Any, definitions: Fragment) -> dict[str, str]:
    """The keys that a mapping may have and has not, with their descriptions."""
    written = _keys(node)
    return {
        key: str(resolved(form, definitions).get("description", ""))
        for key, form in schema.get("properties", {}).items()
        if key.replace("_", "-") not in written
    }


def _concrete(schemas: Iterable[Fragment], node: Any, definitions: Fragment) -> Iterator[Fragment]:
    """The fragments that hold for a node: references followed, conditions decided by its keys."""
    for schema in schemas:
        if "$ref" in schema:
            yield from _concrete([resolved(schema, definitions)], node, definitions)
            continue
        rules = [each for each in (schema, *schema.get("allOf", ())) if "if" in each]
        held = [each["then"] for each in rules if _holds(each["if"], node) and "then" in each]
        other = [each["else"] for each in rules if not _holds(each["if"], node) and "else" in each]
        if held and "allOf" in schema:  # an entry whose kind is written
            yield from _concrete(held, node, definitions)
            continue
        yield schema
        yield from _concrete([*held, *other], node, definitions)
        parts = (each for each in schema.get("anyOf", ()) if _fits(each, node))
        yield from _concrete(parts, node, definitions)


def _holds(condition: Fragment, node: Any) -> bool:
    """Whether a condition about keys holds; one about anything else does not."""
    needed = frozenset(condition.get("required", ()))
    return set(condition) == {"required"} and bool(needed) and needed <= _keys(node)


def _fits(schema: Fragment, node: Any) -> bool:
    """Whether a fragment may be about a node of this form."""
    form = {yaml.MappingNode: "object", yaml.SequenceNode: "array"}.get(type(node))
    kind = schema.get("type")
    return form is None or kind is None or kind == form or (isinstance(kind, list) and form in kind)


def _next(schemas: Iterable[Fragment], step: Step) -> Iterator[Fragment]:
    """The fragments of a value in a mapping or a list."""
    for schema in schemas:
        if isinstance(step, int):
            if "items" in schema:
                yield schema["items"]
            continue
        properties = schema.get("properties", {})
        patterns = schema.get("patternProperties", {})
        if step in properties:
            yield properties[step]
        elif named := [form for pattern, form in patterns.items() if re.search(pattern, step)]:
            yield from named
        elif isinstance(schema.get("additionalProperties"), dict):
            yield schema["additionalProperties"]


def _fixed(schemas: Iterable[Fragment], definitions: Fragment) -> Iterator[str]:
    """The words of fixed lists, each as YAML writes it."""
    for schema in schemas:
        yield from map(flow_text, words_of(schema, definitions))
