"""The texts and the attributes that the code of the project names; each module is read once."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = tuple(
    path for folder in ("timeline", "renderers") for path in sorted((ROOT / folder).rglob("*.py"))
)


@functools.cache
def texts(path: Path) -> tuple[tuple[int, str], ...]:
    """Every text of a module, with its line."""
    return _read(path)[0]


@functools.cache
def attributes(path: Path) -> frozenset[str]:
    """Every attribute that a module names."""
    return _read(path)[1]


@functools.cache
def _read(path: Path) -> tuple[tuple[tuple[int, str], ...], frozenset[str]]:
    found, named = list[tuple[int, str]](), set[str]()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append((node.lineno, node.value))
        elif isinstance(node, ast.Attribute):
            named.add(node.attr)
    return tuple(found), frozenset(named)
