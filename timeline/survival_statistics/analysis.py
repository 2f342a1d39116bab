"""Survival statistics of a table of times and events, in one call."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from renderers.options import options_from_values
from renderers.survival.tables.from_table import READ_OPTIONS, reading_of
from timeline.core.calendar.durations import days_per
from timeline.core.problem import SHOWN, InvalidFile, Problem
from timeline.survival_statistics.arguments import ARGUMENTS, of_part
from timeline.survival_statistics.comparisons import comparison_statistics, reference_of
from timeline.survival_statistics.estimates import group_statistics
from timeline.survival_statistics.options import statistics_options
from timeline.survival_statistics.result import SurvivalStatistics
from timeline.survival_statistics.table import patients_of

Words = Callable[[str], str]  # a message of the reader of tables, in the words of the caller
Column = str | Sequence[Any] | Any  # the name of a column, or a value for each patient
_NAMES = {"group": "by"}  # fields of a table that are called otherwise here
_OPTION = re.compile(r"--option '?([a-z-]+)=([^\s;,)']+)'?")
_MAP = re.compile(r"--map ([a-z_]+)=([^\s;,):]+)")
_UNITS = "--option unit=days, weeks, months or years"


def command_words(text: str) -> str:
    """A message about a table, with its options as those of ``timeline survival``.

    >>> command_words("state it: --option event-code=2; or --map group=ARM")
    'state it: --event-code 2; or --by ARM'
    """
    text = _OPTION.sub(lambda found: f"--{found[1]} {found[2]}", text)
    return _MAP.sub(lambda found: _mapped(found, "--{} {}", "--map {}={}"), text)


def python_words(text: str) -> str:
    """A message about a table, with its options as the keywords of `survival`.

    >>> python_words("state it: --option event-code=2; or --map group=ARM")
    "state it: event_code='2'; or by='ARM'"
    """
    text = text.replace(_UNITS, "unit='days', 'weeks', 'months' or 'years'")
    text = _OPTION.sub(lambda found: f"{found[1].replace('-', '_')}={found[2]!r}", text)
    return _MAP.sub(lambda found: _mapped(found, "{}={!r}", "column_map={{{!r}: {!r}}}"), text)


def _mapped(found: re.Match[str], own: str, other: str) -> str:
    field = _NAMES.get(found[1], found[1])
    form = own if field in ("time", "event", "by", "start") else other
    return form.format(field, found[2])


def survival_statistics(
    table: Any, given: Mapping[str, Any], words: Words = python_words
) -> SurvivalStatistics:
    """The statistics of a table; both faces call this.

    Args:
        table: the path of a file, a data frame, or None where every column is a sequence.
        given: values by the names of `ARGUMENTS`; None where none is given.
        words: brings messages about the table into the words of the caller.

    Raises:
        InvalidFile: the table has faults.
        ValueError: an option is wrong.
        TypeError: it is no table.
    """
    columns, unit = of_part("column", given), given.get("unit") or ""
    strata = columns.pop("strata", None)
    options = statistics_options(of_part("asked", given))
    if unit:
        days_per(unit)
    read = {name: each for name, each in of_part("read", given).items() if each is not None}
    fields = options_from_values(READ_OPTIONS, read)
    reading = reading_of({**fields, "named_group": True, "needs_unit": False})
    try:
        named = given.get("column_map") or {}
        patients = patients_of(table, columns, strata, reading, unit, named)
    except InvalidFile as fault:
        raise InvalidFile(_in_words(each, words) for each in fault.problems) from None
    except ValueError as fault:
        raise ValueError(words(str(fault))) from None
    reference = reference_of(patients, options)
    rows = [row for name in patients.names or ("",)
            for row in group_statistics(patients, options, name)]  # fmt: skip
    rows += comparison_statistics(patients, options)
    return SurvivalStatistics(
        table=patients.name,
        variable=patients.endpoint,
        unit=patients.unit,
        by=patients.by,
        strata=patients.strata_of,
        groups=patients.names if patients.groups else (),
        reference=reference,
        options=options,
        rows=tuple(rows),
        notes=tuple(words(str(each)) for each in patients.notes),
    )


def _in_words(problem: Problem | str, words: Words) -> Problem | str:
    if isinstance(problem, str):
        return words(problem)
    return Problem(problem.where, words(problem.what))


def survival(
    table: Any = None,
    *,
    time: Column = None,
    event: Column = None,
    by: Column = None,
    strata: Column = None,
    interval: str = "log-log",
    at: float | Sequence[float] | None = None,
    tau: float | None = None,
    quantiles: float | Sequence[float] = 50,
    median_rule: str = "quantile",
    ties: str = "Efron",
    level: float = 95,
    reference: str | None = None,
    competing: str | int | Sequence[str | int] | None = None,
    variance: str = "delta",
    event_code: str | int | Sequence[str | int] | None = None,
    censored_code: str | int | Sequence[str | int] | None = None,
    start: Column = None,
    unit: str | None = None,
    endpoint: str | None = None,
    dates: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    column_map: Mapping[str, str] | None = None,
) -> SurvivalStatistics:
    """Survival statistics of a table of times and events, by group.

    Quantiles, rates at times, numbers at risk, restricted means and median follow-up of each group;
    log-rank and Fleming-Harrington tests, Cox hazard ratios and, with ``tau``, differences of
    restricted means where there are groups; cumulative
    incidences and Gray's test where an event competes.

    Args:
        table: a data frame of pandas, polars or pyarrow, or the path of a CSV, XLSX or Parquet
            file; a dataset of CDISC, or the path of one (XPT, Dataset-JSON); left out where every
            column is a sequence.
        time: the column of times, by name, or a Series, an array or a list with a value for each
            patient. Numbers, ``12+`` where censored, or dates with ``start``. Left out, a standard
            name is looked for, such as AVAL.
        event: the column of events: 1 and 0, True and False, words, or CNSR of ADaM, in which 0 is
            the event. Other codes, such as 1 and 2, are stated with ``event_code``.
        by: the column of groups.
        strata: the columns of strata, one or several, of stratified tests and models.
        interval: the scale of the limits of survival, "log-log" (as SAS), "log" (as R) or "plain".
        at: times of rates and numbers at risk, in the unit of the times.
        tau: up to which time the restricted mean goes.
        quantiles: percent of the patients with the event, 1 to 99.
        median_rule: "quantile" (R ``quantile(fit)``) or "table" (what R prints of a fit); they
            differ where a curve lies on the level to its end, or its limit rises again.
        ties: of Cox models, "Efron" (as R) or "Breslow" (as SAS).
        level: of all limits, in percent.
        reference: the group that hazards are compared with; the first by name if left out.
        competing: the codes or words of a competing event.
        variance: of a cumulative incidence, "delta" (as SAS) or "Aalen".
        event_code: the codes or words of the event; the only other code is then censored.
        censored_code: the codes or words of a censored time, where there are several.
        start: the column of dates that the times count from.
        unit: of the times: "days", "weeks", "months" (of 30.4375 days) or "years"; times that the
            table states in another unit are converted.
        endpoint: of a table with several (PARAMCD), such as "PFS".
        dates: "dmy" or "mdy" where 01/02/2021 may be either; "serial", "sas" or "r".
        encoding: of a file of text; UTF-8 if left out.
        sheet: of a workbook; the first if left out.
        column_map: the table's own names of the fields id, unit and endpoint.

    Returns:
        The statistics: ``rows`` holds each number with what it is and why it may be missing. Shares
        are from 0 to 1, times in ``unit``. The text of it is a table as papers print it.

    Raises:
        InvalidFile: the table has faults; all are listed.
        ValueError: an option has a wrong value, or a column is not there.
        TypeError: ``table`` is no table.

    Source:
        Kaplan and Meier 1958; Brookmeyer and Crowley 1982; Cox 1972; Mantel 1966; Aalen and
        Johansen 1978; Gray 1988. The numbers are those of R (package survival).

    >>> found = survival(time=[6, 7, 10, 15], event=[1, 0, 1, 0], at=8)
    >>> found.find("survival_rate", "estimate", level=8)
    0.75
    >>> found.find("survival_quantile", "estimate", level=50)
    10.0
    """
    own = locals()
    found = survival_statistics(table, {name: own[name] for name in ARGUMENTS})
    if found.notes:
        left = len(found.notes) - SHOWN
        more = [f"and {left:,} more like these"] if left > 0 else []
        warnings.warn("\n".join([*found.notes[:SHOWN], *more]), stacklevel=2)
    return found
