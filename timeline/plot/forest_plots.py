"""Forest plots of the subgroups of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.core.problem import near
from timeline.figure import Figure
from timeline.plot.arguments import checked

if TYPE_CHECKING:
    from timeline.plot.arguments import Target
    from timeline.study import StudySummary


@checked
def forest(summary: StudySummary, what: str | None = None, *, ax: Target | None = None) -> Figure:
    """A forest plot: response rates, or hazard ratios of two groups, by subgroup.

    Args:
        summary: of a study, with ``by`` (subgroups) and, for hazard ratios, ``compare``.
        what: "ORR", "DCR", "PFS" or "OS"; the first that the summary holds if left out.
        ax: an ``Axes``, ``SubFigure`` or ``Figure`` of matplotlib to draw into; None for a figure
            of its own.

    Returns:
        The figure, to be saved or shown. Its numbers are those of the tables of the report.

    Raises:
        ValueError: the summary has no subgroups, or does not hold what is asked.

    Source:
        Lewis and Clarke 2001, doi:10.1136/bmj.322.7300.1479.
    """
    from timeline.study.reports.forests import forests

    found = dict(forests(summary))
    if not found:
        raise ValueError("the summary has no subgroups (write summary(by='sex'))")
    if what is not None and what not in found:
        raise ValueError(f"no forest plot of {what!r} ({near(what, found)})")
    name = what or next(iter(found))
    made = Figure("forest", (summary.cohort.name, name), found[name])
    return made if ax is None else made.drawn_into(ax)
