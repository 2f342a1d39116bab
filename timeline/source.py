"""A report, and every figure it prints: claims as printed text, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs

from timeline.edtf import When, edtf
from timeline.events import FILE
from timeline.field import one_of, told, whole, words
from timeline.finding import CALLS
from timeline.months import UNITS_IN_DAYS
from timeline.printed import Printed, printed
from timeline.problem import Where
from timeline.when import printed_date


@attrs.frozen
class ClaimKind:
    """What the first key of a claim may be: how its print is read, and what else it must say."""

    name: str
    says: str
    read: Callable[[str], Any]
    needs: tuple[str, ...] = ()


_ENDPOINTS = {
    "PFS": "progression-free survival",
    "iPFS": "progression-free survival by iRECIST",
    "OS": "overall survival",
    "TTP": "time to progression",
    "TTF": "time to treatment failure",
    "DoR": "duration of response",
    "TTR": "time to response",
    "TTNT": "time to next treatment",
    "ToT": "time on treatment",
    "TFI": "treatment-free interval",
    "PFS2": "progression-free survival 2",
    "DFS": "disease-free survival",
}
CLAIMS = {
    row.name: row
    for row in (
        *(ClaimKind(name, says, printed, ("unit",)) for name, says in _ENDPOINTS.items()),
        ClaimKind("interval", "time between two events", printed, ("unit", "from", "to")),
        ClaimKind("follow-up", "length of follow-up", printed, ("unit",)),
        ClaimKind("date", "date of an event", printed_date, ("of",)),
        ClaimKind("response", "what the authors called it", one_of(CALLS, "response"), ("of",)),
        *(ClaimKind(name, name, printed, ("about",)) for name in ("count", "percent", "age")),
        *(
            ClaimKind(name, name, words, ("about",))
            for name in (
                *("size", "dose", "schedule", "lab", "score", "grade", "sum", "range"),
                *("rate", "ordinal", "name"),
            )
        ),
    )
}
TIMES = tuple(UNITS_IN_DAYS)
CRITERIA_NAMED = (
    *("RECIST", "RECIST 1.0", "RECIST 1.1", "iRECIST", "irRECIST", "imRECIST", "mRECIST"),
    *("Choi", "modified Choi", "PERCIST", "WHO"),
)
DURATIONS = (*_ENDPOINTS, "interval")
STATISTICS = ("median", "mean", "rate", "total", "range")


def limits(text: str) -> str:
    """The two limits of an interval as printed, the smaller first."""
    parts = re.split(r"\s*(?:to|–|-)\s*", text.strip())
    if len(parts) != 2:
        raise ValueError(f"not two limits: {text!r} (write 11.1 to 17.4)")
    low, high = (printed(part).span for part in parts)
    if low.low > high.high:
        raise ValueError(f"the larger limit stands first: {text!r} (write the smaller first)")
    return text.strip()


@attrs.frozen(kw_only=True)
class Claim:
    """One printed figure. ``value`` is the print as read: a range, a date, or words."""

    kind: str
    text: str
    value: Printed | When | str
    unit: str = told(words, default="")
    line: int | None = told(whole(1, 30))
    criterion: str = told(one_of(CRITERIA_NAMED, "criterion"), default="")
    of: str = told(words, default="")
    from_: str = told(words, default="")
    to: str = told(words, default="")
    about: str = told(words, default="")
    group: str = told(words, default="")
    n: str = told(words, default="")
    ci: str = told(limits, default="")
    level: str = told(words, default="")
    range: str = told(words, default="")
    statistic: str = told(one_of(STATISTICS, "statistic"), default="")
    note: str = told(words, default="")
    place: str = told(words, default="")
    where: Where = attrs.field(default=FILE, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        is_time = self.kind in (*DURATIONS, "follow-up")
        if is_time and self.unit and self.unit not in TIMES:
            raise ValueError(f"not a unit of time: {self.unit!r} (write {', '.join(TIMES)})")

    def __str__(self) -> str:
        """The claim in one line, as printed."""
        about = self.about or (f"of {self.of}" if self.of else "")
        if self.from_:
            about = f"from {self.from_} to {self.to}"
        parts = (self.statistic, self.kind, f"line {self.line}" if self.line else "", about)
        named = " ".join(part for part in parts if part)
        return f"{named}: {' '.join(part for part in (self.text, self.unit) if part)}"


@attrs.frozen(kw_only=True)
class Source:
    """A report: citation, dates, and its claims about its own patients."""

    name: str
    title: str = told(words, default="")
    citation: str = told(words, default="")
    doi: str = told(words, default="")
    licence: str = told(words, default="")
    received: When | None = told(edtf)
    revised: When | None = told(edtf)
    accepted: When | None = told(edtf)
    published: When | None = told(edtf)
    case: str = told(words, default="")
    note: str = told(words, default="")
    claims: tuple[Claim, ...] = ()
    where: Where = attrs.field(default=FILE, eq=False, repr=False)
