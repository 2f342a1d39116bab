"""Scans that are reported by their category alone: the label is kept as collected."""

from __future__ import annotations

import pytest

from tests.rows import every_row
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.response.criteria import BY_TITLE
from timeline.settings.response import Settings
from timeline.terminology.criteria import LABELS, TERMS, UPTAKE_LABELS
from timeline.terminology.response_words import response_called


def reading(criterion, *calls, **settings):
    """A line from 2020-01-01 under a criterion, with a call each month from February on."""
    scans = (Scan(at=f"2020-{2 + n:02}-01", called=call) for n, call in enumerate(calls))
    start = Treatment(at="2020-01-01/", line=1, drugs="docetaxel", criterion=criterion)
    case, problems = Case.of("c", (start, *scans))
    assert not problems, problems
    found, problems = derive(case, Settings.of(settings))
    assert not problems, problems
    return found


def labels(criterion, *calls, **settings):
    found = reading(criterion, *calls, **settings).status(criterion, 1)
    return [each.label for each in found]


@pytest.mark.parametrize(
    ("criterion", "calls"),
    [
        pytest.param("iRECIST", ("iSD", "iCPD", "iSD"), id="iCPD without an iUPD"),
        pytest.param("iRECIST", ("iUPD", "iCPD"), id="confirmed after 29 days"),
        pytest.param("iRECIST", ("iUPD", "iUPD", "iPR", "iUPD", "iCPD"), id="voided, then again"),
        pytest.param("iRECIST", ("iCR", "iPR"), id="iPR after iCR"),
        pytest.param("iRECIST", ("NON-iCR/NON-iUPD", "iUPD", "NE", "iCPD"), id="NE waits"),
        pytest.param("imRECIST", ("imSD", "imPD (unconfirmed)", "imPD"), id="imRECIST"),
        pytest.param("irRECIST", ("irPR", "irPD"), id="irRECIST"),
        pytest.param("RECIST 1.1", ("NON-CR/NON-PD", "NON-CR/NON-PD"), id="no target disease"),
        pytest.param("RECIST 1.1", ("NED", "NED", "PD"), id="no disease"),
        pytest.param("mRECIST", ("CR", "SD"), id="SD after CR"),
        pytest.param("Choi", ("PR", "NE", "PD"), id="Choi"),
    ],
)
def test_labels_come_out_as_they_were_collected(criterion, calls):
    assert labels(criterion, *calls) == list(calls)


@every_row("title", TERMS)
@every_row("word", LABELS)
def test_every_category_of_every_criterion_can_be_called(title, word):
    """In its own criterion it is kept; in any other it is read, and never in silence left out.

    A metabolic response is a call, and no category, of a criterion that has no such category: the
    record keeps it, and no status is derived from it (cases/README.md, ``called``).
    """
    found = reading(title, word)
    statuses = found.status(title, 1)
    if word in UPTAKE_LABELS and word not in BY_TITLE[title].terms.labels:
        assert not statuses
        assert found.case.events[-1].called == (("", response_called(word)),)
        return
    assert len(statuses) == 1
    assert statuses[0].labels
    if word in BY_TITLE[title].terms.labels:
        assert statuses[0].label == word


def test_a_repeated_pd_is_repeated_after_a_collected_label_as_well():
    assert labels("RECIST 1.1", "PD", "SD") == ["PD", "PD"]
    assert labels("RECIST 1.1", "PD", "SD", after_pd="raw") == ["PD", "SD"]


def test_findings_with_a_collected_label_decide():
    scan = Scan(at="2020-03-01", target="SD", called="iUPD")
    start = Treatment(at="2020-01-01/", line=1, drugs="nivolumab")
    case, _ = Case.of("c", (start, scan))
    found, _ = derive(case)
    assert [each.label for each in found.status("iRECIST", 1)] == ["iSD"]


# 1 January to 1 March 2020: 31 + 29 = 60 days, to 1 April 91
@pytest.mark.parametrize(
    ("policy", "days", "state"),
    [
        pytest.param("counts", 60, "event", id="progression on its own day"),
        pytest.param("ignored", 91, "censored", id="none, censored at the last assessment"),
    ],
)
def test_an_icpd_without_an_iupd_counts_by_its_setting(policy, days, state):
    found = reading("iRECIST", "iSD", "iCPD", "iSD", icpd_without_iupd=policy)
    outcome = found.outcome("iPFS", 1)
    assert (outcome.days.low, outcome.days.high, outcome.state) == (days, days, state)


def test_disease_without_targets_is_followed_to_its_last_assessment():
    """1 January to 1 March 2020: 60 days, censored; best response NON-CR/NON-PD."""
    found = reading("RECIST 1.1", "NON-CR/NON-PD", "NON-CR/NON-PD")
    outcome = found.outcome("PFS", 1)
    assert (outcome.days.low, outcome.days.high, outcome.state) == (60, 60, "censored")
    assert [each.labels for each in found.best] == [("NON-CR/NON-PD",)]
