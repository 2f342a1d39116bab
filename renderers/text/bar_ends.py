"""The sentence of a caption on bars whose end is not stated: how far they reach is no duration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from renderers.text.translation import translate

_OPEN = (
    "Bars without a right edge: the end is not stated, and how far they are drawn is no duration "
    "({reach})."
)
_TREATMENT = "treatment: to the next line or the end of the record"
_REACH = {  # the first word of the style of other bars, and how far they are drawn
    "supportive": "supportive care: to its next course or the end of the record",
    "grade": "toxicity: to its next onset or the end of the record",
    "radiotherapy": "radiotherapy: a few millimetres",
}


def open_bars(styles: Iterable[str]) -> Iterator[str]:
    """How far the bars of these styles, whose end is not stated, are drawn; nothing of none."""
    kinds = {style.split(" ")[0] for style in styles}
    found = [translate(_TREATMENT)] if kinds - set(_REACH) else []
    found += [translate(words) for kind, words in _REACH.items() if kind in kinds]
    if found:
        yield translate(_OPEN, reach="; ".join(found))
