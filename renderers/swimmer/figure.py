"""The swimmer plot of cases: a lane for each line of one patient, or for each of several patients.

Time zero is the start of the line (of line 1, for lanes of patients) unless another is chosen.
Bars are time on treatment. Lanes of patients are sorted by it, the longest on top.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from shlex import quote

import attrs

from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene
from renderers.swimmer.alignment import aligned_on, alignment, description, in_caption, short_name
from renderers.swimmer.columns import COLUMNS, record_of
from renderers.swimmer.from_cases import NO_LINE, USUAL_ZERO, lanes_from_cases, own_alignment
from renderers.swimmer.lane import FEW, Lane, LaneSet
from renderers.swimmer.lane_content import LOCAL, line_at
from renderers.swimmer.lanes.summaries import (
    EndWords,
    axis_in_words,
    best_responses,
    end_words,
    ongoing_and_died,
)
from renderers.swimmer.layout import FigureText, lay_out
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.text_columns import in_words
from renderers.text.line_summary import criteria_sentence
from renderers.text.sentences import LONGEST_ALT, within
from renderers.text.translation import both, localized, translate, translate_count
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import Treatment

_PLAIN = SwimmerOptions()


@localized
def swimmer(
    cases: Sequence[DerivedCase], page: Page = DEFAULT_PAGE, options: SwimmerOptions = _PLAIN
) -> Scene:
    """The swimmer plot of one or more patients.

    Raises:
        ValueError: no patient has a systemic line, an option does not fit the cases, or the page
            is too narrow.

    """
    lane_set = lanes_from_cases(cases, options)
    if not lane_set.lanes:
        raise ValueError(_no_lanes(cases, lane_set))
    one = cases[0] if len(cases) == 1 else None
    by_line = (options.by or ("line" if one else "patient")) == "line"
    usual = USUAL_ZERO["line" if by_line else "patient"]
    align = alignment(options.align, usual, cases)
    chosen = not options.align and align != usual
    if (ends := end_words(cases)).legend and not options.cutoff:
        named = ("ongoing", "Status", translate(ends.legend))
        lane_set = attrs.evolve(lane_set, named=(*lane_set.named, named))
    scene = lay_out(
        lane_set,
        page,
        options,
        FigureText(
            name=f"swimmer {' '.join(_names(cases, lane_set))}",
            time_zero=description(align),
            alt="",
            caption=_caption(lane_set, cases, options, by_line=by_line, align=align, chosen=chosen),
            note=_note(lane_set, one if by_line else None),
            words=bool(one),
            sort=() if by_line else ("treatment",),
        ),
    )
    died = ongoing_and_died(lane_set.lanes, options.cutoff, end_words(cases))
    alt = _alt(lane_set, one if by_line else None, axis_in_words(scene), died)
    return attrs.evolve(scene, alt=alt)


def _names(cases: Sequence[DerivedCase], lane_set: LaneSet) -> list[str]:
    """The patients that are drawn; of a cohort, how many."""
    out = {name for name, _ in lane_set.left_out}
    names = [each.case.name for each in cases if each.case.name not in out]
    return names if len(names) <= FEW else [f"of {len(names)} patients"]


def _no_lanes(cases: Sequence[DerivedCase], lane_set: LaneSet) -> str:
    """Why no patient has a lane."""
    if not cases:
        return "no cases to draw (give at least one)"
    if all(lack == translate(NO_LINE) for _, lack in lane_set.left_out):
        names = ", ".join(each.case.name for each in cases)
        return f"no systemic line in {names} (draw a timeline)"
    why = "; ".join(dict.fromkeys(f"{name}: no {lack}" for name, lack in lane_set.left_out))
    advice = "give it a date, or count another event from it, as line 1 + 8 weeks"
    if others := aligned_on(cases):
        option = quote(f"align={others[0]}")
        advice = f"--option {option} can be drawn; or {advice}"
    return f"no patient can be aligned: {why} ({advice})"


_WITH_A_LINE = (
    "{drawn} of {number} patient: those with a systemic line",
    "{drawn} of {number} patients: those with a systemic line",
)
_WITH = (
    "{drawn} of {number} patient: those with {lacks}",
    "{drawn} of {number} patients: those with {lacks}",
)


def _note(lane_set: LaneSet, one: DerivedCase | None) -> str:
    """The end of one patient's record; of a cohort, how many are not drawn."""
    if one:
        return record_of(one)
    if not lane_set.left_out:
        return ""
    drawn = len(lane_set.lanes)
    lacks = tuple(dict.fromkeys(lack for _, lack in lane_set.left_out))
    if lacks == (translate(NO_LINE),):
        return translate_count(*_WITH_A_LINE, lane_set.requested, drawn=drawn)
    return translate_count(*_WITH, lane_set.requested, drawn=drawn, lacks=both(lacks))


_LINES = (
    "Swimmer plot of {drawn} of {number} treatment line.",
    "Swimmer plot of {drawn} of {number} treatment lines.",
)
_PATIENTS = (
    "Swimmer plot of {drawn} of {number} patient.",
    "Swimmer plot of {drawn} of {number} patients.",
)
_BARS = {
    "line": "Bars show time on treatment, coloured by line; gaps are time off treatment.",
    "drug": "Bars show time on treatment, coloured by drug; gaps are time off treatment.",
    "regimen": "Bars show time on treatment, coloured by regimen; gaps are time off treatment.",
}
_BARS_BY = "Bars show time on treatment (colour: {what}); gaps are time off treatment."
_RESPONSE = (
    "The line below a bar shows response, from the first scan with CR or PR to progression, death "
    "or the last scan."
)
_MARKED = {
    "key": "Markers show the first response, each better response and progression; ticks are the "
    "other scans.",
    "changes": "Scans are marked only where the response status changes.",
}
_CHOSEN = "Time zero: {time_zero}, as no start of a line is dated."
_NO_CUTOFF = "No data cut-off is stated."


def _caption(
    lane_set: LaneSet,
    cases: Sequence[DerivedCase],
    options: SwimmerOptions,
    *,
    by_line: bool,
    align: str,
    chosen: bool,
) -> str:
    """How many are drawn and how they fared, the conventions, time zero and data cut-off.

    ``chosen``: time zero is not the usual one, and nobody asked for it.
    """
    drawn, cutoff, ends = len(lane_set.lanes), options.cutoff, end_words(cases)
    later = _later_zeros(cases, lane_set, options, align)
    zero = "" if align == "calendar" else in_caption(align)
    parts = (
        translate_count(*(_LINES if by_line else _PATIENTS), lane_set.requested, drawn=drawn),
        *(
            translate("Not shown: {name} (no {lack}).", name=name, lack=lack)
            for name, lack in lane_set.left_out
        ),
        _outside_the_lines(cases),
        translate(_BARS[options.colour])
        if options.colour in _BARS
        else translate(_BARS_BY, what=COLUMNS[options.colour].heading("line")),
        translate(_CHOSEN if chosen else "Time zero: {time_zero}.", time_zero=zero) if zero else "",
        later,
        _cutoff(lane_set, cutoff, ends),
        "" if by_line else ongoing_and_died(lane_set.lanes, cutoff, ends),
        criteria_sentence(cases),
        "" if by_line else best_responses(lane_set.lanes, later=bool(later)),
        translate(_RESPONSE) if any(lane.responses for lane in lane_set.lanes) else "",
        translate(_MARKED[options.scans]) if options.scans in _MARKED else "",
        translate(_PLUS) if _has_censored(lane_set) else "",
        translate("1 month = 30.4375 days.") if options.unit == "months" else "",
        *(translate("Omitted from the axis: {ranges}.", ranges=each) for each in options.left_out),
    )
    return " ".join(part for part in parts if part)


def _later_zeros(
    cases: Sequence[DerivedCase], lane_set: LaneSet, options: SwimmerOptions, align: str
) -> str:
    """The patients whose lane counts from a later line, the first that their record describes."""
    out = {name for name, _ in lane_set.left_out}
    texts = [
        f"{each.case.name} ({short_name(own)})"
        for each in cases
        if each.case.name not in out and (own := own_alignment(options.align, align, each)) != align
    ]
    if not texts:
        return ""
    return translate("Counted from the first line on record: {names}.", names=both(tuple(texts)))


def _outside_the_lines(cases: Sequence[DerivedCase]) -> str:
    """What one patient had outside the lines and no lane shows: treatments, local therapy."""
    if len(cases) != 1:
        return ""
    case, texts = cases[0].case, []
    drawn = {id(treatment) for line in case.lines for treatment in line.treatments}
    for event in case.done:
        if isinstance(event, Treatment) and id(event) not in drawn:
            drugs = " + ".join(drug.agent for drug in event.drugs)
            texts.append(f"{translate(event.setting or event.kind)} {drugs}".strip())
        elif isinstance(event, LOCAL) and line_at(event, case) is None:
            where = event.what or event.site
            texts.append(f"{translate(event.kind)} ({where})" if where else translate(event.kind))
    if not texts:
        return ""
    return translate("On record and not shown: {sections}.", sections=both(tuple(texts)))


def _cutoff(lane_set: LaneSet, cutoff: str, ends: EndWords) -> str:
    """The data cut-off; where none is stated, what an arrow stands for if there is one."""
    if cutoff:
        return translate("Data cut-off: {day}.", day=cutoff)
    goes_on = any(bar.goes_on for lane in lane_set.lanes for bar in lane.bars)
    return translate(ends.arrows if goes_on else _NO_CUTOFF)


_OPENING = (
    "Swimmer plot of {number} patient; bars show time on treatment.",
    "Swimmer plot of {number} patients; bars show time on treatment.",
)


_PLUS = "A plus sign after a time marks a censored one."


def _has_censored(lane_set: LaneSet) -> bool:
    """Whether a column prints a time as censored."""
    return any(
        re.search(r"[0-9]\+", lane.cell(column).text)
        for lane in lane_set.lanes
        for column, _, _ in lane_set.headings
    )


def _alt(lane_set: LaneSet, one: DerivedCase | None, axis: str, died: str) -> str:
    """What is drawn on which axis, with the result of each of few lanes, or of all in numbers."""
    lanes = lane_set.lanes
    opening = (
        translate(
            "Swimmer plot of the treatment lines of {name}; bars show time on treatment.",
            name=one.case.name,
        )
        if one
        else translate_count(*_OPENING, len(lanes))
    )
    each = f"{'; '.join(_lane_text(lane, lane_set) for lane in lanes)}."
    if len(lanes) <= FEW and len(f"{opening} {axis} {each}") <= LONGEST_ALT:
        return f"{opening} {axis} {each}"
    return within((opening, axis, died, best_responses(lanes)))


def _lane_text(lane: Lane, lane_set: LaneSet) -> str:
    """The cells of a lane: the first without its heading, the others after theirs."""
    cells = [(heading, lane.cell(column).text) for column, heading, _ in lane_set.headings]
    texts = [in_words(heading, text) if n else text
             for n, (heading, text) in enumerate(cells) if text]  # fmt: skip
    return ", ".join(texts or [lane.name])
