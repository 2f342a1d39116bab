"""How long a line went without a visit before a moment, and how long the policy allows."""

from __future__ import annotations

from timeline.core.calendar.durations import range_text
from timeline.core.span import Span
from timeline.endpoints.censoring.follow_up import FollowedLine
from timeline.endpoints.censoring.policies import CensoringSituation
from timeline.results.statuses import Anchor, days_apart

CONFLICT = (
    "FDA 2018 has two rows for a death before the first assessment: an event at death, and "
    "censored after missed visits (setting death_before_first_scan)"
)


def unseen_interval(followed: FollowedLine, end: Anchor) -> Span:
    """The days from the last visit before a moment to it, or from the start; both ends included.

    A visit of which the record leaves open whether it was adequate, or made before the moment,
    may be the last.
    """
    visits = followed.before(followed.visits, end)
    case = followed.assessed.case
    since = [(True, followed.origin), *((each.certain, each) for each in visits)]
    gaps = [(certain, days_apart(each, end, case)) for certain, each in since]
    least = min(days.low for _, days in gaps)
    most = min(days.high for certain, days in gaps if certain)
    return Span(least, max(least, most))


def last_visit(followed: FollowedLine, end: Anchor) -> Span:
    """The days on which the last visit before a moment may have been, or the line's start."""
    visits = followed.before(followed.visits, end)
    certain = [followed.origin.span.low, *(each.span.low for each in visits if each.certain)]
    perhaps = [followed.origin.span.high, *(each.span.high for each in visits)]
    return Span(max(certain), max(perhaps))


def allowed_interval(followed: FollowedLine, end: Anchor) -> Span | None:
    """The days without a visit before a moment that miss no more than the policy allows."""
    return followed.most_days_unseen(last_visit(followed, end))


def before_first_scan(followed: FollowedLine, situation: CensoringSituation, end: Anchor) -> bool:
    """Whether a moment is a death that no assessment came before."""
    return situation is CensoringSituation.DEATH and not followed.before(followed.visits, end)


def gap_text(followed: FollowedLine, situation: CensoringSituation, end: Anchor) -> str:
    """The gap, and the interval and allowance that limit it; where two rows clash, both.

    ``344 days without a visit, more than 2 x (56 days between visits + 7 allowed) = 126``.
    """
    gap = unseen_interval(followed, end)
    days = range_text(gap, 0, never_below_0=False)
    text = f"{days} days without a visit; {_limit(followed, end)}"
    return f"{text}; {CONFLICT}" if before_first_scan(followed, situation, end) else text


def _limit(followed: FollowedLine, end: Anchor) -> str:
    """``2 x (56 days between visits + 7 allowed) = 126``; of a schedule that changes, as it is."""
    settings, limit = followed.assessed.settings, allowed_interval(followed, end)
    schedule = followed.schedule
    if schedule is None or limit is None:
        return "no schedule is on record"
    if len(schedule.phases) == 1:
        return (
            f"{settings.missed_visits} x ({schedule.longest} days between visits + "
            f"{settings.visit_window_days} allowed) = {limit.low}"
        )
    most = f"{limit.low} days" if limit.is_point else f"{limit.low} to {limit.high} days"
    return (
        f"{settings.missed_visits} visits planned {schedule}, each {settings.visit_window_days} "
        f"days late at most, allow {most}"
    )
