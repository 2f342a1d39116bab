"""Characters that no font has, each reported once with its place in the figure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

# By the first word of the Unicode name of a letter; fonts that are free for all systems.
_FONTS = {
    **dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"), "Noto Sans CJK"),
    "ARABIC": "Noto Sans Arabic",
    "HEBREW": "Noto Sans Hebrew",
    "DEVANAGARI": "Noto Sans Devanagari",
    "BENGALI": "Noto Sans Bengali",
    "TAMIL": "Noto Sans Tamil",
    "THAI": "Noto Sans Thai",
    "GEORGIAN": "Noto Sans Georgian",
    "ARMENIAN": "Noto Sans Armenian",
}
_GLYPH = re.compile(r"Glyph (\d+) ")


@contextmanager
def report_missing_glyphs(out: Path, scene: Any = None) -> Iterator[None]:
    """Report each character drawn within the block that no font has; other warnings as they are.

    ``scene``: the figure, if known, to name the row of the character.
    """
    import warnings

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    for text in dict.fromkeys(_message(str(each.message), scene) for each in caught):
        typer.echo(f"{out}: {text}", err=True)


def _message(message: str, scene: Any) -> str:
    found = _GLYPH.match(message)
    if not found:
        return message
    letter = chr(int(found[1]))
    return f"no font has {letter!r}{_place(letter, scene)}, so it is drawn as a box{_font(letter)}"


def _font(letter: str) -> str:
    """A font to install for a letter, where its script has a usual one."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return f" (install one that has it, as {_FONTS[script]})" if script in _FONTS else ""


def _place(letter: str, scene: Any) -> str:
    """The first row of the figure with a character, and its text."""
    for mark in scene.marks if scene is not None else ():
        text = getattr(mark, "text", "")
        if letter in text:
            return f" (row {scene.rows[mark.row].name}: {text!r})"
    return ""
