"""Numbers as a report prints them, those included that no such figure can be.

A case file is written by its encoder and must be right. A claim copies what a report prints: a
number below 0 or with a decimal comma is read, and what is impossible in it is left to the audit.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from timeline.core.printed_numbers import (
    DEFAULT_ROUNDING,
    Printed,
    parse_percentage,
    parse_printed,
    parse_time_number,
)

# 0,03 and 3,5 and 1234,567: no group of three digits after one to three can be meant.
_COMMA = re.compile(
    r"(?<![0-9.,])(?P<whole>0(?=,)|[0-9]+(?=,(?:[0-9]{1,2}|[0-9]{4,})(?![0-9]))|[0-9]{4,}(?=,))"
    r",(?P<part>[0-9]+)(?![0-9.,]*[,.][0-9])"
)
_BARE = re.compile(r"(?<![0-9.])\.(?=[0-9])")  # .17


def has_decimal_comma(text: str) -> bool:
    """Whether a number is printed with a comma in place of the decimal point.

    >>> has_decimal_comma("0,03"), has_decimal_comma("1,234"), has_decimal_comma("12,5 to 14")
    (True, False, True)
    """
    return _COMMA.search(text) is not None


def claimed_number(text: str, rounding: str = DEFAULT_ROUNDING) -> Printed:
    """A printed number of a claim; one below 0, ``.17`` and ``0,03`` are read too.

    >>> claimed_number("-3.2").value, claimed_number("0,03").value
    (Fraction(-16, 5), Fraction(3, 100))
    """
    return _read(parse_printed, text, rounding)


def claimed_time(text: str, rounding: str = DEFAULT_ROUNDING) -> Printed:
    """The number of a printed time; also ``a`` month, ``half a`` year, ``two and a half``.

    >>> claimed_time("half a").value, claimed_time("-3.2").value
    (Fraction(1, 2), Fraction(-16, 5))
    """
    try:
        return claimed_number(text, rounding)
    except ValueError:
        return parse_time_number(text, rounding)


_AGED = re.compile(
    r"(?:aged?\s+)?(?P<number>.+?)(?:[\s-]*(?:years?|yrs?|y)(?:[\s-]*(?:old|of\s+age))?)?",
    re.IGNORECASE,
)


def claimed_age(text: str, rounding: str = DEFAULT_ROUNDING) -> Printed:
    """A printed age in years: ``60``, ``60-year-old``, ``aged 60 years``.

    >>> claimed_age("60-year-old").value, claimed_age("about 60 years").text
    (Fraction(60, 1), 'about 60 years')
    """
    found = _AGED.fullmatch(text.strip())
    number = claimed_number(found["number"] if found else text, rounding)
    return attrs.evolve(number, text=text)


def claimed_percentage(text: str, rounding: str = DEFAULT_ROUNDING) -> Printed:
    """A printed percentage of a claim, or a fraction in words: see ``parse_percentage``."""
    return _read(parse_percentage, text, rounding)


def _read(reader: Callable[..., Printed], text: str, rounding: str) -> Printed:
    plain = _BARE.sub("0.", _COMMA.sub(r"\g<whole>.\g<part>", text))
    found = reader(plain, rounding, signed=True)
    return found if plain == text else attrs.evolve(found, text=text)
