"""The text of a file that somebody names, or one sentence on why it cannot be had.

The entire file is read into memory, so only plain files up to a stated size are opened: a device, a
pipe or a loop of links is refused before a byte is read, and nothing waits for a writer.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

LARGEST = 32 * 1024 * 1024  # bytes of one file: a table of about a million short rows
LARGEST_TEXT = "32 MB"
# What no text has: C0 and C1 controls except tab, line feed, carriage return and next line;
# halves of a surrogate pair; and the two code points that are no characters. Nor is a sign taken
# that turns the direction of writing, by which a text reads as another one than it is.
_CONTROLS = (
    *((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F)),
    *((0x202A, 0x202E), (0x2066, 0x2069), (0xD800, 0xDFFF), (0xFFFE, 0xFFFF)),
)
_KINDS = (  # first bytes, and what starts with them
    (b"PK\x03\x04", "an Excel workbook (XLSX) or another ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (XLS) or another Office file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "compressed (GZIP)"),
    (b"PAR1", "a Parquet file"),
    (b"$FL2", "an SPSS file (SAV)"),
    (b"HEADER RECORD*******", "a SAS transport file (XPT)"),
    (b"\x00" * 12 + b"\xc2\xea\x81\x60", "a SAS data set (SAS7BDAT)"),
    (b"<stata_dta>", "a Stata file (DTA)"),
    (b"RDX", "an R data file"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)


A_FOLDER = "cannot be read: it is a folder"


class Unreadable(ValueError):
    """Why there is no text. ``line`` and ``column`` count from 1; 0 means the entire file."""

    def __init__(self, what: str, line: int = 0, column: int = 0) -> None:
        super().__init__(what)
        self.line, self.column = line, column


def text_of(path: Path, *, save: str = "save it as UTF-8", encoding: str = "") -> str:
    """The text of a plain file, without a byte order mark; line ends stay as they are.

    Args:
        path: the file.
        save: what to do with a file of another kind.
        encoding: the name of its encoding, ``windows-1252`` ..; empty for UTF-8.

    Raises:
        Unreadable: it is no such text.
    """
    raw = bytes_of(path)
    if encoding:
        return _decoded(raw, encoding)
    for start, kind in _KINDS:
        if raw.startswith(start):
            raise Unreadable(f"not UTF-8 text but {kind} ({save})")
    try:
        return raw.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as fault:
        before = raw[: fault.start].decode("utf-8").lstrip("\ufeff")
        what = f"not UTF-8 text: the byte {raw[fault.start]:02X} ({save})"
        raise Unreadable(what, *place(before)) from None


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as fault:
        byte = f"{raw[fault.start]:02X}"
        raise Unreadable(f"not text in {encoding}: the byte {byte} (name its encoding)") from None


def bytes_of(path: Path) -> bytes:
    """The bytes of a plain file of at most ``LARGEST`` bytes. Raises `Unreadable`."""
    try:
        return _bytes(path)
    except OSError as fault:
        raise Unreadable(f"cannot be read: {fault.strerror or 'no such file'}") from None
    except Unreadable:
        raise
    except ValueError:  # a name with a zero byte
        raise Unreadable("cannot be read: no file can have this name") from None


def _bytes(path: Path) -> bytes:
    """The bytes of a plain file. OSError, or Unreadable where it is none or too large."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not path.is_dir() and path.exists() and not path.is_file():
        raise Unreadable("cannot be read: not a plain file (a device, a pipe or a socket)")
    handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    with open(handle, "rb", buffering=0) as file:
        found = os.fstat(file.fileno())
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable(f"{A_FOLDER} (name a file in it)")
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable("cannot be read: not a plain file (a device, a pipe or a socket)")
        parts, size = [], found.st_size if found.st_size > LARGEST else 0
        while size <= LARGEST and (part := file.read(1 << 20)):
            parts.append(part)
            size += len(part)
    if size > LARGEST:
        raise Unreadable(f"cannot be read: larger than {LARGEST_TEXT} (divide it)")
    return b"".join(parts)


def place(before: str) -> tuple[int, int]:
    r"""Line and column, both from 1, of what follows a text.

    >>> place("one\r\ntwo")
    (2, 4)
    """
    lines = before.replace("\r\n", "\n").replace("\r", "\n")
    return lines.count("\n") + 1, len(lines) - lines.rfind("\n")


def _controls_in(text: str) -> str:
    """Each control character that a text has, once."""
    if text.isprintable():
        return ""
    return "".join(
        letter
        for letter in sorted(set(text))
        if not letter.isprintable()
        and any(first <= ord(letter) <= last for first, last in _CONTROLS)
    )


def controls(text: str) -> Iterator[tuple[int, str]]:
    r"""Each control character of a text: its place, counted from 0, and its name.

    >>> list(controls("a\x07b"))
    [(1, 'U+0007')]
    """
    if found := _controls_in(text):
        for at, letter in enumerate(text):
            if letter in found:
                yield at, f"U+{ord(letter):04X}"


def without_controls(text: str) -> str:
    """The text with a replacement character for each control character; places stay."""
    return text.translate(dict.fromkeys(map(ord, _controls_in(text)), "\ufffd"))
