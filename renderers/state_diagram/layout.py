"""The drawing of a machine: groups of states from left to right, arrows between neighbours.

Arrows to the right are above the middle, arrows to the left below it. Rows that keep the state are
one loop above their group, rows that change the state within it one loop below.
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
    label_text,
    ranked,
)
from renderers.state_diagram.labels import PITCH, LabelPart, Line, lines, pills, written
from renderers.state_diagram.path import DiagramPath, PathStep, StateChange
from renderers.text.translation import translate
from timeline.response.criteria.criterion import Criterion

_START = 9.0  # millimetres of the arrow that leads in, its disc included
_DISC = 1.9
_SINGLE = (31.0, 25.0, 22.0)  # widths of a single state, the preferred first
_CELL = 14.5  # width of a state in a group
_BETWEEN = 1.6  # between states of a group
_INSIDE = 3.0  # between the edge of a group and its states
_SMALL_PITCH = 2.6
_LEAST = 15.0  # least height of a single state
_WIDEST = 44.0  # of a gap between groups
_NARROWEST = 14.0  # of a gap between groups
_ARROW_GAP = 0.6  # between the text of an arrow and the groups on either side
_LOOP = 4.6  # height of a loop
_ASIDE = 4.4  # of an arrow from the middle, where two arrows join the same groups
_AIR = 0.9
_PAGE = Frame(low=0.0, high=1.0, left=0.0, right=1.0)  # millimetres of the page


@attrs.frozen(kw_only=True)
class GroupBox:
    """The box of a group of states, in millimetres; its middle is at height 0."""

    group: StateGroup
    left: float
    width: float
    height: float
    description: tuple[str, ...]
    cells: tuple[tuple[tuple[Line, ...], ...], ...]  # the text of each state, by rank

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


@attrs.frozen(kw_only=True)
class DiagramLayout:
    """A machine with its places on the page, and the steps of a patient on its path, if any."""

    criterion: Criterion
    steps: tuple[PathStep, ...]
    boxes: tuple[GroupBox, ...]
    arrows: tuple[DiagramArrow, ...]


def lay_out_diagram(criterion: Criterion, path: DiagramPath | None, page: Page) -> DiagramLayout:
    """Lay out the machine of a criterion, and a path through it, on a page.

    Raises:
        ValueError: the page is too narrow.
    """
    width, found = page.width, diagram_arrows(criterion)
    steps = path.steps if path else ()
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
    boxes = []
    for each in sized:
        boxes.append(attrs.evolve(each, left=left))
        left += each.width + gap
    return DiagramLayout(criterion=criterion, steps=steps, boxes=tuple(boxes), arrows=found)


def _least(arrows: tuple[DiagramArrow, ...]) -> float:
    """The narrowest gap between groups in which the longest word on an arrow fits.

    Labels are broken between their words; rows and words are not.
    """
    between = [each for arrow in arrows if arrow.start != arrow.end for each in arrow.labelled]
    words = [LabelPart(text=word) for each in between for word in label_text(each.label).split()]
    widths = [piece.width for piece in (*words, *map(_rows, between))]
    return max((_NARROWEST, *(width + 2 * _ARROW_GAP for width in widths)))


def _rows(labelled: LabelledRows) -> LabelPart:
    return LabelPart(text=", ".join(labelled.rows), bold=True)


def _sized(group: StateGroup, steps: tuple[PathStep, ...], single: float) -> GroupBox:
    if len(group.states) == 1:
        description = _description_lines(group, single - 3.0)
        height = max(_LEAST, PITCH + len(description) * _SMALL_PITCH + 5.0)
        return GroupBox(
            group=group, left=0, width=single, height=height, description=description, cells=()
        )
    cells = tuple(tuple(_cell(state, steps) for state in rank) for rank in ranked(group.states))
    width = max(len(rank) for rank in cells) * (_CELL + _BETWEEN) - _BETWEEN + 2 * _INSIDE
    description = _description_lines(group, width - 3.0)
    ranks_height = sum(_rank_height(rank) + _BETWEEN for rank in cells)
    height = 1.4 + PITCH + len(description) * _SMALL_PITCH + 1.4 + ranks_height + 1.0
    return GroupBox(
        group=group, left=0, width=width, height=height, description=description, cells=cells
    )


def _description_lines(group: StateGroup, limit: float) -> tuple[str, ...]:
    parts = translate(group.description).splitlines()
    return tuple(line for part in parts for line in wrapped(part, SMALL, limit))


def _cell(state: str, steps: tuple[PathStep, ...]) -> tuple[Line, ...]:
    """A state of a group with the steps that visits to it."""
    visits = [(step.number, step.states == (state,)) for step in steps if state in step.states]
    return lines((LabelPart(text=state, bold=True), *pills(visits)), _CELL - 1.6)


def _rank_height(rank: tuple[tuple[Line, ...], ...]) -> float:
    return max(len(cell) for cell in rank) * PITCH + 2.0


def draw_diagram(diagram: DiagramLayout) -> tuple[tuple[Mark, ...], float]:
    """The marks of the drawing and its height in millimetres."""
    marks = [mark for box in diagram.boxes for mark in _group(box, diagram)]
    marks += _start(diagram)
    marks += [mark for arrow in diagram.arrows for mark in _arrow_marks(arrow, diagram)]
    highest, lowest = min(map(_top, marks)) - _AIR, max(map(_bottom, marks)) + _AIR
    return tuple(mark.shifted(-highest) for mark in marks), lowest - highest


def _top(mark: Mark) -> float:
    return mark.y - PITCH / 2 if isinstance(mark, Label) else mark.extent(_PAGE).top


def _bottom(mark: Mark) -> float:
    return mark.y + PITCH / 2 if isinstance(mark, Label) else mark.extent(_PAGE).bottom


def _start(diagram: DiagramLayout) -> Iterator[Mark]:
    """A disc and an arrow from it to the first state."""
    to = diagram.boxes[0].left
    x = to - _START
    yield DiagramBox(style="start", left=x, right=x + _DISC, height=_DISC, y=0.0)
    style = "taken" if diagram.steps else "rule"
    yield DiagramLink(style=style, points=((x + _DISC, 0.0), (to, 0.0)))


def _group(box: GroupBox, diagram: DiagramLayout) -> Iterator[Mark]:
    """The box of a group with its name and meaning, and a box for each of its states."""
    alone = not box.cells
    index = diagram.boxes.index(box)
    leaves = any(arrow.start == index != arrow.end for arrow in diagram.arrows)
    style = ("state" if leaves else "no way out") if alone else "group"
    variant = _state_style(box.group.states[0], diagram) if alone else ""
    yield DiagramBox(style=style, variant=variant, left=box.left, right=box.right,
                     height=box.height, depth=1 if alone else 0)  # fmt: skip
    text_height = PITCH + len(box.description) * _SMALL_PITCH
    top = -text_height / 2 if alone else 1.4 - box.height / 2
    yield from written(((LabelPart(text=box.group.name, bold=True),),), box.middle, top)
    for number, line in enumerate(box.description):
        y = top + PITCH + (number + 0.5) * _SMALL_PITCH
        yield Label(text=line, size=SMALL, align="centre", shift=box.middle, y=y)
    yield from _states(box, diagram, top + text_height + 1.4)


def _states(box: GroupBox, diagram: DiagramLayout, top: float) -> Iterator[Mark]:
    for rank, names in zip(box.cells, ranked(box.group.states), strict=False):
        width = len(rank) * (_CELL + _BETWEEN) - _BETWEEN
        x, height = box.middle - width / 2, _rank_height(rank)
        for cell, name in zip(rank, names, strict=True):
            yield DiagramBox(style="state", variant=_state_style(name, diagram), left=x,
                      right=x + _CELL, height=height, y=top + height / 2)  # fmt: skip
            yield from written(cell, x + _CELL / 2, top + (height - len(cell) * PITCH) / 2)
            x += _CELL + _BETWEEN
        top += height + _BETWEEN


def _state_style(state: str, diagram: DiagramLayout) -> str:
    """The style of a state that a patient was in: certainly, perhaps, or not."""
    if not diagram.steps:
        return ""
    if state == diagram.criterion.machine.states[0]:
        return "taken"  # where every patient starts
    visits = [step.states == (state,) for step in diagram.steps if state in step.states]
    return _style(visits)


def _style(visits: list[bool]) -> str:
    return "taken" if any(visits) else "perhaps taken" if visits else ""


def _arrow_marks(arrow: DiagramArrow, diagram: DiagramLayout) -> Iterator[Mark]:
    """An arrow with its rows; ValueError where it would cross a group."""
    if abs(arrow.end - arrow.start) > 1:
        start, end = (diagram.boxes[each].group.name for each in (arrow.start, arrow.end))
        raise ValueError(
            f"{diagram.criterion.title}: {', '.join(arrow.rows)} lead from {start} to {end}, "
            "which are not neighbours (give the machine's states another order)"
        )
    used = [_used_by(step, arrow.rows, arrow, diagram) for step in diagram.steps]
    style = _style([certain for certain in used if certain is not None]) or "rule"
    if arrow.start == arrow.end:
        yield from _loop(arrow, diagram, style)
    else:
        yield from _straight(arrow, diagram, style)


def _used_by(
    step: PathStep, rows: tuple[str, ...], arrow: DiagramArrow, diagram: DiagramLayout
) -> bool | None:
    """Whether a step used some rows of an arrow: certainly, perhaps (False), or not (None)."""
    mine = [change for change in step.changes if _is_on(change, rows, arrow, diagram)]
    return len(mine) == len(step.changes) if mine else None


def _is_on(
    change: StateChange, rows: tuple[str, ...], arrow: DiagramArrow, diagram: DiagramLayout
) -> bool:
    before, row, after = change
    starts, ends = diagram.boxes[arrow.start].group, diagram.boxes[arrow.end].group
    return row in rows and before in starts.states and after in ends.states


def _note(arrow: DiagramArrow, diagram: DiagramLayout, limit: float) -> tuple[Line, ...]:
    """A line for each label that the rows of an arrow give, with the steps that used them."""
    return tuple(line for each in arrow.labelled for line in _labelled(each, arrow, diagram, limit))


def _labelled(
    each: LabelledRows, arrow: DiagramArrow, diagram: DiagramLayout, limit: float
) -> tuple[Line, ...]:
    used = [(step.number, _used_by(step, each.rows, arrow, diagram)) for step in diagram.steps]
    mine = [(number, certain) for number, certain in used if certain is not None]
    label = [LabelPart(text=line) for line in wrapped(label_text(each.label), SMALL, limit)]
    return lines((_rows(each), *label, *pills(mine)), limit)


def _loop(arrow: DiagramArrow, diagram: DiagramLayout, style: str) -> Iterator[Mark]:
    """A loop: above the group where the rows keep the state, below it where they change it."""
    box = diagram.boxes[arrow.start]
    note = _note(arrow, diagram, box.width + 8.0)
    side = -1 if arrow.stays else 1
    edge = side * box.height / 2
    ends: tuple[Point, Point] = ((box.middle - 4.0, edge), (box.middle + 4.0, edge))
    yield DiagramLink(style=style, points=arc(*ends, -side * _LOOP))
    beyond = edge + side * (_LOOP + _AIR)
    yield from written(note, box.middle, beyond if side > 0 else beyond - len(note) * PITCH)


def _straight(arrow: DiagramArrow, diagram: DiagramLayout, style: str) -> Iterator[Mark]:
    """An arrow between neighbours: above the middle to the right, below it to the left."""
    start, end = diagram.boxes[arrow.start], diagram.boxes[arrow.end]
    forward = arrow.end > arrow.start
    back = any(each.end < each.start for each in diagram.arrows)
    y = (-_ASIDE if forward else _ASIDE) if back else 0.0
    from_, to = (start.right, end.left) if forward else (start.left, end.right)
    note = _note(arrow, diagram, abs(to - from_) - 2 * _ARROW_GAP)
    yield DiagramLink(style=style, points=((from_, y), (to, y)))
    top = y - _AIR - len(note) * PITCH if forward else y + _AIR
    yield from written(note, (from_ + to) / 2, top)
