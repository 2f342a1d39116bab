"""Findings in parts: their order, what shares a line, and what is written of each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from timeline.auditing import RULES, Conclusion, Verdict
from timeline.auditing.concerns import CONCERN_OF_KIND, TITLES, concern_of
from timeline.auditing.finding_lines import finding_lines, joined, recorded_of
from timeline.auditing.findings import findings
from timeline.auditing.rule import Concern, Severity
from timeline.core.printed_numbers import parse_printed
from timeline.report.claims import CLAIMS, Claim
from timeline.views.case_report import load_all

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.yaml"))
WRONG = Conclusion.CONTRADICTED


@pytest.fixture(scope="module", params=SEEDS, ids=lambda path: path.stem)
def verdicts(request):
    (case_report,), problems = load_all([request.param], {})
    assert not problems
    return case_report.audit()


def test_no_finding_and_no_figure_is_left_out(verdicts):
    lines = finding_lines(verdicts)
    found = findings(verdicts)
    shown = [each.verdict.claim for line in lines for each in line.findings]
    assert sorted(map(id, shown)) == sorted(id(each.verdict.claim) for each in found)
    figures = sum(len(line.figures) for line in lines)
    assert figures == sum(1 + len(each.related) for each in found)


def test_every_line_has_every_figure_with_its_print_and_what_is_on_record(verdicts):
    for line in finding_lines(verdicts):
        assert line.rule
        for each in line.figures:
            assert each.printed
            assert each.printed in line.text
            assert each.recorded
            assert not each.recorded.startswith("printed " + each.printed)
        assert all(each.rule in line.rules for each in line.evidence)


def test_the_order_is_that_of_concerns_then_of_severity(verdicts):
    places = [
        (list(Concern).index(each.concern), list(Severity).index(each.severity))
        for each in finding_lines(verdicts)
    ]
    assert places == sorted(places)


def test_what_an_editor_asks_first_is_first_and_form_is_last():
    (wang,), _ = load_all([each for each in SEEDS if each.stem == "wang2023"], {})
    lines = finding_lines(wang.audit())
    assert lines[0].figures[0].subject == "PFS line 4"
    assert [each.title for each in lines if each.concern is Concern.RESULT] == [
        *("PFS line 4", "response of scan 2022-02", "OS", "PFS line 2", "response of scan 2022-08")
    ]
    form = {each.title for each in lines if each.concern is Concern.FORM}
    assert {"how works are cited and 1 more", "initials of the fourth author"} <= form
    assert lines[-1].concern is Concern.FORM


def test_what_would_be_right_is_given_in_the_precision_of_the_print():
    # 2021-12-01/31 to 2022-05-01/31 is 121 to 181 days; over 30.4375: 3.975 and 5.947.
    (wang,), _ = load_all([each for each in SEEDS if each.stem == "wang2023"], {})
    pfs = finding_lines(wang.audit())[0].figures[0]
    assert (pfs.printed, pfs.expected) == ("8.4 months", "4.0 to 5.9 months")
    assert pfs.recorded.startswith("the dates give 3.98 to 5.95 months, start of line 4")


def test_a_time_without_an_origin_in_the_report_is_given_from_each_and_a_least_is_cut():
    # To 2023-06-09: 784 days from 2021-04-16 and 602 from 2021-10-15, over 30.4375: 25.757, 19.778.
    (jin,), _ = load_all([each for each in SEEDS if each.stem == "jin2025"], {})
    pfs = finding_lines(jin.audit())[0].figures[0]
    assert pfs.printed == "about 16 months"
    assert pfs.expected == (
        "at least 25.7 months from start of line 1, or at least 19.7 months from start of "
        "penpulimab + anlotinib"
    )
    assert "; from start of penpulimab + anlotinib (2021-10-15) at least 19.78" in pfs.recorded


def test_one_word_for_three_figures_is_one_line():
    (wang,), _ = load_all([each for each in SEEDS if each.stem == "wang2023"], {})
    lines = [each for each in finding_lines(wang.audit()) if "superior" in each.text]
    assert [[each.subject for each in line.figures] for line in lines] == [
        ["PFS (Blay 2019)", "OS (Blay 2019)", "ORR (Blay 2019)"]
    ]


def test_every_kind_of_claim_has_a_concern_and_every_concern_a_title():
    assert CONCERN_OF_KIND.keys() == CLAIMS.keys()
    assert TITLES.keys() == set(Concern)


def claimed(kind: str, text: str, **more: str) -> Claim:
    return Claim(kind=kind, text=text, value=more.pop("value", text), **more)


@pytest.mark.parametrize(
    ("claim", "rule", "others", "concern"),
    [
        pytest.param(claimed("PFS", "8.4", unit="months"), "C01", (), Concern.RESULT, id="PFS"),
        pytest.param(claimed("PFS", "8", study="Blay 2019"), "K40", (), Concern.CITED, id="cited"),
        pytest.param(claimed("date", "May 2022"), "C19", (), Concern.DATE, id="a date"),
        pytest.param(claimed("count", "7"), "C12", (), Concern.DATE, id="cycles are of a dose"),
        pytest.param(claimed("percent", "66.6"), "K02", (), Concern.FORM, id="cut, not rounded"),
        pytest.param(claimed("name", "left"), "C16", (), Concern.CONSISTENCY, id="a side"),
        pytest.param(claimed("name", "XY", about="initials of the author"), "C26", (),
                     Concern.FORM, id="initials"),
        pytest.param(claimed("name", "Li-Fraumeni"), "C26", (claimed("name", "li fraumeni"),),
                     Concern.FORM, id="capital letters and a hyphen"),
    ],
)  # fmt: skip
def test_the_concern_of_a_verdict(claim, rule, others, concern):
    assert concern_of(Verdict(claim, WRONG, "", rule=rule, others=others)) is concern


@pytest.mark.parametrize(
    ("texts", "numbers", "expected"),
    [
        ([], True, ""),
        (["PFS line 2"], True, "PFS line 2"),
        (["PFS line 2", "PFS line 2"], True, "PFS line 2"),
        (["PFS (Blay)", "OS (Blay)"], True, "PFS and OS (Blay)"),
        (["to scan 1", "to scan 2"], True, "to scan 1 and 2"),
        # 3 of 7 and of 9 are two fractions: a shared number is written in each
        (["3 of 7 is 42.9 %", "3 of 9 is 33.3 %"], False, "3 of 7 is 42.9 and 3 of 9 is 33.3 %"),
        (["the antibody", "the antibody (line 1)"], True, "the antibody (line 1)"),
    ],
)
def test_texts_are_joined_without_what_all_share(texts, numbers, expected):
    assert joined(texts, numbers=numbers) == expected


@pytest.mark.parametrize(
    ("description", "notes", "recorded", "expected"),
    [
        ("printed 8.4 months; the dates give 4; a share", (), "", "the dates give 4"),
        ("printed 8.4; 7 [Abstract; Results]; x", (), "", "7 [Abstract; Results]"),
        ("printed 8.4: not a day; x", (), "", "not a day"),
        ("printed 8.4 (7 to 9), p 0.2; the limits give 0.01; x", (), "",
         "(7 to 9), p 0.2; the limits give 0.01"),
        ("printed 8.4 (7 to 9)", ("not symmetric",), "", "(7 to 9); not symmetric"),
        ("printed 8.45; x", (), "", "printed 8.45; x"),  # of another figure
        ("the dates are in the wrong order; x", (), "", "the dates are in the wrong order; x"),
        ("printed 8.4 months; x", (), "4 months", "4 months"),
    ],
)  # fmt: skip
def test_a_verdict_without_a_short_form_gives_its_first_clause(
    description, notes, recorded, expected
):
    claim = claimed("PFS", "8.4", value=parse_printed("8.4"), unit="months")
    verdict = Verdict(claim, WRONG, description, notes=notes, recorded=recorded)
    assert recorded_of(verdict) == expected


def test_rules_of_a_concern_are_named_by_their_rows():
    cited = {rule.id for rule in RULES if rule.concern is Concern.CITED}
    assert cited == {"K40", "K41", "K42"}


@pytest.mark.parametrize(
    ("claims", "printed", "recorded", "expected"),
    [
        # 2 of 7 is 28.57, 3 of 7 is 42.86
        pytest.param("- {percent: 42.2, about: TRAEs, n: 7}", "42.2 %",
                     "no count of 7 rounds to it",
                     "28.6 % (2) or 42.9 % (3) of 7", id="of 7"),
        pytest.param("- {percent: 42.2, about: CR, n: 7}\n    - {count: 3, about: CR, n: 7}",
                     "42.2 %", "3 of 7 is 42.9 %", "42.9 %", id="a percentage and its count"),
        # 6 of 11 is 54.545; of 12 are 6 50.0 and 7 58.33
        pytest.param("- {percent: 54.5, about: ORR, n: 12}", "54.5 %",
                     "no count of 12 rounds to it; 54.5 % is 6 of 11",
                     "50.0 % (6) or 58.3 % (7) of 12, or 54.5 % (6) of 11",
                     id="one patient left out"),
        # 4 + 3 = 7: of 30 23.33 %, of 40 17.5 %, of 39 17.95 and of 41 17.07
        pytest.param("- {percent: 17.5, about: ORR, n: 30, group: UPS and liposarcoma}\n"
                     "    - {count: 4, about: ORR, group: UPS, n: 10}\n"
                     "    - {count: 3, about: ORR, group: liposarcoma, n: 20}", "17.5 %",
                     "no count of 30 rounds to it; the groups named have 7 together; "
                     "17.5 % is 7 of 40",
                     "23.3 % (7) of 30, or 17.5 % (7) of 40", id="counts of the groups named"),
        # 1 + 2 = 3 of 7 is 42.86; 42.2 of 3 would be 3 / 0.422 = 7.1 patients
        pytest.param("- {percent: 42.2, about: ORR, n: 7}\n    - {count: 1, about: CR, n: 7}\n"
                     "    - {count: 2, about: PR, n: 7}", "42.2 %",
                     "no count of 7 rounds to it; CR + PR are 3", "42.9 % (3) of 7",
                     id="the responses that a rate counts"),
        # 8 of 47 is 17.02, of 44 18.18
        pytest.param("- {percent: 18.2, about: CR, n: 47}\n    - {count: 8, about: CR, n: 47}\n"
                     "    - {count: 44, about: evaluable}", "18.2 %",
                     "8 of 47 is 17.0 %; 18.2 % is 8 of 44",
                     "17.0 %, or 18.2 % (8) of 44", id="patients that are printed elsewhere"),
        # 100 (1 - 0.65)
        pytest.param("- {HR: 0.65, about: PFS}\n    - {risk-reduction: 45, about: PFS}", "45 %",
                     "the HR is printed 0.65", "35.0 %", id="a reduction of risk"),
        pytest.param("- {count: 4, about: ORR}\n    - {count: 1, about: CR}\n"
                     "    - {count: 2, about: PR}", "4", "CR + PR are 3", "3", id="ORR"),
        pytest.param("- {name: left, about: side}\n    - {name: right, about: side, place: Results}"
                     "\n    - {name: right, about: side, place: Legend}",
                     "left", "right [Results] at 2 places", "right", id="more places print right"),
        pytest.param("- {name: left, about: side}\n"
                     "    - {name: right, about: side, place: Results}",
                     "right", "left [Text]", "the same at both", id="one place against one"),
        pytest.param("- {range: A-E, about: panels of Figure 1, of: CT 1, place: Legend}\n"
                     "    - {range: E-G, about: panels of Figure 1, of: CT 2, place: Legend}",
                     "E-G", "E is in A-E as well (CT 1)", "each panel in one range",
                     id="a panel in two ranges"),
        pytest.param("- {range: A-C, about: panels of Figure 1, of: CT 1, place: Legend}\n"
                     "    - {range: E-G, about: panels of Figure 1, of: CT 2, place: Legend}",
                     "E-G", "D is in no range of the legend", "every panel in a range",
                     id="a panel in no range"),
        # CTCAE 5.0 has fatigue of grade 1 to 3
        pytest.param("- {count: 2, about: fatigue, grade: level IV}", "2",
                     "fatigue has grades 1 to 3 in CTCAE 5.0", "a grade from 1 to 3",
                     id="a grade that the term has not"),
        pytest.param("- {interval: 12, unit: weeks, from: diagnosis, to: assessment}\n"
                     "    - {interval: 12, unit: weeks, from: start of treatment, to: assessment,\n"
                     "       place: Methods}\n"
                     "    - {interval: 12, unit: weeks, from: start of treatment, to: assessment,\n"
                     "       place: Results}",
                     "12 weeks",
                     "from start of treatment [Methods]; from start of treatment [Results]",
                     "from start of treatment", id="an origin that two places print"),
        # 18 x 7 = 126 days
        pytest.param("- {PFS: 11.5, unit: months, statistic: median, at: 18 weeks, study: Li}",
                     "11.5 months", "longer than 18 weeks, at which it is said to be assessed", "",
                     id="a time after the assessment"),
        # a sentence that names ORR, PFS and one time can mean it of ORR
        pytest.param("- {PFS: 11.5, unit: months, statistic: median, at: 18 weeks, study: Li}\n"
                     "    - {percent: 13.3, about: ORR, at: 18 weeks, n: 30, study: Li}",
                     "11.5 months", "longer than 18 weeks, at which it is said to be assessed; "
                     "right if 18 weeks is the time of ORR alone", "",
                     id="a time that is that of ORR"),
        # 61.9 % are free of progression at 3 months: half are so only later
        pytest.param("- {rate: 61.9, of: PFS, at: 3 months, study: Li}\n"
                     "    - {PFS: 2.0, unit: months, statistic: median, study: Li}", "61.9 %",
                     "above 50 % at 3 months, so the median PFS must be later; it is printed as "
                     "2.0 months", "", id="a rate above one half at the median"),
    ],
)  # fmt: skip
def test_what_is_on_record_and_what_would_be_right(claims, printed, recorded, expected, tmp_path):
    file = tmp_path / "report.yaml"
    file.write_text(f"source: s\nclaims:\n  Text:\n    {claims}\n")
    (case_report,), problems = load_all([file], {})
    assert not problems
    (line,) = finding_lines(case_report.audit())
    (figure,) = line.figures
    assert (figure.printed, figure.recorded, figure.expected) == (printed, recorded, expected)


AS_A_DOCTOR_READS = """
case: c
events:
- {diagnosis: 2021-02-03, what: melanoma}
- {scan: 2021-02-20, baseline: 1, sum: 98 mm}
- {treatment: 2021-03-01, line: 1, drugs: carboplatin}
- {scan: 2021-06-01, line: 1, sum: 41 mm}
- {scan: 2022-03-10, line: 1, sum: 71 mm}
- {death: 2023-02-22}
claims:
  Table 1:
  - {OS: 24 months}
  - {DoR: "5,7 months", of: line 1}
"""


def test_a_line_is_read_once_and_names_no_code(tmp_path):
    """749 days from the diagnosis are 24.61 months of 30.4375 days; 723 from line 1 are 23.75."""
    path = tmp_path / "case.yaml"
    path.write_text(AS_A_DOCTOR_READS, encoding="utf-8")
    (case_report,), _ = load_all([path], {})
    texts = {each.title: each.text for each in finding_lines(case_report.audit())}
    assert texts["OS"].endswith(
        "; the report does not say where OS begins: from start of line 1 (2021-03-01) it is "
        "723 days, 23.75 months; fits diagnosis 2021-02-03 and death 2023-02-22 only if it is "
        "rounded or counted in another way"
    )
    assert "; the comma is read as a decimal point; should be 9.3" in texts["DoR of line 1"]
    assert not any(re.search(r"\([CK][0-9]{2}\)|; ,|is dated", each) for each in texts.values())


OF_COLON_CANCER = """
case: c
%s
events:
- {symptom: 2020-02}
- {diagnosis: 2020-03}
- {scan: 2020-03, baseline: 1}
- {treatment: 2020-04-15/2020-10, line: 1, drugs: oxaliplatin}
- {scan: 2020-10, called: PR}
- {surgery: 2020-11-03, what: resection}
- {scan: 2021-03, called: PD}
- {treatment: 2021-04-12/2021-09-20, line: 2, drugs: irinotecan}
- {death: 2022-02-05}
claims:
  Abstract:
  - {PFS: 12 months, line: 1}
  - {OS: 24.5 months}
"""


def test_the_reasons_of_a_time_are_sentences_of_a_clinic(tmp_path):
    """October 2020 is 169 to 199 days on: 5.55 to 6.54 months. Line 2 began after progression."""
    path = tmp_path / "case.yaml"
    texts = {}
    for setting in ("", "settings: {local_therapy_ends_pfs: censor}"):
        path.write_text(OF_COLON_CANCER % setting, encoding="utf-8")
        (case_report,), _ = load_all([path], {})
        verdicts = case_report.audit()
        texts[setting] = {each.title: each.text for each in finding_lines(verdicts)}["PFS line 1"]
        notes = [note for each in verdicts for note in each.notes]
        joint = [e.description for each in verdicts for e in each.evidence if e.rule == "C04"]
        if not setting:  # 320 to 350 days: each way of counting once, each range once
            assert sum("reproduced only by" in each for each in notes) == 1
            assert [each.count("10.51 to 11.50 months") for each in joint] == [1]
            counted = next(each for each in notes if "other definitions were tried" in each)
            assert "of them: one digit (22.5), or a start at first symptom" in counted
    plain, censored = texts.values()
    assert "fits scan 2021-03 and treatment 2020-04-15 only if it is rounded" in plain
    assert "the dates give 5.55 to 6.54 months, or longer" in censored
    assert censored.endswith(
        ": surgery 2020-11-03 before progression; a longer time is possible, but is not on record"
    )


def test_a_share_of_cells_of_the_patient_is_no_share_of_patients():
    # Tumour necrosis and Ki-67 are measurements of one specimen: no count of patients is missing.
    wang, jin = (load_all([each for each in SEEDS if each.stem == name], {})[0][0]
                 for name in ("wang2023", "jin2025"))  # fmt: skip
    for each, about in ((wang, "tumour necrosis after chemotherapy"), (jin, "Ki-67")):
        verdict = next(v for v in each.audit() if v.claim.about == about)
        assert verdict.description.startswith("a measurement of the patient, no share of patients")


def test_a_best_response_that_may_be_progression_says_why():
    # From 2021-12-31 to 2022-02-01 are 32 days, fewer than the 42 from which stable disease counts.
    (wang,), _ = load_all([each for each in SEEDS if each.stem == "wang2023"], {})
    best = next(e for e in wang.derived.best if (e.line, e.criterion) == (4, "iRECIST"))
    assert best.remarks == ("stable disease counts from day 42 of the line on",)
