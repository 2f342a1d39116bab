"""Cells of a table: the number must be in the row and under the heading of its claim."""

from __future__ import annotations

from timeline.grounding.items import Item
from timeline.grounding.numbers import text_numbers
from timeline.grounding.paragraph_parts import Region
from timeline.grounding.plain import plain
from timeline.grounding.text_index import TextIndex


def table_fault(index: TextIndex, item: Item, region: Region) -> str:
    """Why a number is not the one of its row and column; empty if it is, or if none is named.

    Args:
        index: the text.
        item: a value whose claim is about the words of a row.
        region: the table.
    """
    claim = item.claim
    if claim is None or claim.printed is None or item.what != str(claim):
        return ""
    rows = index.rows(region)
    named = [row for row in rows if _same(row[0][1], claim.about)]
    if len(named) != 1:
        return ""
    heading = claim.grade.text if claim.grade else claim.statistic
    cells = [text for _, text in named[0][1:]]
    columns = [at for at, (_, text) in enumerate(rows[0][1:]) if heading and _same(text, heading)]
    if len(columns) == 1 and columns[0] < len(cells):
        cells = [cells[columns[0]]]
    claimed = {each.digits for each in text_numbers(plain(claim.text))}
    printed = {each.digits for text in cells for each in text_numbers(plain(text))}
    if not claimed or claimed <= printed:
        return ""
    return f"its row prints {', '.join(text.strip() for text in cells)}"


def _same(printed: str, named: str) -> bool:
    """Whether a heading is the one that a claim names."""
    return _folded(printed) == _folded(named)


def _folded(text: str) -> str:
    return " ".join(plain(text).replace("(", " ").replace(")", " ").split())
