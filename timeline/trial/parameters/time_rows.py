"""Times to an event: one row each, in the shape of ADTTE.

Each has where it starts, its events and what censors it. The earliest event counts, of two on one
day the one listed first; without an event the latest censoring date, of two the one listed last.
Where a policy governs a time, its table (`timeline.endpoints.censoring.policies`) decides what new
therapy and missed visits do.
"""

from __future__ import annotations

from typing import Any

from timeline.core.frozen_class import frozen
from timeline.trial.parameters.response_rows import IRECIST, SINGLE_SCAN

ORIGIN, LAST_ADEQUATE, LAST_ALIVE = "origin", "last adequate assessment", "last known alive"
DEATH, NEW_THERAPY = "death", "new therapy"
CLAIM, STOPPED = "claim", "stopped for progression"
_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"


@frozen(kw_only=True)
class TimeSource:
    """A date that may end a time.

    Attributes:
        date: a PARAMCD of `RESPONSE_PARAMETERS`, or one of `DEATH`, `NEW_THERAPY`,
            `LAST_ADEQUATE`, `LAST_ALIVE`, `ORIGIN`, `CLAIM` and `STOPPED`.
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
_ICPD = TimeSource(date="ICPD", event="iCPD (dated at first iUPD of the block)")
_IUPD = TimeSource(date="IUPD", event="iUPD never overturned")
_THERAPY = TimeSource(date=NEW_THERAPY, event="New Anti-Cancer Therapy")
_LAST = TimeSource(
    date=LAST_ADEQUATE, event="Last Tumor Assessment", censoring="Last Tumor Assessment"
)
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
_UNCONFIRMED = "; an iUPD that nothing better followed is an event by unconfirmed_iupd_policy"

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
     (TimeSource(date="RSP", event="Response"),), (_LAST, _START), False,
     "from the origin to the first response", "common usage, no single source"),
    ("CTTR", "Time to Confirmed Response", SINGLE_SCAN, ORIGIN,
     (TimeSource(date="CRSP", event="Confirmed Response"),), (_LAST, _START), False,
     "from the origin to the first confirmed response", "common usage, no single source"),
    ("TTNT", "Time to Next Treatment", (), ORIGIN,
     (_THERAPY, _DIED), (_ALIVE, _START), False,
     "from the origin to new anticancer therapy or death; else censored when last known alive",
     "Friends of Cancer Research 2018, rwTTNT"),
    ("IPFSCPD", "iRECIST PFS, Confirmed Progression", (IRECIST,), ORIGIN,
     (_ICPD, _DIED), (_LAST, _START), True,
     _FREE + "; an iUPD that was not confirmed is no event", "Seymour 2017; " + _FDA + ", PFS"),
    ("IPFS", "iRECIST Progression Free Survival", (IRECIST,), ORIGIN,
     (_ICPD, _IUPD, _DIED), (_LAST, _START), True,
     _FREE + _UNCONFIRMED,
     "Seymour 2017, statistical considerations; " + _FDA + ", PFS"),
    ("IRSDCPD", "iRECIST Duration of Response, Confirmed Progression", (IRECIST,), "IRSP",
     (_ICPD, _DIED), (_LAST,), True,
     "from the first response to confirmed progression or death" + _RESPONDERS,
     "EORTC iRECIST FAQ; " + _FDA + ", DoR"),
    ("IRSD", "iRECIST Duration of Response", (IRECIST,), "IRSP",
     (_ICPD, _IUPD, _DIED), (_LAST,), True,
     "from the first response to progression or death" + _UNCONFIRMED + _RESPONDERS,
     "Seymour 2017, statistical considerations; " + _FDA + ", DoR"),
    ("ICRSD", "iRECIST Duration of Confirmed Response", (IRECIST,), "ICRSP",
     (_ICPD, _IUPD, _DIED), (_LAST,), True,
     "from the first confirmed response to progression or death" + _UNCONFIRMED + _RESPONDERS,
     "EORTC iRECIST FAQ; " + _FDA + ", DoR"),
    ("ITTR", "iRECIST Time to Response", (IRECIST,), ORIGIN,
     (TimeSource(date="IRSP", event="Response"),), (_LAST, _START), False,
     "from the origin to the first response", "common usage, no single source"),
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
