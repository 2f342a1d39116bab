"""A JSON file as values with their paths, what was read of it, and every fault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from timeline.core.problem import Problem, Where
from timeline.files.file_text import Unreadable, controls, text_of

Leaf = str | int | float | bool
MOST_LEVELS = 200


@attrs.define
class JsonFile:
    """A JSON file that is read. ``seen``: the paths of the values that were used."""

    path: Path
    problems: list[Problem] = attrs.field(factory=list)
    seen: set[str] = attrs.field(factory=set)

    def root(self) -> JsonNode:
        """The value of the file; empty where it is no JSON object."""
        return JsonNode(self, self._value() or {}, "$")

    def fault(self, path: str, what: str) -> None:
        """Note a fault at a path."""
        self.problems.append(Problem(Where(str(self.path)), f"{path}: {what}"))

    def _value(self) -> Any:
        try:
            text = text_of(self.path, save="save it as JSON, UTF-8")
            found = json.loads(text, object_pairs_hook=self._object, parse_constant=_no_number)
        except Unreadable as fault:
            where = Where(str(self.path), fault.line, fault.column)
            self.problems.append(Problem(where, str(fault)))
        except json.JSONDecodeError as fault:
            where = Where(str(self.path), fault.lineno, fault.colno)
            self.problems.append(Problem(where, f"not JSON: {fault.msg}"))
        except (ValueError, RecursionError) as fault:
            what = "values within values, too many" if isinstance(fault, RecursionError) else fault
            self.problems.append(Problem(Where(str(self.path)), f"not JSON: {what}"))
        else:
            if isinstance(found, dict):
                return found
            self.fault("$", "is no JSON object (it begins with a brace)")
        return None

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise ValueError(f"the name {twice!r} twice in one object (keep one)")
        return dict(pairs)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


@attrs.frozen
class JsonNode:
    """A value of a JSON file with its path."""

    file: JsonFile
    value: Any
    path: str

    def __bool__(self) -> bool:
        return self.value not in (None, {}, [], "")

    def get(self, name: str) -> JsonNode:
        """A member of an object; empty where there is none, with a fault where it is no object."""
        if not isinstance(self.value, dict):
            if self:
                self.file.fault(self.path, "is no object")
            return JsonNode(self.file, None, f"{self.path}.{name}")
        return JsonNode(self.file, self.value.get(name), f"{self.path}.{name}")

    def items(self) -> Iterator[JsonNode]:
        """The items of a list; none of what is missing, with a fault where it is no list."""
        if isinstance(self.value, list):
            for number, each in enumerate(self.value):
                yield JsonNode(self.file, each, f"{self.path}[{number}]")
        elif self:
            self.file.fault(self.path, "is no list")

    def text(self) -> str:
        """A text or a number as a text in one line; empty where it is missing."""
        if self.value is None:
            return ""
        if isinstance(self.value, dict | list):
            self.file.fault(self.path, "is no text")
            return ""
        found = str(self.value)
        if any(controls(found.replace("\n", " ").replace("\t", " "))):
            self.file.fault(self.path, "a control character (delete it)")
        self.file.seen.add(self.path)
        return " ".join(found.split())

    def is_true(self) -> bool:
        """Whether it is ``true``."""
        self.file.seen.add(self.path)
        return self.value is True

    def leaves(self) -> Iterator[tuple[str, str]]:
        """The values below it that were not used, each with its path from here."""
        stack = [self]
        while stack:
            node = stack.pop()
            if isinstance(node.value, dict):
                stack += [node.get(name) for name in reversed(node.value)]
            elif isinstance(node.value, list):
                stack += reversed(list(node.items()))
            elif node.path not in self.file.seen and node:
                yield node.path[len(self.path) :].lstrip("."), " ".join(str(node.value).split())
