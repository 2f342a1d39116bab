"""The summaries of the files of a folder, made once for each state of a file."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import attrs

from timeline.app.folder import CaseFolder, OutsideFolder
from timeline.app.parts import Drawn
from timeline.app.work.jobs import Jobs, NotDone
from timeline.app.work.summaries import (
    AuditCount,
    Summary,
    audits_of,
    cohort_figure,
    summaries_of,
)

_MOST_FIGURES = 8  # that are kept
_AT_ONCE = 8  # files that one process reads before it answers
_State = tuple[int, int, int]  # time, size and number of a file
_NONE = (0, 0, 0)  # of a file that is not there, or was written while it was read
Files = Sequence[tuple[str, Path]]


class _Named(Protocol):
    """What is known of one file."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=_Named)


@attrs.define(eq=False)
class _Known(Generic[T]):
    """What is known of each file, with the state of every file from which it was made."""

    make: Callable[[Files], tuple[T, ...]]
    failed: Callable[[str, str], T]
    _found: dict[str, tuple[dict[Path, _State], T]] = attrs.Factory(dict)

    def all(self) -> dict[str, T]:
        return {name: each for name, (_, each) in self._found.items()}

    def states(self, name: str) -> tuple[_State, ...]:
        return tuple(self._found[name][0].values())

    def left(self, paths: Mapping[str, Path]) -> list[tuple[str, Path]]:
        """Forget what is not of the files as they are now; the files that are to be read."""
        self._found = {
            name: each
            for name, each in self._found.items()
            if name in paths and all(_state(path) == state for path, state in each[0].items())
        }
        return [each for each in paths.items() if each[0] not in self._found]

    async def read(self, jobs: Jobs, part: Files, reads: Callable[[T], Iterable[Path]]) -> None:
        """Read some files; ``reads`` gives the other files from which a result was made."""
        before, start = {path: _state(path) for _, path in part}, time.time_ns()
        try:
            found = await jobs.run(self.make, part)
        except NotDone as fault:
            found = tuple(self.failed(name, f"not read: {fault}") for name, _ in part)
        for (name, path), each in zip(part, found, strict=True):
            states = ((other, _state(other)) for other in reads(each))
            others = {other: state if state[0] < start else _NONE for other, state in states}
            self._found[name] = ({path: before[path], **others}, each)


@attrs.define(eq=False)
class SummaryStore:
    """The newest summary of each file, and the counts of its audit, by name."""

    folder: CaseFolder
    jobs: Jobs
    _known: _Known[Summary] = attrs.field(init=False)
    _audits: _Known[AuditCount] = attrs.field(init=False)
    _drawn: dict[tuple[str, tuple[tuple[str, tuple[_State, ...]], ...]], Drawn] = attrs.field(
        factory=dict, init=False
    )
    _shows: list[Callable[[dict[str, Summary]], None]] = attrs.field(factory=list, init=False)
    _reading: asyncio.Lock = attrs.field(factory=asyncio.Lock, init=False)
    _auditing: asyncio.Lock = attrs.field(factory=asyncio.Lock, init=False)

    def __attrs_post_init__(self) -> None:
        """Nothing is read yet."""
        self._known = _Known(
            summaries_of, lambda name, fault: Summary(name=name, problems=1, first=fault)
        )
        self._audits = _Known(audits_of, lambda name, fault: AuditCount(name=name, fault=fault))

    async def read(self, show: Callable[[dict[str, Summary]], None]) -> dict[str, Summary]:
        """The summaries of all files as they are now; ``show`` is called as they become known."""
        self._shows.append(show)
        try:
            show(self._known.all())
            async with self._reading:  # what another page is reading is not read twice
                left = self._known.left(dict(self._paths()))
                self._show()
                await self._in_parts(left, self._summaries)
            return self._known.all()
        finally:
            self._shows.remove(show)

    async def audit(self, show: Callable[[dict[str, AuditCount]], None]) -> None:
        """The counts of the audits of all files whose summary is known; ``show`` as in `read`."""
        show(self._audits.all())
        async with self._auditing:
            paths = dict(self._paths())
            claims = {name for name, each in self._known.all().items() if each.has_claims}
            left = self._audits.left({n: path for n, path in paths.items() if n in claims})
            show(self._audits.all())

            async def part(files: Files) -> None:
                await self._audits.read(self.jobs, files, self._reads)
                show(self._audits.all())

            await self._in_parts(left, part, at_once=1)

    def _reads(self, found: AuditCount) -> tuple[Path, ...]:
        summary = self._known.all().get(found.name)
        return summary.reads if summary else ()

    async def _in_parts(
        self, files: Files, read: Callable[[Files], Awaitable[None]], at_once: int = _AT_ONCE
    ) -> None:
        parts = [files[at : at + at_once] for at in range(0, len(files), at_once)]
        await asyncio.gather(*(read(part) for part in parts))

    async def _summaries(self, part: Files) -> None:
        await self._known.read(self.jobs, part, lambda each: each.reads)
        self._show()

    def _show(self) -> None:
        for show in tuple(self._shows):
            show(self._known.all())

    def _paths(self) -> list[tuple[str, Path]]:
        found = []
        for name in self.folder.files():
            try:
                found.append((name, self.folder.path(name)))
            except OutsideFolder:  # gone meanwhile
                continue
        return found

    async def figure(self, kind: str) -> Drawn:
        """The figure of all patients that are known, drawn once for each state of the files."""
        cases = {name: each for name, each in self._known.all().items() if each.derived}
        of = (kind, tuple((name, self._known.states(name)) for name in sorted(cases)))
        if of not in self._drawn:
            patients = [cases[name].derived for name in sorted(cases, key=str.casefold)]
            try:
                drawn = await self.jobs.run(cohort_figure, patients, kind)
            except NotDone as fault:
                return Drawn(kind=kind, fault=str(fault))
            while len(self._drawn) >= _MOST_FIGURES:
                del self._drawn[next(iter(self._drawn))]
            self._drawn[of] = drawn
        return self._drawn[of]


def _state(path: Path) -> _State:
    try:
        found = os.stat(path)
    except OSError:
        return _NONE
    return found.st_mtime_ns, found.st_size, found.st_ino
