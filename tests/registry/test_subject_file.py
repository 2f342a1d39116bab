"""Assessments and subjects in two files give the records of one file, whatever the cuts."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import timeline.registry as registry
from tests.registry.registries import DATES, FIRST, registries, split
from timeline.cli.app import app

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PASSED = {"contradiction": "take"}


@FEW
@given(registries(), st.sampled_from([1, 3, 7, 1000]), st.sampled_from([1, 2, 1000]),
       st.sampled_from([1, 7, 50]))  # fmt: skip
def test_two_files_give_the_bytes_of_one(tmp_path_factory, table, group, of_subjects, batch_rows):
    folder = tmp_path_factory.mktemp("registry")
    responses, subjects = split(table)
    pq.write_table(table, folder / "one.parquet")
    pq.write_table(responses, folder / "rs.parquet", row_group_size=group)
    pq.write_table(subjects, folder / "adsl.parquet", row_group_size=of_subjects)
    one = registry.derive_file(folder / "one.parquet", folder / "1.parquet", severity=PASSED)
    two = registry.derive_file(folder / "rs.parquet", folder / "2.parquet", severity=PASSED,
                               subjects=folder / "adsl.parquet", batch_rows=batch_rows)  # fmt: skip
    assert (folder / "2.parquet").read_bytes() == (folder / "1.parquet").read_bytes()
    assert (two.subjects, two.records) == (one.subjects, one.records)


def assessment(subject, month, word, number=1):
    return {"USUBJID": subject, "RSDT": FIRST.replace(month=month), "RSSEQ": number,
            "RSSTRESC": word}  # fmt: skip


def subject(name, **more):
    return {"USUBJID": name, "RANDDT": FIRST, "ARM": "A", **more}


@pytest.fixture
def files(tmp_path):
    """Two files, written one row a row group."""

    def write(assessments, subjects):
        kinds = [("USUBJID", pa.string()), ("RSDT", pa.date32()), ("RSSEQ", pa.int64()),
                 ("RSSTRESC", pa.string())]  # fmt: skip
        rs = pa.Table.from_pylist(assessments, schema=pa.schema(kinds))
        kinds = [("USUBJID", pa.string()), ("ARM", pa.string()),
                 *((name, pa.date32()) for name in DATES)]  # fmt: skip
        adsl = pa.Table.from_pylist(subjects, schema=pa.schema(kinds))
        pq.write_table(rs, tmp_path / "rs.parquet", row_group_size=1)
        pq.write_table(adsl, tmp_path / "adsl.parquet", row_group_size=1)
        return tmp_path

    return write


def derived(folder, **options):
    registry.derive_file(folder / "rs.parquet", folder / "out.parquet",
                         subjects=folder / "adsl.parquet", batch_rows=1, **options)  # fmt: skip
    return pq.read_table(folder / "out.parquet").to_pylist()


def faults(folder, **options):
    with pytest.raises((registry.InvalidRegistry, ValueError)) as why:
        derived(folder, **options)
    assert not (folder / "out.parquet").exists()
    return str(why.value).replace(f"{folder}/", "").splitlines()


def test_subjects_without_assessments_before_between_and_after(files):
    folder = files(
        [assessment("B", 2, "PD"), assessment("D", 2, "SD")],
        [subject(name, LSTALVDT=FIRST.replace(month=3)) for name in "ABCDEF"],
    )
    found = derived(folder, parameters=["OS", "PFS"], keep=["ARM"])
    # 6 January to 6 March 2020 (last known alive): 25 + 29 + 6 days; to 6 February: 31
    assert [(each["USUBJID"], each["AVAL"], each["CNSR"], each["ARM"]) for each in found] == [
        row for name, days, censored in
        [("A", 0, 1), ("B", 31, 0), ("C", 0, 1), ("D", 31, 1), ("E", 0, 1), ("F", 0, 1)]
        for row in ((name, 60, 1, "A"), (name, days, censored, "A"))
    ]  # fmt: skip


def test_no_assessment_at_all(files):
    found = derived(files([], [subject("A"), subject("B")]), parameters=["BOR"])
    assert [(each["USUBJID"], each["AVALC"]) for each in found] == [
        ("A", "MISSING"), ("B", "MISSING"),
    ]  # fmt: skip


def test_faults_are_named_with_their_file_and_rows(files):
    folder = files(
        [assessment("A", 2, "SD"), assessment("B", 2, "better"), assessment("X", 2, "SD")],
        [subject("A"), subject("B"), subject("B"), subject("C", RANDDT=None), subject("D")],
    )
    found = faults(folder)
    assert found[0].startswith("adsl.parquet, rows 2, 3, column USUBJID: several rows of one subj")
    assert found[1].startswith("rs.parquet, row 2, column RSSTRESC: no response by RECIST 1.1")
    assert found[2].startswith("rs.parquet, row 3, column USUBJID: not in the table of subjects")
    assert len(found) == 3


@pytest.mark.parametrize(
    ("assessments", "subjects", "options", "said"),
    [
        (["A", "B"], ["B", "A"], {}, "adsl.parquet, row 2: subject 'A' comes after 'B'"),
        (["B", "A"], ["A", "B"], {}, "rs.parquet, row 2: subject 'A' comes after 'B'"),
        (["A"], ["A"], {"keep": ["ARMCD"]}, "keep: no column 'ARMCD' (did you mean ARM?"),
        (["A"], ["A"], {"keep": ["PARAM"]}, "keep: PARAM is a column of the records"),
    ],
)
def test_what_is_refused(files, assessments, subjects, options, said):
    folder = files([assessment(each, 2, "SD") for each in assessments],
                   [subject(each) for each in subjects])  # fmt: skip
    (found,) = faults(folder, **options)
    assert found.startswith(said)


def test_a_date_of_subjects_in_both_files(files):
    folder = files([assessment("A", 2, "SD")], [subject("A")])
    both = pa.table({"USUBJID": ["A"], "RANDDT": [FIRST], "RSDT": [FIRST], "RSSTRESC": ["SD"]})
    pq.write_table(both, folder / "rs.parquet")
    (found,) = faults(folder)
    assert found.startswith("column RANDDT of subjects is in the table of assessments as well")


def test_the_command(files):
    folder = files([assessment("A", 2, "PD")], [subject("A")])
    words = ["derive", folder / "rs.parquet", "--subjects", folder / "adsl.parquet", "--keep",
             "ARM", "--parameter", "PFS", "-o"]  # fmt: skip
    done = CliRunner().invoke(app, [str(each) for each in [*words, folder / "out.parquet"]])
    assert (done.exit_code, done.output.split(": ", 1)[1]) == (0, "written: 1 subject, 1 records\n")
    assert pq.read_table(folder / "out.parquet")["ARM"].to_pylist() == ["A"]
    done = CliRunner().invoke(app, [str(each) for each in [*words, folder / "adsl.parquet"]])
    assert done.exit_code == 2
    assert "is an input" in done.output
