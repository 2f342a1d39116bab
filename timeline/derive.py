"""What the rows of endpoints make of one case: days, event or censored, and the chain of why."""

from __future__ import annotations

import attrs

from timeline.anchors import ANCHORS
from timeline.derived import Anchor, Assessed, Outcome, Progression, Step, days_and_months, elapsed
from timeline.edtf import tell
from timeline.endpoints import CENSORED, ENDPOINTS, EVENT_WORDS, Endpoint
from timeline.lines import Line
from timeline.months import DEFAULT_MONTH, MONTHS
from timeline.span import Span


def derive(known: Assessed) -> tuple[Outcome, ...]:
    """Every endpoint of every line, and of the patient; other origins beside the main one."""
    return tuple(
        outcome
        for row in ENDPOINTS
        for line in (known.case.lines if row.per_line else (None,))
        for outcome in _outcomes(row, known, line)
    )


def _outcomes(row: Endpoint, known: Assessed, line: Line | None) -> list[Outcome]:
    """The main outcome, then one from each other origin in use."""
    mains = ANCHORS[row.origin].find(known, line, row.criterion)
    if not mains:
        reason = f"the case has no {row.origin}"
        number = line.number if line else None
        mine = [Outcome(endpoint=row.name, line=number, criterion=row.criterion, reason=reason)]
    else:
        mine = [_outcome(row, known, line, mains[0])]
    others = [a for name in row.also_from for a in ANCHORS[name].find(known, line, row.criterion)]
    return mine + [attrs.evolve(_outcome(row, known, line, a), main=False) for a in others]


def _outcome(row: Endpoint, known: Assessed, line: Line | None, origin: Anchor) -> Outcome:
    ends, event, reason = _end(row, known, line)
    if not origin.sure:
        event, reason = None, f"the findings leave open whether there was a response; {reason}"
    number = line.number if line else None
    base = Outcome(endpoint=row.name, line=number, criterion=row.criterion, origin=origin)
    if not ends:
        return attrs.evolve(base, reason=reason)
    end = min(ends, key=lambda anchor: (anchor.span.low, anchor.span.high))
    after = elapsed(origin, end, _hull(ends) if event is None else _earliest(ends))
    if after is None:
        reason = f"{end.says} ({tell(end.span)}) lies before {origin.says} ({tell(origin.span)})"
        return attrs.evolve(base, end=end, reason=reason)
    chain = _chain(row, known, line, origin, end, after, event, reason)
    return attrs.evolve(base, end=end, days=after, event=event, reason=reason, chain=chain)


def _end(
    row: Endpoint, known: Assessed, line: Line | None
) -> tuple[tuple[Anchor, ...], bool | None, str]:
    """The anchors that end it, whether they are events (None: undecided), and why."""
    progression = known.progression(row.criterion, line.number) if line else None
    found = [
        attrs.evolve(anchor, sure=_sure(anchor, progression))
        for name in row.events
        for anchor in ANCHORS[name].find(known, line, row.criterion)
    ]
    censor, reason = _censor(row, known, line)
    if found and not any(anchor.sure for anchor in found):
        says = f"the findings leave open whether {found[0].says} was reached; else {reason}"
        return (*found, *censor), None, says
    if found:
        return tuple(found), True, " or ".join(dict.fromkeys(anchor.says for anchor in found))
    return censor, False, reason


def _sure(anchor: Anchor, progression: Progression | None) -> bool:
    """Whether a moment is reached in every reading of the findings."""
    if progression is not None and anchor.event in progression.scans:
        # of several scans that may be the first, only the last is one in every reading
        return progression.always and anchor.event is progression.scans[-1]
    return anchor.sure


def _censor(row: Endpoint, known: Assessed, line: Line | None) -> tuple[tuple[Anchor, ...], str]:
    for name in row.censors:
        found = ANCHORS[name].find(known, line, row.criterion)
        if found:
            event = EVENT_WORDS[row.events[0]]
            return found[-1:], CENSORED[name].format(event=event, at=found[-1].says)
    return (), f"nothing on record to end {row.name} at ({' or '.join(row.censors)})"


def _earliest(ends: tuple[Anchor, ...]) -> Span:
    """The span of the earliest of several moments.

    From the least low end of all, for one that is not sure may have been the first, to the
    least high end of those that are.
    """
    sure = [anchor.span.high for anchor in ends if anchor.sure]
    return Span(min(anchor.span.low for anchor in ends), min(sure))


def _hull(ends: tuple[Anchor, ...]) -> Span:
    """The span that holds every one of several moments."""
    return Span(min(a.span.low for a in ends), max(a.span.high for a in ends))


def _chain(
    row: Endpoint,
    known: Assessed,
    line: Line | None,
    origin: Anchor,
    end: Anchor,
    days: Span,
    event: bool | None,
    reason: str,
) -> tuple[Step, ...]:
    statuses = known.status(row.criterion, line.number) if line and row.criterion else ()
    return (
        Step(says=f"{row.name}: {row.says}", source=row.source),
        Step(says=f"from {origin.says}: {_dated(origin)}", source=origin.event.place),
        *(
            Step(
                says=f"{each.scan.label}: {each.label}. {each.why}".rstrip(". "),
                source="; ".join(part for part in (each.source, each.scan.place) if part),
            )
            for each in statuses
        ),
        Step(says=f"to {end.says}: {_dated(end)}", source=end.event.place),
        *(() if event else (Step(says=reason),)),
        Step(
            says=f"{days_and_months(days)}: earliest end less latest start, to latest end less "
            f"earliest start; a month is {DEFAULT_MONTH} days",
            source=f"month convention {DEFAULT_MONTH}: {MONTHS[DEFAULT_MONTH].source}",
        ),
    )


def _dated(anchor: Anchor) -> str:
    return f"{anchor.event.label} ({tell(anchor.span)})"
