"""Plain tables: each check once firing, once silent, and files that are no such table."""

from pathlib import Path

import pytest

from renderers.backends.legend import entries
from renderers.scene.scene import Arrow, Bar, Label, Marker, RangeMark
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.checks import CHECKS, Severity
from renderers.swimmer.tables.figure import swimmer_from_tables
from renderers.swimmer.tables.read import TableSource

LANES = "id,start,end,state\nA,0,5,on\nB,0,3,on\n"
EVENTS = "id,time,event\nA,5,Death\nB,3,Discontinued\n"


@pytest.fixture
def draw(tmp_path):
    """The tables as files, drawn; anything but the lanes may be left out."""

    def made(lanes=LANES, events=EVENTS, options=None, skip_invalid=False, **keywords):
        (tmp_path / "lanes.csv").write_text(lanes, encoding=keywords.pop("encoding", "utf-8"))
        (tmp_path / "events.csv").write_text(events)
        source = TableSource(
            lanes=tmp_path / "lanes.csv",
            events=(tmp_path / "events.csv",) if events else (),
            unit=keywords.pop("unit", "months"),
            **keywords,
        )
        return swimmer_from_tables(
            source, options=options or SwimmerOptions(), skip_invalid=skip_invalid
        )

    return made


def messages(problems):
    """File, line, field and words, without the folder."""
    folders = (f"{Path(problem.where.file).parent}/" for problem in problems)
    return [str(each).removeprefix(folder) for each, folder in zip(problems, folders, strict=True)]


def test_sound_tables_are_drawn_without_a_word(draw):
    """5 and 3 months of 30.4375 days: 152.1875 and 91.3125."""
    drawn = draw()
    assert (drawn.errors, drawn.warnings, drawn.left_out) == ((), (), 0)
    bars = [m for m in drawn.scene.marks if isinstance(m, Bar)]
    assert [(bar.start, bar.end) for bar in bars] == [(0, 152.1875), (0, 91.3125)]
    signs = [(m.style, m.at) for m in drawn.scene.marks if isinstance(m, Marker)]
    assert signs == [("death", 152.1875), ("stop other", 91.3125)]


LANE = "id,start,end,state{}\nA,0,5,on{}\nB,0,3,on{}\n"
FAULTS = [  # lanes, events (rows beyond the sound ones), where and what is printed
    pytest.param("A,9,7,on\n", "", "lanes.csv:4:2: A: runs backwards: 9 to 7", id="runs backwards"),
    pytest.param("A,9,9,on\n", "", "lanes.csv:4:2: A: has no length: 9 to 9", id="has no length"),
    pytest.param("B,4,,on\n", "", "lanes.csv:4:2: B: no end is stated", id="no end"),
    pytest.param("B,2,4,off\n", "", "lanes.csv:4:2: B: two states at once: 'off' 2 to 4, and 'on' "
                 "0 to 3 in line 3", id="two states at once"),
    pytest.param("B,2,4,on\n", "", "lanes.csv:4:2: B: one state twice: 'on' 2 to 4, "
                 "and 0 to 3 in line", id="one state twice"),
    pytest.param("", "B,3,discontinued\n", "events.csv:4:2: B: 'discontinued' 3 is given twice, "
                 "first in line 3 (drawn once)", id="given twice"),
    pytest.param("B,4,5,ON\n", "", "lanes.csv:4:2: B: the state 'ON' is read as 'on'",
                 id="one state in two spellings"),
    pytest.param("", "C,1,Surgery\n", "events.csv:4:2: C: 'Surgery' is of a patient without a lane",
                 id="unknown patient"),
    pytest.param("", "B,4,Surgery\n", "events.csv:4:2: B: 'Surgery' at 4 is off the lane: after 3",
                 id="off the lane"),
    pytest.param("", "B,-1,Surgery\n", "B: 'Surgery' at -1 is off the lane: before 0",
                 id="off the lane, before it"),
    pytest.param("", "B,-0.5,PR\n", "events.csv:4:2: B: response before treatment: 'PR' at -0.5, "
                 "lane from 0", id="response before treatment"),
    pytest.param("A,5,6,on\n", "", "lanes.csv:4:2: A: 'on' 5 to 6 runs past the death at 5",
                 id="after death"),
    pytest.param("", "A,6,Surgery\n", "A: 'Surgery' at 6 is after the death at 5",
                 id="an event after death"),
    pytest.param("C,0,2,on\n", "", "lanes.csv:4:2: C: the lane ends without marker or arrow",
                 id="ends without marker"),
]  # fmt: skip


@pytest.mark.parametrize(("lanes", "events", "description"), FAULTS)
def test_each_fault_is_named_at_its_place(draw, lanes, events, description):
    drawn = draw(LANES + lanes, EVENTS + events)
    keywords = messages((*drawn.errors, *drawn.warnings))
    assert any(description in each for each in keywords), keywords
    assert (drawn.scene is None) == bool(drawn.errors)


OTHER = [
    pytest.param("id,start,end,state,ongoing\nA,0,5,on,yes\n", "id,time,event\nA,5,Death\n",
                 "lanes.csv:2:2: A: goes on, but 'Death' at 5", id="goes on after death"),
    pytest.param("id,start,end,state,ongoing\nA,0,5,on,yes\nA,6,7,on,no\n", "",
                 "A: goes on, but line 3 begins later", id="goes on, and then something else"),
    pytest.param("id,start,end,state,ongoing\nA,0,,on,yes\n", "", "A: ongoing, and no end is "
                 "stated", id="goes on to no stated day"),
    pytest.param(LANES, "id,time,event,end\nA,1,Surgery,3\nA,5,Death,\nB,3,Discontinued,\n",
                 "A: 'Surgery' has an end, but is no response", id="an end on an event"),
    pytest.param(LANES, "id,time,event,end\nA,3,PR,1\nA,5,Death,\nB,3,Discontinued,\n",
                 "A: 'PR' ends before it starts: 3 to 1", id="a response that runs backwards"),
]  # fmt: skip


@pytest.mark.parametrize(("lanes", "events", "description"), OTHER)
def test_faults_of_other_columns_are_named(draw, lanes, events, description):
    drawn = draw(lanes, events)
    assert any(description in each for each in messages(drawn.errors)), messages(drawn.errors)
    assert drawn.scene is None


def test_a_column_that_changes_within_a_patient_is_named(draw):
    lanes = "id,start,end,state,arm\nA,0,5,on,x\nB,0,3,on,x\nB,3,4,off,y\n"
    drawn = draw(lanes, options=SwimmerOptions(columns=("arm",)))
    assert messages(drawn.errors) == [
        "lanes.csv:4:5: B: column 'arm' holds 'x' and 'y' for one patient"
    ]
    assert draw(lanes).errors == ()  # a column that is not used may change


def test_every_check_has_a_fault_above():
    ids = {mark.id.partition(",")[0] for mark in FAULTS}
    others = {"ends in two ways", "an end on an event", "column that changes",
              "end not stated"}  # fmt: skip
    assert {row.name for row in CHECKS} <= ids | others
    assert {row.severity for row in CHECKS} == set(Severity)


SILENT = [
    pytest.param("A,5,6,on\n", "id,time,event\nA,6,Death\nB,3,Alive\n", id="one after another"),
    pytest.param("B,4,6,off\n", EVENTS, id="a gap"),
    pytest.param("", EVENTS + "A,0,PR\n", id="a response on the first day"),
    pytest.param("", EVENTS + "B,3,Surgery\n", id="an event on the last day of its lane"),
    pytest.param("", "id,time,event\nA,9,Death\nB,4,Last contact\n", id="an end beyond the lane"),
    pytest.param("", EVENTS + "A,5,Surgery\n", id="an event on the day of death"),
]  # fmt: skip


@pytest.mark.parametrize(("lanes", "events"), SILENT)
def test_what_is_in_order_is_not_named(draw, lanes, events):
    drawn = draw(LANES + lanes, events)
    assert (drawn.errors, drawn.warnings) == ((), ())


BAD = [
    pytest.param("id,alpha,omega,state\nA,0,5,on\n", ["no column 'start'", "no column 'end'"],
                 id="columns are missing"),
    pytest.param("id,start,end,state\nA,zero,5,on\n", ["lanes.csv:2:2: A: not a number: 'zero'"],
                 id="a word for a number"),
    pytest.param("id,start,end,state\nA,0,2021-03-01,on\n",
                 ["lanes.csv:2:3: A: not a number: '2021-03-01'"], id="a date among numbers"),
    pytest.param("id,start,end,state\nA,2021-01-01,5.5,on\n", ["not a date: '5.5'"],
                 id="a number among dates"),
    pytest.param("id,start,end,state\nA,0,1e400,on\n", ["not a number: '1e400'"],
                 id="a number beyond sense"),
    pytest.param("id,start,end,state\nA,0,nan,on\n", ["not a number: 'nan'"], id="not a number"),
    pytest.param("id,start,end,state\n,0,5,on\n", ["lanes.csv:2:1: no id"], id="nobody"),
    pytest.param("id,start,end,state\nA,,5,on\n", ["lanes.csv:2:2: A: no start"], id="no start"),
    pytest.param("id,start,end,state\nA,0,5,\n", ["lanes.csv:2:4: A: no state"], id="no state"),
    pytest.param("id,start,end,state\nA,0,5\n", ["lanes.csv:2:1: 3 fields under 4 columns"],
                 id="a field too few"),
    pytest.param("id,start,end,state,state\nA,0,5,on,on\n", ["two columns are named 'state'"],
                 id="a column twice"),
    pytest.param("id,start,end,state,ongoing\nA,0,5,on,maybe\n",
                 ["lanes.csv:2:5: A: neither yes nor no: 'maybe'"], id="neither yes nor no"),
    pytest.param("id,start,end,state\n", ["holds no row"], id="no row"),
    pytest.param("", ["holds no table"], id="an empty file"),
    pytest.param('id,start,end,state\n"A,0,5,on\n',
                 ["lanes.csv:2:1: a text opens with a quotation mark and never closes"],
                 id="a quote that never ends"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "faults"),
    [
        pytest.param(EVENTS + "C,1,Scan\nC,2,Scan\nD,1,Scan\n", [
            "events.csv:4:2: C: 'Scan', and 1 more, are of a patient without a lane",
            "events.csv:6:2: D: 'Scan' is of a patient without a lane"], id="a fault a patient"),
        pytest.param("id,time,event\na,5,Death\nb,3,Alive\n", [
            ("events.csv:2:2: a: 'Death' is of a patient without a lane (did you mean 'A'?); nor "
             "has any other event a lane: a, b")], id="one fault where no event has a lane"),
    ],
)  # fmt: skip
def test_events_without_lanes_are_not_named_one_by_one(draw, events, faults):
    assert [
        each for each in messages(draw(events=events).errors) if "without a lane" in each
    ] == faults


def test_events_without_a_lane_are_all_left_out(draw):
    lanes = "id,start,end,state,ongoing\nA,0,5,on,yes\n"
    drawn = draw(lanes, EVENTS.replace("A,5", "C,5") + "C,1,Scan\n", skip_invalid=True)
    assert (drawn.left_out, drawn.scene is not None) == (3, True)


@pytest.mark.parametrize(("lanes", "description"), BAD)
def test_what_is_no_such_table_is_named(draw, lanes, description):
    drawn = draw(lanes, events="")
    assert drawn.scene is None
    for each in description:
        assert any(each in keywords for keywords in messages(drawn.errors)), messages(drawn.errors)


def test_a_file_in_another_encoding_is_named(draw):
    drawn = draw(LANES.replace("on", "häufig"), encoding="latin-1")
    assert "not UTF-8 text" in messages(drawn.errors)[0]


def test_numbers_without_a_unit_are_not_guessed(draw):
    assert messages(draw(unit="").errors) == [
        "lanes.csv:1:2: numbers in which unit? (write --option unit=days, weeks, months or years)"
    ]


GOES_ON = "id,start,end,state,ongoing\n"
SLIPS = [  # lanes, their unit, what is printed of the first start
    pytest.param("A,44562,44700,on,yes\n", "", "lanes.csv:1:2: numbers in which unit? (write "
                 "--option unit=days, weeks, months or years); 44562 looks like a spreadsheet "
                 "date: write 2022-01-01 (--option dates=serial reads them so)",
                 id="a spreadsheet's dates without a unit"),
    pytest.param("A,44562,44700,on,yes\n", "months", "lanes.csv:2:2: A: the start 44562 looks like "
                 "a spreadsheet date: write 2022-01-01; so does every other start (--option "
                 "dates=serial reads them so; if it is none, state what numbers count from",
                 id="a spreadsheet's dates as months"),
    pytest.param("A,2021,2022,on,yes\n", "years", "lanes.csv:2:2: A: the start 2021 looks like a "
                 "year: write 2021-03-01, or 2021-XX; so does every other start", id="bare years"),
    pytest.param("A,0,99999999999,on,yes\n", "years", "lanes.csv:2:3: A: longer than a life of "
                 "150 years: '99999999999' (check the unit)", id="a number beyond a life"),
    pytest.param("A,1/3/2021,5/9/2021,on,yes\n", "", "lanes.csv:2:2: columns 'start', 'end': "
                 "'1/3/2021' is 2021-03-01 if the day comes first, 2021-01-03 if the month does "
                 "(state it with --option dates=dmy, or dates=mdy)", id="which is the month?"),
    pytest.param("A,01-Mar-21,2021-09-01,on,yes\n", "", "A: not a date: '01-Mar-21' (write "
                 "the year", id="two digits of a year"),
    pytest.param("A,2021-03-01,9999-09-01,on,yes\n", "", "lanes.csv:2:3: A: not a year of a "
                 "patient's life: '9999-09-01'", id="a date beyond the calendar"),
    pytest.param("A,2021-03-01,2021-05-01/..,on,yes\n", "", "lanes.csv:2:3: A: open on one side: "
                 "'2021-05-01/..'", id="a date that never ends"),
]  # fmt: skip


@pytest.mark.parametrize(("lanes", "unit", "description"), SLIPS)
def test_a_time_that_is_no_time_of_a_patient_is_named(draw, lanes, unit, description):
    drawn = draw(GOES_ON + lanes, events="", unit=unit)
    assert drawn.scene is None
    assert any(description in each for each in messages(drawn.errors)), messages(drawn.errors)
    assert not any("which unit" in each for each in messages(drawn.errors)) or not unit


@pytest.mark.parametrize(
    ("lanes", "time_zero", "description"),
    [
        pytest.param("A,44562,44700,on,yes\nB,44600,44700,on,yes\n", "", [("lanes.csv:2:2: A: the "
                     "start 44562 looks like a spreadsheet date: write 2022-01-01; so does every "
                     "other start (--option dates=serial reads them so; if it is none, "
                     "state what numbers count from: --option time-zero=..)")],
                     id="all do"),
        pytest.param("A,24562,24700,on,yes\n", "birth", [], id="days of age, as is said"),
        pytest.param("A,44562,44700,on,yes\nB,0,700,on,yes\n", "", [], id="one begins at 0"),
        pytest.param("A,0,2021,on,yes\n", "", [], id="an end may be day 2021"),
    ],
)  # fmt: skip
def test_days_that_look_like_dates_are_refused(draw, lanes, time_zero, description):
    """A figure of specks at day 44 562 misleads: nothing is drawn until the reader decides."""
    drawn = draw(GOES_ON + lanes, events="", unit="days", time_zero=time_zero)
    assert (messages(drawn.errors), drawn.warnings) == (description, ())
    assert (drawn.scene is None) == bool(description)


def test_midnight_is_the_day(draw):
    """2021-03-01 to 2021-09-01: 184 days."""
    lanes = "A,2021-03-01 00:00:00,2021-09-01T00:00:00.000,on,yes\n"
    drawn = draw(GOES_ON + lanes, events="", unit="")
    assert (drawn.errors, drawn.warnings) == ((), ())
    assert [(m.start, m.end) for m in drawn.scene.marks if isinstance(m, Bar)] == [(0, 184)]


@pytest.mark.parametrize(
    ("lanes", "description"),
    [
        pytest.param("A,0,5,on\n", "lanes.csv:2:2: A: the lane ends without marker or arrow (write "
                     "yes in the column ongoing, or give death, discontinuation or last contact "
                     "with --events; --option open-ends=yes draws it with an end that is not "
                     "stated)", id="no end"),
        pytest.param("A,0,5,on\nA,3,6,off\n", "--option together=yes for drugs that are given "
                     "together", id="at once"),
    ],
)  # fmt: skip
def test_advice_can_be_followed(draw, lanes, description):
    drawn = draw("id,start,end,state\n" + lanes, events="")
    assert any(description in each for each in messages(drawn.errors)), messages(drawn.errors)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_read(draw, separator):
    assert draw(LANES.replace(",", separator)).scene.marks


DATED = "id,start,end,state\nA,2021-01-01,2021-03-01,on\nB,2021-02-01,2021-03,on\n"
ENDED = "id,time,event\nA,2021-03-01,Death\nB,2021-04-01,Discontinued\n"


def test_dates_count_from_the_first_start_of_each_lane(draw):
    """A: 31 + 28 days. B: to March, 28 to 58 days after 1 February."""
    bars = [m for m in draw(DATED, ENDED, unit="").scene.marks if isinstance(m, Bar)]
    found = {(bar.start, bar.end, bar.variant) for bar in bars}
    assert found == {(0, 59, ""), (0, 28, ""), (28, 58, "vague end")}


@pytest.mark.parametrize(
    ("align", "start"),
    [
        pytest.param("calendar", 737791, id="ordinals on a calendar"),
        pytest.param("2020-12-31", 1, id="from a day"),
        pytest.param("start", 0, id="from the start"),
    ],
)
def test_dates_are_aligned(draw, align, start):
    drawn = draw(DATED, ENDED, unit="", options=SwimmerOptions(align=align, sort=("name",)))
    assert next(m for m in drawn.scene.marks if isinstance(m, Bar)).start == start


def test_numbers_cannot_be_aligned_on_a_date(draw):
    with pytest.raises(ValueError, match="numbers have no dates: cannot align on 'calendar'"):
        draw(options=SwimmerOptions(align="calendar"))


def test_numbers_can_count_from_the_start_of_each_lane(draw):
    drawn = draw("id,start,end,state\nA,2,5,on\nB,0,3,on\n", options=SwimmerOptions(align="start"))
    assert {m.start for m in drawn.scene.marks if isinstance(m, Bar)} == {0}


def test_what_goes_on_has_an_arrow(draw):
    drawn = draw("id,start,end,state,ongoing\nA,0,5,on,yes\n", events="")
    assert [m.at for m in drawn.scene.marks if isinstance(m, Arrow)] == [152.1875]


def test_a_response_with_an_end_is_a_span_on_the_bar(draw):
    """1 to 4 months: 30.4375 to 121.75 days."""
    drawn = draw(events="id,time,event,end\nA,1,PR,4\nA,5,Death,\nB,3,Discontinued,\n")
    spans = [m for m in drawn.scene.marks if isinstance(m, RangeMark) and m.style == "response"]
    assert [(m.low, m.high) for m in spans] == [(30.4375, 121.75)]
    description = next(row.description for row in entries(drawn.scene) if row.name == "response")
    assert description == "response, start and end as in the table"  # not who ended it


def test_drugs_of_one_period_are_side_by_side(draw):
    lanes = "id,start,end,state\nA,0,5,x\nA,2,5,y\nA,5,6,x\n"
    drawn = draw(lanes, events="id,time,event\nA,6,Death\n", together=True)
    assert drawn.errors == ()
    bars = [m for m in drawn.scene.marks if isinstance(m, Bar)]
    assert [round(bar.height, 6) for bar in bars] == [1.6, 1.6, 3.2]
    assert bars[0].y != bars[1].y


def test_columns_of_the_table_are_next_to_the_lanes(draw):
    lanes = "id,start,end,state,arm\nA,0,5,on,x\nB,0,3,on,y\n"
    drawn = draw(
        lanes, options=SwimmerOptions(columns=("arm",), group="arm", sort=("arm reversed",))
    )
    keywords = [m.text for m in drawn.scene.marks if isinstance(m, Label)]
    assert {"arm", "x", "y", "x, n = 1", "y, n = 1"} <= set(keywords)
    with_error = draw(lanes, options=SwimmerOptions(columns=("am",)))
    assert "no column 'am' (did you mean arm?" in messages(with_error.errors)[0]


@pytest.mark.parametrize(
    ("column", "is_explained"),
    [
        pytest.param("TTP (months)", True, id="an endpoint and a unit"),
        pytest.param("PFS", True, id="an endpoint"),
        pytest.param("time_in_weeks", True, id="a unit"),
        pytest.param("MGMT status", False, id="no time: it may be not reported"),
    ],
)
def test_a_time_that_is_not_reached_is_printed_as_in_the_table(draw, column, is_explained):
    """A plus is a censored time. NR is a time not reached only where the column holds times."""
    lanes = f"id,start,end,state,{column}\nA,0,5,on,16.6+\nB,0,3,on,NR\n"
    scene = draw(lanes, options=SwimmerOptions(columns=(column,))).scene
    printed = {m.text for m in scene.marks if isinstance(m, Label)}
    assert {"16.6+", "NR"} <= printed
    assert ("NR, not reached" in scene.caption) == is_explained


def test_markers_follow_the_labels_or_the_option(draw):
    events = EVENTS + "A,1,Relapse\nA,2,Partial response\nA,3,Clinic\n"
    drawn = draw(events=events, markers=(("Relapse", "PD"),))
    signs = {m.tooltip.split(", ")[0]: m.style for m in drawn.scene.marks if isinstance(m, Marker)}
    assert signs == {"A: Death": "death", "B: Discontinued": "stop other", "A: Relapse": "PD",
                     "A: Partial response": "PR", "A: Clinic": "symptom"}  # fmt: skip
    assert {words for _, _, words in drawn.scene.named} >= {"Relapse", "Partial response", "Clinic"}


@pytest.mark.parametrize(
    ("keywords", "description"),
    [
        pytest.param({"markers": (("Death", "cross"),)}, "unknown marker for 'Death': 'cross'",
                     id="no such sign"),
        pytest.param({"column_map": (("patient", "id"),)}, "--map patient=..: no such field",
                     id="no such field"),
        pytest.param({"events": EVENTS + "".join(f"A,1,kind {n}\n" for n in range(11))},
                     "no marker is left for 'kind 10'", id="more kinds than signs"),
    ],
)  # fmt: skip
def test_an_impossible_option_is_refused(draw, keywords, description):
    with pytest.raises(ValueError, match=description):
        draw(**keywords)


def test_drawn_anyway_nothing_that_is_sound_is_lost(draw):
    lanes = LANES + "A,9,7,on\nC,0,2,on\nC,1,3,off\n"
    drawn = draw(lanes, EVENTS + "C,3,Death\nD,1,Death\n", skip_invalid=True)
    assert drawn.left_out == 5  # one backwards, two that contradict, events of C and D
    rows = [row.name for row in drawn.scene.rows]
    assert rows == ["head", "A", "B", "axis"]
    assert "5 invalid rows are omitted." in drawn.scene.caption


def test_a_table_without_a_sound_row_draws_nothing(draw):
    drawn = draw("id,start,end,state\nA,5,0,on\n", skip_invalid=True)
    assert drawn.scene is None


BY_COLUMN = "id,start,end,state,arm,dose\nA,0,5,on,X,1\nA,6,7,off,X,2\nB,0,3,on,,2\n"


@pytest.mark.parametrize(
    ("colour", "group", "names", "caption"),
    [
        pytest.param("drug", "State", ["on", "off", "on"], "", id="the default: states"),
        pytest.param("state", "State", ["on", "off", "on"], "", id="states by their name"),
        pytest.param("arm", "Patients", ["X", "X", "not stated"], "Colour of bars: arm.",
                     id="a column with one text for each patient"),
        pytest.param("dose", "State", ["1", "2", "2"], "Colour of bars: dose.",
                     id="a column that changes within a patient"),
    ],
)  # fmt: skip
def test_bars_of_a_table_are_coloured_by_a_column(draw, colour, group, names, caption):
    events = "id,time,event\nA,7,Death\nB,3,Discontinued\n"
    drawn = draw(BY_COLUMN, events, options=SwimmerOptions(colour=colour))
    assert not drawn.errors
    shown = {row.name: row for row in drawn.scene.own}
    bars = [shown[mark.style] for mark in drawn.scene.marks if isinstance(mark, Bar)]
    assert [(bar.group, bar.description) for bar in bars] == [(group, name) for name in names]
    assert caption in drawn.scene.caption
    assert ("Colour of bars" in drawn.scene.caption) is bool(caption)


def test_a_colour_must_be_a_column_of_the_table(draw):
    (error,) = messages(draw(BY_COLUMN, options=SwimmerOptions(colour="arms")).errors)
    assert error.startswith("lanes.csv:1:1: no column 'arms' (did you mean arm?")
