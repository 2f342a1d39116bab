"""Times to an event: one row each, in the shape of ADTTE.

Each has where it starts, its events and what censors it. The earliest event counts, of two on one
day the one listed first; without an event the latest censoring date, of two the one listed last.
Where a policy governs a time, its table (`timeline.endpoints.censoring.policies`) decides what new
therapy and missed visits do.
"""

from __future__ import annotations

from typing import Any

import attrs

from timeline.core.frozen_class import frozen
from timeline.terminology.criteria import CriterionTerms
from timeline.terminology.response_codes import Code
from timeline.trial.parameters.response_rows import CONFIRMED_LATER, SINGLE_SCAN

ORIGIN, LAST_ADEQUATE, LAST_ALIVE = "origin", "last adequate assessment", "last known alive"
LAST_EVALUABLE = "last evaluable assessment"  # also one at which a progression is pending
DEATH, NEW_THERAPY = "death", "new therapy"
CLAIM, STOPPED = "claim", "stopped for progression"
_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"


@frozen(kw_only=True)
class TimeSource:
    """A date that may end a time.

    Attributes:
        date: a PARAMCD of `RESPONSE_PARAMETERS`, or one of `DEATH`, `NEW_THERAPY`,
            `LAST_ADEQUATE`, `LAST_EVALUABLE`, `LAST_ALIVE`, `ORIGIN`, `CLAIM` and `STOPPED`.
        event: EVNTDESC.
        censoring: CNSDTDSC, empty of an event.
    """

    date: str
    event: str
    censoring: str = ""


@frozen(kw_only=True)
class TimeParameter:
    """One time to an event.

    Attributes:
        code: PARAMCD, at most 8 characters.
        label: PARAM.
        criteria: the criteria that it is derived under, by title; empty: under every one.
        start: `ORIGIN`, or the PARAMCD of the response that it starts at, so that only subjects
            with that response have the time.
        events: what ends it.
        censoring: what censors it.
        by_policy: whether setting ``pfs_policy`` governs it.
        rule: how it is derived, in words.
        source: where the rule is from.
    """

    code: str
    label: str
    criteria: tuple[str, ...]
    start: str
    events: tuple[TimeSource, ...]
    censoring: tuple[TimeSource, ...]
    by_policy: bool
    rule: str
    source: str

    @property
    def sources(self) -> tuple[TimeSource, ...]:
        """Everything that may date its end: events, what censors it, and claims of progression."""
        return (*self.events, *self.censoring, *CLAIMS * self.by_policy)

    def is_event(self, source: Any) -> Any:
        """Whether a place in ``sources``, or each of an array, is an event."""
        return (source < len(self.events)) | (source >= len(self.events) + len(self.censoring))


# events where the policy makes them so (FDA 2018, Appendix 3, table C)
CLAIMS = (
    TimeSource(date=CLAIM, event="Progression Claimed"),
    TimeSource(date=STOPPED, event="Treatment Stopped for Progression"),
)
_PD = TimeSource(date="PD", event="Disease Progression")
_DIED = TimeSource(date=DEATH, event="Death")
_THERAPY = TimeSource(date=NEW_THERAPY, event="New Anti-Cancer Therapy")
_LAST = TimeSource(
    date=LAST_ADEQUATE, event="Last Tumor Assessment", censoring="Last Tumor Assessment"
)
_SEEN = attrs.evolve(_LAST, date=LAST_EVALUABLE)
_ALIVE = TimeSource(date=LAST_ALIVE, event="Alive", censoring="Alive During Study")
_START = TimeSource(date=ORIGIN, event="", censoring="")  # in words of setting origin
ORIGIN_WORDS = {
    "randomisation": "Randomization",
    "first_dose": "First Dose",
    "registration": "Registration",
}

_POLICY = "; new therapy, missed visits, a missing baseline and claims of progression by pfs_policy"
_FREE = "from the origin to the first progression or death" + _POLICY
_RESPONDERS = ", of subjects with that response" + _POLICY
_Sources = tuple[TimeSource, ...]
_Row = tuple[str, str, tuple[str, ...], str, _Sources, _Sources, bool, str, str]


def _confirmed_later(terms: CriterionTerms) -> tuple[_Row, ...]:
    """The rows of a criterion whose progression a later scan confirms: of iRECIST IPFS to ITTR.

    Their PARAMCD begin with the letters that the words of the criterion begin with.
    """
    letters, pd, first = terms.prefix.upper(), terms.words[Code.PD], terms.words[Code.UPD]
    confirmed = TimeSource(
        date=f"{letters}CPD", event=f"{pd} (dated at first {first} of the block)"
    )
    pending = TimeSource(date=f"{letters}UPD", event=f"{first} never overturned")
    response = TimeSource(date=f"{letters}RSP", event="Response")
    alone = f"; an {first} that was not confirmed is no event"
    counts = f"; an {first} that nothing better followed is an event by unconfirmed_iupd_policy"
    pfs, duration = f"{terms.source}; {_FDA}, PFS", f"{terms.source}; {_FDA}, DoR"
    # fmt: off
    rows: tuple[tuple[str, str, str, _Sources, _Sources, bool, str, str], ...] = (
        ("PFSCPD", "PFS, Confirmed Progression", ORIGIN,
         (confirmed, _DIED), (_LAST, _START), True, _FREE + alone, pfs),
        ("PFS", "Progression Free Survival", ORIGIN,
         (confirmed, pending, _DIED), (_LAST, _START), True, _FREE + counts, pfs),
        ("RSDCPD", "Duration of Response, Confirmed Progression", "RSP",
         (confirmed, _DIED), (_LAST,), True,
         "from the first response to confirmed progression or death" + _RESPONDERS, duration),
        ("RSD", "Duration of Response", "RSP",
         (confirmed, pending, _DIED), (_LAST,), True,
         "from the first response to progression or death" + counts + _RESPONDERS, duration),
        ("CRSD", "Duration of Confirmed Response", "CRSP",
         (confirmed, pending, _DIED), (_LAST,), True,
         "from the first confirmed response to progression or death" + counts + _RESPONDERS,
         duration),
        ("TTR", "Time to Response", ORIGIN,
         (response,), (_SEEN, _START), False,
         "from the origin to the first response", "common usage, no single source"),
    )
    # fmt: on
    return tuple(
        (
            letters + code,
            f"{terms.title} {label}",
            (terms.title,),
            start if start == ORIGIN else letters + start,
            events,
            censoring,
            governed,
            rule,
            origin,
        )
        for code, label, start, events, censoring, governed, rule, origin in rows
    )  # fmt: skip


# fmt: off
# PARAMCD, PARAM, criteria, start, events, censoring, by policy, rule, source
_ROWS = (
    ("PFS", "Progression Free Survival", SINGLE_SCAN, ORIGIN,
     (_PD, _DIED), (_LAST, _START), True, _FREE, _FDA + ", PFS"),
    ("OS", "Overall Survival", (), ORIGIN,
     (_DIED,), (_ALIVE, _START), False,
     "from the origin to death; else censored on the day last known alive", _FDA + ", OS"),
    ("TTP", "Time to Progression", SINGLE_SCAN, ORIGIN,
     (_PD,), (_LAST, _START), True,
     "from the origin to the first progression; death is no event" + _POLICY, _FDA + ", TTP"),
    ("RSD", "Duration of Response", SINGLE_SCAN, "RSP",
     (_PD, _DIED), (_LAST,), True,
     "from the first response to progression or death" + _RESPONDERS,
     _FDA + ", DoR; Eisenhauer 2009 4.6.2"),
    ("CRSD", "Duration of Confirmed Response", SINGLE_SCAN, "CRSP",
     (_PD, _DIED), (_LAST,), True,
     "from the first confirmed response to progression or death" + _RESPONDERS,
     _FDA + ", DoR; Eisenhauer 2009 4.6.2"),
    ("TTR", "Time to Response", SINGLE_SCAN, ORIGIN,
     (TimeSource(date="RSP", event="Response"),), (_SEEN, _START), False,
     "from the origin to the first response", "common usage, no single source"),
    ("CTTR", "Time to Confirmed Response", SINGLE_SCAN, ORIGIN,
     (TimeSource(date="CRSP", event="Confirmed Response"),), (_SEEN, _START), False,
     "from the origin to the first confirmed response", "common usage, no single source"),
    ("TTNT", "Time to Next Treatment", (), ORIGIN,
     (_THERAPY, _DIED), (_ALIVE, _START), False,
     "from the origin to new anticancer therapy or death; else censored when last known alive",
     "Friends of Cancer Research 2018, rwTTNT"),
    *(row for terms in CONFIRMED_LATER for row in _confirmed_later(terms)),
)
# fmt: on
TIME_PARAMETERS = tuple(
    TimeParameter(
        code=code,
        label=label,
        criteria=criteria,
        start=start,
        events=events,
        censoring=censoring,
        by_policy=by_policy,
        rule=rule,
        source=source,
    )
    for code, label, criteria, start, events, censoring, by_policy, rule, source in _ROWS
)  # fmt: skip
