"""The choices that were made for one paste, for the same words of the next.

A table is often corrected and pasted again. Its words become what was chosen for them, and the page
says so. Dates that could be read either way are read as before only if all of them stood in the
earlier table: another table may have another order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from renderers.tables.cell_dates import YEAR_LAST
from timeline.app.editor.grid.paste_view import title
from timeline.core.calendar.date_forms import iso_forms
from timeline.editing.paste.answers import ANSWER
from timeline.editing.paste.word_choices import ALL_WORDS, LINES, WORD

_MOST = 6  # names that are told
_COLUMN = re.compile(r", column [0-9]+$")
_OF_ONE_ROW = re.compile(rf"{ANSWER}.*, row [0-9]+")  # the rows of another table are others


def _cells(clipboard: str) -> frozenset[str]:
    return frozenset(
        " ".join(each.strip(' "').split()) for each in re.split(r"[\t\n\r]", clipboard)
    )


def dates_either_way(clipboard: str) -> tuple[str, ...]:
    r"""The dates of a table that could be read with the day or the month first.

    >>> dates_either_way("03/04/2021\t15/04/2021")
    ('03/04/2021',)
    """
    return tuple(
        sorted(each for each in _cells(clipboard)
               if YEAR_LAST.fullmatch(each) and len(iso_forms(each)) > 1)
    )  # fmt: skip


def chosen_before(kept: Mapping[str, str], clipboard: str) -> tuple[dict[str, str], str]:
    r"""The choices for the words and columns of a table, and the order of its dates, if any.

    >>> chosen_before({"event: CT": "scan", "event: AE": "toxicity"}, "Event\nCT")
    ({'event: CT': 'scan'}, '')
    """
    cells = _cells(clipboard)
    choices = {name: way for name, way in kept.items() if _is_about(name, cells)}
    orders = {kept.get(date, "") for date in dates_either_way(clipboard)}
    return choices, orders.pop() if len(orders) == 1 else ""


def _is_about(name: str, cells: frozenset[str]) -> bool:
    """Whether the name of a choice is that of a word or a column of a table."""
    if name in (ALL_WORDS, LINES):
        return True
    if YEAR_LAST.fullmatch(name) or _OF_ONE_ROW.fullmatch(name):
        return False
    plain = name.removeprefix(WORD).removeprefix(ANSWER)
    return bool(cells & {plain, plain.partition(" beside ")[0], _COLUMN.sub("", plain)})


def forget(kept: dict[str, str], clipboard: str) -> None:
    """Forget what was chosen for the words, the columns and the dates of a table."""
    for name in (*chosen_before(kept, clipboard)[0], *dates_either_way(clipboard)):
        kept.pop(name, None)


def titles(names: Sequence[str]) -> str:
    """The names of some choices as a page has them."""
    told = [title(each) for each in names]
    more = f" and {len(told) - _MOST} more" if len(told) > _MOST else ""
    return f"{', '.join(told[:_MOST])}{more}"
