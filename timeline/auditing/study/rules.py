"""The rules of a study's figures, each a row. A new one is a row here and a function beside."""

from __future__ import annotations

from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.cohort import (
    look_at_adverse_events,
    look_at_calendar,
    look_at_longest_follow_up,
    look_at_most_common,
    look_at_response_rates,
)
from timeline.auditing.study.percents import look_at_percents

STUDY_RULES = (
    Rule(
        id="K01",
        checks="a percentage against its count and denominator",
        formula="100 k / n rounds to the print; K02: or is cut to it",
        severity=Severity.ERROR,
        source="GRIM with percentages: Brown and Heathers 2017, doi:10.1177/1948550616673876",
        fires="42.2 % for 3 of 7, which is 42.9 %",
        silent="46.7 % for 7 of 15",
        look=look_at_percents,
    ),
    Rule(
        id="K07",
        checks="ORR and DCR against the counts of best responses",
        formula="ORR = (CR + PR) / n, DCR = (CR + PR + SD) / n",
        severity=Severity.ERROR,
        source="RECIST 1.1, doi:10.1016/j.ejca.2008.10.026, section 4.3",
        fires="DCR 80 % with 11 of 15 patients in CR, PR or SD",
        silent="DCR 73.3 % with 1 PR and 10 SD of 15",
        look=look_at_response_rates,
    ),
    Rule(
        id="K09",
        checks="a median that was reached, and its upper limit, against the longest follow-up",
        formula="median at most the longest time observed, from the same origin; K11: so its limit",
        severity=Severity.WARNING,
        source="Brookmeyer and Crowley 1982, doi:10.2307/2530286",
        fires="median OS 26 months with a longest follow-up of 22.3",
        silent="median PFS 14.2 months, limit 17.4, longest follow-up 22.3",
        look=look_at_longest_follow_up,
    ),
    Rule(
        id="K10",
        checks="a time of a cohort against the calendar: first enrolment to the cut-off",
        formula="time at most cut-off less start of the study, in days",
        severity=Severity.ERROR,
        source="counting; the origin of the time must be named",
        fires="median OS 26 months from treatment, April 2022 to April 2024",
        silent="median PFS 14.2 months in the same study",
        look=look_at_calendar,
    ),
    Rule(
        id="K30",
        checks="a table of adverse events: totals, and patients with grade 3 to 4 (K31)",
        formula="grades sum to the total; largest row <= patients <= min(n, sum of rows)",
        severity=Severity.ERROR,
        source="counting",
        fires="grades 2, 1, 1, 1 with a total of 6",
        silent="grades 2, 1, 1, 1 with a total of 5",
        look=look_at_adverse_events,
    ),
    Rule(
        id="K33",
        checks="the adverse events that a text calls most common against the table",
        formula="none that is left out is more frequent than one that is named",
        severity=Severity.ERROR,
        source="counting",
        fires="rash named, with nausea in more patients",
        silent="the three largest rows named",
        look=look_at_most_common,
    ),
)
