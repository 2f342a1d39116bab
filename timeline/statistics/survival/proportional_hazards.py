"""Hazard ratios of groups: Cox's model with the group as its only covariate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

from timeline.statistics.distributions import (
    chi_squared_tail,
    normal_quantile,
    normal_two_sided,
)
from timeline.statistics.survival.kaplan_meier import LEVEL
from timeline.statistics.survival.partial_likelihood import TIES, Fit, maximum
from timeline.statistics.survival.risk_sets import Counts, RiskSets, risk_sets

__all__ = ["TIES", "CoxModel", "HazardRatio", "LikelihoodTest", "cox_model", "hazard_ratios"]


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
        log: the natural logarithm of the ratio: the coefficient of the model.
        error: the standard error of the logarithm.
        reason: why there is no ratio; else empty.
    """

    name: str
    reference: str
    ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    ties: str
    log: float | None = None
    error: float | None = None
    reason: str = ""

    @property
    def z(self) -> float | None:
        """The Wald statistic: the logarithm over its standard error."""
        return None if self.log is None or self.error is None else self.log / self.error


@attrs.frozen(kw_only=True)
class LikelihoodTest:
    """A test of whether all groups have one hazard; without a statistic where it is not defined.

    Attributes:
        statistic: chi-squared; None where the test is not defined.
        df: its degrees of freedom: the groups, less one; None as above.
        p: the p value; None as above.
        reason: why the test is not defined; else empty.
    """

    statistic: float | None
    df: int | None
    p: float | None
    reason: str = ""


@attrs.frozen(kw_only=True)
class CoxModel:
    """A model with the group as its only covariate.

    Attributes:
        ratios: the hazard ratio of each other group to the reference, in the order in which the
            groups were first met.
        wald: the Wald test; not defined where a ratio is not finite.
        score: the score test: without ties and strata it is the log-rank test.
        likelihood_ratio: the likelihood ratio test; where a ratio is not finite the likelihood
            still has a least upper bound, which is used.
        ties: how ties were treated, a name of ``TIES``.
    """

    ratios: tuple[HazardRatio, ...]
    wald: LikelihoodTest
    score: LikelihoodTest
    likelihood_ratio: LikelihoodTest
    ties: str


def cox_model(
    times: Sequence[Fraction | float] | Counts,
    events: Sequence[bool] | npt.NDArray[np.bool_],
    groups: Sequence[str],
    *,
    reference: str,
    strata: Sequence[str] | None = None,
    ties: str = "Efron",
    level: Fraction = LEVEL,
) -> CoxModel:
    """The hazard ratio of each group to one of them, with Wald limits, and three tests.

    Cox 1972, doi:10.1111/j.2517-6161.1972.tb00899.x; ties by Efron 1977,
    doi:10.1080/01621459.1977.10480613, or Breslow 1974, doi:10.2307/2529620. As R
    ``coxph(Surv(time, event) ~ group + strata(stratum))`` with ``confint``.

    Args:
        times: in any one unit, 0 or more.
        events: true where the event was seen, false where censored.
        groups: the group of each patient.
        reference: the group that the others are compared with.
        strata: the stratum of each patient, each with a baseline hazard of its own; None for one.
        ties: a name of ``TIES``.
        level: the confidence level.

    Returns:
        The model, with one ratio for each other group.

    Raises:
        ValueError: there is no patient, the lengths differ, or the reference or the treatment of
            ties is unknown.
    """
    if ties not in TIES:
        raise ValueError(f"unknown treatment of ties: {ties!r} (known: {', '.join(TIES)})")
    sets = risk_sets(times, events, groups, strata)
    if reference not in sets.names:
        raise ValueError(f"no such group: {reference!r} (there are {', '.join(sets.names)})")
    base = sets.names.index(reference)
    fit = maximum(sets, base, ties)
    z = normal_quantile(float((1 + level) / 2))
    unlinked = [sets.names[n] for n in np.flatnonzero(~fit.contrasts)]
    undefined = ""
    if not len(sets.events):
        undefined = "no event"
    elif len(sets.names) < 2:
        undefined = "one group"
    elif unlinked:
        undefined = _NO_CONTRAST.format(name=", ".join(unlinked))
    endless = [name for name, log in zip(sets.names, fit.logs, strict=True) if not np.isfinite(log)]
    not_finite = f"the hazard ratio of {', '.join(endless)} is not finite" if endless else ""
    return CoxModel(
        ratios=tuple(
            _ratio(sets, fit, n, reference, ties, z) for n in range(len(sets.names)) if n != base
        ),
        wald=_test(fit.wald, sets, undefined or not_finite),
        score=_test(fit.score, sets, undefined),
        likelihood_ratio=_test(2 * (fit.values[1] - fit.values[0]), sets, undefined),
        ties=ties,
    )


_NO_CONTRAST = "no event at which {name} is at risk together with the other groups"


def hazard_ratios(
    times: Sequence[Fraction | float] | Counts,
    events: Sequence[bool] | npt.NDArray[np.bool_],
    groups: Sequence[str],
    *,
    reference: str,
    ties: str = "Efron",
    level: Fraction = LEVEL,
) -> tuple[HazardRatio, ...]:
    """The hazard ratios of `cox_model` without strata.

    Raises:
        ValueError: as `cox_model`.
    """
    return cox_model(times, events, groups, reference=reference, ties=ties, level=level).ratios


def _ratio(
    sets: RiskSets, fit: Fit, number: int, reference: str, ties: str, z: float
) -> HazardRatio:
    name, log, error = sets.names[number], float(fit.logs[number]), float(fit.errors[number])
    if not math.isfinite(log):
        return HazardRatio(name=name, reference=reference, ratio=None, low=None, high=None, p=None,
                           ties=ties, reason=_reason(sets, fit, number, reference))  # fmt: skip
    return HazardRatio(
        name=name,
        reference=reference,
        ratio=math.exp(log),
        low=math.exp(log - z * error),
        high=math.exp(log + z * error),
        p=normal_two_sided(log / error),
        ties=ties,
        log=log,
        error=error,
    )


def _reason(sets: RiskSets, fit: Fit, number: int, reference: str) -> str:
    name, log = sets.names[number], fit.logs[number]
    if not len(sets.events):
        return "no event"
    if math.isnan(log):
        return f"no event tells the hazards of {name} and {reference} apart"
    had = sets.events.sum(axis=0)
    without = name if log < 0 else reference
    if not had[sets.names.index(without)]:
        return f"no event in {without}"
    way = "falls" if log < 0 else "grows"
    return f"no finite estimate: the likelihood rises as long as the ratio {way}"


def _test(statistic: float | None, sets: RiskSets, undefined: str) -> LikelihoodTest:
    if undefined or statistic is None:
        return LikelihoodTest(statistic=None, df=None, p=None, reason=undefined)
    df = len(sets.names) - 1
    statistic = max(statistic, 0.0)  # of equal hazards -1e-15
    return LikelihoodTest(statistic=statistic, df=df, p=chi_squared_tail(statistic, df))
