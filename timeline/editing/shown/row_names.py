"""Which rows of a grid are the rows that it had before a change of the text.

A text has no name for a row, and its number changes with the rows above it. What a page keeps of a
row (the cell that is chosen, the cell that is open) has to follow the row itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

Cells = Mapping[str, str]


def same_rows(
    before: Sequence[Cells],
    names: Sequence[int],
    after: Sequence[Cells],
    new: Callable[[], int],
) -> tuple[int, ...]:
    """The name of each row after a change.

    Args:
        before: the cells of each row before it.
        names: the name of each of them.
        after: the cells of each row after it.
        new: gives a name that no row has or had.

    Returns:
        The old name of a row that is as it was, also in another place; of a row that stands between
        the same ones as an old row which is no more; a new name of any other. No name comes twice.

    >>> rows = [{"event": "scan"}, {"event": "visit"}, {"event": "death"}]
    >>> same_rows(rows, (1, 2, 3), [rows[1], rows[0], {"event": "relapse"}], lambda: 9)
    (2, 1, 3)
    """
    old, now = [_content(each) for each in before], [_content(each) for each in after]
    found: list[int | None] = [None] * len(now)
    steps = SequenceMatcher(None, old, now, autojunk=False).get_opcodes()
    changed = [(range(a, b), range(c, d)) for tag, a, b, c, d in steps if tag != "equal"]
    for tag, first, last, start, _ in steps:
        if tag == "equal":
            for n in range(last - first):
                found[start + n] = names[first + n]
    free: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for n in (n for rows, _ in changed for n in rows):
        free.setdefault(old[n], []).append(names[n])
    for n in (n for _, rows in changed for n in rows):
        if free.get(now[n]):
            found[n] = free[now[n]].pop(0)
    taken = set(found)
    for rows, places in changed:
        left = (names[n] for n in rows if names[n] not in taken)
        for n in places:
            if found[n] is None:
                found[n] = next(left, None)
    return tuple(new() if name is None else name for name in found)


def _content(cells: Cells) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(cells.items()))
