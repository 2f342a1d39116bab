"""The timeline on a page: legible at one column and at two, in order, nothing moved or dropped."""

import math
import re
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.axes.calendar_page import timeline_page
from renderers.backends.legend import entries, legend, legend_height
from renderers.backends.pages import split_pages
from renderers.backends.svg import hatch_name, hatch_pattern, hatch_patterns, svg_part
from renderers.layout.date_ranges import DateRange, markers_side_by_side
from renderers.scene.geometry import HATCHED, hatches
from renderers.scene.journals import DEFAULT_PAGE, EDGE, PRESETS, Page, page_of
from renderers.scene.scene import BODY, SMALL, Bar, Frame, Label, Marker, Polyline, RangeMark
from renderers.scene.styles import STYLES
from renderers.scene.text_metrics import width
from renderers.text.events import event_sentence, status_sentence
from renderers.timeline.figure import timeline_figure
from renderers.timeline.notes import Note, numbered_notes
from renderers.timeline.options import TimelineOptions
from tests.renderers.overlap import faults
from tests.renderers.patients import PATIENTS, REPORTS, case_of, exact, report, vague
from timeline.core.quantities import quantity
from timeline.endpoints.derived_case import DerivedCase, derive
from timeline.record.events import (
    Biopsy,
    Death,
    Diagnosis,
    Lab,
    LastContact,
    Radiotherapy,
    Relapse,
    Scan,
    Surgery,
    Symptom,
    Treatment,
)
from timeline.results.statuses import Status

PAGES = [
    pytest.param("generic", "double", id="two columns, 183 mm"),
    pytest.param("nature", "single", id="one column of Nature, 89 mm"),
    pytest.param("nature", "middle", id="one and a half, 120 mm"),
    pytest.param("elsevier", "single", id="one column of Elsevier, 7 points"),
    pytest.param("cell", "single", id="85 mm at 7 points"),
    pytest.param("lancet", "double", id="8 points"),
    pytest.param("lancet", "single", id="the narrowest, 75 mm at 8 points"),
]


def reading_of(name):
    return PATIENTS[name]() if name in PATIENTS else report(name)


def texts(scene, row=""):
    rows = [each.name for each in scene.rows]
    return [
        mark.text
        for mark in scene.marks
        if isinstance(mark, Label) and (not row or rows[mark.row] == row)
    ]


@pytest.mark.parametrize(("preset", "column"), PAGES)
@pytest.mark.parametrize("name", [*PATIENTS, *REPORTS])
def test_nothing_hides_its_words_on_any_paper(name, preset, column):
    scene = timeline_figure([reading_of(name)], page_of(preset, column))
    assert faults(scene, page_of(preset, column)) == []
    assert scene.width == page_of(preset, column).width


@pytest.mark.parametrize("name", REPORTS)
def test_the_reports_fit_a_page_of_nature_at_two_columns(name):
    """170 mm is the height that the journal leaves a figure above its caption."""
    scene = timeline_figure([report(name)], page_of("nature", "double"))
    assert scene.height + legend(scene).height + 2 * EDGE <= 170


@pytest.mark.parametrize("preset", PRESETS)
def test_the_reports_fit_the_narrowest_column_of_every_preset(preset):
    """On as many pages as they need; no row is taller than a page."""
    on = page_of(preset, PRESETS[preset].columns[0][0])
    for name in REPORTS:
        scene = timeline_figure([report(name)], on)
        pages = split_pages(scene, on.height, legend_height(scene))
        assert all(each.height <= on.height for each in pages)


def test_too_narrow_a_paper_is_refused_with_what_to_ask_for():
    narrow = attrs.evolve(PRESETS["lancet"], columns=(("single", 60.0), ("double", 154.0)))
    on = Page(preset=narrow, column="single")
    with pytest.raises(ValueError, match=r"takes 71 mm on .* 60 mm \(choose double, 154 mm\)"):
        timeline_figure([exact()], on)  # 50 mm and 3 mm of air, printed 8/6 as large


@pytest.mark.parametrize("column", ["single", "double"])
def test_every_width_shows_the_same_items_at_the_same_times(column):
    """Only signs and bars; words and leaders go where there is space."""

    def tooltips(on):
        scene = timeline_figure([report("wang2023")], on)
        rows = [row.name for row in scene.rows]
        return sorted(
            (rows[m.row], m.style, m.at if isinstance(m, Marker) else m.start, m.tooltip)
            for m in scene.marks
            if isinstance(m, Marker | Bar)
        )

    narrow = tooltips(page_of("cell", column))
    wide = tooltips(DEFAULT_PAGE)
    open_ended = {"radiotherapy", "supportive"}  # a stub's length is a length on the page
    assert [m for m in narrow if m[1] not in open_ended] == [
        m for m in wide if m[1] not in open_ended
    ]
    assert len(narrow) == len(wide)


def scans(count):
    return [Scan(at=f"2020-{n:02}-01", target="stable", new="none") for n in range(1, count + 1)]


def imaged(count):
    return DerivedCase(case=case_of("imaged", *scans(count), LastContact(at="2021-01-01")))


def test_the_findings_of_few_scans_are_next_to_them():
    scene = timeline_figure([imaged(3)])
    assert "Notes on imaging" not in [row.name for row in scene.rows]
    assert "2020-03-01 target stable; no new lesion" in texts(scene, "Imaging")


def test_a_printed_change_has_the_minus_sign_of_the_axes():
    found = [
        Scan(at="2020-01-01", change="-46 %"),
        Scan(at="2020-03-01", change="+25 % from nadir"),
    ]
    case = case_of("changed", *found, LastContact(at="2021-01-01"))
    drawn = texts(timeline_figure([DerivedCase(case=case)]), "Imaging")
    assert "2020-01-01 change \N{MINUS SIGN}46 % from baseline" in drawn
    assert "2020-03-01 change +25 % from nadir" in drawn


def test_the_findings_of_more_are_numbered_in_order_of_time():
    scene = timeline_figure([imaged(4)])
    signs = sorted((m.at, m.tooltip) for m in scene.marks if isinstance(m, Marker))
    numbers = {m.tooltip: m.text for m in scene.marks if isinstance(m, Label) and m.text.isdigit()}
    assert [numbers[tooltip] for _, tooltip in signs] == ["1", "2", "3", "4"]
    notes = texts(scene, "Notes on imaging")
    assert notes[notes.index("3") + 1].startswith("2020-03-01 target stable")


def test_what_the_report_called_stands_with_the_findings():
    shown = " ".join(texts(timeline_figure([report("wang2023")]), "Notes on imaging"))
    assert "target shrunk; reported: PR / PD" in shown


LINES = st.lists(st.integers(1, 60), min_size=1, max_size=40)


@given(LINES)
def test_notes_are_read_down_the_columns(lengths):
    """Each note once, in order, and no column taller than the one before it by more than a note."""
    page = timeline_page(exact().case)
    notes = [Note(n, "word " * length) for n, length in enumerate(lengths, start=1)]
    blocks = list(numbered_notes("Notes", notes, page))
    found = []
    for block in blocks:
        numbers = [m for m in block.marks if isinstance(m, Label) and m.align == "right"]
        found += [int(m.text) for m in sorted(numbers, key=lambda m: (m.shift > 60, m.y))]
        assert all(0 < mark.y < block.height for mark in block.marks)
    assert found == list(range(1, len(notes) + 1))


DRUGS = (
    "doxorubicin",
    "ifosfamide",
    "anlotinib",
    "gemcitabine",
    "docetaxel",
    "eribulin",
    "penpulimab",
    "lenvatinib",
)  # of Wang 2023, in the order of their first use


def test_each_drug_has_one_lane_named_at_its_left_by_first_use_from_the_top():
    for on in (DEFAULT_PAGE, page_of("cell", "single"), page_of("lancet", "single")):
        scene = timeline_figure([report("wang2023")], on)
        row = [each.name for each in scene.rows].index("Systemic treatment")
        bars = [m for m in scene.marks if isinstance(m, Bar) and m.row == row]
        tops = dict.fromkeys(round(m.y, 6) for m in sorted(bars, key=lambda bar: bar.y))
        names = {round(m.y, 6): m.text for m in scene.marks
                 if isinstance(m, Label) and m.row == row and m.shift == 0.0}  # fmt: skip
        assert [names[y] for y in tops] == list(DRUGS)
        styles = {m.style for m in bars if names[round(m.y, 6)] == "doxorubicin"}
        assert styles == {"bar of doxorubicin"}, "neoadjuvant and adjuvant on one lane"
        assert not [row for row in entries(scene) if row.name.startswith("bar of")]


FRAME = Frame(low=0, high=100, left=10, right=110)
PLACES = st.tuples(st.integers(0, 100), st.integers(0, 40)).map(
    lambda each: DateRange(low=each[0], high=min(100, each[0] + each[1]))
)


@given(PLACES, st.integers(2, 4))
def test_markers_of_one_time_are_side_by_side_on_leaders_to_it(place, count):
    markers = [Marker(style="PD", at=place.at, tooltip=str(n)) for n in range(count)]
    marks = markers_side_by_side(place, markers, FRAME)
    signs = [mark for mark in marks if isinstance(mark, Marker)]
    assert [sign.at for sign in signs] == [place.at] * count
    x = [FRAME.x(sign.at) + sign.shift for sign in signs]
    assert all(b - a >= signs[0].size for a, b in pairwise(x))
    assert x[0] >= FRAME.left - 1e-6
    assert x[-1] <= FRAME.right + 1e-6
    for leader, at in zip((m for m in marks if isinstance(m, Polyline)), x, strict=True):
        assert leader.points[0][0] == place.at
        assert math.isclose(FRAME.x(leader.points[1][0]), at, abs_tol=1e-6)
    ranges = [mark for mark in marks if isinstance(mark, RangeMark)]
    assert [r.tooltip for r in ranges] == ([] if place.is_point else [s.tooltip for s in signs])
    assert all((r.low, r.high) == (place.low, place.high) for r in ranges)


def test_two_events_of_one_day_share_a_line():
    case = case_of(
        "twice",
        Biopsy(at="2020-01-05", what="core biopsy"),
        Diagnosis(at="2020-01-05", what="sarcoma"),
        LastContact(at="2020-08-01"),
    )
    scene = timeline_figure([DerivedCase(case=case)])
    assert "2020-01-05 core biopsy; sarcoma" in texts(scene)
    signs = [mark for mark in scene.marks if isinstance(mark, Marker)]
    assert [(sign.style, sign.at) for sign in signs] == [("biopsy", 737429), ("diagnosis", 737429)]
    assert signs[0].shift < signs[1].shift


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        pytest.param("2020-03", True, id="nothing stated of its end: no right edge"),
        pytest.param("2020-03-01/2020-04-01", False, id="an end that is printed"),
    ],
)
def test_what_is_planned_ends_only_where_that_is_printed(at, is_open):
    planned = Radiotherapy(at=at, planned=True, what="SBRT")
    case = case_of("planned", planned, LastContact(at="2020-02-01"))
    scene = timeline_figure([DerivedCase(case=case)])
    bars = [mark for mark in scene.marks if isinstance(mark, Bar)]
    assert [(bar.variant, bar.open_end) for bar in bars] == [("planned", is_open)]
    assert "planned: SBRT" in texts(scene)


def judged_by(criterion):
    reading = exact()
    own = tuple(attrs.evolve(each, criterion=criterion) for each in reading.statuses)
    return attrs.evolve(reading, statuses=(*reading.statuses, *own))


@pytest.mark.parametrize("criterion", ["mRECIST", "Choi"])
def test_a_third_criterion_has_a_strip_of_its_own(criterion):
    both = TimelineOptions(criteria=("RECIST 1.1", criterion))
    names = [row.name for row in timeline_figure([judged_by(criterion)], options=both).rows]
    assert names.index(criterion) == names.index("RECIST 1.1") + 1


ALONE = [
    pytest.param((("CEA", quantity("4.1 ng/mL")),), "", "lab", id="a number"),
    pytest.param((("CEA", quantity("up to 4.1 ng/mL")),), "", "lab limit", id="a bound"),
    pytest.param((("CEA", quantity("4.1 ng/mL")), ("CA-125", "normal")), "", "lab limit",
                 id="a number and a word"),
    pytest.param((), "all normal", "lab limit", id="words alone"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "what", "style"), ALONE)
def test_a_hollow_sign_is_a_value_that_is_not_an_exact_number(values, what, style):
    lab = Lab(at="2020-01-05", values=values, what=what)
    scene = timeline_figure([DerivedCase(case=case_of("alone", lab, LastContact(at="2020-08-01")))])
    assert [mark.style for mark in scene.marks if isinstance(mark, Marker)] == [style]


@pytest.mark.parametrize(
    ("column", "has_months", "height"), [("double", True, 7.8), ("single", False, 4.6)]
)
def test_years_replace_months_without_space(column, has_months, height):
    """Nine years on one column: no month is written, and no space is kept for them."""
    scene = timeline_figure([report("jin2025")], page_of("nature", column))
    _, dates, _ = scene.axes
    months = {tick.text for tick in dates.ticks if tick.text.isalpha()}
    assert months == ({"Jan", "Jul"} if has_months else set())
    assert scene.rows[dates.row].height == height


def test_a_criterion_without_a_status_has_no_strip():
    names = [row.name for row in timeline_figure([exact()]).rows]
    assert "iRECIST" not in names


def test_the_tooltip_of_every_event_has_its_place():
    for name in REPORTS:
        scene = timeline_figure([report(name)])
        for mark in scene.marks:
            if isinstance(mark, Marker | Bar):
                assert mark.tooltip.endswith("]"), mark


TELLING = [
    pytest.param(
        Scan(at="2020-02", target="PR", place="Results", note="technique not printed"),
        "Scan, 2020-02: x. Technique not printed [Results]",
        id="a month says its days by itself",
    ),
    pytest.param(
        Biopsy(at="2020-02-03"), "Biopsy, 2020-02-03: x", id="a day, and no place on record"
    ),
    pytest.param(
        Treatment(at="2020-01/..", line=1, drugs="anlotinib"),
        "Treatment, from 2020-01, ongoing: x",
        id="what goes on",
    ),
    pytest.param(
        Radiotherapy(at="2020-01", planned=True),
        "Radiotherapy, planned, from 2020-01 to an end date not stated: x",
        id="planned, and no end",
    ),
    pytest.param(
        Scan(at="2020-01-30/2020-02-02"),
        "Scan, 2020-01-30/2020-02-02 (some day from 2020-01-30 to 2020-02-02): x",
        id="a range says both its ends",
    ),
    pytest.param(
        Scan(at="after surgery"), "Scan, after surgery (some day of any year): x", id="order alone"
    ),
]


@pytest.mark.parametrize(("event", "shown"), TELLING)
def test_the_tooltip_of_an_event_is_a_sentence(event, shown):
    assert event_sentence(event, "x") == shown


def test_the_tooltip_of_a_status_has_criterion_reason_and_rule():
    status = Status(
        scan=Scan(at="2020-02"),
        line=2,
        criterion="iRECIST",
        labels=("iPR", "iSD"),
        why="targets shrunk",
        source="S17 Table 1",
    )
    tooltips = "iRECIST, scan 2020-02, line 2: iPR or iSD. Targets shrunk [S17 Table 1]"
    assert status_sentence(status) == tooltips
    named = attrs.evolve(status, scan=Scan(at="2020-02", id="second-CT", modality="CT"))
    tooltips = "iRECIST, scan 2020-02 (CT), line 2: iPR or iSD. Targets shrunk [S17 Table 1]"
    assert status_sentence(named) == tooltips  # an id is a name of the file


def test_the_caption_has_the_count_the_cut_off_and_the_conventions():
    """A caption in print has the patient, the end and the criteria; the rest is a footnote."""
    scene = timeline_figure([report("wang2023")])
    for part in ("n = 1", "last contact 2022-11-01 to 2023-10-23",
                 "by RECIST 1.1 (lines 1, 2 and 3) and iRECIST (line 4)",
                 "q3w: every 3 weeks"):  # fmt: skip
        assert part in scene.caption
        assert part not in scene.conventions
    for part in ("midpoint of the possible dates", "Bars without a right edge",
                 "Time since the date of diagnosis counts from the middle of its possible dates",
                 "Numbers below the scans"):  # fmt: skip
        assert part in scene.conventions
        assert part not in scene.caption


NO_KEY = {"last contact", "last contact range", "last record", "break"}  # words are beside them
DATED = {"range", "order", "vague end", "by order", "in turn"}


@pytest.mark.parametrize(
    ("name", "page", "in_legend"),
    [
        ("wang2023", page_of("generic"), True),
        ("wang2023", page_of("nature", "single"), True),  # on two pages with either
        ("wang2023", page_of("nature", "double"), False),  # it would take a second page
        ("jin2025", page_of("nature", "single"), True),
        ("jin2025", page_of("nature", "single", "de"), False),
        ("jin2025", page_of("lancet", "double"), True),
    ],
)
def test_the_legend_or_the_caption_explains_each_way_a_date_is_drawn(name, page, in_legend):
    scene = timeline_figure([report(name)], page)
    drawn, keys = set(scene.styles) & DATED, {row.name for row in entries(scene)}
    assert drawn & keys == (drawn if in_legend else set())
    assert drawn
    assert not keys - set(scene.styles)
    assert not keys & NO_KEY
    sentence = "brackets show the range" if page.language == "en" else "Klammern zeigen"
    assert (sentence in scene.caption) == (not in_legend)
    assert (sentence in scene.conventions) == in_legend
    if "end not stated" in scene.styles:
        assert "end not stated" in keys


def test_hatches_that_mean_something_else_run_another_way():
    """Possible dates rise (dashed by order), an end that is not stated falls, turns are crossed."""
    names = ("vague end", "by order", "end not stated", "in turn")
    assert [STYLES[name].hatched for name in names] == ["/", "/", "\\", "x"]
    assert len({(STYLES[name].hatched, STYLES[name].dash) for name in names}) == len(names)
    lines = {way: list(hatches(0.0, 4.0, 0.0, 2.0, way)) for way in HATCHED}
    rises = {way: {y1 < y0 for (_, y0), (_, y1) in found} for way, found in lines.items()}
    assert rises == {"/": {True}, "\\": {False}, "x": {True, False}}
    assert len(set(map(hatch_pattern, (hatch_name("#F8A469", 0.35, way) for way in HATCHED)))) == 3
    drawn = "".join(svg_part(s, m).svg for s in [timeline_figure([report("wang2023")])]
                    for m in s.marks if isinstance(m, Bar))  # fmt: skip
    assert {name.rpartition("-")[2] for name in re.findall(r"url\(#(hatch-[^)]+)\)", drawn)} == {
        "rising", "falling", "crossed"}  # fmt: skip
    assert hatch_patterns(drawn).count("<pattern") == len(set(re.findall(r"url\((#[^)]+)", drawn)))


def test_the_last_year_of_an_axis_has_its_number():
    """2023 is shown to June: its number goes beyond the frame, or beside the line."""
    for page, axis in ((page_of("lancet", "double"), 1), (page_of("nature", "single"), 0)):
        scene = timeline_figure([report("jin2025")], page)
        low, high, text = scene.axes[axis].captions[-1]
        assert text in ("2023", "2022–23")
        assert scene.frame.x(high) - scene.frame.x(low) >= width(text, SMALL)
        assert scene.frame.x(high) <= scene.width


def test_a_note_keeps_a_number_with_its_unit():
    """A line that would end between them ends before the number."""
    text = "{} 52 and 32 mm, 9.7 × 5.0 cm"
    for words in range(1, 14):
        page = timeline_page(exact().case, page_of("lancet", "single"), 5.0)
        for section in numbered_notes(
            "Notes", [Note(1, text.format("in the liver " * words))], page
        ):
            lines = [m.text for m in section.marks]
            assert not [each for each in lines if re.match(r"(?:mm|cm|×)", each)]
            assert not [each for each in lines if each.endswith("×")]


def test_names_are_next_to_the_sections_or_in_them():
    for on, x in ((DEFAULT_PAGE, 0.0), (page_of("cell", "single"), 0.0)):
        scene = timeline_figure([vague()], on)
        names = [m for m in scene.marks if isinstance(m, Label) and m.bold]
        assert {m.shift for m in names} == {x}
        assert {m.size for m in names} == {BODY}


def placed_in(scene):
    """The days of the markers of a scene by their styles, with the ranges of their tooltips."""
    reach = {m.tooltip: m for m in scene.marks if isinstance(m, RangeMark)}
    return [(m.style, m.at, reach.get(m.tooltip)) for m in scene.marks if isinstance(m, Marker)]


def test_events_of_stated_order_are_apart_in_their_common_range():
    """From 2010 to 2015-12-31 four events follow one another: at 1/5, 2/5, 3/5, 4/5 of it."""
    case = case_of(
        "ordered",
        Diagnosis(at="2010-01-01", what="sarcoma"),
        Treatment(at="2010-01-01/2015-12-31", line=1, drugs="doxorubicin"),
        Relapse(at="after diagnosis", id="first", site="lung"),
        Surgery(at="after first", id="second", what="resection"),
        Scan(at="after second", id="third", line=1, target="PD", new="liver"),
        Biopsy(at="after third", what="liver"),
        Death(at="2015-12-31"),
    )
    derived, problems = derive(case)
    assert not problems
    scene = timeline_figure([derived])
    days = {style: at for style, at, _ in placed_in(scene)}
    low, high = days["diagnosis"], days["death"]
    for number, style in enumerate(("relapse", "surgery", "scan, new lesion", "biopsy"), start=1):
        assert days[style] == pytest.approx(low + number * (high - low) / 5), style
    assert days["PD"] == days["scan, new lesion"]  # the response is at its scan
    assert "markers of events in stated order are apart in that order" in scene.conventions


def test_an_event_without_a_first_day_is_at_its_last_with_an_open_range_before_it():
    case = case_of(
        "open",
        Diagnosis(at="2010-06-01", what="sarcoma"),
        Symptom(at="before diagnosis", what="pain"),
        Death(at="2010-12-31"),
    )
    scene = timeline_figure([derive(case)[0]])
    ((_, at, reach),) = [each for each in placed_in(scene) if each[0] == "symptom"]
    assert at == reach.high == 733924  # 2010-06-01
    assert (reach.style, reach.open_low, reach.open_high) == ("open order", True, False)
    assert reach.low == scene.frame.low < reach.high - 60  # it is seen to go on to the left
    assert "has no known bound there" in scene.conventions
    assert "apart in that order" not in scene.conventions


@pytest.mark.parametrize(
    ("end", "words"),
    [
        pytest.param([LastContact(at="2020-12-01")], "ongoing at last contact", id="last contact"),
        pytest.param([], "ongoing at the last dated event", id="no last contact on record"),
    ],
)
def test_the_arrow_of_ongoing_treatment_says_until_when(end, words):
    treatment = Treatment(at="2020-01-01/..", line=1, drugs="anlotinib")
    scan = Scan(at="2020-03-01", target="SD", new="none")
    scene = timeline_figure([derive(case_of("ongoing", treatment, scan, *end))[0]])
    assert words in [m.text for m in legend(scene).marks if isinstance(m, Label)]


@pytest.mark.parametrize("patient", ["wang2023", "jin2025"])
def test_procedures_of_a_narrow_page_are_read_in_order_of_time(patient):
    scene = timeline_figure([report(patient)], page_of("nature", "single"))
    (row,) = [number for number, each in enumerate(scene.rows) if each.name == "Procedures"]
    found = sorted((m for m in scene.marks if isinstance(m, Marker) and m.row == row),
                   key=lambda mark: (round(mark.y, 3), mark.at, mark.shift))  # fmt: skip
    assert [mark.at for mark in found] == sorted(mark.at for mark in found)
