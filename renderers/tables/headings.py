"""The names by which standards and programs know the columns of a table.

They are the rows of ``timeline/data/table_headings.csv``, each with its source. The first name of
a row that a table has is taken. The name of a row among the headings of another stands for all of
its headings.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from timeline.core.data_tables import data_rows

_ALL = "all"  # of every kind of table


@functools.cache
def standard_headings(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The known headings of each field of a kind of table, the most usual first.

    Args:
        kind: ``lanes``, ``events``, ``times`` or ``changes``.

    >>> standard_headings("lanes")["ongoing"][0]
    'EOTSTT'
    """
    rows = tuple(data_rows("table_headings"))
    by_name = {row.text("name"): row.texts("headings") for row in rows}
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row.text("table") in (_ALL, kind):
            field = row.text("field")
            own = (name for each in row.texts("headings") for name in by_name.get(each, (each,)))
            found[field] = (*found.get(field, ()), *own)
    return MappingProxyType(found)
