"""Processes that analyse texts, so that the page answers meanwhile; only the newest text counts.

Two processes share a text: one reads and draws it, one audits it. A text that is replaced by a
newer one while it is analysed is left after the
part at hand, and what is late is not passed on.
A process that takes too long, or that dies, is replaced by a new one, and its part has the fault.
"""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import attrs

from timeline.app.parts import Audited, Drawn, Part, Record, Request

Receive = Callable[[int, Part], None]

MOST_DEATHS = 3  # of a process in a row, without a result between them
LONGEST = 60.0  # seconds for the parts of one text
_SHARES: tuple[tuple[type, ...], ...] = ((Drawn, Record), (Audited,))  # of the processes
_GC_THRESHOLD = 200_000  # new objects before the cyclic collector runs, as for the commands
_TOO_LONG = (
    "the analysis took longer than {seconds:.0f} seconds and was stopped (simplify the text)"
)
_GIVEN_UP = "the process of the analysis cannot run (stop this command, and start it again)"
_DIED = "the analysis ended without a result (was memory short? save the text again to repeat it)"


@attrs.frozen
class _Task:
    """A request with its number, and the key of the page that waits for it."""

    key: int
    number: int
    request: Request


@attrs.define(eq=False)
class Analyser:
    """The processes; `start` and `stop` are called once, all else on the loop of the server."""

    longest: float = LONGEST
    _workers: list[_Worker] = attrs.field(factory=list, init=False)
    _newest: dict[int, tuple[int, Receive]] = attrs.field(factory=dict, init=False)
    _number: int = attrs.field(default=0, init=False)
    _has_ended: bool = attrs.field(default=False, init=False)

    def start(self) -> None:
        """Start the processes, which load what they need meanwhile; once is enough."""
        if self._workers or self._has_ended:
            return
        self._workers = [_Worker(share, self) for share in _SHARES]
        for worker in self._workers:
            worker.start()

    def stop(self) -> None:
        """End the processes at once, and for good."""
        self._has_ended = True
        for worker in self._workers:
            worker.stop()
        self._workers = []

    def submit(self, key: int, request: Request, receive: Receive) -> int:
        """Analyse a text.

        Args:
            key: of the page; a later text of the same key replaces this one.
            request: the text.
            receive: called with the number of this text and each part, as long as it is the newest.

        Returns:
            The number of this text.
        """
        self.start()
        self._number += 1
        self._newest[key] = (self._number, receive)
        for worker in self._workers:
            worker.send(_Task(key, self._number, request))
        return self._number

    def supersede(self, key: int, receive: Receive) -> int:
        """Leave the texts of a page for a result that needs no analysis; returns its number."""
        self._number += 1
        self._newest[key] = (self._number, receive)
        return self._number

    def forget(self, key: int) -> None:
        """Leave the texts of a page that is closed."""
        self._newest.pop(key, None)

    def receive(self, task_key: int, number: int, part: Part) -> None:
        """Pass a part on, unless a newer text of its page was submitted."""
        newest = self._newest.get(task_key)
        if newest is not None and newest[0] == number:
            newest[1](number, part)


@attrs.define(eq=False)
class _Worker:
    """One process with its pipe, and the threads that write and read it.

    A long text fills the pipe until the process reads it, for which the loop must not wait.
    """

    share: tuple[type, ...]
    analyser: Analyser
    _process: Any = None
    _pipe: Connection | None = None
    _tasks: queue.SimpleQueue[_Task | None] = attrs.Factory(queue.SimpleQueue)
    _loop: asyncio.AbstractEventLoop | None = None
    _waiting: dict[int, tuple[_Task, set[type]]] = attrs.Factory(dict)  # by key: what is to come
    _limits: dict[int, asyncio.TimerHandle] = attrs.Factory(dict)
    _deaths: int = 0

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would copy the threads of a server
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self.share), daemon=True)
        self._process.start()
        theirs.close()

    def stop(self) -> None:
        process, self._process, self._pipe = self._process, None, None
        self._tasks.put(None)
        for limit in self._limits.values():
            limit.cancel()
        if process is not None:
            process.kill()

    def send(self, task: _Task) -> None:
        """Hand a task to the process; a task of the same page that waits there is replaced."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._listen()
        if self._deaths >= MOST_DEATHS:
            for kind in self.share:
                self._loop.call_soon(
                    self.analyser.receive, task.key, task.number, kind(fault=_GIVEN_UP)
                )
            return
        if (limit := self._limits.pop(task.key, None)) is not None:
            limit.cancel()
        self._waiting[task.key] = (task, set(self.share))
        self._limits[task.key] = self._loop.call_later(
            self.analyser.longest, self._late, task.key, task.number
        )
        self._tasks.put(task)

    def _listen(self) -> None:
        self._tasks = queue.SimpleQueue()
        for target, with_ in ((self._write, self._tasks), (self._read, self._loop)):
            threading.Thread(target=target, args=(self._pipe, with_), daemon=True).start()

    def _write(self, pipe: Connection, tasks: queue.SimpleQueue[_Task | None]) -> None:
        try:
            while (task := tasks.get()) is not None:
                pipe.send(task)
        except OSError:  # the process died, which the thread that reads tells
            return

    def _read(self, pipe: Connection, loop: asyncio.AbstractEventLoop) -> None:
        try:
            while True:
                loop.call_soon_threadsafe(self._passed, *pipe.recv())
        except (EOFError, OSError):
            pass
        except RuntimeError:  # the loop is closed
            return
        try:
            loop.call_soon_threadsafe(self._ended, pipe)
        except RuntimeError:
            return

    def _passed(self, key: int, number: int, part: Part) -> None:
        task, left = self._waiting.get(key, (None, set[type]()))
        if task is None or task.number != number:
            return
        self._deaths = 0
        left.discard(type(part))
        if not left:
            del self._waiting[key]
            self._limits.pop(key).cancel()
        self.analyser.receive(key, number, part)

    def _late(self, key: int, number: int) -> None:
        task, _ = self._waiting.get(key, (None, None))
        if task is not None and task.number == number:
            self._replace(_TOO_LONG.format(seconds=self.analyser.longest), only=key)

    def _ended(self, pipe: Connection) -> None:
        if pipe is self._pipe:  # not one that was stopped
            self._deaths += 1
            self._replace(_DIED)

    def _replace(self, fault: str, only: int | None = None) -> None:
        """Start a new process: the tasks at fault are told of it, the others are sent again."""
        waiting = dict(self._waiting)
        self.stop()
        self._waiting.clear()
        self._limits.clear()
        if self._deaths < MOST_DEATHS:
            self.start()
            self._listen()
        for key, (task, left) in waiting.items():
            if only is None or key == only:
                for kind in left:
                    self.analyser.receive(key, task.number, kind(fault=fault))
            else:
                self.send(task)


def _work(pipe: Connection, share: tuple[type, ...]) -> None:
    """The process: analyse what arrives until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.set_threshold(_GC_THRESHOLD)
    _warm_up(share)
    gc.freeze()
    waiting: dict[int, _Task] = {}
    try:
        while True:
            _take(pipe, waiting, block=not waiting)
            _analyse(pipe, waiting, waiting.pop(next(iter(waiting))), share)
    except (EOFError, OSError):  # the server has ended
        return


def _analyse(
    pipe: Connection, waiting: dict[int, _Task], task: _Task, share: tuple[type, ...]
) -> None:
    from timeline.app.analysis import parts_of

    for part in parts_of(task.request, share):
        pipe.send((task.key, task.number, part))
        _take(pipe, waiting, block=False)
        if task.key in waiting:
            return


def _take(pipe: Connection, waiting: dict[int, _Task], *, block: bool) -> None:
    """Read what has arrived; of each page only the newest is kept."""
    while block or pipe.poll():
        task = pipe.recv()
        waiting[task.key] = task
        block = False


def _warm_up(share: tuple[type, ...]) -> None:
    """Load the engine, the rules and the fonts with a small case, before the first file comes."""
    from pathlib import Path

    from timeline.app.analysis import parts_of

    for _ in parts_of(Request(text=SMALL_CASE, path=Path("warm-up.yaml")), share):
        pass


SMALL_CASE = """\
case: warm-up
report: {title: A report}
events:
  Case presentation:
    - {diagnosis: 2021-03}
    - {scan: 2022-01, baseline: 1, sum: 30 mm}
    - {treatment: 2022-02/2022-08, line: 1, drugs: doxorubicin 75 mg/m² IV day 1,
       printed: {PFS: 8.4 months, place: Abstract}}
    - {scan: 2022-05, sum: 20 mm, printed: {response: PR}}
    - {scan: 2022-08, new: liver, called: PD}
    - {last contact: 2022-11}
"""
