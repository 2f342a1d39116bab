"""The text of a case file seen and changed as a grid; comments, layout and order are kept."""

from timeline.editing.case_fields import CaseField, case_fields, with_fields
from timeline.editing.changes import moved_row, with_cell, with_cells, with_rows, without_rows
from timeline.editing.claim_files import file_of
from timeline.editing.claim_rows import claim_grid
from timeline.editing.completions import Completion, completions
from timeline.editing.date_meanings import DateMeaning, date_meaning
from timeline.editing.event_rows import event_grid
from timeline.editing.grid import Edited, Grid, GridColumn, GridProblem, GridRow
from timeline.editing.line_numbers import renumbered_lines
from timeline.editing.paste.clipboard import pasted

__all__ = [
    "CaseField",
    "Completion",
    "DateMeaning",
    "Edited",
    "Grid",
    "GridColumn",
    "GridProblem",
    "GridRow",
    "case_fields",
    "claim_grid",
    "completions",
    "date_meaning",
    "event_grid",
    "file_of",
    "moved_row",
    "pasted",
    "renumbered_lines",
    "with_cell",
    "with_cells",
    "with_fields",
    "with_rows",
    "without_rows",
]
