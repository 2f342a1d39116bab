"""Tables as people hold them: headings, codings, spellings and errors of every common program.

Each row states what is drawn from, which words the command must print, and why.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from renderers.scene.journals import page_of
from renderers.scene.scene import Arrow, Bar, Marker
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.figure import swimmer_from_tables
from renderers.swimmer.tables.read import TableSource
from timeline.cli.app import app

INPUTS = Path(__file__).parent / "inputs" / "tables"
MONTHS = ("--option", "unit=months")


def draw(folder, table, *more, out="out.svg"):
    """Exit code and everything printed; tables are named by their file in the inputs."""
    words = ["draw", "--table", str(INPUTS / table), "-o", str(folder / out), *more]
    done = CliRunner().invoke(app, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def events(name):
    return ("--events", str(INPUTS / name))


def mapped(**fields):
    return tuple(word for name, column in fields.items() for word in ("--map", f"{name}={column}"))


WIDE = mapped(id="PatientID", start="StartTime", end="EndTime", state="ResponseCategory")
ADSL = mapped(id="USUBJID", start="TRTSDT", end="TRTEDT", state="ARM", ongoing="EOTSTT")
CBIO = mapped(id="PATIENT_ID", start="START_DATE", end="STOP_DATE", state="EVENT_TYPE")
MILESTONES = ("--option", "milestones=Surgery,FirstAssessment,Progression,Death",
              "--option", "open-ends=yes")  # fmt: skip
COUNTED = mapped(start="start_month", end="end_month")
LANES = [  # table, what is added, exit code, what is printed, what is not stated
    pytest.param("P01-wide-milestones.csv", WIDE, 2,
                 ["columns 'Surgery', 'Progression', 'Death', 'AdverseEvent' are not",
                  "--option milestones=Surgery,Progression,Death,AdverseEvent",
                  "columns 'FirstAssessment', 'EventTime' are", "1 error",
                  "PT01: the lane ends without marker or arrow, as do 3 more: PT02, PT03, PT04",
                  "--option open-ends=yes"],
                 [], id="P01: milestones as columns are named"),
    pytest.param("P01-wide-milestones.csv", (*WIDE, *MILESTONES), 0,
                 ["0 errors, 1 warning", "PT01: the table does not state how the lane",
                  "ends, as do 2 more: PT02, PT04", "column 'AdverseEvent' is not"], ["'Surgery'"],
                 id="P01: milestones are drawn where an option names them"),
    pytest.param("P01-wide-milestones.csv", (*WIDE, *MILESTONES, *mapped(
                 time="EventTime", event="AdverseEvent")), 0, ["0 errors, 1 warning"], ["note:"],
                 id="P01: a pair of columns with a time and its event"),
    pytest.param("P03-adsl.csv", ADSL, 0, ["0 errors, 0 warnings", "reason is 'DCTREAS'"],
                 ["not read"], id="P03: EOTSTT, DCTREAS and DTHDT say how a lane ends"),
    pytest.param("P03-adsl.csv", (), 0, ["0 errors, 0 warnings", "columns read by their names: id",
                 "is 'USUBJID', start is 'TRTSDT', end is 'TRTEDT', state is 'ARM', ongoing is ",
                 "'EOTSTT', reason is 'DCTREAS'"], [], id="P03: the names of ADSL are known"),
    pytest.param("P04-ongoing-words.csv", (), 2, ["A8: neither yes nor no: 'ja'",
                 "A2: the lane ends without", "2 errors"], [], id="P04: ongoing in many words"),
    pytest.param("P05-dmy.csv", (), 2, ["'start' is read with the day first, as '13/01/2021' can",
                 "column 'end' is read with the day first, as '30/06/2021' can only be",
                 "S1: the lane ends without marker", "1 error"], ["not a date"],
                 id="P05: each column proves the order; S1 goes on no more and has no end"),
    pytest.param("P05-dmy.csv", ("--option", "dates=mdy"), 2,
                 ["2:2: S1: not a date with the month first: '13/01/2021'",
                  "2:3: S1: not a date with the month first: '30/06/2021'"], [],
                 id="P05: another order is contradicted by the column"),
    pytest.param("P07-excel-serials.csv", (*events("P07-excel-serials-events.csv"),
                 "--option", "unit=days"), 2,
                 ["44209 looks like a spreadsheet date: write 2021-01"],
                 ["out.svg: swimmer"], id="P07: serial numbers of a spreadsheet"),
    pytest.param("P07-excel-serials.csv", (*events("P07-excel-serials-events.csv"),
                 "--option", "dates=serial"), 0, ["0 errors, 0 warnings"], [],
                 id="P07: serial numbers are read where that is stated"),
    pytest.param("P10-duplicates.csv", events("P10-duplicates-events.csv"), 0,
                 ["events.csv:3:2: B2: 'Death' 8 is given twice, first in line 2",
                  "events.csv:4:2: B2: 'death' 8 is given twice, first in line 2",
                  "events.csv:6:2: B1: 'PR' 3 is given twice, first in line 5",
                  "P10-duplicates.csv:3:2: B1: 'A' 0 to 10 is given twice, first in line 2"], [],
                 id="P10: rows joined twice are named"),
    pytest.param("P15b-cbioportal-no-comments.txt", (), 0,
                 ["read as a timeline file of cBioPortal", "0 errors, 4 warnings",
                  "P-001: 'Specimen' at 160 is off the lane: after 150",
                  "P-001: 'Surgery' at -20 is off the lane: before 5"],
                 [], id="P15b: events of one day are signs"),
    pytest.param("P15b-cbioportal-no-comments.txt", CBIO, 0, ["read as a timeline file of cBio"],
                 [], id="P15b: the same where its columns are named"),
    pytest.param("P18-short-arrows.csv", (), 0, ["0 errors"], [], id="P18: short bars"),
    pytest.param("P19-partial.csv", events("P19-partial-events.csv"), 0, ["0 errors, 0 warnings"],
                 ["runs past the death"],
                 id="P19: some day of 2014 is not surely after November 2014"),
    pytest.param("P22-map-shadowed.csv", mapped(end="TRTEDT"), 0,
                 ["column 'end' is not read: --map names another column in its place"], [],
                 id="P22: --map wins over a column of the field's own name"),
    pytest.param("P23-case-labels.csv", events("P23-case-labels-events.csv"), 0, ["0 errors, 0 w"],
                 [], id="P23: case of a label"),
    pytest.param("P38-header-case.csv", (), 0, ["0 errors, 0 warnings"], ["note:"],
                 id="P38: case of a heading"),
    pytest.param("P39-title-line.csv", (), 0, ["P39-title-line.csv:1:1: line 3 is read as",
                 "the heading; the lines above it are left out"], [], id="P39: a title above"),
    pytest.param("P40-quoted-newline.csv", (), 0, ["0 errors"], [], id="P40: a line break"),
    pytest.param("P42-header-quotes.csv", (), 2, ["the quotation marks are part of the name: 'id'"],
                 ["did you mean"], id="P42: single quotes"),
    pytest.param("P43-space-header.csv", (), 0, ["0 errors"], [], id="P43: blanks around headings"),
    pytest.param("P44-book.xlsx", (), 0, ["0 errors, 0 warnings"], [], id="P44: a workbook"),
    pytest.param("P45-vertical-tab.csv", (), 0, ["0 errors"], [], id="P45: a vertical tab"),
    pytest.param("P47-control-char.csv", (), 2, ["P47-control-char.csv:2:4: a control character, "],
                 ["out.svg: swimmer"], id="P47: a control character"),
    pytest.param("P30-bom.csv", (), 0, ["0 errors"], [], id="P30: byte order mark"),
    pytest.param("P31-latin1.csv", (), 2, ["P31-latin1.csv:2:10: not UTF-8 text: the byte FC",
                 "--option encoding=windows-1252"], [], id="P31: Latin-1"),
    pytest.param("P31-latin1.csv", ("--option", "encoding=latin-1"), 0, ["0 errors, 0 warnings"],
                 [], id="P31: Latin-1 is named"),
    pytest.param("P31-latin1.csv", ("--option", "encoding=latin"), 2,
                 ["unknown encoding: 'latin' (did you mean latin-1?"], [], id="P31: misspelt"),
    pytest.param("P32-crlf.csv", (), 0, ["0 errors"], [], id="P32: CRLF"),
    pytest.param("P34-empty.csv", (), 2, ["holds no table"], [], id="P34: empty"),
    pytest.param("P35-header-only.csv", (), 2, ["holds no row"], [], id="P35: heading only"),
    pytest.param("P101-same-day.csv", events("P102-many-labels.csv"), 2,
                 ["no marker is left for 'Event kind 11', 'Event kind 12'",
                  "--option 'sign=Event kind 11: CR'"], ["--sign"],
                 id="P102: more kinds than signs"),
    pytest.param("P104-units.csv", ("--option", "numbers-in=days"), 0, ["0 errors"], [], id="P104"),
    pytest.param("P105-stage-order.csv", ("--option", "columns=arm"), 0,
                 ["column 'best' is not read (read are id, start, end, state, ongoing; --option ",
                  "columns=best writes it beside the lanes)"], ["'arm'"], id="P105: unread"),
    pytest.param("P107-unsorted.csv", (), 0, ["0 errors"], [], id="P107: unsorted"),
    pytest.param("P108-pd-ends-lane.csv", events("P108-pd-ends-lane-events.csv"), 2,
                 ["if 'PD' ended it: --option 'sign=PD: stop progression'",
                  "if 'Progression' ended it: --option 'sign=Progression: stop progression'"], [],
                 id="P108: the way out is named"),
    pytest.param("P108-pd-ends-lane.csv", (*events("P108-pd-ends-lane-events.csv"), "--option",
                 "sign=Progression: stop progression"), 0, ["0 errors, 0 warnings"], [],
                 id="P108: PD and Progression are one label, so one wish is enough"),
    pytest.param("map2.csv", COUNTED, 0, ["columns 'start', 'end' are not read"], [], id="map2"),
    pytest.param("off.csv", events("offe.csv"), 0, ["0 errors, 0 warnings"], ["off the lane"],
                 id="2.4 months are 2.4 months: decimals are exact"),
    pytest.param("ae.csv", events("aee.csv"), 2, ["A: the lane ends without marker or arrow"], [],
                 id="an adverse event ends nothing"),
    pytest.param("td.csv", events("tde.csv"), 0, ["0 errors, 0 warnings"], [],
                 id="a treatment discontinuation ends the lane"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "more", "code", "description", "lacks"), LANES)
def test_a_table_of_lanes(tmp_path, table, more, code, description, lacks):
    options = more if any("unit=" in word for word in more) else (*MONTHS, *more)
    found, output = draw(tmp_path, table, *options)
    assert (found, (tmp_path / "out.svg").exists()) == (code, code == 0), output
    for words in description:
        assert words in output
    for words in lacks:
        assert words not in output


def scene(table, *event_tables, **message):
    source = TableSource(
        lanes=INPUTS / table,
        events=tuple(INPUTS / name for name in event_tables),
        unit="months",
        column_map=tuple(message.items()),
    )
    drawn = swimmer_from_tables(source)
    assert drawn.scene is not None, drawn.errors
    return drawn.scene


@pytest.mark.parametrize(
    ("table", "named", "months"),
    [
        pytest.param("P22-map-shadowed.csv", {"end": "TRTEDT"}, [12, 9], id="P22"),
        pytest.param("map2.csv", {"start": "start_month", "end": "end_month"}, [3], id="map2"),
    ],
)
def test_the_column_of_the_option_is_drawn(table, named, months):
    bars = [mark for mark in scene(table, **named).marks if isinstance(mark, Bar)]
    assert [bar.end / 30.4375 for bar in bars] == months


def test_an_end_of_treatment_status_draws_arrows_and_end_signs():
    """EOTSTT (CDISC): 01-001 discontinued for progression (DCTREAS) and died later (DTHDT), 01-002
    ongoing, 01-003 completed.
    """
    drawn = scene("P03-adsl.csv", id="USUBJID", start="TRTSDT", end="TRTEDT", state="ARM",
                  ongoing="EOTSTT")  # fmt: skip
    signs = {}
    for mark in (each for each in drawn.marks if isinstance(each, Marker)):
        signs.setdefault(mark.tooltip.partition(":")[0], set()).add(mark.style)
    assert signs == {"01-001": {"stop progression", "death"}, "01-003": {"stop completed"}}
    assert sum(isinstance(mark, Arrow) for mark in drawn.marks) == 1


def test_one_event_has_one_marker_in_every_spelling():
    drawn = scene("P23-case-labels.csv", "P23-case-labels-events.csv")
    assert [m.style for m in drawn.marks if isinstance(m, Marker)] == ["death"] * 3
    assert [words for style, _, words in drawn.named if style == "death"] == ["Death"]


def test_what_is_given_twice_is_drawn_once():
    drawn = scene("P10-duplicates.csv", "P10-duplicates-events.csv")
    assert sorted(m.style for m in drawn.marks if isinstance(m, Marker)) == ["PR", "death"]
    assert sum(isinstance(mark, Bar) for mark in drawn.marks) == 2


def test_a_vertical_tab_is_a_blank_within_one_row():
    named = {style.description for style in scene("P45-vertical-tab.csv").own}
    assert {"Drug A + Drug B", "Drug C"} <= named


CURVE = ("--figure", "survival")
ADTTE = mapped(time="AVAL", event="CNSR", group="TRT01P")
TIMES = [  # table, what is added, exit code, what is printed, what is in the data (CSV)
    pytest.param("P51-cnsr-multi.csv", ADTTE, 0, ["'CNSR' is read as CNSR of ADaM: 0 is the event"],
                 ["2.1: 80.0 %; 6.2: 40.0 %", "censored at 3.4 months", "censored at 12.0 months"],
                 id="P51: 5 at risk, event at 2.1: 4/5; at 6.2 2 at risk: 4/5 x 1/2"),
    pytest.param("P51-cnsr-multi.csv", mapped(group="TRT01P"), 0, ["'CNSR' is read as CNSR"],
                 ["2.1: 80.0 %; 6.2: 40.0 %"], id="P51: AVAL and CNSR are known by name"),
    pytest.param("P52-status-1-2.csv", (*mapped(event="status", group="sex"),), 2,
                 ["column 'status' holds 1 and 2", "1 is censored and 2 dead", "1 problem"], [],
                 id="P52: the coding is named, once"),
    pytest.param("P54-negative.csv", (), 2, ["not a time: '-1.0'"], [], id="P54: negative"),
    pytest.param("P55-zero.csv", (), 0, [], ["median 5", "0: 60.0 %", "30.0 %"],
                 id="P55: 2 of 5 at time 0"),
    pytest.param("P115-plus-sign.csv", (), 0, [], ["censored at 12.0 months",
                 "censored at 20.3 months", "5.1: 75.0 %; 8.4: 50.0 %"],
                 id="P115: 12+ is censored at 12; S = 3/4, then 3/4 x 2/3"),
    pytest.param("P117-km-dates.csv", mapped(time="last", event="status"), 0,
                 ["read as the event: dead; as censored: alive"], ["6.43943: 66.7 %; 27.6961: 33.3",
                 "censored at 34.5"],
                 id="P117: 196 and 843 days, 1051 days censored, each by 30.4375"),
    pytest.param("P118-event-words.csv", (), 0,
                 ["read as the event: DEAD, Deceased, PD, Progression, Relapse; as censored",
                  "Alive, LTFU, Living"], ["censored at 15.0 months"], id="P118: words"),
    pytest.param("P119-km-group-numeric.csv", (), 0, [],
                 ["0, survival by", "1, survival by"],
                 id="P119"),
    pytest.param("P57-group-order.csv", (), 0, [], ["Drug B"], id="P57"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "more", "code", "description", "data"), TIMES)
def test_a_table_of_times(tmp_path, table, more, code, description, data):
    found, output = draw(tmp_path, table, *CURVE, *MONTHS, *more, "--sidecars")
    assert found == code, output
    for words in description:
        assert words in output
    written = (tmp_path / "out.csv").read_text() if code == 0 else ""
    for words in data:
        assert words in written


@pytest.mark.parametrize(("column", "step"), [("double", 2), ("single", 5)])
def test_a_long_calendar_names_years_at_a_step_with_space(column, step):
    """P24: 35 years; a year takes 3 mm of a double column, its number 5 mm and some air."""
    source = TableSource(lanes=INPUTS / "P24-study-years.csv", unit="months")
    drawn = swimmer_from_tables(
        source, page_of("generic", column), options=SwimmerOptions(align="calendar")
    )
    assert drawn.scene is not None
    years = [int(tick.text) for tick in drawn.scene.axes[0].ticks if tick.text]
    assert len(years) > 5
    assert {later - year for year, later in pairwise(years)} == {step}


def test_two_axes_that_do_not_share_a_day_are_refused(tmp_path):
    """P14: lanes that count from four days have no dates in common."""
    code, output = draw(
        tmp_path, "P14-two-axes.csv", "--option", "unit=years", "--option", "both-axes=yes"
    )
    assert (code, "align on a day, as 2021-03-01, or draw one axis" in output) == (2, True)
