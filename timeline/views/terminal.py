"""The terminal: tables that share its width, and texts that hang beside their heads."""

from __future__ import annotations

import sys

import attrs
from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

HEIGHT = 25  # of no terminal; nothing here is laid out by it
NARROWEST = 60  # a table in less has a letter a line: the terminal breaks its rows instead
WIDTH = 118  # where the output is no terminal: wide enough that a row stays a row


def terminal() -> Console:
    """Where to print: as wide as the terminal, but no narrower than `NARROWEST`, or as `WIDTH`."""
    if sys.stdout is not None and sys.stdout.isatty():
        wide = max(Console(file=sys.stdout).width, NARROWEST)
        return Console(file=sys.stdout, width=wide, highlight=False)
    # with a height as well nothing asks the system for its size at every print
    return Console(file=sys.stdout, width=WIDTH, height=HEIGHT, highlight=False)


def columns(**ratios: int) -> Table:
    """A table whose columns share the width in the ratio given; nought takes what it needs."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=True)
    for name, ratio in ratios.items():
        table.add_column(Text(name.replace("_", " ").strip()), overflow="fold", ratio=ratio or None)
    return table


def add_row(table: Table, *cells: str) -> None:
    """One row of plain text."""
    table.add_row(*(Text(cell) for cell in cells))


@attrs.frozen
class _Hung:
    """A head with a text beside it, rendered as it is: no line of it is laid out twice."""

    head: str
    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        head, style = self.head, console.get_style(self.text.style)
        for line in self.text.wrap(console, options.max_width - len(head)):
            yield Segment(head)
            yield Segment(line.plain, style)
            yield Segment.line()
            head = " " * len(head)


def print_hanging(console: Console, head: Text, text: Text) -> None:
    """A head, and a text that wraps beside it, not under it."""
    console.print(_Hung(head.plain, text))
