"""What is drawn around survival curves: the options of the figure, with what each may be."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import attrs

from renderers.scene.palette import Palette
from timeline.core.problem import near
from timeline.statistics.survival.cumulative_incidence import VARIANCES
from timeline.statistics.survival.kaplan_meier import CONF_TYPES
from timeline.statistics.survival.proportional_hazards import TIES

MOST = 4  # curves that dashes can distinguish
COMPARISONS = ("log-rank", "hazard-ratio", "gray")
RISK_ROWS = ("at-risk", "censored", "events", "competing")
NO_ROWS = "none"
INCIDENCES = ("both", "event", "competing")


@attrs.frozen(kw_only=True)
class SurvivalOptions:
    """The options of survival curves, from cases and from tables alike.

    Attributes:
        unit: of the times: days, weeks, months or years.
        conf_type: the scale of every limit, a name of ``CONF_TYPES``.
        band: whether the limits of each curve are drawn.
        quantiles: percent of the patients with the event, 1 to 99; 50 is the median.
        landmarks: times at which the rate of each curve is printed, in ``unit``.
        compare: names of ``COMPARISONS``.
        reference: the group that hazards are compared with; empty for the first by name.
        ties: of the hazard ratio, a name of ``TIES``.
        variance: of a cumulative incidence, a name of ``VARIANCES``.
        incidence: of which event the curves of cumulative incidences are, of ``INCIDENCES``;
            empty for both, or for the event alone where both are more than ``MOST`` curves.
        risk_rows: rows of the table below the axis, of ``RISK_ROWS``; empty for all.
        palette: the colours of groups.
        time_zero: of a table, what its times count from, in words; empty where it is not stated.

    Raises:
        ValueError: a value is unknown, or not within its range.
    """

    unit: str = "months"
    conf_type: str = "log-log"
    band: bool = False
    quantiles: tuple[int, ...] = (50,)
    landmarks: tuple[Fraction, ...] = ()
    compare: tuple[str, ...] = ()
    reference: str = ""
    ties: str = "Efron"
    variance: str = "delta"
    incidence: str = ""
    risk_rows: tuple[str, ...] = ()
    palette: Palette = Palette()
    time_zero: str = ""

    def __attrs_post_init__(self) -> None:
        _known("kind of interval", self.conf_type, CONF_TYPES)
        _known("treatment of ties", self.ties, TIES)
        _known("variance", self.variance, VARIANCES)
        _known("incidence", self.incidence or INCIDENCES[0], INCIDENCES)

    def rows(self, *, competing: bool) -> tuple[str, ...]:
        """The rows of the table below the axis, in their order."""
        every = tuple(row for row in RISK_ROWS if competing or row != "competing")
        if self.risk_rows == (NO_ROWS,):
            return ()
        return tuple(row for row in every if not self.risk_rows or row in self.risk_rows)

    def refuse_unused(self, *, competing: bool) -> None:
        """Refuse options that would have no effect, all of them at once.

        Args:
            competing: whether the figure is of cumulative incidences.

        Raises:
            ValueError: an option would have no effect.
        """
        ratio = "hazard-ratio" in self.compare
        rows = (
            (self.reference and not ratio, "reference has no effect without compare=hazard-ratio"),
            (self.ties != "Efron" and not ratio, "ties has no effect without compare=hazard-ratio"),
            (
                "competing" in self.risk_rows and not competing,
                "no event competes, so it has no row",
            ),
            (
                "gray" in self.compare and not competing,
                "compare=gray is of cumulative incidences, which competing= asks for",
            ),
            (self.incidence and not competing, "incidence is of a competing event"),
            (self.variance != "delta" and not competing, "variance is of cumulative incidences"),
            (self.quantiles != (50,) and competing, "a cumulative incidence has no quantiles"),
        )
        wrong = [description for unused, description in rows if unused]
        if wrong:
            raise ValueError(
                f"{'; '.join(wrong)} (leave {'it' if len(wrong) == 1 else 'them'} out)"
            )


def refuse_many(names: Collection[str]) -> None:
    """Refuse more curves than dashes distinguish.

    Args:
        names: the names of the curves.

    Raises:
        ValueError: they are more than ``MOST``.
    """
    if len(names) > MOST:
        raise ValueError(
            f"{len(names)} curves, and dashes distinguish {MOST} (draw them in several figures): "
            f"{', '.join(names)}"
        )


def _known(what: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise ValueError(f"unknown {what}: {value!r} ({near(value, known)})")
