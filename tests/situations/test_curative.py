"""EFS, DFS and DFI: scans that no line holds are read by the rules that hold for those of a line.

Days by hand from 2022-01-03. RECIST 1.1: Eisenhauer 2009 4.3.1 (+20 % and 5 mm from the smallest
sum), 4.3.5 (doubtful lesions, FDG-PET), 4.4.2 (a missing target). EFS and DFS: FDA 2018; EMA 2012.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.situations.records import record

START = date(2022, 1, 3)
NEO = "treatment: d0/d60, setting: neoadjuvant, drugs: a"
OPERATED = "surgery: d0, what: resection"
CONTACT = "last contact: d500"
TWO = "lesions: {T1: {organ: liver}, T2: {organ: lung}}"
TARGETS = "scan: d-7, lesions: {T1: 30 mm, T2: 20 mm}"


def dated(text):
    """The text with ``d56`` written as the date 56 days after the start."""
    return re.sub(r"\bd(-?\d+)\b", lambda m: (START + timedelta(days=int(m[1]))).isoformat(), text)


def values(tmp_path, endpoint, events, head="", **settings):
    found, problems = record(tmp_path, dated("\n".join(events)), head, **settings)
    assert not problems
    outcome = found.outcome(endpoint, None, "")
    return [(each.state, each.days.low) for each in outcome.alternatives], outcome


EVENT, CENSORED = "event", "censored"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param((NEO, "scan: d63, target: grown, new: none", CONTACT),
                     [(EVENT, 63), (CENSORED, 63)], id="grown is PD or SD"),
        pytest.param((NEO, "scan: d63, non-target: grown, new: none", CONTACT),
                     [(EVENT, 63), (CENSORED, 63)], id="non-targets grown, unequivocal or not"),
        pytest.param((NEO, "scan: d30, target: grown, new: none",
                      "scan: d63, target: PD, new: none", CONTACT),
                     [(EVENT, 30), (EVENT, 63)], id="PD at the first scan or at the second"),
        pytest.param((NEO, "scan: d30, called: {PD: Abstract, SD: Text}", CONTACT),
                     [(EVENT, 30), (CENSORED, 30)], id="called by two names"),
        pytest.param((NEO, "scan: d30, equivocal: E1", "scan: d63, confirms-equivocal: E1",
                      CONTACT), [(EVENT, 30)], id="the first sight of the lesion"),
        pytest.param((NEO, "scan: d30, modality: PET, new: bone", "scan: d63, new: none", CONTACT),
                     [(CENSORED, 63)], id="PET alone, and CT shows none"),
        pytest.param((NEO, "scan: d30, modality: PET, new: bone", "scan: d63, new: bone", CONTACT),
                     [(EVENT, 30)], id="PET, and CT shows it: dated by the PET"),
        pytest.param(("treatment: d0/d60, setting: perioperative, drugs: a",
                      "scan: d63, new: liver", CONTACT),
                     [(EVENT, 63)], id="perioperative treatment, never operated"),
        pytest.param(("treatment: d0/d60, setting: perioperative, drugs: a", "surgery: d80",
                      "scan: d150, new: lung", CONTACT),
                     [(EVENT, 150)], id="perioperative treatment, recurrence after surgery"),
    ],
)  # fmt: skip
def test_progression_before_surgery(tmp_path, events, expected):
    assert values(tmp_path, "EFS", events)[0] == expected


@pytest.mark.parametrize(
    ("second", "third", "expected"),
    [
        pytest.param("T1: 65 mm", "", [(EVENT, 30)], id="65 of 50 mm by T1 alone"),
        pytest.param("T1: 10 mm", "T1: 20 mm, T2: 10 mm", [(CENSORED, 63)],
                     id="10 mm of a part is no smallest sum: 30 of 50 mm is PR"),
        pytest.param("T1: 20 mm, T2: 10 mm", "T1: 26 mm, T2: 10 mm", [(EVENT, 63)],
                     id="36 of 30 mm: +20 % and 6 mm"),
        pytest.param("T1: 20 mm, T2: 10 mm", "T1: 25.9 mm, T2: 10 mm", [(CENSORED, 63)],
                     id="35.9 of 30 mm: +19.7 %"),
        pytest.param("T1: absent, T2: absent", "T1: absent, T2: 3 mm", [(EVENT, 63)],
                     id="back after all was gone"),
    ],
)  # fmt: skip
def test_measured_targets_before_surgery(tmp_path, second, third, expected):
    last = (f"scan: d63, lesions: {{{third}}}, new: none",) if third else ()
    events = (TARGETS, NEO, f"scan: d30, lesions: {{{second}}}, new: none", *last, CONTACT)
    assert values(tmp_path, "EFS", events, TWO)[0] == expected


ONE = "treatment: d100/.., line: 1, drugs: x"


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param((OPERATED, "scan: d100, called: PD", CONTACT), [(EVENT, 100)],
                     id="called progression"),
        pytest.param((OPERATED, "scan: d100, target: PD", CONTACT), [(EVENT, 100)],
                     id="a target response of PD"),
        pytest.param((OPERATED, "scan: d100, called: recurrence", CONTACT), [(EVENT, 100)],
                     id="called recurrence"),
        pytest.param((OPERATED, "scan: d100, new: none", "scan: d200, new: NE", CONTACT),
                     [(CENSORED, 100)], id="a scan that could not look is no assessment"),
        pytest.param((OPERATED, "scan: d100, equivocal: E1", "scan: d150, confirms-equivocal: E1",
                      CONTACT), [(EVENT, 100)], id="the first sight of the lesion"),
        pytest.param((OPERATED, "scan: d100, modality: PET, new: bone", "scan: d150, new: none",
                      CONTACT), [(CENSORED, 150)], id="PET alone, and CT shows none"),
        pytest.param((OPERATED, "scan: d50, new: none", ONE, "scan: d156, target: SD", CONTACT),
                     [(CENSORED, 50)], id="a scan of a later line is not disease-free"),
        pytest.param((OPERATED, "scan: d50, new: none", "scan: d90, baseline: 1, new: lung", ONE,
                      CONTACT), [(EVENT, 90)], id="new at the baseline of the line"),
        pytest.param((OPERATED, CONTACT), [(CENSORED, 0)], id="never assessed: the operation"),
        pytest.param((OPERATED, "scan: d50, new: none", "death: d90"), [(EVENT, 90)], id="death"),
    ],
)  # fmt: skip
def test_disease_free_survival(tmp_path, events, expected):
    assert values(tmp_path, "DFS", events)[0] == expected


def test_disease_at_a_baseline_may_have_come_back_there_or_been_left(tmp_path):
    events = (OPERATED, "scan: d50, new: none", "scan: d90, baseline: 1, sum: 50 mm", ONE, CONTACT)
    found, outcome = values(tmp_path, "DFS", events)
    assert found == [(CENSORED, 50), (EVENT, 90)]
    left, back = (each.condition for each in outcome.alternatives)
    assert left == "if the disease at scan 2022-04-03, a baseline, was left by the operation"
    assert back == "if the disease at scan 2022-04-03, a baseline, came back after the operation"


def test_a_death_is_no_event_of_the_disease_free_interval(tmp_path):
    assert values(tmp_path, "DFI", (OPERATED, "death: d90"))[0] == [(CENSORED, 0)]


def test_each_interpretation_states_its_condition(tmp_path):
    _, outcome = values(tmp_path, "EFS", (NEO, "scan: d63, target: grown, new: none", CONTACT))
    assert [each.condition for each in outcome.alternatives] == [
        "if grown on 2022-03-07 means PD",
        "if grown on 2022-03-07 means SD",
    ]
