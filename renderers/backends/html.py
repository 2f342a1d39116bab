"""A figure as one HTML file: hover, focus, zoom and filters; without a script a figure and a table.

It loads nothing from a network: a content security policy allows its own style sheet and
its own script, by their digests, and nothing else.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path

import attrs

from renderers.backends.items import DataItem, data_items
from renderers.backends.legend import bar_style, entries, words_of
from renderers.backends.sidecars import HEAD, data
from renderers.backends.svg import hit_area, svg_part
from renderers.scene.journals import DEFAULT_PAGE, EDGE, Page
from renderers.scene.mark import KEY_WIDTH, Mark
from renderers.scene.scene import Axis, Frame, Row, Scene
from renderers.scene.styles import GROUPS, Style
from renderers.text.translation import current_language, translate
from timeline.core.text.inert_text import xml_text
from timeline.files.output_files import OutputFiles, write_file

_TEMPLATES = Path(__file__).parent / "templates"
_KEY_HEIGHT = 3.5  # millimetres
_GROUND = 5  # layers below this one are behind every item
_SCROLLED = 110.0  # a figure at least so many millimetres wide is scrolled, not shrunk


@attrs.frozen
class Entry:
    """An entry of the legend: the name of its style, its words, and its sample as SVG."""

    name: str
    description: str
    svg: str


def render(scene: Scene, page: Page = DEFAULT_PAGE) -> str:
    """The page of a scene, the same bytes each time; what comes from a file is escaped."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    style, script = ((_TEMPLATES / name).read_text() for name in ("figure.css", "figure.js"))
    return environment.get_template("figure.html.j2").render(
        scene=scene,
        svg=_svg(scene, page),
        legend=_legend_groups(scene, page),
        rows=tuple((n, row.name) for n, row in enumerate(scene.rows) if _has_tooltips(scene, n)),
        head=HEAD,
        data=[attrs.astuple(datum) for datum in data(scene)],
        style=style,
        script=script,
        digests={"style": _digest(style), "script": _digest(script)},
    )


def write(
    scene: Scene, path: Path | str, page: Page = DEFAULT_PAGE, into: OutputFiles | None = None
) -> tuple[Path, ...]:
    """Write the page of a scene; ``into``: the set of files that it belongs to.

    ValueError where the name does not end in .html, or where the file may not be replaced.
    """
    path = Path(path)
    if path.suffix.lower() not in (".html", ".htm"):
        raise ValueError(f"not a page: {path.name!r} (write .html)")
    content = xml_text(render(scene, page)).encode()
    if into is None:
        write_file(path, content)
    else:
        into.add(path, content)
    return (path,)


def _digest(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _has_tooltips(scene: Scene, row: int) -> bool:
    return bool(scene.rows[row].name) and any(m.row == row and m.tooltip for m in scene.marks)


def _svg(scene: Scene, page: Page) -> str:
    """The scene: the background, the items in their order, then all other marks."""
    items = data_items(scene)
    owned = {id(mark) for item in items for mark in item.marks}
    rest = [svg_part(scene, part, page) for part in _rest(scene, owned)]
    under = [each.svg for each in rest if each.layer < _GROUND]
    over = [each.svg for each in rest if each.layer >= _GROUND]
    groups = [_item(item, number, scene, page) for number, item in enumerate(items)]
    box = f"{-EDGE:g} {-EDGE:g} {scene.width + 2 * EDGE:.2f} {scene.height + 2 * EDGE:.2f}"
    size = "wide" if scene.width >= _SCROLLED else "narrow"
    inside = "".join([*under, *groups, *over])
    return (
        f'<svg id="figure" class="{size}" viewBox="{box}" role="group" '
        f'aria-labelledby="alt">{inside}</svg>'
    )


def _rest(scene: Scene, owned: set[int]) -> Iterator[Mark | Axis]:
    yield from (mark for mark in scene.marks if id(mark) not in owned)
    yield from scene.axes


def _item(item: DataItem, number: int, scene: Scene, page: Page) -> str:
    pieces = [svg_part(scene, mark, page) for mark in item.marks]
    ordered = sorted(pieces, key=lambda each: each.layer)
    through = any(mark.spans_rows for mark in item.marks)
    inside = "".join([*(() if through else hit_area(pieces)), *(each.svg for each in ordered)])
    return (
        f'<g class="item" id="item-{number}" tabindex="0" role="img" data-row="{item.row}" '
        f'aria-label="{escape(item.tooltip)}">{inside}</g>'
    )


def _legend_groups(scene: Scene, page: Page) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    with current_language(scene.language):
        return tuple(_legend(scene, page))


def _legend(scene: Scene, page: Page) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The groups of the legend in their order, each with its entries."""
    bar, known = bar_style(scene), entries(scene)
    for group in GROUPS:
        found = tuple(
            _entry(style, words_of(style, scene), bar, scene, page)
            for style in known
            if style.group == group
        )
        if found:
            yield translate(group), found


def _entry(style: Style, description: str, bar: str, scene: Scene, page: Page) -> Entry:
    """A style as the printed legend shows it, in an SVG of its own."""
    marks = style.mark.legend_key(style, 0.0, _KEY_HEIGHT / 2, bar)
    frame = Frame(low=0.0, high=KEY_WIDTH, left=0.0, right=KEY_WIDTH)
    drawn = Scene(
        name="",
        alt="",
        width=KEY_WIDTH,
        frame=frame,
        rows=(Row("", _KEY_HEIGHT),),
        marks=marks,
        own=scene.own,
    )
    inside = "".join(svg_part(drawn, mark, page).svg for mark in marks)
    box = f"-0.5 0 {KEY_WIDTH + 1:g} {_KEY_HEIGHT:g}"
    svg = f'<svg class="sample" viewBox="{box}" aria-hidden="true">{inside}</svg>'
    return Entry(style.name, description, svg)
