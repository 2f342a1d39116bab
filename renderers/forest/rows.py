"""What a forest plot shows: rows of estimates with limits, by subgroup."""

from __future__ import annotations

from timeline.core.frozen_class import frozen

RATE, RATIO = "rate", "ratio"  # percent on an even axis, ratios on a logarithmic one


@frozen(kw_only=True)
class ForestRow:
    """A row: all patients, or a subgroup.

    Attributes:
        label: the subgroup; empty for all patients.
        heading: the variable that the subgroup is one of; empty for all patients.
        cells: the texts of the columns between the label and the plot.
        estimate: None where it cannot be estimated.
        low: the lower limit; None where there is none.
        high: the upper limit; likewise.
        size: the number of patients, by which the square is drawn.
        text: the estimate and its limits as printed; empty where it cannot be estimated.
    """

    label: str = ""
    heading: str = ""
    cells: tuple[str, ...]
    estimate: float | None
    low: float | None
    high: float | None
    size: int
    text: str = ""


@frozen(kw_only=True)
class ForestPlot:
    """A forest plot.

    Attributes:
        kind: ``RATE`` or ``RATIO``.
        what: what is estimated, by its code: ``ORR``, ``PFS``.
        columns: the headings of the cells: one of a rate; of a ratio the two groups, the reference
            first.
        level: of the limits, in percent.
        rows: all patients first, then the subgroups in order.
        method: how the estimates were found.
    """

    kind: str
    what: str
    columns: tuple[str, ...]
    level: int
    rows: tuple[ForestRow, ...]
    method: str = ""
