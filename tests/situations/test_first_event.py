"""Which of several events of an endpoint is the first: by date, by order and by distance together.

A printed year is 365.25 days: 5 years are 4.5 to 5.5 of them, 1643.6 to 2008.9 days, so 1644 to
2008. A printed week is 7 days: 2 to 8 weeks are 11 days (1.5 weeks) or more.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.situations.records import ended, record
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import Death, LastContact, Scan, Surgery, Treatment
from timeline.settings.response import Settings

PAST_ALL = math.inf
RESPONSE = """
    scan: before line 1, baseline: 1
    treatment: ../before pd, line: 1, drugs: x
    scan: after line 1, id: cr, target: absent
    scan: 5 years after cr, id: pd, target: absent, new: lung
"""
TRACED = RESPONSE + "surgery: 2 to 8 weeks after pd, id: resection\n"
DATED = "scan: 2020-01-01, baseline: 1\ntreatment: {start}, line: 1, drugs: x\n"


@pytest.mark.parametrize(
    ("name", "events", "days", "reason", "why"),
    [
        ("DoR", TRACED + "death: 1 to 2 years after resection", (1644, 2008), "first PD",
         "the scan precedes the resection, and death follows that"),
        ("DoR", TRACED + "last contact: 1 to 2 years after resection", (1644, 2008), "first PD",
         "the same record without a death"),
        ("DoR", RESPONSE + "death: after pd", (1644, 2008), "first PD",
         "death after the scan, at whatever time"),
        ("DoR", RESPONSE + "death: ..", (1644, 2008), "first PD",
         "nothing follows death, so that the scan precedes it"),
        ("PFS", TRACED + "death: after resection", (1644, PAST_ALL), "first PD",
         "the start is on any day before the response; the event is known"),
        ("PFS", DATED.format(start="2020-01") + "scan: 2020-05, line: 1, id: pd, called: PD\n"
         "death: '2020-05, after pd'", (91, 151), "first PD",
         "one month for both, and a stated order: 1 May less 31 January to 31 May less 1 January"),
        ("PFS", DATED.format(start="..") + "scan: 8 to 10 weeks after line 1 start, id: pd, "
         "line: 1, called: PD\ndeath: 1 to 3 days after pd", (53, 73), "first PD",
         "no date at all: 7.5 to 10.5 weeks are 52.5 to 73.5 days, and death is later"),
    ],
)  # fmt: skip
def test_an_event_that_comes_after_a_certain_one_is_none(name, events, days, reason, why, tmp_path):
    found, problems = record(tmp_path, events)
    assert not problems
    assert ended(found, name) == (True, *days), why
    outcome = found.outcome(name, 1)
    assert {each.end.event.kind for each in outcome.alternatives} == {"scan"}, why
    assert reason in outcome.reason
    assert "death" not in outcome.reason


BOTH = DATED.format(start="2020-01-02/..")


@pytest.mark.parametrize(
    ("events", "kinds", "days", "why"),
    [
        (BOTH + "scan: 2020-05-10, line: 1, target: grown\ndeath: 2020-06-10",
         {"scan", "death"}, (129, 160), "grown may be SD: 29 + 29 + 31 + 30 + 10; death 31 later"),
        (BOTH + "scan: 2020-05-10, line: 1, called: PD\ndeath: 2020-05-10",
         {"scan", "death"}, (129, 129), "on one day by their dates neither is the first"),
        (BOTH + "scan: 2020-05, id: pd, line: 1, called: PD\ndeath: pd + 0 days",
         {"scan", "death"}, (120, 150), "on one day by a distance: 1 to 31 May"),
    ],
)  # fmt: skip
def test_an_event_that_may_be_the_first_stays(events, kinds, days, why, tmp_path):
    found, problems = record(tmp_path, events)
    assert not problems
    outcome = found.outcome("PFS", 1)
    assert {each.end.event.kind for each in outcome.alternatives} == kinds, why
    assert (outcome.days.low, outcome.days.high) == days, why


def test_no_event_is_more_days_away_than_a_certain_one_can_be(tmp_path):
    """Progression at week 8 to 10, death at week 9 to 20, no date: at most 10.5 weeks, 73 days."""
    found, _ = record(
        tmp_path,
        """
        treatment: .., line: 1, drugs: x
        scan: 8 to 10 weeks after line 1 start, line: 1, called: PD
        progression: 9 to 20 weeks after line 1 start
        """,
    )
    assert ended(found, "rwPFS", 1, "") == (True, 53, 73)


def test_local_therapy_after_progression_does_not_censor_it(tmp_path):
    """The scan is 11 days or more before the resection, though both have no date."""
    found, _ = record(tmp_path, TRACED + "death: after resection")
    chosen = Settings.of({"local_therapy_ends_pfs": "censor"})
    again, _ = derive(found.case, chosen)
    assert again.outcome("PFS", 1).event is True


STARTS = ("..", "2007/..", "2007-06/..", "2007-06-15/..")
SCANS = ("after line 1", "line 1 + 8 weeks", "2 to 3 months after line 1 start", "2007-09")
LATER = ("after {}", "2 to 8 weeks after {}", "{} + 3 days", "2009, after {}", "2007-09, after {}")


@settings(max_examples=20, deadline=None)
@given(*map(st.sampled_from, (STARTS, SCANS, LATER, LATER, ("no", "censor", "event"))))
def test_death_after_progression_is_no_more_than_the_last_contact(start, scan, then, last, local):
    """PFS, TTP and DoR end at a progression that comes first, whether or not death follows it."""
    found = []
    for kind in (Death, LastContact):
        events = (
            Scan(at="before line 1", baseline=1),
            Treatment(at=start, line=1, drugs="x"),
            Scan(at=scan, id="cr", line=1, target="absent"),
            Scan(at="after cr", id="pd", line=1, target="absent", new="lung"),
            Surgery(at=then.format("pd"), id="operation"),
            kind(at=last.format("operation")),
        )
        case, problems = Case.of("c", events)
        if problems:
            return
        read, _ = derive(case, Settings.of({"local_therapy_ends_pfs": local}))
        found.append({name: read.outcome(name, 1).values for name in ("PFS", "TTP", "DoR")})
    assert found[0] == found[1]
