"""The options of every table: how its file is opened, and how its dates are written."""

from __future__ import annotations

from renderers.options import Option
from renderers.tables.sources import ENCODINGS, encoding_named
from renderers.tables.time_forms import dates_option

READING = {
    row.name: row
    for row in (
        Option("dates", "of a table: dmy or mdy where 01/02/2021 may be either; serial, sas or r: "
               "days of a spreadsheet, SAS or R", "dates", dates_option),
        Option("encoding", f"of a table's text: {', '.join(ENCODINGS)}", "encoding",
               encoding_named),
        Option("sheet", "the sheet of a workbook", "sheet"),
    )
}  # fmt: skip
