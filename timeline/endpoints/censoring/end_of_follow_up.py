"""How the follow-up of a line ends under a policy: by an event, censored, or undecided.

No policy is known by name here. Each situation of the policy is checked in order, and the row of
the first that applies gives the effect and the date. Where partial dates or vague findings leave
open whether a situation applies, every result that they allow is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from timeline.core.span import NEVER_ENDS, Number, Span
from timeline.endpoints.anchors import ANCHORS
from timeline.endpoints.censoring.follow_up import EventCandidate, FollowedLine
from timeline.endpoints.censoring.missed_visits import (
    allowed_interval,
    before_first_scan,
    unseen_interval,
)
from timeline.endpoints.censoring.policies import (
    CensoringSituation,
    DateRule,
    Effect,
    Policy,
)
from timeline.endpoints.censoring.results import (
    EndCandidate,
    EndOfFollowUp,
    SituationResult,
    first_of,
    outcome_reason,
    result_text,
)
from timeline.results.statuses import Anchor, comes_before, days_apart

Truth = bool | None  # None: the dates leave it open


def end_of_follow_up(followed: FollowedLine, policy: Policy) -> EndOfFollowUp:
    """The end of follow-up of one line under one policy."""
    results = tuple(_results(followed, policy))
    ends = first_of(
        (
            EndCandidate(
                anchor=anchor,
                event=result.event,
                needs=followed.needs(result.candidate),
                reason=result_text(followed, result),
            )
            for result in results
            for anchor in result.ends
        ),
        followed.assessed.case,
    )
    kinds = {result.event for result in results}
    event = kinds.pop() if len(kinds) == 1 else None
    rules = tuple(dict.fromkeys(result.rule for result in results))
    return EndOfFollowUp(ends, outcome_reason(followed, results, event), rules)


def _results(followed: FollowedLine, policy: Policy) -> Iterator[SituationResult]:
    """Every result that the record allows: of each moment that may be the first, or of none."""
    counted = [
        each for each in followed.candidates if policy.rule(each.situation).effect is Effect.EVENT
    ]
    certain, case = [each.anchor for each in counted if each.anchor.certain], followed.assessed.case
    for each in counted:
        if not any(comes_before(one, each.anchor, case) for one in certain):
            yield from _results_for(followed, policy, each)
    if not certain:
        yield from _results_for(followed, policy, None)


def _results_for(
    followed: FollowedLine, policy: Policy, candidate: EventCandidate | None
) -> Iterator[SituationResult]:
    """The rows that may apply, up to and including the first that certainly applies."""
    for situation in CensoringSituation:
        rule = policy.rule(situation)
        if rule.effect is Effect.NOTHING or (candidate is None and rule.effect is Effect.EVENT):
            continue
        applies = _SITUATION_CHECKS[situation](followed, candidate)
        if applies is False:
            continue
        ends = _DATE_FUNCTIONS[rule.dated](followed, candidate)
        yield SituationResult(
            policy=policy,
            rule=rule,
            ends=ends,
            candidate=candidate,
            certain=applies is True,
            therapies=_first_therapies(followed, candidate),
        )
        if applies:
            return
        if situation is CensoringSituation.NEW_THERAPY and candidate is not None:
            candidate = _before_therapy(followed, candidate)  # as the rows that follow assume


def _before_therapy(followed: FollowedLine, candidate: EventCandidate) -> EventCandidate:
    """A moment on the days on which no new therapy that is certain came before it."""
    span = candidate.anchor.span.not_above(_surely_treated(followed))
    if span is None:
        return candidate
    return attrs.evolve(candidate, anchor=attrs.evolve(candidate.anchor, span=span))


def _surely_treated(followed: FollowedLine) -> Number:
    """The last day on which the first new therapy can have begun; no end where none is certain."""
    return min((each.span.high for each in followed.therapies if each.certain), default=NEVER_ENDS)


def _not_after(ends: tuple[Anchor, ...], latest: Number) -> tuple[Anchor, ...]:
    """Some moments on the days up to a last one; those that have none are left out."""
    return tuple(
        attrs.evolve(each, span=span)
        for each in ends
        if (span := each.span.not_above(latest)) is not None
    )


def _any_true(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return True if True in found else None if None in found else False


def _baseline_missing(followed: FollowedLine, _: EventCandidate | None) -> Truth:
    if followed.row.origin != "line start":
        return False
    scan = followed.baseline
    if scan is None:
        return followed.assessed.settings.baseline_not_on_record == "missing"
    return any(found is not None and found.was_missed for found in
               (scan.target, scan.non_target))  # fmt: skip


def _new_therapy(followed: FollowedLine, candidate: EventCandidate | None) -> Truth:
    """Whether new therapy began before a moment; on the same day the moment counts."""
    return _any_true(_began_before(followed, each, candidate) for each in followed.therapies)


def _first_therapies(
    followed: FollowedLine, candidate: EventCandidate | None
) -> tuple[Anchor, ...]:
    """The new therapies that may have begun before a moment, and may be the first of them."""
    found = [e for e in followed.therapies if _began_before(followed, e, candidate) is not False]
    case = followed.assessed.case
    return tuple(
        each
        for each in found
        if not any(one.certain and comes_before(one, each, case) for one in found)
    )


def _began_before(
    followed: FollowedLine, therapy: Anchor, candidate: EventCandidate | None
) -> Truth:
    begun = True if therapy.certain else None
    if candidate is None or candidate.situation is CensoringSituation.DEATH:
        return begun
    anchor = candidate.anchor
    line, number = getattr(anchor.event, "line", None), followed.line.number
    apart = days_apart(anchor, therapy, followed.assessed.case)  # by dates and stated orders
    if apart.high < 0 or (line and line > number):
        return begun
    # what the record counts to the line comes before the next one, unless the dates forbid it
    next_line = getattr(therapy.event, "line", None) not in (None, number)
    if apart.low >= 0 or (next_line and line == number):
        return False
    return None


def _after_missed_visits(followed: FollowedLine, candidate: EventCandidate | None) -> Truth:
    """Whether more days went unseen before a moment than the visits allowed to be missed."""
    if candidate is None or followed.schedule is None:
        return False
    situation, end = candidate.situation, candidate.anchor
    counts = followed.assessed.settings.death_before_first_scan == "event"
    if counts and before_first_scan(followed, situation, end):
        return False
    gap, limit = unseen_interval(followed, end), allowed_interval(followed, end)
    if limit is None or gap.high <= limit.low:
        return False
    return True if gap.low > limit.high else None


def _is(situation: CensoringSituation) -> Callable[[FollowedLine, EventCandidate | None], Truth]:
    return lambda _, candidate: candidate is not None and candidate.situation is situation


def _stopped_for_progression(followed: FollowedLine, candidate: EventCandidate | None) -> Truth:
    if candidate is None:
        return followed.stop == "progression"
    return candidate.situation is CensoringSituation.STOPPED_FOR_PROGRESSION


_SITUATION_CHECKS: dict[
    CensoringSituation, Callable[[FollowedLine, EventCandidate | None], Truth]
] = {
    CensoringSituation.NO_BASELINE: _baseline_missing,
    CensoringSituation.NEW_THERAPY: _new_therapy,
    CensoringSituation.MISSED_VISITS: _after_missed_visits,
    CensoringSituation.PROGRESSION: _is(CensoringSituation.PROGRESSION),
    CensoringSituation.CLAIM: _is(CensoringSituation.CLAIM),
    CensoringSituation.DEATH: _is(CensoringSituation.DEATH),
    CensoringSituation.LOCAL_THERAPY: _is(CensoringSituation.LOCAL_THERAPY),
    CensoringSituation.STOPPED_FOR_PROGRESSION: _stopped_for_progression,
    CensoringSituation.NO_ASSESSMENT: lambda f, candidate: candidate is None and not f.assessments,
    CensoringSituation.STOPPED: lambda f, candidate: candidate is None and bool(f.stop),
    CensoringSituation.NO_PROGRESSION: lambda _, candidate: candidate is None,
}


def _last_assessments(followed: FollowedLine, adequate: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    """The last of some assessments, and every later one that may have been adequate."""
    certain = [place for place, each in enumerate(adequate) if each.certain]
    return adequate[certain[-1] :] if certain else (followed.origin, *adequate)


def _last_before_therapy(
    followed: FollowedLine, candidate: EventCandidate | None
) -> tuple[Anchor, ...]:
    """One that may lie on either side of the therapy may be the last.

    Never the moment itself, which comes after the therapy here.
    """
    adequate = []
    for each in followed.assessments:
        if candidate is not None and each.event is candidate.anchor.event:
            continue
        after = _new_therapy(followed, EventCandidate(CensoringSituation.PROGRESSION, each))
        if after is not True:
            adequate.append(attrs.evolve(each, certain=each.certain and after is False))
    latest = _surely_treated(followed)
    if latest == NEVER_ENDS:
        latest = max((each.span.high for each in followed.therapies), default=NEVER_ENDS)
    return _last_assessments(followed, _not_after(tuple(adequate), latest))


def _last_before(followed: FollowedLine, candidate: EventCandidate | None) -> tuple[Anchor, ...]:
    adequate = followed.assessments
    return _last_assessments(
        followed, followed.before(adequate, candidate.anchor) if candidate else adequate
    )


def _next_visit(followed: FollowedLine, candidate: EventCandidate | None) -> tuple[Anchor, ...]:
    """The scheduled visit at or after a moment, or what ends it before that visit comes.

    The moment itself where no schedule is known.
    """
    if candidate is None:
        return ()
    anchor, start = candidate.anchor, followed.planned_from
    if followed.interval is None or not anchor.span.is_bounded:
        return (anchor,)
    low, high = anchor.span.low, anchor.span.high + followed.interval  # no visit is later
    if start.is_point:
        begun = int(start.low)
        first, last = (
            followed.visit(int(day - begun), begun) for day in (anchor.span.low, anchor.span.high)
        )
        low, high = begun + first.low, begun + last.high
    for other in _earlier_ends(followed):
        low = max(anchor.span.low, min(low, other.span.low))
        high = max(low, min(high, other.span.high)) if other.certain else high
    description = f"scheduled visit for {anchor.description}"
    return (attrs.evolve(anchor, span=Span(low, high), description=description, moved=True),)


def _earlier_ends(followed: FollowedLine) -> list[Anchor]:
    """Death, and local therapy that counts as an event: no visit can be dated after them."""
    local = [
        c.anchor for c in followed.candidates if c.situation is CensoringSituation.LOCAL_THERAPY
    ]
    return [*ANCHORS["death"].find(followed.assessed, followed.line, ""), *local]


_DATE_FUNCTIONS: dict[
    DateRule, Callable[[FollowedLine, EventCandidate | None], tuple[Anchor, ...]]
] = {
    DateRule.ITSELF: lambda _, candidate: (candidate.anchor,) if candidate else (),
    DateRule.ORIGIN: lambda followed, _: (followed.origin,),
    DateRule.NEXT_VISIT: _next_visit,
    DateRule.LAST: lambda followed, _: _last_assessments(followed, followed.assessments),
    DateRule.LAST_BEFORE_THERAPY: _last_before_therapy,
    DateRule.LAST_BEFORE_GAP: _last_before,
}
