"""Dask and Spark give the records of one machine, and name the faults of the whole table.

What starts other processes takes long and is run by ``pytest -m clusters`` only. The tests of Spark
share one session of two threads.
"""

import contextlib
import io
import multiprocessing
import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

import timeline.registry as registry
import timeline.trial as trial
from tests.registry.registries import DATA, FIRST, SCHEMA, joined
from timeline.registry.records import plain_schema

ADMIRAL = {
    "settings": "admiral",
    "parameters": ["BOR", "CBOR", "PFS"],
    "severity": {"unknown_response": "take"},
}
ROOT = Path(__file__).parents[2]
ACCEPTED = {**ADMIRAL, "evaluator": "INDEPENDENT ASSESSOR"}


class OnDask:
    """The derivation on partitions of Dask that part the rows of subjects."""

    def frame(self, table):
        dask_frames = pytest.importorskip("dask.dataframe", reason="needs the extra dask")
        return dask_frames.from_pandas(table.to_pandas(), npartitions=3, sort=False)

    def derived(self, table, scheduler="synchronous", pool=None, **options):
        frame = self.frame(table)
        dask = pytest.importorskip("dask")
        with dask.config.set(scheduler=scheduler, pool=pool):
            found = registry.derive_dask(frame, **options).compute()
        return pa.Table.from_pandas(found, preserve_index=False)


class OnSpark:
    """The derivation on partitions of Spark, which hands on batches of seven rows."""

    def __init__(self, session):
        self.session = session

    def derived(self, table, **options):
        frame = self.session.createDataFrame(table.to_pandas().astype(object).where(
            table.to_pandas().notna(), None).values.tolist(), self.schema(table))  # fmt: skip
        from pyspark.sql.pandas.types import to_arrow_schema

        found = registry.derive_spark(frame.repartition(4), **options)
        kinds = to_arrow_schema(found.schema)
        return pa.Table.from_pylist([row.asDict() for row in found.collect()], kinds)

    @staticmethod
    def schema(table):
        from pyspark.sql.pandas.types import from_arrow_schema

        return from_arrow_schema(table.schema)


@pytest.fixture(scope="module")
def on_spark():
    sql = pytest.importorskip("pyspark.sql", reason="needs the extra spark, and Java")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    yield OnSpark(session)
    session.stop()


@pytest.fixture(params=["dask", pytest.param("spark", marks=pytest.mark.clusters)])
def engine(request):
    return OnDask() if request.param == "dask" else request.getfixturevalue("on_spark")


def blocks(kind):
    """The blocks of one kind on the page about registries."""
    page = (ROOT / "docs" / "how-to" / "registry.md").read_text("utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)


@pytest.fixture
def page_folder(tmp_path, monkeypatch):
    """A folder with the registry of the page."""
    monkeypatch.chdir(tmp_path)
    text = next(each for each in blocks(r"\{run\}") if "registry.parquet" in each)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(re.sub("^:.*$", "", text, flags=re.MULTILINE), {})  # noqa: S102 - our own page
    return tmp_path


def in_order(table):
    plain = table.replace_schema_metadata(None)
    plain = plain.cast(plain_schema(plain.schema))
    return plain.sort_by([(name, "ascending") for name in ("USUBJID", "PARAMCD")]).combine_chunks()


def of_one_machine(table, **options):
    return in_order(pa.Table.from_batches([registry.derive_batch(table, **options)]))


def row(subject, month, word, number=1, **more):
    dates = {"RANDDT": FIRST, "RSDT": FIRST.replace(month=month)}
    return {"USUBJID": subject, "RSSTRESC": word, "RSSEQ": number, **dates, **more}


def registry_of(*rows):
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


@pytest.fixture(scope="module")
def peers():
    """The patients of the peer with two evaluators and several readers; some have ten rows."""
    return joined(DATA / "pilot/rs_onco205.csv", ("RANDDT", "TRTSDT", "DTHDTC", "LSTALVDT"))


def test_the_patients_of_the_peer(engine, peers):
    assert max(peers["USUBJID"].value_counts().field("counts").to_pylist()) > 7
    found = in_order(engine.derived(peers, **ACCEPTED))
    assert found.equals(of_one_machine(peers, **ACCEPTED))
    assert len(found) > 200


@pytest.mark.clusters
def test_two_processes_of_dask(peers):
    pytest.importorskip("dask.dataframe", reason="needs the extra dask")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        found = OnDask().derived(peers, scheduler="processes", pool=pool, **ACCEPTED)
    assert in_order(found).equals(of_one_machine(peers, **ACCEPTED))


def test_a_blank_after_an_identifier_makes_no_other_subject(engine):
    """PR and the PD after it are of one subject, who then has one time from PR to PD."""
    table = registry_of(row("A", 2, "PR"), row("A\u2003", 4, "PD", 2), row("B", 2, "SD"))
    found = in_order(engine.derived(table, parameters=["RSD"]))
    # from 6 February to 6 April 2020: 23 + 31 + 6 days
    assert [(each["USUBJID"], each["AVAL"]) for each in found.to_pylist()] == [("A", 60)]


def test_every_fault_is_named_with_its_subjects(engine):
    table = registry_of(
        row("A", 2, "SD"), row("A", 3, "better", 2), row("B", 2, "worse"),
        row("C", 2, "SD"), row("C", 3, "PD", 2, DTHDT=FIRST.replace(year=2021)),
    )  # fmt: skip
    with pytest.raises(registry.InvalidRegistry) as why:
        engine.derived(table)
    duplicate, unknown = map(str, why.value.problems)
    assert duplicate.startswith(
        "registry, subject 'C', column DTHDT: differs between the rows of a subject: 'C'"
    )
    assert unknown.startswith("registry, subjects 'A', 'B', column RSSTRESC: no response by RECI")
    assert "'better'" in unknown


def test_faults_that_are_let_pass_are_warned_of(engine):
    table = registry_of(row("A", 2, "SD"), row("A", 3, None, 2), row("B", 3, None))
    with pytest.warns(trial.TrialWarning, match=r"registry, subjects 'A', 'B', column RSSTRESC"):
        engine.derived(table, parameters=["BOR"])


def test_rows_without_a_number_have_no_order(engine):
    table = registry_of(row("A", 2, "SD")).drop_columns(["RSSEQ"])
    with pytest.raises(ValueError, match=r"no column RSSEQ.*have no order"):
        engine.derived(table)


def test_the_example_of_the_page(engine, page_folder):
    module = "dask" if isinstance(engine, OnDask) else "pyspark"
    (text,) = [each for each in blocks("py") if module in each]
    text = text.replace('parquet("', f'parquet("{page_folder}/')  # Spark began in another folder
    exec(text, {"__name__": "__main__"})  # noqa: S102 - our own page
    found = pa.parquet.read_table(page_folder / "derived")
    one = registry.derive_file("registry.parquet", "one.parquet", settings="admiral")
    assert in_order(found).equals(in_order(pa.parquet.read_table(one.path)))


def test_the_questions_of_the_page_to_duckdb(page_folder):
    duckdb = pytest.importorskip("duckdb", reason="needs DuckDB")
    registry.derive_file("registry.parquet", "derived.parquet", settings="admiral")
    responses, times = (duckdb.sql(text).fetchall() for text in blocks("sql"))
    assert responses == [("MISSING", 1), ("PR", 1), ("SD", 1)]
    # 5 January to 3 May 2024, both included: 27 + 29 + 31 + 30 + 3 days
    assert times == [(1, 120.0)]
