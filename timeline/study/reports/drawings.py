"""The figures of the report of a study: of cases, or of the values of tables."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from renderers.forest.figure import forest
from renderers.survival.figure import survival_of
from renderers.tables.csv_table import Table
from timeline.study.analyses import TIMES, TimeAnalysis
from timeline.study.patient_values import endpoint_name
from timeline.study.reports.forests import is_drawn, plots
from timeline.study.reports.lanes import lanes_of
from timeline.study.summary import StudySummary
from timeline.study.times import UNIT, exact_times, followed
from timeline.views.board_report.content import Block, Paragraph, Section
from timeline.views.board_report.figures import figure_of_cases, figure_of_scene, figure_of_table

MANY = 60  # patients from which a swimmer plot would fill more than two pages
CURVES = 2  # of TIMES: the endpoints whose curves are drawn, PFS and OS


def drawings(summary: StudySummary) -> Section:
    """The figures of a study: swimmer, waterfall, spider, curves, forest plots."""
    cohort = summary.cohort
    found = _of_tables(summary) if cohort.tables else _of_cases(summary)
    blocks: list[Block] = list(found) if cohort.members("treated") else []
    for plot in plots(summary):
        if is_drawn(plot):
            blocks += figure_of_scene("forest", functools.partial(forest, plot))
        else:
            blocks.append(Paragraph(f"No forest plot of {plot.what}: nothing is estimable."))
    return Section("figures", "Figures", tuple(blocks))


def _of_cases(summary: StudySummary) -> Iterator[Block]:
    cohort = summary.cohort
    cases = tuple(each for each in cohort.cases if cohort.is_treated(each))
    line = {"line": cohort.line}
    if len(cases) <= MANY:
        yield from figure_of_cases(cases, "swimmer")
    else:
        yield Paragraph(f"More than {MANY} patients: no swimmer plot.")
    yield from figure_of_cases(cases, "waterfall", **line)
    yield from figure_of_cases(cases, "spider", **line)
    for row in TIMES[:CURVES]:
        found = followed(cohort, row, cohort.members(row.population))
        if cohort.settings.vague_times != "range" and all(one.is_exact for _, one in found):
            yield from _curve(summary, row)  # of the times that the tables rest on
            continue
        name = endpoint_name(row.endpoint, cohort.criterion)
        yield from figure_of_cases(cases, "survival", endpoint=name, **line)


def _of_tables(summary: StudySummary) -> Iterator[Block]:
    cohort = summary.cohort
    lanes = lanes_of(summary)
    if lanes is None:
        yield Paragraph("The tables hold no time of a treated subject: no swimmer plot.")
    elif len(cohort.members("treated")) > MANY:
        yield Paragraph(f"More than {MANY} patients: no swimmer plot.")
    else:
        yield from figure_of_table(lanes, "swimmer")
    if cohort.changes:
        rows = tuple(
            (number, (each.subject, f"{each.weeks:g}", f"{each.percent:g}"))
            for number, each in enumerate(cohort.changes, start=2)
            if each.weeks is not None
        )
        headings = ("id", "weeks", "change")
        table = Table(file="changes of the sum", line=1, headings=headings, rows=rows)
        for kind in ("waterfall", "spider"):
            yield from figure_of_table(table, kind)
    else:
        yield Paragraph("The tables hold no sums of target lesions: no waterfall and no spider "
                        "plot.")  # fmt: skip
    for row in TIMES[:CURVES]:
        yield from _curve(summary, row)


def _curve(summary: StudySummary, row: TimeAnalysis) -> Iterator[Block]:
    cohort = summary.cohort
    found = followed(cohort, row, cohort.members(row.population))
    if not found:
        return
    times, events = exact_times(found)
    name = endpoint_name(row.endpoint, cohort.criterion)
    yield from figure_of_scene(
        "survival",
        lambda page: survival_of(times, events, (), page, endpoint=name, unit=UNIT,
                                 conf_type=cohort.settings.survival_limits),
    )  # fmt: skip
