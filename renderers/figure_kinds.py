"""The kinds of figures: what each shows, its options, and how it is laid out.

A row loads its own figure when it is asked for, so that this module loads none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from renderers.options import Option, options_from_values, parse_options
from renderers.scene.journals import Page
from renderers.scene.scene import Scene
from timeline.core.frozen_class import frozen

if TYPE_CHECKING:
    from renderers.table_request import TableReading, TableRequest
    from timeline.endpoints.derived_case import DerivedCase


@frozen(kw_only=True)
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
    from renderers.survival.tables.requested import TABLE_OPTIONS

    return TABLE_OPTIONS


def _survival_of_table(request: TableRequest) -> TableReading:
    from renderers.survival.tables.requested import survival_table

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
