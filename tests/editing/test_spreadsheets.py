"""Tables as clinics have them: other headings, doses apart, words that are no kind of event."""

from __future__ import annotations

import pytest

from tests.rows import every_row
from timeline.core.data_tables import data_rows
from timeline.editing import event_grid, pasted
from timeline.editing.paste.reading import has_headings
from timeline.exchange.event_cells import EVENT_FIELDS, LESION_FIELDS
from timeline.exchange.import_case import import_case
from timeline.exchange.new_case import Answers, new_case
from timeline.exchange.spreadsheets.case_headings import plain_heading
from timeline.exchange.spreadsheets.drug_cells import with_doses

START = "case: a\nevents:\n"
HEADINGS = (
    *("Event", "Start date", "Stop date", "Regimen", "Dose (mg/m²)", "Line of therapy"),
    *("Reason for discontinuation", "Response", "SLD (mm)", "ECOG PS", "Comments"),
)
ROWS = """\
treatment\t2021-04-10\t2021-09-01\tdoxorubicin\t75\t1\tprogression\t\t\t\t
scan\t2021-06-01\t\t\t\t\t\tPR\t41\t\tseen in the letter
scan\t2021-09-01\t\t\t\t\t\tprogressive disease\t60\t\t
performance\t2021-09-01\t\t\t\t\t\t\t\t1\t
"""
CLINIC = "\t".join(HEADINGS) + "\n" + ROWS
WRITTEN = """\
  - {treatment: 2021-04-10/2021-09-01, line: 1, drugs: doxorubicin 75 mg/m², stop: progression}
  - {scan: 2021-06-01, note: seen in the letter, sum: 41 mm, called: PR}
  - {scan: 2021-09-01, sum: 60 mm, called: progressive disease}
  - {performance: 2021-09-01, ecog: 1}
"""


def test_a_table_of_a_clinic_is_pasted_and_imported_alike(tmp_path):
    edited = pasted(START, "events", 0, "event", CLINIC)
    assert edited.problems == ()
    assert edited.text == START + WRITTEN
    assert edited.notes == ("each dose stands behind its drug, in drugs",)
    (tmp_path / "a.csv").write_text(CLINIC)
    imported, problems = import_case(tmp_path / "a.csv", name="a")
    assert problems == ()
    assert imported.text.endswith(WRITTEN)


def test_no_heading_has_two_meanings_and_each_row_has_a_field_or_an_advice():
    rows = list(data_rows("case_headings"))
    words = [plain_heading(word) for row in rows for word in row.texts("headings")]
    assert len(words) == len(set(words))
    known = {*EVENT_FIELDS.known, *LESION_FIELDS.known}
    for row in rows:
        assert bool(row.text("field")) != bool(row.text("write")), row.place
        assert row.text("field") in {"", *known}
        assert row.text("source")
    named = {
        word
        for row in rows
        if row.text("field")
        for word in map(plain_heading, row.texts("headings"))
    }
    assert not named & set(EVENT_FIELDS.known)  # the name of a field is always that field


ADVICE = [
    ("Best response", "derived from its scans"),
    ("PFS", "derived from the dates"),
    ("Patient ID", "identifies the patient"),
    ("Status", "death, last contact"),
    ("Cycle day", "unknown column 'Cycle day'"),
    ("Study Day", "day 15 of line 1"),
]


@pytest.mark.parametrize(("heading", "words"), ADVICE)
def test_a_heading_without_a_field_says_what_to_write(heading, words):
    edited = pasted(START, "events", 0, "event", f"event\tdate\t{heading}\nscan\t2021\tx")
    assert edited.text == START
    (problem,) = edited.problems
    assert (problem.where.line, problem.where.column) == (0, 3)
    assert words in problem.what
    assert "--" not in problem.what


def test_two_columns_of_one_field_are_refused():
    edited = pasted(START, "events", 0, "event", "event\tdate\tDrug\tRegimen\nscan\t2021\tx\ty")
    assert "two columns are the 'drugs': 'Drug' and 'Regimen' (" in edited.problems[0].what
    assert [each.column for each in edited.offers] == ["Drug", "Regimen"]


DOSES = [  # drugs, doses, the cell or the fault
    ("doxorubicin", "75 mg/m²", "doxorubicin 75 mg/m²"),
    ("carboplatin + paclitaxel", "AUC 5; 175 mg/m²", "carboplatin AUC 5; paclitaxel 175 mg/m²"),
    ("gemcitabine; docetaxel", "900 mg/m²", "1 dose for 2 drugs"),
    ("gemcitabine", "900 mg/m²; 75 mg/m²", "2 doses for 1 drug:"),
    ("doxorubicin 60 mg/m²", "75 mg/m²", "has a dose, and here is another"),
    ("doxorubicin", "75", "a dose without a unit: '75' (write 75 mg"),
    ("doxorubicin", "2 Gy", "not a dose"),
    ("", "75 mg", "a dose without a drug"),
]


@pytest.mark.parametrize(("drugs", "doses", "expected"), DOSES)
def test_doses_go_behind_their_drugs_only_where_it_is_clear_which(drugs, doses, expected):
    rows = f"event\tdate\tdrugs\tdose\ntreatment\t2021\t{drugs}\t{doses}"
    edited = pasted(START, "events", 0, "event", rows)
    if edited.problems:
        assert edited.text == START
        assert any(expected in each.what for each in edited.problems)
        assert (1, 4) in [(each.where.line, each.where.column) for each in edited.problems]
        with pytest.raises(ValueError, match=expected.split("(")[0].strip()):
            with_doses(drugs, doses)
    else:
        assert (
            event_grid(edited.text).rows[0].cells["drugs"] == expected == with_doses(drugs, doses)
        )


def test_the_dose_of_radiotherapy_stays_its_own():
    rows = "event\tdate\tDose (Gy)\nradiotherapy\t2021-03\t50"
    assert pasted(START, "events", 0, "event", rows).text == START + (
        "  - {radiotherapy: 2021-03, dose: 50 Gy}\n")  # fmt: skip


def test_a_word_that_is_no_kind_says_what_to_write_in_the_grid():
    told = pasted(START, "events", 0, "event", "CT\t2021\nchemotherapy\t2021").problems
    assert "write scan, with the columns modality: CT" in told[0].what
    assert "write {treatment: " in told[1].what
    told = pasted(
        START, "events", 0, "event", "event\tdate\tResponse\ntreatment\t2021\tPR"
    ).problems
    assert "the response is that of a scan" in told[0].what


def test_rows_without_a_kind_are_told_once():
    told = pasted(START, "events", 0, "event", "Start\tEnd\tRegimen\n2021\t2022\tx\n2022\t2023\ty")
    assert [each.what for each in told.problems] == [
        "no column with the kind of each row (add a column event: scan, treatment ..)"]  # fmt: skip


@pytest.mark.parametrize(
    ("clipboard", "key", "expected"),
    [
        ("chemotherapy\npembrolizumab", "drugs", False),  # a word for a column may be a value
        ("drugs\npembrolizumab", "drugs", True),
        ("procedure\tremarks\nbiopsy\tx", "what", False),
        ("what\tremarks\nbiopsy\tx", "what", True),
        ("Start\tStop date\tRegimen\n2021\t2022\tx", "event", True),
        ("event\tdate", "event", True),
        ("scan\t2021", "event", False),
    ],
)
def test_which_first_lines_are_headings(clipboard, key, expected):
    assert has_headings("events", clipboard, key) is expected


OPEN = "case: a\nevents:\n  # CARE 8a\n  - {diagnosis: 20XX}\n  - {scan: 20XX, modality: CT}\n"


def test_the_open_row_of_the_template_is_taken_by_the_pasted_one():
    rows = "scan\t2021-04\ndiagnosis\t2021-03\ndiagnosis\t2021-05"
    edited = pasted(OPEN, "events", 2, "event", rows)
    assert edited.text == OPEN.replace("diagnosis: 20XX", "diagnosis: 2021-03") + (
        "  - {scan: 2021-04}\n  - {diagnosis: 2021-05}\n"  # a scan with a key is no open row
    )
    assert edited.notes == ("row 1, which was diagnosis 20XX alone, is the pasted diagnosis now",)
    over = pasted(OPEN, "events", 0, "event", "diagnosis\t2021-03")
    assert over.text == OPEN.replace("diagnosis: 20XX", "diagnosis: 2021-03")
    assert over.notes == ()  # it was pasted over


def test_the_template_has_such_a_row():
    text = new_case("x", Answers())
    edited = pasted(text, "events", 1, "event", "diagnosis\t2021-03\t\tsarcoma")
    assert [row.cells["date"] for row in event_grid(edited.text).rows] == ["2021-03"]
    assert len(edited.notes) == 1


UNPLACED = "\n".join((
    "Event\tDate\tFinding\tDetails\tDrugs\tDose\tECOG\tCEA\tMRN",
    "scan\t15.03.2021\tliver\tlong text\t\t\t1\t84.2\t7",
    "CT\t2021-04-31\t\t\t\t\t\t12\t7",
    "treatment\t2021-05\t\t\tFOLFOX\t85 mg/m²; 3 mg\t2\t\t",
    "performance\t2021-06\t\t\t\t\t11\t\t",
))  # fmt: skip


def test_all_faults_of_a_table_of_a_clinic_are_named_at_once():
    edited = pasted(START, "events", 0, "event", UNPLACED)
    assert edited.text == START
    seen = [(each.place, each.key, each.what) for each in edited.problems]
    expected = [
        ("headings", "", "two columns are the 'what': 'Finding' and 'Details'"),
        ("headings", "", "unknown column 'CEA'"),
        ("headings", "", "unknown column 'MRN' (nothing that identifies"),
        ("row 1", "date", "not a date: '15.03.2021'"),
        ("row 1", "ecog", "scan has no 'ecog'"),
        ("row 2", "event", "unknown kind of event 'CT'"),
        ("row 2", "date", "April 2021 has 30 days, and no 31st"),
        ("row 3", "dose", "2 doses for 1 drug"),
        ("row 3", "ecog", "treatment has no 'ecog'"),
        ("row 4", "ecog", "not a whole number from 0 to 5"),
    ]
    assert len(seen) == len(expected)
    for (place, key, what), (of, column, words) in zip(seen, expected, strict=True):
        assert (place, key) == (f"{of} of the pasted table", column)
        assert words in what


def test_each_column_that_is_not_taken_has_its_choices():
    offers = {each.column: list(each.ways) for each in
              pasted(START, "events", 0, "event", UNPLACED).offers}  # fmt: skip
    assert offers == {
        "Finding": ["leave out", "note"],
        "Details": ["leave out", "note"],
        "event: CT": ["scan", "leave out"],
        "CEA": ["leave out", "note", "lab in ng/mL", "lab in µg/L"],
        "MRN": ["leave out"],  # nothing that identifies a patient goes into a note
        "Dose": ["leave out", "note"],
        "ECOG": ["leave out", "note", "performance"],
        "": ["dmy"],  # there is no month 15
    }
    stated = UNPLACED.replace("CEA", "CEA (U/mL)")
    offers = pasted(START, "events", 0, "event", stated).offers
    assert "lab" in next(each for each in offers if each.column == "CEA (U/mL)").ways


def test_the_columns_go_where_a_person_has_chosen():
    rows = UNPLACED.replace("CT\t2021-04-31", "scan\t2021-04-30").replace("\t11\t", "\t3\t")
    choices = {"Details": "note", "Dose": "note", "ECOG": "performance", "CEA": "lab in ng/mL",
               "MRN": "leave out"}  # fmt: skip
    edited = pasted(START, "events", 0, "event", rows, order="dmy", choices=choices)
    assert edited.problems == ()
    assert (
        edited.text
        == START
        + """\
  - {scan: 2021-03-15, what: liver, note: 'Details: long text'}
  - {lab: 2021-03-15, values: {CEA: 84.2 ng/mL}}
  - {performance: 2021-03-15, ecog: 1}
  - {scan: 2021-04-30}
  - {lab: 2021-04-30, values: {CEA: 12 ng/mL}}
  - {treatment: 2021-05, drugs: FOLFOX, note: 'Dose: 85 mg/m²; 3 mg'}
  - {performance: 2021-05, ecog: 2}
  - {performance: 2021-06, ecog: 3}
"""
    )
    assert "'CEA' stands in rows of kind lab (2 cells)" in edited.notes
    assert "'MRN' is left out (2 cells)" in edited.notes
    for column in choices:  # without its choice, each column is a fault, and nothing is written
        others = {key: way for key, way in choices.items() if key != column}
        refused = pasted(START, "events", 0, "event", rows, order="dmy", choices=others)
        assert refused.text == START
        assert column in [each.column for each in refused.offers]


def test_a_word_that_is_no_event_becomes_what_a_person_has_chosen():
    rows = "event\tdate\tmodality\nCT\t2021-05\t\nPD\t2021-06\t\nCT\t2021-07\tMRI\nball\t2021-08\t"
    offers = {each.column: each.ways for each in pasted(START, "events", 0, "event", rows).offers}
    assert {name: list(ways) for name, ways in offers.items()} == {
        "event: CT": ["scan", "leave out"],
        "event: PD": ["scan", "progression", "leave out"],
        "event: CT beside modality: MRI": ["scan", "scan 2", "leave out"],
        "event: ball": ["leave out"],
    }
    assert offers["event: CT"]["scan"] == "make it scan, modality: CT"
    choices = {"event: CT": "scan", "event: PD": "progression", "event: ball": "leave out",
               "event: CT beside modality: MRI": "scan 2"}  # fmt: skip
    edited = pasted(START, "events", 0, "event", rows, choices=choices)
    assert edited.problems == ()
    assert (
        edited.text
        == f"""{START}\
  - {{scan: 2021-05, modality: CT}}
  - {{progression: 2021-06}}
  - {{scan: 2021-07, modality: MRI, note: CT}}
"""
    )
    assert set(edited.notes) >= {
        "'CT' is scan (1 row)", "'PD' is progression (1 row)",
        "'CT' is scan, note: CT (modality: MRI stays) (1 row)",
        "1 row with 'ball' as the event left out (row 4: 2021-08, ball)",
    }  # fmt: skip
    for name in choices:
        others = {each: way for each, way in choices.items() if each != name}
        assert pasted(START, "events", 0, "event", rows, choices=others).text == START


def test_two_columns_with_one_heading_have_choices_of_their_own():
    rows = "event\tdate\tCEA\tCEA\nscan\t2021-05\t5 ng/mL\thigh"
    refused = pasted(START, "events", 0, "event", rows)
    assert [each.column for each in refused.offers] == ["CEA", "CEA, column 4"]
    assert "unknown column 'CEA, column 4'" in refused.problems[1].what
    one = pasted(START, "events", 0, "event", rows, choices={"CEA": "lab"})
    assert [each.column for each in one.offers] == ["CEA, column 4"]
    both = {"CEA": "lab", "CEA, column 4": "note"}
    edited = pasted(START, "events", 0, "event", rows, choices=both)
    assert (
        edited.text
        == f"""{START}\
  - {{scan: 2021-05, note: 'CEA, column 4: high'}}
  - {{lab: 2021-05, values: {{CEA: 5 ng/mL}}}}
"""
    )


def test_what_goes_into_a_note_stands_behind_the_note_of_the_row():
    text = f"{START}  - {{scan: 2021-04, note: seen}}\n"
    rows = "event\tdate\tWard\nscan\t2021-05\tnine"
    edited = pasted(text, "events", 0, "event", rows, choices={"Ward": "note"})
    assert edited.text == f"{START}  - {{scan: 2021-05, note: 'seen; Ward: nine'}}\n"


def test_the_order_of_days_is_offered_only_where_all_dates_can_be_read_so():
    def ways(*dates):
        rows = "\n".join(f"scan\t{each}" for each in dates)
        return [list(each.ways) for each in pasted(START, "events", 0, "event", rows).offers]

    assert ways("03/04/2021") == [["dmy", "mdy"]]
    assert ways("03/04/2021", "20/07/2022") == [["dmy"]]
    assert ways("07/20/2022") == [["mdy"]]
    assert ways("07/20/2022", "20/07/2022") == []


def test_a_heading_that_is_misspelt_may_be_read_as_the_column_that_it_is_most_like():
    rows = "event\tdat\tRegimn\tlin\tWard\ntreatment\t2021-03\tFOLFOX\t1\tB2"
    refused = pasted("case: a\nevents:\n", "events", 0, "event", rows)
    offers = {each.column: list(each.ways) for each in refused.offers}
    assert (offers["dat"][0], offers["lin"][0]) == ("as date", "as line")
    assert offers["Regimn"][0] == "as drugs"
    assert not any(way.startswith("as ") for way in offers["Ward"])  # it is like none
    told = next(each.what for each in refused.problems if "'Regimn'" in each.what)
    assert "did you mean regimen (read as drugs)" in told
    chosen = {"dat": "as date", "Regimn": "as drugs", "lin": "as line", "Ward": "leave out"}
    edited = pasted("case: a\nevents:\n", "events", 0, "event", rows, choices=chosen)
    assert edited.problems == ()
    assert "{treatment: 2021-03, line: 1, drugs: FOLFOX}" in edited.text
    assert "'Regimn' is read as drugs" in edited.notes


def test_a_column_that_is_read_as_another_is_not_lost_where_a_row_does_not_take_it():
    rows = "event\tdate\tdrgs\nsurgery\t2021-03\tFOLFOX"
    edited = pasted("case: a\nevents:\n", "events", 0, "event", rows, choices={"drgs": "as drugs"})
    assert "surgery has no 'drugs'" in edited.problems[0].what
    assert [list(each.ways) for each in edited.offers] == [["leave out", "note"]]


HEADINGS = "event\tdate\tline\tdrugs\tBaseline"
TWO_LINES = "treatment\t2021-04-12\t1\tosimertinib\ntreatment\t2022-03-01\t2\tpemetrexed"


@every_row(
    ("scans", "offers", "choices", "expected"),
    [
        (  # the line that begins next, by the dates
            "scan\t2021-04-01\t\t\tyes\nscan\t2021-06\t\t\tno\nscan\t2022-02-20\t\t\tY",
            {"answer: Baseline": ["next line", "leave out", "note"]},
            {"answer: Baseline": "next line"}, ["1", "", "2"],
        ),
        (  # on the day itself; a cross; a tick
            "scan\t2021-04-12\t\t\tx\nscan\t2022-02\t\t\t✓",
            {"answer: Baseline": ["next line", "leave out", "note"]},
            {"answer: Baseline": "next line"}, ["1", "2"],
        ),
        (  # with a 0 in its column, 1 is a yes; without, it is the number of a line
            "scan\t2022-02\t\t\t1\nscan\t2022-05\t\t\t0",
            {"answer: Baseline": ["next line", "leave out", "note"]},
            {"answer: Baseline": "next line"}, ["2", ""],
        ),
        ("scan\t2022-02\t\t\t1", {}, {}, ["1"]),
        (  # a scan of 2021 may be from before line 1, or after it: a person says
            "scan\t2021\t\t\tyes\nscan\t2022-02\t\t\tyes",
            {"answer: Baseline": ["next line", "leave out", "note"],
             "answer: Baseline, row 1": ["line 1", "line 2", "leave out", "note"]},
            {"answer: Baseline": "next line", "answer: Baseline, row 1": "line 2"}, ["2", "2"],
        ),
        (  # no line begins after it
            "scan\t2023\t\t\tyes",
            {"answer: Baseline, row 1": ["line 1", "line 2", "leave out", "note"]},
            {"answer: Baseline, row 1": "leave out"}, [""],
        ),
    ],
)  # fmt: skip
def test_yes_below_baseline_is_the_line_that_begins_next_where_a_person_says_so(
    scans, offers, choices, expected
):
    rows = f"{HEADINGS}\n{scans}\n{TWO_LINES}"
    refused = pasted(START, "events", 0, "event", rows)
    assert {each.column: list(each.ways) for each in refused.offers} == offers
    edited = pasted(START, "events", 0, "event", rows, choices=choices)
    assert edited.problems == ()
    grid = event_grid(edited.text).rows
    assert [row.cells.get("baseline", "") for row in grid if row.kind == "scan"] == expected


@every_row(
    ("kind", "key", "typed", "ways", "way", "cell", "note"),
    [
        ("scan", "new", "x", ["meant", "leave out", "note"], "meant",
         "other: site not stated", ""),
        ("scan", "symptomatic", "x", ["meant", "leave out", "note"], "meant", "yes", ""),
        ("toxicity", "resolved", "x", ["meant", "leave out", "note"], "meant", "yes", ""),
        ("treatment", "line", "yes", ["leave out", "note"], "note", "", "line: yes"),
        ("toxicity", "grade", "no", ["leave out", "note"], "leave out", "", ""),
        ("symptom", "ecog", "yes", ["leave out", "note"], "note", "", "ecog: yes"),
        ("scan", "sum", "n", ["leave out", "note"], "leave out", "", ""),
        ("scan", "baseline", "x", ["leave out", "note"], "note", "", "baseline: x"),  # of no line
    ],
)  # fmt: skip
def test_a_column_that_takes_no_yes_or_no_has_its_choices(kind, key, typed, ways, way, cell, note):
    rows = f"event\tdate\twhat\t{key}\n{kind}\t2021-04\tpain\t{typed}"
    (offer,) = pasted(START, "events", 0, "event", rows).offers
    assert (offer.column, list(offer.ways)) == (f"answer: {key}", ways)
    edited = pasted(START, "events", 0, "event", rows, choices={offer.column: way})
    assert edited.problems == ()
    cells = event_grid(edited.text).rows[0].cells
    assert (cells.get(key, ""), cells.get("note", "")) == (cell, note)


def test_a_column_of_words_may_be_read_as_what():
    rows = "event\tdate\tWhat happened\tMeasured\nscan\t2021-04\tmet in the liver\tyes"
    offers = {each.column: list(each.ways) for each in
              pasted(START, "events", 0, "event", rows).offers}  # fmt: skip
    assert offers == {
        "What happened": ["as what", "leave out", "note"],
        "Measured": ["leave out", "note"],
    }
    choices = {"What happened": "as what", "Measured": "leave out"}
    edited = pasted(START, "events", 0, "event", rows, choices=choices)
    assert edited.text == f"{START}  - {{scan: 2021-04, what: met in the liver}}\n"
