"""Dates of case files as times of FHIR, and back.

A time of FHIR is a day, a month or a year. A date of a case file that is none of them is written as
the narrowest that has all its days, or not at all; how the case file writes it is in an extension,
with what the element says, so that a date that was corrected elsewhere is seen to be another.
"""

from __future__ import annotations

import re
from typing import Any

from timeline.core.calendar.dates import PartialDate
from timeline.exchange.entries.case_entries import Entry
from timeline.exchange.entries.left_over import kind_of
from timeline.formats.calendar_times import NOT_KNOWN, days_of, end_of
from timeline.formats.fhir.codes import ABSENT, WRITTEN, Json
from timeline.formats.json_nodes import JsonNode
from timeline.record.events import Event

_TIME = re.compile(
    r"(?P<day>[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)(T[0-9:.]+(Z|[+-][0-9:]+)?)?"
)


def fhir_time(moment: PartialDate | None) -> str:
    """The narrowest day, month or year that has every possible day of a moment; else empty."""
    days = days_of(moment)
    if days is None:
        return ""
    first, last = days
    return next((first[:end] for end in (10, 7, 4) if first[:end] == last[:end]), "")


def point(name: str, entry: Entry, event: Event) -> Json:
    """A member that is a dateTime."""
    time = fhir_time(event.start)
    as_written = _written(str(entry[kind_of(entry)]), time)
    absent = [] if time else [{"url": ABSENT, "valueCode": "unknown"}]
    return {
        **({name: time} if time else {}),
        **({f"_{name}": {"extension": [*absent, *as_written]}} if as_written or absent else {}),
    }


def period(name: str, entry: Entry, event: Any) -> Json:
    """A member that is a Period: both ends as far as FHIR can say them."""
    start, end = fhir_time(event.start), fhir_time(None if end_of(event)[1] else event.end)
    if event.end is not None and event.end.derived:
        end = ""
    as_written = _written(str(entry[kind_of(entry)]), f"{start}/{end}")
    found = {
        **({"extension": as_written} if as_written else {}),
        **({"start": start} if start else {}),
        **({"end": end} if end else {}),
    }
    return {name: found or {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}}


def _written(text: str, time: str) -> list[Json]:
    """The extension of a date that the element does not say as written."""
    if text == time:
        return []
    element = [{"url": "element", "valueString": time}] if time else []
    return [{"url": WRITTEN, "extension": [{"url": "date", "valueString": text}, *element]}]


def read_point(node: JsonNode, name: str) -> str:
    """The date of a member that is a dateTime; ``..`` where there is none."""
    time = time_of(node.get(name))
    return _as_written(node.get(f"_{name}"), time) or time or NOT_KNOWN


def read_period(node: JsonNode, name: str, *, ongoing: bool = False) -> str:
    """The dates of a member that is a Period, or a dateTime for a day, as a period of a case."""
    found = node.get(f"{name}Period")
    if not found:
        time = time_of(node.get(f"{name}DateTime"))
        return f"{time}/{time}" if len(time) == 10 else f"{time}/" if time else NOT_KNOWN
    start, end = time_of(found.get("start")), time_of(found.get("end"))
    as_written = _as_written(found, f"{start}/{end}")
    if as_written:
        return as_written
    if not start and not end:
        return NOT_KNOWN
    return f"{start or NOT_KNOWN}/{end or (NOT_KNOWN if ongoing and start else '')}"


def time_of(node: JsonNode) -> str:
    """A time as day, month or year; a fault where it is none. The time of day is left out."""
    text = node.text()
    found = _TIME.fullmatch(text)
    if text and found is None:
        node.file.fault(node.path, f"not a time of FHIR: {text!r} (write 2021-03-15, or 2021-03)")
    return found["day"] if found else ""


def _as_written(node: JsonNode, time: str) -> str:
    """The date as the case file wrote it, where the element still says what it said then."""
    for each in node.get("extension").items() if node else ():
        if each.get("url").value == WRITTEN:
            parts = {part.get("url").text(): part.get("valueString").text()
                     for part in each.get("extension").items()}  # fmt: skip
            return parts.get("date", "") if parts.get("element", "") == time else ""
    return ""
