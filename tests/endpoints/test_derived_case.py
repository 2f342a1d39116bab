from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from timeline.api import load_case
from timeline.endpoints import derived_case as reading_of
from timeline.endpoints.derive import outcomes_of
from timeline.endpoints.derived_case import derive, derive_all, derive_endpoints
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.settings.response import DEFAULTS, Settings

ROOT = Path(__file__).parents[2]
START = Treatment(at="2020-01-10/", line=1, drugs="x")


def statuses(criterion: str, *scans: Scan):
    case, problems = Case.of("c", (START, *scans))
    assert not problems, problems
    reading, problems = derive(case)
    assert not problems, problems
    return reading.status(criterion, 1)


def test_sums_give_a_sentence_with_the_numbers():
    """Sum 28 mm is the nadir; 41 is 13 mm and 46.4 % above it."""
    found = statuses(
        "RECIST 1.1",
        Scan(at="2020-01-05", baseline=1, sum="50 mm"),
        Scan(at="2020-03-10", sum="28 mm"),
        Scan(at="2020-05-10", sum="4.1 cm"),
    )
    assert [status.label for status in found] == ["PR", "PD"]
    for part in ("41 mm", "nadir 28 mm on 2020-03-10", "+46.4 %", "+13 mm"):
        assert part in found[1].why.replace(".0 mm", " mm")
    assert found[1].source
    assert "nadir 50.0 mm on 2020-01-05" in found[0].why


@pytest.mark.parametrize(
    ("words", "recist", "immune"),
    [
        pytest.param(["SD", "PD"], ["SD", "PD"], ["iSD", "iUPD"], id="first PD is unconfirmed"),
        pytest.param(
            ["shrunk", "PD"], ["PR or SD", "PD"], ["iPR or iSD", "iUPD"],
            id="a word that allows two is carried as two",
        ),
        pytest.param(
            ["PD", "PR"], ["PD", "PD"], ["iUPD", "iPR"], id="PD is carried on, an iUPD is not",
        ),
        pytest.param(
            ["PD", "PD"], ["PD", "PD"], ["iUPD", "iUPD or iCPD"],
            id="PD again: whether it grew on by 5 mm is not printed",
        ),
        pytest.param(["grown", "SD"], ["SD or PD", "SD or PD"], ["iSD or iUPD", "iSD"],
                     id="SD after an iUPD in the targets resets it"),
    ],
)  # fmt: skip
def test_labels(words, recist, immune):
    scans = [Scan(at=f"2020-{3 + 2 * i:02}-10", target=word) for i, word in enumerate(words)]
    base = Scan(at="2020-01-05", baseline=1)
    assert [s.label for s in statuses("RECIST 1.1", base, *scans)] == recist
    assert [s.label for s in statuses("iRECIST", base, *scans)] == immune


@pytest.mark.parametrize(
    ("second", "label"),
    [
        pytest.param("2020-04-10", "iCPD", id="31 days after the iUPD: confirms"),
        pytest.param("2020-03-31", "-", id="21 days: too early, disregarded"),
        pytest.param("2020-03-25/2020-04-20", "iCPD or -", id="15 to 41 days: either"),
    ],
)
def test_a_vague_date_leaves_the_window_open(second, label):
    found = statuses(
        "iRECIST",
        Scan(at="2020-01-05", baseline=1),
        Scan(at="2020-03-10", target="SD", new="liver"),
        Scan(at=second, target="SD", earlier_new="grown"),
    )
    assert found[1].label == label


def test_a_scan_without_findings_is_read_by_its_call_and_says_so():
    found = statuses("RECIST 1.1", Scan(at="2020-03-10", called="PD"))
    assert found[0].label == "PD"
    assert "no findings are printed" in found[0].why


def test_a_line_without_scans_has_outcomes_all_the_same():
    case, _ = Case.of("c", (START,))
    reading, problems = derive(case)
    assert not problems
    assert reading.statuses == ()
    assert reading.outcome("PFS", 1).state == "censored"


@pytest.mark.parametrize(
    ("start", "best"),
    [
        pytest.param("2020-01-10/", ("SD",), id="SD on day 60 has lasted 42 days"),
        pytest.param("2020-02-10/", ("PD",), id="on day 29 it has not, and PD follows"),
        pytest.param("2020-01/", ("SD", "PD"), id="day 39 to 69: it may or may not have lasted"),
        pytest.param("2020-01-20/2020-03", ("SD",), id="an exact start"),
    ],
)
def test_sd_must_have_lasted_from_a_start_that_may_be_vague(start, best):
    treatment = Treatment(at=start, line=1, drugs="x")
    scans = (
        Scan(at="2020-01-05", baseline=1),
        Scan(at="2020-03-10", target="SD"),
        Scan(at="2020-06-10", target="PD"),
    )
    case, _ = Case.of("c", (treatment, *scans))
    reading, _ = derive(case)
    assert reading.best[0].labels == best


def test_an_equivocal_lesion_dates_progression_from_its_first_sight():
    """Eisenhauer 2009 4.3.5: equivocal on 10 March, confirmed on 10 May: PD on 10 March, day 60."""
    scans = (
        Scan(at="2020-01-05", baseline=1),
        Scan(at="2020-03-10", target="SD", equivocal="yes"),
        Scan(at="2020-05-10", target="SD", confirms_equivocal="yes"),
    )
    case, _ = Case.of("c", (START, *scans))
    reading, problems = derive(case)
    assert not problems
    assert [each.label for each in reading.status("RECIST 1.1", 1)] == ["SD", "PD"]
    assert reading.outcome("PFS", 1).days.low == 60


def test_an_early_scan_counts_for_a_symptom_and_a_further_new_lesion():
    """EORTC FAQ: 21 days after the iUPD growth alone is disregarded, a further lesion is not."""
    first = Scan(at="2020-03-10", target="SD", new="liver")
    early = Scan(at="2020-03-31", target="SD", new="bone", symptomatic=True)
    found = statuses("iRECIST", Scan(at="2020-01-05", baseline=1), first, early)
    assert [each.label for each in found] == ["iUPD", "iCPD"]


def test_findings_that_contradict_each_other_are_refused_at_their_scan():
    scans = (
        Scan(at="2020-01-05", baseline=1),
        Scan(at="2020-03-10", target="SD", new="liver"),
        Scan(at="2020-05-10", target="SD", new="bone", earlier_new="gone"),
    )
    case, _ = Case.of("c", (START, *scans))
    reading, problems = derive(case)
    assert reading is None
    assert "new lesions all gone, and a new lesion" in problems[0].what


BASELINE = Scan(at="2020-01-05", baseline=1, sum="50 mm")
GROWN = Scan(at="2020-03-10", sum="70 mm")
COHORT = {
    "one iUPD, not confirmed": (START, BASELINE, GROWN),
    "confirmed": (START, BASELINE, GROWN, Scan(at="2020-05-10", sum="80 mm")),
    "in words, in many worlds": (
        START,
        Scan(at="2020-01", baseline=1),
        *(Scan(at=f"2020-{month:02}", target="shrunk or grown") for month in (3, 5, 7)),
    ),
    "nothing stated": (START,),
    "by a criterion of its own": (
        Treatment(at="2020-01-10/", line=1, drugs="x", criterion="Choi"),
        BASELINE,
        GROWN,
    ),
    "contradictory": (
        START,
        Scan(at="2020-01-05", baseline=1),
        Scan(at="2020-05-10", target="SD", new="bone", earlier_new="gone"),
    ),
}
CENSORED = Settings.of({"unconfirmed_iupd_policy": "censor"})


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(16_384, id="all worlds in one go"),
        pytest.param(20, id="some lines in a batch, one of more worlds alone"),
        pytest.param(1, id="each line alone"),
    ],
)
def test_cases_read_in_one_go_come_out_as_alone(most, monkeypatch):
    """Of other lengths, other words, other settings, and one that cannot be."""
    cases = [Case.of(name, events)[0] for name, events in COHORT.items()]
    pairs = [(case, settings) for case in cases for settings in (DEFAULTS, CENSORED)]
    alone = [derive(*each) for each in pairs]
    monkeypatch.setattr(reading_of, "CHUNK", most)
    assert derive_all(pairs) == alone
    assert [reading is None for reading, _ in alone].count(True) == 2
    assert alone[0][0].moved_by == () != alone[1][0].moved_by
    assert alone[0][0].outcomes != alone[1][0].outcomes


def test_only_the_endpoint_that_is_asked_for_is_derived(monkeypatch):
    case, _ = Case.of("c", (START, Scan(at="2020-01-05", baseline=1), Scan(at="2020-03-10")))
    asked = []

    def counted(row, assessed, line, **how):
        asked.append((row.name, line and line.number, row.criterion))
        return outcomes_of(row, assessed, line, **how)

    monkeypatch.setattr(reading_of, "outcomes_of", counted)
    derived, _ = derive(case)
    assert asked == []
    assert derived.outcome("PFS", 1) is derived.endpoint("PFS", 1)
    assert asked == [("PFS", 1, "RECIST 1.1")]
    assert derived.outcome("nonesuch", 1) is None
    every = [(each.endpoint, each.line, each.criterion) for each in derived.outcomes]
    assert sorted(map(str, asked)) == sorted(map(str, set(every)))  # each of them once


@pytest.mark.parametrize("name", ["wang2023", "jin2025"])
def test_an_endpoint_alone_is_the_one_of_all_endpoints(name):
    case = load_case(ROOT / "cases" / f"{name}.yaml")
    every = [each for each in derive(case)[0].outcomes if each.is_primary]
    alone, _ = derive(case)
    assert [alone.outcome(each.endpoint, each.line, each.criterion) for each in every] == every
    assert len(every) > 20


def test_other_settings_derive_anew():
    """What was derived under one policy is not carried to another."""
    case = load_case(ROOT / "cases" / "wang2023.yaml")
    derived, _ = derive(case)
    assert derived.outcomes
    ema = attrs.evolve(derived.settings, pfs_policy="ema")
    assert reading_of.rederive(derived, ema).outcomes == derive(case, ema)[0].outcomes
    assert derive(case, ema)[0].outcomes != derived.outcomes
    shorter = reading_of.rederive(derived, ema, explained=False)
    assert not any(each.chain for each in shorter.outcomes)
    assert [each.days for each in shorter.outcomes] == [
        each.days for each in derive(case, ema)[0].outcomes
    ]


def test_the_settings_that_move_a_result_do_not_depend_on_the_endpoints_that_are_read():
    case = load_case(ROOT / "cases" / "wang2023.yaml")
    changed = Settings.of({"pfs_policy": "ema", "exposure_plus_one": "no"})
    ((whole, _),) = derive_all([(case, changed)])
    ((some, _),) = derive_endpoints([(case, changed)], ["OS"])
    assert {each.endpoint for each in some.outcomes} == {"OS"}
    assert some.moved_by == whole.moved_by != ()


def test_no_case_has_no_derivation():
    assert derive_all(()) == []
