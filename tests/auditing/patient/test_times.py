"""Printed times against one another, against the report, and the words around them.

Line 1 runs from 2020-01-10 to progression on 2020-06-10 (152 days, 4.99 months), line 2 from
2020-06-20 to 2020-12-20 (183 days, 6.01 months). The report was received on 2021-06-01 and
accepted on 2021-09-01.
"""

from __future__ import annotations

import pytest

from tests.auditing.patient import records
from tests.auditing.patient.records import audited, calls, of
from timeline.auditing.patient.durations.duration_text import values_text
from timeline.core.span import NEVER_ENDS, Span
from timeline.results.alternatives import Alternative
from timeline.results.outcome import Outcome

AGREES, POSSIBLE, CONTRADICTED, NOT = "agrees", "possible", "contradicted", "not checkable"
CASE = """
  - {symptom: 2019-06-01}
  - {diagnosis: 2019-12-01}
  - {scan: 2020-01-05, baseline: 1}
  - {treatment: 2020-01-10/2020-06-10, line: 1, drugs: x}
  - {scan: 2020-06-10, id: worse, line: 1, target: stable, new: liver}
  - {treatment: 2020-06-20/2020-12-20, line: 2, drugs: y}
  - {scan: 2020-12-20, id: last, line: 2, target: stable, new: bone}
"""
CENSORED = """
  - {diagnosis: 2019-12-01}
  - {scan: 2020-01-05, baseline: 1}
  - {treatment: 2020-01-10/.., line: 1, drugs: x}
  - {scan: 2020-06-10, id: last, target: stable, new: none}
"""


def claims(*entries):
    return "\n".join(f"- {{{each}}}" for each in entries)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("over 22", [CONTRADICTED], id="21.71 weeks round to 22 and are not over it"),
        pytest.param("nearly 22", [], id="nearly is right"),
        pytest.param("over 27", [], id="the number itself is wrong: C01"),
        pytest.param("about 22", [], id="about has no direction"),
        pytest.param("22", [], id="no hedge"),
    ],
)
def test_c02_hedges(text, expected):
    found = audited(CASE, claims(f"PFS: {text}, unit: weeks, line: 1"))
    assert calls("C02", found) == expected
    assert not (expected and of("C01", found)), "in place of C01, not with it"


VAGUE = """
  - {scan: 2018-11-20, baseline: 1}
  - {treatment: 2018-12/2021-02, line: 1, drugs: x}
  - {scan: 2021-02, line: 1, target: stable, new: liver}
"""


@pytest.mark.parametrize(
    ("case", "text", "unit", "expected"),
    [
        pytest.param(CASE, "over 22", "weeks", "22 weeks, without 'over'", id="all round to it"),
        pytest.param(CASE, "exceeding 22", "weeks", "22 weeks, without 'exceeding'",
                     id="the word as it is printed"),
        pytest.param(VAGUE, "nearly 25", "months", "25 to 27 months",
                     id="25.07 to 26.94 months: 25 is right on the first days only"),
    ],
)  # fmt: skip
def test_c02_expects_what_the_dates_give(case, text, unit, expected):
    """From 31 December 2018 to 1 February 2021 are 763 days, from 1 December to 28 February 820."""
    found = audited(case, claims(f"PFS: {text}, unit: {unit}, line: 1"))
    assert [each.expected for each in of("C02", found)] == [expected]


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        pytest.param("1.2", POSSIBLE, id="183 / 153 = 1.196"),
        pytest.param("3.9", POSSIBLE, id="183 / 47 = 3.894"),
        pytest.param("2.5", CONTRADICTED, id="between the two"),
    ],
)
def test_a_ratio_is_compared_with_each_alternative(ratio, expected):
    found = audited(APART, claims(f"score: {ratio}, about: PFS ratio, line: 2"))
    assert calls("C32", found) == [expected]


# "grown" is SD or PD: PFS of line 1 is 47 days (2020-02-26) or 153 (2020-06-11). Line 2: 183.
APART = """
  - {scan: 2020-01-05, baseline: 1}
  - {treatment: 2020-01-10/2020-06-11, line: 1, drugs: x}
  - {scan: 2020-02-26, line: 1, target: grown, new: none}
  - {scan: 2020-06-11, id: worse, line: 1, target: stable, new: liver}
  - {treatment: 2020-06-20/2020-12-20, line: 2, drugs: y}
  - {scan: 2020-12-20, id: last, line: 2, target: stable, new: bone}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("nearly 153", [CONTRADICTED], id="153 would be right"),
        pytest.param("nearly 100", [], id="100 lies between the two and would be wrong as well"),
    ],
)
def test_a_hedge_is_compared_with_each_alternative(text, expected):
    assert calls("C02", audited(APART, claims(f"PFS: {text}, unit: days, line: 1"))) == expected


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        pytest.param("1.2", AGREES, id="183 / 153 = 1.196"),
        pytest.param("1.5", CONTRADICTED, id="183 / 122: of no alternative"),
    ],
)
def test_a_printed_time_of_a_ratio_is_the_alternative_that_it_fits(ratio, expected):
    printed = claims("PFS: over 100, unit: days, line: 1", "PFS: 183, unit: days, line: 2",
                     f"score: {ratio}, about: PFS ratio, line: 2")  # fmt: skip
    assert calls("C32", audited(APART, printed)) == [expected]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("5", "6", [], id="11 months, 335 days, of 345"),
        pytest.param("5", "6.5", [], id="4.5 + 6.45 months, 334 days, fit"),
        pytest.param("5.0", "6.5", [POSSIBLE], id="4.95 + 6.45, 347 days; of 28 days a month 320"),
        pytest.param("5.0", "8.0", [CONTRADICTED], id="13 months are 396 days"),
    ],
)
def test_c06_sums_of_lines(first, second, expected):
    """From 2020-01-10 to 2020-12-20 are 345 days, 11.33 months."""
    found = audited(CASE, claims(f"PFS: {first}, unit: months, line: 1",
                                 f"PFS: {second}, unit: months, line: 2"))  # fmt: skip
    assert calls("C06", found) == expected


def test_c06_has_no_verdict_with_one_line_or_without_dates():
    assert not of("C06", audited(CASE, claims("PFS: 50, unit: months, line: 1")))
    found = audited(
        CASE, claims("PFS: 50, unit: months, line: 1", "PFS: 50, unit: months, line: 7")
    )
    assert not of("C06", found)


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        pytest.param(("PFS: 13", "OS: 10"), [CONTRADICTED], id="PFS beyond OS"),
        pytest.param(("PFS: 10", "OS: 10"), [], id="the same"),
        pytest.param(("PFS: 12", "OS: 10"), [], id="11.0 raised, and 10.99 cut"),
        pytest.param(("PFS: 5", "TTR: 8"), [CONTRADICTED], id="a response after progression"),
        pytest.param(("PFS: 13", "TTNT: 10"), [POSSIBLE], id="treated on before progression"),
        pytest.param(("PFS: 5", "TTR: 2", "DoR: 3"), [], id="5 - 2 = 3"),
        pytest.param(("PFS: 9", "TTR: 2", "DoR: 3"), [CONTRADICTED], id="9 - 2 is not 3"),
        pytest.param(("PFS: over 12", "OS: over 10"), [], id="lower bounds"),
    ],
)
def test_c07_parts_and_wholes(times, expected):
    found = audited(CASE, claims(*(f"{each}, unit: months, line: 1" for each in times)))
    assert calls("C07", found) == expected


def test_c07_compares_a_line_with_its_own_line_and_the_patient():
    other = claims("PFS: 12, unit: months, line: 1", "OS: 10, unit: months, line: 2")
    assert not of("C07", audited(CASE, other))
    patient = claims("PFS: 13, unit: months, line: 1", "OS: 10, unit: months")
    assert calls("C07", audited(CASE, patient)) == [CONTRADICTED]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("5", [POSSIBLE], id="as if reached"),
        pytest.param("5+", [], id="a lower bound"),
        pytest.param("at least 5", [], id="in words"),
    ],
)
def test_c08_censored_as_reached(text, expected):
    assert (
        calls("C08", audited(CENSORED, claims(f"PFS: {text}, unit: months, line: 1"))) == expected
    )
    assert not of("C08", audited(CASE, claims(f"PFS: {text}, unit: months, line: 1")))


def test_c08_gives_one_verdict_for_a_figure():
    twice = "A:\n  - {PFS: 5, unit: months, line: 1}\nB:\n  - {PFS: 5, unit: months, line: 1}"
    (found,) = of("C08", audited(CENSORED, twice))
    assert len(found.others) == 1


IMMUNE = """
  - {scan: 2020-01-05, baseline: 1}
  - {treatment: 2020-01-10/.., line: 1, drugs: x, criterion: iRECIST}
  - {scan: 2020-06-10, id: unconfirmed, target: stable, new: liver}
  - {scan: 2020-07-20, id: confirmed, target: stable, earlier-new: grown}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("6.3", [CONTRADICTED], id="192 days to iCPD"),
        pytest.param("5.0", [], id="152 days to iUPD"),
        pytest.param("9.9", [], id="neither: C01 alone"),
    ],
)
def test_c09_which_date_of_irecist(text, expected):
    printed = claims(f"PFS: {text}, unit: months, line: 1, criterion: iRECIST")
    assert calls("C09", audited(IMMUNE, printed)) == expected


def test_c09_has_no_verdict_on_recist():
    assert not of(
        "C09", audited(IMMUNE, claims("PFS: 6.3, unit: months, line: 1, criterion: RECIST 1.1"))
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("18.7", [POSSIBLE], id="568 days from the first symptom"),
        pytest.param("12.6", [], id="385 days from diagnosis, 12.65"),
        pytest.param("99", [], id="from nowhere"),
    ],
)
def test_c23_origins_of_survival(text, expected):
    """To the last event of 2020-12-20: 385 days from diagnosis, 568 from the first symptom."""
    found = of("C23", audited(CASE, claims(f"OS: {text}, unit: months")))
    assert [each.conclusion for each in found] == expected
    assert all("first symptom" in each.description for each in found)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param("interval: 5, unit: months, from: line 1, to: worse, statistic: median",
                     [CONTRADICTED], id="a median of one"),
        pytest.param("interval: 5, unit: months, from: line 1, to: worse", [], id="no median"),
        pytest.param("PFS: 5, unit: months, statistic: median, group: all, n: 15", [],
                     id="of a group"),
        pytest.param("PFS: 5, unit: months, statistic: median, study: other", [],
                     id="of another study"),
    ],
)  # fmt: skip
def test_c31_medians(entry, expected):
    assert calls("C31", audited(CASE, claims(entry))) == expected


@pytest.mark.parametrize(
    ("times", "ratio", "conclusion"),
    [
        pytest.param(("5.0", "6.0"), "1.2", AGREES, id="6.0 / 5.0, 1.18 to 1.22"),
        pytest.param(("5", "6"), "1.2", AGREES, id="6 / 5, which the dates narrow to 1.20"),
        pytest.param(("5", "6"), "2.0", CONTRADICTED, id="not 2"),
        pytest.param((), "1.20", AGREES, id="183 / 152 days"),
        pytest.param((), "1.30", CONTRADICTED, id="not 1.30"),
        pytest.param((), "high", NOT, id="no number"),
    ],
)
def test_c32_ratios(times, ratio, conclusion):
    prints = [f"PFS: {text}, unit: months, line: {n}" for n, text in enumerate(times, start=1)]
    found = audited(CASE, claims(*prints, f"score: {ratio}, about: PFS ratio, line: 2"))
    assert [each.conclusion for each in of("C32", found)] == [conclusion]


@pytest.mark.parametrize(
    ("ratio", "conclusion"),
    [
        pytest.param("2.0", POSSIBLE, id="the second time is censored"),
        pytest.param("0.90", CONTRADICTED, id="but is 183 / 152 = 1.20 already"),
    ],
)
def test_c32_of_a_censored_time_is_a_lower_bound(ratio, conclusion):
    going = CASE.replace("target: stable, new: bone", "target: stable, new: none")
    (found,) = of("C32", audited(going, claims(f"score: {ratio}, about: PFS ratio, line: 2")))
    assert found.conclusion == conclusion


def test_c32_of_a_first_line_is_not_checkable():
    (found,) = of("C32", audited(CASE, claims("score: 2, about: PFS ratio, line: 1")))
    assert (found.conclusion, found.description) == (NOT, "no PFS ratio of line 1")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param("", [POSSIBLE], id="none on record"),
        pytest.param(
            "  - {last contact: 2020-12-20/2021-06}\n", [POSSIBLE], id="within half a year"
        ),
        pytest.param("  - {last contact: 2021-01}\n", [], id="to a month"),
        pytest.param("  - {death: 2021-01}\n", [], id="dead"),
    ],
)
def test_c33_last_contact(more, expected):
    assert calls("C33", audited(CASE + more, claims("OS: over 12, unit: months"))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("over 17", [], id="from 2019-12-01 to receipt: 548 days, 18.00 months"),
        pytest.param("over 20", [POSSIBLE], id="to acceptance: 640 days, 21.03 months"),
        pytest.param("over 30", [CONTRADICTED], id="beyond it, of months of 28 days too: 840"),
    ],
)
def test_c34_ceiling_of_the_report(text, expected):
    assert calls("C34", audited(CASE, claims(f"OS: {text}, unit: months"))) == expected


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        pytest.param("OS: over 30, unit: months", "C34", id="a ceiling"),
        pytest.param("PFS: 30, unit: months, line: 1", "C01", id="a time"),
        pytest.param("interval: 30, unit: months, from: line 1, to: last", "C27", id="an interval"),
    ],
)
def test_a_figure_of_a_group_is_none_of_the_patient(claim, rule):
    """Three of four patients may be the other three."""
    assert calls(rule, audited(CASE, claims(claim))) == [CONTRADICTED]
    for more in ("group: three of four patients", "n: 4"):
        assert not of(rule, audited(CASE, claims(f"{claim}, {more}")))


@pytest.mark.parametrize(
    ("printed", "rounding"),
    [  # 2020-10-01 to 2021-05-31: 242 days, 242 / 30.4375 = 7.951 months
        pytest.param("8", "; 7.95 rounds to 8", id="to whole months"),
        pytest.param("8.0", "; 7.95 rounds to 8.0", id="to a tenth"),
        pytest.param("7.95", "", id="as it is"),
        pytest.param("9", "", id="not by rounding"),
        pytest.param("over 7", "", id="a bound"),
    ],
)
def test_c01_says_where_only_rounding_gives_what_is_printed(printed, rounding):
    events = (
        "  - {treatment: 2020-10-01/2021-05, line: 1, drugs: doxorubicin}\n"
        "  - {scan: 2021-05-31, called: PD}\n"
    )
    claim = f"PFS: {printed}, unit: months, line: 1"
    (found,) = of("C01", audited(events, claims(claim)))
    assert found.recorded.endswith(f"(2021-05-31){rounding}") or (
        not rounding and "rounds" not in found.recorded
    )


@pytest.mark.parametrize(
    ("dates", "day", "name"),
    [
        pytest.param({}, "2021-09-01", "acceptance", id="the acceptance first"),
        pytest.param({"accepted"}, "2021-10-01", "publication", id="else the publication"),
        pytest.param({"accepted", "published"}, "2021-06-01", "receipt", id="else the receipt"),
    ],
)
def test_c34_names_the_date_of_the_report(dates, day, name, monkeypatch):
    kept = [each for each in records.REPORT.splitlines() if each.partition(":")[0] not in dates]
    monkeypatch.setattr(records, "REPORT", "\n".join(kept) + "\n")
    (found,) = of("C34", audited(CASE, claims("OS: over 30, unit: months")))
    assert f"to the {name} of the report ({day})" in found.description
    assert found.recorded == f"longer than diagnosis to {name}"


def test_c34_has_no_verdict_where_the_end_is_on_record():
    assert not of("C34", audited(CASE, claims("PFS: 40, unit: months, line: 1")))


@pytest.mark.parametrize(
    ("date", "expected", "description"),
    [
        pytest.param("30 February 2020", [CONTRADICTED], "no such day", id="no such day"),
        pytest.param('"Monday, 10 June 2020"', [CONTRADICTED], "a Wednesday", id="a weekday"),
        pytest.param('"Wednesday, 10 June 2020"', [], "", id="the right weekday"),
        pytest.param("June 2022", [CONTRADICTED], "after the report", id="after publication"),
        pytest.param("June 2020", [], "", id="a date"),
    ],
)
def test_c35_the_calendar(date, expected, description):
    found = of("C35", audited(CASE, claims(f"date: {date}, of: worse")))
    assert [each.conclusion for each in found] == expected
    assert all(description in each.description for each in found)


def test_c35_a_planned_event_may_be_later_than_the_report():
    planned = "  - {surgery: after last, planned: yes, id: next}\n"
    assert not of("C35", audited(CASE + planned, claims("date: June 2022, of: next")))


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param("PFS: 50, unit: months, line: 1", id="an endpoint"),
        pytest.param("interval: 50, unit: months, from: line 1, to: worse", id="an interval"),
        pytest.param("date: January 2019, of: worse", id="a date"),
        pytest.param("response: CR, of: worse", id="a response"),
        pytest.param("ordinal: fifth, about: x, line: 1", id="an ordinal"),
        pytest.param("OS: over 90, unit: months", id="survival"),
        pytest.param("PFS: 5, unit: months, line: 1, statistic: median", id="a median"),
    ],
)
def test_a_cited_study_is_never_compared_with_this_patient(entry):
    assert any(each.conclusion != NOT for each in audited(CASE, claims(entry))), (
        "compared without a study"
    )
    found = audited(CASE, claims(f"{entry}, study: other"))
    assert {each.conclusion for each in found} == {NOT}


ODD = ("within 8", "over 60", "about 16", "4–6", "nearly 5", "up to 3", "≥ 12", "0", "12+")
TIMES = ("PFS", "iPFS", "OS", "TTP", "TTF", "DoR", "TTR", "TTNT", "ToT", "TFI", "PFS2", "DFS")


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("events", [CASE, CENSORED, IMMUNE], ids=["events", "censored", "immune"])
def test_every_form_of_print_gets_a_verdict(events, text):
    printed = [
        f"{kind}: {text}, unit: {unit}, line: 1" for kind in TIMES for unit in ("months", "weeks")
    ]
    printed += [f"OS: {text}, unit: years", f"PFS: {text}, unit: months, line: 2"]
    printed += [f"interval: {text}, unit: months, from: line 1, to: last", "PFS: NR, unit: months"]
    assert len(audited(events, claims(*printed))) >= len(printed)


def test_c06_has_no_verdict_on_an_ongoing_line():
    going = CASE.replace("target: stable, new: bone", "target: stable, new: none")
    found = audited(
        going, claims("PFS: 5.0, unit: months, line: 1", "PFS: 12.0, unit: months, line: 2")
    )
    assert calls("C06", found) == []  # it may have gone on after the last scan


def test_an_impossible_day_gets_one_verdict():
    (found,) = audited(CASE, claims("date: 31 June 2020, of: worse"))
    assert (found.rule, found.conclusion) == ("C35", "contradicted")


def test_c19_names_the_end_of_an_event():
    events = "  - {treatment: 2019-04-01/2020-10-05, line: 1, drugs: x}"
    (found,) = of("C19", audited(events, "- {date: October 2021, of: line 1 end}"))
    assert "the end of treatment 2019-04-01 is on record for 2020-10-05" in found.description
    (found,) = of("C19", audited(events, "- {date: October 2021, of: line 1}"))
    assert "; treatment 2019-04-01 is on record for 2019-04-01" in found.description


def test_a_time_that_is_an_event_or_censored_on_any_day_is_said_once():
    outcomes = [
        Alternative(event=event, days=Span(0, NEVER_ENDS), origin=None, end=None)
        for event in (True, False)
    ]
    found = Outcome(endpoint="PFS", line=1, days=Span(0, NEVER_ENDS), alternatives=tuple(outcomes))
    assert values_text(found) == "not determinable (event or censored)"
