"""Where the cells of a pasted row go that its kind of event does not take: as a person chooses.

A column may be left out, put into the note of its row, or made rows of its own: laboratory values,
or the performance status of that date. Nothing of it happens without the choice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from renderers.tables.cell_dates import ORDERS, moment_text
from renderers.tables.csv_table import MISSING, cell_text
from timeline.core.schema import schema_of
from timeline.core.text.counts import plural
from timeline.editing.cell_values import Cells
from timeline.editing.event_rows import DATE, KIND, LEADING
from timeline.editing.grid import EVENTS, Offer
from timeline.editing.paste.answers import Answers
from timeline.editing.paste.reading import READ_AS, Clipboard, ClipboardRow, near_keys
from timeline.editing.paste.row_values import drugs_with_doses, is_patient
from timeline.editing.paste.told_choices import dates_of, few, read_either_way
from timeline.editing.paste.word_choices import LEFT_OUT, WordChoices
from timeline.exchange.cell_nodes import joined_parts
from timeline.exchange.import_case import name_and_unit
from timeline.exchange.spreadsheets.case_headings import identifies_patient
from timeline.exchange.spreadsheets.drug_cells import DOSE, is_number
from timeline.exchange.spreadsheets.laboratory_headings import laboratory_test
from timeline.record.events import KINDS, Lab, Performance

IN_NOTE = "note"
AS_LAB, AS_PERFORMANCE = Lab.kind, Performance.kind
_NOTE, _VALUES = "note", "values"
_OF_PERFORMANCE = ("ecog", "karnofsky", "lansky")
_DONE = {
    LEFT_OUT: "{column!r} is left out ({cells})",
    IN_NOTE: "{column!r} stands in the note of its row ({cells})",
    AS_LAB: "{column!r} stands in rows of kind lab ({cells})",
    AS_PERFORMANCE: "{column!r} stands in rows of kind performance ({cells})",
}


@attrs.define(kw_only=True)
class Placing:
    """The cells of a paste that are placed by choice, and what may be chosen for the others."""

    table: str
    found: Clipboard
    choices: Mapping[str, str]
    answers: Answers
    words: WordChoices
    asked: dict[str, bool] = attrs.field(factory=dict)  # columns that a row does not take
    done: Counter[tuple[str, str]] = attrs.field(factory=Counter)

    def clear(self) -> None:
        """Forget what became of the cells."""
        self.done.clear()
        self.words.clear()
        self.answers.done.clear()

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

    def notes(self, order: str = "") -> list[str]:
        """What became of the columns and the words of which something was chosen, and of dates."""
        read = [f"{column!r} is read as {way.removeprefix(READ_AS)}" for column, way in
                self.choices.items() if way.startswith(READ_AS)]  # fmt: skip
        done = [
            _DONE[way].format(column=column, cells=plural(count, "cell"))
            for (column, way), count in self.done.items()
            if way
        ]
        dates = self._dates() if order else []
        either = read_either_way(dates, order) if dates else ""
        first = "day" if order == "dmy" else "month"
        order_of = [f"the {first} comes first, and so in {either}"] if either else []
        return [*read, *self.answers.notes(), *self.words.notes(), *done, *order_of]

    def offers(self, order: str) -> tuple[Offer, ...]:
        """What a person may choose: for columns and words that are not taken, and for dates."""
        found = self.words.offers()
        for n in self.found.unread if self.table == EVENTS else ():
            heading = self.found.headings[n]
            ways = {f"{READ_AS}{key}": f"read it as {key}" for key in
                    near_keys(self.table, self.found, n) if key != _NOTE}  # fmt: skip
            ways[LEFT_OUT] = self._left_out(n)
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

    def _left_out(self, n: int) -> str:
        """The words that leave a column out, with its cells, unless they identify the patient."""
        cells = [row.others[n] for row in self.found.rows if n in row.others]
        if identifies_patient(self.found.headings[n]) or not cells:
            return "leave it out"
        return f"leave it out ({few(list(dict.fromkeys(cells)))})"

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
        texts = self._dates()
        ways = {}
        for order in ORDERS if texts and self.table == EVENTS else ():
            try:
                read = [moment_text(text, order) for text in texts]
            except ValueError:
                continue
            first = "day" if order == "dmy" else "month"
            either = read_either_way(texts, order)
            more = f", and so in {either}" if either else ""
            ways[order] = f"read {texts[0]} as {read[0]}: the {first} comes first{more}"
        if ways:
            yield Offer("", ways)

    def _dates(self) -> list[str]:
        """The dates with the year last, of all rows but that of the patient."""
        return dates_of(row for row in self.found.rows if not is_patient(row, self.table))


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit and is_number(text.lstrip("<>≤≥ ")) else text
