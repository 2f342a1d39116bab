"""The terminal: tables that fit its width, and text with a hanging indent."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import attrs
from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

HEIGHT = 25  # where the output is no terminal; no layout depends on it
NARROWEST = 60  # in less, a column would have one letter a line
LONGEST_WORD = 24  # of a table that is kept whole
_FRAME = 3  # letters beside the text of each column
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
        table.add_column(Text(heading), overflow="fold", ratio=ratio or None)
    return table


def add_row(table: Table, *cells: str) -> None:
    """One row of plain text."""
    table.add_row(*(Text(cell) for cell in cells))


def print_table(console: Console, table: Table) -> None:
    """Print a table whose lines end between words, as far as the width allows (`column_widths`)."""
    texts = [[str(column.header), *map(str, column.cells)] for column in table.columns]
    widths = column_widths(
        [max((len(word) for text in cells for word in text.split()), default=0) for cells in texts],
        [max(map(len, cells)) for cells in texts],
        [column.ratio or 0 for column in table.columns],
        console.width - _FRAME * len(texts) - 1,
    )
    for column, width in zip(table.columns, widths, strict=True):
        column.ratio, column.width = None, width
    console.print(table)


def column_widths(
    words: Sequence[int], cells: Sequence[int], ratios: Sequence[int], room: int
) -> list[int]:
    """The widths of the columns of a table, in letters.

    Each is as wide as its longest word, so that no word is broken; where the columns do not fit
    so, and for words above `LONGEST_WORD`, the longest words are broken first.

    Args:
        words: the longest word of each column.
        cells: the longest cell of each column.
        ratios: how the rest of the room is shared; a column with 0 is as wide as its longest cell
            where the others still have their words whole.
        room: letters of all columns together.

    >>> column_widths([12, 6], [30, 20], [1, 1], 40)
    [20, 20]
    >>> column_widths([12, 6], [30, 20], [1, 3], 20)  # 5 and 15, but the first word has 12
    [12, 8]
    >>> column_widths([12, 6], [30, 20], [1, 1], 14)  # the longer word is broken
    [8, 6]
    """
    least = next(
        (
            found
            for most in range(LONGEST_WORD, 1, -1)
            if sum(found := [min(word, most) for word in words]) <= room
        ),
        [1] * len(words),
    )
    free, widths = room - sum(least), list(least)
    for place, ratio in enumerate(ratios):
        more = cells[place] - least[place]
        if not ratio and more <= free:
            widths[place] += more
            free -= more
    shared = [place for place, ratio in enumerate(ratios) if ratio]
    while shared:
        left = room - sum(width for place, width in enumerate(widths) if place not in shared)
        whole = sum(ratios[place] for place in shared)
        narrow = [place for place in shared if left * ratios[place] < least[place] * whole]
        if not narrow:
            for place in shared:
                widths[place] = round(left * ratios[place] / whole)
                left, whole = left - widths[place], whole - ratios[place]
            break
        shared = [place for place in shared if place not in narrow]
    return widths


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
