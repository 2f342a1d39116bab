"""Every rule of a patient on one small case: firing, silent, and on input it can make nothing of.

The other tests of this folder show where each of them turns; this one that none was left out.
Line 1 runs from 2020-01-10 to a new lesion on 2020-06-10 (152 days, 4.99 months), line 2 from
2020-06-20 to one on 2020-12-20, called iUPD and confirmed on 2021-03-20 (90 days). The report was
received on 2021-06-01 and accepted on 2021-09-01.
"""

from __future__ import annotations

import attrs

from tests.auditing.patient.records import audited, of
from tests.rows import every_row
from timeline.auditing.rules import rules_in

CASE = """
  - {symptom: 2019-06-01}
  - {diagnosis: 2019-12-01}
  - {treatment: 2019-12-05/2020-01-05, id: before, setting: neoadjuvant, cycles: 8, cycle: 3 weeks,
     drugs: [doxorubicin 75 mg/m² day 1]}
  - {scan: 2020-01-05, baseline: 1, id: base, sum: 41 mm}
  - {treatment: 2020-01-10/2020-06-10, line: 1, cycle: 3 weeks, drugs: anlotinib 12 mg days 1-14}
  - {radiotherapy: 2020-02-01/2020-02-14, id: lung-RT, dose: 30 Gy, fractions: 7}
  - {toxicity: 2020-03, id: thyroid, what: hypothyroidism, management: levothyroxine}
  - {lab: 2020-02-01, id: first-lab, values: {amylase: raised}}
  - {lab: 2020-04-01, id: last-lab, values: {amylase: normal}}
  - {scan: 2020-06-10, id: worse, line: 1, sum: 30 mm, new: liver}
  - {treatment: 2020-06-20/.., line: 2, drugs: pembrolizumab, criterion: iRECIST}
  - {scan: 2020-06-19, id: again, baseline: 2}
  - {scan: 2020-12-20, id: unsure, line: 2, target: stable, new: bone}
  - {scan: 2021-03-20, id: sure, line: 2, target: stable, earlier-new: grown}
"""
OVERLAP = CASE.replace("2020-01-10/2020-06-10", "2020-01-10/2020-07-10")
CLASH = CASE.replace("2020-01-10/", "2020-01/").replace("scan: 2020-06-10", "scan: 2020-06")
CENSORED = CASE.replace("target: stable, new: bone", "target: stable, new: none").replace(
    "  - {scan: 2021-03-20, id: sure, line: 2, target: stable, earlier-new: grown}\n", ""
)
MONTHS = "unit: months"


@attrs.frozen(kw_only=True)
class Shown:
    """Claims on which a rule fires, is silent, and has nothing to say; a claim a line."""

    example_fail: str
    example_ok: str
    bad: str
    events: str = CASE


def _line(kind: str, text: str, line: int, more: str = "") -> str:
    return f"{{{kind}: {text}, {MONTHS}, line: {line}{more}}}"


def _said(text: str, about: str) -> str:
    return f"{{name: {text}, about: {about}}}"


def _twice(one: str, other: str) -> str:
    """The same figure at two places."""
    return f"A:\n  - {one}\nB:\n  - {other}"


_DAYS = "{interval: 190, unit: days, from: %s, to: unsure}"
IRECIST = ", criterion: iRECIST"
SHOWN = {
    "C01": Shown(example_fail=_line("PFS", "8.4", 1), example_ok=_line("PFS", "5.0", 1),
                 bad=_line("PFS", "8.4", 9)),
    "C02": Shown(example_fail="{PFS: over 22, unit: weeks, line: 1}",
                 example_ok="{PFS: nearly 22, unit: weeks, line: 1}",
                 bad="{PFS: over 22, unit: weeks, line: 9}"),
    "C03": Shown(example_fail="{date: January 2019, of: worse}",
                 example_ok="{date: June 2020, of: worse}",
                 bad="{date: January 2019, of: moon}"),
    "C04": Shown(events=CLASH,  # 4.15 months, 126 days, end on 5 June at the latest; 190 on 13 June
                 example_fail=_line("PFS", "4.1", 1) + "\n" + _DAYS % "worse",
                 example_ok=_line("PFS", "5.0", 1) + "\n" + _DAYS % "worse",
                 bad=_line("PFS", "4.1", 1) + "\n" + _DAYS % "moon"),
    "C06": Shown(example_fail=_line("PFS", "8.0", 1) + "\n" + _line("PFS", "9.0", 2),
                 example_ok=_line("PFS", "5.0", 1) + "\n" + _line("PFS", "6.0", 2),
                 bad=_line("PFS", "8.0", 1) + "\n" + _line("PFS", "9.0", 9)),
    "C07": Shown(example_fail=_line("PFS", "13", 1) + "\n" + _line("OS", "10", 1),
                 example_ok=_line("PFS", "10", 1) + "\n" + _line("OS", "10", 1),
                 bad=_line("PFS", "over 12", 1) + "\n" + _line("OS", "over 10", 1)),
    "C08": Shown(events=CENSORED, example_fail=_line("PFS", "6.0", 2), example_ok=_line("PFS",
                 "6.0+", 2),
                 bad=_line("PFS", "6.0", 9)),
    "C09": Shown(example_fail=_line("PFS", "9.0", 2, IRECIST),  # 273 days to iCPD, 8.97 months
                 example_ok=_line("PFS", "6.0", 2, IRECIST),  # 183 days to iUPD, 6.01
                 bad=_line("PFS", "9.0", 9, IRECIST)),
    "C10": Shown(example_fail="{response: iCPD, of: sure}",
                 example_ok="{response: iUPD, of: unsure}",
                 bad="{response: iCPD, of: moon}"),
    "C11": Shown(example_fail="{ordinal: third, about: anlotinib, line: 1}",
                 example_ok="{ordinal: first, about: anlotinib, line: 1}",
                 bad="{ordinal: some, about: anlotinib, line: 1}"),
    "C12": Shown(example_fail="{count: twelve, about: cycles, line: 1}",
                 # 11 x 21 = 231 of 152 days
                 example_ok="{count: seven, about: cycles, line: 1}",
                 bad="{count: seven, about: cycles, line: 9}"),
    "C13": Shown(example_fail="{dose: 12, unit: g, about: anlotinib, line: 1}",
                 example_ok="{dose: 12, unit: mg, about: anlotinib, line: 1}",
                 bad="{dose: some, unit: mg, about: anlotinib}"),
    "C14": Shown(example_fail="{dose: 30, unit: Gy, about: radiotherapy, of: lung-RT}",  # 4.29 Gy
                 example_ok="{dose: 35, unit: Gy, about: radiotherapy, of: lung-RT}",
                 bad="{dose: 30, unit: Gy, about: radiotherapy, of: moon}"),
    "C15": Shown(example_fail="{dose: 75, unit: mg/m², about: doxorubicin, of: before}",
                 # 600 mg/m²
                 example_ok="{dose: 12, unit: mg, about: anlotinib, line: 1}",
                 bad="{dose: 75, unit: mg/m², about: some drug, of: moon}"),
    "C16": Shown(example_fail=_twice(_said("right", "side"), _said("left", "side")),
                 example_ok=_twice(_said("right", "side"), _said("right", "side")),
                 bad=_twice(_said("SPSS", "side"), _said("R", "side"))),
    "C17": Shown(example_fail=_twice(_said("anlotinib", "drug"), _said("clopidogrel", "drug")),
                 example_ok=_twice(_said("doxorubicin", "drug"), _said("adriamycin", "drug")),
                 bad=_twice(_said("SPSS", "drug"), _said("R", "drug"))),
    "C18": Shown(example_fail=_twice("{response: PR, of: worse}", "{response: PD, of: worse}"),
                 example_ok=_twice("{response: PD, of: unsure}", "{response: iUPD, of: unsure}"),
                 bad=_twice("{response: PR, of: moon}", "{response: PD, of: moon}")),
    "C19": Shown(example_fail="{date: May 2020, of: worse}",
                 example_ok="{date: June 2020, of: worse}",
                 bad="{date: May 2020, of: moon}"),
    "C20": Shown(example_fail=_twice("{range: A-C, about: panels, of: worse}",
                              "{range: A-D, about: panels, of: worse}"),
                 example_ok=_twice("{range: A-C, about: panels, of: worse}",
                               "{range: A-C, about: panels, of: worse}"),
                 bad="{range: 1-2, about: panels, of: worse}"),
    "C21": Shown(example_fail=_twice(_said("planned", "RT"), _said("received", "RT")),
                 example_ok=_twice(_said("given", "RT"), _said("received", "RT")),
                 bad=_twice(_said("SPSS", "RT"), _said("R", "RT"))),
    "C22": Shown(example_fail="{age: 39, about: age, of: symptom}\n"
                 "{age: 45, about: age, of: worse}",
                 example_ok="{age: 39, about: age, of: symptom}\n{age: 40, about: age, of: worse}",
                 bad="{age: 39, about: age, of: symptom}\n{age: 450, about: age, of: worse}"),
    "C23": Shown(example_fail="{OS: 21.6, unit: months}",
                 # 658 days from the symptom, 475 from diagnosis
                 example_ok="{OS: 15.6, unit: months}", bad="{OS: 99, unit: months}"),
    "C24": Shown(example_fail="{grade: 1, about: hypothyroidism, of: thyroid}",
                 example_ok="{grade: 2, about: hypothyroidism, of: thyroid}",
                 bad="{grade: mild, about: hypothyroidism, of: thyroid}"),
    "C25": Shown(example_fail="{lab: 182, unit: IU/L, about: amylase, of: first-lab}\n"
                       "{lab: 14.39, unit: U/mL, about: amylase, of: last-lab}",
                 example_ok="{lab: 182, unit: IU/L, about: amylase, of: first-lab}\n"
                        "{lab: 14.39, unit: U/L, about: amylase, of: last-lab}",
                 bad="{lab: 182, unit: IU/L, about: amylase, of: first-lab}\n"
                     "{lab: 14.39, unit: drops, about: amylase, of: last-lab}"),
    "C27": Shown(example_fail="{interval: within 3, unit: months, from: line 1, to: worse}",
                 example_ok="{interval: within 5, unit: months, from: line 1, to: worse}",
                 bad="{interval: within 3, unit: months, from: line 1, to: moon}"),
    "C29": Shown(example_fail="{percent: 45, about: decrease of the sum, of: worse}",
                 # 30 / 41: -26.8 %
                 example_ok="{percent: 27, about: decrease of the sum, of: worse}",
                 bad="{percent: 45, about: decrease of the sum, of: moon}"),
    "C30": Shown(example_fail="{response: PR, of: worse}", example_ok="{response: PD, of: worse}",
                 bad="{response: PR, of: moon}"),
    "C31": Shown(example_fail=_line("PFS", "5.0", 1, ", statistic: median"),
                 example_ok=_line("PFS", "5.0", 1),
                 bad=_line("PFS", "5.0", 1, ", statistic: median, study: other")),
    "C32": Shown(example_fail="{score: 3, about: PFS ratio, line: 2}",  # 183 / 152 = 1.20
                 example_ok="{score: 1.20, about: PFS ratio, line: 2}",
                 bad="{score: high, about: PFS ratio, line: 2}"),
    "C33": Shown(example_fail="{OS: over 12, unit: months}", example_ok=_line("PFS", "5.0", 1),
                 bad="{OS: over 12, unit: months, study: other}"),
    "C34": Shown(example_fail="{OS: over 30, unit: months}",
                 example_ok="{OS: over 17, unit: months}",
                 bad="{OS: over 30, unit: months, study: other}"),
    "C35": Shown(example_fail="{date: 30 February 2020, of: worse}",
                 example_ok="{date: 10 June 2020, of: worse}",
                 bad="{date: 2020, of: moon}"),
    "C36": Shown(example_fail=_twice(_said("leiomyosarcoma", "type"), _said("lymphoma", "type")),
                 example_ok=_twice(_said("myxoid liposarcoma", "type"), _said("liposarcoma",
                                   "type")),
                 bad=_twice(_said("SPSS", "type"), _said("R", "type"))),
    "C38": Shown(example_fail="{dose: 300, unit: Gy, about: radiotherapy, of: lung-RT}",
                 example_ok="{dose: 30.0, unit: Gy, about: radiotherapy, of: lung-RT}",
                 bad="{dose: 300, unit: Gy, about: radiotherapy, of: moon}"),
    "C39": Shown(example_fail="{sum: 14, unit: mm, about: sum of target lesions, of: base}",
                 example_ok="{sum: 4.1, unit: cm, about: sum of target lesions, of: base}",
                 bad="{sum: 14, unit: mm, about: sum of target lesions, of: moon}"),
    "C40": Shown(example_fail="{dose: 3, unit: Gy, about: dose per fraction, of: lung-RT}",
                 # 30 / 7
                 example_ok="{dose: 4.3, unit: Gy, about: dose per fraction, of: lung-RT}",
                 bad="{dose: 3, unit: Gy, about: dose per fraction, of: moon}"),
    "C37": Shown(events=OVERLAP, example_fail="{date: June 2020, of: line 2}",
                 example_ok="{date: June 2020, of: line 2 end}",
                 bad="{date: June 2020, of: moon}"),
}  # fmt: skip
ELSEWHERE = {"C05": "test_joint", "C28": "test_joint"}  # they need several vague dates
FOUND = ("contradicted", "possible")


def verdicts(rule, shown, claims):
    """The verdicts of a rule that are not only evidence for another."""
    lines = claims if claims.startswith("A:") else "\n".join(f"- {c}" for c in claims.splitlines())
    return of(rule, audited(shown.events, lines))


@every_row("rule", SHOWN)
def test_it_fires(rule):
    found = verdicts(rule, SHOWN[rule], SHOWN[rule].example_fail)
    assert any(each.conclusion in FOUND for each in found)


@every_row("rule", SHOWN)
def test_no_verdict_on_other_claims(rule):
    found = verdicts(rule, SHOWN[rule], SHOWN[rule].example_ok)
    assert [each.description for each in found if each.conclusion in FOUND] == []


@every_row("rule", SHOWN)
def test_it_makes_nothing_of_bad_input(rule):
    found = verdicts(rule, SHOWN[rule], SHOWN[rule].bad)
    assert [each.description for each in found if each.conclusion != "not checkable"] == []


def test_no_rule_is_left_out():
    assert sorted({*SHOWN, *ELSEWHERE}) == sorted(
        rule.id for rule in rules_in("timeline.auditing.patient")
    )
