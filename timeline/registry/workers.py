"""Threads or processes that share tasks; what they give comes in the order of the tasks."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
AHEAD = 2  # tasks for each worker that are begun before the first is used: their results wait


class WorkerEnded(RuntimeError):
    """A process that shared the work has ended before its task was done."""

    def __init__(self) -> None:
        super().__init__(
            "a process that shared the work has ended, as one does when memory runs out (derive "
            "with one process, --jobs 1 or workers=1; a script that calls this with several needs "
            "if __name__ == '__main__':)"
        )


def in_threads(
    function: Callable[[Task], Result], tasks: Sequence[Task], workers: int, stop: threading.Event
) -> Generator[Result]:
    """The results of a function, in the order of the tasks, by threads; one worker is this thread.

    numpy and pyarrow work on arrays beside each other, so that a few threads take no longer than
    processes, which would have to start and to import. ``stop`` is set when no result is wanted
    any more; the threads wait for it.
    """
    if workers == 1:
        yield from map(function, tasks)
        return
    pool = ThreadPoolExecutor(workers)
    try:
        yield from _in_order(pool, function, tasks, workers)
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def in_processes(
    function: Callable[[Task], Result], tasks: Sequence[Task], workers: int
) -> Generator[Result]:
    """The results of a function, in the order of the tasks, by processes.

    They are started anew and not forked, because a fork of a process with threads (pyarrow has
    some) can wait for ever. They end with this process, however it ends.

    Raises:
        WorkerEnded: one of them has ended before its task was done.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent)
    try:
        yield from _in_order(pool, function, tasks, workers)
    except BrokenProcessPool:
        raise WorkerEnded from None
    except BaseException:
        for child in multiprocessing.active_children():
            child.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: Executor, function: Callable[[Task], Result], tasks: Sequence[Task], workers: int
) -> Iterator[Result]:
    waiting: deque[Future[Result]] = deque()
    for task in tasks:
        waiting.append(pool.submit(function, task))
        if len(waiting) >= workers * AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _end_with_parent() -> None:
    """In a worker: leave Ctrl-C to the parent, and end as soon as the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
