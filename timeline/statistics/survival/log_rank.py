"""The log-rank test of two or more groups: weighted or not, in strata or not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

from timeline.statistics.distributions import chi_squared_tail
from timeline.statistics.survival.connected import connected
from timeline.statistics.survival.risk_sets import Counts, risk_sets

_NOT_COMPARED = "fewer than two groups are at risk at the time of an event"
_NO_VARIANCE = "no event leaves open which group has it, so that the test has no variance"


@attrs.frozen(kw_only=True)
class LogRank:
    """A log-rank test, two-sided.

    Attributes:
        statistic: chi-squared; None where the test is not defined.
        df: its degrees of freedom: the groups that expect an event, less one; None as above.
        p: the p value; None as above.
        names: the groups.
        observed: events of each group, each with the weight of its time.
        expected: events that each would have if all had one hazard, with the same weights.
        reason: why the test is not defined; else empty.
    """

    statistic: float | None
    df: int | None
    p: float | None
    names: tuple[str, ...]
    observed: tuple[float, ...]
    expected: tuple[float, ...]
    reason: str = ""


def log_rank(
    times: Sequence[Fraction | float] | Counts,
    events: Sequence[bool] | npt.NDArray[np.bool_],
    groups: Sequence[str],
    strata: Sequence[str] | None = None,
    rho: float = 0,
) -> LogRank:
    """Whether some groups have one hazard: Mantel 1966, Peto and Peto 1972.

    doi:10.2307/2344317. As R ``survdiff(Surv(time, event) ~ group + strata(stratum), rho = rho)``
    (package survival), with the hypergeometric variance, which counts ties. (The library that is
    used elsewhere, scipy, has the test of two groups only.)

    With ``rho`` each time counts by the survival of all groups just before it, to that power:
    Harrington and Fleming 1982, doi:10.1093/biomet/69.3.553. With 1 that is the Fleming-Harrington
    test (1, 0), which R calls the Peto and Peto modification of the Gehan-Wilcoxon test; other
    programs call other weights by the name of Peto.

    Args:
        times: in any one unit, 0 or more.
        events: true where the event was seen, false where censored.
        groups: the group of each patient.
        strata: the stratum of each patient, in which alone groups are compared; None for none.
        rho: 0 for the log-rank test.

    Returns:
        The test; without a statistic where fewer than two groups expect an event, or the variance
        is singular, so that nothing can be compared.

    Raises:
        ValueError: there is no patient, or the lengths differ.
    """
    sets = risk_sets(times, events, groups, strata)
    at_risk, deaths = sets.at_risk.sum(axis=1), sets.events.sum(axis=1)
    weights = sets.survival_before**rho if rho else np.ones_like(deaths)
    share = sets.at_risk / at_risk[:, None]
    expected = ((weights * deaths)[:, None] * share).sum(axis=0)
    observed = (weights[:, None] * sets.events).sum(axis=0)
    found = LogRank(
        statistic=None, df=None, p=None, names=sets.names,
        observed=tuple(map(float, observed)), expected=tuple(map(float, expected)),
        reason=_NOT_COMPARED,
    )  # fmt: skip
    compared = np.flatnonzero(expected > 0)
    if len(compared) < 2:
        return found
    spread = np.where(
        at_risk > 1, weights**2 * deaths * (at_risk - deaths) / np.maximum(at_risk - 1, 1), 0.0
    )
    present = (sets.at_risk[spread > 0] > 0).astype(float)
    if len(set(connected(present.T @ present > 0)[compared])) > 1:
        return attrs.evolve(found, reason=_NO_VARIANCE)
    variance = np.diag(spread @ share) - (share * spread[:, None]).T @ share
    kept = compared[1:]  # the first follows from the others
    gap = (observed - expected)[kept]
    statistic = float(gap @ np.linalg.solve(variance[np.ix_(kept, kept)], gap))
    df = len(kept)
    return attrs.evolve(
        found, statistic=statistic, df=df, p=chi_squared_tail(statistic, df), reason=""
    )
