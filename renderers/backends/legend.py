"""The legend: every style that a scene drew, by its meaning, in the order of the style table."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache

import attrs

from renderers.scene.mark import KEY_WIDTH, Mark
from renderers.scene.scene import BODY, SMALL, Frame, Label, Row, Scene
from renderers.scene.styles import GROUPS, STYLES, Style
from renderers.scene.text_metrics import measured_in, width, wrapped
from renderers.text.translation import current_language, translate

# Millimetres; an entry takes as many whole cells as it needs. Of wide cells entries of different
# groups are below each other; narrow ones are used where they save a line.
_CELLS = (5.0, 2.5)
_AFTER = 4.0  # millimetres after the words of an entry, and before them
_MOST_INDENT = 27.0  # millimetres for the names of the groups, at most
_PITCH = 3.5  # millimetres between lines
_BETWEEN = 0.5  # millimetres between groups
_BETWEEN_BESIDE = 1.0  # and as many more where they are below one another, beside the rows
_AIR_BESIDE = 1.65  # above the first name, which is then level with the headings of columns
_ROUNDING = 0.01
_KEPT = "_legend"


def described(scene: Scene) -> tuple[Style, ...]:
    """The style rows that a scene uses and that have words."""
    used = set(scene.styles)
    table = {row.name: row for row in (*scene.own, *STYLES.values())}
    unknown = used - set(table)
    if unknown:
        raise ValueError(f"no such style: {', '.join(sorted(unknown))} (add a row to STYLES)")
    own = {style: (group, description) for style, group, description in scene.named}
    drawn = (
        _described(row, *own.get(row.name, ("", ""))) for row in table.values() if row.name in used
    )
    return tuple(row for row in drawn if row.description)


def entries(scene: Scene) -> tuple[Style, ...]:
    """The style rows of the legend: those with words, unless the caption explains them.

    A style that only labels have is none of them: its marker is on another page.
    """
    keyed = scene.keyed_styles.difference(scene.in_caption)
    return tuple(row for row in described(scene) if row.name in keyed)


def with_legend(scene: Scene) -> tuple[tuple[float, Scene], ...]:
    """The scene and its legend, each with the millimetres from the top where it begins."""
    return (0.0, scene), (0.0 if scene.legend_left is not None else scene.height, legend(scene))


def height_with_legend(scene: Scene) -> float:
    """The height of the scene with its legend below or beside it, in millimetres."""
    return max(top + part.height for top, part in with_legend(scene))


def legend_height(scene: Scene) -> Callable[[Sequence[int]], float]:
    """The height of the legend below a page in mm, as a function of the rows on the page."""
    if scene.legend_left is not None:
        return lambda _: 0.0
    styles_of_row: dict[int, set[str]] = defaultdict(set)
    for mark in scene.marks:
        for row in mark.rows:
            styles_of_row[row].update(mark.keyed_styles)
    one = {name: mark for mark in scene.marks for name in mark.keyed_styles}

    @cache
    def height(styles: frozenset[str]) -> float:
        return legend(attrs.evolve(scene, marks=tuple(one[name] for name in styles))).height

    def height_below(rows: Sequence[int]) -> float:
        return height(frozenset[str]().union(*(styles_of_row.get(row, ()) for row in rows)))

    return height_below


def _described(style: Style, group: str, description: str) -> Style:
    """The style with the words that a scene has for it, if any."""
    return attrs.evolve(style, group=group, description=description) if description else style


def legend(scene: Scene) -> Scene:
    """The legend as a scene of its own, as wide as the scene; its frame counts millimetres.

    It is made once for a scene, and kept beside its fields: its height is asked for several times.
    """
    kept = vars(scene)
    if _KEPT not in kept:
        with current_language(scene.language), measured_in(scene.font):
            kept[_KEPT] = _legend(scene)
    made: Scene = kept[_KEPT]
    return made


def words_of(style: Style, scene: Scene) -> str:
    """The words of an entry in the language of the scene; its own words are not translated."""
    own = {name for name, _, description in scene.named if description}
    own |= {row.name for row in scene.own}
    return style.description if style.name in own else translate(style.description)


def title_of(group: str, scene: Scene) -> str:
    """The name of a group in the legend: that of the scene, else in its language."""
    return dict(scene.titles).get(group) or translate(group)


def bar_style(scene: Scene, variant: str = "") -> str:
    """The style of bars in a scene, on which the legend shows what varies a bar.

    That of the first bar with the variant, so that the key looks as what it explains.
    """
    varied = (mark.style for mark in scene.marks if variant and mark.variant == variant)
    treatments = (name for name in scene.styles if scene.style(name).is_treatment)
    return next(varied, next(treatments, "setting"))


def _legend(scene: Scene) -> Scene:
    """The lower one of the legends with each width of cells; the first of two that are alike."""
    if scene.legend_left is not None:
        return _beside(scene, scene.legend_left)
    return min((_with_cells(scene, cell) for cell in _CELLS), key=lambda made: made.height)


def width_beside(scene: Scene, most: float) -> float:
    """The millimetres that the legend takes beside the rows: its longest line, at most ``most``."""
    with current_language(scene.language), measured_in(scene.font):
        drawn = entries(scene)
        limit = most - KEY_WIDTH - 1.0
        lines = (line for each in drawn for line in wrapped(words_of(each, scene), SMALL, limit))
        texts = [KEY_WIDTH + 1.0 + width(line, SMALL) for line in lines]
        names = [width(title_of(each.group, scene), BODY, bold=True) for each in drawn]
        return max([*texts, *names], default=0.0) + _ROUNDING


def _beside(scene: Scene, left: float) -> Scene:
    """Each entry on a line of its own, below the name of its group."""

    def group(name: str, members: list[Style]) -> tuple[list[Mark], float]:
        head = Label(text=title_of(name, scene), bold=True, size=BODY, shift=left, y=_PITCH / 2)
        marks, line = list[Mark]([head]), 1
        for style in members:
            texts = wrapped(words_of(style, scene), SMALL, scene.width - left - KEY_WIDTH - 1.0)
            marks += _entry(style, texts, left, (line + 0.5) * _PITCH, bar_style(scene, style.name))
            line += len(texts)
        return marks, line * _PITCH + _BETWEEN_BESIDE

    return _of_groups(scene, group)


def _with_cells(scene: Scene, cell: float) -> Scene:
    indent = _indent(scene, entries(scene))

    def group(name: str, members: list[Style]) -> tuple[list[Mark], float]:
        return _group(name, members, scene, indent, cell)

    return _of_groups(scene, group)


def _of_groups(
    scene: Scene, group: Callable[[str, list[Style]], tuple[list[Mark], float]]
) -> Scene:
    """The legend of groups in their order, each a row of the marks and height that it takes."""
    air = 1.5 if scene.legend_left is None else _AIR_BESIDE
    rows, marks, drawn = [Row("air", air)], list[Mark](), entries(scene)
    for name in GROUPS:
        members = [style for style in drawn if style.group == name]
        if members:
            inside, height = group(name, members)
            marks += [mark.on_row(len(rows)) for mark in inside]
            rows.append(Row(name, height + _BETWEEN))
    width = scene.width
    return Scene(
        name=f"legend of {scene.name}",
        alt="",
        width=width,
        frame=Frame(low=0.0, high=width, left=0.0, right=width),
        rows=tuple(rows),
        marks=tuple(marks),
        own=scene.own,
    )


def _indent(scene: Scene, drawn: Sequence[Style]) -> float:
    """Where the entries begin: below the axis, or right of the longest name of a group."""
    named = (width(title_of(style.group, scene), BODY, bold=True) for style in drawn)
    return min(
        max(scene.frame.left, *(name_width + 2.0 for name_width in named), 0.0), _MOST_INDENT
    )


def _group(
    name: str, members: list[Style], scene: Scene, left: float, width_of_cell: float
) -> tuple[list[Mark], float]:
    """The name of a group, and its entries in the cells to its right; a long entry is wrapped."""
    cells = int((scene.width - left) // width_of_cell)
    text_limit = cells * width_of_cell - KEY_WIDTH - 1.0
    marks: list[Mark] = [Label(text=title_of(name, scene), bold=True, size=BODY, y=_PITCH / 2)]
    line, cell, lines = 0, 0, 1
    for style in members:
        texts = wrapped(words_of(style, scene), SMALL, text_limit)
        own = KEY_WIDTH + 1.0 + max(width(each, SMALL) for each in texts)
        if cell and cell * width_of_cell + own > scene.width - left:
            line, cell, lines = line + lines, 0, 1
        x, y = left + cell * width_of_cell, (line + 0.5) * _PITCH
        marks += _entry(style, texts, x, y, bar_style(scene, style.name))
        cell += math.ceil((own + _AFTER - 1.0) / width_of_cell)
        lines = max(lines, len(texts))
    return marks, (line + lines) * _PITCH


def _entry(style: Style, texts: Sequence[str], x: float, y: float, bar: str) -> list[Mark]:
    """The sample of a style from ``x`` on, with the lines of its words to the right."""
    words = (
        Label(text=each, size=SMALL, shift=x + KEY_WIDTH + 1.0, y=y + n * _PITCH)
        for n, each in enumerate(texts)
    )
    return [*style.mark.legend_key(style, x, y, bar), *words]
