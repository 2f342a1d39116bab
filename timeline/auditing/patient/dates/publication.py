"""The dates of a report itself: received, revised, accepted, published, in this order."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.auditing.compare import Conclusion
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.core.dates import PartialDate
from timeline.report.claims import Claim, Report

PLACE = "dates of the report"


@attrs.frozen
class Stage:
    """A row: a date of a report by its name in the file, and in words."""

    key: str
    description: str


STAGES = (
    Stage("received", "receipt"),
    Stage("revised", "revision"),
    Stage("accepted", "acceptance"),
    Stage("published", "publication"),
)


def check_publication(evidence: Evidence) -> Iterator[Verdict]:
    """Each date of a report that lies before one of those that must come before it.

    POSSIBLE of a revision alone: some journals date the last one, made after acceptance.
    """
    dated = [(stage, when) for stage in STAGES if (when := _date(evidence.report, stage))]
    for at, (stage, when) in enumerate(dated):
        later = [(s, w) for s, w in dated[:at] if w.span.low > when.span.high]
        if later:
            told = ", ".join(f"{s.key} {w.text}" for s, w in later)
            description = (
                f"printed {stage.key} {when.text}; {told}: the dates are in the wrong order"
            )
            only_revised = {s.key for s, _ in later} == {"revised"}
            call = Conclusion.POSSIBLE if only_revised else Conclusion.CONTRADICTED
            yield Verdict(_as_claim(evidence.report, stage, when), call, description)


def _date(source: Report, stage: Stage) -> PartialDate | None:
    found: PartialDate | None = getattr(source, stage.key)
    return found


def _as_claim(source: Report, stage: Stage, when: PartialDate) -> Claim:
    """A date from the head of a source file, as if it stood among the claims."""
    return Claim(
        kind="date",
        text=when.text,
        value=when,
        of=stage.description,
        place=PLACE,
        where=source.where,
    )
