"""The swimmer: for one patient a lane for each line, for several a lane for each patient.

Nought is the start of the line (of the first line, where a lane is a patient) unless asked
otherwise; bars are time on treatment; lanes of patients stand by length, the longest on top.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene
from renderers.scene.styles import STYLES
from renderers.swimmer.alignment import description
from renderers.swimmer.columns import record_of
from renderers.swimmer.from_cases import NO_LINE, lanes_from_cases
from renderers.swimmer.lane import Lane
from renderers.swimmer.lane_set import FEW, LaneSet
from renderers.swimmer.layout import FigureText, lay_out
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.text_columns import in_words
from renderers.text.translation import both, localized, translate, translate_count
from timeline.endpoints.derived_case import DerivedCase

_PLAIN = SwimmerOptions()


@localized
def swimmer(
    readings: Sequence[DerivedCase], page: Page = DEFAULT_PAGE, swim: SwimmerOptions = _PLAIN
) -> Scene:
    """The swimmer of one or more patients.

    ValueError where none has a systemic line, a wish cannot be met, or the paper is too narrow.
    """
    pool = lanes_from_cases(readings, swim)
    if not pool.lanes:
        raise ValueError(_nobody(readings, pool))
    one = readings[0] if len(readings) == 1 else None
    by_line = (swim.by or ("line" if one else "patient")) == "line"
    align = swim.align or ("start" if by_line else "line 1")
    return lay_out(
        pool,
        page,
        swim,
        FigureText(
            name=f"swimmer {' '.join(_names(readings, pool))}",
            nought=description(align),
            alt=_alt(pool, one if by_line else None),
            caption=_caption(pool, swim, by_line=by_line, align=align),
            note=_note(pool, one if by_line else None),
            words=bool(one),
            sort=() if by_line else ("duration",),
        ),
    )


def _names(readings: Sequence[DerivedCase], pool: LaneSet) -> list[str]:
    """The patients that are drawn; of a cohort, how many."""
    out = {name for name, _ in pool.left_out}
    names = [reading.case.name for reading in readings if reading.case.name not in out]
    return names if len(names) <= FEW else [f"of {len(names)} patients"]


def _nobody(readings: Sequence[DerivedCase], pool: LaneSet) -> str:
    if all(lack == translate(NO_LINE) for _, lack in pool.left_out):
        names = ", ".join(reading.case.name for reading in readings) or "nobody"
        return f"no systemic line in {names} (draw a timeline)"
    why = "; ".join(f"{name}: no {lack}" for name, lack in pool.left_out)
    return f"nobody can be aligned: {why}"


def _note(pool: LaneSet, one: DerivedCase | None) -> str:
    """The end of one patient's record; of a cohort, how many are not drawn."""
    if one:
        return record_of(one)
    if not pool.left_out:
        return ""
    drawn = len(pool.lanes)
    lacks = tuple(dict.fromkeys(lack for _, lack in pool.left_out))
    if lacks == (translate(NO_LINE),):
        return translate_count(*_WITH_A_LINE, pool.given, drawn=drawn)
    return translate_count(*_WITH, pool.given, drawn=drawn, lacks=both(lacks))


_WITH_A_LINE = (
    "{drawn} of {number} patient: those with a systemic line",
    "{drawn} of {number} patients: those with a systemic line",
)
_WITH = (
    "{drawn} of {number} patient: those with {lacks}",
    "{drawn} of {number} patients: those with {lacks}",
)


def _caption(pool: LaneSet, swim: SwimmerOptions, *, by_line: bool, align: str) -> str:
    """Cut-off, n, conventions and definitions."""
    parts = [
        translate_count(*(_LINES if by_line else _PATIENTS), pool.given, drawn=len(pool.lanes)),
        *(
            translate("Not shown: {name} (no {lack}).", name=name, lack=lack)
            for name, lack in pool.left_out
        ),
        translate(_BY_DRUG)
        if swim.colour == "drug"
        else translate(_BY_LINE),
        ""
        if align == "calendar"
        else translate("Time zero: {time_zero}.", time_zero=description(align)),
        translate("Data cut-off: {day}.", day=swim.cutoff)
        if swim.cutoff
        else translate(_NO_CUTOFF),
        translate(_RESPONSE),
        translate("Scans are marked only where the response status changes.")
        if swim.scans == "changes"
        else "",
        translate("1 month = 30.4375 days.") if swim.unit == "months" else "",
        *(translate("Omitted from the axis: {ranges}.", ranges=ranges) for ranges in swim.left_out),
    ]  # fmt: skip
    return " ".join(part for part in parts if part)


_LINES = (
    "Swimmer plot of {drawn} of {number} treatment line.",
    "Swimmer plot of {drawn} of {number} treatment lines.",
)
_PATIENTS = (
    "Swimmer plot of {drawn} of {number} patient.",
    "Swimmer plot of {drawn} of {number} patients.",
)
_BY_LINE = "Bars show time on treatment, coloured by line; gaps are time off treatment."
_BY_DRUG = "Bars show time on treatment, coloured by drug; gaps are time off treatment."
_RESPONSE = (
    "Response is shown from the first scan with CR or PR to progression, death or the last scan."
)
_NO_CUTOFF = "No data cut-off is stated; arrows mark treatment ongoing at the last contact."


_OPENING = (
    "Swimmer plot of {number} patient; bars show time on treatment.",
    "Swimmer plot of {number} patients; bars show time on treatment.",
)


def _alt(pool: LaneSet, one: DerivedCase | None) -> str:
    count = len(pool.lanes)
    if count > FEW:
        opening = translate_count(*_OPENING, count)
        return f"{opening} {_sum(pool)}"
    lanes = "; ".join(_told(lane, pool) for lane in pool.lanes)
    if one:
        name = one.case.name
        opening = translate(
            "Swimmer plot of the treatment lines of {name}; bars show time on treatment.", name=name
        )
    else:
        opening = translate_count(*_OPENING, count)
    return f"{opening} {lanes}."


def _told(lane: Lane, pool: LaneSet) -> str:
    said = [(heading, lane.cell(column).text) for column, heading, _ in pool.headings]
    texts = [text for n, (_, text) in enumerate(said) if text and n == 0]
    texts += [in_words(heading, text) for n, (heading, text) in enumerate(said) if text and n]
    return ", ".join(texts or [lane.name])


def _sum(pool: LaneSet) -> str:
    """How the lanes of a cohort end, in numbers."""
    ends = Counter(
        translate("on treatment at last contact")
        if any(stay.goes_on for stay in lane.stays)
        else translate(
            next(
                (STYLES[note.style].description for note in reversed(lane.notes)),
                "end not marked",
            )
        )
        for lane in pool.lanes
    )
    counts = ends.most_common()
    each = (translate("{what}: {number}", what=what, number=number) for what, number in counts)
    text = "; ".join(each)
    return f"{text[:1].upper()}{text[1:]}."
