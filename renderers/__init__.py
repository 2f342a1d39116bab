"""How a reading looks. Each renderer makes a scene; ``draw`` also writes it to files.

Importing this package loads neither matplotlib nor the rules; a figure loads what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs

from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene
from timeline.files.output_files import OutputFiles

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MatplotlibFigure

    from renderers.state_diagram.path import DiagramPath
    from timeline.endpoints.derived_case import DerivedCase
    from timeline.response.criteria.criterion import Criterion

__all__ = [
    "FIGURES",
    "Figure",
    "draw",
    "draw_machine",
    "figure_of",
    "path_of",
    "scene_of",
    "write",
]

Options = Mapping[str, Any]
_NONE: Options = MappingProxyType({})


@attrs.frozen
class Figure:
    """One kind of figure: what it shows, and how it is made of readings, paper and options."""

    name: str
    description: str
    make: Callable[[Sequence[DerivedCase], Page, Options], Scene]
    asks: Callable[[Sequence[str], Sequence[DerivedCase]], Options]


def _timeline(readings: Sequence[DerivedCase], paper: Page, _: Options) -> Scene:
    from renderers.timeline.figure import timeline_figure

    return timeline_figure(readings, paper)


def _swimmer(readings: Sequence[DerivedCase], paper: Page, options: Options) -> Scene:
    from renderers.swimmer.figure import swimmer

    return swimmer(readings, paper, **options)


def _spider(readings: Sequence[DerivedCase], paper: Page, options: Options) -> Scene:
    from renderers.response.spider import spider

    return spider(readings, paper, **options)


def _waterfall(readings: Sequence[DerivedCase], paper: Page, options: Options) -> Scene:
    from renderers.response.waterfall import waterfall

    return waterfall(readings, paper, **options)


def _survival(readings: Sequence[DerivedCase], paper: Page, options: Options) -> Scene:
    from renderers.survival.figure import survival

    return survival(readings, paper, **options)


def _asks_nothing(asked: Sequence[str], _: Sequence[DerivedCase]) -> Options:
    if asked:
        raise ValueError(f"the timeline has no options: {asked[0]!r} (swimmer and others have)")
    return {}


def _asks_lanes(asked: Sequence[str], _: Sequence[DerivedCase]) -> Options:
    from renderers.swimmer.option_table import swimmer_options

    return {"swim": swimmer_options(asked)} if asked else {}


def _asks_curve(figure: str) -> Callable[[Sequence[str], Sequence[DerivedCase]], Options]:
    def asks(asked: Sequence[str], readings: Sequence[DerivedCase]) -> Options:
        from renderers.response.options import options

        return options(figure, asked, readings)

    return asks


FIGURES = {
    row.name: row
    for row in (
        Figure("timeline", "one patient's treatment on the calendar", _timeline, _asks_nothing),
        Figure("swimmer", "a lane for each line or patient", _swimmer, _asks_lanes),
        Figure("spider", "change of the sum over time", _spider, _asks_curve("spider")),
        Figure("waterfall", "best change of each patient", _waterfall, _asks_curve("waterfall")),
        Figure("survival", "Kaplan-Meier, numbers at risk", _survival, _asks_curve("survival")),
    )
}


def scene_of(
    readings: Sequence[DerivedCase],
    kind: str,
    paper: Page = DEFAULT_PAGE,
    options: Options = _NONE,
    asked: Sequence[str] = (),
) -> Scene:
    """The scene of one kind of figure.

    ``options`` are those of the renderer by name; ``asked`` are options as text (``sort=best``).
    ValueError names the kinds there are, the option that is wrong, or why it cannot be
    drawn on this paper.
    """
    from timeline.core.problem import near

    if kind not in FIGURES:
        raise ValueError(f"unknown figure: {kind!r} ({near(kind, FIGURES)})")
    figure = FIGURES[kind]
    return figure.make(readings, paper, {**options, **figure.asks(asked, readings)})


def write(
    scene: Scene,
    path: Path | str,
    paper: Page = DEFAULT_PAGE,
    *,
    sidecars: bool = False,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write a scene: SVG, PDF, PNG, TIFF or a page to explore (.html); answer the files.

    ``sidecars``: the alt text, the caption and the data as CSV as well. All files appear, or none.
    A file that is neither ``path`` nor an earlier output is replaced only with ``overwrite``;
    else it is a ValueError.
    """
    from renderers.backends import sidecars as twin

    path = Path(path)
    with OutputFiles(
        asked=frozenset({path}), ours=_anything if overwrite else _written_before
    ) as files:
        if path.suffix.lower() in (".html", ".htm"):
            from renderers.backends import html as web

            written = web.write(scene, path, paper, files)
        else:
            from renderers.backends.save import save  # loads matplotlib

            written = save(scene, path, paper, files)
        if sidecars:
            written += twin.write(scene, path, files)
    return written


def _anything(_: Path) -> bool:
    return True


def _written_before(path: Path) -> bool:
    """Whether a file is an earlier output: a page of a figure, or what stands beside one."""
    from renderers.backends import sidecars as twin
    from renderers.backends.save import of_several_pages

    return of_several_pages(path) or twin.written_before(path)


def figure_of(scene: Scene, paper: Page = DEFAULT_PAGE) -> MatplotlibFigure:
    """The scene as a matplotlib figure.

    Its one ``Axes`` (``figure.axes[0]``) counts millimetres from the left and from the top;
    ``scene.frame.x(day)`` and ``scene.tops`` say where things are.
    """
    from renderers.backends.matplotlib import paint

    return paint(scene, paper)


def draw(
    readings: Sequence[DerivedCase],
    kind: str,
    path: Path | str,
    paper: Page = DEFAULT_PAGE,
    options: Options = _NONE,
    asked: Sequence[str] = (),
) -> Scene:
    """Draw a figure to a file, and answer its scene."""
    scene = scene_of(readings, kind, paper, options, asked)
    write(scene, path, paper)
    return scene


def path_of(reading: DerivedCase, number: int, criterion: Criterion) -> DiagramPath:
    """The path of a patient's line through the machine of a criterion."""
    from renderers.state_diagram.path import path_of as walked

    return walked(reading, number, criterion)


def draw_machine(
    criterion: Criterion, path: DiagramPath | None, out: Path | str, paper: Page = DEFAULT_PAGE
) -> Scene:
    """Draw a criterion's machine, and a patient's path over it, to a file; answer its scene.

    ``path`` is what `path_of` gives for a reading, a line and the same criterion, or None.
    """
    from renderers.state_diagram.figure import state_diagram

    scene = state_diagram(criterion, path, paper)
    write(scene, out, paper)
    return scene
