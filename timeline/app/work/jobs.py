"""Work of the pages that takes long, in processes of its own: the pages answer meanwhile."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
PROCESSES = 2
_GC_THRESHOLD = 200_000  # new objects before the cyclic collector runs, as for the commands
LONGEST = 120.0  # seconds of one piece of work


class NotDone(RuntimeError):
    """A piece of work that ended without a result; the message states why."""


class Jobs:
    """The processes; they begin with the first work."""

    def __init__(self, longest: float = LONGEST) -> None:
        """No process is started yet."""
        self._longest = longest
        self._pool: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a function of a module, called in a process.

        Raises:
            NotDone: it took too long, or the process died.
        """
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(PROCESSES, context, initializer=_begin)
        loop = asyncio.get_running_loop()
        pool = self._pool
        try:
            waiting = loop.run_in_executor(pool, partial(work, *args, **kwargs))
            return await asyncio.wait_for(waiting, self._longest)
        except TimeoutError:
            self._drop(pool)
            raise NotDone(f"it took longer than {self._longest:.0f} seconds") from None
        except BrokenProcessPool:
            self._drop(pool)
            raise NotDone("it ended without a result (was memory short? try again)") from None

    def _drop(self, pool: ProcessPoolExecutor) -> None:
        if self._pool is pool:
            self.stop()

    def stop(self) -> None:
        """End the processes at once."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes: Any = getattr(pool, "_processes", None) or {}
        for process in list(processes.values()):
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    gc.set_threshold(_GC_THRESHOLD)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this one


def _end_with_the_server() -> None:
    """End this process when the server is no longer there, also where it was killed."""
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(1)
