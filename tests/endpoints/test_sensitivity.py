"""Flags: which other answer to which question would move an outcome, and to what."""

from __future__ import annotations

import attrs
import pytest

from timeline.endpoints.censoring.policies import POLICIES
from timeline.endpoints.derived_case import derive
from timeline.endpoints.sensitivity import flag_outcomes, outcomes_by_policy
from timeline.record.case import Case
from timeline.record.events import Death, LastContact, Radiotherapy, Scan, Surgery, Treatment
from timeline.settings.endpoints import EndpointSettings
from timeline.settings.response import SETTINGS, Settings

START = Treatment(at="2020-01-10/", line=1, drugs="x")
BASE = Scan(at="2020-01-05", baseline=1)
SD_56 = Scan(at="2020-03-06", target="SD")
PD_90 = Scan(at="2020-04-09", target="SD", new="liver")


def reading_of(*events, **settings):
    case, problems = Case.of("c", events)
    assert not problems, problems
    reading, problems = derive(case, Settings.of(settings))
    assert not problems, problems
    return reading


def flags(reading, endpoint="PFS", line=1):
    found = flag_outcomes(reading).outcome(endpoint, line)
    return {f"{flag.answer}: {flag.result}" for flag in found.flags}


def test_a_sound_case_has_no_flag():
    assert flags(reading_of(START, BASE, SD_56, PD_90)) == set()


# days by hand: 20 March is day 70, 1 May day 112
@pytest.mark.parametrize(
    ("events", "settings", "description"),
    [
        pytest.param(
            (START, BASE, SD_56, Treatment(at="2020-03-20/", line=2, drugs="y"),
             Scan(at="2020-05-01", target="SD", new="liver")), {},
            "pfs_policy = ema: 112 days, 3.68 months, event", id="another policy",
        ),
        pytest.param(
            (START, BASE, SD_56, Treatment(at="2020-03-20/", line=2, drugs="y"),
             Scan(at="2020-05-01", target="SD", new="liver")), {"pfs_policy": "ema"},
            "pfs_policy = fda_a: 56 days, 1.84 months, censored", id="and back to the default",
        ),
        pytest.param(
            (START, BASE, SD_56, PD_90, Radiotherapy(at="2020-03-20")), {},
            "local_therapy_ends_pfs = event: 70 days, 2.30 months, event", id="local therapy",
        ),
        pytest.param(
            (START, SD_56, PD_90), {},
            "baseline_not_on_record = missing: not evaluable", id="no baseline",
        ),
        pytest.param(
            (START, Scan(at="2020-01-05", baseline=1, sum="50 mm"),
             Scan(at="2020-03-06", sum="0 mm"), Scan(at="2020-05-01", sum="3 mm")),
            {}, "reappear_after_cr = numeric: 112 days, 3.68 months, censored",
            id="a setting of the criteria: 3 mm after CR are PD, by the sums they are not",
        ),
    ],
)  # fmt: skip
def test_a_flag_names_the_setting_and_what_it_gives(events, settings, description):
    assert any(each.startswith(description) for each in flags(reading_of(*events, **settings)))


def test_the_other_origin_is_flagged_by_itself():
    added = Treatment(at="2020-03-20/", line=1, drugs=("x", "y"))
    reading = flag_outcomes(
        reading_of(START, BASE, SD_56, added, Scan(at="2020-06-26", target="PD"))
    )
    main = reading.outcome("PFS", 1)
    (other,) = reading.other_origins(main)
    assert [flag.answer for flag in main.flags] == ["addon_without_pd = new_line"]
    assert other.flags == ()


def test_treatments_that_start_together_have_one_origin():
    beside = Treatment(at="2020-01-10/2020-06", line=1, drugs="y")
    reading = reading_of(START, beside, BASE, SD_56)
    assert reading.other_origins(reading.outcome("PFS", 1)) == ()


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (Treatment(at="after s/", line=1, drugs="x"), "the last event may be on any later day"),
        (Treatment(at="2020-03/", line=1, drugs="x"), "it may be before or after the scan"),
    ],
)
def test_an_answer_that_gives_the_same_is_no_flag(last, why):
    """The last moment on record is one moment, however vague: no setting moves it."""
    scan = attrs.evolve(SD_56, id="s")
    outcome = flag_outcomes(reading_of(START, BASE, scan, last)).outcome("OS", 1)
    assert outcome.event is False
    assert outcome.flags == (), why


def test_an_answer_that_says_nothing_of_a_time_that_says_nothing_is_no_flag():
    """No day is known of the line: any time is possible, by each answer."""
    start = Treatment(at="../", line=1, drugs="x")
    outcome = flag_outcomes(reading_of(start, Scan(at="after line 1", new="liver"))).outcome(
        "PFS", 1
    )
    assert outcome.days is None
    assert outcome.flags == ()


def test_flags_change_nothing_else():
    reading = reading_of(START, BASE, SD_56, PD_90, Radiotherapy(at="2020-03-20"))
    found = flag_outcomes(reading)
    assert [each.days for each in found.outcomes] == [each.days for each in reading.outcomes]
    assert found.settings == reading.settings


def test_compared_policies_have_the_same_endpoints():
    response = Scan(at="2020-03-06", target="PR")
    reading = reading_of(START, BASE, response, PD_90, LastContact(at="2020-06-01"))
    found, plain = outcomes_by_policy(reading), outcomes_by_policy(reading, explained=False)
    assert list(found) == list(POLICIES)
    assert all(each.chain for outcomes in found.values() for each in outcomes)
    assert plain == {
        name: tuple(attrs.evolve(each, chain=()) for each in outcomes)
        for name, outcomes in found.items()
    }
    names = {tuple(each.name for each in outcomes) for outcomes in found.values()}
    assert names == {
        tuple(f"{i}{name} line 1" for name in ("PFS", "TTP", "DoR") for i in ("", "i"))
    }


PLANNED = Treatment(at="2020-01-10/2020-05-01", line=1, drugs="x", assessed_every="8 weeks")
LATE = (PLANNED, BASE, SD_56, Scan(at="2020-07-11", target="PD"), LastContact(at="2020-08-14"))
ADJUVANT = Treatment(at="2019-02-01/2019-10-01", setting="adjuvant", drugs="a")
RELAPSED = (Surgery(at="2019-01-10"), ADJUVANT, BASE, Scan(at="2019-12-07", new="lung"), START)
ADDED = Treatment(at="2020-03-20/", line=1, drugs=("x", "y"))
IRRADIATED = (START, BASE, SD_56, PD_90, Radiotherapy(at="2020-03-20"))
THREE = (
    Treatment(at="2020-01-10/2020-03-01", line=1, drugs="x"), BASE, SD_56,
    Treatment(at="2020-03-20/2020-05-01", line=2, drugs="y"), Scan(at="2020-04-20", target="SD"),
    Treatment(at="2020-05-10/", line=3, drugs="z"), Scan(at="2020-07-11", target="PD"),
)  # fmt: skip
OPERATED = (
    Treatment(at="2020-01-10/2020-03-01", setting="neoadjuvant", drugs="x"),
    Scan(at="2020-03-06", target="SD", new="liver"), Surgery(at="2020-03-20"),
)  # fmt: skip
PET_THEN_CT = (
    START, BASE, SD_56, Scan(at="2020-04-09", modality="PET", new="liver"),
    Scan(at="2020-05-09", target="SD", new="liver"),
)  # fmt: skip
# setting, another answer, and a case that it changes
CHEMOTHERAPY = Treatment(at="2020-01-10/", line=1, drugs="docetaxel")
MOVED = (
    ("pfs_policy", "fda_b", (PLANNED, BASE, SD_56, PD_90)),
    ("pfs_policy", "fda_c", (PLANNED, BASE, SD_56, PD_90)),
    ("pfs_policy", "ema", LATE),
    ("missed_visits", 3, LATE),
    ("assessment_days", 56, (START, BASE, SD_56, Scan(at="2020-07-11", target="PD"))),
    ("visit_window_days", 8, LATE),
    ("baseline_not_on_record", "missing", (START, SD_56)),
    ("addon_without_pd", "new_line", (START, BASE, SD_56, ADDED)),
    ("count_adjuvant_as_line", "yes", RELAPSED),
    ("count_adjuvant_as_line", "yes_if_relapse_within_180d", RELAPSED),
    ("local_therapy_ends_pfs", "censor", IRRADIATED),
    ("local_therapy_ends_pfs", "event", IRRADIATED),
    ("discontinuation_gap_days", 90, LATE),  # 1 May to 14 August: 30 + 30 + 31 + 14 = 105 days
    ("exposure_plus_one", False, LATE),
    ("baseline_max_days", 35, (START, Scan(at="2019-12-10", baseline=1), SD_56)),  # 31 days
    ("timepoint_days", 0, (START, BASE, SD_56, Scan(at="2020-03-08", non_target="present"))),
    ("timepoint_days", 7, (START, BASE, SD_56, Scan(at="2020-03-16", non_target="present"))),
    ("pfs2_next_line_ends", "proxy", THREE),
    ("pfs2_next_line_ends", "any_line", THREE),
    ("efs_progression", "any", OPERATED),
    ("death_before_first_scan", "event", (PLANNED, BASE, Death(at="2021-01-01"))),
    (
        "fdg_new_lesions",
        "pd",
        (START, BASE, SD_56, Scan(at="2020-04-09", modality="PET", new="bone")),
    ),
    ("fdg_new_lesions", "ignored", PET_THEN_CT),
    ("also_judged_by", "iRECIST", (CHEMOTHERAPY, BASE, PD_90)),
)


@pytest.mark.parametrize(("name", "answer", "events"), MOVED)
def test_each_answer_changes_the_reading_of_some_case(name, answer, events):
    assert reading_of(*events, **{name: answer}).moved_by == (name,)


def test_every_answer_of_a_protocol_is_seen_to_change_something():
    tried = {(name, answer) for name, answer, _ in MOVED}
    for name in EndpointSettings.__annotations__:
        row = SETTINGS[name]
        others = {(name, each) for each in row.answers if each != row.default}
        assert others <= tried, name
        assert name in {each for each, _ in tried}


def test_a_setting_that_changes_nothing_is_not_named():
    assert reading_of(START, BASE, SD_56, PD_90, pfs_policy="ema").moved_by == ()
