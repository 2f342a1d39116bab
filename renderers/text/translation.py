"""The fixed phrases of a figure in the language of its page.

Words from a report or a table are printed as they are, and so are the names of criteria and
categories. The language is a context variable, set while a figure is laid out: hundreds of phrases
in many modules need it, and no decision depends on it.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

import attrs
import pendulum

from renderers.languages import ENGLISH, LANGUAGES, Language
from renderers.scene.scene import Scene
from renderers.scene.text_metrics import measured_in
from timeline.core.text.phrase import Phrase

Made = TypeVar("Made")
_CURRENT: ContextVar[Language] = ContextVar("the language of the figure", default=ENGLISH)


def translate(text: str, /, **parts: object) -> str:
    """A phrase in the current language, its ``{parts}`` filled in; English where unknown."""
    phrase = _CURRENT.get().gettext(text) if text else ""
    return phrase.format(**parts) if parts else phrase


def translate_count(singular: str, plural: str, number: int, /, **parts: object) -> str:
    """A phrase in the form that the language uses with a number; its ``{parts}`` filled in.

    ``{number}`` is the number, or the part of that name where it is printed in another way.

    >>> translate_count("{number} cycle", "{number} cycles", 1)
    '1 cycle'
    """
    phrase = _CURRENT.get().ngettext(singular, plural, number)
    return phrase.format(**{"number": number, **parts})


def translated(phrases: Iterable[Phrase]) -> str:
    """Phrases in the current language, and what of their parts is a fixed word; by semicolons."""
    found = []
    for phrase in phrases:
        parts = {name: _in_words(part) if name in _FIXED else part for name, part in phrase.parts}
        found.append(translate(phrase.text, **parts))
    return "; ".join(found)


_FIXED = frozenset({"finding", "therapy"})  # parts of phrases that are fixed words themselves


def _in_words(part: str) -> str:
    return either(tuple(map(translate, part.split(" or "))))


def either(words: tuple[str, ...]) -> str:
    """``iPR, iSD or iCPD``."""
    return _joined("{first} or {last}", words)


def both(words: tuple[str, ...]) -> str:
    """``PFS, iPFS and OS``; nothing of nothing."""
    return _joined("{first} and {last}", words or ("",))


def _joined(phrase: str, words: tuple[str, ...]) -> str:
    """Words with commas, the last one joined by a phrase."""
    *most, last = words
    form = _CURRENT.get().conjunction(phrase, last)
    return form.format(first=", ".join(most), last=last) if most else last


def month_name(year: int, month: int) -> str:
    """A month in three letters or so, as the language shortens it."""
    return pendulum.date(year, month, 1).format("MMM", locale=_CURRENT.get().name)


@functools.lru_cache(maxsize=8)
def _months(language: str) -> tuple[str, ...]:
    return tuple(pendulum.date(2000, n, 1).format("MMM", locale=language) for n in range(1, 13))


def months_in_short() -> tuple[str, ...]:
    """The twelve months as the current language shortens them, January first."""
    return _months(_CURRENT.get().name)


@contextmanager
def current_language(name: str) -> Iterator[None]:
    """Phrases are of this language within the block, and of the one before it afterwards."""
    before = _CURRENT.set(LANGUAGES[name])
    try:
        yield
    finally:
        _CURRENT.reset(before)


_IN_HOUSE_STYLE = ("alt", "caption", "conventions")


def localized(make: Callable[..., Made]) -> Callable[..., Made]:
    """Wrap a function that makes a scene: its language and its font are those of its ``page``.

    The caption ends with the abbreviations that the figure prints.
    """
    signature = inspect.signature(make)

    @functools.wraps(make)
    def made(*args: Any, **keywords: Any) -> Made:
        bound = signature.bind(*args, **keywords)
        bound.apply_defaults()
        page = bound.arguments["page"]
        from renderers.text.abbreviations import with_abbreviations  # it translates as well

        with current_language(page.language), measured_in(page.font):
            made_scene = make(*args, **keywords)
            scene = with_abbreviations(made_scene) if isinstance(made_scene, Scene) else None
        if scene is None:
            return made_scene
        scene = attrs.evolve(scene, font=page.font) if page.font else scene
        if page.language != ENGLISH.name:
            texts = {name: page.house_style(getattr(scene, name)) for name in _IN_HOUSE_STYLE}
            scene = attrs.evolve(scene, **texts, language=page.language)
        return cast("Made", scene)

    return made
