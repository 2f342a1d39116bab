"""What SDTM cannot hold of a case file, as rows of a table beside the datasets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from timeline.cdisc.cases.words import NO_DATASET, OTHERWISE, REASONS
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where
from timeline.exchange.yaml_writer import flow_text, plain_node

LEFT_OVER = "not-in-sdtm.csv"  # the name of the file
COLUMNS = ("USUBJID", "ENTRY", "EVENT", "KEY", "VALUE", "HELD", "REASON")
DATE = "date"  # the key of when an event was, whose value stands beside its kind
Entry = dict[str, Any]  # of a case file: {kind: when, key: value}
Entries = Mapping[int, Entry]  # by their number in the file, from 1; 0 has the keys of the case


@frozen
class LeftOver:
    """One value of a case file that its datasets do not hold as it is written.

    Attributes:
        subject: the name of the case.
        entry: the number of the event in the file, from 1; 0 of a key of the whole case.
        event: the kind of the event; empty of the whole case.
        key: of the event, or of the case.
        value: as the case file has it, in YAML; empty where the case file has no such key.
        held: what the datasets give back in its place; empty for nothing.
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


def differences(subject: str, own: Entries, held: Entries) -> Iterator[LeftOver]:
    """What must be written beside the datasets, so that they give back the entries of a case."""
    for number in sorted({*own, *held}):
        yield from _of_entry(subject, number, own.get(number, {}), held.get(number, {}))


def _of_entry(subject: str, number: int, own: Entry, held: Entry) -> Iterator[LeftOver]:
    if number and own and held and kind_of(own) != kind_of(held):
        held = {}
    event = kind_of(own or held) if number else ""
    ours, theirs = (_by_key(each, event) for each in (own, held))
    for key in dict.fromkeys((*ours, *theirs)):
        value, other = ours.get(key, ""), theirs.get(key, "")
        if value != other:
            whole = NO_DATASET.get(event, "") if number and not held else ""
            reason = f"belongs in {whole}" if whole else REASONS.get(key, OTHERWISE)
            yield LeftOver(subject, number, event, key, value, other, reason)


def _by_key(entry: Entry, event: str) -> dict[str, str]:
    """The values of an entry as texts by key."""
    return {DATE if key == event else key: flow_text(value) for key, value in entry.items()}


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
