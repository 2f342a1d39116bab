"""The swimmer: for one patient a lane for each line, for several a lane for each patient.

Nought is the start of the line (of the first line, where a lane is a patient) unless asked
otherwise; bars are time on treatment; lanes of patients stand by length, the longest on top.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from renderers.lanes.beside import in_words
from renderers.lanes.chart import Says, chart
from renderers.lanes.column import record_of
from renderers.lanes.lane import Lane
from renderers.lanes.nought import says
from renderers.lanes.of_readings import lanes_of
from renderers.lanes.pool import FEW, Pool
from renderers.lanes.swim import Swim
from renderers.preset import PAPER, Paper
from renderers.scene import Scene
from renderers.words import spoken
from timeline.reading import Reading

_PLAIN = Swim()


@spoken
def swimmer(readings: Sequence[Reading], paper: Paper = PAPER, swim: Swim = _PLAIN) -> Scene:
    """The swimmer of one or more patients.

    ValueError where none has a systemic line, a wish cannot be met, or the paper is too narrow.
    """
    pool = lanes_of(readings, swim)
    if not pool.lanes:
        raise ValueError(_nobody(readings, pool))
    one = readings[0] if len(readings) == 1 else None
    by_line = (swim.by or ("line" if one else "patient")) == "line"
    align = swim.align or ("start" if by_line else "line 1")
    return chart(
        pool,
        paper,
        swim,
        Says(
            name=f"swimmer {' '.join(_names(readings, pool))}",
            nought=says(align),
            alt=_alt(pool, one if by_line else None),
            caption=_caption(pool, swim, by_line=by_line, align=align),
            note=_note(pool, one if by_line else None),
            words=bool(one),
            sort=() if by_line else ("duration",),
        ),
    )


def _names(readings: Sequence[Reading], pool: Pool) -> list[str]:
    """The patients that are drawn; of a cohort, how many."""
    out = {name for name, _ in pool.left_out}
    names = [reading.case.name for reading in readings if reading.case.name not in out]
    return names if len(names) <= FEW else [f"of {len(names)} patients"]


def _nobody(readings: Sequence[Reading], pool: Pool) -> str:
    if all(why == "no systemic line" for _, why in pool.left_out):
        names = ", ".join(reading.case.name for reading in readings) or "nobody"
        return f"no systemic line in {names} (draw a timeline)"
    return "nobody can be aligned: " + "; ".join(f"{name}: {why}" for name, why in pool.left_out)


def _note(pool: Pool, one: Reading | None) -> str:
    """The end of one patient's record; of a cohort, how many are not drawn."""
    if one:
        return record_of(one)
    return "" if not pool.left_out else f"{len(pool.lanes)} of {pool.given} patients: {_why(pool)}"


def _why(pool: Pool) -> str:
    """What those drawn have that the others lack."""
    lacks = dict.fromkeys(why.removeprefix("no ") for _, why in pool.left_out)
    if list(lacks) == ["systemic line"]:
        return "those with a systemic line"
    return f"those with {' and '.join(lacks)}"


def _caption(pool: Pool, swim: Swim, *, by_line: bool, align: str) -> str:
    """Cut-off, n, conventions and definitions."""
    what = "line" if by_line else "patient"
    parts = [
        f"Swimmer plot of {len(pool.lanes)} of {pool.given} lanes, one a {what}.",
        *(f"Not drawn: {name} ({why})." for name, why in pool.left_out),
        f"Bars: time on treatment, coloured by {swim.colour}; gaps are time off treatment.",
        f"Nought: {says(align)}." if align != "calendar" else "",
        f"Data cut-off {swim.cutoff}."
        if swim.cutoff
        else "No data cut-off is stated: arrows stand where treatment went on at the last contact.",
        "Response: from the first scan that shows CR or PR to progression or the last scan.",
        "Scans are marked where the status changes." if swim.scans == "changes" else "",
        "A month is 30.4375 days." if swim.unit == "months" else "",
        *(f"Left out of the axis: {low:g} to {high:g} {swim.unit}." for low, high in swim.breaks),
    ]
    return " ".join(part for part in parts if part)


def _alt(pool: Pool, one: Reading | None) -> str:
    if len(pool.lanes) > FEW:
        return f"Swimmer of {len(pool.lanes)} patients, bars are time on treatment. {_sum(pool)}"
    lanes = "; ".join(_told(lane, pool) for lane in pool.lanes)
    what = f"lines of {one.case.name}" if one else f"{len(pool.lanes)} patients"
    return f"Swimmer of the {what}, bars are time on treatment. {lanes}."


def _told(lane: Lane, pool: Pool) -> str:
    said = [(heading, lane.cell(column).text) for column, heading, _ in pool.headings]
    texts = [text for n, (_, text) in enumerate(said) if text and n == 0]
    texts += [in_words(heading, text) for n, (heading, text) in enumerate(said) if text and n]
    return ", ".join(texts or [lane.name])


def _sum(pool: Pool) -> str:
    """How the lanes of a cohort end, in numbers."""
    ends = Counter(
        "on treatment at last contact"
        if any(stay.goes_on for stay in lane.stays)
        else next((note.style for note in reversed(lane.notes)), "no sign")
        for lane in pool.lanes
    )
    return "; ".join(f"{count} {word}" for word, count in ends.most_common()) + "."
