"""The options of a grid of AG Grid, and the definitions of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from timeline.app.editor.grid.words import problem_id
from timeline.core.text.inert_text import undirected
from timeline.editing import Grid, GridColumn
from timeline.editing.advice import shortened
from timeline.editing.claim_rows import SUBJECT
from timeline.editing.event_rows import DATE, KIND
from timeline.editing.shown.cell_problems import CellProblem

# What the browser has of a row beside its cells; no key of a file begins like these.
ROW = "#row"  # its name, by which it is known while its number changes; the column of its number
KIND_OF_ROW = "#kind"
VERDICT = "#audit"  # of a row of claims: the verdict on it, and the number of its finding
PROBLEMS = "#problems"  # the problem of each of its cells, and its name in the list
HEIGHT = 30  # of a row, in pixels
_PINNED = (KIND, DATE, SUBJECT)  # columns that stay in sight
_WIDTHS = {"event": 110, "date": 130, "end": 110, "what": 180, "drugs": 190, "note": 220,
           "line": 60, "called": 85, "grade": 75, "target": 85, "sum": 80, "new": 80, "cycle": 90,
           "subject": 180, "claim": 130, "value": 130, "place": 170}  # fmt: skip
_OTHER_WIDTH = 110
# A cell with a problem names the entry of the list that states it, which a screen reader reads.
_CELL = f"""params => {{
  const text = document.createElement("span");
  text.textContent = params.value ?? "";
  const found = params.data["{PROBLEMS}"][params.colDef.field];
  const cell = params.eGridCell;
  if (found) {{
    cell.setAttribute("aria-invalid", "true");
    cell.setAttribute("aria-describedby", found.id);
  }} else {{
    cell.removeAttribute("aria-invalid");
    cell.removeAttribute("aria-describedby");
  }}
  return text;
}}"""
_TOOLTIP = f"params => params.data['{PROBLEMS}'][params.colDef.field]?.what ?? params.value"


_NO_ROWS = (  # the style shows one of both
    '<span class="of-text">No row yet.</span>'
    '<span class="of-no-yaml">The text is no YAML, so it has no rows.</span>'
)


def grid_options() -> dict[str, Any]:
    """The options of an empty grid."""
    return {
        "columnDefs": [],  # rows and columns are drawn by the script of the page
        "rowData": [],
        "defaultColDef": {
            "sortable": False,
            "resizable": True,
            "suppressMovable": True,
            "cellDataType": False,  # a text, also where the first row holds a whole date
            ":suppressKeyboardEvent": "params => Boolean(editorPage.act(params.event))",
        },
        ":getRowId": f"params => String(params.data['{ROW}'])",
        "singleClickEdit": False,
        "stopEditingWhenCellsLoseFocus": True,
        "enterNavigatesVerticallyAfterEdit": True,
        "rowHeight": HEIGHT,
        "headerHeight": HEIGHT,
        "ensureDomOrder": True,
        "suppressColumnVirtualisation": True,
        "enableBrowserTooltips": True,
        "suppressFieldDotNotation": True,
        # All is drawn at once: a row that fades out, or comes later, would take the focus with it.
        "animateRows": False,
        "suppressAnimationFrame": True,
        "suppressColumnMoveAnimation": True,
        "overlayNoRowsTemplate": _NO_ROWS,
        ":focusGridInnerElement": "params => editorPage.enter(params.api)",
    }


def number_column() -> dict[str, Any]:
    """The column with the number of each row."""
    return {
        "headerName": "row",
        "colId": ROW,
        "width": 64,
        "pinned": "left",
        ":valueGetter": "params => editorPage.numberOf(params.api, params.data)",
        "cellClass": "number",
    }


# A verdict with a finding leads to it; Enter does the same (grid.js).
_VERDICT = f"""params => {{
  const found = params.data["{VERDICT}"] ?? {{}}, leads = Number.isInteger(found.finding);
  const shown = document.createElement(leads ? "a" : "span");
  shown.textContent = found.conclusion ?? "";
  shown.className = `verdict ${{shown.textContent.replace(" ", "-")}}`;
  if (leads) {{
    shown.href = `#finding-${{found.finding}}`;
    shown.tabIndex = -1;
  }}
  return shown;
}}"""


def verdict_column() -> dict[str, Any]:
    """The column with the verdict of the audit on each claim, and a link to its finding."""
    return {
        "headerName": "verdict",
        "headerTooltip": "what the audit says of the claim, with a link to its finding",
        "colId": VERDICT,
        "width": 130,
        "pinned": "left",
        ":valueGetter": f"params => params.data['{VERDICT}']?.conclusion ?? ''",
        ":cellRenderer": _VERDICT,
    }


def column_definition(column: GridColumn, unit: str, *, is_editable: bool) -> dict[str, Any]:
    """The definition of a column.

    ``unit``: that of a number alone; ``is_editable``: whether its cells may be changed.
    """
    kinds = ", ".join(f'"{kind}"' for kind in sorted(column.kinds))
    takes = f"[{kinds}].includes(%s['{KIND_OF_ROW}'])"
    editable = takes % "params.data" if is_editable and not column.fixed else "false"
    pinned = {"pinned": "left"} if column.key in _PINNED else {}
    return {
        "headerName": f"{column.title} ({unit})" if unit else column.title,
        "headerTooltip": column.description,
        "field": column.key,
        "width": _WIDTHS.get(column.key, _OTHER_WIDTH),
        **pinned,
        ":editable": f"params => {editable}",
        "cellClassRules": {
            "not-taken": "!" + takes % "data",
            "has-problem": f"data['{PROBLEMS}'][colDef.field]",
        },
        ":cellRenderer": _CELL,
        ":tooltipValueGetter": _TOOLTIP,
    }


def browser_rows(grid: Grid, table: str, problems: Sequence[CellProblem]) -> list[dict[str, Any]]:
    """The rows as the grid of the browser takes them."""
    marks: dict[int, dict[str, dict[str, str]]] = {}
    for number, each in enumerate(problems):
        here = marks.setdefault(each.row, {})
        before = f"{here[each.key]['what']}\n" if each.key in here else ""
        listed_at = here[each.key]["id"] + " " if each.key in here else ""
        here[each.key] = {
            "what": before + undirected(shortened(each.what)),
            "id": listed_at + problem_id(table, number),
        }
    return [
        {
            **{key: undirected(text) for key, text in row.cells.items()},
            KIND_OF_ROW: row.kind, PROBLEMS: marks.get(row.number, {}),
        }
        for row in grid.rows
    ]  # fmt: skip
