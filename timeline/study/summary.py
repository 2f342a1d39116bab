"""The summary of a study: every number as a row, and the methods that state every convention."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from timeline.core.text.display import data_frame, html_table
from timeline.settings.setting import in_words
from timeline.settings.study import STUDY_SETTINGS
from timeline.study.analyses import (
    ADVERSE_EVENTS,
    ANALYSES,
    OF_RECORDS,
    OF_TABLES,
    TIMES,
    Analysis,
)
from timeline.study.cohort import POPULATIONS, Cohort
from timeline.study.counting import adverse_event_rows, analysis_rows
from timeline.study.member import name_of
from timeline.study.statistic import COLUMNS, StudyStatistic, record_of
from timeline.study.subgroups import (
    VERSUS,
    compared_groups,
    comparison_rows,
    grouping_of,
    groups_of,
    left_open,
)
from timeline.study.times import time_rows
from timeline.terminology.criteria import provisional_note

AT = (Fraction(6), Fraction(12), Fraction(24))  # months at which rates are printed
COMPARED = 2  # of TIMES: the endpoints whose hazards are compared, PFS and OS
Progress = Callable[[str], None]


def _silent(_: str) -> None:
    pass


@attrs.frozen(kw_only=True, slots=False, eq=False)
class StudySummary:
    """The numbers of a study.

    Attributes:
        cohort: the patients.
        rows: a row a number, in the order of the report.
        by: the variables of the subgroups.
        at: the months at which rates are given.
        compare: the variable of the two groups whose hazards are compared; empty for none.
        arms: the two groups, the reference first.
        strata: the variable that the hazard ratios are stratified by; empty for none.
    """

    cohort: Cohort
    rows: tuple[StudyStatistic, ...] = attrs.field(repr=False)
    by: tuple[str, ...] = ()
    at: tuple[Fraction, ...] = AT
    compare: str = ""
    arms: tuple[str, ...] = ()
    strata: str = ""

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
            "by": list(self.by),
            "compare": self.compare,
            "arms": list(self.arms),
            "strata": self.strata,
            "settings": attrs.asdict(cohort.settings),
            "patients": [name_of(each) for each in cohort.patients],
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
        from timeline.study.reports.formats import write_study

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
    by: str | Sequence[str] = (),
    at: Sequence[float] | None = None,
    compare: str = "",
    reference: str = "",
    strata: str = "",
    progress: Progress | None = None,
) -> StudySummary:
    """Summarise a cohort: baseline, response, rates, survival, adverse events and exposure.

    Args:
        cohort: the patients.
        by: baseline variables whose groups rates and times are given of as well: ``sex``, ``age``,
            ``diagnosis``, ``ecog``, ``regimen``; of tables ``sex``, ``age`` and ``arm``.
        at: the months at which rates of survival are given; by default 6, 12 and 24.
        compare: a variable of these that has two groups, whose hazards of PFS and OS are compared,
            in all patients and in each subgroup.
        reference: the group that the other one is compared with; the first by name if left out.
        strata: a baseline variable that the hazard ratios are stratified by.
        progress: is called with the title of each part as it begins.

    Returns:
        The summary; `StudySummary.save` writes it.

    Raises:
        ValueError: a variable is unknown, ``compare`` has not two groups, or a time is below 0.

    Source:
        Each row names its own (`ANALYSES`).

    >>> import timeline as tl
    >>> found = tl.Cohort.of(["cases/wang2023.yaml", "cases/jin2025.yaml"]).summary()
    >>> found.find("ORR", "n", population="treated").stat
    1
    """
    several = (by,) if isinstance(by, str) else tuple(by)
    variables = tuple(dict.fromkeys(grouping_of(cohort, each) for each in several if each))
    if reference and not compare:
        raise ValueError(f"reference: {reference!r}, and nothing is compared (name the variable: "
                         "compare)")  # fmt: skip
    if strata and not compare:
        raise ValueError(
            f"strata: {strata!r}, and nothing is compared (name the variable: compare)"
        )
    if strata and grouping_of(cohort, strata) == compare:
        raise ValueError(f"strata: {strata!r} is what is compared (name another variable)")
    arms = compared_groups(cohort, compare, reference) if compare else ()
    times = AT if at is None else tuple(Fraction(str(each)) for each in at)
    if any(each < 0 for each in times):
        raise ValueError(f"at: a time below 0: {float(min(times)):g} (write months)")
    empty = StudySummary(cohort=cohort, rows=(), by=variables, at=times, compare=compare, arms=arms,
                         strata=strata)  # fmt: skip
    return attrs.evolve(empty, rows=tuple(_rows(empty, progress or _silent)))


def analyses_of(cohort: Cohort) -> tuple[Analysis, ...]:
    """The analyses that the cohort holds the values of."""
    lacks = {*cohort.lacks, *(OF_RECORDS if cohort.tables else OF_TABLES)}
    return tuple(row for row in ANALYSES if row.name not in lacks)


def _rows(summary: StudySummary, progress: Progress) -> Iterator[StudyStatistic]:
    cohort = summary.cohort
    for row in analyses_of(cohort):
        progress(row.title(cohort.settings))
        for population in row.denominators(cohort.settings):
            members = cohort.members(population)
            yield from analysis_rows(cohort, row, members, population)
            for by in summary.by if row.with_limits else ():
                for name, group in groups_of(cohort, by, members):
                    yield from analysis_rows(cohort, row, group, population, group1=by,
                                             group1_level=name)  # fmt: skip
    for time in TIMES:
        progress(time.title)
        members = cohort.members(time.population)
        yield from time_rows(cohort, time, members, summary.at)
        for by in summary.by:
            for name, group in groups_of(cohort, by, members):
                yield from time_rows(cohort, time, group, summary.at, group1=by, group1_level=name)
    if summary.arms:
        yield from _compared(summary, progress)
    progress("Adverse events")
    yield from adverse_event_rows(cohort, cohort.members("treated"))


def _compared(summary: StudySummary, progress: Progress) -> Iterator[StudyStatistic]:
    cohort, (reference, other) = summary.cohort, summary.arms
    arms = reference, other
    progress("Hazard ratios")
    for time in TIMES[:COMPARED]:
        members = cohort.members(time.population)
        yield from comparison_rows(cohort, time, members, summary.compare, arms, summary.strata)
        for by in summary.by:
            for name, group in groups_of(cohort, by, members) if by != summary.compare else ():
                yield from comparison_rows(cohort, time, group, summary.compare, arms,
                                           summary.strata, group1=by,
                                           group1_level=name)  # fmt: skip


def _methods(summary: StudySummary) -> Iterator[str]:
    cohort = summary.cohort
    settings = cohort.settings
    yield cohort.source or (
        f"Line {cohort.line} of therapy is studied; responses are by {cohort.criterion}, derived "
        "from the measurements, or from the words of the record where there are none."
    )
    if note := provisional_note(cohort.criterion):
        yield f"{note}."
    for row in POPULATIONS.values():
        yield f"{row.title} (n = {len(cohort.members(row.name))}): {row.description}."
    for analysis in analyses_of(cohort):
        yield f"{analysis.convention(settings)} [{analysis.source}]"
    level = f"{settings.confidence_level} %"
    limits = ", ".join(f"{name} [{_source(name)}]" for name in settings.limits_of_rates)
    yield f"Limits of rates at {level}: {limits}."
    for time in TIMES:
        yield f"{time.convention}."
    yield (
        f"Medians and rates of times: Kaplan-Meier, limits at {level} on the "
        f"{settings.survival_limits} scale; a median where the curve lies on one half: "
        f"{_MEDIANS[settings.median_rule]}; median follow-up: reverse Kaplan-Meier [Schemper and "
        "Smith 1996]. 1 month = 30.4375 days. A patient without a date of start or end has no time "
        "and is in no count of the endpoint."
    )
    yield from _groups_text(summary)
    if settings.vague_times != "range":
        yield (
            f"A time that is a range of possible times is taken at its {settings.vague_times}, "
            "unless the record leaves open whether it ends with the event."
        )
    if settings.restricted_mean_months is not None:
        yield (
            f"Restricted mean: the area below the Kaplan-Meier curve up to "
            f"{settings.restricted_mean_months} months, limits at {level} of a normal variable "
            "[Royston and Parmar 2013]; none of a group whose longest time is shorter."
        )
    policies = sorted({each.settings.pfs_policy for each in cohort.cases})
    if policies:
        yield f"Censoring of PFS by the policy {', '.join(policies)}."
    if not cohort.tables or cohort.adverse_rule:
        yield cohort.adverse_rule or ADVERSE_EVENTS
    yield (
        f"{_IMPUTED[settings.vague_times == 'range']} Where a record leaves a value open, a "
        "number is the range from the least to the greatest that all records together allow, and "
        "has no confidence limits but those of its two ends. Percentages are rounded half up to "
        "one decimal."
        if not cohort.tables
        else "Percentages are rounded half up to one decimal."
    )
    changed = [f"{name} = {in_words(value)}" for name, row in STUDY_SETTINGS.items()
               if (value := getattr(settings, name)) != row.default]  # fmt: skip
    yield f"Settings that differ from the default: {', '.join(changed) or 'none'}."
    without = [name_of(each) for each in cohort.patients if not cohort.is_treated(each)]
    if without and not cohort.tables:
        yield f"Without line {cohort.line} on record: {', '.join(without)}."
    elif without:
        yield f"Not treated: {', '.join(without)}."
    held = "the tables" if cohort.tables else "the case files"
    for text in cohort.left_out:
        yield f"Not in {held}: {text}."


_IMPUTED = {True: "Nothing is imputed.", False: "Nothing else is imputed."}
_MEDIANS = {
    "quantile": "the middle of that stretch, at the end of the curve as well",
    "table": "the middle of that stretch, but at the end of the curve its first time",
}


def _groups_text(summary: StudySummary) -> Iterator[str]:
    """How subgroups are made, and what is compared."""
    cohort, settings = summary.cohort, summary.cohort.settings
    for by in (*summary.by, *([summary.compare] if summary.compare else [])):
        if by == "age":
            yield (f"Subgroups by age: below {settings.age_cut_years} years, and "
                   f"{settings.age_cut_years} years or older.")  # fmt: skip
        if names := left_open(cohort, by):
            yield f"Subgroup by {by} left open by the record: {', '.join(names)}."
    if summary.by:
        yield (
            "Subgroups are described: no test of interaction is made, and limits are not adjusted "
            "for their number [Wang 2007, doi:10.1056/NEJMsr077003]."
        )
    if summary.arms:
        reference, other = summary.arms
        yield (
            f"Hazard ratios, {VERSUS.format(name=other, reference=reference)}: Cox model with the "
            f"group as its only covariate, {settings.ties}'s method for ties, Wald limits at "
            f"{settings.confidence_level} %, {_stratified(summary)}; hazards are assumed to be "
            "proportional [Cox 1972]. Below 1 favours the group named first. Groups that were not "
            "randomised may differ in more than the treatment."
        )


def _stratified(summary: StudySummary) -> str:
    if not summary.strata:
        return "not stratified"
    return f"stratified by {summary.strata}, each stratum with a baseline hazard of its own"


def _source(method: str) -> str:
    from timeline.statistics.proportions import METHODS

    return METHODS[method].source
