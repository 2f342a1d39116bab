"""The rows of variables: every name and label fits a transport file, and has its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rows import every_row
from timeline.cdisc.metadata import ADAM_DATASETS, DATASETS, SDTM_DATASETS, codelists

PILOT = Path(__file__).parents[1] / "data" / "cdisc"
ROWS = [pytest.param(each, id=f"{row.name}.{each.name}")
        for row in DATASETS.values() for each in row.variables]  # fmt: skip


def test_the_datasets_are_those_of_the_guides():
    assert SDTM_DATASETS == ("DM", "EX", "DS", "CM", "AE", "TU", "TR", "RS")
    assert ADAM_DATASETS == ("ADSL", "ADRS", "ADTTE", "ADTR")


@every_row("variable", ROWS)
def test_a_variable_fits_a_transport_file_and_names_its_source(variable):
    """SAS TS-140: names of 8 characters, labels of 40, texts of 200 bytes, numbers of 8."""
    assert re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", variable.name)
    assert 0 < len(variable.label) <= 40
    assert variable.type in ("Char", "Num")
    assert variable.length == 8 if variable.type == "Num" else 1 <= variable.length <= 200
    assert variable.core in ("Req", "Exp", "Perm", "Cond")
    assert variable.role
    assert variable.source


@pytest.mark.parametrize("row", DATASETS.values(), ids=lambda row: row.name)
def test_a_dataset_has_its_keys_once_and_the_topic_that_the_guide_requires(row):
    names = [each.name for each in row.variables]
    assert len(set(names)) == len(names)
    assert set(row.keys) <= set(names)
    assert len(row.label) <= 40
    if row.standard == "SDTM":
        assert names[:3] == ["STUDYID", "DOMAIN", "USUBJID"]
        assert [each.role for each in row.variables].count("Topic") == 1
    else:
        assert all(each.role for each in row.variables)
        dates = re.compile(r"(?:A|START|RAND|ENRL|TRTS|TRTE|EOS|DTH|NACT|LSTALV)DT")
        assert [each.name for each in row.variables if each.is_date] == [
            name for name in names if dates.fullmatch(name)
        ]


def test_one_name_has_one_label_and_type_in_all_datasets():
    """SDTM 2.0, 4.1: a variable that several datasets share is the same variable."""
    seen = {}
    for row in DATASETS.values():
        for each in row.variables:
            attributes = (each.label, each.type, each.format)
            assert seen.setdefault(each.name, attributes) == attributes, each.name


def test_the_variables_of_the_pilot_study_are_known():
    """The headings of datasets that others made are rows here."""
    for name, files in {"RS": ("rs_recist8", "rs_irecist26"), "TR": ("tr_recist8",),
                        "TU": ("tu_recist8",), "ADTTE": ("adtte_recist8",)}.items():  # fmt: skip
        for file in files:
            headings = (PILOT / f"{file}.csv").read_text().splitlines()[0].split(",")
            assert all(DATASETS[name].variable(heading) for heading in headings), (name, headings)


def test_a_closed_codelist_has_the_terms_of_cdisc():
    assert codelists()["NY"].terms == ("N", "NA", "U", "Y")
    assert not codelists()["NY"].is_extensible
    assert all(row.source for row in codelists().values())
