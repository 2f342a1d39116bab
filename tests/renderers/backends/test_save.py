"""Figures on disk: the same bytes twice, live text, no date, and nothing half written."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import renderers
from renderers.backends import save as saving
from renderers.timeline.figure import timeline_figure
from tests.renderers.patients import exact, vague

ROOT = Path(__file__).parents[3]
KINDS = (".svg", ".pdf", ".png", ".tiff")


@pytest.mark.parametrize("suffix", KINDS)
def test_the_same_scene_gives_the_same_bytes(tmp_path, suffix):
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    for path in (one, two):
        renderers.draw([vague()], "timeline", path)
    assert one.read_bytes() == two.read_bytes()
    assert len(one.read_bytes()) > 5000
    assert sorted(path.name for path in tmp_path.iterdir()) == [one.name, two.name]


@pytest.mark.parametrize("suffix", KINDS)
def test_no_file_has_the_day_it_was_made(tmp_path, suffix):
    path = tmp_path / f"figure{suffix}"
    renderers.draw([exact()], "swimmer", path)
    assert not re.search(rb"CreationDate|ModDate|dc:date|Software|tIME", path.read_bytes())


def test_svg_text_stays_text_with_the_alt_text(tmp_path):
    path = tmp_path / "figure.svg"
    scene = renderers.draw([exact()], "timeline", path)
    text = path.read_text()
    assert "2019-12-02 leiomyosarcoma</text>" in text
    assert scene.alt in text


def test_pdf_fonts_are_true_type(tmp_path):
    path = tmp_path / "figure.pdf"
    renderers.draw([exact()], "timeline", path)
    assert b"/FontFile2" in path.read_bytes()
    assert b"/Type3" not in path.read_bytes()


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(
        ValueError,
        match=r"unknown kind of figure: '.gif' \(write .svg, .pdf, .png, .tiff, .tif, or .html",
    ):
        renderers.draw([exact()], "timeline", tmp_path / "figure.gif")


def test_a_failure_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "figure.svg"
    path.write_text("the old one")

    class Torn:
        def savefig(self, target, **_):
            target.write(b"half of the n")
            raise RuntimeError("out of ink")

    monkeypatch.setattr(saving, "paint_groups", lambda *_: (Torn(), None))
    with pytest.raises(RuntimeError, match="out of ink"):
        saving.save(timeline_figure([exact()]), path)
    assert path.read_text() == "the old one"
    assert list(tmp_path.iterdir()) == [path]


OUTLIVES = """
import sys, matplotlib
before = dict(matplotlib.rcParams)
import renderers
from tests.renderers.patients import exact
scene = renderers.draw([exact()], "timeline", sys.argv[1])
from renderers.backends.matplotlib import paint
paint(scene)
sys.exit(dict(matplotlib.rcParams) != before)
"""


def test_no_setting_of_matplotlib_outlives_a_figure(tmp_path):
    words = [sys.executable, "-c", OUTLIVES, str(tmp_path / "figure.svg")]
    assert subprocess.run(words, check=False, cwd=ROOT).returncode == 0


def test_importing_renderers_loads_no_matplotlib():
    code = "import renderers, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_painting_needs_no_pyplot():
    code = "import renderers.backends.save, sys; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
