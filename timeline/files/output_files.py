"""The one writer of files: all outputs of a command appear together, or none of them.

Every file is first written in full under an unpredictable name in its folder; only when all are
written are they renamed. A temporary file is created exclusively, so a link planted there is never
followed. A file that is replaced keeps its mode; a read-only file, a folder, a device and a file
that the user did not name are refused.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import attrs

from timeline.core.frozen_class import frozen

_TEMPORARY = ".timeline-{}.part"  # short, so that a long name of an output stays possible
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
OVERWRITE = "write -o elsewhere, or add --overwrite"

Ours = Callable[[Path], bool]


def _nothing(_: Path) -> bool:
    return False


class NotReplacedError(ValueError):
    """An output that cannot take its place; the message names the file and the remedy."""


@attrs.define
class OutputFiles:
    """A set of files that appear when the block ends without a fault; else none appears.

    ``requested``: files that the user named, which may be replaced. Any other file that exists is
    replaced only where ``ours`` recognises it as an earlier output of the same kind.
    """

    requested: frozenset[Path] = frozenset()
    ours: Ours = _nothing
    _parts: dict[Path, Path] = attrs.field(factory=dict, init=False)
    _folders: list[Path] = attrs.field(factory=list, init=False)

    def folder(self, path: Path) -> None:
        """Make a folder and those above it; they are removed if nothing is written. OSError."""
        missing = [each for each in (path, *path.parents) if not each.exists()]
        path.mkdir(parents=True, exist_ok=True)
        self._folders += missing

    def check(self, path: Path) -> None:
        """NotReplacedError where an output may not take this place."""
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            return
        if path.is_dir():
            raise NotReplacedError(f"{path}: is a folder (name a file)")
        if path.exists() and not path.is_file():
            raise NotReplacedError(f"{path}: is a device or a pipe, not a plain file (name a file)")
        if stat.S_ISREG(mode) and not (mode & _WRITABLE and os.access(path, os.W_OK)):
            raise NotReplacedError(f"{path}: is read-only (make it writable, or write elsewhere)")
        if path not in self.requested and not self.ours(path):
            raise NotReplacedError(f"{path}: exists and would be written over ({OVERWRITE})")

    def add(self, path: Path, content: bytes) -> None:
        """Write one file of the set under its temporary name. OSError, NotReplacedError."""
        if path in self._parts:
            raise NotReplacedError(f"{path}: two outputs have this name (write -o elsewhere)")
        self.check(path)
        part = path.with_name(_TEMPORARY.format(os.urandom(8).hex()))
        self._parts[path] = part
        number = os.open(part, _NEW | _SAFE, 0o666)
        with os.fdopen(number, "wb") as file:
            file.write(content)
        with contextlib.suppress(FileNotFoundError):
            existing = path.lstat()
            if stat.S_ISREG(existing.st_mode):
                part.chmod(stat.S_IMODE(existing.st_mode))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._rename()
        finally:
            self._clear(failed=kind is not None)

    def _rename(self) -> None:
        """Put every file in its place; where one cannot be put there, all go back."""
        for path in self._parts:
            self.check(path)
        done: list[_Replaced] = []
        try:
            for path, part in self._parts.items():
                done.append(_Replaced.of(path, part))
                part.replace(path)
        except BaseException:
            for each in reversed(done):
                each.back()
            raise
        finally:
            _remove(each.before for each in done if each.before)

    def _clear(self, *, failed: bool) -> None:
        _remove(self._parts.values())
        for folder in self._folders if failed else ():
            with contextlib.suppress(OSError):
                folder.rmdir()  # fails where it is not empty


@frozen
class _Replaced:
    """A place that an output takes: the earlier file, under a second name where it has one."""

    path: Path
    part: Path
    new: bool
    before: Path | None

    @classmethod
    def of(cls, path: Path, part: Path) -> Self:
        if not os.path.lexists(path):
            return cls(path, part, new=True, before=None)
        before = path.with_name(_TEMPORARY.format(os.urandom(8).hex()))
        try:
            os.link(path, before, follow_symlinks=False)
        except (OSError, NotImplementedError):  # a file system without links
            return cls(path, part, new=False, before=None)
        return cls(path, part, new=False, before=before)

    def back(self) -> None:
        """Undo the rename, if it took place."""
        if self.part.exists():
            return
        if self.new:
            self.path.unlink(missing_ok=True)
        elif self.before is not None:
            self.before.replace(self.path)


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Write one file that the user named. OSError, NotReplacedError."""
    with OutputFiles(requested=frozenset({path})) as files:
        files.add(path, content)
