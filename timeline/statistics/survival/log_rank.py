"""The log-rank test of two or more groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import attrs
import numpy as np

from timeline.statistics.distributions import chi_squared_tail
from timeline.statistics.survival.risk_sets import risk_sets


@attrs.frozen(kw_only=True)
class LogRank:
    """A log-rank test, without strata or weights, two-sided.

    Attributes:
        statistic: chi-squared.
        df: its degrees of freedom: the groups that expect an event, less one.
        p: the p value.
        names: the groups.
        observed: events of each group.
        expected: events that each would have if all had one hazard.
    """

    statistic: float
    df: int
    p: float
    names: tuple[str, ...]
    observed: tuple[int, ...]
    expected: tuple[float, ...]


def log_rank(
    times: Sequence[Fraction | int], events: Sequence[bool], groups: Sequence[str]
) -> LogRank | None:
    """Whether some groups have one hazard: Mantel 1966, Peto and Peto 1972.

    doi:10.2307/2344317. As R ``survdiff(Surv(time, event) ~ group)`` (package survival), with the
    hypergeometric variance, which counts ties. (The library that is used elsewhere, scipy, has the
    test of two groups only.)

    Args:
        times: in any one unit, 0 or more.
        events: true where the event was seen, false where censored.
        groups: the group of each patient.

    Returns:
        The test; None where fewer than two groups expect an event, or the variance is singular,
        so that nothing can be compared.

    Raises:
        ValueError: there is no patient, or the lengths differ.
    """
    sets = risk_sets(times, events, groups)
    at_risk, deaths = sets.at_risk.sum(axis=1), sets.events.sum(axis=1)
    share = sets.at_risk / at_risk[:, None]
    expected = (deaths[:, None] * share).sum(axis=0)
    observed = sets.events.sum(axis=0)
    kept = np.flatnonzero(expected > 0)[1:]  # one of them follows from the others
    if not len(kept):
        return None
    ties = np.where(at_risk > 1, deaths * (at_risk - deaths) / np.maximum(at_risk - 1, 1), 0.0)
    own = np.eye(len(sets.names))
    variance = np.einsum("t,tg,tgh->gh", ties, share, own[None] - share[:, None, :])
    reduced, gap = variance[np.ix_(kept, kept)], (observed - expected)[kept]
    if np.linalg.matrix_rank(reduced) < len(kept):
        return None
    statistic = float(gap @ np.linalg.solve(reduced, gap))
    return LogRank(
        statistic=statistic,
        df=len(kept),
        p=chi_squared_tail(statistic, len(kept)),
        names=sets.names,
        observed=tuple(int(each) for each in observed),
        expected=tuple(float(each) for each in expected),
    )
