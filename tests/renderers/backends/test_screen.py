"""The figure of a screen has the marks and words of the printed one."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from renderers import FIGURES, scene_of
from renderers.backends.save import files_of
from renderers.backends.screen import screen_svg
from renderers.scene.journals import page_of
from tests.app import hostile
from tests.renderers.patients import report
from timeline.api import derive, load_case

TEXTS = re.compile(r"<text[^>]*>([^<]*)</text>")
DRAWN = [
    ("timeline", ["wang2023"]),
    ("timeline", ["jin2025"]),
    ("swimmer", ["wang2023", "jin2025"]),
    ("survival", ["wang2023", "jin2025"]),
]


def in_print(scene, page):
    ((_, content),) = files_of(scene, Path("figure.svg"), page)
    return content.decode()


def words(svg):
    return sorted(unescape(each).strip() for each in TEXTS.findall(svg))


@pytest.mark.parametrize(("kind", "names"), DRAWN)
def test_every_text_of_the_printed_figure_is_on_the_screen(kind, names):
    page = page_of("generic")
    scene = scene_of([report(name) for name in names], kind, page)
    printed = in_print(scene, page)
    shown = screen_svg(scene, page)
    assert words(shown) == words(printed)
    assert len(words(shown)) > 10


@pytest.mark.parametrize(("kind", "names"), DRAWN)
def test_it_is_as_wide_and_high_as_the_printed_figure(kind, names):
    page = page_of("generic")
    scene = scene_of([report(name) for name in names], kind, page)
    printed = ElementTree.fromstring(in_print(scene, page))  # noqa: S314 - our own file
    shown = ElementTree.fromstring(screen_svg(scene, page))  # noqa: S314
    points = [float(printed.get(each).removesuffix("pt")) for each in ("width", "height")]
    millimetres = [float(each) * page.scale for each in shown.get("viewBox").split()[2:]]
    assert millimetres == pytest.approx([each / 72 * 25.4 for each in points], rel=0.01)


def test_the_colours_are_those_of_the_printed_figure():
    page = page_of("generic")
    scene = scene_of([report("wang2023")], "timeline", page)
    colour = re.compile(r"#[0-9a-f]{6}")
    printed = set(colour.findall(in_print(scene, page).lower()))
    shown = set(colour.findall(screen_svg(scene, page).lower()))
    assert shown <= printed | {"#000000"}
    assert len(shown) > 8


@pytest.mark.parametrize("number", range(len(hostile.MARKUP)))
def test_what_comes_from_a_file_is_text(number, tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(hostile.case(number))
    svg = screen_svg(scene_of([derive(load_case(path))], "timeline"))
    tree = ElementTree.fromstring(svg)  # noqa: S314
    names = {each.tag.rpartition("}")[2] for each in tree.iter()}
    assert names <= {"svg", "defs", "pattern", "g", "path", "text"}
    assert not [key for each in tree.iter() for key in each.attrib if key.startswith("on")]
    assert "attacked" in "".join(tree.itertext())


def test_every_kind_of_figure_is_known():
    assert {kind for kind, _ in DRAWN} | {"spider", "waterfall"} == set(FIGURES)
