"""The terminal: tables that fit its width, and text with a hanging indent."""

from __future__ import annotations

import sys

import attrs
from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

HEIGHT = 25  # where the output is no terminal; no layout depends on it
NARROWEST = 60  # in less, a column would have one letter a line
LONGEST_WORD = 24  # of a table that is kept whole
WIDTH = 118  # where the output is no terminal


def terminal(piped: int = WIDTH) -> Console:
    """Standard output: as wide as the terminal, at least `NARROWEST`; else ``piped`` columns.

    Only a terminal gets colours, whatever the environment forces; ``NO_COLOR`` and ``TERM=dumb``
    leave them out there as well.
    """
    if sys.stdout is not None and sys.stdout.isatty():
        width = max(Console(file=sys.stdout).width, NARROWEST)
        return Console(file=sys.stdout, width=width, highlight=False)
    # with a height too, rich does not query the size of the terminal at every print
    return Console(
        file=sys.stdout, width=piped, height=HEIGHT, highlight=False, force_terminal=False
    )


def columns(**ratios: int) -> Table:
    """A table with columns that share the width by ratio; ratio 0 takes the width it needs."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=True)
    for name, ratio in ratios.items():
        heading = name.replace("_", " ").strip()
        widest = max(map(len, heading.split()), default=0)  # no word of a heading is broken
        table.add_column(
            Text(heading), overflow="fold", ratio=ratio or None, width=widest if ratio else None
        )
    return table


def add_row(table: Table, *cells: str) -> None:
    """One row of plain text."""
    table.add_row(*(Text(cell) for cell in cells))


def keep_words_whole(table: Table) -> None:
    """Give each column the width of its longest word, so that no drug is broken where all fit.

    Words longer than `LONGEST_WORD` are broken; in a terminal that is too narrow others are too.
    """
    for column in table.columns:
        words = [word for cell in column.cells for word in str(cell).split()]
        longest = max(map(len, words), default=0)
        if column.width is not None and longest <= LONGEST_WORD:
            column.width = max(column.width, longest)


@attrs.frozen
class _HangingText:
    """A heading, and a text to its right that wraps within its own column."""

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
    """Print a heading, and a text to its right that wraps within its own column."""
    console.print(_HangingText(head.plain, text))
