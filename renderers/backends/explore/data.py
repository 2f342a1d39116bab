"""What the script of a page needs to know of a scene, as JSON: the axis, rows, items, rules."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from renderers.backends.explore.panels import Band, Cuts
from renderers.backends.items import DataItem
from renderers.backends.legend import described, words_of
from renderers.backends.sidecars import FORMULA, NUMBER
from renderers.scene.journals import Page
from renderers.scene.scene import SMALL, Axis, Fact, Row, Scene
from renderers.scene.text_metrics import MM_PER_POINT
from renderers.text.translation import current_language

_TEXT = SMALL * MM_PER_POINT  # millimetres: the size of the texts of an axis
_UNSAFE: dict[str, str | int | None] = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
# What turns the direction of writing is written out: to a script as well it is letters.
_UNSAFE |= {chr(n): f"\\\\u{n:04x}" for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def page_json(
    scene: Scene,
    page: Page,
    items: Sequence[DataItem],
    bands: Sequence[Band],
    words: Mapping[str, str],
) -> str:
    """The data of a page as JSON that is safe within a script element.

    Args:
        scene: the figure.
        page: its page, for the decimal sign.
        items: its items, in the order of its data table.
        bands: its bands, as they are drawn.
        words: the words of the page by key.

    """
    frame, cuts = scene.frame, Cuts.of(scene)
    with current_language(scene.language):
        styles = {row.name: words_of(row, scene) for row in described(scene)}
    data = {
        "name": scene.name,
        "frame": {
            "low": frame.low,
            "high": frame.high,
            "left": frame.left,
            "right": frame.right,
            "breaks": [[start, end, frame.x(start), frame.x(end)] for start, end in frame.breaks],
            "dated": frame.dated,
            "unit": frame.unit,
            "stretches": not frame.counts_millimetres,
        },
        "cuts": {"left": cuts.left, "right": cuts.right},
        "text": _TEXT,
        "bands": [{"name": band.name, "rows": band.rows} for band in bands],
        "point": page.house_style("0.5")[1],
        "rows": [_row(row, page) for row in scene.rows],
        "arranged": "columns" if scene.columns else "rows",
        "columns": [
            {"name": column.name, "facts": _facts(column.facts, page), "group": ""}
            for column in scene.columns
        ],
        "axes": [_axis(axis) for axis in scene.axes],
        "treatments": sorted(
            name for name in scene.styles if scene.style(name).is_treatment and name in styles
        ),
        "styles": styles,
        "items": [_item(item, scene) for item in items],
        "inert": {"lead": FORMULA, "number": NUMBER.pattern},
        "words": dict(words),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=float)
    return text.translate(str.maketrans(_UNSAFE))


def _row(row: Row, page: Page) -> dict[str, Any]:
    found: dict[str, Any] = {"name": row.name, "height": row.height}
    if row.facts:
        found["facts"] = _facts(row.facts, page)
        found["opening"] = row.opening
        found["group"] = row.group
    return found


def _facts(facts: Sequence[Fact], page: Page) -> list[tuple[Any, ...]]:
    return [(fact.heading, page.house_style(fact.text), fact.rank) for fact in facts]


def _axis(axis: Axis) -> dict[str, Any]:
    rule = axis.rule
    return {
        "row": axis.row,
        "y": axis.y,
        "plain": axis.plain,
        "title": axis.title,
        "rule": rule
        and {
            "zero": rule.zero,
            "months": rule.months,
            "units": [(unit.length, unit.steps, unit.title) for unit in rule.units],
        },
    }


def _item(item: DataItem, scene: Scene) -> tuple[Any, ...]:
    """Row, first and last time (null: open or none), styles of its marks, subject, column."""
    is_timed = bool(scene.frame.unit) and not scene.frame.counts_millimetres
    low, high = (item.low, item.high) if is_timed else (None, None)
    subject = next((mark.subject for mark in item.marks if mark.subject), "")
    return (item.row, low, high, item.styles, subject, scene.column_of(subject))
