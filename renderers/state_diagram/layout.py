"""The drawing of a machine: groups of states from left to right, arrows between neighbours.

Rows that lead on run above the middle, rows that lead back below it; rows that stay are one loop
on top of their group, rows that change the state within it one loop below.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.scene.geometry import Frame, Point, arc
from renderers.scene.journals import Page
from renderers.scene.scene import SMALL, DiagramBox, DiagramLink, Label, Mark
from renderers.scene.text_metrics import wrapped
from renderers.state_diagram.grouping import (
    DiagramArrow,
    LabelledRows,
    StateGroup,
    diagram_arrows,
    groups,
    ranked,
)
from renderers.state_diagram.labels import PITCH, LabelPart, Line, lines, pills, written
from renderers.state_diagram.path import DiagramPath, Move, PathStep
from timeline.response.criteria.criterion import Criterion

_START = 9.0  # millimetres of the arrow that leads in, its disc included
_DISC = 1.9
_SINGLE = (31.0, 25.0, 22.0)  # widths of a state on its own: as it is liked, down to the least
_CELL = 14.5  # least width of a state in a group
_BETWEEN = 1.6  # between states of a group
_INSIDE = 3.0  # between the edge of a group and what it holds
_SMALL_PITCH = 2.6
_LEAST = 15.0  # height of a state on its own
_WIDEST = 44.0  # of a gap between groups
_NARROWEST = 14.0  # of one, however short the words of its rows
_BESIDE = 0.6  # between the words of an arrow and the groups on either side
_LOOP = 4.6  # how far a loop stands out
_ASIDE = 4.4  # of an arrow from the middle, where two pass
_AIR = 0.9
_PAGE = Frame(low=0.0, high=1.0, left=0.0, right=1.0)  # millimetres of the page


@attrs.frozen(kw_only=True)
class GroupBox:
    """A group of states on the page, in millimetres; the middle of its height is nought."""

    group: StateGroup
    left: float
    width: float
    height: float
    description: tuple[str, ...]
    cells: tuple[tuple[tuple[Line, ...], ...], ...]  # what each state of each rank is written with

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


@attrs.frozen(kw_only=True)
class DiagramLayout:
    """A machine laid out, with the steps of a patient where there is a walk."""

    criterion: Criterion
    steps: tuple[PathStep, ...]
    places: tuple[GroupBox, ...]
    ways: tuple[DiagramArrow, ...]


def lay_out_diagram(criterion: Criterion, walk: DiagramPath | None, page: Page) -> DiagramLayout:
    """The layout on a page; ValueError where it needs a wider one."""
    width, found = page.width, diagram_arrows(criterion)
    steps = walk.steps if walk else ()
    least = _least(found)
    for single in _SINGLE:
        sized = [_sized(group, steps, single) for group in groups(criterion.machine)]
        used, gaps = sum(each.width for each in sized) + _START, max(1, len(sized) - 1)
        gap = min(_WIDEST, (width - used) / gaps)
        if gap >= least:
            break
    else:
        raise page.too_narrow(f"the machine of {criterion.title}", used + least * gaps)
    left = (width - used - gap * (len(sized) - 1)) / 2 + _START
    places = []
    for each in sized:
        places.append(attrs.evolve(each, left=left))
        left += each.width + gap
    return DiagramLayout(criterion=criterion, steps=steps, places=tuple(places), ways=found)


def _least(ways: tuple[DiagramArrow, ...]) -> float:
    """The narrowest gap between groups that holds the longest word on an arrow from one to another.

    Labels are broken between their words; rows and words are not.
    """
    between = [each for way in ways if way.start != way.end for each in way.gives]
    words = [LabelPart(text=word) for each in between for word in each.label.split()]
    widths = [piece.width for piece in (*words, *map(_rows, between))]
    return max((_NARROWEST, *(width + 2 * _BESIDE for width in widths)))


def _rows(gives: LabelledRows) -> LabelPart:
    return LabelPart(text=", ".join(gives.rows), bold=True)


def _sized(group: StateGroup, steps: tuple[PathStep, ...], single: float) -> GroupBox:
    if len(group.states) == 1:
        description = _said(group, single - 3.0)
        height = max(_LEAST, PITCH + len(description) * _SMALL_PITCH + 5.0)
        return GroupBox(
            group=group, left=0, width=single, height=height, description=description, cells=()
        )
    cells = tuple(tuple(_cell(state, steps) for state in rank) for rank in ranked(group.states))
    width = max(len(rank) for rank in cells) * (_CELL + _BETWEEN) - _BETWEEN + 2 * _INSIDE
    description = _said(group, width - 3.0)
    tall = sum(_rank_height(rank) + _BETWEEN for rank in cells)
    height = 1.4 + PITCH + len(description) * _SMALL_PITCH + 1.4 + tall + 1.0
    return GroupBox(
        group=group, left=0, width=width, height=height, description=description, cells=cells
    )


def _said(group: StateGroup, room: float) -> tuple[str, ...]:
    parts = group.description.splitlines()
    return tuple(line for part in parts for line in wrapped(part, SMALL, room))


def _cell(state: str, steps: tuple[PathStep, ...]) -> tuple[Line, ...]:
    """A state of a group with the steps that came to it."""
    came = [(step.number, step.states == (state,)) for step in steps if state in step.states]
    return lines((LabelPart(text=state, bold=True), *pills(came)), _CELL - 1.6)


def _rank_height(rank: tuple[tuple[Line, ...], ...]) -> float:
    return max(len(cell) for cell in rank) * PITCH + 2.0


def draw_diagram(plan: DiagramLayout) -> tuple[tuple[Mark, ...], float]:
    """The marks of the drawing and its height in millimetres."""
    marks = [mark for place in plan.places for mark in _group(place, plan)]
    marks += _start(plan)
    marks += [mark for way in plan.ways for mark in _way(way, plan)]
    highest, lowest = min(map(_top, marks)) - _AIR, max(map(_foot, marks)) + _AIR
    return tuple(mark.shifted(-highest) for mark in marks), lowest - highest


def _top(mark: Mark) -> float:
    return mark.y - PITCH / 2 if isinstance(mark, Label) else mark.extent(_PAGE).top


def _foot(mark: Mark) -> float:
    return mark.y + PITCH / 2 if isinstance(mark, Label) else mark.extent(_PAGE).bottom


def _start(plan: DiagramLayout) -> Iterator[Mark]:
    """A disc and an arrow from it to the first state."""
    to = plan.places[0].left
    x = to - _START
    yield DiagramBox(style="start", left=x, right=x + _DISC, height=_DISC, y=0.0)
    style = "taken" if plan.steps else "rule"
    yield DiagramLink(style=style, points=((x + _DISC, 0.0), (to, 0.0)))


def _group(place: GroupBox, plan: DiagramLayout) -> Iterator[Mark]:
    """The box of a group with its name and meaning, and a box for each of its states."""
    alone = not place.cells
    index = plan.places.index(place)
    leaves = any(way.start == index != way.end for way in plan.ways)
    style = ("state" if leaves else "no way out") if alone else "group"
    variant = _state_look(place.group.states[0], plan) if alone else ""
    yield DiagramBox(style=style, variant=variant, left=place.left, right=place.right,
                     height=place.height,
              depth=1 if alone else 0)  # fmt: skip
    told = PITCH + len(place.description) * _SMALL_PITCH
    top = -told / 2 if alone else 1.4 - place.height / 2
    yield from written(((LabelPart(text=place.group.name, bold=True),),), place.middle, top)
    for number, line in enumerate(place.description):
        y = top + PITCH + (number + 0.5) * _SMALL_PITCH
        yield Label(text=line, size=SMALL, align="centre", shift=place.middle, y=y)
    yield from _states(place, plan, top + told + 1.4)


def _states(place: GroupBox, plan: DiagramLayout, top: float) -> Iterator[Mark]:
    for rank, names in zip(place.cells, ranked(place.group.states), strict=False):
        width = len(rank) * (_CELL + _BETWEEN) - _BETWEEN
        x, height = place.middle - width / 2, _rank_height(rank)
        for cell, name in zip(rank, names, strict=True):
            yield DiagramBox(style="state", variant=_state_look(name, plan), left=x,
                      right=x + _CELL, height=height, y=top + height / 2)  # fmt: skip
            yield from written(cell, x + _CELL / 2, top + (height - len(cell) * PITCH) / 2)
            x += _CELL + _BETWEEN
        top += height + _BETWEEN


def _state_look(state: str, plan: DiagramLayout) -> str:
    """Whether a patient was in a state: certainly, perhaps, or not."""
    if not plan.steps:
        return ""
    if state == plan.criterion.machine.states[0]:
        return "taken"  # where every patient starts
    came = [step.states == (state,) for step in plan.steps if state in step.states]
    return _look(came)


def _look(came: list[bool]) -> str:
    return "taken" if any(came) else "perhaps taken" if came else ""


def _way(way: DiagramArrow, plan: DiagramLayout) -> Iterator[Mark]:
    """An arrow with the rows that take it; ValueError where it passes over a group."""
    if abs(way.end - way.start) > 1:
        names = plan.places[way.start].group.name, plan.places[way.end].group.name
        raise ValueError(
            f"{plan.criterion.title}: {', '.join(way.rows)} lead from {names[0]} to {names[1]}, "
            "which do not stand side by side (give the machine's states another order)"
        )
    took = [_took(step, way.rows, way, plan) for step in plan.steps]
    style = _look([certain for certain in took if certain is not None]) or "rule"
    if way.start == way.end:
        yield from _loop(way, plan, style)
    else:
        yield from _arrow(way, plan, style)


def _took(
    step: PathStep, rows: tuple[str, ...], way: DiagramArrow, plan: DiagramLayout
) -> bool | None:
    """Whether a step took some rows of an arrow: certainly, perhaps (False), or not (None)."""
    mine = [move for move in step.moves if _is_on(move, rows, way, plan)]
    return len(mine) == len(step.moves) if mine else None


def _is_on(move: Move, rows: tuple[str, ...], way: DiagramArrow, plan: DiagramLayout) -> bool:
    before, row, after = move
    starts, ends = plan.places[way.start].group, plan.places[way.end].group
    return row in rows and before in starts.states and after in ends.states


def _note(way: DiagramArrow, plan: DiagramLayout, room: float) -> tuple[Line, ...]:
    """A line for each label that the rows of an arrow give, with the steps that they took."""
    return tuple(line for each in way.gives for line in _given(each, way, plan, room))


def _given(
    each: LabelledRows, way: DiagramArrow, plan: DiagramLayout, room: float
) -> tuple[Line, ...]:
    took = [(step.number, _took(step, each.rows, way, plan)) for step in plan.steps]
    mine = [(number, certain) for number, certain in took if certain is not None]
    label = [LabelPart(text=line) for line in wrapped(each.label, SMALL, room)]
    return lines((_rows(each), *label, *pills(mine)), room)


def _loop(way: DiagramArrow, plan: DiagramLayout, style: str) -> Iterator[Mark]:
    """On top of the group where the rows stay, below it where they change the state."""
    place = plan.places[way.start]
    note = _note(way, plan, place.width + 8.0)
    side = -1 if way.stays else 1
    edge = side * place.height / 2
    ends: tuple[Point, Point] = ((place.middle - 4.0, edge), (place.middle + 4.0, edge))
    yield DiagramLink(style=style, points=arc(*ends, -side * _LOOP))
    beyond = edge + side * (_LOOP + _AIR)
    yield from written(note, place.middle, beyond if side > 0 else beyond - len(note) * PITCH)


def _arrow(way: DiagramArrow, plan: DiagramLayout, style: str) -> Iterator[Mark]:
    """Above the middle where it leads on, below where it leads back."""
    start, end = plan.places[way.start], plan.places[way.end]
    on = way.end > way.start
    back = any(each.end < each.start for each in plan.ways)
    y = (-_ASIDE if on else _ASIDE) if back else 0.0
    from_, to = (start.right, end.left) if on else (start.left, end.right)
    note = _note(way, plan, abs(to - from_) - 2 * _BESIDE)
    yield DiagramLink(style=style, points=((from_, y), (to, y)))
    top = y - _AIR - len(note) * PITCH if on else y + _AIR
    yield from written(note, (from_ + to) / 2, top)
