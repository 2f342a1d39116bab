"""A printed change of the targets in percent: ``-46 %``, ``+25 % from nadir``."""

from __future__ import annotations

import re
from fractions import Fraction

from timeline.core.frozen_class import frozen
from timeline.core.printed_numbers import MOST_DIGITS, parse_percentage
from timeline.core.quantities import LONGEST_MM
from timeline.core.span import Span
from timeline.record.findings import plain

BASELINE, NADIR = "baseline", "nadir"
REFERENCES = (BASELINE, NADIR)
GONE = Fraction(-100)  # percent: nothing is left
LEAST_TARGET_MM = 10  # of a measurable lesion: Eisenhauer 2009, 3.1.1
LARGEST = 100 * (Fraction(LONGEST_MM, LEAST_TARGET_MM) - 1)  # percent: of the smallest target
MINUS_SIGNS = "-\N{MINUS SIGN}\N{EN DASH}"
SIGNS = f"{MINUS_SIGNS}+"
NUMBER = r"[0-9]+(?:[.·][0-9]+)?"
ABOUT = ("about", "approximately", "approx.", "circa", "ca.", "~")
_SIGNED = rf"[{SIGNS}]\s*{NUMBER}|0+(?:[.·]0+)?"
_PRINT = re.compile(
    rf"(?P<about>{'|'.join(map(re.escape, ABOUT))})?\s*(?P<low>{_SIGNED})"
    rf"(?:\s*%?\s+to\s+(?P<high>{_SIGNED}))?\s*%"
    rf"(?:\s+from\s+(?P<reference>{'|'.join(REFERENCES)}))?",
    re.IGNORECASE,
)
_SMALLER = re.compile(r"decreas|reduc|shr[aiu]nk|regress|smaller|declin|fell|fall")
_LARGER = re.compile(r"increas|gr[eo]w|larger|enlarg|rise|rose|progress")
_OTHER_MEASURES = (  # words of a change that is none of diameters, and what it is of
    (re.compile(r"volum|\bcm[3³]"), "volume"),
    (re.compile(r"\bsu[vl](?:max|mean|peak)?\b|uptake|metabolic|\bmtv\b|\btlg\b"), "uptake"),
    (re.compile(r"\barea\b|bidimensional|product of"), "area"),
)
_BOUND = re.compile(r"[<>≤≥]|at least|at most|more than|less than|up to|over\b|under\b|nearly")
_NUMBERS = re.compile(rf"[{SIGNS}]?\s*{NUMBER}")
_WORD = re.compile(r"[a-z]")


@frozen
class PercentChange:
    """A change of the sum of the targets, as printed.

    Attributes:
        text: as written.
        percent: the changes that print so, in percent; both ends included. A change of -100 % is
            exact: what is left of a target counts 5 mm at least, and that is more than half a
            percent of every sum below a metre.
        value: the printed number; None where it is a range or printed with ``about``.
        reference: what it is measured from, ``baseline`` or ``nadir``.
    """

    text: str
    percent: Span
    value: Fraction | None
    reference: str = BASELINE

    def __str__(self) -> str:
        return f"{self.number} from {self.reference}"

    @property
    def number(self) -> str:
        """The number as written, without what it is measured from: ``-80.5 %``."""
        return re.sub(r"\s+from\s+\w+$", "", self.text)

    @property
    def is_from_nadir(self) -> bool:
        """Whether it is measured from the smallest sum so far."""
        return self.reference == NADIR


def percent_change(text: str) -> PercentChange:
    """A change as printed: a sign, a number, the percent sign, and what it is measured from.

    Args:
        text: ``-46 %`` (from baseline), ``-80.5 % from nadir``, ``about -40 %``, ``-60 to -50 %``.

    Returns:
        The change, with every value that rounds to the print.

    Raises:
        ValueError: It is no such change; the message states what to write.

    >>> percent_change("-80.5 % from nadir").percent == Span(Fraction("-80.55"), Fraction("-80.45"))
    True
    """
    text = " ".join(text.split())
    found = _PRINT.fullmatch(text)
    if found is None:
        raise ValueError(f"not a change in percent: {text[: 2 * MOST_DIGITS]!r} ({_advice(text)})")
    low, high = found["low"], found["high"]
    ends = [_rounded(each, about=bool(found["about"])) for each in (low, high) if each]
    printed = [_number(each) for each in (low, high) if each]
    if printed[-1] < printed[0]:
        raise ValueError(f"the smaller change comes second: {text!r} (write {high} to {low} %)")
    if printed[0] < GONE:
        raise ValueError(f"less than nothing is left: {text!r} (write -100 % where all are gone)")
    if printed[-1] > LARGEST:
        raise ValueError(
            f"more than a body holds: {text!r} (write a change of {int(LARGEST)} % at most)"
        )
    span = ends[0].hull(ends[-1])
    value = printed[0] if len(printed) == 1 and not found["about"] else None
    reference = (found["reference"] or BASELINE).lower()
    if value == GONE:
        return PercentChange(text, Span.point(GONE), value, reference)
    return PercentChange(text, Span(max(span.low, GONE), span.high), value, reference)


def _number(text: str) -> Fraction:
    """A number with its sign."""
    number = Fraction(text.lstrip(SIGNS + " ").replace("·", "."))
    return number if text[0] not in MINUS_SIGNS else -number


def _rounded(text: str, *, about: bool) -> Span:
    """The numbers that print so; below 0 those of the absolute value, mirrored."""
    size = parse_percentage(f"{'about ' * about}{text.lstrip(SIGNS + ' ')}").span
    return -size if text[0] in MINUS_SIGNS else size


def _advice(text: str) -> str:
    """What to write instead, with the number of the text where its direction is clear."""
    examples = "write -46 % from baseline, or +25 % from nadir"
    words, numbers = plain(text), _NUMBERS.findall(text)
    other = next((name for form, name in _OTHER_MEASURES if form.search(words)), "")
    if other:
        return (
            f"write it as note: {text[: 2 * MOST_DIGITS]}; change is one of diameters, and nothing "
            f"is derived from a change of {other}"
        )
    after = next((f" from {each}" for each in REFERENCES if each in words), "")
    smaller, larger = bool(_SMALLER.search(words)), bool(_LARGER.search(words))
    if len(numbers) != 1 or _BOUND.search(words) or (smaller and larger):
        bound = "; of a bound its range: -100 to -50 %" if _BOUND.search(words) else ""
        return examples + bound
    number = " ".join(numbers).replace(" ", "")
    if number[0] in SIGNS:
        return examples if _WORD.search(words) else f"write {number} %"
    if smaller or larger:
        return f"write {'-' if smaller else '+'}{number} %{after}"
    return f"write the sign: -{number} %{after} if they shrank, +{number} %{after} if they grew"
