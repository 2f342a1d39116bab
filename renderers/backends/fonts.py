"""Which fonts a text is drawn in: those of its page, and for letters that they lack another one."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from matplotlib import rc_context
from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager, get_font

from renderers.scene.fonts import FAMILIES
from renderers.scene.journals import Page

# A font of another script may lack a weight; what is drawn instead is no concern of the reader.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

FONT_SETTINGS: Any = {
    "font.family": ["sans-serif"],
    **{f"font.{family}": list(names) for family, names in FAMILIES.items()},
}
# Fonts with many scripts, in the order in which they are asked for a letter; then all others by
# name. Of a letter that is written in several ways the Chinese form comes first.
_OF_MANY_SCRIPTS = (
    "DejaVu Sans", "Arial Unicode MS",
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "SimSun",
    "PingFang SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
    "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic", "Hiragino Sans", "MS Gothic", "IPAGothic",
    "Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic",
    "Noto Sans Arabic", "Noto Naskh Arabic", "Geeza Pro", "Tahoma",
)  # fmt: skip
_NO_LETTERS = "Last Resort"  # fonts of boxes, which have every letter
_LIKE_ARIAL = {"sans-serif": FAMILIES["sans-serif"][:-1]}


def families_of(page: Page) -> tuple[str, ...]:
    """The font that is named for a page, if one is, and the family of its journal."""
    return (*((page.font,) if page.font else ()), page.preset.family)


@lru_cache(maxsize=4096)
def families_for(base: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The families that have every letter of a text, as far as an installed font has it.

    Args:
        base: Those of the page, which are tried first.
        text: What is drawn.

    """
    if text.isascii():
        return base
    lacking = [letter for letter in text if not letter.isspace() and not _have(base, letter)]
    return tuple(dict.fromkeys([*base, *filter(None, map(_family_with, lacking))]))


@lru_cache(maxsize=4096)
def _have(families: tuple[str, ...], letter: str) -> bool:
    with rc_context(FONT_SETTINGS):
        paths = [findfont(FontProperties(family=[name])) for name in families]
    return any(get_font(path).get_char_index(ord(letter)) for path in paths)


@lru_cache(maxsize=1024)
def _family_with(letter: str) -> str:
    """The first installed font that has a letter, or an empty text."""
    found = next((name for name, path in _upright_fonts() if _has(path, letter)), "")
    if not found and _add_new_fonts():
        found = next((name for name, path in _upright_fonts() if _has(path, letter)), "")
    return found


@cache
def _add_new_fonts() -> int:
    """Add the fonts that were installed after matplotlib made its list, which it keeps on disk.

    Returns:
        How many were added.
    """
    known = {each.fname for each in fontManager.ttflist}
    new = [path for path in findSystemFonts() if path not in known]
    for path in new:
        with contextlib.suppress(OSError, RuntimeError, ValueError):  # a file that is no font
            fontManager.addfont(path)
    return len(new)


def _upright_fonts() -> Iterator[tuple[str, str]]:
    """The installed fonts with their files, in the order in which they are asked for a letter."""
    upright = [each for each in fontManager.ttflist if each.style == "normal"]
    files = {each.name: each.fname for each in sorted(upright, key=lambda each: each.fname)}
    for name in (*_OF_MANY_SCRIPTS, *sorted(set(files) - set(_OF_MANY_SCRIPTS))):
        if name in files and not name.startswith(_NO_LETTERS):
            yield name, files[name]


def _has(path: str, letter: str) -> bool:
    try:
        return bool(get_font(path).get_char_index(ord(letter)))
    except (OSError, RuntimeError):  # a font that cannot be read
        return False


def substitute_note(page: Page) -> str:
    """What is used instead of a font like Arial, if none is installed; else nothing."""
    wanted = () if page.font else _LIKE_ARIAL.get(page.preset.family, ())
    installed = {each.name for each in fontManager.ttflist}
    if not wanted or installed & set(wanted):
        return ""
    used = FAMILIES[page.preset.family][-1]
    return (
        f"texts are in {used}: {', '.join(wanted[:-1])} and {wanted[-1]} are not installed "
        "(install one, or choose another font with --font)"
    )
