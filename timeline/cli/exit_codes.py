"""The exit codes of the program, for ``timeline --help`` and the reference."""

from __future__ import annotations

from typing import NamedTuple


class ExitCode(NamedTuple):
    """A row: the code as it is printed, and what it means."""

    shown: str
    meaning: str


EXIT_CODES = (
    ExitCode("0", "done; nothing is contradicted"),
    ExitCode(
        "1",
        "a printed value is contradicted (audit, interval, percent), is not in the text "
        "(check --text), or a test vector disagrees (conformance)",
    ),
    ExitCode("2", "a file or an argument is wrong"),
    ExitCode("70", "a fault of the program; please report the line that it prints"),
    ExitCode("128 and more", "ended by a signal: 130 is Ctrl-C, 143 a request to end"),
)


def exit_code_text() -> str:
    """The exit codes as the end of ``timeline --help``; a blank line ends each paragraph."""
    return "\n\n".join(("Exit codes:", *(f"{row.shown}: {row.meaning}" for row in EXIT_CODES)))
