"""The order of names in which a person counts: p2 before p10."""

from __future__ import annotations

import re


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key to sort names by, in which a number within a name counts as a number.

    >>> sorted(["wang10", "Wang2", "wang1"], key=natural_order)
    ['wang1', 'Wang2', 'wang10']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", name.casefold())
    return tuple(
        (0, int(each), each) if each[0] in "0123456789" else (1, 0, each) for each in parts
    )
