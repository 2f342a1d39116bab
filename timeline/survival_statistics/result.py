"""The survival statistics of a table: rows of numbers, the table in words, and the methods."""

from __future__ import annotations

from typing import Any

from timeline.core.frozen_class import frozen
from timeline.core.text.display import data_frame, html_table
from timeline.core.text.inert_text import visible_text
from timeline.survival_statistics.methods import methods_text
from timeline.survival_statistics.options import StatisticsOptions
from timeline.survival_statistics.printed_table import PrintedTable, printed_table
from timeline.survival_statistics.statistic import COLUMNS, Statistic

WIDTH = 100  # of the text, in characters


@frozen(kw_only=True)
class SurvivalStatistics:
    """The survival statistics of a table.

    Attributes:
        table: the name of the table.
        variable: what the times are of: the code of an endpoint, or the heading of the column.
        unit: of the times; empty where it is not known.
        by: the heading of the column of groups; empty where there is none.
        strata: the headings of the columns of strata.
        groups: the groups in the order of the table; the hazards are compared with `reference`.
        reference: the group that the others are compared with; empty without groups.
        options: what was asked.
        rows: the numbers, one a row.
        notes: what was noticed while the table was read.
    """

    table: str
    variable: str
    unit: str
    by: str
    strata: tuple[str, ...]
    groups: tuple[str, ...]
    reference: str
    options: StatisticsOptions
    rows: tuple[Statistic, ...]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        groups = f" by {self.by}, {len(self.groups)} groups" if self.groups else ""
        return f"<SurvivalStatistics {self.variable}{groups}: {len(self.rows)} numbers>"

    def __str__(self) -> str:
        return self.text()

    @property
    def methods(self) -> str:
        """How the numbers were found, in sentences for a methods section."""
        return methods_text(self)

    @property
    def printed(self) -> PrintedTable:
        """The table that a paper would print."""
        return printed_table(self)

    def text(self, width: int = WIDTH) -> str:
        """The table, the comparisons and the methods as lines of text.

        Args:
            width: of a line, in characters; groups that do not fit go below the others.
        """
        return visible_text(self.printed.text(width))

    def find(
        self, context: str, stat_name: str, *, group: str = "", level: float | None = None
    ) -> float | int | None:
        """The number of one row; of an incidence that of the event.

        Args:
            context: the analysis, such as ``survival_quantile``.
            stat_name: such as ``estimate``.
            group: the group; empty for all patients, and for what compares groups.
            level: the time or the percent, where the row has one.

        Returns:
            The number; None where it is not defined.

        Raises:
            KeyError: there is no such row.
        """
        wanted = (context, group, level, stat_name)
        for row in self.rows:
            if (row.context, row.group, row.level, row.stat_name) == wanted:
                return row.stat
        raise KeyError(f"no row: {', '.join(map(str, wanted))}")

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        options = self.options
        return {
            "table": self.table,
            "variable": self.variable,
            "unit": self.unit,
            "by": self.by,
            "strata": list(self.strata),
            "groups": list(self.groups),
            "reference": self.reference,
            "settings": {
                "interval": options.interval,
                "level": options.level,
                "at": list(options.at),
                "tau": options.tau,
                "median_rule": options.median_rule,
                "quantiles": list(options.quantiles),
                "ties": options.ties,
                "variance": options.variance,
            },
            "rows": self.records(),
            "methods": self.methods,
            "notes": list(self.notes),
        }

    def records(self) -> list[dict[str, Any]]:
        """Each number as a dict of plain values."""
        return [{name: getattr(row, name) for name in COLUMNS} for row in self.rows]

    def to_frame(self) -> Any:
        """The numbers as a ``pandas.DataFrame``, one a row.

        Raises:
            ImportError: pandas is not installed.
        """
        return data_frame(self.records(), COLUMNS)

    def _repr_html_(self) -> str:
        """The table, for a notebook."""
        printed = self.printed
        rows = [(line.label, *line.cells) for line in printed.lines]
        empty = [""] * len(printed.groups)
        below = [(text, *empty) for text in (*printed.comparisons, printed.methods)]
        return html_table(printed.title, ("", *printed.groups), (*rows, *below))
