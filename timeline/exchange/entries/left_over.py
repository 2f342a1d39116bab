"""What another format does not hold of a case file, as rows of a table beside its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import yaml

from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where
from timeline.exchange.entries.case_entries import Entries, Entry
from timeline.exchange.yaml_writer import flow_text, plain_node

COLUMNS = ("USUBJID", "ENTRY", "EVENT", "KEY", "VALUE", "HELD", "REASON")
_AREA = re.compile(r"[mc]m(²|\^?2)")  # a unit of area, in each spelling of units.csv
DATE = "date"  # the key of when an event was, whose value stands beside its kind
OTHERWISE = "the format has no place for it as written"


@attrs.frozen(kw_only=True)
class Reasons:
    """Why a format does not hold a value.

    Attributes:
        kinds: of the kinds of events of which it holds nothing.
        keys: of keys of events and of the case; ``date`` is when the event was.
        otherwise: of every other value.
        unheld: of the values of an event of which it holds nothing, of whatever kind.
        areas: of a sum of products, in mm² or cm², where a sum of diameters has a place.
    """

    kinds: Mapping[str, str] = attrs.field(factory=dict)
    keys: Mapping[str, str] = attrs.field(factory=dict)
    otherwise: str = OTHERWISE
    unheld: str = ""
    areas: str = ""

    def of(self, event: str, key: str, value: Any, *, held: bool) -> str:
        """Of one value; ``held``: whether the format holds anything of its event."""
        whole = "" if held else self.kinds.get(event, self.unheld)
        if not whole and key == "sum" and _AREA.search(str(value)):
            whole = self.areas
        return whole or self.keys.get(key, self.otherwise)


@frozen
class LeftOver:
    """One value of a case file that the other format does not hold as it is written.

    Attributes:
        subject: the name of the case.
        entry: the number of the event in the file, from 1; 0 of a key of the whole case.
        event: the kind of the event; empty of the whole case.
        key: of the event, or of the case.
        value: as the case file has it, in YAML; empty where the case file has no such key.
        held: what the other format gives back in its place; empty for nothing.
        reason: why.
    """

    subject: str
    entry: int
    event: str
    key: str
    value: str
    held: str
    reason: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of its row."""
        return (self.subject, str(self.entry), self.event, self.key, self.value, self.held,
                self.reason)  # fmt: skip


def kind_of(entry: Entry) -> str:
    """The kind of an event: its first key."""
    return next(iter(entry))


def differences(subject: str, own: Entries, held: Entries, reasons: Reasons) -> Iterator[LeftOver]:
    """What must be written beside other files, so that they give back the entries of a case."""
    for number in sorted({*own, *held}):
        yield from _of_entry(subject, number, own.get(number, {}), held.get(number, {}), reasons)


def _of_entry(
    subject: str, number: int, own: Entry, held: Entry, reasons: Reasons
) -> Iterator[LeftOver]:
    if number and own and held and kind_of(own) != kind_of(held):
        held = {}
    event = kind_of(own or held) if number else ""
    ours, theirs = (_by_key(each, event) for each in (own, held))
    for key in dict.fromkeys((*ours, *theirs)):
        value, other = ours.get(key), theirs.get(key)
        if _plain(value) != _plain(other):
            reason = reasons.of(event, key, value, held=bool(held) or not number)
            texts = ["" if each is None else flow_text(each) for each in (value, other)]
            yield LeftOver(subject, number, event, key, texts[0], texts[1], reason)


def _by_key(entry: Entry, event: str) -> Entry:
    """The values of an entry by key; of its kind by ``date``."""
    return {DATE if key == event else key: value for key, value in entry.items()}


def _plain(value: Any) -> Any:
    """A value as it is read: a list of one part is that part."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return _plain(value[0]) if len(value) == 1 else list(map(_plain, value))
    return value


def restored(held: Entries, rows: Iterable[LeftOver]) -> dict[int, Entry]:
    """The entries of a case from what its datasets give back and what was left over."""
    found = {number: dict(entry) for number, entry in held.items()}
    for row in rows:
        entry = found.setdefault(row.entry, {})
        if row.entry and entry and kind_of(entry) != row.event:
            entry.clear()
        key = row.event if row.key == DATE and row.entry else row.key
        if row.value:
            entry[key] = plain_node(yaml.compose(row.value, Loader=yaml.SafeLoader))
        else:
            entry.pop(key, None)
    return {number: _kind_first(entry, number, rows) for number, entry in found.items() if entry}


def _kind_first(entry: Entry, number: int, rows: Iterable[LeftOver]) -> Entry:
    kind = next((row.event for row in rows if row.entry == number and row.event in entry), "")
    return {kind: entry[kind], **entry} if kind else entry


def read_left_over(path: Path) -> tuple[tuple[LeftOver, ...], tuple[Problem, ...]]:
    """The rows of a file beside the datasets; none where there is no such file."""
    if not path.exists():
        return (), ()
    from renderers.tables.csv_table import read_table
    from timeline.exchange.case_tables import unguarded

    table, problems = read_table(path)
    if table is None:
        return (), problems
    if table.headings != COLUMNS:
        what = f"its columns are not those of such a file (write {', '.join(COLUMNS)})"
        return (), (Problem(Where(str(path), table.line, 1), what),)
    rows: list[LeftOver] = []
    faults = [*problems, *table.problems]
    for line, cells in table.rows:
        texts = [unguarded(cell) for cell in cells]
        try:
            rows.append(_row(texts))
        except (ValueError, yaml.YAMLError) as fault:
            faults.append(Problem(Where(str(path), line, 1), f"not such a row: {fault}"))
    return tuple(rows), tuple(faults)


def _row(cells: Sequence[str]) -> LeftOver:
    subject, entry, event, key, value, held, reason = cells
    if value:
        yaml.compose(value, Loader=yaml.SafeLoader)
    return LeftOver(subject, int(entry), event, key, value, held, reason)
