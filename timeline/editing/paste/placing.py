"""Where the cells of a pasted row go that its kind of event does not take: as a person chooses.

A column may be left out, put into the note of its row, or made rows of its own: laboratory values,
or the performance status of that date. A word that is no kind of event may become one
(`event_ways`), or its rows may be left out. Nothing of it happens without the choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from renderers.tables.cell_dates import ORDERS, YEAR_LAST, moment_text
from renderers.tables.csv_table import MISSING, cell_text
from timeline.core.schema import schema_of
from timeline.core.text.counts import plural
from timeline.editing.cell_values import Cells, kind_of
from timeline.editing.event_rows import DATE, END, KIND, LEADING
from timeline.editing.grid import EVENTS, Offer
from timeline.editing.paste.answers import Answers
from timeline.editing.paste.reading import READ_AS, Clipboard, ClipboardRow, near_keys
from timeline.editing.paste.row_values import drugs_with_doses, is_patient
from timeline.editing.ways.event_words import Way, event_ways
from timeline.exchange.cell_nodes import joined_parts
from timeline.exchange.import_case import name_and_unit
from timeline.exchange.spreadsheets.case_headings import identifies_patient
from timeline.exchange.spreadsheets.drug_cells import DOSE, is_number
from timeline.exchange.spreadsheets.laboratory_headings import laboratory_test
from timeline.record.events import KINDS, Lab, Performance, Treatment

LEFT_OUT, IN_NOTE = "leave out", "note"
AS_LAB, AS_PERFORMANCE = Lab.kind, Performance.kind
_NOTE, _VALUES = "note", "values"
ALL_WORDS = f"{KIND}:"  # stands for all words that can become a treatment and nothing else
WORD = f"{KIND}: "  # begins the name of a word of the column of events
_WITHOUT_ROW = "leave out the row"
_OF_PERFORMANCE = ("ecog", "karnofsky", "lansky")
_DONE = {
    LEFT_OUT: "{column!r} is left out ({cells})",
    IN_NOTE: "{column!r} stands in the note of its row ({cells})",
    AS_LAB: "{column!r} stands in rows of kind lab ({cells})",
    AS_PERFORMANCE: "{column!r} stands in rows of kind performance ({cells})",
    _WITHOUT_ROW: "{rows} with {column!r} as the event left out",
}
_AS_EVENT = "{column!r} is {way} ({rows})"


def _ways(word: str, cells: Mapping[str, str]) -> dict[str, Way]:
    """The ways of a word by their kinds of event; a second one of a kind has a number."""
    found: dict[str, Way] = {}
    for way in event_ways(word, cells):
        kind = way.cells[KIND]
        found[f"{kind} {len(found) + 1}" if kind in found else kind] = way
    return found


def _is_treatment(word: str) -> bool:
    """Whether a word can become a treatment in one way, and nothing else."""
    return list(_ways(word, {})) == [Treatment.kind]


def word_name(word: str) -> str:
    """The name of a word of the column of events, by which a person chooses what becomes of it."""
    return f"{WORD}{word}"


@attrs.define(kw_only=True)
class Placing:
    """The cells of a paste that are placed by choice, and what may be chosen for the others."""

    table: str
    found: Clipboard
    choices: Mapping[str, str]
    answers: Answers
    asked: dict[str, bool] = attrs.field(factory=dict)  # columns that a row does not take
    done: Counter[tuple[str, str]] = attrs.field(factory=Counter)

    def with_event(self, row: ClipboardRow) -> ClipboardRow | None:
        """A row with the event that its word becomes by choice; None where it is left out."""
        word = self._unknown_word(row)
        choice = self._choice(word)
        if choice == LEFT_OUT:
            self.done[word, _WITHOUT_ROW] += 1
            return None
        way = _ways(word, row.cells).get(choice) if choice else None
        if way is None:
            return row
        self.done[word, way.cells[KIND]] += 1
        return attrs.evolve(row, cells={**row.cells, **way.cells})

    def _choice(self, word: str) -> str:
        """What a person has chosen for a word: for itself, or for all that can be treatments."""
        own = self.choices.get(word_name(word), "") if word else ""
        return own or (self.choices.get(ALL_WORDS, "") if word and _is_treatment(word) else "")

    def is_written(self, row: ClipboardRow) -> bool:
        """Whether a row becomes one of the grid: the patient does not, nor what is left out."""
        return self._choice(self._unknown_word(row)) != LEFT_OUT and not is_patient(row, self.table)

    def _unknown_word(self, row: ClipboardRow) -> str:
        """The word of a row in the column of events that is no kind of event; empty of others."""
        word = cell_text(row.cells.get(KIND, "")) if self.table == EVENTS else ""
        is_known = word in MISSING or kind_of(word) or is_patient(row, self.table)
        return "" if is_known else word

    def placed(
        self, row: ClipboardRow, kind: str, cells: Cells, note: str
    ) -> tuple[dict[str, str], list[dict[str, str]]]:
        """The cells of a row by their keys, and the rows that are made of its other cells.

        ``kind``: of the event, empty where it is unknown. ``note``: the one that the row has.
        """
        values = {key: cell_text(text) for key, text in row.cells.items()}
        more: dict[str, dict[str, str]] = {}
        answers, notes = self.answers.placed(row, kind, cells)
        values |= answers
        for column, key, text, unit in self._homeless(row, kind, cells):
            way, _, of_choice = self.choices.get(column, "").partition(" in ")
            values.pop(key, None)
            if way == IN_NOTE:
                notes.append(f"{column}: {text}")
            elif way == AS_PERFORMANCE:
                self._add(more, AS_PERFORMANCE, {key: text})
            elif way == AS_LAB:
                name = name_and_unit(self.found.heading(column))[0]
                test = laboratory_test(name)
                value = _with_unit(text, of_choice or unit)
                value = f"{test.name if test else name}: {value}"
                own = values if kind == AS_LAB else self._add(more, AS_LAB, {})
                own[_VALUES] = joined_parts([own[_VALUES], value] if own.get(_VALUES) else [value])
            self.done[column, way] += 1
        if notes:
            values[_NOTE] = "; ".join([*filter(None, [values.get(_NOTE) or note]), *notes])
        date = values.get(DATE, "")
        return values, [{KIND: own, DATE: date, **each} for own, each in more.items()]

    @staticmethod
    def _add(
        more: dict[str, dict[str, str]], kind: str, values: Mapping[str, str]
    ) -> dict[str, str]:
        found = more.setdefault(kind, {})
        found.update(values)
        return found

    def _homeless(
        self, row: ClipboardRow, kind: str, cells: Cells
    ) -> Iterator[tuple[str, str, str, str]]:
        """The cells that something is chosen for: column, key, text, and unit of the heading."""
        for n, text in row.others.items():
            column = self.found.names[n]
            if column in self.choices and text not in MISSING:
                yield column, "", text, name_and_unit(self.found.headings[n])[1]
        for key, cell in row.cells.items():
            text = cell_text(cell)
            if text in MISSING or not kind or key in LEADING or self._is_taken(row, kind, key):
                continue
            column = self.found.name(key)
            self.asked[column] = self.asked.get(column, False) or key in _OF_PERFORMANCE
            if not self.choices.get(column, READ_AS).startswith(READ_AS):
                unit = cells.units.get(key, "")
                yield column, key, _with_unit(text, unit), unit

    def _is_taken(self, row: ClipboardRow, kind: str, key: str) -> bool:
        """Whether a kind of event takes a cell, or, of a dose, its drugs do."""
        known = schema_of(KINDS[kind])
        if key != DOSE or key in known:
            return key in known and not known[key][1].leads
        try:
            drugs_with_doses(row.cells, kind, self.found.units)
        except ValueError:
            return False
        return True

    def notes(self) -> list[str]:
        """What became of the columns and the words of which something was chosen."""
        read = [f"{column!r} is read as {way.removeprefix(READ_AS)}" for column, way in
                self.choices.items() if way.startswith(READ_AS)]  # fmt: skip
        read += self.answers.notes()
        return read + [
            _DONE.get(way, _AS_EVENT).format(
                column=column, way=way, cells=plural(count, "cell"), rows=plural(count, "row")
            )
            for (column, way), count in self.done.items()
            if way
        ]

    def offers(self, order: str) -> tuple[Offer, ...]:
        """What a person may choose: for columns and words that are not taken, and for dates."""
        found = []
        unknown = dict.fromkeys(filter(None, map(self._unknown_word, self.found.rows)))
        words = [each for each in unknown if not self._choice(each)]
        if len(treatments := list(filter(_is_treatment, words))) > 1:
            what = f"make all {len(treatments)} of them treatments, each with what its button says"
            found.append(Offer(ALL_WORDS, {Treatment.kind: what}))
        for word in words:
            ways = {name: f"make it {way.words}" for name, way in _ways(word, {}).items()}
            found.append(Offer(word_name(word), {**ways, LEFT_OUT: "leave its rows out"}))
        for n in self.found.unread if self.table == EVENTS else ():
            heading = self.found.headings[n]
            ways = {f"{READ_AS}{key}": f"read it as {key}" for key in
                    near_keys(self.table, self.found, n) if key != _NOTE}  # fmt: skip
            ways[LEFT_OUT] = "leave it out"
            if not identifies_patient(heading):
                ways |= {IN_NOTE: "put it into the note of its row", **self._as_lab(n)}
            found.append(Offer(self.found.names[n], ways))
        for column, is_performance in self.asked.items():
            is_open = self.choices.get(column, READ_AS).startswith(READ_AS)
            if is_open and column not in (each.column for each in found):
                ways = {LEFT_OUT: "leave it out there",
                        IN_NOTE: "put it into the note of its row"}  # fmt: skip
                if is_performance:
                    ways[AS_PERFORMANCE] = "make rows of performance status of that date"
                found.append(Offer(column, ways))
        return (*found, *self.answers.offers(), *(() if order else self._of_dates()))

    def _as_lab(self, n: int) -> dict[str, str]:
        """The ways to make laboratory rows of a column; without a unit one for each usual one."""
        name, unit = name_and_unit(self.found.headings[n])
        test = laboratory_test(name)
        if test is None:
            return {}
        texts = [row.others[n] for row in self.found.rows if n in row.others]
        words = "make laboratory rows of that date"
        if unit or not any(is_number(text.lstrip("<>≤≥ ")) for text in texts):
            return {AS_LAB: words}
        return {f"{AS_LAB} in {each}": f"{words}, in {each}" for each in test.units}

    def _of_dates(self) -> Iterator[Offer]:
        """The orders of day and month in which every date with the year last can be read."""
        texts = [text for row in self.found.rows if not is_patient(row, self.table)
                 for key in (DATE, END) if (text := cell_text(row.cells.get(key, "")))
                 and YEAR_LAST.fullmatch(text)]  # fmt: skip
        ways = {}
        for order in ORDERS if texts and self.table == EVENTS else ():
            try:
                read = [moment_text(text, order) for text in texts]
            except ValueError:
                continue
            first = "day" if order == "dmy" else "month"
            ways[order] = f"read {texts[0]} as {read[0]}: the {first} comes first"
        if ways:
            yield Offer("", ways)


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit and is_number(text.lstrip("<>≤≥ ")) else text
