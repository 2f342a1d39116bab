"""What texts a reader takes, as far as a JSON Schema can state it: words, patterns, examples.

A form never refuses what its reader takes. What it cannot state (the days of a month, the units of
one dimension) is left to ``timeline check``. A reader without a form takes any text here.

Patterns are in the part of the regular expressions that ECMA 262 and Python share, so that editors
and tests agree: no flags, no named groups, no needless escapes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from timeline.core.calendar.dates import YEARS, date_pattern, parse_edtf
from timeline.core.calendar.partial_dates import parse_date, parse_period
from timeline.core.quantities import LARGE, UNITS, age, density, length_or_area, quantity, thickness
from timeline.core.schema import ANSWERS, LONGEST, OneOf, WholeNumber, free_text, yes_or_no
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.event_parts.lesion_sizes import ABSENT, TOO_SMALL, UNSEEN, lesion_size
from timeline.record.event_parts.percent_change import (
    ABOUT,
    NUMBER,
    REFERENCES,
    percent_change,
)
from timeline.record.event_parts.resolutions import resolution
from timeline.record.event_parts.state_words import NO_STEROID, steroid_dose
from timeline.record.event_parts.uptake import (
    EXTENT_WORDS,
    glycolysis,
    liver_uptake,
    sul,
    suv,
    uptake_extent,
)
from timeline.record.findings import (
    EARLIER_NEW_WORDS,
    NON_TARGET_WORDS,
    TARGET_WORDS,
    earlier_new,
    non_target_finding,
    target_finding,
)
from timeline.record.ordering.visit_schedule import visit_schedule
from timeline.report.printed_statistics import limits, patients, time_limits

Fragment = dict[str, Any]
Reader = Callable[[str], Any]

SCALARS = ("string", "number", "boolean")  # what YAML makes of a plain text
_SPECIAL = re.compile(r"[\^$\\.*+?()\[\]{}|/]")
_GAP = r"[\s_\-\u2010-\u2015\u2212]+"


def escaped(text: str) -> str:
    """A text as a pattern that ECMA 262 takes with the flag ``u`` as well."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def in_any_case(word: str, *, loose: bool = False) -> str:
    """A pattern for a word in any case; ``loose``: as ``loosely_folded`` compares them."""
    if not loose:
        return "".join(_letter(letter, loose) for letter in word)
    letters = zip(word, [*word[1:], ""], strict=True)
    points = (r"\.?" if f"{one}{other}".lower() in ("na", "nd") else "" for one, other in letters)
    parts = zip(word, points, strict=True)
    return "".join(_letter(letter, loose) + point for letter, point in parts) + r"\s*\.*"


def _letter(letter: str, loose: bool) -> str:
    if loose and letter in " -":
        return _GAP
    cases = dict.fromkeys((letter.lower(), letter.upper()))
    return f"[{''.join(cases)}]" if len(cases) > 1 else escaped(letter)


def any_of(patterns: Iterable[str]) -> str:
    """One pattern for several; the longest first, so that none hides another, then by letters."""
    return f"(?:{'|'.join(sorted(set(patterns), key=lambda each: (-len(each), each)))})"


def text(pattern: str = r"\S", **more: Any) -> Fragment:
    """Any value that YAML reads from a text of this pattern."""
    return {"type": list(SCALARS), "pattern": pattern, **more}


def only_text(pattern: str, advice: str, *examples: str, **more: Any) -> Fragment:
    """A text of this pattern, which is never a number or a truth value in YAML."""
    shown = {"patternErrorMessage": f"write {advice}", "examples": list(examples)}
    return {"type": "string", "pattern": f"^\\s*{pattern}\\s*$", **shown, **more}


def words(
    shown: Iterable[str], every: Iterable[str], *, loose: bool = False, joined: str = ""
) -> Fragment:
    """A closed vocabulary: the words that an editor offers, and every spelling that is read."""
    one = any_of(in_any_case(word, loose=loose) for word in every)
    whole = f"{one}(?:{joined}{one})*" if joined else one
    plain = {"type": "string", "pattern": f"^\\s*{whole}\\s*$"}
    values = [value for word in every if not isinstance(value := yaml_value(word), str)]
    typed = {(isinstance(value, bool), value): value for value in values}  # 3 and 3.0 are one
    parts: list[Fragment] = [{"enum": list(shown)}, plain]
    return {"anyOf": [*parts, {"enum": list(typed.values())}] if typed else parts}


def yaml_value(word: str) -> Any:
    """What the core schema of YAML 1.2 makes of a plain text: a number, a truth value, a text."""
    if re.fullmatch("true|True|TRUE|false|False|FALSE", word):
        return word.lower() == "true"
    if re.fullmatch("~|null|Null|NULL|", word):
        return None
    if re.fullmatch(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", word):
        return int(word, 0 if word[1:2] in ("o", "x") else 10)
    if re.fullmatch(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", word):
        return float(word)
    return word


def _whole_number(reader: WholeNumber) -> Fragment:
    numbers = any_of(map(str, range(reader.least, reader.most + 1)))
    advice = f"write a whole number from {reader.least} to {reader.most}"
    return {
        "type": ["integer", "string"],
        "minimum": reader.least,
        "maximum": reader.most,
        "pattern": rf"^\s*0*{numbers}\s*$",
        "patternErrorMessage": advice,
        "examples": [reader.least],
    }


_EDTF = re.sub(r"\(\?P<\w+>", "(?:", date_pattern())
_END = rf"(?:{_EDTF}|\.\.)"
_SET = rf"\[\s*(?:{_EDTF})?\s*\.\.\s*(?:{_EDTF})?\s*\]"
_ONE = rf"(?:{_EDTF}|{_SET}|\.\.)"
_RANGE = rf"(?:{_ONE}?\s*/\s*{_ONE}?)"
_BY_ORDER = (
    r"(?:(?:after|before)\s[^,{0}]+"
    r"|[^,{0}]*(?:\s(?:[aA]fter|[bB]efore|[pP]rior to|[fF]ollowing|[oO]f)\s"
    r"|\s[-+]\s*[0-9]+\s*(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|[dwy])(?:\s|$))[^,{0}]*)"
)
_PART = rf"(?:{_ONE}|{_RANGE}|{_BY_ORDER.format('')})"
_OF_PERIOD = rf"(?:{_ONE}|{_BY_ORDER.format('/')})"
_MOMENT = rf"{_OF_PERIOD}(?:\s*,\s*{_OF_PERIOD})*"
_YEAR = {"type": ["string", "integer"], "minimum": YEARS[0], "maximum": YEARS[-1]}
_DATES = ("2021-03-15", "2021-03", "2021", "2021-12~", "after line 1")
_PERIODS = ("2021-03-15/2021-08", "2021-03/..", "2021-03/", "2021-03")


def _of_uptake(name: str, example: str) -> Fragment:
    """A number with the unit that its key implies, which may be written after it."""
    taken = rf"{NUMBER}(?:\s*{in_any_case(name)})?"
    fragment = only_text(taken, f"a number, such as {example}", example)
    return fragment | {"type": ["string", "number"], "minimum": 0}


def _quantity(*measures: str) -> str:
    """A number with a unit of some dimensions, of any if none is named, and what follows it."""
    units = [unit for unit in UNITS if not measures or unit.measures in measures]
    spelled = {each for unit in units for name in (unit.name, *unit.also)
               for each in (name, name.lower(), re.sub(r"(?<=[/md])L$", "l", name))}  # fmt: skip
    number = rf"[^\r\n]*?[0-9][0-9.,·]*{LARGE}?\+?(?:\s*[×x*])?"
    return rf"{number}\s*{any_of(map(escaped, spelled))}(?:\s[^\r\n]*)?"


_LENGTH = _quantity("length")
_SIZE_WORDS = any_of(in_any_case(each, loose=True) for each in (*ABSENT, *TOO_SMALL, *UNSEEN))
_PERCENT = rf"(?:[-\u2212\u2013+]\s*{NUMBER}|0+(?:[.·]0+)?)"
_BY = r"[0-9][0-9.,·]*\s*(?:mm|cm)?\s*[×xX*]\s*"  # two diameters
_SIZE = rf"\s*(?:{_SIZE_WORDS}|(?:{_BY})?{_LENGTH})\s*"
# a character that can be seen: neither a blank nor a sign for control or layout
_VISIBLE = (
    r"[^\s\u0000-\u001f\u007f-\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\ue000-\uf8ff\ufeff]"
)


@attrs.frozen
class TextForm:
    """A reader with what it takes. ``left``: what of it no pattern states."""

    reader: Reader
    schema: Fragment
    left: str = ""


FORMS: tuple[TextForm, ...] = (
    TextForm(free_text, text(_VISIBLE, maxLength=LONGEST)),
    TextForm(yes_or_no, words(("yes", "no"), ANSWERS)),
    TextForm(
        parse_edtf,
        _YEAR | only_text(rf"(?:{_ONE}|{_RANGE})", "2021, 2021-03 or 2021-03-15", *_DATES[:3])
        | {"type": _YEAR["type"]},
        left="the calendar",
    ),
    TextForm(
        resolution,
        _YEAR | only_text(rf"(?:{_ONE}|{_RANGE}|[nN][oO])", "2021-05, or no", "2021-05-12", "no")
        | {"type": _YEAR["type"]},
        left="the calendar",
    ),
    TextForm(
        parse_date,
        only_text(rf"{_PART}(?:\s*,\s*{_PART})*", "2021, 2021-03 or 2021-03-15", *_DATES) | _YEAR,
        left="the calendar; which events there are",
    ),
    TextForm(
        parse_period,
        only_text(
            rf"(?:(?:{_MOMENT})?\s*/\s*(?:{_MOMENT})?|{_MOMENT})",
            "2021-03-15/2021-08, 2021-03/.. or 2021-03/", *_PERIODS,
        ) | _YEAR,
        left="the calendar; which events there are",
    ),
    TextForm(length_or_area, only_text(
        rf"(?:{_LENGTH}|{_quantity('area')})", "a length, such as 23 mm, or an area", "23 mm",
        "1200 mm²",
    )),
    TextForm(thickness, only_text(_LENGTH, "a thickness, such as 5 mm", "5 mm")),
    TextForm(percent_change, only_text(
        rf"(?:{any_of(in_any_case(each) for each in ABOUT)}\s*)?{_PERCENT}(?:\s*%?\s+"
        rf"{in_any_case('to')}\s+{_PERCENT})?\s*%(?:\s+{in_any_case('from')}\s+"
        rf"{any_of(in_any_case(each) for each in REFERENCES)})?",
        "a change with its sign, such as -46 %", "-46 %", "+25 % from nadir",
    ), left="the largest change"),
    TextForm(
        density, only_text(_quantity("density"), "a density, such as 45 HU", "45 HU", "-12.5 HU")
    ),
    TextForm(sul, _of_uptake("SUL", "8.0")),
    TextForm(suv, _of_uptake("SUV", "10.2")),
    TextForm(glycolysis, _of_uptake("TLG", "120")),
    TextForm(steroid_dose, only_text(
        r"[^\r\n]*[0-9][^\r\n]*|" + any_of(in_any_case(each) for each in NO_STEROID),
        "mg of dexamethasone a day, such as 4 mg, or none", "4 mg", "none",
    ) | {"type": ["string", "integer"]}, left="the unit"),
    TextForm(liver_uptake, only_text(
        rf"{NUMBER}(?:\s*(?:±|\+/-|\+-|\(\s*[sS][dD])\s*{NUMBER}\s*\)?)?",
        "the mean and its SD, such as 2.0 ± 0.2", "2.0 ± 0.2",
    ) | {"type": ["string", "number"], "minimum": 0}),
    TextForm(uptake_extent, only_text(
        rf"(?:{any_of(in_any_case(each, loose=True) for each in EXTENT_WORDS)}"
        rf"|[-+\u2212\u2013]\s*{NUMBER}\s*%)", "larger, unchanged, or +25 %", "larger", "+25 %",
    )),
    TextForm(
        quantity, only_text(_quantity(), "a number with a unit, such as 182 IU/L", "182 IU/L")
    ),
    TextForm(age, text(r"\S", examples=["58", "about 60", "60s", "8 months"])),
    TextForm(
        drug_dose,
        only_text(
            r"[^\r\n]*[^\s0-9.,;:+/()-][^\r\n]*", "a drug, such as doxorubicin 75 mg/m² IV day 1",
            "doxorubicin 75 mg/m² IV day 1",
        ),
        left="dose and unit",
    ),
    TextForm(visit_schedule, only_text(
        rf"[^\r\n]*{_quantity('time')}[^\r\n]*", "8 weeks, or: every 8 weeks until 2022-12, then "
        "every 12 weeks", "8 weeks", "every 6 weeks for 24 weeks, then every 12 weeks",
    )),
    TextForm(target_finding, words(
        ("CR", "PR", "SD", "PD", "NE", "NA", "absent", "almost gone", "shrunk", "stable", "grown"),
        TARGET_WORDS, loose=True, joined=r"\s+or\s+",
    )),
    TextForm(non_target_finding, words(
        ("CR", "NON-CR/NON-PD", "PD", "NE", "NA", "absent", "present", "stable", "grown",
         "progressed"),
        NON_TARGET_WORDS, loose=True, joined=r"\s+or\s+",
    )),
    TextForm(earlier_new, words(
        ("grown", "stable", "shrunk", "gone", "not evaluated"), EARLIER_NEW_WORDS, loose=True,
    )),
    TextForm(lesion_size, only_text(
        rf"(?:merged with \S+|{_SIZE}(?:\+{_SIZE})*)", "23 mm, absent, too small, not evaluated, "
        "40 x 30 mm, 12 mm + 9 mm, or merged with T1", "23 mm", "40 x 30 mm", "absent", "too small",
        "not evaluated",
    )),
    TextForm(limits, only_text(
        r"\S[^\r\n]*(?:to|[-\u2013\u2212;]|,\s)[^\r\n]*\S", "4.1 to 22.3", "4.1 to 22.3",
        "11.1 to not reached",
    )),
    TextForm(time_limits, only_text(
        rf"[^\r\n]*{any_of(in_any_case(each) for each in ('day', 'week', 'month', 'year'))}[sS]?",
        "12 months", "12 months", "0, 6, 12 months",
    )),
    TextForm(patients, text(r"\S", examples=[15, "about 40"])),
)  # fmt: skip
_BY_READER = {row.reader: row for row in FORMS}


def form_of(reader: Reader) -> Fragment:
    """What a reader takes, as a JSON Schema; any text if it has no form."""
    if isinstance(reader, OneOf):
        every = (*reader.words, *(word for word, _ in reader.also))
        return words(reader.words, every, loose=reader.loose)
    if isinstance(reader, WholeNumber):
        return _whole_number(reader)
    row = _BY_READER.get(reader)
    return row.schema if row else text()
