"""Whether a file was saved, by looking at it forty times a second.

An editor may write into the file, or write another one and rename it to this name; both change the
size, the time or the number of the file. No system call that only some systems have is needed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import attrs

INTERVAL = 0.025  # seconds


@attrs.frozen
class Signature:
    """What changes when a file is saved; all zero where there is none."""

    time: int = 0  # nanoseconds
    size: int = 0
    number: int = 0  # of the file in its file system

    @classmethod
    def of(cls, path: Path) -> Signature:
        """The signature of a file as it is now."""
        try:
            found = path.stat()
        except (OSError, ValueError):  # gone, also for the moment in which it is renamed
            return cls()
        return cls(found.st_mtime_ns, found.st_size, found.st_ino)


@attrs.define
class FileWatch:
    """Files that are looked at together: a case, and the report that it names."""

    paths: tuple[Path, ...] = ()
    _seen: dict[Path, Signature] = attrs.Factory(dict)

    def look_at(self, paths: Iterable[Path]) -> None:
        """Look at these files from now on; those that are new count as seen."""
        self.paths = tuple(dict.fromkeys(paths))
        self._seen = {p: self._seen.get(p) or Signature.of(p) for p in self.paths}

    def see(self, path: Path) -> None:
        """Take a file for seen as it is now, before it is read."""
        self._seen[path] = Signature.of(path)

    def changed(self) -> bool:
        """Whether one of the files is not what it was at the last look."""
        now = {path: Signature.of(path) for path in self.paths}
        before, self._seen = self._seen, now
        return now != before

    async def changes(self, interval: float = INTERVAL) -> AsyncIterator[None]:
        """Yield after each change of one of the files, for ever."""
        while True:
            await asyncio.sleep(interval)
            if self.changed():
                yield
