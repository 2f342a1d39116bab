"""Output of any encoding, in which no text can control the terminal."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import Any

from timeline.cli.ending import end_without_reader
from timeline.core.text.inert_text import visible_text


class InertStream(io.TextIOWrapper):
    """Standard output that escapes terminal control characters; its own colours stay.

    If its reader has closed it the command exits here: the parser of commands would exit with 1,
    which means: contradicted.
    """

    def write(self, text: str) -> int:
        try:
            super().write(visible_text(text, colours=self.isatty()))
        except BrokenPipeError:
            end_without_reader()
        return len(text)

    def flush(self) -> None:
        """Exit here if the reader has closed it: rich and typer would exit with 1, contradicted."""
        try:
            super().flush()
        except BrokenPipeError:
            end_without_reader()


def guard_streams() -> None:
    """Let standard output and error take any text: unknown characters are escaped."""
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper):  # none, or one of a host program
            continue
        buffered, encoding = stream.line_buffering, stream.encoding
        through = stream.write_through
        guarded = InertStream(
            stream.detach(),
            encoding=encoding,
            errors="backslashreplace",
            line_buffering=buffered,
            write_through=through,
        )
        setattr(sys, name, guarded)
        setattr(sys, f"__{name}__", guarded)


def is_terminal(stream: Any) -> bool:
    """Whether a stream is a terminal; None and a closed one are not."""
    try:
        return bool(stream is not None and stream.isatty())
    except ValueError:
        return False


def flush_streams() -> None:
    """Write buffered output while a failure can still be reported. OSError."""
    if sys.stdout is not None:
        sys.stdout.flush()


def write_error(text: str) -> None:
    """Write one line to standard error if possible."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
