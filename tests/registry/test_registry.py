"""A registry gives the records of the derivation in memory, whatever the cuts."""

import os
import subprocess
import sys
import threading

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import timeline.registry as registry
import timeline.registry.files as files
import timeline.trial as trial
from tests.registry.registries import DATA, FIRST, SCHEMA, in_memory, joined, registries
from timeline.cli.app import app
from timeline.registry.batches import RegistryOptions
from timeline.registry.workers import in_processes, in_threads

CODES = RegistryOptions().codes()
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PASSED = {"contradiction": "take"}


@FEW
@given(registries())
def test_a_batch_gives_the_records_of_the_derivation_in_memory(table):
    found = registry.derive_batch(table, severity=PASSED)
    assert found.to_pylist() == in_memory(table, CODES, severity=PASSED)


@FEW
@given(registries(), st.sampled_from([1, 3, 7, 1000]), st.sampled_from([1, 7, 50]))
def test_no_cut_changes_a_record_or_a_byte(tmp_path_factory, table, group, batch_rows):
    folder = tmp_path_factory.mktemp("registry")
    pq.write_table(table, folder / "whole.parquet")
    pq.write_table(table, folder / "cut.parquet", row_group_size=group)
    registry.derive_file(folder / "whole.parquet", folder / "one.parquet", severity=PASSED)
    found = registry.derive_file(folder / "cut.parquet", folder / "many.parquet",
                                 batch_rows=batch_rows, severity=PASSED)  # fmt: skip
    assert (folder / "many.parquet").read_bytes() == (folder / "one.parquet").read_bytes()
    expected = in_memory(table, CODES, severity=PASSED)
    assert pq.read_table(folder / "many.parquet").to_pylist() == expected
    assert (found.subjects, found.records) == (
        len(set(table["USUBJID"].to_pylist())),
        len(expected),
    )


@FEW
@given(registries(), st.randoms(use_true_random=False))
def test_rows_of_a_batch_may_be_in_any_order(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    mixed = registry.derive_batch(table.take(order), severity=PASSED)
    assert mixed.equals(registry.derive_batch(table, severity=PASSED))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("synthetic/rs_recist.csv", {"settings": "admiral"}),
        ("synthetic/rs_irecist.csv", {"settings": "admiral_irecist"}),
        ("pilot/rs_onco205.csv", {"settings": "admiral", "evaluator": "INDEPENDENT ASSESSOR"}),
        ("pilot/rs_onco205.csv", {"settings": "admiral", "evaluator": "INVESTIGATOR"}),
    ],
    ids=["RECIST", "iRECIST", "accepted reader", "investigator"],
)
def test_the_patients_of_the_peer_in_batches_of_seven_rows(tmp_path, name, options):
    """Readers, tests other than the overall response and evaluators are told of the whole table."""
    columns = ("RANDDT", "TRTSDT", "DTHDTC", "LSTALVDT")
    table = joined(DATA / name, columns)
    whole = RegistryOptions(settings=options["settings"]).codes()
    pq.write_table(table, tmp_path / "registry.parquet", row_group_size=601)
    registry.derive_file(tmp_path / "registry.parquet", tmp_path / "out.parquet",
                         batch_rows=200, **options)  # fmt: skip
    found = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert found == in_memory(table, whole, columns, **options)
    assert len(found) > 1000


def test_batches_of_seven_rows(tmp_path):
    """Some subjects have more rows than that."""
    table = joined(DATA / "synthetic/rs_recist.csv", ("RANDDT", "DTHDTC", "LSTALVDT"))
    table = table.slice(0, 300)
    options = {"settings": "admiral", "parameters": ["BOR", "CBOR", "PFS"]}
    counts = table["USUBJID"].value_counts().field("counts").to_pylist()
    assert max(counts) > 7
    parts = registry.whole_subjects(table.to_batches(max_chunksize=7))
    found = [registry.derive_batch(each, **options) for each in parts]
    assert len(found) > 20
    whole = registry.derive_batch(table, **options)
    assert pa.Table.from_batches(found).combine_chunks().to_batches()[0].equals(whole)


def test_threads_and_processes_write_the_same_bytes(tmp_path, monkeypatch):
    table = joined(DATA / "synthetic/rs_recist.csv", ("RANDDT", "DTHDTC", "LSTALVDT"))
    pq.write_table(table, tmp_path / "registry.parquet", row_group_size=1500)
    seen = []
    for name, workers, threads in (("one", 1, 4), ("threads", 2, 4), ("processes", 2, 1)):
        monkeypatch.setattr(files, "MOST_THREADS", threads)
        registry.derive_file(
            tmp_path / "registry.parquet", tmp_path / f"{name}.parquet", workers=workers,
            settings="admiral", progress=lambda done, total: seen.append((done, total)),
        )  # fmt: skip
    one = (tmp_path / "one.parquet").read_bytes()
    assert (tmp_path / "threads.parquet").read_bytes() == one
    assert (tmp_path / "processes.parquet").read_bytes() == one
    assert seen[-1] == (len(table), len(table))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "one.parquet", "processes.parquet", "registry.parquet", "threads.parquet",
    ]  # fmt: skip


def row(subject, day, word, **more):
    dates = {"RANDDT": FIRST, "RSDT": FIRST.replace(month=day)}
    return {"USUBJID": subject, "RSSTRESC": word, **dates, **more}


def written(tmp_path, rows, group=2, **columns):
    schema = pa.schema([*SCHEMA, *((name, pa.string()) for name in columns)])
    table = pa.Table.from_pylist(rows, schema=schema)
    pq.write_table(table, tmp_path / "r.parquet", row_group_size=group)
    return tmp_path / "r.parquet"


def faults(source, **options):
    out = source.with_name("out.parquet")
    out.write_bytes(b"as before")
    with pytest.raises(registry.InvalidRegistry) as why:
        registry.derive_file(source, out, batch_rows=1, **options)
    assert out.read_bytes() == b"as before"
    assert sorted(path.name for path in source.parent.iterdir()) == ["out.parquet", source.name]
    return [str(each).replace(str(source), "FILE") for each in why.value.problems]


@pytest.mark.parametrize("group", [1, 2, 100], ids="row groups of {}".format)
def test_an_unsorted_registry_is_refused_with_its_row(tmp_path, group):
    rows = [row("A", 2, "SD"), row("B", 2, "SD"), row("B", 3, "PD"), row("A", 3, "PD")]
    (found,) = faults(written(tmp_path, rows, group))
    assert found.startswith("FILE, row 4: subject 'A' comes after 'B'")


def test_every_fault_is_named_with_its_rows_in_the_registry(tmp_path):
    rows = [
        row("A", 2, "SD"), row("A", 3, "better"), row("B", 2, "SD"), row("B", 3, "worse"),
        row("C", 2, "SD"), row("C", 3, "PD", DTHDT=FIRST.replace(year=2021)),
    ]  # fmt: skip
    found = faults(written(tmp_path, rows))
    assert found[0].startswith("FILE, rows 2, 4, column RSSTRESC: no response by RECIST 1.1: 'bet")
    assert found[1] == (
        "FILE, row 6, column DTHDT: differs between the rows of a subject: 'C' "
        "(write the same on every row of a subject)"
    )
    assert len(found) == 2


def test_evaluators_are_told_of_the_whole_registry(tmp_path):
    """Each batch has one evaluator; the registry has two."""
    rows = [row("A", 2, "SD", RSEVAL="INVESTIGATOR"), row("B", 2, "PD", RSEVAL="CENTRAL")]
    source = written(tmp_path, rows, 1, RSEVAL="")
    (found,) = faults(source)
    assert "column RSEVAL: several evaluators: 'CENTRAL', 'INVESTIGATOR'" in found
    out = tmp_path / "out.parquet"
    registry.derive_file(source, out, batch_rows=1, evaluator="CENTRAL", parameters=["BOR"])
    assert pq.read_table(out)["AVALC"].to_pylist() == ["MISSING", "PD"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"parameters": ["OVR"]}, "OVR: the overall responses are the table itself"),
        ({"parameters": ["PSF"]}, "no parameter 'PSF'"),
        ({"criterion": "recist"}, "unknown criterion 'recist'"),
        ({"columns": {"subject": "PATIENT"}}, "no column of subjects"),
        ({"columns": {"patient": "PATIENT"}}, "unknown column 'patient'"),
        ({"workers": 0}, "at least 1"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_wrong_arguments(tmp_path, options, said):
    source = written(tmp_path, [row("A", 2, "SD")])
    with pytest.raises(ValueError, match=said):
        registry.derive_file(source, tmp_path / "out.parquet", **options)


def test_a_file_that_is_none(tmp_path):
    (tmp_path / "r.parquet").write_text("USUBJID,RSDT\n")
    (found,) = faults(tmp_path / "r.parquet")
    assert found.startswith("FILE: ")


def test_a_registry_without_the_day_of_randomisation(tmp_path):
    pq.write_table(pa.table({"USUBJID": ["A"], "RSDTC": ["2024-01-02"], "RSSTRESC": ["SD"]}),
                   tmp_path / "r.parquet")  # fmt: skip
    (found,) = faults(tmp_path / "r.parquet")
    assert "no column RANDDT" in found


def test_a_registry_of_no_rows(tmp_path):
    found = registry.derive_file(written(tmp_path, []), tmp_path / "out.parquet")
    assert (found.subjects, found.records) == (0, 0)
    assert pq.read_table(tmp_path / "out.parquet").column_names[:2] == ["USUBJID", "PARAMCD"]


def test_warnings_are_kept(tmp_path):
    rows = [row("A", 2, "SD"), row("A", 3, None), row("B", 3, None)]
    found = registry.derive_file(written(tmp_path, rows), tmp_path / "out.parquet", batch_rows=1)
    (fault,) = found.problems
    assert fault.kind == "no_response"
    assert fault.rows.tolist() == [2, 3]
    with pytest.warns(trial.TrialWarning, match="row 1, column RSSTRESC: no response"):
        registry.derive_batch(pa.Table.from_pylist([row("A", 3, None)], schema=SCHEMA))


WITHOUT_PANDAS = (
    "import atexit, sys; from timeline.cli.app import run; "
    "atexit.register(lambda: print('pandas' in sys.modules)); run()"
)


def command(*words, cwd, program=("-m", "timeline")):
    line = [sys.executable, *program, "derive", *words]
    env = {**os.environ, "PYTHONPATH": str(DATA.parents[2])}
    return subprocess.run(line, cwd=cwd, env=env, capture_output=True, text=True, check=False)


def test_the_command(tmp_path):
    source = written(tmp_path, [row("A", 2, "PR"), row("A", 3, "PD"), row("B", 3, "SD")])
    done = command(source.name, "-o", "d.parquet", "--parameter", "PFS", "--map",
                   "response=RSSTRESC", cwd=tmp_path, program=("-c", WITHOUT_PANDAS))  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    # pandas takes longer to import than a small registry to derive
    assert done.stdout == "d.parquet: written: 2 subjects, 2 records\nFalse\n"
    # from 6 January to 6 March 2020: 25 + 29 + 6 days
    assert pq.read_table(tmp_path / "d.parquet")["AVAL"].to_pylist()[0] == 60


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["r.parquet", "-o", "d.csv"], "d.csv: the derived file is Parquet"),
        (["r.parquet", "-o", "r.parquet"], "r.parquet: is an input"),
        (["no.parquet", "-o", "d.parquet"], "no.parquet: No such file or directory"),
        (["r.parquet", "-o", "d.parquet", "--set", "min_sd_days=x"], "min_sd_days"),
        (["r.parquet", "-o", "d.parquet", "--map", "response"], "--map: no column"),
        (["r.parquet", "-o", "none/d.parquet"], "no folder 'none'"),
    ],
    ids=lambda each: each[-1] if isinstance(each, list) else "",
)
def test_the_command_says_what_is_wrong(tmp_path, words, said, monkeypatch):
    written(tmp_path, [row("A", 2, "PR")])
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["derive", *words])
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["r.parquet"]


def test_a_process_that_ends_is_told():
    """``os._exit`` ends the process in the midst of its task, as want of memory does."""
    with pytest.raises(registry.WorkerEnded, match="has ended, as one does when memory runs out"):
        list(in_processes(os._exit, [3, 3], 2))


def test_threads_end_when_nobody_waits_for_them():
    """As Ctrl-C leaves them: what was not begun is not begun, and what was is told to stop."""
    before, stop, begun = set(threading.enumerate()), threading.Event(), []

    def task(number):
        begun.append(number)
        return number == 0 or stop.wait(60)

    results = in_threads(task, range(50), 2, stop)
    assert next(results)
    results.close()
    assert stop.is_set()
    assert len(begun) < 10
    assert set(threading.enumerate()) <= before


def test_the_command_says_that_a_process_has_ended(tmp_path, monkeypatch):
    def ends(*_, **__):
        raise registry.WorkerEnded

    monkeypatch.setattr(registry, "derive_file", ends)
    source = written(tmp_path, [row("A", 2, "PR")])
    done = CliRunner().invoke(app, ["derive", str(source), "-o", str(tmp_path / "d.parquet")])
    assert done.exit_code == 2
    assert f"{source}: a process that shared the work has ended" in done.output
