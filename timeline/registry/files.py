"""A registry in one Parquet file: derived row group by row group, by several processes.

Each row group is one task: the subjects whose first row is in it. A worker reads its group and, of
the next ones, the rest of its last subject. Its records go to a file of its own beside the output,
and this process writes them in the order of the registry, in row groups of `RECORDS` records; so
the derived file does not depend on the number of workers or on the size of batches.
"""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from timeline.registry.batches import RegistryOptions, subject_column
from timeline.registry.cutting import UnsortedSubjects
from timeline.registry.derived_file import RecordWriter, merged, rejected_of
from timeline.registry.groups import GroupResult, GroupTask, derive_group
from timeline.registry.registry_file import BATCH_ROWS, RegistryFile
from timeline.registry.subject_file import SubjectFile
from timeline.registry.workers import in_processes, in_threads
from timeline.settings.trial import TrialSettings
from timeline.trial.problems import InvalidTables, TableProblem

WORTH_A_WORKER = 500_000  # rows of the registry
MOST_THREADS = 4  # more wait for one another; a process takes about a second to start


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
    subjects: Path | str | None = None,
    settings: TrialSettings | Mapping[str, Any] | str | None = None,
    columns: Mapping[str, str] | None = None,
    criterion: str | None = None,
    evaluator: str | None = None,
    parameters: Sequence[str] | None = None,
    severity: Mapping[str, str] | None = None,
    keep: Sequence[str] = (),
    workers: int | None = None,
    batch_rows: int = BATCH_ROWS,
    progress: Callable[[int, int], None] | None = None,
) -> DerivedFile:
    """Derive a registry in a Parquet file to a Parquet file, in bounded memory.

    Args:
        source: a Parquet file of the columns that `derive_batch` reads, sorted by subject.
        subjects: a Parquet file of a row a subject, sorted by subject, with the columns of
            subjects, which ``source`` then has not; None: ``source`` has them on each row.
        out: the derived file, with the records of `derive_batch`, sorted by subject and PARAMCD. A
            file of that name stays whole until the end.
        settings: as for `derive_batch`, and so are the other arguments down to ``keep``.
        columns: names of columns by role.
        criterion: ``recist11`` or ``irecist``.
        evaluator: the evaluator whose rows count.
        parameters: the PARAMCD to derive, without OVR; None: all of the criterion.
        severity: severities of single kinds of faults.
        keep: columns of subjects that each record repeats, such as ``ARM``.
        workers: how many row groups are derived at a time; None: as many as there are processors,
            but one for each `WORTH_A_WORKER` rows. Up to `MOST_THREADS` are threads of this
            process, more are processes; a script that calls this needs
            ``if __name__ == "__main__":`` then.
        batch_rows: the least number of rows that a worker derives at a time. Neither this nor
            ``workers`` changes the file.
        progress: is called with the rows of the registry that are done, and all of them.

    Returns:
        The path, the numbers of subjects and records, and the faults that were let pass. Their rows
        are those of the registry, from 1, at most `NAMED` of each batch.

    Raises:
        InvalidRegistry: the file cannot be read, is not sorted by subject, or has faults that are
            to be rejected; all of them are named.
        WorkerEnded: a process has ended before its task was done, mostly for want of memory.
        ValueError: an argument is wrong.
        OSError: the output cannot be written.

    Source:
        As `timeline.trial.derive`.
    """
    source, out = Path(source), Path(out)
    whose = None if subjects is None else Path(subjects)
    if batch_rows < 1 or (workers is not None and workers < 1):
        raise ValueError("workers and batch_rows: at least 1")
    options = RegistryOptions(
        settings=settings,
        columns=columns,
        criterion=criterion,
        evaluator=evaluator,
        parameters=parameters,
        severity=severity,
        keep=tuple(keep),
    )
    opened, told, lasts = _opened(source, whose, options)
    worth = min(os.cpu_count() or 1, sum(opened.rows) // WORTH_A_WORKER)
    count = max(min(worth if workers is None else workers, opened.groups), 1)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
        tasks = [
            GroupTask(source=source, group=group, options=options, batch_rows=batch_rows, told=told,
                      records=Path(folder) / f"{group}.arrow", subjects=whose, lasts=lasts)
            for group in range(max(opened.groups, 1))
        ]  # fmt: skip
        with contextlib.closing(_worked(opened, tasks, count)) as results:
            return _assembled(opened, whose, out, results, Path(folder), progress)


def _worked(opened: RegistryFile, tasks: Sequence[GroupTask], count: int) -> Generator[GroupResult]:
    """The results of all tasks in their order, by threads or by processes."""
    if count > MOST_THREADS:
        return in_processes(derive_group, tasks, count)
    opened.derivation.threads = None if count == 1 else 1
    stop = threading.Event()
    here = functools.partial(derive_group, opened=opened, given_up=stop.is_set)
    return in_threads(here, tasks, count, stop)


def _opened(
    source: Path, whose: Path | None, options: RegistryOptions
) -> tuple[RegistryFile, list[tuple[str, ...]], list[Any]]:
    """The registry, the different rows of its surveyed columns, and the last subjects.

    InvalidRegistry where it, or the file of subjects, cannot be used.
    """
    import pyarrow

    path, lasts = source, []
    try:
        subjects = None
        if whose is not None:
            path = whose
            subjects = SubjectFile(whose)
            lasts = subjects.lasts(subject_column(subjects.schema.names, options))
            path = source
        opened = RegistryFile(source, options, subjects)
        told = opened.different_rows()
        rejected = rejected_of(opened.derivation.told(told).problems)
    except (OSError, pyarrow.ArrowException) as fault:
        raise InvalidRegistry([f"{path}: {_first_line(fault)}"]) from None
    except UnsortedSubjects as fault:
        raise InvalidRegistry([f"{path}, row {fault.row + 1:,}: {fault}"]) from None
    except InvalidTables as fault:
        rejected = list(fault.problems)
    if rejected:
        raise InvalidRegistry(merged(rejected, source, whose))
    return opened, told, lasts


def _assembled(
    opened: RegistryFile,
    subjects_file: Path | None,
    out: Path,
    results: Iterator[GroupResult],
    folder: Path,
    progress: Callable[[int, int], None] | None,
) -> DerivedFile:
    """Write the records of all row groups in their order, and put the file in its place."""
    part = folder / "derived.parquet"
    writing = RecordWriter(part, opened.derivation.schema)
    problems: list[TableProblem] = []
    unsorted: list[str] = []
    subjects, done, total = 0, 0, sum(opened.rows)
    with writing:
        for result in results:
            subjects += result.subjects
            problems += result.problems
            unsorted += [result.unsorted] * bool(result.unsorted)
            records = folder / f"{result.group}.arrow"
            if not unsorted and not rejected_of(problems):
                writing.add(records)
            records.unlink(missing_ok=True)
            done += opened.rows[result.group] if opened.groups else 0
            if progress is not None:
                progress(done, total)
    if unsorted:
        raise InvalidRegistry([f"{opened.path}, {unsorted[0]}"])
    every = merged(problems, opened.path, subjects_file)
    if rejected_of(every):
        raise InvalidRegistry(rejected_of(every))
    part.replace(out)
    return DerivedFile(path=out, subjects=subjects, records=writing.records, problems=tuple(every))


def _first_line(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]
