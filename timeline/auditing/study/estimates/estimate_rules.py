"""Rules of estimates: limits, p values, means and spreads, each a row."""

from __future__ import annotations

from timeline.auditing.claims.cohort import of_own, of_own_each
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.estimates.confidence_limits import (
    look_at_limits_of_means,
    look_at_limits_of_shares,
    look_at_widths,
)
from timeline.auditing.study.estimates.hypothesis_tests import (
    look_at_impossible_prints,
    look_at_ratios_of_counts,
    look_at_tests,
    look_at_two_groups,
)
from timeline.auditing.study.estimates.individual_values import (
    look_at_single_values,
    look_at_totals_and_medians,
    look_for_means_as_medians,
)
from timeline.auditing.study.estimates.means import look_at_two_means
from timeline.auditing.study.estimates.precision import (
    look_at_widths_of_rates,
    look_at_widths_of_ratios,
)
from timeline.auditing.study.estimates.ratios import (
    look_at_medians_and_ratios,
    look_at_ratios,
    look_at_reductions,
)
from timeline.auditing.study.estimates.summaries import (
    look_at_means,
    look_at_parity,
    look_at_quartiles,
    look_at_ranges,
    look_at_ranges_alone,
    look_at_spreads,
)

STATCHECK = "statcheck: Nuijten et al. 2016, doi:10.3758/s13428-015-0664-2"

ESTIMATE_RULES = (
    Rule(
        id="K14",
        checks="the limits of a mean: evenly about it, and as wide as spread and number make them",
        formula="mean = (L + U) / 2, or mean squared = L U; (U - L) / 2 = t SD / root(n), or z",
        severity=Severity.WARNING,
        source="Altman and Bland 2005, doi:10.1136/bmj.331.7521.903; geometric means lie evenly on "
        "the log scale; limits of a median need neither and are left out",
        example_fail="55 (50 to 57); 55 (54.9 to 55.1) with SD 10 of 15",
        example_ok="55 (49.5 to 60.5) with SD 10 of 15",
        look=of_own(look_at_limits_of_means),
    ),
    Rule(
        id="K15",
        checks="the width of the limits of a median against the number of events",
        formula="(U - L) / 2 z a third or more of median / sqrt(d)",
        severity=Severity.NOTE,
        source="the standard error with a constant rate; a rough bound",
        example_fail="26 (22.2 to 29.7) with 4 deaths: 1.9 against 13",
        example_ok="26 (13 to 52) with 4 deaths",
        look=of_own(look_at_widths),
        yields=True,
    ),
    Rule(
        id="K16",
        checks="the median of whole numbers",
        formula="a whole number for n odd, at most a half for n even",
        severity=Severity.ERROR,
        source="counting; possible at best where only custom says that ages are whole",
        example_fail="a median of 3.5 cycles in 15 patients",
        example_ok="a median age of 55 in 15 patients",
        look=of_own(look_at_parity),
        yields=True,
    ),
    Rule(
        id="K17",
        reproduces=True,
        checks="a mean that is called a median; a mean against the total",
        formula="sum of the values / n, or a printed total / n, prints as the median does; the "
        "mean is total / n",
        severity=Severity.ERROR,
        source="arithmetic; of a total possible where a median of whole numbers can be it too",
        example_fail="a median of 9 of the values 1, 2, 24; of 12.7 with a total of 190 of 15",
        example_ok="a median of 2 of the same; of 12 with a total of 190 of 15",
        look=of_own_each(look_for_means_as_medians, look_at_totals_and_medians),
        yields=True,
    ),
    Rule(
        id="K22",
        checks="a ratio, its limits and its p value",
        formula="ln ratio = (ln L + ln U) / 2 within 0.2 (half width)^2; p = 2 (1 - Phi(|z|))",
        severity=Severity.ERROR,
        source="Altman and Bland 2011, doi:10.1136/bmj.d2304",
        example_fail="HR 0.55 (0.44 to 0.70) with p 0.2",
        example_ok="HR 0.55 (0.44 to 0.70) with p < 0.001",
        look=of_own(look_at_ratios),
    ),
    Rule(
        id="K23",
        checks="a hazard ratio beside the ratio of the medians",
        formula="median of control / median of treated, with constant rates; on one side of 1",
        severity=Severity.NOTE,
        source="exponential survival; never a fault, for curves may cross",
        example_fail="HR 1.64 of A than B, with 9.8 months in A and 6.1 in B (possible)",
        example_ok="HR 0.33 with 6.27 against 1.47 months",
        look=of_own(look_at_medians_and_ratios),
        yields=True,
    ),
    Rule(
        id="K24",
        reproduces=True,
        checks="a reduction of risk against its ratio",
        formula="100 (1 - ratio)",
        severity=Severity.ERROR,
        source="arithmetic",
        example_fail="reduced by 45 %, HR 0.65",
        example_ok="reduced by 67 %, HR 0.33",
        look=of_own(look_at_reductions),
    ),
    Rule(
        id="K25",
        reproduces=True,
        checks="the limits of a percentage of the patients: which method gives them",
        formula="Clopper-Pearson, Wilson, corrected Wilson, Wald, Agresti-Coull, Jeffreys",
        severity=Severity.WARNING,
        source="Newcombe 1998, Stat. Med. 17:857-872; contradicted beyond all of them",
        example_fail="20 % (15 to 25) of 15",
        example_ok="20.0 % (4.3 to 48.1) of 15: Clopper-Pearson",
        look=of_own(look_at_limits_of_shares),
    ),
    Rule(
        id="K26",
        checks="a mean, and an SD, of whole numbers",
        formula="a whole total / n; a whole sum of squares, odd where the total is",
        severity=Severity.ERROR,
        source="GRIM, doi:10.1177/1948550616673876; GRIMMER, doi:10.7287/peerj.preprints.2400v1",
        example_fail="a mean of 5.19 of 28 whole numbers",
        example_ok="a mean of 5.18 of 28 whole numbers: 145 / 28",
        look=of_own(look_at_means),
        yields=True,
    ),
    Rule(
        id="K27",
        checks="an SD, or a standard error, against mean and range",
        formula="SD^2 <= (max - mean)(mean - min) n / (n - 1); >= (max - min)^2 / 2 (n - 1); "
        "SD^2 = n SE^2",
        severity=Severity.ERROR,
        source="Bhatia and Davis 2000, doi:10.1080/00029890.2000.12005203",
        example_fail="SD 20 with mean 55, range 41 to 75, n 15",
        example_ok="SD 10 with the same",
        look=of_own(look_at_spreads),
        yields=True,
    ),
    Rule(
        id="K28",
        reproduces=True,
        checks="a p value against its test statistic",
        formula="p of z, t, r, chi-squared, Q or F over the range of the rounded statistic",
        severity=Severity.ERROR,
        source=STATCHECK,
        example_fail="t(28) = 2.2, p 0.5",
        example_ok="t(28) = 2.2, p 0.036",
        look=of_own(look_at_tests),
    ),
    Rule(
        id="K29",
        reproduces=True,
        checks="a p value, an odds ratio or a relative risk against the counts of two groups",
        formula="Fisher's exact test, chi-squared with and without Yates' correction; "
        "OR = a d / b c, RR = a (c + d) / c (a + b)",
        severity=Severity.ERROR,
        source=STATCHECK + "; contradicted where every test decides otherwise. Ratios: Bland and "
        "Altman 2000, doi:10.1136/bmj.320.7247.1468; contradicted where called crude",
        example_fail="p 0.01 for 5 of 15 and 6 of 15",
        example_ok="p 1.0 for 5 of 15 and 6 of 15",
        look=of_own_each(look_at_two_groups, look_at_ratios_of_counts),
    ),
    Rule(
        id="K46",
        checks="median or mean within its range, ages within the limits of inclusion",
        formula="inclusion <= min <= median <= max <= inclusion",
        severity=Severity.ERROR,
        source="order",
        example_fail="median 55, range 57 to 75",
        example_ok="median 55, range 41 to 75",
        look=of_own_each(look_at_ranges, look_at_ranges_alone, look_at_quartiles),
        yields=True,
    ),
    Rule(
        id="K48",
        reproduces=True,
        checks="a median, mean, range, rate over time or number of events against the figure of "
        "each patient",
        formula="recomputed from the values, the ends of a range too; as many values as patients; "
        "of an endpoint the Kaplan-Meier curve, 12+ censored",
        severity=Severity.ERROR,
        source="order statistics; Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452; the "
        "other medians in use are tried before one is contradicted",
        example_fail="a range of 1 to 20 of the values 1, 2, 24; 5 events of 2, 4+, 6, 8, 10+, 12",
        example_ok="a median of 2 of the former; a rate of 62.5 % at 6 months of the latter",
        look=of_own(look_at_single_values),
    ),
    Rule(
        id="K50",
        checks="what no such figure can be, whatever the data",
        formula="0 <= p <= 1; 0 <= share <= 100 %; ratio > 0; SD, time, count >= 0; |r| <= 1; "
        "lower limit <= upper limit; what no reader takes is not checkable",
        severity=Severity.ERROR,
        source="definitions; p = 0.000: Lang and Altman 2015, SAMPL guidelines, "
        "doi:10.1016/j.ijnurstu.2014.09.006",
        example_fail="p 1.2; an SD of -3; 120 % of the patients; limits 17.4 to 11.1",
        example_ok="p 1.0; limits -3.1 to 23.1 of 10 % (possible: not cut at 0)",
        look=look_at_impossible_prints,
    ),
    Rule(
        id="K51",
        checks="the limits of a hazard ratio against the number of events",
        formula="(ln U - ln L) / 2 z >= 2 / root(d)",
        severity=Severity.ERROR,
        source="Schoenfeld 1983, doi:10.2307/2531021; possible within a fifth of it, and of a "
        "ratio that is not said to be of two groups",
        example_fail="HR 0.50 (0.45 to 0.556) of 20 events: 0.054 against 0.447",
        example_ok="HR 0.50 (0.21 to 1.20) of 20 events: 0.445",
        look=of_own(look_at_widths_of_ratios),
    ),
    Rule(
        id="K52",
        checks="the limits of a rate over time against the number of patients",
        formula="Greenwood's variance >= S (1 - S) / n, in limits plain, log, log-log, logit, "
        "arcsine, Wilson",
        severity=Severity.ERROR,
        source="Greenwood 1926; Kalbfleisch and Prentice 1980; Rothman 1978",
        example_fail="50 % (49 to 51) of 20: 28.1 to 71.9 are the narrowest",
        example_ok="50 % (27 to 69) of 20",
        look=of_own(look_at_widths_of_rates),
    ),
    Rule(
        id="K53",
        reproduces=True,
        checks="a p value against mean, spread and number of two groups",
        formula="t = (m1 - m2) / SE, Student and Welch; z; SD or SE",
        severity=Severity.ERROR,
        source="Welch 1947, doi:10.1093/biomet/34.1-2.28; contradicted where a t test is named, "
        "or the z of p lies more than 3 off",
        example_fail="p 0.85, 55 (SD 5) of 50 against 60 (SD 5) of 50, by t test",
        example_ok="p < 0.001 of the same",
        look=of_own(look_at_two_means),
    ),
)
