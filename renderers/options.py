"""Wishes as a command takes them, ``NAME=VALUE`` each: one row a name, for whichever figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from timeline.core.problem import near


@attrs.frozen
class Option:
    """One row: what it says, which field it fills, how it is read, and whether it may repeat."""

    name: str
    description: str
    field: str
    read: Callable[[str], Any] = str
    many: bool = False


def number(text: str) -> float:
    if not re.fullmatch(r"[-+]?[0-9]{1,9}(\.[0-9]{1,9})?", text):
        raise ValueError(f"not a number: {text[:40]!r} (write 24)")
    return float(text)


LONGEST_CYCLE = 366  # days


def cycle_length(text: str) -> float:
    days = number(text)
    if not 0 < days <= LONGEST_CYCLE:
        raise ValueError(f"no length of a cycle: {text!r} (write 1 to {LONGEST_CYCLE} days)")
    return days


def whole(text: str) -> int:
    if not re.fullmatch("[0-9]{1,6}", text):
        raise ValueError(f"not a whole number: {text!r} (write 2)")
    return int(text)


def yes(text: str) -> bool:
    if text not in ("yes", "no"):
        raise ValueError(f"neither yes nor no: {text!r} (write yes or no)")
    return text == "yes"


def listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def parse_options(
    asked: Sequence[str], rows: Mapping[str, Option], known: Mapping[str, Option] | None = None
) -> dict[str, Any]:
    """The fields that some wishes fill, by name.

    ``known``: further rows, whose wishes are passed over. ValueError where a wish is unknown,
    has no value, or is said twice.
    """
    known = rows if known is None else known
    found: dict[str, Any] = {}
    for text in asked:
        name, equals, value = (part.strip() for part in text.partition("="))
        if name not in known:
            raise ValueError(f"unknown wish: {name!r} ({near(name, known)})")
        if not (equals and value):
            raise ValueError(
                f"no value: {text!r} (write NAME=VALUE; {name}: {known[name].description})"
            )
        row = rows.get(name)
        if row is None:
            continue
        if row.field in found and not row.many:
            raise ValueError(f"said twice: {name!r} (write it once)")
        try:
            said = row.read(value)
        except ValueError as fault:
            raise ValueError(f"{name}: {fault}") from None
        found[row.field] = (*found.get(row.field, ()), said) if row.many else said
    return found
