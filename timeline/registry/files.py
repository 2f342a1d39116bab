"""A registry in one Parquet file: derived row group by row group, by several processes.

Each row group is one task: the subjects whose first row is in it. A worker reads its group and, of
the next ones, the rest of its last subject. Its records go to a file of its own beside the output,
and this process writes them in the order of the registry, in row groups of `RECORDS` records; so
the derived file does not depend on the number of workers or on the size of batches.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from timeline.registry.batches import BatchDerivation, RegistryOptions
from timeline.registry.cutting import UnsortedSubjects, identifiers, key_of, whole_subjects
from timeline.registry.survey import different
from timeline.registry.workers import worked
from timeline.settings.trial import TrialSettings
from timeline.trial.problems import InvalidTables, TableProblem

RECORDS = 250_000  # of a row group of the derived file
BATCH_ROWS = 200_000  # of the registry that are derived at a time by each worker
WORTH_A_WORKER = 500_000  # rows of the registry
NAMED = 50  # faulty rows of one kind that are kept of each batch


class InvalidRegistry(ValueError):
    """A registry that cannot be derived; nothing is written.

    Attributes:
        problems: what is wrong with it; each as ``str`` is one line with the place.
    """

    def __init__(self, problems: Sequence[Any]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@attrs.frozen(kw_only=True)
class DerivedFile:
    """What `derive_file` has written: its path, counts, and the faults that were let pass."""

    path: Path
    subjects: int
    records: int
    problems: tuple[TableProblem, ...]


def derive_file(
    source: Path | str,
    out: Path | str,
    *,
    settings: TrialSettings | Mapping[str, Any] | str | None = None,
    columns: Mapping[str, str] | None = None,
    criterion: str | None = None,
    evaluator: str | None = None,
    parameters: Sequence[str] | None = None,
    severity: Mapping[str, str] | None = None,
    workers: int | None = None,
    batch_rows: int = BATCH_ROWS,
    progress: Callable[[int, int], None] | None = None,
) -> DerivedFile:
    """Derive a registry in a Parquet file to a Parquet file, in bounded memory.

    Args:
        source: a Parquet file of the columns that `derive_batch` reads, sorted by subject.
        out: the derived file, with the records of `derive_batch`, sorted by subject and PARAMCD. A
            file of that name stays whole until the end.
        settings: as for `derive_batch`, and so are the other arguments down to ``severity``.
        columns: names of columns by role.
        criterion: ``recist11`` or ``irecist``.
        evaluator: the evaluator whose rows count.
        parameters: the PARAMCD to derive, without OVR; None: all of the criterion.
        severity: severities of single kinds of faults.
        workers: the number of processes, at most one for each row group; 1: this process only;
            None: as many as there are processors, but one for each `WORTH_A_WORKER` rows, since a
            process takes about a second to start. With several, a script that calls this needs
            ``if __name__ == "__main__":``.
        batch_rows: the least number of rows that a worker derives at a time. Neither this nor
            ``workers`` changes the file.
        progress: is called with the rows of the registry that are done, and all of them.

    Returns:
        The path, the numbers of subjects and records, and the faults that were let pass. Their rows
        are those of the registry, from 1, at most `NAMED` of each batch.

    Raises:
        InvalidRegistry: the file cannot be read, is not sorted by subject, or has faults that are
            to be rejected; all of them are named.
        ValueError: an argument is wrong.
        OSError: the output cannot be written.

    Source:
        As `timeline.trial.derive`.
    """
    import pyarrow

    source, out = Path(source), Path(out)
    if batch_rows < 1 or (workers is not None and workers < 1):
        raise ValueError("workers and batch_rows: at least 1")
    options = RegistryOptions(
        settings=settings,
        columns=columns,
        criterion=criterion,
        evaluator=evaluator,
        parameters=parameters,
        severity=severity,
    )
    try:
        opened = RegistryFile(source, options)
        rows = opened.different_rows()
        rejected = _rejected(opened.derivation.told(rows).problems)
    except (OSError, pyarrow.ArrowException) as fault:
        raise InvalidRegistry([f"{source}: {_first_line(fault)}"]) from None
    except InvalidTables as fault:
        rejected = list(fault.problems)
    if rejected:
        raise InvalidRegistry(_merged(rejected, str(source)))
    worth = min(os.cpu_count() or 1, sum(opened.rows) // WORTH_A_WORKER)
    count = max(min(worth if workers is None else workers, opened.groups), 1)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
        tasks = [
            GroupTask(source=source, group=group, options=options, batch_rows=batch_rows, told=rows,
                      records=Path(folder) / f"{group}.arrow")
            for group in range(opened.groups)
        ]  # fmt: skip
        return _assembled(opened, out, worked(derive_group, tasks, count), Path(folder), progress)


def _first_line(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]


class RegistryFile:
    """A Parquet file of a registry, opened; only the columns that are wanted are read."""

    def __init__(self, path: Path, options: RegistryOptions) -> None:
        import pyarrow
        import pyarrow.parquet

        self.path = path
        with path.open("rb") as opened:  # its OSError says what is wrong
            schema = pyarrow.parquet.read_schema(opened)
        derivation = BatchDerivation(schema, options)
        wanted = {
            *derivation.columns["responses"],
            *derivation.columns["subjects"],
            *derivation.survey_columns.values(),
        }
        self.names = [name for name in schema.names if name in wanted]
        texts = [
            name
            for name in self.names
            if name != derivation.subject and _is_text(schema.field(name).type)
        ]
        self.file = pyarrow.parquet.ParquetFile(path, read_dictionary=texts)
        self.derivation = derivation
        metadata = self.file.metadata
        self.rows = [metadata.row_group(place).num_rows for place in range(metadata.num_row_groups)]

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

    def batches(self, groups: Sequence[int], rows: int) -> Iterator[Any]:
        """The batches of some row groups, one after another."""
        yield from self.file.iter_batches(rows, row_groups=list(groups), columns=self.names)


def _is_text(kind: Any) -> bool:
    import pyarrow

    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))


@attrs.frozen(kw_only=True)
class GroupTask:
    """The subjects whose first row is in one row group, and the file of their records."""

    source: Path
    group: int
    options: RegistryOptions
    batch_rows: int
    told: Sequence[tuple[str, ...]]
    records: Path


@attrs.frozen(kw_only=True)
class GroupResult:
    """What a worker says of its row group; ``rows`` of faults count in the registry, from 1."""

    group: int
    subjects: int
    problems: tuple[TableProblem, ...]
    unsorted: str = ""


def derive_group(task: GroupTask) -> GroupResult:
    """Derive the subjects whose first row is in one row group."""
    import pyarrow

    opened = RegistryFile(task.source, task.options)
    opened.derivation.told(task.told)
    own = _OwnRows(opened, task)
    problems: list[TableProblem] = []
    subjects, row = 0, -1
    try:
        with pyarrow.OSFile(str(task.records), "wb") as file, pyarrow.ipc.new_file(
            file, opened.derivation.schema
        ) as writer:  # fmt: skip
            for table in whole_subjects(own, opened.derivation.subject, rows=task.batch_rows):
                row = own.first if row < 0 else row
                part = opened.derivation.part(table)
                subjects += part.subjects
                problems += [_placed(each, row) for each in part.problems]
                if part.batch is not None:
                    writer.write_batch(part.batch)
                row += len(table)
    except UnsortedSubjects as fault:
        what = f"row {own.first + fault.row + 1:,}: {fault}"
        return GroupResult(group=task.group, subjects=0, problems=(), unsorted=what)
    return GroupResult(group=task.group, subjects=subjects, problems=tuple(problems))


def _placed(problem: TableProblem, row: int) -> TableProblem:
    """A fault of a batch as one of the registry."""
    return attrs.evolve(problem, rows=problem.rows[:NAMED] + row)


class _OwnRows:
    """The rows of the subjects that begin in a row group; ``first`` is the first of them."""

    def __init__(self, opened: RegistryFile, task: GroupTask) -> None:
        self.opened, self.task = opened, task
        self.first = sum(opened.rows[: task.group])

    def __iter__(self) -> Iterator[Any]:
        opened, group = self.opened, self.task.group
        above, last = opened.subject_above(group), None
        for batch in opened.batches([group], self.task.batch_rows):
            ids = identifiers(batch[opened.derivation.subject])
            skipped = self._leading(ids, above) if last is None else 0
            self.first += skipped
            if skipped < len(ids):
                if (
                    last is None
                    and above is not None
                    and key_of(ids[skipped].as_py()) < key_of(above)
                ):
                    raise UnsortedSubjects(0, str(ids[skipped].as_py()), str(above))
                last = ids[len(ids) - 1].as_py()
                yield batch.slice(skipped)
        if last is None:  # no subject begins here
            return
        after = [each for each in range(group + 1, opened.groups) if opened.rows[each]]
        for later in after:
            for batch in opened.batches([later], self.task.batch_rows):
                ids = identifiers(batch[opened.derivation.subject])
                own = self._leading(ids, last)
                if own:
                    yield batch.slice(0, own)
                if own < len(ids):
                    return

    @staticmethod
    def _leading(ids: Any, subject: Any) -> int:
        """The number of rows of one subject at the beginning."""
        import pyarrow.compute as compute

        if subject is None or not len(ids):
            return 0
        other = compute.index(compute.equal(ids, subject), False).as_py()
        return len(ids) if other < 0 else int(other)


# ---- the derived file


def _assembled(
    opened: RegistryFile,
    out: Path,
    results: Iterator[GroupResult],
    folder: Path,
    progress: Callable[[int, int], None] | None,
) -> DerivedFile:
    """Write the records of all row groups in their order, and put the file in its place."""
    part = folder / "derived.parquet"
    writing = _RecordWriter(part, opened.derivation.schema)
    problems: list[TableProblem] = []
    unsorted: list[str] = []
    subjects, done, total = 0, 0, sum(opened.rows)
    with writing:
        for result in results:
            subjects += result.subjects
            problems += result.problems
            unsorted += [result.unsorted] * bool(result.unsorted)
            records = folder / f"{result.group}.arrow"
            if not unsorted and not _rejected(problems):
                writing.add(records)
            records.unlink(missing_ok=True)
            done += opened.rows[result.group]
            if progress is not None:
                progress(done, total)
    if unsorted:
        raise InvalidRegistry([f"{opened.path}, {unsorted[0]}"])
    merged = _merged(problems, str(opened.path))
    if _rejected(merged):
        raise InvalidRegistry(_rejected(merged))
    part.replace(out)
    return DerivedFile(path=out, subjects=subjects, records=writing.records, problems=tuple(merged))


def _rejected(problems: Sequence[TableProblem]) -> list[TableProblem]:
    return [each for each in problems if each.severity == "reject"]


def _merged(problems: Sequence[TableProblem], table: str) -> list[TableProblem]:
    """One fault of each kind and column, with the rows of all batches."""
    groups: dict[tuple[str, str], list[TableProblem]] = {}
    for each in problems:
        groups.setdefault((each.kind, each.column), []).append(each)
    found = []
    for alike in groups.values():
        first = alike[0]
        rows = np.unique(np.concatenate([each.rows for each in alike]))
        more = "; the same further on" if len(alike) > 1 and len(rows) else ""
        found.append(attrs.evolve(first, table=table, rows=rows, what=first.what + more))
    return found


class _RecordWriter:
    """Writes records to Parquet in row groups of `RECORDS`, however they come in."""

    def __init__(self, path: Path, schema: Any) -> None:
        import pyarrow.parquet

        self.records, self._held = 0, 0
        self._waiting: list[Any] = []
        self._schema = schema
        self._writer = pyarrow.parquet.ParquetWriter(path, schema, compression="zstd")

    def __enter__(self) -> _RecordWriter:
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
