"""Figures: laid out as scenes, and written to files.

Importing this package loads neither matplotlib nor the rules; each figure loads what it needs.

``FIGURES`` holds a `FigureKind` for each figure, by name: timeline, swimmer, spider, waterfall
and survival. The state diagram of a criterion is drawn by `draw_machine`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from renderers.figure_kinds import FIGURES, FigureKind
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene
from timeline.core.problem import near
from timeline.files.output_files import OutputFiles

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MatplotlibFigure

    from renderers.state_diagram.path import DiagramPath
    from timeline.endpoints.derived_case import DerivedCase
    from timeline.response.criteria.criterion import Criterion

__all__ = [
    "FIGURES",
    "FigureKind",
    "draw",
    "draw_machine",
    "figure_of",
    "path_of",
    "scene_of",
    "write",
]


def scene_of(
    cases: Sequence[DerivedCase], kind: str, page: Page = DEFAULT_PAGE, **options: Any
) -> Scene:
    """Lay out a figure.

    Args:
        cases: the derived cases.
        kind: a name of ``FIGURES``.
        page: the page that it is laid out for.
        options: its options by keyword, as in ``timeline.plot``: ``unit="weeks"``.

    Returns:
        The figure as data: rows and marks in millimetres.

    Raises:
        ValueError: the kind or an option is unknown, an option has a wrong value, or the figure
            cannot be drawn on this page.
    """
    if kind not in FIGURES:
        raise ValueError(f"unknown figure: {kind!r} ({near(kind, FIGURES)})")
    figure = FIGURES[kind]
    return figure.lay_out(cases, page, figure.check(options))


def write(
    scene: Scene,
    path: Path | str,
    page: Page = DEFAULT_PAGE,
    *,
    sidecars: bool = False,
    overwrite: bool = False,
    palette: Path | None = None,
) -> tuple[Path, ...]:
    """Write a scene to files. All of them appear, or none.

    Args:
        scene: the figure as data.
        path: the file; its suffix is the format: ``.svg``, ``.pdf``, ``.png``, ``.tiff``, or
            ``.html`` for a page to explore.
        page: the page that the scene was laid out for.
        sidecars: write the alternative text, the caption and the data (CSV) as well.
        overwrite: replace files of the same names that are not earlier output.
        palette: a palette file that is written as well: the colours that it states already, and
            those of the names in this figure.

    Returns:
        The files that were written, the figure first.

    Raises:
        ValueError: the format is unknown, or a file may not be replaced.
        OSError: the folder cannot be written.
    """
    from renderers.backends import sidecars as sidecar_files

    path = Path(path)
    with OutputFiles(
        requested=frozenset({path, *([palette] if palette else ())}),
        ours=_any_file if overwrite else _is_earlier_output,
    ) as files:
        if path.suffix.lower() in (".html", ".htm"):
            from renderers.backends import html

            written = html.write(scene, path, page, files)
        else:
            from renderers.backends.save import save  # loads matplotlib

            written = save(scene, path, page, files)
        if sidecars:
            written += sidecar_files.write(scene, path, files)
        if palette is not None:
            from renderers.scene.palette_file import merged

            files.add(palette, merged(scene.own, palette).encode())
            written += (palette,)
    return written


def _any_file(_: Path) -> bool:
    return True


def _is_earlier_output(path: Path) -> bool:
    """Whether a file is a page of a figure, or a sidecar, that was written before."""
    from renderers.backends import sidecars
    from renderers.backends.save import of_several_pages

    return of_several_pages(path) or sidecars.written_before(path)


def figure_of(scene: Scene, page: Page = DEFAULT_PAGE) -> MatplotlibFigure:
    """Draw a scene in matplotlib.

    Args:
        scene: the figure as data.
        page: the page that the scene was laid out for.

    Returns:
        A figure with one ``Axes`` (``figure.axes[0]``). It counts millimetres, x from the left
        and y from the top; ``scene.frame.x(day)`` is the x of a time of the axis, and
        ``scene.tops`` are the y of the rows.
    """
    from renderers.backends.draw_into import name_fonts
    from renderers.backends.matplotlib import paint

    figure = paint(scene, page)
    name_fonts(figure.axes[0], page)
    return figure


def draw(
    cases: Sequence[DerivedCase],
    kind: str,
    path: Path | str,
    page: Page = DEFAULT_PAGE,
    **options: Any,
) -> Scene:
    """Lay out a figure and write it to a file.

    Args:
        cases: the derived cases.
        kind: a name of ``FIGURES``.
        path: the file; its suffix is the format.
        page: the page that it is laid out for.
        options: its options by keyword.

    Returns:
        The scene that was written.

    Raises:
        ValueError: as for ``scene_of`` and ``write``.
        OSError: the folder cannot be written.
    """
    scene = scene_of(cases, kind, page, **options)
    write(scene, path, page)
    return scene


def path_of(case: DerivedCase, line: int, criterion: Criterion) -> DiagramPath:
    """Follow one line of a patient through the state machine of a criterion.

    Args:
        case: the derived case.
        line: the number of the line.
        criterion: a value of ``timeline.CRITERIA``.

    Returns:
        The steps from state to state, one for each assessed scan, in order.

    Raises:
        ValueError: the line is not on record, or has no scan assessed under the criterion.
    """
    from renderers.state_diagram.path import path_of as diagram_path

    return diagram_path(case, line, criterion)


def draw_machine(
    criterion: Criterion, path: DiagramPath | None, out: Path | str, page: Page = DEFAULT_PAGE
) -> Scene:
    """Draw the state machine of a criterion to a file.

    Args:
        criterion: a value of ``timeline.CRITERIA``.
        path: the path of a patient that is drawn on it, from ``path_of``; or None.
        out: the file; its suffix is the format.
        page: the page that it is laid out for.

    Returns:
        The scene that was written.

    Raises:
        ValueError: the diagram does not fit the page, or the file may not be replaced.
        OSError: the folder cannot be written.
    """
    from renderers.state_diagram.figure import state_diagram

    scene = state_diagram(criterion, path, page)
    write(scene, out, page)
    return scene
