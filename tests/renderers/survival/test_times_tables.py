"""Tables of times as people hold them; each expected time is arithmetic beside it."""

from __future__ import annotations

from fractions import Fraction

import polars
import pytest

from renderers.survival.from_table import TimesReading, times_of

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
                 (), {}, ["5", "7"], [True, False], id="a clinical file of cBioPortal"),
    pytest.param("USUBJID,PARAMCD,AVAL,CNSR\n1,PFS,5,0\n1,OS,9,1\n", (), {"endpoint": "os"},
                 ["9"], [False], id="one of several endpoints"),
    pytest.param("A table\ntime,event\n5,1\n", (), {}, ["5"], [True], id="a title above"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "named", "reading", "times", "events"), READ)
def test_times_are_read(tmp_path, text, named, reading, times, events):
    (tmp_path / "t.csv").write_text(text)
    found, problems = times_of(tmp_path / "t.csv", named, "days", TimesReading(**reading))
    assert problems == ()
    assert found.times == tuple(map(Fraction, times))
    assert found.events == tuple(events)


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
                 ["1:2: PARAMCD holds 'PFS', 'OS': which one is drawn? (--option endpoint=PFS)"],
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
    assert (found.called.event, found.called.competing) == names
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
