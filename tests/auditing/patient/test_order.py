"""Printed dates against the order of events; lines that overlap."""

from __future__ import annotations

import attrs
import pytest

from tests.auditing.patient import records
from tests.auditing.patient.records import audited, of
from timeline.auditing import verdicts_by_rule
from timeline.auditing.patient.case_network import KIND_ORDER
from timeline.core.calendar.dates import parse_edtf
from timeline.core.calendar.partial_dates import parse_date, written
from timeline.core.span import Span
from timeline.report.claims import Report

CASE = """
  - {diagnosis: 2019-12-01}
  - {scan: 2020-01-05, baseline: 1}
  - {treatment: 2020-01-10/2020-06-10, line: 1, drugs: x}
  - {scan: 2020-06-10, id: worse, line: 1}
  - {treatment: 2020-06-20/2020-12-20, line: 2, drugs: y}
  - {scan: "2020-12-20, after line 2", id: later, line: 2}
  - {death: 2021-03-01}
"""


@pytest.mark.parametrize(
    ("what", "date", "because"),
    [
        pytest.param(
            "line 2", "January 2019", "a line starts after the line before it", id="lines"
        ),
        pytest.param("worse", "January 2019", "before the scans that assess it", id="its scans"),
        pytest.param("diagnosis", "May 2020", "diagnosis comes before", id="diagnosis"),
        pytest.param("death", "May 2020", "no event follows death", id="death"),
        pytest.param("later", "May 2020", "later after line 2", id="as on record"),
        pytest.param("line 1 end", "January 2019", "ends after it starts", id="a period"),
        pytest.param("death", "October 2021", "the report was accepted", id="the report"),
    ],
)
def test_c03_fires(what, date, because):
    (found,) = of("C03", audited(CASE, f"- {{date: {date}, of: {what}}}"))
    assert found.conclusion == "contradicted"
    assert because in found.description


@pytest.mark.parametrize(
    ("what", "date"),
    [
        pytest.param("worse", "June 2020", id="as on record"),
        pytest.param("worse", "July 2020", id="another date in the same place of the order"),
        pytest.param("line 2", "December 2020", id="line 2 on the day of its scan"),
        pytest.param("moon", "June 2020", id="no such event"),
        pytest.param("worse", "31 June 2020", id="no such day"),
    ],
)
def test_c03_has_no_verdict(what, date):
    assert not of("C03", audited(CASE, f"- {{date: {date}, of: {what}}}"))


@pytest.mark.parametrize(
    ("claims", "offered"),
    [
        pytest.param(["2019-06-20, of: line 2"], "2020-06-20 (the year)", id="the year"),
        pytest.param(["2020-01-05, of: line 2"], "2020-01-15 (one digit)", id="one digit"),
        pytest.param(["2002-06-20, of: line 2"], "2020-06-20 (two digits exchanged)", id="a pair"),
        pytest.param(
            ["2021-10-03, of: death"], "2021-03-10 (day and month exchanged)", id="day and month"
        ),
        pytest.param(
            ["2021-03-01, of: line 2", "2020-06-20, of: death"],
            "2020-06-20 (two dates exchanged, with death)",
            id="two dates",
        ),
    ],
)
def test_c03_offers_the_edit(claims, offered):
    found = of("C03", audited(CASE, "\n".join(f"- {{date: {each}}}" for each in claims)))
    assert found[0].conclusion == "contradicted"
    assert offered in found[0].description


def test_c03_offers_nothing_where_no_single_edit_restores_the_order():
    """No year, digit or exchange brings 1850-01 between line 1 and its scans."""
    (found,) = of("C03", audited(CASE, "- {date: 1850-01, of: worse}"))
    assert found.conclusion == "contradicted"
    assert "one edit" not in found.description


def test_c03_names_the_date_of_the_report_that_it_used(monkeypatch):
    """Published on 1 October 2021; no date of acceptance or receipt is printed."""
    kept = [each for each in records.REPORT.splitlines() if not each.startswith(("acc", "rec"))]
    monkeypatch.setattr(records, "REPORT", "\n".join(kept) + "\n")
    (found,) = of("C03", audited(CASE, "- {date: November 2021, of: death}"))
    assert "the report was published by 2021-10-01" in found.description


LATE_DIAGNOSIS = CASE.replace("diagnosis: 2019-12-01", "diagnosis: 2020-12-01")


def test_c03_blames_the_event_of_the_record_that_is_wrong():
    """The diagnosis lies after two lines: its year alone restores the order."""
    dates = "- {date: 2020-06-10, of: worse}\n- {date: 2020-12-01, of: diagnosis}"
    (found,) = of("C03", audited(LATE_DIAGNOSIS, dates))
    assert (found.claim.of, found.conclusion) == ("diagnosis", "contradicted")
    assert "restores the order: diagnosis 2020-12-01: 2019-12-01 (the year)" in found.description


def test_c03_blames_no_other_date_for_the_record():
    (found,) = of("C03", audited(LATE_DIAGNOSIS, "- {date: 2020-06-10, of: worse}"))
    assert found.conclusion == "possible"
    assert "the dates on record contradict the order" in found.description


# Metastases in May 2017, and treatment and its first scan printed with the year before: 2016.
WRONG_YEAR = """
  - {diagnosis: 2016-07}
  - {scan: 2017-05, baseline: 1}
  - {treatment: %s/.., line: 1, drugs: x}
  - {scan: %s, id: first, line: 1, called: SD}
  - {scan: 2017-12, line: 1, called: CR}
"""
BOTH = "treatment 2016-06-01 and first: 2017-06-01 and 2017-08 (the year of each)"
ALONE = "treatment 2016-06-01: 2017-06-01 (the year)"


@pytest.mark.parametrize(
    ("dates", "claim", "first", "not_offered"),
    [
        pytest.param(("2016-06-01", "2016-08"), "1 June 2016", BOTH, "2016-08-01",
                     id="the year of two dates: the treatment alone would begin after its scan"),
        pytest.param(("2016-06-01", "2017-08"), "1 June 2016", ALONE, "2016-07-01",
                     id="of one: July 2016 is long before the baseline of that line"),
        pytest.param(("2016-06-01", "2016-08"), "June or July 2016", BOTH, "2016-08-01",
                     id="a printed date that cannot be read is of that event all the same"),
    ],
)  # fmt: skip
def test_c03_offers_first_what_leaves_the_order_most_usual(dates, claim, first, not_offered):
    claims = f'- {{date: {dates[1]}, of: first}}\n- {{date: "{claim}", of: line 1}}'
    (found,) = of("C03", audited(WRONG_YEAR % dates, claims))
    assert found.claim.of == "line 1"
    assert f"restores the order: {first}" in found.description
    assert not_offered not in found.description.partition(first)[2].partition(", or diagnosis")[0]


def test_c03_offers_no_edit_that_makes_another_order_unusual():
    """On record the treatment began in June 2017, a month after its baseline."""
    record = WRONG_YEAR % ("2017-06-01", "2017-08")
    found, *_ = of("C03", audited(record, "- {date: 1 June 2016, of: line 1}"))
    assert found.description.endswith("one edit restores the order: 2017-06-01 (the year)")


def test_c03_states_that_the_print_is_right_and_the_record_wrong():
    (found,) = of("C03", audited(LATE_DIAGNOSIS, "- {date: 2019-12-01, of: diagnosis}"))
    assert found.conclusion == "possible"
    assert "printed 2019-12-01 is consistent with the order" in found.description


A, P, C = "agrees", "possible", "contradicted"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param({"received": "2024-09-27", "accepted": "2024-12-19"}, [], id="in order"),
        pytest.param({"received": "2024-09-27", "accepted": "2024-09-27"}, [], id="on one day"),
        pytest.param({"received": "2024-09-27", "accepted": "2024-08-19"},
                     [("acceptance", C, "received 2024-09-27")], id="accepted before received"),
        pytest.param({"received": "2024-09", "accepted": "2024-09-01"}, [], id="in one month"),
        pytest.param({"received": "2024-09-27", "accepted": "2024-08-19", "published": "2024-08"},
                     [("acceptance", C, "received 2024-09-27"),
                      ("publication", C, "received 2024-09-27: the dates")],
                     id="published in August as well"),
        pytest.param({"revised": "2024-12-20", "accepted": "2024-12-19"},
                     [("acceptance", P, "revised 2024-12-20")], id="revised once more"),
        pytest.param({"published": "2024-01-01"}, [], id="one date alone"),
    ],
)  # fmt: skip
def test_c03_the_dates_of_a_report(dates, expected):
    source = Report(name="s", **{key: parse_edtf(text) for key, text in dates.items()})
    found = verdicts_by_rule(None, source)
    assert [(v.rule, v.claim.of, v.conclusion) for v in found] == [
        ("C03", of_, c) for of_, c, _ in expected
    ]
    assert all(part in v.description for v, (_, _, part) in zip(found, expected, strict=True))


def test_every_kind_of_order_has_a_case_above():
    assert len(KIND_ORDER) == 4


def test_a_printed_date_shifts_the_events_that_are_ordered_by_it():
    """``soon`` has no date of its own: it follows worse, on whatever day that was."""
    case = CASE + "  - {scan: 'after worse, before line 2', id: soon, line: 1}\n"
    assert not of("C03", audited(case, "- {date: 15 June 2020, of: worse}"))


@pytest.mark.parametrize(
    ("text", "points"),
    [
        pytest.param("2020-10-05, after line 1 end", (737703, 737703), id="a date and an order"),
        pytest.param("after line 1", None, id="an order alone has no days of its own"),
    ],
)
def test_the_days_as_written(text, points):
    span = written(attrs.evolve(parse_date(text), span=Span(1, 2)))  # as order may have narrowed it
    assert (span.low, span.high) == points if points else not span.is_bounded


@pytest.mark.parametrize(
    ("end", "example_fail"),
    [
        pytest.param("2020-06-10", False, id="ten days apart"),
        pytest.param("2020-06-20", False, id="the same day"),
        pytest.param("2020-06", False, id="perhaps"),
        pytest.param("2020-07-10", True, id="certainly overlapping"),
    ],
)
def test_c37_gaps(end, example_fail):
    case = CASE.replace("2020-01-10/2020-06-10", f"2020-01-10/{end}")
    found = of("C37", audited(case, "- {date: June 2020, of: line 2}"))
    assert [each.conclusion for each in found] == (["possible"] if example_fail else [])


@pytest.mark.parametrize("what", ["line 1", "worse", "line 2 end", "moon"])
def test_c37_checks_the_start_of_a_later_line_alone(what):
    case = CASE.replace("2020-01-10/2020-06-10", "2020-01-10/2020-07-10")
    assert not of("C37", audited(case, f"- {{date: June 2020, of: {what}}}"))
