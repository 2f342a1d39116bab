"""Files shared out among processes: each opens and tells its own, and all know what others cite."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from timeline.cli.ending import ENDING, INTERNAL
from timeline.files.loader import Problems
from timeline.views.case_report import (
    CaseReport,
    LoadResult,
    first_of_pairs,
    load_all,
    load_each,
    others,
)

Task = Callable[[CaseReport], Any]  # of a module, so that another process finds it
Given = Mapping[str, str]


def map_files(
    files: Sequence[Path], given: Given, tell: Task, jobs: int
) -> tuple[tuple[Any, ...], Problems]:
    """What there is to tell of each pair of files, in their order, or all problems of all files.

    ``jobs``: how many processes share the files; the answers do not depend on it.
    """
    files = tuple(dict.fromkeys(files))
    jobs = min(jobs, len(files))
    if jobs > 1:
        return _shared(files, given, tell, jobs)
    with gc_disabled():
        dossiers, problems = load_all(files, given)
        return tuple(map(tell, dossiers)), problems


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Python's search for objects that hold each other in a circle is left out meanwhile.

    Values here are frozen when made, so none comes to hold itself, and what is opened stays until
    all is told: each search would look through all of it, ever more, and find nothing.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()


def _shared(
    files: Sequence[Path], given: Given, tell: Task, jobs: int
) -> tuple[tuple[Any, ...], Problems]:
    with _workers(jobs) as workers:
        shares = [files[number::jobs] for number in range(jobs)]
        slips = [
            worker.submit(_open, share, given)
            for worker, share in zip(workers, shares, strict=True)
        ]
        opened: list[Any] = _dealt_back(slips, len(files))
        problems = tuple(dict.fromkeys(fault for each in opened for fault in each.problems))
        kept = () if problems else first_of_pairs(each.pair for each in opened)
        cited = [opened[at].cites for at in kept]
        place = {at: number for number, at in enumerate(kept)}
        besides = [others(cited, place[at]) if at in place else None for at in range(len(files))]
        answers = [
            worker.submit(_tell, besides[number::jobs], tell)
            for number, worker in enumerate(workers)
        ]
        told = _dealt_back(answers, len(files))
    return tuple(told[at] for at in kept), problems


@contextmanager
def _workers(count: int) -> Iterator[list[Executor]]:
    """Processes, each an executor of its own, so that it keeps what it has opened.

    They end with the block, and with this process, however it ends. BrokenExecutor where one of
    them was killed.
    """
    pools: list[Executor] = [
        ProcessPoolExecutor(1, initializer=_end_with_parent) for _ in range(count)
    ]
    try:
        yield pools
    except BaseException:
        for child in multiprocessing.active_children():
            child.kill()
        raise
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """In a worker: leave signals of the terminal to the parent, and end as soon as it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in ENDING:
        if each != signal.SIGINT:
            signal.signal(each, signal.SIG_DFL)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(INTERNAL)


def _dealt_back(shares: Sequence[Future[Any]], count: int) -> list[Any]:
    """One answer of each file, in the order of the files."""
    found: list[Any] = [None] * count
    for number, share in enumerate(shares):
        found[number :: len(shares)] = share.result()
    return found


@attrs.frozen(kw_only=True)
class _Slip:
    """What the others have to know of an opened file."""

    pair: frozenset[Path]
    problems: Problems
    cites: Any

    @classmethod
    def of(cls, opened: LoadResult) -> _Slip:
        return cls(pair=opened.pair, problems=opened.problems, cites=opened.cites)


_OPENED: list[LoadResult] = []  # what this process has opened, between the two steps


def _open(files: Sequence[Path], given: Given) -> list[_Slip]:
    """The first step of a worker: open its files, and answer what the others have to know."""
    with gc_disabled():
        _OPENED[:] = load_each(files, given)
        return [_Slip.of(each) for each in _OPENED]


def _tell(besides: Sequence[Any], tell: Task) -> list[Any]:
    """The second step: hear what stands beside each of its files, and tell."""
    with gc_disabled():
        return [_told(each, beside, tell) for each, beside in zip(_OPENED, besides, strict=True)]


def _told(opened: LoadResult, beside: Any, tell: Task) -> Any:
    if opened.dossier is None or beside is None:
        return None
    return tell(attrs.evolve(opened.dossier, beside=beside))
