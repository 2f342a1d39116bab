"""The swimmer plot as it comes: what is marked, in what order, and that nothing is lost by it."""

from collections import defaultdict

import attrs
import pytest

from renderers.backends.legend import legend
from renderers.backends.save import pages
from renderers.backends.sidecars import data
from renderers.backends.svg import svg_part
from renderers.scene.geometry import hatches
from renderers.scene.journals import page_of
from renderers.scene.scene import Bar, Label, Marker, RangeMark
from renderers.swimmer.figure import swimmer
from renderers.swimmer.from_cases import lanes_from_cases
from renderers.swimmer.lanes.lane_style import MOST_NAMED, lane_style
from renderers.swimmer.lanes.marked_scans import marked_scans
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.text_columns import in_words
from tests.renderers.cohort import cohort
from tests.renderers.patients import exact, report, vague
from tests.renderers.swimmer.made import lined
from tests.renderers.test_figures import status

DOUBLE = page_of("nature", "double")
COHORTS = {
    "36": lambda: cohort(36),
    "36 of several lines": lambda: lined(36),
    "15 with vague dates": lambda: cohort(15, vague=True),
    "61": lambda: cohort(61),
}
FEW = {"both reports": lambda: [report("wang2023"), report("jin2025")]}


@pytest.mark.parametrize(
    ("labels", "marked"),
    [
        pytest.param("SD PR PR CR CR PD", "0 1 0 1 0 1", id="first, better, progression"),
        pytest.param("SD SD PD", "0 0 1", id="stable disease is no response"),
        pytest.param("PR|SD PR PD", "1 1 1", id="what may be the first, then what is"),
        pytest.param("PR|SD PR|SD SD", "1 0 0", id="the same words again"),
        pytest.param("PR SD PR PD", "1 0 0 1", id="a response again is no better one"),
        pytest.param("iUPD iUPD iCPD iCPD", "1 0 1 0", id="unconfirmed, then confirmed"),
        pytest.param("iUPD iSD iUPD", "1 0 1", id="progression after it was reset"),
        pytest.param("PD NE", "1 0", id="not evaluable"),
        pytest.param("PR NED NED PD", "1 1 0 1", id="no evidence of disease, after surgery"),
    ],
)
def test_the_scans_that_are_marked(labels, marked):
    statuses = tuple(status(*each.split("|")) for each in labels.split())
    assert marked_scans(statuses, "key") == tuple(each == "1" for each in marked.split())
    assert marked_scans(statuses, "all") == (True,) * len(statuses)


@pytest.mark.parametrize("name", COHORTS)
def test_every_event_is_in_the_data_of_the_figure_with_all_its_days(name):
    """Also what has no marker, and the ranges that are narrower than a marker."""
    cases = COHORTS[name]()
    found = defaultdict(set)
    for row in data(swimmer(cases, DOUBLE)):
        found[row.row].add((row.text, row.at, row.start, row.end))
    for lane in lanes_from_cases(cases, SwimmerOptions()).lanes:
        texts = {text for text, *_ in found[lane.name]}
        for each in (*lane.markers, *lane.unmarked):
            text = each.tooltip.rpartition(" [")[0] or each.tooltip
            assert text in texts
            low, high = (f"{day:.2f}".rstrip("0").rstrip(".") for day in each.dates.ends)
            whole = ("", low, high) if low != high else (low, "", "")
            assert (text, *whole) in found[lane.name]
        for bar in lane.bars:
            assert any(bar.tooltip.startswith(text) for text in texts)


@pytest.mark.parametrize("name", COHORTS)
def test_lanes_are_equally_high(name):
    scene = swimmer(COHORTS[name](), DOUBLE)
    heights = {round(row.height, 6) for row in scene.rows[1:] if not row.repeats}
    assert len(heights) == 1


@pytest.mark.parametrize("column", ["single", "double"])
@pytest.mark.parametrize("name", COHORTS)
def test_the_legend_is_smaller_than_the_plot(name, column):
    on = page_of("nature", column)
    for page in pages(swimmer(COHORTS[name](), on), on):
        plot = sum(row.height for row in page.rows)
        assert legend(page).height < plot


def test_past_sixty_lanes_one_page_without_names_holds_all():
    """The head, the axis (8.5 mm) and the legend (3 lines of 3.5 mm or more) take 22 mm or more.

    Of 170 mm that leaves at most 148 for 200 lanes, so that none is higher than 0.74 mm.
    """
    scene = swimmer(cohort(200), DOUBLE)
    assert len(pages(scene, DOUBLE)) == 1
    lanes = [row for row in scene.rows if not row.repeats]
    assert len(lanes) == 200
    assert all(0.5 <= lane.height <= 148 / 200 for lane in lanes)
    texts = [mark.text for mark in scene.marks if isinstance(mark, Label)]
    assert texts == ["200 lanes"]
    for mark in scene.marks:
        if isinstance(mark, Marker):
            assert mark.size <= lanes[0].height
    assert lane_style(MOST_NAMED, 125.0).compact is False


@pytest.mark.parametrize("lanes", [1, 12, 13, 36, 60, 61, 200, 1000])
def test_the_line_of_a_response_is_at_most_a_fifth_of_the_bar(lanes):
    style = lane_style(lanes, 125.0)
    assert style.response_line <= style.bar / 5 + 1e-9
    lowest = style.response_middle + style.response_line / 2
    assert lowest <= style.pitch / 2 + 1e-9  # within the lane, below the bar
    scene = swimmer(cohort(15), DOUBLE)
    bars = {mark.row: 0.0 for mark in scene.marks}
    for mark in scene.marks:
        if isinstance(mark, Bar):
            bars[mark.row] = max(bars[mark.row], mark.y + mark.height / 2)
    for mark in scene.marks:
        if isinstance(mark, RangeMark) and mark.thick:
            assert mark.y - mark.thick / 2 >= bars[mark.row]  # the drug stays visible


def test_lanes_are_sorted_by_time_on_treatment():
    """Gaps do not count, and drugs given together count once."""
    lanes = lanes_from_cases(lined(20), SwimmerOptions()).lanes
    scene = swimmer(lined(20), DOUBLE)
    order = [row.name for row in scene.rows if not row.repeats]
    days = {}
    for lane in lanes:
        treated = set()
        for bar in lane.bars:
            treated |= set(range(int(bar.start.low), int(bar.end.high)))
        days[lane.name] = len(treated)
        assert lane.treated == days[lane.name]
    assert [days[name] for name in order] == sorted(days.values(), reverse=True)


def test_a_given_order_is_followed_and_the_others_come_after():
    cases = lined(6)
    usual = [r.name for r in swimmer(cases, DOUBLE).rows if not r.repeats]
    options = SwimmerOptions(order=("04", "02"))
    names = [r.name for r in swimmer(cases, DOUBLE, options).rows if not r.repeats]
    assert names == ["04", "02", *(name for name in usual if name not in ("04", "02"))]
    with pytest.raises(ValueError, match=r"no such lane in order: '40' \(known: 01, 02, 03"):
        swimmer(cases, DOUBLE, SwimmerOptions(order=("40", "01")))
    with pytest.raises(ValueError, match=r"'01', twice"):
        swimmer(cases, DOUBLE, SwimmerOptions(order=("01", "01")))


def test_categories_are_in_clinical_order():
    """CR, PR, SD, PD: by letter CR, PD, PR, SD."""
    options = SwimmerOptions(sort=("best",), group="best")
    lanes = swimmer(cohort(36), DOUBLE, options)
    groups = [m.text for m in lanes.marks if isinstance(m, Label) and ", n = " in m.text]
    names = [text.partition(", n = ")[0] for text in groups]
    assert names == [n for n in ("PR", "iPR", "SD", "iSD", "iUPD", "PD") if n in names]
    assert sum(int(text.partition(", n = ")[2]) for text in groups) == 36


def test_a_censored_time_has_a_plus():
    """exact() progresses on day 152 = 5.0 months; without progression it is censored there."""
    derived = exact()
    outcomes = tuple(
        attrs.evolve(each, event=False) if each.endpoint == "PFS" else each
        for each in derived.outcomes
    )
    texts = [
        [m.text for m in swimmer([case]).marks if isinstance(m, Label)]
        for case in (derived, attrs.evolve(derived, outcomes=outcomes))
    ]
    assert "5.0" in texts[0]
    assert "5.0+" in texts[1]


def test_a_line_is_at_zero_where_time_is_negative():
    before, after = (
        swimmer(lined(6), DOUBLE, SwimmerOptions(align=align)) for align in ("line 1", "line 2")
    )
    assert "time zero" not in before.styles
    (zero,) = [m for m in after.marks if m.style == "time zero"]
    assert zero.at == 0.0
    assert after.axes[0].title == "Months since first dose of line 2"


@pytest.mark.parametrize(
    ("case", "words"),
    [
        pytest.param(exact, [], id="exact dates"),
        pytest.param(vague, ["brackets show", "hatched ends", "dashes mark"],
                     id="known to the month, and radiotherapy by order"),
        pytest.param(lambda: report("wang2023"), ["brackets show", "hatched ends", "dashes mark"],
                     id="by order"),
    ],
)  # fmt: skip
def test_vague_dates_are_one_sentence_of_the_caption_and_not_in_the_legend(case, words):
    scene = swimmer([case()], DOUBLE)
    known = ("brackets show", "hatched ends", "dashes mark")
    assert [each for each in known if each in scene.caption.lower()] == words
    assert "Dates" not in [row.name for row in legend(scene).rows]
    described = {row.what for row in data(scene)}
    assert any("range of possible dates" in what for what in described) == bool(words)


def test_a_pale_end_is_hatched_and_a_certain_bar_is_not():
    """Bars of 3.2 mm: hatches rise by their height, and stay within the bar."""
    scene = swimmer([vague()], DOUBLE, SwimmerOptions(colour="line"))
    for bar in scene.marks:
        if isinstance(bar, Bar):
            drawn = svg_part(scene, bar, DOUBLE).svg
            assert ("url(#hatch-" in drawn) == (bar.variant == "vague end")
    for line in hatches(10.0, 20.0, 5.0, 8.2):
        for x, y in line:
            assert 10.0 - 1e-9 <= x <= 20.0 + 1e-9
            assert 5.0 - 1e-9 <= y <= 8.2 + 1e-9


@pytest.mark.parametrize(
    ("colour", "names"),
    [
        pytest.param("regimen", lambda case: {t.regimen for ln in case.lines
                                              for t in ln.treatments}, id="regimen"),
        pytest.param("diagnosis", lambda case: {case.patient.diagnosis}, id="diagnosis"),
        pytest.param("sex", lambda case: {"not stated"}, id="a column without texts"),
    ],
)  # fmt: skip
def test_bars_are_coloured_by_what_is_chosen(colour, names):
    cases = lined(8)
    scene = swimmer(cases, DOUBLE, SwimmerOptions(colour=colour))
    assert {row.description for row in scene.own} == {n for c in cases for n in names(c.case)}
    lanes = [row.name for row in scene.rows]
    for bar in (mark for mark in scene.marks if isinstance(mark, Bar)):
        case = next(each.case for each in cases if each.case.name == lanes[bar.row])
        assert scene.style(bar.style).description in names(case)


@pytest.mark.parametrize(
    ("heading", "text", "words"),
    [
        ("PFS, line 1, months", "25.8+", "PFS 25.8+ months (line 1)"),
        ("PFS, months", "3.1 to 5.0", "PFS 3.1 to 5.0 months"),
        ("Best response, line 1", "PR", "best response PR (line 1)"),
        ("PFS, months", "iPFS 5.0", "iPFS 5.0 months"),
    ],
)
def test_a_cell_in_a_sentence(heading, text, words):
    assert in_words(heading, text) == words


@pytest.mark.parametrize("column", ["single", "middle", "double"])
@pytest.mark.parametrize("preset", ["nature", "cell", "elsevier"])
def test_thirty_six_lanes_are_on_one_page(preset, column):
    on = page_of(preset, column)
    assert len(pages(swimmer(cohort(36), on), on)) == 1
