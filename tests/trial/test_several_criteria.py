"""Assessments of one subject by several criteria in one table: one counts, the others are named."""

from __future__ import annotations

import pytest

import timeline.trial as trial
from timeline.cdisc import Dataset
from timeline.cdisc.adam import derive_adam
from timeline.cdisc.cases import import_cases

ADSL = {"USUBJID": ["A"], "RANDDT": ["2024-01-05"], "LSTALVDT": [None]}
DAYS = ("2024-03-01", "2024-04-26", "2024-06-21")
RECIST, IMMUNE = ("SD", "PD", "PD"), ("iSD", "iUPD", "iSD")
# PD by RECIST 1.1 on 2024-04-26, day 112; the iUPD of that day is void
ENDS = {"recist11": ("PFS", 112, 0), "irecist": ("IPFS", 168, 1)}


def both(recist="RECIST 1.1", immune="iRECIST", **more):
    """The responses of three visits by two criteria, row after row."""
    return {
        "USUBJID": ["A"] * 6,
        "RSSEQ": list(range(1, 7)),
        "RSDTC": [day for day in DAYS for _ in range(2)],
        "RSCAT": [recist, immune] * 3,
        "RSTESTCD": ["OVRLRESP"] * 6,
        "RSSTRESC": [word for pair in zip(RECIST, IMMUNE, strict=True) for word in pair],
        **more,
    }


def end(found, code):
    row = next(row for row in found.times.to_arrow().to_pylist() if row["PARAMCD"] == code)
    return row["AVAL"], row["CNSR"]


CATEGORIES = [
    pytest.param("RECIST 1.1", "iRECIST", "iRECIST", id="as the publications write them"),
    pytest.param("RECIST1.1", "IRECIST", "IRECIST", id="in capitals, without a space"),
    pytest.param("RECIST", "iRECIST", "iRECIST", id="RECIST is 1.1"),
]


@pytest.mark.parametrize("criterion", ENDS)
@pytest.mark.parametrize(("recist", "immune", "named"), CATEGORIES)
def test_the_criterion_that_is_asked_counts_and_the_other_is_named(
    criterion, recist, immune, named
):
    with pytest.warns(trial.TrialWarning, match="responses not by"):
        found = trial.derive(both(recist, immune), subjects=ADSL, criterion=criterion)
    code, *expected = ENDS[criterion]
    assert end(found, code) == tuple(expected)
    (problem,) = found.problems
    other = named if criterion == "recist11" else recist
    assert (problem.kind, problem.column) == ("other_criterion", "RSCAT")
    assert repr(other) in problem.what
    assert list(problem.rows) == ([2, 4, 6] if criterion == "recist11" else [1, 3, 5])


def test_the_parts_of_another_criterion_are_no_parts():
    """Targets by mRECIST (viable tumour) PR, by RECIST 1.1 SD: the same words in one table."""
    table = {
        "USUBJID": ["A"] * 2,
        "RSDTC": [DAYS[0]] * 2,
        "RSCAT": ["RECIST 1.1", "mRECIST"],
        "RSTESTCD": ["TRGRESP"] * 2,
        "RSSTRESC": ["SD", "PR"],
    }
    for criterion, word in (("recist11", "SD"), ("mrecist", "PR")):
        found = trial.derive(
            table, subjects=ADSL, criterion=criterion, settings={"response_from": "parts"},
            severity={"other_criterion": "take"},
        )  # fmt: skip
        assert found.assessments.to_arrow().column("AVALC").to_pylist() == [word]


def test_each_criterion_may_have_an_evaluator_of_its_own():
    table = both(RSEVAL=["INVESTIGATOR", "INDEPENDENT ASSESSOR"] * 3)
    for criterion, (code, *expected) in ENDS.items():
        found = trial.derive(
            table, subjects=ADSL, criterion=criterion, severity={"other_criterion": "take"}
        )
        assert end(found, code) == tuple(expected)


FAULTS = [
    pytest.param(["iRECIST"] * 3, "recist11", "no response by RECIST 1.1: 'iRECIST' "
                 "(write criterion='irecist')", id="only another criterion"),
    pytest.param(["Lugano"] * 3, "recist11", "no response by RECIST 1.1: 'Lugano' "
                 "(write the criterion in RSCAT)", id="one that is not derived"),
    pytest.param(["iRECIST", "mRECIST", None], "choi", "'iRECIST', 'mRECIST' (write "
                 "criterion='irecist' or criterion='mrecist')", id="two others"),
]  # fmt: skip


@pytest.mark.parametrize(("categories", "criterion", "message"), FAULTS)
def test_a_table_without_the_criterion_is_refused(categories, criterion, message):
    table = {"USUBJID": ["A"] * 3, "RSDTC": list(DAYS), "RSCAT": categories,
             "RSSTRESC": ["SD", "PR", "PD"]}  # fmt: skip
    with pytest.raises(trial.InvalidTables) as raised:
        trial.derive(table, subjects=ADSL, criterion=criterion)
    (problem,) = raised.value.problems  # one message a root fault
    assert message in str(problem)


@pytest.mark.parametrize("category", [[None, ""], ["TUMOR RESPONSE", None], ["VISIT", "OTHER"]])
def test_a_category_that_names_no_criterion_says_nothing(category):
    table = {"USUBJID": ["A"] * 2, "RSDTC": list(DAYS[:2]), "RSCAT": category,
             "RSSTRESC": ["PD", "PD"]}  # fmt: skip
    found = trial.derive(table, subjects=ADSL)
    assert end(found, "PFS") == (56, 0)
    assert not found.problems


def test_rows_of_no_criterion_beside_those_of_one_are_left_out_and_named():
    table = {"USUBJID": ["A"] * 2, "RSDTC": list(DAYS[:2]), "RSCAT": ["RECIST 1.1", None],
             "RSSTRESC": ["SD", "PD"]}  # fmt: skip
    with pytest.warns(
        trial.TrialWarning, match="row 2, column RSCAT: responses not by.*'none named'"
    ):
        found = trial.derive(table, subjects=ADSL)
    assert end(found, "PFS") == (56, 1)


def study():
    """SDTM of one subject who is assessed by both."""
    rs = [dict(zip(both(), row, strict=True)) for row in zip(*both().values(), strict=True)]
    own = {"STUDYID": "S", "USUBJID": "A"}
    return {
        "DM": Dataset.of("DM", [{**own, "DOMAIN": "DM", "RFSTDTC": "2024-01-05", "SEX": "F",
                                 "ACTARMCD": "X", "ACTARM": "X", "ARMCD": "X", "ARM": "X"}]),
        "EX": Dataset.of("EX", [{**own, "DOMAIN": "EX", "EXSEQ": 1, "EXTRT": "NIVOLUMAB",
                                 "EXSTDTC": "2024-01-05"}]),
        "RS": Dataset.of("RS", [{**own, "DOMAIN": "RS", **row, "RSORRES": row["RSSTRESC"],
                                 "RSTEST": "Overall Response"} for row in rs]),
    }  # fmt: skip


@pytest.mark.filterwarnings("ignore::timeline.trial.TrialWarning")
def test_adam_takes_recist_or_what_is_asked_and_names_the_rest():
    for criterion, code in ((None, "PFS"), ("irecist", "IPFS")):
        found = derive_adam(study(), {"origin": "first_dose"}, criterion=criterion)
        assert code in found.datasets["ADTTE"].column("PARAMCD")
        assert [each.kind for each in found.problems] == ["other_criterion"]


def test_a_case_holds_the_calls_of_one_criterion_and_the_rest_is_listed():
    found, problems = import_cases(study())
    assert not problems
    assert "called: PD" in found.texts["A"]
    assert "iUPD" not in found.texts["A"]
    (left,) = [each for each in found.not_read if each.dataset == "RS" and not each.variable]
    assert (left.records, "not by RECIST 1.1" in left.reason) == (3, True)
