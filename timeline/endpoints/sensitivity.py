"""What other answers to the open questions would give: the sensitivity analyses of one case."""

from __future__ import annotations

from typing import Any

import attrs

from timeline.endpoints.censoring.policies import POLICIES
from timeline.endpoints.derive import endpoint_rows
from timeline.endpoints.derived_case import DerivedCase, rederive
from timeline.endpoints.setting_relevance import setting_is_relevant
from timeline.record.case import Case
from timeline.results.statuses import Anchor, Flag, Outcome, comes_before
from timeline.settings.response import SETTINGS


def outcomes_by_policy(
    derived: DerivedCase, *, explained: bool = True
) -> dict[str, tuple[Outcome, ...]]:
    """The outcomes that a censoring policy decides, under each policy by its name.

    ``explained``: whether each has its chain of reasons. To compare values it needs none.
    """
    found = {
        name: _rederive_with(derived, "pfs_policy", name, explained=explained) for name in POLICIES
    }
    return {
        name: tuple(
            each
            for row, line in endpoint_rows(other)
            if row.by_policy
            for each in other.outcomes_from(row, line)
            if each.policy
        )
        for name, other in found.items()
        if other is not None
    }


def flag_outcomes(derived: DerivedCase) -> DerivedCase:
    """The derived case with every outcome flagged by the settings that would change it.

    Each setting that can matter to the case takes each of its other answers, one at a time. This
    may derive the case some forty times: for one case at a time, not for a cohort.

    Args:
        derived: The case under its own settings.

    Returns:
        The same case; ``flags`` of each outcome hold the other answers and what they give.
    """
    flags: dict[object, list[Flag]] = {}
    for name, value in _other_answers(derived):
        if not setting_is_relevant(derived, name, derived.settings.with_answer(name, value)):
            continue
        other = _rederive_with(derived, name, value, explained=False)
        theirs = {
            key: each for each in (other.outcomes if other else ()) for key in _outcome_keys(each)
        }
        for ours in derived.outcomes:
            key = _outcome_keys(ours)[0]
            flag = _flag(name, value, ours, theirs.get(key), derived.case)
            flags.setdefault(key, []).extend(flag)
    outcomes = tuple(
        attrs.evolve(each, flags=tuple(flags.get(_outcome_keys(each)[0], ())))
        for each in derived.outcomes
    )
    return attrs.evolve(derived, outcomes=outcomes)


def _outcome_keys(outcome: Outcome) -> list[object]:
    """What finds it again: as the main outcome of its endpoint, and by where it runs from."""
    name = (outcome.endpoint, outcome.line, outcome.criterion)
    origin = (*name, id(outcome.origin.event) if outcome.origin else None)
    return [name, origin] if outcome.is_primary else [origin]


def _flag(name: str, value: Any, ours: Outcome, theirs: Outcome | None, case: Case) -> list[Flag]:
    if theirs is None or not (_says_something(ours) or _says_something(theirs)):
        return []
    ended_by = ""
    if _printed(ours) == _printed(theirs):
        ended_by = _earlier_or_later_end(ours, theirs, case)
        if not ended_by:
            return []
    return [Flag(setting=name, value=value, days=theirs.days, state=theirs.state,
                 alternatives=theirs.alternatives, ended_by=ended_by)]  # fmt: skip


def _says_something(outcome: Outcome) -> bool:
    """Whether any of its values excludes a time to the event."""
    return any(
        each.days.low > 0 or (each.event and each.days.is_bounded) for each in outcome.alternatives
    )


def _printed(outcome: Outcome) -> tuple[object, ...]:
    """What is printed of an outcome: its state, and each range that is apart from the others."""
    return (outcome.printed_state, *((each.event, each.days) for each in outcome.together))


def _earlier_or_later_end(ours: Outcome, theirs: Outcome, case: Case) -> str:
    """What ends the other outcome, where it comes before or after every end of this one.

    Two ranges of days may be the same, and the moments that they end at not.
    """
    mine, other = ([each.end for each in found.alternatives] for found in (ours, theirs))
    moved = mine and all(
        not _is_same(one, each) and (comes_before(one, each, case) or comes_before(each, one, case))
        for each in other
        for one in mine
    )
    return " or ".join(dict.fromkeys(each.description for each in other)) if moved else ""


def _is_same(one: Anchor, other: Anchor) -> bool:
    """Whether two anchors are one moment, which may be vague: such as the last one on record."""
    return (one.event, one.side, one.span) == (other.event, other.side, other.span)


def _other_answers(derived: DerivedCase) -> list[tuple[str, Any]]:
    """Every answer that the reading was not made under.

    A number of the user's own is held against the default alone: he has left those in use.
    """
    found = []
    for row in SETTINGS.values():
        mine = getattr(derived.settings, row.name)
        assessed = row.answers if mine in row.answers else (row.default,)
        found += [(row.name, value) for value in assessed if value != mine]
    return found


def _rederive_with(
    derived: DerivedCase, name: str, value: Any, *, explained: bool = True
) -> DerivedCase | None:
    return rederive(derived, derived.settings.with_answer(name, value), explained=explained)
