"""Which sign a label of a table gets: by its words where they are known, else the next free one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from renderers.scene.marks import Marker
from renderers.scene.styles import STYLES
from renderers.tables.labels import kind_of, label_meaning
from timeline.core.problem import near

_FREE = (
    *("symptom", "scan", "performance", "toxicity", "lab", "diagnosis", "biopsy", "surgery"),
    *("scan, new lesion", "lab limit"),
)
_ENDS = ("death", "alive", "end unknown", "stop toxicity", "stop progression", "stop completed",
         "stop choice", "stop other")  # fmt: skip
SIGNS = tuple(row.name for row in STYLES.values() if row.mark is Marker)


def markers_of(labels: Sequence[str], asked: Mapping[str, str]) -> dict[str, str]:
    """A sign for each label; spellings of one thing have one, two things have two.

    ``asked``: signs for some labels, of which two may be alike. ValueError where none is left, or
    none is so named.
    """
    found: dict[str, str] = {}
    for label, style in asked.items():
        if style not in SIGNS:
            raise ValueError(f"unknown sign for {label!r}: {style!r} ({near(style, SIGNS)})")
        found[label_meaning(label)] = style
    for label in labels:
        known = kind_of(label)
        if label_meaning(label) not in found and known and known.marker not in found.values():
            found[label_meaning(label)] = known.marker
    without = list(
        dict.fromkeys(label_meaning(label) for label in labels if label_meaning(label) not in found)
    )
    free = [style for style in _FREE if style not in found.values()]
    if len(without) > len(free):
        named = {label_meaning(label): label for label in reversed(labels)}
        raise ValueError(_none_left([named[each] for each in without[len(free) :]], found))
    found.update(zip(without, free, strict=False))
    return {label: found[label_meaning(label)] for label in labels}


def _none_left(labels: Sequence[str], found: Mapping[str, str]) -> str:
    unused = [sign for sign in SIGNS if sign not in found.values() and sign not in _FREE]
    return (
        f"no sign is left for {', '.join(map(repr, labels))} (draw fewer kinds of event, or give "
        f"each a sign: --option 'sign={labels[0]}: {unused[0]}'; unused are {', '.join(unused)})"
    )


def ends(label: str, style: str) -> bool:
    """Whether a lane ends with it: by its words, or by a sign asked for that says so."""
    kind = kind_of(label)
    return bool(kind and kind.ends) or style in _ENDS
