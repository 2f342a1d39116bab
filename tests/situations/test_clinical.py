"""Cases with endpoints that a clinician worked out: expected.json gives each with its source.

A further set, of the same kinds, is written here: days by hand from the start, 2022-01-03.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.situations.records import INPUTS, ended, labels, opened, record

FOLDER = INPUTS / "clinical"
CASES = json.loads((FOLDER / "expected.json").read_text("utf-8"))
START = date(2022, 1, 3)
BY_CRITERION = {"iPFS": ("PFS", "iRECIST"), "EFS": ("EFS", ""), "OS": ("OS", "")}
STATES = {"event": True, "censored": False}


@pytest.mark.parametrize("case", CASES, ids=lambda each: f"{each['id']} {each['title']}")
def test_what_the_clinician_worked_out(case):
    found, problems = opened(FOLDER / f"{case['id']}.yaml", **case["settings"])
    assert not problems
    for key, want in case["want"].items():
        name, _, line = key.partition("/")
        if name == "status":
            assert labels(found, line) == want
            continue
        endpoint, criterion = BY_CRITERION.get(name, (name, "RECIST 1.1"))
        state, low, high = want
        got = ended(found, endpoint, int(line) if line else None, criterion)
        assert got == (STATES[state], low, high), key


def on(day):
    """The date of a day since the start."""
    return (START + timedelta(days=day)).isoformat()


BASE = f"scan: {on(-7)}, baseline: 1, sum: 100 mm"
FIRST = f"treatment: {on(0)}/{on(110)}, line: 1, drugs: a"
PD1 = f"scan: {on(56)}, sum: 125 mm, new: none"
SECOND = f"treatment: {on(120)}/{on(200)}, line: 2, drugs: b, stop: toxicity"
OPEN = f"treatment: {on(120)}/.., line: 2, drugs: b"
STABLE = f"scan: {on(176)}, line: 2, target: stable, new: none"
THIRD = f"treatment: {on(210)}/.., line: 3, drugs: c"
PD3 = f"scan: {on(266)}, line: 3, new: liver"
PD2 = f"scan: {on(176)}, line: 2, new: liver"
CONTACT = f"last contact: {on(400)}"
DEAD = f"death: {on(350)}"
BEGIN = (BASE, FIRST, PD1)


@pytest.mark.parametrize(
    ("events", "rule", "want"),
    [
        pytest.param((*BEGIN, SECOND, STABLE, THIRD, PD3, CONTACT), "censored", (False, 176),
                     id="ended for toxicity, a third line: censored at its last assessment"),
        pytest.param((*BEGIN, SECOND, STABLE, THIRD, PD3, CONTACT), "proxy", (True, 200),
                     id="its end as a proxy"),
        pytest.param((*BEGIN, SECOND, STABLE, THIRD, PD3, CONTACT), "any_line", (True, 266),
                     id="the progression on the third line"),
        pytest.param((*BEGIN, SECOND, STABLE, THIRD, DEAD), "censored", (False, 176),
                     id="death on the third line does not count either"),
        pytest.param((*BEGIN, SECOND, STABLE, THIRD, DEAD), "any_line", (True, 350),
                     id="death where any line counts"),
        pytest.param((*BEGIN, SECOND, STABLE, DEAD), "censored", (True, 350),
                     id="death with no third line is an event"),
        pytest.param((*BEGIN, SECOND, STABLE, CONTACT), "censored", (False, 176),
                     id="stopped, no third line: the last assessment"),
        pytest.param((*BEGIN, SECOND, CONTACT), "censored", (False, 120),
                     id="stopped, never assessed: the day of its start"),
        pytest.param((*BEGIN, SECOND, CONTACT), "proxy", (True, 200), id="the same by proxy"),
        pytest.param((*BEGIN, OPEN, STABLE, CONTACT), "censored", (False, 400),
                     id="the next line goes on: last contact"),
        pytest.param((*BEGIN, OPEN, STABLE, CONTACT), "proxy", (False, 400),
                     id="the same by proxy: it has no end"),
        pytest.param((*BEGIN, SECOND, PD2, THIRD, PD3, CONTACT), "censored", (True, 176),
                     id="progression on the next line, whatever comes after"),
        pytest.param((*BEGIN, SECOND, PD2, THIRD, PD3, CONTACT), "proxy", (True, 176),
                     id="the same by proxy"),
        pytest.param((*BEGIN, CONTACT), "censored", (False, 400), id="no next line: last contact"),
        pytest.param((*BEGIN, DEAD), "censored", (True, 350), id="no next line: death"),
    ],
)  # fmt: skip
def test_pfs2_where_the_next_line_ended_without_progression(tmp_path, events, rule, want):
    found, problems = record(tmp_path, "\n".join(events), pfs2_next_line_ends=rule)
    assert not problems
    event, low, high = ended(found, "PFS2")
    assert ((event, low), low) == (want, high)


def test_pfs2_names_the_setting_that_decided(tmp_path):
    found, _ = record(tmp_path, "\n".join((*BEGIN, SECOND, STABLE, THIRD, PD3, CONTACT)))
    assert "pfs2_next_line_ends" in found.outcome("PFS2", 1, "RECIST 1.1").reason


NEO = f"treatment: {on(0)}/{on(60)}, setting: neoadjuvant, drugs: a"
OPERATED = f"surgery: {on(80)}, what: resection"


@pytest.mark.parametrize(
    ("events", "rule", "want"),
    [
        pytest.param((NEO, f"scan: {on(63)}, new: liver", CONTACT), "precludes_surgery",
                     (True, 63), id="a new lesion, no operation"),
        pytest.param((NEO, f"scan: {on(63)}, new: liver", OPERATED, f"scan: {on(200)}, new: none"),
                     "precludes_surgery", (False, 200), id="operated all the same: no event"),
        pytest.param((NEO, f"scan: {on(63)}, new: liver", OPERATED, f"scan: {on(200)}, new: none"),
                     "any", (True, 63), id="any progression before surgery"),
        pytest.param((NEO, OPERATED, f"scan: {on(200)}, new: lung"), "precludes_surgery",
                     (True, 200), id="recurrence after surgery"),
        pytest.param((NEO, f"scan: {on(30)}, target: shrunk", DEAD), "precludes_surgery",
                     (True, 350), id="death"),
        pytest.param((NEO, f"scan: {on(30)}, target: SD, new: none", CONTACT),
                     "precludes_surgery", (False, 30), id="no operation yet: the last scan"),
        pytest.param((NEO, CONTACT), "precludes_surgery", (False, 0), id="never assessed"),
        pytest.param((f"scan: {on(-7)}, sum: 40 mm", NEO, f"scan: {on(56)}, sum: 48 mm", CONTACT),
                     "precludes_surgery", (True, 56), id="+20 % and 8 mm by the sums"),
        pytest.param((f"scan: {on(-7)}, sum: 40 mm", NEO, f"scan: {on(56)}, sum: 47.9 mm",
                      CONTACT), "precludes_surgery", (False, 56), id="not quite +20 %"),
        pytest.param((f"scan: {on(-7)}, sum: 20 mm", NEO, f"scan: {on(56)}, sum: 24.9 mm",
                      CONTACT), "precludes_surgery", (False, 56), id="+24 %, but not 5 mm"),
        pytest.param((NEO, f"scan: {on(30)}, called: PD", CONTACT), "precludes_surgery",
                     (True, 30), id="called progression"),
        pytest.param((NEO, f"scan: {on(30)}, non-target: PD", CONTACT), "precludes_surgery",
                     (True, 30), id="non-target progression"),
    ],
)  # fmt: skip
def test_efs_counts_progression_that_precludes_surgery(tmp_path, events, rule, want):
    found, problems = record(tmp_path, "\n".join(events), efs_progression=rule)
    assert not problems
    event, low, high = ended(found, "EFS", None, "")
    assert ((event, low), low) == (want, high)


PLANNED = f"treatment: {on(0)}/.., line: 1, drugs: a, assessed-every: 8 weeks"


def test_missed_visits_print_interval_allowance_and_gap(tmp_path):
    seen = f"scan: {on(56)}, sum: 90 mm, new: none"
    found, _ = record(tmp_path, "\n".join((BASE, PLANNED, seen, DEAD)))
    reason = found.outcome("PFS", 1, "RECIST 1.1").reason
    assert "294 days without a visit" in reason  # day 56 to day 350
    assert "2 x (56 days between visits + 7 allowed) = 126" in reason
    assert "FDA 2018 has two rows" not in reason


def test_a_gap_of_vague_dates_is_a_range(tmp_path):
    seen = "scan: 2022-02, sum: 90 mm, new: none"
    found, _ = record(tmp_path, "\n".join((BASE, PLANNED, seen, DEAD)))
    reason = found.outcome("PFS", 1, "RECIST 1.1").reason
    assert "294 to 321 days without a visit" in reason  # 28 or 1 February to day 350


@pytest.mark.parametrize(
    ("day", "rule", "want", "clash"),
    [
        pytest.param(
            350, "missed_visits", (False, 0), True, id="censored at the start, both stated"
        ),
        pytest.param(350, "event", (True, 350), False, id="the other row: an event at death"),
        pytest.param(126, "missed_visits", (True, 126), False, id="126 days: nothing was missed"),
        pytest.param(127, "missed_visits", (False, 0), True, id="127 days: two visits were"),
    ],
)
def test_a_death_before_the_first_scan_names_the_clash(tmp_path, day, rule, want, clash):
    events = "\n".join((BASE, PLANNED, f"death: {on(day)}"))
    found, _ = record(tmp_path, events, death_before_first_scan=rule)
    event, low, _ = ended(found)
    assert (event, low) == want
    reason = found.outcome("PFS", 1, "RECIST 1.1").reason
    assert ("FDA 2018 has two rows" in reason) is clash


TREATED = f"treatment: {on(0)}/.., line: 1, drugs: nivolumab, criterion: iRECIST"


def responses(*sums):
    """Scans every eight weeks with these sums, of 100 mm at baseline."""
    days = range(56, 56 * (len(sums) + 1), 56)
    scans = [
        f"scan: {on(day)}, sum: {mm} mm, new: none" for day, mm in zip(days, sums, strict=True)
    ]
    return "\n".join((BASE, TREATED, *scans, CONTACT))


@pytest.mark.parametrize(
    ("sums", "rule", "want"),
    [
        # PR, PD
        pytest.param((60, 80), "not_required", (True, 56), id="one PR counts"),
        pytest.param((60, 80), "required", None, id="no confirmed response: no duration"),
        pytest.param((60, 55, 80), "required", (True, 112), id="confirmed at once: from the first"),
        # PR -30 %, SD (a PR must be confirmed to last), PR -32 and -35 %, then +20 % from 65
        pytest.param((70, 75, 68, 65, 80), "required", (True, 112), id="from the confirmed one"),
        pytest.param((70, 75, 68, 65, 80), "not_required", (True, 224), id="from the first"),
        pytest.param((70, 60), "required", (False, 56), id="still lasting"),
    ],
)
def test_duration_of_response_follows_where_confirmed_ones_alone_count(tmp_path, sums, rule, want):
    found, problems = record(tmp_path, responses(*sums), response_confirmation=rule)
    assert not problems
    outcome = found.outcome("DoR", 1, "RECIST 1.1")
    if want is None:
        assert outcome.days is None
        return
    event, low, high = ended(found, "DoR")
    assert ((event, low), low) == (want, high)
    assert ("first confirmed response" in outcome.origin.description) is (rule == "required")


def test_idor_ends_at_an_unconfirmed_iupd_by_the_policy_of_ipfs(tmp_path):
    events = responses(60, 80)
    for policy, event in (("event", True), ("censor", False)):
        found, _ = record(tmp_path, events, unconfirmed_iupd_policy=policy)
        # the iUPD is on day 112: the event, or the last assessment
        assert ended(found, "PFS", 1, "iRECIST") == (event, 112, 112)
        assert ended(found, "DoR", 1, "iRECIST") == (event, 56, 56)


PET = f"scan: {on(56)}, modality: PET, new: bone"


def ct(day, new):
    return f"scan: {on(day)}, sum: 100 mm, new: {new}"


@pytest.mark.parametrize(
    ("events", "rule", "want"),
    [
        pytest.param((BASE, PET, ct(112, "none")), "follow_up", (False, 112), id="CT shows none"),
        pytest.param((BASE, PET, ct(112, "bone")), "follow_up", (True, 56), id="dated by the PET"),
        pytest.param((BASE, PET, ct(112, "none"), ct(168, "bone")), "follow_up", (True, 56),
                     id="a second CT shows it: dated by the PET all the same"),
        pytest.param((BASE, PET, ct(112, "lung")), "follow_up", (True, 112), id="another site"),
        pytest.param((BASE, PET, ct(112, "left iliac bone")), "follow_up", (True, 56),
                     id="CT names the site more exactly"),
        pytest.param((BASE, PET.replace("bone", "left lung"), ct(112, "lungs")), "follow_up",
                     (True, 56), id="CT names it less exactly"),
        pytest.param((BASE, PET.replace("bone", "left lung"), ct(112, "right lung")), "follow_up",
                     (True, 112), id="the other side"),
        pytest.param((BASE, PET, ct(60, "pelvic bone")), "follow_up", (True, 56),
                     id="CT of that time, more exactly"),
        pytest.param((BASE, PET, ct(60, "bone")), "follow_up", (True, 56), id="CT of that time"),
        pytest.param((BASE, PET, ct(112, "none")), "pd", (True, 56), id="progression at once"),
        pytest.param((BASE, PET, ct(112, "bone")), "ignored", (True, 112), id="PET left out"),
        pytest.param((BASE.replace("baseline", "modality: PET/CT, baseline"), PET, ct(112, "none")),
                     "follow_up", (True, 56), id="negative at baseline: progression"),
        pytest.param((BASE, PET.replace("PET", "PET/CT"), ct(112, "none")), "follow_up",
                     (True, 56), id="PET with CT counts as CT"),
        pytest.param((BASE, ct(56, "bone"), ct(112, "none")), "follow_up", (True, 56),
                     id="CT needs no PET"),
    ],
)  # fmt: skip
def test_a_new_lesion_on_pet_alone(tmp_path, events, rule, want):
    events = "\n".join((*events, f"treatment: {on(0)}/.., line: 1, drugs: a", CONTACT))
    found, problems = record(tmp_path, events, fdg_new_lesions=rule)
    assert not problems
    event, low, _ = ended(found)
    assert (event, low) == want
