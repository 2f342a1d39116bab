"""A swimmer from plain tables: read, checked, and drawn only where nothing is wrong.

Every fault is named with file, line and field. A table with an error draws nothing, unless
asked to draw what is sound; it then says how many rows were left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene
from renderers.scene.styles import STYLES
from renderers.swimmer.lane_set import LaneSet, assign_colours
from renderers.swimmer.layout import FigureText, lay_out
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.checks import CHECKS, Severity, TableFault
from renderers.swimmer.tables.lane import lane_from_rows
from renderers.swimmer.tables.read import GivenTables, TableSource
from renderers.swimmer.tables.rows import Tables
from renderers.tables.columns import Problems
from renderers.tables.labels import label_meaning
from renderers.text.translation import localized, translate, translate_count

_PLAIN = SwimmerOptions()


@attrs.frozen(kw_only=True)
class TableFigure:
    """What came of some tables: a figure, or none, and everything that is wrong with them."""

    scene: Scene | None
    errors: Problems
    warnings: Problems
    left_out: int = 0  # rows that the figure lacks
    notes: Problems = ()  # columns that are not read
    readable: bool = True  # whether there are rows that could be drawn


def swimmer_from_tables(
    source: TableSource,
    page: Page = DEFAULT_PAGE,
    swim: SwimmerOptions = _PLAIN,
    *,
    anyway: bool = False,
) -> TableFigure:
    """The swimmer of some tables. ``anyway``: draw what is sound where something is not.

    ValueError where a wish cannot be met, or the paper is too narrow.
    """
    found = GivenTables.of(source, swim)
    if found.read is None:
        return TableFigure(
            scene=None, errors=found.problems, warnings=(), notes=found.notes, readable=False
        )
    read, problems = found.read, found.problems
    faults = [(row.weight, fault) for row in CHECKS for fault in row.find(read)]
    errors = [fault.problem for weight, fault in faults if weight is Severity.ERROR]
    warned = {fault.problem for weight, fault in faults if weight is Severity.WARNING}
    all_errors, warnings = tuple(sorted({*problems, *errors})), tuple(sorted(warned))
    if all_errors and not anyway:
        return TableFigure(scene=None, errors=all_errors, warnings=warnings, notes=found.notes)
    sound, out = _sound(read, [fault for _, fault in faults])
    lost = out + found.lost
    scene = _scene(read, sound, source, page, swim, lost) if sound.stretches else None
    return TableFigure(
        scene=scene, errors=all_errors, warnings=warnings, left_out=lost, notes=found.notes
    )


def _sound(read: Tables, found: Sequence[TableFault]) -> tuple[Tables, int]:
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


@localized
def _scene(
    read: Tables, sound: Tables, source: TableSource, page: Page, swim: SwimmerOptions, lost: int
) -> Scene:
    states = tuple(dict.fromkeys(row.state for row in sound.stretches))
    inks, named = assign_colours(states, "State")
    named += tuple((s, STYLES[s].group, said_) for s, said_ in _legend(sound) if s in STYLES)
    if any(event.until for event in sound.events):
        named += (("response", "Response", translate("response, start and end as in the table")),)
    lanes = tuple(
        lane_from_rows(id_, rows, sound, dict(inks), swim) for id_, rows in sound.by_patient.items()
    )
    columns = ("id", *(name for name in swim.columns or () if name != "id"))
    pool = LaneSet(
        lanes=lanes,
        headings=tuple((name, _titled(name), name == "id") for name in columns),
        named=named,
        given=len(read.by_patient),
    )
    return lay_out(pool, page, swim, _says(pool, source, read, swim, lost))


def _legend(sound: Tables) -> list[tuple[str, str]]:
    """Each sign with its label; with every label where two things were given one sign."""
    labels: dict[str, dict[str, str]] = {}
    for event in sound.events:
        labels.setdefault(event.style, {}).setdefault(label_meaning(event.label), event.label)
    return [(style, ", ".join(names.values())) for style, names in labels.items()]


def _titled(name: str) -> str:
    return translate("Patient") if name == "id" else name.replace("_", " ").capitalize()


def _says(
    pool: LaneSet, source: TableSource, read: Tables, swim: SwimmerOptions, lost: int
) -> FigureText:
    count = len(pool.lanes)
    nought = source.nought
    if read.dated:
        nought = translate("first start date") if swim.align in ("", "start") else swim.align
    caption = [
        translate_count(*_CAPTION, pool.given, drawn=count),
        translate_count(
            "{number} invalid row is omitted.", "{number} invalid rows are omitted.", lost
        )
        if lost
        else "",
        translate("Data cut-off: {day}.", day=swim.cutoff) if swim.cutoff else "",
        translate("Time zero: {time_zero}.", time_zero=nought) if nought else "",
        translate("1 month = 30.4375 days.") if "months" in (swim.unit, source.unit) else "",
    ]
    named = "; ".join(words for _, _, words in pool.named)
    return FigureText(
        name=f"swimmer of {source.lanes.name}",
        nought=nought,
        alt=translate_count(
            "Swimmer plot of {number} patient. Shown: {named}.",
            "Swimmer plot of {number} patients. Shown: {named}.",
            count,
            named=named,
        ),
        caption=" ".join(part for part in caption if part),
        note=translate_count("{number} invalid row omitted", "{number} invalid rows omitted", lost)
        if lost
        else "",
    )


_CAPTION = (
    "Swimmer plot of {drawn} of {number} patient; bars show the intervals of the table.",
    "Swimmer plot of {drawn} of {number} patients; bars show the intervals of the table.",
)
