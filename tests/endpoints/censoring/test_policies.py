"""Censoring policies, a story a row: what FDA tables A, B and C and the EMA make of it.

Line 1 begins on 10 January 2020, day 0, with an assessment planned every 56 days. By the
calendar: 31 January is day 21, 29 February 50, 31 March 81, 30 April 111, 31 May 142, 30 June
172, 31 July 203. Visits are planned for the days 56, 112, 168 and 224, 7 days to either side;
two are missed where nothing was seen for more than 2 x (56 + 7) = 126 days.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import attrs
import pytest

from tests.rows import every_row
from timeline.endpoints import derive
from timeline.endpoints.censoring.policies import (
    POLICIES,
    CensoringRule,
    CensoringSituation,
    DateRule,
    Effect,
    IncompletePolicy,
    policies,
)
from timeline.endpoints.derived_case import DerivedCase, rederive
from timeline.endpoints.derived_case import derive as read
from timeline.record.case import Case
from timeline.record.events import Death, Radiotherapy, Scan, Surgery, Treatment
from timeline.settings.response import Settings
from timeline.terminology.endpoints import ENDPOINTS

START = Treatment(at="2020-01-10/", line=1, drugs="x", assessed_every="8 weeks")
NO_PLAN = attrs.evolve(START, assessed_every=None)
BASE = Scan(at="2020-01-05", baseline=1)
SD_56 = Scan(at="2020-03-06", target="SD")
PD_90 = Scan(at="2020-04-09", target="SD", new="liver", line=1)
NEXT_70 = Treatment(at="2020-03-20/", line=2, drugs="y")
RT_70 = Radiotherapy(at="2020-03-20")


def stopped(reason: str) -> Treatment:
    """Line 1, ended on day 90."""
    return Treatment(at="2020-01-10/2020-04-09", line=1, drugs="x", assessed_every="8 weeks",
                     stop=reason)  # fmt: skip


def outcome(events, endpoint="PFS", **settings):
    return derived(events, **settings).outcome(endpoint, 1)


def derived(events, **settings) -> DerivedCase:
    if not any(isinstance(each, Treatment) and each.line == 1 for each in events):
        events = (START, *events)
    case, problems = Case.of("c", events)
    assert not problems, problems
    reading, problems = read(case, Settings.of(settings))
    assert not problems, problems
    return reading


def summary(found) -> str:
    """``90 event``, or ``56-203 undecided``."""
    days = found.days
    return f"{days.low if days.is_point else f'{days.low}-{days.high}'} {found.state}"


# events after the start; what fda_a, fda_b, fda_c and ema give
STORIES = {
    "PD between two visits: B and C date it by the visit of day 112": (
        (BASE, SD_56, PD_90), "90 event", "112 event", "112 event", "90 event"),
    "PD three days after the visit of day 112 is of that visit": (
        (BASE, SD_56, Scan(at="2020-05-04", target="PD")), *["115 event"] * 4),
    "no PD: the last adequate assessment": (
        (BASE, SD_56, Scan(at="2020-05-01", target="SD")), *["112 censored"] * 4),
    "no PD, and the last scan is not evaluable": (
        (BASE, SD_56, Scan(at="2020-05-01", target="NE")), *["56 censored"] * 4),
    "no assessment, alive": ((BASE,), *["0 censored"] * 4),
    "an incomplete baseline": (
        (Scan(at="2020-01-05", baseline=1, target="NE"), SD_56, PD_90),
        "0 censored", "0 censored", "0 censored", "90 event"),
    "stopped on day 90 for progression that no scan shows": (
        (stopped("progression"), BASE, SD_56),
        "56 censored", "56 censored", "112 event", "56 censored"),
    "stopped on day 90 for progression, death on day 100: no visit is dated after death": (
        (stopped("progression"), BASE, SD_56, Death(at="2020-04-19")),
        *["100 event"] * 4),
    "stopped on day 90 for progression that the scan of day 90 shows": (
        (stopped("progression"), BASE, SD_56, PD_90),
        "90 event", "112 event", "112 event", "90 event"),
    "stopped on day 90 for toxicity": (
        (stopped("toxicity"), BASE, SD_56), *["56 censored"] * 4),
    "PD on day 90, death on day 100: no visit is dated after death": (
        (BASE, SD_56, PD_90, Death(at="2020-04-19")),
        "90 event", "100 event", "100 event", "90 event"),
    "PD on day 90, therapy on day 112, death on day 150: the PD came first": (
        (BASE, SD_56, PD_90, Treatment(at="2020-05-01/", line=2, drugs="y"),
         Death(at="2020-06-08")),
        "90 event", "112 event", "112 event", "90 event"),
    "new therapy on day 70, PD on day 112": (
        (BASE, SD_56, NEXT_70, Scan(at="2020-05-01", target="SD", new="liver")),
        "56 censored", "56 censored", "56 censored", "112 event"),
    "new therapy on day 70, a last scan without PD on day 112": (
        (BASE, SD_56, NEXT_70, Scan(at="2020-05-01", target="SD")),
        "56 censored", "56 censored", "56 censored", "112 censored"),
    "new therapy on day 70, death on day 150": (
        (BASE, SD_56, NEXT_70, Death(at="2020-06-08")),
        "56 censored", "56 censored", "56 censored", "150 event"),
    "new therapy on the day of the PD: the PD comes first": (
        (BASE, Scan(at="2020-03-20", target="PD", baseline=2), NEXT_70),
        "70 event", "112 event", "112 event", "70 event"),
    "death before the first assessment": (
        (BASE, Death(at="2020-02-19")), *["40 event"] * 4),
    "death between two adequate visits": (
        (BASE, SD_56, Death(at="2020-04-19")), *["100 event"] * 4),
    "PD 127 days after the last assessment: two visits were missed": (
        (BASE, SD_56, Scan(at="2020-07-11", target="PD")),
        "56 censored", "56 censored", "56 censored", "183 event"),
    "PD after 126 days: not two; by B and C of the visit of day 224, for 182 is past 168 + 7": (
        (BASE, SD_56, Scan(at="2020-07-10", target="PD")),
        "182 event", "224 event", "224 event", "182 event"),
    "death 127 days after the last assessment": (
        (BASE, SD_56, Death(at="2020-07-11")),
        "56 censored", "56 censored", "56 censored", "183 event"),
    "death on day 127, never assessed": (
        (BASE, Death(at="2020-05-16")),
        "0 censored", "0 censored", "0 censored", "127 event"),
    "a scan that is not evaluable does not count as a visit kept": (
        (BASE, SD_56, Scan(at="2020-05-01", target="NE"), Scan(at="2020-07-11", target="PD")),
        "56 censored", "56 censored", "56 censored", "183 event"),
    "a scan of unknown findings may be a visit kept": (
        (BASE, SD_56, Scan(at="2020-05-01", line=1), Scan(at="2020-07-11", target="PD")),
        "56-183 undecided", "56-224 undecided", "56-224 undecided", "183 event"),
    "PD some day of July, 117 to 147 days after the last assessment": (
        (BASE, SD_56, Scan(at="2020-07", target="PD")),
        "56-203 undecided", "56-224 undecided", "56-224 undecided", "173-203 event"),
    "death some day of July": (
        (BASE, SD_56, Death(at="2020-07")),
        "56-203 undecided", "56-203 undecided", "56-203 undecided", "173-203 event"),
    "called PD on day 90 with findings of SD, PD on day 168": (
        (BASE, SD_56, Scan(at="2020-04-09", target="SD", called="PD"),
         Scan(at="2020-06-26", target="PD")),
        "168 event", "168 event", "112 event", "168 event"),
}  # fmt: skip


@every_row("story", STORIES)
@every_row("policy", POLICIES)
def test_a_policy_makes_of_a_story(story, policy):
    events, *expected = STORIES[story]
    found = outcome(events, pfs_policy=policy)
    assert summary(found) == expected[list(POLICIES).index(policy)], found.reason
    assert found.policy == policy
    assert found.reason


def cells():
    for policy in POLICIES.values():
        for rule in policy.rules:
            yield pytest.param(policy.name, rule, id=f"{policy.name}: {rule.situation}")


WITH_LOCAL = ((BASE, SD_56, PD_90, RT_70), {"local_therapy_ends_pfs": "event"})
EVERY = [(events, {}) for events, *_ in STORIES.values()] + [WITH_LOCAL]


@functools.cache
def judged(place: int) -> DerivedCase:
    """A story with its scans judged, which no policy changes."""
    events, settings = EVERY[place]
    return derived(events, **settings)


def summaries(policy: str) -> Iterator[str]:
    """What every story comes to, and why."""
    for reading in map(judged, range(len(EVERY))):
        again = rederive(reading, attrs.evolve(reading.settings, pfs_policy=policy))
        found = again.outcome("PFS", 1)
        yield f"{summary(found) if found.days else '-'}: {found.reason}"


@functools.cache
def unbroken(policy: str) -> tuple[str, ...]:
    return tuple(summaries(policy))


@pytest.mark.parametrize(("policy", "rule"), list(cells()))
def test_no_cell_of_the_table_can_be_changed_unseen(monkeypatch, policy, rule):
    """An event at its own date, or censored on day 0, in place of what the row gives."""
    monkeypatch.setattr(derive, "ENDPOINTS", [row for row in ENDPOINTS if row.name == "PFS"])
    right = unbroken(policy)
    others = [(DateRule.ORIGIN, Effect.CENSORED), (DateRule.ITSELF, Effect.EVENT)]
    if rule.situation is CensoringSituation.NO_PROGRESSION:
        others.pop()
    for other in others:
        changed = CensoringRule(rule.situation, *other, "")
        rules = tuple(changed if each is rule else each for each in POLICIES[policy].rules)
        broken = attrs.evolve(POLICIES[policy], rules=rules)
        monkeypatch.setattr(derive, "POLICIES", {**POLICIES, policy: broken})
        if any(one != other for one, other in zip(summaries(policy), right, strict=True)):
            return
    pytest.fail("every story is as before")


def test_a_table_with_a_hole_is_no_policy():
    holed = dict.fromkeys(list(CensoringSituation)[1:], ((DateRule.ITSELF, Effect.EVENT),))
    with pytest.raises(IncompletePolicy, match="x: not decided once: no or incomplete baseline"):
        policies((("x", "", ""),), holed)
    endless = dict.fromkeys(CensoringSituation, ((DateRule.ITSELF, Effect.EVENT),))
    with pytest.raises(IncompletePolicy, match="x: does not censor"):
        policies((("x", "", ""),), endless)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_every_row_has_a_source(policy):
    assert policy.description
    assert all(rule.source for rule in policy.rules)


@pytest.mark.parametrize(
    ("events", "settings", "expected"),
    [
        pytest.param(
            (NO_PLAN, BASE, SD_56, Scan(at="2020-12", target="PD")),
            {}, "326-356 event", id="no schedule on record: 1 December is day 326, none is missed",
        ),
        pytest.param(
            (NO_PLAN, BASE, SD_56, Scan(at="2020-07-11", target="PD")),
            {"assessment_days": 56}, "56 censored", id="a schedule by setting",
        ),
        pytest.param(
            (BASE, SD_56, Scan(at="2020-07-11", target="PD")), {"assessment_days": 84},
            "56 censored", id="the schedule of the record overrules the setting",
        ),
        pytest.param(
            (BASE, SD_56, Scan(at="2020-07-11", target="PD")), {"visit_window_days": 8},
            "183 event", id="a window of 8 days: 2 x 64 = 128",
        ),
        pytest.param(
            (BASE, SD_56, Scan(at="2020-07-11", target="PD")), {"missed_visits": 3},
            "183 event", id="three visits to be missed: 189 days",
        ),
        pytest.param((SD_56, PD_90), {}, "90 event", id="no baseline on record: not held missing"),
        pytest.param((SD_56, PD_90), {"baseline_not_on_record": "missing"}, "0 censored",
                     id="no baseline was made"),
        pytest.param((BASE, SD_56, PD_90, RT_70), {}, "90 event", id="local therapy passed over"),
        pytest.param((BASE, SD_56, PD_90, RT_70), {"local_therapy_ends_pfs": "censor"},
                     "56 censored", id="local therapy is new therapy"),
        pytest.param((BASE, SD_56, PD_90, RT_70),
                     {"local_therapy_ends_pfs": "censor", "pfs_policy": "ema"}, "90 event",
                     id="which the EMA passes over"),
        pytest.param((BASE, SD_56, PD_90, Surgery(at="2020-03-20")),
                     {"local_therapy_ends_pfs": "event"}, "70 event", id="local therapy an event"),
        pytest.param((BASE, SD_56, PD_90, Radiotherapy(at="2020-04")),
                     {"local_therapy_ends_pfs": "censor"}, "56-90 undecided",
                     id="radiotherapy some day of April: before the PD of 9 April, or after"),
        pytest.param((BASE, SD_56, PD_90, Radiotherapy(at="2020-04")),
                     {"local_therapy_ends_pfs": "event"}, "82-90 event",
                     id="an event on 1 April (day 82) at the earliest, the PD at the latest"),
        pytest.param((BASE, SD_56, PD_90, Radiotherapy(at="2020-04-10")),
                     {"local_therapy_ends_pfs": "censor"}, "90 event", id="radiotherapy after PD"),
        pytest.param((BASE, SD_56, PD_90, Radiotherapy(at="2020-01")),
                     {"local_therapy_ends_pfs": "censor"}, "0-90 undecided",
                     id="radiotherapy in January: before line 1, or before any scan of it"),
        pytest.param((BASE, SD_56, PD_90, Radiotherapy(at="2019-12")),
                     {"local_therapy_ends_pfs": "censor"}, "90 event",
                     id="radiotherapy before the line"),
        pytest.param(
            (BASE, SD_56, Scan(at="2020-05-01", target="PD", line=1), NEXT_70), {}, "56 censored",
            id="a scan of line 1 that the dates put after line 2 began",
        ),
        pytest.param(
            (BASE, SD_56, Scan(at="2020-03", target="PD", line=1), NEXT_70), {}, "51-81 event",
            id="a scan of line 1 in the month line 2 began: the record counts it to line 1",
        ),
        pytest.param((BASE, SD_56, Scan(at="2020-05-01", target="SD or NE")), {},
                     "56-112 censored", id="the last scan may not be evaluable"),
        pytest.param((BASE, SD_56, Scan(at="2020-07", target="SD"), Radiotherapy(at="2020-07-12")),
                     {"local_therapy_ends_pfs": "event"}, "56-184 undecided",
                     id="a visit some day of July: kept before day 184, or two were missed"),
        pytest.param((BASE, Scan(at="2020-03-06", target="grown"), Death(at="2020-07-11")), {},
                     "56 undecided", id="PD on day 56, or censored there for missed visits"),
    ],
)  # fmt: skip
def test_settings_and_vague_dates(events, settings, expected):
    found = outcome(events, **settings)
    assert summary(found) == expected, found.reason
