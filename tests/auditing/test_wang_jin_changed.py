"""Sound prints of Wang 2023 and Jin 2025, each changed: the rule that must then find it, and why.

The other side of ``test_wang_jin``: what is no finding there is sound, not unchecked;
and prints that are wrong, once corrected, are no finding. The reasons are hand arithmetic (months
are days / 30.4375). All changes of a report are made at once.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.auditing.by_report import ROOT, verdicts_in
from timeline.auditing import Conclusion

W, J = "wang2023", "jin2025"


def change(report: str, print_: str, to: str, rule: str, claim: str, why: str):
    return pytest.param(report, print_, to, rule, claim, id=f"{report} {claim}: {why}")


CHANGED = [
    change(W, "{PFS: 4, unit", "{PFS: 7, unit", "C01", "PFS line 1: 7 months",
           "6.5 is beyond 152 days, 4.99 months"),
    change(W, "{PFS: 8, unit", "{PFS: 10, unit", "C01", "PFS line 2: 10 months",
           "9.5 is beyond 242 days, 7.95 months"),
    change(W, "{OS: over 60", "{OS: over 70", "C34", "OS: over 70 months",
           "2018-08-01 to the acceptance on 2023-10-23 is 1909 days, 62.72 months"),
    change(W, "{interval: more than 8", "{interval: more than 10", "C27",
           "interval from line 4 to scan 2022-08: more than 10 months",
           "at most 273 days: 8.97 months, 9.75 of 28 days"),
    change(W, "{interval: 14", "{interval: 19", "C27",
           "median interval from line 1 end to line 4: 19 months", "at most 456 days, 14.98"),
    change(W, "{interval: 3", "{interval: 5", "C27",
           "interval from line 4 to scan 2022-02: 5 months", "at most 89 days, 2.92 months"),
    change(W, "{count: seven, about: cycles", "{count: ten, about: cycles", "C12",
           "count line 1 cycles: ten", "9 x 21 = 189 days, of 152"),
    change(W, "{count: two, about: cycles, line: 3", "{count: eight, about: cycles, line: 3", "C12",
           "count line 3 cycles: eight", "7 x 21 = 147 days, of 121"),
    change(W, "{dose: 1.4, unit: mg/m²", "{dose: 140, unit: mg/m²", "C13",
           "dose line 3 eribulin: 140 mg/m²", "a hundred times 1.4"),
    change(W, "{dose: 1.8, unit: g/m²", "{dose: 1.8, unit: mg/m²", "C13",
           "dose ifosfamide: 1.8 mg/m²", "a thousandth of 1.8 g/m²"),
    change(W, "{name: intravenous, about: route", "{name: oral, about: route", "C13",
           "name line 3 route of eribulin: oral", "it is given into a vein"),
    change(W, "{date: November 2022, of: scan 2022-11}", "{date: October 2022, of: scan 2022-11}",
           "C19", "date of scan 2022-11: October 2022", "November on record"),
    change(W, "{response: iUPD", "{response: iPR", "C30", "response of scan 2022-05: iPR",
           "a new lesion"),
    change(W, "{range: U–Y", "{range: T–Y", "C20", "range panels of Figure 3: T–Y",
           "T is in P to T"),
    change(W, "{ordinal: third, about: line of eribulin",
           "{ordinal: fourth, about: line of eribulin", "C11",
           "ordinal line 3 line of eribulin: fourth", "the third regimen"),
    change(W, "{percent: 50, about: SD", "{percent: 40, about: SD", "K40",
           "percent SD (You 2021): 40", "6/16 = 37.5, 7/16 = 43.75"),
    change(W, "{word: longer, about: OS", "{word: shorter, about: OS", "K40",
           "word OS (Sato 2021): shorter", "46.9 against 8.2"),
    change(J, '{date: "January 21, 2019"', '{date: "January 21, 2018"', "C19",
           "date of second-surgery: January 21, 2018", "2019 on record"),
    change(J, "{name: left, about: side of the kidney that was removed, of: scan",
           "{name: right, about: side of the kidney that was removed, of: scan", "C16",
           "name side of the kidney that was removed: right", "left at the operation"),
    change(J, "{response: SD, of: anlotinib-CT", "{response: CR, of: anlotinib-CT", "C30",
           "response of anlotinib-CT: CR", "stable"),
    change(J, "{dose: 200, unit: mg,", "{dose: 200, unit: g,", "C13", "dose penpulimab: 200 g",
           "a thousand times 200 mg"),
    change(J, "{percent: 13.3, about: ORR", "{percent: 14.3, about: ORR", "K40",
           "percent ORR at 18 weeks (Wang 2022): 14.3", "4/30 = 13.3, 5/30 = 16.7"),
    change(J, "{percent: 10, about: ORR", "{percent: 15, about: ORR", "K40",
           "percent ORR (SARC028 expansion): 15", "4/39 = 10.3"),
    change(J, "{percent: 58.7, about: SD", "{percent: 57.7, about: SD", "K40",
           "percent SD (NCT03798106): 57.7", "27/46 = 58.7"),
    change(J, "{percent: 30.4, about: ORR", "{percent: 32.4, about: ORR", "K40",
           "percent ORR (NCT03798106): 32.4", "(1 + 13)/46 = 30.4"),
    change(J, "{percent: 89.1, about: DCR", "{percent: 91.1, about: DCR", "K40",
           "percent DCR (NCT03798106): 91.1", "(1 + 13 + 27)/46 = 89.1"),
    change(J, "{rate: 58.8, of: PFS", "{rate: 48.8, of: PFS", "K40",
           "rate of PFS at 24 weeks (Li 2021): 48.8", "below half, yet the median is 27.9 weeks"),
    change(J, "{PFS: 1.47, unit", "{PFS: 7.47, unit", "K40", "word PFS (ALTER0203): longer",
           "6.27 against 7.47"),
]  # fmt: skip
CORRECTED = [
    change(W, "{PFS: 8.4, unit", "{PFS: 5.0, unit", "C01", "PFS line 4: 5.0 months",
           "121 to 181 days, 3.98 to 5.95 months"),
    change(W, "{interval: within 8", "{interval: within 25", "C27",
           "interval from adjuvant-RT end to scan 2021-05: within 25 months", "23.03 to 25.0"),
    change(J, "16, unit: months", "26, unit: months", "C01", "PFS line 1: 26 months",
           "784 days are 25.76 months, at all three places"),
    change(J, "{grade: 1, about", "{grade: 2, about", "C24", "grade hypothyroidism: 2",
           "a thyroid hormone is given from grade 2 on"),
    change(W, "{lab: 14.39, unit: U/mL", "{lab: 14.39, unit: U/L", "C25",
           "lab serum amylase: 14.39 U/L", "below the 182 IU/L that were raised"),
    change(J, "{percent: 54.5, about: ORR, study: Wilky 2019, group: ASPS, n: 12}",
           "{percent: 54.5, about: ORR, study: Wilky 2019, group: ASPS, n: 11}", "K40",
           "percent ORR (Wilky 2019): 54.5", "6/11 = 54.5"),
]  # fmt: skip


def calls(report: str, changes, folder) -> dict[str, set[tuple[str, Conclusion]]]:
    """The verdicts on each claim, by rule, of a report with all of some changes made in it."""
    text = (ROOT / "seeds" / f"{report}.yaml").read_text(encoding="utf-8")
    for each in changes:
        name, old, new, *_ = each.values
        if name == report:
            assert old in text, old
            text = text.replace(old, new)
    path = folder / f"{report}.yaml"
    path.write_text(text, encoding="utf-8")
    found: dict[str, set[tuple[str, Conclusion]]] = defaultdict(set)
    for (_, claim), verdicts in verdicts_in(report, path).items():
        found[claim] |= {(each.rule, each.conclusion) for each in verdicts}
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """By report, the findings on it as printed, with all that is changed, and all corrected."""
    folder = tmp_path_factory.mktemp("reports")
    stages = {"printed": (), "changed": CHANGED, "corrected": CORRECTED}
    return {(r, stage): calls(r, made, folder) for r in (W, J) for stage, made in stages.items()}


@pytest.mark.parametrize(("report", "old", "new", "rule", "claim"), CHANGED)
def test_a_changed_print_is_found(found, report, old, new, rule, claim):
    assert (rule, Conclusion.CONTRADICTED) not in found[report, "printed"].get(claim, set())
    assert (rule, Conclusion.CONTRADICTED) in found[report, "changed"][claim]


@pytest.mark.parametrize(("report", "old", "new", "rule", "claim"), CORRECTED)
def test_a_corrected_print_is_no_finding(found, report, old, new, rule, claim):
    before = found[report, "printed"].values()
    assert any((rule, Conclusion.CONTRADICTED) in each for each in before)
    assert found[report, "corrected"][claim]
    assert Conclusion.CONTRADICTED not in {
        conclusion for _, conclusion in found[report, "corrected"][claim]
    }
