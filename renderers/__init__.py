"""Figures: laid out as scenes, and written to files.

Importing this package loads neither matplotlib nor the rules; each figure loads what it needs.

``FIGURES`` holds a `FigureKind` for each figure, by name: timeline, swimmer, spider, waterfall
and survival. The state diagram of a criterion is drawn by `draw_machine`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from renderers.options import Option, options_from_values, parse_options
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene
from timeline.core.problem import near
from timeline.files.output_files import OutputFiles

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MatplotlibFigure

    from renderers.state_diagram.path import DiagramPath
    from renderers.table_request import TableReading, TableRequest
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


@attrs.frozen(kw_only=True)
class FigureKind:
    """A kind of figure: what it shows, its options, and how it is laid out.

    Attributes:
        name: its name, as in ``--figure``.
        description: what it shows, in one phrase.
        lay_out: makes its scene of derived cases, a page and the options that ``parse`` or
            ``check`` returned.
        option_table: loads its options: a row for each, by name.
        parse: reads options of the command line, each as ``NAME=VALUE``.
        build: makes the options of the fields that they set.
        table_options: loads the options of a figure of tables: a row for each, by name.
        read_table: reads and checks tables; None for a figure that is drawn of cases alone.
    """

    name: str
    description: str
    lay_out: Callable[[Sequence[DerivedCase], Page, Any], Scene]
    option_table: Callable[[], Mapping[str, Option]]
    parse: Callable[[Sequence[str]], Any]
    build: Callable[[Mapping[str, Any]], Any] = dict
    table_options: Callable[[], Mapping[str, Option]] = dict
    read_table: Callable[[TableRequest], TableReading] | None = None

    def check(self, values: Mapping[str, Any]) -> Any:
        """The options that Python values set.

        Args:
            values: values by keyword, such as ``{"unit": "weeks", "cut_off": "2021-03-01"}``.

        Returns:
            The options, for ``lay_out``.

        Raises:
            ValueError: an option is unknown, or its value is wrong.
        """
        return self.build(options_from_values(self.option_table(), values))


def _timeline(cases: Sequence[DerivedCase], page: Page, options: Any) -> Scene:
    from renderers.timeline.figure import timeline_figure

    return timeline_figure(cases, page, options)


def _timeline_table() -> Mapping[str, Option]:
    from renderers.timeline.option_table import TIMELINE_OPTIONS

    return TIMELINE_OPTIONS


def _timeline_parse(texts: Sequence[str]) -> Any:
    from renderers.timeline.option_table import timeline_options

    return timeline_options(texts)


def _timeline_build(fields: Mapping[str, Any]) -> Any:
    from renderers.timeline.option_table import build

    return build(fields)


def _timeline_table_options() -> Mapping[str, Option]:
    from renderers.timeline.from_table import TABLE_OPTIONS

    return TABLE_OPTIONS


def _timeline_of_table(request: TableRequest) -> TableReading:
    from renderers.timeline.from_table import timeline_table

    return timeline_table(request)


def _swimmer(cases: Sequence[DerivedCase], page: Page, options: Any) -> Scene:
    from renderers.swimmer.figure import swimmer

    return swimmer(cases, page, options)


def _swimmer_table() -> Mapping[str, Option]:
    from renderers.swimmer.option_table import SWIMMER_OPTIONS

    return SWIMMER_OPTIONS


def _swimmer_parse(texts: Sequence[str]) -> Any:
    from renderers.swimmer.option_table import swimmer_options

    return swimmer_options(texts)


def _swimmer_build(fields: Mapping[str, Any]) -> Any:
    from renderers.swimmer.options import SwimmerOptions

    return SwimmerOptions(**fields)


def _swimmer_table_options() -> Mapping[str, Option]:
    from renderers.swimmer.option_table import OPTION_TABLE

    return OPTION_TABLE


def _swimmer_of_tables(request: TableRequest) -> TableReading:
    from renderers.swimmer.tables.requested import swimmer_tables

    return swimmer_tables(request)


def _spider(cases: Sequence[DerivedCase], page: Page, options: Mapping[str, Any]) -> Scene:
    from renderers.response.spider import spider

    return spider(cases, page, **options)


def _waterfall(cases: Sequence[DerivedCase], page: Page, options: Mapping[str, Any]) -> Scene:
    from renderers.response.waterfall import waterfall

    return waterfall(cases, page, **options)


def _change_options(kind: str) -> Callable[[], Mapping[str, Option]]:
    def table() -> Mapping[str, Option]:
        from renderers.response.tables.options import table_options

        return table_options(kind)

    return table


def _spider_of_table(request: TableRequest) -> TableReading:
    from renderers.response.tables.requested import spider_table

    return spider_table(request)


def _waterfall_of_table(request: TableRequest) -> TableReading:
    from renderers.response.tables.requested import waterfall_table

    return waterfall_table(request)


def _survival(cases: Sequence[DerivedCase], page: Page, options: Mapping[str, Any]) -> Scene:
    from renderers.response.options import with_groups
    from renderers.survival.figure import survival

    return survival(cases, page, **with_groups(options, cases))


def _survival_table() -> Mapping[str, Option]:
    from renderers.survival.option_table import SURVIVAL_OPTIONS

    return SURVIVAL_OPTIONS


def _survival_table_options() -> Mapping[str, Option]:
    from renderers.survival.requested import TABLE_OPTIONS

    return TABLE_OPTIONS


def _survival_of_table(request: TableRequest) -> TableReading:
    from renderers.survival.requested import survival_table

    return survival_table(request)


def _response_table(name: str) -> Mapping[str, Option]:
    from renderers.response.options import ROWS

    return {row.name: row for row in ROWS[name]}


def _response_kind(
    name: str,
    description: str,
    lay_out: Callable[[Sequence[DerivedCase], Page, Any], Scene],
    table: Callable[[], Mapping[str, Option]],
    **of_tables: Any,
) -> FigureKind:
    """A figure whose options are fields of its function."""
    return FigureKind(
        name=name,
        description=description,
        lay_out=lay_out,
        option_table=table,
        parse=lambda texts: parse_options(texts, table()),
        **of_tables,
    )


FIGURES = {
    row.name: row
    for row in (
        FigureKind(
            name="timeline",
            description="one patient's treatment on the calendar",
            lay_out=_timeline,
            option_table=_timeline_table,
            parse=_timeline_parse,
            build=_timeline_build,
            table_options=_timeline_table_options,
            read_table=_timeline_of_table,
        ),
        FigureKind(
            name="swimmer",
            description="a lane for each line or patient",
            lay_out=_swimmer,
            option_table=_swimmer_table,
            parse=_swimmer_parse,
            build=_swimmer_build,
            table_options=_swimmer_table_options,
            read_table=_swimmer_of_tables,
        ),
        _response_kind(
            "spider",
            "change of the sum over time",
            _spider,
            lambda: _response_table("spider"),
            table_options=_change_options("spider"),
            read_table=_spider_of_table,
        ),
        _response_kind(
            "waterfall",
            "best change of each patient",
            _waterfall,
            lambda: _response_table("waterfall"),
            table_options=_change_options("waterfall"),
            read_table=_waterfall_of_table,
        ),
        _response_kind(
            "survival",
            "Kaplan-Meier, numbers at risk",
            _survival,
            _survival_table,
            table_options=_survival_table_options,
            read_table=_survival_of_table,
        ),
    )
}


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
    from renderers.backends.matplotlib import paint

    return paint(scene, page)


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
