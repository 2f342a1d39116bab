"""The summaries of the files of a folder, made once for each state of a file."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import attrs

from timeline.app.folder import CaseFolder, OutsideFolder
from timeline.app.parts import Drawn
from timeline.app.work.jobs import PROCESSES, Jobs, NotDone
from timeline.app.work.summaries import (
    COHORT_FIGURE,
    AuditCount,
    Summary,
    audits_of,
    cohort_figure,
    glanced_figure,
    glances_of,
    summaries_of,
)

_MOST_FIGURES = 8  # that are kept
_AT_ONCE = 8  # files that one process reads before it answers
_AUDITED_AT_ONCE = 4
_MOST_AHEAD = 200  # patients whose figure is drawn before it is asked for
_State = tuple[int, int, int]  # time, size and number of a file
_NONE = (0, 0, 0)  # of a file that is not there, or was written while it was read
Files = Sequence[tuple[str, Path]]


@attrs.frozen
class _Known:
    """The summary of a file, with the state of every file from which it was made."""

    summary: Summary
    made_of: dict[Path, _State]

    def is_current(self) -> bool:
        """Whether the files are as they were."""
        return all(_state(path) == state for path, state in self.made_of.items())


@attrs.frozen
class _Begun:
    """Files that are being glanced at, with their states before, and what is found of them."""

    part: Files
    before: dict[Path, _State]
    found: Future[tuple[Summary, ...]]


_FigureKey = tuple[str, tuple[tuple[str, tuple[_State, ...]], ...]]


@attrs.define(eq=False)
class SummaryStore:
    """The newest summary of each file, and the counts of its audit, by name."""

    folder: CaseFolder
    jobs: Jobs
    _known: dict[str, _Known] = attrs.field(factory=dict, init=False)
    _glances: dict[str, _Known] = attrs.field(factory=dict, init=False)
    _begun: list[_Begun] = attrs.field(factory=list, init=False)
    _audits: dict[str, tuple[_Known, AuditCount]] = attrs.field(factory=dict, init=False)
    _drawn: dict[_FigureKey, Drawn] = attrs.field(factory=dict, init=False)
    _drawing: dict[_FigureKey, asyncio.Task[Drawn]] = attrs.field(factory=dict, init=False)
    _shows: list[Callable[[dict[str, Summary]], None]] = attrs.field(factory=list, init=False)
    _glance_shows: list[Callable[[dict[str, Summary]], None]] = attrs.field(
        factory=list, init=False
    )
    _reading: asyncio.Lock = attrs.field(factory=asyncio.Lock, init=False)
    _glancing: asyncio.Lock = attrs.field(factory=asyncio.Lock, init=False)
    _auditing: asyncio.Lock = attrs.field(factory=asyncio.Lock, init=False)

    async def read(self, show: Callable[[dict[str, Summary]], None]) -> dict[str, Summary]:
        """The summaries of all files as they are now; ``show`` is called as they become known."""
        self._shows.append(show)
        try:
            show(self._summaries())
            async with self._reading:  # what another page is reading is not read twice
                left = self._left(dict(self._paths()))
                self._show()
                await asyncio.gather(*map(self._read_part, _parts(left, _AT_ONCE)))
            return self._summaries()
        finally:
            self._shows.remove(show)

    async def glance(self, show: Callable[[dict[str, Summary]], None]) -> dict[str, Summary]:
        """The patients as their own files say, before the reports that these name are read.

        That takes a third of the time of `read`. ``show`` is called as they become known. Of a file
        that `read` knows as it is now that summary is taken.
        """
        self._glance_shows.append(show)
        try:
            show(self._glanced())
            async with self._glancing:  # what another page is reading is not read twice
                begun, self._begun = self._begun, []
                await asyncio.gather(*map(self._glance_begun, begun))
                left = self._not_glanced(dict(self._paths()))
                await asyncio.gather(*map(self._glance_part, _parts(left, _AT_ONCE)))
            return self._glanced()
        finally:
            self._glance_shows.remove(show)

    def _not_glanced(self, paths: Mapping[str, Path]) -> list[tuple[str, Path]]:
        """The files to glance at; none where `read` knows all of them as they are now."""
        self._glances = {
            name: each
            for name, each in self._glances.items()
            if name in paths and each.is_current()
        }
        if all(name in self._known and self._known[name].is_current() for name in paths):
            return []
        return [each for each in paths.items() if each[0] not in self._glances]

    def begin(self) -> None:
        """Begin to `glance` before there is a loop: the files are read while the pages load."""
        for part in _parts(self._paths(), _AT_ONCE):
            before = _states(part)
            self._begun.append(_Begun(part, before, self.jobs.begun(glances_of, part)))

    async def _glance_begun(self, begun: _Begun) -> None:
        await self._glanced_part(begun.part, begun.before, asyncio.wrap_future(begun.found))

    async def _glance_part(self, part: Files) -> None:
        await self._glanced_part(part, _states(part), self.jobs.run(glances_of, part))

    async def _glanced_part(
        self, part: Files, before: dict[Path, _State], answer: Awaitable[tuple[Summary, ...]]
    ) -> None:
        try:
            found = await answer
        except NotDone:  # which `read` tells
            return
        for (name, path), each in zip(part, found, strict=True):
            self._glances[name] = _Known(each, {path: before[path]})
        for show in tuple(self._glance_shows):
            show(self._glanced())

    def _glanced(self) -> dict[str, Summary]:
        known = {name: each for name, each in self._known.items() if each.is_current()}
        return {name: each.summary for name, each in {**self._glances, **known}.items()}

    async def read_ahead(self) -> None:
        """Draw the figure that the cohort shows at first, then read all files."""
        patients = await self.glance(lambda _: None)
        if draws_first(patients):
            await self.first_figure()
        await self.read(lambda _: None)

    def _summaries(self) -> dict[str, Summary]:
        return {name: each.summary for name, each in self._known.items()}

    def _left(self, paths: Mapping[str, Path]) -> list[tuple[str, Path]]:
        """Forget what is not of the files as they are now; the files that are to be read."""
        self._known = {
            name: each for name, each in self._known.items() if name in paths and each.is_current()
        }
        return [each for each in paths.items() if each[0] not in self._known]

    async def _read_part(self, part: Files) -> None:
        before, start = _states(part), time.time_ns()
        try:
            found = await self.jobs.run(summaries_of, part)
        except NotDone as fault:
            found = tuple(
                Summary(name=name, problems=1, first=f"not read: {fault}") for name, _ in part
            )
        for (name, path), each in zip(part, found, strict=True):
            states = ((other, _state(other)) for other in each.reads)
            others = {other: state if state[0] < start else _NONE for other, state in states}
            self._known[name] = _Known(each, {path: before[path], **others})
        self._show()

    async def audit(self, show: Callable[[dict[str, AuditCount]], None]) -> None:
        """The counts of the audits of all files as they were read; ``show`` as in `read`.

        No more are begun than there are processes, so that other work need not wait for them all.
        """
        async with self._auditing:
            wanted = {name: one for name, one in self._known.items() if one.summary.has_claims}
            self._audits = {
                name: each for name, each in self._audits.items() if wanted.get(name) is each[0]
            }
            show(self._counts())
            left = [each for each in wanted.items() if each[0] not in self._audits]
            free = asyncio.Semaphore(PROCESSES)

            async def audit(part: Sequence[tuple[str, _Known]]) -> None:
                async with free:
                    await self._audit_part(part)
                show(self._counts())

            await asyncio.gather(*map(audit, _parts(left, _AUDITED_AT_ONCE)))

    def _counts(self) -> dict[str, AuditCount]:
        return {name: each for name, (_, each) in self._audits.items()}

    async def _audit_part(self, part: Sequence[tuple[str, _Known]]) -> None:
        loaded = [(name, each.summary.loaded) for name, each in part]
        try:
            found = await self.jobs.run(audits_of, loaded)
        except NotDone as fault:
            found = tuple(AuditCount(name=name, fault=str(fault)) for name, _ in part)
        for (name, known), each in zip(part, found, strict=True):
            self._audits[name] = (known, each)

    def _show(self) -> None:
        for show in tuple(self._shows):
            show(self._summaries())

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
        cases = {name: each for name, each in self._known.items() if each.summary.case}
        if kind == COHORT_FIGURE and self._are_glanced(cases):
            return await self.first_figure()
        patients = [cases[name].summary.loaded for name in sorted(cases, key=str.casefold)]
        return await self._drawn_once(kind, cases, cohort_figure, patients, kind)

    async def first_figure(self) -> Drawn:
        """The figure that the cohort shows at first, of all patients of `glance`."""
        if not all(name in self._glances for name, _ in self._paths()):  # all are known by `read`
            return await self.figure(COHORT_FIGURE)
        cases = {name: each for name, each in self._glances.items() if each.summary.case}
        patients = [cases[name].summary.patient for name in sorted(cases, key=str.casefold)]
        return await self._drawn_once(COHORT_FIGURE, cases, glanced_figure, patients)

    def _are_glanced(self, cases: Mapping[str, _Known]) -> bool:
        """Whether some patients are those of `glance`, of the same states of their own files."""
        glanced = {name for name, each in self._glances.items() if each.summary.case}
        return bool(cases) and glanced == set(cases) and all(
            self._glances[name].made_of.items() <= each.made_of.items()
            for name, each in cases.items()
        )  # fmt: skip

    async def _drawn_once(
        self, kind: str, cases: Mapping[str, _Known], draw: Callable[..., Drawn], *args: Any
    ) -> Drawn:
        of = (kind, tuple((name, (*cases[name].made_of.values(),)) for name in sorted(cases)))
        if of in self._drawn:
            return self._drawn[of]
        if of not in self._drawing:  # what is being drawn for another page is not drawn twice
            self._drawing[of] = asyncio.ensure_future(self._draw(of, draw, *args))
        return await asyncio.shield(self._drawing[of])

    async def _draw(self, of: _FigureKey, draw: Callable[..., Drawn], *args: Any) -> Drawn:
        try:
            drawn = await self.jobs.run(draw, *args)
        except NotDone as fault:
            return Drawn(kind=of[0], fault=str(fault))
        finally:
            del self._drawing[of]
        while len(self._drawn) >= _MOST_FIGURES:
            del self._drawn[next(iter(self._drawn))]
        self._drawn[of] = drawn
        return drawn


def draws_first(patients: Mapping[str, Summary]) -> bool:
    """Whether the figure of some patients is drawn before their reports are read.

    The reading would take a processor from what one waits for. A figure of very many takes long,
    and is not waited for.
    """
    return 1 < sum(1 for each in patients.values() if each.case) <= _MOST_AHEAD


T = TypeVar("T")


def _parts(items: Sequence[T], at_once: int) -> list[Sequence[T]]:
    return [items[at : at + at_once] for at in range(0, len(items), at_once)]


def _states(part: Files) -> dict[Path, _State]:
    return {path: _state(path) for _, path in part}


def _state(path: Path) -> _State:
    try:
        found = os.stat(path)
    except OSError:
        return _NONE
    return found.st_mtime_ns, found.st_size, found.st_ino
