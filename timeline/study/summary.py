"""The summary of a study: every number as a row, and the methods that state every convention."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from timeline.core.problem import near
from timeline.core.text.display import data_frame, html_table
from timeline.endpoints.derived_case import DerivedCase
from timeline.study.analyses import ADVERSE_EVENTS, ANALYSES, LEVEL, LIMITS, TIMES
from timeline.study.cohort import POPULATIONS, Cohort
from timeline.study.counting import adverse_event_rows, analysis_rows
from timeline.study.statistic import COLUMNS, StudyStatistic, record_of
from timeline.study.times import time_rows

AT = (Fraction(6), Fraction(12), Fraction(24))  # months at which rates are printed
GROUPING = {row.name: row.title for row in ANALYSES if row.table == "baseline" and row.category}
Progress = Callable[[str], None]


def _silent(_: str) -> None:
    pass


@attrs.frozen(kw_only=True, slots=False, eq=False)
class StudySummary:
    """The numbers of a study.

    Attributes:
        cohort: the patients.
        rows: a row a number, in the order of the report.
        by: the variable of the subgroups; empty where there are none.
        at: the months at which rates are given.
    """

    cohort: Cohort
    rows: tuple[StudyStatistic, ...] = attrs.field(repr=False)
    by: str = ""
    at: tuple[Fraction, ...] = AT

    def __repr__(self) -> str:
        return f"<StudySummary {self.cohort.name}: {len(self.rows):,} numbers>"

    def find(self, variable: str, stat_name: str, **fields: str) -> StudyStatistic:
        """The one row of a number.

        Args:
            variable: such as ``ORR``.
            stat_name: such as ``p``.
            fields: further columns by name: ``population="treated"``, ``variable_level="PR"``.

        Raises:
            KeyError: there is no such row, or several.
        """
        wanted = {"variable": variable, "stat_name": stat_name, "group1_level": "", **fields}
        found = [row for row in self.rows
                 if all(getattr(row, name) == value for name, value in wanted.items())]  # fmt: skip
        if len(found) != 1:
            raise KeyError(f"{len(found)} rows: {wanted}")
        return found[0]

    @cached_property
    def methods(self) -> tuple[str, ...]:
        """How every number was found, in sentences."""
        return tuple(_methods(self))

    def records(self) -> list[dict[str, Any]]:
        """Each number as a dict of plain values, by the names of ``COLUMNS``."""
        return [record_of(row) for row in self.rows]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        cohort = self.cohort
        return {
            "study": cohort.name,
            "line": cohort.line,
            "criterion": cohort.criterion,
            "by": self.by,
            "patients": [each.case.name for each in cohort.cases],
            "rows": self.records(),
            "methods": list(self.methods),
            "left_out": list(cohort.left_out),
        }

    def to_frame(self) -> Any:
        """The numbers as a ``pandas.DataFrame``, one a row.

        Raises:
            ImportError: pandas is not installed.
        """
        return data_frame(self.records(), COLUMNS)

    def save(self, *paths: Path | str) -> tuple[Path, ...]:
        """Write the report to files. All of them appear, or none.

        Args:
            paths: the suffix is the format: ``.html``, ``.docx``, ``.pdf``, ``.xlsx``, ``.json``,
                or ``.yaml`` for the claims that ``timeline audit`` checks.

        Returns:
            The files.

        Raises:
            ValueError: a suffix is unknown, or a file may not be replaced.
            ImportError: the library of a format is not installed; the message names the extra.
            OSError: a file cannot be written.
        """
        from timeline.study.formats import write_study

        return write_study(self, tuple(map(Path, paths)))

    def _repr_html_(self) -> str:
        """The numbers, for a notebook."""
        head = ("variable", "level", "population", "statistic", "value")
        rows = ((row.variable, row.variable_level, row.population, row.stat_label,
                 row.stat if row.is_one else f"{row.stat_low} to {row.stat_high}")
                for row in self.rows)  # fmt: skip
        return html_table(f"Study {self.cohort.name}", head, rows)


def summarise(
    cohort: Cohort,
    *,
    by: str = "",
    at: Sequence[float] | None = None,
    progress: Progress | None = None,
) -> StudySummary:
    """Summarise a cohort: baseline, response, rates, survival, adverse events and exposure.

    Args:
        cohort: the patients.
        by: a baseline variable whose groups rates and times are given of as well: ``sex``,
            ``diagnosis``, ``ecog``, ``regimen``.
        at: the months at which rates of survival are given; by default 6, 12 and 24.
        progress: is called with the title of each part as it begins.

    Returns:
        The summary; `StudySummary.save` writes it.

    Raises:
        ValueError: ``by`` is no such variable, or a time is below 0.

    Source:
        Each row names its own (`ANALYSES`).

    >>> import timeline as tl
    >>> found = tl.Cohort.of(["cases/wang2023.yaml", "cases/jin2025.yaml"]).summary()
    >>> found.find("ORR", "n", population="treated").stat
    1
    """
    if by and by not in GROUPING:
        raise ValueError(f"by: {by!r} ({near(by, GROUPING)})")
    times = AT if at is None else tuple(Fraction(str(each)) for each in at)
    if any(each < 0 for each in times):
        raise ValueError(f"at: a time below 0: {float(min(times)):g} (write months)")
    return StudySummary(
        cohort=cohort, rows=tuple(_rows(cohort, by, times, progress or _silent)), by=by, at=times
    )


def _rows(
    cohort: Cohort, by: str, at: Sequence[Fraction], progress: Progress
) -> Iterator[StudyStatistic]:
    for row in ANALYSES:
        progress(row.title)
        for population in row.populations:
            yield from analysis_rows(cohort, row, cohort.members(population), population)
            if by and row.with_limits:
                for name, group in groups_of(cohort, by, population):
                    yield from analysis_rows(cohort, row, group, population, group1=by,
                                             group1_level=name)  # fmt: skip
    for time in TIMES:
        progress(time.title)
        yield from time_rows(cohort, time, cohort.members(time.population), at)
        for name, group in groups_of(cohort, by, time.population) if by else ():
            yield from time_rows(cohort, time, group, at, group1=by, group1_level=name)
    progress("Adverse events")
    yield from adverse_event_rows(cohort, cohort.members("treated"))


def groups_of(
    cohort: Cohort, by: str, population: str
) -> Iterator[tuple[str, tuple[DerivedCase, ...]]]:
    """The groups of a baseline variable by name, with their patients."""
    category = next(row.category for row in ANALYSES if row.name == by)
    assert category is not None  # noqa: S101  (by is one of the categories)
    levels: dict[str, list[DerivedCase]] = {}
    for derived in cohort.members(population):
        for level in category(cohort, derived):
            levels.setdefault(level, []).append(derived)
    for name in sorted(levels):
        yield name, tuple(levels[name])


def _methods(summary: StudySummary) -> Iterator[str]:
    cohort = summary.cohort
    yield (
        f"Line {cohort.line} of therapy is studied; responses are by {cohort.criterion}, derived "
        "from the measurements, or from the words of the record where there are none."
    )
    for row in POPULATIONS.values():
        yield f"{row.title} (n = {len(cohort.members(row.name))}): {row.description}."
    for analysis in ANALYSES:
        yield f"{analysis.convention} [{analysis.source}]"
    limits = ", ".join(f"{name} [{_source(name)}]" for name in LIMITS)
    yield f"Limits of rates at {100 * LEVEL:g} %: {limits}."
    for time in TIMES:
        yield f"{time.convention}."
    yield (
        "Medians and rates of times: Kaplan-Meier, limits at 95 % on the log-log scale; median "
        "follow-up: reverse Kaplan-Meier [Schemper and Smith 1996]. 1 month = 30.4375 days. A "
        "patient without a date of start or end has no time and is in no count of the endpoint."
    )
    policies = sorted({each.settings.pfs_policy for each in cohort.cases})
    yield f"Censoring of PFS by the policy {', '.join(policies)}."
    yield ADVERSE_EVENTS
    yield (
        "Nothing is imputed. Where a record leaves a value open, a number is the range from the "
        "least to the greatest that all records together allow, and has no confidence limits but "
        "those of its two ends. Percentages are rounded half up to one decimal."
    )
    without = [each.case.name for each in cohort.cases if cohort.line_of(each) is None]
    if without:
        yield f"Without line {cohort.line} on record: {', '.join(without)}."
    for text in cohort.left_out:
        yield f"Not in the case files: {text}."


def _source(method: str) -> str:
    from timeline.statistics.proportions import METHODS

    return METHODS[method].source
