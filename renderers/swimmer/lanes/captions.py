"""How vague dates are drawn on lanes: one sentence of the caption instead of the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from renderers.scene.mark import Mark
from renderers.text.translation import translate

# The styles of one convention, and its words.
_CONVENTIONS = (
    (("range", "order"), "brackets show possible dates, with the marker at the midpoint"),
    (
        ("open range", "open order"),
        "of a bracket with one end open, the marker is at the other end",
    ),
    (
        ("one-sided order",),
        "the marker of what is dated only as after or before an event is beside that event",
    ),
    (
        ("late range", "late order"),
        "what has no known last day and is at the end of a bar, or before it, is at the open end",
    ),
    (("vague end", "by order"), "hatched ends of bars are possible start or stop dates"),
    (
        ("in turn",),
        "dashed bars one after another are of known order only, and their lengths mean nothing",
    ),
    (
        ("order", "open order", "one-sided order", "late order", "by order"),
        "dashes mark what is dated by order only",
    ),
)
IN_CAPTION = tuple(dict.fromkeys(name for names, _ in _CONVENTIONS for name in names))


def vague_dates(marks: Sequence[Mark]) -> Iterator[str]:
    """The sentence on vague dates, where some are drawn."""
    used = {name for mark in marks for name in mark.styles}
    found = [translate(words) for names, words in _CONVENTIONS if used & set(names)]
    if found:
        text = "; ".join(found)
        yield f"{text[:1].upper()}{text[1:]}."
