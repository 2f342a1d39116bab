"""Tables of every shape: what becomes a bar, a marker and an arrow, written down beforehand."""

from __future__ import annotations

import pytest

from renderers.backends.legend import legend
from renderers.scene.journals import page_of
from renderers.scene.scene import Arrow, Bar, Label, Marker
from renderers.swimmer.tables.read_lanes import read_lanes
from renderers.tables.headings import standard_headings
from renderers.tables.labels import is_ongoing, kind_of
from timeline.core.data_tables import data_rows

# After Matange's example of HIGHLOW: two responses of patient 3 take two rows of one bar.
HIGHLOW = """Item,Stage,Low,High,Highcap,Status,Start,End,Durable
1,Stage 1,0,18.5,FilledArrow,Complete response,6.5,13.5,-0.25
2,Stage 2,0,17,None,Complete response,10.5,17,-0.25
3,Stage 3,0,14,FilledArrow,Partial response,2.5,3.5,-0.25
3,Stage 3,0,14,FilledArrow,Partial response,6,.,.
4,Stage 4,0,12.5,FilledArrow,Partial response,.,.,.
"""
ADTTE = """USUBJID,TRTP,PARAMCD,AVAL,AVALU,CNSR,EVNTDESC
01,Drug A,PFS,120,DAYS,0,Disease progression
01,Drug A,OS,300,DAYS,0,Death
02,Drug B,PFS,150,DAYS,1,Last assessment
02,Drug B,OS,200,DAYS,2,Lost to follow-up
"""
CBIOPORTAL = """#Timeline of a study, in days
#a second line
PATIENT_ID\tSTART_DATE\tSTOP_DATE\tEVENT_TYPE\tAGENT\tSTATUS
P1\t0\t90\tTREATMENT\tDoxorubicin\t
P1\t30\t60\tTREATMENT\tIfosfamide\t
P1\t40\t\tSPECIMEN\t\t
P1\t80\t80\tTREATMENT\tDenosumab\t
P1\t95\t\tSTATUS\t\tDeceased
P2\t10\t\tSURGERY\t\t
"""
ADSL = """USUBJID,TRT01P,TRT01A,TRTSDT,TRTEDT,EOTSTT,DCTREAS,DTHDT,AGE
01,X,Y,01JAN2021,11JAN2021,DISCONTINUED,ADVERSE EVENT,,60
02,X,X,01JAN2021,21JAN2021,DISCONTINUED,DEATH,31JAN2021,61
03,X,X,01JAN2021,31JAN2021,ONGOING,,,62
"""
PARAMETERS = """USUBJID,PARAMCD,ADT,AVALC
01,OVRLRESP,2021-01-06,SD
01,OVRLRESP,2021-01-09,PR
01,CBOR,2021-01-06,PR
01,RSP,2021-01-06,Y
"""
ENDS = "patient;duration;Ongoing\nA;10,5;Y\nB;30;Y\n"
WIDE = """id,start,end,ongoing,Progression,Surgery_date,last_alive,death,age at diagnosis
A,2021-01-01,2021-03-02,no,2021-02-01,2021-01-11,2021-04-01,2021-04-11,2021
B,2021-01-01,2021-01-31,no,,,2021-02-10,,1950
"""
SHAPES = [  # table, options, bars (days), markers (style, day), arrows, warnings
    pytest.param(HIGHLOW, {"unit": "days"}, [(0, 12.5), (0, 14), (0, 17), (0, 18.5)],
                 [("CR", 6.5), ("CR", 10.5), ("PR", 2.5), ("PR", 6), ("end unknown", 17)], 3,
                 ["2: the table does not state how the lane ends"], id="HIGHLOW of SAS"),
    pytest.param(ADTTE, {"unit": "months"}, [(0, 200), (0, 300)],
                 [("PD", 120), ("death", 300), ("end unknown", 200)], 0, [],
                 id="ADTTE: AVALU is the unit, the axis has another"),
    pytest.param(CBIOPORTAL, {"unit": "months"}, [(0, 90), (30, 60)],
                 [("death", 95), ("scan", 80), ("symptom", 40)], 0, [],
                 id="cBioPortal with lines above: days, combinations, events of one day"),
    pytest.param(ADSL, {}, [(0, 10), (0, 20), (0, 30)],
                 [("death", 30), ("stop death", 20), ("stop toxicity", 10)], 1, [],
                 id="ADSL: a death is drawn on its date, not where treatment stopped"),
    pytest.param(ENDS, {"unit": "days"}, [(0, 10.5), (0, 30)], [], 2, [], id="ends only"),
    pytest.param(WIDE, {"open_ends": True}, [(0, 30), (0, 60)],
                 [("PD", 31), ("alive", 40), ("death", 100), ("surgery", 10)], 0, [],
                 id="milestones: dates of known events; the last contact only of the living"),
]  # fmt: skip


def drawn(tmp_path, text, options):
    (tmp_path / "t.csv").write_text(text)
    found = read_lanes(tmp_path / "t.csv", options=options)
    assert found.errors == ()
    return found


@pytest.mark.parametrize(("text", "options", "bars", "markers", "arrows", "warnings"), SHAPES)
def test_a_shape_becomes_lanes(tmp_path, text, options, bars, markers, arrows, warnings):
    found = drawn(tmp_path, text, options)
    marks = found.lay_out().marks
    assert sorted((m.start, m.end) for m in marks if isinstance(m, Bar)) == bars
    signs = sorted((m.style, m.at) for m in marks if isinstance(m, Marker))
    assert signs == sorted(markers)
    assert sum(isinstance(m, Arrow) for m in marks) == arrows
    assert [each.what for each in found.warnings] == warnings


NOTES = [  # table, options, what is noted
    pytest.param(HIGHLOW, {"unit": "days"}, ["read as the columns of a HIGHLOW statement of SAS",
                 "1 of 5 cells of status have no start", "column 'Durable' is not read"],
                 id="HIGHLOW"),
    pytest.param(CBIOPORTAL, {}, ["line 3 is read as the heading", "no lane: P2"],
                 id="cBioPortal"),
    pytest.param(ADSL, {}, ["state is 'TRT01A'", "columns 'TRT01P', 'AGE' are not read"],
                 id="ADSL: the treatment received, and what is not read"),
    pytest.param(ENDS, {"unit": "days"}, ["each lane begins at 0", "all bars are one state",
                 "'10,5' is read as 10.5"], id="ends only"),
    pytest.param(WIDE, {"open_ends": True}, ["column 'age at diagnosis' is not read"],
                 id="milestones: an age is no date"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "options", "notes"), NOTES)
def test_what_was_read_and_what_not_is_named(tmp_path, text, options, notes):
    said = [each.what for each in drawn(tmp_path, text, options).notes]
    for words in notes:
        assert any(words in each for each in said), said


def test_numbers_in_a_column_of_an_event_are_not_taken_for_times(tmp_path):
    """A column Death of 0 and 1 is yes and no; only an option makes it times."""
    text = "id,start,end,state,ongoing,Death\nA,0,5,x,yes,0\nB,0,5,x,yes,1\n"
    found = drawn(tmp_path, text, {"unit": "days"})
    assert not any(isinstance(mark, Marker) for mark in found.lay_out().marks)
    assert "--option milestones=Death" in str(found.notes)


def test_the_one_state_of_a_table_that_names_none_is_translated(tmp_path):
    lanes = drawn(tmp_path, ENDS, {"unit": "days"})
    scenes = [lanes.lay_out(page_of("generic", language=each)) for each in ("en", "de")]
    assert [scene.own[0].description for scene in scenes] == ["Interval", "Intervall"]


REFUSED = [  # table, the fault
    pytest.param("id,end,state,ongoing\nA,2021-03-01,x,yes\n", "no column 'start'",
                 id="ends that are dates have no start"),
    pytest.param("id,strat,end,state,ongoing\nA,0,5,x,yes\n", "no column 'start' (did you mean st",
                 id="a misspelt start is not filled in"),
    pytest.param("id,start,end,sttae,ongoing\nA,0,5,x,yes\n", "no column 'state' (did you mean st",
                 id="nor is a misspelt state"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), REFUSED)
def test_what_only_looks_like_a_shape_is_refused(tmp_path, text, fault):
    (tmp_path / "t.csv").write_text(text)
    found = read_lanes(tmp_path / "t.csv", options={"unit": "days"})
    assert [fault in each.what for each in found.errors] == [True], found.errors


def test_a_milestone_that_is_no_column_is_named(tmp_path):
    (tmp_path / "t.csv").write_text("id,start,end,state\nA,0,5,x\n")
    found = read_lanes(tmp_path / "t.csv", options={"unit": "days", "milestones": ["Deth"]})
    assert "no column 'Deth'" in str(found.errors[0])


@pytest.mark.parametrize("name", ["table_words", "table_headings"])
def test_every_row_of_a_table_of_spellings_has_a_source(name):
    rows = list(data_rows(name))
    assert rows
    assert all(row.text("source") for row in rows)


def test_no_word_has_two_meanings():
    words = [word.lower() for row in data_rows("table_words") for word in row.texts("words")]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("ONGOING", True, id="EOTSTT"),
        pytest.param("FilledArrow", True, id="a cap of HIGHLOW"),
        pytest.param("None", False, id="no cap"),
        pytest.param("Y", True, id="Y"),
        pytest.param("ja", None, id="another language"),
        pytest.param("Living", None, id="alive is no answer to ongoing"),
    ],
)
def test_words_for_what_goes_on(word, expected):
    assert is_ongoing(word) is (False if word == "Living" else expected)


def test_names_of_columns_are_of_their_kind_of_table():
    assert standard_headings("times")["event"][0] == "CNSR"
    assert kind_of("DTHDT").marker == "death"
    assert "ongoing" not in standard_headings("events")


PARAMETER_CASES = [  # options, heading, the fault, markers of the first lane (style, day)
    pytest.param({}, "PARAMCD", "PARAMCD holds 'OVRLRESP', 'CBOR', 'RSP': which are events?", [],
                 id="a best response is no scan, a flag no event"),
    pytest.param({"only": {"PARAMCD": "OVRLRESP"}}, "PARAMCD", "",
                 [("PR", 8), ("SD", 5), ("stop toxicity", 10)], id="the parameter is chosen"),
    pytest.param({}, "CODE", "", [("PR", 5), ("PR", 8), ("SD", 5), ("stop toxicity", 10),
                 ("symptom", 5)], id="a column of another name is no parameter"),
    pytest.param({"only": {"PARAMCD": "OVRLRSP"}}, "PARAMCD",
                 "no row with PARAMCD 'OVRLRSP' (did you mean OVRLRESP?", [], id="a value of none"),
    pytest.param({"only": {"PARCD": "OVRLRESP"}}, "PARAMCD",
                 "--option only=PARCD: no such column (did you mean PARAMCD?", [],
                 id="a column of none"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "heading", "fault", "markers"), PARAMETER_CASES)
def test_the_rows_of_one_parameter_are_the_events(tmp_path, options, heading, fault, markers):
    (tmp_path / "lanes.csv").write_text(ADSL)
    (tmp_path / "events.csv").write_text(PARAMETERS.replace("PARAMCD", heading))
    found = read_lanes(tmp_path / "lanes.csv", tmp_path / "events.csv", options=options)
    assert [fault in each.what for each in found.errors] == ([True] if fault else [])
    if not fault:
        lane = next(lane for lane in found.lane_set.lanes if lane.name == "01")
        assert sorted((each.style, each.dates.low) for each in lane.markers) == markers


BOUNDED = [  # start, end, death, reason, event; the ranges of the end and of each marker, in days
    pytest.param("2024-01-01,2024-05", "2024-05-07", "OTHER", "", {"bar": (121, 127),
                 "death": (127, 127), "stop other": (121, 127)}, id="no treatment after death"),
    pytest.param("2024-01-01,2024-05-20", "2024-05", "OTHER", "", {"bar": (140, 140),
                 "death": (140, 151), "stop other": (140, 140)}, id="no death before the end"),
    pytest.param("2024-01-01,2024-05", "", "PROGRESSIVE DISEASE", "2024-05-11,PD",
                 {"bar": (121, 151), "PD": (131, 131), "stop progression": (131, 151)},
                 id="a stop for progression is not before it"),
    pytest.param("2024-01-01,2024-05", "", "ADVERSE EVENT", "2024-05-11,PD",
                 {"bar": (121, 151), "PD": (131, 131), "stop toxicity": (121, 151)},
                 id="a stop for another reason may be before it"),
    pytest.param("2024-01-01,2024-05", "2024-03-01", "OTHER", "", None,
                 id="a death before the end stays, and is refused"),
]  # fmt: skip


@pytest.mark.parametrize(("times", "death", "reason", "event", "ranges"), BOUNDED)
def test_the_order_of_events_bounds_vague_dates(tmp_path, times, death, reason, event, ranges):
    """2024-01-01 is day 0: May begins on day 31 + 29 + 31 + 30 = 121 and ends on day 151."""
    (tmp_path / "l.csv").write_text(
        f"id,start,end,state,EOTSTT,DCTREAS,DTHDT\nA,{times},x,DISCONTINUED,{reason},{death}\n"
    )
    (tmp_path / "e.csv").write_text(f"id,time,event\n{'A,' + event if event else ''}\n")
    found = read_lanes(tmp_path / "l.csv", tmp_path / "e.csv" if event else None)
    if ranges is None:
        assert ["runs past the death" in each.what for each in found.errors] == [True]
        return
    (lane,) = found.lane_set.lanes
    end = lane.bars[0].end
    found_ranges = {m.style: (m.dates.low, m.dates.high) for m in lane.markers}
    assert {"bar": (end.low, end.high), **found_ranges} == ranges


def test_a_vague_start_is_day_0_of_all_that_is_drawn(tmp_path):
    """Nobody is known to be alive before the start that the lane counts from."""
    found = drawn(tmp_path, "id,start,end,state,ongoing\nA,2024-01,2024-05-01,x,yes\n", {})
    (lane,) = found.lane_set.lanes
    assert lane.follow_up.low == 0


def test_an_end_by_its_columns_is_told_by_the_time_of_its_column(tmp_path):
    """The tooltip and the data read as a sentence, without a gap where a time would be."""
    found = drawn(tmp_path, ADSL, {})
    ends = [m.tooltip for lane in found.lane_set.lanes for m in lane.markers]
    assert any("Discontinued: adverse event, 11JAN2021 [" in each for each in ends), ends


COUNTED_DAYS = [  # the option, deaths, markers; SAS counts 22831 for 2022-07-05
    pytest.param("sas", ("22931", ""), [("death", 100)], id="a column of deaths in days of SAS"),
    pytest.param("sas", ("1", "0"), [], id="yes and no are no days"),
    pytest.param("sas", ("61", "58"), [], id="nor are ages"),
]


@pytest.mark.parametrize(("dates", "deaths", "markers"), COUNTED_DAYS)
def test_deaths_are_read_where_days_are_counted(tmp_path, dates, deaths, markers):
    first, other = deaths
    text = (
        "id,start,end,state,Death,EOTSTT\n"
        f"A,22831,22881,x,{first},\nB,22831,22881,x,{other},ONGOING\n"
    )
    lanes = drawn(tmp_path, text, {"dates": dates, "open_ends": True}).lane_set.lanes
    found = [(m.style, m.dates.low) for lane in lanes for m in lane.markers]
    assert [each for each in found if each[0] != "end unknown"] == markers


NO_ENDS = ADSL.replace("31JAN2021,ONGOING", ",ONGOING") + "04,X,X,01FEB2021,,ONGOING,,,60\n"
GOING_ON = [  # the cut-off, the faults, the ends of bars in days from their starts
    pytest.param("", ["03: ongoing, and no end is stated, as does 04 (--option cut-off="], [],
                 id="one fault for all lanes, without a word on their scans"),
    pytest.param("2021-03-01", [], [10, 20, 28, 59],
                 id="the data cut-off: 2021-03-01 is day 59 from 1 January, 28 from 1 February"),
    pytest.param("2021-01-20", ["04: begins after the data cut-off, 2021-01-20"], [],
                 id="a lane that begins after it"),
]  # fmt: skip


@pytest.mark.parametrize(("cutoff", "faults", "ends"), GOING_ON)
def test_lanes_without_an_end_go_on_to_the_data_cutoff(tmp_path, cutoff, faults, ends):
    """TRTEDT of ADSL is empty while treatment goes on (ADaM Implementation Guide)."""
    (tmp_path / "l.csv").write_text(NO_ENDS)
    (tmp_path / "e.csv").write_text("id,time,event\n03,2021-01-16,SD\n03,2021-02-16,SD\n")
    options = {"cut_off": cutoff} if cutoff else {}
    found = read_lanes(tmp_path / "l.csv", tmp_path / "e.csv", options=options)
    assert len(found.errors) == len(faults)
    for each, words in zip(found.errors, faults, strict=True):
        assert words in each.what
    assert not found.warnings or cutoff == "2021-01-20"  # an event after that cut-off is named
    if not faults:
        assert sorted(lane.bars[0].end.high for lane in found.lane_set.lanes) == ends
        assert any("drawn to the data cut-off 2021-03-01: 03, 04" in n.what for n in found.notes)


def test_one_column_of_unknown_answers_is_one_fault(tmp_path):
    """Nor are the events named whose lanes cannot be read for it."""
    lanes = "id,start,end,state,ongoing,Death\n" + "".join(
        f"{n},2021-01-01,2021-02-01,x,{'ja' if n % 2 else 'nein'},2021-02-01\n" for n in range(1, 6)
    )
    (tmp_path / "l.csv").write_text(lanes)
    found = read_lanes(tmp_path / "l.csv")
    assert [each.what for each in found.errors] == [
        "1: neither yes nor no: 'ja' (write yes or no); so are 4 more cells of the column: 'nein'"
    ]


LEGENDS = [  # headings of state and start, the group of the bars in the legend, the axis
    pytest.param("TRT01A", "TRTSDT", "TRT01A", "first dose", id="the names of ADaM"),
    pytest.param("state", "start", "State", "first start date", id="the plain names"),
    pytest.param("Regimen", "EXSTDTC", "Regimen", "first dose", id="SDTM EX"),
]


@pytest.mark.parametrize(("state", "start", "group", "origin"), LEGENDS)
def test_a_legend_and_an_axis_are_named_by_their_columns(tmp_path, state, start, group, origin):
    text = f"id,{start},end,{state},ongoing\nA,2021-01-01,2021-02-01,x,yes\n"
    scene = drawn(tmp_path, text, {"cut_off": "2021-03-01"}).lay_out()
    texts = [mark.text for mark in legend(scene).marks if isinstance(mark, Label)]
    assert group in texts
    assert scene.axes[0].title.endswith(f"since {origin}")
    assert "ongoing at data cut-off" in texts
    assert "ongoing at last contact" not in texts


UNKNOWN = [  # events, options, labels that are named
    pytest.param("uPR", {}, "'uPR'", id="an unconfirmed response is none that is known"),
    pytest.param("uPR", {"markers": {"uPR": "PR"}}, "", id="its marker is chosen"),
    pytest.param("PR", {}, "", id="a known response"),
    pytest.param("Rash", {}, "", id="an event in words of the table"),
]


@pytest.mark.parametrize(("label", "options", "named"), UNKNOWN)
def test_labels_without_a_meaning_are_named(tmp_path, label, options, named):
    (tmp_path / "l.csv").write_text(ADSL)
    (tmp_path / "e.csv").write_text(f"id,time,event\n01,2021-01-05,{label}\n")
    found = read_lanes(tmp_path / "l.csv", tmp_path / "e.csv", options=options)
    said = [each.what for each in found.notes if "no known response" in each.what]
    assert [named in each for each in said] == ([True] if named else [])
