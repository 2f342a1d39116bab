"""The work on one row group of a registry: the subjects whose first row is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from timeline.registry.batches import RegistryOptions, subject_column
from timeline.registry.cutting import UnsortedSubjects, identifiers, key_of, shown, whole_subjects
from timeline.registry.registry_file import RegistryFile
from timeline.registry.splitting import SUBJECTS
from timeline.registry.subject_file import SubjectFile, SubjectRows
from timeline.trial.problems import TableProblem
from timeline.trial.reading.arrow import booleans_of, scalar_of

NAMED = 50  # faulty rows of one kind that are kept of each batch


@attrs.frozen(kw_only=True)
class GroupTask:
    """The subjects whose first row is in one row group, and the file of their records."""

    source: Path
    group: int
    options: RegistryOptions
    batch_rows: int
    told: Sequence[tuple[str, ...]]
    records: Path
    subjects: Path | None = None
    lasts: Sequence[Any] = ()  # of the file of subjects: the last one of each row group


@attrs.frozen(kw_only=True)
class GroupResult:
    """What a worker says of its row group; ``rows`` of faults count in the registry, from 1."""

    group: int
    subjects: int
    problems: tuple[TableProblem, ...]
    unsorted: str = ""


def derive_group(
    task: GroupTask,
    opened: RegistryFile | None = None,
    given_up: Callable[[], bool] = lambda: False,
) -> GroupResult:
    """Derive the subjects whose first row is in one row group.

    Args:
        task: the row group.
        opened: the registry, where this process has opened it and told it of its surveyed columns.
        given_up: whether nobody waits for the result; it is asked before each batch.
    """
    import pyarrow

    if opened is None:
        whose = None if task.subjects is None else SubjectFile(task.subjects)
        opened = RegistryFile(task.source, task.options, whose, threads=1)
        opened.derivation.told(task.told)
    else:
        opened = opened.reopened()
    own = OwnRows(opened, task)
    problems: list[TableProblem] = []
    subjects = 0
    try:
        with pyarrow.OSFile(str(task.records), "wb") as file, pyarrow.ipc.new_file(
            file, opened.derivation.schema
        ) as writer:  # fmt: skip
            for row, table, first, listed in _parts(opened, own, task):
                if given_up():
                    break
                part = opened.derivation.part(table, listed)
                subjects += part.subjects
                problems += [_placed(each, row, first) for each in part.problems]
                if part.batch is not None:
                    writer.write_batch(part.batch)
    except UnsortedSubjects as fault:
        what = f"row {own.first + fault.row + 1:,}: {fault}"
        return GroupResult(group=task.group, subjects=0, problems=(), unsorted=what)
    return GroupResult(group=task.group, subjects=subjects, problems=tuple(problems))


def _parts(
    opened: RegistryFile, own: OwnRows, task: GroupTask
) -> Iterator[tuple[int, Any, int, Any]]:
    """The tables of whole subjects of a row group, and those of their subjects (else None).

    Yields:
        The first row of the table in the registry, from 0, and the table; the same of subjects. A
        subject without assessments goes with the next one that has some, or with the last.
    """
    rows: SubjectRows | None = None
    whose = opened.subjects
    subject, row = opened.derivation.subject, -1
    for table in whole_subjects(own, subject, rows=task.batch_rows):
        row = own.first if row < 0 else row
        if whose is None:
            yield row, table, 0, None
        else:
            rows = rows or _subject_rows(whose, opened, task, own.above)
            last = identifiers(table[subject].slice(len(table) - 1))[0].as_py()
            yield row, table, *rows.up_to(None if own.reached_end else last)
        row += len(table)
    if whose is not None and not any(opened.rows) and task.group == 0:
        rows = _subject_rows(whose, opened, task, None)
        yield 0, opened.empty_table(), *rows.up_to(None)


def _subject_rows(
    whose: SubjectFile, opened: RegistryFile, task: GroupTask, after: Any
) -> SubjectRows:
    names = opened.derivation.columns[SUBJECTS]
    column = subject_column(whose.schema.names, task.options)
    return SubjectRows(whose, column, names, task.lasts, after)


def _placed(problem: TableProblem, row: int, first: int) -> TableProblem:
    """A fault of a batch as one of the registry, or of the file of subjects."""
    before = first if problem.table.startswith(SUBJECTS) else row
    return attrs.evolve(problem, rows=problem.rows[:NAMED] + before)


class OwnRows:
    """The rows of the subjects that begin in a row group.

    Attributes:
        first: the first of them, from 0.
        above: the last subject of the row groups above.
        reached_end: whether the last subject of the registry is one of them, and was read.
    """

    def __init__(self, opened: RegistryFile, task: GroupTask) -> None:
        self.opened, self.task = opened, task
        self.first = sum(opened.rows[: task.group])
        self.above: Any = None
        self.reached_end = False

    def __iter__(self) -> Iterator[Any]:
        opened, group = self.opened, self.task.group
        above, last = opened.subject_above(group), None
        self.above = above
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
                    raise UnsortedSubjects(0, shown(ids[skipped].as_py()), shown(above))
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
        self.reached_end = True

    @staticmethod
    def _leading(ids: Any, subject: Any) -> int:
        """The number of rows of one subject at the beginning."""
        import pyarrow.compute as compute

        if subject is None or not len(ids):
            return 0
        same = booleans_of(compute.equal(ids, scalar_of(subject, ids.type)))
        return len(ids) if same.all() else int(same.argmin())
