"""One setting: a question that the sources leave open, its answers, and how they are parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import near

MOST = 54787  # of a whole number: the days of 150 years, beyond which no interval goes


@frozen(kw_only=True)
class Setting:
    """One open question: its answers, the one taken by default, and who disagrees."""

    name: str
    number: int  # the row of the table of ambiguities that it settles
    default: Any
    options: tuple[str, ...]  # the words allowed; of a number, what kind of number
    description: str  # what the setting decides
    disagreement: str  # what each source states
    answers: tuple[Any, ...]  # those in use, typed; of numbers the usual ones
    read: Callable[[Any], Any] = attrs.field(repr=False, eq=False)


def choice(
    number: int,
    words: str,
    *,
    description: str,
    disagreement: str,
    means: Mapping[Any, str] | None = None,
) -> Any:
    """One of some words. ``words``: all of them, separated by spaces; the first is the default.

    ``means``: the word that another value stands for, such as False for ``no``.
    """
    options = tuple(words.split())

    def read(value: Any) -> str:
        for other, word in (means or {}).items():
            if type(value) is type(other) and value == other:  # 0 is not False
                return word
        word = str(value).strip()
        if _NUMBER.fullmatch(word):  # 30.0 is 30
            word = next((each for each in options if _is_number(each, word)), word)
        if word not in options:
            raise ValueError(f"unknown value {word!r} ({near(word, options)})")
        return word

    return _row(number, options[0], options, description, disagreement, read, options)


_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)


def _is_number(option: str, word: str) -> bool:
    return bool(_NUMBER.fullmatch(option)) and Fraction(option) == Fraction(word)


def switch(number: int, default: bool, *, description: str, disagreement: str) -> Any:
    words = {"true": True, "yes": True, "false": False, "no": False}

    def read(value: Any) -> bool:
        word = str(value).strip().lower()
        if word not in words:
            raise ValueError(f"unknown value {word!r} (known: true, false)")
        return words[word]

    options = ("true", "false") if default else ("false", "true")
    return _row(number, default, options, description, disagreement, read, (True, False))


def count(
    number: int,
    default: int | None,
    *,
    description: str,
    disagreement: str,
    also: tuple[int, ...] = (),
) -> Any:
    """A whole number, 0 or more; ``none`` only where that is the default.

    ``also`` are further numbers in use.
    """

    def read(value: Any) -> int | None:
        word = str(value).strip().lower()
        if default is None and word == "none":
            return None
        if isinstance(value, bool) or not word.isascii() or not word.isdigit():
            raise ValueError(f"not a whole number: {value!r} (write {default or 56})")
        if len(word) > len(str(MOST)) or int(word) > MOST:
            raise ValueError(f"too large: {word[:20]!r} (at most {MOST}, the days of a long life)")
        return int(word)

    options = ("a whole number",) + (("none",) if default is None else ())
    return _row(number, default, options, description, disagreement, read, (default, *also))


def several(number: int, words: Sequence[str], *, description: str, disagreement: str) -> Any:
    """Some of a list of words, commas between them; none by default."""
    known = {_plain(word): word for word in words}

    def read(value: Any) -> tuple[str, ...]:
        parts = value.split(",") if isinstance(value, str) else value
        named = [str(part).strip() for part in parts if str(part).strip() not in ("", "none")]
        for word in named:
            if _plain(word) not in known:
                raise ValueError(f"unknown value {word!r} ({near(word, words)})")
        requested = {_plain(word) for word in named}
        return tuple(word for plain, word in known.items() if plain in requested)

    return _row(number, (), ("none", *words), description, disagreement, read, ((),))


def in_words(value: Any) -> str:
    """An answer as text: ``true``, ``fda_a``, ``iRECIST, Choi``, ``none``."""
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def _plain(word: str) -> str:
    """A name without its blanks, points and capitals: ``recist11``."""
    return re.sub(r"[^a-z0-9]", "", word.lower())


def _row(
    number: int,
    default: Any,
    options: tuple[str, ...],
    description: str,
    disagreement: str,
    read: Callable[[Any], Any],
    answers: tuple[Any, ...],
) -> Any:
    def setting_named(name: str) -> Setting:
        return Setting(
            name=name,
            number=number,
            default=default,
            options=options,
            description=description,
            disagreement=disagreement,
            answers=answers,
            read=read,
        )

    return attrs.field(
        default=default,
        converter=_CONVERTER,
        metadata={"setting": setting_named, "read": read},
    )


def _converted(value: Any, _: Any, field: attrs.Attribute[Any]) -> Any:
    """The answer as the setting reads it."""
    try:
        return field.metadata["read"](value)
    except ValueError as fault:
        raise ValueError(f"setting {field.name}: {fault}") from None


# One for all settings: attrs inspects the signature of each converter of each class that has it.
_CONVERTER = attrs.Converter(_converted, takes_self=True, takes_field=True)
