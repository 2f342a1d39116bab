"""A registry in a Parquet file, opened: its row groups and the columns that are read."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from timeline.registry.batches import BatchDerivation, RegistryOptions
from timeline.registry.cutting import identifiers
from timeline.registry.subject_file import SubjectFile, schema_of_file
from timeline.registry.survey import different
from timeline.trial.reading.arrow import empty_table

BATCH_ROWS = 100_000  # of the registry that are derived at a time by each worker


class RegistryFile:
    """A Parquet file of a registry, opened; only the columns that are wanted are read."""

    def __init__(
        self,
        path: Path,
        options: RegistryOptions,
        subjects: SubjectFile | None = None,
        threads: int | None = None,
    ) -> None:
        import pyarrow.parquet

        self.path, self.subjects = path, subjects
        schema = schema_of_file(path)
        whose = subjects.schema if subjects is not None else None
        derivation = BatchDerivation(schema, options, whose, threads)
        self.names = derivation.read_columns
        self._texts = [
            name
            for name in self.names
            if name != derivation.subject and _is_text(schema.field(name).type)
        ]
        self.file = pyarrow.parquet.ParquetFile(path, read_dictionary=self._texts)
        self.derivation = derivation
        metadata = self.file.metadata
        self.rows = [metadata.row_group(place).num_rows for place in range(metadata.num_row_groups)]

    def reopened(self) -> RegistryFile:
        """The same, for a thread of its own: a reader of pyarrow is of one thread."""
        import pyarrow.parquet

        new = copy.copy(self)
        new.file = pyarrow.parquet.ParquetFile(
            self.path, metadata=self.file.metadata, read_dictionary=self._texts
        )
        new.subjects = None if self.subjects is None else SubjectFile(self.subjects.path)
        return new

    @property
    def groups(self) -> int:
        """The number of row groups."""
        return len(self.rows)

    def different_rows(self) -> list[tuple[str, ...]]:
        """The different rows of the columns that are surveyed."""
        columns = self.derivation.survey_columns
        if not columns:
            return []
        names = list(columns.values())
        batches = self.file.iter_batches(BATCH_ROWS, columns=names)
        found: list[tuple[str, ...]] = different(batches, columns)
        return found

    def subject_above(self, group: int) -> Any:
        """The last subject of the row groups above one; None where there is none."""
        for above in range(group - 1, -1, -1):
            if self.rows[above]:
                column = self.file.read_row_group(above, columns=[self.derivation.subject])
                return identifiers(column.column(0).slice(len(column) - 1))[0].as_py()
        return None

    def empty_table(self) -> Any:
        """A table of no rows."""
        return empty_table(self.file.schema_arrow).select(self.names)

    def batches(self, groups: Sequence[int], rows: int) -> Iterator[Any]:
        """The batches of some row groups, one after another."""
        groups = [each for each in groups if each < self.groups]
        yield from self.file.iter_batches(rows, row_groups=groups, columns=self.names)


def _is_text(kind: Any) -> bool:
    import pyarrow

    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))
