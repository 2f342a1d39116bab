"""Single typing errors between a figure as printed and the correct figure: rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import attrs

from timeline.auditing.verdict import Explanation
from timeline.core.printed_numbers import Printed, parse_printed

TYPO_TIER = 4  # of an explanation: after every other definition that reproduces a figure


@attrs.frozen
class Typo:
    """One way to print a figure wrong; ``made``: whether one text is the other with this error."""

    description: str
    made: Callable[[str, str], bool]


def _one_digit(printed: str, correct: str) -> bool:
    if len(printed) != len(correct):
        return False
    pairs = [(a, b) for a, b in zip(printed, correct, strict=True) if a != b]
    return len(pairs) == 1 and all(each.isdigit() for each in pairs[0])


def _transposed(printed: str, correct: str) -> bool:
    if len(printed) != len(correct) or printed == correct:
        return False
    places = [i for i, (a, b) in enumerate(zip(printed, correct, strict=True)) if a != b]
    digits = [i for i, each in enumerate(printed) if each.isdigit()]
    if len(places) != 2 or any(place not in digits for place in places):
        return False
    first, last = places
    adjacent = digits.index(last) - digits.index(first) == 1
    return adjacent and (printed[first], printed[last]) == (correct[last], correct[first])


def _point(printed: str, correct: str) -> bool:
    return printed != correct and printed.replace(".", "") == correct.replace(".", "")


def _dropped(printed: str, correct: str) -> bool:
    return len(correct) == len(printed) + 1 and any(
        correct[:i] + correct[i + 1 :] == printed
        for i, each in enumerate(correct)
        if each.isdigit()
    )


TYPOS = (
    Typo("one digit", _one_digit),
    Typo("two digits in turned order", _transposed),
    Typo("the decimal point", _point),
    Typo("a digit left out", _dropped),
)


def typo(printed: str, correct: str) -> str:
    """The typing error that turns one text into another, in words; empty where no single one does.

    >>> typo("42.2", "42.9"), typo("24.9", "42.9"), typo("429", "42.9"), typo("17", "42.9")
    ('one digit', 'two digits in turned order', 'the decimal point', '')
    """
    return next((row.description for row in TYPOS if row.made(printed, correct)), "")


def edits(text: str) -> Iterator[tuple[str, str]]:
    """Every number one typing error away: a digit, two exchanged digits, the decimal point.

    >>> [made for kind, made in edits("84") if kind != "one digit"]
    ['48', '8.4']
    """
    places = [found.start() for found in re.finditer("[0-9]", text)]
    for at in places:
        for digit in "0123456789":
            made = text[:at] + digit + text[at + 1 :]
            if digit != text[at] and not (digit == "0" and at == places[0] and len(places) > 1):
                yield "one digit", made
    for at in places:
        if at + 1 in places and text[at] != text[at + 1] and text[at + 1] != "0":
            yield (
                "two digits that changed places",
                (text[:at] + text[at + 1] + text[at] + text[at + 2 :]),
            )
    if "." in text:
        yield "a decimal point added", text.replace(".", "")
    else:
        for at in places[1:]:
            yield "a decimal point left out", f"{text[:at]}.{text[at:]}"


def typo_explanations(
    text: str,
    fits: Callable[[Printed], bool],
    unit: str,
    parse: Callable[[str], Printed] = parse_printed,
) -> tuple[Explanation, ...]:
    """The kinds of typing error that explain a printed number.

    Args:
        text: the number as printed.
        fits: whether a number agrees with the facts.
        unit: the unit, which the explanation names after each number.
        parse: reads a text as a number; raises ``ValueError`` where it is none.

    Returns:
        One explanation for each kind of error, with every number that is one such error away from
        the text and fits.
    """
    found: dict[str, list[str]] = {}
    for kind, other in edits(text):
        try:
            number = parse(other)
        except ValueError:
            continue
        if fits(number):
            found.setdefault(kind, []).append(f"{other} {unit}".rstrip())
    return tuple(
        Explanation(f"{kind} ({_listed(texts)})", tier=TYPO_TIER) for kind, texts in found.items()
    )


SHOWN = 3  # numbers of one kind of error


def _listed(texts: list[str]) -> str:
    """The first numbers, and how many more there are: ``27 mm or 37 mm, or 8 other numbers``."""
    more = len(texts) - SHOWN
    if more < 2:
        return " or ".join(texts)
    return f"{' or '.join(texts[:SHOWN])}, or {more} other numbers"
