"""The dates of a report itself: received, revised, accepted, published, in this order."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.dates import PartialDate
from timeline.report.claims import Claim

PLACE = "dates of the report"
STAGES = {  # the dates of a report in their order, by name in the file, and what each is the day of
    "received": "receipt",
    "revised": "revision",
    "accepted": "acceptance",
    "published": "publication",
}


def check_publication(evidence: Evidence) -> Iterator[Verdict]:
    """Each date of a report that is earlier than a date it must not precede.

    Possible where the revision alone is out of order: some journals print the date of the last
    revision, made after acceptance.
    """
    report = evidence.report
    before: dict[str, PartialDate] = {}
    for stage, noun in STAGES.items():
        date: PartialDate | None = getattr(report, stage)
        if date is None:
            continue
        later = {key: each for key, each in before.items() if each.span.low > date.span.high}
        before[stage] = date
        if later:
            others = ", ".join(f"{key} {each.text}" for key, each in later.items())
            description = f"printed {stage} {date.text}; {others}: the dates are in the wrong order"
            only_revised = set(later) == {"revised"}
            conclusion = Conclusion.POSSIBLE if only_revised else Conclusion.CONTRADICTED
            claim = Claim(kind="date", text=date.text, value=date, of=noun, place=PLACE,
                          where=report.where)  # fmt: skip
            yield Verdict(claim, conclusion, description)
