"""The options of a spider and a waterfall, and those that survival curves share with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renderers.options import Option, listed, whole, yes
from renderers.response.colouring import BY, CHARACTERISTICS
from renderers.scene.palette_file import palette_of
from timeline.core.problem import near
from timeline.endpoints.derived_case import DerivedCase

GROUPED_BY = tuple(CHARACTERISTICS)
LINE = Option("line", "the line of therapy that is drawn", "line", whole)
UNIT = Option("unit", "of the axis: days, weeks, months, years", "unit")


def _by(text: str) -> str:
    if text not in GROUPED_BY:
        raise ValueError(f"cannot group by {text!r} ({near(text, GROUPED_BY)})")
    return text


BY_GROUP = Option("group", f"a curve for each {', '.join(GROUPED_BY)}", "by", _by)
_OF_CHANGES = (  # of a spider and a waterfall
    Option(
        "colour",
        f"what patients are coloured by: {', '.join(BY)}; of a table also arm or a column",
        "colour",
        also="color",
    ),
    Option("confirmed", "yes: CR and PR as best response only where confirmed", "confirmed", yes),
    Option("palette", "a file with the colours of names: palette.yaml", "palette", palette_of),
)
ROWS = {
    "spider": (
        LINE,
        UNIT,
        Option(
            "highlight",
            "patients drawn in full before thin grey lines of the others, with commas between",
            "highlight",
            listed,
            is_list=True,
        ),
        Option("bridge", "yes: a dashed line across scans that were missed", "bridge", yes),
        *_OF_CHANGES,
    ),
    "waterfall": (LINE, *_OF_CHANGES),
}


def with_groups(fields: Mapping[str, Any], cases: Sequence[DerivedCase]) -> dict[str, Any]:
    """The fields, with the group of each patient in place of the characteristic that groups them.

    Args:
        fields: the fields that options set; ``by`` is a word of ``GROUPED_BY``, or absent.
        cases: the derived cases.
    """
    others = {name: value for name, value in fields.items() if name != "by"}
    if "by" not in fields:
        return others
    number, read = fields.get("line", 1), CHARACTERISTICS[fields["by"]].read
    lines = (next((line for line in each.case.lines if line.number == number), None)
             for each in cases)  # fmt: skip
    groups = [read(each, line) or "not stated" for each, line in zip(cases, lines, strict=True)]
    return {**others, "groups": groups}
