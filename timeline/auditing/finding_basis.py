"""What a finding rests on: the verdicts in it with their notes, and the events they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.auditing.finding_lines import FindingLine, leading_verdict
from timeline.auditing.findings import Finding
from timeline.auditing.verdict import Verdict
from timeline.record.case import Case
from timeline.record.events import Event

_LINE = re.compile(r"\blines? ([0-9]+)(?![\w-])")  # a line of therapy: ``line 4``


@attrs.frozen(kw_only=True)
class BasisPart:
    """One verdict of a finding.

    Attributes:
        claim: the printed value, with what it is a figure of.
        rule: the id of the rule; empty where none judged the value.
        description: what was compared, with both values.
        notes: further sentences, such as each definition that would reproduce the print.
        is_lead: whether it is the verdict that decides, of which the line of the finding is made.
        is_related: whether it is of another figure with the same fault.
    """

    claim: str
    rule: str
    description: str
    notes: tuple[str, ...] = ()
    is_lead: bool = False
    is_related: bool = False


def basis_of(finding: Finding) -> tuple[BasisPart, ...]:
    """The verdicts of a finding: the one that decides, other rules on the figure, other figures."""
    lead = leading_verdict(finding)
    every = (finding.verdict, *finding.verdict.evidence)
    others = [e for e in every if (e.rule, e.description) != (lead.rule, lead.description)]
    return (
        attrs.evolve(_part(lead), is_lead=True),
        *map(_part, others),
        *(attrs.evolve(_part(each), is_related=True) for each in finding.related),
    )


def _part(verdict: Verdict) -> BasisPart:
    return BasisPart(
        claim=str(verdict.claim),
        rule=verdict.rule,
        description=verdict.description,
        notes=verdict.notes,
    )


def events_behind(line: FindingLine, case: Case | None) -> tuple[Event, ...]:
    """The events on record that a finding speaks of, in order of time; none without a case.

    Those that its claims name, those between which a time was derived, and those that its
    sentences name by their label or by the number of their line.
    """
    if case is None:
        return ()
    found = {id(each) for verdict in _verdicts(line) for each in _events(verdict, case)}
    return tuple(each for each in case.events if id(each) in found)


def _verdicts(line: FindingLine) -> Iterator[Verdict]:
    for finding in line.findings:
        for each in (finding.verdict, *finding.related):
            yield each
            yield from each.evidence


def _events(verdict: Verdict, case: Case) -> Iterator[Event]:
    claim, outcome = verdict.claim, verdict.outcome
    if claim.study or claim.group:  # a figure of other patients
        return
    for anchor in (outcome.origin, outcome.end) if outcome else ():
        if anchor is not None:
            yield anchor.event
    texts = (str(claim), claim.of, claim.from_, claim.to, verdict.description, *verdict.notes)
    said = " ; ".join(texts)
    for event in case.events:
        if re.search(rf"(?<![\w-]){re.escape(event.label)}(?![\w-])", said):
            yield event
    numbers = {int(each) for each in _LINE.findall(said)}
    for each in case.lines:
        if each.number in numbers:
            yield each.start
