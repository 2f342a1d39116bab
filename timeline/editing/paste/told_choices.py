"""What the choices of a paste decide, in words: the rows that are left out, and the dates read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from renderers.tables.cell_dates import YEAR_LAST, moment_text
from renderers.tables.csv_table import cell_text
from timeline.core.calendar.date_forms import iso_forms
from timeline.core.text.counts import plural
from timeline.editing.event_rows import DATE, END, KIND
from timeline.editing.paste.reading import ClipboardRow
from timeline.editing.shown.grouped_problems import row_numbers

_MOST = 4  # rows, cells or dates that are named
_LONGEST = 120  # letters of a row


def told_row(row: ClipboardRow, hidden: Collection[int] = ()) -> str:
    """A row with what it states: ``row 12: 05/02/2022, died of disease``; a long one shortened.

    ``hidden``: the numbers of columns that are not shown.
    """
    first = [row.cells.get(key, "") for key in (DATE, END, KIND)]
    cells = [text for key, text in row.cells.items() if key not in (DATE, END, KIND)]
    others = [text for n, text in row.others.items() if n not in hidden]
    texts = [cell_text(each) for each in (*first, *cells, *others)]
    told = ", ".join(filter(None, texts))
    return f"row {row.line}: {told if len(told) <= _LONGEST else f'{told[:_LONGEST]} ..'}"


def few(texts: Sequence[str], separator: str = "; ") -> str:
    """The first of some texts, and how many more there are.

    >>> few(["a", "b", "c", "d", "e", "f"])
    'a; b; c; d and 2 more'
    """
    more = f" and {len(texts) - _MOST} more" if len(texts) > _MOST else ""
    return f"{separator.join(texts[:_MOST])}{more}"


def left_out_words(rows: Sequence[str]) -> str:
    """The words of the button that leaves rows out, which are told."""
    what = "its row" if len(rows) == 1 else f"its {len(rows)} rows"
    return f"leave {what} out ({few(rows)})"


def announced(words: Iterable[tuple[str, int]]) -> str:
    """What is written in rows: once where it is the same in all, else with their numbers.

    ``words``: what is written, and the number of the row.
    """
    rows: dict[str, list[int]] = {}
    for each, line in words:
        rows.setdefault(each, []).append(line)
    if len(rows) == 1:
        return next(iter(rows))
    told = [f"{each} in {'row' if len(lines) == 1 else 'rows'} {row_numbers(lines)}"
            for each, lines in rows.items()]  # fmt: skip
    return "; ".join(told)


def dates_of(rows: Iterable[ClipboardRow]) -> list[str]:
    """The dates of some rows that have the year last, with their days."""
    return [text for row in rows for key in (DATE, END)
            if YEAR_LAST.fullmatch(text := cell_text(row.cells.get(key, "")))]  # fmt: skip


def read_either_way(dates: Sequence[str], order: str) -> str:
    """How many of some dates could be read either way, with examples; empty where none could."""
    either = [text for text in dates if len(iso_forms(text)) > 1]
    read = [f"{text} as {moment_text(text, order)}" for text in dict.fromkeys(either)]
    if not read:
        return ""
    return f"{plural(len(either), 'date')} that could be read either way: {few(read, ', ')}"


def lines_read(numbers: Mapping[str, str]) -> str:
    """The words of the button that reads lines of therapy as numbers.

    >>> lines_read({"1st": "1", "2nd line": "2"})
    'read 1st as 1, 2nd line as 2'
    """
    return f"read {', '.join(f'{text} as {number}' for text, number in numbers.items())}"
