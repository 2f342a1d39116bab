"""The options of a patient timeline on the command line: one row a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from renderers.axes.units import UNITS
from renderers.options import Option, listed, parse_options
from renderers.scene.palette_file import palette_of
from renderers.timeline.drawing import ALL
from renderers.timeline.options import COLOURED_BY, NO_BREAK, Break, TimelineOptions
from renderers.timeline.sections import RECORD, SECTIONS
from timeline.core.problem import near
from timeline.terminology.criteria import TERMS

CHOOSABLE = {name.casefold(): name for name in SECTIONS if name != RECORD}


def _sections(text: str) -> tuple[str, ...]:
    """Names of sections; all that are wrong are named."""
    words = [word.casefold() for word in listed(text)]
    if wrong := [word for word in words if word not in CHOOSABLE]:
        raise ValueError("; ".join(f"no such section: {w!r} ({near(w, CHOOSABLE)})" for w in wrong))
    if twice := [word for n, word in enumerate(words) if word in words[:n]]:
        raise ValueError(f"section named twice: {twice[0]!r} (write it once)")
    return tuple(CHOOSABLE[word] for word in words)


def _criteria(text: str) -> tuple[str, ...]:
    known = {title.casefold(): title for title in TERMS} | {ALL: ALL}
    words = listed(text)
    if wrong := [word for word in words if word.casefold() not in known]:
        what = [f"no such criterion: {word!r} ({near(word, known.values())})" for word in wrong]
        raise ValueError("; ".join(what))
    return tuple(known[word.casefold()] for word in words)


def _colour(text: str) -> str:
    if text not in COLOURED_BY:
        raise ValueError(f"bars are not coloured by {text!r} ({near(text, COLOURED_BY)})")
    return text


def _unit(text: str) -> str:
    known = [name for name in UNITS if name != "cycles"]
    if text not in known:
        raise ValueError(f"unknown unit: {text!r} ({near(text, known)})")
    return text


def _break(text: str) -> Break:
    if text == NO_BREAK[0]:
        return NO_BREAK
    start, slash, end = (part.strip() for part in text.partition("/"))
    if not (start and slash and end):
        raise ValueError(f"not a part of the axis: {text!r} (write 2011/2019, or no)")
    return start, end


TIMELINE_OPTIONS = {
    row.name: row
    for row in (
        Option("sections", "names of sections from the top, with commas between", "sections",
               _sections, is_list=True),
        Option("criteria", "rows of response: criteria with commas between, or all", "criteria",
               _criteria, is_list=True),
        Option("colour", "bars of treatment by drug or line", "colour", _colour, also="color"),
        Option("since", "time below the dates: diagnosis, surgery, line 2, line 2 end, a kind or "
               "an id of an event, or none", "since"),
        Option("unit", "of that time: days, weeks, months, years", "unit", _unit),
        Option("leave-out", "a part of the axis: 2011/2019; no: nothing", "leave_out", _break,
               many=True, between="/"),
        Option("log-scale", "laboratory values on a log scale, with commas between; all, or none",
               "log_scale", listed, is_list=True),
        Option("palette", "a file with the colours of names: palette.yaml", "palette",
               palette_of),
    )
}  # fmt: skip


def timeline_options(texts: Sequence[str]) -> TimelineOptions:
    """The options of a timeline.

    Args:
        texts: options of the command line, each as ``NAME=VALUE``.

    Raises:
        ValueError: an option is unknown, or has a wrong value.
    """
    return build(parse_options(texts, TIMELINE_OPTIONS))


def build(fields: Mapping[str, Any]) -> TimelineOptions:
    """The options of the fields that they set."""
    return TimelineOptions(**fields)
