"""Printed numbers and the range of true values that each can have been rounded from.

A printed number is kept as text: trailing zeros and hedges ("about", "at least") show how precise
it is. Rounding conventions and hedges are rows (after ``unround`` of the R package scrutiny).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from fractions import Fraction

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Number, Span
from timeline.core.text.number_words import NUMBER_WORDS as _WORDS


@frozen
class Rounding:
    """Where the true value lies relative to the printed one, in units of its last digit."""

    name: str
    low: Fraction
    high: Fraction
    low_in: bool
    high_in: bool
    description: str


_HALF = Fraction(1, 2)
ROUNDINGS = {
    row.name: row
    for row in (
        Rounding("half_up_or_even", -_HALF, _HALF, True, True, "either half may round here"),
        Rounding("half_up", -_HALF, _HALF, True, False, "a half goes up"),
        Rounding("truncate", Fraction(0), Fraction(1), True, False, "further digits are cut"),
        Rounding("ceil", Fraction(-1), Fraction(0), False, True, "any fraction counts as one"),
    )
}
DEFAULT_ROUNDING = "half_up_or_even"


@frozen
class Hedge:
    """Words before a number, and the range they allow, in last-digit units (None: no bound)."""

    name: str
    words: tuple[str, ...]
    low: int | Fraction | None
    high: int | None
    low_in: bool = False
    high_in: bool = False
    description: str = ""


HEDGES = (
    Hedge("about", ("about", "approximately", "approx.", "approx", "around", "nearly about",
                    "roughly", "circa", "close to", "~", "≈", "ca."), -1, 1,
          True, False, "one unit of the last digit either way, at most half of the number"),
    Hedge("nearly", ("nearly", "almost", "just under"), -1, 0,
          description="less than one unit below"),
    Hedge("over", ("over", "more than", "exceeding", "above", ">"), 0, None,
          description="above it"),
    Hedge("at least", ("at least", "no less than", "not less than", "no fewer than",
                       "≥", ">="), 0, None, True, description="it or more"),
    Hedge("under", ("under", "less than", "fewer than", "within", "below", "<"), None, 0,
          description="below it"),
    Hedge("up to", ("up to", "at most", "no more than", "not more than", "≤", "<="), None, 0,
          False, True, "it or less"),
)  # fmt: skip
# 18.2+ is a censored time, rounded as any other: 18.15 or more.
CENSORED = Hedge("at least", ("+",), -_HALF, None, True, description="rounded, and it or more")


@frozen
class Roundness:
    """How far a hedged percentage may lie from its number where that is a multiple of another."""

    multiple_of: Fraction
    step: Fraction
    source: str


# No standard defines "about 40 %". A round number is used for every value that is nearer to it than
# to the next round one, and more loosely: wide bounds raise no false alarm. First row that fits.
ROUND_PERCENTS = (
    Roundness(Fraction(5), Fraction(5), "common usage: about 40 % of 42 %, 50 % of 46.6 %"),
    Roundness(Fraction(1), Fraction(2), "common usage; our choice, as no source gives a bound"),
)
_HEDGE_OF = {word: hedge for hedge in HEDGES for word in hedge.words}
_DOZEN = "a dozen"  # in prose eleven or thirteen as well

_ONE_TIME = (  # the number of a time in words that are no numbers elsewhere, in the last place
    (re.compile(r"(?<!and )\b(?:half an?|a half)$", re.IGNORECASE), "½"),
    (re.compile(r"\ban?(?= and a half$)", re.IGNORECASE), "one"),
    (re.compile(r"\ban?$", re.IGNORECASE), "one"),
)
MOST_DIGITS = 30  # of one number; no figure of a report has more
_MINUS_SIGNS = "-\N{MINUS SIGN}"
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:[.·][0-9]+)?|[0-9]+(?:[.·][0-9]+)?"
_ANY_HEDGE = "|".join(sorted(map(re.escape, _HEDGE_OF), key=len, reverse=True))
# two and a half, 2½: printed to the half
_AND_A_HALF = r"(?:[\s-]+and[\s-]+(?:a|one)[\s-]+half\b|\s?½)"
_PRINT = re.compile(
    rf"(?P<hedge>{_ANY_HEDGE})?\s*(?P<sign>[{_MINUS_SIGNS}]\s*)?"
    rf"(?P<low>(?:{_NUMBER}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    rf"{_AND_A_HALF}?|½)(?:\s*%)?"
    rf"(?:\s*(?:–|-|~|to)\s*(?P<sign_high>[{_MINUS_SIGNS}]\s*)?(?P<high>{_NUMBER})(?:\s*%)?)?"
    r"(?P<plus>\+)?",
    re.IGNORECASE,
)

_LARGE_NUMBERS = {"thousand": 10**3, "million": 10**6, "mio": 10**6, "mio.": 10**6}
# A power of ten after a number, to the 9th at most. Its exponent is raised or has a sign before it:
# 10⁶, 10^6, 10**6; 10 and 6 side by side are 106.
POWER_OF_10 = (
    r"(?:\s*[×x*]\s*10\s*(?:[\u00b9\u00b2\u00b3\u2074-\u2079]|(?:\^|\*\*)\s*[1-9])(?![0-9])"
    r"|\s+(?:thousand|million|mio\.?))"
)
_FLAT_EXPONENT = re.compile(r"[0-9]\s*[×x*]\s*10(?P<exponent>[0-9]{1,2})(?![0-9])")
_WITH_HALF = re.compile(rf"(?P<whole>.*?){_AND_A_HALF}", re.IGNORECASE)
_POWER_AT_END = re.compile(rf"(?P<number>.*[0-9])(?P<power>{POWER_OF_10})", re.IGNORECASE)


@frozen
class Printed:
    """A number as printed.

    ``text``: as printed. ``span``: the true values that it can have been rounded from. ``unit``:
    one unit of its last digit. ``value``: the plain number; None with a hedge or a range.
    """

    text: str
    span: Span
    unit: Fraction
    hedge: Hedge | None = None
    value: Fraction | None = None

    @property
    def bound(self) -> Number:
        """The number of a lower bound as printed: 18.2 of ``18.2+``."""
        below = self.hedge.low if self.hedge and self.hedge.low else 0
        return self.span.low - below * self.unit

    @property
    def is_lower_bound(self) -> bool:
        """Whether it is printed as a lower bound, such as ``18.2+`` or ``over 60``."""
        return self.span.high == NEVER_ENDS

    def may_equal(self, other: Printed) -> bool:
        """Whether both can be printed from one true value.

        Two plain numbers with the same number of digits can only where they are equal.

        >>> parse_printed("15").may_equal(parse_printed("16"))
        False
        >>> parse_printed("20.0").may_equal(parse_printed("20"))
        True
        """
        if self.value is not None and other.value is not None and self.unit == other.unit:
            return self.value == other.value
        return self.span.overlaps(other.span)

    def scaled(self, factor: Fraction) -> Printed:
        """The same print in another unit: every value times a number above 0."""
        value = None if self.value is None else self.value * factor
        span, unit = self.span.times(factor), self.unit * factor
        return attrs.evolve(self, span=span, unit=unit, value=value)

    def __str__(self) -> str:
        return self.text


@functools.lru_cache(maxsize=4096)
def parse_printed(text: str, rounding: str = DEFAULT_ROUNDING, *, signed: bool = False) -> Printed:
    """A printed number, hedged number or range of numbers.

    Args: ``rounding`` names a row of ``ROUNDINGS``; ``signed``: whether a number below 0 is
    accepted. Raises: ValueError where the text is no number.

    >>> parse_printed("5.2").span == Span(Fraction("5.15"), Fraction("5.25"))
    True
    >>> parse_printed("over 60").span.low, parse_printed("over 60").span.low_in
    (Fraction(60, 1), False)
    >>> parse_printed("6 × 10⁶").value == parse_printed("6 million").value == 6_000_000
    True
    """
    power = _POWER_AT_END.fullmatch(text.strip())
    if power:
        plain = parse_printed(power["number"], rounding, signed=signed)
        return attrs.evolve(plain.scaled(Fraction(_power(power["power"]))), text=text)
    if text.strip().lower() == _DOZEN:
        return attrs.evolve(parse_printed("about twelve", rounding), text=text)
    found = _PRINT.fullmatch(text.strip())
    if not found or (not signed and (found["sign"] or found["sign_high"])):
        raise ValueError(f"not a printed number: {_shown(text)} ({_advice(text)})")
    if rounding not in ROUNDINGS:
        raise ValueError(f"unknown rounding: {rounding!r} (known: {', '.join(ROUNDINGS)})")
    low, unit = _value(found["low"], found["sign"])
    if found["high"]:
        high, unit_high = _value(found["high"], found["sign_high"])
        if high < low:
            raise ValueError(f"the larger number comes first: {text!r} (write the smaller first)")
        ends = _rounded(low, unit, rounding), _rounded(high, unit_high, rounding)
        if found["hedge"]:  # a hedge before a range applies to both ends
            ends = Span(low - unit, low + unit), Span(high - unit_high, high + unit_high)
        return Printed(text, ends[0].hull(ends[1]), min(unit, unit_high))
    hedge = CENSORED if found["plus"] else _HEDGE_OF.get((found["hedge"] or "").lower())
    if hedge:
        return Printed(text, _hedged(low, unit, hedge), unit, hedge)
    return Printed(text, _rounded(low, unit, rounding), unit, value=low)


def parse_time_number(text: str, rounding: str = DEFAULT_ROUNDING) -> Printed:
    """The number of a printed time, before its unit: a number, ``a`` month or ``half a`` year.

    Args:
        text: the text before the unit.
        rounding: the name of a row of ``ROUNDINGS``.

    Returns:
        The number as printed; a half is printed to the half, so that two and a half is any value
        from 2.25 to 2.75.

    Raises:
        ValueError: the text is no number.

    >>> parse_time_number("two and a half").span == Span(Fraction(9, 4), Fraction(11, 4))
    True
    >>> parse_time_number("half a").value, parse_time_number("about a").text
    (Fraction(1, 2), 'about a')
    """
    plain = text.strip()
    for pattern, number in _ONE_TIME:
        plain = pattern.sub(number, plain)
    found = parse_printed(plain, rounding)
    return found if plain == text else attrs.evolve(found, text=text)


def refuse_flat_exponent(text: str) -> None:
    """Raise ValueError for ``6 × 106``, whose exponent is not raised, and for ``6·10⁶``."""
    if re.search("·\\s*10[\u00b9\u00b2\u00b3\u2074-\u2079]", text):
        raise ValueError(f"a point before a power of ten: {text.strip()!r} (write 6 × 10⁶)")
    found = _FLAT_EXPONENT.search(text)
    if found:
        right = f"10^{found['exponent']}"
        raise ValueError(
            f"an exponent that is not raised: {text.strip()!r} (write {right} if the report means "
            "that power of ten, or the number in full)"
        )


def _power(text: str) -> int:
    """The number that a power of ten or a word for one means: ``× 10⁶``, ``e6``, ``million``."""
    word = text.strip().lower()
    if word in _LARGE_NUMBERS:
        return _LARGE_NUMBERS[word]
    exponent = "".join(each for each in unicodedata.normalize("NFKC", word) if each.isdigit())
    power: int = 10 ** int(exponent if word.startswith("e") else exponent.removeprefix("10"))
    return power


def _fraction_words() -> dict[str, Fraction]:
    """Shares in words, in every spelling of each."""
    rows = {
        Fraction(1, 10): ("a tenth", "one tenth", "one in ten"),
        Fraction(1, 5): ("a fifth", "one fifth", "one in five"),
        Fraction(1, 4): ("a quarter", "one quarter", "one fourth", "one in four"),
        Fraction(1, 3): ("a third", "one third", "one in three"),
        Fraction(1, 2): ("half", "a half", "one half"),
        Fraction(2, 3): ("two thirds",),
        Fraction(3, 4): ("three quarters", "three fourths"),
    }
    return {word: share for share, words in rows.items() for word in words}


_SHARES = _fraction_words()
_KNOWN_SHARES = (Fraction(0), *dict.fromkeys(_SHARES.values()), Fraction(1))


def parse_percentage(
    text: str, rounding: str = DEFAULT_ROUNDING, *, signed: bool = False
) -> Printed:
    """A printed percentage, or a fraction in words.

    "A third" covers every value that is nearer to it than to the next fraction with a name. A
    hedge widens a round percentage by its row of ``ROUND_PERCENTS``.

    >>> third = parse_percentage("one-third")
    >>> third.span.low, third.span.high, third.value
    (Fraction(175, 6), Fraction(125, 3), None)
    >>> parse_percentage("about 40").span == Span(35, 45, True, False)
    True
    """
    hedge, words = _share_in_words(text)
    if words in _SHARES:
        return _share(text, hedge, _SHARES[words])
    found = _PRINT.fullmatch(text.strip())
    hedge = _HEDGE_OF.get((found["hedge"] or "").lower()) if found else None
    plain = parse_printed(text, rounding, signed=signed)
    if not found or not hedge or found["sign"]:
        return plain
    spans = [
        _hedged(*_value_and_step(found[end]), hedge if not found["high"] else _HEDGE_OF["about"])
        for end in ("low", "high")
        if found[end]
    ]
    return attrs.evolve(plain, span=spans[0].hull(spans[-1]))


def _value_and_step(digits: str) -> tuple[Fraction, Fraction]:
    """A percentage, and how far a hedge may take it."""
    value, unit = _value(digits)
    rows = (row.step for row in ROUND_PERCENTS if unit == 1 and not value % row.multiple_of)
    return value, next(rows, unit)


_BEFORE_A_SHARE = re.compile(rf"(?:(?P<hedge>{_ANY_HEDGE})\s*)?(?P<share>.+)", re.IGNORECASE)


def _share_in_words(text: str) -> tuple[Hedge | None, str]:
    """The hedge before a share in words, and the share as the list has it."""
    found = _BEFORE_A_SHARE.fullmatch(text.strip())
    if not found:
        return None, ""
    share = found["share"].lower().replace("-", " ").removesuffix(" of")
    return _HEDGE_OF.get((found["hedge"] or "").lower()), share


def _share(text: str, hedge: Hedge | None, share: Fraction) -> Printed:
    """A share in words: to the middles between it and the next; a hedge leaves one side of it."""
    at = _KNOWN_SHARES.index(share)
    below, above = ((share + _KNOWN_SHARES[near]) * 50 for near in (at - 1, at + 1))
    if hedge is None:
        return Printed(text, Span(below, above), Fraction(1), _HEDGE_OF["about"])
    ends: dict[int | None, Number] = {-1: below, 0: share * 100, 1: above}
    low = NEVER_BEGAN if hedge.low is None else ends.get(int(hedge.low), NEVER_BEGAN)
    high = ends.get(hedge.high, NEVER_ENDS)
    low_in, high_in = hedge.low_in or hedge.low is None, hedge.high_in or hedge.high is None
    return Printed(text, Span(low, high, low_in, high_in), Fraction(1), hedge)


def _advice(text: str) -> str:
    if text.strip().lower().replace("-", " ") in _SHARES:
        return "write it as a percent"
    comma = re.fullmatch(r"[0-9]+,[0-9]{1,2}", text.strip())
    if comma:
        return f"use a point: {text.strip().replace(',', '.')}"
    return "write 8.4, over 60, about 16 or 4.1 to 22.3"


def _value(digits: str, sign: str | None = None) -> tuple[Fraction, Fraction]:
    way = -1 if sign else 1
    whole, half = _WITH_HALF.fullmatch(digits), Fraction(1, 2)
    if whole:
        number = _value(whole["whole"])[0] if whole["whole"] else 0
        return way * (number + half), half
    if digits.lower() in _WORDS:
        return Fraction(way * _WORDS[digits.lower()]), Fraction(1)
    plain = digits.replace(",", "").replace("·", ".")
    if len(plain) > MOST_DIGITS:
        raise ValueError(f"a number of {len(plain)} digits (write {MOST_DIGITS} at most)")
    places = len(plain.partition(".")[2])
    return way * Fraction(plain), Fraction(1, 10**places)


def _shown(text: str) -> str:
    """A text in quotes; a long one is cut, and its length is given."""
    return (
        repr(text)
        if len(text) <= 2 * MOST_DIGITS
        else f"{text[:MOST_DIGITS]!r} .. ({len(text)} characters)"
    )


def _rounded(value: Fraction, unit: Fraction, rounding: str) -> Span:
    """The range that rounds to a value; below 0 the range of the absolute value, mirrored."""
    if value < 0:
        return -_rounded(-value, unit, rounding)
    row = ROUNDINGS[rounding]
    return Span(value + row.low * unit, value + row.high * unit, row.low_in, row.high_in)


def _hedged(value: Fraction, unit: Fraction, hedge: Hedge) -> Span:
    """The range that a hedge allows: so many units, but no more than half of the number.

    A unit of "about 1 year" is all of it: 6 to 18 months are meant, and never 0.
    """
    unit = min(unit, abs(value) / 2) if value else unit
    low: Number = NEVER_BEGAN if hedge.low is None else value + hedge.low * unit
    high: Number = NEVER_ENDS if hedge.high is None else value + hedge.high * unit
    return Span(low, high, hedge.low_in or hedge.low is None, hedge.high_in or hedge.high is None)
