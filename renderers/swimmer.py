"""The swimmer: for one patient a lane for each line, for several a lane for each patient.

Nought is the start of the line (of the first line, where a lane is a patient); bars are time on
treatment; lanes of patients stand by length, the longest on top.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.axis import MONTH, since
from renderers.inline import lowered
from renderers.lane import Lane, marks_of
from renderers.measure import wrapped
from renderers.page import WIDTH, last_known
from renderers.scene import BODY, SMALL, Divide, Frame, Label, Mark, Row, Scene, Sign, in_row
from renderers.standing import best, months, progression_free
from timeline.edtf import tell
from timeline.lines import Line
from timeline.reading import Reading
from timeline.span import Span

_LEFT = 37.0  # millimetres of the column that names a lane
_BEST = 31.0  # of the column of the best response
_PFS = 30.0  # of the column of the endpoint
_ARROW = 6.0  # kept free for the arrows
_PITCH = 2.6  # between lines of small text
_AROUND = 0.9
_HEADS = 5.4
_STATE = {False: ("censored", "censored"), None: ("undecided", "event or censored")}

Column = tuple[tuple[str, bool], ...]  # lines of text, each bold or not


@attrs.frozen(kw_only=True)
class Named:
    """A lane with its texts: who or what on the left, best response and endpoint on the right."""

    lane: Lane
    name: Column
    best: Column
    months: str
    state: str  # style of the sign before the months, or nothing


def swimmer(readings: Sequence[Reading]) -> Scene:
    """The swimmer of one or more patients. ValueError where none has a systemic line."""
    found = [reading for reading in readings if reading.case.lines]
    if not found:
        names = ", ".join(reading.case.name for reading in readings) or "nobody"
        raise ValueError(f"no systemic line in {names} (draw a timeline)")
    one = found[0] if len(readings) == 1 else None
    named = _lines(one) if one else _patients(found)
    longest = max(each.lane.length for each in named)
    whole = (int(longest / MONTH) + 1) * MONTH
    right = WIDTH - _BEST - _PFS - _ARROW
    frame = Frame(low=0.0, high=whole, left=_LEFT, right=right)
    heads = ("Line", "PFS, months") if one else ("Patient", "OS from line 1, months")
    note = _record_ends(one) if one else _left_out(len(found), len(readings))
    sections = [_head(*heads, note), *(_section(each, frame) for each in named)]
    title = "Months since the start of the line" if one else "Months since the start of line 1"
    return Scene(
        name=f"swimmer {' '.join(reading.case.name for reading in found)}",
        alt=_alt(named, one),
        width=WIDTH,
        frame=frame,
        rows=(*(Row(name, height) for name, height, _ in sections), Row("axis", 8.5)),
        marks=tuple(in_row(m, n) for n, (_, _, marks) in enumerate(sections) for m in marks),
        axes=(since(frame, len(sections), title),),
    )


def _lines(reading: Reading) -> list[Named]:
    """A lane for each systemic line of one patient."""
    lines = reading.case.lines
    named = []
    for line in lines:
        outcome = progression_free(reading, line)
        said = _STATE.get(outcome.event, ("", "")) if outcome and outcome.days else ("", "")
        named.append(
            Named(
                lane=Lane(reading=reading, lines=(line,), is_last=line is lines[-1]),
                name=((f"Line {line.number}", True), (line.regimen, False)),
                best=_best(reading, line),
                months=_endpoint(outcome.endpoint if outcome else "", months(outcome)),
                state=said[0],
            )
        )
    return named


def _best(reading: Reading, line: Line, led: str = "") -> Column:
    """The best response, and below it the confirmed one where it differs."""
    first, confirmed = best(reading, line)
    said = ((f"{led}{first}", False),)
    return (*said, (f"confirmed: {confirmed}", False)) if confirmed else said


def _endpoint(name: str, said: str) -> str:
    return f"{name} {said}" if name == "iPFS" else said


def _patients(readings: Sequence[Reading]) -> list[Named]:
    """A lane for each patient, from the start of the first line; the longest on top."""
    named = []
    for reading in readings:
        lines = reading.case.lines
        outcome = reading.outcome("OS", lines[0].number)
        censored = outcome is not None and outcome.days is not None and not outcome.event
        named.append(
            Named(
                lane=Lane(reading=reading, lines=lines, in_words=False),
                name=(
                    (reading.case.name, True),
                    (reading.case.patient.diagnosis, False),
                    (_record_ends(reading), False),
                ),
                best=_best(reading, lines[-1], f"line {lines[-1].number}: "),
                months=months(outcome),
                state="alive" if censored else "",
            )
        )
    return sorted(named, key=lambda each: -each.lane.length)


def _head(left: str, right: str, note: str) -> tuple[str, float, tuple[Mark, ...]]:
    """Names of the columns, and a note above the lanes."""
    best_x, down = WIDTH - _BEST - _PFS, _HEADS - 2.0
    marks = [
        Label(text=text, bold=True, shift=x, down=down)
        for text, x in ((left, 0.0), ("Best response", best_x), (right, best_x + _BEST))
    ]
    if note:
        marks.append(Label(text=note, size=SMALL, shift=best_x - _ARROW, align="right", down=down))
    return "", _HEADS, tuple(marks)


def _left_out(drawn: int, given: int) -> str:
    """Says so where patients without a systemic line are not drawn."""
    return "" if drawn == given else f"{drawn} of {given} patients: those with a systemic line"


def _record_ends(reading: Reading) -> str:
    """The cut-off in words: death, last contact, or the last dated event."""
    cutoff, style = last_known(reading.case)
    word = "last dated event" if style == "last record" else style
    return f"{word} {tell(Span(int(cutoff.low), int(cutoff.high)))}"


def _section(named: Named, frame: Frame) -> tuple[str, float, tuple[Mark, ...]]:
    marks, height = marks_of(named.lane, frame)
    names = _column(named.name, 0.0, _LEFT - 3.0)
    bests = _column(named.best, WIDTH - _BEST - _PFS, _BEST - 2.0)
    height = max(height, len(names) * _PITCH, len(bests) * _PITCH) + 2 * _AROUND
    x = WIDTH - _BEST - _PFS
    down = _AROUND + 0.6 * _PITCH
    texts: list[Mark] = [
        Divide(style="divide", left=0.0, right=WIDTH),
        *names,
        *bests,
        Label(
            text=named.months,
            size=SMALL,
            shift=x + _BEST + (3.4 if named.state else 0.0),
            down=down,
        ),
    ]
    if named.state:
        texts.append(Sign(style=named.state, at=frame.low, shift=_from_left(frame, x), down=down))
    return named.name[0][0], height, (*texts, *(lowered(mark, _AROUND) for mark in marks))


def _from_left(frame: Frame, x: float) -> float:
    """A shift from the frame's first day to the column of the endpoint."""
    return x + _BEST + 1.3 - frame.left


def _column(column: Column, x: float, room: float) -> list[Label]:
    lines = [
        (line, bold)
        for text, bold in column
        for line in wrapped(text, BODY if bold else SMALL, room, bold=bold)
    ]
    return [
        Label(
            text=line,
            bold=bold,
            shift=x,
            size=BODY if bold else SMALL,
            down=_AROUND + (n + 0.6) * _PITCH,
        )
        for n, (line, bold) in enumerate(lines)
    ]


def _joined(column: Column) -> str:
    return ", ".join(text for text, _ in column)


def _alt(named: Sequence[Named], one: Reading | None) -> str:
    lanes = "; ".join(
        f"{each.name[0][0]} {each.name[1][0]}, best response {_joined(each.best)}, {each.months}"
        for each in named
    )
    what = f"lines of {one.case.name}" if one else f"{len(named)} patients"
    return f"Swimmer of the {what}, bars are time on treatment. {lanes}."
