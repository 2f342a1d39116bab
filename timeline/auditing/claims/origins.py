"""From which moment a time of a cohort is counted: words for one moment, a row each."""

from __future__ import annotations

import re

import attrs

from timeline.auditing.claims.cohort import Claims
from timeline.auditing.compare import Conclusion
from timeline.auditing.repeated_figures import may_mean_the_same_figure
from timeline.report.claims import Claim


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@attrs.frozen
class TimeOrigin:
    """A moment, the words for it, and whether it lies within the time of a study."""

    name: str
    words: re.Pattern[str] = attrs.field(converter=_words)
    in_study: bool


# The first row that matches decides.
ORIGINS = (
    TimeOrigin("randomisation", r"randomi[sz]", True),
    TimeOrigin("diagnosis", r"diagnos", False),
    TimeOrigin("surgery", r"surg|operat|resect", False),
    TimeOrigin("return of the disease", r"recurren|relapse|metasta|progress", False),
    TimeOrigin("symptoms", r"symptom|onset", False),
    TimeOrigin("birth", r"birth", False),
    TimeOrigin("enrolment", r"enrol|registration|inclusion|consent|study entry|entry", True),
    TimeOrigin(
        "treatment",
        r"(?:start|initiat|begin|commenc|first|day 1).*(?:treat|therap|dos|drug|infus|cycle|admin)"
        r"|c1d1|(?:treat|therap|medic)\w* (?:start|initiat|begin|commenc)",
        True,
    ),
)
_SAID_ANYWAY = re.compile(
    r"\b(?:the|of|a|study|date|time|start\w*|initiat\w*|begin\w*|commenc\w*|first|day|1|c1d1|"
    r"treatment|therapy|dos\w+|drugs?|administration|infusion|cycle|randomi[sz]\w*|enrol\w*|"
    r"registration|inclusion|entry|consent|initial|diagnosis|surgery|operation)\b"
)


def origin(text: str) -> TimeOrigin | None:
    """The moment that some words name; None where no row knows them."""
    return next((row for row in ORIGINS if row.words.search(text.lower())), None)


def name_of(text: str) -> str:
    """The name of the moment; the words themselves where no row knows them."""
    row = origin(text)
    return row.name if row else text.lower()


def same_origin(one: Claim, other: Claim) -> Conclusion:
    """Two prints of an origin: the same words, or other words for one moment, or another."""
    if may_mean_the_same_figure(one, other):
        return Conclusion.AGREES
    if name_of(one.text) != name_of(other.text):
        return Conclusion.CONTRADICTED
    adds = [_SAID_ANYWAY.sub(" ", each.text.lower()).split() for each in (one, other)]
    return Conclusion.AGREES if adds[0] == adds[1] else Conclusion.POSSIBLE


def origins_text(claims: Claims, *times: str) -> set[str]:
    """The moments that a report names as the origins of some times."""
    wanted = {f"origin of {each}" for each in times}
    return {name_of(claim.text) for claim in claims if claim.about in wanted}


def begins_in_study(claims: Claims, time: str) -> bool:
    """Whether the report names a moment within the study as the one origin of a time."""
    told = [origin(claim.text) for claim in claims if claim.about == f"origin of {time}"]
    return bool(told) and all(row is not None and row.in_study for row in told)
