"""The derived file: the records of all row groups in their order, and the faults of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from timeline.registry.splitting import SUBJECTS
from timeline.trial.problems import TableProblem

RECORDS = 250_000  # of a row group of the derived file


def rejected_of(problems: Sequence[TableProblem]) -> list[TableProblem]:
    """The faults that are to be rejected."""
    return [each for each in problems if each.severity == "reject"]


def merged(
    problems: Sequence[TableProblem], source: Path, subjects: Path | None
) -> list[TableProblem]:
    """One fault of each kind, file and column, with the rows of all batches."""
    groups: dict[tuple[str, str, str], list[TableProblem]] = {}
    for each in problems:
        of_subjects = subjects is not None and each.table.startswith(SUBJECTS)
        table = str(subjects if of_subjects else source)
        groups.setdefault((table, each.kind, each.column), []).append(each)
    found = []
    for (table, *_), alike in groups.items():
        first = alike[0]
        rows = np.unique(np.concatenate([each.rows for each in alike]))
        more = "; the same further on" if len(alike) > 1 and len(rows) else ""
        found.append(attrs.evolve(first, table=table, rows=rows, what=first.what + more))
    return found


class RecordWriter:
    """Writes records to Parquet in row groups of `RECORDS`, however they come in."""

    def __init__(self, path: Path, schema: Any) -> None:
        import pyarrow
        import pyarrow.parquet

        self.records, self._held = 0, 0
        self._waiting: list[Any] = []
        self._schema = schema
        # days, numbers and identifiers are mostly different: without dictionaries they are smaller
        words = [each.name for each in schema if pyarrow.types.is_dictionary(each.type)]
        self._writer = pyarrow.parquet.ParquetWriter(
            path, schema, compression="zstd", use_dictionary=words
        )

    def __enter__(self) -> RecordWriter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._waiting:
            self._write(self._held)
        self._writer.close()

    def add(self, path: Path) -> None:
        """Add the records of one file, batch by batch."""
        import pyarrow

        with pyarrow.OSFile(str(path), "rb") as source:
            reader = pyarrow.ipc.open_file(source)
            for place in range(reader.num_record_batches):
                self._waiting.append(reader.get_batch(place))
                self._held += len(self._waiting[-1])
                while self._held >= RECORDS:
                    self._write(RECORDS)

    def _write(self, count: int) -> None:
        import pyarrow

        table = pyarrow.Table.from_batches(self._waiting, self._schema)
        now = table.slice(0, count).combine_chunks()
        self._writer.write_table(now, row_group_size=max(count, 1))
        rest = table.slice(count)
        self._waiting = rest.to_batches()
        self._held -= count
        self.records += count
