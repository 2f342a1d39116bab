"""The words of a page that is explored, besides those of its figure."""

from __future__ import annotations

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
    "lanes": "Lanes",
    "rows": "Rows",
    "search": "Find a lane",
    "all": "All",
    "none": "None",
    "lanes_shown": "{shown} of {all} lanes shown",
    "rows_shown": "{shown} of {all} rows shown",
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


def page_words() -> dict[str, str]:
    """The words by key, in the current language."""
    return {key: translate(phrase) for key, phrase in _WORDS.items()}
