"""The output of a command: any encoding will do, and nothing in it steers the terminal."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import Any

from timeline.cli.ending import end_without_reader
from timeline.core.inert_text import visible_text


class InertStream(io.TextIOWrapper):
    """Standard output that writes out what would steer a terminal; its own colours stay.

    Where its reader went away the command ends here: whatever lies between (the parser of
    commands ends with 1, which means: contradicted) never sees it.
    """

    def write(self, text: str) -> int:
        try:
            super().write(visible_text(text, colours=self.isatty()))
        except BrokenPipeError:
            end_without_reader()
        return len(text)

    def flush(self) -> None:
        """End here where the reader went away: rich and typer would make it 1, contradicted."""
        try:
            super().flush()
        except BrokenPipeError:
            end_without_reader()


def guard_streams() -> None:
    """Let standard output and error take any text: unknown letters and escapes are written out."""
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name)
        if not isinstance(stream, io.TextIOWrapper):  # none at all, or one that a host put there
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


def flush_streams() -> None:
    """Write what is still to be written, while a failure can still be told. OSError."""
    if sys.stdout is not None:
        sys.stdout.flush()


def write_error(text: str) -> None:
    """Write one line to standard error, if it is there and takes it."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
