"""A swimmer from plain tables: read, checked, and drawn only where nothing is wrong.

Every fault is named with file, line and field. A table with an error draws nothing, unless
asked to draw what is sound; it then says how many rows were left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.label import thing
from renderers.lanes.chart import Says, chart
from renderers.lanes.pool import Pool, inked
from renderers.lanes.sound import CHECKS, Found, Weight
from renderers.lanes.source import Given, Source
from renderers.lanes.stretch import Tables
from renderers.lanes.swim import Swim
from renderers.lanes.table_lane import lane_of
from renderers.preset import PAPER, Paper
from renderers.scene import Scene
from renderers.style import STYLES
from renderers.table_fields import Problems
from renderers.words import say, spoken

_PLAIN = Swim()


@attrs.frozen(kw_only=True)
class Drawn:
    """What came of some tables: a figure, or none, and everything that is wrong with them."""

    scene: Scene | None
    errors: Problems
    warnings: Problems
    left_out: int = 0  # rows that the figure lacks
    notes: Problems = ()  # columns that are not read
    readable: bool = True  # whether there are rows that could be drawn


def tabled(
    source: Source, paper: Paper = PAPER, swim: Swim = _PLAIN, *, anyway: bool = False
) -> Drawn:
    """The swimmer of some tables. ``anyway``: draw what is sound where something is not.

    ValueError where a wish cannot be met, or the paper is too narrow.
    """
    found = Given.of(source, swim)
    if found.read is None:
        return Drawn(
            scene=None, errors=found.problems, warnings=(), notes=found.notes, readable=False
        )
    read, problems = found.read, found.problems
    faults = [(row.weight, fault) for row in CHECKS for fault in row.find(read)]
    errors = [fault.problem for weight, fault in faults if weight is Weight.ERROR]
    warned = {fault.problem for weight, fault in faults if weight is Weight.WARNING}
    all_errors, warnings = tuple(sorted({*problems, *errors})), tuple(sorted(warned))
    if all_errors and not anyway:
        return Drawn(scene=None, errors=all_errors, warnings=warnings, notes=found.notes)
    sound, out = _sound(read, [fault for _, fault in faults])
    lost = out + found.lost
    scene = _scene(read, sound, source, paper, swim, lost) if sound.stretches else None
    return Drawn(
        scene=scene, errors=all_errors, warnings=warnings, left_out=lost, notes=found.notes
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
    named += tuple((s, STYLES[s].group, said_) for s, said_ in _legend(sound) if s in STYLES)
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


def _legend(sound: Tables) -> list[tuple[str, str]]:
    """Each sign with its label; with every label where two things were given one sign."""
    labels: dict[str, dict[str, str]] = {}
    for event in sound.events:
        labels.setdefault(event.style, {}).setdefault(thing(event.label), event.label)
    return [(style, ", ".join(names.values())) for style, names in labels.items()]


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
