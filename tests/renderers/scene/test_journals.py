"""Presets: what a journal requires, and that nothing is printed below it."""

import pytest
from matplotlib.text import Text

from renderers.backends.matplotlib import paint
from renderers.scene.journals import PRESETS, page_of
from renderers.scene.scene import SMALL
from renderers.state_diagram.figure import state_diagram
from timeline.response.criteria import CRITERIA

MM_PER_INCH = 25.4


@pytest.mark.parametrize(
    ("preset", "column", "mm"),
    [
        pytest.param("nature", "single", 89, id="Nature, one column"),
        pytest.param("nature", "double", 183, id="Nature, two columns"),
        pytest.param("elsevier", "single", 90, id="Elsevier, one column"),
        pytest.param("elsevier", "double", 190, id="Elsevier, two columns"),
        pytest.param("cell", "double", 174, id="Cell, two columns"),
        pytest.param("lancet", "double", 154, id="The Lancet, two columns"),
    ],
)
def test_a_column_is_as_wide_as_its_journal_prints(preset, column, mm):
    assert page_of(preset, column).printed_width == mm


@pytest.mark.parametrize(
    ("name", "points"),
    [
        pytest.param("nature", 5, id="Nature: 5 to 7 points"),
        pytest.param("elsevier", 7, id="Elsevier: 7 points"),
        pytest.param("cell", 7, id="Cell: about 7 points"),
        pytest.param("lancet", 8, id="The Lancet: ticks of 8 points"),
    ],
)
def test_the_least_text_is_what_the_journal_asks(name, points):
    assert SMALL * page_of(name).scale >= points


@pytest.mark.parametrize("name", PRESETS)
def test_text_is_never_below_the_least_of_the_preset(name):
    chosen = page_of(name)
    texts = paint(state_diagram(CRITERIA["recist11"], None, chosen), chosen).findobj(Text)
    sizes = [text.get_size() for text in texts if text.get_text()]
    assert min(sizes) >= PRESETS[name].least - 1e-9
    assert min(sizes) == pytest.approx(SMALL * chosen.scale)


@pytest.mark.parametrize("name", PRESETS)
def test_a_figure_is_printed_as_wide_as_the_column(name):
    chosen = page_of(name)
    figure = paint(state_diagram(CRITERIA["recist11"], None, chosen), chosen)
    assert figure.get_figwidth() * MM_PER_INCH == pytest.approx(chosen.printed_width)


def test_the_lancet_prints_raised_points_and_leaves_other_dots_alone():
    assert PRESETS["lancet"].house_style("PFS 4.0 to 5.9, e.g. q3w.") == "PFS 4·0 to 5·9, e.g. q3w."
    assert PRESETS["nature"].house_style("PFS 4.0") == "PFS 4.0"
    # the version of a criterion and the number of a section are no decimals
    assert PRESETS["lancet"].house_style("RECIST 1.1, E09 4.4.2") == "RECIST 1.1, E09 4.4.2"


@pytest.mark.parametrize(
    ("words", "description"),
    [
        pytest.param(("natur",), r"unknown preset: 'natur'.*nature", id="no such preset"),
        pytest.param(("nature", "triple"), r"nature has no column 'triple' \(it has single 89 mm",
                     id="no such column"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named_with_what_is(words, description):
    with pytest.raises(ValueError, match=description):
        page_of(*words)


def test_a_machine_too_wide_for_a_column_is_refused_with_both_widths():
    description = r"takes 1\d\d mm on nature, single column of 89 mm \(choose double, 183 mm\)"
    with pytest.raises(ValueError, match=description):
        state_diagram(CRITERIA["irecist"], None, page_of("nature", "single"))


@pytest.mark.parametrize(
    ("preset", "printed"),
    [  # as articles of the journal print them; a code of a response is no p value
        pytest.param("lancet", "95% CI, 12%, p = 0·05, P < PR", id="The Lancet"),
        pytest.param("nejm", "95% CI, 12%, P = 0.05, P < PR", id="NEJM"),
        pytest.param("generic", "95 % CI, 12 %, P = 0.05, P < PR", id="SI: a space"),
    ],
)
def test_statistics_are_in_the_style_of_the_journal(preset, printed):
    assert PRESETS[preset].house_style("95 % CI, 12 %, P = 0.05, P < PR") == printed
