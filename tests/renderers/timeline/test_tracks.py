"""Tracks of sums and laboratory values, and the years that an axis leaves out.

Sums by hand: 42 + 31 + 14 = 87 mm at baseline, then 62, 49, 46 and 68 mm. 62 is 28.7 % below 87,
so SD; 49 is 43.7 % below, so PR; 68 is 22 above the nadir of 46 (47.8 %, more than 5 mm), so PD.
"""

from __future__ import annotations

import math

import attrs
import pytest

from renderers.axes.calendar_page import timeline_page
from renderers.axes.event_free import event_free_years
from renderers.scene.journals import page_of
from renderers.scene.scene import Area, AxisBreak, Label, Marker, Polyline, RangeMark
from renderers.timeline.drawing import Drawing
from renderers.timeline.figure import timeline_figure
from renderers.timeline.options import TimelineOptions
from renderers.timeline.tracks.lab_tracks import HEIGHT as LAB_HEIGHT
from renderers.timeline.tracks.sum_curves import curves
from renderers.timeline.tracks.sum_track import HEIGHT as SUM_HEIGHT
from tests.renderers.overlap import faults
from tests.renderers.patients import case_of
from tests.situations.records import record
from timeline.core.calendar.dates import parse_edtf
from timeline.core.quantities import quantity
from timeline.endpoints.derived_case import derive
from timeline.record.events import Diagnosis, Lab

LESIONS = "lesions:\n  a: {organ: liver}\n  b: {organ: liver}\n  c: {organ: lung}\n"
MEASURED = """
    diagnosis: 2020-01-10, what: colon cancer
    scan: 2020-01-14, baseline: 1, lesions: {a: 42 mm, b: 31 mm, c: 14 mm}
    lab: 2020-01-15, values: {CEA: 182 ng/mL, ALT: 35 U/L}, normal: {CEA: up to 5 ng/mL}
    lab: 2020-01-16, values: {ALT: 36 U/L}, normal: {ALT: 10-40 U/L}
    treatment: 2020-01-20/2020-11-02, line: 1, drugs: capecitabine 1000 mg/m²
    scan: 2020-03-16, line: 1, lesions: {a: 30 mm, b: 22 mm, c: 10 mm}, new: none
    lab: 2020-05-12, values: {CEA: 28 ng/mL, ALT: 88 U/L}
    scan: 2020-05-18, line: 1, lesions: {a: 24 mm, b: 17 mm, c: 8 mm}, new: none
    scan: 2020-07-27, line: 1, lesions: {a: 22 mm, b: 16 mm, c: 8 mm}, new: none
    scan: 2020-10-30, line: 1, lesions: {a: 35 mm, b: 21 mm, c: 12 mm}, new: none
    lab: 2020-11-01, values: {CEA: 75 ng/mL, ALT: 30 U/L, LDH: 200 U/L}
    last contact: 2021-04-30
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    found, problems = record(tmp_path_factory.mktemp("c"), MEASURED, head=LESIONS)
    assert not problems
    return found


def rows(scene, name):
    number = scene.row(name)
    return [mark for mark in scene.marks if mark.row == number], scene.rows[number]


def test_the_sums_of_a_line_with_its_thresholds_and_responses(measured):
    scene = timeline_figure([measured])
    marks, row = rows(scene, "Sum of diameters (mm)")
    assert row.height >= SUM_HEIGHT == 18
    signs = [(m.style, m.at) for m in marks if isinstance(m, Marker)]
    days = [float(parse_edtf(day).span.low) for day in
            ("2020-01-14", "2020-03-16", "2020-05-18", "2020-07-27", "2020-10-30")]  # fmt: skip
    assert signs == list(zip(("baseline", "SD", "PR", "PR", "PD"), days, strict=True))
    texts = [m.text for m in marks if isinstance(m, Label)]
    assert {"87 mm", "SD −29 %", "PR −44 %", "PR −47 %", "PD +48 % from nadir"} <= set(texts)
    assert "RECIST 1.1" not in [each.name for each in scene.rows], "every status is on the sums"
    assert ("Dotted lines at the sums: 30 % below baseline (response), and 20 % and at least 5 mm "
            "above the nadir (progression).") in scene.conventions  # fmt: skip
    (curve,) = curves(Drawing(derived=measured, page=timeline_page(measured.case)))
    assert curve.response == pytest.approx(60.9)  # 70 % of 87
    # 1.2 times the nadir so far: 87, 62, 49, 46
    assert [limit for _, _, limit in curve.progression] == pytest.approx([104.4, 74.4, 58.8, 55.2])


def test_a_label_without_space_is_the_response_alone(measured):
    """33 mm of plot for 16 months: the words from the nadir do not fit next to the other scans."""
    marks, _ = rows(
        timeline_figure([measured], page_of("lancet", "single")), "Sum of diameters (mm)"
    )
    assert {"PD +48 % from nadir", "PD"} & {m.text for m in marks if isinstance(m, Label)}


def test_responses_without_sums_keep_their_row(measured):
    without = TimelineOptions(sections=("Response", "Toxicity"))
    names = [row.name for row in timeline_figure([measured], options=without).rows]
    assert "RECIST 1.1" in names
    assert "Sum of diameters (mm)" not in names


def test_a_target_that_was_not_evaluated_is_a_range_and_no_line(tmp_path):
    """a and b are 52 mm of 87; c is not evaluated: at least 52 mm, and no end is known."""
    events = MEASURED.replace("{a: 30 mm, b: 22 mm, c: 10 mm}", "{a: 30 mm, b: 22 mm, c: NE}")
    found, problems = record(tmp_path, events, head=LESIONS)
    assert not problems
    marks, _ = rows(timeline_figure([found]), "Sum of diameters (mm)")
    assert len([m for m in marks if m.style == "value range"]) == 1
    lines = [m for m in marks if isinstance(m, Polyline) and m.style == "track"]
    assert len(lines) == 2, "from scan 3 to 4 and to 5; none to or from the one in part"


def test_an_analyte_has_a_track_with_its_normal_range_and_three_labels(measured):
    scene = timeline_figure([measured])
    marks, row = rows(scene, "CEA (ng/mL)")
    assert row.height >= LAB_HEIGHT == 15
    (normal,) = [m for m in marks if isinstance(m, Area)]
    zero, five = sorted({y for _, y in normal.points}, reverse=True)
    assert zero - five == pytest.approx(15 * 5 / 200)  # 5 of 200 ng/mL
    texts = [m.text for m in marks if isinstance(m, Label) and not m.bold]
    assert set(texts) == {"0", "100", "200", "182", "75"}, "the first is the highest"
    marks, _ = rows(scene, "ALT (U/L)")
    texts = {m.text for m in marks if isinstance(m, Label) and not m.bold}
    assert {"35", "88", "30"} <= texts
    shown = [m.text for m in rows(scene, "Laboratory")[0] if isinstance(m, Label)]
    assert "LDH 200 U/L" in shown, "one value without a normal range is a label"


def test_each_label_is_nearest_to_its_own_point(measured):
    for on in (page_of(), page_of("nature", "single"), page_of("lancet", "single")):
        scene = timeline_figure([measured], on)
        assert faults(scene, on) == []
        marks, _ = rows(scene, "ALT (U/L)")
        signs = {y: m for m in marks if isinstance(m, Marker) for y in [m.y]}
        highest = min(signs)
        (label,) = [m for m in marks if isinstance(m, Label) and m.text == "88"]
        box = label.extent(scene.frame)
        middle = ((box.left + box.right) / 2, label.y)

        def distance(y, middle=middle, signs=signs, scene=scene):
            return abs(scene.frame.x(signs[y].at) - middle[0]) + abs(y - middle[1])

        assert min(signs, key=distance) == highest


JAN = {year: float(parse_edtf(f"{year}-01-01").span.low) for year in range(2000, 2024)}
FREE = [
    pytest.param([(2003.5, 2003.5), (2014.5, 2014.5)], [(2004, 2014)], id="ten years between two"),
    pytest.param([(2003.5, 2003.5), (2005.5, 2005.5)], [], id="one year alone stays"),
    pytest.param([(2003.5, 2003.5), (2006.5, 2006.5)], [(2004, 2006)], id="two years go"),
    pytest.param([(2003.95, 2003.95), (2014.5, 2014.5)], [(2005, 2014)],
                 id="45 days after an event are shown"),
    pytest.param([(2003.5, 2009.0), (2014.5, 2014.5)], [(2010, 2014)],
                 id="a treatment, or a vague date, is no gap"),
    pytest.param([(2001.5, 2001.5), (2008.5, 2008.5), (2020.5, 2020.5)],
                 [(2002, 2008), (2009, 2020)], id="two gaps"),
]  # fmt: skip


@pytest.mark.parametrize(("occupied", "expected"), FREE)
def test_whole_years_without_an_event_are_left_out(occupied, expected):
    days = [(_day(a), _day(b)) for a, b in occupied]
    found = event_free_years(days, days[0][0], days[-1][1], dated=True)
    assert found == tuple((JAN[a], JAN[b]) for a, b in expected)


def _day(year):
    return JAN[int(year)] + (year % 1) * 365


GAP = """
    diagnosis: 2004-03-15, what: GIST
    surgery: 2004-04-02, what: gastrectomy
    relapse: 2015-09-10, site: liver
    treatment: 2015-11-01/.., line: 1, drugs: imatinib
    last contact: 2019-06-30
"""


def test_the_axis_names_the_years_that_it_leaves_out(tmp_path):
    found, _ = record(tmp_path, GAP)
    scene = timeline_figure([found])
    assert scene.frame.breaks == ((JAN[2005], JAN[2015]),)
    marks, _ = rows(scene, "axis")
    assert "2005–2014 not shown" in [m.text for m in marks if isinstance(m, Label)]
    assert [m for m in marks if isinstance(m, AxisBreak)]
    whole = timeline_figure([found], options=TimelineOptions(leave_out=(("no", ""),)))
    assert whole.frame.breaks == ()
    with pytest.raises(ValueError, match="leave-out hides relapse 2015-09-10, treatment 2015-11"):
        timeline_figure([found], options=TimelineOptions(leave_out=(("2005", "2016"),)))


BY_ORDER = """
    diagnosis: 2001, what: urothelial carcinoma
    treatment: after diagnosis/before surgery 2018-05, setting: local, drugs: BCG
    surgery: 2018-05, what: cystectomy
    {}
    treatment: 2019-05/2019-10, line: 1, drugs: carboplatin
    last contact: 2020-12-01
"""


@pytest.mark.parametrize(
    ("event", "breaks"),
    [
        pytest.param("symptom: 2018-12", ((JAN[2003], JAN[2018]),), id="15 of 20 years by order"),
        pytest.param(
            "scan: 2010-06-01, called: PR",
            ((JAN[2003], JAN[2010]), (JAN[2011], JAN[2018])),
            id="around a date: 7 and 7",
        ),
        pytest.param(
            "\n    ".join(f"symptom: {year}-06-01" for year in (2005, 2008, 2011, 2014, 2016)),
            (),
            id="around five dates: 4 times 2 years, less than half",
        ),
        pytest.param(
            "surgery: 2001/2018-05, what: resection", (), id="a range of dates is no order"
        ),
    ],
)
def test_years_by_order_alone_are_left_out_where_they_are_most_of_the_axis(event, breaks, tmp_path):
    """Of 2001 to 2020 half is 10 years; 2002 lies within 45 days of the first vague date."""
    found, problems = record(tmp_path, BY_ORDER.format(event))
    assert not problems
    assert timeline_figure([found]).frame.breaks == breaks


SINCE = [
    pytest.param("", "diagnosis", "Months since the date of diagnosis", id="known to the day"),
    pytest.param("line 1", "line 1", "Months since the first dose of line 1", id="as asked"),
    pytest.param("none", "", "", id="not wanted"),
]


@pytest.mark.parametrize(("since", "event", "title"), SINCE)
def test_months_count_from_a_moment_below_the_dates(since, event, title, tmp_path):
    found, _ = record(tmp_path, GAP)
    options = TimelineOptions(since=since)
    scene = timeline_figure([found], page_of("nature", "single"), options)
    assert len(scene.axes) == (3 if event else 2)
    if event:
        zero = {"diagnosis": "2004-03-15", "line 1": "2015-11-01"}[event]
        (tick,) = [each for each in scene.axes[-1].ticks if each.text == "0"]
        assert (scene.axes[-1].title, tick.at) == (title, float(parse_edtf(zero).span.low))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"since": "line 7"}, "no such moment: 'line 7' .did you mean line 1"),
        ({"leave_out": (("2016", "2005"),)}, "'2005' is not after '2016'"),
        ({"leave_out": (("12", "36 months"),)}, "not on this axis: '12/36 months' .write dates"),
    ],
)
def test_an_option_that_the_patient_cannot_meet_says_so(options, message, tmp_path):
    found, _ = record(tmp_path, GAP)
    with pytest.raises(ValueError, match=message):
        timeline_figure([found], options=TimelineOptions(**options))


def test_sections_are_those_asked_for_in_their_order(measured):
    wanted = TimelineOptions(sections=("Laboratory values", "Systemic treatment"))
    scene = timeline_figure([measured], options=wanted)
    names = [row.name for row in scene.rows if not row.repeats]
    assert names == ["CEA (ng/mL)", "ALT (U/L)", "Laboratory", "Systemic treatment"]
    assert "On record and not shown: Procedures and Imaging." in scene.caption


def test_bars_by_line_have_the_colours_of_lines(measured):
    scene = timeline_figure([measured], options=TimelineOptions(colour="line"))
    assert not scene.own
    assert "line 1" in scene.styles


def test_range_marks_of_normal_limits_are_lines(tmp_path):
    one = "lab: 2020-01-01, values: {Hb: 12 g/dL}, normal: {Hb: 13 g/dL}\nlast contact: 2020-06-01"
    found, _ = record(tmp_path, one)
    marks, _ = rows(timeline_figure([found]), "Hb (g/dL)")
    assert [m.style for m in marks if isinstance(m, RangeMark)] == ["normal"], "one number: a limit"
    assert not [m for m in marks if isinstance(m, Area)]
    assert attrs.fields(TimelineOptions).sections.default == ()


PSA = (420.0, 30.0, 1.2, 0.4, 12.0)


def psa(name="PSA", numbers=PSA, **options):
    days = [f"2020-0{n + 1}-10" for n in range(len(numbers))]
    labs = [
        Lab(at=day, values=((name, quantity(f"{number:g} ng/mL")),))
        for day, number in zip(days, numbers, strict=True)
    ]
    made, _ = derive(case_of("marker", Diagnosis(at="2020-01-10"), *labs))
    return timeline_figure([made], options=TimelineOptions(**options))


def heights(scene):
    """Millimetres of the values of a track below its top, in order of time."""
    return [mark.y for mark in scene.marks if isinstance(mark, Marker) and mark.style == "lab"]


def titles(scene):
    return [m.text for m in scene.marks if isinstance(m, Label) and m.bold]


@pytest.mark.parametrize(
    ("name", "numbers", "asked", "expected"),
    [
        pytest.param("PSA", PSA, (), True, id="a marker that falls by a factor of 1050"),
        pytest.param("CA 19-9", PSA, (), True, id="spaces and hyphens count for nothing"),
        pytest.param("PSA", (40.0, 4.0), (), False, id="a factor of 10 is shown well from 0"),
        pytest.param("amylase", PSA, (), False, id="no tumour marker"),
        pytest.param("amylase", PSA, ("Amylase",), True, id="asked for by name"),
        pytest.param("amylase", PSA, ("all",), True, id="all"),
        pytest.param("PSA", PSA, ("none",), False, id="none"),
        pytest.param("PSA", (420.0, 0.0), (), False, id="0 has no logarithm"),
    ],
)
def test_a_tumour_marker_over_two_powers_of_ten_has_a_log_scale(name, numbers, asked, expected):
    scene = psa(name, numbers, log_scale=asked)
    assert any("log" in title for title in titles(scene)) == expected


def test_equal_ratios_are_equally_high_on_a_log_scale():
    """From 0.1 to 1000 in 15 mm: 3.75 mm a power of ten; 420 to 30 is 1.146 powers, 4.30 mm."""
    first, second, _, lowest, _ = heights(psa())
    assert second - first == pytest.approx(3.75 * math.log10(420 / 30))
    assert lowest - first == pytest.approx(3.75 * math.log10(420 / 0.4))
    texts = [m.text for m in psa().marks if isinstance(m, Label)]
    assert {"0.1", "1", "10", "100", "1000"} <= set(texts)
    assert {"420", "0.4", "12"} <= set(texts)  # first and highest, the nadir, the last


@pytest.mark.parametrize(
    ("numbers", "asked", "words"),
    [
        pytest.param(PSA, ("CEA",), "no track of CEA", id="a name that is not on record"),
        pytest.param((4.0, 0.0), ("PSA",), "PSA has a value of 0 or less", id="no logarithm"),
    ],
)
def test_a_log_scale_that_cannot_be_drawn_is_refused(numbers, asked, words):
    with pytest.raises(ValueError, match=words):
        psa(numbers=numbers, log_scale=asked)
