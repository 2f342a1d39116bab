"""A figure that is written with its unit, ``14.5 g/dL``: the number, and the key ``unit``."""

from __future__ import annotations

import re

import yaml

from timeline.core.calendar.durations import UNITS_IN_DAYS
from timeline.core.quantities import LARGE, UNIT_OF, dose_parts
from timeline.core.text.number_words import NUMBER_WORDS
from timeline.files.yaml.yaml_nodes import Node, ProblemLog
from timeline.report.claims import CLAIMS, DURATIONS

WITH_UNIT = frozenset(
    (*DURATIONS, "follow-up", "median", "mean", "age", "lab", "size", "dose", "score", "sum")
) & frozenset(CLAIMS)
_IN_WORDS = (
    rf"(?:.*\s)?(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|half|half an?|an?)"
)
_PARTS = re.compile(
    rf"(?P<number>.*[0-9½]{LARGE}?\+?|{_IN_WORDS}(?=\s))\s*(?P<unit>[^\W\d_][^\s0-9.,×*]*(?:/[^\s.,]+)?)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\ban?$", re.IGNORECASE)
_AND_A_HALF = re.compile(r"(?P<time>.+?)(?P<half>\s+and\s+a\s+half)?", re.IGNORECASE)
_STR = "tag:yaml.org,2002:str"


def unit_named(text: str) -> str:
    """The name of a unit by any of its spellings; nothing where it is none.

    >>> unit_named("g/dl"), unit_named("month"), unit_named("fold")
    ('g/dL', 'months', '')
    """
    known = UNIT_OF.get(text) or UNIT_OF.get(text.lower())
    return known.name if known else text if text in UNITS_IN_DAYS else ""


def split_unit(
    entry: Node, value: Node, notes: ProblemLog, kind: str = ""
) -> tuple[Node, Node, str]:
    """A claim whose value includes its unit, split into the number and the key ``unit``.

    Where the key names another unit than the value, that is noted. The unit of a ``dose`` has
    with it how often the dose is given: ``mg every 28 days``, ``mg/28 d``.

    Returns:
        The claim; its number; and its words as printed where the unit stands within the number
        (``a year and a half``), else an empty text.
    """
    if not isinstance(entry, yaml.MappingNode) or not isinstance(value, yaml.ScalarNode):
        return entry, value, ""
    if kind == "dose" and not any(key.value == "unit" for key, _ in entry.value):
        amount, name, rest = dose_parts(" ".join(value.value.split()))
        if amount and rest:
            timed = f"{name}{'' if rest.startswith('/') else ' '}{rest}"
            return *_with_unit(entry, value, amount, timed), ""
    whole = _AND_A_HALF.fullmatch(value.value.strip())  # a year and a half: the unit comes before
    found = _PARTS.fullmatch(whole["time"]) if whole else None
    name = unit_named(found["unit"]) if found else ""
    if not found or not name:
        return entry, value, ""
    printed = [other.value for key, other in entry.value if key.value == "unit"]
    if printed and unit_named(str(printed[0])) != name:
        notes.add(value, f"two units, {found['unit']!r} and {printed[0]!r} (keep the one printed)")
    half = whole["half"] if whole else None
    number = f"{_ONE.sub('one', found['number'])}{half}" if half else found["number"]
    split = _with_unit(entry, value, number, "" if printed else name)
    return *split, " ".join(value.value.split()) if half else ""


def _with_unit(entry: yaml.MappingNode, value: Node, text: str, name: str) -> tuple[Node, Node]:
    """A claim with a number in place of its value, and the key ``unit`` where one is given."""
    number = _word(text, value)
    pairs = [(key, number if other is value else other) for key, other in entry.value]
    pairs += [(_word("unit", value), _word(name, value))] if name else []
    claim = yaml.MappingNode(entry.tag, pairs, entry.start_mark, entry.end_mark, entry.flow_style)
    return claim, number


def _word(text: str, at: Node) -> Node:
    return yaml.ScalarNode(_STR, text, start_mark=at.start_mark, end_mark=at.end_mark)
