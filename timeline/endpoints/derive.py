"""Endpoints derived for one case: days, event or censored, and the chain of reasons.

Each row of `timeline.terminology.endpoints.ENDPOINTS` names its origin, its events and its
censoring. Their anchors are found in the case, and the difference in days is an outcome.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import attrs

from timeline.core.calendar.dates import format_days, is_vague
from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS
from timeline.core.span import ANY, NEVER_ENDS, Span
from timeline.endpoints.anchors import ANCHORS
from timeline.endpoints.censoring.end_of_follow_up import end_of_follow_up
from timeline.endpoints.censoring.follow_up import (
    conditions_without_progression,
    find_anchors,
    follow_line,
    visit_schedule,
)
from timeline.endpoints.censoring.policies import POLICIES, CensoringRule
from timeline.endpoints.censoring.results import EndCandidate, EndOfFollowUp, first_of
from timeline.endpoints.curative_treatment import conditions_of_no_event
from timeline.endpoints.lines_of_therapy import added_without_progression
from timeline.record.case import Case
from timeline.record.events import (
    Metastasis,
    Randomisation,
    Registration,
    Relapse,
    Scan,
    StatedProgression,
    Treatment,
)
from timeline.record.lines import Line
from timeline.results.alternatives import Alternative
from timeline.results.statuses import (
    Anchor,
    AssessedCase,
    Outcome,
    Step,
    days_and_months,
    days_apart,
    elapsed,
)
from timeline.terminology.criteria import PRIMARY, TERMS
from timeline.terminology.endpoints import ENDPOINTS, Endpoint, checked

checked(ANCHORS)

# An assessment on the first day of a period is its baseline, and shows no event of that period.
_BASELINE = "admiralonco, Creating ADTR: baseline is the last record with ADY <= 1"
FOUND_BY_ASSESSMENT = (Scan, StatedProgression, Relapse, Metastasis)
BEGINS_PERIOD = (Treatment, Randomisation, Registration)


def derive_outcomes(
    assessed: AssessedCase, *, explained: bool = True, only: Collection[str] = ()
) -> tuple[Outcome, ...]:
    """Derive every endpoint of every line under each of its criteria, and of the patient.

    Args:
        assessed: A case with the statuses and progressions of its lines.
        explained: Whether each outcome has its chain of reasons. To compare values it needs none.
        only: The names of the endpoints that are derived; none: all of them.

    Returns:
        The outcomes in the order of `ENDPOINTS`; after each main one, those from other origins.
        An endpoint that cannot be derived has no days and a reason.
    """
    return tuple(
        outcome
        for row, line in endpoint_rows(assessed, only)
        for outcome in outcomes_of(row, assessed, line, explained=explained)
    )


def endpoint_rows(
    assessed: AssessedCase, only: Collection[str] = ()
) -> Iterator[tuple[Endpoint, Line | None]]:
    """The endpoints of a case in the order of `ENDPOINTS`, each under its criterion.

    With it the line that it is of; None for one of the patient. ``only``: the names of some.
    """
    for row in ENDPOINTS if not only else [each for each in ENDPOINTS if each.name in only]:
        for line in assessed.case.lines if row.per_line else (None,):
            judged = assessed.criteria[line.number] if line and row.by_criterion else ("",)
            for criterion in judged:
                yield row.under(criterion), line


def outcomes_of(
    row: Endpoint, assessed: AssessedCase, line: Line | None, *, explained: bool
) -> list[Outcome]:
    """The main outcome of an endpoint of `endpoint_rows`, then one from each other origin in use.

    ``explained``: as for `derive_outcomes`.
    """
    kind = ANCHORS[row.origin]
    primaries = kind.find(assessed, line, row.criterion)
    primaries = primaries if kind.varies_with_findings else primaries[:1]
    others = [
        a for name in row.also_from for a in ANCHORS[name].find(assessed, line, row.criterion)
    ]
    if not primaries:
        why = kind.why_none(assessed) if kind.why_none is not None else ""
        return [_not_derived(row, line, f"the case has no {row.origin}" + f": {why}" * bool(why))]
    if kind.varies_with_findings:
        return [_outcome(row, assessed, line, primaries, is_primary=True, explained=explained)]
    origins = [*primaries, *others]
    first = origins.pop(_main_origin(assessed, line, origins))
    return [
        _outcome(row, assessed, line, (each,), is_primary=not place, explained=explained)
        for place, each in enumerate((first, *origins))
    ]


def _main_origin(assessed: AssessedCase, line: Line | None, origins: list[Anchor]) -> int:
    """Which origin gives the main figure: the first, or the last drug added as a line."""
    if line is None or assessed.settings.addon_without_pd == "same_line":
        return 0
    added = added_without_progression(assessed, line)
    new = [i for i, each in enumerate(origins) if any(each.event is one for one in added)]
    return new[-1] if new else 0


def _outcome(
    row: Endpoint,
    assessed: AssessedCase,
    line: Line | None,
    origins: tuple[Anchor, ...],
    *,
    is_primary: bool,
    explained: bool,
) -> Outcome:
    """One outcome from one origin, or from that of each reading of the findings."""
    policy = assessed.settings.pfs_policy if line is not None and row.by_policy else ""
    runs = [
        (each, _end_of_endpoint(row, _case_from_origin(assessed, line, row, each), line, each))
        for each in origins
    ]
    extra = 1 if row.both_days and assessed.settings.exposure_plus_one else 0
    case = assessed.case
    found = [
        each for origin, ended in runs for each in _alternatives(case, line, origin, ended, extra)
    ]
    may_be_none = not any(each.certain for each in origins)
    reasons = dict.fromkeys(ended.reason for _, ended in runs)
    if may_be_none:
        reasons = {"the findings leave open whether there was a response": None, **reasons}
    fields = {
        "endpoint": row.name,
        "line": line.number if line else None,
        "criterion": row.criterion,
        "policy": policy,
        "is_primary": is_primary,
    }
    if found and not any(_is_known(each) for each in found):
        return _not_derived(row, line, _why_not_known(found[0].origin, found[0].end))
    if not found:
        return _outcome_without_value(case, runs[0][0], runs[0][1], fields)
    outcome = Outcome.of(found, may_be_none=may_be_none, reason="; ".join(reasons), **fields)
    if not explained:
        return outcome
    rules = tuple(dict.fromkeys(rule for _, ended in runs for rule in ended.rules))
    return attrs.evolve(outcome, chain=_chain(row, assessed, line, outcome, rules))


def _not_derived(row: Endpoint, line: Line | None, reason: str) -> Outcome:
    number = line.number if line else None
    return Outcome(endpoint=row.name, line=number, criterion=row.criterion, reason=reason)


def _is_known(each: Alternative) -> bool:
    """Whether anything is known of the days: of an origin on any day, by what is counted from it.

    An origin with a date of its own is one, however far its end may be.
    """
    return not _is_undated(each.origin) or each.days.low > 0 or each.days.is_bounded


def _is_undated(anchor: Anchor) -> bool:
    """Whether not even the decade of a moment is known, by a date of its own: ``..``, ``20XX``."""
    when = anchor.event.end if anchor.side == "end" else anchor.event.start
    if anchor.span == ANY:
        return True
    by_order = when is not None and when.by_order and not anchor.latest_of
    return anchor.span.is_bounded and is_vague(anchor.span) and not by_order


def _why_not_known(origin: Anchor, end: Anchor) -> str:
    """Why no time from an origin on any day is known, and what would tell it."""
    first, last = origin.description, end.description
    if origin.span == ANY:
        return f"the date of {first} is not known, nor how many days it lies before {last}"
    return (
        f"of {first} ({origin.event.start.text}) not even the decade is known, nor how many days "
        f"it lies before {last} (write its year, or its order)"
    )


def _case_from_origin(
    assessed: AssessedCase, line: Line | None, row: Endpoint, origin: Anchor
) -> AssessedCase:
    """What is known where an origin is the one: of a first response only its own readings."""
    found = assessed.progression(row.criterion, line.number) if line else None
    scan = origin.event
    varies_with_findings = (
        ANCHORS[row.origin].varies_with_findings and found is not None and len(found.conditions) > 1
    )
    if not varies_with_findings or found is None or not isinstance(scan, Scan):
        return assessed
    return assessed.with_progression(found.with_response(scan))


def _end_of_endpoint(
    row: Endpoint, assessed: AssessedCase, line: Line | None, origin: Anchor
) -> EndOfFollowUp:
    if line is not None and row.by_policy:
        return end_of_follow_up(
            follow_line(assessed, line, row, origin), POLICIES[assessed.settings.pfs_policy]
        )
    return _end_without_policy(row, assessed, line)


def _alternatives(
    case: Case, line: Line | None, origin: Anchor, ended: EndOfFollowUp, extra: int
) -> Iterator[Alternative]:
    """One for each end that does not lie before the origin; ``extra`` days count besides.

    No event is more days from the origin than a certain one can be. A date of which not even the
    decade is known is no upper bound.
    """
    known = [(end, _days_to(end, origin, line, case)) for end in ended.ends]
    first = [days.high for end, days in known if days and end.event and end.anchor.certain]
    most = min(first, default=NEVER_ENDS)
    for end, every in known:
        days = every.not_above(most) if every and end.event else every
        if days is not None:
            if is_vague(days) and (_is_undated(origin) or _is_undated(end.anchor)):
                days = attrs.evolve(days, high=NEVER_ENDS)
            yield Alternative(
                event=end.event,
                days=days + extra if extra else days,
                origin=origin,
                end=end.anchor,
                needs=tuple(dict.fromkeys(end.needs or origin.needs)),
                reason=end.reason,
            )


def _days_to(end: EndCandidate, origin: Anchor, line: Line | None, case: Case) -> Span | None:
    """The days from an origin to an end; None if the end lies before it, or is its baseline.

    Of a line itself the record tells the baseline from the other assessments.
    """
    if end.event and _happened_before(end.anchor, origin, case):
        return None
    days = elapsed(origin, end.anchor, case)
    is_found = end.event and isinstance(end.anchor.event, FOUND_BY_ASSESSMENT)
    if days is None or not is_found or line is None or not _begins_within(origin, line):
        return days
    return None if _is_baseline(end.anchor, origin, case) else days.not_below(1)


def _happened_before(found: Anchor, origin: Anchor, case: Case) -> bool:
    """Whether progression that is dated by a later visit was certainly seen before an origin.

    A response after a claim of progression has no duration, as in the tables of a trial.
    """
    if not found.moved:
        return False
    stopped = found.event.end if isinstance(found.event, Treatment) else None
    seen = attrs.evolve(found, span=(stopped or found.event.start).span, moved=False)
    return days_apart(origin, seen, case).high < 0


def _begins_within(origin: Anchor, line: Line) -> bool:
    """Whether an origin is another day than that on which the line began: a drug was added."""
    return isinstance(origin.event, BEGINS_PERIOD) and origin.event is not line.start


def _is_baseline(found: Anchor, origin: Anchor, case: Case) -> bool:
    """Whether an assessment was made by the day of an origin, on all days that the dates allow."""
    made = attrs.evolve(found, span=found.event.start.span, moved=False)
    return days_apart(origin, made, case).high <= 0


def _outcome_without_value(
    case: Case, origin: Anchor, ended: EndOfFollowUp, fields: dict[str, Any]
) -> Outcome:
    """An outcome without a value, and why it has none."""
    if not ended.ends:
        return Outcome(origin=origin, reason=ended.reason, **fields)
    first = min((each.anchor for each in ended.ends), key=lambda a: (a.span.low, a.span.high))
    is_before = days_apart(origin, first, case).high < 0 or _happened_before(first, origin, case)
    reason = f"{first.description} ({format_days(first.span)}) "
    reason += "lies before " if is_before else "is a baseline finding at "
    reason += f"{origin.description} ({format_days(origin.span)})"
    reason += "" if is_before else f" [{_BASELINE}]"
    return Outcome(origin=origin, end=first, reason=reason, **fields)


def _end_without_policy(row: Endpoint, assessed: AssessedCase, line: Line | None) -> EndOfFollowUp:
    """The end of an endpoint that no policy covers: an event, else its censoring."""
    found = tuple(each for name in row.events for each in find_anchors(assessed, line, row, name))
    ends = [EndCandidate(anchor=a, event=True, needs=a.needs, reason=a.description) for a in found]
    if any(anchor.certain for anchor in found):
        first = first_of(ends, assessed.case)
        return EndOfFollowUp(first, " or ".join(dict.fromkeys(each.reason for each in first)))
    censor, reason = _censoring_anchor(row, assessed, line)
    needs = _conditions_of_no_event(row, assessed, line)
    ends += [EndCandidate(anchor=a, event=False, needs=needs, reason=reason) for a in censor]
    if found:
        reason = (
            f"the findings leave open whether {found[0].description} was reached; else {reason}"
        )
    return EndOfFollowUp(tuple(ends), reason)


def _conditions_of_no_event(
    row: Endpoint, assessed: AssessedCase, line: Line | None
) -> tuple[str, ...]:
    """What the findings must mean for none of the events of an endpoint to be reached."""
    if line is None:
        needs = (conditions_of_no_event(assessed, name) for name in row.events)
        return tuple(dict.fromkeys(text for each in needs for text in each))
    if not row.criterion:
        return ()
    found = assessed.progression(row.criterion, line.number)
    if found is not None and "first response" in row.events:
        return found.needs_response(None)
    return (
        conditions_without_progression(assessed, line, row.criterion)
        if "progression" in row.events
        else ()
    )


def _censoring_anchor(
    row: Endpoint, assessed: AssessedCase, line: Line | None
) -> tuple[tuple[Anchor, ...], str]:
    for each in row.censors:
        found = ANCHORS[each.anchor].find(assessed, line, row.criterion)
        if found:
            return found[-1:], each.description.format(event=row.event, at=found[-1].description)
    moments = " or ".join(each.anchor for each in row.censors)
    return (), f"nothing on record to end {row.printed} at ({moments})"


def _chain(
    row: Endpoint,
    assessed: AssessedCase,
    line: Line | None,
    outcome: Outcome,
    rules: tuple[CensoringRule, ...],
) -> tuple[Step, ...]:
    statuses = assessed.status(row.criterion, line.number) if line and row.criterion else ()
    return (
        Step(
            description=f"{row.printed}: {row.description}{_criterion_text(row)}",
            source=_source(row),
        ),
        *(_anchor_step("from", each.origin) for each in _unique_anchors(outcome, "origin")),
        *(each.step for each in statuses),
        *(Step(description=f"{rule.situation}: {rule.text}", source=rule.source) for rule in rules),
        *(Step(description=description) for description in _schedule_note(row, assessed, line)),
        *(_anchor_step("to", each.end) for each in _unique_anchors(outcome, "end")),
        *(Step(description=text) for text in (outcome.reason_beyond_ends,) if text),
        *_value_steps(outcome),
    )


def _unique_anchors(outcome: Outcome, which: str) -> tuple[Alternative, ...]:
    """The alternatives, one for each moment that they run from or to."""
    found = {(id(getattr(each, which).event), getattr(each, which).description): each
             for each in outcome.alternatives}  # fmt: skip
    return tuple(found.values())


def _anchor_step(led: str, anchor: Anchor) -> Step:
    when = anchor.event.end if anchor.side == "end" else anchor.event.start
    why = f"; {when.derived}" if when is not None and when.derived and not anchor.moved else ""
    return Step(
        description=f"{led} {anchor.description}: {_dated_text(anchor)}{why}",
        source=anchor.event.place,
    )


def _value_steps(outcome: Outcome) -> tuple[Step, ...]:
    """The days of each range that is apart from the others, and how they are counted."""
    source = f"month convention {DEFAULT_MONTH}: {MONTHS[DEFAULT_MONTH].source}"
    counted = any(_counted_from(each) for each in outcome.alternatives)
    how = (
        "as the record counts one from the other"
        if counted
        else "earliest end less latest start, to latest end less earliest start"
    )
    how += f"; a month is {DEFAULT_MONTH} days"
    groups = outcome.together
    if len(groups) == 1:
        return (Step(description=f"{days_and_months(groups[0].days)}: {how}", source=source),)
    texts = (
        " ".join(part for part in (f"{days_and_months(each.days)}, {each.state}", each.conditions)
                 if part)
        for each in groups
    )  # fmt: skip
    return (*(Step(description=text) for text in texts), Step(description=how, source=source))


def _counted_from(each: Alternative) -> bool:
    """Whether the days are fewer than the two dates leave: one is counted from the other."""
    by_dates = (each.end.span - each.origin.span).not_below(0)
    is_same = each.end.is_moment(each.origin)
    return by_dates is not None and not is_same and each.days.high < by_dates.high


def _criterion_text(row: Endpoint) -> str:
    return f", by {row.criterion}" if row.criterion else ""


def _source(row: Endpoint) -> str:
    """The source of the endpoint, and that of its criterion where it is not RECIST 1.1."""
    terms = TERMS.get(row.criterion, PRIMARY)
    return row.source if terms is PRIMARY else f"{row.source}; {terms.title}: {terms.source}"


def _schedule_note(row: Endpoint, assessed: AssessedCase, line: Line | None) -> tuple[str, ...]:
    """That missed visits could not be looked for, where a policy requires them."""
    if not row.by_policy or line is None or visit_schedule(assessed, line) is not None:
        return ()
    return ("missed visits: not looked for, the record states no schedule of assessments",)


def _dated_text(anchor: Anchor) -> str:
    return f"{anchor.event.label} ({format_days(anchor.span)})"
