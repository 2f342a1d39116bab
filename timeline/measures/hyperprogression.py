"""Hyperprogression by each published definition, under the name of its author.

There is no single verdict: each definition is told by itself, and is None where a part of it is not
known.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import attrs

from timeline.core.span import Span
from timeline.core.state_machine import MUST_CHECK, READ
from timeline.measures.formulas import month_in_days
from timeline.measures.numbers import above, at_least
from timeline.measures.rows import MEASURES
from timeline.measures.series import Found, Series
from timeline.settings.response import Settings

Holds = Callable[[Series, Settings], bool | None]
_WEEKS_8 = 56


def every(*parts: bool | None) -> bool | None:
    """Whether all parts hold; None where that turns on a part that is not known."""
    return False if False in parts else None if None in parts else True


def some(*parts: bool | None) -> bool | None:
    """Whether any part holds."""
    return True if True in parts else None if None in parts else False


def number_of(least: int, *parts: bool | None) -> bool | None:
    """Whether at least so many parts hold."""
    if parts.count(True) >= least:
        return True
    return False if parts.count(True) + parts.count(None) < least else None


def _measure(key: str, series: Series, settings: Settings) -> Span | None:
    return MEASURES[key].compute(series, settings).span


def _twice(key: str) -> Holds:
    return lambda series, settings: at_least(_measure(key, series, settings), 2)


def _faster_by(points: int) -> Holds:
    return lambda series, settings: above(_measure("delta_tgr", series, settings), points)


def _is_pd(series: Series) -> bool | None:
    return series.first.is_pd if series.first is not None else None


def _change(series: Series) -> Span | None:
    """The change of the sum at the first evaluation, in percent."""
    return series.first.change if series.first is not None else None


def _failed_early(series: Series, settings: Settings) -> bool | None:
    """Whether treatment failed before two months."""
    reached = at_least(series.failure, Fraction(2 * month_in_days(settings.month_days)))
    return None if reached is None else not reached


def _champiat(series: Series, settings: Settings) -> bool | None:
    return every(_is_pd(series), _twice("tgr_ratio")(series, settings))


def _ferrara(series: Series, settings: Settings) -> bool | None:
    return every(_is_pd(series), _faster_by(50)(series, settings))


def _kato(series: Series, settings: Settings) -> bool | None:
    pace = _measure("tgk_ratio", series, settings)
    failed = _failed_early(series, settings)
    return every(failed, above(_change(series), 50), above(pace, 2))


def _matos(series: Series, _: Settings) -> bool | None:
    first = series.first
    if first is None:
        return None
    late, change = above(first.day, _WEEKS_8), first.change
    grown = change.times(series.base / 100) if change is not None and series.base else None
    two_organs = None if first.new_organs is None else first.new_organs >= 2
    return every(
        None if late is None else not late,
        some(
            every(at_least(grown, 10), at_least(change, 40)),
            every(at_least(change, 20), two_organs),
        ),
    )


def _lo_russo(series: Series, settings: Settings) -> bool | None:
    first = series.first
    return number_of(
        3,
        _failed_early(series, settings),
        at_least(_change(series), 50),
        first.more_in_organ if first is not None else None,
        first.new_organ if first is not None else None,
        series.ecog_2,
    )


@attrs.frozen(kw_only=True)
class Definition:
    """A published definition of hyperprogression; ``holds`` is None where it cannot be told."""

    key: str
    name: str  # the author and the year
    rule: str
    holds: Holds
    source: str
    basis: str
    needs: str  # what must be on record for it

    @property
    def provisional(self) -> bool:
        """Whether its source is still to be read."""
        return self.basis == MUST_CHECK

    def of(self, series: Series, settings: Settings) -> Found:
        """Whether it is met, or what is not known."""
        value = self.holds(series, settings)
        return Found(value=value, reason=f"needs {self.needs}" if value is None else "")


_REVIEWS = "by Oncologist 2019 Table 1 (PMC7011624)"
_EARLIER = "sums of the same lesions before the baseline, at it and at the first evaluation"
DEFINITIONS = {
    row.key: row
    for row in (
        Definition(
            key="champiat",
            name="Champiat 2017",
            rule="PD at the first evaluation, growth rate at least doubled",
            holds=_champiat,
            source=f"Clin Cancer Res 23:1920, doi:10.1158/1078-0432.CCR-16-1741, {_REVIEWS}",
            basis=READ,
            needs=_EARLIER,
        ),
        Definition(
            key="saada_bouzid",
            name="Saâda-Bouzid 2017",
            rule="growth kinetics at least doubled",
            holds=_twice("tgk_ratio"),
            source=f"Ann Oncol 28:1605, doi:10.1093/annonc/mdx178, {_REVIEWS}",
            basis=READ,
            needs=_EARLIER,
        ),
        Definition(
            key="ferrara",
            name="Ferrara 2018",
            rule="PD at the first evaluation, growth rate over 50 points higher",
            holds=_ferrara,
            source=f"JAMA Oncol 4:1543, doi:10.1001/jamaoncol.2018.3676, {_REVIEWS}",
            basis=READ,
            needs=_EARLIER,
        ),
        Definition(
            key="kato",
            name="Kato 2017",
            rule="treatment failed within 2 months, the sum over 50 % larger, growth kinetics over "
            "doubled",
            holds=_kato,
            source="Clin Cancer Res 23:4242, doi:10.1158/1078-0432.CCR-16-3133, abstract; that the "
            "pace is the growth kinetics was not read",
            basis=MUST_CHECK,
            needs=f"the time to treatment failure and {_EARLIER}",
        ),
        Definition(
            key="matos",
            name="Matos 2020",
            rule="within 8 weeks: the sum larger by 10 mm and 40 %, or by 20 % with new lesions in "
            "two organs",
            holds=_matos,
            source="Clin Cancer Res 26:1846, doi:10.1158/1078-0432.CCR-19-2226, not read whole; a "
            "review prints over 40 %, and other rules for new lesions",
            basis=MUST_CHECK,
            needs="the day of the first evaluation, its sum and its new lesions by organ",
        ),
        Definition(
            key="lo_russo",
            name="Lo Russo 2019",
            rule="three of: treatment failed within 2 months; the sum 50 % larger; two new lesions "
            "in an involved organ; a new organ; ECOG 2 or worse within 2 months",
            holds=_lo_russo,
            source=f"Lo Russo 2019, Clin Cancer Res 25:989, {_REVIEWS}",
            basis=READ,
            needs="the time to treatment failure, the sum at the first evaluation, its new lesions "
            "by organ, and ECOG",
        ),
        Definition(
            key="kas",
            name="Kas 2020",
            rule="growth rate over 100 points higher",
            holds=_faster_by(100),
            source="JAMA Oncol 6:1039, doi:10.1001/jamaoncol.2020.1634, abstract",
            basis=READ,
            needs=_EARLIER,
        ),
    )
}
