"""Durations of one patient together: start in June 2020, progression in October, then in May."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, calls
from timeline.auditing import Conclusion, verdicts_by_rule
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.report.claims import CLAIMS, Claim, Report


def verdicts(*claims: Claim, cycles: int | None = None):
    """Line 1 from June 2020 to a scan of October; line 2 starts that day; progression in May."""
    case, problems = Case.of(
        "c",
        (
            Scan(at="2020-04", baseline=1),
            Treatment(at="2020-06/2020-10, before worse", line=1, drugs="x", cycle="3 weeks"),
            Scan(at="2020-10", id="worse", line=1, baseline=2, target="SD", new="lung"),
            Treatment(at="after worse, before later/", line=2, drugs="y"),
            Scan(at="2021-05", id="later", line=2, target="SD", new="bone"),
        ),
    )
    assert not problems, problems
    reading, problems = derive(case)
    assert not problems, problems
    return verdicts_by_rule(reading, Report(name="s", claims=claims))


def claim(kind: str, text: str, **keys) -> Claim:
    return Claim(kind=kind, text=text, value=CLAIMS[kind].read(text), **keys)


PFS = {"unit": "months"}
FROM_TO = {"from_": "worse", "to": "later", "unit": "days"}


def of_rule(found, rule: str):
    return [verdict for verdict in found if verdict.rule == rule]


def test_prints_with_a_shared_date_that_exclude_each_other():
    """worse at the latest on day 100 of 1 June, and worse to later at the most 200 days: no."""
    found = verdicts(
        claim("PFS", "3.1", line=1, **PFS),  # 93 to 95 days: worse by 3 October
        claim("interval", "215", **FROM_TO),  # later by 6 May; alone 182 to 242 days
        claim("interval", "less than 90", from_="line 1", to="worse", unit="days"),
    )
    calls = [verdict.conclusion for verdict in of_rule(found, "C04")]
    assert Conclusion.CONTRADICTED not in calls, "the third is contradicted by itself and left out"
    found = verdicts(
        claim("PFS", "3.1", line=1, **PFS),
        claim("interval", "190", **FROM_TO),  # from 3 October at the latest: 11 April, too early
    )
    (conflict,) = of_rule(found, "C04")
    assert conflict.conclusion is Conclusion.CONTRADICTED
    assert "together they leave no possible day" in conflict.description
    assert "PFS line 1: 3.1 months" in conflict.description


def test_prints_that_are_often_possible_together_are_no_finding():
    found = verdicts(
        claim("PFS", "4", line=1, **PFS), claim("interval", "over 190", **FROM_TO)
    )  # fmt: skip
    assert not of_rule(found, "C04")
    assert not of_rule(found, "C05")
    assert not of_rule(found, "C28")


def test_prints_that_are_rarely_possible_together():
    """3.1 months are 93 to 95 days: 6 of 930 pairs. 210 days are 29 of 961 pairs.

    From 1 October to 1 May are 212 days, so 210 need a progression on 3 October at the least;
    that leaves 30 June to 3 October to 1 May, one triple of 28830.
    """
    found = verdicts(claim("PFS", "3.1", line=1, **PFS), claim("interval", "210", **FROM_TO))
    (tight,) = of_rule(found, "C05")
    assert tight.conclusion is Conclusion.POSSIBLE
    assert (tight.share.numerator, tight.share.denominator) == (1, 28830)
    assert "fewer than 1 in 10,000" in tight.description  # 1 in 28,830
    assert "about 1 in 5,000" in tight.description  # 6 / 930 x 29 / 961 is 1 in 5,136
    assert tight.notes[0].endswith("fewer than 1 in 10,000 of the combinations keep both, "
                                   "about 1 in 5,000 if neither bore on the other")  # fmt: skip
    assert len(tight.others) == 1


def test_a_print_that_is_rare_by_itself_is_no_finding():
    """Wang 2023: 4 and 8 months in 2135 of 28830 triples, 7.4 %; alone 74.1 and 10.9 %: 8.1."""
    found = verdicts(
        claim("PFS", "4", line=1, **PFS),
        claim("interval", "8", from_="worse", to="later", unit="months"),
    )
    assert not of_rule(found, "C05")


def test_one_print_alone_is_silent():
    found = verdicts(claim("PFS", "4", line=1, **PFS))
    assert not [each for each in found if each.rule in ("C04", "C05", "C28")]


def test_a_number_of_cycles_needs_time_as_well():
    """Seven cycles are 126 days to the last; a PFS of 3.1 months is 93 to 95."""
    found = verdicts(
        claim("PFS", "3.1", line=1, **PFS), claim("count", "seven", about="cycles", line=1)
    )
    (conflict,) = of_rule(found, "C04")
    assert "cycles: seven of 3 weeks" in conflict.description


def test_intervals_that_exclude_each_other():
    """At most 95 days to worse and 190 from there to later: at most 285, and 335 are printed.

    Alone: 93 to 152, 182 to 242 and 305 to 364 days.
    """
    chain = (
        claim("interval", "95", from_="line 1", to="worse", unit="days"),
        claim("interval", "190", **FROM_TO),
        claim("interval", "335", from_="line 1", to="later", unit="days"),
    )
    (found,) = of_rule(verdicts(*chain), "C28")
    assert found.conclusion is Conclusion.CONTRADICTED
    assert len(found.others) == 2
    assert not of_rule(verdicts(*chain), "C04")
    assert not of_rule(verdicts(*chain[1:]), "C28"), "190 and 335 leave 145"


def test_a_conflict_names_its_events():
    """7 days on record, 2 weeks printed: possible only where both end days and a part count."""
    events = """
  - {scan: 2022-01-31, id: brain-MRI}
  - {treatment: 2022-01-01/2022-06-01, line: 1, drugs: x}
  - {radiotherapy: 2022-02-07/2022-02-18, id: brain-RT, site: brain, dose: 30 Gy}
"""
    printed = "- {interval: 2, unit: weeks, from: brain-MRI, to: brain-RT}"
    (conflict,) = of_rule(audited(events, printed), "C28")
    assert "brain-MRI (2022-01-31)" in conflict.description
    assert "brain-RT (2022-02-07)" in conflict.description
    assert "start" not in conflict.description


def test_nothing_is_later_than_the_acceptance_of_the_report():
    """Line 2 has no date of its own: the last print alone would be possible."""
    late = claim("date", "June 2021", of="later")
    source = Report(name="s", claims=(late,), accepted="2021-05-20")
    derived, _ = derive(Case.of("c", (Scan(at="2021", id="later"),))[0])
    (found,) = of_rule(verdicts_by_rule(derived, source), "C03")
    assert found.conclusion is Conclusion.CONTRADICTED
    assert "the report was accepted" in found.description
    source = Report(name="s", claims=(late,), accepted="2021-06-20")
    assert not of_rule(verdicts_by_rule(derived, source), "C03")


@pytest.mark.parametrize(
    ("text", "conclusion"),
    [
        pytest.param("five", Conclusion.AGREES, id="4 x 21 = 84 days fit into 93 and more"),
        pytest.param("7", Conclusion.POSSIBLE, id="6 x 21 = 126 days fit into 152, not into 93"),
        pytest.param("9", Conclusion.CONTRADICTED, id="8 x 21 = 168 days fit nowhere"),
    ],
)
def test_cycles_against_the_days_of_treatment(text, conclusion):
    found = verdicts(claim("count", text, about="cycles", line=1))
    assert of_rule(found, "C12")[0].conclusion is conclusion


@pytest.mark.parametrize(
    ("keys", "description"),
    [
        pytest.param({"about": "cycles", "line": 2}, "no length of a cycle", id="no length"),
        pytest.param({"about": "cycles", "of": "moon"}, "no such event", id="no such treatment"),
        pytest.param({"about": "nodules", "line": 1}, "no percentage", id="not of cycles"),
    ],
)
def test_cycles_that_are_not_checkable(keys, description):
    (found,) = verdicts(claim("count", "7", **keys))
    assert found.conclusion is Conclusion.NOT_CHECKABLE
    assert description in found.description


TWO_WAYS = """
  - {scan: 2019-03-25, baseline: 1}
  - {treatment: 2019-04-01/2020-10-05, line: 1, drugs: x}
  - {scan: 2020-10-05, id: worse, line: 1, target: stable, new: liver}
"""


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param("18.4", ["possible"], id="553 / 30 = 18.43: months of 30 days"),
        pytest.param(
            "19.75", [], id="553 / 28 = 19.75: contradicted by itself, so it is no statement"
        ),
    ],
)
def test_one_report_may_count_its_months_in_two_ways(other, expected):
    """553 days: 18.17 months of 30.4375 days, and as many of another length in another place."""
    printed = f"- {{PFS: 18.17, unit: months, line: 1}}\n- {{PFS: {other}, unit: months, line: 1}}"
    assert calls("C04", audited(TWO_WAYS, printed)) == expected


def test_an_interval_names_the_day_of_the_report_and_what_the_rest_leaves():
    """Line 1 began in October 2012, and the report was accepted on 1 September 2021.

    108 months after a diagnosis by 31 October 2012 reach November 2021, 9.1 years; the report only
    1 September 2021, 3257 days after 1 October 2012 (9 x 365 + 2 - 30), or 8.92 years. From 31
    October 2012 to the scan of 15 January 2020 are 2632 days (7 x 365 + 1 + 76), 7.21 years.
    """
    events = """
  - {diagnosis: before line 1}
  - {treatment: 2012-10/.., line: 1, drugs: letrozole}
  - {scan: 2020-01-15, line: 1, called: PD}
  - {last contact: 108 months after diagnosis}
"""
    claim = "- {interval: '> 9 years', from: line 1, to: last contact}"
    (found,) = of_rule(audited(events, claim), "C28")
    assert found.conclusion == "contradicted"
    assert "the report was accepted by 2021-09-01" in found.description
    assert "without it they give 2632 to 3257 days" in found.description
    assert found.expected == "7.21 to 8.92 years"
