"""Small cases that between them hold every word of the documented vocabulary."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from timeline.endpoints.derived_case import DerivedCase, derive
from timeline.record.case import Case
from timeline.record.events import Death, LastContact, Scan, Treatment
from timeline.record.findings import NON_TARGET_WORDS, TARGET_WORDS
from timeline.terminology.criteria import LABELS, TERMS
from timeline.terminology.response_words import CALLS

WORDS = (
    *({"called": call} for call in CALLS),
    *({"target": word} for word in TARGET_WORDS),
    *({"non_target": word} for word in NON_TARGET_WORDS),
    {"new": "liver"},
    {"new": "none"},
    {"sum": "80 mm"},
    {"sum": "0 mm"},
    {"sum": "150 mm", "new": "bone"},
    {"change": "-46 %"},
    {"change": "+25 % from nadir", "new": "bone"},
    {"equivocal": "yes"},
    {"earlier_new": "grown"},
    {"nodule": "yes"},
    {"density": "30 HU"},
    {"new_lesion_sizes": (), "new": "node", "target": "SD"},
)
DATES = ("2020-03-01", "2020-03", "2020")
assert set(LABELS) <= set(CALLS)


def reading(criterion: str, found: dict, *, measured: bool, at: str = "2020-03-01") -> DerivedCase:
    """A line with one scan that holds one word, and one after it that is stable."""
    size = {"sum": "100 mm"} if measured else {}
    events = [
        Scan(at="2019-12-28", baseline=1, **size),
        Treatment(at="2020-01-01/2020-06-01", line=1, drugs="nivolumab", criterion=criterion,
                  stop="progression"),
        Scan(at=at, line=1, **found),
        Scan(at="2021-05-01", line=1, **({"sum": "90 mm"} if measured else {"target": "SD"})),
        LastContact(at="2021-12-31") if measured else Death(at="2021-12-31"),
    ]  # fmt: skip
    case, problems = Case.of("P1", tuple(events))
    assert case is not None, problems
    made, problems = derive(case)
    assert made is not None, problems
    return made


def every(criterion: str, first: int = 0, step: int = 1) -> Iterator[tuple[str, DerivedCase]]:
    """Each word, measured and not, with each precision of its date in turn.

    Only the rows ``first``, ``first + step``, ... are derived.
    """
    rows = (
        (found, measured, DATES[(number + measured) % len(DATES)])
        for number, found in enumerate(WORDS)
        for measured in ((True, False) if "sum" not in found else (True,))
    )
    for found, measured, at in itertools.islice(rows, first, None, step):
        yield f"{found}, {measured=}, {at}", reading(criterion, found, measured=measured, at=at)


CRITERIA = tuple(TERMS)
