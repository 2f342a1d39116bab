"""Endpoints as rows: from what, to what, censored when. The engine knows none by name."""

from __future__ import annotations

import attrs

from timeline.anchors import ANCHORS
from timeline.derived import Anchor, Assessed, Outcome, Step, days_and_months
from timeline.edtf import tell
from timeline.lines import Line
from timeline.months import DEFAULT_MONTH
from timeline.span import Span

_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"
_IRECIST = "Seymour 2017, Lancet Oncol 18:e143, statistical considerations"


@attrs.frozen(kw_only=True)
class Endpoint:
    """A row: the earliest of ``events`` after ``origin``, else censored at the last of ``censors``.

    All are names of anchors. ``also_from`` are origins in use beside the default; an outcome
    from each is derived as well, for the choice can move a figure by months.
    """

    name: str
    says: str
    per_line: bool
    origin: str
    events: tuple[str, ...]
    censors: tuple[str, ...]
    source: str
    criterion: str = ""
    also_from: tuple[str, ...] = ()


ENDPOINTS = (
    Endpoint(
        name="PFS",
        says="progression-free survival by RECIST 1.1",
        per_line=True,
        origin="line start",
        events=("progression", "death in line"),
        censors=("last assessment", "line start"),
        criterion="RECIST 1.1",
        also_from=("regimen start",),
        source=_FDA + ", Appendix: PFS",
    ),
    Endpoint(
        name="iPFS",
        says="progression-free survival by iRECIST: the first iUPD that iCPD confirms",
        per_line=True,
        origin="line start",
        events=("progression", "death in line"),
        censors=("last assessment", "line start"),
        criterion="iRECIST",
        also_from=("regimen start",),
        source=_IRECIST,
    ),
    Endpoint(
        name="OS",
        says="overall survival from the start of a line",
        per_line=True,
        origin="line start",
        events=("death",),
        censors=("last contact",),
        source=_FDA + ", Overall survival",
    ),
    Endpoint(
        name="OS",
        says="overall survival from diagnosis",
        per_line=False,
        origin="diagnosis",
        events=("death",),
        censors=("last contact",),
        also_from=("first symptom",),
        source=_FDA + ", Overall survival; the origin is a choice and is printed",
    ),
)
CENSORED = {
    "last assessment": "no {event} on record: censored at the {at}",
    "line start": "no assessment after the start: censored on the day of the {at}",
    "last contact": "alive on record: censored at the {at}",
}


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
        mine = [Outcome(endpoint=row.name, line=None, criterion=row.criterion, reason=reason)]
    else:
        mine = [_outcome(row, known, line, mains[0])]
    others = [a for name in row.also_from for a in ANCHORS[name].find(known, line, row.criterion)]
    return mine + [attrs.evolve(_outcome(row, known, line, a), main=False) for a in others]


def _outcome(row: Endpoint, known: Assessed, line: Line | None, origin: Anchor) -> Outcome:
    ends, event, reason = _end(row, known, line)
    number = line.number if line else None
    base = Outcome(endpoint=row.name, line=number, criterion=row.criterion, origin=origin)
    if not ends:
        return attrs.evolve(base, reason=reason)
    end = min(ends, key=lambda anchor: (anchor.span.low, anchor.span.high))
    days = (_hull(ends) if event is None else _earliest(ends)) - origin.span
    after = days.not_below(0)
    if after is None:
        reason = f"{end.says} ({tell(end.span)}) lies before {origin.says} ({tell(origin.span)})"
        return attrs.evolve(base, end=end, reason=reason)
    chain = _chain(row, known, line, origin, end, after, event, reason)
    return attrs.evolve(base, end=end, days=after, event=event, reason=reason, chain=chain)


def _end(
    row: Endpoint, known: Assessed, line: Line | None
) -> tuple[tuple[Anchor, ...], bool | None, str]:
    """The anchors that end it, whether they are events (None: undecided), and why."""
    found = [a for name in row.events for a in ANCHORS[name].find(known, line, row.criterion)]
    censor, reason = _censor(row, known, line)
    progression = known.progression(row.criterion, line.number) if line else None
    if found and progression and progression.scans and not progression.always:
        sure = [a for a in found if a.event not in progression.scans]
        if not sure:
            says = f"the findings leave open whether {found[0].says} was reached; else {reason}"
            return (*found, *censor), None, says
    if found:
        return tuple(found), True, " or ".join(dict.fromkeys(anchor.says for anchor in found))
    return censor, False, reason


def _censor(row: Endpoint, known: Assessed, line: Line | None) -> tuple[tuple[Anchor, ...], str]:
    for name in row.censors:
        found = ANCHORS[name].find(known, line, row.criterion)
        if found:
            event = "death" if row.events == ("death",) else "progression"
            return found[-1:], CENSORED[name].format(event=event, at=found[-1].says)
    return (), f"nothing on record to end {row.name} at ({' or '.join(row.censors)})"


def _earliest(ends: tuple[Anchor, ...]) -> Span:
    """The span of the earliest of several moments: the least low to the least high end."""
    return Span(min(a.span.low for a in ends), min(a.span.high for a in ends))


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
            source="setting months_divisor",
        ),
    )


def _dated(anchor: Anchor) -> str:
    return f"{anchor.event.label} ({tell(anchor.span)})"
