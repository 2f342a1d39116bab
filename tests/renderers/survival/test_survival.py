"""Survival curves: what R gives, what hand arithmetic gives, and what vague dates leave open."""

import csv
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
import scipy.stats

from renderers.backends.legend import entries
from renderers.backends.save import pages
from renderers.scene.journals import PRESETS, Page, page_of
from renderers.scene.scene import Area, Label, Marker, Polyline
from renderers.survival.figure import survival, survival_of
from tests.renderers.cohort import cohort
from tests.renderers.overlap import faults
from tests.renderers.patients import case_of
from tests.rows import every_row
from timeline.core.calendar.durations import rounded
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import LastContact
from timeline.statistics.survival.kaplan_meier import CONF_TYPES

DATA = Path(__file__).parents[2] / "data" / "survival"
# Freireich 1963 as in Cox and Oakes 1984: weeks in remission; + censored
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def trial(text):
    words = text.split()
    return [word.rstrip("+") for word in words], ["+" not in word for word in words]


def both_arms():
    times, events = zip(trial(SIX_MP), trial(PLACEBO), strict=True)
    groups = ["6-MP"] * len(times[0]) + ["placebo"] * len(times[1])
    return survival_of(times[0] + times[1], events[0] + events[1], groups, unit="weeks")


def texts(scene, row=None):
    return [
        m.text
        for m in scene.marks
        if isinstance(m, Label) and row in (None, scene.rows[m.row].name)
    ]


def curves(scene, number=1):
    """The points of the curves of a style in the plot, in time and percent."""
    row = [row.name for row in scene.rows].index("plot")
    found = [m for m in scene.marks if isinstance(m, Polyline) and m.row == row]
    axis = next(m for m in found if m.style == "axis")
    (_, top), (_, bottom) = axis.points
    return [
        [(time, 100 * (bottom - y) / (bottom - top)) for time, y in mark.points]
        for mark in found
        if mark.style == f"curve {number}"
    ]


def read_csv(name):
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


SAMPLES = defaultdict(list)
for _row in read_csv("km_samples.csv"):
    SAMPLES[_row["sample"]].append((_row["time"], _row["event"] == "1"))


def printed(number):
    return "NR" if number == "NA" else rounded(Fraction(number), 1)


@pytest.mark.parametrize("conf_type", CONF_TYPES)
def test_the_key_has_the_values_of_r(conf_type):
    rows = [row for row in read_csv("km_expected.csv") if row["conf_type"] == conf_type]
    for row in rows[:60]:
        times, events = zip(*SAMPLES[row["sample"]], strict=True)
        legend = texts(survival_of(times, events, conf_type=conf_type), "key")
        limits = f"({printed(row['lower'])} to {printed(row['upper'])})"
        value = f"{printed(row['median'])} {limits}".replace("NR (NR to NR)", "NR")
        assert value in legend, row["sample"]
        assert f"{row['events']} of {row['n']}" in legend
        assert f"(95 % CI, {conf_type})" in legend


def test_the_curve_of_a_textbook_is_drawn():
    """6-MP: 18/21 at week 6, 16/17 of it at 7: 85.7 and 80.7 %; 44.8 % from week 23 to 35."""
    (curve,) = curves(both_arms())
    drawn = dict(curve)
    printed_rates = {6: 85.7, 7: 80.7, 10: 75.3, 13: 69.0, 16: 62.7, 22: 53.8, 23: 44.8}
    for week, percent in printed_rates.items():
        assert drawn[week] == pytest.approx(percent, abs=0.05)
    assert curve[0] == pytest.approx((0, 100))
    assert curve[-1] == pytest.approx((35, 44.8), abs=0.05)


def test_a_curve_is_steps():
    for one, other in pairwise(curves(both_arms(), 2)[0]):
        assert one[0] == other[0] or one[1] == other[1]


def test_each_censored_patient_has_a_tick_on_the_curve():
    scene = both_arms()
    ticks = [m for m in scene.marks if isinstance(m, Marker) and m.style == "censored time"]
    expected = [float(word.rstrip("+")) for word in SIX_MP.split() if "+" in word]
    assert sorted(tick.at for tick in ticks) == expected
    steps = curves(scene)[0]
    top, bottom = next(
        m for m in scene.marks if m.style == "axis" and isinstance(m, Polyline)
    ).points
    for tick in ticks:
        percent = 100 * (bottom[1] - tick.y) / (bottom[1] - top[1])
        assert percent == pytest.approx([p for t, p in steps if t <= tick.at][-1])


def test_the_table_below_counts_what_came_before_each_tick():
    """Weeks 0, 6, 12 of 6-MP: 21 at risk; none gone before 6; before 12 three events at 6, one
    at 7, one at 10, and 6+ 9+ 10+ 11+: 21 - 5 - 4 = 12."""
    scene = both_arms()
    row = [row.name for row in scene.rows].index("at risk: 6-MP")
    cells = defaultdict(dict)
    names = {m.y: m.text for m in scene.marks
             if isinstance(m, Label) and m.row == row and m.at is None}  # fmt: skip
    for mark in scene.marks:
        if isinstance(mark, Label) and mark.row == row and mark.at is not None:
            cells[names[mark.y]][mark.at] = mark.text
    ticks = [tick.at for tick in scene.axes[0].ticks]
    assert [*cells["At risk"]] == ticks
    assert {name: (row[0.0], row[6.0], row[12.0]) for name, row in cells.items()} == {
        "At risk": ("21", "21", "12"),
        "Censored": ("0", "0", "4"),
        "Events": ("0", "0", "5"),
    }


def test_numbers_are_below_their_ticks():
    scene = both_arms()
    shown = {m.at for m in scene.marks if isinstance(m, Label) and m.at is not None}
    assert shown == {tick.at for tick in scene.axes[0].ticks}


def test_the_median_is_dropped_to_the_axis():
    """Medians 23 (6-MP) and 8 weeks (placebo): the published ones."""
    lines = [m.points for m in both_arms().marks if isinstance(m, Polyline) and m.style == "median"]
    assert sorted(line[0][0] for line in lines if line[0][0] == line[1][0]) == [8.0, 23.0]


def test_groups_part_by_dash_and_by_name():
    scene = both_arms()
    assert {"curve 1", "curve 2"} <= set(scene.styles)
    assert {"6-MP", "placebo"} <= set(texts(scene, "plot"))


def test_a_median_that_is_not_reached_is_written_and_not_drawn():
    scene = survival_of([3, 5, 8], [True, False, False])
    assert "NR (3.0 to NR)" in texts(scene, "key")
    assert "median not reached (95 % CI 3.0 to not reached)" in scene.caption
    assert scene.caption.endswith("NR, not reached.")
    assert "NR" in texts(survival_of([3, 5], [False, False]), "key")
    assert "median" not in scene.styles


def test_dates_that_are_vague_give_a_band():
    scene = survival(cohort(15, vague=True))
    assert [m.style for m in scene.marks if isinstance(m, Area)] == ["allowed"]
    low, high = curves(scene)
    for time, percent in low:
        assert percent <= max(p for t, p in high if t <= time)
    assert any("–" in text for text in texts(scene, "at risk: PFS line 1"))
    assert "lowest and the highest possible survival" in scene.caption


def test_dates_that_are_known_give_one_curve():
    scene = survival(cohort(15))
    assert "allowed" not in scene.styles
    assert len(curves(scene)) == 1


def edges(scene, number=1):
    """The lower and the upper limit of a curve, in time and percent."""
    row = [row.name for row in scene.rows].index("plot")
    found = [m for m in scene.marks if isinstance(m, Polyline) and m.row == row]
    (_, top), (_, bottom) = next(m for m in found if m.style == "axis").points
    return [
        [(time, 100 * (bottom - y) / (bottom - top)) for time, y in mark.points]
        for mark in found
        if mark.style == f"limit {number}"
    ]


def at(points, time):
    return [percent for when, percent in points if when <= time][-1]


@pytest.mark.parametrize(
    ("conf_type", "low", "high"),
    [
        # S = 18/21 = 0.8571 and Greenwood's sum 3/(21 x 18) = 0.007937, root 0.08909
        # log-log: 0.08909 / |ln S| = 0.5779; S ^ exp(+-1.96 x 0.5779)
        pytest.param("log-log", 61.97, 95.16, id="log-log"),
        # 85.71 exp(-+1.96 x 0.08909), cut at 100
        pytest.param("log", 71.98, 100.0, id="log"),
        # 85.71 -+ 1.96 x 85.71 x 0.08909, cut at 100
        pytest.param("plain", 70.75, 100.0, id="plain"),
    ],
)
def test_the_limits_after_the_first_step_by_hand(conf_type, low, high):
    times, events = trial(SIX_MP)
    scene = survival_of(times, events, unit="weeks", conf_type=conf_type, band=True)
    lower, upper = edges(scene)
    assert (at(lower, 5.9), at(upper, 5.9)) == pytest.approx((100, 100))
    assert (at(lower, 6), at(upper, 6)) == pytest.approx((low, high), abs=0.01)
    assert "pointwise 95 % confidence limits" in {row.description for row in entries(scene)}
    assert (
        f"pointwise 95 % confidence limits of survival (Greenwood, {conf_type} scale)"
        in scene.caption
    )


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@every_row(("conf_type", "method"), [("log-log", "log-log"), ("plain", "linear")])
@every_row("name", list(SAMPLES)[:20])
def test_the_limits_are_those_of_another_program(name, conf_type, method):
    """scipy's empirical survival function, at every time of a step above zero."""
    times, events = zip(*SAMPLES[name], strict=True)
    gone = [float(t) for t, event in SAMPLES[name] if event]
    left = [float(t) for t, event in SAMPLES[name] if not event]
    found = scipy.stats.ecdf(scipy.stats.CensoredData(uncensored=gone, right=left)).sf
    expected = found.confidence_interval(method=method)
    lower, upper = edges(survival_of(times, events, conf_type=conf_type, band=True))
    for time in sorted({*gone}):
        if 0 < found.evaluate(time) < 1:
            assert at(lower, time) == pytest.approx(100 * expected.low.evaluate(time), abs=1e-6)
            assert at(upper, time) == pytest.approx(100 * expected.high.evaluate(time), abs=1e-6)


def test_limits_end_where_nobody_is_left():
    """All on placebo relapse; the last at week 23, after which survival is zero."""
    times, events = trial(PLACEBO)
    lower, upper = edges(survival_of(times, events, unit="weeks", band=True))
    assert (lower[-1][0], upper[-1][0]) == (23.0, 23.0)
    assert 0 < lower[-1][1] < upper[-1][1] < 100


def test_a_band_is_drawn_where_it_is_asked_for_alone():
    assert not {"confidence", "limit 1"} & set(both_arms().styles)
    assert "Shaded" not in both_arms().caption


def test_a_band_of_vague_dates_is_refused_with_what_to_do():
    with pytest.raises(ValueError, match=r"no band of limits for PFS line 1: .*leave the band"):
        survival(cohort(15, vague=True), band=True)


@pytest.mark.parametrize("column", ["single", "double"])
def test_a_band_hides_nothing(column):
    on = page_of("nature", column)
    assert faults(survival(cohort(36), on, endpoints=("PFS", "OS"), band=True), on) == []


def test_several_endpoints_are_several_curves():
    scene = survival(cohort(15), endpoints=("PFS", "iPFS", "OS"))
    names = {"PFS line 1", "iPFS line 1", "OS line 1"}
    assert names <= set(texts(scene, "key"))
    assert scene.axes[0].title == "Months since start of treatment line 1"


def test_patients_without_a_time_are_counted():
    nobody = DerivedCase(case=case_of("none", LastContact(at="2020-01-01")))
    scene = survival([*cohort(6), nobody])
    assert "6 of 7 patients shown; excluded: 1 without line 1." in scene.caption


@pytest.mark.parametrize(
    "part",
    [
        "Brookmeyer-Crowley confidence limits (log-log scale)",
        "Last date on record: 2023-06",
        "1 month = 30.4375 days",
        "events, n = 15",
        "progression-free survival, by RECIST 1.1",
    ],
)
def test_the_caption_names_its_conventions(part):
    assert part in survival(cohort(15)).caption


def test_the_alt_text_can_be_read():
    scene = both_arms()
    assert scene.alt.startswith("Kaplan-Meier curves of survival, from 0 to 36.0 weeks.")
    assert "placebo, 21 events in 21 patients, median 8.0 weeks (95 % CI 4.0 to 11.0)" in scene.alt


PAPERS = [("generic", "double"), ("nature", "single"), ("elsevier", "single"), ("cell", "single"),
          ("lancet", "middle"), ("nejm", "single"), ("slide", "wide")]  # fmt: skip


@pytest.mark.parametrize(("preset", "column"), PAPERS)
@pytest.mark.parametrize(
    "times",
    [
        pytest.param({}, id="one curve"),
        pytest.param({"endpoints": ("PFS", "OS"), "groups": ["A", "B or not B"] * 18}, id="four"),
    ],
)
def test_nothing_overlaps_on_any_paper(preset, column, times):
    on = page_of(preset, column)
    for vague in (False, True):
        scene = survival(cohort(36, vague=vague), on, **times)
        assert faults(scene, on) == []
        assert scene.width == on.width
        found = pages(scene, on)
        # four tables of three rows find no space on a slide: the axis is then on both pages
        assert len(found) == (2 if times and preset == "slide" else 1)
        assert all(page.axes for page in found)


_NARROW = (("single", 35.0), ("middle", 107.0))
NARROW = Page(preset=attrs.evolve(PRESETS["lancet"], columns=_NARROW), column="single")


@pytest.mark.parametrize(
    ("call", "description"),
    [
        pytest.param(lambda: survival(cohort(6), endpoints=("PFF",)), "did you mean PFS",
                     id="a typing error in the endpoint"),
        pytest.param(lambda: survival(cohort(6), line=7), "no patient has a time for PFS line 7",
                     id="a line that nobody has"),
        pytest.param(lambda: survival([]), "no patient has a time", id="no cases"),
        pytest.param(lambda: survival(cohort(6), groups=("A",)), "1 groups of 6 cases",
                     id="groups that do not fit"),
        pytest.param(lambda: survival(cohort(6), unit="moons"), "not a unit of time: 'moons'",
                     id="no such unit"),
        pytest.param(lambda: survival(cohort(6), conf_type="linear"), "unknown kind of interval",
                     id="no such interval"),
        pytest.param(lambda: survival(cohort(15), groups=list("ABCDE") * 3), "dashes distinguish 4",
                     id="too many to distinguish"),
        pytest.param(lambda: survival(cohort(6), NARROW, endpoints=("PFS", "OS")),
                     "choose middle, 107 mm", id="no space"),
        pytest.param(lambda: survival_of([1, 2], [True]), "2 times, 1 events", id="lengths"),
        pytest.param(lambda: survival_of([], []), "at least one time", id="no numbers"),
        pytest.param(lambda: survival_of([-1], [True]), "below 0", id="before the start"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(call, description):
    with pytest.raises(ValueError, match=description):
        call()


def test_the_tooltip_of_every_mark_names_its_patient():
    scene = survival(cohort(15))
    ticks = [m for m in scene.marks if isinstance(m, Marker)]
    assert ticks
    assert all("censored at" in tick.tooltip and "PFS line 1" in tick.tooltip for tick in ticks)


def test_the_key_breaks_a_range_only_where_the_page_is_narrow():
    """Two endpoints take 14 letters beside the range; a page of 75 mm has no room for that."""
    wide, narrow = (
        survival(cohort(6, vague=True), page, endpoints=("PFS", "OS"))
        for page in (page_of("generic"), page_of("lancet", "single"))
    )
    words = [
        [m.text for m in scene.marks if isinstance(m, Label) and "range over" in m.text]
        for scene in (wide, narrow)
    ]
    assert words[0]
    assert all("0" <= each[0] <= "9" for each in words[0])  # behind the median
    assert words[1]
    assert all(each.startswith("(range") for each in words[1])  # below it


def test_a_figure_is_named_once():
    assert survival_of([1, 2], [True, False]).name == "survival"
    assert survival(cohort(3)).name == "survival PFS line 1"


@pytest.mark.parametrize(
    ("preset", "column", "tables"),
    [  # events and median, then the rates: never more tables than kinds of numbers
        pytest.param("generic", "double", 1, id="all side by side"),
        pytest.param("nature", "single", 2, id="89 mm"),
        pytest.param("cell", "single", 2, id="85 mm"),
        pytest.param("lancet", "single", 3, id="75 mm: three rates need two tables"),
    ],
)
def test_the_key_takes_few_tables_on_a_narrow_page(preset, column, tables):
    times, groups = [1 + n % 9 for n in range(40)], ["Arm A", "Arm B"] * 20
    scene = survival_of(times, [n % 3 > 0 for n in range(40)], groups, page_of(preset, column),
                        landmarks=(2, 4, 8), compare=("log-rank", "hazard-ratio"))  # fmt: skip
    assert sum(row.name.startswith("key") for row in scene.rows) == tables
    assert not faults(scene, page_of(preset, column))
