"""The rules of one patient, each a row. A new one is a row and a function beside the others."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.patient.cycles import judge_cycles
from timeline.auditing.patient.dates import judge_date
from timeline.auditing.patient.durations import judge_endpoint, judge_interval
from timeline.auditing.patient.joint import look_jointly
from timeline.auditing.patient.responses import judge_response
from timeline.auditing.rule import Evidence, Rule, Severity, each
from timeline.auditing.verdict import Verdict
from timeline.source import DURATIONS

_durations = each((kind for kind in DURATIONS if kind != "interval"), judge_endpoint)
_intervals = each(("interval",), judge_interval)


def _together(evidence: Evidence) -> Iterator[Verdict]:
    weighed = (*_durations(evidence), *_intervals(evidence))
    return look_jointly(evidence, weighed)


PATIENT_RULES = (
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
)
