"""The options of a spider, a waterfall and survival curves: one row a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from renderers.options import Option, listed, parse_options, whole, yes
from timeline.core.problem import near
from timeline.endpoints.derived_case import DerivedCase

GROUPED_BY = ("sex", "diagnosis", "site")
_LINE = Option("line", "the line of therapy that is drawn", "line", whole)
_UNIT = Option("unit", "of the axis: days, weeks, months, years", "unit")


def _by(text: str) -> str:
    if text not in GROUPED_BY:
        raise ValueError(f"cannot group by {text!r} ({near(text, GROUPED_BY)})")
    return text


ROWS = {
    "spider": (_LINE, _UNIT),
    "waterfall": (
        _LINE,
        Option("confirmed", "no: the best response as first documented", "confirmed", yes),
    ),
    "survival": (
        _LINE,
        _UNIT,
        Option("endpoint", "endpoints with commas between: PFS, OS", "endpoints", listed),
        Option("group", f"a curve for each {', '.join(GROUPED_BY)}", "by", _by),
        Option("limits", "log-log, log or plain", "conf_type"),
        Option("band", "yes: the 95 % limits of the curve at each time", "band", yes),
    ),
}
TABLE = {row.name: row for row in ROWS["survival"] if row.name in ("unit", "limits", "band")}


def options(figure: str, asked: Sequence[str], readings: Sequence[DerivedCase]) -> dict[str, Any]:
    """The arguments that options of the command line set. ValueError: unknown, or wrong."""
    return with_groups(parse_options(asked, {row.name: row for row in ROWS[figure]}), readings)


def with_groups(fields: dict[str, Any], readings: Sequence[DerivedCase]) -> dict[str, Any]:
    """The fields with the group of each patient in place of what the groups are made by."""
    by = fields.pop("by", "")
    if by:
        fields["groups"] = [getattr(each.case.patient, by) or "not stated" for each in readings]
    return fields
