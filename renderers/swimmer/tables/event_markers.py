"""The marker of each label of a table: by its words if they are known, else the next free one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from renderers.scene.marks import Marker
from renderers.scene.styles import STYLES
from renderers.tables.labels import LabelKind, kind_of, label_meaning
from timeline.core.problem import near

FREE = (
    *("symptom", "scan", "performance", "diagnosis", "biopsy", "surgery", "scan, new lesion"),
    *("toxicity", "registration", "randomisation"),
)
_ENDS = ("death", "alive", "end unknown", "stop toxicity", "stop progression", "stop completed",
         "stop choice", "stop death", "stop other")  # fmt: skip
_NO_KINDS: Mapping[str, LabelKind | None] = MappingProxyType({})
MARKERS = tuple(row.name for row in STYLES.values() if row.mark is Marker)


def markers_of(
    labels: Sequence[str],
    chosen: Mapping[str, str],
    kinds: Mapping[str, LabelKind | None] = _NO_KINDS,
) -> dict[str, str]:
    """The style of the marker of each label.

    Args:
        labels: Spellings of one meaning share a marker, other labels do not.
        chosen: Markers chosen for some labels, which may share one.
        kinds: The kinds of some labels, where they are not that of their words.

    Raises:
        ValueError: no marker is left, or one that is chosen does not exist.

    """
    found: dict[str, str] = {}
    for label, style in chosen.items():
        if style not in MARKERS:
            raise ValueError(f"unknown marker for {label!r}: {style!r} ({near(style, MARKERS)})")
        found[label_meaning(label)] = style
    for label in labels:
        known = kinds.get(label) or kind_of(label)
        if label_meaning(label) not in found and known and known.marker not in found.values():
            found[label_meaning(label)] = known.marker
    without = list(
        dict.fromkeys(label_meaning(label) for label in labels if label_meaning(label) not in found)
    )
    free = [style for style in FREE if style not in found.values()]
    if len(without) > len(free):
        named = {label_meaning(label): label for label in reversed(labels)}
        raise ValueError(_none_left([named[each] for each in without[len(free) :]], found))
    found.update(zip(without, free, strict=False))
    return {label: found[label_meaning(label)] for label in labels}


def _none_left(labels: Sequence[str], found: Mapping[str, str]) -> str:
    unused = [style for style in MARKERS if style not in found.values() and style not in FREE]
    return (
        f"no marker is left for {', '.join(map(repr, labels))} (draw fewer kinds of event, or give "
        f"each a marker: --option 'sign={labels[0]}: {unused[0]}'; unused are {', '.join(unused)})"
    )


def ends(label: str, style: str) -> bool:
    """Whether a lane ends with an event: by the words of its label, or by its marker."""
    kind = kind_of(label)
    return bool(kind and kind.ends) or style in _ENDS
