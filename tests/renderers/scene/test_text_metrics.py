"""Widths without a font: never less than the font itself takes."""

import pytest
from matplotlib import rc_context
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from renderers.backends.matplotlib import SETTINGS
from renderers.scene import text_metrics
from renderers.scene.text_metrics import MM_PER_POINT, width, wrapped

TEXTS = ["iPR or iSD", "gemcitabine 1000 mg/m² IV days 1 and 8", "2018-12-05 wide resection (R0)",
         "Line 4: penpulimab + lenvatinib", "UICC ≥ III, 89 × 42 mm; 50 %"]  # fmt: skip


@pytest.mark.parametrize("bold", [False, True], ids=["plain", "bold"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_no_wider_than_measured(text, bold):
    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    drawn = TextPath((0, 0), text, size=100, prop=font).get_extents().width
    expected = width(text, 100, bold=bold) / MM_PER_POINT
    assert drawn <= expected <= drawn * 1.12


@pytest.mark.parametrize("bold", [False, True], ids=["plain", "bold"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("family", ["sans-serif", "serif"])
def test_a_text_is_no_wider_in_the_faces_that_are_painted(family, text, bold):
    """Where a machine has no Times, a face much like it, which matplotlib brings, replaces it."""
    with rc_context(SETTINGS):
        font = FontProperties(family=[family], weight="bold" if bold else "normal")
        drawn = TextPath((0, 0), text, size=100, prop=font).get_extents().width
    assert drawn <= width(text, 100, bold=bold) / MM_PER_POINT


def test_a_letter_that_the_table_lacks_counts_as_the_widest():
    assert width("肉", 10) == pytest.approx(10 * MM_PER_POINT)


def test_words_are_kept_whole_and_in_order():
    lines = wrapped("right lung, posterior basal segment", 6.5, 20.0)
    assert " ".join(lines) == "right lung, posterior basal segment"
    assert len(lines) > 1
    assert all(width(line, 6.5) <= 20.0 for line in lines)


def test_a_word_wider_than_the_space_is_cut_with_a_hyphen():
    lines = wrapped("pneumonoultramicroscopic", 6.5, 12.0)
    assert len(lines) > 1
    assert "".join(line.removesuffix("-") for line in lines) == "pneumonoultramicroscopic"
    assert all(width(line, 6.5) <= 12.0 for line in lines)


def test_words_with_a_no_break_space_stay_on_one_line():
    size, limit = 6.5, width("Best response, line", 6.5) + 0.1
    assert wrapped("Best response, line 1", size, limit) == ("Best response, line", "1")
    assert wrapped("Best response, line\u00a01", size, limit) == ("Best response,", "line 1")
    # no room for both words on one line: as two words, without a hyphen
    assert wrapped("line\u00a01", size, width("line", 6.5) + 0.1) == ("line", "1")


class Counted(dict):
    """The widths of letters, and how often one is looked up."""

    looked_up = 0

    def __getitem__(self, letter):
        self.looked_up += 1
        return self.get(letter, 1000)

    def get(self, letter, other):
        self.looked_up += 1
        return super().get(letter, other)


@pytest.mark.parametrize(
    "text", ["x" * 2000, "no " * 700, "x" * 900 + " " + "no " * 300], ids=["word", "words", "both"]
)
def test_a_letter_is_measured_a_few_times_however_long_the_text(monkeypatch, text):
    # 3 × 2 where it was each letter once for each line, and for each place of a hyphen
    counted = Counted(text_metrics._WIDTH_OF)
    monkeypatch.setattr(text_metrics, "_WIDTH_OF", counted)
    assert len(wrapped(text, 6.5, 20.0)) > 20
    assert counted.looked_up <= 6 * len(text)
