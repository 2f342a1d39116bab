"""The fixed words of a figure in the language of its paper.

What a report or a table says stands as it says it; so do the names of criteria and categories.
Which language is spoken is known while a figure is laid out, and nowhere else: hundreds of words
in dozens of rooms need it, and none of them decides anything by it.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import attrs
import pendulum

from renderers.languages import ENGLISH, LANGUAGES, Language
from renderers.scene.scene import Scene

Made = TypeVar("Made")
_SPOKEN: ContextVar[Language] = ContextVar("the language of the figure", default=ENGLISH)


def translate(text: str, /, **parts: object) -> str:
    """A phrase in the language that is spoken, its ``{parts}`` filled in; English where unknown."""
    phrase = _SPOKEN.get().phrases.get(text, text)
    return phrase.format(**parts) if parts else phrase


def either(words: tuple[str, ...]) -> str:
    """``iPR, iSD or iCPD``."""
    *most, last = words
    return translate("{first} or {last}", first=", ".join(most), last=last) if most else last


def both(words: tuple[str, ...]) -> str:
    """``PFS, iPFS and OS``; nothing of nothing."""
    *most, last = words or ("",)
    return translate("{first} and {last}", first=", ".join(most), last=last) if most else last


def month_name(year: int, month: int) -> str:
    """A month in three letters or so, as the language shortens it."""
    return pendulum.date(year, month, 1).format("MMM", locale=_SPOKEN.get().name)


@functools.lru_cache(maxsize=8)
def _months(language: str) -> tuple[str, ...]:
    return tuple(pendulum.date(2000, n, 1).format("MMM", locale=language) for n in range(1, 13))


def months_in_short() -> tuple[str, ...]:
    """The twelve of them."""
    return _months(_SPOKEN.get().name)


@contextmanager
def current_language(name: str) -> Iterator[None]:
    """Phrases are of this language within; the one before is spoken again after it."""
    before = _SPOKEN.set(LANGUAGES[name])
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def localized(make: Callable[..., Made]) -> Callable[..., Made]:
    """A maker of scenes that speaks the language of its ``paper``, and writes it on the scene."""
    signature = inspect.signature(make)

    @functools.wraps(make)
    def made(*args: Any, **named: Any) -> Made:
        given = signature.bind(*args, **named)
        given.apply_defaults()
        paper = given.arguments["paper"]
        with current_language(paper.language):
            scene = make(*args, **named)
        if not isinstance(scene, Scene) or paper.language == ENGLISH.name:
            return scene
        alt, caption = paper.pointed(scene.alt), paper.pointed(scene.caption)
        return attrs.evolve(scene, alt=alt, caption=caption, language=paper.language)

    return made
