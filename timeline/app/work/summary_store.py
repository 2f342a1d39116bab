"""The summaries of the files of a folder, made once for each state of a file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

from timeline.app.folder import CaseFolder, OutsideFolder
from timeline.app.parts import Drawn
from timeline.app.work.jobs import Jobs, NotDone
from timeline.app.work.summaries import Summary, cohort_figure, summaries_of

_MOST_FIGURES = 8  # that are kept
_AT_ONCE = 8  # files that one process reads before it answers
_State = tuple[int, int, int]


@attrs.define(eq=False)
class SummaryStore:
    """The newest summary of each file, by name."""

    folder: CaseFolder
    jobs: Jobs
    _known: dict[str, tuple[_State, Summary]] = attrs.field(factory=dict, init=False)
    _drawn: dict[tuple[str, tuple[tuple[str, _State], ...]], Drawn] = attrs.field(
        factory=dict, init=False
    )
    _shows: list[Callable[[dict[str, Summary]], None]] = attrs.field(factory=list, init=False)
    _reading: asyncio.Lock = attrs.field(factory=asyncio.Lock, init=False)

    async def read(self, show: Callable[[dict[str, Summary]], None]) -> dict[str, Summary]:
        """The summaries of all files as they are now; ``show`` is called as they become known."""
        self._shows.append(show)
        try:
            show(self._all())
            async with self._reading:  # what another page is reading is not read twice
                return await self._read()
        finally:
            self._shows.remove(show)

    async def _read(self) -> dict[str, Summary]:
        paths = dict(self._paths())
        states = {name: _state(path) for name, path in paths.items()}
        self._known = {n: each for n, each in self._known.items() if states.get(n) == each[0]}
        left = [(name, path) for name, path in paths.items() if name not in self._known]
        self._show()
        parts = [left[at : at + _AT_ONCE] for at in range(0, len(left), _AT_ONCE)]
        await asyncio.gather(*(self._part(part, states) for part in parts))
        return self._all()

    async def _part(self, part: Sequence[tuple[str, Path]], states: dict[str, _State]) -> None:
        try:
            found = await self.jobs.run(summaries_of, part)
        except NotDone as fault:
            found = tuple(Summary(name=n, problems=1, first=f"not read: {fault}") for n, _ in part)
        self._known |= {each.name: (states[each.name], each) for each in found}
        self._show()

    def _show(self) -> None:
        for show in tuple(self._shows):
            show(self._all())

    def _paths(self) -> list[tuple[str, Path]]:
        found = []
        for name in self.folder.files():
            try:
                found.append((name, self.folder.path(name)))
            except OutsideFolder:  # gone meanwhile
                continue
        return found

    def _all(self) -> dict[str, Summary]:
        return {name: each for name, (_, each) in self._known.items()}

    async def figure(self, kind: str) -> Drawn:
        """The figure of all patients that are known, drawn once for each state of the files."""
        cases = {name: each for name, each in self._known.items() if each[1].derived}
        of = (kind, tuple(sorted((name, state) for name, (state, _) in cases.items())))
        if of not in self._drawn:
            patients = [cases[name][1].derived for name in sorted(cases, key=str.casefold)]
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
        return (0, 0, 0)
    return found.st_mtime_ns, found.st_size, found.st_ino
