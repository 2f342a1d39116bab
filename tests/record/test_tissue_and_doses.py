"""What resected tissue shows, margins as printed, increased doses, and numbers in words.

pCR: FDA 2020; MPR: Hellmann 2014, Lancet Oncol 15:e42; R0 to R2: UICC, TNM, 8th edition.
"""

import pytest

import timeline as tl
from renderers.text.events import changed, procedure
from renderers.text.events import tested as biomarker_text
from timeline.record.event_parts.procedures import surgical_margin
from timeline.record.reference_words import without_ids
from timeline.terminology.response_words import pathological_response, response_called

TISSUE = {
    "complete pathologic response": "pCR",
    "Pathological complete response": "pCR",
    "pCR": "pCR",
    "major pathological response": "MPR",
    "residual 10 %": "residual 10 %",
    "5% residual viable tumor": "5% residual viable tumor",
    "90 % necrosis": "90 % necrosis",
    "TRG 1": "TRG 1",
    "RCB-II": "RCB-II",
}
MARGINS = {"R0": "R0", "negative": "negative", "Clear": "negative", "tumour-free": "negative",
           "involved": "positive"}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TISSUE.items())
def test_a_pathological_response_is_read(text, expected):
    assert pathological_response(text) == expected


@pytest.mark.parametrize("text", ["CR", "complete response", "good", "residual", "120"])
def test_what_is_no_pathological_response_is_refused(text):
    with pytest.raises(ValueError, match="write pCR, MPR, residual 10 %"):
        pathological_response(text)


def test_tissue_is_no_response_of_a_scan():
    with pytest.raises(ValueError, match="write pathological-response: pCR on the surgery"):
        response_called("complete pathologic response")


@pytest.mark.parametrize(("text", "expected"), MARGINS.items())
def test_a_margin_stays_as_printed(text, expected):
    assert surgical_margin(text) == expected


def case(tmp_path, *entries):
    path = tmp_path / "c.yaml"
    path.write_text("case: c\nevents:\n" + "".join(f"  - {{{each}}}\n" for each in entries),
                    encoding="utf-8")  # fmt: skip
    return path


def test_they_are_drawn_with_the_surgery(tmp_path):
    path = case(tmp_path, "surgery: 2020, what: lobectomy, margin: negative, "
                "pathological-response: complete pathologic response")  # fmt: skip
    surgery = tl.load_case(path).events[0]
    assert procedure(surgery) == "lobectomy, margin negative, pCR"


@pytest.mark.parametrize("kind", ["dose increased", "increased", "dose escalated"])
def test_a_dose_may_be_increased(tmp_path, kind):
    path = case(
        tmp_path,
        "treatment: 2020-01/2020-06, line: 1, drugs: imatinib 400 mg",
        f"{kind}: 2020-03, line: 1, drugs: imatinib 800 mg, reason: progression",
    )
    event = tl.load_case(path).events[1]
    assert event.kind == "dose increased"
    assert changed(event) == "dose increased: imatinib 800 mg, progression"


def regimen_of(tmp_path, first, second):
    path = case(
        tmp_path,
        f"treatment: 2020-01/2020-03, line: 1, drugs: {first}",
        f"treatment: 2020-03/2020-06, line: 1, drugs: {second}",
    )
    return tl.load_case(path).lines[0].regimen


def test_doses_tell_two_regimens_of_one_drug_apart(tmp_path):
    assert regimen_of(tmp_path, "interleukin-2 9 MIU", "interleukin-2 18 MIU SC") == (
        "interleukin-2 9 MIU, then interleukin-2 18 MIU"
    )
    # different agents need no doses
    assert regimen_of(tmp_path, "imatinib 400 mg", "sunitinib 50 mg") == "imatinib, then sunitinib"


@pytest.mark.parametrize("text", ["three months", "Three months", "about three months", "3 months"])
def test_a_number_in_words_has_a_unit(tmp_path, text):
    # 2011-07 to 2011-10 is 62 to 122 days; 3 months are about 91
    path = case(tmp_path, "surgery: 2011-07",
                f"scan: 2011-10, printed: {{interval: {text}, from: surgery}}")  # fmt: skip
    claims = tl.load_report(path).claims
    assert [(each.unit, str(each.text).lower()) for each in claims] == [
        ("months", text.lower().removesuffix(" months"))
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("2020-01-01/2020-03-01", "2020-01-01/2020-09-01", "a + b",
                     id="they start together, and end apart"),
        pytest.param("2020-01/2020-03", "2020-01/2020-09", "a + b", id="in one month"),
        pytest.param("2020-01/..", "2020-03/..", "a, then a + b", id="one is added"),
        pytest.param("2020-01/2020-03", "2020-03/2020-09", "a, then b",
                     id="one may end before the other starts"),
        pytest.param("2020-01/2020-03", "2020-04/", "a, then b", id="one after the other"),
    ],
)  # fmt: skip
def test_drugs_of_one_time_are_one_regimen(tmp_path, first, second, expected):
    path = case(
        tmp_path,
        f"treatment: {first}, line: 1, drugs: a",
        f"treatment: {second}, line: 1, drugs: b",
    )
    assert tl.load_case(path).lines[0].regimen == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param("name: MSI, result: MSI-H", "MSI-H", id="the result names its marker"),
        pytest.param("name: HER2, result: 1+", "HER2 1+", id="it does not"),
        pytest.param("name: ER, result: ERBB2 amplified", "ER ERBB2 amplified", id="another name"),
    ],
)
def test_a_biomarker_is_named_once(tmp_path, fields, expected):
    path = case(tmp_path, "treatment: 2020-01/2020-03, line: 1, drugs: a",
                f"biomarker: 2020-01, {fields}")  # fmt: skip
    (found,) = (each for each in tl.load_case(path).events if each.kind == "biomarker")
    assert biomarker_text(found) == expected


def test_an_event_without_a_date_is_named_without_one(tmp_path):
    path = case(tmp_path, "surgery: .., id: op, site: colon", "relapse: op + 800 days, site: lung",
                "treatment: after op, line: 1, drugs: a")  # fmt: skip
    events = tl.load_case(path).events
    assert without_ids("28 months after op", events) == "28 months after surgery"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("after one end", "after line 1 pemetrexed + cisplatin end"),
        ("42 months after one start", "42 months after line 1 start"),
        ("after two end", "after line 1 end"),
        ("2 weeks after two start", "2 weeks after line 1 pemetrexed start"),
        ("after three start", "after line 2 start"),
    ],
)
def test_a_line_starts_with_its_first_regimen_and_ends_with_its_last(tmp_path, text, words):
    path = case(tmp_path, "visit: 2013-03", "treatment: after visit/, line: 1, id: one, drugs: "
                "[pemetrexed, cisplatin]",
                "treatment: after one end/2016, line: 1, id: two, drugs: pemetrexed",
                "treatment: after two end/, line: 2, id: three, drugs: crizotinib")  # fmt: skip
    assert without_ids(text, tl.load_case(path).events) == words


SCANS = ("treatment: 2020-01/.., line: 1, drugs: a", "dose reduced: 2023-07, line: 1")
AGAIN = "scan: 12 months after dose reduced, id: again"


@pytest.mark.parametrize(
    ("scans", "words"),
    [
        pytest.param((AGAIN,), "after scan", id="the only scan"),
        pytest.param((f"{AGAIN}, called: PD", "scan: 2021-05, called: SD"), "after scan with PD",
                     id="the only one with its response"),
        pytest.param((f"{AGAIN}, called: PD", "scan: 2021-05, called: PD"),
                     "after scan 12 months after dose reduced", id="one of two with PD"),
        pytest.param((AGAIN, "scan: 2021-05"), "after scan 12 months after dose reduced",
                     id="one of two without a response"),
    ],
)  # fmt: skip
def test_one_of_several_events_is_told_apart(tmp_path, scans, words):
    events = tl.load_case(case(tmp_path, *SCANS, *scans)).events
    assert without_ids("after again", events) == words
