"""Which column of a table holds which field: by its name, by ``--map``, or by a standard name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where, near
from timeline.core.text.spelling import folded

Problems = tuple[Problem, ...]
_QUOTES = "'`\u2018\u2019\u201c\u201d\""
NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@frozen(kw_only=True)
class Fields:
    """What a kind of table holds.

    ``needed``: fields that a column must hold. ``optional``: fields that one may hold.
    ``standard``: other names by which a field is known, such as USUBJID of ``id`` (CDISC), the most
    usual first. ``one_name``: fields of which a table may have only one of these names.
    """

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    standard: Mapping[str, tuple[str, ...]] = _NO_NAMES
    one_name: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.needed, *self.optional)


@frozen(kw_only=True)
class Layout:
    """The columns of a table by heading, and the number of the column, from 0, of each field.

    ``passed``: columns that are read, though no field has them. ``added``: how many of the last
    columns are not in the table itself.
    """

    headings: tuple[str, ...]
    fields: Mapping[str, int]
    passed: tuple[int, ...] = ()
    added: int = 0
    _found: dict[str, int | None] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def find(self, name: str) -> int | None:
        """The number of the column of a field or heading; None where there is none."""
        if name not in self._found:
            known = self.fields.get(name)
            self._found[name] = column_of(name, self.headings) if known is None else known
        return self._found[name]

    @property
    def unread(self) -> tuple[tuple[int, str], ...]:
        """Number, from 0, and heading of each column that is no field and is not empty."""
        used = {*self.fields.values(), *self.passed}
        return tuple((n, name) for n, name in enumerate(self.headings) if name and n not in used)


def column_of(name: str, headings: Sequence[str]) -> int | None:
    """The column of a name: the one written so, else the only one of the same spelling."""
    if name in headings:
        return headings.index(name)
    alike = [n for n, heading in enumerate(headings) if heading and folded(heading) == folded(name)]
    return alike[0] if len(alike) == 1 else None


def table_layout(
    where: Where, headings: Sequence[str], fields: Fields, named: Mapping[str, str]
) -> tuple[Layout, Problems]:
    """The layout of a table with these headings. ``named``: its own names of some fields."""
    problems = list(_twice(where, headings))
    found: dict[str, int] = {}
    mapped_columns = {n for name in named.values() if (n := column_of(name, headings)) is not None}
    for field in fields.known:
        number, fault = _column(field, headings, fields, named, mapped_columns)
        if number is not None:
            found[field] = number
        elif fault:
            problems.append(Problem(where, fault))
    for field, number in found.items():
        first = next(name for name, n in found.items() if n == number)
        if first != field:
            description = f"the column {headings[number]!r} is mapped to {first} and to {field}"
            place = attrs.evolve(where, column=number + 1)
            problems.append(Problem(place, f"{description} (give each field a column of its own)"))
    return Layout(headings=tuple(headings), fields=found), tuple(problems)


def _column(
    field: str,
    headings: Sequence[str],
    fields: Fields,
    named: Mapping[str, str],
    mapped_columns: set[int],
) -> tuple[int | None, str]:
    """The column of a field, or what is wrong. A mapped column is never taken by its own name."""
    there = [name for name in headings if name]
    if field in named:
        number = column_of(named[field], headings)
        return number, f"no column {named[field]!r} ({near(named[field], there)})"
    alike = [n for n, name in enumerate(headings) if name and folded(name) == folded(field)]
    exact = [n for n in alike if headings[n] == field]
    free = [n for n in exact or alike if n not in mapped_columns]
    if len(free) > 1:
        both = " or ".join(repr(headings[n]) for n in free)
        return None, f"which column is the {field}: {both}? (write --map {field}=COLUMN)"
    if not free:
        names = (column_of(name, headings) for name in fields.standard.get(field, ()))
        free = [n for n in names if n is not None and n not in mapped_columns]
        if len(set(free)) > 1 and field in fields.one_name:
            both = " or ".join(repr(headings[n]) for n in dict.fromkeys(free))
            return None, f"which column is the {field}: {both}? (write --map {field}=COLUMN)"
    if free:
        return free[0], ""
    if field not in fields.needed:
        return None, ""
    if alike:
        description = f"the column {headings[alike[0]]!r} is mapped to another field"
        return None, f"{description}, and the {field} needs one (write --map {field}=COLUMN)"
    return None, f"no column {field!r} ({near(field, there)}; write --map {field}=COLUMN)"


def _twice(where: Where, headings: Sequence[str]) -> list[Problem]:
    first = {name: number for number, name in reversed(list(enumerate(headings, start=1)))}
    return [
        Problem(attrs.evolve(where, column=number), f"two columns are named {name!r} (rename one)")
        for number, name in enumerate(headings, start=1)
        if name and number > first[name]
    ]


def needed_fields_found(headings: Sequence[str], fields: Fields, named: Mapping[str, str]) -> int:
    """How many of the fields that are needed some headings have."""
    layout, _ = table_layout(Where(""), headings, fields, named)
    return sum(field in layout.fields for field in fields.needed)


def unquoted(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings without quotation marks that are part of the text."""
    return tuple(name.strip(_QUOTES).strip() if name[:1] in _QUOTES else name for name in headings)


def mapped(named: Sequence[tuple[str, str]], tables: Sequence[Fields]) -> dict[str, str]:
    """The columns that ``--map`` names. ValueError where one is of no field of the tables."""
    known = tuple(dict.fromkeys(field for table in tables for field in table.known))
    wrong = [f"{name}=..: no such field ({near(name, known)})" for name, _ in named
             if name not in known]  # fmt: skip
    fields = [name for name, _ in named]
    wrong += [f"{name}=.. is given twice (give it once)" for name in dict.fromkeys(fields)
              if fields.count(name) > 1]  # fmt: skip
    if wrong:
        raise ValueError("; ".join(f"--map {each}" for each in wrong))
    return dict(named)
