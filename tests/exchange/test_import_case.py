"""Cases from tables: every row comes back as its event, and every fault has its cell."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import timeline as tl
from renderers.tables.cell_dates import moment_text, period_text
from renderers.tables.csv_table import MISSING
from tests.rows import every_row
from tests.situations.command_walk import FILES
from timeline.cli.app import app
from timeline.exchange.case_tables import as_csv, as_workbook, case_tables
from timeline.exchange.cell_nodes import joined_parts, parts_of
from timeline.exchange.import_case import TableOptions, import_case
from timeline.views.case_report import checked

EVENTS = """\
Event,Date,End,What,Line,Drugs,Stop,Baseline,New,Called,Grade,Sex,Age
patient,,,,,,,,,,,female,61
diagnosis,2021/3/5,,leiomyosarcoma,,,,,,,FNCLCC 2,,
Scan,2021-04-01,,,,,,1.0,,,,,
treatment,2021-04-10,2021-09-01,,1.0,doxorubicin 75 mg/m² IV; ifosfamide,progression,,,,,,
toxicity,May 2021,,neutropenia,,,,,,,3.0,,
scan,2021-06-12,,,,,,,none,PR,,,
scan,2021-09-01,,,,,,,liver; L1,PD: Abstract; SD: Figure 2,,,
last contact,2022-01,,"alive, at home",,,,,,,,,
"""
LESIONS = """\
lesion,date,size (mm),organ,node
T1,2021-04-01,23,liver,
N1,2021-04-01,18.5,mediastinum,yes
T1,2021-06-12,12.5,,
N1,2021-06-12,9,,
T1,2021-09-01,30,,
N1,2021-09-01,not evaluated,,
"""
# the case that a person would write for these two tables
WANTED = """
case: a
patient: {sex: female, age: 61}
lesions: {T1: {organ: liver}, N1: {organ: mediastinum, node: yes}}
events:
  - {diagnosis: 2021-03-05, what: leiomyosarcoma, grade: FNCLCC 2}
  - {scan: 2021-04-01, baseline: 1, lesions: {T1: 23 mm, N1: 18.5 mm}}
  - {treatment: 2021-04-10/2021-09-01, line: 1, stop: progression,
     drugs: [doxorubicin 75 mg/m² IV, ifosfamide]}
  - {toxicity: 2021-05, what: neutropenia, grade: 3}
  - {scan: 2021-06-12, new: none, called: PR, lesions: {T1: 12.5 mm, N1: 9 mm}}
  - {scan: 2021-09-01, new: [liver, L1], called: {PD: Abstract, SD: Figure 2},
     lesions: {T1: 30 mm, N1: not evaluated}}
  - {last contact: 2022-01, what: "alive, at home"}
"""


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _imported(folder: Path, events: str, lesions: str = "", **options):
    """The case of two tables; no problem may be left."""
    sheet = _file(folder, "lesions.csv", lesions) if lesions else None
    found, problems = import_case(
        _file(folder, "events.csv", events), sheet, name="a", options=TableOptions(**options)
    )
    assert not problems, [str(each) for each in problems]
    return found


def _problems(folder: Path, events: str, lesions: str = "", **options) -> list[str]:
    sheet = _file(folder, "l.csv", lesions) if lesions else None
    found, problems = import_case(
        _file(folder, "e.csv", events), sheet, name="a", options=TableOptions(**options)
    )
    assert found is None
    return [str(each).replace(f"{folder}/", "") for each in problems]


def test_two_tables_make_the_case_that_a_person_would_write(tmp_path):
    found = _imported(tmp_path, EVENTS, LESIONS)
    assert found.case == tl.load_case(_file(tmp_path, "wanted.yaml", WANTED))
    path = _file(tmp_path, "a.yaml", found.text)
    assert tl.load_case(path) == found.case
    (result,) = checked([path])
    assert not result.problems


def _cases() -> list[Path]:
    """The files of cases whose findings do not contradict each other, of which a table is made."""
    cases = [path for path in FILES if tl.load(path).case is not None]
    return [path for path in cases if not checked([path])[0].problems]


def _same(before: tl.Case, after: tl.Case) -> None:
    for name in ("patient", "lesions", "events"):
        assert getattr(after, name) == getattr(before, name), name


@every_row("path", _cases, ids=lambda path: path.stem)
def test_events_become_a_table_and_the_table_the_same_events(path, tmp_path):
    case = tl.load_case(path)
    sheets = case_tables(path).sheets
    files = [_file(tmp_path, f"{name}.csv", as_csv(grid)) for name, grid in sheets.items()]
    found, problems = import_case(*files, name=case.name)
    assert not problems, [str(each) for each in problems]
    _same(case, found.case)
    assert len(sheets["events"]) - 1 in (len(case.events), len(case.events) + 1)


def test_a_workbook_gives_the_same_case(tmp_path):
    pytest.importorskip("openpyxl")
    path = _file(tmp_path, "wanted.yaml", WANTED)
    book = tmp_path / "a.xlsx"
    book.write_bytes(as_workbook(case_tables(path)))
    found, problems = import_case(book, name="a")
    assert not problems
    _same(tl.load_case(path), found.case)


_WORDS = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="#"), min_size=1, max_size=12
).filter(lambda text: text not in MISSING and normalize("NFC", text) == text)
_WORDS |= st.sampled_from(("=1+1", "'=1", "''-a", "-12 HU", "＋x", "@a", '"', "''", "a: b", "- a"))
_DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31)).map(str)


@st.composite
def _events(draw):
    """Events of one patient in any order, each with words that need care in YAML and in CSV."""
    start = draw(st.dates(date(2000, 1, 1), date(2020, 1, 1)))
    rows = [{"treatment": f"{start}/..", "line": "1", "drugs": [draw(_WORDS), draw(_WORDS)]}]
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(("symptom", "biopsy", "toxicity", "surgery")))
        rows.append({kind: draw(_DAYS), "what": draw(_WORDS), "note": draw(_WORDS)})
    return draw(st.permutations(rows))


@settings(max_examples=60)
@given(_events())
def test_any_words_come_back_as_they_were(tmp_path_factory, entries):
    from timeline.exchange.yaml_writer import entry_text

    folder = tmp_path_factory.getbasetemp()
    text = "case: a\nevents:\n" + "".join(map(entry_text, entries))
    path = _file(folder, "words.yaml", text)
    case = tl.load(path).case
    if case is None:
        return
    grid = case_tables(path).sheets["events"]
    found, problems = import_case(_file(folder, "words.csv", as_csv(grid)), name="a")
    assert not problems, [str(each) for each in problems]
    _same(case, found.case)


FAULTY = """\
event;date;end;drugs;line;target;new;grade
scan;13/01/2021;;;;;;
scan;44209;;;;NA;;
scan;Mar-21;;;;SD;None;
chemo;2021-03;;;;;;
treatment;2021-05;2021-06;docetaxel;one;;;
toxicity;2021-05;2021-06;;;;;7
toxicity;2021-05;;NA;;;NA;
death;;;;;;;
last contact;2021-14;;;;;;
surgery;2021-02;;x;;;;
"""


@pytest.mark.parametrize(
    ("place", "what", "advice"),
    [
        ("2:2", "not a date: '13/01/2021'", "write 2021-01-13; or add --dates"),
        ("3:2", "'44209'", "write 2021-01-13"),  # day 44209 of a spreadsheet: 13 January 2021
        ("3:6", "target: 'NA' is a value here", "leave the cell empty"),
        ("4:2", "a year or a day? 'Mar-21'", "write 2021-03-15, 2021-03"),
        ("4:7", "new: 'None'", "write none or NE"),
        ("5:1", "unknown kind of event 'chemo'", "known: diagnosis"),
        ("6:5", "line: not a whole number from 1 to 30: 'one'", ""),
        ("7:3", "toxicity has one date", "leave it empty"),
        ("7:8", "grade: not a grade: '7'", "write"),
        ("9:2", "no date", "after line 1"),
        ("10:2", "no such month: '2021-14'", ""),
        ("11:4", "unknown key 'drugs'", ""),
    ],
)
def test_a_fault_has_file_row_and_field_and_what_to_write(tmp_path, place, what, advice):
    found = [each for each in _problems(tmp_path, FAULTY) if each.startswith(f"e.csv:{place}: ")]
    assert len(found) == 1, found
    assert what in found[0]
    assert advice in found[0]


def test_every_fault_is_named_once(tmp_path):
    assert len(_problems(tmp_path, FAULTY)) == 12


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2021-03", "", "2021-03"),
        ("2021/3/5", "", "2021-03-05"),
        ("2021.03.05", "", "2021-03-05"),
        ("01/02/2021", "dmy", "2021-02-01"),
        ("01/02/2021", "mdy", "2021-01-02"),
        ("1.2.2021", "dmy", "2021-02-01"),
        ("5 December 2018", "", "2018-12-05"),
        ("Dec 2018", "", "2018-12"),
        ("01-Mar-2021", "", "2021-03-01"),
        ("2021-03~", "", "2021-03~"),
        ("after line 1", "", "after line 1"),
    ],
)
def test_dates_as_people_write_them(text, order, expected):
    assert moment_text(text, order) == expected


@pytest.mark.parametrize(
    ("text", "order", "why"),
    [
        (
            "01/02/2021",
            "",
            "2021-02-01 if the day comes first, 2021-01-02 if the month does; or add",
        ),
        ("13/01/2021", "mdy", "no such month"),
        ("20210113", "", "write 2021-01-13"),
        ("1/3/21", "", "2021-03-01 if the day comes first"),
        ("2021-03-15 08:30", "", "not a date"),
        ("30/02/2021", "dmy", "February 2021 has 28 days, and no 30th"),
    ],
)
def test_dates_that_may_be_two_or_none_are_refused(text, order, why):
    with pytest.raises(ValueError, match=why):
        moment_text(text, order)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-03", "2021-05", "2021-03/2021-05"),
        ("2021-03", "ongoing", "2021-03/.."),
        ("2021-03", "..", "2021-03/.."),
        ("2021-03", "", "2021-03"),
        ("2021-03/", "", "2021-03/"),
        ("2021-03/2021-05", "", "2021-03/2021-05"),
        ("after line 1", "before line 2", "after line 1/before line 2"),
        ("[2021-03-01..2021-03-09]", "2021-05", "[2021-03-01..2021-03-09]/2021-05"),
    ],
)
def test_periods_of_two_cells(start, end, expected):
    assert period_text(start, end) == expected


@pytest.mark.parametrize(("start", "end"), [("2021-03/2021-05", "2021-06"), ("2021-03", "yes")])
def test_periods_that_have_two_ends_or_none_are_refused(start, end):
    with pytest.raises(ValueError, match=r"two ends|not a date"):
        period_text(start, end)


def test_a_column_that_is_not_known_is_never_lost_in_silence(tmp_path):
    table = "event,date,Hospital,whatt\nsurgery,2021,X,resection\n"
    found = _problems(tmp_path, table)
    assert [each.partition(" (")[0] for each in found] == [
        "e.csv:1:3: unknown column 'Hospital'", "e.csv:1:4: unknown column 'whatt'"]  # fmt: skip
    assert "did you mean what?" in found[1]
    imported = _imported(tmp_path, table, left_out=("Hospital",), column_map=(("what", "whatt"),))
    assert imported.case.events[0].what == "resection"
    assert _problems(tmp_path, table, left_out=("Hospitl", "whatt"))[0].startswith(
        "e.csv:1:1: no column 'Hospitl' (did you mean Hospital?"
    )


def test_other_headings_are_known_where_the_table_has_no_column_of_the_field(tmp_path):
    table = "Kind,Start Date,End_Date,Drug,line\ntreatment,2021-01,2021-02,x,1\n"
    assert _imported(tmp_path, table).case.events[0].at.text == "2021-01/2021-02"
    both = "event,date,start\nsurgery,2021-01,2020\n"
    assert _problems(tmp_path, both)[0].startswith("e.csv:1:3: unknown column 'start'")
    sizes = "lesion,date,Diameter [mm],baseline\nT1,2020-12-30,23,1\n"
    scan = _imported(tmp_path, table, sizes).case.all_of(tl.EVENTS["scan"])[0]
    assert [str(size) for _, size in scan.lesions] == ["23 mm"]


def test_an_empty_cell_may_have_the_missing_value_of_another_program(tmp_path):
    found = _imported(tmp_path, "event,date,what,drugs\ndeath,2021,NA,NaN\n")
    assert (found.case.events[0].kind, found.case.events[0].what) == ("death", "")


@pytest.mark.parametrize("name", ["P05-dmy", "P07-excel-serials", "P31-latin1", "P34-empty"])
def test_faulty_file_forms_of_spreadsheets_are_named(tmp_path, name):
    texts = {  # as in those situations: days first, serials, Latin-1, nothing
        "P05-dmy": b"event,date\nscan,13/01/2021\n",
        "P07-excel-serials": b"event,date\nscan,44209\n",
        "P31-latin1": "event,date,what\nscan,2021,M\xe4r\n".encode("latin-1"),
        "P34-empty": b"",
    }
    path = tmp_path / "e.csv"
    path.write_bytes(texts[name])
    found, problems = import_case(path, name="a")
    assert found is None
    assert len(problems) == 1
    assert "write" in problems[0].what or "save" in problems[0].what or "holds" in problems[0].what


def test_a_byte_order_mark_line_breaks_in_cells_and_semicolons_are_read(tmp_path):
    table = '\ufeffevent;date;what\r\nsurgery;2021;"wide\r\nresection"\r\nscan;2021-13;\r\n'
    assert [each[:10] for each in _problems(tmp_path, table)] == ["e.csv:4:2:"]


def test_lesions_without_a_scan_row_are_scans_of_their_own(tmp_path):
    events = "event,date,end,line,drugs\ntreatment,2021-01-10,ongoing,1,x\n"
    lesions = (
        "lesion,date,size_mm,baseline,modality,new\n"
        "T1,2021-01-02,30,1,CT,\nT2,2021-01-02,20,1,CT,\n"
        "T1,2021-03-02,20,,,\nT2,2021-03-02,too small,,,\nNL1,2021-03-02,14,,,yes\n"
    )
    case = _imported(tmp_path, events, lesions).case
    first, second = case.all_of(tl.EVENTS["scan"])
    assert (first.baseline, first.modality, first.at.text) == (1, "CT", "2021-01-02")
    assert [(name, str(size)) for name, size in second.lesions] == [
        ("T1", "20 mm"), ("T2", "too small")]  # fmt: skip
    assert [(name, str(size)) for name, size in second.new_lesion_sizes] == [("NL1", "14 mm")]
    assert [name for name, _ in case.lesions] == ["T1", "T2"]


@pytest.mark.parametrize(
    ("lesions", "expected"),
    [
        ("T1,2021-01-02,30,liver\nT1,2021-01-02,31,liver\n", "l.csv:3:1: 'T1' is given twice"),
        (
            "T1,2021-01-02,30,liver\nT1,2021-03-02,31,lung\n",
            "l.csv:3:4: organ: 'lung', and 'liver'",
        ),
        ("T1,2021-01-02,,liver\n", "l.csv:2:3: no size"),
        ("T1,,30,liver\n", "l.csv:2:2: no date"),
        ("T1,2/1/2021,30,liver\n", "l.csv:2:2: date: not a date: '2/1/2021'"),
        ("T1,2021-01-02,thirty,liver\n", "l.csv:2:3: lesions T1: "),
        ("T1,2021-05-02,30,liver\n", "l.csv:2:2: 2 scans of 2021-05-02 (give each an id"),
    ],
)
def test_faults_of_a_lesion_sheet(tmp_path, lesions, expected):
    events = (
        "event,date,end,line,drugs,baseline,what\nscan,2021-01-02,,,,1,\n"
        "treatment,2021-01-10,ongoing,1,x,,\nscan,2021-05-02,,,,,CT\nscan,2021-05-02,,,,,MRI\n"
    )
    found = _problems(tmp_path, events, f"lesion,date,size (mm),organ\n{lesions}")
    assert [each for each in found if each.startswith(expected)], found


def test_a_scan_is_named_by_its_id(tmp_path):
    events = (
        "event,date,end,line,drugs,baseline,id\nscan,2021-01-02,,,,1,first\n"
        "scan,2021-01-02,,,,,second\ntreatment,2021-01-10,ongoing,1,x,,\n"
    )
    head = "lesion,date,scan,size (mm)\n"
    case = _imported(tmp_path, events, f"{head}T1,2021-01-02,first,30\n").case
    assert [bool(scan.lesions) for scan in case.all_of(tl.EVENTS["scan"])] == [True, False]
    found = _problems(tmp_path, events, f"{head}T1,,third,30\n")
    assert "no such scan: 'third' (known: first, second)" in found[0]


def _book(folder: Path, rows, formats=()) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, number_format in formats:
        book.active[place].number_format = number_format
    path = folder / "book.xlsx"
    book.save(path)
    return path


def test_a_date_of_a_workbook_is_as_exact_as_it_is_shown(tmp_path):
    """A spreadsheet makes 2021-03 a day, 1 March, and shows Mar-21."""
    rows = [
        ("event", "date", "ecog", "what"),
        ("symptom", datetime(2021, 3, 1), 1, "a"),
        ("symptom", date(2021, 3, 1), 1.0, "b"),
        ("symptom", date(2021, 3, 1), None, "c"),
        ("surgery", "2021-03", None, True),
    ]
    path = _book(tmp_path, rows, [("B2", "yyyy-mm-dd"), ("B3", "mmm-yy"), ("B4", "yyyy")])
    found, problems = import_case(path, name="a")
    assert not problems
    written = {event.what: event.at.text for event in found.case.events}
    assert written == {"a": "2021-03-01", "b": "2021-03", "c": "2021", "yes": "2021-03"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [("=1/0", "a formula without a value: =1/0"), ("#REF!", "an error of the spreadsheet: #REF!"),
     (44209, "write 2021-01-13")],
)  # fmt: skip
def test_faults_of_a_workbook_have_sheet_row_and_column(tmp_path, value, expected):
    path = _book(tmp_path, [("event", "date"), ("scan", value)])
    _, problems = import_case(path, name="a")
    assert expected in str(problems[0])
    assert f"{path} (Sheet):2:2: " in str(problems[0])


def test_a_broken_workbook_and_a_missing_file_are_named(tmp_path):
    pytest.importorskip("openpyxl")
    path = tmp_path / "a.xlsx"
    for content in (b"", b"PK\x03\x04nothing", b"text"):
        path.write_bytes(content)
        _, problems = import_case(path, name="a")
        assert "not a workbook" in str(problems[0])
    _, problems = import_case(tmp_path / "b.xlsx", name="a")
    assert "cannot be read" in str(problems[0])


def _run(*words: str):
    return CliRunner().invoke(app, list(words))


def test_the_command_writes_a_case_that_checks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _file(tmp_path, "e.csv", EVENTS)
    _file(tmp_path, "l.csv", LESIONS)
    done = _run("import", "e.csv", "--lesions", "l.csv", "-o", "a.yaml")
    assert (done.exit_code, "7 events, 1 line;" in done.output) == (0, True)
    assert _run("check", "a.yaml").exit_code == 0
    printed = _run("import", "e.csv", "--lesions", "l.csv", "--name", "a")
    assert printed.stdout == (tmp_path / "a.yaml").read_text("utf-8")


def test_a_case_that_import_has_not_made_is_not_replaced(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _file(tmp_path, "e.csv", EVENTS)
    mine = _file(tmp_path, "a.yaml", "case: mine\n")
    done = _run("import", "e.csv", "-o", "a.yaml")
    assert (done.exit_code, mine.read_text()) == (2, "case: mine\n")
    assert _run("import", "e.csv", "-o", "a.yaml", "--overwrite").exit_code == 0
    assert _run("import", "e.csv", "-o", "a.yaml").exit_code == 0  # which import has made
    assert _run("import", "e.csv", "-o", "e.csv").exit_code == 2
    assert (tmp_path / "e.csv").read_text("utf-8") == EVENTS


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--dates", "ymd"], "unknown order: 'ymd'"),
        (["--map", "whta=x"], "no such field"),
        (["--map", "what"], "write FIELD=COLUMN"),
    ],
)
def test_wrong_options_are_named(tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    _file(tmp_path, "e.csv", EVENTS)
    done = _run("import", "e.csv", *words)
    assert (done.exit_code, message in " ".join(done.output.split())) == (2, True)


@pytest.mark.parametrize("name", ["mine.csv", "mine.xlsx", "mine"])
def test_a_new_table_is_imported_as_it_is(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    if name.endswith("xlsx"):
        pytest.importorskip("openpyxl")
    line = "2021-05/2021-09 | doxorubicin 75 mg/m²; ifosfamide | progression"
    words = ("new", name, "--table", "--sex", "male", "--diagnosed", "2021-03", "--line", line)
    done = _run(*words)
    assert done.exit_code == 0
    command = done.output.split("next: timeline ")[1].split()
    assert _run(*command, "-o", "a.yaml").exit_code == 0
    case = tl.load_case("a.yaml")
    assert [event.kind for event in case.events] == ["diagnosis", "treatment"]
    assert (case.patient.sex, case.lines[0].regimen) == ("male", "doxorubicin + ifosfamide")
    assert _run(*words).exit_code == 2  # never written again


@pytest.mark.parametrize(
    ("parts", "cell"),
    [
        (["liver"], "liver"),
        (["liver", "L1"], "liver; L1"),
        (["L1; L4", "liver"], '"L1; L4"; liver'),
        (['"a" b', "c"], '"""a"" b"; c'),
        (['5" nail', "b"], '5" nail; b'),
    ],
)
def test_a_part_with_a_semicolon_is_in_quotes(parts, cell):
    assert joined_parts(parts) == cell
    assert parts_of(cell) == parts


@given(st.lists(_WORDS.filter(str.strip), min_size=1))
def test_the_parts_of_a_cell_come_back(parts):
    assert parts_of(joined_parts(parts)) == parts


def test_a_name_with_a_colon_is_refused(tmp_path):
    path = _file(tmp_path, "a.yaml", 'case: a\nevents:\n- {lab: 2021, values: {"a:b": 1 mm}}\n')
    with pytest.raises(ValueError, match="a name with a colon"):
        case_tables(path)


def test_the_head_of_a_table_has_each_column_once(tmp_path):
    path = _file(tmp_path, "wanted.yaml", WANTED)
    head = next(csv.reader(as_csv(case_tables(path).sheets["events"]).splitlines()))
    assert len(head) == len(set(head))
