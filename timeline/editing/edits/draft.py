"""A change of a text that is being made: its edits, what the text then holds, and the check."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import attrs

from timeline.core.problem import Problem, Where
from timeline.editing.edits.case_text import CaseText, Entry
from timeline.editing.grid import Edited, GridProblem
from timeline.files.repair.edits import Edit, edited

_EMPTY: tuple[Any, ...] = ("", [], {})


@attrs.define(eq=False)
class Draft:
    """The edits of one change, and the tree that the text has after them.

    ``table``: the name of the grid. ``problems``: why the change cannot be made.
    """

    case: CaseText
    table: str
    edits: list[Edit] = attrs.field(factory=list)
    problems: list[Problem] = attrs.field(factory=list)

    @cached_property
    def plain(self) -> dict[str, Any]:
        """What the text is to hold; a change of the tree is made here as well."""
        return copy.deepcopy(self.case.plain)

    def entries(self, top: str, place: str | None) -> Any:
        """The list of entries, as it is to be, under a key of the file and a place."""
        return self.plain[top] if place is None else self.plain[top][place]

    def entry(self, entry: Entry) -> Any:
        """An entry as it is to be. No entry of its list may have been added or taken out."""
        return self.entries(entry.top, entry.place)[entry.number]

    def add(self, edits: Iterable[Edit]) -> None:
        """Add edits to the change."""
        self.edits += edits

    def refuse(self, what: str, row: int = -1, key: str = "", column: int = 1) -> None:
        """Note why the change cannot be made."""
        where = Where(self.table, max(row, 0) + 1, column)
        self.problems.append(GridProblem(where, what, row=row, key=key))

    def result(self, row: int = -1, key: str = "") -> Edited:
        """The text after the change: the old one where there is a problem.

        The new text is read again. It must hold what the change was to make of it, every comment
        of the old one, and no fault of YAML that the old one has not.
        """
        old = self.case.mark + self.case.text
        if not self.problems and self.edits:
            new = edited(self.case.text, merged(self.edits))
            if self._is_as_wanted(CaseText.of(new)):
                return Edited(self.case.mark + new)
            self.refuse("the text here cannot be changed safely (change it in the text)", row, key)
        return Edited(old, tuple(self.problems))

    def _is_as_wanted(self, new: CaseText) -> bool:
        more = Counter(each.what for each in new.problems)
        more -= Counter(each.what for each in self.case.problems)
        same = _without_empty(new.plain) == _without_empty(self.plain)
        return same and not more and new.comment_texts == self.case.comment_texts


def _without_empty(plain: dict[str, Any]) -> dict[str, Any]:
    """A tree in which every empty value of the file is one."""
    return {key: "" if value in _EMPTY else value for key, value in plain.items()}


def merged(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits with those at one place put together in the order in which they were made."""
    at: dict[int, Edit] = {}
    for edit in edits:
        if edit.start != edit.end:
            yield edit
        elif edit.start in at:
            before = at[edit.start]
            at[edit.start] = attrs.evolve(before, new=before.new + edit.new)
        else:
            at[edit.start] = edit
    yield from at.values()
