"""Survival statistics as a paper prints them: a column for each group, comparisons, methods."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from renderers.axes.elapsed import unit_label
from renderers.survival.numbers.comparison import NOT_ESTIMABLE, p_text, ratio_text
from timeline.core.calendar.durations import UNITS_IN_DAYS, rounded, unit_named
from timeline.core.frozen_class import frozen
from timeline.survival_statistics.estimates import NOT_DEFINED, NOT_REACHED
from timeline.survival_statistics.statistic import STRATIFIED, Statistic

if TYPE_CHECKING:
    from timeline.survival_statistics.result import SurvivalStatistics

ALL = "all patients"
_GAP = "   "
_SMALL = 0.05  # times below this are printed with two digits that count
_LONGEST_NAME = 28  # characters of the name of a group above its column


@frozen
class Line:
    """A line of the table: what it is, and a cell for each group."""

    label: str
    cells: tuple[str, ...]


@frozen(kw_only=True)
class PrintedTable:
    """The table in words.

    Attributes:
        title: what it is of.
        groups: the heads of the columns.
        lines: a cell for each group.
        comparisons: the sentences below the table.
        methods: how the numbers were found.
    """

    title: str
    groups: tuple[str, ...]
    lines: tuple[Line, ...]
    comparisons: tuple[str, ...]
    methods: str

    def text(self, width: int) -> str:
        """All of it as lines of at most ``width`` characters where the columns allow."""
        below = [line for text in self.comparisons for line in _wrapped(text, width, "  ")]
        methods = _wrapped(f"Methods: {self.methods}", width)
        blocks = "\n\n".join(self._blocks(width))
        parts = [self.title, "", blocks, *([""] if below else []), *below, "", *methods]
        return "\n".join(parts)

    def _blocks(self, width: int) -> Iterator[str]:
        """The columns side by side, those that do not fit below the others."""
        labels = ["", *(line.label for line in self.lines)]
        first = max(map(len, labels))
        columns = [[textwrap.shorten(name, _LONGEST_NAME, placeholder=" .."),
                    *(line.cells[n] for line in self.lines)]
                   for n, name in enumerate(self.groups)]  # fmt: skip
        block: list[list[str]] = []
        for column in columns:
            used = first + sum(len(_GAP) + max(map(len, each)) for each in (*block, column))
            if block and used > width:
                yield _beside(labels, block)
                block = []
            block.append(column)
        yield _beside(labels, block)


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False)


def _beside(labels: list[str], columns: list[list[str]]) -> str:
    every = [labels, *columns]
    widths = [max(map(len, column)) for column in every]
    rows = zip(*every, strict=True)
    return "\n".join(_GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
                     .rstrip() for row in rows)  # fmt: skip


class _Numbers:
    """The numbers of statistics by their place."""

    def __init__(self, found: SurvivalStatistics) -> None:
        self.unit = found.unit
        self.rows = {
            (row.context, row.variable, row.group, row.level, row.stat_name): row
            for row in found.rows
        }
        self.variable = found.variable

    def row(
        self,
        context: str,
        name: str,
        group: str = "",
        level: float | None = None,
        variable: str = "",
    ) -> Statistic:
        return self.rows[context, variable or self.variable, group, level, name]

    def number(self, *place: object) -> float | int | None:
        return self.row(*place).stat  # type: ignore[arg-type]

    def time(self, value: float | None) -> str:
        """A time in its unit; a half day is not rounded away."""
        if value is None:
            return NOT_REACHED
        if 0 < value < _SMALL:
            return f"{value:.2g}"
        if self.unit not in UNITS_IN_DAYS or (self.unit == "days" and value != int(value)):
            text = rounded(value, 2)
            return text.rstrip("0").rstrip(".")
        return unit_label(value, self.unit)


def printed_table(found: SurvivalStatistics) -> PrintedTable:
    """The table of some statistics."""
    numbers = _Numbers(found)
    groups = found.groups or ("",)
    return PrintedTable(
        title=_title(found),
        groups=tuple(name or ALL for name in groups),
        lines=tuple(
            Line(label, tuple(cell(name) for name in groups))
            for label, cell in _lines(found, numbers)
        ),
        comparisons=tuple(_comparisons(found, numbers)),
        methods=found.methods,
    )


def _title(found: SurvivalStatistics) -> str:
    by = f" by {found.by}" if found.by else ""
    unit = f", in {found.unit}" if found.unit else ""
    what = "Time" if unit_named(found.variable) else found.variable
    return f"{what}{by}{unit}; in brackets {found.options.level:g} % confidence limits"


Cell = Callable[[str], str]


def _lines(found: SurvivalStatistics, numbers: _Numbers) -> Iterator[tuple[str, Cell]]:
    counts = {row.stat_name: row.stat_label for row in found.rows if row.context == "counts"}
    yield "Patients", lambda group: f"{numbers.number('counts', 'n', group)}"
    for name in ("n.event", "n.competing", "n.censored"):
        if name in counts:
            yield counts[name].capitalize(), _share_of_patients(numbers, name)
    contexts = {row.context for row in found.rows}
    if "survival_quantile" in contexts:
        for percent in found.options.quantiles:
            label = "Median" if percent == 50 else f"Time by which {percent:g} % had it"
            yield label, _limited_time(numbers, "survival_quantile", percent)
    variables = dict.fromkeys(
        row.variable for row in found.rows if row.context == "cumulative_incidence"
    )
    for time in found.options.at:
        if "survival_rate" in contexts:
            yield f"Survival at {time:g}, %", _rate(numbers, "survival_rate", time)
            yield "  at risk", _at_risk(numbers, "survival_rate", time)
        for variable in variables:
            word = variable.removeprefix(f"{found.variable}: ")
            yield (
                f"Incidence of {word} at {time:g}, %",
                _rate(numbers, "cumulative_incidence", time, variable),
            )
        if variables:
            yield (
                "  at risk",
                _at_risk(numbers, "cumulative_incidence", time, next(iter(variables))),
            )
    if found.options.tau is not None and "restricted_mean" in contexts:
        tau = found.options.tau
        yield f"Mean up to {tau:g}", _mean(numbers, tau)
    yield "Median follow-up", _limited_time(numbers, "follow_up_quantile", 50.0)
    yield "Longest time", lambda group: numbers.time(numbers.number("counts", "longest", group))


def _share_of_patients(numbers: _Numbers, name: str) -> Cell:
    def cell(group: str) -> str:
        count, size = numbers.number("counts", name, group), numbers.number("counts", "n", group)
        return f"{count} ({rounded(100 * (count or 0) / (size or 1), 1)} %)"

    return cell


def _limited_time(numbers: _Numbers, context: str, level: float) -> Cell:
    def cell(group: str) -> str:
        value, low, high = (
            numbers.number(context, name, group, level)
            for name in ("estimate", "conf.low", "conf.high")
        )
        if value is None and low is None and high is None:
            return NOT_REACHED
        if value is not None and low is None:
            return f"{numbers.time(value)} ({NOT_DEFINED})"
        return f"{numbers.time(value)} ({numbers.time(low)} to {numbers.time(high)})"

    return cell


def _mean(numbers: _Numbers, tau: float) -> Cell:
    """A restricted mean; one beyond the longest time of the group says so."""
    limited = _limited_time(numbers, "restricted_mean", tau)

    def cell(group: str) -> str:
        longest = numbers.number("counts", "longest", group)
        is_beyond = longest is not None and longest < tau
        return limited(group) + (" (curve extended)" if is_beyond else "")

    return cell


def _rate(numbers: _Numbers, context: str, time: float, variable: str = "") -> Cell:
    def cell(group: str) -> str:
        share, low, high = (
            numbers.number(context, name, group, time, variable)
            for name in ("estimate", "conf.low", "conf.high")
        )
        if share is None:
            return "not observed"
        if low is None or high is None or share in (0, 1):  # where Greenwood's variance is 0
            return f"{_percent(share)} ({NOT_DEFINED})"
        return f"{_percent(share)} ({_percent(low)} to {_percent(high)})"

    return cell


def _at_risk(numbers: _Numbers, context: str, time: float, variable: str = "") -> Cell:
    return lambda group: f"{numbers.number(context, 'n.risk', group, time, variable)}"


def _percent(share: float) -> str:
    """A share in percent, rounded half up; a sum of floats is off in the thirteenth decimal."""
    return rounded(round(100 * share, 9), 1)


def _comparisons(found: SurvivalStatistics, numbers: _Numbers) -> Iterator[str]:
    if len(found.groups) < 2:
        if found.groups or found.strata:
            what = f"{found.by} has one group" if found.groups else "no column of groups is named"
            yield f"Nothing is compared: {what}."
        return
    specific = any(row.context == "gray" for row in found.rows)
    if any(row.context == "restricted_mean_difference" for row in found.rows):
        yield from _mean_differences(found, numbers)
    of = " of cause-specific hazards" if specific else ""
    for suffix in (STRATIFIED, "") if found.strata else ("",):
        how = f", stratified by {' and '.join(found.strata)}" if suffix else ""
        how = how or (", not stratified" if found.strata else "")
        yield f"Log-rank test{of}{how}: {_tested(numbers, 'log_rank' + suffix)}"
        for name in found.groups:
            if name != found.reference:
                opening = "Cause-specific hazard ratio" if specific else "Hazard ratio"
                ratio = _ratio(numbers, f"cox{suffix}", name)
                yield f"{opening}, {name} vs {found.reference}{how}: {ratio}"
        if suffix or not found.strata:
            yield from _other_tests(numbers, suffix, of, how)
    if specific:
        yield f"Gray's test of the incidences: {_tested(numbers, 'gray')}"


def _mean_differences(found: SurvivalStatistics, numbers: _Numbers) -> Iterator[str]:
    tau = found.options.tau
    for name in found.groups:
        if name == found.reference:
            continue
        value, low, high, p = (
            numbers.number("restricted_mean_difference", each, name, tau)
            for each in ("estimate", "conf.low", "conf.high", "p.value")
        )
        limits = f"limits {NOT_DEFINED}"
        if low is not None and high is not None and p is not None:
            limits = f"({_signed(numbers, low)} to {_signed(numbers, high)}), {p_text(p)}"
        yield (f"Difference of means up to {tau:g}, {name} less {found.reference}: "
               f"{_signed(numbers, value)} {limits}")  # fmt: skip


def _signed(numbers: _Numbers, value: float | None) -> str:
    """A difference of times in their unit, with its sign where it is below 0."""
    if value is None or value >= 0:
        return numbers.time(value or 0.0)
    return f"-{numbers.time(-value)}"


def _other_tests(numbers: _Numbers, suffix: str, of: str, how: str) -> Iterator[str]:
    weighted = _tested(numbers, "fleming_harrington" + suffix)
    yield f"Fleming-Harrington test (1, 0){of}{how}: {weighted}"
    tests = ((kind, f"cox_{kind.replace(' ', '_')}{suffix}")
             for kind in ("wald", "score", "likelihood ratio"))  # fmt: skip
    listed = "; ".join(f"{kind.replace('wald', 'Wald')} {_tested(numbers, context)}"
                       for kind, context in tests)  # fmt: skip
    yield f"Cox model{how}: {listed}"


def _tested(numbers: _Numbers, context: str) -> str:
    row = numbers.row(context, "statistic")
    df, p = numbers.number(context, "df"), numbers.number(context, "p.value")
    if row.stat is None or p is None:
        return f"not defined ({row.reason})"
    return f"χ² = {row.stat:.2f}, df = {df}, {p_text(p)}"


def _ratio(numbers: _Numbers, context: str, name: str) -> str:
    row = numbers.row(context, "hazard.ratio", name)
    low, high, p = (numbers.number(context, each, name)
                    for each in ("conf.low", "conf.high", "p.value"))  # fmt: skip
    if row.stat is None or low is None or high is None or p is None:
        return f"{NOT_ESTIMABLE} ({row.reason})"
    return f"{ratio_text(row.stat)} ({ratio_text(low)} to {ratio_text(high)}), {p_text(p)}"
