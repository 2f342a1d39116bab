"""A study folder as entries of case files: those that an export wrote, and any other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import attrs
import yaml

from timeline.core.problem import Problem, Where, in_order
from timeline.core.schema import schema_of
from timeline.exchange.cell_nodes import CellProblems
from timeline.exchange.entries.case_entries import LESIONS, Entries, Entry
from timeline.exchange.yaml_writer import plain_node
from timeline.formats.cbioportal import tracks
from timeline.formats.cbioportal.events import entry_of, is_radiation
from timeline.formats.cbioportal.files import PortalRow, StudyFolder
from timeline.formats.cbioportal.tracks import column_of
from timeline.formats.cbioportal.writing import AID
from timeline.formats.cells import values_of
from timeline.formats.day_counts import ANCHOR, LONGEST, UNKNOWN, Calendar, Days, day_zero_of
from timeline.formats.format import Aids, Entered, Options, Unread
from timeline.record.events import KINDS, PeriodEvent, Treatment

_RANGE = re.compile(r"(-?[0-9]{1,6}) to (-?[0-9]{1,6})")
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}(\.0+)?")
_BLANK = ("", "NA", "N/A", "[NOT AVAILABLE]", "[NOT APPLICABLE]", "NULL", "NONE")
_ABOUT = {"SEX": "sex", "GENDER": "sex", "AGE": "age", "AGE_AS_WRITTEN": "age",
          "DIAGNOSIS": "diagnosis", "TUMOR_SITE": "site", "NOTE": "note"}  # fmt: skip
_KNOWN = ("PATIENT_ID", "OS_STATUS", "OS_MONTHS", "TARGET_LESIONS", *_ABOUT)


def read(path: Path, options: Options, aids: Aids) -> Entered:
    """The patients of a study, each with the events of its timelines.

    Raises:
        ValueError: ``day-zero`` is no day.
    """
    folder = StudyFolder(path)
    rows = list(folder.timelines())
    patients = {row.text("PATIENT_ID"): row for row in folder.patients()}
    if not rows and not folder.problems:
        what = "no timeline (a study has meta files with datatype: TIMELINE)"
        folder.problems.append(Problem(Where(str(path)), what))
    day_zero = options.get("day-zero", "")
    zero = day_zero_of(day_zero) if day_zero else None
    by_patient: dict[str, list[PortalRow]] = {}
    for row in rows:
        if not row.text("PATIENT_ID"):
            folder.problems.append(Problem(row.where("PATIENT_ID"), "no PATIENT_ID (write one)"))
        by_patient.setdefault(row.text("PATIENT_ID"), []).append(row)
    log = CellProblems(str(path))
    log.problems.extend(folder.problems)
    unread = _Unread()
    subjects: dict[str, Entries] = {}
    for name, own in by_patient.items():
        aid = aids.get(name, {}).get(AID, "")
        calendar = Calendar(day_zero=day_zero_of(aid) if aid else zero)
        patient = _Patient(name=name, calendar=calendar, log=log, unread=unread)
        subjects[name] = patient.entries(own, patients.get(name))
    if log.problems:
        return Entered(problems=in_order(dict.fromkeys(log.problems)))
    return Entered(subjects=subjects, unread=unread.rows)


@attrs.define
class _Unread:
    """The columns that no key holds, and what was decided in their place."""

    found: dict[tuple[str, str, str], tuple[int, str]] = attrs.field(factory=dict)

    def add(self, where: str, what: str, example: str, became: str) -> None:
        count, first = self.found.get((where, what, became), (0, example))
        self.found[where, what, became] = (count + 1, first)

    @property
    def rows(self) -> tuple[Unread, ...]:
        return tuple(Unread(where=where, what=what, count=count, example=example, became=became)
                     for (where, what, became), (count, example) in self.found.items())  # fmt: skip


@attrs.define(kw_only=True)
class _Patient:
    """The entries of one patient as they are gathered."""

    name: str
    calendar: Calendar
    log: CellProblems
    unread: _Unread
    own: dict[int, Entry] = attrs.field(factory=dict)  # those with a number of their own
    others: list[tuple[Days, Entry]] = attrs.field(factory=list)

    def entries(self, rows: Iterable[PortalRow], about: PortalRow | None) -> Entries:
        """The head of the case, and its events: by their numbers, else by their days."""
        groups: dict[object, list[PortalRow]] = {}
        for row in rows:
            groups.setdefault(_group(row), []).append(row)
        if self.calendar.day_zero is None:
            self._refer(groups.values())
        for group in groups.values():
            self._add(group)
        found: dict[int, Entry] = {0: self._head(about), **self.own}
        first = max(found) + 1
        ordered = sorted(self.others, key=lambda each: (each[0].low, "death" in each[1]))
        self._number_lines(ordered)
        entries = [entry for _, entry in ordered]
        if self.calendar.day_zero is None:
            entries = self._anchored(entries)
        found.update(enumerate(entries, start=first))
        return found

    def _refer(self, groups: Iterable[list[PortalRow]]) -> None:
        """Let times be counted from the first and the last event of an export that has a day."""
        found: dict[int, PortalRow] = {}
        for row, *_ in groups:
            text, kind = row.text("START_DATE"), row.text(tracks.KIND)
            is_point = kind in KINDS and not issubclass(KINDS[kind], PeriodEvent)
            if (
                is_point
                and not row.text("START_RANGE")
                and _WHOLE.fullmatch(text)
                and int(float(text))
            ):
                found.setdefault(int(float(text)), row)
        ends = {day: found[day] for day in (min(found), max(found))} if found else {}
        for day, row in ends.items():
            row.texts.setdefault(column_of("id"), "")
            if not row.texts[column_of("id")]:
                row.texts[column_of("id")] = f"day-{'minus-' * (day < 0)}{abs(day)}"
        self.calendar = Calendar(exact={d: row.text(column_of("id")) for d, row in ends.items()})

    def _head(self, about: PortalRow | None) -> Entry:
        head: Entry = {"case": self.name}
        if about is None:
            return head
        patient = {key: about.text(column) for column, key in _ABOUT.items()
                   if about.text(column).upper() not in _BLANK}  # fmt: skip
        if patient.get("age", "").endswith(".0"):
            patient["age"] = patient["age"].removesuffix(".0")
        if "sex" in patient and patient["sex"].lower() in ("male", "female"):
            patient["sex"] = patient["sex"].lower()
        if patient:
            head["patient"] = patient
        if text := about.text("TARGET_LESIONS"):
            try:
                head[LESIONS] = plain_node(yaml.compose(text, Loader=yaml.SafeLoader))
            except yaml.YAMLError:
                what = "TARGET_LESIONS: not as an export writes it (delete it)"
                self.log.problems.append(Problem(about.where("TARGET_LESIONS"), what))
        for column in about.columns:
            if column not in _KNOWN and about.text(column).upper() not in _BLANK:
                self.unread.add(Path(about.file).name, column, about.text(column),
                                "nothing: an attribute of the patient, not an event")  # fmt: skip
        return head

    def _add(self, rows: list[PortalRow]) -> None:
        """One event: of an export by its own columns, of another study by the columns of docs."""
        row = rows[0]
        days = self._days(row, "START_DATE", "START_RANGE")
        end = self._days(row, "STOP_DATE", "STOP_RANGE") if _has(row, "STOP_DATE") else None
        if days is None or (end is None and _has(row, "STOP_DATE")):
            return
        if end is not None and end.high < days.low:
            what = f"STOP_DATE {end} is before START_DATE {days} (exchange or correct them)"
            self.log.problems.append(Problem(row.where("STOP_DATE"), what))
            return
        kind = row.text(tracks.KIND)
        if kind and kind not in KINDS:
            what = f"unknown kind of event {kind!r} (delete the column {tracks.KIND})"
            self.log.problems.append(Problem(row.where(tracks.KIND), what))
        elif kind and not row.text(tracks.ENTRY).isdecimal():
            what = f"{tracks.ENTRY}: not a number: {row.text(tracks.ENTRY)!r}"
            self.log.problems.append(Problem(row.where(tracks.ENTRY), what))
        elif kind:
            keys = {key: row.text(column_of(key)) for key in schema_of(KINDS[kind])}
            entry = {kind: self._when(kind, days, end, row.text(tracks.STOPS)),
                     **values_of(kind, keys, row.where(), self.log)}  # fmt: skip
            self.own[int(row.text(tracks.ENTRY))] = entry
        else:
            entry, notes = entry_of(rows)
            kind = next(iter(entry))
            entry[kind] = self._when(kind, days, end, tracks.NOT_STATED)
            if end is not None and not issubclass(KINDS[kind], PeriodEvent) and end != days:
                notes["STOP_DATE"] = row.text("STOP_DATE")
            for name, text in notes.items():
                self.unread.add(Path(row.file).name, name, text, "the note of its event")
            if notes:
                kept = [str(entry["note"])] if "note" in entry else []
                entry["note"] = "; ".join([*kept, *(f"{n}: {t}" for n, t in notes.items())])
            self.others.append((days, entry))

    def _when(self, kind: str, days: Days, end: Days | None, stated: str) -> str:
        is_period = issubclass(KINDS[kind], PeriodEvent)
        start = self.calendar.date(days, in_period=is_period)
        if not is_period:
            return start
        if end is not None:
            return f"{start}/{self.calendar.date(end, in_period=True)}"
        return f"{start}/.." if stated == tracks.ONGOING else f"{start}/"

    def _days(self, row: PortalRow, column: str, of_range: str) -> Days | None:
        text, ranged = row.text(column), _RANGE.fullmatch(row.text(of_range))
        if not _WHOLE.fullmatch(text) or abs(int(float(text))) > LONGEST:
            what = f"{column}: not a whole number of days: {text!r} (days from the diagnosis)"
            self.log.problems.append(Problem(row.where(column), what))
            return None
        if ranged and int(ranged[1]) <= int(ranged[2]):
            return Days(int(ranged[1]), int(ranged[2]))
        return Days(int(float(text)), int(float(text)))

    def _number_lines(self, ordered: list[tuple[Days, Entry]]) -> None:
        """Number the treatments of another study in their order: a case states a line of each."""
        number = 0
        for _, entry in ordered:
            if Treatment.kind in entry and not ("line" in entry or "setting" in entry):
                number += 1
                entry["line"] = str(number)
                self.unread.add("timelines", "line of therapy", entry[Treatment.kind],
                                "lines numbered by the order of the treatments")  # fmt: skip

    def _anchored(self, entries: list[Entry]) -> list[Entry]:
        """The entries, one of which is day 0, from which the others are counted."""
        at_zero = f"{ANCHOR} + 0 days"
        every = [*self.own.values(), *entries]
        zero = next((each for each in every if each.get("diagnosis") == at_zero), None)
        zero = zero or next((each for each in every if at_zero in each.values()), None)
        if zero is not None and "id" not in zero:
            kind = next(iter(zero))
            zero[kind] = UNKNOWN
            zero["id"] = ANCHOR
            return entries
        self.unread.add("timelines", "day 0", "0", "a diagnosis of unknown date, by the docs")
        return [{"diagnosis": UNKNOWN, "id": ANCHOR}, *entries]


def _has(row: PortalRow, column: str) -> bool:
    return row.text(column).upper() not in _BLANK


def _group(row: PortalRow) -> object:
    """What the rows of one event share: its number; of drugs given together their days."""
    if number := row.text(tracks.ENTRY):
        return number
    if row.text("EVENT_TYPE").upper() == "TREATMENT" and not is_radiation(row):
        return (row.text("START_DATE"), row.text("STOP_DATE"), "TREATMENT")
    return (row.file, row.line)
