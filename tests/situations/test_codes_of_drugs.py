"""A drug that is named by the code of its laboratory: its class, or a word that it is not known."""

from __future__ import annotations

import re

import pytest

from timeline.assessment.remarks import CASE_REMARKS
from timeline.core.data_tables import data_rows
from timeline.record.case import Case
from timeline.record.drug_remarks import codes_of_no_class
from timeline.record.events import Treatment
from timeline.terminology.drugs import CHECKPOINT_INHIBITORS, may_block_checkpoint

CODE = re.compile(r"[A-Z]{2,4}-?[A-Z]?[0-9]{3,4}")
NAMED_BY_DOSES = ("penpulimab", "envafolimab")  # known by the label or trial of their doses


def remarks(drugs, **more):
    event = Treatment(at="2022-02/2022-08", drugs=drugs, **{"line": 1, **more})
    case, problems = Case.of("x", (event,))
    assert not problems
    return [text for _, text in codes_of_no_class(case)]


@pytest.mark.parametrize("code", ["XY123", "ZZ-8451", "ABC1234a"])
def test_a_code_of_no_table_has_a_remark_that_names_what_to_write(code):
    (found,) = remarks(f"{code} 200 mg")
    assert f"{code} is in no table of drugs" in found
    assert "--criterion iRECIST" in found
    written = f"{code} PD-1 antibody"  # as the remark advises
    assert written in found
    assert may_block_checkpoint(written)
    assert not remarks(f"{written} 200 mg")


@pytest.mark.parametrize("name", ["KN046", "IBI318", "AK112", "AK104", "JS001", "IBI308"])
def test_the_codes_of_checkpoint_inhibitors_in_use_are_known(name):
    assert may_block_checkpoint(name)
    assert not remarks(name)


@pytest.mark.parametrize("name", ["doxorubicin", "octreotide", "not stated", "study drug", "x",
                                  "interferon alfa 2b", "drug 1"])  # fmt: skip
def test_a_name_that_is_no_code_has_none(name):
    assert not remarks(name)


def test_the_check_has_the_remark_and_only_of_lines():
    assert any(row[0] is codes_of_no_class for row in CASE_REMARKS)
    assert not remarks("XY123", line=None, setting="adjuvant")


def test_the_target_of_a_checkpoint_inhibitor_by_a_code_has_a_source():
    rows = [row for row in data_rows("drugs") if row.text("kind") in CHECKPOINT_INHIBITORS]
    coded = [(row, each) for row in rows for each in (row.text("name"), *row.texts("also"))]
    coded = [(row, each) for row, each in coded if CODE.fullmatch(each)]
    assert len(coded) > len(NAMED_BY_DOSES)
    for row, code in coded:
        if row.text("name") not in NAMED_BY_DOSES:
            (target,) = re.findall(r"PD-L1|PD-1|CTLA-4|LAG-3", row.text("kind"))
            assert code in row.text("source"), code
            assert f"against {target}" in row.text("source"), code
