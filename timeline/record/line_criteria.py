"""Which criteria a line of therapy is judged by."""

from __future__ import annotations

from timeline.record.case import Case
from timeline.record.events import Scan
from timeline.record.lines import Line
from timeline.settings.response import Settings
from timeline.terminology.criteria import IMMUNE, PRIMARY, TERMS, having_their_own
from timeline.terminology.drugs import may_block_checkpoint
from timeline.terminology.response_words import categories_of


def judged_by(case: Case, line: Line, settings: Settings) -> tuple[str, ...]:
    """The titles of the criteria that a line is derived under, in the order of the registry.

    RECIST 1.1 always; the criterion that the line names; a criterion whose own words the authors
    use for a scan of the line, such as iUPD (of a word that several have, such as irPD, each of
    them, or that of the line); iRECIST where the line includes a checkpoint
    inhibitor, or a drug under study or a code (``study drug``); and those of setting
    ``also_judged_by``.
    """
    found = {PRIMARY.title, line.criterion, *settings.also_judged_by}
    reported = {word for scan in case.all_of(Scan) if scan.line == line.number
              for _, called in scan.called for word in categories_of(called)}  # fmt: skip
    for word in reported:
        own = {row.title for row in having_their_own(word)}
        found |= own & {line.criterion} or own
    drugs = (drug.agent for treatment in line.treatments for drug in treatment.drugs)
    if any(map(may_block_checkpoint, drugs)):
        found.add(IMMUNE.title)
    return tuple(title for title in TERMS if title in found)
