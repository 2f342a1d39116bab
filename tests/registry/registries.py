"""Registries of tests, and the records that the derivation in memory gives for them."""

import csv
import datetime
import warnings
from pathlib import Path

import pyarrow as pa
from hypothesis import strategies as st

import timeline.trial as trial
from timeline.registry.records import LEFT_OUT, ORDER

DATA = Path(__file__).parents[1] / "data" / "trial"
FIRST = datetime.date(2020, 1, 6)
RESPONSES = (("USUBJID", pa.string()), ("RSDT", pa.date32()), ("RSSEQ", pa.int64()),
             ("RSSTRESC", pa.string()))  # fmt: skip
DATES = ("RANDDT", "DTHDT", "LSTALVDT", "NACTDT")
SCHEMA = pa.schema([*RESPONSES, *((name, pa.date32()) for name in DATES)])
WORDS = ("CR", "PR", "SD", "PD", "NE", "NON-CR/NON-PD")


@st.composite
def registries(draw):
    """Rows of subjects with 0 to 20 scans; the longest has more rows than a batch of seven."""
    rows = []
    for place in range(draw(st.integers(1, 8))):
        origin = draw(st.integers(0, 50))
        days = sorted(draw(st.lists(st.integers(origin, origin + 400), max_size=20, unique=True)))
        last = max([origin, *days])
        death = draw(st.none() | st.integers(last, last + 100))
        alive = None if death is not None else draw(st.none() | st.integers(last, last + 100))
        therapy = draw(st.none() | st.integers(origin, last + 60))
        each = {"USUBJID": f"S{place:02}"}
        for name, day in zip(DATES, (origin, death, alive, therapy), strict=True):
            each[name] = None if day is None else FIRST + datetime.timedelta(days=day)
        for number, day in enumerate(days):
            word = draw(st.sampled_from(WORDS))
            rows.append(each | {"RSDT": FIRST + datetime.timedelta(days=day), "RSSEQ": number + 1,
                                "RSSTRESC": word})  # fmt: skip
        if not days:
            rows.append(each)
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def split(registry, subject_columns=DATES):
    """The table of responses and that of subjects, as a trial has them."""
    rows = registry.to_pylist()
    others = [name for name in registry.column_names if name not in subject_columns]
    stated = [row for row in rows if row.get("RSDT", row.get("RSDTC")) or row["RSSTRESC"]]
    subjects = {row["USUBJID"]: {name: row[name] for name in ("USUBJID", *subject_columns)}
                for row in rows}  # fmt: skip
    schema = registry.schema
    return (
        pa.Table.from_pylist(
            [{name: row[name] for name in others} for row in stated],
            schema=pa.schema([schema.field(name) for name in others]),
        ),
        pa.Table.from_pylist(
            list(subjects.values()),
            schema=pa.schema([schema.field(name) for name in ("USUBJID", *subject_columns)]),
        ),
    )


def in_memory(registry, codes, subject_columns=DATES, **options):
    """The records of `timeline.trial.derive`, one after another in the order of a registry."""
    responses, subjects = split(registry, subject_columns)
    with warnings.catch_warnings():  # what it warns of is tested with the derivation itself
        warnings.simplefilter("ignore", trial.TrialWarning)
        found = trial.derive(responses, subjects=subjects, parameters=list(codes), **options)
    title = found.criterion.title
    rules = {row.code: row.rule for row in trial.PARAMETERS if title in (row.criteria or (title,))}
    records = [
        {name: row.get(name) for name in ORDER} | {"RULE": row.get("RULE") or rules[row["PARAMCD"]]}
        for table in (found.parameters, found.times)
        for row in table.to_arrow().to_pylist()
    ]
    assert {*found.times.columns, *found.parameters.columns} <= {*ORDER, *LEFT_OUT}
    return sorted(records, key=lambda row: (row["USUBJID"], row["PARAMCD"]))


def joined(responses, columns):
    """The rows of a file of responses, by subject, with columns of the subjects beside it."""
    with (responses.parent / "subjects.csv").open(newline="") as opened:
        subjects = {row["USUBJID"]: row for row in csv.DictReader(opened)}
    with responses.open(newline="") as opened:
        rows = [
            row | {name: subjects[row["USUBJID"]].get(name) for name in columns}
            for row in csv.DictReader(opened)
        ]
    seen = {row["USUBJID"] for row in rows}
    rows += [
        {"USUBJID": who, **{name: row.get(name) for name in columns}}
        for who, row in subjects.items()
        if who not in seen
    ]
    names = list(dict.fromkeys(name for row in rows for name in row))
    rows.sort(key=lambda row: row["USUBJID"])
    columns = {name: pa.array([row.get(name) or None for row in rows], pa.string())
               for name in names}  # fmt: skip
    for name in ("RSSEQ", "VISITNUM"):
        if name in columns:
            columns[name] = columns[name].cast(pa.float64())
    return pa.table(columns)
