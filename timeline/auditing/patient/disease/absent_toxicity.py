"""A report that prints no adverse events, against those on record."""

from __future__ import annotations

import re

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import words
from timeline.auditing.patient.named_events import event_named
from timeline.auditing.verdict import Verdict
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Death, LastContact, Toxicity, Treatment
from timeline.report.claims import Claim

_EVENTS = re.compile(
    r"(?i)\b(?:TRAEs?|AEs?|toxicit(?:y|ies)"
    r"|(?:adverse|side|toxic)[ -](?:events?|reactions?|effects?))\b"
)
_SEVERE = frozenset("severe serious".split())  # noqa: SIM905  (not mild or moderate)
_RELATED = words("treatment drug therapy related induced associated emergent trae traes")
_FILLER = frozenset("a an any the of or and grade grades higher to with during on".split())  # noqa: SIM905
_LEAST_SEVERE = 3  # CTCAE: grade 3 is severe
_END_OF_FOLLOW_UP = (LastContact, Death)


def check_no_toxicity(claim: Claim, derived: DerivedCase) -> Verdict | None:
    """A printed absence of adverse events, where the record has some.

    Contradicted by one on record that is what the print excludes: of its line, its grades, and
    related to a treatment where the print is of such. Possible and no more where the record
    leaves one of these open, where the print is of one moment, and with a note.
    """
    if claim.printed is None or claim.printed.value != 0 or not _EVENTS.search(claim.about):
        return None
    rest = words(_EVENTS.sub(" ", claim.about)) - _FILLER
    if rest - _SEVERE - _RELATED:  # of one organ, of immune origin: which the record may not state
        return None
    known = [(each, _is_excluded(claim, each, rest)) for each in derived.case.all_of(Toxicity)]
    found = [(each, sure) for each, sure in known if sure is not False]
    if not found:
        return None
    event = next((each for each, sure in found if sure), found[0][0])
    certain = any(sure for _, sure in found) and not claim.note
    certain = certain and not _is_of_a_moment(claim, derived)
    grade = f", grade {event.grade.number}" if event.grade else ""
    on_record = f"on record is {event.label}{f' ({event.what})' if event.what else ''}{grade}"
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return Verdict(
        claim,
        Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE,
        f"printed {claim.text} {claim.about}; {on_record}{more}",
        recorded=on_record,
        expected=f"{len(found)} or more" if certain else "",
        record_place=event.place,
    )


def _is_excluded(claim: Claim, event: Toxicity, rest: frozenset[str]) -> bool | None:
    """Whether an adverse event is one that the print excludes; None where the record is silent."""
    answers: list[bool | None] = []
    if claim.line:
        answers.append(None if event.line is None else event.line == claim.line)
    least = _LEAST_SEVERE if rest & _SEVERE else 0
    wanted = set(claim.grade.values) if claim.grade else set(range(least, 6)) if least else set()
    if wanted:
        grades = set(event.grade.values) if event.grade else set()
        answers.append(grades <= wanted if grades and (grades <= wanted or not grades & wanted)
                       else None)  # fmt: skip
    if rest & _RELATED:
        answers.append(True if event.line is not None or event.drugs else None)
    if False in answers:
        return False
    return None if None in answers else True


def _is_of_a_moment(claim: Claim, derived: DerivedCase) -> bool:
    """Whether the print is of an event that is neither a treatment nor the end of follow-up."""
    found = event_named(claim, derived) if claim.of else None
    return found is not None and not isinstance(found[0], (Treatment, *_END_OF_FOLLOW_UP))
