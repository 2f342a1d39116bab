"""What a step back or forth has changed in the rows of a grid, in words."""

from __future__ import annotations

from timeline.core.text.counts import plural
from timeline.editing.event_rows import DATE, KIND
from timeline.editing.grid import Grid, GridRow


def row_words(row: GridRow) -> str:
    """A row by its number from 1, its event and its date, or its claim and the printed value."""
    names = (KIND, DATE) if KIND in row.cells else ("claim", "value")
    return " ".join((f"row {row.number + 1},", *(row.cells.get(key, "") for key in names))).strip()


def step_in_rows(word: str, before: Grid, after: Grid) -> str:
    """What a step has changed in a grid, as a sentence that names the row.

    Args:
        word: "Undone" or "Redone".
        before: the grid of the text before the step.
        after: that of the text which it led to.

    Returns:
        Empty where the rows are the same, or where it is not one row or one run of rows.
    """
    old, new = [dict(row.cells) for row in before.rows], [dict(row.cells) for row in after.rows]
    most = min(len(old), len(new))
    same = next((n for n in range(most) if old[n] != new[n]), most)
    rest = most - same
    end = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    gone, come = before.rows[same : len(old) - end], after.rows[same : len(new) - end]
    if len(gone) == len(come) == 1:
        changed = [
            f"{key} is {come[0].cells.get(key) or 'empty'}, "
            f"and was {gone[0].cells.get(key) or 'empty'}"
            for key in dict.fromkeys((*gone[0].cells, *come[0].cells))
            if gone[0].cells.get(key) != come[0].cells.get(key)
        ]
        return f"{word} in {row_words(come[0])}: {'; '.join(changed)}."
    if gone and not come:
        first = row_words(gone[0])
        return f"{word}: {first} is taken out." if len(gone) == 1 else (
            f"{word}: {plural(len(gone), 'row')} from {first} on are taken out."
        )  # fmt: skip
    if come and not gone:
        first = row_words(come[0])
        return f"{word}: {first} is there." if len(come) == 1 else (
            f"{word}: {plural(len(come), 'row')} from {first} on are there."
        )  # fmt: skip
    return ""
