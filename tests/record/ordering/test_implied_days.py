"""What only an order dates is bounded by every fact that bounds what has a vague date."""

from __future__ import annotations

import pytest

from timeline.core.calendar.dates import parse_edtf
from timeline.core.span import ANY
from timeline.record.case import Case
from timeline.record.events import Biopsy, Death, Diagnosis, LastContact, Scan, Treatment

START = Treatment(at="2018-07-16/", line=1, drugs="anlotinib")
SCANS = (Scan(at="2018-08-11", target="shrunk"), Scan(at="2018-09", called="PD"))
GIVEN = {"line": 1, "drugs": "pembrolizumab", "cycle": "3 weeks", "cycles": "6"}
SECOND = Treatment(at="after line 1 end/", line=2, drugs="docetaxel")
CONTACT = LastContact(at="2021-01-01")


def ordered(*events):
    case, problems = Case.of("x", events)
    assert not problems
    return case


def day(text):
    return parse_edtf(text).span.low


@pytest.mark.parametrize(
    ("last", "days_from_start"),
    [
        # the scan of 2018-09 is on 2018-09-01 at the earliest, 47 days after 2018-07-16
        (Death(at="after line 1 start"), 47),
        (LastContact(at="after line 1 start"), 47),
    ],
    ids=["death", "last contact"],
)
def test_what_ends_follow_up_is_not_before_the_last_event(last, days_from_start):
    case = ordered(START, *SCANS, last)
    (found,) = (each for each in case.done if each.kind == last.kind)
    assert found.start.span.low == day("2018-09-01")
    (treatment,) = case.all_of(Treatment)
    assert case.days_between((treatment, "start"), (found, "start")).low == days_from_start


def test_a_death_of_unknown_day_is_not_before_the_end_of_a_line():
    case = ordered(
        Treatment(at="2018-07-16/2018-10", line=1, drugs="anlotinib"),
        Death(at="after line 1 start"),
    )
    assert case.all_of(Death)[0].start.span.low == day("2018-10-01")


def test_a_dated_death_keeps_its_days():
    case = ordered(START, *SCANS, Death(at="2018"))
    assert case.all_of(Death)[0].start.text == "2018"
    assert case.all_of(Death)[0].start.span == parse_edtf("2018").span


@pytest.mark.parametrize(
    ("period", "least"),
    [
        ("2020-01-01/", 105),  # 5 intervals of 21 days from the first dose to that of cycle 6
        ("2020-01-01/before line 2", 105),
        ("2020-01-01/before last contact", 105),
        ("2020-01/before line 2", 105),
    ],
)
def test_an_end_by_order_is_not_before_the_last_cycle(period, least):
    case = ordered(Treatment(at=period, stop="progression", **GIVEN), SECOND, CONTACT)
    first = case.all_of(Treatment)[0]
    assert first.end.span.low == day("2020-01-01") + least
    assert case.days_between((first, "start"), (first, "end")).low == least


def test_cycles_that_do_not_fit_bound_no_end():
    # six cycles need 105 days, and line 2 began after 31
    second = Treatment(at="2020-02-01/", line=2, drugs="docetaxel")
    case = ordered(Treatment(at="2020-01-01/before line 2", **GIVEN), second, CONTACT)
    assert case.all_of(Treatment)[0].end.span.low == day("2020-01-01")


def test_a_line_by_order_begins_before_the_last_contact():
    first = Treatment(at="2020-01-01/", line=1, drugs="x")
    case = ordered(first, Treatment(at="after line 1 start/", line=2, drugs="y"), CONTACT)
    assert case.all_of(Treatment)[1].start.span.high == day("2021-01-01")


def test_a_last_contact_that_is_counted_is_not_before_the_last_scan():
    """As 108 months after a diagnosis before line 1: the days of OS and its date agree."""
    case = ordered(
        Diagnosis(at="before line 1"),
        Treatment(at="2017-03/..", line=1, drugs="letrozole"),
        LastContact(at="108 months after diagnosis"),
        Scan(at="2024-07", line=1, called="PD"),
    )
    kinds = [each.kind for each in case.events]
    assert kinds == ["diagnosis", "treatment", "scan", "last contact"]
    (contact,) = case.all_of(LastContact)
    assert contact.start.span.low == day("2024-07-01")
    (treatment,) = case.all_of(Treatment)
    from_start = case.days_between((treatment, "start"), (contact, "start"))
    assert from_start.low == contact.start.span.low - treatment.start.span.high


@pytest.mark.parametrize(
    ("events", "kind", "days"),
    [
        pytest.param((Scan(at="line 1 + 8 weeks", called="PD"), Death(at="2020-07-05")), Scan,
                     ("2020-06-26", "2020-07-05"), id="a scan is not after death"),
        pytest.param((Scan(at="2020-07-25", called="PD"), Death(at="8 weeks after line 1 start")),
                     Death, ("2020-07-25", "2020-07-29"), id="a death is not before a scan"),
    ],
)  # fmt: skip
def test_what_is_counted_from_a_vague_date_keeps_to_the_order_of_the_kinds(events, kind, days):
    """8 weeks after May 2020: 26 June to 26 July by the day, 4 days about with ``after``."""
    case = ordered(Treatment(at="2020-05/", line=1, drugs="x"), *events)
    (found,) = case.all_of(kind)
    assert (found.start.span.low, found.start.span.high) == tuple(map(day, days))


@pytest.mark.parametrize("start", ["..", "after biopsy", "201X"])
def test_a_start_without_a_date_is_early_enough_for_the_cycles(start):
    # the first day of cycle 3 is 2 × 28 = 56 days after the start: 5 July - 56 days = 10 May
    given = {"drugs": "everolimus", "cycle": "28 days", "cycles": "3", "line": 1}
    case = ordered(
        Biopsy(at="before line 1"),
        Treatment(at=f"{start}/before line 2", **given),
        Treatment(at="2022-07-05/..", line=2, drugs="sunitinib"),
        LastContact(at="2023-06-20"),
    )
    first, _ = case.all_of(Treatment)
    (contact,) = case.all_of(LastContact)
    own = parse_edtf("2019-12-31").span.high  # a date that is printed keeps its days
    latest = own if start == "201X" else day("2022-05-10")
    assert first.start.span.high == latest
    assert case.all_of(Biopsy)[0].start.span.high == latest
    # 10 May 2022 to 20 June 2023: 365 + 21 + 20 = 406 days
    least = case.days_between((first, "start"), (contact, "start")).low
    assert least == day("2023-06-20") - latest
    assert start == "201X" or least == 406


def test_an_event_that_nothing_bounds_keeps_every_day():
    case = ordered(Biopsy(at=".."), START, CONTACT)
    assert case.all_of(Biopsy)[0].start.span == ANY
