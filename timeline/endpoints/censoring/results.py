"""The results of censoring: how follow-up may have ended, and the sentence for each result."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from timeline.core.span import NEVER_ENDS
from timeline.endpoints.censoring.follow_up import EventCandidate, FollowedLine
from timeline.endpoints.censoring.missed_visits import (
    gap_text,
)
from timeline.endpoints.censoring.policies import (
    CensoringRule,
    CensoringSituation,
    Effect,
    Policy,
)
from timeline.record.case import Case
from timeline.results.statuses import Anchor, comes_before


@attrs.frozen(kw_only=True)
class SituationResult:
    """The moments that one situation allows follow-up to end at, and whether by an event."""

    policy: Policy
    rule: CensoringRule
    ends: tuple[Anchor, ...]
    candidate: EventCandidate | None
    certain: bool  # the situation holds on every day that the dates allow
    therapies: tuple[Anchor, ...] = ()  # the new therapies that may be the first before it

    @property
    def event(self) -> bool:
        return self.rule.effect is Effect.EVENT


@attrs.frozen(kw_only=True)
class EndCandidate:
    """A moment that follow-up may have ended at, by an event or not, with its conditions."""

    anchor: Anchor
    event: bool
    needs: tuple[str, ...] = ()
    reason: str = ""


@attrs.frozen
class EndOfFollowUp:
    """The moments that follow-up may have ended at, and why."""

    ends: tuple[EndCandidate, ...]
    reason: str
    rules: tuple[CensoringRule, ...] = ()

    @property
    def event(self) -> bool | None:
        """Whether follow-up ended by an event; None where the record leaves that open."""
        kinds = {each.event for each in self.ends}
        return kinds.pop() if len(kinds) == 1 else None


def first_of(ends: Iterable[EndCandidate], case: Case) -> tuple[EndCandidate, ...]:
    """Keep the events that may be the first, on the days on which they may be.

    No event can be later than the last day of a certain one, nor come after one by the order of
    the record. Censored ends are kept unchanged.
    """
    every = tuple(ends)
    certain = [each.anchor for each in every if each.event and each.anchor.certain]
    last = min((each.span.high for each in certain), default=NEVER_ENDS)
    found = []
    for each in every:
        if each.event and any(comes_before(one, each.anchor, case) for one in certain):
            continue
        span = each.anchor.span.not_above(last) if each.event else each.anchor.span
        if span is not None:
            found.append(attrs.evolve(each, anchor=attrs.evolve(each.anchor, span=span)))
    return tuple(found)


_SENTENCES = {
    CensoringSituation.NO_BASELINE: "{situation}: censored on the day of the {at}",
    CensoringSituation.NEW_THERAPY: "{passed}{therapy} before {any_event}: censored at the {at}",
    CensoringSituation.MISSED_VISITS: "{visits} or more visits missed before {end} ({gap}): "
    "censored at the {at}",
    CensoringSituation.STOPPED_FOR_PROGRESSION: "{situation}: censored at the {at}",
    CensoringSituation.NO_ASSESSMENT: "{passed}{no_assessment} after the start: "
    "censored on the day of the {at}",
    CensoringSituation.STOPPED: "{passed}no {event} on record: censored at the {at}",
    CensoringSituation.NO_PROGRESSION: "{passed}no {event} on record: censored at the {at}",
}

# the sentences of a time that is censored at its start, as no assessment comes before the situation
_AT_THE_START = {
    **_SENTENCES,
    CensoringSituation.NEW_THERAPY: "{passed}{no_assessment} before {therapy}: "
    "censored at the {at}",
    CensoringSituation.MISSED_VISITS: "{visits} or more visits missed before {end} ({gap}), "
    "{no_assessment} before them: censored at the {at}",
    CensoringSituation.STOPPED_FOR_PROGRESSION: "{situation}, {no_assessment} after the start: "
    "censored at the {at}",
}


def result_text(followed: FollowedLine, result: SituationResult) -> str:
    """One result as a sentence."""
    if result.event:
        return " or ".join(end.description for end in result.ends)
    candidate, missed = result.candidate, result.rule.situation is CensoringSituation.MISSED_VISITS
    gap = gap_text(followed, candidate.situation, candidate.anchor) if missed and candidate else ""
    passed, other = _passed_over(followed, result.policy), followed.row.event
    at = result.ends[-1]
    sentences = _AT_THE_START if at is followed.origin else _SENTENCES
    no_assessment = "no evaluable assessment" if followed.is_scanned else "no assessment"
    return sentences[result.rule.situation].format(
        passed="".join(f"{text}; " for _, text in passed),
        any_event=f"any other {other}" if passed else other,
        situation=result.rule.situation,
        therapy=" or ".join(each.description for each in result.therapies),
        event=f"other {other}" if passed else other,
        end=result.candidate.anchor.description if result.candidate else "",
        visits=followed.assessed.settings.missed_visits,
        gap=gap,
        no_assessment=no_assessment,
        at=at.description,
    )


def _passed_over(followed: FollowedLine, policy: Policy) -> list[tuple[Anchor, str]]:
    """What the record states as an event of the endpoint and the policy does not count.

    Where new therapy ends nothing, what is stated in later lines as well.
    """
    goes_on = policy.rule(CensoringSituation.NEW_THERAPY).effect is Effect.NOTHING
    passed = [
        each.anchor
        for each in (*followed.candidates, *followed.later_claims * goes_on)
        if policy.rule(each.situation).effect is Effect.NOTHING
    ]
    return [
        (each, f"{each.description} ({each.event.start.text}) does not count under {policy.words}")
        for each in passed
    ]


def _passed_before_event(
    followed: FollowedLine, results: tuple[SituationResult, ...]
) -> tuple[str, ...]:
    """What the policy does not count and what comes before every event that it counts."""
    ends = [end for each in results if each.event for end in each.ends]
    if not ends or len(results) > sum(each.event for each in results):
        return ()
    case = followed.assessed.case
    return tuple(
        text
        for anchor, text in _passed_over(followed, results[0].policy)
        if all(comes_before(anchor, end, case) for end in ends)
    )


def outcome_reason(
    followed: FollowedLine, results: tuple[SituationResult, ...], event: bool | None
) -> str:
    texts = list(dict.fromkeys(result_text(followed, each) for each in results))
    if event is not None:
        return "; ".join((" or ".join(texts), *_passed_before_event(followed, results)))
    candidates = [each.candidate.anchor for each in results if each.candidate]
    findings = [f"the findings leave open whether {candidates[0].description} was reached"] * any(
        not each.certain for each in candidates[:1]
    )
    dates = [f"the dates leave open: {each.rule.situation}" for each in results if not each.certain]
    return "; ".join(dict.fromkeys((*findings, *dates, f"else {texts[-1]}")))
