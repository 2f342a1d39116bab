"""Small cases that between them hold every word of the documented vocabulary."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from timeline.endpoints.derived_case import DerivedCase, derive_all
from timeline.record.case import Case
from timeline.record.events import Death, LastContact, Scan, Treatment
from timeline.record.findings import NON_TARGET_WORDS, TARGET_WORDS
from timeline.response.criteria import BY_TITLE
from timeline.terminology.criteria import LABELS, TERMS, UPTAKE_LABELS
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
assert set(LABELS) - UPTAKE_LABELS <= set(CALLS)
BASELINE_UPTAKE = {"sul_peak": ("8.0", "7.5"), "suv": ("8.0", "7.5"), "deauville": ("4", "3")}
UPTAKE = (
    *({"called": call} for call in sorted(UPTAKE_LABELS)),
    {"sul_peak": "2.4"},
    {"suv": "12"},
    {"deauville": "5", "uptake": "increased"},
    {"at_background": "yes"},
    {"uptake_extent": "+25 %"},
    {"marrow": "new"},
)


def reading(criterion: str, found: dict, *, measured: bool, at: str = "2020-03-01") -> DerivedCase:
    """A line with one scan that holds one word, and one after it that is stable."""
    return _derived([_case(criterion, found, measured=measured, at=at)])[0]


def _derived(cases: Iterable[Case]) -> list[DerivedCase]:
    """The cases derived, all together."""
    found = derive_all([(case, case.settings) for case in cases])
    made = [each for each, _ in found if each is not None]
    assert len(made) == len(found), [problems for _, problems in found]
    return made


def _case(criterion: str, found: dict, *, measured: bool, at: str) -> Case:
    measure = BY_TITLE[criterion].lesions.measure
    sizes = (f"100 {measure.unit}", f"90 {measure.unit}")
    first, last = BASELINE_UPTAKE[measure.field] if measure.field else sizes
    of = measure.field or "sum"
    events = [
        Scan(at="2019-12-28", baseline=1, **({of: first} if measured else {})),
        Treatment(at="2020-01-01/2020-06-01", line=1, drugs="nivolumab", criterion=criterion,
                  stop="progression"),
        Scan(at=at, line=1, **found),
        Scan(at="2021-05-01", line=1, **({of: last} if measured else {"target": "SD"})),
        LastContact(at="2021-12-31") if measured else Death(at="2021-12-31"),
    ]  # fmt: skip
    case, problems = Case.of("P1", tuple(events))
    assert case is not None, problems
    return case


def every(criterion: str, first: int = 0, step: int = 1) -> Iterator[tuple[str, DerivedCase]]:
    """Each word, measured and not, with each precision of its date in turn.

    Only the rows ``first``, ``first + step``, ... are derived.
    """
    of_uptake = BY_TITLE[criterion].lesions.measure.field
    rows = (
        (found, measured, DATES[(number + measured) % len(DATES)])
        for number, found in enumerate((*WORDS, *(UPTAKE if of_uptake else ())))
        for measured in ((True, False) if "sum" not in found else (True,))
    )
    some = list(itertools.islice(rows, first, None, step))
    made = _derived(
        _case(criterion, found, measured=measured, at=at) for found, measured, at in some
    )
    for (found, measured, at), each in zip(some, made, strict=True):
        yield f"{found}, {measured=}, {at}", each


CRITERIA = tuple(TERMS)
