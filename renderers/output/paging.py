"""A scene that is taller than a page, cut between its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.scene import Axis, Band, Mark, Rule, Scene, in_row

_CUT = "row {name!r} alone is {height:.0f} mm tall, the page leaves {room:.0f} (ask for {advice})"
_ADVICE = "a wider column, or a larger page"


def paged(scene: Scene, height: float) -> tuple[Scene, ...]:
    """The scene on as many pages as it needs, each ``height`` millimetres tall at the most.

    Rows that repeat stand on every page of rows that do not stand apart; no row is cut in two.
    The legend is not counted: a page's is as tall as what is drawn on it. ValueError where one
    row is taller than a page.
    """
    if scene.height <= height:
        return (scene,)
    pages = list(_pages(scene, height))
    return tuple(_page(scene, rows, n, len(pages)) for n, rows in enumerate(pages, start=1))


def _pages(scene: Scene, height: float) -> Iterator[tuple[int, ...]]:
    """The numbers of the rows of each page, in their order."""
    again = [n for n, row in enumerate(scene.rows) if row.repeats]
    room = height - sum(scene.rows[n].height for n in again)
    held: list[int] = []
    for number, row in enumerate(scene.rows):
        if row.repeats:
            continue
        if row.height > room:
            raise ValueError(
                _CUT.format(name=row.name, height=row.height, room=room, advice=_ADVICE)
            )
        if held and sum(scene.rows[n].height for n in held) + row.height > room:
            yield _with(scene, held, again)
            held = []
        held.append(number)
    yield _with(scene, held, again)


def _with(scene: Scene, held: Sequence[int], again: Sequence[int]) -> tuple[int, ...]:
    """The rows of a page, with those that repeat where one of them asks for them."""
    if all(scene.rows[number].apart for number in held):
        return tuple(held)
    return tuple(sorted([*held, *again]))


def _page(scene: Scene, rows: Sequence[int], number: int, of: int) -> Scene:
    place = {row: n for n, row in enumerate(rows)}
    marks = (_placed(mark, place) for mark in scene.marks)
    return attrs.evolve(
        scene,
        name=f"{scene.name}, page {number} of {of}",
        alt=f"Page {number} of {of}. {scene.alt}",
        caption=f"{scene.caption} Page {number} of {of}.".strip(),
        rows=tuple(scene.rows[n] for n in rows),
        marks=tuple(mark for mark in marks if mark is not None),
        axes=tuple(_moved(axis, place) for axis in scene.axes if axis.row in place),
    )


def _placed(mark: Mark, place: dict[int, int]) -> Mark | None:
    """The mark on a page; one that spans rows is cut to those that stand there."""
    if not isinstance(mark, Rule | Band):
        return in_row(mark, place[mark.row]) if mark.row in place else None
    here = [n for row, n in place.items() if mark.row <= row <= mark.last]
    if not here:
        return None
    return attrs.evolve(
        mark,
        row=here[0],
        last=here[-1],
        down=mark.down if mark.row in place else 0.0,
        foot=mark.foot if mark.last in place else 0.0,
    )


def _moved(axis: Axis, place: dict[int, int]) -> Axis:
    return attrs.evolve(axis, row=place[axis.row])
