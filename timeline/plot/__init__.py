"""The figures: each function takes cases or a table, and options, and returns a figure.

    tl.plot.swimmer([derived], unit="weeks", sort="best").save("swimmer.svg", journal="nature")
    tl.plot.swimmer(lanes, events=events, unit="months", ax=ax)  # data frames; axes of yours

Cases are derived cases, or the paths of case files (YAML). A table is a data frame of pandas,
polars or pyarrow, or the path of a CSV, XLSX or Parquet file. A forest plot is of the summary of a
study. An option is a keyword of its name
in the option table of its figure; None, the default, leaves it to the figure. matplotlib is
loaded when a figure is drawn, not before.

``OPTIONS`` holds, for each figure by name, a function that returns its option table: a row for
each option with its name, its meaning and its ``keyword``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from renderers import FIGURES
from timeline.figure import Figure
from timeline.plot.forest_plots import forest
from timeline.plot.patient_timeline import timeline
from timeline.plot.response_plots import spider, waterfall
from timeline.plot.state_diagrams import state_diagram
from timeline.plot.survival_curves import survival
from timeline.plot.swimmer_plot import swimmer

if TYPE_CHECKING:
    from renderers.options import Option

__all__ = [
    "OPTIONS",
    "Figure",
    "forest",
    "spider",
    "state_diagram",
    "survival",
    "swimmer",
    "timeline",
    "waterfall",
]

# The option table of each figure; a test compares it with the keywords of its function.
OPTIONS: dict[str, Callable[[], Mapping[str, Option]]] = {
    name: kind.option_table for name, kind in FIGURES.items()
}
