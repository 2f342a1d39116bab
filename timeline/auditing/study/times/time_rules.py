"""Rules of follow-up, medians and rates over time, each a row."""

from __future__ import annotations

from timeline.auditing.claims.cohort import of_own, of_own_each
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.times.calendar import (
    look_at_calendar,
    look_at_last_assessment,
    look_at_longest_follow_up,
    look_at_upper_limit,
)
from timeline.auditing.study.times.crude_bounds import look_at_crude_bounds
from timeline.auditing.study.times.follow_up import (
    look_at_first_patients,
    look_at_kinds_of_follow_up,
    look_at_shortest_follow_up,
)
from timeline.auditing.study.times.os_and_pfs import (
    look_at_events_of_os_and_pfs,
    look_at_os_and_pfs,
    look_at_rates_of_os_and_pfs,
)
from timeline.auditing.study.times.risk_tables import (
    look_at_numbers_at_risk,
    look_at_rates_and_numbers,
)
from timeline.auditing.study.times.survival import (
    look_at_censoring,
    look_at_landmarks,
    look_at_order,
    look_at_rates_and_medians,
    look_at_reach,
)

KAPLAN_MEIER = "Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452"

TIME_RULES = (
    Rule(
        id="K09",
        checks="a median that was reached against the longest follow-up",
        formula="median at most the longest time observed, from the same origin",
        severity=Severity.ERROR,
        source="Brookmeyer and Crowley 1982, doi:10.2307/2530286",
        example_fail="median OS 26 months from treatment with a longest follow-up of 22.3",
        example_ok="median PFS 14.2 months with a longest follow-up of 22.3",
        look=of_own(look_at_longest_follow_up),
        yields=True,
    ),
    Rule(
        id="K10",
        checks="a time of a cohort against the calendar: first enrolment to the cut-off",
        formula="time at most cut-off less start of the study, in days; cut-off before receipt; "
        "one start and one end at every place, the end after the start",
        severity=Severity.ERROR,
        source="counting; the origin of the time must be named",
        example_fail="median OS 26 months from treatment, April 2022 to April 2024",
        example_ok="median PFS 14.2 months in the same study",
        look=look_at_calendar,
    ),
    Rule(
        id="K11",
        checks="the upper limit of a median against the longest follow-up",
        formula="a Brookmeyer-Crowley limit is a time observed; estimate + z SE may lie beyond",
        severity=Severity.WARNING,
        source="Brookmeyer and Crowley 1982, doi:10.2307/2530286",
        example_fail="upper limit 29.7 with a longest follow-up of 22.3",
        example_ok="upper limit 17.4 with a longest follow-up of 22.3",
        look=of_own(look_at_upper_limit),
        yields=True,
    ),
    Rule(
        id="K12",
        checks="whether so few events let a median be reached, or so many let it not be",
        formula="survival ends at (n - d) / n at most, at 0 where all others are censored first",
        severity=Severity.ERROR,
        source=KAPLAN_MEIER,
        example_fail="a median OS with no death; or none, with 9 deaths of 15",
        example_ok="a median OS with 8 deaths of 15",
        look=of_own(look_at_reach),
        yields=True,
    ),
    Rule(
        id="K13",
        checks="how many must be censored before a median that few events reach",
        formula="n - 2 d at least",
        severity=Severity.NOTE,
        source=KAPLAN_MEIER,
        example_fail="a median OS with 4 deaths of 15: 7 censored before it (possible)",
        example_ok="a median OS with 8 deaths of 15",
        look=of_own(look_at_censoring),
        yields=True,
    ),
    Rule(
        id="K18",
        checks="a rate at a time against the median of the same endpoint",
        formula="S(t) > 50 % exactly before the median",
        severity=Severity.ERROR,
        source=KAPLAN_MEIER,
        example_fail="44 % free of progression at 12 weeks, median 5.6 months",
        example_ok="58.8 % at 24 weeks, median 27.9 weeks",
        look=of_own(look_at_rates_and_medians),
        yields=True,
    ),
    Rule(
        id="K19",
        checks="a rate before anybody was censored is a share of the patients",
        formula="k / n up to the shortest follow-up; not checked beyond it",
        severity=Severity.NOTE,
        source=KAPLAN_MEIER,
        example_fail="63 % of 13 at 3 months, everybody followed for 6",
        example_ok="63 % of 13 at 12 months, the shortest follow-up 6",
        look=of_own(look_at_landmarks),
        yields=True,
    ),
    Rule(
        id="K20",
        checks="rates in order of time, OS beside PFS, an estimate between its limits",
        formula="S(t1) >= S(t2) for t1 < t2; OS(t) >= PFS(t); low <= estimate <= high",
        severity=Severity.ERROR,
        source="a survival curve never rises",
        example_fail="OS 35 % at 5 years, 50 % at 10",
        example_ok="OS 50 % at 5 years, 35 % at 10",
        look=of_own_each(look_at_order, look_at_rates_of_os_and_pfs),
        yields=True,
    ),
    Rule(
        id="K21",
        checks="median OS against median PFS; deaths against events of PFS",
        formula="median OS >= median PFS, where both have one origin; deaths <= events of PFS, "
        "possible where censored before",
        severity=Severity.ERROR,
        source="death ends both; never compared where two origins are named",
        example_fail="median PFS 14.2, median OS 12 months, both from treatment",
        example_ok="median PFS 14.2, median OS 26 months",
        look=of_own_each(look_at_os_and_pfs, look_at_events_of_os_and_pfs),
        yields=True,
    ),
    Rule(
        id="K37",
        checks="the patient enrolled last reaches the assessment before the data are cut",
        formula="last enrolment + time to the assessment <= cut-off",
        severity=Severity.ERROR,
        source="counting",
        example_fail="assessed at 12 weeks, enrolled to March, cut in April",
        example_ok="assessed at 12 weeks, enrolled to November, cut in April",
        look=of_own(look_at_last_assessment),
        yields=True,
    ),
    Rule(
        id="K38",
        checks="the shortest follow-up against the patient enrolled last, the longest against the "
        "first",
        formula="shortest follow-up <= cut-off - last enrolment; longest >= cut-off - first, or "
        "possible: nobody of the first was followed so long",
        severity=Severity.NOTE,
        source="counting",
        example_fail="all followed for 12 months, the last enrolled 5 months before the cut-off",
        example_ok="at least 4.1 months, the last enrolled 4 to 6 months before",
        look=of_own_each(look_at_shortest_follow_up, look_at_first_patients),
        yields=True,
    ),
    Rule(
        id="K39",
        checks="two medians of follow-up, naive and reverse Kaplan-Meier",
        formula="naive <= reverse",
        severity=Severity.NOTE,
        source="Schemper and Smith 1996, doi:10.1016/0197-2456(96)00075-X",
        example_fail="18.0 months naive, 16.9 reverse",
        example_ok="16.9 months naive, 18.0 reverse",
        look=of_own(look_at_kinds_of_follow_up),
        yields=True,
    ),
    Rule(
        id="K49",
        checks="numbers at risk",
        formula="starts at n, never rises; later numbers / n are no more than the rate or 1/2",
        severity=Severity.ERROR,
        source="Guyot et al. 2012, doi:10.1186/1471-2288-12-9",
        example_fail="15, 9, 10, 2",
        example_ok="15, 9, 4, 2 of 15",
        look=of_own_each(look_at_numbers_at_risk, look_at_rates_and_numbers),
    ),
    Rule(
        id="K54",
        checks="a rate over time against the counts of those with the event and those free of it",
        formula="k / n <= S(t) <= 1 - d / n",
        severity=Severity.ERROR,
        source="Efron 1967, Proc 5th Berkeley Symp 4:831: censored shares go to those who stay",
        example_fail="OS 90 % at 12 months with 8 deaths of 20 by then",
        example_ok="OS 58 % at 12 months with the same",
        look=of_own(look_at_crude_bounds),
        yields=True,
    ),
)
