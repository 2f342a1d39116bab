"""The wishes of a command for a spider, a waterfall and survival curves: one row a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from renderers.wish import Wish, granted, listed, whole, yes
from timeline.problem import near
from timeline.reading import Reading

GROUPED_BY = ("sex", "diagnosis", "site")
_LINE = Wish("line", "the line of therapy that is drawn", "line", whole)
_UNIT = Wish("unit", "of the axis: days, weeks, months, years", "unit")


def _by(text: str) -> str:
    if text not in GROUPED_BY:
        raise ValueError(f"no groups by {text!r} ({near(text, GROUPED_BY)})")
    return text


ROWS = {
    "spider": (_LINE, _UNIT),
    "waterfall": (
        _LINE,
        Wish("confirmed", "no: the best response as first documented", "confirmed", yes),
    ),
    "survival": (
        _LINE,
        _UNIT,
        Wish("endpoint", "endpoints with commas between: PFS, OS", "endpoints", listed),
        Wish("group", f"a curve for each {', '.join(GROUPED_BY)}", "by", _by),
        Wish("limits", "log-log, log or plain", "conf_type"),
        Wish("band", "yes: the 95 % limits of the curve at each time", "band", yes),
    ),
}
TABLE = {row.name: row for row in ROWS["survival"] if row.name in ("unit", "limits", "band")}


def options(figure: str, asked: Sequence[str], readings: Sequence[Reading]) -> dict[str, Any]:
    """What some wishes ask of a figure, by the names of its arguments. ValueError: not known."""
    found = granted(asked, {row.name: row for row in ROWS[figure]})
    by = found.pop("by", "")
    if by:
        found["groups"] = [getattr(each.case.patient, by) or "not stated" for each in readings]
    return found
