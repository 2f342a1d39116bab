"""More tables of the kinds that people hold; the expected words were written down beforehand."""

from __future__ import annotations

import os
import re

import pytest
import typer

from renderers.survival.tables.event_codes import coding, word
from renderers.survival.tables.from_table import times_of
from renderers.swimmer.tables.figure import swimmer_from_tables
from renderers.swimmer.tables.read import TableSource
from renderers.tables.labels import is_ongoing, kind_of, label_meaning
from tests.code_texts import CODE, texts
from timeline.cli.app import app
from timeline.cli.program import RENAMED

LANES = "id,start,end,state,ongoing\nA,0,5,on,no\nB,0,3,on,yes\n"
EVENTS = "id,time,event\nA,5,Death\n"


def messages(tmp_path, lanes=LANES, events=EVENTS, named=(), unit="months", **more):
    """Every message on two tables, errors first, without the folder; and the scene."""
    files = [tmp_path / "lanes.csv", tmp_path / "events.csv"]
    for file, text in zip(files, (lanes, events), strict=True):
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    source = TableSource(lanes=files[0], events=(files[1],), column_map=named, unit=unit, **more)
    drawn = swimmer_from_tables(source)
    every = (*drawn.errors, *drawn.warnings, *drawn.notes)
    return drawn, [str(each).replace(f"{tmp_path}/", "") for each in every]


SOUND = [
    pytest.param("sep=;\r\n" + LANES.replace(",", ";"), id="the separator is said, as Excel does"),
    pytest.param(LANES.replace(",", "|"), id="bars between the columns"),
    pytest.param(LANES.replace("\n", "\r"), id="line ends of an old Mac"),
    pytest.param("\ufeff\ufeff" + LANES, id="two byte order marks"),
    pytest.param(LANES.replace("\n", ",,\n"), id="empty columns behind the last"),
    pytest.param(
        "ID , START,End,\u00a0state,OnGoing\n" + LANES.partition("\n")[2], id="case, blanks"
    ),
    pytest.param(LANES.replace("A,0,5,on", 'A,0,5, "on"'), id="a blank before a quoted text"),
    pytest.param(LANES.replace("id,", "USUBJID,"), id="USUBJID is the id (CDISC)"),
]


@pytest.mark.parametrize("lanes", SOUND)
def test_a_sound_table_of_any_program_is_drawn_without_a_word(tmp_path, lanes):
    drawn, words = messages(tmp_path, lanes)
    assert words == []
    assert drawn.scene is not None


NAMED = [  # lanes, events, the text of --map, the one message
    pytest.param(",id,start,end,state,ongoing\n0,A,0,5,on,no\n1,B,0,3,on,yes\n", EVENTS, (),
                 "lanes.csv:1:1: column 1 has no heading and is not read", id="index of pandas"),
    pytest.param(LANES.replace("\nA,", "\nA\x1b,"), EVENTS, (),
                 "lanes.csv:2:1: a control character, U+001B (delete it)", id="an escape"),
    pytest.param(LANES.replace("on,no", "on\x00,no"), EVENTS, (),
                 "lanes.csv:2:4: a control character, U+0000 (delete it)", id="a zero byte"),
    pytest.param(LANES.encode("utf-16"), EVENTS, (), "text in UTF-16", id="Unicode text of Excel"),
    pytest.param(LANES.replace("id,", "ID,Id,").replace("A,0", "A,A,0").replace("B,0", "B,B,0"),
                 EVENTS, (), "which column is the id: 'ID' or 'Id'? (write --map id=COLUMN)",
                 id="two headings of one spelling"),
    pytest.param(LANES, EVENTS, (("start", "end"), ("end", "end")),
                 "lanes.csv:1:3: the column 'end' is mapped to start and to end (give each field",
                 id="one column for two fields"),
    pytest.param(LANES, EVENTS, (("start", "end"),), "lanes.csv:1:1: the column 'end' is mapped "
                 "to another field, and the end needs one (write --map end=COLUMN)",
                 id="one column for two fields, of which one is not named"),
    pytest.param(LANES, EVENTS, (("ongoing", "still_on"),),
                 "--map ongoing=still_on: no column 'still_on'", id="a mapped column is not there"),
    pytest.param(LANES.replace("on,no", 'on"x,no').replace("on,yes", '"on"x,yes'), EVENTS, (),
                 "lanes.csv:3:1: there is text after a closing quotation mark", id="a stray quote"),
    pytest.param(LANES, EVENTS + "a,2,Scan\n", (),
                 "'Scan' is of a patient without a lane (did you mean 'A'?)", id="case of an id"),
    pytest.param(LANES.replace("A,", "007,"), "id,time,event\n7,5,Death\n", (),
                 "is of a patient without a lane (did you mean '007'?)", id="zeros cut by Excel"),
    pytest.param(LANES, EVENTS + "A,6,Scan\n".replace("Scan", "Complete response (CR)"), (),
                 "'Complete response (CR)' at 6 is after the death", id="after death"),
    pytest.param(LANES, "id,time,event\nA,5,Patient DIED\nA,6,Scan\n", (),
                 "'Scan' at 6 is after the death at 5", id="a death in other words"),
    pytest.param(LANES, "id,time,event\nA,5,Deceased\nA,-2,PARTIAL  RESPONSE\n", (),
                 "response before treatment: 'PARTIAL RESPONSE' at -2", id="capitals"),
    pytest.param(LANES, "id,time,event\nA,5,Deceased\nA,-2,Best response: PR\n", (),
                 "response before treatment: 'Best response: PR' at -2", id="with words before"),
    pytest.param(LANES, "id,time,event,end\nA,5,Death,\nA,1,toxicity,3\n", (),
                 "'toxicity' has an end, but is no response", id="an end on an event"),
]  # fmt: skip


@pytest.mark.parametrize(("lanes", "events", "named", "words"), NAMED)
def test_what_is_wrong_is_named_at_its_place(tmp_path, lanes, events, named, words):
    _, found = messages(tmp_path, lanes, events, named)
    assert any(words in each for each in found), found


@pytest.mark.parametrize(
    ("named", "words"),
    [
        pytest.param(
            (("strat", "x"),), "--map strat=..: no such field (did you mean state?", id="?"
        ),
        pytest.param((("id", "a"), ("id", "b")), "--map id=.. is given twice", id="twice"),
    ],
)
def test_a_field_that_is_none_is_refused(tmp_path, named, words):
    with pytest.raises(ValueError, match="--map") as fault:
        messages(tmp_path, named=named)
    assert words in str(fault.value)


def test_fields_that_two_tables_share_may_have_two_names(tmp_path):
    """--map id=pt names the column of the lanes; the events have a column of the field's name."""
    drawn, words = messages(tmp_path, LANES.replace("id,", "pt,"), named=(("id", "pt"),))
    assert words == []
    assert drawn.scene is not None


def test_a_mapped_column_can_also_be_a_group(tmp_path):
    source = TableSource(
        lanes=tmp_path / "lanes.csv", column_map=(("state", "arm"),), unit="months"
    )
    source.lanes.write_text("id,start,end,arm,ongoing\nA,0,5,x,yes\nB,0,3,y,yes\n")
    from renderers.swimmer.options import SwimmerOptions

    drawn = swimmer_from_tables(source, options=SwimmerOptions(group="arm"))
    assert drawn.errors == ()


@pytest.mark.parametrize("make", ["pipe", "loop", "folder", "device"])
def test_what_is_no_plain_file_is_refused_at_once(tmp_path, make):
    path = tmp_path / "lanes.csv"
    if make == "pipe":
        os.mkfifo(path)
    elif make == "loop":
        path.symlink_to(path)
    elif make == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    drawn = swimmer_from_tables(TableSource(lanes=path, unit="months"))
    assert len(drawn.errors) == 1
    assert "cannot be read" in str(drawn.errors[0])


def test_a_file_over_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("timeline.files.file_text.LARGEST", 20)
    _, words = messages(tmp_path)
    assert any("larger than" in each for each in words)


SPELLED = {
    "death": ("Death", "DIED", "deceased ", "Dead", "Death (any cause)", "Death due to PD"),
    "PD": ("PD", "pd", "Progression", "progressive disease (PD)", "PROGRESSIVE\u00a0DISEASE",
           "Disease progression", "Confirmed PD", "best response: PD"),
    "CR": ("CR", "complete response", "Complete Remission", "Complete response (CR)"),
    "PR": ("PR", "partial response", "PR (confirmed)", "Partial Response (PR) - confirmed"),
    "stop toxicity": ("Discontinued due to adverse event", "Adverse event leading to withdrawal"),
    "stop progression": ("Discontinued: progressive disease", "Off study (PD)"),
    "stop other": ("Treatment discontinuation", "Discontinued", "Off treatment", "End of study"),
    "stop completed": ("COMPLETED", "Treatment completed", "Completed planned therapy"),
    "toxicity": ("Adverse event", "Grade 3 AE", "toxicity: rash", "Serious adverse event"),
    "end unknown": ("Lost to follow-up", "LTFU", "lost to follow up"),
    "alive": ("Alive", "Last contact", "last follow-up", "Censored"),
}  # fmt: skip


@pytest.mark.parametrize(("sign", "labels"), SPELLED.items(), ids=SPELLED)
def test_a_kind_of_event_is_known_by_any_spelling(sign, labels):
    for label in labels:
        kind = kind_of(label)
        assert (label, kind and kind.marker) == (label, sign)


@pytest.mark.parametrize(
    "label",
    ["Response", "Relapse", "no death", "complete resection margin?", "Event kind 1", "Dose", "Cd"],
)
def test_other_labels_end_nothing(label):
    kind = kind_of(label)
    assert kind is None or not kind.ends


def test_qualified_labels_have_markers_of_their_own():
    assert (
        label_meaning("PR")
        == label_meaning("partial response (PR)")
        != label_meaning("unconfirmed PR")
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Y", True), ("1.0", True), ("x", True), ("ONGOING", True), ("On treatment", True),
     ("N", False), ("0.0", False), ("", False), ("Discontinued", False), ("ja", None),
     ("2", None), ("maybe", None)],
)  # fmt: skip
def test_words_for_ongoing(text, answer):
    assert is_ongoing(text) is answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [("1:DECEASED", True), ("0:LIVING", False), ("0:DECEASED", None), ("1", True), ("0.0", False),
     ("Recurred", True), ("Alive", False), ("lost to follow-up", False), ("Discontinued", None),
     ("2", None), ("", None), ("Recurred/Progressed", True), ("0:CENSORED", False)],
)  # fmt: skip
def test_whether_a_word_is_the_event(text, answer):
    assert word(text) is answer


@pytest.mark.parametrize(
    ("heading", "texts", "fault"),
    [
        pytest.param("cens", ["0", "1"], True, id="1 may be the event (GBSG2) or censored"),
        pytest.param("Censored", ["yes", "no"], True, id="censored: yes is no event"),
        pytest.param("censored", ["event", "censored"], False, id="words leave no doubt"),
        pytest.param("status", ["1", "2"], True, id="1 and 2"),
        pytest.param("status", ["0", "1"], False, id="0 and 1"),
        pytest.param("CNSR", ["0", "1", "2"], False, id="CNSR"),
    ],
)
def test_a_coding_that_leaves_doubt_is_refused(heading, texts, fault):
    assert bool(coding(heading, texts).fault) is fault


def times(tmp_path, text, named=()):
    path = tmp_path / "times.csv"
    path.write_text(text)
    found, problems = times_of(path, named, "days")
    return found, [str(each).partition("times.csv:")[2] for each in problems]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("id,time,event\nA,5,1\nA,5,1\n", "3:1: A: a second time in one curve, first "
                     "in line 2", id="a patient twice"),
        pytest.param("time,event\n12+,1\n", "2:1: 12+ is censored, yet the event is '1'", id="12+"),
        pytest.param("time,event\n2021-05-02,1\n", "2:1: a date: '2021-05-02' (give the date that "
                     "it counts from as well: --map start=COLUMN)", id="a date alone"),
        pytest.param("start,time,event\n2021-05-02,2021-05-01,1\n", "lies before the start",
                     id="dates the wrong way round"),
        pytest.param("start,time,event\n2021-05,2021-08-01,1\n", "a curve needs the day: '2021-05'",
                     id="a month is no day"),
        pytest.param("time,CNSR\n5,yes\n", "not an event: 'yes' (CNSR is 0 for", id="CNSR"),
        pytest.param("time,event\n5,3\n", "other codes are stated: --option event-code=2",
                     id="3 is no event"),
    ],
)  # fmt: skip
def test_a_fault_of_a_table_of_times(tmp_path, text, words):
    found, problems = times(tmp_path, text)
    assert found is None
    assert any(words in each for each in problems), problems


def test_a_patient_may_be_in_two_curves(tmp_path):
    found, problems = times(tmp_path, "id,time,event,group\nA,5,1,PFS\nA,9,0,OS\n")
    assert (problems, found.groups) == ([], ("PFS", "OS"))


def test_a_name_of_no_field_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no such field"):
        times(tmp_path, "time,event\n5,1\n", (("state", "x"),))


def test_one_state_and_one_group_in_two_spellings_are_one(tmp_path):
    lanes = "id,start,end,state,ongoing\nA,0,5,on,yes\nB,0,3,On,yes\n"
    drawn, words = messages(tmp_path, lanes, "id,time,event\n")
    assert words == ["lanes.csv:3:2: B: the state 'On' is read as 'on' (spell them alike)"]
    assert drawn.scene is not None
    found, _ = times(tmp_path, "time,event,group\n5,1,Drug A\n6,0,drug  a\n")
    assert found.groups == ("Drug A", "Drug A")
    assert [note.what for note in found.notes] == [
        "the group 'drug a' is read as 'Drug A' (spell them alike)"
    ]


# A name after a brace, a semicolon or "var(" is a custom property of CSS, not an option.
OPTION = re.compile(r"(?<![\w{;-])(?<!var\()--[a-z]+(?:-[a-z]+)*")


def test_a_message_names_only_options_that_exist():
    """Every option that the source names in any string is one of some command."""
    real = {"--help", "--version"}
    for command in typer.main.get_group(app).commands.values():
        real |= {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    for path in CODE:
        for _, text in texts(path):
            if text in RENAMED:
                continue
            assert set(OPTION.findall(text)) <= real, (path, text)
