"""How each kind of claim is looked up in a text: one row for each kind."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence

import attrs

from timeline.core.calendar.dates import PartialDate
from timeline.core.quantities import UNIT_OF
from timeline.grounding.numbers import TextNumber, claim_numbers
from timeline.grounding.paragraph_parts import Region
from timeline.grounding.plain import plain
from timeline.grounding.text_index import Found, TextIndex, phrase_pattern
from timeline.report.claims import CLAIMS, Claim
from timeline.report.printed_statistics import UNREACHED
from timeline.report_text import MentionKind, mentions
from timeline.terminology.criteria import having_their_own, meaning
from timeline.terminology.drugs import drug_named
from timeline.terminology.response_codes import Code
from timeline.terminology.response_words import categories_of

Finder = Callable[[TextIndex, Claim], list[Found]]

_NONE = re.compile(
    r"(?<![a-z])(?:no|none|neither|not|without|zero|any|nil|0)(?![a-z0-9])(?!\.[0-9])"
)
_ZERO = ("0", "none", "no", "zero", "nil")
_UNREACHED = re.compile(r"not\s(?:yet\s)?(?:been\s)?(?:reached|estimable|evaluable)|\bn[re]\b")
_RANGES = ("range", "list")
_FORMS = {  # any form of a stem, in addition to the words of the list of mentions
    Code.PD: r"(?<!pseudo)(?<!pseudo[-\s])(?<!hyper)(?<!hyper[-\s])progress(?!ion[-\s]free)",
    Code.UPD: r"unconfirmed|not\s(?:yet\s)?confirmed",
    Code.SD: r"\bstable\b|\bstabili[sz]",
    Code.PR: r"partial\s(?:response|remission)",
    Code.CR: r"complete\s(?:response|remission)",
}
_FORMS_OF_SEVERAL = {  # of a word that allows several categories; no response of another kind
    "CR or PR": r"(?<!immune\s)(?<!pathologic\s)(?<!pathological\s)(?<!no\s)"
    r"\b(?:respon(?:se|d)|remission)",
    "CR or PR or SD": r"(?<!no\s)\b(?:clinical\s|continue[a-z]*\sto\s)?benefi|\bdisease\scontrol"
    r"|\btumou?r\scontrol",
}
_CONFIRMED = r"confirm[^.]{0,60}progress"  # the PD of a criterion that confirms it
_RECURRED = {"recurrence": r"\brecur|\brelaps"}


@attrs.frozen
class Row:
    """How a kind of claim is looked up.

    Attributes:
        finder: gives every part of the text that prints the same.
        counted: whether a number without a unit is looked up, which may count anything: as many
            claims as printed numbers are found at one place.
    """

    finder: Finder
    counted: bool = False


def number_found(
    index: TextIndex,
    text: str,
    unit: str = "",
    *,
    any_number: bool = False,
    any_hedge: bool = False,
    any_diameter: bool = False,
) -> list[Found]:
    """Where a number, or numbers joined as in the text, are printed with a unit.

    Args:
        index: the text.
        text: the printed number, with a hedge if it has one: ``over 60``, ``89 × 42``.
        unit: its unit, in any spelling of the list; empty for none.
        any_number: whether the unit, the hedge and the rest may differ.
        any_hedge: whether the text may hedge a number that the file states without a hedge, as
            ``up to 18 mm`` for the size 18 mm.
        any_diameter: whether the number may be one diameter of a size of two or three, such as
            11 mm of ``9 × 11 mm``. All of the size is found then: RECIST 1.1 takes one diameter
            of a lesion, and the record holds no other.
    """
    claimed = claim_numbers(text, unit)
    if not claimed:
        return index.phrase(f"{text} {unit}".strip())
    unknown = unit and not claimed[-1].unit
    numbers = index.numbers
    found = []
    for at in index.with_digits(claimed[0].digits):
        part = numbers[at : at + len(claimed)]
        if len(part) < len(claimed):
            continue
        first, last = size_around(numbers, at) if any_diameter else (at, at + len(part) - 1)
        whole = numbers[first : last + 1]
        if not any_number and _is_divided(numbers[first - 1 : first], whole):
            continue
        fits = any_number or _fits(part, claimed, any_hedge=any_hedge)
        if fits and all(map(_same_digits, part, claimed)):
            end = part[-1].end
            if unknown and not _follows(index.plain[end : end + 40], unit):
                continue
            found.append(Found(whole[0].start, max(end, whole[-1].end)))
    return found


def size_around(numbers: Sequence[TextNumber], at: int) -> tuple[int, int]:
    """The places of the first and the last diameter of the size that a number is part of.

    A product that is no length, such as 6 × 200 mg, is no size.
    """
    first = last = at
    if numbers[at].unit not in _OF_LESIONS:
        return at, at
    while first and numbers[first - 1].link == "times":
        first -= 1
    while numbers[last].link == "times":
        last += 1
    return first, last


def dose_found(
    index: TextIndex,
    text: str,
    unit: str,
    *,
    any_hedge: bool = False,
    any_diameter: bool = False,
) -> list[Found]:
    """Where a number is printed with its unit; a dose also as that of a day: 800 mg daily.

    Args:
        index: the text.
        text: the printed number.
        unit: its unit.
        any_hedge: whether the text may hedge it.
        any_diameter: whether it may be one diameter of a size of two or three.
    """
    daily = f"{unit}/day"
    units = (unit, daily) if daily in UNIT_OF else (unit,)
    found = (
        number_found(index, text, each, any_hedge=any_hedge, any_diameter=any_diameter)
        for each in units
    )
    return sorted({each for every in found for each in every})


def _is_divided(before: Sequence[TextNumber], part: Sequence[TextNumber]) -> bool:
    """Whether numbers are only some of a size or a range that is printed: 8 cm of 8 × 7 × 6 cm.

    Falling numbers are no range but a change: 18 to 8 mm is a size of 18 mm and one of 8 mm.
    """
    return any(
        each.link in _WHOLE and not (each.link == "range" and each.falls)
        for each in (*before[:1], part[-1])
    )


_WHOLE = ("times", "range")
_OF_LESIONS = ("mm", "cm")


def _same_digits(printed: TextNumber, claimed: TextNumber) -> bool:
    return printed.digits == claimed.digits


def _follows(after: str, unit: str) -> bool:
    pattern = phrase_pattern(unit)
    return pattern is None or pattern.match(after.lstrip(" -(")) is not None


def _fits(
    part: Sequence[TextNumber], claimed: Sequence[TextNumber], *, any_hedge: bool = False
) -> bool:
    """Whether numbers are joined alike, and have the unit and the hedge of the claim."""
    if any(each.in_name for each in part):
        return False
    links = zip(part[:-1], claimed[:-1], strict=True)
    if not all(a.link == b.link or {a.link, b.link} <= set(_RANGES) for a, b in links):
        return False
    first, last = part[0], part[-1]
    if last.unit != claimed[-1].unit and (last.unit or not claimed[-1].unit):
        return False
    if claimed[-1].per and last.per != claimed[-1].per:
        return False
    return first.hedge == claimed[0].hedge or (any_hedge and not claimed[0].hedge)


def _in_tables(index: TextIndex, found: list[Found], unit: str) -> list[Found]:
    """Those with their unit; those without one only in a table, which prints none."""
    if not unit:
        return found
    if not claim_numbers("1", unit)[-1].unit:  # a unit of no list was looked for after the number
        return found
    tables = index.places.tables
    return [
        each for each in found
        if each.start in index.with_unit or any(table.contains(each.start) for table in tables)
    ]  # fmt: skip


def by_number(index: TextIndex, claim: Claim) -> list[Found]:
    """A number with its unit and its hedge."""
    if claim.value == UNREACHED:
        return [Found(*each.span()) for each in _UNREACHED.finditer(index.plain)]
    return _in_tables(index, dose_found(index, claim.text, claim.unit), claim.unit)


def by_share(index: TextIndex, claim: Claim) -> list[Found]:
    """A percentage: with a percent sign, or a fraction in words."""
    if not claim_numbers(claim.text) or not re.search(r"[0-9]", claim.text):
        return index.phrase(claim.text)
    return _in_tables(index, number_found(index, claim.text.rstrip("% "), "%"), "%")


def by_count(index: TextIndex, claim: Claim) -> list[Found]:
    """A bare number; none in any word for it."""
    if plain(claim.text).strip() in _ZERO:
        return [Found(*each.span()) for each in _NONE.finditer(index.plain)]
    return number_found(index, claim.text, claim.unit)


def by_date(index: TextIndex, claim: Claim) -> list[Found]:
    """A date in any form that is as exact."""
    if isinstance(claim.value, PartialDate):
        return date_found(index, claim.value)
    return index.phrase(claim.text)


def date_found(index: TextIndex, when: PartialDate) -> list[Found]:
    """Where a date is printed, neither more nor less exactly."""
    return [Found(each.start, each.end) for each in index.dates_of(when.strict)]


def by_response(index: TextIndex, claim: Claim) -> list[Found]:
    return response_found(index, claim.text)


def response_found(index: TextIndex, category: str) -> list[Found]:
    """Where a response is printed: by its abbreviation, in words, or in another form of them."""
    if category not in index.responses:
        found = {*index.typed(category), *index.phrase(category)}
        if pattern := _form(category):
            found |= {Found(*each.span()) for each in re.finditer(pattern, index.plain)}
        several = categories_of(category)
        if len(several) > 1 and category not in _FORMS_OF_SEVERAL:
            found |= {part for each in several for part in response_found(index, each)}
        index.responses[category] = sorted(found, key=lambda each: (each.start, each.end))
    return index.responses[category]


def response_in(index: TextIndex, category: str, region: Region) -> bool:
    """Whether a response is printed in a region."""
    found = response_found(index, category)
    for first, end in region.parts:
        at = bisect.bisect_left(found, first, key=lambda each: each.start)
        if at < len(found) and found[at].start < end:
            return True
    return False


def _form(category: str) -> str:
    """The pattern of the words for a response; empty where there is none."""
    if category in _FORMS_OF_SEVERAL:
        return _FORMS_OF_SEVERAL[category]
    code = meaning(category)
    if code is Code.PD and having_their_own(category):
        return _CONFIRMED
    return _RECURRED.get(category, "") if code is None else _FORMS.get(code, "")


def by_words(index: TextIndex, claim: Claim) -> list[Found]:
    """Words as printed; or the same route, schedule or sex in other words."""
    return sorted({*index.phrase(claim.text), *index.typed(claim.text)})


_PANELS = re.compile(r"panels?\s+(?:[A-Z]\s+)?(?:of\s+)?(?P<figure>.*(?P<number>S?[0-9]+))")


def by_range(index: TextIndex, claim: Claim) -> list[Found]:
    """A range of numbers with a unit, or of the panels of a figure."""
    if re.search(r"[0-9]", claim.text) and not _PANELS.search(claim.about):
        return by_share(index, claim) if claim.unit == "%" else by_number(index, claim)
    ends = re.split(r"\s*(?:–|-|,|\bto\b|\band\b)\s*", claim.text.strip())
    form = r"(?<![A-Za-z])" + r"\s?(?:–|-|,|to|and)\s?".join(map(re.escape, ends)) + r"(?![A-Za-z])"
    return [Found(*each.span()) for each in re.finditer(form, index.report.text)]


def by_name(index: TextIndex, claim: Claim) -> list[Found]:
    """A name as printed. A list is found where each of its parts is, not far from each other."""
    panel = _PANELS.search(claim.about)
    if panel and len(claim.text) == 1:
        return index.letter(claim.text, panel["number"])
    if claim.about.startswith(_INITIALS):
        return _initials(index, claim.text.strip())
    found = {*index.phrase(claim.text), *index.abbreviated(claim.text)}
    if found or drug_named(claim.text):
        return sorted(found)
    return sorted(
        {*index.typed(claim.text), *_parts(index, claim.text), *_stems(index, claim.text)}
    )


_INITIALS = "initials of"


def _initials(index: TextIndex, letters: str) -> list[Found]:
    """Where initials are printed, or a name that begins with them."""
    spelled = r"\s+".join(rf"{re.escape(each)}[^\W\d_]*" for each in letters)
    form = re.compile(rf"(?<![A-Za-z])(?:{re.escape(letters)}(?![A-Za-z])|{spelled})")
    return [Found(*each.span()) for each in form.finditer(index.report.text)]


_LIST_WITHIN = 300  # characters


def _parts(index: TextIndex, text: str) -> list[Found]:
    """Where all parts of a list are together, in any order."""
    parts = [part for part in re.split(r",\s*|\s+and\s+", text) if part.strip()]
    if len(parts) < 2:
        return []
    places = [[each.start for each in index.phrase(part)] for part in parts]
    return [
        Found(first, first + 1) for first in places[0]
        if all(any(abs(other - first) < _LIST_WITHIN for other in each) for each in places[1:])
    ]  # fmt: skip


_STEM = 5  # letters that two forms of a word share: acquired, acquisition


def _stems(index: TextIndex, text: str) -> list[Found]:
    """Where one word that is no drug has another form: acquisition for acquired."""
    word = plain(text).strip()
    if not word.isalpha() or len(word) <= _STEM or word.endswith(("mab", "nib")):
        return []
    form = re.compile(rf"(?<![a-z]){re.escape(word[:_STEM])}[a-z]*")
    return [Found(*each.span()) for each in form.finditer(index.plain)]


_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th"}
_NEAR = 40  # characters from an ordinal to the word that it orders: first and second lines
_COUNTED = {  # the word that a claim counts, and others that a text has for it
    "line": r"lines?\b|therap|treatment|regimen|chemotherap",
    "cycle": r"cycles?\b|courses?\b",
}
# What follows the ordinal in the name of an institution: First [Affiliated Hospital].
_INSTITUTION = re.compile(
    r"(?:\s+(?!(?:Line|Therapy|Treatment|Cycle|Regimen)s?\b)(?:of|for|and|&|[A-Z][\w'’.-]*)){0,6}?"
    r"\s+(?:Hospitals?|Colleges?|Universit(?:y|ies)|Clinics?|Institutes?|Departments?|Divisions?"
    r"|Schools?|Facult(?:y|ies)|Cent(?:er|re)s?|Academ(?:y|ies))\b"
)


def by_ordinal(index: TextIndex, claim: Claim) -> list[Found]:
    """An ordinal in words or digits, but not that of an institution.

    With the word that it orders after it, where the text has any such: ``first-line``.
    """
    also = _ORDINALS.get(plain(claim.text).strip())
    found = sorted({*index.phrase(claim.text), *(index.phrase(also) if also else ())})
    text = index.report.text
    found = [each for each in found if not _INSTITUTION.match(text, each.end)]
    kept = re.findall(r"[a-z]{3,}", plain(claim.about))[:1]
    words = _COUNTED.get("".join(kept), "|".join(kept))
    if not words:
        return found
    near = re.compile(rf"[^.;:!?]{{0,{_NEAR}}}?\b(?:{words})")
    return [each for each in found if near.match(index.plain, each.end)] or found


_PLAIN_GRADE = re.compile(r"[0-9IV]+(?:\s*[-–/]\s*[0-9IV]+)?")


def by_grade(index: TextIndex, claim: Claim) -> list[Found]:
    """A grade after the word grade or level, else its words as printed."""
    return grade_found(index, claim.text)


def grade_found(index: TextIndex, text: str) -> list[Found]:
    """Where a grade is printed, in Arabic or Roman figures."""
    if not _PLAIN_GRADE.fullmatch(text.strip()):
        return index.phrase(re.sub(r"(?i)\b(?:grades?|levels?)\b", "", text))
    claimed = {each.value for each in mentions(f"grade {text}") if each.kind is MentionKind.GRADE}
    found = [Found(each.start, each.end) for each in index.mentions
             if each.kind is MentionKind.GRADE and each.value in claimed]  # fmt: skip
    if text.strip().isalpha():  # a Roman figure may have no word before it
        return found or index.phrase(text)
    return found


SHARES = ("percent", "risk-reduction", "rate")  # kinds of claim in percent
_BARE = ("count", "events", "score", "median", "mean")
_OTHER = {
    "date": Row(by_date),
    "response": Row(by_response),
    "range": Row(by_range),
    "name": Row(by_name),
    "ordinal": Row(by_ordinal),
    "grade": Row(by_grade),
    "schedule": Row(by_words),
    "test": Row(by_words),
    "word": Row(by_name),
    "p": Row(by_number),
}
ROWS: dict[str, Row] = {
    kind: _OTHER[kind] if kind in _OTHER
    else Row(by_share) if kind in SHARES
    else Row(by_count, counted=True) if kind in _BARE
    else Row(by_number)
    for kind in CLAIMS
}  # fmt: skip
