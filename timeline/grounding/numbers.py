"""The numbers of a text: digits or words, each with its unit and the hedge before it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import HEDGES, MOST_DIGITS
from timeline.core.quantities import UNIT_OF, UNITS
from timeline.core.text.number_words import AND_A_HALF, NUMBER_WORDS, without_half
from timeline.core.text.word_pattern import any_of
from timeline.grounding.plain import plain


@attrs.frozen
class TextNumber:
    """One number of a text.

    Attributes:
        start: the offset of its first character.
        end: the offset after its last character, without the unit.
        digits: the number in digits, with every decimal printed and without group signs.
        unit: the unit after it by its name in ``data/units.csv``; also that of the number after
            it where the unit is printed once (``5.6 and 13 months``); empty if there is none.
        per: what follows the unit after a slash (``fraction``), where the unit is not of the list.
        hedge: the name of the row of hedges before it, such as ``over``; empty if there is none.
        link: how it is joined to the next number: ``range``, ``times``, ``list`` or not at all.
        in_name: whether it is part of a name or a code, such as that of PD-1 or d14.
        in_words: whether it is printed in words.
        falls: whether the number that it is joined to is smaller.
    """

    start: int
    end: int
    digits: str
    unit: str = ""
    per: str = ""
    hedge: str = ""
    link: str = ""
    in_name: bool = False
    in_words: bool = False
    falls: bool = False


def _spelled_units() -> dict[str, str]:
    """Each spelling of a unit as a plain text prints it, with the name of the unit."""
    found: dict[str, str] = {}
    for unit in UNITS:
        for spelling in (unit.name, *unit.also):
            found.setdefault(plain(spelling), unit.name)
            if unit.measures == "time" and spelling.endswith("s"):
                found.setdefault(plain(spelling[:-1]), unit.name)
    more = {"percent": "%", "per cent": "%", "yrs": "years", "yr": "years",
            "mos": "months", "wks": "weeks", "year-old": "years", "mg per day": "mg/day",
            "mg daily": "mg/day"}  # fmt: skip
    return {**found, **more}


_UNITS = _spelled_units()
_ANY_UNIT = any_of(_UNITS)
_UNIT = re.compile(
    rf"(?:\s{{0,2}}|-|\s(?:more|further|additional)\s)(?P<unit>{_ANY_UNIT})(?:(?![a-z0-9])|(?<=%)|(?=(?:qd|q[0-9]|d[0-9]|bid|iv|po)))"
    r"(?:\s?/\s?(?P<per>[a-z]+))?"
)
_POWER = re.compile(r"(?P<factor>[0-9.]+)\s?×\s?10\^?(?P<power>[3-9])")
_WORDS = {word: number for word, number in NUMBER_WORDS.items() if word not in ("no", "none")}
_ANY_WORD = any_of(_WORDS)
_NUMBER = re.compile(
    r"(?P<factor>[0-9]+(?:\.[0-9]+)?)\s?×\s?10\^?(?P<power>[3-9])(?=\s?i?u(?![a-z]))"
    r"|(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    rf"|[0-9]+(?:\.[0-9]+|{AND_A_HALF}(?![a-z]))?|(?<![0-9a-z])\.[0-9]+)"
    rf"|(?<![a-z-])(?P<word>(?:{_ANY_WORD})(?:{AND_A_HALF})?)(?![a-z])(?!-(?:{_ANY_WORD})(?![a-z]))"
)
_SPELLED_TIME = re.compile(  # half of a unit of time, or one and a half
    r"(?<![a-z])(?:(?:an?|one)\s+(?P<whole>day|week|month|year)\s+and\s+a\s+half"
    r"|half\s+(?:of\s+)?an?\s+(?P<half>day|week|month|year))(?![a-z])"
)
_IN_NAME = re.compile(
    r"(?:[^\W\d_]-?|\bdays?\s|\b(?:no\.|line|figures?|fig\.|tables?|refs?\.?)\s)$"
)
_NAME_AFTER = re.compile(r"[a-z]")
_HEDGE_OF = {word: row.name for row in HEDGES for word in row.words}
_HEDGE_OF |= {"exceed": "over", "exceeds": "over", "exceeded": "over"}
_ANY_HEDGE = any_of(_HEDGE_OF)
_FIRST = r"(?:\s(?:the\s)?(?:first|next|following|last))?"  # within the first 2 months
_HEDGE = re.compile(rf"(?:(?<![a-z])|(?<=[0-9]))(?P<hedge>{_ANY_HEDGE}){_FIRST}\s*$")
_LINKS = (
    ("range", re.compile(r"\s*(?:%|[a-zμ]{1,5})?\s*(?:-|~|\bto\b)\s*(?:level\s|grade\s|day\s)?")),
    ("times", re.compile(r"\s*(?:mm|cm)?\s*×\s*")),
    ("list", re.compile(r"\s*(?:,|,?\s*\b(?:and|or|versus|vs\.?|against)\b)\s*(?:day\s|on\s)?")),
)
_BEFORE = 24  # characters in which a hedge may be


def text_numbers(text: str) -> tuple[TextNumber, ...]:
    """The numbers of a plain text, in order.

    >>> [(n.digits, n.unit, n.hedge, n.link) for n in text_numbers("over 60 months, 5.6 and 13 mg")]
    [('60', 'months', 'over', ''), ('5.6', 'mg', '', 'list'), ('13', 'mg', '', '')]
    """
    found = list(_numbers(text))
    joined: list[TextNumber] = []
    for number in reversed(found):
        after = joined[-1] if joined else None
        joined.append(_joined(text, number, after) if after else number)
    joined.reverse()
    for index, number in enumerate(joined[1:]):
        if joined[index].in_name and joined[index].link and not number.unit:
            joined[index + 1] = attrs.evolve(number, in_name=True)  # 14 of d1-14, 8 of days 1 and 8
    return tuple(joined)


def _numbers(text: str) -> Iterator[TextNumber]:
    """Each number without its link; the digits of a unit (mg/m2) are none.

    One with more digits than any figure has is left out.
    """
    end = 0
    every = [*_SPELLED_TIME.finditer(text), *_NUMBER.finditer(text)]
    for found in sorted(every, key=lambda each: (each.start(), -each.end())):
        if found.start() < end:
            continue
        if found.re is _SPELLED_TIME:
            end = found.end()
            yield _spelled_time(text, found)
        elif len(found[0]) <= MOST_DIGITS:
            unit = _UNIT.match(text, found.end())
            end = unit.end() if unit else found.end()
            yield _number(text, found, unit)


def _number(text: str, found: re.Match[str], unit: re.Match[str] | None) -> TextNumber:
    start, end = found.span()
    before = text[max(0, start - _BEFORE) : start]
    hedge = _HEDGE.search(before)
    glued = unit is None and _NAME_AFTER.match(text, end) is not None
    in_name = bool(found["digits"] and (_IN_NAME.search(before) or glued))
    return TextNumber(
        start, end, digits_of(found[0]),
        unit=_UNITS[unit["unit"]] if unit else "",
        per=(unit["per"] or "") if unit else "",
        hedge=_HEDGE_OF[hedge["hedge"]] if hedge and _leads(before) else "",
        in_name=in_name, in_words=bool(found["word"]),
    )  # fmt: skip


def _spelled_time(text: str, found: re.Match[str]) -> TextNumber:
    start, end = found.span()
    before = text[max(0, start - _BEFORE) : start]
    hedge = _HEDGE.search(before)
    return TextNumber(
        start, end, "1.5" if found["whole"] else "0.5", in_words=True,
        unit=_UNITS[found["whole"] or found["half"]],
        hedge=_HEDGE_OF[hedge["hedge"]] if hedge and _leads(before) else "",
    )  # fmt: skip


def _leads(before: str) -> bool:
    """Whether a tilde is before a number and not between two."""
    return not re.search(r"[0-9%]\s*~\s*$", before)


def digits_of(text: str) -> str:
    """A number in digits: words are counted, group signs left out, a leading 0 put in.

    A power of ten is multiplied: of units of activity a text prints 6 × 10⁶ IU, or 6 × 106 where
    its superscripts are lost.

    >>> digits_of("1,000"), digits_of("twenty-four"), digits_of(".05"), digits_of("8·40")
    ('1000', '24', '0.05', '8.40')
    >>> digits_of("two and a half")
    '2.5'
    """
    word, with_half = without_half(text.lower())
    if with_half:
        return f"{digits_of(word)}.5"
    if power := _POWER.fullmatch(word):
        return decimal(Fraction(power["factor"]) * 10 ** int(power["power"]))
    if word in _WORDS:
        return str(_WORDS[word])
    digits = text.replace(",", "").replace("·", ".")
    return f"0{digits}" if digits.startswith(".") else digits


def _joined(text: str, number: TextNumber, after: TextNumber) -> TextNumber:
    """A number with its link to the next one, and the unit that both share."""
    gap = text[number.end : after.start]
    if len(gap) > _BEFORE:
        return number
    link = next((name for name, form in _LINKS if form.fullmatch(gap)), "")
    if not link:
        return number
    return attrs.evolve(
        number, link=link, unit=number.unit or ("" if number.in_name else after.unit),
        per=number.per or after.per, falls=Fraction(number.digits) > Fraction(after.digits),
    )  # fmt: skip


def decimal(number: Fraction) -> str:
    """A number with at most three decimals; empty if it has more.

    >>> decimal(Fraction(7, 10)), decimal(Fraction(6_000_000)), decimal(Fraction(1, 3))
    ('0.7', '6000000', '')
    """
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.3f}".rstrip("0") if (1000 * number).denominator == 1 else ""


@functools.lru_cache(maxsize=4096)
def equal_prints(number: str, unit: str) -> frozenset[tuple[str, str]]:
    """A number with its unit, and the same in each other unit of its measure.

    >>> sorted(equal_prints("60", "Gy"))
    [('60', 'Gy'), ('6000', 'cGy')]
    """
    found = {(number, unit)}
    if unit in UNIT_OF:
        own = UNIT_OF[unit]
        every = ((Fraction(number) * own.size / each.size, each.name)
                 for each in UNITS if each.measures == own.measures)  # fmt: skip
        found |= {(text, name) for value, name in every if (text := decimal(value))}
    return frozenset(found)


@functools.lru_cache(maxsize=4096)
def claim_numbers(text: str, unit: str = "") -> tuple[TextNumber, ...]:
    """The numbers of a printed value with its unit, as they are looked up."""
    return text_numbers(plain(f"{text} {unit}".strip()))
