"""The made-up study at any size as Parquet, in parts: subjects and overall responses."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np

from timeline.files.extras import import_extra
from timeline.synthetic import course as c
from timeline.synthetic.course import NEVER, Course, course
from timeline.synthetic.datasets import STUDY

_PART = 50_000  # subjects made at once: a bound of the memory
_RESPONSES = ("NE", "CR", "PR", "SD", "PD")  # in the order of the numbers in `course`
_EPOCH = datetime.date(1970, 1, 1).toordinal()  # of Arrow


def write_responses(subjects: int, responses: Path, about: Path, seed: int = 1) -> tuple[int, int]:
    """Write a made-up study as two Parquet files, in parts of bounded memory.

    The patients are those of `study_datasets` with the same seed; only the dates are complete.

    Args:
        subjects: the number of patients.
        responses: the file of overall responses, one row a scan: USUBJID, RSSEQ, RSTESTCD,
            RSSTRESC, RSEVAL, VISITNUM, RSDTC (a day), sorted by patient and day.
        about: the file of patients, one row each: USUBJID, ARM, RANDDT, TRTSDT, DTHDT, NACTDT and
            LSTALVDT, days.
        seed: as of `study_datasets`.

    Returns:
        The numbers of rows of both.

    Raises:
        ValueError: there is no patient.
        ImportError: pyarrow is not installed; the message names the extra.
        OSError: a file cannot be written. Each file appears whole or not at all.
    """
    arrow, parquet = (import_extra(each, "cdisc") for each in ("pyarrow", "pyarrow.parquet"))
    if subjects < 1:
        raise ValueError(f"a study of {subjects} patients (write 1 or more)")
    paths = (responses, about)
    unfinished = [path.with_name(f".{path.name}.part") for path in paths]
    counts = [0, 0]
    writers: list[Any] = []
    try:
        for first in range(1, subjects + 1, _PART):
            made = course(seed, first, min(_PART, subjects - first + 1))
            tables = (_responses(arrow, made), _subjects(arrow, made))
            if not writers:
                for table, path in zip(tables, unfinished, strict=True):
                    writers.append(parquet.ParquetWriter(path, table.schema, compression="zstd"))
            for place, table in enumerate(tables):
                writers[place].write_table(table)
                counts[place] += table.num_rows
        while writers:
            writers.pop().close()
        for part, path in zip(unfinished, paths, strict=True):
            part.replace(path)
    finally:
        for writer in writers:
            writer.close()
        for part in unfinished:
            part.unlink(missing_ok=True)
    return counts[0], counts[1]


def _names(arrow: Any, number: Any) -> Any:
    """The identifiers of patients."""
    import pyarrow.compute as compute

    texts = compute.utf8_lpad(arrow.array(number.astype(np.int64)).cast(arrow.string()), 7, "0")
    return compute.binary_join_element_wise(STUDY, texts, "-")


def _days(arrow: Any, days: Any) -> Any:
    """Ordinals as days of Arrow; what did not come is missing."""
    counted = (np.where(days < NEVER, days, _EPOCH) - _EPOCH).astype(np.int32)
    return arrow.array(counted, mask=days >= NEVER).cast(arrow.date32())


def _dictionary(arrow: Any, codes: Any, words: tuple[str, ...]) -> Any:
    return arrow.DictionaryArray.from_arrays(
        arrow.array(codes.astype(np.int8)), arrow.array(list(words))
    )


def _responses(arrow: Any, made: Course) -> Any:
    patient, visit = np.nonzero(made.done)
    first = np.concatenate(([0], np.cumsum(made.done.sum(axis=1))[:-1]))
    names = _names(arrow, made.number)
    same = np.zeros(len(patient), dtype=np.int8)
    return arrow.table({
        "USUBJID": names.take(arrow.array(patient)),
        "RSSEQ": arrow.array((np.arange(len(patient)) - first[patient] + 1).astype(np.int32)),
        "RSTESTCD": _dictionary(arrow, same, ("OVRLRESP",)),
        "RSSTRESC": _dictionary(arrow, made.overall[patient, visit], _RESPONSES),
        "RSEVAL": _dictionary(arrow, same, ("INVESTIGATOR",)),
        "VISITNUM": arrow.array((visit + 2).astype(np.int16)),
        "RSDTC": _days(arrow, made.visit_day[patient, visit]),
    })  # fmt: skip


def _subjects(arrow: Any, made: Course) -> Any:
    arms = ("Drug A 400 mg", "Drug B 200 mg")
    return arrow.table({
        "USUBJID": _names(arrow, made.number),
        "ARM": _dictionary(arrow, made.arm, arms),
        "RANDDT": _days(arrow, made.randomised),
        "TRTSDT": _days(arrow, made.first_dose),
        "DTHDT": _days(arrow, made.death),
        "NACTDT": _days(arrow, made.new_therapy),
        "LSTALVDT": _days(arrow, _last_alive(made)),
    })  # fmt: skip


def _last_alive(made: Course) -> Any:
    """The last day on which a patient was known to be alive; missing of one who died."""
    return np.where(made.death < c.NEVER, c.NEVER, np.minimum(made.lost, made.last_seen))
