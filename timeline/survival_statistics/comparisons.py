"""The numbers that compare groups: tests, and hazard ratios of Cox models."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from timeline.core.problem import near
from timeline.statistics.survival.gray import gray_test
from timeline.statistics.survival.log_rank import log_rank
from timeline.statistics.survival.product_limit import (
    mean_difference,
    product_limit,
    restricted_mean,
)
from timeline.statistics.survival.proportional_hazards import cox_model
from timeline.survival_statistics.options import StatisticsOptions
from timeline.survival_statistics.statistic import STRATIFIED, Statistic, statistics
from timeline.survival_statistics.table import Patients

_RHO = {"log_rank": 0, "fleming_harrington": 1}


def reference_of(patients: Patients, options: StatisticsOptions) -> str:
    """The group that the others are compared with: the first by name unless one is chosen.

    Raises:
        ValueError: no group has the name, or there are no groups.
    """
    if not options.reference:
        return patients.names[0] if patients.groups else ""
    if not patients.groups:
        raise ValueError(
            f"reference: {options.reference!r}, and no column of groups (name one: by)"
        )
    if options.reference not in patients.names:
        known = near(options.reference, patients.names)
        raise ValueError(f"reference: no group {options.reference!r} ({known})")
    return options.reference


def comparison_statistics(patients: Patients, options: StatisticsOptions) -> Iterator[Statistic]:
    """The numbers that compare the groups; those in strata too, where there are strata."""
    reference = reference_of(patients, options)
    if len(patients.names) < 2:
        return
    if options.tau is not None and not patients.has_competing:
        yield from _differences(patients, options, options.tau, reference)
    for strata in (None, patients.strata) if patients.strata else (None,):
        yield from _of_strata(patients, options, reference, strata)
    if patients.has_competing:
        times = [Fraction(float(time)) for time in patients.times]
        found = gray_test(times, [int(code) for code in patients.codes], patients.groups)
        values = {
            "statistic": found and found.statistic,
            "df": found and found.df,
            "p.value": found and found.p,
        }
        yield from statistics("gray", patients.endpoint, values,
                              reason="no two groups can be compared")  # fmt: skip


def _differences(
    patients: Patients, options: StatisticsOptions, tau: float, reference: str
) -> Iterator[Statistic]:
    """The restricted mean of each other group less that of the reference."""
    means = {}
    for name in patients.names:
        own = patients.of_group(name)
        means[name] = restricted_mean(product_limit(patients.times[own], patients.events[own]), tau)
    for name in patients.names:
        if name == reference:
            continue
        gap = mean_difference(means[reference], means[name], options.level / 100)
        values = {"estimate": gap.difference, "std.error": gap.error, "conf.low": gap.low,
                  "conf.high": gap.high, "p.value": gap.p}  # fmt: skip
        yield from statistics("restricted_mean_difference", patients.endpoint, values, group=name,
                              level=tau, reason="a mean has no variance")  # fmt: skip


def _of_strata(
    patients: Patients,
    options: StatisticsOptions,
    reference: str,
    strata: tuple[str, ...] | None,
) -> Iterator[Statistic]:
    suffix = STRATIFIED if strata else ""
    variable = patients.endpoint
    for context, rho in _RHO.items():
        test = log_rank(patients.times, patients.events, patients.groups, strata, rho)
        values = {"statistic": test.statistic, "df": test.df, "p.value": test.p}
        yield from statistics(context + suffix, variable, values, reason=test.reason)
        for name in patients.names:
            place = test.names.index(name)
            counts = {"observed": test.observed[place], "expected": test.expected[place]}
            yield from statistics(context + suffix, variable, counts, group=name)
    model = cox_model(
        patients.times, patients.events, patients.groups,
        reference=reference, strata=strata, ties=options.ties, level=Fraction(options.level) / 100,
    )  # fmt: skip
    by_name = {each.name: each for each in model.ratios}
    for name in patients.names:
        if name != reference:
            ratio = by_name[name]
            numbers = {
                "hazard.ratio": ratio.ratio, "conf.low": ratio.low, "conf.high": ratio.high,
                "coefficient": ratio.log, "std.error": ratio.error, "statistic": ratio.z,
                "p.value": ratio.p,
            }  # fmt: skip
            yield from statistics(f"cox{suffix}", variable, numbers, group=name,
                                  reason=ratio.reason)  # fmt: skip
    for kind, found in (
        ("wald", model.wald), ("score", model.score),
        ("likelihood_ratio", model.likelihood_ratio),
    ):  # fmt: skip
        values = {"statistic": found.statistic, "df": found.df, "p.value": found.p}
        yield from statistics(f"cox_{kind}{suffix}", variable, values, reason=found.reason)
