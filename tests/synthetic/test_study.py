"""The made-up study: the same bytes for a seed, its responses by RECIST, its dates in order."""

from __future__ import annotations

import datetime
import hashlib
import subprocess
import sys

import numpy as np
import pyarrow.parquet
import pytest

from timeline.cdisc.formats import FORMATS, content_of
from timeline.cdisc.timing import date_part
from timeline.synthetic import study_datasets, write_responses
from timeline.synthetic.course import course
from timeline.synthetic.randomness import _GAMMA, Draws, _mixed

OVERALL = "OVRLRESP"


@pytest.fixture(scope="module")
def study():
    return study_datasets(200, 1)


def test_the_numbers_are_those_of_splitmix64():
    """The first five outputs for the seed 1234567, as the reference implementation gives them."""
    with np.errstate(over="ignore"):
        found = _mixed(np.uint64([1234567]) + np.arange(1, 6, dtype=np.uint64) * _GAMMA)
    assert found.tolist() == [
        6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431,
        16408922859458223821,
    ]  # fmt: skip


def test_draws_are_uniform_normal_and_exponential():
    draw = Draws(1, np.arange(1, 100_001, dtype=np.uint64))
    assert abs(draw.uniform("a").mean() - 0.5) < 0.005  # standard error 0.0009
    normal = draw.normal("b")
    assert abs(normal.mean()) < 0.015
    assert abs(normal.std() - 1) < 0.015
    assert abs(draw.exponential("c", 100.0).mean() - 99.5) < 2  # whole days: half a day less
    assert abs(np.corrcoef(draw.uniform("d"), draw.uniform("e"))[0, 1]) < 0.015


def test_a_seed_gives_the_same_bytes_in_another_process():
    code = (
        "import hashlib; from timeline.synthetic import study_datasets;"
        "from timeline.cdisc.formats import FORMATS, content_of;"
        "print(hashlib.sha256(b''.join(content_of(each, FORMATS['csv'])"
        " for each in study_datasets(15, 3).values())).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    own = b"".join(content_of(each, FORMATS["csv"]) for each in study_datasets(15, 3).values())
    assert done.stdout.strip() == hashlib.sha256(own).hexdigest()
    assert own != b"".join(
        content_of(each, FORMATS["csv"]) for each in study_datasets(15, 4).values()
    )


def test_more_patients_are_added_to_the_first_ones(study):
    for name, dataset in study_datasets(15, 1).items():
        assert list(dataset.rows()) == list(study[name].rows())[: len(dataset)]
    parts, whole = course(1, 31, 20), course(1, 1, 50)
    assert (parts.size == whole.size[30:]).all()
    assert (parts.death == whole.death[30:]).all()


def test_every_record_is_marked_as_made_up(study):
    for dataset in study.values():
        assert set(dataset.column("STUDYID")) == {"SYNTHETIC"}
        assert all(str(each).startswith("SYNTHETIC-") for each in dataset.column("USUBJID"))


def _recist(baseline, nadir, sizes, nodes):
    """The response of target lesions in plain words (Eisenhauer 2009, 4.3.1)."""
    total = sum(size for size in sizes if size is not None)
    if total >= 1.2 * nadir and total - nadir >= 5:
        return "PD"
    if None in sizes:
        return "NE"
    if all(size < 10 if node else size == 0 for size, node in zip(sizes, nodes, strict=True)):
        return "CR"
    return "PR" if total <= 0.7 * baseline else "SD"


def test_every_response_follows_from_the_sizes_of_the_lesions(study):
    lesions = {}
    for row in study["TR"].rows():
        if row["TRTESTCD"] in ("LDIAM", "LPERP"):
            visit = lesions.setdefault((row["USUBJID"], row["VISITNUM"]), {})
            visit[row["TRLNKID"]] = (row["TRSTRESN"], row["TRTESTCD"] == "LPERP")
    responses = {
        (row["USUBJID"], row["VISITNUM"]): row["RSSTRESC"]
        for row in study["RS"].rows()
        if row["RSTESTCD"] == "TRGRESP"
    }
    assert len(responses) > 500
    nadir = {}
    for (subject, visit), found in lesions.items():
        sizes = [size for size, _ in found.values()]
        if visit == 1:
            nadir[subject] = baseline = sum(sizes)
            continue
        baseline = sum(size for size, _ in lesions[subject, 1].values())
        nodes = [node for _, node in found.values()]
        assert responses[subject, visit] == _recist(baseline, nadir[subject], sizes, nodes)
        if None not in sizes:
            nadir[subject] = min(nadir[subject], sum(sizes))


def test_nothing_happens_after_death_and_no_scan_after_progression(study):
    ends = {row["USUBJID"]: row["RFPENDTC"] for row in study["DM"].rows()}
    for name in ("EX", "DS", "CM", "AE", "TR", "RS"):
        for row in study[name].rows():
            dates = [value for key, value in row.items() if key.endswith("DTC") and value]
            last = datetime.date.fromisoformat(ends[row["USUBJID"]]).toordinal()
            assert all(date_part(each).earliest <= last for each in dates), row
    overall = {}
    for row in study["RS"].rows():
        if row["RSTESTCD"] == OVERALL:
            overall.setdefault(row["USUBJID"], []).append(row["RSSTRESC"])
    assert all("PD" not in found[:-1] for found in overall.values())


def test_the_study_has_what_an_analysis_must_stand(study):
    """Partial dates, missed scans, deaths, new therapy, dose reductions, untreated patients."""
    dm, rs, ex = study["DM"], study["RS"], study["EX"]
    assert any(len(each) == 7 for each in dm.column("DTHDTC") if each)
    assert any(len(each) == 7 for each in rs.column("RSDTC"))
    assert any(len(each) == 7 for each in study["CM"].column("CMSTDTC"))
    assert "ASSIGNED, NOT TREATED" in dm.column("ARMNRS")
    assert "ADVERSE EVENT" in ex.column("EXADJ")
    assert 80 < sum(each == "Y" for each in dm.column("DTHFL")) < 180
    assert {"CR", "PR", "SD", "PD", "NE"} <= set(rs.column("RSSTRESC"))
    weeks = {row["VISIT"] for row in rs.rows() if row["USUBJID"] == "SYNTHETIC-0000002"}
    assert weeks
    decisions = set(study["DS"].column("DSDECOD"))
    assert {"LOST TO FOLLOW-UP", "WITHDRAWAL BY SUBJECT", "LAST CONTACT", "DEATH"} <= decisions


def test_some_patients_are_scanned_after_new_therapy_and_most_are_not():
    """One in three goes on with scans, so that the rules of censoring have both to work on."""
    made = course(1, 1, 20_000)
    began = made.new_therapy < made.progression
    later = (made.done & (made.visit_day >= made.new_therapy[:, None])).any(axis=1)
    due = (made.visit_day >= made.new_therapy[:, None]) & (made.visit_day < made.last_seen[:, None])
    could = began & due.sum(axis=1).astype(bool)
    assert could.sum() > 300
    assert 0.2 < later[could].mean() < 0.4


def test_the_large_files_hold_the_same_patients(tmp_path, study):
    rows, subjects = write_responses(200, tmp_path / "rs.parquet", tmp_path / "dm.parquet", 1)
    large = pyarrow.parquet.read_table(tmp_path / "rs.parquet").to_pylist()
    small = [row for row in study["RS"].rows() if row["RSTESTCD"] == OVERALL]
    assert (rows, subjects) == (len(small), 200)
    for one, other in zip(large, small, strict=True):
        assert (one["USUBJID"], one["VISITNUM"], one["RSSTRESC"]) == (
            other["USUBJID"], other["VISITNUM"], other["RSSTRESC"],
        )  # fmt: skip
        assert one["RSDTC"].isoformat().startswith(other["RSDTC"])
    about = pyarrow.parquet.read_table(tmp_path / "dm.parquet").to_pylist()
    for one, other in zip(about, study["DM"].rows(), strict=True):
        assert (one["TRTSDT"] and one["TRTSDT"].isoformat()) == other["RFSTDTC"]
        assert (one["DTHDT"] is None) == (other["DTHFL"] is None)


def test_a_study_of_no_patient_is_refused():
    with pytest.raises(ValueError, match="write 1 or more"):
        study_datasets(0)


def test_a_large_study_that_fails_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr("timeline.synthetic.large._PART", 50)
    made = []

    def breaks(*words):
        made.append(words)
        if len(made) == 3:
            raise OSError("no space left")
        return course(*words)

    monkeypatch.setattr("timeline.synthetic.large.course", breaks)
    with pytest.raises(OSError, match="no space left"):
        write_responses(200, tmp_path / "rs.parquet", tmp_path / "dm.parquet")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    with pytest.raises(ValueError, match="write 1 or more"):
        write_responses(0, tmp_path / "rs.parquet", tmp_path / "dm.parquet")


def test_the_parts_of_a_large_study_make_the_same_rows(tmp_path, monkeypatch):
    write_responses(120, tmp_path / "a.parquet", tmp_path / "b.parquet")
    monkeypatch.setattr("timeline.synthetic.large._PART", 7)
    write_responses(120, tmp_path / "c.parquet", tmp_path / "d.parquet")
    for one, other in (("a", "c"), ("b", "d")):
        tables = [pyarrow.parquet.read_table(tmp_path / f"{each}.parquet") for each in (one, other)]
        assert tables[0].to_pylist() == tables[1].to_pylist()
