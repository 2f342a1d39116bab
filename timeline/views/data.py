"""A derived case as data: plain dicts and lists, dates as ISO text, days as numbers."""

from __future__ import annotations

from typing import Any

import attrs

from timeline.core.calendar.dates import PartialDate, format_day
from timeline.core.calendar.durations import DEFAULT_MONTH, MONTHS, rounded
from timeline.core.calendar.partial_dates import Period
from timeline.core.ctcae_grades import Grades
from timeline.core.printed_numbers import Printed
from timeline.core.span import Number, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.line_numbers import line_count_text, numbering_notes
from timeline.endpoints.ratios import Ratio, pfs_ratios
from timeline.endpoints.sensitivity import outcomes_by_policy
from timeline.measures.results import MeasureResult, measures_of
from timeline.record.events import Event, field_values
from timeline.report.claims import Claim
from timeline.results.alternatives import Alternative
from timeline.results.statuses import Flag, Outcome, Status
from timeline.views.check_data import remarks_data

_CLAIM_FIELDS = (
    *("kind", "text", "unit", "line", "criterion", "of", "from_", "to", "about", "place"),
)


def claim_data(claim: Claim) -> dict[str, Any]:
    """One printed value: its kind, its text, and the keys that it has."""
    return {name.rstrip("_"): value for name in _CLAIM_FIELDS if (value := getattr(claim, name))}


def derived_case_data(derived: DerivedCase) -> dict[str, Any]:
    """A derived case: patient, settings, events, statuses, outcomes, remarks, ratios, measures."""
    return {
        "case": derived.case.name,
        "patient": {k: v for k, v in attrs.asdict(derived.case.patient).items() if v},
        "settings": derived.settings.changed,
        "moved_by": list(derived.moved_by),
        "events": [event_data(event) for event in derived.case.events],
        "statuses": [status_data(status) for status in derived.statuses],
        "best_responses": [attrs.asdict(each) for each in derived.best],
        "outcomes": [outcome_data(outcome) for outcome in derived.outcomes],
        "remarks": remarks_data(derived.remarks),
        "lines": {"description": line_count_text(derived), "notes": list(numbering_notes(derived))},
        "ratios": [ratio_data(ratio) for ratio in pfs_ratios(derived)],
        "measures": [measure_data(each) for each in measures_of(derived)],
    }


def event_data(event: Event) -> dict[str, Any]:
    """One event: kind, date (text and ISO days), its fields, and its place in the report."""
    values = {name: _plain(value) for name, value in field_values(event).items()}
    return {
        "kind": event.kind,
        "label": event.label,
        "when": _when(event.at),
        **({"planned": True} if event.planned else {}),
        **values,
        "place": event.place,
    }


def _when(at: PartialDate | Period) -> dict[str, Any]:
    if isinstance(at, Period):
        end = _when(at.end) if at.end is not None and not at.ongoing else None
        return {"text": at.text, "start": _when(at.start), "end": end, "ongoing": at.ongoing}
    why = {"derived": at.derived} if at.derived else {}
    return {"text": at.text, **_dates(at.span), **why}


def _dates(span: Span) -> dict[str, str | None]:
    return {"earliest": _iso(span.low), "latest": _iso(span.high)}


def _iso(day: Number) -> str | None:
    return None if isinstance(day, float) else format_day(day)


def _plain(value: Any) -> Any:
    """A value for JSON: a number, a text or a list; other values as their text."""
    if isinstance(value, Printed):
        return value.text
    if isinstance(value, Grades):  # a number where it is one
        return value.worst if len(value.values) == 1 else value.text
    if isinstance(value, tuple):
        pairs = bool(value) and all(isinstance(v, tuple) and len(v) == 2 for v in value)
        if pairs:
            return [{"name": _plain(name), "value": _plain(v)} for name, v in value]
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int) else str(value)


def status_data(status: Status) -> dict[str, Any]:
    """The status of one scan under one criterion."""
    return {
        "scan": status.scan.label,
        **_dates(status.scan.start.span),
        "line": status.line,
        "criterion": status.criterion,
        "baseline": status.is_baseline,
        "labels": list(status.labels),
        "rows": list(status.rows),
        "why": status.why,
        "source": status.source,
    }


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """One endpoint: days and months (both ends included), event or censored, and its steps."""
    months = outcome.months()
    return {
        "name": outcome.name,
        "endpoint": outcome.printed,
        "line": outcome.line,
        "criterion": outcome.criterion,
        "main": outcome.is_primary,
        "state": outcome.state,
        "evaluable": outcome.is_evaluable,
        "days": range_data(outcome.days),
        "months": months and _rounded(months),
        "months_divisor": DEFAULT_MONTH,
        "from": outcome.origin
        and {"description": outcome.origin.description, **_dates(outcome.origin.span)},
        "to": outcome.end and {"description": outcome.end.description, **_dates(outcome.end.span)},
        "alternatives": [alternative_data(each) for each in outcome.alternatives],
        "may_be_none": outcome.may_be_none,
        "reason": outcome.reason,
        "policy": outcome.policy,
        "would_be": [flag_data(flag) for flag in outcome.flags],
        "chain": [
            {"description": step.description, "source": step.source} for step in outcome.chain
        ],
    }


def alternative_data(each: Alternative) -> dict[str, Any]:
    """One possible value of an outcome; if it is censored, the days are the follow-up."""
    months = each.days.divided_by(MONTHS[DEFAULT_MONTH].days)
    return {
        "state": each.state,
        "days": range_data(each.days),
        "months": _rounded(months),
        "from": {"description": each.origin.description, **_dates(each.origin.span)},
        "to": {"description": each.end.description, **_dates(each.end.span)},
        "needs": list(each.needs),
        "reason": each.reason,
    }


def _rounded(span: Span | None) -> dict[str, str | None]:
    """Both ends of a range, rounded; an open end is None."""
    ends = (span.low, span.high) if span else (None, None)
    texts = (None if end is None or isinstance(end, float) else rounded(end) for end in ends)
    return dict(zip(("low", "high"), texts, strict=True))


def flag_data(flag: Flag) -> dict[str, Any]:
    """The value of an outcome under another answer to one setting."""
    return {
        "setting": flag.setting,
        "value": flag.value,
        "days": range_data(flag.days),
        "state": flag.state,
        "alternatives": [alternative_data(each) for each in flag.alternatives],
    }


def policies_data(derived: DerivedCase) -> dict[str, Any]:
    """The outcomes that depend on the censoring policy, under each policy."""
    return {
        "case": derived.case.name,
        "settings": derived.settings.changed,
        "policies": {
            name: [outcome_data(outcome) for outcome in outcomes]
            for name, outcomes in outcomes_by_policy(derived).items()
        },
    }


def ratio_data(ratio: Ratio) -> dict[str, Any]:
    """The ratio of a time of one line to that of the line before."""
    return {
        "name": ratio.name,
        "line": ratio.line,
        **_rounded(ratio.span),
        "alternatives": [_rounded(part) for part in ratio.parts],
        "lower_bound": ratio.lower_bound,
        "benefit": ratio.benefit,
        "reason": ratio.reason,
        "source": ratio.source,
    }


def measure_data(result: MeasureResult) -> dict[str, Any]:
    """One measure of a line: a range of numbers or yes or no, null with the reason."""
    value = result.value
    if isinstance(value, Span):
        ends = (rounded(value.low, result.decimals), rounded(value.high, result.decimals))
        data: Any = dict(zip(("low", "high"), ends, strict=True))
    else:
        data = value
    return {
        "line": result.line,
        **({"of": result.of} if result.of else {}),
        "key": result.key,
        "name": result.name,
        "value": data,
        "unit": result.unit,
        "reason": result.reason,
        "rule": result.rule,
        "source": result.source,
        "basis": result.basis,
        "provisional": result.provisional,
    }


def range_data(span: Span | None) -> dict[str, Any] | None:
    """The days of a range, both ends included; an open end is None."""
    if span is None:
        return None
    low, high = (None if isinstance(end, float) else int(end) for end in (span.low, span.high))
    return {"low": low, "high": high}
