"""The terminal: tables that share its width, and texts that hang beside their heads."""

from __future__ import annotations

import sys

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDTH = 118  # where the output is no terminal: wide enough that a row stays a row


def terminal() -> Console:
    """Where to print: as wide as the terminal, or as `WIDTH`."""
    width = None if sys.stdout.isatty() else WIDTH
    return Console(file=sys.stdout, width=width, highlight=False)


def columns(**ratios: int) -> Table:
    """A table whose columns share the width in the ratio given; nought takes what it needs."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=True)
    for name, ratio in ratios.items():
        table.add_column(Text(name.replace("_", " ").strip()), overflow="fold", ratio=ratio or None)
    return table


def add_row(table: Table, *cells: str) -> None:
    """One row of plain text."""
    table.add_row(*(Text(cell) for cell in cells))


def hang(console: Console, head: Text, text: Text) -> None:
    """A head, and a text that wraps beside it, not under it."""
    lines = text.wrap(console, console.width - len(head))
    heads = (head, *(Text(" " * len(head)) for _ in lines[1:]))
    console.print(Text("\n").join(first + line for first, line in zip(heads, lines, strict=True)))
