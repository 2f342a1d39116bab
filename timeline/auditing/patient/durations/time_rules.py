"""Rules of printed dates and times, each by itself or against another print."""

from __future__ import annotations

from timeline.auditing.patient.dates.calendar_days import look_at_calendar_days
from timeline.auditing.patient.dates.dates import judge_date
from timeline.auditing.patient.durations.censoring import (
    look_at_anchor,
    look_at_ceiling,
    look_at_censored,
    look_at_last_contact,
    look_at_origins,
)
from timeline.auditing.patient.durations.durations import judge_endpoint, judge_interval
from timeline.auditing.patient.durations.printed_times import look_at_parts
from timeline.auditing.patient.durations.single_patient import (
    look_at_hedges,
    look_at_ratios,
    look_at_statistics,
)
from timeline.auditing.patient.durations.sums_of_lines import look_at_sums
from timeline.auditing.rule import Rule, Severity, each
from timeline.report.claims import DURATIONS

_FDA = "FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics"

TIME_RULES = (
    Rule(
        id="C01",
        reproduces=True,
        checks="a printed endpoint against the one that the rules derive from the dates",
        formula="end less start over every allowed pair of days, in the printed unit, meets the "
        "range that the print can stand for",
        severity=Severity.ERROR,
        vague=True,
        source="GRIM idea (Brown and Heathers 2017) on intervals; definitions: FDA 2018, "
        "Eisenhauer 2009, Seymour 2017",
        example_fail="PFS 8.4 months per iRECIST, first iUPD 3.98 to 5.95 months after the start",
        example_ok="PFS 4 months, dates 3.06 to 4.99 months",
        look=each((kind for kind in DURATIONS if kind != "interval"), judge_endpoint),
    ),
    Rule(
        id="C27",
        reproduces=True,
        checks="a printed time between two events",
        formula="as C01, between the two events that the claim names",
        severity=Severity.ERROR,
        vague=True,
        source="as C01",
        example_fail="metastases within 8 months of an event that lies 10.05 to 11.99 months "
        "before",
        example_ok="treated again after 14 months, dates 13.01 to 14.98 months",
        look=each(("interval",), judge_interval),
    ),
    Rule(
        id="C19",
        reproduces=True,
        checks="a printed date against the date of the event it speaks of",
        formula="the days of the record meet the days of the print",
        severity=Severity.ERROR,
        vague=True,
        source="case catalogue: text and legend must date a panel alike",
        example_fail="a legend that says September 2021 of a scan that the text places in May 2021",
        example_ok="February 2022 in text and legend",
        look=each(("date",), judge_date),
    ),
    Rule(
        id="C02",
        checks="the word before a number: nearly, over, more than, within",
        formula="the number without the word is reproduced, with it not",
        severity=Severity.WARNING,
        source="common usage; see timeline/core/printed_numbers.py, HEDGES",
        example_fail="over 22 weeks for 152 days, which are 21.7 weeks",
        example_ok="nearly 22 weeks for the same",
        look=look_at_hedges,
        yields=True,
        supersedes=("C01", "C27"),
    ),
    Rule(
        id="C06",
        checks="the printed times to progression of lines in a row against the time for them",
        formula="the sum of the least that they round from is at most the last end less the first "
        "start; contradicted where it is more by any convention of months, and each line "
        "progressed before the next",
        severity=Severity.WARNING,
        source="counting",
        example_fail="5.0 and 6.5 months, at least 4.95 + 6.45 = 11.4, within at most 11.33",
        example_ok="5 and 6.5 months, at least 4.5 + 6.45 = 10.95, within the same",
        look=look_at_sums,
        yields=True,
    ),
    Rule(
        id="C07",
        checks="no printed part is longer than its whole: PFS and OS, TTR and PFS, PFS and TTNT",
        formula="part <= whole, each rounded, cut or raised; DoR = PFS - TTR",
        severity=Severity.ERROR,
        source=_FDA,
        example_fail="PFS 13 months and OS 10 months",
        example_ok="PFS 10 months and OS 10 months",
        look=look_at_parts,
        yields=True,
    ),
    Rule(
        id="C08",
        checks="a time printed as reached, of an endpoint whose event is not on record",
        formula="the outcome is censored and the print is no lower bound",
        severity=Severity.WARNING,
        source=_FDA + ", censoring",
        example_fail="PFS was 16 months, no progression on record",
        example_ok="PFS of at least 16 months, no progression on record",
        look=look_at_censored,
        yields=True,
    ),
    Rule(
        id="C09",
        reproduces=True,
        checks="which date ends a PFS by iRECIST",
        formula="the first iUPD of the block reproduces the print, not only its iCPD",
        severity=Severity.ERROR,
        source="Seymour 2017, Lancet Oncol 18:e143, statistical considerations",
        example_fail="8.4 months, iUPD at 3.98 to 5.95, iCPD at 7.00 to 8.97",
        example_ok="4.9 months, iUPD at 3.98 to 5.95",
        look=look_at_anchor,
        yields=True,
    ),
    Rule(
        id="C23",
        checks="from which origin an OS of the patient is counted",
        formula="the share of days that reproduce it, from each origin in use",
        severity=Severity.WARNING,
        source=_FDA + ", Overall survival; the origin is a choice and must be named",
        example_fail="OS over 60 months: 19 % of the days from diagnosis, more from first symptom",
        example_ok="OS 6.3 months, 192 days from diagnosis",
        look=look_at_origins,
        yields=True,
    ),
    Rule(
        id="C31",
        checks="a median or a mean in the report of one patient",
        formula="n = 1",
        severity=Severity.ERROR,
        source="a statistic of a group needs a group",
        example_fail="a median interval of 14 months of one patient",
        example_ok="an interval of 14 months",
        look=look_at_statistics,
        yields=True,
    ),
    Rule(
        id="C32",
        reproduces=True,
        checks="a printed PFS ratio or growth modulation index",
        formula="time of the line / time of the line before, as ranges; censored: a lower bound",
        severity=Severity.NOTE,
        source="von Hoff 2010, J Clin Oncol 28:4877; Penel 2013, Ann Oncol 24:537",
        example_fail="a PFS ratio of 3 with PFS 8 and 4 months",
        example_ok="a PFS ratio of 2 with PFS 8 and 4 months",
        look=look_at_ratios,
        yields=True,
    ),
    Rule(
        id="C33",
        checks="a patient who is alive, with no day of last contact",
        formula="last contact is on record to a month",
        severity=Severity.NOTE,
        source="CARE guidelines 2013, follow-up and outcomes",
        example_fail="alive until now, last imaging ten months before acceptance",
        example_ok="alive at the last visit of 9 June 2023",
        look=look_at_last_contact,
        yields=True,
    ),
    Rule(
        id="C34",
        checks="a time without an end on record against the dates of the report",
        formula="at most acceptance less origin; possible where only after receipt",
        severity=Severity.ERROR,
        source="calendar",
        example_fail="OS over 70 months, 62.7 months from diagnosis to acceptance",
        example_ok="OS over 50 months, the same dates",
        look=look_at_ceiling,
        yields=True,
    ),
    Rule(
        id="C35",
        checks="dates that are not on the calendar, on another weekday, or after the report",
        formula="proleptic Gregorian calendar; a date is at most the publication",
        severity=Severity.ERROR,
        source="calendar",
        example_fail="30 February 2020; Monday, 5 December 2018, a Wednesday",
        example_ok="Wednesday, 5 December 2018",
        look=look_at_calendar_days,
        yields=True,
    ),
)
