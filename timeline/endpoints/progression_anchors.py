"""Anchors of progression and response in a line: by its findings, by a call, or as stated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from timeline.endpoints.anchor_kind import Anchors, FindAnchors, anchor_at
from timeline.record.events import Event, Metastasis, Relapse, Scan, StatedProgression
from timeline.record.lines import Line
from timeline.record.stated_progression import progressions_of
from timeline.results.statuses import Anchor, AssessedCase, Progression
from timeline.terminology.criteria import CONFIRMED, PRIMARY, TERMS, CriterionTerms
from timeline.terminology.response_words import OTHER_CALLS, PSEUDOPROGRESSION, categories_of

PROGRESSION_CATEGORIES = CONFIRMED


# What a scan that is called progression may be called as well without a contradiction: any call
# but one of a response, and pseudoprogression, which is no progression.
RESPONDING = frozenset(
    {
        *("near complete response", "minor response"),
        *("complete metabolic response", "partial metabolic response"),
    }
)
UNGRADED = frozenset(OTHER_CALLS) - {PSEUDOPROGRESSION, *RESPONDING}


def line_progression(assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    found = assessed.progression(criterion, line.number) if line else None
    if found is None:
        return ()
    return tuple(
        attrs.evolve(
            anchor_at(scan, _progression_words(found, scan, TERMS[criterion])),
            # of several scans that may be the first, only the last is one in every reading
            certain=found.always and scan is found.scans[-1],
            needs=found.needs(scan),
        )
        for scan in found.scans
    )


def _progression_words(found: Progression, scan: Scan, terms: CriterionTerms) -> str:
    """What a scan that dates progression is called: confirmed, not, or by the reading."""
    if not terms.confirms:
        return terms.progression
    confirmed = found.confirmed_at(scan) or (found.confirmed,)
    words = {True: terms.progression, False: terms.unconfirmed}
    return " or ".join(word for answer, word in words.items() if answer in confirmed)


def progression_by(title: str) -> FindAnchors:
    """Progression by one criterion, for an endpoint of another."""

    def find(assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
        return () if criterion == title else line_progression(assessed, line, title)

    return find


def confirmation_by(title: str) -> FindAnchors:
    def find(assessed: AssessedCase, line: Line | None, _: str) -> Anchors:
        found = assessed.progression(title, line.number) if line else None
        scans = found.confirming if found else ()
        return tuple(anchor_at(scan, TERMS[title].confirmation) for scan in scans)

    return find


def first_response(assessed: AssessedCase, line: Line | None, criterion: str) -> Anchors:
    """Each scan that may show the first CR or PR (confirmed, if it must be), in order of time."""
    criterion = criterion or PRIMARY.title
    found = assessed.progression(criterion, line.number) if line else None
    if found is None or line is None:
        return ()
    labels = {id(each.scan): each.label for each in assessed.status(criterion, line.number)}
    required = assessed.settings.response_confirmation == "required"
    first = "first confirmed response" if required else "first response"
    return tuple(
        attrs.evolve(
            anchor_at(scan, f"{first} ({labels.get(id(scan), '')})"),
            certain=found.always_responds and scan is found.responses[-1],
            needs=found.needs_response(scan),
        )
        for scan in found.responses
    )


def reported_progression(assessed: AssessedCase, line: Line | None, _: str) -> Anchors:
    """The scans of the line that the authors report as progression, up to the first certain one.

    Where the report gives one scan two categories, whether it was progression is open.
    """
    found: list[Anchor] = []
    for scan in assessed.case.all_of(Scan):
        words = {word for _, word in scan.called if line and scan.line == line.number}
        categories = {each for word in words for each in categories_of(word) or (word,)}
        if categories & PROGRESSION_CATEGORIES:
            certain = categories <= PROGRESSION_CATEGORIES | UNGRADED
            description = "progression as the authors called it"
            found.append(
                Anchor(event=scan, span=scan.start.span, description=description, certain=certain)
            )
            if certain:
                break
    return tuple(found)


def stated_progression(assessed: AssessedCase, line: Line | None, _: str) -> Anchors:
    """Progression of a line that is stated without a scan: until the next line begins."""
    if line is None:
        return ()
    return tuple(
        anchor_at(each, f"{_STATED[type(each)](each)}, stated without a scan")
        for each in progressions_of(assessed.case, line, *_STATED)
    )


# what is progression of a line where no scan shows it, and its words
_STATED: dict[type[Event], Callable[[Any], str]] = {
    StatedProgression: StatedProgression.in_words,
    Relapse: lambda _: "relapse",
    Metastasis: lambda _: "new metastasis",
}
