"""The caption and the alternative text of survival curves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from renderers.axes.elapsed import ElapsedAxis, unit_label
from renderers.survival.groups import Group
from renderers.survival.numbers.estimates import as_fraction, limits_at_ends, quantile_in, rate_in
from renderers.survival.options import SurvivalOptions
from renderers.survival.risk_table import ROWS
from renderers.text.translation import both, translate, translate_count
from timeline.core.calendar.durations import rounded

_BAND = "Shaded: pointwise 95 % confidence limits of survival (Greenwood, {kind} scale)."
_INCIDENCE_BAND = "Shaded: pointwise 95 % confidence limits of the incidence ({kind} scale)."
_BELOW = (
    "Below the axis: patients at risk at each time; patients censored and events before it "
    "(cumulative)."
)
_AT_RISK = "Below the axis: patients at risk at each time."
_ROWS = "Below the axis: {rows}; patients who left are counted up to each time (cumulative)."
_LIMITS = "Medians with 95 % Brookmeyer-Crowley confidence limits ({kind} scale)."
_QUANTILES = (
    "Percentile {percents}: the time by which so many percent of the patients have had the event; "
    "95 % Brookmeyer-Crowley confidence limits ({kind} scale)."
)
_RATES = "Rates at {times} {unit}, %: Kaplan-Meier, 95 % limits (Greenwood, {kind} scale). {each}."
_INCIDENCES = "Incidence at {times} {unit}, %, with 95 % limits ({kind} scale). {each}."
_AALEN_JOHANSEN = (
    "Cumulative incidence of {what}: Aalen-Johansen estimate, {variance} variance. Of the two "
    "events the first of each patient counts, and the competing one is not taken as censoring."
)
_VAGUE = (
    "Where dates or findings are uncertain, the two edges show the lowest and the highest possible "
    "survival at each time, and numbers are ranges. Medians with confidence limits: {limits}."
)
_EACH = "{name}, {events} in {patients}, median {median}, survival at the last time point {last}"
_EACH_INCIDENCE = "{name}, {events} in {patients}, incidence at the last time point {last}"


def alt_text(groups: Sequence[Group], what: str, counted: ElapsedAxis) -> str:
    """The alternative text of the curves."""
    unit = translate(counted.unit)
    high = f"{unit_label(counted.high, counted.unit)} {unit}"
    if groups[0].is_incidence:
        opening = translate("Cumulative incidence of {what}, from 0 to {high}.", what=what,
                            high=high)  # fmt: skip
    else:
        opening = translate_count(
            "Kaplan-Meier curve of {what}, from 0 to {high}.",
            "Kaplan-Meier curves of {what}, from 0 to {high}.",
            len(groups),
            what=what,
            high=high,
        )
    return f"{opening} {'; '.join(_described(group, unit) for group in groups)}."


def _described(group: Group, unit: str) -> str:
    parts = {"name": group.name, "events": group.events_counted,
             "patients": group.patients_counted, "last": _last(group)}  # fmt: skip
    if group.is_incidence:
        return translate(_EACH_INCIDENCE, **parts)
    return translate(_EACH, median=quantile_in(group, unit=unit), **parts)


def _last(group: Group) -> str:
    low, high = (rounded(100 * as_fraction(points[-1][1]), 0) for points in group.points)
    return f"{low} %" if low == high else translate("{low} to {high} %", low=low, high=high)


def caption(
    groups: Sequence[Group],
    what: str,
    options: SurvivalOptions,
    own: Sequence[str],
    compared: Sequence[str],
) -> str:
    """The caption: n, events, conventions, the kind of interval.

    Args:
        groups: the curves.
        what: what they are of.
        options: the options of the figure.
        own: sentences on where the times come from.
        compared: sentences on groups compared.
    """
    counted = "; ".join(_counts(group, options) for group in groups)
    method = _incidence if groups[0].is_incidence else _kaplan_meier
    parts = (
        *method(groups, what, options, own, counted),
        *_rates(groups, options),
        *compared,
        _below(options.rows(competing=groups[0].is_incidence)),
        *_vague(groups),
    )
    return " ".join(part for part in parts if part)


def _counts(group: Group, options: SurvivalOptions) -> str:
    """Events and patients; of exact times also who is censored, and the median."""
    text = translate(
        "{name}: {events}, n = {size}",
        name=group.name,
        events=group.events_counted,
        size=group.patients,
    )
    if not group.is_exact or group.is_incidence:
        return text
    censored = sum(one.event is False for one in group.observed)
    text = translate("{counted}, {number} censored", counted=text, number=censored)
    if 50 not in options.quantiles:
        return text
    median = quantile_in(group, unit=translate(options.unit))
    return translate("{counted}, median {median}", counted=text, median=median)


def _below(rows: Sequence[str]) -> str:
    """What the table below the axis holds."""
    if rows == ("at-risk", "censored", "events"):
        return translate(_BELOW)
    if rows == ("at-risk",):
        return translate(_AT_RISK)
    return translate(_ROWS, rows=both(tuple(translate(ROWS[row].name) for row in rows))) * bool(
        rows
    )


def _kaplan_meier(
    groups: Sequence[Group],
    what: str,
    options: SurvivalOptions,
    own: Sequence[str],
    counted: str,
) -> tuple[str, ...]:
    kind = options.conf_type
    others = ", ".join(str(each) for each in options.quantiles if each != 50)
    flat = "Where the curve is flat at 50 %, the median is the midpoint of that interval."
    has_median = 50 in options.quantiles
    return (
        translate("Kaplan-Meier estimate of {what}.", what=what),
        *own,
        f"{counted}.",
        translate("Vertical ticks mark censored patients."),
        translate(_LIMITS, kind=kind) if has_median else "",
        translate(_QUANTILES, percents=others, kind=kind) if others else "",
        translate(_BAND, kind=kind) if groups[0].band else "",
        translate(flat) if has_median else "",
    )


def _incidence(
    groups: Sequence[Group],
    what: str,
    options: SurvivalOptions,
    own: Sequence[str],
    counted: str,
) -> tuple[str, ...]:
    return (
        translate(_AALEN_JOHANSEN, what=what, variance=options.variance),
        *own,
        f"{counted}.",
        translate("Vertical ticks mark censored patients."),
        translate(_INCIDENCE_BAND, kind=options.conf_type) if groups[0].band else "",
    )


def _rates(groups: Sequence[Group], options: SurvivalOptions) -> tuple[str, ...]:
    """The rates at landmarks, as they are printed in the key."""
    if not options.landmarks:
        return ()
    phrase = _INCIDENCES if groups[0].is_incidence else _RATES
    return (
        translate(
            phrase,
            times=", ".join(f"{float(time):g}" for time in options.landmarks),
            unit=translate(options.unit),
            kind=options.conf_type,
            each="; ".join(
                f"{group.name}: {', '.join(_rate(group, time) for time in options.landmarks)}"
                for group in groups
            ),
        ),
    )


def _rate(group: Group, time: Fraction) -> str:
    return rate_in(group, time)


def _vague(groups: Sequence[Group]) -> tuple[str, ...]:
    vague = [group for group in groups if not group.is_exact]
    if not vague:
        return ()
    return (translate(_VAGUE, limits="; ".join(map(limits_at_ends, vague))),)
