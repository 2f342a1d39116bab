"""Work of the pages that takes long, in processes of its own: the pages answer meanwhile.

Each process is reached by a pipe alone: a pool of the library holds semaphores besides, of which
nothing remains to take them away where the server is killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
PROCESSES = 2
_GC_THRESHOLD = 200_000  # new objects before the cyclic collector runs, as for the commands
LONGEST = 120.0  # seconds of one piece of work
_Call = Callable[[], Any]


class NotDone(RuntimeError):
    """A piece of work that ended without a result; the message states why."""


class Jobs:
    """The processes; each begins when there is work for which no other is free."""

    def __init__(self, longest: float = LONGEST, warm_up: Callable[[], None] | None = None) -> None:
        """No process is started yet.

        Args:
            longest: seconds of one piece of work.
            warm_up: a function of a module that each process calls when it begins.
        """
        self._longest = longest
        self._processes = [_Process(warm_up) for _ in range(PROCESSES)]
        self._at_work = 0  # of these, the first ones that have begun
        self._left = 0  # pieces of work without a result
        self._lock = threading.Lock()  # of the two counts
        self._waiting: queue.SimpleQueue[tuple[_Call, Future[Any]] | None]
        self._waiting = queue.SimpleQueue()

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a function of a module, called in a process.

        Raises:
            NotDone: it took too long, or the process died.
        """
        return await asyncio.wrap_future(self._begun(PROCESSES, partial(work, *args, **kwargs)))

    def begun(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The same as a future, for work that begins before there is a loop to await it.

        It leaves a core to the server, which loads the pages meanwhile.
        """
        most = min(PROCESSES, max(1, (os.cpu_count() or 1) - 1))
        return self._begun(most, partial(work, *args, **kwargs))

    def start(self) -> None:
        """Begin with the first process before there is work: it loads what it needs meanwhile."""
        with self._lock:
            if not self._at_work:
                self._one_more()

    def _one_more(self) -> None:
        process = self._processes[self._at_work]
        self._at_work += 1
        process.started()
        threading.Thread(target=self._work_off, args=(process,), daemon=True).start()

    def _begun(self, most: int, call: Callable[[], T]) -> Future[T]:
        answer: Future[T] = Future()
        self._waiting.put((call, answer))
        with self._lock:
            self._left += 1
            if self._at_work < min(self._left, most):
                self._one_more()
        return answer

    def _work_off(self, process: _Process) -> None:
        """Hand one piece of work after the other to a process."""
        while (task := self._waiting.get()) is not None:
            call, answer = task
            is_awaited, is_good, found = answer.set_running_or_notify_cancel(), True, None
            if is_awaited:
                try:
                    is_good, found = process.result(call, self._longest)
                except Exception as fault:
                    is_good, found = False, fault
            with self._lock:  # before the answer, upon which the next piece may come
                self._left -= 1
            if is_awaited and is_good:
                answer.set_result(found)
            elif is_awaited:
                answer.set_exception(found)

    def stop(self) -> None:
        """End the processes at once, and for good."""
        for each in self._processes:
            each.end()
            self._waiting.put(None)


class _Process:
    """One process with its pipe; it is started again after it died."""

    def __init__(self, warm_up: Callable[[], None] | None) -> None:
        self._warm_up = warm_up
        self._process: Any = None
        self._pipe: Connection | None = None
        self._has_ended = False
        self._lock = threading.Lock()

    def result(self, call: _Call, longest: float) -> tuple[bool, Any]:
        """Whether a call returned, and what; else what it raised. NotDone."""
        pipe = self.started()
        try:
            pipe.send(call)
            if pipe.poll(longest):
                found: tuple[bool, Any] = pipe.recv()
                return found
        except (EOFError, OSError):
            self._drop()
            raise NotDone("it ended without a result (was memory short? try again)") from None
        self._drop()
        raise NotDone(f"it took longer than {longest:.0f} seconds")

    def started(self) -> Connection:
        """The pipe of the process, which is started where there is none. NotDone."""
        with self._lock:
            if self._has_ended:
                raise NotDone("the server has ended")
            if self._pipe is None:
                context = multiprocessing.get_context("spawn")
                self._pipe, theirs = context.Pipe()
                self._process = context.Process(
                    target=_work, args=(theirs, self._warm_up), daemon=True
                )
                self._process.start()
                theirs.close()
            return self._pipe

    def _drop(self) -> None:
        with self._lock:
            if self._process is not None:
                self._process.kill()
            self._process = self._pipe = None

    def end(self) -> None:
        self._has_ended = True
        with self._lock:
            if self._process is not None:
                self._process.kill()


def _work(pipe: Connection, warm_up: Callable[[], None] | None) -> None:
    """The process: call what arrives until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    gc.set_threshold(_GC_THRESHOLD)
    if warm_up is not None:
        with contextlib.suppress(Exception):  # the work itself tells what is wrong
            warm_up()
        gc.freeze()
    try:
        while True:
            _reply(pipe, pipe.recv())
    except (EOFError, OSError):  # the server has ended
        return


def _reply(pipe: Connection, call: _Call) -> None:
    try:
        reply = True, call()
    except Exception as fault:
        reply = False, fault
    try:
        pipe.send(reply)
    except OSError:
        raise
    except Exception as fault:  # what cannot be passed between processes
        pipe.send((False, NotDone(f"its result cannot be passed on: {fault}")))


def _end_with_the_server() -> None:
    """End this process when the server is no longer there, also where it was killed."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(1)
