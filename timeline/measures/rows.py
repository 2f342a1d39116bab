"""The measures of a line: one row each, with its formula, its source, and how far that was read.

Where a source was not read, or is silent, the row says so by its ``basis`` and every output marks
the measure as provisional.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from timeline.core.state_machine import DERIVED, MUST_CHECK, READ
from timeline.measures.numbers import (
    TGK,
    TGR,
    depth,
    difference,
    early,
    is_early,
    ratio_of,
    time_to_nadir,
)
from timeline.measures.series import Found, Series
from timeline.settings.response import Settings


@attrs.frozen(kw_only=True)
class Measure:
    """A measure: what it is, how it is computed, and from which source.

    ``decimals``: of a printed value; 0 of days. ``basis``: one of `core.state_machine.BASES`.
    ``shown``: whether it is listed for a case; the rest are parts of others.
    """

    key: str
    name: str
    unit: str
    formula: str
    compute: Callable[[Series, Settings], Found]
    source: str
    basis: str
    decimals: int = 1
    shown: bool = True

    @property
    def provisional(self) -> bool:
        """Whether its source is still to be read."""
        return self.basis == MUST_CHECK


_ARCAD = "Bando 2025 (ARCAD), abstract; Heinemann 2015 (FIRE-3)"
_FERTE = "Ferté 2014, Clin Cancer Res 20:246, doi:10.1158/1078-0432.CCR-13-2098, by its scripts"
_SAADA = (
    "Saâda-Bouzid 2017, Ann Oncol 28:1605, doi:10.1093/annonc/mdx178, by Oncologist 2019 Table 1 "
    "(PMC7011624)"
)
MEASURES = {
    row.key: row
    for row in (
        Measure(
            key="depth_percent",
            name="depth of response",
            unit="%",
            formula="100 (baseline sum - smallest sum) / baseline sum; negative if it only grew",
            compute=depth,
            source=f"{_ARCAD}; negative values: no source",
            basis=READ,
        ),
        Measure(
            key="time_to_nadir",
            name="time to nadir",
            unit="days",
            formula="days to the first scan with the smallest sum",
            compute=time_to_nadir,
            source="no source read: of two equal sums the first",
            basis=DERIVED,
            decimals=0,
        ),
        Measure(
            key="ets_percent",
            name="early shrinkage",
            unit="%",
            formula="100 (baseline sum - sum) / baseline sum at the first scan on the days "
            "ets_day - ets_window to ets_day + ets_window",
            compute=early,
            source=_ARCAD,
            basis=READ,
        ),
        Measure(
            key="ets",
            name="early tumour shrinkage",
            unit="",
            formula="early shrinkage of ets_percent or more",
            compute=is_early,
            source=f"{_ARCAD}: 20 % at 8 weeks, give or take 2",
            basis=READ,
        ),
        Measure(
            key="tgr_ref",
            name="TGR before",
            unit="% a month",
            formula="100 (exp(3 ln(D1/D0)/t) - 1) from the scan before the baseline to it",
            compute=TGR[0],
            source=_FERTE,
            basis=READ,
        ),
        Measure(
            key="tgr_exp",
            name="TGR after",
            unit="% a month",
            formula="100 (exp(3 ln(D1/D0)/t) - 1) from the baseline to the first evaluation",
            compute=TGR[1],
            source=_FERTE,
            basis=READ,
        ),
        Measure(
            key="delta_tgr",
            name="TGR difference",
            unit="points a month",
            formula="TGR after less TGR before",
            compute=difference,
            source=_FERTE,
            basis=READ,
        ),
        Measure(
            key="tgr_ratio",
            name="TGR ratio",
            unit="",
            formula="TGR after divided by TGR before; none where that is not above 0",
            compute=ratio_of(TGR, "TGR"),
            source="Champiat 2017, by Oncologist 2019 Table 1 (PMC7011624)",
            basis=READ,
        ),
        Measure(
            key="tgk_ref",
            name="TGK before",
            unit="mm a day",
            formula="(D1 - D0) / t from the scan before the baseline to it",
            compute=TGK[0],
            source=_SAADA,
            basis=READ,
            decimals=2,
        ),
        Measure(
            key="tgk_exp",
            name="TGK after",
            unit="mm a day",
            formula="(D1 - D0) / t from the baseline to the first evaluation",
            compute=TGK[1],
            source=_SAADA,
            basis=READ,
            decimals=2,
        ),
        Measure(
            key="tgk_ratio",
            name="TGK ratio",
            unit="",
            formula="TGK after divided by TGK before; none where that is not above 0",
            compute=ratio_of(TGK, "TGK"),
            source=_SAADA,
            basis=READ,
        ),
    )
}
