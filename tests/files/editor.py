"""A YAML file as an editor sees it: plain texts by the core schema of YAML 1.2.2, 10.3.2."""

from __future__ import annotations

import re

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NULL = re.compile(r"null|Null|NULL|~|")
BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def as_json(text):
    """The one document of a text, with numbers, truth values and null as an editor has them."""
    root = yaml.compose(text, Loader=LOADER)
    return None if root is None else _value(root)


def _value(node):
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(each) for each in node.value]
    return node.value if node.style else plain(node.value)


def plain(text):
    """What a plain text is."""
    if NULL.fullmatch(text):
        return None
    if BOOL.fullmatch(text):
        return text.lower() == "true"
    if INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    return float(text) if FLOAT.fullmatch(text) else text
