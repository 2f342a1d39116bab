"""What becomes of the words of a paste in the columns of events and lines: as a person chooses.

A word that is no kind of event may become one (`event_ways`), or its rows may be left out. What a
button announces is what is written. Where a word and a cell of its row differ, the choice has a
name of its own, so that a choice for the word alone does not decide it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from renderers.tables.columns import NOTHING
from renderers.tables.csv_table import MISSING, cell_text
from timeline.core.text.counts import plural
from timeline.editing.cell_values import kind_of
from timeline.editing.event_rows import KIND
from timeline.editing.grid import EVENTS, Offer
from timeline.editing.paste.reading import Clipboard, ClipboardRow
from timeline.editing.paste.row_values import is_patient
from timeline.editing.paste.told_choices import (
    announced,
    few,
    left_out_words,
    lines_read,
    told_row,
)
from timeline.editing.ways.event_words import event_ways
from timeline.editing.ways.line_words import line_number
from timeline.editing.ways.row_ways import Way
from timeline.exchange.spreadsheets.case_headings import identifies_patient
from timeline.record.events import Treatment

LEFT_OUT = "leave out"
LINE, AS_NUMBER = "line", "number"
ALL_WORDS = f"{KIND}:"  # stands for all words that can become a treatment and nothing else
WORD = f"{KIND}: "  # begins the name of a word of the column of events
LINES = f"{LINE}:"  # stands for all words for the number of a line, such as 1st


def word_name(word: str) -> str:
    """The name of a word of the column of events, by which a person chooses what becomes of it."""
    return f"{WORD}{word}"


def _choice_name(word: str, ways: Mapping[str, Way]) -> str:
    """The name of the choice for a word; another one where a cell of its row contradicts it.

    So what was chosen for the word alone decides nothing of two statements that differ.
    """
    beside = next((way.beside for way in ways.values() if way.beside), "")
    return f"{word_name(word)} beside {beside}" if beside else word_name(word)


def _is_treatment(ways: Mapping[str, Way]) -> bool:
    """Whether a word can become a treatment in one way, and nothing else."""
    return list(ways) == [Treatment.kind]


@attrs.define(kw_only=True)
class WordChoices:
    """The words of a paste that are placed by choice, and what may be chosen for the others.

    ``done``: what became of words, with the count of their rows. ``under``: the cells of the rows
    of the grid that rows are pasted over. ``left``: the rows left out, by their word.
    """

    table: str
    found: Clipboard
    choices: Mapping[str, str]
    done: Counter[tuple[str, str]] = attrs.field(factory=Counter)
    under: dict[int, Mapping[str, str]] = attrs.field(factory=dict)  # by the number of the row
    left: dict[str, list[ClipboardRow]] = attrs.field(factory=dict)

    def with_event(
        self, row: ClipboardRow, under: Mapping[str, str] = NOTHING
    ) -> ClipboardRow | None:
        """A row with the event that its word becomes by choice; None where it is left out.

        ``under``: the cells of the row of the grid that it is pasted over.
        """
        self.under[row.line] = under
        row = self._numbered(row)
        word = self._unknown_word(row)
        ways = self._ways(row, word)
        choice = self._choice(word, ways)
        if choice == LEFT_OUT:
            self.left.setdefault(word, []).append(row)
            return None
        way = ways.get(choice)
        if way is None:
            return row
        self.done[word, way.words if way.conflict else way.cells[KIND]] += 1
        return attrs.evolve(row, cells={**row.cells, **way.cells})

    def _ways(self, row: ClipboardRow, word: str) -> dict[str, Way]:
        """The ways of the word of a row by their kinds of event; a second of a kind is numbered."""
        found: dict[str, Way] = {}
        cells = {**self.under.get(row.line, {}), **row.cells}
        if number := self._line_of(row):
            cells[LINE] = number
        for way in event_ways(word, cells) if word else ():
            kind = way.cells[KIND]
            found[f"{kind} {len(found) + 1}" if kind in found else kind] = way
        return found

    def _choice(self, word: str, ways: Mapping[str, Way]) -> str:
        """What a person has chosen for a word: for itself, or for all that can be treatments."""
        own = self.choices.get(_choice_name(word, ways), "") if word else ""
        return own or (self.choices.get(ALL_WORDS, "") if _is_treatment(ways) else "")

    def _numbered(self, row: ClipboardRow) -> ClipboardRow:
        """A row with the number of its line, where a person has chosen that words are read."""
        number = self._line_of(row) if self.choices.get(LINES) == AS_NUMBER else ""
        if not number:
            return row
        self.done[cell_text(row.cells[LINE]), f"{LINE} {number}"] += 1
        return attrs.evolve(row, cells={**row.cells, LINE: number})

    def _line_of(self, row: ClipboardRow) -> str:
        """The number that a row has as a word, such as 1st; empty of any other row."""
        text = cell_text(row.cells.get(LINE, "")) if self.table == EVENTS else ""
        return "" if text.isdecimal() else line_number(text)

    def is_written(self, row: ClipboardRow) -> bool:
        """Whether a row becomes one of the grid: the patient does not, nor what is left out."""
        word = self._unknown_word(row)
        is_left = self._choice(word, self._ways(row, word)) == LEFT_OUT
        return not is_left and not is_patient(row, self.table)

    def _unknown_word(self, row: ClipboardRow) -> str:
        """The word of a row in the column of events that is no kind of event; empty of others."""
        word = cell_text(row.cells.get(KIND, "")) if self.table == EVENTS else ""
        is_known = word in MISSING or kind_of(word) or is_patient(row, self.table)
        return "" if is_known else word

    def notes(self) -> list[str]:
        """What became of the words of which something was chosen."""
        done = [
            f"{word!r} is {way} ({plural(count, 'row')})"
            for (word, way), count in self.done.items()
        ]
        return done + [f"{plural(len(rows), 'row')} with {word!r} as the event left out "
                f"({few([self._told(each) for each in rows])})"
                for word, rows in self.left.items()]  # fmt: skip

    def clear(self) -> None:
        """Forget what became of the words."""
        self.done.clear()
        self.left.clear()

    def _told(self, row: ClipboardRow) -> str:
        """A row without what identifies the patient."""
        hidden = {n for n in row.others if identifies_patient(self.found.headings[n])}
        return told_row(row, hidden)

    def offers(self) -> list[Offer]:
        """What the words in the column of events may become: what is written in each row."""
        words: dict[str, list[tuple[ClipboardRow, dict[str, Way]]]] = {}
        treatments: set[str] = set()
        for row in self.found.rows:
            word = self._unknown_word(row)
            ways = self._ways(row, word)
            if word and not self._choice(word, ways):
                words.setdefault(_choice_name(word, ways), []).append((row, ways))
                treatments |= {word} if _is_treatment(ways) else set()
        found = []
        if len(treatments) > 1:
            what = f"make all {len(treatments)} of them treatments, each with what its button says"
            found.append(Offer(ALL_WORDS, {Treatment.kind: what}))
        for name, rows in words.items():
            choices = dict.fromkeys(choice for _, ways in rows for choice in ways)
            told = {
                choice: announced(
                    (ways[choice].words, row.line) for row, ways in rows if choice in ways
                )
                for choice in choices
            }
            made = {choice: f"make it {each}" for choice, each in told.items()}
            left = left_out_words([self._told(row) for row, _ in rows])
            found.append(Offer(name, {**made, LEFT_OUT: left}))
        lines = {cell_text(row.cells[LINE]): number for row in self.found.rows
                 if (number := self._line_of(row))}  # fmt: skip
        if lines and self.choices.get(LINES) != AS_NUMBER:
            found.append(Offer(LINES, {AS_NUMBER: lines_read(lines)}))
        return found
