"""The arguments of survival statistics: a row each, for the command and for Python alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from timeline.core.frozen_class import frozen

# where a value goes: a column, an option of the statistics, an option of reading, the table itself
Part = Literal["column", "asked", "read", "table"]


@frozen
class Argument:
    """A row.

    Attributes:
        name: the keyword; the option of the command has hyphens.
        part: where its value goes.
        help: what the command says of it.
        metavar: the form of a value on the command line; empty for its type.
        default: if it is left out.
        completions: the name of a function of ``timeline.cli.completions``; empty for none.
        repeatable: whether the option may be given several times.
        field: what it is called below, where that is another name.
    """

    name: str
    part: Part
    help: str
    metavar: str = ""
    default: Any = None
    completions: str = ""
    repeatable: bool = False
    field: str = ""

    @property
    def option(self) -> str:
        """The option of the command: ``--event-code``."""
        return "--map" if self.name == "column_map" else f"--{self.name.replace('_', '-')}"


def _column(name: str, text: str, **more: Any) -> Argument:
    return Argument(name, "column", text, "COLUMN", **more)


ARGUMENTS = {
    row.name: row
    for row in (
        _column("time", "The times: numbers, or dates with --start (default: AVAL ..)."),
        _column("event", "The events: 1 and 0, words, or CNSR (default: CNSR ..)."),
        _column("by", "The groups that are compared.", field="group"),
        _column("strata", "The strata of stratified tests and models (repeatable).",
                repeatable=True),
        Argument("interval", "asked",
                 "The scale of limits of survival: log-log (as SAS), log (as R) or plain.",
                 "log-log|log|plain", "log-log", "intervals"),
        Argument("at", "asked", "Times of rates and numbers at risk, in their unit.", "6,12"),
        Argument("tau", "asked", "Up to which time the restricted mean goes.", "TIME"),
        Argument("quantiles", "asked", "Percent of the patients with the event.", "25,50,75", 50),
        Argument("median_rule", "asked",
                 "Of the two ways of R: quantile(fit), or what it prints of a fit.",
                 "quantile|table", "quantile", "median_rules"),
        Argument("ties", "asked", "Of Cox models: Efron (as R) or Breslow (as SAS).",
                 "Efron|Breslow", "Efron", "ties"),
        Argument("level", "asked", "Of all confidence limits.", "PERCENT", 95),
        Argument("reference", "asked", "What others are compared with (default: the first).",
                 "GROUP"),
        Argument("competing", "read", "Codes of a competing event: cumulative incidences.",
                 "CODE"),
        Argument("variance", "asked", "Of cumulative incidences.", "delta|Aalen", "delta",
                 "variances"),
        Argument("event_code", "read", "Codes of the event: 2 where 1 is censored.", "CODE"),
        Argument("censored_code", "read", "Codes of censored times, if several: 0,3.", "CODE"),
        _column("start", "The dates that times count from."),
        Argument("unit", "table", "Of the times: days, weeks, months or years.",
                 completions="units"),
        Argument("endpoint", "read", "Of a table with several (PARAMCD): PFS."),
        Argument("dates", "read", "The order in 01/02/2021; or serial, sas, r.", "dmy|mdy",
                 completions="date_forms"),
        Argument("encoding", "read", "Of a table's text: windows-1252 ..",
                 completions="encodings"),
        Argument("sheet", "read", "Of a workbook (default: the first)."),
        Argument("column_map", "table", "The column of id, unit or endpoint (repeatable).",
                 "FIELD=COLUMN", completions="times_fields", repeatable=True),
    )
}  # fmt: skip


def of_part(part: Part, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of one part, by the names that they have below.

    Args:
        part: the part.
        given: values by the names of ``ARGUMENTS``.
    """
    rows = (row for row in ARGUMENTS.values() if row.part == part)
    return {row.field or row.name: given[row.name] for row in rows if row.name in given}
