"""The words of a page that is explored, besides those of its figure."""

from __future__ import annotations

import attrs

from renderers.backends.sidecars import HEAD, data
from renderers.scene.scene import Scene
from renderers.scene.styles import STYLES
from renderers.text.translation import translate

_WORDS = {
    "zoom": "Zoom",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "whole": "Whole time",
    "whole_figure": "Whole figure",
    "order": "Order",
    "as_printed": "as in the figure",
    "reversed": "reversed",
    "group": "Group",
    "no_group": "none",
    "all": "All",
    "none": "None",
    "group_size": "{group}, n = {number}",
    "group_part": "{group}, n = {number} of {all}",
    "download": "Download",
    "theme": "Dark ground",
    "key_help": (
        "Arrow keys: from event to event and from lane to lane. Enter: card. Escape: close. "
        "Plus, minus, 0: zoom."
    ),
    "brush_help": "Drag over the time axis: zoom to that time.",
    "legend": "Legend",
    "data": "Data of the figure",
    "text_alternative": "In words",
    "close": "Close",
    "to_table": "Row of the table",
    "to_figure": "Choose a row to see its mark in the figure.",
    "card": "Card",
    "lane": "Lane",
    "row": "Row",
    "subject": "Patient or group",
    "drug": "Drug",
    "time": "Time",
    "days": "Days",
    "since_start": "Days since the start of treatment",
    "what": "Sign",
    "text": "Derivation",
    "source": "Source or rule",
    "from_to": "{low} to {high}",
    "open_low": "up to {high}",
    "open_high": "{low} or later",
    "hidden_texts": "At this width the words inside the figure are left out; the cards have them.",
    "no_mark": "The mark of this row is filtered out.",
}

# The words of what may be left out, a row for each kind of it: rows are never sorted.
_PARTS = {
    "lanes": {
        "parts": "Lanes",
        "search": "Find a lane",
        "parts_shown": "{shown} of {all} lanes shown",
    },
    "columns": {
        "parts": "Patients",
        "search": "Find a patient",
        "parts_shown": "{shown} of {all} patients shown",
    },
    "rows": {"parts": "Rows", "parts_shown": "{shown} of {all} rows shown"},
}

# The heads of the table of a page by the columns of the data, whose file has them as they are.
_HEADS = {
    "row": "Row",
    "what": "Sign",
    "at": "At",
    "from": "From",
    "to": "To",
    "unit": "Unit",
    "text": "Derivation",
    "source": "Source or rule",
}


Cell = tuple[str, str]  # what the page shows, and what the file of the data has


def table_heads() -> tuple[Cell, ...]:
    """The heads of the table, in the current language."""
    return tuple((translate(_HEADS[name]), name) for name in HEAD)


def described_data(scene: Scene) -> list[tuple[Cell, ...]]:
    """The rows of the table, in the current language: the name of a sign as the legend has it.

    The names of drugs and arms stay as they are written, whatever they mean.
    """
    fixed = {style.description for style in STYLES.values()}
    fixed -= {style.description for style in scene.own} | {words for *_, words in scene.named}
    rows = []
    for row in data(scene):
        parts = row.what.split("; ")
        what = "; ".join(translate(each) if each in fixed else each for each in parts)
        unit = translate(row.unit) if row.unit else ""
        shown = attrs.astuple(attrs.evolve(row, what=what, unit=unit))
        rows.append(tuple(zip(shown, attrs.astuple(row), strict=True)))
    return rows


def kind_of_parts(scene: Scene) -> str:
    """What of a scene may be left out: ``columns``, ``lanes``, or plain ``rows``."""
    if scene.columns:
        return "columns"
    return "lanes" if any(row.facts for row in scene.rows) else "rows"


def page_words(parts: str) -> dict[str, str]:
    """The words by key, in the current language; ``parts``: what may be left out."""
    return {key: translate(phrase) for key, phrase in {**_WORDS, **_PARTS[parts]}.items()}
