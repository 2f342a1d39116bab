"""The groups of an SVG file: what an illustrator or a script finds, and by which name."""

from __future__ import annotations

import re

import polars
import pytest
from defusedxml import ElementTree

import timeline as tl
from renderers.backends.save import files_of
from renderers.scene.journals import DEFAULT_PAGE
from renderers.scene.scene import Bar, Label, Marker, Polyline
from tests.renderers.cohort import cohort
from tests.renderers.patients import exact

SVG = "{http://www.w3.org/2000/svg}"
# Two names that differ in what an id cannot hold, and one that has nothing that it can.
LANES = polars.DataFrame(
    {"id": ["P 1", "P/1", "患者"], "start": [0, 0, 0], "end": [9, 6, 3], "state": ["x & y"] * 3}
)
EVENTS = polars.DataFrame(
    {"id": ["P 1", "P 1", "P/1", "患者"], "time": [2, 9, 6, 3],
     "event": ["PR", "death", "death", "death"]}
)  # fmt: skip


def _groups(figure, folder):
    """The groups of a figure: ids in order, and the attributes of each."""
    scene = figure.scene()
    ((_, content),) = files_of(scene, folder / "a.svg", DEFAULT_PAGE)
    root = ElementTree.fromstring(content)
    found = [each.attrib for each in root.iter(f"{SVG}g") if "id" in each.attrib]
    return scene, found, root


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_lanes_and_what_is_in_them_have_their_names(tmp_path):
    figure = tl.plot.swimmer(LANES, events=EVENTS, unit="months")
    _, found, root = _groups(figure, tmp_path)
    lanes = [each for each in found if each.get("class") == "lane"]
    # "P 1" and "P/1" are both P-1 in letters that an id may hold; 患者 has none: row 3
    assert [each["id"] for each in lanes] == ["lane-P-1", "lane-P-1-2", "lane-3"]
    assert [each["data-name"] for each in lanes] == ["P 1", "P/1", "患者"]
    inside = {each.get("id"): each for each in root.iter(f"{SVG}g")}["lane-P-1"]
    classes = {each.get("class") for each in inside.iter(f"{SVG}g")}
    assert {"bar x-y", "marker PR", "marker death", "label"} <= classes
    assert {"axis", "legend"} <= {each.get("class") for each in found}


FIGURES = [
    pytest.param(lambda: tl.plot.spider(cohort(5)), id="spider"),
    pytest.param(lambda: tl.plot.waterfall(cohort(5)), id="waterfall"),
    pytest.param(lambda: tl.plot.survival(cohort(5), group="sex"), id="survival"),
    pytest.param(lambda: tl.plot.timeline(exact()), id="timeline"),
    pytest.param(lambda: tl.plot.state_diagram("RECIST 1.1"), id="state diagram"),
]


@pytest.mark.parametrize("make", FIGURES)
def test_every_mark_has_a_group_and_every_id_is_its_own(make, tmp_path):
    """Each bar, line, marker and text of the scene is in the file."""
    scene, found, root = _groups(make(), tmp_path)
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_.-]*", each) for each in ids)
    kinds = [each.get("class", "").partition(" ")[0] for each in found]
    for kind, name in ((Bar, "bar"), (Marker, "marker"), (Polyline, "polyline")):
        own = sum(type(mark) is kind for mark in scene.marks)
        assert kinds.count(name) >= own
    words = [each for each in scene.marks if isinstance(each, Label) and each.text.isascii()]
    texts = {each.text for each in root.iter(f"{SVG}text")}
    assert {each.text for each in words} <= texts


def test_a_mark_names_the_patient_that_it_shows(tmp_path):
    """In a spider all patients share one row; the tooltip, which may hold dates, stays out."""
    patients = cohort(3)
    scene, found, root = _groups(tl.plot.spider(patients), tmp_path)
    named = [each["data-name"] for each in found
             if each["id"].startswith("row-plot-") and "-marker-" in each["id"]]  # fmt: skip
    assert set(named) == {each.case.name for each in patients}
    text = ElementTree.tostring(root, encoding="unicode")
    assert not any(mark.tooltip in text for mark in scene.marks if mark.tooltip)
