"""Values as YAML that the loader takes: every scalar is a text, in quotes only where it must be."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

import yaml

WIDTH = 100  # characters of an entry on one line; a longer one has a line for each key


class _Dumper(yaml.SafeDumper):
    """Texts without quotes where the syntax needs none: the reader takes every value as text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  (as the base class declares it)


_KEY = re.compile(r"[A-Za-z](?:[A-Za-z0-9 -]{0,60}[A-Za-z0-9])?")  # needs no quotes


def flow_text(value: Any) -> str:
    """Texts, lists and mappings in one line: ``{scan: 2021-03, new: [liver, L1]}``."""
    if type(value) is dict and value and all(map(_is_plain_key, value)):
        parts = [(key, _part_text(each)) for key, each in value.items()]
        if all(part is not None for _, part in parts):
            return "{" + ", ".join(f"{key}: {part}" for key, part in parts) + "}"
    return _dumped(value)


def _is_plain_key(key: object) -> bool:
    return type(key) is str and _KEY.fullmatch(key) is not None


def _part_text(value: object) -> str | None:
    """A text or a list of texts as the value of a key; None for anything else.

    Each text is written once and kept: a draft has the same few words in thousands of entries.
    """
    if type(value) is str:
        return _quoted(value) if _is_short(value) else None
    if type(value) is list and all(type(each) is str and _is_short(each) for each in value):
        return f"[{', '.join(map(_quoted, value))}]"
    return None


def _is_short(text: str) -> bool:
    """Whether a text is a few words in one line, which may come again."""
    return len(text) <= WIDTH and text.isprintable()


@functools.lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """A text of one line within brackets: in quotes where it needs them."""
    return _dumped([text])[1:-1]


def _dumped(value: Any) -> str:
    text = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, sort_keys=False,
        width=10**6,
    )  # fmt: skip
    return text.removesuffix("\n").removesuffix("\n...")


def entry_text(entry: Mapping[str, Any], indent: str = "  ") -> str:
    """An entry of a list with its line end: in one line if it fits, else a line for each key."""
    one = f"{indent}- {flow_text(dict(entry))}\n"
    if len(one) <= WIDTH:
        return one
    lines = [f"{flow_text(key)}: {flow_text(value)}\n" for key, value in entry.items()]
    return f"{indent}- " + f"{indent}  ".join(lines)


def plain_node(node: Any) -> Any:
    """A node as texts, lists and mappings."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain_node(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain_node(each) for each in node.value]
    return str(node.value)
