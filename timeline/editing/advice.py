"""Messages of tables in the words of a page, which has no options of commands."""

from __future__ import annotations

import re

from renderers.tables.cell_dates import ISO

_OPTION = re.compile(r"(?:; or add |add )--[^)]*(?=\))")


def of_a_page(what: str) -> str:
    """A message without the options of the command ``timeline import``.

    >>> of_a_page("not a date: '1.2.21' (write 2021-02-01; or add --dates dmy, or mdy)")
    "not a date: '1.2.21' (write 2021-02-01)"
    >>> of_a_page("not a date: '31.31.2021' (add --dates dmy, or mdy)")
    "not a date: '31.31.2021' (write 2021-03-15, 2021-03 or 2021)"
    """
    return _OPTION.sub("", what).replace("()", f"(write {ISO})")
