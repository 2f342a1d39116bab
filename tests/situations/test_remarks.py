"""What is unusual and may be true is read and remarked on: Eisenhauer 2009 3.1, 3.2, 4.2."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tests.situations.records import INPUTS, ended, labels, opened, record
from timeline.cli.app import app

LESIONS = (
    "lesions: {T1: {organ: left lung}, T2: {organ: right lung}, T3: {organ: lungs}, "
    "L1: {organ: liver}, L2: {organ: liver, treated: yes}, "
    "L3: {organ: liver, treated: yes, progressed-since: yes}, N1: {organ: neck, node: yes}}"
)


def line(baseline="scan: 2021-01-01, baseline: 1, sum: 50 mm", scan="sum: 48 mm", more=""):
    return f"""
        {baseline}
        treatment: 2021-01-04/.., line: 1, drugs: docetaxel
        scan: 2021-03-01, {scan}, new: none
        {more}
    """


@pytest.mark.parametrize(
    ("events", "remark"),
    [
        pytest.param(
            line("scan: 2021-01-20, baseline: 1, sum: 50 mm"), "lies 16 days after the start",
            id="a baseline 16 days after the first dose",
        ),
        pytest.param(
            line("scan: 2020-12-06, baseline: 1, sum: 50 mm"), "lies 29 days before the start",
            id="29 days before: more than 28",
        ),
        pytest.param(
            line("scan: 2020-11, baseline: 1, sum: 50 mm"), "lies at least 35 days before",
            id="some day of November: 35 days before 4 January at least",
        ),
        pytest.param(
            line("scan: 2020-11, sum: 50 mm"),
            "scan 2020-11, read as baseline 1 because no scan is marked so, lies at least 35 days "
            "before the start", id="no baseline is marked: the last scan before the line",
        ),
        pytest.param(
            line("scan: 2021-01-01, modality: CT"),
            "scan 2021-01-01, read as baseline 1 because no scan is marked so, has no sizes",
            id="nor here",
        ),
        pytest.param(
            line("diagnosis: 2020-12"), "line 1 has no baseline scan on record",
            id="no scan before the line",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, modality: CT"),
            "baseline 1 (2021-01-01) has no sizes: sizes of later scans", id="sizes only later",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {T1: 20 mm, L1: not evaluated}",
                 "lesions: {T1: 20 mm, L1: 15 mm}"),
            "baseline 1 (2021-01-01) does not evaluate L1", id="a target that is not at baseline",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {T1: 20 mm, T2: 18 mm, T3: 15 mm}",
                 "lesions: {T1: 20 mm, T2: 18 mm, T3: 15 mm}"),
            "3 targets of one organ, lung: T1, T2, T3", id="paired organs are one",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {L2: 20 mm}", "lesions: {L2: 20 mm}"),
            "target L2 is non-measurable: it was treated before", id="an irradiated target",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {T1: 9 mm}", "lesions: {T1: 9 mm}"),
            "target T1 is non-measurable: it is shorter", id="a target of 9 mm",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {N1: 12 mm}", "lesions: {N1: 12 mm}"),
            "target N1 is non-measurable", id="a node of 12 mm: 15 mm asked for",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {L1: 20 mm}", "lesions: {L1: 20 mm}",
                 "radiotherapy: 2021-02-01, site: liver"),
            "may have treated target L1 (liver)", id="irradiated while it was followed",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {T1: 20 mm}", "lesions: {T1: absent}",
                 "surgery: 2021-02-01, what: wedge resection of the left lung"),
            "may have treated target T1 (left lung)", id="resected while it was followed",
        ),
    ],
)  # fmt: skip
def test_it_is_read_and_remarked_on(tmp_path, events, remark):
    found, problems = record(tmp_path, events, LESIONS)
    assert not problems
    remarks = [each for each in found.remarks if remark in each.what]
    assert [each.severity for each in remarks] == ["warning"]
    assert remarks[0].source.startswith("Eisenhauer 2009")
    assert remarks[0].where.line > 0


@pytest.mark.parametrize(
    "events",
    [
        pytest.param(line(), id="three days before"),
        pytest.param(line("scan: 2020-12-07, baseline: 1, sum: 50 mm"), id="28 days before"),
        pytest.param(line("scan: 2021-01-04, baseline: 1, sum: 50 mm"), id="on the day"),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, modality: CT", "target: SD"), id="words alone",
        ),
        pytest.param(line("scan: 2020-12, baseline: 1, sum: 50 mm"), id="4 to 34 days before"),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {L3: 20 mm, T1: 10 mm, T2: 12 mm}",
                 "lesions: {L3: 20 mm, T1: 9 mm, T2: 12 mm}"), id="treated, progressed since",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {L1: 20 mm}", "lesions: {L1: 20 mm}",
                 "radiotherapy: 2021-02-01, site: brain"), id="another organ irradiated",
        ),
        pytest.param(
            line("scan: 2021-01-01, baseline: 1, lesions: {L1: 20 mm}", "lesions: {L1: 20 mm}",
                 "radiotherapy: 2021-03-02, site: liver"), id="irradiated after the last scan",
        ),
    ],
)  # fmt: skip
def test_the_usual_is_not_remarked_on(tmp_path, events):
    found, problems = record(tmp_path, events, LESIONS)
    assert not problems
    assert found.remarks == ()


@pytest.mark.parametrize(
    "baseline",
    [
        pytest.param("diagnosis: 2020-12", id="no baseline scan"),
        pytest.param("scan: 2021-01-01, baseline: 1, modality: CT", id="a baseline without sizes"),
        pytest.param("scan: 2021-01-01, modality: CT", id="one that does not call itself so"),
        pytest.param("scan: 2021-01-01, baseline: 1, lesions: {T1: NE}", id="none evaluated"),
        # 20 mm and an unknown length are no sum of 20 mm: 35 mm is no growth of 75 %
        pytest.param("scan: 2021-01-01, baseline: 1, lesions: {T1: 20 mm, L1: NE}",
                     id="one of two evaluated"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sizes", ["lesions: {T1: 20 mm, L1: 15 mm}", "sum: 35 mm"])
def test_sizes_without_those_of_baseline_are_not_evaluated(tmp_path, baseline, sizes):
    """Eisenhauer 2009 4.4.2, Table 1: targets NE and nothing new is NE, and a new lesion PD."""
    more = f"scan: 2021-05-01, {sizes}, new: liver"
    found, problems = record(tmp_path, line(baseline, sizes, more), LESIONS)
    assert not problems
    assert labels(found) == ["NE", "PD"]
    notes = [each.what for each in found.remarks if "read as not evaluated" in each.what]
    assert len(notes) == 1


def test_sizes_without_those_of_baseline_date_no_progression(tmp_path):
    """CT and bone scan are one assessment; only the second shows the new lesion."""
    more = """
        scan: 2021-05-01, timepoint: second, lesions: {T1: 60 mm}, new: none
        scan: 2021-05-05, timepoint: second, new: bone
    """
    baseline = "scan: 2021-01-01, baseline: 1, modality: CT"
    found, problems = record(tmp_path, line(baseline, "lesions: {T1: 20 mm}", more), LESIONS)
    assert not problems
    shown = [str(each.scan.start) for each in found.status("RECIST 1.1", 1) if "PD" in each.labels]
    assert shown == ["2021-05-05"]


def test_the_days_before_the_start_are_a_setting(tmp_path):
    early = line("scan: 2020-12-06, baseline: 1, sum: 50 mm")
    found, _ = record(tmp_path, early, baseline_max_days=35)
    assert found.remarks == ()


def test_without_a_baseline_new_lesions_still_count(tmp_path):
    """48 mm of nothing is no response; a new lesion is progression (Eisenhauer 2009 Table 1)."""
    events = line("diagnosis: 2020-12", more="scan: 2021-05-01, sum: 20 mm, new: liver")
    found, problems = record(tmp_path, events)
    assert not problems
    assert labels(found) == ["NE", "PD"]
    assert ended(found) == (True, 117, 117)


def test_a_doubt_that_became_new_is_noted(tmp_path):
    events = line(scan="sum: 50 mm, equivocal: liver").replace(", new: none", "")
    events += "scan: 2021-05-01, sum: 50 mm, new: liver"
    found, problems = record(tmp_path, events)
    assert not problems
    assert [each.severity for each in found.remarks] == ["note"]
    assert "write confirms-equivocal: liver" in found.remarks[0].what


@pytest.mark.parametrize(
    ("name", "remark", "expected"),
    [
        ("P70-baseline-after-start", "after the start of the line", ["PR"]),  # 30 of 50: -40 %
        ("P68-paired-organs", "3 targets of one organ, lung", ["SD"]),  # 48 of 53: -9.4 %
    ],
)
def test_public_rows_in_every_command(name, remark, expected):
    path = INPUTS / "scans" / f"{name}.yaml"
    found, problems = opened(path)
    assert not problems
    assert labels(found) == expected
    for words in (["check"], ["show"], ["check", "--json"], ["show", "--json"]):
        done = CliRunner(env={"COLUMNS": "300"}).invoke(app, [words[0], str(path), *words[1:]])
        assert done.exit_code == 0
        assert remark in " ".join(done.stdout.split())
        assert "warning" in done.stdout
        if "--json" in words:
            json.loads(done.stdout)
