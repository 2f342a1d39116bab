"""Relapse and metastasis that a report states, after treatment with curative intent.

They are recurrences whether or not a scan shows them: FDA 2018 counts recurrence of the tumour,
whatever documents it.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.core.span import Span
from timeline.endpoints.anchor_kind import Anchors, anchor_at
from timeline.record.case import Case
from timeline.record.events import Event, Metastasis, Relapse, Surgery
from timeline.results.statuses import Anchor, AssessedCase

_WORDS: dict[type[Event], str] = {Relapse: "relapse", Metastasis: "metastasis"}


def stated_after_surgery(assessed: AssessedCase) -> Anchors:
    """What is stated after the first operation, up to the first systemic line after it.

    It is not certain where it may have come before the operation, and of a metastasis where one
    was known before.
    """
    case = assessed.case
    operation = next(iter(case.all_of(Surgery)), None)
    if operation is None:
        return ()
    return tuple(
        _after_operation(case, each, operation)
        for each in _stated_until_next_line(case, operation)
        if each.start.span.high >= operation.start.span.low
    )


def stated_since(assessed: AssessedCase, start: Event) -> Anchors:
    """What is stated after an event, up to the first systemic line after it."""
    case = assessed.case
    return tuple(
        anchor_at(each, _description(each))
        for each in _stated_until_next_line(case, start)
        if case.place(each) > case.place(start)
    )


def conditions_of_none(assessed: AssessedCase) -> tuple[str, ...]:
    """What must hold for none of them to be a recurrence; empty where one certainly is."""
    found = stated_after_surgery(assessed)
    if any(each.certain for each in found):
        return ()
    return tuple(f"{each.event.label} is no recurrence" for each in found)


def _description(event: Event) -> str:
    return f"{_WORDS[type(event)]}, as stated"


def _stated_until_next_line(case: Case, since: Event) -> Iterator[Event]:
    begins = [case.place(line.start) for line in case.lines]
    until = min((at for at in begins if at > case.place(since)), default=len(case.events))
    yield from (each for each in case.all_of(*_WORDS) if case.place(each) < until)


def _after_operation(case: Case, event: Event, operation: Event) -> Anchor:
    """The anchor of one, on the days from the operation on."""
    doubts = []
    if case.place(event) < case.place(operation):
        doubts.append(f"{event.label} came after the operation")
    if isinstance(event, Metastasis) and _metastatic_before(case, operation):
        doubts.append(f"{event.label} is new, and not what was known before the operation")
    low = max(event.start.span.low, operation.start.span.low)
    return attrs.evolve(
        anchor_at(event, _description(event)),
        span=Span(low, event.start.span.high),
        certain=not doubts,
        needs=tuple(doubts),
    )


def _metastatic_before(case: Case, operation: Event) -> bool:
    known = case.all_of(Metastasis)
    return any(case.place(each) < case.place(operation) for each in known)
