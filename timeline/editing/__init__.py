"""The text of a case file seen and changed as a grid; comments, layout and order are kept."""

from timeline.editing.changes import moved_row, with_cell, with_rows, without_rows
from timeline.editing.claim_rows import claim_grid
from timeline.editing.clipboard import pasted
from timeline.editing.date_meanings import DateMeaning, date_meaning
from timeline.editing.event_rows import event_grid
from timeline.editing.grid import Edited, Grid, GridColumn, GridProblem, GridRow

__all__ = [
    "DateMeaning",
    "Edited",
    "Grid",
    "GridColumn",
    "GridProblem",
    "GridRow",
    "claim_grid",
    "date_meaning",
    "event_grid",
    "moved_row",
    "pasted",
    "with_cell",
    "with_rows",
    "without_rows",
]
