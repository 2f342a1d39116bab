"""Tables that a notebook shows as HTML and that pandas takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from timeline.core.text.inert_text import xml_text


def html_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as a fragment of HTML; every text is escaped.

    Args:
        title: the caption.
        head: the names of the columns.
        rows: the cells of each row, as many as there are columns.

    """
    names = "".join(f"<th>{_cell(name)}</th>" for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{_cell(each)}</td>' for each in row)}</tr>" for row in rows)
    return (
        f"<table><caption>{_cell(title)}</caption>"
        f"<thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cell(value: object) -> str:
    return escape(xml_text("" if value is None else str(value)))


def data_frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> Any:
    """The rows as a ``pandas.DataFrame`` with these columns, also where there are no rows.

    Raises:
        ImportError: pandas is not installed.

    """
    try:
        import pandas
    except ImportError:
        raise ImportError(
            "to_frame() needs pandas (install it, or the extra: oncology-timeline[pandas])"
        ) from None
    return pandas.DataFrame(list(rows), columns=list(columns))
