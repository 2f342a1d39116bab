"""What the rows of endpoints make of one case: days, event or censored, and the chain of why."""

from __future__ import annotations

from functools import partial

import attrs

from timeline.criterion_terms import PRIMARY, TERMS
from timeline.edtf import tell
from timeline.endpoints import ENDPOINTS, Endpoint, checked
from timeline.lines import Line
from timeline.months import DEFAULT_MONTH, MONTHS
from timeline.outcomes.anchors import ANCHORS
from timeline.outcomes.censoring import Ended, ended
from timeline.outcomes.counting import added_without_progression
from timeline.outcomes.derived import Anchor, Assessed, Outcome, Step, days_and_months, elapsed
from timeline.outcomes.followed import follow, interval, reached
from timeline.outcomes.policy import POLICIES
from timeline.span import Span

checked(ANCHORS)


def derive(known: Assessed) -> tuple[Outcome, ...]:
    """Every endpoint of every line under each of its criteria, and of the patient.

    Those from other origins stand after the main one.
    """
    return tuple(
        outcome
        for row in ENDPOINTS
        for line in (known.case.lines if row.per_line else (None,))
        for criterion in (known.criteria[line.number] if line and row.by_criterion else ("",))
        for outcome in _outcomes(row.under(criterion), known, line)
    )


def _outcomes(row: Endpoint, known: Assessed, line: Line | None) -> list[Outcome]:
    """The main outcome, then one from each other origin in use."""
    mains = ANCHORS[row.origin].find(known, line, row.criterion)[:1]
    others = [a for name in row.also_from for a in ANCHORS[name].find(known, line, row.criterion)]
    if not mains:
        reason = f"the case has no {row.origin}"
        number = line.number if line else None
        return [Outcome(endpoint=row.name, line=number, criterion=row.criterion, reason=reason)]
    origins = [*mains, *others]
    first = origins.pop(_main(known, line, origins))
    return [
        _outcome(row, known, line, first, main=True),
        *(_outcome(row, known, line, each, main=False) for each in origins),
    ]


def _main(known: Assessed, line: Line | None, origins: list[Anchor]) -> int:
    """Which origin gives the main figure: the first, or the last drug added as a line."""
    if line is None or known.settings.addon_without_pd == "same_line":
        return 0
    added = added_without_progression(known, line)
    new = [i for i, each in enumerate(origins) if any(each.event is one for one in added)]
    return new[-1] if new else 0


def _outcome(
    row: Endpoint, known: Assessed, line: Line | None, origin: Anchor, *, main: bool
) -> Outcome:
    policy = known.settings.pfs_policy if line is not None and row.by_policy else ""
    if line is not None and policy:
        found = ended(follow(known, line, row, origin), POLICIES[policy])
    else:
        found = _ended(row, known, line)
    if not origin.sure:
        says = f"the findings leave open whether there was a response; {found.reason}"
        found = attrs.evolve(found, event=None, reason=says)
    made = partial(
        Outcome,
        endpoint=row.name,
        line=line.number if line else None,
        criterion=row.criterion,
        origin=origin,
        policy=policy,
        main=main,
    )
    if not found.ends:
        return made(reason=found.reason)
    end = min(found.ends, key=lambda anchor: (anchor.span.low, anchor.span.high))
    after = elapsed(origin, end, found.span)
    if after is None:
        reason = f"{end.says} ({tell(end.span)}) lies before {origin.says} ({tell(origin.span)})"
        return made(end=end, reason=reason)
    if row.both_days and known.settings.exposure_plus_one:
        after = after + 1
    chain = _chain(row, known, line, found, (origin, end, after))
    return made(end=end, days=after, event=found.event, reason=found.reason, chain=chain)


def _ended(row: Endpoint, known: Assessed, line: Line | None) -> Ended:
    """The end of an endpoint that no policy speaks of: an event, else its censoring."""
    found = tuple(each for name in row.events for each in reached(known, line, row, name))
    censor, reason = _censor(row, known, line)
    if found and any(anchor.sure for anchor in found):
        says = " or ".join(dict.fromkeys(anchor.says for anchor in found))
        return Ended(found, True, says)
    if found:
        says = f"the findings leave open whether {found[0].says} was reached; else {reason}"
        return Ended((*found, *censor), None, says)
    return Ended(censor, False, reason)


def _censor(row: Endpoint, known: Assessed, line: Line | None) -> tuple[tuple[Anchor, ...], str]:
    for each in row.censors:
        found = ANCHORS[each.anchor].find(known, line, row.criterion)
        if found:
            return found[-1:], each.says.format(event=row.event, at=found[-1].says)
    moments = " or ".join(each.anchor for each in row.censors)
    return (), f"nothing on record to end {row.printed} at ({moments})"


def _chain(
    row: Endpoint,
    known: Assessed,
    line: Line | None,
    found: Ended,
    elapsed: tuple[Anchor, Anchor, Span],
) -> tuple[Step, ...]:
    origin, end, days = elapsed
    statuses = known.status(row.criterion, line.number) if line and row.criterion else ()
    return (
        Step(says=f"{row.printed}: {row.says}{_judged(row)}", source=_source(row)),
        Step(says=f"from {origin.says}: {_dated(origin)}", source=origin.event.place),
        *(each.step for each in statuses),
        *(Step(says=f"{rule.situation}: {rule.told}", source=rule.source) for rule in found.rules),
        *(Step(says=says) for says in _unscheduled(row, known, line)),
        Step(says=f"to {end.says}: {_dated(end)}", source=end.event.place),
        *(() if found.event else (Step(says=found.reason),)),
        Step(
            says=f"{days_and_months(days)}: earliest end less latest start, to latest end less "
            f"earliest start; a month is {DEFAULT_MONTH} days",
            source=f"month convention {DEFAULT_MONTH}: {MONTHS[DEFAULT_MONTH].source}",
        ),
    )


def _judged(row: Endpoint) -> str:
    return f", by {row.criterion}" if row.criterion else ""


def _source(row: Endpoint) -> str:
    """The source of the endpoint, and that of its criterion where it is not RECIST 1.1."""
    terms = TERMS.get(row.criterion, PRIMARY)
    return row.source if terms is PRIMARY else f"{row.source}; {terms.title}: {terms.source}"


def _unscheduled(row: Endpoint, known: Assessed, line: Line | None) -> tuple[str, ...]:
    """That missed visits could not be looked for, where a policy asks for them."""
    if not row.by_policy or line is None or interval(known, line) is not None:
        return ()
    return ("missed visits: not looked for, the record states no schedule of assessments",)


def _dated(anchor: Anchor) -> str:
    return f"{anchor.event.label} ({tell(anchor.span)})"
