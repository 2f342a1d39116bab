"""Audit many files with several processes (``--jobs``); the results do not depend on how many."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import attrs

from timeline.cli.ending import ENDING, INTERNAL
from timeline.files.loader import Problems
from timeline.views.case_report import (
    CaseReport,
    LoadResult,
    all_but,
    first_of_pairs,
    load_all,
    load_each,
)

Task = Callable[[CaseReport], Any]  # defined in a module, so that a worker can import it
SettingsText = Mapping[str, str]


def map_files(
    files: Sequence[Path], settings: SettingsText, task: Task, jobs: int
) -> tuple[tuple[Any, ...], Problems]:
    """Apply a task to each case with its report.

    Args:
        files: cases and reports; a case and the report that it names count as one.
        settings: settings of the command line, which override those of the case files.
        task: what to do with each.
        jobs: the number of processes.

    Returns:
        The results in the order of the files, or no results and all problems of all files.

    Raises:
        BrokenExecutor: a worker was killed.

    """
    files = tuple(dict.fromkeys(files))
    jobs = min(jobs, len(files))
    if jobs > 1:
        return _map_in_processes(files, settings, task, jobs)
    with gc_disabled():
        reports, problems = load_all(files, settings)
        return tuple(map(task, reports)), problems


@contextmanager
def gc_disabled() -> Iterator[None]:
    """Disable the cyclic garbage collector.

    Domain objects are immutable and acyclic, so collections would only rescan live objects.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _map_in_processes(
    files: Sequence[Path], settings: SettingsText, task: Task, jobs: int
) -> tuple[tuple[Any, ...], Problems]:
    with _workers(jobs) as workers:
        shares = [files[number::jobs] for number in range(jobs)]
        loading = [
            worker.submit(_load_files, share, settings)
            for worker, share in zip(workers, shares, strict=True)
        ]
        loaded: list[_Summary] = _in_file_order(loading, len(files))
        problems = tuple(dict.fromkeys(fault for each in loaded for fault in each.problems))
        firsts = () if problems else first_of_pairs(each.pair for each in loaded)
        cited = [loaded[at].cites for at in firsts]
        place = {at: number for number, at in enumerate(firsts)}
        reports = [all_but(cited, place[at]) if at in place else None for at in range(len(files))]
        running = [
            worker.submit(_run_task, reports[number::jobs], task)
            for number, worker in enumerate(workers)
        ]
        results = _in_file_order(running, len(files))
    return tuple(results[at] for at in firsts), problems


def _start_method() -> BaseContext:
    """Fork on POSIX other than macOS, on every version of Python.

    Python 3.14 starts workers by a server instead, which outlives a Ctrl-C and reports it. macOS
    and Windows keep their default, because fork is unsafe or absent there.
    """
    forks = sys.platform not in ("darwin", "win32")
    return multiprocessing.get_context("fork" if forks else None)


@contextmanager
def _workers(count: int) -> Iterator[list[Executor]]:
    """Workers that end with the block, and with this process, however it ends.

    Each is an executor of its own, so that its second task finds the files that its first loaded.
    BrokenExecutor: a worker was killed.
    """
    context = _start_method()
    pools: list[Executor] = [
        ProcessPoolExecutor(1, mp_context=context, initializer=_end_with_parent)
        for _ in range(count)
    ]
    try:
        with _signals_blocked():
            for pool in pools:
                pool.submit(os.getpid)  # which starts its process
        yield pools
    except BaseException:
        for child in multiprocessing.active_children():
            child.kill()
        raise
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Deliver signals only after the block.

    Else one could reach a worker that is started but has not set its own handlers, or interrupt
    this process between the start of a worker and its entry in the list of active ones.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """In a worker: leave signals of the terminal to the parent, and end as soon as it has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in ENDING:
        if each != signal.SIGINT:
            signal.signal(each, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(INTERNAL)


def _in_file_order(shares: Sequence[Future[Any]], count: int) -> list[Any]:
    """The results of all workers, one for each file."""
    found: list[Any] = [None] * count
    for number, share in enumerate(shares):
        found[number :: len(shares)] = share.result()
    return found


@attrs.frozen(kw_only=True)
class _Summary:
    """What the other processes need to know of a loaded file."""

    pair: frozenset[Path]
    problems: Problems
    cites: Any

    @classmethod
    def of(cls, loaded: LoadResult) -> _Summary:
        return cls(pair=loaded.pair, problems=loaded.problems, cites=loaded.cites)


_LOADED: list[LoadResult] = []  # the files of this worker, in memory between its two tasks


def _load_files(files: Sequence[Path], settings: SettingsText) -> list[_Summary]:
    """In a worker, first: load its files and return their summaries."""
    with gc_disabled():
        _LOADED[:] = load_each(files, settings)
        return [_Summary.of(each) for each in _LOADED]


def _run_task(other_reports: Sequence[Any], task: Task) -> list[Any]:
    """In a worker, second: apply the task to each of its files, with the other cited reports."""
    with gc_disabled():
        return [
            _result_of(each, reports, task)
            for each, reports in zip(_LOADED, other_reports, strict=True)
        ]


def _result_of(loaded: LoadResult, other_reports: Any, task: Task) -> Any:
    if loaded.case_report is None or other_reports is None:
        return None
    return task(attrs.evolve(loaded.case_report, other_reports=other_reports))
