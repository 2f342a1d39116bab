"""Endpoints on small cases, each with its arithmetic: line 1 starts on 2020-01-10."""

from __future__ import annotations

import attrs
import pytest

from timeline.core.calendar.dates import parse_edtf
from timeline.endpoints.anchors import ANCHORS
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import (
    Biopsy,
    Death,
    Diagnosis,
    LastContact,
    Radiotherapy,
    Randomisation,
    Registration,
    Scan,
    StatedProgression,
    Surgery,
    Symptom,
    Treatment,
)
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS
from timeline.terminology.endpoints import ENDPOINTS

START = Treatment(at="2020-01-10/", line=1, drugs="x")
BASE = Scan(at="2020-01-05", baseline=1)
STABLE = Scan(at="2020-03-10", target="SD")  # day 60: 22 of January + 29 + 9, counted below
WORSE = Scan(at="2020-06-10", target="SD", new="liver")  # day 152
RESPONSE = Scan(at="2020-03-10", target="PR")
NEXT_ENDED = Treatment(at="2020-07-01/2020-09-01", line=2, drugs="y")
ALIVE = LastContact(at="2020-12-30")  # day 355
NEXT = Treatment(at="2020-07-01/", line=2, drugs="y")  # day 173
XY = Treatment(at="2020-07-01/", line=2, drugs="x + y")
UNNAMED = Treatment(at="2020-07-01/", line=2, drugs="not stated")


def days(text: str) -> int:
    """Days from the start of line 1, by the calendar of the standard library."""
    return parse_edtf(text).span.low - parse_edtf("2020-01-10").span.low


def outcome(name: str, line: int | None, *events):
    case, problems = Case.of("c", (START, *events))
    assert not problems, problems
    reading, problems = derive(case)
    assert not problems, problems
    return reading.outcome(name, line)


def test_the_days_by_hand():
    """January leaves 21 days, February 2020 has 29, March adds 10: 60."""
    assert days("2020-03-10") == 21 + 29 + 10
    assert days("2020-06-10") == 60 + 21 + 30 + 31 + 10
    assert days("2020-12-30") == 366 - 1 - 10


@pytest.mark.parametrize(
    ("name", "line", "events", "low", "high", "state"),
    [
        pytest.param("PFS", 1, (BASE, STABLE, WORSE), 152, 152, "event", id="PD is the event"),
        pytest.param("PFS", 1, (BASE, STABLE), 60, 60, "censored", id="no PD: last assessment"),
        pytest.param("PFS", 1, (BASE,), 0, 0, "censored", id="no assessment: day of the start"),
        pytest.param("PFS", 1, (BASE, STABLE, Death(at="2020-05-10")), 121, 121, "event",
                     id="death without PD is an event of PFS"),
        pytest.param("PFS", 1, (BASE, WORSE, Death(at="2020-08-10")), 152, 152, "event",
                     id="PD before death is the earlier event"),
        pytest.param("PFS", 1, (BASE, STABLE, NEXT, Death(at="2020-08-10")), 60, 60, "censored",
                     id="death after a new therapy is none of line 1"),
        pytest.param("PFS", 1, (BASE, STABLE, Scan(at="2020-05-10", target="NE")), 60, 60,
                     "censored", id="NE does not move the censoring"),
        pytest.param("PFS", 1, (BASE, STABLE, NEXT, Scan(at="2020-09-10", new="liver")), 60, 60,
                     "censored", id="PD in the next line is none of line 1"),
        pytest.param("PFS", 2, (BASE, STABLE, NEXT, Scan(at="2020-09-10", new="liver")), 71, 71,
                     "event", id="and it is PD of line 2: 30 of July + 31 + 10"),
        pytest.param("PFS", 1, (BASE, Scan(at="2020-06", target="SD", new="liver")), 143, 172,
                     "event", id="a month gives a range: 1 to 30 June"),
        pytest.param("PFS", 1, (BASE, STABLE, Scan(at="2020-06-10", target="grown")), 152, 152,
                     "undecided", id="grown may be SD or PD: the day is the same"),
        pytest.param("PFS", 1, (BASE, Scan(at="2020-03-10", target="grown"), Scan(
                     at="2020-06-10", target="SD")), 60, 152, "undecided",
                     id="grown, then SD: PD on day 60 or censored on day 152"),
        pytest.param("iPFS", 1, (BASE, WORSE, Scan(at="2020-09-10", target="SD")), 152, 152,
                     "event", id="a new lesion that stays, nothing better: the iUPD counts"),
        pytest.param("iPFS", 1, (BASE, WORSE, Scan(at="2020-09-10", target="PR")), 244, 244,
                     "censored", id="a new lesion that stays, targets better: the iUPD is void"),
        pytest.param("iPFS", 1, (BASE, Scan(at="2020-06-10", target="PD"),
                                 Scan(at="2020-09-10", target="PR")), 244, 244, "censored",
                     id="an iUPD that PR follows is void"),
        pytest.param("TTP", 1, (BASE, STABLE, Death(at="2020-05-10")), 60, 60, "censored",
                     id="death without PD is no event of TTP"),
        pytest.param("DoR", 1, (BASE, RESPONSE, WORSE), 92, 92, "event",
                     id="from the response on day 60 to PD on day 152"),
        pytest.param("DoR", 1, (BASE, RESPONSE), 0, 0, "censored", id="last seen at the response"),
        pytest.param("DoR", 1, (BASE, Scan(at="2020-03-10", target="shrunk"), WORSE), 92, 92,
                     "undecided", id="shrunk may be no response"),
        pytest.param("TTR", 1, (BASE, RESPONSE, WORSE), 60, 60, "event", id="first response"),
        pytest.param("TTR", 1, (BASE, STABLE, WORSE), 152, 152, "censored", id="none"),
        pytest.param("TTF", 1, (BASE, STABLE, NEXT), 173, 173, "event",
                     id="the next line ends treatment"),
        pytest.param("TTNT", 1, (BASE, NEXT), 173, 173, "event", id="10 January to 1 July"),
        pytest.param("TTNT", 1, (BASE, Death(at="2020-05-10")), 121, 121, "event", id="or death"),
        pytest.param("ToT", 2, (NEXT_ENDED, LastContact(at="2020-12-01")), 62, 62, "event",
                     id="1 July to 1 September"),
        pytest.param("Exposure", 2, (NEXT_ENDED, LastContact(at="2020-12-01")), 63, 63, "event",
                     id="1 July to 1 September, both days counted"),
        pytest.param("Exposure", 1, (NEXT, ALIVE), 1, 174, "event",
                     id="no end stated: by the next line with another drug, 173 + 1"),
        pytest.param("Exposure", 1, (XY, ALIVE),
                     356, 356, "censored", id="its drug is in the next line: 355 + 1"),
        pytest.param("Exposure", 1, (XY,
                                     Treatment(at="2020-09-20/", line=3, drugs="z"), ALIVE),
                     1, 255, "event", id="and in none of the line after it: 173 + 81 + 1"),
        pytest.param("Exposure", 1, (UNNAMED, ALIVE),
                     356, 356, "censored", id="the drugs of the next line may be its own"),
        pytest.param("Exposure", 2, (Treatment(at="2020-07-01/", line=2, drugs="imatinib"),
                                     Treatment(at="2020-09-20/", line=3, drugs="Glivec"), ALIVE),
                     183, 183, "censored", id="one drug by two names: 355 - 173 + 1"),
        pytest.param("Exposure", 1, (BASE, Death(at="2020-05-10")), 1, 122, "event",
                     id="no end stated: by death"),
        pytest.param("Exposure", 1, (NEXT, Death(at="2020-09-20")), 1, 174, "event",
                     id="the next line comes before death"),
        pytest.param("Exposure", 2, (attrs.evolve(NEXT, stop="toxicity"), ALIVE), 1, 183, "event",
                     id="a reason for the stop: it had ended by the last contact"),
        pytest.param("rwTTD", 2, (NEXT_ENDED, LastContact(at="2020-12-30")), 62, 62, "event",
                     id="120 days without the drug: 29 + 31 + 30 + 30"),
        pytest.param("rwTTD", 2, (NEXT_ENDED, LastContact(at="2020-12-29")), 62, 62, "censored",
                     id="119 days: it may be taken up again"),
        pytest.param("rwTTD", 2, (NEXT_ENDED, LastContact(at="2020-12")), 62, 62, "undecided",
                     id="91 to 121 days"),
        pytest.param("rwTTD", 2, (NEXT_ENDED, Death(at="2020-09-20")), 62, 62, "event",
                     id="death after the last dose: the last dose"),
        pytest.param("rwTTD", 2, (NEXT_ENDED, Treatment(at="2020-09-20/", line=3, drugs="z")), 62,
                     62, "event", id="the next line after the last dose: the last dose"),
        pytest.param("rwTTD", 1, (BASE, LastContact(at="2020-03-10")), 60, 60, "censored",
                     id="no stop on record: last contact"),
        pytest.param("TFI", 2, (NEXT_ENDED, Treatment(at="2020-10-01/", line=3, drugs="z")), 30, 30,
                     "event", id="1 September to 1 October"),
        pytest.param("TFI", 2, (NEXT_ENDED, Scan(at="2020-09-10", new="bone"),
                                Death(at="2020-10-01")), 30, 30, "censored",
                     id="the patient was without treatment until death: 1 September to 1 October"),
        pytest.param("TFI", 2, (NEXT_ENDED, LastContact(at="2020-09-20"), Death(at="2020-10-01")),
                     30, 30, "censored", id="and not until the last contact before death"),
        pytest.param("TFI", 2, (NEXT_ENDED, LastContact(at="2020-09-20")), 19, 19, "censored",
                     id="alive: until the last contact"),
        pytest.param("PFS2", 1, (BASE, WORSE, NEXT, Scan(at="2020-09-10", new="bone")), 244, 244,
                     "event", id="to progression on line 2: 173 + 71"),
        pytest.param("rwPFS", 1, (BASE, Scan(at="2020-05-10", target="SD", called="PD")), 121, 121,
                     "event", id="progression as the authors called it"),
        pytest.param("rwPFS", 1, (
            BASE, Scan(at="2020-03-10", called=(("text", "PR"), ("legend", "PD"))),
            Scan(at="2020-05-10", called="PD")), 60, 121, "event",
            id="where text and legend differ the first may be it, the second is for sure"),
        pytest.param("rwPFS", 1, (BASE, NEXT, Scan(at="2020-09-10", called="PD"),
                                  Death(at="2021-05-10")), 173, 173, "censored",
                     id="progression on line 2 and death after it are no events of line 1"),
        pytest.param("DFS", None, (Surgery(at="2019-06-10"), Scan(at="2019-12-07", new="lung")),
                     180, 180, "event", id="20 + 31 + 31 + 30 + 31 + 30 + 7 days"),
        pytest.param("DFI", None, (Surgery(at="2019-12-20"), Scan(at="2020-01-04")), 15, 15,
                     "censored", id="no recurrence: last scan"),
        pytest.param("OS", 1, (Death(at="2020-05-10"),), 121, 121, "event", id="death"),
        pytest.param("OS", 1, (LastContact(at="2020-05-10"),), 121, 121, "censored", id="alive"),
        pytest.param("OS", None, (Diagnosis(at="2020-01-01"), Death(at="2020-05-10")), 130, 130,
                     "event", id="from diagnosis"),
    ],
)  # fmt: skip
def test_days_and_state(name, line, events, low, high, state):
    found = outcome(name, line, *events)
    assert found.days is not None, found.reason
    assert (found.days.low, found.days.high, found.state) == (low, high, state)
    assert found.reason


def test_an_endpoint_without_its_origin_is_not_derived_with_a_reason():
    found = outcome("OS", None, Death(at="2020-05-10"))
    assert found.days is None
    assert found.reason == "the case has no diagnosis"


def test_a_regimen_added_without_progression_is_a_second_origin():
    added = Treatment(at="2020-02-10/", line=1, drugs=("x", "y"))
    case, _ = Case.of("c", (START, added, BASE, WORSE))
    reading, _ = derive(case)
    main = reading.outcome("PFS", 1)
    (other,) = reading.other_origins(main)
    assert (main.days.low, other.days.low) == (152, 121)
    assert not other.is_primary


@pytest.mark.parametrize(
    ("event", "added", "policy", "low", "high"),
    [
        pytest.param(WORSE, "2020-06-09", "fda_a", 1, 1, id="found the day after the drug"),
        pytest.param(WORSE, "2020-06-10", "fda_a", None, None, id="a scan of the first day"),
        pytest.param(WORSE, "2020-06-11", "fda_a", None, None, id="found the day before it"),
        # 10 June is day 152 of a schedule of 28 days: its visit is later, its scan is not
        pytest.param(WORSE, "2020-06-10", "fda_b", None, None, id="dated by its visit"),
        pytest.param(
            StatedProgression(at="2020-06-10"), "2020-06-10", "fda_c", None, None, id="stated only"
        ),
        # May has 31 days: 10 May to 31 May is 21, and 10 May itself is the baseline
        pytest.param(
            Scan(at="2020-05", target="SD", new="liver"),
            *("2020-05-10", "fda_a", 1, 21),
            id="some day of that month",
        ),
        pytest.param(Death(at="2020-06-10"), "2020-06-10", "fda_a", 0, 0, id="death needs no scan"),
    ],
)
def test_what_is_found_on_the_first_day_of_an_added_drug_is_its_baseline(
    event, added, policy, low, high
):
    """The last record on or before day 1 is the baseline: admiralonco, Creating ADTR, ADY <= 1."""
    start = attrs.evolve(START, assessed_every="28 days")
    later = Treatment(at=f"{added}/", line=1, drugs=("x", "y"))
    case, problems = Case.of("c", (start, BASE, event, later))
    assert not problems
    reading, _ = derive(attrs.evolve(case, settings=Settings(pfs_policy=policy)))
    (other,) = reading.other_origins(reading.outcome("PFS", 1))
    if low is None:
        assert other.days is None
        word = "lies before" if added > "2020-06-10" else "is a baseline finding at"
        assert word in other.reason
    else:
        assert (other.days.low, other.days.high, other.state) == (low, high, "event")


def test_the_chain_names_events_rows_and_options():
    chain = outcome("PFS", 1, BASE, STABLE, WORSE).chain
    description = " ".join(step.description for step in chain)
    for part in (
        "start of line 1",
        "scan 2020-03-10: SD",
        "scan 2020-06-10: PD",
        "152 days",
        "30.4375",
    ):
        assert part in description
    assert any("FDA" in step.source for step in chain)


def test_every_row_names_anchors_that_exist_and_a_source():
    for row in ENDPOINTS:
        assert row.source
        assert row.description
        assert set(row.anchors) <= ANCHORS.keys()


def test_anchors_of_a_line_that_ended_and_of_a_patient_who_was_not_operated():
    events = (
        Treatment(at="2019-11-20/2019-11-25", setting="neoadjuvant", drugs="n"),
        Scan(at="2019-12-20", new="liver"), START, BASE,
        Treatment(at="2020-06-01/2020-06-25", line=2, drugs="y"),
        Scan(at="2020-06-20", target="SD"),
    )  # fmt: skip
    case, _ = Case.of("c", events)
    reading, _ = derive(case)
    found = {
        name: [each.event.start.text for each in ANCHORS[name].find(reading, case.lines[0], by)]
        for name, by in (
            ("last assessment of the next line", "RECIST 1.1"),
            ("progression before surgery", ""),
            ("last assessment before surgery", ""),
        )
    }
    assert found == {
        "last assessment of the next line": ["2020-06-20"],
        "progression before surgery": ["2019-12-20"],
        "last assessment before surgery": ["2020-06-20"],
    }


def test_every_anchor_is_found_somewhere():
    """One case that has them all."""
    events = (
        Diagnosis(at="2019-11"), Surgery(at="2019-12"), BASE, STABLE,
        Scan(at="2020-04-01", target="PR"),
        Treatment(at="2019-11-20/2019-11-25", setting="neoadjuvant", drugs="n"),
        Scan(at="2020-05-01", target="PD", called="PD", id="first"),
        Scan(at="2020-06-20", target="SD", new="liver", earlier_new="grown"),
        Treatment(at="2020-02-01/2020-06-25", line=1, drugs=("x", "z")),
        NEXT, Scan(at="2020-09-01", new="bone"),
        Death(at="2021-01-01"), LastContact(at="2020-12-01"),
    )  # fmt: skip
    more = (
        *(Biopsy(at="2019-10"), Symptom(at="2019-09"), Radiotherapy(at="2020-06-26/")),
        *(Registration(at="2019-12-27"), Randomisation(at="2019-12-28")),
        StatedProgression(at="2020-04-20"),
    )
    case, _ = Case.of("c", (START, *events, *more))
    line = case.lines[0]
    every = Settings(also_judged_by=tuple(TERMS))
    reading, _ = derive(case, every)
    criterion = {"RECIST 1.1 progression": "iRECIST", "progression": "iRECIST"}
    unmeasured = ("imRECIST", "irRECIST", "irRC")  # add sizes of new lesions: there are none here
    elsewhere = (
        # of a line without a stated end
        *("refusal", "last dose before refusal", "last dose before what followed"),
        *("last assessment of the next line", "progression before surgery"),
        *("last assessment before surgery", "recurrence", "last disease-free assessment"),
    )
    for name, row in ANCHORS.items():
        if name == "death in line":
            assert not row.find(reading, line, "iRECIST"), "a later line has begun"
            continue
        if name.startswith(unmeasured) or name in elsewhere:
            continue
        assert row.find(reading, line, criterion.get(name, "RECIST 1.1")), name


@pytest.mark.parametrize(
    ("events", "is_origin"),
    [
        ((Diagnosis(at="2020-01"), Symptom(at="2019-11", what="cough")), True),
        ((Diagnosis(at="2020-01"), Symptom(at="2020-01", what="cough")), True),  # may come first
        ((Diagnosis(at="2020-01"), Symptom(at="2020-06", what="cough")), False),
    ],
)
def test_a_symptom_of_a_known_disease_is_no_origin(events, is_origin):
    case, problems = Case.of("c", (*events, FIRST_LINE, Death(at="2020-12-31")))
    assert not problems
    derived, _ = derive(case)
    others = [each for each in derived.outcomes if each.endpoint == "OS" and not each.is_primary]
    assert ["first symptom" in each.origin.description for each in others] == [True] * is_origin


FIRST_LINE = Treatment(at="2020-02-01/2020-05-01", line=1, drugs="x")
