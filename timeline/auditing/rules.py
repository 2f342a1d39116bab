"""The audit rules, each a row. A new one is a row here and a function beside the others."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.cohort import (
    look_at_adverse_events,
    look_at_calendar,
    look_at_longest_follow_up,
    look_at_most_common,
    look_at_response_rates,
)
from timeline.auditing.cycles import judge_cycles
from timeline.auditing.dates import judge_date
from timeline.auditing.durations import judge_endpoint, judge_interval
from timeline.auditing.joint import look_jointly
from timeline.auditing.percents import look_at_percents
from timeline.auditing.repeats import look_for_repeats
from timeline.auditing.responses import judge_response
from timeline.auditing.rule import Evidence, Rule, Severity, each
from timeline.auditing.verdict import Verdict
from timeline.source import DURATIONS

_durations = each((kind for kind in DURATIONS if kind != "interval"), judge_endpoint)
_intervals = each(("interval",), judge_interval)


def _together(evidence: Evidence) -> Iterator[Verdict]:
    weighed = (*_durations(evidence), *_intervals(evidence))
    return look_jointly(evidence, weighed)


RULES = (
    Rule(
        id="C01",
        checks="a printed endpoint against the one that the rules derive from the dates",
        formula="end less start over every allowed pair of days, in the printed unit, meets the "
        "range that the print can stand for",
        severity=Severity.ERROR,
        source="GRIM idea (Brown and Heathers 2017) on intervals; definitions: FDA 2018, "
        "Eisenhauer 2009, Seymour 2017",
        fires="PFS 8.4 months per iRECIST, first iUPD 3.98 to 5.95 months after the start",
        silent="PFS 4 months, dates 3.06 to 4.99 months",
        look=_durations,
    ),
    Rule(
        id="C27",
        checks="a printed time between two events",
        formula="as C01, between the two events that the claim names",
        severity=Severity.ERROR,
        source="as C01",
        fires="metastases within 8 months of an event that lies 10.05 to 11.99 months before",
        silent="treated again after 14 months, dates 13.01 to 14.98 months",
        look=_intervals,
    ),
    Rule(
        id="C04",
        checks="all printed durations of a patient at once, with the dates and the order of events",
        formula="a simple temporal network has no negative circle; C05: below 10 % of the day "
        "assignments, and below half of the product of the shares of each print alone",
        severity=Severity.WARNING,
        source="Dechter, Meiri, Pearl 1991, Artificial Intelligence 49:61",
        fires="two prints each possible alone, whose shared date would have to be two days",
        silent="prints that hold together in a third of the assignments",
        look=_together,
    ),
    Rule(
        id="C12",
        checks="a printed number of cycles against the time from the first day to the last",
        formula="(n - 1) x length of a cycle is at most end less start",
        severity=Severity.ERROR,
        source="arithmetic of schedules",
        fires="seven cycles of 3 weeks (126 days) within 93 days",
        silent="two cycles of 3 weeks within 93 days",
        look=each(("count",), judge_cycles),
    ),
    Rule(
        id="C19",
        checks="a printed date against the date of the event it speaks of",
        formula="the days of the record meet the days of the print",
        severity=Severity.ERROR,
        source="case catalogue: text and legend must date a panel alike",
        fires="a legend that says September 2021 of a scan that the text places in May 2021",
        silent="February 2022 in text and legend",
        look=each(("date",), judge_date),
    ),
    Rule(
        id="C30",
        checks="what the authors called a response against what the findings give",
        formula="the call is among the labels that the tables allow",
        severity=Severity.ERROR,
        source="Eisenhauer 2009 Tables 1 and 2; Seymour 2017 Table 2",
        fires="a legend that says PD of a scan on which the targets shrank",
        silent="iUPD for a scan with a new lesion",
        look=each(("response",), judge_response),
    ),
    Rule(
        id="C26",
        checks="a figure, name, side or line ordinal printed at several places is printed alike",
        formula="numbers can be the same number; words are the same, or say less",
        severity=Severity.WARNING,
        source="case catalogue: abstract, text, legends, tables (C11, C16, C17, C20, C21, C36)",
        fires="a tumour of the right femur that is on the left in the pathology",
        silent="20.0 % in the text and 20 % in the table",
        look=look_for_repeats,
        yields=True,
    ),
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
