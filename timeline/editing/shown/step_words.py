"""What a step back or forth has changed in the rows of the grids and in the fields, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from timeline.core.text.counts import plural
from timeline.editing.case_fields import CaseField
from timeline.editing.event_rows import DATE, KIND
from timeline.editing.grid import Grid, GridRow

_MOST = 3  # changes that a sentence names


def row_words(row: GridRow) -> str:
    """A row by its number from 1, its event and its date, or its claim and the printed value."""
    names = (KIND, DATE) if KIND in row.cells else ("claim", "value")
    return " ".join((f"row {row.number + 1},", *(row.cells.get(key, "") for key in names))).strip()


def step_in_rows(word: str, before: Grid, after: Grid) -> str:
    """What a step has changed in one grid; empty where the rows are the same."""
    return _sentence(word, list(_parts(before.rows, after.rows)))


def step_in_file(
    word: str,
    before: Mapping[str, Grid],
    after: Mapping[str, Grid],
    fields: Iterable[CaseField],
    fields_after: Iterable[CaseField],
) -> str:
    """What a step has changed in a file, as a sentence that names the rows and the fields.

    Args:
        word: "Undone" or "Redone".
        before: the grids of the text before the step, by their names.
        after: those of the text which it led to.
        fields: of the case before the step.
        fields_after: those of the text which it led to.

    Returns:
        The first changes, and how many more there are; empty where rows and fields are the same.
    """
    old, new = ({each.key: each for each in every} for every in (fields, fields_after))
    parts = []
    for key in dict.fromkeys((*old, *new)):
        was, now = (every[key].value if key in every else "" for every in (old, new))
        if was != now:
            parts.append(_value((new.get(key) or old[key]).title, was, now))
    for table in before:
        parts += _parts(before[table].rows, after[table].rows)
    return _sentence(word, parts)


def _sentence(word: str, parts: Sequence[str]) -> str:
    if not parts:
        return ""
    told = "; ".join(parts[:_MOST])
    more = f"; and {plural(len(parts) - _MOST, 'more change')}" if len(parts) > _MOST else ""
    return f"{word}{' ' if told.startswith('in row') else ': '}{told}{more}."


def _value(title: str, was: str, now: str) -> str:
    return f"{title} is {now or 'empty'}, and was {was or 'empty'}"


def _parts(before: Sequence[GridRow], after: Sequence[GridRow]) -> Iterator[str]:
    """Each change of the rows: moved, changed, taken out, there."""
    old, now = ([tuple(sorted(row.cells.items())) for row in rows] for rows in (before, after))
    steps = [each for each in SequenceMatcher(None, old, now, autojunk=False).get_opcodes()
             if each[0] != "equal"]  # fmt: skip
    gone = [n for _, first, last, _, _ in steps for n in range(first, last)]
    moved: dict[int, int] = {}  # the number of a row after the step, and that before it
    for n in (n for _, _, _, first, last in steps for n in range(first, last)):
        if (at := next((m for m in gone if old[m] == now[n]), None)) is not None:
            gone.remove(at)
            moved[n] = at
    for n, m in moved.items():
        yield f"{row_words(after[n])}, was row {m + 1}"
    for _, first, last, start, end in steps:
        out = [before[m] for m in range(first, last) if m in gone]
        come = [after[n] for n in range(start, end) if n not in moved]
        if len(out) == len(come):
            yield from (_changed(*pair) for pair in zip(out, come, strict=True))
            continue
        if out:
            yield _several(out, "is taken out", "are taken out")
        if come:
            yield _several(come, "is there", "are there")


def _changed(was: GridRow, now: GridRow) -> str:
    changed = (
        _value(key, was.cells.get(key, ""), now.cells.get(key, ""))
        for key in dict.fromkeys((*was.cells, *now.cells))
        if was.cells.get(key) != now.cells.get(key)
    )
    return f"in {row_words(now)}: {', '.join(changed)}"


def _several(rows: Sequence[GridRow], one: str, many: str) -> str:
    first = row_words(rows[0])
    return f"{first} {one}" if len(rows) == 1 else (
        f"{plural(len(rows), 'row')} from {first} on {many}"
    )  # fmt: skip
