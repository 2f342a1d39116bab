"""What a swimmer plot shows in numbers, for its caption and its alternative text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from renderers.scene.scene import Scene
from renderers.swimmer.lane import Lane, LaneSet
from renderers.text.translation import translate
from timeline.core.calendar.dates import format_day
from timeline.core.frozen_class import frozen
from timeline.terminology.criteria import BEST_FIRST

if TYPE_CHECKING:
    from timeline.endpoints.derived_case import DerivedCase

_MOST_NAMED = 8  # states that are named one by one


def axis_in_words(scene: Scene) -> str:
    """``Horizontal axis: Months since first dose, 0 to 30.``; the days of a calendar."""
    frame, axis = scene.frame, scene.axes[0]
    if frame.dated:
        low, high = (format_day(int(day)) for day in (frame.low, frame.high))
        return translate("Horizontal axis: dates, {low} to {high}.", low=low, high=high)
    printed = [tick.text for tick in axis.ticks if tick.text]
    low, high = printed[0], printed[-1]
    return translate(
        "Horizontal axis: {what}, {low} to {high}.", what=axis.title, low=low, high=high
    )


@frozen(kw_only=True)
class EndWords:
    """How records end of treatment that goes on: the words of its arrow, of captions, of counts."""

    legend: str
    arrows: str
    counts: str


_AT_CONTACT = EndWords(
    legend="",  # that of the style
    arrows="No data cut-off is stated; arrows mark treatment ongoing at the last contact.",
    counts="Ongoing at last contact: {ongoing} of {number}; died: {died}.",
)
_AT_EVENT = EndWords(
    legend="ongoing at the last dated event",
    arrows="No data cut-off is stated; arrows mark treatment ongoing at the last dated event.",
    counts="Ongoing at the last dated event: {ongoing} of {number}; died: {died}.",
)
_AT_EITHER = EndWords(
    legend="ongoing at the last contact or, without one, the last dated event",
    arrows="No data cut-off is stated; arrows mark treatment ongoing at the last contact or, "
    "without one, the last dated event.",
    counts="Ongoing at the last contact or, without one, the last dated event: {ongoing} of "
    "{number}; died: {died}.",
)


def end_words(cases: Sequence[DerivedCase]) -> EndWords:
    """The words for the cases with treatment that goes on: whether a last contact is on record."""
    from timeline.record.events import LastContact  # a table needs no events of cases

    contacts = {
        bool(each.case.all_of(LastContact))
        for each in cases
        if any(t.at.ongoing for line in each.case.lines for t in line.treatments)
    }
    if contacts == {False}:
        return _AT_EVENT
    return _AT_EITHER if len(contacts) > 1 else _AT_CONTACT


def ongoing_and_died(lanes: Sequence[Lane], cutoff: str, words: EndWords = _AT_CONTACT) -> str:
    """How many lanes go on, and how many end with a death."""
    ongoing = sum(any(bar.goes_on for bar in lane.bars) for lane in lanes)
    died = sum(any(marker.style == "death" for marker in lane.markers) for lane in lanes)
    phrase = _AT_CUTOFF if cutoff else words.counts
    return translate(phrase, ongoing=ongoing, number=len(lanes), died=died)


_AT_CUTOFF = "Ongoing at data cut-off: {ongoing} of {number}; died: {died}."


_OF_LINE_1 = "Best response in line 1, as first documented: {counts}."
_OF_FIRST = "Best response in the first line on record, as first documented: {counts}."


def best_responses(lanes: Sequence[Lane], *, later: bool = False) -> str:
    """How many lanes have each best response, in clinical order; nothing if none is known.

    ``later``: some lane begins with a later line than the first.
    """
    found = [lane.cell("best").lines[0][0] for lane in lanes if lane.cell("best").lines]
    counts = Counter(label if label in BEST_FIRST else "" for label in found)
    known = [f"{label} {counts[label]}" for label in BEST_FIRST if counts[label]]
    if not known:
        return ""
    several = counts[""]
    if several:
        known.append(translate("not certain or not derived {number}", number=several))
    return translate(_OF_FIRST if later else _OF_LINE_1, counts=", ".join(known))


def marked(lane_set: LaneSet) -> str:
    """How many lanes have each marker, in the words of the legend."""
    words = {style: text for style, _, text in lane_set.named if text}
    of_lanes = Counter(
        style for lane in lane_set.lanes for style in dict.fromkeys(m.style for m in lane.markers)
    )
    order = sorted(words, key=lambda each: (*BEST_FIRST, each).index(each))
    counts = [f"{words[style]} {of_lanes[style]}" for style in order if of_lanes[style]]
    if not counts:
        return ""
    return translate("Number of patients with each event: {counts}.", counts=", ".join(counts))


def states_in_words(lane_set: LaneSet) -> str:
    """What the bars show, by name if there are few of them."""
    names = [row.description for row in lane_set.own if row.is_treatment]
    if not names:
        return ""
    if len(names) > _MOST_NAMED:
        return translate("Bars show {number} treatments or states.", number=len(names))
    return translate("Bars: {names}.", names=", ".join(names))
