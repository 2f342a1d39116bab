"""How the measures of a line are computed: numbers, ranges of them, or none with the reason."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs

from timeline.core.span import NEVER_ENDS, Span
from timeline.measures.formulas import early_days, growth_rate, kinetics, month_in_days
from timeline.measures.series import Evaluation, Found, Series, no_value
from timeline.settings.response import Settings

_EXACT = 9  # decimals of a rate: two that differ by less are one number
NO_SUM = "no scan after the baseline has a complete target sum"
_OPEN_WINDOW = "it is open whether {} still counts"
_VAGUE = "the days of the scans are a range"


def _smallest(series: Series) -> tuple[Found, list[Evaluation]]:
    """The smallest change from baseline, and the scans that may be the first to have it."""
    inside = [each for each in series.measured if each.counted is not False]
    if not inside:
        return no_value(NO_SUM), []
    sure = [each for each in inside if each.counted]
    every = _least(inside)
    value = every.hull(_least(sure)) if sure else every
    reason = ""
    if not value.is_point:
        vague = [each.label for each in inside if each.counted is None]
        reason = _OPEN_WINDOW.format(" and ".join(vague)) if vague else "a change is a range"
    nearest = [each for each in inside if each.change is not None and each.change.low <= value.high]
    return Found(value=value, reason=reason), _until_surely(nearest, value)


def _least(some: list[Evaluation]) -> Span:
    """The least of several changes, each a range."""
    spans = [each.change for each in some if each.change is not None]
    return Span(min(each.low for each in spans), min(each.high for each in spans))


def _until_surely(some: list[Evaluation], value: Span) -> list[Evaluation]:
    """The scans up to the first that surely counts and surely has the smallest sum."""
    for at, each in enumerate(some):
        if each.counted and each.change is not None and each.change.high <= value.low:
            return some[: at + 1]
    return some


def depth(series: Series, _: Settings) -> Found:
    found, _scans = _smallest(series)
    return found if found.span is None else attrs.evolve(found, value=-found.span)


def time_to_nadir(series: Series, _: Settings) -> Found:
    found, scans = _smallest(series)
    if not scans:
        return found
    days = scans[0].day
    for each in scans[1:]:
        days = days.hull(each.day)
    if len(scans) > 1:
        reason = f"{' or '.join(each.label for each in scans)} may be the first with the nadir"
        return Found(value=days, reason=reason)
    return Found(value=days, reason="" if days.is_point else _VAGUE)


def early(series: Series, settings: Settings) -> Found:
    """How far the sum is below baseline at the first scan inside the window, in percent."""
    window = early_days(settings.ets_day, settings.ets_window)
    shown = f"days {window.low} to {window.high}"
    maybe: list[Evaluation] = []
    for each in series.measured:
        if each.counted is False or not each.day.overlaps(window):
            continue
        maybe.append(each)
        if each.counted and each.day.within(window):
            break
    else:
        if maybe:
            names = " and ".join(each.label for each in maybe)
            return no_value(f"{names} may lie within {shown}, or not")
        return no_value(f"no scan with a complete target sum within {shown}")
    changes = [each.change for each in maybe if each.change is not None]
    value = changes[0]
    for change in changes[1:]:
        value = value.hull(change)
    reason = "" if len(maybe) == 1 else f"more than one scan may be the first within {shown}"
    return Found(value=-value, reason=reason)


def is_early(series: Series, settings: Settings) -> Found:
    found = early(series, settings)
    if found.span is None:
        return found
    reached = at_least(found.span, settings.ets_percent)
    return Found(value=reached, reason=found.reason if reached is None else "")


def at_least(value: Span | None, bound: int | Fraction) -> bool | None:
    """Whether a value reaches a bound; None where it is not known, or a range on both sides."""
    if value is None:
        return None
    return True if value.low >= bound else False if value.high < bound else None


def above(value: Span | None, bound: int | Fraction) -> bool | None:
    """Whether a value is more than a bound."""
    if value is None:
        return None
    return True if value.low > bound else False if value.high <= bound else None


@attrs.frozen
class _Period:
    """A period of growth: the sums at its ends as a ratio and a difference, and its days."""

    ratio: Span
    change: Span | None  # in millimetres
    days: Span


def _before(series: Series, _: Settings) -> _Period | str:
    if series.base is None:
        return series.no_base
    if series.before is None or series.before_days is None:
        return series.no_before
    if series.before == 0:
        return "the sum before the baseline is 0"
    ratio = Span.point(series.base / series.before)
    return _period(ratio, Span.point(series.base - series.before), series.before_days)


def _after(series: Series, settings: Settings) -> _Period | str:
    first = series.first
    if first is None:
        return NO_SUM
    if first.change is None:
        return f"{first.label}, the first evaluation, has no complete target sum"
    ratio = first.change.times(Fraction(1, 100), -1)
    change = first.change.times(series.base / 100) if series.base else None
    by_scan = settings.tgr_from == "scan"
    return _period(ratio, change, first.since_baseline if by_scan else first.day)


def _period(ratio: Span, change: Span | None, days: Span) -> _Period | str:
    if days.high == NEVER_ENDS or ratio.high == NEVER_ENDS:
        return "the days or the sums of the two scans have no bound"
    if days.low <= 0:
        return "the two scans may be of one day"
    return _Period(ratio, change, days)


def _rate(of: Callable[[Series, Settings], _Period | str]) -> Callable[[Series, Settings], Found]:
    def compute(series: Series, settings: Settings) -> Found:
        period = of(series, settings)
        if isinstance(period, str):
            return no_value(period)
        month = month_in_days(settings.month_days)
        rates = [
            growth_rate(float(ratio), float(days / month))
            for ratio in (period.ratio.low, period.ratio.high)
            for days in (period.days.low, period.days.high)
        ]
        return _range(rates, period)

    return compute


def _kinetics(
    of: Callable[[Series, Settings], _Period | str],
) -> Callable[[Series, Settings], Found]:
    def compute(series: Series, settings: Settings) -> Found:
        period = of(series, settings)
        if isinstance(period, str):
            return no_value(period)
        if period.change is None:
            return no_value(series.no_base)
        every = [
            kinetics(Fraction(change), Fraction(days))
            for change in (period.change.low, period.change.high)
            for days in (period.days.low, period.days.high)
        ]
        return _range(every, period)

    return compute


def _range(every: list[float] | list[Fraction], period: _Period) -> Found:
    """The values at the ends of the days and the sums: what lies between moves one way."""
    if not all(map(math.isfinite, every)):
        return no_value("the rate is too large to be a number")
    exact = [round(Fraction(each), _EXACT) for each in every]
    reason = "" if period.days.is_point else _VAGUE
    return Found(value=Span(min(exact), max(exact)), reason=reason)


TGR = (_rate(_before), _rate(_after))
TGK = (_kinetics(_before), _kinetics(_after))
_Pair = tuple[Callable[[Series, Settings], Found], Callable[[Series, Settings], Found]]


def _pair(of: _Pair, series: Series, settings: Settings) -> tuple[Found, Found]:
    return of[0](series, settings), of[1](series, settings)


def _reasons(*found: Found) -> str:
    return "; ".join(dict.fromkeys(each.reason for each in found if each.reason))


def difference(series: Series, settings: Settings) -> Found:
    before, after = _pair(TGR, series, settings)
    if before.span is None or after.span is None:
        return no_value(_reasons(before, after))
    return Found(value=after.span - before.span, reason=_reasons(before, after))


def ratio_of(of: _Pair, name: str) -> Callable[[Series, Settings], Found]:
    def compute(series: Series, settings: Settings) -> Found:
        before, after = _pair(of, series, settings)
        if before.span is None or after.span is None:
            return no_value(_reasons(before, after))
        if before.span.low <= 0:
            return no_value(f"{name} before the baseline is not above 0: no ratio")
        if after.span.high <= -100 and of is TGR:
            return no_value("nothing is left of the targets: no ratio")
        quotients = [
            Fraction(top) / Fraction(below) for top, below in _corners(after.span, before.span)
        ]
        return Found(value=Span(min(quotients), max(quotients)), reason=_reasons(before, after))

    return compute


def _corners(over: Span, under: Span) -> Iterator[tuple[Fraction, Fraction]]:
    for top in (over.low, over.high):
        for below in (under.low, under.high):
            yield Fraction(top), Fraction(below)
