"""The files that a page may open and write: case and report files of one folder, and none outside.

A name comes from a browser, so it is text until it is checked. Two names never mean one file: a
name is taken only as the folder spells it, also where the file system does not tell A from a.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import attrs

from timeline.files.folders import DEEPEST, ENDINGS, PALETTE

MOST = 2000  # files that are listed
LONGEST = 200  # characters of a name
_FORBIDDEN = frozenset('<>:"|?*\\')  # in names of files on Windows, with which folders are shared
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
)


class OutsideFolder(ValueError):
    """A name that is not opened or written; the message states why, and what to write."""


def name_beside(path: Path, folder: Path) -> str:
    """The name of a file as a case of a folder would write it: ``b.yaml``, ``../seeds/a.yaml``.

    Both are absolute. On another drive it is the whole path.
    """
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


@attrs.frozen
class PlacesOfFiles:
    """Where files are that a text at ``path`` names, each looked up once."""

    path: Path
    _found: dict[str, tuple[Path, str]] = attrs.field(factory=dict, init=False)

    def of(self, file: str) -> tuple[Path, str]:
        """The absolute path of a file, and its name from the folder of the text on."""
        if file not in self._found:
            path = Path(file).resolve()
            self._found[file] = path, name_beside(path, self.path.resolve().parent)
        return self._found[file]


def _resolved(path: Path) -> Path:
    return path.resolve()


@attrs.frozen
class CaseFolder:
    """A folder, and what may be opened in it.

    Attributes:
        root: the folder, absolute and without links.
    """

    root: Path = attrs.field(converter=_resolved)

    def files(self) -> tuple[str, ...]:
        """The names of the case and report files in it, in order of the alphabet.

        Hidden files, and what links lead to outside of the folder, are left out.
        """
        return tuple(sorted(self._walk(self.root, DEEPEST), key=str.casefold)[:MOST])

    def _walk(self, folder: Path, depth: int) -> Iterator[str]:
        try:
            entries = sorted(os.scandir(folder), key=lambda each: each.name)
        except OSError:  # a folder that may not be entered
            return
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False) and depth:
                yield from self._walk(path, depth - 1)
            elif path.suffix.lower() in ENDINGS and self._is_inside(path):
                yield path.relative_to(self.root).as_posix()

    def _is_inside(self, path: Path) -> bool:
        """Whether a path is a plain file in the folder, links followed."""
        try:
            found = path.resolve(strict=True)
            return found.is_relative_to(self.root) and stat.S_ISREG(found.stat().st_mode)
        except (OSError, RuntimeError, ValueError):  # no such file, a loop of links, a zero byte
            return False

    def path(self, name: str) -> Path:
        """The file of a name.

        Args:
            name: from the folder on, with ``/`` between folders, spelled as the folder has it.

        Raises:
            OutsideFolder: there is no such plain file in the folder.
        """
        place = self.root.joinpath(*_parts(name, _leads_away))
        if not self._is_spelled(place) or not self._is_inside(place):
            raise OutsideFolder(f"{name!r}: no such file in this folder (choose one of the list)")
        return place.resolve(strict=True)

    def name_of(self, path: Path) -> str:
        """The name of a case or report file of the folder; empty of a path that is none."""
        try:
            name = path.relative_to(self.root).as_posix()
            return name if self.path(name) == path and path.name != PALETTE else ""
        except ValueError:  # outside of the folder, or not there
            return ""

    def new_path(self, name: str) -> Path:
        """The path of a file that is to be written and is not there.

        Args:
            name: as for ``path``; the folder that it is in exists.

        Raises:
            OutsideFolder: the name cannot be used, or is taken.
        """
        parts = _parts(name, _fault)
        place = self.root.joinpath(*parts)
        folder = place.parent
        try:
            inside = folder.resolve(strict=True).is_relative_to(self.root) and folder.is_dir()
            others = os.listdir(folder) if inside else []
        except (OSError, RuntimeError):
            inside, others = False, []
        if not inside or (len(parts) > 1 and not self._is_spelled(folder)):
            raise OutsideFolder(f"{name!r}: no such folder here (write the name of the file alone)")
        if parts[-1].casefold() in map(str.casefold, others):
            raise OutsideFolder(f"{name!r}: a file of this name is there (choose another name)")
        return folder.resolve(strict=True) / parts[-1]

    def _is_spelled(self, path: Path) -> bool:
        """Whether each folder on the way has the next name in just this spelling."""
        at = self.root
        for part in path.relative_to(self.root).parts:
            try:
                if part not in os.listdir(at):
                    return False
            except OSError:
                return False
            at /= part
        return True


def _parts(name: str, fault_of: Callable[[str], str]) -> tuple[str, ...]:
    """The parts of a name, each without a fault. OutsideFolder."""
    parts = name.split("/")
    if PurePosixPath(name).suffix.lower() not in ENDINGS:
        raise OutsideFolder(f"{_shown(name)}: not a case or report file (write .yaml)")
    for part in parts:
        if fault := fault_of(part):
            raise OutsideFolder(f"{_shown(name)}: {fault} (write letters, digits, - and _)")
    return tuple(parts)


def _leads_away(part: str) -> str:
    """Why a part of a name is none of a file of the folder, however it is spelled there."""
    if part in ("", ".", "..") or "\0" in part or (os.sep != "/" and os.sep in part):
        return "leads out of the folder"
    return "a hidden file" if part.startswith(".") else ""


def _fault(part: str) -> str:
    """Why a part of a new name is not taken; empty if any system takes it."""
    if fault := _leads_away(part):
        return fault
    if len(part) > LONGEST:
        return "too long a name"
    if not part.isprintable() or _FORBIDDEN & set(part) or part != part.strip(" ."):
        return "a character that not every system takes in a name"
    if part.partition(".")[0].lower() in _RESERVED:
        return "a name that Windows keeps for a device"
    return ""


_OTHER_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")


def file_name(text: str) -> str:
    """The name of a new file, as a person writes it: ``.yaml`` is put to it where it has no ending.

    Args:
        text: from the folder on.

    Raises:
        OutsideFolder: nothing is written, or the name has the ending of another kind of file.

    >>> file_name(" miller2024 "), file_name("miller.yml"), file_name("trial-7.2024")
    ('miller2024.yaml', 'miller.yml', 'trial-7.2024.yaml')
    """
    name = text.strip()
    if not name:
        raise OutsideFolder("no name is written (write letters and digits: miller2024)")
    if name.endswith(ENDINGS):
        return name
    if found := _OTHER_ENDING.search(name):
        advice = _shown(f"{name[: found.start()] or 'miller2024'}.yaml")
        raise OutsideFolder(f"{_shown(name)}: a case file ends in .yaml (write {advice})")
    return f"{name}.yaml"


def _shown(name: str) -> str:
    return repr(name if len(name) <= LONGEST else f"{name[:LONGEST]}..")
