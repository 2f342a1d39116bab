"""The spider: true days and changes, broken where nothing is known, ended as the record ends."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.backends.legend import entries
from renderers.backends.save import pages
from renderers.response.spider import spider
from renderers.scene.journals import page_of
from renderers.scene.palette_file import palette_of
from renderers.scene.response_colours import RESPONSE_COLOURS
from renderers.scene.scene import Arrow, Label, Marker, Polyline, RangeMark
from renderers.scene.styles import STYLES
from tests.cohorts import unhurried
from tests.renderers.cohort import cohort
from tests.renderers.measured import DATES, patient, sums
from tests.renderers.overlap import faults
from tests.renderers.patients import exact
from tests.renderers.scene.test_styles import contrast
from timeline.core.calendar.durations import days_per
from timeline.terminology.response_codes import Code

MONTH = float(days_per("months"))
THREADS = ("thread", "thread of many", "thread of hundreds")
STATUSES = ("CR", "iCR", "PR", "iPR", "SD", "iSD", "iUPD", "iCPD", "PD", "either", "measured")


def axis(scene):
    """Percent of a millimetre below the top of the plot."""
    ticks = {m.text: m.y for m in scene.marks if isinstance(m, Label) and m.align == "right"}
    low, zero = ticks["−100"], ticks["0"]
    return lambda y: 100 * (zero - y) / (low - zero)


def threads(scene):
    """The lines as days and percents."""
    percent = axis(scene)
    return [
        [(round(time * MONTH), percent(y)) for time, y in mark.points]
        for mark in scene.marks
        if isinstance(mark, Polyline) and mark.style.partition(":")[0] in THREADS
    ]


def signs(scene, *styles):
    """The signs in the plot: style, day, percent. What has no size is in the rows below."""
    percent = axis(scene)
    return [
        (mark.style, round(mark.at * MONTH), percent(mark.y))
        for mark in scene.marks
        if isinstance(mark, Marker) and mark.style in styles and mark.row == 0
    ]


def names(scene):
    return [m.text for m in scene.marks if isinstance(m, Label)]


FIRST, SECOND, THIRD, FOURTH = DATES
STABLE_LINE = RESPONSE_COLOURS[Code.SD].line


def test_a_line_runs_from_zero_over_the_days_of_its_scans():
    (line,) = threads(spider(sums(("80 mm", "65 mm", "120 mm"))))
    expected = [(0, 0), (FIRST, -20), (SECOND, -35), (THIRD, 20)]
    assert line == [pytest.approx(point) for point in expected]


def test_a_printed_change_is_drawn_as_a_sum_is():
    """-46 %, then +25 % from that nadir: 0.54 x 1.25 = 0.675, which is -32.5 %."""
    printed = patient("A", {"change": "-46 %"}, {"change": "+25 % from nadir"}, "70 mm")
    scene = spider([printed])
    expected = [(0, 0), (FIRST, -46), (SECOND, -32.5), (THIRD, -30)]
    assert threads(scene) == [[pytest.approx(point) for point in expected]]
    assert signs(scene, "PR") == [("PR", FIRST, pytest.approx(-46))]
    (sign,) = [m for m in scene.marks if isinstance(m, Marker) and m.style == "PR"]
    assert "change -46 % from baseline (printed)" in sign.tooltip


def test_a_missed_scan_is_not_bridged():
    """80, not evaluated, 60, 50 mm: one stretch up to the first, one from the third."""
    lines = threads(spider([patient("A", "80 mm", {"target": "NE"}, "60 mm", "50 mm")]))
    assert lines == [
        [pytest.approx(point) for point in [(0, 0), (FIRST, -20)]],
        [pytest.approx(point) for point in [(THIRD, -40), (FOURTH, -50)]],
    ]


def test_a_category_without_a_size_is_off_the_scale_at_its_day():
    """PR by its word on 1 May 2021, day 120: below the plot, and the line is broken."""
    scene = spider([patient("A", "80 mm", {"target": "PR"}, "60 mm")])
    assert threads(scene) == [[pytest.approx(point) for point in [(0, 0), (FIRST, -20)]]]
    assert not [m for m in scene.marks if isinstance(m, Polyline) and m.style == "value range"]
    (row,) = [n for n, row in enumerate(scene.rows) if row.name == "no size, A"]
    (sign,) = [m for m in scene.marks if isinstance(m, Marker) and m.row == row]
    assert (sign.style, round(sign.at * MONTH)) == ("PR", SECOND)


def test_a_progression_by_a_new_lesion_alone_is_shown_with_its_cause():
    """No size on 1 May 2021, day 120, and a new lesion: PD, with the sign of a new lesion."""
    scene = spider([patient("A", "60 mm", {"new": "liver"}, dies=True)])
    (row,) = [n for n, row in enumerate(scene.rows) if row.name == "no size, A"]
    drawn = [m for m in scene.marks if isinstance(m, Marker) and m.row == row]
    assert [(m.style, round(m.at * MONTH)) for m in drawn] == [
        ("PD", SECOND), ("new lesion", SECOND)
    ]  # fmt: skip
    assert "new: liver" in drawn[0].tooltip


def test_categories_alone_are_no_spider():
    with pytest.raises(ValueError, match="no measured targets in A"):
        spider([patient("A", {"target": "PR"}, {"target": "PD"})])


def test_of_many_patients_their_progressions_without_a_size_share_a_row():
    scene = spider([patient(f"{n}", "60 mm", {"target": "PD"}) for n in range(20)])
    (row,) = [n for n, row in enumerate(scene.rows) if row.name == "no size, all patients"]
    drawn = [m.style for m in scene.marks if isinstance(m, Marker) and m.row == row]
    assert drawn == ["PD"] * 20
    assert [m.text for m in scene.marks if isinstance(m, Label) and m.row == row] == ["20 patients"]
    assert "the first progression of each patient that was reported without" in scene.caption


def test_one_of_many_patients_without_a_size_is_named():
    """A row is for each patient who has such a scan, however many others are measured."""
    measured = [patient(f"{n}", "60 mm", "70 mm") for n in range(20)]
    scene = spider([*measured, patient("A", "60 mm", {"target": "PD"})])
    (row,) = [n for n, row in enumerate(scene.rows) if row.name.startswith("no size, ")]
    assert [m.text for m in scene.marks if isinstance(m, Label) and m.row == row] == ["A"]
    assert "Below the plot: response categories reported without" in scene.caption


@pytest.mark.parametrize(
    ("criterion", "scans", "expected"),
    [
        pytest.param("RECIST 1.1", ("60 mm", "75 mm"), ["PR", "PD"], id="a fifth over the nadir"),
        pytest.param("iRECIST", ("130 mm", "140 mm"), ["iUPD", "iCPD"], id="confirmed"),
        pytest.param("iRECIST", ("130 mm", "60 mm"), ["iUPD", "iPR"], id="pseudoprogression"),
        pytest.param(
            "RECIST 1.1", ("60 mm", {"target": "grown"}), ["PR", "either"], id="words leave it open"
        ),
    ],
)
def test_each_scan_has_the_sign_of_its_status(criterion, scans, expected):
    scene = spider([patient("A", *scans, criterion=criterion)])
    drawn = [m for m in scene.marks if isinstance(m, Marker) and m.style in STATUSES]
    assert [mark.style for mark in drawn] == expected


def test_of_many_patients_the_first_progression_alone_has_its_sign():
    scene = spider([patient(str(n), "130 mm", "150 mm") for n in range(12)])
    drawn = signs(scene, *STATUSES)
    assert [style for style, _, _ in drawn].count("PD") == 12
    assert {style for style, day, _ in drawn if day == SECOND} == {"measured"}


def test_a_new_lesion_has_its_sign_at_its_scan():
    scene = spider([patient("A", {"sum": "80 mm", "new": "liver"}, "90 mm")])
    assert [(style, day) for style, day, _ in signs(scene, "new lesion")] == [("new lesion", FIRST)]


@pytest.mark.parametrize(
    ("findings", "arrows", "deaths"),
    [
        pytest.param({}, 1, 0, id="treated at last contact"),
        pytest.param({"dies": True}, 0, 1, id="died on the line"),
        pytest.param({"at": "2021-01-01/2021-04-01"}, 0, 0, id="stopped"),
    ],
)
def test_the_end_of_a_line_has_its_sign(findings, arrows, deaths):
    scene = spider([patient("A", "80 mm", "70 mm", **findings)])
    assert len([m for m in scene.marks if isinstance(m, Arrow)]) == arrows
    found = signs(scene, "death")
    assert len(found) == deaths
    # 1 January to 1 December 2021: 334 days; level with the last scan
    assert [(day, pytest.approx(change)) for _, day, change in found] == [(334, -30)] * deaths


def test_what_follows_the_last_scan_does_not_look_measured():
    """From the second scan to the death on 1 December 2021, day 334."""
    scene = spider([patient("A", "80 mm", "70 mm", dies=True)])
    (trail,) = [m for m in scene.marks if isinstance(m, RangeMark) and m.style == "unmeasured"]
    assert (round(trail.low * MONTH), round(trail.high * MONTH)) == (SECOND, 334)
    assert STYLES["unmeasured"].dash
    assert not STYLES["thread"].dash
    assert "known to be alive, no longer measured" in {row.description for row in entries(scene)}


def test_a_vague_date_is_a_range_with_its_sign_in_the_middle():
    """May 2021: day 120 to 150 since the first of January."""
    scene = spider([patient("A", "80 mm", {"at": "2021-05", "sum": "70 mm", "new": "none"})])
    (reach,) = [m for m in scene.marks if isinstance(m, RangeMark) and m.style == "range"]
    assert (reach.low * MONTH, reach.high * MONTH) == pytest.approx((120, 150))
    assert threads(scene)[0][-1] == pytest.approx((135, -30))


def test_a_death_known_to_the_month_is_a_range():
    scene = spider([patient("A", "80 mm", dies=True, end="2021-12")])
    (reach,) = [m for m in scene.marks if isinstance(m, RangeMark) and m.style == "range"]
    assert (reach.low * MONTH, reach.high * MONTH) == pytest.approx((334, 364))


def test_the_thresholds_run_across_the_plot():
    scene = spider(cohort(15))
    percent = axis(scene)
    lines = [m for m in scene.marks if isinstance(m, RangeMark) and m.style == "threshold"]
    assert [percent(m.y) for m in lines] == pytest.approx([20, -30])
    assert {(m.low, m.high) for m in lines} == {(scene.frame.low, scene.frame.high)}


@pytest.mark.parametrize("size", [1, 6, 15])
def test_few_patients_are_named_at_their_lines(size):
    shown = set(names(spider(cohort(size))))
    assert {f"{n:02}" for n in range(1, size + 1)} <= shown


@pytest.mark.parametrize("name", ["nature single", "cell single", "lancet middle"])
def test_a_leader_to_a_name_crosses_no_other_sign(name):
    """Else the name reads as that of the patient whose sign it crosses."""
    scene = spider(cohort(15), page_of(*name.split()))
    x = scene.frame.x
    leaders = [m for m in scene.marks if isinstance(m, Polyline) and m.style == "leader"]
    assert leaders
    for leader in leaders:
        (t0, y0), (t1, y1) = leader.points
        ends = [(x(m.at), m.y, m.size / 2) for m in scene.marks if isinstance(m, Marker)]
        for across, y, half in ends:
            if math.dist((x(t0), y0), (across, y)) <= 1.5 * half:
                continue  # the sign at the end of its own line, and the markers on it
            along = [(x(t0 + n / 40 * (t1 - t0)), y0 + n / 40 * (y1 - y0)) for n in range(41)]
            assert not any(abs(u - across) < half and abs(v - y) < half for u, v in along)


@pytest.mark.parametrize(
    ("size", "style", "point", "sign"),
    [
        pytest.param(16, "thread", 1.6, 2.1, id="few enough to be named"),
        pytest.param(17, "thread of many", 1.2, 1.8, id="more than are named"),
        pytest.param(61, "thread of hundreds", 0.7, 1.2, id="a crowd"),
    ],
)
def test_the_more_patients_the_finer_they_are_drawn(size, style, point, sign):
    scene = spider(sums(*[("80 mm", "130 mm")] * size), colour="none")
    drawn = {m.style for m in scene.marks if isinstance(m, Polyline)}
    assert drawn - {"axis", "leader"} == {style}
    sizes = {m.style: m.size for m in scene.marks if isinstance(m, Marker)}
    assert (sizes["measured"], sizes["PD"]) == (point, sign)


def test_excluded_patients_are_counted():
    scene = spider([*cohort(6), exact()])
    reason = "target lesions not measured at baseline (exact)"
    assert f"6 of 7 patients shown. Not shown, 1 patient: {reason}." in scene.caption
    assert "Patients shown: 6 of 7." in scene.alt


COLOURED = [  # option, lines from the first patient on, words of the legend
    pytest.param({}, ["#2C83C9", "#D9480F"], ["partial response", "progression"],
                 id="best response"),
    pytest.param({"confirmed": True}, [STABLE_LINE, "#D9480F"], ["stable disease", "progression"],
                 id="confirmed: PR once is SD"),
    pytest.param({"colour": "none"}, ["#1A1A1A"] * 2, [], id="none"),
    pytest.param({"colour": "regimen", "palette": palette_of({"doxorubicin": "#305688"})},
                 ["#305688"] * 2, ["doxorubicin"], id="a name with the colour of its palette"),
    pytest.param({"colour": "sex"}, None, ["not stated"], id="what is not stated"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "colours", "words"), COLOURED)
def test_a_line_is_coloured_by_what_is_known_of_its_patient(options, colours, words):
    """60 then 90 mm of 100: PR, not confirmed. 140 mm: PD."""
    scene = spider(sums(("60 mm", "90 mm"), ("140 mm",)), **options)
    drawn = [m.style for m in scene.marks if isinstance(m, Polyline)]
    lines = [scene.style(name) for name in drawn if name.startswith("thread")]
    assert colours is None or [line.edge for line in lines] == colours
    assert [e.description for e in entries(scene) if e.name.startswith("thread")] == words


@pytest.mark.parametrize("name", [code.name for code in RESPONSE_COLOURS])
def test_a_line_of_a_response_is_seen_on_white(name):
    """A contrast of 3 to 1 with white, WCAG 2.1 for graphics."""
    assert contrast(RESPONSE_COLOURS[Code[name]].line, "#FFFFFF") >= 3


@pytest.mark.parametrize(("bridge", "joined"), [(True, 1), (False, 0)])
def test_a_missed_scan_is_bridged_by_a_dashed_line_on_request(bridge, joined):
    """80 mm, not evaluated, 60 mm of 100: from day 59 and -20 % to day 181 and -40 %."""
    scene = spider([patient("A", "80 mm", {"target": "NE"}, "60 mm")], bridge=bridge)
    percent = axis(scene)
    found = [m for m in scene.marks if isinstance(m, Polyline) and m.style.startswith("bridge")]
    assert len(found) == joined
    for mark in found:
        ends = [(round(time * MONTH), percent(y)) for time, y in mark.points]
        assert ends == [pytest.approx(point) for point in [(FIRST, -20), (THIRD, -40)]]
        assert scene.style(mark.style).dash
        assert scene.style(mark.style).edge == RESPONSE_COLOURS[Code.PR].line
    assert ("interrupted" in scene.caption) is not bridge
    assert ("Fine dashes: scans without measurements." in scene.caption) is bridge


@pytest.mark.parametrize(
    ("scan", "drawn", "row"),
    [
        pytest.param({"sum": "60 mm", "non_target": "PD"}, 1, 0, id="non-targets grown"),
        pytest.param({"sum": "60 mm", "non_target": "non-CR/non-PD"}, 0, 0, id="not grown"),
        pytest.param({"non_target": "PD"}, 1, 2, id="no size: below the plot"),
    ],
)
def test_progression_of_non_targets_is_marked_on_its_day(scan, drawn, row):
    scene = spider([patient("A", "80 mm", {"new": "none", **scan})])
    found = [m for m in scene.marks if isinstance(m, Marker) and m.style.startswith("non-target")]
    assert [(round(m.at * MONTH), m.row) for m in found] == [(SECOND, row)] * drawn


def test_deaths_of_a_crowd_are_counted_where_they_are_not_marked():
    """61 patients: a death lies beyond its line, which could not be told from the others."""
    scene = spider([patient(f"{n}", "80 mm", dies=True) for n in range(61)])
    assert not signs(scene, "death")
    assert "61 deaths on the line are not marked." in scene.caption


def test_weeks_on_request():
    scene = spider(cohort(6), unit="weeks")
    assert scene.axes[0].title == "Weeks since start of treatment line"
    assert scene.frame.unit == "weeks"


@unhurried
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 260)), min_size=1, max_size=4),
        min_size=1,
        max_size=6,
    )
)
def test_laws_of_the_lines(cohort_):
    """Every measured scan is a point at its day and its change, and nothing else is on a line."""
    scans = [[{"target": "NE"} if mm is None else f"{mm} mm" for mm in each] for each in cohort_]
    if all(mm is None for each in cohort_ for mm in each):
        return
    scene = spider([patient(chr(65 + n), *each) for n, each in enumerate(scans)])
    days = (FIRST, SECOND, THIRD, FOURTH)
    expected = sorted(
        (day, float(mm - 100))
        for each in cohort_
        for day, mm in zip(days, each, strict=False)
        if mm is not None
    )
    drawn = sorted((day, change) for _, day, change in signs(scene, *STATUSES))
    assert drawn == [pytest.approx(point) for point in expected]
    for line in threads(scene):
        assert [day for day, _ in line] == sorted({day for day, _ in line})


PAPERS = [("generic", "double"), ("nature", "single"), ("elsevier", "single"), ("cell", "single"),
          ("lancet", "middle"), ("nejm", "single"), ("slide", "wide")]  # fmt: skip


SIZES = [1, 6, 15, 36]


@pytest.mark.parametrize(("preset", "column"), PAPERS)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps_on_any_paper(preset, column, size):
    """Every size on every paper; exact and vague dates in turn, so that each meets all of both."""
    on = page_of(preset, column)
    vague = (PAPERS.index((preset, column)) + SIZES.index(size)) % 2 == 1
    scene = spider(cohort(size, vague=vague), on)
    assert faults(scene, on) == []
    assert pages(scene, on) == (scene,)


@pytest.mark.parametrize(
    ("call", "description"),
    [
        pytest.param(lambda: spider([]), "no cases to draw", id="no cases"),
        pytest.param(lambda: spider([exact()]), "no measured targets in exact", id="words"),
        pytest.param(lambda: spider(cohort(6), unit="moons"), "not a unit of time", id="unit"),
        pytest.param(lambda: spider(cohort(6), page_of("lancet", "single")),
                     "choose middle, 107 mm",
                     id="too narrow"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(call, description):
    with pytest.raises(ValueError, match=description):
        call()


def test_the_tooltip_of_every_scan_has_its_change_and_its_status():
    scene = spider([patient("A", {"sum": "80 mm", "new": "liver", "place": "Figure 2"})])
    tooltips = [m.tooltip for m in scene.marks if isinstance(m, Marker) and m.style == "PD"]
    assert tooltips == ["A, scan 2021-03-01: −20 % (sum 80 mm); PD; new: liver [Figure 2]"]


def test_highlighted_patients_stand_out_before_grey_lines_of_the_others():
    cases = cohort(40)
    whole = spider(cases)
    drawn = {mark.subject for mark in whole.marks if mark.subject}
    some = sorted(drawn)[:2]
    scene = spider(cases, highlight=some)
    lines = [m.style for m in scene.marks if isinstance(m, Polyline)
             and m.style.partition(":")[0] in (*THREADS, "thread of others")]  # fmt: skip
    grey = [style == "thread of others" for style in lines]
    assert any(grey)
    assert grey == sorted(grey, reverse=True)  # the grey lines are below
    assert len(lines) == len(threads(whole))
    assert set(some) <= set(names(scene))
    assert "Grey lines: other patients" in scene.caption
    assert "Grey lines" not in whole.caption
    assert not faults(scene)


def test_a_highlighted_patient_who_is_not_drawn_is_refused():
    with pytest.raises(ValueError, match="no such patient in the plot: 'nobody'"):
        spider(cohort(5), highlight=["nobody"])
