"""What is said beside a grid: its problems, what it waits for, and which columns it may have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from timeline.app.editor.controls import labelled, row_link, safe
from timeline.app.editor.open_files import OpenFile
from timeline.app.live import Live, State
from timeline.app.panels import VERDICTS
from timeline.app.parts import Audited
from timeline.editing import DateMeaning, Grid, GridColumn
from timeline.editing.advice import shortened
from timeline.editing.claim_rows import SUBJECT
from timeline.editing.grid import CLAIMS
from timeline.editing.shown.cell_problems import CellProblem
from timeline.editing.shown.columns import kinds_that_take, more_columns

_MOST = 20  # problems that are listed below a grid


def words_of(table: str, column: GridColumn) -> str:
    """The words of a column, which the cells offer while one writes in them."""
    options = "".join(f'<option value="{safe(word)}"></option>' for word in column.words)
    return f'<datalist id="{table}-grid-{column.key}">{options}</datalist>'


def add_column_fields(grid: Grid, added: Collection[str]) -> str:
    """The choice of a column that is not shown, with the kinds that take it."""
    first, others = more_columns(grid, added)
    groups = ""
    for title, columns in (("Usual", first), ("All others", others)):
        options = "".join(
            f'<option value="{safe(each.key)}" title="{safe(each.description)}">'
            f"{safe(each.title)} ({safe(kinds_that_take(each))})</option>"
            for each in columns
        )
        groups += f'<optgroup label="{title}">{options}</optgroup>' if options else ""
    return labelled("Add a column", 'select name="column"', f"{groups}</select>") if groups else ""


def meaning(found: DateMeaning) -> str:
    """What a date means, in one sentence."""
    if found.problem:
        return shortened(found.problem)
    return f"{found.text}: {found.words}." if found.words else ""


def problem_id(table: str, number: int) -> str:
    """The name of an entry of the list of problems of a grid."""
    return f"{table}-problem-{number}"


def problem_list(opened: OpenFile, table: str, mine: Sequence[CellProblem]) -> str:
    """The problems of the cells of a grid, each with a link to its cell.

    Entries of the text that have no row, because they are no YAML, are named before them.
    """
    lost = opened.grids[table].unread
    rows = [
        f'<li class="error"><a href="#text" class="place" data-line="{each.where.line}" '
        f'data-column="{each.where.column}">Without a row: line {each.where.line}</a> '
        f"{safe(shortened(each.what))}</li>"
        for each in lost[:_MOST]
    ]
    rows += [
        f'<li class="error" id="{problem_id(table, number)}">'
        f'<a href="#{table}-grid" class="place" data-table="{table}" data-row="{each.row}" '
        f'data-key="{safe(each.key)}">Row {each.row + 1}, {safe(each.key)}</a> '
        f"{safe(shortened(each.what.removeprefix(f'{each.key}: ')))}</li>"
        for number, each in enumerate(mine[:_MOST])
    ]
    left = max(len(lost) - _MOST, 0) + max(len(mine) - _MOST, 0)
    if not rows:
        return ""
    more = f'<p>And {left} more: see <a href="#problems">Problems</a>.</p>' if left else ""
    count = len(lost) + len(mine)
    title = f"{count} problem{'' if count == 1 else 's'} in this grid"
    return f'<h3>{title}</h3><ol class="problems">{"".join(rows)}</ol>{more}'


def verdicts_of_rows(grid: Grid, file: Path, live: Live) -> dict[int, dict[str, Any]]:
    """The verdict on each row of a grid of claims, with the number of its finding.

    Args:
        grid: of the newest text.
        file: of the grid, absolute.
        live: what follows from the text of the page.

    Returns:
        By the number of the row its conclusion and its finding; nothing while the audit is not that
        of the newest text.
    """
    if Audited in live.left or live.audit.state is not State.CURRENT:
        return {}
    found: dict[int, dict[str, Any]] = {}
    for each in live.audit.newest.verdicts:
        cell = grid.cell_at(each.line, each.column) if each.path == file else None
        if cell is not None:
            found[cell[0]] = {"conclusion": each.conclusion, "finding": each.finding}
    return found


def rows_by_verdict(grid: Grid, verdicts: Mapping[int, Mapping[str, Any]]) -> str:
    """The rows of each verdict with their count, each with a link to it; empty without verdicts.

    ``verdicts``: as `verdicts_of_rows` gives them.
    """
    groups = ""
    for verdict in VERDICTS:
        rows = [number for number, each in verdicts.items() if each["conclusion"] == verdict]
        links = "; ".join(
            f"{row_link(CLAIMS, number, 'value')} {safe(grid.rows[number].cells.get(SUBJECT, ''))}"
            for number in sorted(rows)
        )
        if rows:
            groups += f"<details><summary>{verdict} ({len(rows)})</summary><p>{links}</p></details>"
    return f'<div role="group" aria-label="Claims by verdict">{groups}</div>' if groups else ""


def waiting_notice(opened: OpenFile) -> str:
    """Why a grid waits: where the text is no YAML, and what the grid shows meanwhile."""
    fault = opened.unread
    if fault is None:
        return ""
    if not opened.document.text.strip():
        return (
            '<p class="notice"><strong>The file is empty.</strong> First write two lines in '
            '<a href="#text">Text</a>: case: and a name, then events: .. Rows can be added here '
            'after that. Or begin a new case in <a href="/">All files</a>: it has a template.</p>'
        )
    line, column = fault.where.line, fault.where.column
    at = f"line {line}, column {column}"
    link = f'<a href="#text" data-line="{line}" data-column="{column}">{at}</a>'
    link = link if line else "one place"
    kept = (
        "This grid shows the last text that could be read, and takes no change until then."
        if opened.was_read
        else "This grid is empty until then."
    )
    return (
        f'<p class="notice"><strong>The text is no YAML at {link}.</strong> '
        f"Correct it there: {safe(fault.what.removeprefix('not YAML here: '))}. {kept}</p>"
    )
