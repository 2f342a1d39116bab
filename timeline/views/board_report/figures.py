"""The figures of a report, laid out for the width that A4 and Letter share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from renderers import scene_of
from renderers.backends.save import pages
from renderers.scene.journals import JournalPreset, Page
from renderers.scene.scene import SMALL, Scene
from timeline.endpoints.derived_case import DerivedCase
from timeline.views.board_report.content import Block, Figure, Paragraph, Section

_WIDTH, _HEIGHT = 180.0, 205.0  # millimetres; Letter is 279 mm tall, and a caption goes below
_PAGE = Page(
    preset=JournalPreset(
        name="report",
        columns=(("page", _WIDTH),),
        height=_HEIGHT,
        least=SMALL,
        dpi=200,
        source="A4 is 210 mm wide and Letter 216 mm; margins of 15 mm; Letter is 279 mm tall",
    ),
    column="page",
)


def figure_of_cases(cases: Sequence[DerivedCase], kind: str, **options: Any) -> tuple[Block, ...]:
    """A figure, or the reason why it cannot be drawn; ``options`` are those of the figure."""
    return figure_of_scene(kind, lambda page: scene_of(cases, kind, page, **options))


def figure_of_table(table: Any, kind: str) -> tuple[Block, ...]:
    """A figure of a table, or of what is requested of several, or why it cannot be drawn."""
    from renderers import FIGURES
    from renderers.table_request import TableRequest

    asked = table if isinstance(table, TableRequest) else TableRequest(table=table)
    read = FIGURES[kind].read_table
    assert read is not None  # noqa: S101  (asked of kinds that tables have)
    reading = read(asked)
    if reading.lay_out is None:
        reason = "; ".join(each.what for each in reading.errors)
        return (Paragraph(f"The {kind} figure cannot be drawn: {reason}."),)
    return figure_of_scene(kind, reading.lay_out)


def figure_of_scene(kind: str, lay_out: Callable[[Page], Scene]) -> tuple[Block, ...]:
    """A figure that lays itself out for a page, or the reason why it cannot be drawn."""
    try:
        scene = lay_out(_PAGE)
        scenes = pages(scene, _PAGE)
    except ValueError as fault:
        reason = str(fault).partition(" (")[0]  # without the advice to who encodes the case
        return (Paragraph(f"The {kind} figure cannot be drawn: {reason}."),)
    return (
        Figure(
            kind=kind,
            alt=scene.alt,
            caption=scene.caption,
            scenes=scenes,
            page=_PAGE,
            conventions=scene.conventions,
        ),
    )


def reading_sections(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """How the marks of the figures are read, which a caption in print leaves to the methods."""
    texts = [each.conventions for each in blocks if isinstance(each, Figure) and each.conventions]
    found = tuple(map(Paragraph, dict.fromkeys(texts)))
    return (Section("reading", "How the timeline is read", found),) if found else ()
