"""Letters that no font has, named once each with the place that holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

_GLYPH = re.compile(r"Glyph (\d+) ")


@contextmanager
def report_missing_glyphs(out: Path, scene: Any = None) -> Iterator[None]:
    """Name each letter that is drawn inside it and that no font has; other warnings as they are.

    ``scene`` is what is drawn, whose rows hold the letters, where it is known.
    """
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for text in dict.fromkeys(_said(str(each.message), scene) for each in caught):
        typer.echo(f"{out}: {text}", err=True)


def _said(message: str, scene: Any) -> str:
    found = _GLYPH.match(message)
    if not found:
        return message
    letter = chr(int(found[1]))
    return f"no font has {letter!r}{_place(letter, scene)}, so it is drawn as a box"


def _place(letter: str, scene: Any) -> str:
    """The first row of the figure that holds a letter, with its words."""
    for mark in scene.marks if scene is not None else ():
        text = getattr(mark, "text", "")
        if letter in text:
            return f" (row {scene.rows[mark.row].name}: {text!r})"
    return ""
