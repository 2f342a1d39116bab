"""The value of a mention in the words of the case file, one function for each kind."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping

from timeline.core.calendar.dates import parse_edtf
from timeline.core.data_tables import data_rows
from timeline.core.printed_numbers import parse_printed
from timeline.core.quantities import UNIT_OF
from timeline.core.text.number_words import AND_A_HALF, without_half
from timeline.report_text.mention import MentionKind
from timeline.report_text.mention_rules import WORDS

Reader = Callable[[re.Match[str], str], tuple[str, bool]]  # the value, and whether it is certain

_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh"), start=1
    )
}
_ANY_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\b(?:{AND_A_HALF}\b)?"
    rf"|[0-9]+{AND_A_HALF}",
    re.IGNORECASE,
)
_TIME_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years", "h": "hours"}
_FREQUENCIES = {"qd": "once daily", "bid": "twice daily", "tid": "three times daily",
                "qod": "every other day"}  # fmt: skip


def _group(found: re.Match[str], name: str) -> str:
    return (found.groupdict().get(name) or "").strip()


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _STEMS.index(text[:3].lower()) + 1


def date(found: re.Match[str], _: str) -> tuple[str, bool]:
    """The date in EDTF; both where day and month can be exchanged. ValueError if none exists.

    The year is that of the last month of a range: between October and March 2019 is from 2018 on.
    """
    year = _group(found, "y") or _group(found, "y2") or _group(found, "either")
    month, day = _group(found, "m"), re.sub(r"\D", "", _group(found, "d"))
    last = _group(found, "last") or _group(found, "last2") or _group(found, "beside")
    earlier = bool(last) and _month(month) > _month(last)
    if earlier and _group(found, "beside"):
        return f"{int(year) - 1}-{_month(month):02} or {year}-{_month(month):02}", False
    year = str(int(year) - 1) if earlier else year
    parts = [f"{_month(month):02}"] if month else []
    parts += [f"{int(day):02}"] if day else []
    value = "-".join((year, *parts))
    parse_edtf(value)
    if _group(found, "either") and parts[0] != parts[1]:
        return f"{value} or {'-'.join((year, parts[1], parts[0]))}", False
    return value, True


def _digits(text: str) -> str:
    """A number in digits, without separators of thousands."""
    plain, with_half = without_half(text.strip().lower())
    if with_half:
        return f"{_digits(plain)}.5"
    return str(WORDS[plain]) if plain in WORDS else plain.replace(",", "").replace("·", ".")


def amount(found: re.Match[str], hedge: str) -> tuple[str, bool]:
    """A number or a range with its hedge, without its unit. ValueError where it is none."""
    low, high = _digits(_group(found, "low")), _digits(_group(found, "high"))
    value = " ".join(part for part in (hedge.lower(), f"{low}-{high}" if high else low) if part)
    parse_printed(value)
    return value, True


def _time_unit(text: str) -> str:
    return _TIME_UNITS[text[:1].lower()]


def time(found: re.Match[str], hedge: str) -> tuple[str, bool]:
    """A length of time: ``over 60 months``; of half a year ``0.5 years``."""
    if not _group(found, "low"):
        whole = _group(found, "whole")
        return f"{'1.5' if whole else '0.5'} {_time_unit(whole or _group(found, 'unit'))}", True
    value, certain = amount(found, hedge)
    return f"{value} {_time_unit(_group(found, 'unit'))}", certain


def age(found: re.Match[str], hedge: str) -> tuple[str, bool]:
    """An age; in years if no unit is printed."""
    value, certain = amount(found, hedge)
    return f"{value} {_time_unit(_group(found, 'unit') or 'years')}", certain


def dose(found: re.Match[str], hedge: str) -> tuple[str, bool]:
    """A dose with its unit as the table of units has it: ``75 mg/m²``, ``AUC 5``."""
    value, certain = amount(found, hedge)
    if not _group(found, "unit"):
        return f"AUC {value}", certain
    named = _group(found, "unit")
    unit = UNIT_OF.get(named) or UNIT_OF.get(named.lower())
    tail = re.sub(r"[\s/]", "", _group(found, "tail"))
    tail = {"d": "/day", "": ""}.get(tail.lower(), f"/{tail.lower()}")
    return f"{value} {unit.name if unit else named}{tail}", certain


def size(found: re.Match[str], hedge: str) -> tuple[str, bool]:
    """One diameter, or two or three: ``89 × 42 mm``."""
    if not _group(found, "axes"):
        value, certain = amount(found, hedge)
        return f"{value} {_group(found, 'unit').lower()}", certain
    axes = re.findall(r"[0-9]+(?:\.[0-9]+)?", _group(found, "axes"))
    return f"{' × '.join(axes)} {_group(found, 'unit').lower()}", True


def percentage(found: re.Match[str], hedge: str) -> tuple[str, bool]:
    """The number of percent, or a share in words."""
    if _group(found, "low"):
        return amount(found, hedge)
    return found[0].lower().removesuffix("of").strip().replace(" ", "-"), True


def grade(found: re.Match[str], _: str) -> tuple[str, bool]:
    """A grade or a range of grades in digits: ``3-4``."""
    parts = re.findall(r"[1-5]|[IV]+", _group(found, "grade").upper())
    return "-".join(_ROMAN.get(part, part) for part in parts), True


def line(found: re.Match[str], _: str) -> tuple[str, bool]:
    """The number of a line of therapy."""
    word = _group(found, "ordinal").lower()
    return str(_ORDINALS[word]) if word in _ORDINALS else re.sub(r"\D", "", word), True


def schedule(found: re.Match[str], _: str) -> tuple[str, bool]:
    """``days 1 and 8``, ``every 3 weeks``, ``twice daily``."""
    if _group(found, "list"):
        days = re.sub(r"(?i)\bd(?:ay)?s?\s*(?=[0-9])|\bon\b", "", _group(found, "list"))
        days = re.sub(r"\s?(?:–|-|—|~|\bto\b|\bthrough\b)\s?", "-", days)
        days = re.sub(r"\s*,\s*(?:and\s+)?", ", ", " ".join(days.split())).replace("&", "and")
        return f"{'day' if days.isdigit() else 'days'} {days}", True
    if _group(found, "unit"):
        unit = _time_unit(_group(found, "unit"))
        low = _digits(_group(found, "low") or "1")
        high = _digits(_group(found, "high"))
        return f"every {low}{f'-{high}' if high else ''} {unit}", True
    plain = " ".join(found[0].lower().split())
    return _FREQUENCIES.get(plain.replace(".", ""), plain), True


def phrase(found: re.Match[str], _: str) -> tuple[str, bool]:
    """The words with numbers in digits: ``2 months later``."""
    plain = " ".join(found[0].split())
    return _ANY_WORD.sub(lambda word: _digits(word[0]), plain), True


def printed_code(found: re.Match[str], _: str) -> tuple[str, bool]:
    """A code as printed: PR."""
    return found[0], True


@functools.cache
def _names(kind: str) -> Mapping[str, str]:
    """The names of markers or sites by each of their spellings, in lower case."""
    rows = (row for row in data_rows("report_names") if row.text("kind") == kind)
    return {
        spelling.lower(): row.text("name")
        for row in rows
        for spelling in (row.text("name"), *row.texts("also"))
    }


_TWO_RECEPTORS = re.compile(r"(?P<one>o?estrogen)\b.*\b(?P<two>progesterone)\b.*", re.IGNORECASE)


def _marker(text: str) -> str:
    """A marker by its usual name; of two that share a result both: ``ER and PR``."""
    words = " ".join(text.split())
    if both := _TWO_RECEPTORS.fullmatch(words):
        words = f"{both['one']} receptor and {both['two']} receptor"
    parts = re.split(r"\s*(?:\band\b|/)\s*", words)
    return " and ".join(_names("marker").get(each.lower(), each) for each in parts)


def biomarker(found: re.Match[str], _: str) -> tuple[str, bool]:
    """A marker and its result as printed: ``EGFR: L858R``; of microsatellites ``MSI: MSS``."""
    whole = " ".join(_group(found, "whole").split())
    if whole:
        repair = "mismatch" in whole.lower() or whole.lower().endswith("mmr")
        return f"{'MMR' if repair else 'MSI'}: {whole}", True
    name, result = _group(found, "name"), " ".join(_group(found, "result").split())
    plain = re.sub(r"\s*\b(?:was|of)\b\s*|\s*[=:]\s*", " ", result).replace("%", " %")
    plain = re.sub(r"(?i)^wild type$", "wild-type", " ".join(plain.split()))
    score = " ".join(_group(found, "score").split())
    return f"{_marker(name)}: {plain}{f', {score}' if score else ''}", True


def stage(found: re.Match[str], _: str) -> tuple[str, bool]:
    """A stage as printed, without blanks: ``IIIB``, ``pT3N1M0``."""
    parts = [_group(found, name) for name in ("tumour", "nodes", "metastases")]
    if any(parts):
        return " ".join(filter(None, parts)), True
    return "".join(_group(found, "stage").split()).replace(",", ""), True


def metastasis(found: re.Match[str], _: str) -> tuple[str, bool]:
    """The sites: ``liver``, ``lung and bone``."""
    words = " ".join(_group(found, "site").lower().split())
    sites = re.split(r"\s*(?:,|\bas well as\b|\band\b)\s*", words)
    return " and ".join(dict.fromkeys(_site(each) for each in sites if each)), True


def _site(words: str) -> str:
    """A site by its name, without an adjective before it: abdominal lymph nodes."""
    names = _names("site")
    return names.get(words) or names.get(words.partition(" ")[2]) or words


_CHANGES = (  # a part of the words, and the event of a case file
    (re.compile(r"resum|re-?start|re-?initiat|reintroduc", re.IGNORECASE), "dose resumed"),
    (re.compile(r"reduc", re.IGNORECASE), "dose reduced"),
    (re.compile(r"declin|refus|reject", re.IGNORECASE), "treatment refused"),
)


def change(found: re.Match[str], _: str) -> tuple[str, bool]:
    """What was changed: ``dose held``, ``dose resumed`` or ``dose reduced``."""
    named = (event for part, event in _CHANGES if part.search(found[0]))
    return next(named, "dose held"), True


def procedure(_: re.Match[str], __: str) -> tuple[str, bool]:
    """An operation that is found by the ending of its name."""
    return "surgery", True


VALUE_OF: Mapping[MentionKind, Reader] = {
    MentionKind.DATE: date,
    MentionKind.DATE_PHRASE: phrase,
    MentionKind.DURATION: time,
    MentionKind.AGE: age,
    MentionKind.DOSE: dose,
    MentionKind.SIZE: size,
    MentionKind.PERCENTAGE: percentage,
    MentionKind.GRADE: grade,
    MentionKind.LINE: line,
    MentionKind.SCHEDULE: schedule,
    MentionKind.CYCLES: amount,
    MentionKind.FRACTIONS: amount,
    MentionKind.RESPONSE: printed_code,
    MentionKind.BIOMARKER: biomarker,
    MentionKind.STAGE: stage,
    MentionKind.CHANGE: change,
    MentionKind.METASTASIS: metastasis,
    MentionKind.PROCEDURE: procedure,
}


def drug_of(name: str) -> str:
    """A drug by the name in a report, in lower case."""
    return " ".join(name.lower().split())
