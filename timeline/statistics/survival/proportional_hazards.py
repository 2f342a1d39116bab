"""Hazard ratios of groups: Cox's model with the group as its only covariate."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import attrs
import numpy as np

from timeline.statistics.distributions import normal_quantile, normal_two_sided
from timeline.statistics.survival.kaplan_meier import LEVEL
from timeline.statistics.survival.risk_sets import Counts, RiskSets, risk_sets

_ITERATIONS = 60
_CONVERGED = 1e-13  # of the log likelihood
_INFINITE = 12.0  # a log hazard ratio beyond this, 160,000 to 1, still grows with each iteration
_STEP = 2.0  # of a log hazard ratio, at the most, in one iteration


@attrs.frozen(kw_only=True)
class HazardRatio:
    """The hazard of a group, divided by that of the reference group.

    Attributes:
        name: the group.
        reference: the group that it is compared with.
        ratio: the hazard ratio; None where the likelihood has no maximum, such as of a group
            without an event.
        low: the lower Wald limit.
        high: the upper Wald limit.
        p: of the Wald test, two-sided.
        ties: how ties were treated.
    """

    name: str
    reference: str
    ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    ties: str


Share = tuple[Counts, float]  # the weight of each group in a risk set, and how many events use it


def _efron(at_risk: Counts, events: Counts) -> Iterator[Share]:
    """Of d events at one time, each later one without its share of the d: Efron 1977."""
    total = int(events.sum())
    for number in range(total):
        yield at_risk - events * number / total, 1.0


def _breslow(at_risk: Counts, events: Counts) -> Iterator[Share]:
    """All events at one time with the whole risk set: Breslow 1974."""
    yield at_risk, float(events.sum())


TIES: dict[str, Callable[[Counts, Counts], Iterator[Share]]] = {
    "Efron": _efron,  # R's default
    "Breslow": _breslow,  # SAS's and Stata's
}


def hazard_ratios(
    times: Sequence[Fraction | int],
    events: Sequence[bool],
    groups: Sequence[str],
    *,
    reference: str,
    ties: str = "Efron",
    level: Fraction = LEVEL,
) -> tuple[HazardRatio, ...]:
    """The hazard ratio of each group to one of them, with Wald limits.

    Cox 1972, doi:10.1111/j.2517-6161.1972.tb00899.x; ties by Efron 1977,
    doi:10.1080/01621459.1977.10480613, or Breslow 1974, doi:10.2307/2529620. As R
    ``coxph(Surv(time, event) ~ group)`` with ``confint``.

    Args:
        times: in any one unit, 0 or more.
        events: true where the event was seen, false where censored.
        groups: the group of each patient.
        reference: the group that the others are compared with.
        ties: a name of ``TIES``.
        level: the confidence level.

    Returns:
        One ratio for each other group, in the order in which the groups were first met.

    Raises:
        ValueError: there is no patient, the lengths differ, or the reference or the treatment of
            ties is unknown.
    """
    if ties not in TIES:
        raise ValueError(f"unknown treatment of ties: {ties!r} (known: {', '.join(TIES)})")
    sets = risk_sets(times, events, groups)
    if reference not in sets.names:
        raise ValueError(f"no such group: {reference!r} (there are {', '.join(sets.names)})")
    z = normal_quantile(float((1 + level) / 2))
    base = sets.names.index(reference)
    others = [n for n in range(len(sets.names)) if n != base]
    found = _estimates(sets, others, ties)
    return tuple(
        _ratio(sets.names[n], reference, estimate, ties, z)
        for n, estimate in zip(others, found, strict=True)
    )


def _ratio(
    name: str, reference: str, estimate: tuple[float, float] | None, ties: str, z: float
) -> HazardRatio:
    if estimate is None:
        return HazardRatio(name=name, reference=reference, ratio=None, low=None, high=None, p=None,
                           ties=ties)  # fmt: skip
    log, error = estimate
    return HazardRatio(
        name=name,
        reference=reference,
        ratio=math.exp(log),
        low=math.exp(log - z * error),
        high=math.exp(log + z * error),
        p=normal_two_sided(log / error),
        ties=ties,
    )


def _estimates(
    sets: RiskSets, others: Sequence[int], ties: str
) -> list[tuple[float, float] | None]:
    """The log hazard ratio of each group and its standard error; None where it is not finite."""
    shares = [share for at_risk, events in zip(sets.at_risk, sets.events, strict=True)
              for share in TIES[ties](at_risk, events)]  # fmt: skip
    if not shares:
        return [None] * len(others)
    weights = np.array([weight for weight, _ in shares])
    counts = np.array([count for _, count in shares])
    had = sets.events.sum(axis=0)
    logs = _maximum(weights, counts, had, others)
    _, _, information = _likelihood(logs, weights, counts, had, others)
    finite = [n for n in range(len(others)) if abs(logs[others[n]]) < _INFINITE]
    inner = information[np.ix_(finite, finite)]
    if not finite or np.linalg.matrix_rank(inner, tol=1e-9) < len(finite):
        return [None] * len(others)
    errors = dict(zip(finite, np.sqrt(np.diag(np.linalg.inv(inner))), strict=True))
    return [(float(logs[others[n]]), float(errors[n])) if n in errors else None
            for n in range(len(others))]  # fmt: skip


def _maximum(weights: Counts, counts: Counts, had: Counts, others: Sequence[int]) -> Counts:
    """The log hazard ratios at the maximum of the partial likelihood, by Newton's method."""
    logs = np.zeros(weights.shape[1])
    before = -math.inf
    for _ in range(_ITERATIONS):
        value, score, information = _likelihood(logs, weights, counts, had, others)
        if abs(value - before) <= _CONVERGED * max(1.0, abs(value)):
            break
        before = value
        step = np.linalg.lstsq(information, score, rcond=None)[0]
        size = np.abs(step).max(initial=0.0)
        logs[others] += step * min(1.0, _STEP / size) if size else step
    return logs


def _likelihood(
    logs: Counts, weights: Counts, counts: Counts, had: Counts, others: Sequence[int]
) -> tuple[float, Counts, Counts]:
    """The log partial likelihood, its slope and its curvature in the groups compared."""
    hazards = weights * np.exp(logs)
    total = hazards.sum(axis=1)
    share = (hazards / total[:, None])[:, others]
    value = float(had @ logs - counts @ np.log(total))
    score = had[others] - counts @ share
    information = np.diag(counts @ share) - (share * counts[:, None]).T @ share
    return value, score, information
