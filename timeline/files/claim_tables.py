"""Tables as people copy them, read as claims: one or two for each cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from timeline.core.frozen_class import frozen
from timeline.core.problem import near
from timeline.files.yaml.yaml_nodes import Node, ProblemLog, pairs, scalar
from timeline.report.claims import CLAIMS

Pair = tuple[Node, Node]


@frozen
class Column:
    """What the cells under a heading are: the kinds of claim they hold, and further keys."""

    heading: str
    kinds: tuple[str, ...]
    description: tuple[tuple[str, str], ...] = ()


_PLAIN = (
    Column("count", ("count",)),
    Column("n", ("count",)),
    Column("percent", ("percent",)),
    Column("%", ("percent",)),
    Column("count (percent)", ("count", "percent")),
    Column("n (%)", ("count", "percent")),
)
_ROMAN = ("I", "II", "III", "IV", "V")
_GRADES = tuple(
    Column(f"{word} {name}", ("count",), (("grade", f"{word} {name}"),))
    for word in ("level", "grade")
    for name in (*_ROMAN, "1", "2", "3", "4", "5", "1-2", "3-4", "3-5")
)
_TOTALS = tuple(
    Column(word, ("count",), (("statistic", "total"),))
    for word in ("total", "any grade", "all grades")
)
TABLES: dict[str, tuple[Column, ...]] = {
    "adverse events": (*_GRADES, *_TOTALS),
    "baseline characteristics": _PLAIN,
    "responses": _PLAIN,
}


@frozen
class _ColumnClaims:
    """What a column gives to the claims of its cells: their kinds, and further keys."""

    kinds: tuple[str, ...]
    pairs: tuple[Pair, ...] = ()


_TABLE_KEYS = ("table", "columns", "rows")
_EMPTY = ("", "-", "–", "—")
_TWO = re.compile(r"(?P<first>[^()]+?)\s*\(\s*(?P<second>[^()]+?)\s*%?\s*\)")


def claims_of(node: Node, notes: ProblemLog) -> Iterator[Node]:
    """The entries of a table; of any other entry, itself."""
    if isinstance(node, yaml.MappingNode) and "table" in [key.value for key, _ in node.value]:
        yield from _cells(node, notes)
    else:
        yield node


def _cells(node: yaml.MappingNode, notes: ProblemLog) -> Iterator[Node]:
    parts = {key: (key_node, value) for key, key_node, value in pairs(node, notes)}
    absent = [key for key in _TABLE_KEYS if key not in parts]
    if absent:
        notes.add(node, f"a table needs {', '.join(absent)} (write {{table, columns, rows}})")
        return
    columns = _columns(parts["table"][1], parts["columns"][1], notes)
    shared = [pair for key, pair in parts.items() if key not in _TABLE_KEYS]
    for name, cells, more in _rows(parts["rows"][1], notes):
        if columns and len(cells.value) != len(columns):
            notes.add(cells, f"cells {len(cells.value)}, columns {len(columns)}: {name.value!r}")
        for cell, column in zip(cells.value, columns, strict=False):
            own = [(_word("about", name), name), *more, *column.pairs]
            named = {key.value for key, _ in own}
            rest = [pair for pair in shared if pair[0].value not in named]
            for kind, value in _figures(cell, column.kinds, notes):
                yield _mapping(cell, [(_word(kind, cell), value), *own, *rest])


def _rows(node: Node, notes: ProblemLog) -> Iterator[tuple[Node, Node, list[Pair]]]:
    """Each row's name, its cells, and the partition it belongs to where rows are grouped."""
    if not isinstance(node, yaml.MappingNode):
        notes.add(node, "rows are names and lists of cells (write {fatigue: [1, 0, 1, 2, 4]})")
        return
    for _, key, value in pairs(node, notes):
        if isinstance(value, yaml.MappingNode):
            for name, cells, more in _rows(value, notes):
                yield name, cells, [*more, (_word("among", key), key)]
        elif isinstance(value, yaml.SequenceNode):
            yield key, value, []
        else:
            notes.add(value, f"a list of cells is expected under {key.value!r} (write [7, 46.7])")


def _columns(table: Node, node: Node, notes: ProblemLog) -> list[_ColumnClaims]:
    """What each column gives; none where one of them is faulty."""
    name = scalar(table, notes, "table")
    if name not in TABLES:
        text = f"unknown table {name!r} ({near(str(name), TABLES)})"
        notes.add(table, text, known=tuple(TABLES))
        return []
    if not isinstance(node, yaml.SequenceNode):
        notes.add(node, "columns are a list of headings (write [count, percent])")
        return []
    found = [_column(each, TABLES[name], notes) for each in node.value]
    columns = [column for column in found if column]
    return columns if len(columns) == len(found) else []


def _column(node: Node, known: tuple[Column, ...], notes: ProblemLog) -> _ColumnClaims | None:
    """A heading of the table's own, or {count: arm A}: a kind, the patients, and further keys."""
    if isinstance(node, yaml.MappingNode) and node.value:
        return _own_column(node, notes)
    heading = scalar(node, notes, "columns") or ""
    plain = heading.lower().replace("–", "-")
    row = next((each for each in known if each.heading.lower() == plain), None)
    if row is None:
        notes.add(node, f"unknown column {heading!r} ({near(heading, [c.heading for c in known])})")
        return None
    return _ColumnClaims(
        row.kinds, tuple((_word(key, node), _word(value, node)) for key, value in row.description)
    )


def _own_column(node: yaml.MappingNode, notes: ProblemLog) -> _ColumnClaims | None:
    (key, group), *more = node.value
    kinds = next((each.kinds for each in _PLAIN if each.heading == key.value), (key.value,))
    if any(kind not in CLAIMS for kind in kinds):
        notes.add(key, f"unknown kind of column {key.value!r} ({near(str(key.value), CLAIMS)})")
        return None
    return _ColumnClaims(kinds, ((_word("group", key), group), *more))


def _figures(cell: Node, kinds: tuple[str, ...], notes: ProblemLog) -> Iterator[tuple[str, Node]]:
    """The figures of a cell, each with its kind; none of a cell that is left empty."""
    text = scalar(cell, notes, "a cell")
    if text is None or text.strip() in _EMPTY:
        return
    found = _TWO.fullmatch(text.strip())
    if kinds == ("count",) and found:  # under the name of a grade: 21 (35)
        kinds = ("count", "percent")
    if len(kinds) == 1:
        yield kinds[0], cell
        return
    if not found:
        notes.add(cell, f"not two figures: {text!r} (write 7 (46.7))")
        return
    for kind, part in zip(kinds, found.groups(), strict=True):
        yield kind, _word(part, cell)


def _word(text: str, at: Node) -> Node:
    """A word that the reader did not write, at the place of what it was made from."""
    tag = "tag:yaml.org,2002:str"
    return yaml.ScalarNode(tag, text, start_mark=at.start_mark, end_mark=at.end_mark)


def _mapping(at: Node, entries: list[Pair]) -> Node:
    tag = "tag:yaml.org,2002:map"
    return yaml.MappingNode(tag, entries, start_mark=at.start_mark, end_mark=at.end_mark)
