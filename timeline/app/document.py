"""A file that is edited: its text, its history, and what the disk holds of it.

Nothing is written without `Document.save` or `Document.save_as`, and nothing is written over that
this document has not read: another program, or another tab, may have saved the file meanwhile.
"""

from __future__ import annotations

import difflib
import hashlib
from pathlib import Path

import attrs

from timeline.files.file_text import Unreadable, bytes_of, text_of
from timeline.files.output_files import OutputFiles, write_file

MOST_STEPS = 500  # of the history
MOST_LETTERS = 20_000_000  # of all texts in it
_MARK = "\ufeff"  # of the order of bytes, which some editors on Windows put first


class ChangedOnDisk(ValueError):
    """The file is not what was read; the message offers what may be done."""


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@attrs.define(eq=False)
class Document:
    """A file with the text that a person edits.

    Attributes:
        path: the file.
        text: the text as edited, with the line ends of the file.
    """

    path: Path
    text: str
    _saved: str  # the text that the file has, as far as this document knows
    _digest: str  # of the bytes of the file when they were read or written; empty if there is none
    _mark: str = ""
    _before: list[str] = attrs.Factory(list)
    _after: list[str] = attrs.Factory(list)
    _group: str = ""

    @classmethod
    def open(cls, path: Path) -> Document:
        """Read a file.

        Raises:
            Unreadable: it is no text.
        """
        raw = bytes_of(path)
        text = text_of(path)
        if _digest(bytes_of(path)) != _digest(raw):  # written between the two
            return cls.open(path)
        mark = _MARK if raw.startswith(_MARK.encode()) else ""
        return cls(path, text, text, _digest(raw), mark)

    @classmethod
    def new(cls, path: Path, text: str) -> Document:
        """A text that is not saved yet, for a file that does not exist."""
        return cls(path, text, "", "")

    @property
    def is_changed(self) -> bool:
        """Whether the text is not what was read or saved."""
        return self.text != self._saved or not self._digest

    @property
    def line_end(self) -> str:
        """The line end of the file: that of its first line."""
        first = self.text.partition("\n")
        return "\r\n" if first[1] and first[0].endswith("\r") else "\n"

    def edit(self, text: str, group: str = "") -> bool:
        r"""Take a new text; whether it is another one.

        Args:
            text: the new text. Where an editor gives ``\n`` alone, the line ends of the file are
                put back.
            group: edits that follow each other with one name are undone in one step, such as
                letters that are typed; empty for a step of its own.
        """
        if self.line_end == "\r\n" and "\r" not in text:
            text = text.replace("\n", "\r\n")
        if text == self.text:
            return False
        if not (group and group == self._group and self._before):
            self._before.append(self.text)
        self._group = group
        self._after.clear()
        self.text = text
        self._forget()
        return True

    def _forget(self) -> None:
        """Leave out the oldest steps where the history is too long."""
        del self._before[:-MOST_STEPS]
        while len(self._before) > 1 and sum(map(len, self._before)) > MOST_LETTERS:
            del self._before[0]

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier text."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether an edit was undone."""
        return bool(self._after)

    def undo(self) -> bool:
        """Go back to the text before the last step; whether there was one."""
        return self._step(self._before, self._after)

    def redo(self) -> bool:
        """Take back an undo; whether there was one."""
        return self._step(self._after, self._before)

    def _step(self, taken: list[str], kept: list[str]) -> bool:
        if not taken:
            return False
        kept.append(self.text)
        self.text = taken.pop()
        self._group = ""
        return True

    @property
    def is_changed_on_disk(self) -> bool:
        """Whether the file is not what was read: changed, deleted, or no longer readable."""
        return self._disk() != self._digest

    def _disk(self) -> str:
        try:
            return _digest(bytes_of(self.path))
        except Unreadable:
            return "" if not self.path.exists() else "unreadable"

    def save(self) -> None:
        """Write the text to its file: in full, or not at all.

        Raises:
            ChangedOnDisk: the file is not what was read.
            NotReplacedError: it may not be replaced.
            OSError: the folder cannot be written.
        """
        if self.is_changed_on_disk:
            gone = not self.path.exists()
            what = "was deleted or moved" if gone else "was changed by another program or tab"
            raise ChangedOnDisk(
                f"{self.path.name}: {what} after it was read, so it was not written "
                "(reload it, save under another name, or compare both)"
            )
        self._write(self.path)

    def save_as(self, path: Path) -> None:
        """Write the text to a file that is not there yet, which is the file from then on.

        Raises:
            NotReplacedError: a file is there.
            OSError: the folder cannot be written.
        """
        raw = self._bytes()
        with OutputFiles() as files:
            files.add(path, raw)
        self.path = path
        self._saved, self._digest = self.text, _digest(raw)

    def _bytes(self) -> bytes:
        return f"{self._mark}{self.text}".encode()

    def _write(self, path: Path) -> None:
        raw = self._bytes()
        write_file(path, raw)
        self._saved, self._digest = self.text, _digest(raw)

    def reload(self) -> None:
        """Take the text of the file; the edited text is one undo away.

        Raises:
            Unreadable: it is no text, or it is gone.
        """
        read = Document.open(self.path)
        self.edit(read.text)
        self.text = self._saved = read.text
        self._digest, self._mark, self._group = read._digest, read._mark, ""

    def difference(self) -> tuple[str, ...]:
        """The lines in which the file and the edited text differ, as ``diff -u`` writes them.

        Raises:
            Unreadable: the file is no text, or it is gone.
        """
        disk = text_of(self.path).splitlines()
        names = (f"{self.path.name} on the disk", f"{self.path.name} as edited")
        return tuple(difflib.unified_diff(disk, self.text.splitlines(), *names, lineterm=""))
