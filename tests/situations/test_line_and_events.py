"""Scans that name their line, and events that trials record.

FDA 2018, Appendix 3: clinical progression counts in table C, not in A; EMA 2012 as A.
"""

from __future__ import annotations

import pytest

from tests.situations.records import INPUTS, ended, labels, opened, record
from timeline.assessment.remarks import case_remarks
from timeline.endpoints.ratios import pfs_ratios

TWO_LINES = """
    scan: 2014-03-22, baseline: 1
    treatment: 2014-04-26/2016-05-20, line: 1, drugs: vemurafenib
    scan: 2016-05-20, line: 1, baseline: 2, target: PD
    treatment: 2016-05-30/2017-03-01, line: 2, drugs: docetaxel
"""


def span(found, index):
    scan = found.status("RECIST 1.1", 1)[index].scan
    low, high = scan.start.span.low, scan.start.span.high
    start = found.case.lines[0].start.start.span.low
    return low - start, high - start


def test_a_scan_of_line_1_by_order_is_before_the_first_scan_of_line_2():
    found, problems = opened(INPUTS / "scans" / "pr.yaml")
    assert not problems
    assert labels(found) == ["PR", "PD"]
    assert span(found, 0) == (0, 755)  # 2014-04-26 to 2016-05-20: 730 + 1 (2016-02-29) + 24


@pytest.mark.parametrize(
    ("scans", "expected", "days"),
    [
        pytest.param(
            "scan: after line 1, line: 1, target: SD\nscan: 2016-08-01, line: 2, target: SD",
            ["SD", "PD"], (0, 755), id="the baseline of line 2 is its first scan",
        ),
        pytest.param(
            "scan: 2016, line: 1, target: SD", ["SD", "PD"], (615, 755),
            id="some day of 2016: up to 20 May",
        ),
        pytest.param(
            "scan: 2014, line: 1, target: SD", ["SD", "PD"], (0, 249),
            id="some day of 2014: from 26 April",
        ),
    ],
)  # fmt: skip
def test_its_days(tmp_path, scans, expected, days):
    found, problems = record(tmp_path, TWO_LINES + scans)
    assert not problems
    assert labels(found) == expected
    assert span(found, 0) == days


def test_a_contradicting_date_is_kept(tmp_path):
    found, problems = record(tmp_path, TWO_LINES + "scan: 2016-08-02, line: 1, target: PD")
    assert not problems
    assert span(found, -1)[0] == 829  # 2 August 2016: 755 + 74


def test_randomisation_is_an_origin():
    """From 2020-01-16 to 2020-03-02 are 46 days, from 2020-01-02 60."""
    found, problems = opened(INPUTS / "scans" / "P87-randomisation.yaml")
    assert not problems
    main = found.outcome("PFS", 1)
    assert ended(found) == (True, 46, 46)
    (other,) = found.other_origins(main)
    assert other.origin.description == "randomisation"
    assert (other.days.low, other.days.high) == (60, 60)


@pytest.mark.parametrize(
    "kind", ["randomisation", "randomization", "registration", "enrolment", "enrollment"]
)
def test_only_the_line_after_it_counts_from_it(tmp_path, kind):
    events = f"""
        treatment: 2019-01-10/2019-06-01, line: 1, drugs: cisplatin
        {kind}: 2020-01-02
        treatment: 2020-01-16/.., line: 2, drugs: docetaxel
        scan: 2020-03-02, line: 2, target: PD
        death: 2020-09-01
    """
    found, problems = record(tmp_path, events)
    assert not problems
    assert found.other_origins(found.outcome("PFS", 1)) == ()
    assert [each.days.low for each in found.other_origins(found.outcome("PFS", 2))] == [60]
    assert [each.days.low for each in found.other_origins(found.outcome("OS", 2))] == [243]


@pytest.mark.parametrize(
    ("policy", "state"),
    [
        ("fda_a", (False, 46, 46)),
        ("fda_b", (False, 46, 46)),
        ("fda_c", (True, 103, 103)),  # 2020-01-16 to 2020-04-28
        ("ema", (False, 46, 46)),
    ],
)
def test_clinical_progression_by_policy(policy, state):
    found, problems = opened(INPUTS / "scans" / "P88-clinical-progression.yaml", pfs_policy=policy)
    assert not problems
    assert ended(found) == state
    assert ended(found, "OS", criterion=None) == (False, 106, 106)  # lost on 2020-05-01
    assert ended(found, "rwPFS", criterion=None) == (True, 103, 103)


def test_progression_of_the_next_line_is_not_that_of_the_first(tmp_path):
    events = TWO_LINES.replace("target: PD", "target: SD") + "progression: 2016-12-01"
    found, problems = record(tmp_path, events, pfs_policy="fda_c")
    assert not problems
    assert ended(found)[0] is False
    assert ended(found, line=2) == (True, 185, 185)  # 30 May to 1 December 2016


def test_nothing_is_seen_after_the_last_contact(tmp_path):
    events = TWO_LINES + "lost to follow-up: 2016-12-01\nscan: 2017-01-05, target: PD"
    _, problems = record(tmp_path, events)
    assert "after last contact" in str(problems[0])


@pytest.mark.parametrize(
    ("first", "finding", "choices"),
    [
        pytest.param(
            "2016-11", "called: PD",
            "may belong to line 1 or 2, or be the baseline of line 2 (write line: 1 if the "
            "progression ended it, line: 2 or baseline: 2, or place it: after line 2)",
            id="PD in the month in which the next line starts mostly ended the line before",
        ),
        pytest.param(
            "2016-11", "called: SD",
            "may belong to line 1 or 2, or be the baseline of line 2 (write line: 1, line: 2 or "
            "baseline: 2, or place it: after line 2)",
            id="stable disease ends no line",
        ),
        pytest.param(
            "2018-12", "called: SD",
            "may belong to line 1 or 2, or precede it (write line: 1, line: 2 or baseline: 2, or "
            "place it: after line 2)",
            id="both lines start in the month: it may come before all",
        ),
    ],
)  # fmt: skip
def test_every_line_that_a_scan_may_belong_to_is_offered(tmp_path, first, finding, choices):
    events = f"""
        treatment: {first}/before line 2, line: 1, drugs: etoposide
        scan: 2018-12, {finding}
        treatment: 2018-12/2021-02, line: 2, drugs: anlotinib
    """
    _, problems = record(tmp_path, events)
    assert [each.what.partition("2018-12 ")[2] for each in problems] == [choices]


# line 1 from May 2019, and scans of line 2 that do not name their line: their dates show it
BY_DATE = """
    scan: 2019-04, baseline: 1
    treatment: 2019-05/before line 2, line: 1, drugs: carboplatin, stop: progression
    scan: {written}, line: 1, new: lung, called: PD
    treatment: 2019-10/.., line: 2, drugs: pembrolizumab
    {later}
"""


@pytest.mark.parametrize(
    ("written", "later", "days"),
    [
        pytest.param(
            "after line 1 start", "scan: 2020-01, target: PR, new: none", (0, 275),
            id="1 May 2019 to 31 January 2020: 30 + 214 + 31 days (the rest of May to December)",
        ),
        pytest.param(
            "after line 1 end", "scan: 2020-01, target: PR, new: none", (0, 275),
            id="the end of the line is open as well",
        ),
        pytest.param(
            "after line 1 start", "scan: 3 months after line 2 start, target: PR", (0, 289),
            id="3 months are 76.1 to 106.5 days: 31 October + 106 is 14 February, 275 + 14",
        ),
        pytest.param(
            '"after line 1 start, before line 2"', "scan: 2020-01, target: PR, new: none", (0, 183),
            id="1 May to 31 October",
        ),
    ],
)  # fmt: skip
def test_the_date_of_a_scan_may_show_that_it_is_the_first_of_line_2(tmp_path, written, later, days):
    found, problems = record(tmp_path, BY_DATE.format(written=written, later=later))
    assert not problems
    assert ended(found) == (True, *days)


def test_the_progression_of_line_1_comes_before_that_of_line_2_though_neither_is_dated(tmp_path):
    """Both lie after the start of their line: the first is the event, and no therapy before it."""
    later = "scan: after line 2 start, line: 2, new: liver, called: PD"
    found, problems = record(tmp_path, BY_DATE.format(written="after line 1 start", later=later))
    assert not problems
    assert ended(found) == (True, 0, float("inf"))
    (gmi,) = [each for each in pfs_ratios(found) if each.name == "GMI"]
    assert gmi.description == (
        "not determinable: the time of line 1 has no upper bound; the time of line 2 has no upper "
        "bound"
    )


@pytest.mark.parametrize(
    ("written", "later", "what"),
    [
        pytest.param(
            "after line 1 start", "scan: 2020-01, target: PR",
            "scan after line 1 start may lie after line 2 began, by 2020-01-31 (write \"after "
            "line 1 start, before line 2\", if it was made before that line)",
            id="by the first scan of line 2",
        ),
        pytest.param(
            "after line 1 start", "",
            "scan after line 1 start may lie after line 2 began, no last day is known (write "
            "\"after line 1 start, before line 2\", if it was made before that line)",
            id="no scan of line 2",
        ),
        pytest.param(
            "2019-09", "scan: after line 2 start, line: 2, target: PR",
            "scan after line 2 start has no last day: the times to it are not determinable, or "
            "have no upper bound (write its date, or before and an event)",
            id="no later line",
        ),
        pytest.param('"after line 1 start, before line 2"', "", "", id="as advised: nothing"),
        pytest.param("2019-11", "", "", id="its date is its own"),
    ],
)  # fmt: skip
def test_a_scan_that_only_an_order_dates_is_told_with_what_to_write(tmp_path, written, later, what):
    found, problems = record(tmp_path, BY_DATE.format(written=written, later=later))
    assert not problems
    told = [each.what for each in case_remarks(found.case) if each.severity == "note"]
    assert told == ([what] if what else [])


PROGRESSED = """
    treatment: 2020-01-01/2020-05-31, line: 1, drugs: cisplatin
    treatment: 2020-07-01/2021-02-28, line: 2, drugs: nivolumab
    {}
    death: 2022-01-01
"""


@pytest.mark.parametrize("kind", ["progression", "relapse", "metastasis"])
@pytest.mark.parametrize(
    ("rest", "days"),
    [
        pytest.param(
            "after line 1 start, line: 1", (0, 182), id="1 January to 1 July: 31+29+31+30+31+30"
        ),
        pytest.param("2020, line: 1", (0, 182), id="some day of 2020: up to 1 July"),
        pytest.param("2020-06, line: 1", (152, 181), id="a month within line 1"),
        pytest.param("2020-06", (152, 181), id="its date shows the line"),
        pytest.param(
            "2020-08-01, line: 1", None, id="its date contradicts it: new therapy came before"
        ),
    ],
)
def test_progression_that_names_its_line(tmp_path, kind, rest, days):
    """Stated without a scan: an event in table C; new therapy before it censors, without a scan
    on the day of the start."""
    found, problems = record(tmp_path, PROGRESSED.format(f"{kind}: {rest}"), pfs_policy="fda_c")
    assert not problems
    assert ended(found) == ((True, *days) if days else (False, 0, 0))


def test_progression_of_the_next_line_is_none_of_the_first(tmp_path):
    """From 1 July 2020 to 1 March 2021 are 243 days; line 1 has no progression on record."""
    events = PROGRESSED.format("progression: 2021-03-01, line: 2")
    found, _ = record(tmp_path, events, pfs_policy="fda_c")
    assert ended(found, line=2) == (True, 243, 243)
    assert found.outcome("PFS", 1).event is False


@pytest.mark.parametrize("kind", ["progression", "relapse", "metastasis"])
def test_progression_of_a_line_that_is_not_on_record(tmp_path, kind):
    found, problems = record(tmp_path, PROGRESSED.format(f"{kind}: 2020-06, line: 3"))
    assert found is None
    assert "line 3: the case has no such line (on record: 1, 2)" in problems[0].what


def test_progression_dated_before_its_line_is_remarked_on(tmp_path):
    found, problems = record(tmp_path, PROGRESSED.format("progression: 2020-06-01, line: 2"))
    assert not problems
    (told,) = [each.what for each in case_remarks(found.case) if "2020-06-01" in each.what]
    assert "progression comes after the start of the line that it is of" in told


def test_two_scans_of_one_month_have_no_order_by_the_baseline_of_the_next_line(tmp_path):
    """Either may be the first: between two days of June are 29 days at most."""
    events = """
        treatment: 2020-01-01/2020-06-30, line: 1, drugs: cisplatin
        scan: 2020-06, id: A, baseline: 2, modality: CT
        scan: 2020-06, id: B, new: liver, modality: MRI
        treatment: 2020-07-10/.., line: 2, drugs: nivolumab
        last contact: 2020-12-01
    """
    found, problems = record(tmp_path, events)
    assert not problems
    first, second = (found.case.find(name)[0] for name in ("A", "B"))
    between = found.case.days_between((second, "start"), (first, "start"))
    assert (between.low, between.high) == (-29, 29)
