"""The partial likelihood of Cox's model where groups, or groups in strata, are all that it knows.

An event says of its group that its hazard is not the least of those at risk: it leads to each other
group that is at risk at the time. Where two groups lead to each other, directly or through others,
their hazard ratio has a finite estimate. Where one leads to the other and not back, the likelihood
rises as long as the ratio grows: the estimate is infinite. Where neither does, nothing is known.
So what is finite is decided by counting, and only that is searched for (for the same condition in
comparisons of pairs see Ford 1957, doi:10.2307/2308513).
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
import numpy as np
import numpy.typing as npt

from timeline.statistics.survival.connected import connected, mutual, reached
from timeline.statistics.survival.risk_sets import Counts, RiskSets

_ITERATIONS = 100
_CONVERGED = 1e-22  # of what the next step would add to the log likelihood, in squared errors
_ROUNDING = 1e-14  # of the value: a step that lowers it by no more may still be one upwards
_HALVINGS = 40
_LONGEST_STEP = 5.0  # of a log hazard ratio, in one iteration


@attrs.frozen(eq=False)
class Terms:
    """The terms of a partial likelihood, a row each: log of hazard of the event less log of total.

    Attributes:
        weights: how many of each group make up the total.
        counts: how often the term counts.
        had: how many events each group has, in all terms.
    """

    weights: Counts
    counts: Counts
    had: Counts

    def value(self, logs: Counts) -> float:
        """The log partial likelihood at some log hazards."""
        return float(self.had @ logs - self.counts @ np.log(self.weights @ np.exp(logs)))

    def slopes(self, logs: Counts) -> tuple[Counts, Counts]:
        """Its slope in the log hazard of each group, and its information: the curvature."""
        hazards = self.weights * np.exp(logs)
        share = hazards / hazards.sum(axis=1)[:, None]
        expected = self.counts @ share
        return self.had - expected, np.diag(expected) - (share * self.counts[:, None]).T @ share


def _efron(sets: RiskSets) -> tuple[Counts, Counts, npt.NDArray[np.intp]]:
    """Of d events at one time, each later one without its share of the d: Efron 1977."""
    deaths = sets.events.sum(axis=1).astype(np.intp)
    row = np.repeat(np.arange(len(deaths)), deaths)
    first = np.repeat(np.cumsum(deaths) - deaths, deaths)
    before = (np.arange(len(row)) - first) / deaths[row]
    return sets.at_risk[row] - sets.events[row] * before[:, None], np.ones(len(row)), row


def _breslow(sets: RiskSets) -> tuple[Counts, Counts, npt.NDArray[np.intp]]:
    """All events at one time with the whole risk set: Breslow 1974."""
    return sets.at_risk, sets.events.sum(axis=1), np.arange(len(sets.events))


TIES: dict[str, Callable[[RiskSets], tuple[Counts, Counts, npt.NDArray[np.intp]]]] = {
    "Efron": _efron,  # R's default
    "Breslow": _breslow,  # SAS's and Stata's
}


@attrs.frozen(eq=False, kw_only=True)
class Fit:
    """Where the partial likelihood is greatest.

    Attributes:
        logs: the log hazard ratio of each group to the reference; infinite where the likelihood
            rises without end, NaN where it does not depend on the ratio.
        errors: the standard error of each; NaN of the reference, and where a ratio is not finite.
        values: the log likelihood with all hazards equal, and the least upper bound of all.
        score: chi-squared of the score test; None where two groups are never at risk together.
        wald: chi-squared of the Wald test; None where some ratio is not finite.
        contrasts: of each group, whether a chain of risk sets links it with the reference.
    """

    logs: Counts
    errors: Counts
    values: tuple[float, float]
    score: float | None
    wald: float | None
    contrasts: npt.NDArray[np.bool_]


def maximum(sets: RiskSets, reference: int, ties: str) -> Fit:
    """The fit of some risk sets, by Newton's method.

    Args:
        sets: the risk sets.
        reference: the number of the group that the others are compared with.
        ties: a name of ``TIES``.
    """
    weights, counts, row = TIES[ties](sets)
    had = sets.events.sum(axis=0)
    size = len(sets.names)
    steps = (sets.events > 0).astype(float).T @ (sets.at_risk > 0).astype(float) > 0
    leads, blocks, linked = reached(steps), mutual(steps), connected(steps)
    logs = np.where(leads[:, reference], np.inf, np.where(leads[reference], -np.inf, np.nan))
    errors = np.full(size, np.nan)
    equal = Terms(weights, counts, had)
    best = 0.0
    block_of_row = blocks[np.argmax(sets.events > 0, axis=1)][row] if len(row) else row
    for block in np.unique(blocks):
        members = np.flatnonzero(blocks == block)
        own = block_of_row == block
        if not own.any():
            continue
        terms = Terms(weights[np.ix_(own, members)], counts[own], had[members])
        within, error = _newton(terms, int(np.argmax(members == reference)))
        best += terms.value(within)
        if reference in members:
            logs[members], errors[members] = within, error
    logs[reference] = 0.0
    others = [n for n in range(size) if n != reference]
    slope, information = equal.slopes(np.zeros(size))
    all_linked = len(set(linked)) == 1
    finite = bool(np.isfinite(logs).all())
    return Fit(
        logs=logs,
        errors=errors,
        values=(equal.value(np.zeros(size)), best),
        score=_quadratic(information, slope, others) if all_linked and others else None,
        wald=_quadratic_of_inverse(equal.slopes(logs)[1], logs, others) if finite else None,
        contrasts=linked == linked[reference],
    )


def _quadratic(information: Counts, slope: Counts, others: list[int]) -> float:
    inner = information[np.ix_(others, others)]
    return float(slope[others] @ np.linalg.solve(inner, slope[others]))


def _quadratic_of_inverse(information: Counts, logs: Counts, others: list[int]) -> float:
    return float(logs[others] @ information[np.ix_(others, others)] @ logs[others])


def _newton(terms: Terms, reference: int) -> tuple[Counts, Counts]:
    """The log hazards of greatest likelihood, that of one group being 0, and their errors.

    The likelihood is strictly concave, so that a step that is halved often enough climbs.
    """
    size = len(terms.had)
    others = [n for n in range(size) if n != reference]
    logs, errors = np.zeros(size), np.full(size, np.nan)
    if not others:
        return logs, errors
    value = terms.value(logs)
    for _ in range(_ITERATIONS):
        slope, information = terms.slopes(logs)
        inner = information[np.ix_(others, others)]
        step = np.zeros(size)
        step[others] = np.linalg.solve(inner, slope[others])
        if slope @ step <= _CONVERGED:
            break
        step *= min(1.0, _LONGEST_STEP / np.abs(step).max())
        for _ in range(_HALVINGS):
            tried = terms.value(logs + step)
            if tried >= value - _ROUNDING * abs(value):
                break
            step /= 2
        else:
            break  # the last digits of the value: no step climbs any more
        logs, value = logs + step, tried
    _, information = terms.slopes(logs)
    errors[others] = np.sqrt(np.diag(np.linalg.inv(information[np.ix_(others, others)])))
    return logs, errors
