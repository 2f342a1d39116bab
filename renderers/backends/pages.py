"""Pages: a scene that is taller than a page is split between its rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

import attrs

from renderers.backends.legend import height_with_legend, legend_height
from renderers.scene.journals import Page
from renderers.scene.scene import Row, Scene
from renderers.text.translation import current_language, translate
from timeline.core.frozen_class import frozen

LegendHeight = Callable[[Sequence[int]], float]  # millimetres below some rows of the scene

LEAST = 30.0  # millimetres of a plot
_SPARE = 0.1
_CUT = (
    "row {name!r} alone is {height:.0f} mm tall, the page leaves {available:.0f} (choose {advice})"
)
_ADVICE = "a wider column, or a larger page"
_ROUNDING = 1e-9  # millimetres that a sum of heights may be off
_EVEN = 1.0  # millimetres to which pages are evened out


def split_pages(
    scene: Scene, height: float, legend_height: LegendHeight = lambda _: 0.0
) -> tuple[Scene, ...]:
    """Split a scene between its rows into as many pages as it needs.

    Rows that repeat are on every page that has other rows than notes. Pages are filled about
    evenly; in a scene with notes each page is filled before the next begins.

    Args:
        scene: The scene, without its legend.
        height: The largest height of a page with its legend, in millimetres.
        legend_height: The height of the legend of a page, by the numbers of its rows.

    Raises:
        ValueError: One row alone is taller than a page.

    """
    most = legend_height(range(len(scene.rows)))
    if scene.height + most <= height:
        return (scene,)
    repeats = tuple(n for n, row in enumerate(scene.rows) if row.repeats)
    cut = _Cut(scene=scene, repeats=repeats, legend_height=legend_height, most=most)
    filled = any(row.apart for row in scene.rows)
    pages = list(cut.pages(height)) if filled else _evened(cut, height)
    return tuple(_page(scene, rows, n, len(pages)) for n, rows in enumerate(pages, start=1))


def _evened(cut: _Cut, height: float) -> list[tuple[int, ...]]:
    """The fewest pages possible, and of those the pages whose largest height is least."""
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


@frozen(kw_only=True, slots=False)
class _Cut:
    """A scene to split: the numbers of the rows that repeat, and the height of its legends."""

    scene: Scene
    repeats: tuple[int, ...]
    legend_height: LegendHeight
    most: float  # the height of the legend of the whole scene

    @cached_property
    def _tops(self) -> tuple[float, ...]:
        """Where each row begins, and as the last where the last one ends, without repeated rows."""
        heights = (0.0 if row.repeats else row.height for row in self.scene.rows)
        return tuple(accumulate(heights, initial=0.0))

    @cached_property
    def _plotted(self) -> tuple[int, ...]:
        """How many rows before each, and before the end, are neither repeated nor apart."""
        rows = (not (row.repeats or row.apart) for row in self.scene.rows)
        return tuple(accumulate(rows, initial=0))

    @cached_property
    def _repeated(self) -> float:
        """The height of the rows that repeat."""
        return math.fsum(self.scene.rows[n].height for n in self.repeats)

    def pages(self, height: float, most: float = math.inf) -> Iterator[tuple[int, ...]]:
        """The rows of each page; ValueError if a row or the rows for ``most`` pages do not fit."""
        numbers: list[int] = []
        for number, row in enumerate(self.scene.rows):
            if row.repeats:
                continue
            if numbers and not self._fits([*numbers, number], height):
                yield self._with(numbers)
                most, numbers = most - 1, []
            if most < 1:
                raise ValueError("more pages than allowed")
            if not numbers and not self._fits([number], height):
                raise self._too_tall(number, height)
            numbers.append(number)
        yield self._with(numbers)

    def _too_tall(self, number: int, height: float) -> ValueError:
        row = self.scene.rows[number]
        available = (
            height - self._height([number]) - self.legend_height(self._with([number])) + row.height
        )
        return ValueError(
            _CUT.format(name=row.name, height=row.height, available=available, advice=_ADVICE)
        )

    def _fits(self, numbers: Sequence[int], height: float) -> bool:
        """Whether these rows, the rows that repeat and the legend fit on one page."""
        available = height - self._height(numbers) + _ROUNDING
        return available >= self.most or available >= self.legend_height(self._with(numbers))

    def _height(self, numbers: Sequence[int]) -> float:
        """The height of consecutive rows, with the rows that repeat and what is above the first."""
        first, end = numbers[0], numbers[-1] + 1
        is_plot = self._plotted[first] < self._plotted[end]
        again = self.scene.rows[first].above if _is_continued(self.scene, first) else 0.0
        return self._tops[end] - self._tops[first] + is_plot * self._repeated + again

    def _with(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """The rows of a page with the rows that repeat; a page of notes alone has none of these."""
        if all(self.scene.rows[number].apart for number in numbers):
            return tuple(numbers)
        return tuple(sorted([*numbers, *self.repeats]))


def _is_continued(scene: Scene, number: int) -> bool:
    """Whether a row that begins a page has other rows before it."""
    return any(not row.repeats for row in scene.rows[:number])


def _page(scene: Scene, rows: Sequence[int], number: int, of: int) -> Scene:
    first = next(n for n in rows if not scene.rows[n].repeats)
    again = scene.rows[first].again if _is_continued(scene, first) else ()
    place = {row: n + (row >= first and bool(again)) for n, row in enumerate(rows)}
    marks = (mark.on_page(place) for mark in scene.marks)
    shown = [scene.rows[n] for n in rows]
    with current_language(scene.language):
        page = translate("Page {number} of {all}.", number=number, all=of)
    if again:
        head = Row(f"{scene.rows[first].name}, continued", scene.rows[first].above)
        shown.insert(place[first] - 1, head)
    scale = scene.scale
    return attrs.evolve(
        scene,
        scale=attrs.evolve(scale, row=place[scale.row]) if scale and scale.row in place else None,
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


def saves_pages(short: Scene, scene: Scene, page: Page) -> bool:
    """Whether a scene with a shorter legend takes fewer pages than the one with all entries."""
    return not page.scrolls and _count(short, page) < _count(scene, page)


def _count(scene: Scene, page: Page) -> float:
    """The pages that a scene takes with its legend; infinite where a row is too tall for one."""
    laid_out = attrs.evolve(scene, language=page.language, font=page.font)
    try:
        return len(split_pages(laid_out, page.height, legend_height(laid_out)))
    except ValueError:
        return math.inf


def fit_to_page(make: Callable[[float], Scene], height: float, page: Page) -> Scene:
    """Make a scene with a plot as high as the page allows, its legend included.

    Args:
        make: Gives the scene for a height of the plot in millimetres.
        height: The wanted height; the plot is lower where the page is full, but at least
            ``LEAST``. A scene that is still too tall is split by `split_pages`.
        page: The page.

    """
    scene = make(height)
    over = height_with_legend(scene) - page.height
    return scene if over <= 0 else make(max(LEAST, height - over - _SPARE))
