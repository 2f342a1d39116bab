"""Changes of the lists of a file: entries added, taken out and moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from timeline.editing.edits.case_text import CaseText, Entry
from timeline.editing.edits.draft import Draft
from timeline.editing.edits.pair_edits import GRID, EntryEdits
from timeline.editing.edits.row_edits import NotSafe, inserted, lines_of, moved_lines, removed
from timeline.editing.event_rows import PLACE
from timeline.files.repair.edits import Edit


class ListChanges:
    """Changes of the entries under one key of the file, gathered in a draft."""

    def __init__(self, case: CaseText, top: str) -> None:
        self.case, self.top = case, top
        self.draft = Draft(case, top)
        self.listed = list(case.entries(top))

    def put(self, at: int, new: Sequence[dict[str, Any]]) -> None:
        """Write new entries before the one of a number, unless there is a problem."""
        if self.draft.problems or not new:
            return
        try:
            self._put(at, new)
        except NotSafe as fault:
            self.draft.refuse(f"{fault} (write the {self.top} in the text)")

    def _put(self, at: int, new: Sequence[dict[str, Any]]) -> None:
        """Each goes to the list of its place if it is beside the number, else to the list above."""
        beside = list(self._lists_at(at))
        by_list: dict[int, list[dict[str, Any]]] = {}
        for row in new:
            place = row.get(PLACE, "")
            fit = [n for n, (every, _) in enumerate(beside) if place and every[0].place == place]
            number = fit[0] if fit else 0
            own = {key: value for key, value in row.items() if key != PLACE} if fit else row
            by_list.setdefault(number, []).append(own)
        for number, rows in by_list.items():
            entries, place_in = beside[number] if beside else ([], 0)
            self.draft.add(inserted(self.case, entries, place_in, self.top, rows))
            if entries:
                self.draft.entries(self.top, entries[0].place)[place_in:place_in] = rows
            else:
                self._put_first(rows)

    def _put_first(self, rows: list[dict[str, Any]]) -> None:
        """The first entries, under the last place where the file has places without entries."""
        found = self.case.top(self.top)
        places = found[1].value if found and isinstance(found[1], yaml.MappingNode) else []
        if places:
            self.draft.plain[self.top][str(places[-1][0].value)] = rows
        else:
            self.draft.plain[self.top] = rows

    def _lists_at(self, at: int) -> Iterator[tuple[list[Entry], int]]:
        """The lists on both sides of a number, each with the number in it."""
        before = self.listed[at - 1] if at else None
        after = self.listed[at] if at < len(self.listed) else None
        if before is not None:
            yield self._same_list(before), before.number + 1
        if after is not None and (before is None or after.items is not before.items):
            yield self._same_list(after), after.number

    def _same_list(self, entry: Entry) -> list[Entry]:
        return [each for each in self.listed if each.items is entry.items]

    def take_out(self, rows: Sequence[Entry]) -> None:
        """Take entries out."""
        lists: dict[int, list[Entry]] = {}
        for entry in rows:
            lists.setdefault(id(entry.items), []).append(entry)
        for entries in lists.values():
            try:
                self.draft.add(removed(self.case, entries))
            except NotSafe as fault:
                self.draft.refuse(f"{fault} (take the entry out in the text)")
                return
            first = entries[0]
            found = self.draft.entries(self.top, first.place)
            for number in sorted((entry.number for entry in entries), reverse=True):
                del found[number]
            if not found and first.place is not None and not first.items.flow_style:
                del self.draft.plain[self.top][first.place]

    def remove(self, rows: Sequence[int]) -> None:
        """Take rows out."""
        self.take_out([self.listed[row] for row in dict.fromkeys(rows)])

    def move(self, row: int, to: int) -> None:
        """Move an entry to another number."""
        try:
            self._move(self.listed[row], to)
        except NotSafe as fault:
            self.draft.refuse(f"{fault} (move the entry in the text)", row)

    def _move(self, entry: Entry, to: int) -> None:
        others = [each for each in self.listed if each is not entry]
        before = others[to - 1] if to else None
        after = others[to] if to < len(others) else None
        near_by = [each for each in (before, after) if each is not None]
        same = [each for each in near_by if each.items is entry.items]
        beside = (same or near_by)[0]
        if entry.items.flow_style or beside.items.flow_style:
            raise NotSafe("the list is in [..]")
        if not same:
            self._may_change_place(entry, beside)
        lines, at = lines_of(self.case, entry), lines_of(self.case, beside)
        text = moved_lines(self.case, entry, at.indent)
        place = at.end if beside is before else at.above
        if place and self.case.text[place - 1] not in "\r\n":
            text = self.case.line_end + text.rstrip("\r\n")
        self.draft.add([Edit(lines.above, lines.end, "", GRID), Edit(place, place, text, GRID)])
        plain = self.draft.entry(entry)
        number = beside.number + (beside is before)
        number -= beside.items is entry.items and entry.number < number
        del self.draft.entries(self.top, entry.place)[entry.number]
        self.draft.entries(self.top, beside.place).insert(number, plain)

    def _may_change_place(self, entry: Entry, beside: Entry) -> None:
        """Refuse to give an entry another place in the report in silence."""
        if len(entry.items.value) == 1:
            raise NotSafe(f"it is the only one of its place, {entry.place!r}")
        node = entry.node
        own = isinstance(node, yaml.MappingNode) and EntryEdits(
            case=self.case, entry=node, node=node
        ).pair(PLACE)
        if not own and entry.place != beside.place:
            here = f"the entry is listed under its place, {entry.place!r}"
            raise NotSafe(f"{here}, and not under {beside.place!r}")
