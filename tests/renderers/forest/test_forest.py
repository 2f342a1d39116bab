"""The forest plot: its axis, its rows, what is cut and what is missing; nothing overlaps."""

from __future__ import annotations

import attrs
import pytest

from renderers.backends.legend import legend
from renderers.backends.save import pages
from renderers.backends.sidecars import as_csv
from renderers.forest.figure import forest
from renderers.forest.rows import RATE, RATIO, ForestPlot, ForestRow
from renderers.forest.scale import scale_of
from renderers.scene.journals import page_of
from renderers.scene.scene import Area, Label, Marker, Polyline, VerticalLine
from tests.renderers.overlap import faults


def row(label, estimate, low, high, size=20, heading="Sex"):
    text = "" if estimate is None else f"{estimate:.2f} ({low:.2f}–{high:.2f})"
    return ForestRow(label=label, heading=heading if label else "", cells=("8 / 10", "9 / 10"),
                     estimate=estimate, low=low, high=high, size=size, text=text)  # fmt: skip


def ratios(*rows):
    return ForestPlot(kind=RATIO, what="PFS", columns=("Arm A", "Arm B"), level=95, rows=rows,
                      method="Cox")  # fmt: skip


ALL = row("", 0.7, 0.5, 0.98, 80)
PLOT = ratios(ALL, row("female", 0.5, 0.3, 0.9, 45), row("male", 0.9, 0.001, 60.0, 35),
              row("not stated", None, None, None, 0))  # fmt: skip
RATES = ForestPlot(
    kind=RATE, what="ORR", columns=("",), level=90, method="Wilson",
    rows=tuple(
        ForestRow(label=label, heading="Age group" if label else "", cells=("3 / 10",),
                  estimate=estimate, low=low, high=high, size=10, text=text)
        for label, estimate, low, high, text in (
            ("", 30.0, 6.7, 65.2, "30.0 (6.7–65.2)"),
            ("below 65 years", 0.0, 0.0, 60.2, "0.0 (0.0–60.2)"),
            ("65 years or older", None, None, None, "50.0 to 75.0"),
        )
    ),
)  # fmt: skip


def texts(scene):
    return [mark.text for mark in scene.marks if isinstance(mark, Label)]


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        pytest.param([ALL], (0.5, 1, 2), id="powers of two, beyond the limits"),
        pytest.param([ALL, row("f", 0.5, 0.2, 3.9)], (0.125, 0.25, 0.5, 1, 2, 4), id="to the next"),
        pytest.param([row("", 2.0, 0.13, 12)], (0.1, 0.2, 0.5, 1, 2, 5, 10, 20),
                     id="decades"),
        pytest.param([row("", 1.0, 1.0, 1.0)], (0.5, 1, 2), id="a single value"),
        pytest.param([row("", None, None, None)], (0.5, 1, 2), id="no estimate"),
        # limits more than eight times away are cut: 0.5 / 8 is 0.0625, 1 * 8 is 8
        pytest.param([row("", 0.5, 1e-9, 1e9)], (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
                     id="limits far away"),
    ],
)  # fmt: skip
def test_the_axis_of_ratios_holds_1_and_the_limits(rows, values):
    assert scale_of(ratios(*rows)).values == values


def test_equal_ratios_are_equally_far_apart():
    frame = forest(ratios(ALL)).frame
    scale = scale_of(ratios(ALL))
    half, one, two = (frame.x(scale.place(each)) for each in (0.5, 1, 2))
    assert two - one == pytest.approx(one - half)


def test_rows_are_drawn_as_they_are_printed():
    scene = forest(PLOT)
    assert [each.name for each in scene.rows] == [
        "head", "All patients", "Sex", "Sex: female", "Sex: male", "Sex: not stated", "axis",
        "favours",
    ]  # fmt: skip
    squares = [mark for mark in scene.marks if isinstance(mark, Marker)]
    one, other = (mark.size for mark in squares)
    assert (one / other) ** 2 == pytest.approx(45 / 35)  # areas are as the numbers of patients
    assert texts(scene).count("not estimable") == 1
    (diamond,) = (mark for mark in scene.marks if isinstance(mark, Area))
    scale = scale_of(PLOT)
    assert [x for x, _ in diamond.points][::2] == [scale.place(0.5), scale.place(0.98)]
    lines = [mark for mark in scene.marks if isinstance(mark, Polyline)]
    assert len(lines) == 4  # two of limits, and an arrow at each end that is cut
    assert "Arrows: the limit lies beyond the axis." in scene.caption
    (reference,) = (mark for mark in scene.marks if isinstance(mark, VerticalLine))
    assert reference.at == scale.place(1.0)


def test_the_reference_of_rates_is_the_rate_of_all():
    scene = forest(RATES)
    (reference,) = (mark for mark in scene.marks if isinstance(mark, VerticalLine))
    assert reference.at == 30.0
    assert "50.0 to 75.0" in texts(scene)
    assert "the records leave the number open" in scene.caption
    assert "favours" not in [each.name for each in scene.rows]
    assert [tick.text for tick in scene.axes[0].ticks] == ["0", "20", "40", "60", "80", "100"]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("plot", [PLOT, RATES], ids=["ratios", "rates"])
def test_nothing_overlaps(plot, language):
    page = page_of("nature", "double", language)
    assert faults(forest(plot, page), page) == []


def test_a_page_that_is_too_narrow_says_so():
    with pytest.raises(ValueError, match=r"a forest plot takes .* mm|too narrow"):
        forest(ratios(attrs.evolve(ALL, label="a subgroup with a name of sixty characters or "
                                   "more of them")), page_of("nature", "single"))  # fmt: skip


def test_many_subgroups_go_on_further_pages_with_their_heads():
    many = ratios(ALL, *(row(f"site {n}", 0.8, 0.5, 1.2, heading="Site") for n in range(90)))
    page = page_of("generic", "double")
    found = pages(forest(many, page), page)
    assert len(found) > 1
    assert all({"head", "axis", "favours"} <= {row.name for row in each.rows} for each in found)


def test_the_data_hold_every_number():
    data = as_csv(forest(PLOT))
    assert "Sex: female,Hazard ratio of PFS,,,,,0.50 (0.30–0.90),Cox" in data
    assert "Sex: not stated,Hazard ratio of PFS,,,,,not estimable,Cox" in data
    assert legend(forest(PLOT)) is not None
