"""The content of a report as data: sections of texts, lists, tables and figures.

HTML, PDF, DOCX and JSON are written from the same content. A section and a table have a key, by
which programs find them; a table has a key for each column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from renderers.scene.journals import Page
from renderers.scene.scene import Scene


@attrs.frozen
class Paragraph:
    """One paragraph of plain text; ``strong`` is a line that heads what follows."""

    text: str
    strong: bool = False


@attrs.frozen
class Items:
    """A list of plain texts; ``key`` names it for programs.

    ``names``: the key of a table of which each text begins with the first cell of a row, to which a
    page leads; empty where they name none.
    """

    key: str
    texts: tuple[str, ...]
    names: str = ""


@attrs.frozen
class Facts:
    """Names with their values, such as ``Sex``: ``male``; one name may have several lines."""

    key: str
    rows: tuple[tuple[str, str], ...]


@attrs.frozen
class Column:
    """A column of a table: its key, its heading, and its share of the width."""

    key: str
    title: str
    share: int = 3


@attrs.frozen
class Cell:
    """The text of a cell; ``marks`` are the letters of its footnotes. A line feed ends a line."""

    text: str
    marks: str = ""


@attrs.frozen
class RowGroup:
    """Rows of a table with a heading of their own; an empty heading is not printed."""

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


@attrs.frozen(kw_only=True)
class Table:
    """A table.

    Attributes:
        key: its name for programs.
        title: its caption.
        columns: the columns; the first one names the row.
        groups: the rows, each with a cell for every column.
        footnotes: the letter and the text of each.
        notes: what holds for the whole table.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    footnotes: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of all groups."""
        for group in self.groups:
            yield from group.rows

    def records(self) -> list[dict[str, str]]:
        """Each row as texts by the key of the column, with the heading of its group if it has one.

        Letters of footnotes follow their text in brackets.
        """
        return [
            {
                **({"group": group.title} if group.title else {}),
                **{
                    column.key: f"{cell.text} [{cell.marks}]" if cell.marks else cell.text
                    for column, cell in zip(self.columns, row, strict=True)
                },
            }
            for group in self.groups
            for row in group.rows
        ]


@attrs.frozen(kw_only=True, eq=False)
class Figure:
    """A figure on one page or several, with its text alternative and its caption.

    ``kind`` is a name of ``renderers.FIGURES``; ``scenes`` are its pages, laid out for ``page``.
    ``conventions``: how its marks are read, which the report says with its methods.
    """

    kind: str
    alt: str
    caption: str
    scenes: tuple[Scene, ...] = attrs.field(repr=False)
    page: Page = attrs.field(repr=False)
    conventions: str = ""


Block = Paragraph | Items | Facts | Table | Figure


@attrs.frozen
class Section:
    """A section: its key, its heading, and what is in it."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@attrs.frozen(kw_only=True)
class Content:
    """All that a report says, in the order of the page.

    Attributes:
        title: of the page.
        subtitle: the publication, or the number of patients; empty if there is none.
        sections: the sections, each with a key of its own.
        closing: the version of the program and the end of the record, printed last.
        language: of the fixed words.
    """

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    closing: str
    language: str = "en"

    def section(self, key: str) -> Section:
        """The section with a key. KeyError if there is none."""
        found = next((each for each in self.sections if each.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    def data(self) -> dict[str, Any]:
        """The content as plain dicts and lists, for JSON; figures without their drawings."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "language": self.language,
            "sections": [
                {
                    "key": section.key,
                    "title": section.title,
                    "blocks": [_block_data(block) for block in section.blocks],
                }
                for section in self.sections
            ],
            "closing": self.closing,
        }


def _block_data(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"type": "text", "text": block.text}
        case Items():
            return {"type": "list", "key": block.key, "items": list(block.texts)}
        case Facts():
            rows = [{"name": name, "value": value} for name, value in block.rows]
            return {"type": "facts", "key": block.key, "rows": rows}
        case Table():
            return {
                "type": "table",
                "key": block.key,
                "title": block.title,
                "columns": [{"key": each.key, "title": each.title} for each in block.columns],
                "rows": block.records(),
                "footnotes": [{"mark": mark, "text": text} for mark, text in block.footnotes],
                "notes": list(block.notes),
            }
        case Figure():
            return {
                "type": "figure",
                "kind": block.kind,
                "alt": block.alt,
                "caption": block.caption,
                "conventions": block.conventions,
            }


def cells(texts: Iterable[str]) -> tuple[Cell, ...]:
    """A row of texts without footnotes."""
    return tuple(map(Cell, texts))


def table(
    key: str, title: str, columns: Sequence[Column], rows: Iterable[Iterable[str]], **more: Any
) -> tuple[Table, ...]:
    """A table of plain texts: one, or none where it has no row.

    Columns, but for the first, that have no text in any row are left out.
    """
    found = [tuple(row) for row in rows]
    if not found:
        return ()
    used = [n for n in range(len(columns)) if n == 0 or any(row[n] for row in found)]
    kept = tuple(columns[n] for n in used)
    group = RowGroup(tuple(cells(row[n] for n in used) for row in found))
    return (Table(key=key, title=title, columns=kept, groups=(group,), **more),)


def lines(*texts: str) -> str:
    """Texts as the lines of one cell; empty ones are left out, each is there once."""
    return "\n".join(dict.fromkeys(text for text in texts if text))


def plural(number: int, noun: str) -> str:
    """``1 scan``, ``2 scans``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
