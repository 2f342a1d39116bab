"""Gray's test: whether groups have one cumulative incidence where another event competes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

from timeline.statistics.distributions import chi_squared_tail
from timeline.statistics.survival.cumulative_incidence import CENSORED, COMPETING, EVENT

Numbers = npt.NDArray[np.float64]
_SINGULAR = 1e-9  # of the largest eigenvalue: less is none


@attrs.frozen(kw_only=True)
class GrayTest:
    """Gray's test, without strata and with weight 1, two-sided.

    Attributes:
        statistic: chi-squared.
        df: its degrees of freedom: the rank of the variance of the scores, one less than the groups
            where every group can be compared.
        p: the p value.
        names: the groups, in the order in which they were first met.
        scores: of each group the events less those expected if all had one subdistribution hazard.
    """

    statistic: float
    df: int
    p: float
    names: tuple[str, ...]
    scores: tuple[float, ...]


@attrs.frozen(eq=False)
class _Moment:
    """A time of some event, group by group.

    ``survival`` is that without any event just before it, ``after`` just after it; ``incidence``
    that of the event just before it. ``pooled`` and ``pooled_after`` are the common incidence.
    """

    at_risk: Numbers
    events: Numbers
    competing: Numbers
    survival: Numbers
    after: Numbers
    incidence: Numbers
    pooled: float
    pooled_after: float

    @property
    def weight(self) -> Numbers:
        """At risk over survival: the h of the paper, 0 of a group that nobody is left of."""
        return _over(self.at_risk, self.survival)

    @property
    def subdistribution(self) -> Numbers:
        """At risk for the subdistribution, the R of the paper: those with the other event stay."""
        return self.weight * (1 - self.incidence)


def gray_test(
    times: Sequence[Fraction | int], events: Sequence[int], groups: Sequence[str]
) -> GrayTest | None:
    """Whether some groups have one cumulative incidence: Gray 1988, Ann Stat 16:1141.

    doi:10.1214/aos/1176350951. As ``cuminc`` of R (package cmprsk) with ``rho = 0``: the scores
    compare hazards of the subdistribution, with the variance of the paper and its terms for ties.

    Args:
        times: in any one unit, 0 or more.
        events: of each patient 0 for censored, 1 for the event, 2 for the competing event.
        groups: the group of each patient.

    Returns:
        The test; None where nothing can be compared: there is one group, or no event.

    Raises:
        ValueError: there is no patient, the lengths differ, or an event has another number.
    """
    if not times or not len(times) == len(events) == len(groups):
        raise ValueError(
            f"{len(times)} times, {len(events)} events, {len(groups)} groups "
            "(give one of each for each patient)"
        )
    if unknown := set(events) - {CENSORED, EVENT, COMPETING}:
        raise ValueError(f"events: {sorted(unknown)} (write 0, 1 or 2)")
    names = tuple(dict.fromkeys(groups))
    scores, variance = scores_and_variance(times, events, groups, names)
    values, vectors = np.linalg.eigh(variance)
    kept = values > _SINGULAR * max(values.max(initial=0.0), _SINGULAR)
    if len(names) < 2 or not kept.any():
        return None
    along = vectors[:, kept].T @ scores
    statistic = float((along**2 / values[kept]).sum())
    df = int(kept.sum())
    return GrayTest(
        statistic=statistic,
        df=df,
        p=chi_squared_tail(statistic, df),
        names=names,
        scores=tuple(float(each) for each in scores),
    )


def scores_and_variance(
    times: Sequence[Fraction | int],
    events: Sequence[int],
    groups: Sequence[str],
    names: Sequence[str],
) -> tuple[Numbers, Numbers]:
    """The score of each group and the variance of the scores, a row and a column for each group.

    Those of several strata may be added up.

    Args:
        times: in any one unit, 0 or more.
        events: of each patient 0 for censored, 1 for the event, 2 for the competing event.
        groups: the group of each patient.
        names: the groups, in the order of the result.
    """
    columns = [names.index(group) for group in groups]
    moments = list(_moments(times, events, columns, len(names)))
    scores = sum((_score(each) for each in moments), start=np.zeros(len(names)))
    return scores, _variance(moments, len(names))


def _over(numerator: Numbers, denominator: Numbers) -> Numbers:
    """A quotient that is 0 where nothing is divided."""
    found: Numbers = np.zeros_like(denominator)
    np.divide(numerator, denominator, out=found, where=denominator > 0)
    return found


def _moments(
    times: Sequence[Fraction | int], events: Sequence[int], columns: Sequence[int], number: int
) -> Iterator[_Moment]:
    """The times of any event, in order."""
    found = np.zeros((number, 3))
    survival, incidence, pooled = np.ones(number), np.zeros(number), 0.0
    at_risk = np.bincount(columns, minlength=number).astype(float)
    by_time: dict[Fraction | int, list[tuple[int, int]]] = {}
    for time, event, column in zip(times, events, columns, strict=True):
        by_time.setdefault(time, []).append((column, event))
    for time in sorted(by_time):
        found[:] = 0
        for place in by_time[time]:
            found[place] += 1
        had, other = found[:, EVENT].copy(), found[:, COMPETING].copy()
        if had.any() or other.any():
            after = survival * (1 - _over(had + other, at_risk))
            weight = _over(at_risk, survival).sum()
            later = pooled + (had.sum() / weight if weight else 0.0)
            yield _Moment(
                at_risk.copy(), had, other, survival, after, incidence, pooled, float(later)
            )
            incidence = incidence + survival * _over(had, at_risk)
            survival, pooled = after, float(later)
        at_risk = at_risk - found.sum(axis=1)


def _score(moment: _Moment) -> Numbers:
    """The events of each group less its share of all, by those at risk for the subdistribution."""
    shares = moment.subdistribution
    expected: Numbers = moment.events.sum() * shares / (shares.sum() or 1.0)
    return moment.events - expected


def _variance(moments: Sequence[_Moment], number: int) -> Numbers:
    """The variance of the scores: of each group's two events, through its own and all scores.

    An event of group k moves the scores by a row of ``direct``, and by what the incidence of its
    group, and so the risk sets, change from then on (``later``).
    """
    jumps = [_jump(each) for each in moments]
    until = np.cumsum([each[1] for each in jumps], axis=0) if jumps else np.zeros((0, 1, 1))
    variance = np.zeros((number, number))
    for moment, (direct, _), reached in zip(moments, jumps, until, strict=True):
        left = _over(np.full(number, 1 - moment.pooled_after), moment.after)
        own = np.where(moment.after > 0, 1 - left, 1.0)
        later = until[-1] - reached
        all_had, weight = moment.events.sum(), moment.weight
        if all_had:
            among = weight.sum() * moment.survival - 1
            ties = 1 - _over(np.full(number, all_had - 1), among) if all_had > 1 else 1.0
            spread = ties * _over(np.full(number, all_had / weight.sum()), weight)
            moved = direct + later * own
            variance += (moved * spread) @ moved.T
        other = moment.competing
        ties = np.where(other > 1, 1 - (other - 1) / np.maximum(moment.at_risk - 1, 1), 1.0)
        spread = ties * _over(moment.survival**2 * other, moment.at_risk**2)
        moved = later * left
        variance += (moved * np.where(moment.after > 0, spread, 0.0)) @ moved.T
    return variance


def _jump(moment: _Moment) -> tuple[Numbers, Numbers]:
    """How the scores move with an event of each group, and that times the common hazard."""
    weight = moment.weight
    total = weight.sum()
    direct: Numbers = np.diag(weight) - np.outer(weight, weight) / total
    left = 1 - moment.pooled
    if np.count_nonzero(weight) < 2 or abs(left) < _SINGULAR:  # one group alone moves no score
        return direct, np.zeros_like(direct)
    return direct, direct * moment.events.sum() / (total * left)
