"""The report of a study as content: tables of its numbers, figures, patients and methods.

HTML, DOCX and PDF are written from it, as every report of the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

import attrs

from timeline.settings.study import StudySettings
from timeline.study.analyses import ANALYSES, TIMES
from timeline.study.cohort import POPULATIONS
from timeline.study.counting import ANY, GRADES, SEVERE
from timeline.study.member import name_of
from timeline.study.patient_values import NOT_STATED, OPEN_GROUP, YES, endpoint_name
from timeline.study.reports.drawings import drawings
from timeline.study.reports.printed import NOT_ESTIMABLE, Figure, figures, p_value, text, years
from timeline.study.subgroups import GROUPING, NO_RATIO, TAKES_MIDDLE, VERSUS
from timeline.study.summary import StudySummary, analyses_of
from timeline.study.times import NO_LIMITS
from timeline.views.board_report.content import (
    Block,
    Cell,
    Column,
    Content,
    Facts,
    Items,
    Paragraph,
    RowGroup,
    Section,
    Table,
    cells,
    plural,
    table,
)
from timeline.views.board_report.sources import closing_text

_OF = {row.name: row for row in ANALYSES}
_MANY_NAMES, _SHORT = 30, 3  # names from which their common start is left out, if it is longer
_INVENTED = "SYNTHETIC"  # how the identifiers of made-up patients begin


def study_content(summary: StudySummary) -> Content:
    """All sections of the report of a study."""
    every = tuple(figures(summary))
    cohort = summary.cohort
    invented = any(name_of(each).startswith(_INVENTED) for each in cohort.patients)
    sections = (
        _overview(summary),
        _categories(summary, every, "baseline", "Baseline characteristics"),
        _response(summary, every),
        _times(summary, every),
        _comparisons(summary, every),
        _adverse_events(summary, every),
        _categories(summary, every, "exposure", "Exposure"),
        drawings(summary),
        _patients(summary, every),
        Section("methods", "Methods", (Items("methods", summary.methods),)),
    )
    patients = plural(len(cohort.patients), "patient")
    return Content(
        title=f"Study report: {cohort.name}",
        subtitle=f"SYNTHETIC: {patients}, all invented" if invented else patients,
        sections=tuple(each for each in sections if each.blocks),
        closing=closing_text(cohort.cases),
    )


def _overview(summary: StudySummary) -> Section:
    cohort = summary.cohort
    rows = [
        ("Patients", str(len(cohort.patients))),
        *((row.title, f"{len(cohort.members(row.name))}: {row.description}")
          for row in POPULATIONS.values() if row.name != "all"),
        *([("Line studied", str(cohort.line))] if not cohort.tables else []),
        ("Response criterion", cohort.criterion),
    ]  # fmt: skip
    if summary.by:
        rows.append(("Subgroups by", "; ".join(_group_title(summary, by) for by in summary.by)))
    if summary.arms:
        rows.append(("Compared", f"{summary.arms[1]} with {summary.arms[0]}"))
    return Section("overview", "Overview", (Facts("overview", tuple(rows)),))


def _group_title(summary: StudySummary, by: str) -> str:
    """What the groups of a variable are by."""
    return GROUPING[by].format_map(attrs.asdict(summary.cohort.settings))


def _size(summary: StudySummary, population: str) -> str:
    row = POPULATIONS[population]
    return f"{row.title} (n = {len(summary.cohort.members(population))})"


def _categories(summary: StudySummary, every: Sequence[Figure], name: str, title: str) -> Section:
    """A table of categories and values, a group of rows a variable."""
    settings = summary.cohort.settings
    groups = [
        RowGroup(tuple(rows), f"{row.title(settings)}; {_size(summary, row.populations[0])}")
        for row in analyses_of(summary.cohort)
        if row.table == name and (rows := list(_lines(every, row.name, settings)))
    ]
    columns = (Column("level", "Characteristic", 5), Column("value", "n (%), or median (range)", 4))
    made = Table(key=name, title=title, columns=columns, groups=tuple(groups), notes=(_OPEN,))
    return Section(name, title, (made,) if groups else ())


_OPEN = "A range (2 to 3) is what the records allow where they leave a value open."


def _lines(
    every: Sequence[Figure], variable: str, settings: StudySettings
) -> Iterator[tuple[Cell, ...]]:
    for each in every:
        if each.variable != variable or each.group:
            continue
        if each.context == "continuous":
            if each.has("median"):
                ends = (text(each.row(name), 0 if variable == "age" else 1)
                        for name in ("min", "max"))  # fmt: skip
                middle = each.row("median")
                value = years(middle) if variable == "age" else text(middle, 1)
                yield cells(("Median (least; greatest)", f"{value} ({'; '.join(ends)})"))
            if each.row("n.missing").stat:
                yield cells(("Not stated", text(each.row("n.missing"), 0)))
        else:
            yield cells((_OF[variable].level_title(each.level, settings), each.count_and_percent))


def _response(summary: StudySummary, every: Sequence[Figure]) -> Section:
    found = _categories(summary, every, "response", "Response")
    settings = summary.cohort.settings
    columns = (
        Column("rate", "Rate", 4),
        Column("group", "Patients", 3),
        Column("count", "Count / denominator", 3),
        Column("percent", "Percent", 2),
        *(Column(name.lower(), f"{_limits(summary)}, {name}", 3)
          for name in settings.limits_of_rates),
    )  # fmt: skip
    rows = [
        (_OF[each.variable].title(settings), _group(each, summary),
         f"{each.count} / {text(each.row('N'), 0)}", each.percent,
         *(each.limits(name) for name in settings.limits_of_rates))
        for each in every if each.context == "rate"
    ]  # fmt: skip
    rates = table("rates", "Response rates", columns, rows, notes=(_OPEN,))
    return Section("response", "Response", (*found.blocks, *rates))


def _limits(summary: StudySummary) -> str:
    return f"{summary.cohort.settings.confidence_level} % limits"


def _group(each: Figure, summary: StudySummary) -> str:
    title = POPULATIONS[each.population].title
    if not each.group:
        return title
    plain = (NOT_STATED, OPEN_GROUP)
    named = f"{_group_title(summary, each.by)} {each.group}" if each.group in plain else each.group
    return f"{title}, {named}"


def _times(summary: StudySummary, every: Sequence[Figure]) -> Section:
    """Medians with limits, then rates at times, a group of rows an endpoint."""
    titles = {endpoint_name(row.endpoint, summary.cohort.criterion): row.title for row in TIMES}
    medians: list[tuple[str, ...]] = []
    rates: list[tuple[str, ...]] = []
    for each in every:
        name = f"{titles.get(each.variable, '')} ({each.variable})"
        who = _group(each, summary)
        if each.context == "survival_counts":
            of = {own.context: own for own in every
                  if each.is_count_of(own)
                  and own.context in ("survival_quantile", "follow_up_quantile")}  # fmt: skip
            median = of["survival_quantile"]
            follow_up = of.get("follow_up_quantile")
            medians.append(
                (name, who, text(each.row("n"), 0), text(each.row("n.event"), 0),
                 text(median.row("estimate"), 1), _limits_or_why(median),
                 text(follow_up.row("estimate"), 1) if follow_up else "")
            )  # fmt: skip
        elif each.context == "survival_rate" and each.has("estimate"):
            rates.append((name, who, each.level, text(each.row("n.risk"), 0),
                          text(each.row("estimate"), 1), each.limits()))  # fmt: skip
    first = (Column("endpoint", "Endpoint", 4), Column("group", "Patients", 3))
    columns = (*first, Column("n", "n", 1), Column("events", "Events", 2),
               Column("median", "Median, months", 3), Column("limits", _limits(summary), 3),
               Column("follow_up", "Median follow-up, months", 3))  # fmt: skip
    of_rates = (
        *first,
        Column("time", "At", 2),
        Column("at_risk", "At risk", 2),
        Column("rate", "Without the event, %", 3),
        Column("limits", _limits(summary), 3),
    )
    notes = (_OPEN, "1 month = 30.4375 days. No limits are given where a time is a range.")
    blocks: tuple[Block, ...] = (
        *table("times", "Times to events", columns, medians, notes=notes),
        *table("survival-rates", "Rates at times", of_rates, rates, notes=notes),
        *_means(summary, every),
    )
    none = [name for name in titles if not any(each.variable == name for each in every)]
    if none:
        blocks += (Paragraph(f"No patient has a time: {', '.join(none)}."),)
    return Section("survival", "Survival", blocks)


def _adverse_events(summary: StudySummary, every: Sequence[Figure]) -> Section:
    columns = (
        Column("term", "Adverse event", 5),
        Column("any", "Any grade, n (%)", 3),
        *(Column(f"grade_{each}", f"Grade {each}", 1) for each in GRADES),
        Column("severe", "Grade 3-5, n (%)", 3),
    )
    by_term: dict[str, dict[str, Figure]] = {}
    for each in every:
        if each.context == "adverse_event":
            by_term.setdefault(each.variable, {})[each.level] = each
    rows = [
        (term, levels[ANY].count_and_percent, *(levels[each].count for each in GRADES),
         levels[SEVERE].count_and_percent)
        for term, levels in by_term.items()
    ]  # fmt: skip
    title = f"Adverse events by worst grade; {_size(summary, 'treated')}"
    return Section("adverse-events", "Adverse events",
                   table("adverse-events", title, columns, rows, notes=(_OPEN,)))  # fmt: skip


def _means(summary: StudySummary, every: Sequence[Figure]) -> tuple[Table, ...]:
    """Restricted means, where they are asked for."""
    columns = (Column("endpoint", "Endpoint", 2), Column("group", "Patients", 3),
               Column("mean", "Mean, months", 3),
               Column("limits", _limits(summary), 3))  # fmt: skip
    rows = [
        (each.variable, _group(each, summary), _value(each, "estimate", 1),
         _limits_or_why(each))
        for each in every if each.context == "restricted_mean"
    ]  # fmt: skip
    months = summary.cohort.settings.restricted_mean_months
    title = f"Restricted mean time without the event, up to {months} months"
    return table("restricted-means", title, columns, rows)


def _limits_or_why(each: Figure) -> str:
    """The limits; that they are not defined where an estimate has none; else nothing."""
    found = each.limits()
    if found or not each.is_one("estimate"):
        return found
    reason = each.row("conf.low").reason
    return "" if reason == NO_LIMITS else reason


def _value(each: Figure, name: str, decimals: int) -> str:
    """A number, or that it is not estimable and why."""
    row = each.row(name)
    found = text(row, decimals)
    return f"{found} ({row.reason})" if found == NOT_ESTIMABLE and row.reason else found


def _comparisons(summary: StudySummary, every: Sequence[Figure]) -> Section:
    """Hazard ratios, and differences of restricted means: all patients, then each subgroup."""
    if not summary.arms:
        return Section("comparisons", "Comparisons", ())
    versus = VERSUS.format(name=summary.arms[1], reference=summary.arms[0])
    counts = {(each.by, each.group, each.variable, each.level): each for each in every
              if each.context == "hazard_ratio"}  # fmt: skip

    def events(each: Figure, arm: str) -> str:
        own = counts[each.by, each.group, each.variable, arm]
        return f"{text(own.row('n.event'), 0)} / {text(own.row('n'), 0)}"

    ratios = [
        (each.variable, _subgroup(each, summary), *(events(each, arm) for arm in summary.arms),
         _value(each, "estimate", 2), each.limits(decimals=2), p_value(each.row("p.value")))
        for each in every if each.context == "hazard_ratio" and each.has("estimate")
    ]  # fmt: skip
    differences = [
        (each.variable, _subgroup(each, summary), _value(each, "estimate", 1),
         _limits_or_why(each), p_value(each.row("p.value")))
        for each in every if each.context == "restricted_mean_difference"
    ]  # fmt: skip
    first = (Column("endpoint", "Endpoint", 2), Column("group", "Subgroup", 3))
    last = (Column("limits", _limits(summary), 3), Column("p", "p", 2))
    of_ratios = (
        *first,
        Column("reference", f"{summary.arms[0]}, events / n", 2),
        Column("other", f"{summary.arms[1]}, events / n", 2),
        Column("ratio", "Hazard ratio", 3),
        *last,
    )
    of_means = (*first, Column("difference", "Difference, months", 3), *last)
    months = summary.cohort.settings.restricted_mean_months
    is_open = any(row.reason.startswith(NO_RATIO) for row in summary.rows)
    advice = (f"With {TAKES_MIDDLE} a time that is a range counts as its middle.",) * is_open
    blocks = (
        *table("hazard-ratios", f"Hazard ratios, {versus}", of_ratios, ratios,
               notes=("p of the Wald test, two-sided.", *advice)),
        *table("mean-differences",
               f"Differences of restricted means up to {months} months, {versus}", of_means,
               differences),
    )  # fmt: skip
    return Section("comparisons", "Comparisons", blocks)


def _subgroup(each: Figure, summary: StudySummary) -> str:
    return f"{_group_title(summary, each.by)}: {each.group}" if each.group else "All patients"


def _patients(summary: StudySummary, every: Iterable[Figure]) -> Section:
    """Who is behind each count, so that every number can be followed to its patients."""
    columns = (
        Column("number", "Number", 5),
        Column("count", "n", 1),
        Column("patients", "Patients", 8),
        Column("possible", "Further patients that it may count", 5),
    )
    rows = []
    names = [name_of(each) for each in summary.cohort.patients]
    start = common_start(names)
    title = f"Patients behind each number{f'; each name begins with {start}' if start else ''}"
    for each in every:
        if each.context not in ("categorical", "rate", "adverse_event"):
            continue
        row = each.row("n")
        if not row.stat_high or (each.context == "adverse_event" and each.level == SEVERE):
            continue
        whole = len(row.subjects) == each.row("N").stat
        who = f"all: {_group(each, summary)}" if whole else listed(row.subjects, start)
        rows.append((_named(each, summary), each.count, who, listed(row.possible_subjects, start)))
    return Section("patients", "Patients behind each number",
                   table("patients", title, columns, rows))  # fmt: skip


def common_start(names: Sequence[str]) -> str:
    """What many names begin with alike, up to a mark such as a hyphen and zeros; else nothing."""
    if len(names) < _MANY_NAMES:
        return ""
    start = "".join(takewhile(bool, (each[0] if len({*each}) == 1 else ""
                                     for each in zip(*names, strict=False))))  # fmt: skip
    while start and start[-1] not in "-_./ 0":
        start = start[:-1]
    return start if len(start) > _SHORT and all(len(each) > len(start) for each in names) else ""


def listed(names: Sequence[str], start: str) -> str:
    """Names with commas between them, without their common start."""
    return ", ".join(name.removeprefix(start) for name in names)


def _named(each: Figure, summary: StudySummary) -> str:
    analysis = _OF.get(each.variable)
    title = each.variable if analysis is None else analysis.title(summary.cohort.settings)
    level = "" if each.level in ("", YES) else f": {each.level}"
    return f"{title}{level} ({_group(each, summary)})"
