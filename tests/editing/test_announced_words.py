"""What the button of a word announces is what is written, and nothing of its row is lost."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rows import every_row
from timeline.core.data_tables import data_rows
from timeline.editing import event_grid, pasted
from timeline.editing.ways.event_words import event_ways
from timeline.files.entry_words import kind_advice

CASE = "case: a\nevents: []\n"
COMPOUND = (
    "CT: PR", "CT: PD", "MRI liver", "liver MRI", "liver resection", "hemicolectomy", "AE",
    "Fatigue grade 2", "Neutropenia grade 3", "died of disease", "died of sepsis", "CT baseline",
    "FOLFOX x6", "1L FOLFIRI", "Surgery: right hemicolectomy", "Toxicity: neutropenia G3",
)  # fmt: skip
WORDS = tuple(dict.fromkeys(
    (*COMPOUND, *(word for row in data_rows("event_words")
                  for word in (row.text("word"), *row.texts("also"))))
))  # fmt: skip
CELLS = {
    "what": ("Neutropenia grade 3", "and resection of segment VI, R0", "stable", "G-CSF given"),
    "note": ("late", "by letter"),
    "called": ("PR", "PD"),
    "modality": ("CT", "MRI"),
    "grade": ("2", "3"),
    "term": ("anaemia",),
    "margin": ("R0", "R1"),
    "line": ("1", "2"),
    "site": ("liver", "lung"),
    "drugs": ("FOLFIRI",),
    "disease-status": ("died of treatment",),
}
ROWS = st.fixed_dictionaries({}, optional={key: st.sampled_from(of) for key, of in CELLS.items()})
KEY = re.compile(rf"(?:^|, )({'|'.join(each.key for each in event_grid(CASE).columns)}): ")


def announced(words):
    """The kind and the cells that a button names, read from its words alone."""
    words = re.sub(r" \([^()]* (?:stays|in place of)[^()]*\)$| \(in place of .*\)$", "", words)
    kind, _, rest = words.removeprefix("make it ").partition(", ")
    parts = KEY.split(rest)
    return kind.partition(" (")[0], dict(zip(parts[1::2], parts[2::2], strict=True))


def tokens(texts):
    return set(re.findall(r"\w+", " ".join(texts).lower()))


@settings(max_examples=30)
@given(st.sampled_from(WORDS), ROWS)
def test_a_button_writes_what_it_announces_and_loses_nothing(word, cells):
    keys = ("event", "date", *cells)
    table = "\n".join("\t".join(each) for each in (keys, (word, "2021-03", *cells.values())))
    offers = [each for each in pasted(CASE, "events", 0, "event", table).offers
              if each.column.startswith("event: ")]  # fmt: skip
    for offer in offers:
        for way, words in offer.ways.items():
            if way == "leave out":
                assert "2021-03" in words
                assert word in words
                continue
            edited = pasted(CASE, "events", 0, "event", table, choices={offer.column: way})
            if edited.problems:  # a key that the kind does not have, or one that it needs
                assert edited.text == CASE
                continue
            (row,) = event_grid(edited.text).rows
            written = {key: text for key, text in row.cells.items() if key not in ("event", "date")}
            kind, told = announced(re.sub(r" \([^():]*\)$", "", words))
            assert row.kind == kind
            assert {key: written.get(key) for key in told} == told
            silent = {key: text for key, text in written.items() if key not in told}
            assert silent == {key: cells[key] for key in silent}
            assert tokens(cells.values()) <= tokens((*written, *written.values()))


def test_two_statements_of_one_key_are_refused_and_both_are_shown():
    """A choice for the word alone does not decide them, and each way keeps the other statement."""
    table = "Date\tEvent\tResponse\n2020-07\tCT: PR\tPD\n2020-10\tCT: PR\tPR"
    refused = pasted(CASE, "events", 0, "event", table, choices={"event: CT: PR": "scan"})
    assert refused.text == CASE
    (problem,) = refused.problems
    assert "'CT: PR' states called: PR, and another cell of the row called: PD" in problem.what
    (offer,) = refused.offers
    assert list(offer.ways) == ["scan", "scan 2", "leave out"]
    written = {}
    for way in offer.ways:
        choices = {"event: CT: PR": "scan", offer.column: way}
        text = pasted(CASE, "events", 0, "event", table, choices=choices).text
        written[way] = [dict(row.cells) for row in event_grid(text).rows]
    scan = {"event": "scan", "modality": "CT"}
    other = {**scan, "date": "2020-10", "called": "PR"}
    assert written == {
        "scan": [{**scan, "date": "2020-07", "called": "PR", "note": "called: PD"}, other],
        "scan 2": [{**scan, "date": "2020-07", "called": "PD", "note": "CT: PR"}, other],
        "leave out": [other],
    }


def test_a_word_pasted_over_a_row_overrules_none_of_its_cells():
    case = "case: a\nevents:\n  - {scan: 2020-07, called: PD}\n"
    refused = pasted(case, "events", 0, "event", "CT: PR", choices={"event: CT: PR": "scan"})
    assert refused.text == case
    assert "called: PD" in refused.problems[0].what


def test_rows_that_are_left_out_are_named_without_what_identifies_the_patient():
    table = "Event\tDate\tMRN\tDetails\nwedding\t2021-05\t771\tof her son\nscan\t2021-06\t771\t"
    choices = {"event: wedding": "leave out", "MRN": "leave out"}
    (offer, of_number) = pasted(CASE, "events", 0, "event", table).offers
    assert offer.ways == {"leave out": "leave its row out (row 1: 2021-05, wedding, of her son)"}
    assert of_number.ways == {"leave out": "leave it out"}
    notes = pasted(CASE, "events", 0, "event", table, choices=choices).notes
    assert any("(row 1: 2021-05, wedding, of her son)" in each for each in notes)
    assert "771" not in " ".join(notes)


def test_numbers_of_lines_in_words_have_a_button():
    table = "Event\tDate\tLine\tDrugs\n" + "\n".join(
        f"treatment\t202{n}\t{text}\tFOLFOX" for n, text in enumerate(("1st", "L2", "third line"))
    )
    (offer,) = pasted(CASE, "events", 0, "event", table).offers
    assert offer.ways == {"number": "read 1st as 1, L2 as 2, third line as 3"}
    edited = pasted(CASE, "events", 0, "event", table, choices={offer.column: "number"})
    assert [row.cells["line"] for row in event_grid(edited.text).rows] == ["1", "2", "3"]
    assert "'1st' is line 1 (1 row)" in edited.notes


def test_the_order_of_days_names_the_dates_that_it_decides():
    table = "Event\tDate\nscan\t15/04/2020\nscan\t06/07/2020\nscan\t03/11/2020"
    (offer,) = pasted(CASE, "events", 0, "event", table).offers
    decides = "in 2 dates that could be read either way: 06/07/2020 as 2020-07-06, 03/11/2020 as "
    assert decides + "2020-11-03" in offer.ways["dmy"]
    edited = pasted(CASE, "events", 0, "event", table, order="dmy")
    assert decides in " ".join(edited.notes)


def advised(word):
    """The kind and the keys of each entry that the advice for a word has, with its text."""
    for kind, rest in re.findall(r"\{([a-z ]+): [^,{}]*((?:, [^{}]*)?)\}", kind_advice(word)):
        yield kind, dict(pair.split(": ", 1) for pair in rest.split(", ") if ": " in pair)


@every_row("word", WORDS)
def test_the_advice_for_a_word_states_nothing_else_than_the_word(word):
    """MRI was told to be a scan with the modality CT. The words of a what are examples."""
    for kind, keys in advised(word):
        for way in event_ways(word, {}):
            own = {key: text for key, text in way.cells.items() if key not in ("event", "what")}
            if way.cells["event"] == kind:
                assert {key: keys.get(key, text) for key, text in own.items()} == own
