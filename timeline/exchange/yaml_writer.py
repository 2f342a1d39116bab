"""Values as YAML that the loader takes: every scalar is a text, in quotes only where it must be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

WIDTH = 100  # characters of an entry on one line; a longer one has a line for each key


class _Dumper(yaml.SafeDumper):
    """Texts without quotes where the syntax needs none: the reader takes every value as text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  (as the base class declares it)


def flow_text(value: Any) -> str:
    """Texts, lists and mappings in one line: ``{scan: 2021-03, new: [liver, L1]}``."""
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
