"""The subjects of a registry in a Parquet file of their own, read along with the assessments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from timeline.registry.cutting import check_sorted, identifiers, key_of, starts_of
from timeline.trial.reading.arrow import empty_table


def schema_of_file(path: Path) -> Any:
    """The schema of a Parquet file. Raises OSError, or ArrowException where it is none."""
    import pyarrow.parquet

    with path.open("rb") as opened:  # its OSError says what is wrong
        return pyarrow.parquet.read_schema(opened)


class SubjectFile:
    """A Parquet file of a row a subject, sorted by subject.

    Attributes:
        path: the file.
        schema: its schema, of pyarrow.
    """

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet

        self.path, self.schema = path, schema_of_file(path)
        self.file = pyarrow.parquet.ParquetFile(path)
        metadata = self.file.metadata
        self.rows = [metadata.row_group(place).num_rows for place in range(metadata.num_row_groups)]

    def lasts(self, subject: str) -> list[Any]:
        """The last subject of each row group; None of an empty one.

        Raises:
            UnsortedSubjects: the file is not sorted by subject.
        """
        found: list[Any] = []
        above = None
        for group, count in enumerate(self.rows):
            ids = identifiers(self.file.read_row_group(group, columns=[subject]).column(0))
            if count:
                check_sorted(ids, starts_of(ids), above, sum(self.rows[:group]))
                above = ids[count - 1].as_py()
            found.append(above if count else None)
        return found


class SubjectRows:
    """The rows of some subjects after another, each range once.

    Args:
        file: the file.
        subject: the column of identifiers.
        names: the columns that are read.
        lasts: the last subject of each row group.
        after: the subject after which the first range begins; None: the beginning of the file.
    """

    def __init__(
        self,
        file: SubjectFile,
        subject: str,
        names: Sequence[str],
        lasts: Sequence[Any],
        after: Any,
    ) -> None:  # fmt: skip
        self.file, self.subject = file, subject
        self.names = [subject, *(name for name in names if name != subject)]
        passed = 0
        for last in lasts if after is not None else ():
            if last is not None and key_of(last) > key_of(after):
                break
            passed += 1
        self.next_row = sum(file.rows[:passed])
        self._tables = self._groups(passed)
        self._held: Any = None
        if after is not None:
            self.up_to(after)

    def _groups(self, first: int) -> Iterator[Any]:
        for group in range(first, len(self.file.rows)):
            if self.file.rows[group]:
                yield self.file.file.read_row_group(group, columns=self.names)

    def up_to(self, subject: Any) -> tuple[int, Any]:
        """The rows up to a subject, it included, from those given before; None: all that are left.

        Returns:
            The number of the first of them in the file, from 0, and the table.
        """
        import pyarrow

        first, parts = self.next_row, []
        while True:
            if self._held is None:
                self._held = next(self._tables, None)
            if self._held is None:
                break
            cut = len(self._held) if subject is None else self._count(subject)
            parts.append(self._held.slice(0, cut))
            self.next_row += cut
            whole = cut == len(self._held)
            self._held = None if whole else self._held.slice(cut)
            if not whole:
                break
        if parts:
            return first, pyarrow.concat_tables(parts)
        return first, empty_table(self.file.schema).select(self.names)

    def _count(self, subject: Any) -> int:
        """The number of rows held whose subject does not come after another."""
        ids = identifiers(self._held[self.subject]).to_numpy(zero_copy_only=False)
        key = key_of(subject)
        low, high = 0, len(ids)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if key_of(ids[middle]) <= key else (low, middle)
        return low
