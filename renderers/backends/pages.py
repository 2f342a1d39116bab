"""A scene that is taller than a page, cut between its rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import attrs

from renderers.scene.scene import Row, Scene
from renderers.text.translation import current_language, translate

Foot = Callable[[Sequence[int]], float]  # millimetres that stand below some rows of the scene

_CUT = "row {name!r} alone is {height:.0f} mm tall, the page leaves {room:.0f} (ask for {advice})"
_ADVICE = "a wider column, or a larger page"
_EVEN = 1.0  # millimetres to which pages are evened out


def split_pages(scene: Scene, height: float, foot: Foot = lambda _: 0.0) -> tuple[Scene, ...]:
    """The scene on as many pages as it needs, each ``height`` millimetres tall at the most.

    Rows that repeat stand on every page of rows that do not stand apart; no row is cut in two.
    ``foot`` says what the legend of a page takes below its rows. Pages are about as full as one
    another; but where notes stand apart, what they are of is kept together as far as it fits.
    ValueError where one row is taller than a page.
    """
    most = foot(range(len(scene.rows)))
    if scene.height + most <= height:
        return (scene,)
    repeats = tuple(n for n, row in enumerate(scene.rows) if row.repeats)
    cut = _Cut(scene=scene, repeats=repeats, foot=foot, most=most)
    filled = any(row.apart for row in scene.rows)
    pages = list(cut.pages(height)) if filled else _evened(cut, height)
    return tuple(_page(scene, rows, n, len(pages)) for n, rows in enumerate(pages, start=1))


def _evened(cut: _Cut, height: float) -> list[tuple[int, ...]]:
    """As few pages as can be, and of those the ones whose tallest is the lowest."""
    pages, low, high = list(cut.pages(height)), 0.0, height
    while high - low > _EVEN:
        middle = (low + high) / 2
        try:
            found = list(cut.pages(middle, len(pages)))
        except ValueError:
            low = middle
            continue
        pages, high = found, middle
    return pages


@attrs.frozen(kw_only=True)
class _Cut:
    """How a scene is cut: its rows by number, those that repeat, ``foot`` as in `paged`."""

    scene: Scene
    repeats: tuple[int, ...]
    foot: Foot
    most: float  # of all that ``foot`` may answer

    def pages(self, height: float, most: float = math.inf) -> Iterator[tuple[int, ...]]:
        """The rows of each page; ValueError where a row is too tall, or ``most`` pages too few."""
        held: list[int] = []
        for number, row in enumerate(self.scene.rows):
            if row.repeats:
                continue
            if held and not self._fits([*held, number], height):
                yield self._with(held)
                most, held = most - 1, []
            if most < 1:
                raise ValueError("more pages than are wanted")
            if not held and not self._fits([number], height):
                raise self._too_tall(number, height)
            held.append(number)
        yield self._with(held)

    def _too_tall(self, number: int, height: float) -> ValueError:
        row = self.scene.rows[number]
        room = height - self._tall([number]) - self.foot(self._with([number])) + row.height
        return ValueError(_CUT.format(name=row.name, height=row.height, room=room, advice=_ADVICE))

    def _fits(self, held: Sequence[int], height: float) -> bool:
        """Whether these rows, with what repeats and their legend, go on one page."""
        room = height - self._tall(held)
        return room >= self.most or room >= self.foot(self._with(held))

    def _tall(self, held: Sequence[int]) -> float:
        rows = self.scene.rows
        again = rows[held[0]].above if _goes_on(self.scene, held[0]) else 0.0
        return math.fsum(rows[n].height for n in self._with(held)) + again

    def _with(self, held: Sequence[int]) -> tuple[int, ...]:
        """The rows of a page, with those that repeat where one of them asks for them."""
        if all(self.scene.rows[number].apart for number in held):
            return tuple(held)
        return tuple(sorted([*held, *self.repeats]))


def _goes_on(scene: Scene, number: int) -> bool:
    """Whether a row that begins a page stands below others on the page before."""
    return any(not row.repeats for row in scene.rows[:number])


def _page(scene: Scene, rows: Sequence[int], number: int, of: int) -> Scene:
    first = next(n for n in rows if not scene.rows[n].repeats)
    again = scene.rows[first].again if _goes_on(scene, first) else ()
    place = {row: n + (row >= first and bool(again)) for n, row in enumerate(rows)}
    marks = (mark.on_page(place) for mark in scene.marks)
    shown = [scene.rows[n] for n in rows]
    with current_language(scene.language):
        page = translate("Page {number} of {all}.", number=number, all=of)
    if again:
        head = Row(f"{scene.rows[first].name}, continued", scene.rows[first].above)
        shown.insert(place[first] - 1, head)
    return attrs.evolve(
        scene,
        name=f"{scene.name}, page {number} of {of}",
        alt=f"{page} {scene.alt}",
        caption=f"{scene.caption} {page}".strip(),
        rows=tuple(shown),
        marks=(
            *(mark.on_row(place[first] - 1) for mark in again),
            *filter(None, marks),
        ),
        axes=tuple(
            attrs.evolve(axis, row=place[axis.row]) for axis in scene.axes if axis.row in place
        ),
    )
