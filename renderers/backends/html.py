"""A figure as one HTML file to explore; without a script it is a figure and a table.

It loads nothing from a network: a content security policy allows its own style sheet and
its own script, by their digests, and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from renderers.backends.explore.dark import GROUND, dark_rules
from renderers.backends.explore.data import page_json
from renderers.backends.explore.panels import Band, Cuts, bands, below_axis
from renderers.backends.explore.words import (
    described_data,
    kind_of_parts,
    page_words,
    table_heads,
)
from renderers.backends.items import data_items
from renderers.backends.legend import bar_style, entries, title_of, words_of
from renderers.backends.svg import hatch_patterns, number, svg_part
from renderers.scene.journals import DEFAULT_PAGE, EDGE, Page
from renderers.scene.mark import KEY_WIDTH
from renderers.scene.scene import Column, Frame, Row, Scene
from renderers.scene.styles import GROUPS, Style
from renderers.text.translation import current_language
from timeline.core.text.inert_text import undirected, xml_text
from timeline.files.output_files import OutputFiles, write_file

_TEMPLATES = Path(__file__).parent / "templates"
# The parts of the script, in the order in which they are read: one function around all of them.
SCRIPTS = ("scale", "axes", "table", "lanes", "selection", "keys", "tools")
_KEY_HEIGHT = 3.5  # millimetres
_LEAST, _MOST = 4.6, 6.6  # pixels for a millimetre: text of 10.5 to 15 pixels
_MARGIN = "3.4rem"  # of a page, left and right together


@attrs.frozen
class Entry:
    """An entry of the legend: the name of its style, its words, and its sample as SVG."""

    name: str
    description: str
    svg: str


@attrs.frozen
class Panel:
    """One SVG of the figure: its band, its place in the band, its view box and its content."""

    band: str
    place: str
    box: str
    svg: str


def render(scene: Scene, page: Page = DEFAULT_PAGE) -> str:
    """The page of a scene, the same bytes each time; what comes from a file is escaped."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    if scene.legend_left is not None:  # the legend of a page to explore is beside the figure
        scene = attrs.evolve(scene, width=scene.legend_left, legend_left=None)
    items = data_items(scene)
    drawn = tuple(bands(scene, items, page))
    panels, legend = tuple(_panels(scene, drawn)), _legend_groups(scene, page)
    svg = "".join([*(each.svg for each in panels), *(e.svg for _, group in legend for e in group)])
    hatches = hatch_patterns(svg)
    kind = kind_of_parts(scene)
    with current_language(scene.language):
        words, head, rows = page_words(kind), table_heads(), described_data(scene)
    style, script = _style(scene, page, drawn, svg + hatches), _script()
    html = environment.get_template("figure.html.j2").render(
        scene=scene,
        panels=panels,
        hatches=hatches,
        legend=legend,
        parts=tuple(_parts(scene, kind)),
        is_sorted=kind != "rows",
        timed=bool(scene.frame.unit) and not scene.frame.counts_millimetres,
        head=head,
        data=rows,
        items=items,
        json=page_json(scene, page, items, drawn, words),
        words=words,
        style=style,
        script=script,
        digests={"style": _digest(style), "script": _digest(script)},
    )
    return undirected(html)


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


def _script() -> str:
    parts = ((_TEMPLATES / "explore" / f"{name}.js").read_text() for name in SCRIPTS)
    return '"use strict";\n(() => {\n' + "".join(parts) + "})();\n"


def _parts(scene: Scene, kind: str) -> Iterator[tuple[int, str]]:
    """What a reader may leave out: columns, lanes, or sections with something in them."""
    told = {mark.row for mark in scene.marks if mark.tooltip}
    found: tuple[Column | Row, ...] = scene.columns or scene.rows
    for place, part in enumerate(found):
        if part.facts or (kind == "rows" and part.name and place in told):
            yield place, part.name


def _panels(scene: Scene, drawn: Sequence[Band]) -> Iterator[Panel]:
    """The panels that hold something, band by band; a panel beside the lanes is in each band."""
    edges = Cuts.of(scene).edges
    wanted = [place for place in edges if any(band.panels[place] for band in drawn)]
    for band in drawn:
        for place in ("time",) if band.name == "notes" else wanted:
            low, high = edges[place]
            inside = band.panels[place]
            if band.name == "notes":
                low, high = -EDGE, scene.width + EDGE
                inside = "".join(band.panels.values())
            box = f"{number(low)} 0 {number(high - low)} {number(band.height)}"
            yield Panel(band.name, place, box, inside)


def _style(scene: Scene, page: Page, drawn: Sequence[Band], svg: str) -> str:
    """The style sheet, with the sizes of the panels and the colours on a dark ground."""
    names = ("page", "figure", "table", "print")
    sheet = "".join((_TEMPLATES / "explore" / f"{name}.css").read_text() for name in names)
    width = scene.width + 2 * EDGE
    scale = f"clamp({_LEAST}px, calc((min(100vw, 84rem) - {_MARGIN}) / {width:.2f}), {_MOST}px)"
    sizes = [f":root{{--mm:{scale};--ground:{GROUND}}}"]
    if named := re.sub(r"[^\w .-]", "", page.font):
        sizes.append(f'.panel text,.sample text{{font-family:"{named}",Arial,sans-serif}}')
    for panel in _panels(scene, drawn):
        _, _, wide, high = panel.box.split()
        sizes.append(
            f".{panel.band}.{panel.place}{{width:calc(var(--mm)*{wide});"
            f"height:calc(var(--mm)*{high})}}"
        )
    if below := below_axis(scene):
        sizes.append(f".foot{{bottom:calc(var(--mm)*-{number(below)})}}")
    dark = "".join(dark_rules(svg, ":root[data-theme=dark] svg"))
    return f"{sheet}{''.join(sizes)}\n@media screen{{{dark}}}\n"


def _legend_groups(scene: Scene, page: Page) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    with current_language(scene.language):
        return tuple(_legend(scene, page))


def _legend(scene: Scene, page: Page) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The groups of the legend in their order, each with its entries."""
    known = entries(scene)
    for group in GROUPS:
        found = tuple(
            _entry(style, words_of(style, scene), bar_style(scene, style.name), scene, page)
            for style in known
            if style.group == group
        )
        if found:
            yield title_of(group, scene), found


def _entry(style: Style, description: str, bar: str, scene: Scene, page: Page) -> Entry:
    """A style as the printed legend shows it, in an SVG of its own."""
    marks = style.mark.legend_key(style, 0.0, _KEY_HEIGHT / 2, bar)
    frame = Frame(low=0.0, high=KEY_WIDTH, left=0.0, right=KEY_WIDTH, unit="")
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
