"""A file that is edited: its text, its history, and what the disk holds of it.

Nothing is written without `Document.save`, `Document.save_over` or `Document.copied`. A text is
written over another one only where it was made from it, or where a person has compared both:
another program may have saved the file meanwhile, and an undo may lead back to before that.
"""

from __future__ import annotations

import difflib
import hashlib
import itertools
from functools import partial
from pathlib import Path

import attrs

from timeline.files.file_text import Unreadable, bytes_of, text_of
from timeline.files.output_files import NotReplacedError, OutputFiles, write_file

MOST_STEPS = 500  # of the history
MOST_LETTERS = 20_000_000  # of all texts in it
_MARK = "\ufeff"  # of the order of bytes, which some editors on Windows put first


class ChangedOnDisk(ValueError):
    """The file is not what was read; the message offers what may be done."""


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


_NUMBERS = itertools.count(1)


@attrs.frozen
class _Step:
    """A text of the history, and the reading of the file from which it was made."""

    text: str
    reading: int
    number: int = attrs.field(factory=partial(next, _NUMBERS))  # in the order of all documents


@attrs.define(eq=False)
class Document:
    """A file with the text that a person edits.

    Attributes:
        path: the file.
        text: the text as edited, with the line ends of the file.
        is_read_only: whether its text takes no edit, and the file is never written.
    """

    path: Path
    text: str
    _saved: str  # the text that the file has, as far as this document knows
    _digest: str  # of the bytes of the file when they were read or written; empty if there is none
    _mark: str = ""
    _before: list[_Step] = attrs.Factory(list)
    _after: list[_Step] = attrs.Factory(list)
    _group: str = ""
    _reading: int = 0  # of the file from which the text was made
    _allowed: frozenset[int] = frozenset({0})  # readings whose texts may be written over the file
    _compared: str | None = None  # the digest of the file when it was compared with the text
    is_read_only: bool = attrs.field(default=False, kw_only=True)

    @classmethod
    def open(cls, path: Path, *, is_read_only: bool = False) -> Document:
        """Read a file.

        Args:
            path: the file.
            is_read_only: whether the document is only shown.

        Raises:
            Unreadable: it is no text.
        """
        raw = bytes_of(path)
        text = text_of(path)
        if _digest(bytes_of(path)) != _digest(raw):  # written between the two
            return cls.open(path, is_read_only=is_read_only)
        mark = _MARK if raw.startswith(_MARK.encode()) else ""
        return cls(path, text, text, _digest(raw), mark, is_read_only=is_read_only)

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
        if text == self.text or self.is_read_only:
            return False
        if not (group and group == self._group and self._before):
            self._before.append(_Step(self.text, self._reading))
        else:
            self._before[-1] = attrs.evolve(self._before[-1], number=next(_NUMBERS))
        self._group = group
        self._after.clear()
        self.text = text
        self._forget()
        return True

    def _forget(self) -> None:
        """Leave out the oldest steps where the history is too long."""
        del self._before[:-MOST_STEPS]
        while len(self._before) > 1 and sum(len(step.text) for step in self._before) > MOST_LETTERS:
            del self._before[0]

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier text."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether an edit was undone."""
        return bool(self._after)

    @property
    def newest_step(self) -> int:
        """The number of the step that an undo takes back, in the order of all documents; or 0."""
        return self._before[-1].number if self._before else 0

    @property
    def next_step(self) -> int:
        """The number of the step that a redo makes again, in the order of all documents; or 0."""
        return self._after[-1].number if self._after else 0

    def undo(self) -> bool:
        """Go back to the text before the last step; whether there was one."""
        return self._step(self._before, self._after)

    def redo(self) -> bool:
        """Take back an undo; whether there was one."""
        return self._step(self._after, self._before)

    def _step(self, taken: list[_Step], kept: list[_Step]) -> bool:
        if not taken:
            return False
        step = taken.pop()
        kept.append(_Step(self.text, self._reading, step.number))
        self.text, self._reading = step.text, step.reading
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

    @property
    def is_from_before(self) -> bool:
        """Whether the text was made from an older state of the file than the one last read."""
        return self.text != self._saved and self._reading not in self._allowed

    def save(self) -> None:
        """Write the text to its file: in full, or not at all.

        Raises:
            ChangedOnDisk: the file is not what was read, or the text is from before it was read.
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
        if self.is_from_before:
            raise ChangedOnDisk(
                f"{self.path.name}: was changed by another program, and this text is from before "
                "that change, so it was not written "
                "(redo, save under another name, or compare both)"
            )
        self._write()

    def save_over(self) -> None:
        """Write the text over the file with which it was compared last, by `difference`.

        Raises:
            ChangedOnDisk: the file is not the one that was compared, or is no text.
            NotReplacedError: it may not be replaced.
            OSError: the folder cannot be written.
        """
        disk = self._disk()
        if disk != self._compared or disk == "unreadable":
            raise ChangedOnDisk(
                f"{self.path.name}: is not the file that was compared, so it was not written "
                "(compare both again)"
            )
        self._write()

    def copied(self, path: Path) -> Document:
        """Write the text to a file that is not there yet; the document of that file.

        This document stays as it is.

        Raises:
            NotReplacedError: a file is there.
            OSError: the folder cannot be written.
        """
        raw = self._bytes()
        with OutputFiles() as files:
            files.add(path, raw)
        return Document(path, self.text, self.text, _digest(raw), self._mark)

    def _bytes(self) -> bytes:
        return f"{self._mark}{self.text}".encode()

    def _write(self) -> None:
        if self.is_read_only:
            raise NotReplacedError(f"{self.path.name}: is only read here, so it was not written")
        raw = self._bytes()
        write_file(self.path, raw)
        self._saved, self._digest, self._compared = self.text, _digest(raw), None
        self._allowed |= {self._reading}

    def follow(self) -> str:
        """Take what another program wrote where nothing is unsaved; what is to be said of it.

        Returns:
            Empty where the file is what was read, also where it has just been read again.
        """
        if not self.is_changed_on_disk:
            return ""
        if not self.path.exists():
            return "The file was deleted or moved on the disk." if self._digest else ""
        if self.is_changed:
            return "The file has changed on the disk."
        try:
            self.reload()
        except Unreadable as fault:
            return f"The file has changed on the disk and is not read: {fault}."
        return ""

    def reload(self) -> None:
        """Take the text of the file; the edited text is one undo away.

        Raises:
            Unreadable: it is no text, or it is gone.
        """
        read = Document.open(self.path)
        self.edit(read.text)
        if read._digest != self._digest:
            steps = (*self._before, *self._after)
            self._reading = max(self._allowed.union(step.reading for step in steps)) + 1
            self._allowed = frozenset({self._reading})
        self.text = self._saved = read.text
        self._digest, self._mark, self._group = read._digest, read._mark, ""

    def difference(self) -> tuple[str, ...]:
        """The lines in which the file and the edited text differ, as ``diff -u`` writes them.

        Raises:
            Unreadable: the file is no text, or it is gone.
        """
        self._compared = self._disk()
        disk = text_of(self.path).splitlines()
        names = (f"{self.path.name} on the disk", f"{self.path.name} as edited")
        return tuple(difflib.unified_diff(disk, self.text.splitlines(), *names, lineterm=""))


def step_told(word: str, before: str, after: str) -> str:
    """What a step back or forth has changed, as a sentence that names the lines.

    Args:
        word: "Undone" or "Redone".
        before: the text before the step.
        after: the text that it led to.
    """
    old, new = before.splitlines(), after.splitlines()
    most = min(len(old), len(new))
    same = next((n for n in range(most) if old[n] != new[n]), most)
    rest = most - same
    end = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    gone, come = old[same : len(old) - end], new[same : len(new) - end]
    if len(gone) == len(come) == 1:
        return (
            f"{word} in line {same + 1}: {come[0].strip()!r} in the place of {gone[0].strip()!r}."
        )
    if len(come) > 1:
        return f"{word}: lines {same + 1} to {same + len(come)} are as in the other text."
    if come:
        return f"{word}: line {same + 1} is {come[0].strip()!r}."
    lines = "a line is" if len(gone) == 1 else f"{len(gone)} lines are"
    return f"{word}: {lines} gone at line {same + 1}." if gone else f"{word}: the ends of lines."
