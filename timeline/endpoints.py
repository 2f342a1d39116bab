"""Endpoints as rows: from what, to what, censored when. The engine knows none by name."""

from __future__ import annotations

from typing import Any

import attrs

_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"
_EMA = "EMA 2012, Guideline on anticancer medicinal products, Appendix 1"
_IRECIST = "Seymour 2017, Lancet Oncol 18:e143, statistical considerations"
_FOCR = "Friends of Cancer Research 2018, real-world endpoints"
_FIELD = "common usage, no single source"


@attrs.frozen(kw_only=True)
class Endpoint:
    """A row: the earliest of ``events`` after ``origin``, else censored at the last of ``censors``.

    All are names of anchors; of ``censors`` the first that is found counts. Where it is
    ``by_policy`` a censoring policy says what ends it, and ``censors`` is empty. ``also_from``
    are origins in use beside the default: an outcome from each is derived as well, for the
    choice can move a figure by months. ``both_days``: the first and the last day both count.
    """

    name: str
    says: str
    origin: str
    events: tuple[str, ...]
    censors: tuple[str, ...]
    source: str
    per_line: bool = True
    criterion: str = ""
    also_from: tuple[str, ...] = ()
    by_policy: bool = False
    both_days: bool = False


_PROGRESSION = ("progression", "death")
_POLICY = ()
_ASSESSED = ("last assessment", "line start")
_LINE = "line start"
_REGIMEN = ("regimen start",)


def _row(
    name: str,
    says: str,
    origin: str,
    events: tuple[str, ...],
    censors: tuple[str, ...],
    source: str,
    **more: Any,
) -> Endpoint:
    """A row as it reads in the table below: from, to, censored at."""
    return Endpoint(
        name=name, says=says, origin=origin, events=events, censors=censors, source=source, **more
    )


# fmt: off
# name, what it says, from, to the earliest of, censored at, source
ENDPOINTS = (
    _row("PFS", "progression-free survival by RECIST 1.1",
         _LINE, _PROGRESSION, _POLICY, _FDA + ", PFS",
         criterion="RECIST 1.1", also_from=_REGIMEN, by_policy=True),
    _row("iPFS", "progression-free survival by iRECIST: the first iUPD that iCPD confirms",
         _LINE, _PROGRESSION, _POLICY, _IRECIST,
         criterion="iRECIST", also_from=_REGIMEN, by_policy=True),
    _row("TTP", "time to progression: death without progression is censored",
         _LINE, ("progression",), _POLICY, _FDA + ", TTP",
         criterion="RECIST 1.1", also_from=_REGIMEN, by_policy=True),
    _row("rwPFS", "real-world PFS: progression as the authors called it, or death",
         _LINE, ("called progression", "death in line"), ("last contact",),
         "Griffith 2019, Adv Ther 36:2122"),
    _row("DoR", "duration of response: first CR or PR to progression or death",
         "first response", _PROGRESSION, _POLICY,
         _FDA + ", DoR; Eisenhauer 2009 4.6.2",
         criterion="RECIST 1.1", by_policy=True),
    _row("iDoR", "duration of response by iRECIST",
         "first response", _PROGRESSION, _POLICY, "EORTC FAQ on iRECIST",
         criterion="iRECIST", by_policy=True),
    _row("TTR", "time to response",
         _LINE, ("first response",), _ASSESSED, _FIELD,
         criterion="RECIST 1.1"),
    _row("TTF", "time to treatment failure: progression, death, or the end of treatment",
         _LINE, ("progression", "death in line", "treatment stop", "next line"), ("last contact",),
         _FDA + ", TTF", criterion="RECIST 1.1"),
    _row("ToT", "time on treatment: to its stop, the next line, or death",
         _LINE, ("treatment stop", "next line", "death"), ("last contact",), _FOCR + ", rwTTD"),
    _row("rwTTD", "time to discontinuation: the last dose, if the drug was not taken up again",
         _LINE, ("discontinuation", "next line", "death"), ("treatment stop", "last contact"),
         _FOCR + ", rwTTD"),
    _row("Exposure", "exposure to the treatment: from the first dose to the last",
         _LINE, ("treatment stop",), ("last contact",), _FIELD, both_days=True),
    _row("TTNT", "time to next treatment, or death",
         _LINE, ("next line", "death"), ("last contact",), _FOCR + ", rwTTNT"),
    _row("TFI", "treatment-free interval: from the stop to the next line",
         "treatment stop", ("next line",), ("last contact",), _FIELD),
    _row("PFS2", "progression-free survival 2 (EMA): to progression on the next line, or death",
         _LINE, ("next progression", "death"), ("last contact",), _EMA,
         criterion="RECIST 1.1"),
    _row("OS", "overall survival from the start of a line",
         _LINE, ("death",), ("last contact",), _FDA + ", Overall survival"),
    _row("OS", "overall survival from diagnosis",
         "diagnosis", ("death",), ("last contact",),
         _FDA + ", Overall survival; the origin is a choice and is printed",
         per_line=False, also_from=("first symptom",)),
    _row("DFS", "disease-free survival: from surgery to recurrence or death",
         "curative surgery", ("recurrence", "death"), ("last disease-free assessment",), _EMA,
         per_line=False),
    _row("DFI", "disease-free interval: from surgery to recurrence",
         "curative surgery", ("recurrence",), ("last disease-free assessment",), _FIELD,
         per_line=False),
    _row("EFS", "event-free survival: from neoadjuvant treatment to recurrence or death",
         "neoadjuvant start", ("recurrence", "death"), ("last disease-free assessment",),
         _FDA + ", EFS", per_line=False),
)
# fmt: on

SHOWN_FIRST = ("PFS", "iPFS", "OS")  # the others are shown on request

CENSORED = {
    "last assessment": "no {event} on record: censored at the {at}",
    "line start": "no assessment after the start: censored on the day of the {at}",
    "treatment stop": "no lasting {event} on record: censored at the {at}",
    "last contact": "no {event} on record: censored at the {at}",
    "last disease-free assessment": "no {event} on record: censored at the {at}",
}
# What the absence of an endpoint's events is called.
EVENT_WORDS = {
    "progression": "progression",
    "called progression": "progression",
    "next progression": "second progression",
    "first response": "response",
    "treatment stop": "end of treatment",
    "discontinuation": "discontinuation",
    "next line": "next treatment",
    "recurrence": "recurrence",
    "death": "death",
}
