"""Tables of times as people hold them; each expected time is arithmetic beside it."""

from __future__ import annotations

from fractions import Fraction

import polars
import pytest

from renderers.scene.journals import page_of
from renderers.survival.tables.from_table import TimesReading, times_of
from renderers.survival.tables.requested import survival_table
from renderers.table_request import TableRequest
from renderers.tables.headings import standard_headings
from tests.renderers.survival.test_survival import texts

READ = [  # table, named columns, reading, times in days, events
    pytest.param("time;event\n8,5;1\n12+;\n", (), {}, ["8.5", "12"], [True, False],
                 id="a decimal comma, and a plus without a cell of the event"),
    pytest.param("time;event\n8,5;1\n12,25+;0\n", (), {}, ["8.5", "12.25"], [True, False],
                 id="a decimal comma before the plus"),
    pytest.param("start,last,event\n01MAR2021,11MAR2021,1\n", (("time", "last"),), {}, ["10"],
                 [True], id="dates of SAS"),
    pytest.param("start,last,event\n01/02/2021,03/02/2021,1\n", (("time", "last"),),
                 {"dates": "dmy"}, ["2"], [True], id="dmy is stated: 1 to 3 February"),
    pytest.param("start,last,event\n01/02/2021,03/02/2021,1\n", (("time", "last"),),
                 {"dates": "mdy"}, ["59"], [True], id="mdy: 2 January to 2 March, 29 + 28 + 2"),
    pytest.param("start,last,event\n44209,44219,dead\n", (("time", "last"),),
                 {"dates": "serial"}, ["10"], [True], id="days of a spreadsheet"),
    pytest.param("#a\n#b\nPATIENT_ID\tOS_MONTHS\tOS_STATUS\nP1\t5\t1:DECEASED\nP2\t7\t0:LIVING\n",
                 (), {}, ["152.1875", "213.0625"], [True, False],
                 id="a clinical file of cBioPortal: 5 and 7 x 30.4375 days"),
    pytest.param("USUBJID,PARAMCD,AVAL,CNSR\n1,PFS,5,0\n1,OS,9,1\n", (), {"endpoint": "os"},
                 ["9"], [False], id="one of several endpoints"),
    pytest.param("A table\ntime,event\n5,1\n", (), {}, ["5"], [True], id="a title above"),
    pytest.param("time,event\n5,1\n7,2\n", (), {"event_codes": ("2",)}, ["5", "7"],
                 [False, True], id="the coding of R: 2 is the event, 1 is what is left"),
    pytest.param("time,cens\n5,1\n7,0\n", (("event", "cens"),), {"event_codes": ("0",)},
                 ["5", "7"], [False, True], id="0 is stated as the event"),
    pytest.param("time,event\n5,0\n7,1\n9,2\n", (),
                 {"event_codes": ("1",), "censored_codes": ("0", "2")}, ["5", "7", "9"],
                 [False, True, False], id="two codes of a censored time"),
    pytest.param("time,event\n5,ctg\n7,exitus\n9,exit\n", (),
                 {"event_codes": ("exitus", "EXIT")}, ["5", "7", "9"], [False, True, True],
                 id="words of the event in any case"),
    pytest.param("time,event\n5,0\n7,1\n9,2\n", (),
                 {"event_codes": ("1",), "competing": ("2",)}, ["5", "7", "9"],
                 [False, True, False], id="the event and a competing one"),
    pytest.param("time,CNSR\n5,1\n7,0\n", (), {"event_codes": ("0",)}, ["5", "7"],
                 [False, True], id="0 of CNSR is the event, as ADaM has it"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "named", "reading", "times", "events"), READ)
def test_times_are_read(tmp_path, text, named, reading, times, events):
    (tmp_path / "t.csv").write_text(text)
    found, problems = times_of(tmp_path / "t.csv", named, "days", TimesReading(**reading))
    assert problems == ()
    assert found.times == tuple(map(Fraction, times))
    assert found.events == tuple(events)


ADTTE = "USUBJID,TRT01P,TRT01A,PARAMCD,PARAM,AVAL,CNSR,AVALU\n"
STATED = [  # rows, unit of the figure, times, groups, endpoint, unit
    pytest.param("1,A,A,OS,Overall survival,5.5,0,MONTHS\n2,B,B,OS,Overall survival,9,1,MONTHS\n",
                 "", ["5.5", "9"], ("A", "B"), "OS", "months", id="the unit and the arms of ADaM"),
    pytest.param("1,A,A,OS,Overall survival,14,0,DAYS\n", "weeks", ["2"], ("A",), "OS", "weeks",
                 id="14 days are 2 weeks"),
    pytest.param("1,A,A,OS,Overall survival,2,0,Years\n", "months", ["24"], ("A",), "OS",
                 "months", id="a year of 365.25 days has 12 months of 30.4375"),
    pytest.param("1,A,A,OS,Overall survival,3,0,\n", "weeks", ["3"], ("A",), "OS", "weeks",
                 id="no unit in the table: that of the option"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "unit", "times", "groups", "endpoint", "known"), STATED)
def test_a_table_of_adam_says_what_its_times_are(
    tmp_path, rows, unit, times, groups, endpoint, known
):
    (tmp_path / "adtte.csv").write_text(ADTTE + rows)
    found, problems = times_of(tmp_path / "adtte.csv", (), unit)
    assert problems == ()
    assert found.times == tuple(map(Fraction, times))
    assert (found.groups, found.endpoint, found.unit) == (groups, endpoint, known)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        pytest.param("1,A,A,OS,x,5,0,MONTHS\n2,A,A,OS,x,5,0,DAYS\n",
                     "3:8: times in days, and in months above (bring them to one unit)",
                     id="mixed"),
        pytest.param("1,A,A,OS,x,5,0,MONTHS\n2,A,A,OS,x,5,0,\n",
                     "3:8: no unit, and other rows state months (write it)", id="stated in part"),
        pytest.param("1,A,A,OS,x,5,0,mm\n",
                     "2:8: not a unit of time: 'mm' (write days, weeks, months or years)",
                     id="a unit of something else"),
        pytest.param("1,A,A,OS,x,5,0,\n", "times in which unit? (write --option unit=days, weeks, "
                     "months or years)", id="stated nowhere"),
        pytest.param("1,A,A,OS,x,5,0,DAYS\n2,A,B,OS,x,5,0,DAYS\n",
                     "3:3: which column is the group: 'TRT01A' or 'TRT01P'? They differ (write "
                     "--map group=COLUMN)", id="planned and given treatment differ"),
    ],
)  # fmt: skip
def test_what_a_table_of_adam_leaves_open_is_refused(tmp_path, rows, fault):
    (tmp_path / "adtte.csv").write_text(ADTTE + rows)
    found, problems = times_of(tmp_path / "adtte.csv", (), "")
    assert found is None
    assert [str(each).removeprefix(f"{tmp_path}/adtte.csv:").strip() for each in problems] == [
        fault
    ]


@pytest.mark.parametrize(
    ("kind", "field"), [("lanes", "state"), ("changes", "arm"), ("times", "group")]
)
def test_every_reader_knows_the_same_columns_of_treatment(kind, field):
    names = ("TRT01A", "TRT01P", "TRTA", "TRTP", "ACTARM", "ARM")  # ADaM ADSL and BDS; SDTM DM
    assert standard_headings(kind)[field][: len(names)] == names


def test_a_data_frame_of_times_is_read():
    frame = polars.DataFrame({"time": [5.5, 7.0], "event": [True, False], "group": ["a", "b"]})
    found, problems = times_of(frame)
    assert problems == ()
    assert (found.times, found.events) == ((Fraction("5.5"), Fraction(7)), (True, False))
    assert found.groups == ("a", "b")


TIME, EVENT = "(write --map time=COLUMN)", "(write --map event=COLUMN)"
REMEDY = "(write 5.2, or a date as 2021-03-01)"
REFUSED = [  # table, named columns, the faults
    pytest.param("USUBJID,PARAMCD,AVAL,CNSR\n1,PFS,5,0\n1,OS,9,1\n", (),
                 ["1:2: PARAMCD holds 'PFS', 'OS': which one? (--option endpoint=PFS)"],
                 id="several endpoints"),
    pytest.param("OS_MONTHS,OS_STATUS,DFS_MONTHS,DFS_STATUS\n5,1:DECEASED,4,0:DiseaseFree\n", (),
                 ["1:1: which column is the time: 'OS_MONTHS' or 'DFS_MONTHS'? " + TIME,
                  "1:1: which column is the event: 'OS_STATUS' or 'DFS_STATUS'? " + EVENT],
                 id="two pairs of cBioPortal"),
    pytest.param("time,event\nsoon,1\nlater,1\n", (),
                 ["2:1: not a number: 'soon' " + REMEDY + "; nor is any other cell of the column "
                  "'time'"], id="one fault for a column"),
    pytest.param("start,last,event\n2021-03,2021-09-01,1\n", (("time", "last"),),
                 ["2:1: a curve needs the day: '2021-03' (write 2021-03-01, or draw case files)"],
                 id="a month is no day"),
    pytest.param("time,event\n12+,1\n", (),
                 ["2:1: 12+ is censored, yet the event is '1' (correct one)"], id="a plus and 1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "named", "faults"), REFUSED)
def test_what_is_unclear_is_one_fault(tmp_path, text, named, faults):
    (tmp_path / "t.csv").write_text(text)
    found, problems = times_of(tmp_path / "t.csv", named)
    assert found is None
    assert [str(each).removeprefix(f"{tmp_path}/t.csv:") for each in problems] == faults


COMPETING = [  # table, the competing event, events, who has the competing one, names of the two
    pytest.param("time,event\n5,1\n7,2\n9,0\n", ("2",), [True, False, False],
                 [False, True, False], ("event", "competing event"), id="codes 0, 1, 2"),
    pytest.param("time,event\n5,1\n7,2\n", ("2",), [True, False], [False, True],
                 ("event", "competing event"), id="1 and 2 are no coding of R where 2 is named"),
    pytest.param("time,event\n5,relapse\n7,Death without relapse\n9,censored\n",
                 ("death without relapse",), [True, False, False], [False, True, False],
                 ("relapse", "Death without relapse"), id="words"),
    pytest.param("time,CNSR\n5,0\n7,2\n9,1\n", ("2",), [True, False, False],
                 [False, True, False], ("event", "competing event"), id="CNSR of ADaM"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "competing", "events", "others", "names"), COMPETING)
def test_competing_events_are_named(tmp_path, text, competing, events, others, names):
    (tmp_path / "t.csv").write_text(text)
    found, problems = times_of(tmp_path / "t.csv", (), "days", TimesReading(competing=competing))
    assert problems == ()
    assert (found.events, found.competing) == (tuple(events), tuple(others))
    called = found.called.in_words()
    assert (called.event, called.competing) == names
    assert "read as the competing event" in str(found.notes[-1])


@pytest.mark.parametrize(
    ("text", "competing", "fault"),
    [
        pytest.param("time,event\n5,1\n7,2\n9,0\n", (), "--option competing=2",
                     id="a third code that is not named"),
        pytest.param("time,event\n5,1\n7,2\n", (), "competing=2 if 2 is another event",
                     id="1 and 2 alone"),
        pytest.param("time,event\n5,1\n7,0\n", ("2",), "column 'event' holds no '2'",
                     id="a code that nobody has"),
        pytest.param("time,event\n5,1\n7+,2\n", ("2",), "7+ is censored, yet the event is '2'",
                     id="censored with an event"),
    ],
)  # fmt: skip
def test_a_competing_event_that_is_unclear_is_a_fault(tmp_path, text, competing, fault):
    (tmp_path / "t.csv").write_text(text)
    found, problems = times_of(tmp_path / "t.csv", (), "days", TimesReading(competing=competing))
    assert found is None
    assert fault in " ".join(map(str, problems))


def drawn(path, text, language="en", **values):
    path.write_text(text)
    read = survival_table(TableRequest(table=path, values=values))
    return read.lay_out(page_of(language=language))


@pytest.mark.parametrize(
    ("event", "competing", "language", "names"),
    [
        pytest.param("1", "2", "de", ["Ereignis", "konkurrierendes Ereignis"], id="codes"),
        pytest.param("relapse", "death", "de", ["relapse", "death"], id="words of the table stay"),
        pytest.param("1", "2", "en", ["event", "competing event"], id="English"),
    ],
)
def test_events_without_a_word_are_named_in_the_language(
    tmp_path, event, competing, language, names
):
    text = f"time,event\n5,{event}\n7,{competing}\n9,0\n"
    scene = drawn(tmp_path / "t.csv", text, language, unit="days", competing=[competing])
    assert [name in texts(scene, "key") for name in names] == [True, True]


@pytest.mark.parametrize(
    ("text", "axis", "what"),
    [  # the names of FDA 2018, Clinical Trial Endpoints
        pytest.param("PARAMCD,AVAL,CNSR,AVALU\nOS,5,0,DAYS\n", "Overall survival probability, %",
                     "overall survival", id="PARAMCD"),
        pytest.param("PFS_MONTHS,PFS_STATUS\n5,1:PROGRESSION\n",
                     "Progression-free survival probability, %", "progression-free survival",
                     id="a heading of cBioPortal"),
        pytest.param("PARAMCD,AVAL,CNSR\nTTDET,5,0\n", "Event-free probability, %", "TTDET",
                     id="a code without a row"),
        pytest.param("time,event\n5,1\n", "Event-free probability, %", "survival", id="none"),
    ],
)  # fmt: skip
def test_a_figure_names_its_endpoint(tmp_path, text, axis, what):
    scene = drawn(tmp_path / "t.csv", text, unit="days")
    assert texts(scene, "plot")[0] == axis
    assert scene.caption.startswith(f"Kaplan-Meier estimate of {what}.")


def test_the_origin_of_times_is_stated_in_words(tmp_path):
    scene = drawn(tmp_path / "t.csv", "time,event\n5,1\n", unit="months",
                  time_zero="randomisation")  # fmt: skip
    assert scene.axes[0].title == "Months since randomisation"


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        pytest.param({"competing": ["2"], "incidence": "both"}, "6 curves",
                     id="both events of three groups"),
        pytest.param({"incidence": "event", "competing": None}, "incidence is of",
                     id="no event competes"),
    ],
)  # fmt: skip
def test_what_no_page_shows_is_refused_when_the_table_is_read(tmp_path, values, fault):
    rows = "".join(f"{n},{n % 3 if values['competing'] else n % 2},{'ABC'[n % 3 - 1]}\n"
                   for n in range(2, 14))  # fmt: skip
    (tmp_path / "t.csv").write_text(f"time,event,group\n{rows}")
    stated = {name: value for name, value in values.items() if value}
    with pytest.raises(ValueError, match=fault):
        survival_table(TableRequest(table=tmp_path / "t.csv", values={"unit": "days", **stated}))


@pytest.mark.parametrize(
    ("cells", "reading", "fault"),
    [
        pytest.param("12", {}, "1 and 2, a coding of R in which 1 is censored and 2 dead "
                     "(state it: --option event-code=2;", id="1 and 2 without a word"),
        pytest.param("013", {"event_codes": ("1",)}, "holds '0', '3' beside the event: which of "
                     "them is censored? (state it: --option censored-code=0", id="two other codes"),
        pytest.param("013", {"censored_codes": ("0",)}, "holds '1', '3' beside what is censored: "
                     "which of them is the event? (state it: --option event-code=1",
                     id="two events"),
        pytest.param("01", {"event_codes": ("2",)}, "holds no '2', the event (known: 0, 1)",
                     id="a code that no row has"),
        pytest.param("01", {"event_codes": ("1",), "censored_codes": ("1",)},
                     "'1' is stated as the event, and as censored", id="one code, two meanings"),
        pytest.param("013", {"event_codes": ("1",), "censored_codes": ("0",)},
                     "4:2: not an event: '3' (stated are 1, 0)", id="a code that is not stated"),
    ],
)  # fmt: skip
def test_codes_that_are_not_clear_are_refused(tmp_path, cells, reading, fault):
    rows = "".join(f"{time},{cell}\n" for time, cell in enumerate(cells, start=5))
    (tmp_path / "t.csv").write_text(f"time,event\n{rows}")
    found, problems = times_of(tmp_path / "t.csv", (), "days", TimesReading(**reading))
    assert found is None
    assert any(fault in str(each) for each in problems), list(map(str, problems))


def test_a_code_of_cnsr_cannot_be_turned_round(tmp_path):
    """CNSR of ADaM is 0 for the event; a table that means 1 needs another name for its column."""
    (tmp_path / "t.csv").write_text("time,CNSR\n5,1\n7,0\n")
    found, problems = times_of(tmp_path / "t.csv", (), "days", TimesReading(event_codes=("1",)))
    assert found is None
    assert "0 is the event in ADaM, and '1' is stated as it" in str(problems[0])


STRATA = "time,event,sex,Site\n5,1,F,a\n7,0,f,b\n9,1,M,\n"


def test_strata_are_the_cells_of_columns(tmp_path):
    """One spelling of each: F and f are one stratum; an empty cell and no such column are named."""
    (tmp_path / "t.csv").write_text(STRATA)
    path = tmp_path / "t.csv"
    found, problems = times_of(path, (), "days", TimesReading(strata=("sex",)))
    assert (found.strata, problems) == (("F", "F", "M"), ())
    assert not any("'sex' is not read" in str(each) for each in found.notes)
    _, problems = times_of(path, (), "days", TimesReading(strata=("site", "sexx")))
    assert [str(each).partition("t.csv")[2] for each in problems] == [
        ": no column 'sexx' (did you mean sex? known: time, event, sex, Site)",
        ":4:4: no stratum: the cell of 'Site' is empty (write it)",
    ]


@pytest.mark.parametrize(
    ("heading", "unit", "time", "known"),
    [
        pytest.param("OS_MONTHS", "", "2", "months", id="the heading states the unit"),
        pytest.param("OS_MONTHS", "weeks", "8.696428571428571", "weeks", id="2 x 30.4375 / 7"),
        pytest.param("time", "", "2", "", id="no unit, and none is needed"),
        pytest.param("time", "weeks", "2", "weeks", id="the unit of the option"),
    ],
)
def test_the_unit_of_a_heading(tmp_path, heading, unit, time, known):
    (tmp_path / "t.csv").write_text(f"{heading},event\n2,1\n")
    reading = TimesReading(needs_unit=False)
    found, _ = times_of(tmp_path / "t.csv", (("time", heading),), unit, reading)
    assert (float(found.times[0]), found.unit) == (pytest.approx(float(time)), known)
