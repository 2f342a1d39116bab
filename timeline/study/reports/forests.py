"""The forest plots of a study: response rates, and hazard ratios where two groups are compared.

They show the numbers of the tables, row by row.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

import attrs

from renderers.forest.figure import forest
from renderers.forest.rows import RATE, RATIO, ForestPlot, ForestRow
from renderers.scene.journals import Page
from renderers.scene.scene import Scene
from timeline.study.reports.printed import Figure, figures, text
from timeline.study.subgroups import GROUPING, VERSUS
from timeline.study.summary import StudySummary

RATES = ("ORR", "DCR")  # the rates that are drawn
_DASH = "\N{EN DASH}"
LayOut = Callable[[Page], Scene]


def plots(summary: StudySummary) -> tuple[ForestPlot, ...]:
    """What the forest plots of a study show: ORR, DCR, PFS, OS; none without subgroups."""
    if not summary.by:
        return ()
    every = (*(_of_rate(summary, name) for name in RATES), *_of_ratios(summary))
    return tuple(plot for plot in every if len(plot.rows) > 1)


def forests(summary: StudySummary) -> tuple[tuple[str, LayOut], ...]:
    """The forest plots of a study that have an estimate to draw, by what they show."""
    return tuple((plot.what, functools.partial(forest, plot)) for plot in plots(summary)
                 if is_drawn(plot))  # fmt: skip


def is_drawn(plot: ForestPlot) -> bool:
    """Whether a plot has an estimate: a figure without any would show an empty axis."""
    return any(row.estimate is not None for row in plot.rows)


def _of_rate(summary: StudySummary, name: str) -> ForestPlot:
    settings = summary.cohort.settings
    population, method = settings.denominators[0], settings.limits_of_rates[0]
    rows = tuple(
        ForestRow(
            label=each.group,
            heading=_heading(summary, each),
            cells=(f"{each.count} / {text(each.row('N'), 0)}",),
            estimate=_number(each, "p"),
            low=_number(each, "conf.low", method) if each.is_one("p") else None,
            high=_number(each, "conf.high", method) if each.is_one("p") else None,
            size=int(each.row("N").stat or 0),
            text=f"{each.percent} ({each.limits(method).replace(' to ', _DASH)})"
            if each.is_one("p") else each.percent,
        )
        for each in figures(summary)
        if (each.context, each.variable, each.population) == ("rate", name, population)
    )  # fmt: skip
    return ForestPlot(kind=RATE, what=name, columns=("",), level=settings.confidence_level,
                      rows=_ordered(summary, rows), method=method)  # fmt: skip


def _of_ratios(summary: StudySummary) -> tuple[ForestPlot, ...]:
    if not summary.arms:
        return ()
    every = [each for each in figures(summary) if each.context == "hazard_ratio"]
    counts = {(each.by, each.group, each.variable, each.level): each for each in every}
    versus = VERSUS.format(name=summary.arms[1], reference=summary.arms[0])
    names = dict.fromkeys(each.variable for each in every)
    return tuple(
        ForestPlot(
            kind=RATIO,
            what=name,
            columns=summary.arms,
            level=summary.cohort.settings.confidence_level,
            rows=_ordered(summary, tuple(
                _ratio(summary, each, [counts[each.by, each.group, name, arm]
                                       for arm in summary.arms])
                for each in every if (each.variable, each.level) == (name, versus)
            )),
            method=next(each.row("estimate").method for each in every if each.has("estimate")),
        )
        for name in names
    )  # fmt: skip


def _ratio(summary: StudySummary, each: Figure, arms: Sequence[Figure]) -> ForestRow:
    estimate = _number(each, "estimate")
    limits = each.limits(decimals=2).replace(" to ", _DASH)
    return ForestRow(
        label=each.group,
        heading=_heading(summary, each),
        cells=tuple(f"{text(arm.row('n.event'), 0)} / {text(arm.row('n'), 0)}" for arm in arms),
        estimate=estimate,
        low=_number(each, "conf.low"),
        high=_number(each, "conf.high"),
        size=sum(int(arm.row("n").stat_low or 0) for arm in arms),
        text="" if estimate is None else f"{text(each.row('estimate'), 2)} ({limits})",
    )


def _number(each: Figure, name: str, method: str = "") -> float | None:
    found = each.row(name, method).stat
    return None if found is None else float(found)


def _heading(summary: StudySummary, each: Figure) -> str:
    """The variable of a subgroup as the plot prints it; empty for all patients."""
    if not each.group:
        return ""
    return GROUPING[each.by].format_map(attrs.asdict(summary.cohort.settings))


def _ordered(summary: StudySummary, rows: tuple[ForestRow, ...]) -> tuple[ForestRow, ...]:
    """All patients first, then the subgroups of each variable together."""
    headings = ["", *(GROUPING[by] for by in summary.by)]
    return tuple(sorted(rows, key=lambda row: headings.index(row.heading)))
