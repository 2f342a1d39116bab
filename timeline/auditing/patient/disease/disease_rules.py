"""Rules of the disease: responses, sizes, laboratory values, and the age of the patient."""

from __future__ import annotations

from timeline.auditing.patient.dates.ages import look_at_ages
from timeline.auditing.patient.disease.categories import look_at_categories, look_at_confirmation
from timeline.auditing.patient.disease.changes import look_at_changes
from timeline.auditing.patient.disease.labs import look_at_units
from timeline.auditing.patient.disease.responses import judge_response
from timeline.auditing.patient.disease.sizes import look_at_sizes
from timeline.auditing.rule import Rule, Severity, each

DISEASE_RULES = (
    Rule(
        id="C30",
        reproduces=True,
        checks="what the authors called a response against what the findings give",
        formula="the call is among the labels that the tables allow",
        severity=Severity.ERROR,
        vague=True,
        source="Eisenhauer 2009 Tables 1 and 2; Seymour 2017 Table 2",
        example_fail="a legend that says PD of a scan on which the targets shrank",
        example_ok="iUPD for a scan with a new lesion",
        look=each(("response",), judge_response),
    ),
    Rule(
        id="C10",
        checks="how long after an iUPD it was called iCPD",
        formula="iCPD less the last iUPD of its block: settings icpd_min_days to icpd_late_days",
        severity=Severity.NOTE,
        source="Seymour 2017: the next assessment, at 4 to 8 weeks",
        example_fail="iUPD in May, iCPD in August: 62 to 122 days",
        example_ok="iCPD six weeks after iUPD",
        look=look_at_confirmation,
        yields=True,
    ),
    Rule(
        id="C18",
        checks="one scan is called one category, in the text and in the figures",
        formula="the categories printed of a scan are one; those of iRECIST as their RECIST twins",
        severity=Severity.ERROR,
        source="case catalogue: text and legend must call a scan alike",
        example_fail="PR in the text, PD in the legend",
        example_ok="PR in the text, iPR in the legend",
        look=look_at_categories,
        yields=True,
    ),
    Rule(
        id="C22",
        checks="ages at dated events against one another, a date of birth and the age of the case",
        formula="the days of birth that each age leaves meet; young is at most 39 at first line",
        severity=Severity.ERROR,
        vague=True,
        source="calendar; young: adolescents and young adults, 15 to 39 years (NCI)",
        example_fail="39 in January 2014, and 45 in April 2021",
        example_ok="39 in January 2014, and 46 in April 2021",
        look=look_at_ages,
        yields=True,
    ),
    Rule(
        id="C25",
        checks="values of one analyte that are printed in two units",
        formula="in one unit they are less than 10 times apart; contradicted where the larger is "
        "on record as normal",
        severity=Severity.ERROR,
        source="units: 1 U/mL is 1000 U/L; an international unit of an enzyme is a unit",
        example_fail="amylase 182 IU/L called raised, 14.39 U/mL (14 390 U/L) called normal",
        example_ok="haemoglobin 12 g/dL and 118 g/L",
        look=look_at_units,
        yields=True,
    ),
    Rule(
        id="C29",
        reproduces=True,
        checks="a printed change of size against the sizes, else against the category beside it",
        formula="100 (after / before - 1) over every size that rounds to its print; -30 and +20 %",
        severity=Severity.ERROR,
        source="Eisenhauer 2009, 4.3.1",
        example_fail="a decrease of 45 % from 41 to 30 mm, which is 26.8 %",
        example_ok="a decrease of 27 % from 41 to 30 mm",
        look=look_at_changes,
        yields=True,
    ),
    Rule(
        id="C39",
        reproduces=True,
        checks="a printed size of a lesion, or a sum of the target lesions, against the sizes on "
        "record at the scan",
        formula="the length on record, or the sum of all targets, prints so; of two diameters the "
        "longest, of a node the shortest; possible where only lengths that were rounded do",
        severity=Severity.ERROR,
        source="Eisenhauer 2009, 4.2 and 4.3.2",
        example_fail="74 mm of a lesion that measures 47 mm on record: two digits changed places",
        example_ok="4.7 cm of the same",
        look=look_at_sizes,
    ),
)
