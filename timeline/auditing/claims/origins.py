"""From which moment a time of a cohort is counted: a row for each moment, with its words."""

from __future__ import annotations

import re

import attrs

from timeline.auditing.claims.cohort import Claims
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import may_mean_the_same_figure
from timeline.report.claims import Claim


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@attrs.frozen
class TimeOrigin:
    """A row: a moment, the words for it, and whether it lies within the time of a study."""

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
# Words of an origin that add nothing to the name of the moment.
_NO_ADDITION = re.compile(
    r"\b(?:the|of|a|study|date|time|start\w*|initiat\w*|begin\w*|commenc\w*|first|day|1|c1d1|"
    r"treatment|therapy|dos\w+|drugs?|administration|infusion|cycle|randomi[sz]\w*|enrol\w*|"
    r"registration|inclusion|entry|consent|initial|diagnosis|surgery|operation)\b"
)


def origin(text: str) -> TimeOrigin | None:
    """The moment that some words name; None where no row knows them."""
    return next((row for row in ORIGINS if row.words.search(text.lower())), None)


def origin_name(text: str) -> str:
    """The name of the moment; the words themselves where no row knows them."""
    row = origin(text)
    return row.name if row else text.lower()


def same_origin(one: Claim, other: Claim) -> Conclusion:
    """Whether two claims name one origin: AGREES; POSSIBLE where one adds words; CONTRADICTED."""
    if may_mean_the_same_figure(one, other):
        return Conclusion.AGREES
    if origin_name(one.text) != origin_name(other.text):
        return Conclusion.CONTRADICTED
    adds = [_NO_ADDITION.sub(" ", each.text.lower()).split() for each in (one, other)]
    return Conclusion.AGREES if adds[0] == adds[1] else Conclusion.POSSIBLE


def stated_origins(claims: Claims, *times: str) -> set[str]:
    """The moments that a report names as the origins of some times."""
    topics = {f"origin of {each}" for each in times}
    return {origin_name(claim.text) for claim in claims if claim.about in topics}


def begins_in_study(claims: Claims, time: str) -> bool:
    """Whether the report names a moment within the study as the one origin of a time."""
    named = [origin(claim.text) for claim in claims if claim.about == f"origin of {time}"]
    return bool(named) and all(row is not None and row.in_study for row in named)
