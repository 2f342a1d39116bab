"""Dates of case files (EDTF) and of SDTM (ISO 8601): what both hold, and nothing made up."""

from __future__ import annotations

import re
from typing import Any

from timeline.cdisc.timing import date_part
from timeline.core.calendar.dates import PartialDate, format_day

_XS = re.compile(r"[0-9]{4}(?:-XX|-[0-9]{2}-XX)+")


def sdtm_date(date: PartialDate | None) -> str | None:
    """The date of a variable --DTC: a day, a month, a year, or an interval of uncertainty.

    None where only an order is known, or nothing: an order that other dates narrow is not
    collected data. SDTMIG 3.4, 4.4.2: parts that are not known are left out.
    """
    if date is None:
        return None
    if date.derived:
        return None
    if date.relative is not None:
        return format_day(date.span.low) if date.is_exact else None
    if date.by_order or not date.strict.is_bounded:
        return None
    text = date.text.split(",")[0].strip().rstrip("~?%")
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return text
    if re.fullmatch(r"[0-9]{4}-XX-[0-9]{2}", text):
        return text.replace("-XX-", "---")
    if _XS.fullmatch(text):
        return text.replace("-XX", "")
    low, high = (format_day(each) for each in (date.strict.low, date.strict.high))
    return low if low == high else f"{low}/{high}"


def period_texts(event: Any) -> tuple[str | None, str | None, bool]:
    """The start and the end of a period as SDTM has them, and whether it is written to go on.

    An end that other facts give, as death ends what went on, is derived and not collected.
    """
    at = event.at
    ongoing = at.text.strip().endswith("/..")
    return sdtm_date(at.start), None if ongoing else sdtm_date(at.end), ongoing


def case_date(text: object) -> str:
    """A date of SDTM as a case file writes it; ``..`` where there is none.

    A time of day is left out.

    Raises:
        ValueError: it is no date by ISO 8601.

    >>> case_date("2003---15"), case_date("2014-02-03T10:30"), case_date(None)
    ('2003-XX-15', '2014-02-03', '..')
    """
    if text in (None, ""):
        return ".."
    plain = str(text)
    date_part(plain)
    parts = [each.split("T")[0].replace("---", "-XX-") for each in plain.split("/")]
    return "/".join(parts)


def case_end(text: object, *, ongoing: bool) -> str:
    """The end of a period, with the slash before it: ``/2021-05``, ``/..``, ``/``.

    An interval of uncertainty is one day of a set.
    """
    if ongoing:
        return "/.."
    if text in (None, ""):
        return "/"
    return f"/{in_period(text)}"


def in_period(text: object) -> str:
    """A date as a start or an end of a period, where a slash has another meaning."""
    plain = case_date(text)
    if "/" not in plain:
        return plain
    low, high = plain.split("/")
    return f"[{low}..{high}]"
