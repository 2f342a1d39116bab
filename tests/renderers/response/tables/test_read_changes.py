"""Tables of lesions, sums and changes as people hold them; each change is arithmetic beside it."""

from __future__ import annotations

from fractions import Fraction

import polars
import pytest

from renderers.response.tables.read import read_changes
from renderers.response.tables.request import ChangeReading
from renderers.response.tables.shapes import Kind
from timeline.core.span import NEVER_ENDS


def read(tmp_path, text, named=(), **reading):
    (tmp_path / "t.csv").write_text(text)
    return read_changes(tmp_path / "t.csv", named, ChangeReading(**reading))


def changes(table):
    """Days and percent of each scan after baseline, by patient."""
    assert table.errors == (), [str(each) for each in table.errors]
    return {
        each.name: [
            (str(one.days.low) if one.days else "", one.percent and str(one.percent.low))
            for one in each.course.changes
        ]
        for each in table.patients
    }


READ = [  # table, options, kind, days and percent by patient
    pytest.param(
        "patient,arm,day,lesion,diam_mm\n1001,A,-14,T1,42\n1001,A,-14,T2,18\n1001,A,42,T1,30\n"
        "1001,A,42,T2,BLQ\n1001,A,84,T1,24\n1001,A,84,T2,0\n1002,B,-7,T1,55\n1002,B,44,T1,68\n",
        {}, Kind.SIZE,
        # 60 mm; 30 + 5 = 35 is -25/60; 24 is -36/60; 55 to 68 is 13/55
        {"1001": [("42", "-125/3"), ("84", "-60")], "1002": [("44", "260/11")]},
        id="lesions, one too small to measure: 5 mm (RECIST 1.1)"),
    pytest.param("id,day,lesion,size\nA,0,T1,4.2 cm\nA,56,T1,21 mm\n", {}, Kind.SIZE,
                 {"A": [("56", "-50")]}, id="two units, each in its cell"),
    pytest.param("id,day,SLD (cm)\nA,0,5\nA,56,4\n", {}, Kind.SUM, {"A": [("56", "-20")]},
                 id="the unit in the heading of a sum"),
    pytest.param("name,date,size\n1,0,100\n1,41,80\n1,83,110\n", {"unit_of": "days"}, Kind.SUM,
                 {"1": [("41", "-20"), ("83", "10")]}, id="the columns of tumgr, unit stated"),
    pytest.param("id,cohort,ctdna_status,time,size_change\n1,A,Clearance,0,0\n1,A,Clearance,9,-30.5\n",
                 {"unit_of": "weeks"}, Kind.CHANGE, {"1": [("63", "-61/2")]},
                 id="the columns of ctDNA in reportRmd"),
    pytest.param('"patient_id","assessment_week","tumor_size_cm"\n"TR1",0,12.5\n"TR1",6,10\n', {},
                 Kind.SUM, {"TR1": [("42", "-20")]}, id="the columns of a module of jamovi"),
    pytest.param("patient_id,study_date,lesion_id,lesion_type,measurement\n1,2020-01-01,1,target,20\n"
                 "1,2020-02-26,1,target,10\n1,2020-02-26,2,non-target,30\n", {}, Kind.SIZE,
                 {"1": [("56", "-50")]}, id="the columns of an export of lesions"),
    pytest.param("id;week;sum\nA;0;10,5\nA;8;8,4\n", {}, Kind.SUM, {"A": [("56", "-20")]},
                 id="weeks, and a decimal comma"),
    pytest.param("id,month,sum\nA,-1,50\nA,0,40\nA,2,30\n", {}, Kind.SUM,
                 {"A": [("487/8", "-25")]}, id="the last scan up to 0 is the baseline: 40"),
    pytest.param("USUBJID,ADY,AVAL,PARAMCD,ABLFL\nA,1,90,SDIAM,Y\nA,22,88,SDIAM,\nA,1,35,LDIAM1,\n",
                 {}, Kind.SUM, {"A": [("21", "-20/9")]}, id="ADTR: there is no day 0"),
    pytest.param("USUBJID,ADY,AVAL,PARAMCD\nA,1,0,PCHG\nA,57,-35.5,PCHG\n", {}, Kind.CHANGE,
                 {"A": [("56", "-71/2")]}, id="percents as a parameter"),
    pytest.param("subject,day,change (%)\nA,0,0\nA,56,-35 %\nA,112,+12\n", {}, Kind.CHANGE,
                 {"A": [("56", "-35"), ("112", "12")]}, id="changes, signs and percent"),
    pytest.param("subject,day,change\nA,56,-0.35\nB,60,0.2\n", {"changes_in": "shares"},
                 Kind.CHANGE, {"A": [("56", "-35")], "B": [("60", "20")]}, id="shares, stated"),
    pytest.param("subject,best change,best response\nA,-40,PR\nB,25,PD\n", {}, Kind.BEST,
                 {"A": [("", "-40")], "B": [("", "25")]}, id="a row a patient"),
    pytest.param("id,date,sum\nA,2021-01-04,60\nA,2021-03-01,30\n", {}, Kind.SUM,
                 {"A": [("56", "-50")]}, id="dates without a start count from the first scan"),
    pytest.param("id,TRTSDT,date,sum\nA,2021-01-04,2020-12-20,60\nA,2021-01-04,2021-03-01,30\n",
                 {}, Kind.SUM, {"A": [("56", "-50")]}, id="dates and the start of treatment"),
    pytest.param("id,day,sum\nA,3,60\nA,56,30\n", {"baseline": "first"}, Kind.SUM,
                 {"A": [("53", "-50")]}, id="the first scan on request, and time from it"),
    pytest.param("id,day,visit,lesion,size\nA,-9,BL,T1,20\nA,-2,BL,T2,20\nA,55,W8,T1,10\n"
                 "A,58,W8,T2,10\n", {}, Kind.SIZE, {"A": [("58", "-50")]},
                 id="scans of one visit are one assessment, on its last day"),
    pytest.param("id,day,lesion,size,lesion type\nA,0,T1,20,TARGET\nA,0,N1,9,NON-TARGET\n"
                 "A,56,T1,30,TARGET\nA,56,N1,50,NON-TARGET\n", {}, Kind.SIZE,
                 {"A": [("56", "50")]}, id="other lesions than targets are in no sum"),
    pytest.param("id,day,lesion,size\nA,0,T1,20\nA,56,T1,10\nA,56,X,40\n", {}, Kind.SIZE,
                 {"A": [("56", "-50")]}, id="nor is a lesion that was not there at baseline"),
    pytest.param("id,day,sum,reader\nA,0,20,R1\nA,0,22,R2\nA,56,10,R1\nA,56,33,R2\n",
                 {"only": (("reader", "r2"),)}, Kind.SUM, {"A": [("56", "50")]},
                 id="one reader of two"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "options", "kind", "expected"), READ)
def test_changes_are_read(tmp_path, text, options, kind, expected):
    table = read(tmp_path, text, **options)
    assert changes(table) == expected
    assert table.kind is kind


# Lesions of the investigator and the sums that admiralonco 1.4.0 derives from them (ADTR of
# pharmaversesdtm's tr_onco_recist): 90, 88, 96 and 124 mm; T03 is a lymph node.
TRIAL = """\
2014-02-15 T01 LDIAM 35,T02 LDIAM 22,T03 LPERP 33,T01 LPERP 31.85,T02 LPERP 19.8,T03 LDIAM 33
2014-03-08 T01 LDIAM 31,T02 LDIAM 24,T03 LPERP 33,T01 LPERP 27.9,T02 LPERP 24,T03 LDIAM 33.33
2014-03-29 T01 LDIAM 37,T02 LDIAM 28,T03 LPERP 31,T01 LPERP 37,T02 LPERP 27.72,T03 LDIAM 31.62
2014-04-19 T01 LDIAM 42,T02 LDIAM 39,T03 LPERP 43,T01 LPERP 41.58,T02 LPERP 38.22,T03 LDIAM 44.29"""
PEER = {21: -2.22222222222222, 42: 6.66666666666667, 63: 37.7777777777778}  # its PCHG, from day 1
PLACES = {"T01": "COLON", "T02": "ESOPHAGUS", "T03": "LYMPH NODE"}


def trial(location=True):
    """The rows as a table of SDTM (TR), with the location of each lesion (TU)."""
    rows = ["USUBJID,TRDTC,TRLNKID,TRTESTCD,TRSTRESN,TRSTRESU,TRGRPID" + ",TULOC" * location]
    for line in TRIAL.splitlines():
        day, _, lesions = line.partition(" ")
        for lesion in lesions.split(","):
            name, code, size = lesion.split()
            cells = ["01-701-1130", day, name, code, size, "mm", "TARGET"]
            rows.append(",".join(cells + [PLACES[name]] * location))
    return "\n".join(rows) + "\n"


def test_the_sums_of_a_trial_are_those_of_a_peer(tmp_path):
    """Long axes of organs, short axes of nodes (RECIST 1.1)."""
    (patient,) = read(tmp_path, trial()).patients
    found = {int(one.days.low): float(one.percent.low) for one in patient.course.changes}
    assert found == pytest.approx(PEER)


def test_a_range_is_what_one_lesion_of_two_allows(tmp_path):
    """T2 of 30 and 10 mm not measured, T1 15 mm: at least 15 of 40, -62.5 %."""
    text = "id,day,lesion,size\nA,0,T1,30\nA,0,T2,10\nA,56,T1,15\nA,56,T2,NE\nA,99,T2,ND\n"
    (patient,) = read(tmp_path, text).patients
    first, second = patient.course.changes
    assert (first.percent.low, first.percent.high) == (Fraction(-125, 2), NEVER_ENDS)
    assert second.percent is None


def test_a_data_frame_is_read_like_a_file(tmp_path):
    frame = polars.DataFrame({"id": ["A", "A"], "day": [0, 56], "sum": [10.5, 8.4]})
    assert changes(read_changes(frame, (), ChangeReading())) == {"A": [("56", "-20")]}


WHY = [  # table, why the second patient has no change
    pytest.param("id,day,sum\nA,0,9\nA,9,9\nB,0,9\n", "no measurement after baseline", id="alone"),
    pytest.param("id,day,sum\nA,0,9\nA,9,9\nB,7,9\nB,9,9\n", "no measurement at baseline",
                 id="first scan after day 0"),
    pytest.param("id,day,sum\nA,0,9\nA,9,9\nB,0,0\nB,9,9\n", "sum of 0 at baseline", id="zero"),
    pytest.param("id,day,sum,ABLFL\nA,0,9,Y\nA,9,9,\nB,0,9,\nB,9,9,\n",
                 "no measurement at baseline", id="no flag"),
    pytest.param("id,change\nA,-9\nB,\n", "no change stated", id="an empty change"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), WHY)
def test_who_has_no_change_is_kept_with_the_reason(tmp_path, text, why):
    table = read(tmp_path, text)
    assert table.errors == ()
    assert [each.course.why for each in table.patients] == ["", why]


OTHER_NAME = (
    "t.csv:1:1: no table of changes: the columns are 'patientID', 'best_response', 'treatment' "
    "(needed are id, time, lesion and size; id, time and sum; id, time and change; id and change; "
    "a column of another name is given with --map, such as --map change=best_response)"
)
REFUSED = [  # table, options, the faults: place and beginning of the text
    pytest.param("id,score\nA,1\n", {}, ["t.csv:1:1: no table of changes"], id="another table"),
    pytest.param("patientID,best_response,treatment\nPT1,-90,Control\nPT2,20,Control\n", {},
                 [OTHER_NAME], id="changes under another name"),
    pytest.param("id,day,sum\n", {}, ["t.csv: holds no row"], id="no row"),
    pytest.param("id,time,sum\nA,0,9\nA,5,9\n", {},
                 ["t.csv:1:2: 'time' holds numbers: in which unit?"], id="no unit of times"),
    pytest.param("id,day,sum\nA,0,9\nA,x,9\nA,7,-3\n", {},
                 ["t.csv:3:2: A: not a number: 'x'", "t.csv:4:3: A: a size below 0: -3"],
                 id="two faults at once"),
    pytest.param("id,day,sum\nA,0,9\nA,7,small\n", {}, ["t.csv:3:3: A: not a size: 'small'"],
                 id="an unknown word"),
    pytest.param("id,day,lesion,size\nA,0,T1,9\nA,7,T1,BLQ\n", {},
                 ["t.csv:3:4: A: 'BLQ' counts 5 mm: in which unit are the other sizes?"],
                 id="5 mm beside sizes without a unit"),
    pytest.param("id,day,sum\nA,0,9 mm\nA,7,8\n", {}, ["t.csv:3:3: A: in which unit? '8'"],
                 id="one of two states its unit"),
    pytest.param("id,day,sum_mm\nA,0,9\nA,7,8\n", {"sizes_in": "cm"},
                 ["t.csv:1:3: 'sum_mm' states mm, and the option cm"], id="two units for a column"),
    pytest.param("id,day,sum,unit\nA,0,9,mm\nA,7,8,inch\n", {},
                 ["t.csv:3:4: no unit of a length: 'inch'"], id="an unknown unit"),
    pytest.param("id,day,change\nA,7,-0.5\nB,7,0.2\n", {},
                 [("t.csv:1:3: every change lies between -1 and 1: percent (-0.5 to +0.2 %), or "
                   "shares (-50 to +20 %)? (--option changes-in=percent, or changes-in=shares)")],
                 id="percent or shares"),
    pytest.param("id,change\nA,-1\nB,-0.5\nC,1.425\n", {},
                 [("t.csv:1:2: every change lies between -1 and 2: percent (-1 to +1.425 %), or "
                   "shares (-100 to +142.5 %)?")],
                 id="shares with one growth beyond twice the size"),
    pytest.param("id,day,change\nA,7,-0.5\n", {},
                 ["t.csv:1:3: every change lies between -1 and 1"], id="even one alone"),
    pytest.param("id,day,change\nA,7,-130\n", {}, ["t.csv:2:3: A: a change below -100 %"],
                 id="less than nothing"),
    pytest.param("id,day,sum\nA,0,9\nA,7,8\nA,7,9\n", {},
                 ["t.csv:4:3: A: two values of the patient at one time: 8 (line 3) and 9"],
                 id="two sums on one day"),
    pytest.param("id,day,sum,reader\nA,0,9,R1\nA,0,8,R2\nA,7,8,R1\nA,7,9,R2\n", {},
                 ["t.csv:1:1: 2 values are there twice, in rows that differ in reader"],
                 id="two readers: one fault"),
    pytest.param("id,change\nA,7\nA,9\n", {}, ["t.csv:3:2: A: a second row of one patient"],
                 id="two best changes"),
    pytest.param("id,day,sum,BOR\nA,0,9,PR\nA,7,8,SD\n", {},
                 ["t.csv:3:4: A: two of best responses: PR (line 2) and SD"], id="two best"),
    pytest.param("id,day,sum,response\nA,0,9,\nA,7,8,better\n", {},
                 ["t.csv:3:4: A: no response: 'better'"], id="no response"),
    pytest.param("id,day,sum,death\nA,0,9,50\nA,70,8,50\n", {},
                 ["t.csv:3:2: A: a scan on day 70, after the death on day 50"], id="too late"),
    pytest.param("id,ADY,sum\nA,0,9\nA,7,8\n", {}, ["t.csv:2:2: A: there is no study day 0"],
                 id="study day 0"),
    pytest.param("id,date,change\nA,2021-01-04,-9\n", {},
                 ["t.csv:1:2: dates without the start"], id="changes count from an unknown day"),
    pytest.param("id,day,sum\nA,0,9\nA,7,8\n", {"only": (("reader", "R1"),)},
                 ["t.csv:1:1: --option only=reader: no such column"], id="no column to choose by"),
    pytest.param("id,day,PARAMCD,AVAL\nA,0,SLDINV,9\nA,0,SLDIRF,8\n", {},
                 ["t.csv:1:3: PARAMCD holds 'SLDINV', 'SLDIRF': which one"], id="two sums"),
    pytest.param(trial(location=False), {},
                 ["t.csv:1:4: both axes of a lesion, and no column tells nodes"], id="both axes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "options", "faults"), REFUSED)
def test_what_cannot_be_read_is_named_with_its_place(tmp_path, text, options, faults):
    table = read(tmp_path, text, **options)
    found = [str(each).removeprefix(f"{tmp_path}/") for each in table.errors]
    assert len(found) == len(faults), found
    for each, expected in zip(found, faults, strict=True):
        assert each.startswith(expected)
    assert table.patients == ()


NOTED = [  # table, a part of a note or warning
    pytest.param("id,day,sum\nA,0,9\nA,7,8\nA,7,8\n", "1 value is there twice, and counted once",
                 id="a row that is repeated"),
    pytest.param("id,day,sum,ongoing,death\nA,0,9,yes,30\nA,7,8,yes,30\n",
                 "A: ongoing, and dead on day 30", id="two ends of one patient"),
    pytest.param("id,day,sum,weight\nA,0,9,70\nA,7,8,70\n", "column 'weight' is not read",
                 id="a column that nothing reads"),
    pytest.param("id,day,sum\nA,0,9\nA,7,8\n",
                 "read as sums of diameters: id 'id', time 'day', sum 'sum'; times are days",
                 id="how columns were read"),
    pytest.param("id,day,lesion,size_mm\nA,0,T1,9\nA,7,T1,BLQ\n",
                 "'BLQ' is read as too small to measure, 5 mm, in 1 cell", id="a default size"),
    pytest.param("id,day,lesion,size\nA,0,T1,9\nA,7,T1,8\nA,7,X,8\n",
                 "not measured at baseline, so in no sum: A X", id="a lesion without a baseline"),
    pytest.param("id,day,change\nA,0,-5\nA,7,-40\n",
                 "A: -5 % at baseline, where a change is 0 (not drawn)", id="changed at baseline"),
    pytest.param("id,day,sum,ABLFL\nA,-9,50,Y\nA,0,40,Y\nA,7,40,\n",
                 "A: two sizes at baseline: 50 and 40 (the last is taken)", id="two flags"),
    pytest.param("id,day,sum,PCHG\nA,0,50,\nA,7,40,-25\n",
                 "A: -20.0 % by the sizes (sum 40 of 50), and -25 in the table",
                 id="a printed change that the sums contradict"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "note"), NOTED)
def test_what_was_noticed_is_said(tmp_path, text, note):
    table = read(tmp_path, text)
    assert table.errors == ()
    assert note in "\n".join(map(str, (*table.warnings, *table.notes)))


def test_a_printed_change_within_its_rounding_is_no_warning(tmp_path):
    """50 to 33 mm is -34 %; 45 to 40 is -11.11 %."""
    text = "id,day,sum,PCHG\nA,0,50,0\nA,7,33,-34\nB,0,45,\nB,7,40,-11.1\n"
    assert read(tmp_path, text).warnings == ()
