"""A swimmer from plain tables: read, checked, and drawn only where nothing is wrong.

Every fault is named with file, line and field. A table with an error draws nothing, unless
asked to draw what is sound; it then says how many rows were left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import attrs

from renderers.given import Problems, Record, given
from renderers.lanes.chart import Says, chart
from renderers.lanes.pool import Pool, inked
from renderers.lanes.sound import CHECKS, Found, Weight
from renderers.lanes.stretch import (
    EVENTS,
    LANES,
    MORE_EVENTS,
    MORE_LANES,
    Tables,
    tables,
)
from renderers.lanes.swim import Swim
from renderers.lanes.table_lane import lane_of
from renderers.preset import PAPER, Paper
from renderers.scene import Scene
from renderers.style import STYLES
from renderers.words import say, spoken
from timeline.months import days_per
from timeline.problem import Problem, Where, near

_PLAIN = Swim()


@attrs.frozen(kw_only=True)
class Source:
    """Where the tables are and how to read them.

    ``named``: the table's own name of a field, as ``id: record_id``. ``unit``: of its numbers.
    ``nought``: what its numbers count from, in words. ``signs``: a sign for a label.
    ``together``: states that overlap are drugs given together, drawn side by side in one bar.
    """

    lanes: Path
    events: tuple[Path, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    nought: str = ""
    signs: tuple[tuple[str, str], ...] = ()
    together: bool = False


@attrs.frozen(kw_only=True)
class Drawn:
    """What came of some tables: a figure, or none, and everything that is wrong with them."""

    scene: Scene | None
    errors: Problems
    warnings: Problems
    left_out: int = 0  # rows that the figure lacks


def tabled(
    source: Source, paper: Paper = PAPER, swim: Swim = _PLAIN, *, anyway: bool = False
) -> Drawn:
    """The swimmer of some tables. ``anyway``: draw what is sound where something is not.

    ValueError where a wish cannot be met, or the paper is too narrow.
    """
    read, unread, problems = _read(source, swim)
    if read is None:
        return Drawn(scene=None, errors=problems, warnings=())
    found = [(row.weight, fault) for row in CHECKS for fault in row.find(read)]
    errors = [fault.problem for weight, fault in found if weight is Weight.ERROR]
    warnings = [fault.problem for weight, fault in found if weight is Weight.WARNING]
    all_errors = tuple(sorted({*problems, *errors}))
    if all_errors and not anyway:
        return Drawn(scene=None, errors=all_errors, warnings=tuple(sorted(set(warnings))))
    sound, out = _sound(read, [fault for _, fault in found])
    scene = _scene(read, sound, source, paper, swim, out + unread) if sound.stretches else None
    return Drawn(
        scene=scene,
        errors=all_errors,
        warnings=tuple(sorted(set(warnings))),
        left_out=out + unread,
    )


def _read(source: Source, swim: Swim) -> tuple[Tables | None, int, Problems]:
    """The tables, how many of their rows could not be read, and why."""
    named = dict(source.named)
    unknown = [name for name in named if name not in {*LANES, *EVENTS, *MORE_LANES, *MORE_EVENTS}]
    if unknown:
        known = dict.fromkeys((*LANES, *EVENTS, *MORE_LANES))
        raise ValueError(f"--map {unknown[0]}=..: no such field ({near(unknown[0], known)})")
    lanes, faults = given(source.lanes, LANES, MORE_LANES, named)
    events: list[Record] = []
    for path in source.events:
        rows, more = given(path, EVENTS, MORE_EVENTS, named)
        events += rows
        faults += more
    columns = _columns(swim)
    if lanes:
        faults += _no_such_column(columns, [name for name, _, _ in lanes[0].cells], source.lanes)
    if not lanes or any(fault.where.line <= 1 for fault in faults):
        faults = faults or (Problem(Where(str(source.lanes)), "holds no row"),)
        return None, 0, faults
    read, problems = tables(
        lanes,
        tuple(events),
        per_unit=_per_unit(source),
        signs=dict(source.signs),
        combined=source.together,
        columns=columns,
        nought=source.nought,
    )
    lost = len(lanes) + len(events) - len(read.stretches) - len(read.events) + len(faults)
    if not read.dated and not source.unit:
        return None, 0, (*faults, *problems)
    return read, lost, (*faults, *problems)


def _per_unit(source: Source) -> Fraction | None:
    return days_per(source.unit) if source.unit else None


def _columns(swim: Swim) -> tuple[str, ...]:
    """The further columns of the lanes that a figure uses."""
    keys = (key.removesuffix(" reversed") for key in swim.sort or ())
    used = [*(swim.columns or ()), *([swim.group] if swim.group else []), *keys]
    return tuple(dict.fromkeys(c for c in used if c not in ("id", "duration", "start", "name")))


def _no_such_column(columns: Sequence[str], there: Sequence[str], path: Path) -> Problems:
    return tuple(
        Problem(Where(str(path), 1, 1), f"no column {name!r} ({near(name, there)})")
        for name in columns
        if name not in there
    )


def _sound(read: Tables, found: Sequence[Found]) -> tuple[Tables, int]:
    """The rows that can be drawn, and how many are left out.

    Of two rows that contradict each other neither is drawn, unless one of them is faulty itself.
    """
    out = {id(row) for fault in found for row in fault.out if len(fault.out) == 1}
    contradicted: set[int] = set()
    for fault in found:
        if not out & {id(row) for row in fault.out}:
            contradicted |= {id(row) for row in fault.out}
    out |= contradicted
    stretches = tuple(row for row in read.stretches if id(row) not in out)
    known = {row.id for row in stretches}
    events = tuple(e for e in read.events if id(e) not in out and e.id in known)
    lost = len(read.stretches) - len(stretches) + len(read.events) - len(events)
    return attrs.evolve(read, stretches=stretches, events=events), lost


@spoken
def _scene(
    read: Tables, sound: Tables, source: Source, paper: Paper, swim: Swim, lost: int
) -> Scene:
    states = tuple(dict.fromkeys(row.state for row in sound.stretches))
    inks, named = inked(states, "State")
    labels = {event.style: event.label for event in sound.events}
    named += tuple((s, STYLES[s].group, said_) for s, said_ in labels.items() if s in STYLES)
    if any(event.until for event in sound.events):
        named += (("response", "Response", say("response, with the ends that the table gives")),)
    lanes = tuple(
        lane_of(id_, rows, sound, dict(inks), swim) for id_, rows in sound.by_patient.items()
    )
    columns = ("id", *(name for name in swim.columns or () if name != "id"))
    pool = Pool(
        lanes=lanes,
        headings=tuple((name, _titled(name), name == "id") for name in columns),
        named=named,
        given=len(read.by_patient),
    )
    return chart(pool, paper, swim, _says(pool, source, read, swim, lost))


def _titled(name: str) -> str:
    return say("Patient") if name == "id" else name.replace("_", " ").capitalize()


def _says(pool: Pool, source: Source, read: Tables, swim: Swim, lost: int) -> Says:
    count = len(pool.lanes)
    nought = source.nought
    if read.dated:
        nought = say("the first start") if swim.align in ("", "start") else swim.align
    caption = [
        say(_CAPTION, drawn=count, given=pool.given),
        say("{number} faulty rows are left out.", number=lost) if lost else "",
        say("Data cut-off {day}.", day=swim.cutoff) if swim.cutoff else "",
        say("Nought: {nought}.", nought=nought) if nought else "",
        say("A month is 30.4375 days.") if "months" in (swim.unit, source.unit) else "",
    ]
    named = "; ".join(words for _, _, words in pool.named)
    return Says(
        name=f"swimmer of {source.lanes.name}",
        nought=nought,
        alt=say("Swimmer of {number} patients. Drawn: {named}.", number=count, named=named),
        caption=" ".join(part for part in caption if part),
        note=say("{number} faulty rows left out", number=lost) if lost else "",
    )


_CAPTION = "Swimmer plot of {drawn} of {given} patients; bars are stretches of the table."
