"""Columns of a paste that a clinic has filled with yes and no, or with a cross, for another value.

``yes`` below Baseline is the number of the line that begins next; below New it is a new lesion
whose site is not stated. Nothing of it is written without the choice of a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from renderers.tables.csv_table import MISSING, cell_text
from renderers.tables.labels import yes_no
from timeline.core.schema import schema_of
from timeline.core.span import Span
from timeline.core.text.counts import plural
from timeline.editing.cell_values import Cells
from timeline.editing.event_rows import DATE, LEADING
from timeline.editing.grid import Offer
from timeline.editing.paste.reading import Clipboard, ClipboardRow
from timeline.editing.ways.baseline_lines import days_of, line_after
from timeline.record.events import KINDS

ANSWER = "answer: "  # begins the name of a column with answers, by which a person chooses
_BASELINE, _NOTE = "baseline", "note"
_NEXT, _LINE = "next line", "line "
_MEANT, _LEFT_OUT, _IN_NOTE = "meant", "leave out", "note"
_MEANING = {"new": "other: site not stated"}  # of yes
_DONE = {
    _NEXT: "{column!r}: yes is the number of the line that begins next ({cells})",
    _MEANT: "{column!r}: yes and no are written as the column takes them ({cells})",
    _LEFT_OUT: "{column!r}: yes and no are left out ({cells})",
    _IN_NOTE: "{column!r}: yes and no stand in the note of the row ({cells})",
}


@attrs.define(kw_only=True)
class Answers:
    """The answers of a paste that their columns do not take, and what they may become.

    ``lines``: the days on which each line of therapy may have begun.
    """

    found: Clipboard
    choices: Mapping[str, str]
    lines: Mapping[str, Span] = attrs.field(factory=dict)
    _asked: dict[str, dict[str, str]] = attrs.field(factory=dict, init=False)
    _next: dict[str, list[str]] = attrs.field(factory=dict, init=False)  # of a column, told
    done: Counter[tuple[str, str]] = attrs.field(factory=Counter, init=False)

    def placed(
        self, row: ClipboardRow, kind: str, cells: Cells
    ) -> tuple[dict[str, str], list[str]]:
        """What the answers of a row become, by their keys, and what of them goes into its note.

        An answer of which nothing is chosen is in neither of them: its column refuses it.
        """
        values: dict[str, str] = {}
        notes: list[str] = []
        for key, text in self._refused(row, kind, cells):
            column = self.found.name(key)
            is_yes = bool(yes_no(text))
            line = self._line(row, cells.order) if key == _BASELINE and is_yes else ""
            own = f"{ANSWER}{column}, row {row.line}"
            by_row = key == _BASELINE and is_yes and not line and bool(self.lines)
            name = own if by_row else f"{ANSWER}{column}"
            way = self.choices.get(name, "")
            if not way:
                self._ask(name, (row, line), "" if line else _meaning(kind, key, text, cells))
                continue
            if way == _IN_NOTE:
                notes.append(f"{column}: {text}")
            taken = {_NEXT: line, _MEANT: _meaning(kind, key, text, cells)}
            values[key] = way.removeprefix(_LINE) if way.startswith(_LINE) else taken.get(way, "")
            self.done[column, way] += 1
        return values, notes

    def _refused(self, row: ClipboardRow, kind: str, cells: Cells) -> Iterator[tuple[str, str]]:
        """The answers of a row that their own columns do not take."""
        known = schema_of(KINDS[kind]) if kind else {}
        for key, cell in row.cells.items():
            text = cell_text(cell)
            is_answer = text not in MISSING and yes_no(text) is not None
            if not is_answer or key in LEADING or key not in known or known[key][1].leads:
                continue
            is_number = any(letter.isdecimal() for letter in text)
            if key == _BASELINE and is_number:
                is_refused = self._is_flag(key)
            else:
                is_refused = not is_number and not _takes(kind, key, text, cells)
            if is_refused:
                yield key, text

    def _is_flag(self, key: str) -> bool:
        """Whether a column has 1 for yes: it has a 0 too, which is the number of no line."""
        return any(cell_text(row.cells.get(key, "")) == "0" for row in self.found.rows)

    def _line(self, row: ClipboardRow, order: str) -> str:
        """The line of a row itself, else the one that surely begins next; empty of neither."""
        own = cell_text(row.cells.get("line", ""))
        return (
            own
            if own in self.lines
            else line_after(days_of(row.cells.get(DATE, ""), order), self.lines)
        )

    def _ask(self, name: str, at: tuple[ClipboardRow, str], meaning: str) -> None:
        """Note what an answer may become: with its row and the line that begins next, if any."""
        row, line = at
        ways = self._asked.setdefault(name, {})
        if line:
            told = self._next.setdefault(name, [])
            told.append(f"row {row.line} of line {line}")
            ways[_NEXT] = f"yes is the baseline of the line that begins next: {', '.join(told)}"
        elif name.endswith(f", row {row.line}"):
            ways |= {f"{_LINE}{each}": f"it is the baseline of line {each}" for each in self.lines}
        elif meaning:
            ways[_MEANT] = f"write it as {meaning!r}"
        ways.setdefault(_LEFT_OUT, "leave yes and no out")
        ways.setdefault(_IN_NOTE, "put it into the note of its row")

    def offers(self) -> Iterator[Offer]:
        """What a person may choose, for each column or row with an answer that is not taken."""
        for name, ways in self._asked.items():
            first = {way: words for way, words in ways.items() if way not in (_LEFT_OUT, _IN_NOTE)}
            yield Offer(name, first | ways)

    def notes(self) -> list[str]:
        """What became of the answers."""
        return [
            _DONE.get(way, "{column!r}: yes is the baseline of {way} ({cells})").format(
                column=column, way=way, cells=plural(count, "cell")
            )
            for (column, way), count in self.done.items()
        ]


def _takes(kind: str, key: str, text: str, cells: Cells) -> bool:
    """Whether a key of a kind of event takes a text."""
    tried = attrs.evolve(cells, problems=[], units={})
    tried.value(KINDS[kind], key, text)
    return not tried.problems


def _meaning(kind: str, key: str, text: str, cells: Cells) -> str:
    """What a key takes for an answer; empty where it takes none."""
    is_yes = yes_no(text)
    word = "yes" if is_yes else "no"
    if is_yes and key in _MEANING:
        return _MEANING[key]
    return word if _takes(kind, key, word, cells) else ""
