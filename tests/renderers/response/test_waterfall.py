"""The waterfall: bars as long as the change, in order, filled by the response; nothing hidden."""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.backends.legend import entries, legend
from renderers.backends.save import pages
from renderers.response.best_change import WaterfallBar, best_of, percent
from renderers.response.colouring import BY_BEST
from renderers.response.subjects import Subjects, subjects_of
from renderers.response.waterfall import lay_out_waterfall, waterfall
from renderers.scene.journals import page_of
from renderers.scene.palette_file import palette_of
from renderers.scene.scene import Bar, Label, Marker, Polyline, RangeMark
from renderers.scene.styles import STYLES, best_fill
from tests.cohorts import unhurried
from tests.renderers.cohort import cohort
from tests.renderers.measured import patient, sums
from tests.renderers.overlap import faults
from tests.renderers.patients import exact
from tests.renderers.scene.test_palette import VISION, lab
from tests.renderers.scene.test_styles import contrast
from timeline.core.span import NEVER_ENDS, Span
from timeline.terminology.criteria import LABELS


def bars(scene):
    return [mark for mark in scene.marks if isinstance(mark, Bar)]


def values(scene):
    """Percent of each bar from left to right, read off the drawing."""
    ticks = {m.text: m.y for m in scene.marks if isinstance(m, Label) and m.align == "right"}
    low, zero = ticks["−100"], ticks["0"]
    found = []
    for bar in bars(scene):
        up = abs(bar.y + bar.height / 2 - zero) < 1e-9
        height = 0.0 if bar.y == zero else bar.height  # a thin bar about 0 is no change
        found.append((1 if up else -1) * 100 * height / (low - zero))
    return found


def cuts(scene):
    return [m for m in scene.marks if isinstance(m, Polyline) and m.style == "cut short"]


def texts_of_axis(scene):
    return [m.text for m in scene.marks if isinstance(m, Label)]


def test_bars_are_the_best_changes_worst_first():
    """Sums of 100 mm at baseline: best 130, 55, 100, 0."""
    readings = sums(("130 mm", "150 mm"), ("70 mm", "55 mm", "90 mm"), ("100 mm",), ("0 mm",))
    assert values(waterfall(readings)) == pytest.approx([30, 0, -45, -100])


@pytest.mark.parametrize(
    ("scans", "fill"),
    [
        pytest.param(("0 mm", "0 mm"), "best CR", id="CR twice"),
        pytest.param(("60 mm", "60 mm"), "best PR", id="PR twice"),
        pytest.param(("60 mm", "90 mm"), "best SD", id="PR once, not confirmed"),
        pytest.param(("100 mm",), "best SD", id="SD"),
        pytest.param(("140 mm",), "best PD", id="PD"),
        pytest.param(("90 mm", {"target": "shrunk"}, {"target": "shrunk"}), "best either",
                     id="words that leave two open"),
    ],
)  # fmt: skip
def test_the_fill_is_the_confirmed_best_response(scans, fill):
    (bar,) = bars(waterfall([patient("A", *scans)], confirmed=True))
    assert bar.style == fill


@pytest.mark.parametrize(
    ("confirmed", "fill", "words"),
    [
        pytest.param({}, "best PR", "not necessarily confirmed", id="as in case reports"),
        pytest.param({"confirmed": True}, "best SD", "confirmed where the criterion", id="asked"),
    ],
)
def test_the_best_response_is_as_first_documented_unless_confirmed_is_asked(confirmed, fill, words):
    scene = waterfall([patient("A", "60 mm", "90 mm")], **confirmed)
    assert [bar.style for bar in bars(scene)] == [fill]
    assert words in scene.caption


@pytest.mark.parametrize(
    ("options", "fills", "words"),
    [
        pytest.param({"colour": "regimen", "palette": palette_of({"doxorubicin": "#305688"})},
                     ["#305688"] * 2, ["doxorubicin"], id="regimen, by the palette"),
        pytest.param({"colour": "none"}, ["#8FA3B5"] * 2, [], id="one colour"),
    ],
)  # fmt: skip
def test_bars_are_filled_by_what_is_asked(options, fills, words):
    scene = waterfall(sums(("60 mm",), ("140 mm",)), **options)
    assert [scene.style(bar.style).fill for bar in bars(scene)] == fills
    named = [e.description for e in entries(scene) if e.mark is Bar]
    assert named == words
    assert "Fill:" not in scene.caption


def test_of_irecist_what_shrinks_after_iupd_counts_and_after_icpd_does_not():
    """130 mm iUPD, 60 mm iPR; the other: 130 mm iUPD, 140 mm iCPD, 50 mm."""
    pseudo = patient("A", "130 mm", "60 mm", criterion="iRECIST")
    certain = patient("B", "130 mm", "140 mm", "50 mm", criterion="iRECIST")
    assert best_of(pseudo, None, confirmed=True).change == Span.point(-40)
    assert best_of(certain, None, confirmed=True).change == Span.point(30)


def test_the_scan_that_confirms_progression_counts():
    """80 mm and a new lesion iUPD, 60 mm and another iCPD, 20 mm: 40 % less is the best."""
    new = ({"sum": "80 mm", "new": "liver"}, {"sum": "60 mm", "new": "lung"})
    confirmed = patient("A", *new, "20 mm", criterion="iRECIST")
    assert best_of(confirmed, None, confirmed=True).change == Span.point(-40)


def test_what_shrinks_after_progression_by_recist_does_not_count():
    assert best_of(patient("A", "130 mm", "50 mm"), None, confirmed=True).change == Span.point(30)


@pytest.mark.parametrize(
    ("scan", "drawn"),
    [
        pytest.param({"sum": "60 mm", "new": "liver"}, 1, id="a new lesion"),
        pytest.param({"sum": "60 mm", "new": "none"}, 0, id="none"),
    ],
)
def test_an_asterisk_is_a_new_lesion(scan, drawn):
    signs = [m for m in waterfall([patient("A", scan)]).marks if isinstance(m, Marker)]
    assert [sign.style for sign in signs] == ["new lesion"] * drawn


def test_the_best_printed_change_is_a_bar():
    scene = waterfall([patient("A", {"change": "-46 %"}, {"change": "-20 %"})])
    assert values(scene) == [pytest.approx(-46)]


def test_a_category_without_a_size_is_no_bar():
    with pytest.raises(ValueError, match="no measured targets in A"):
        waterfall([patient("A", {"target": "PR"})])


def test_a_category_without_a_size_has_no_part_in_a_bar_and_is_counted():
    scene = waterfall([patient("A", "80 mm", {"target": "PR"}, "90 mm")])
    assert values(scene) == pytest.approx([-20])
    assert "not included in any bar: 1." in scene.caption


def test_growth_beyond_the_axis_is_cut_and_printed():
    scene = waterfall(sums(("284 mm",), ("60 mm",)))
    assert "+184 %" in texts_of_axis(scene)
    assert len(cuts(scene)) == 2  # strokes of one cut
    assert values(scene)[0] == pytest.approx(100)


def test_a_bar_that_is_little_longer_is_drawn_whole():
    """203.6 mm of 100 is +103.6 %."""
    scene = waterfall(sums(("203.6 mm",), ("60 mm",)))
    assert values(scene)[0] == pytest.approx(103.6)
    assert cuts(scene) == []


def test_of_many_such_bars_the_values_are_in_the_caption():
    """210 to 260 mm of 100: all six are cut at +100 %."""
    scene = waterfall(sums(*[(f"{210 + 10 * n} mm",) for n in range(6)]))
    assert values(scene) == pytest.approx([100] * 6)
    assert len(cuts(scene)) == 12
    found = re.search(r"6 bars are truncated at \+100 %: (.*?)\.", scene.caption)[1].split(", ")
    assert [each.partition(" ")[2] for each in found] == [f"+{n} %" for n in range(160, 100, -10)]
    bars = {mark.tooltip.partition(":")[0] for mark in scene.marks if isinstance(mark, Bar)}
    assert {each.partition(" ")[0] for each in found} == bars  # each value has its patient
    words = [mark.text for mark in legend(scene).marks if isinstance(mark, Label)]
    assert "bar truncated, value in the caption" in words
    assert "+160 %" not in texts_of_axis(scene)


NAMES = [  # bars, how long a name is, whether names are upright, lines that they take
    pytest.param(36, 8, True, 1, id="4.5 mm a bar, names of 10 mm: upright, as narrow as a line"),
    pytest.param(14, 20, False, 3, id="11 mm a bar, names of 23 mm: too high, they take turns"),
    pytest.param(10, 8, False, 1, id="14 mm a bar: side by side"),
]


@pytest.mark.parametrize(("number", "letters", "upright", "lines"), NAMES)
def test_names_wider_than_a_bar_are_upright_or_take_turns(number, letters, upright, lines):
    scene = lay_out_waterfall(_named(number, letters), Subjects(given=number), page_of(), BY_BEST)
    named = [m for m in scene.marks if isinstance(m, Label) and m.text.startswith("1001")]
    assert len(named) == number
    assert {m.upright for m in named} == {upright}
    assert len({round(m.y, 3) for m in named}) == lines
    assert faults(scene, page_of()) == []


def _named(number, letters):
    return [
        WaterfallBar(
            name=f"1001-{n:0{letters - 5}}", criterion="RECIST 1.1", change=Span.point(50 - n),
            labels=("PD",), has_new=False, tooltip="", category="best PD",
        )
        for n in range(number)
    ]  # fmt: skip


def test_names_without_room_are_left_out():
    narrow = page_of("nature", "single")  # 72 mm, 2 mm a bar: less than a line of text
    scene = lay_out_waterfall(_named(36, 8), Subjects(given=36), narrow, BY_BEST)
    assert "Patient" not in texts_of_axis(scene)


def test_the_value_of_a_cut_bar_is_not_left_of_it():
    """It would read as a number of the axis; of two the first is higher."""
    scene = waterfall(sums(("284 mm",), ("250 mm",), ("60 mm",)))
    first, other = (
        next(m for m in scene.marks if isinstance(m, Label) and m.text == each)
        for each in ("+184 %", "+150 %")
    )
    lefts = [scene.frame.x(bar.start) for bar in bars(scene)]
    assert [scene.frame.x(each.at) + each.shift for each in (first, other)] == pytest.approx(
        lefts[:2]
    )
    assert first.y < other.y


def test_the_thresholds_run_across_the_plot():
    scene = waterfall(cohort(15))
    lines = [m for m in scene.marks if isinstance(m, RangeMark) and m.style == "threshold"]
    assert [(m.low, m.high) for m in lines] == [(scene.frame.low, scene.frame.high)] * 2
    assert {"+20 %", "−30 %"} <= set(texts_of_axis(scene))


def test_excluded_patients_are_counted():
    scene = waterfall([*cohort(6), exact()])  # by words alone
    reason = "target lesions not measured at baseline (exact)"
    assert f"6 of 7 patients shown. Not shown, 1 patient: {reason}." in scene.caption
    assert "Patients shown: 6 of 7." in scene.alt


@pytest.mark.parametrize(
    ("cases", "line", "reason"),
    [
        pytest.param([patient("B")], None, "no scan after baseline (B)", id="baseline alone"),
        pytest.param([patient("B", {"target": "NE"})], None,
                     "target lesions not measured after baseline (B)", id="not evaluated"),
        pytest.param([patient("B", "60 mm")], 2, "no such treatment line (A, B)", id="no line 2"),
        pytest.param([patient(f"B{n}") for n in range(9)], None, "no scan after baseline (9)",
                     id="many are counted"),
    ],
)  # fmt: skip
def test_who_has_no_bar_is_named_with_the_reason(cases, line, reason):
    given = [patient("A", "60 mm"), *cases]
    drawn = [None if line else "a bar", *[None] * len(cases)]
    assert reason in " ".join(subjects_of(given, drawn, line).shown)


def test_the_patients_are_named_where_there_is_room():
    few, many = waterfall(cohort(15)), waterfall(cohort(60))
    assert {"Patient", "Best response", "01", "15"} <= set(texts_of_axis(few))
    assert {"Patient", "60"} <= set(texts_of_axis(many))
    assert "Best response" not in texts_of_axis(many)


FILLED = ("CR", "PR", "PD", "SD")  # from dark to light


@pytest.mark.parametrize(
    "row", [row for row in STYLES.values() if row.use == "fill"], ids=lambda row: row.name
)
def test_a_fill_has_a_dark_edge(row):
    assert contrast(row.edge, "#FFFFFF") >= 3


def test_fills_part_in_grey():
    """From one to the next 1.4 to 1; what is not confirmed, NE or open is pale, its edge broken."""
    solid = [STYLES[f"best {name}"] for name in FILLED]
    for one, other in pairwise(solid):
        assert contrast(one.fill, other.fill) >= 1.4
        assert one.dash == other.dash == ()
    for pale in ("best UPD", "best NE", "best either"):
        assert contrast(STYLES[pale].fill, "#FFFFFF") < 1.3
        assert STYLES[pale].dash


@pytest.mark.parametrize("vision", VISION)
def test_fills_part_for_colour_blind_readers(vision):
    """By ten times what is just noticeable (2.3), as the hues of names do."""
    fills = [STYLES[f"best {name}"].fill for name in FILLED]
    for one, other in combinations(fills, 2):
        assert np.linalg.norm(lab(one, vision) - lab(other, vision)) >= 23


def test_narrow_bars_have_thin_edges_and_their_asterisks_part():
    """120 bars on 72 mm: 0.6 mm each, all with a new lesion."""
    on = page_of("nature", "single")
    made = [
        WaterfallBar(
            name=f"{n}", criterion="RECIST 1.1", change=Span.point(50 - n), labels=("PD",),
            has_new=True, tooltip="", category="best PD",
        )
        for n in range(120)
    ]  # fmt: skip
    scene = lay_out_waterfall(made, Subjects(given=120), on, BY_BEST)
    assert {scene.style(bar.style).stroke for bar in bars(scene)} == {0.2}
    assert faults(scene, on) == []


def test_every_fill_has_its_row():
    assert {STYLES[best_fill(label)].use for label in (*LABELS, "MISSING", "?")} == {"fill"}


@pytest.mark.parametrize(
    ("change", "text"),
    [
        pytest.param(Span.point(-30), "−30 %", id="one number"),
        pytest.param(Span(-100, -30), "−100 to −30 %", id="a range"),
        pytest.param(Span(20, NEVER_ENDS), "+20 % or more", id="no upper end"),
        pytest.param(Span.point(0), "0 %", id="none"),
    ],
)
def test_a_change_in_words(change, text):
    assert percent(change) == text


@unhurried
@given(st.lists(st.lists(st.integers(0, 260), min_size=1, max_size=4), min_size=1, max_size=9))
def test_laws_of_the_bars(cohort_):
    readings = sums(*[[f"{mm} mm" for mm in each] for each in cohort_])
    scene = waterfall(readings)
    drawn = bars(scene)
    assert len(drawn) == len(readings)
    shown = values(scene)
    assert shown == sorted(shown, reverse=True)
    for one, other in pairwise(drawn):
        assert one.end < other.start
    for bar in drawn:
        assert bar.y - bar.height / 2 >= 0
        assert bar.y + bar.height / 2 <= scene.rows[0].height


PAPERS = [("generic", "double"), ("nature", "single"), ("elsevier", "single"), ("cell", "single"),
          ("lancet", "middle"), ("nejm", "single"), ("slide", "wide")]  # fmt: skip


@pytest.mark.parametrize(("preset", "column"), PAPERS)
@pytest.mark.parametrize("size", [1, 5, 15, 36, 60])
def test_nothing_overlaps_on_any_paper(preset, column, size):
    on = page_of(preset, column)
    scene = waterfall(cohort(size), on)
    assert faults(scene, on) == []
    assert pages(scene, on) == (scene,)


def test_nothing_overlaps_where_bars_are_cut():
    grown = sums(*[(f"{mm} mm",) for mm in (220, 260, 340, 900, 1200)], ("60 mm",), ("80 mm",))
    starred = [patient("S", {"sum": "400 mm", "new": "liver"})]
    for on in (page_of(), page_of("cell", "single")):
        assert faults(waterfall(grown[1:] + starred, on), on) == []


@pytest.mark.parametrize(
    ("call", "description"),
    [
        pytest.param(lambda: waterfall([]), "no cases to draw", id="no cases"),
        pytest.param(lambda: waterfall([exact()]), "no measured targets in exact", id="words"),
        pytest.param(lambda: waterfall(cohort(6), line=4), "no measured targets", id="no line 4"),
        pytest.param(lambda: waterfall(cohort(15) * 10, page_of("cell", "single")), "at most",
                     id="too many bars"),
        pytest.param(lambda: waterfall(cohort(6), page_of("lancet", "single")),
                     "choose middle, 107 mm",
                     id="too narrow"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(call, description):
    with pytest.raises(ValueError, match=description):
        call()


def test_the_tooltip_of_every_bar_has_patient_scan_and_response():
    (bar,) = bars(waterfall([patient("A", "60 mm", "60 mm")]))
    assert bar.tooltip == (
        "A: −40 % at scan 2021-03-01 (sum 60 mm); best response by RECIST 1.1 PR"
    )


def of_names(names, change=-10):
    found = [
        WaterfallBar(
            name=name, criterion="RECIST 1.1", change=Span.point(change), labels=("SD",),
            has_new=False, category=best_fill("SD"), tooltip=name,
        ) for name in names
    ]  # fmt: skip
    return lay_out_waterfall(
        found, Subjects(given=len(found)), page_of("nature", "double"), BY_BEST
    )


def test_no_change_is_a_thin_bar_about_the_line_at_0():
    (bar,) = bars(of_names(["a"], change=0))
    zero = next(m.y for m in of_names(["a"]).marks if isinstance(m, Label) and m.text == "0")
    assert (bar.y, bar.height) == (pytest.approx(zero), 0.5)


@pytest.mark.parametrize(
    ("number", "length", "turned"),
    [
        pytest.param(12, 8, {False}, id="names of few patients are level"),
        pytest.param(36, 12, {True}, id="a name is wider than three bars: upright"),
        pytest.param(36, 40, set(), id="too long even upright: not drawn"),
        pytest.param(120, 12, set(), id="bars closer than a line of text: not drawn"),
    ],
)
def test_names_that_have_no_room_side_by_side_are_upright(number, length, turned):
    names = [f"{n:03d}".ljust(length, "x") for n in range(number)]
    scene = of_names(names)
    assert {m.upright for m in scene.marks if isinstance(m, Label) and m.text in names} == turned
    if turned == {True}:
        assert not faults(scene, page_of("nature", "double"))
