"""The summaries of the files of a folder, made once for each state of a file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import attrs

from timeline.app.folder import CaseFolder, OutsideFolder
from timeline.app.work.jobs import Jobs, NotDone
from timeline.app.work.summaries import Summary, summaries_of

_AT_ONCE = 8  # files that one process reads before it answers
_State = tuple[int, int, int]


@attrs.define(eq=False)
class SummaryStore:
    """The newest summary of each file, by name."""

    folder: CaseFolder
    jobs: Jobs
    _known: dict[str, tuple[_State, Summary]] = attrs.field(factory=dict, init=False)

    async def read(self, show: Callable[[dict[str, Summary]], None]) -> dict[str, Summary]:
        """The summaries of all files as they are now; ``show`` is called as they become known."""
        paths = dict(self._paths())
        states = {name: _state(path) for name, path in paths.items()}
        self._known = {n: each for n, each in self._known.items() if states.get(n) == each[0]}
        left = [(name, path) for name, path in paths.items() if name not in self._known]
        show(self._all())
        parts = [left[at : at + _AT_ONCE] for at in range(0, len(left), _AT_ONCE)]
        await asyncio.gather(*(self._part(part, states, show) for part in parts))
        return self._all()

    async def _part(
        self,
        part: Sequence[tuple[str, Path]],
        states: dict[str, _State],
        show: Callable[[dict[str, Summary]], None],
    ) -> None:
        try:
            found = await self.jobs.run(summaries_of, part)
        except NotDone as fault:
            found = tuple(Summary(name=n, problems=1, first=f"not read: {fault}") for n, _ in part)
        self._known |= {each.name: (states[each.name], each) for each in found}
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

    def case_paths(self) -> tuple[Path, ...]:
        """The files that hold the patients: of a case and its report in two files, the case."""
        known = self._all()
        return tuple(path for name, path in self._paths() if name in known and known[name].case)


def _state(path: Path) -> _State:
    try:
        found = os.stat(path)
    except OSError:
        return (0, 0, 0)
    return found.st_mtime_ns, found.st_size, found.st_ino
