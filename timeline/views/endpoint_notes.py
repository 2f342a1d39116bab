"""What stands beside an endpoint: the setting behind its reason, and what the record lacks.

The reason of an outcome names a censoring policy by its short name, and does not say what to write
for a better one. Both are told here, with their sources.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator

import attrs

from timeline.endpoints.censoring.policies import POLICIES
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.sensitivity import outcomes_by_policy
from timeline.results.statuses import Outcome, Step
from timeline.terminology.endpoints import rows_of
from timeline.views.case_rows import OutcomeRow, outcome_rows, value_text

_ByPolicy = Callable[[], dict[str, tuple[Outcome, ...]]]
_POLICY = "pfs_policy"  # the setting that names a censoring policy


def endpoint_rows(
    derived: DerivedCase, *groups: Iterable[Outcome]
) -> Iterator[tuple[OutcomeRow, ...]]:
    """The rows of `outcome_rows` of some groups of outcomes, the first of each with its notes.

    Args:
        derived: the derived case, with its remarks.
        groups: outcomes of the case.

    Returns:
        The rows of each group. As notes first the censoring policy that the reason names: what it
        takes for progression, its source, and what the outcome would be under others. Then each
        remark on the line that says what is missing for responses and times, where the endpoint
        rests on these.
    """
    by_policy = functools.cache(lambda: outcomes_by_policy(derived, explained=False))
    for outcomes in groups:
        yield tuple(row for each in outcomes for row in _with_notes(each, derived, by_policy))


def _with_notes(
    outcome: Outcome, derived: DerivedCase, by_policy: _ByPolicy
) -> Iterator[OutcomeRow]:
    first, *others = outcome_rows((outcome,), derived.case)
    yield attrs.evolve(first, notes=(*_policy(outcome, by_policy), *_missing(outcome, derived)))
    yield from others


def _policy(outcome: Outcome, by_policy: _ByPolicy) -> Iterator[Step]:
    policy = POLICIES.get(outcome.policy)
    if policy is None or not re.search(rf"\b{policy.name}\b", outcome.reason):
        return
    text = f"{policy.title}, {policy.name} (setting {_POLICY}): {policy.description}"
    yield Step(description=f"{text}; {_under_others(outcome, by_policy())}", source=policy.source)


def _under_others(outcome: Outcome, by_policy: dict[str, tuple[Outcome, ...]]) -> str:
    """What the outcome would be under the other policies; those that give the same together."""
    same: dict[str, list[str]] = {}
    for name, outcomes in by_policy.items():
        found = next((each for each in outcomes if _is_same(each, outcome)), None)
        if found is not None and found.values != outcome.values:
            same.setdefault(value_text(found), []).append(name)
    if not same:
        return "no other policy changes the value"
    return "; ".join(f"with {' or '.join(names)} {value}" for value, names in same.items())


def _is_same(one: Outcome, other: Outcome) -> bool:
    """Whether both are one endpoint of one line, from one kind of origin."""
    keys = ("endpoint", "line", "criterion", "is_primary")
    if any(getattr(one, key) != getattr(other, key) for key in keys):
        return False
    origins = [each.origin and each.origin.description for each in (one, other)]
    return origins[0] == origins[1]


def _missing(outcome: Outcome, derived: DerivedCase) -> Iterator[Step]:
    if outcome.line is None or not any(row.by_criterion for row in rows_of(outcome.endpoint)):
        return
    for each in derived.remarks:
        if each.limits == outcome.line:
            yield Step(description=each.what, source=each.source)
