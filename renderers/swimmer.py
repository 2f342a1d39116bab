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
from renderers.lanes.of_readings import NO_LINE, lanes_of
from renderers.lanes.pool import FEW, Pool
from renderers.lanes.swim import Swim
from renderers.preset import PAPER, Paper
from renderers.scene import Scene
from renderers.style import STYLES
from renderers.words import both, say, spoken
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
    if all(lack == say(NO_LINE) for _, lack in pool.left_out):
        names = ", ".join(reading.case.name for reading in readings) or "nobody"
        return f"no systemic line in {names} (draw a timeline)"
    why = "; ".join(f"{name}: no {lack}" for name, lack in pool.left_out)
    return f"nobody can be aligned: {why}"


def _note(pool: Pool, one: Reading | None) -> str:
    """The end of one patient's record; of a cohort, how many are not drawn."""
    if one:
        return record_of(one)
    if not pool.left_out:
        return ""
    counts = {"drawn": len(pool.lanes), "given": pool.given}
    lacks = tuple(dict.fromkeys(lack for _, lack in pool.left_out))
    if lacks == (say(NO_LINE),):
        return say("{drawn} of {given} patients: those with a systemic line", **counts)
    return say("{drawn} of {given} patients: those with {lacks}", lacks=both(lacks), **counts)


def _caption(pool: Pool, swim: Swim, *, by_line: bool, align: str) -> str:
    """Cut-off, n, conventions and definitions."""
    lanes = {"drawn": len(pool.lanes), "given": pool.given}
    parts = [
        say("Swimmer plot of {drawn} of {given} lanes, one a line.", **lanes)
        if by_line
        else say("Swimmer plot of {drawn} of {given} lanes, one a patient.", **lanes),
        *(
            say("Not drawn: {name} (no {lack}).", name=name, lack=lack)
            for name, lack in pool.left_out
        ),
        say("Bars: time on treatment, coloured by drug; gaps are time off treatment.")
        if swim.colour == "drug"
        else say("Bars: time on treatment, coloured by line; gaps are time off treatment."),
        say("Nought: {nought}.", nought=says(align)) if align != "calendar" else "",
        say("Data cut-off {day}.", day=swim.cutoff) if swim.cutoff else say(_NO_CUTOFF),
        say(_RESPONSE),
        say("Scans are marked where the status changes.") if swim.scans == "changes" else "",
        say("A month is 30.4375 days.") if swim.unit == "months" else "",
        *(say("Left out of the axis: {said}.", said=said) for said in swim.left_out),
    ]  # fmt: skip
    return " ".join(part for part in parts if part)


_RESPONSE = (
    "Response: from the first scan that shows CR or PR to progression, death or the last scan."
)
_NO_CUTOFF = "No data cut-off is stated: arrows stand where treatment went on at the last contact."


def _alt(pool: Pool, one: Reading | None) -> str:
    count = len(pool.lanes)
    if count > FEW:
        opening = say("Swimmer of {number} patients, bars are time on treatment.", number=count)
        return f"{opening} {_sum(pool)}"
    lanes = "; ".join(_told(lane, pool) for lane in pool.lanes)
    if one:
        name = one.case.name
        opening = say("Swimmer of the lines of {name}, bars are time on treatment.", name=name)
    else:
        opening = say("Swimmer of {number} patients, bars are time on treatment.", number=count)
    return f"{opening} {lanes}."


def _told(lane: Lane, pool: Pool) -> str:
    said = [(heading, lane.cell(column).text) for column, heading, _ in pool.headings]
    texts = [text for n, (_, text) in enumerate(said) if text and n == 0]
    texts += [in_words(heading, text) for n, (heading, text) in enumerate(said) if text and n]
    return ", ".join(texts or [lane.name])


def _sum(pool: Pool) -> str:
    """How the lanes of a cohort end, in numbers."""
    ends = Counter(
        say("on treatment at last contact")
        if any(stay.goes_on for stay in lane.stays)
        else say(next((STYLES[note.style].says for note in reversed(lane.notes)), "no sign"))
        for lane in pool.lanes
    )
    return "; ".join(f"{count} {word}" for word, count in ends.most_common()) + "."
