"""Entries within ``{..}``: which of their keys a comma has made of a text, and their text."""

from __future__ import annotations

import yaml

Node = yaml.Node
PLAIN = (None, "")  # the style of a scalar without quotes


def has_no_value(value: Node) -> bool:
    """Whether a key has no value at all, not even an empty text in quotes."""
    return isinstance(value, yaml.ScalarNode) and not value.value and not value.style


def is_cut(key: Node, value: Node) -> bool:
    """Whether a key has neither a value nor a colon: a comma is before it.

    A colon takes at least two columns, itself and a blank.
    """
    end, start = key.end_mark, value.start_mark
    is_key_only = has_no_value(value) and isinstance(key, yaml.ScalarNode) and key.style in PLAIN
    return is_key_only and start.line == end.line and start.column - end.column < 2


def corrected(node: yaml.MappingNode, rest: str) -> str:
    """An entry as it should be written, with the text in quotes that a comma has cut."""
    pairs: list[tuple[str, str]] = []
    for key, value in node.value:
        if key.value == rest and pairs:
            name, text = pairs[-1]
            pairs[-1] = name, f'"{text.strip(chr(34))}, {rest}"'
        else:
            pairs.append((str(key.value), flow_text(value)))
    return "{" + ", ".join(f"{key}: {text}" if text else key for key, text in pairs) + "}"


def flow_text(node: Node) -> str:
    """A node as text in one line."""
    if isinstance(node, yaml.MappingNode):
        return "{" + ", ".join(f"{k.value}: {flow_text(v)}" for k, v in node.value) + "}"
    if isinstance(node, yaml.SequenceNode):
        return "[" + ", ".join(map(flow_text, node.value)) + "]"
    quoted = getattr(node, "style", None) not in PLAIN or "," in node.value
    return f'"{node.value}"' if quoted else str(node.value)
