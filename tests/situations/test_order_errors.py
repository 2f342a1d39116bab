"""One wrong date in a sound record: its event is blamed and the true date is offered."""

from __future__ import annotations

import random
import re
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.assessment.remarks import case_remarks
from timeline.core.calendar.date_edits import edits_of
from timeline.core.calendar.dates import parse_edtf
from timeline.core.precedence import Order
from timeline.files.loader import load
from timeline.record.events import (
    Death,
    Event,
    LastContact,
    PeriodEvent,
    Scan,
    Supportive,
    Treatment,
)
from timeline.record.ordering.event_order import moments
from timeline.record.ordering.kind_order import MUST, edges
from timeline.record.validation import misdated

RECORDS = Path(__file__).parent / "inputs" / "order"

# The record, its true date after the words before it, and the date as mistyped.
PLANTED = [
    pytest.param("osteosarcoma", "last contact: 2021-08-16", "2012-08-16", id="pair, last contact"),
    pytest.param("osteosarcoma", "surgery: 2020-01-27", "2021-01-27", id="year, surgery"),
    pytest.param("osteosarcoma", "/2020-01-06", "2019-01-06", id="the old year, end"),
    pytest.param("osteosarcoma", "/2020-07-20", "2019-07-20", id="the year, end"),
    pytest.param("gist", "death: 2020-01-08", "2010-01-08", id="decade, death"),
    pytest.param("gist", "death: 2020-01-08", "2019-01-08", id="the old year, death"),
    pytest.param("gist", 'scan: "2016-07-04', "2006-07-04", id="decade, scan after its line"),
    pytest.param("gist", "treatment: 2018-12-03", "2015-12-03", id="digit, line"),
    pytest.param("gist", "treatment: 2016-04-11", "2061-04-11", id="pair, line"),
    pytest.param("gist", "toxicity: 2019-01-21", "2091-01-21", id="pair, toxicity"),
    pytest.param("melanoma", 'scan: "2019-05-28', "2019-02-28", id="digit, scan after its line"),
    pytest.param("melanoma", "/2019-11-04", "2019-04-11", id="day and month, end of support"),
    pytest.param("melanoma", "/2020-03-17", "2002-03-17", id="pair, end of a line"),
    pytest.param("months", "treatment: 2020-12", "2002-12", id="pair, line dated by month"),
    pytest.param("months", "/2019-03", "2018-03", id="year, end of radiotherapy"),
    pytest.param("months", "last contact: 2021-06", "2020-06", id="year, last contact by month"),
    pytest.param("months", "/2021-04", "2012-04", id="pair, end of the last line"),
    pytest.param("ovary", "surgery: 2013-02-11", "2013-11-02", id="day and month, surgery"),
    pytest.param("ovary", 'progression: "2014-09-15', "2004-09-15", id="decade, progression"),
    pytest.param("ovary", "death: 2016-06-12", "2013-06-12", id="digit, death"),
    pytest.param("thyroid", "death: 2022-04-06", "2021-04-06", id="the old year, death of four"),
    pytest.param("thyroid", 'scan: "2022-01-10', "2021-01-10", id="the old year, scan of four"),
]


def text_of(record: str) -> str:
    return (RECORDS / f"{record}.yaml").read_text()


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    return [str(each).removeprefix(f"{path}:") for each in load(path)[1]]


def planted(record: str, true: str, wrong: str) -> str:
    """The record with one date mistyped."""
    text = text_of(record)
    assert text.count(true) == 1
    return text.replace(true, true[: -len(wrong)] + wrong)


def place_of(text: str, before: str) -> str:
    """Line and column of the date of the event that a text is in."""
    (line,) = (n for n, each in enumerate(text.splitlines()) if before in each)
    column = text.splitlines()[line].index(": ") + 3
    return f"{line + 1}:{column}: "


@pytest.mark.parametrize("record", sorted(path.stem for path in RECORDS.glob("*.yaml")))
def test_the_records_are_sound(tmp_path, record):
    assert problems(tmp_path, text_of(record)) == []


@pytest.mark.parametrize(("record", "true", "wrong"), PLANTED)
def test_the_wrong_date_is_blamed_and_the_true_one_offered(tmp_path, record, true, wrong):
    text = planted(record, true, wrong)
    (found,) = problems(tmp_path, text)
    assert found.startswith(place_of(text, true[: -len(wrong)] + wrong)), found
    clash, _, offers = found.partition(" would restore the order of ")[0].rpartition("; ")
    assert re.search(r"ends before it starts|before|after", clash), found
    assert true[-len(wrong) :] in offers, found
    for offer in re.findall(r"([0-9-]+) \(", offers):
        assert problems(tmp_path, text.replace(wrong, offer)) == [], offer


DATE = re.compile(r"(?<![0-9-])[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![0-9-])")


@pytest.mark.parametrize("shuffled", [False, True], ids=["in time", "in any order"])
@pytest.mark.parametrize("record", sorted(path.stem for path in RECORDS.glob("*.yaml")))
def test_no_other_event_is_ever_blamed(tmp_path, record, shuffled):
    """A sample of the edits of every date: where one event is blamed, it is the one edited."""
    draw = random.Random(record)
    head, entries = text_of(record).split("events:\n")
    rows = entries.splitlines(keepends=True)
    draw.shuffle(rows) if shuffled else None
    text = f"{head}events:\n{''.join(rows)}"
    for found in DATE.finditer(text):
        wrong = draw.choice(edits_of(parse_edtf(found[0]).strict)).text
        edited = text[: found.start()] + wrong + text[found.end() :]
        line = edited[: found.start()].count("\n") + 1
        for problem in problems(tmp_path, edited):
            blames = (
                " would restore the order of " in problem or "is at odds with the others" in problem
            )
            assert not blames or problem.startswith(f"{line}:"), problem


def case(*entries: str) -> str:
    return "case: a\nevents:\n" + "".join(f"  - {entry}\n" for entry in entries)


LINE = "{treatment: 2021-03-01/2021-06-01, line: 1, drugs: x}"

# Entries, what the one problem holds, and what it does not have.
UNDECIDED = [
    pytest.param(
        ["{surgery: 2021-05-04}", '{scan: "2020-11-09, after surgery"}'],
        ["surgery 2021-05-04: 2020-05-04 (the year)", "after surgery: 2021-11-09 (the year)",
         "the dates of surgery 2021-05-04 and scan 2020-11-09, after surgery exchanged"], [],
        id="two events: both are named",
    ),
    pytest.param(
        ["{treatment: 2022-08/2022-02, line: 1, drugs: x}"],
        ["3:17", "treatment 2022-08: 2021-08 (the year)", "end: 2023-02 (the year)",
         "exchanged", "ends before it starts"], [],
        id="both ends of the one period",
    ),
    pytest.param(
        ['{scan: "2021-05, after surgery", id: CT}', '{surgery: "2021-03, after CT"}'],
        ["no day satisfies the order"], ["would restore"],
        id="a circle: no date is at fault",
    ),
    pytest.param(
        ["{death: 2010-07-11}", LINE],
        ["3:13", "the date of death 2010-07-11 is at odds with the others: treatment"],
        ["would restore"],
        id="no edit brings death to within years of the treatment",
    ),
    pytest.param(
        ["{surgery: 2021-02-30}", "{death: 2020-07-08}", LINE],
        ["4:13", "2021-07-08 (the year)"], [],
        id="beside an entry that cannot be read",
    ),
    pytest.param(
        ["{biopsy: 2020-01-09}", "{surgery: 2021-06-14}", "{toxicity: 2020-08-03, grade: 2}",
         "{scan: 2020-11-02}", "{last contact: 2020-02-20}"],
        ["4:15", "the dates of surgery 2021-06-14 and last contact 2020-02-20 exchanged would"],
        [],
        id="two dates exchanged: no other edit leaves the rest in order",
    ),
    pytest.param(
        ["{diagnosis: 2021-02-01}", "{treatment: 2021-03-01/2012-06-01, line: 1, drugs: x}",
         "{toxicity: 2022-05-17, grade: 2}", "{death: 2021-12-24}"],
        ["4:17", "2021-06-01 (two digits exchanged) would restore the order of treatment",
         "toxicity 2022-05-17: 2021-05-17 (the year), or death 2021-12-24: 2022-12-24 (the year)"],
        [],
        id="two errors that share no event",
    ),
    pytest.param(
        ["{scan: 2021-02, id: CT}", "{death: 2012-04}", "{lab: 2021-03, values: {Hb: 12 g/dL}}"],
        ["4:13", "2021-04 (two digits exchanged) would restore"], [],
        id="death, dated by month, in the middle of the file",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "description", "never"), UNDECIDED)
def test_what_is_not_decided_stays_so(tmp_path, entries, description, never):
    found = "\n".join(problems(tmp_path, case(*entries)))
    assert all(part in found for part in description), found
    assert not any(part in found for part in never), found


REMARKED = [
    pytest.param(
        ["{diagnosis: 2021-02-01}", LINE, "{scan: 2012-04-12, line: 1}", "{scan: 2021-05-31}"],
        "5:12: warning: scan 2012-04-12 (2012-04-12) lies before treatment 2021-03-01 "
        "(2021-03-01): an assessment comes after the start of its line (check both dates); "
        "2021-04-12 (two digits exchanged), or 2022-04-12 (one digit) would restore the order of "
        "scan 2012-04-12",
        id="a scan of line 1, nine years before it",
    ),
    pytest.param(
        ["{scan: 2021-02-22, baseline: 1}", "{treatment: 2022-03-01/.., line: 1, drugs: x}",
         '{scan: "2021-04-12", line: 1}', "{scan: 2021-05-31, line: 1}"],
        "4:17: warning: scan 2021-04-12",
        id="the line is a year late, and alone stands against two scans",
    ),
]  # fmt: skip


TREATED_FIRST = [
    pytest.param(
        ["{diagnosis: 2021-02-01}", "{treatment: 2020-03-01/2021-08-01, line: 1, drugs: x}"],
        "2021-03-01 (the year)", id="a year too early",
    ),
    pytest.param(
        ["{diagnosis: 2021-02-01}", "{treatment: 2020-03/2020-05, setting: neoadjuvant, drugs: x}"],
        "diagnosis comes before treatment", id="with curative intent",
    ),
    pytest.param(
        ["{diagnosis: 2021-02}", "{treatment: 2021-02-01/2021-08-01, line: 1, drugs: x}"], "",
        id="in the month of the diagnosis",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "remark"), TREATED_FIRST)
def test_a_treatment_before_the_diagnosis_is_remarked_on_not_refused(tmp_path, entries, remark):
    path = tmp_path / "a.yaml"
    path.write_text(case(*entries))
    found, faults = load(path)
    assert not faults
    remarks = [each.what for each in case_remarks(found) if "diagnosis comes" in each.what]
    assert any(remark in each for each in remarks) if remark else not remarks


@pytest.mark.parametrize(("entries", "remark"), REMARKED)
def test_an_assessment_before_its_line_is_remarked_on_not_refused(tmp_path, entries, remark):
    path = tmp_path / "a.yaml"
    path.write_text(case(*entries))
    found, faults = load(path)
    assert not faults
    remarks = [str(each).removeprefix(f"{path}:") for each in case_remarks(found)]
    assert any(each.startswith(remark) for each in remarks), remarks


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param([LINE, "{scan: 2021-03, line: 1}"], id="in the month of the start"),
        pytest.param([LINE, "{scan: 2021-02-22, line: 1, baseline: 1}"], id="a baseline"),
        pytest.param(
            ["{treatment: 2021-05-01/2021-06-01, line: 1, drugs: y}", LINE,
             "{scan: 2021-04-12, line: 1}"],
            id="the later regimen of the line is listed first",
        ),
    ],
)  # fmt: skip
def test_an_assessment_within_its_line_is_not(tmp_path, entries):
    path = tmp_path / "a.yaml"
    path.write_text(case(*entries))
    found, faults = load(path)
    assert not faults
    assert not any("an assessment comes after" in each.what for each in case_remarks(found))


UNUSUAL = [
    pytest.param(
        [LINE, "{last contact: 2022-01-10}", "{death: 2022-01-10}",
         "{supportive: 2021-02-01/2022-01-10, drugs: morphine 10 mg}"],
        id="death on the day of the last contact, treated to that day",
    ),
    pytest.param(
        ["{scan: 2012-03-10, what: cyst}", "{diagnosis: 2021-02-01}", LINE,
         "{death: 2022-03-01}"],
        id="a scan years before diagnosis",
    ),
    pytest.param(
        ["{death: 2022-03-01}", LINE, "{scan: 2021-08-02}", "{biopsy: 2021-02-15}",
         "{diagnosis: 2021-02-20}"],
        id="listed backwards",
    ),
    pytest.param(
        [LINE, "{treatment: 2021-04-01/2021-09-01, line: 2, drugs: y}",
         "{surgery: 2022-04, planned: yes}", "{death: 2022-03-01}"],
        id="lines that overlap, surgery planned for a month that never came",
    ),
]  # fmt: skip


@pytest.mark.parametrize("entries", UNUSUAL)
def test_an_unusual_record_that_may_be_true_has_no_problem(tmp_path, entries):
    assert problems(tmp_path, case(*entries)) == []


def calls(tmp_path, days, death):
    """How many functions are called to read the labs of some days and a death; what is found."""
    first = date(2010, 1, 1)
    labs = [f"{{lab: {first + timedelta(days=n)}, values: {{Hb: 12 g/dL}}}}" for n in range(days)]
    text, counted = case(*labs, f"{{death: {death}}}"), 0

    def count(_frame, event, _arg):
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        found = problems(tmp_path, text)
    finally:
        sys.setprofile(None)
    return counted, found


def test_a_long_record_with_an_error_takes_about_the_work_of_a_sound_one(tmp_path):
    """Labs of 300 days; the year of death is a decade early. Calls are counted, not seconds."""
    calls(tmp_path, 3, "2014-03-01")  # what is worked out once
    sound, nothing = calls(tmp_path, 300, "2014-03-01")
    faulty, found = calls(tmp_path, 300, "2004-03-01")
    assert nothing == []
    assert "2014-03-01 (one digit)" in found[0]
    assert faulty < 2.5 * sound


FEW = st.integers(1, 4).map(lambda month: f"2021-0{month}")


@st.composite
def some_event(draw) -> Event:
    kind = draw(st.sampled_from((Death, LastContact, Scan, Supportive, Treatment, Treatment)))
    start, end = sorted((draw(FEW), draw(FEW)))
    given = {"planned": draw(st.sampled_from((False, False, True)))}
    if kind is Treatment:
        given |= {"line": draw(st.integers(1, 3)), "drugs": "x"}
    if kind is Supportive:
        given |= {"drugs": "x"}
    return kind(at=f"{start}/{end}" if issubclass(kind, PeriodEvent) else start, **given)


@settings(max_examples=60, deadline=None)
@given(st.lists(some_event(), min_size=2, max_size=6))
def test_the_order_of_kinds_is_broken_just_where_a_date_is_impossible(events):
    """Two forms of one rule: the rows that name the faults, and the edges that find edits."""
    events = tuple(events)
    windows = {key: when.span for key, when in moments(events)}
    stands = Order.of(edges(events, MUST)).broken(windows) is None
    assert stands == (not misdated(events))
