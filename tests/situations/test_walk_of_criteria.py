"""A check of the vocabulary: every criterion, every finding and label, one after another.

Nothing may end in a traceback: a record is read, or refused in words. Sampled here;
``tests/bench/criteria_walk.py`` goes on for the stated time.
"""

from __future__ import annotations

import itertools
import random

import pytest

from tests.rows import every_row
from timeline.conformance.run import BY_TITLE
from timeline.conformance.vectors import read_labels
from timeline.endpoints.derived_case import derive, derive_all
from timeline.record.case import Case
from timeline.record.event_parts.lesion_sizes import lesion_size
from timeline.record.events import Death, Scan, Treatment
from timeline.record.findings import NON_TARGET_WORDS, TARGET_WORDS
from timeline.response.best_response import best_overall_response
from timeline.response.progression import derive_progression
from timeline.settings.response import SETTINGS, Settings
from timeline.terminology.criteria import LABELS, TERMS, UPTAKE_LABELS
from timeline.terminology.response_words import response_called

UPTAKE_CALLS = {response_called(word) for word in UPTAKE_LABELS}
SIZES = (("A", lesion_size("12 mm")),)
FINDINGS = (
    *({"target": word} for word in TARGET_WORDS),
    *({"non_target": word} for word in NON_TARGET_WORDS),
    *({"called": word} for word in LABELS),
    *({"new": word} for word in ("none", "liver", "NE")),
    *({"sum": f"{mm} mm"} for mm in (0, 60, 100, 130)),
    *({"change": text} for text in ("-46 %", "-30 %", "+25 % from nadir", "-100 %", "about +40 %")),
    {"change": "-46 %", "new_lesion_sizes": SIZES, "new": "liver"},
    {"new": "liver", "new_lesion_sizes": SIZES},
    {"new_lesion_sizes": (("A", lesion_size("20 mm")),)},
    *({"earlier_new": word} for word in ("grown", "stable", "shrunk", "gone", "NE")),
    {"equivocal": "liver"}, {"equivocal": "liver", "confirms_equivocal": "liver"},
    {"symptomatic": True, "new": "bone"}, {"density": "30 HU"}, {"nodule": True},
    {"non_target": "present", "non_target_increase": True}, {"target": "SD", "called": "PD"},
)  # fmt: skip
BASELINES = (
    {}, {"sum": "100 mm"}, {"sum": "100 mm", "density": "50 HU"},
    {"target": "SD", "non_target": "present"}, {"target": "NE"},
)  # fmt: skip
DAYS = ("2020-03-10", "2020-05-10", "2020-05-20", "2020-07-10")
ENDS = (
    (), (Death(at="2020-09-01"),),
    (Treatment(at="2020-08-01/", line=2, drugs="docetaxel"), Scan(at="2020-10-01", target="PD")),
)  # fmt: skip


def drawn(choose):
    """A criterion, the events of a record, and settings with an answer to some of the questions."""
    title, base, end = (choose.choice(every) for every in (list(TERMS), BASELINES, ENDS))
    start = Treatment(at="2020-01-10/", line=1, drugs="nivolumab", criterion=title)
    seen = [choose.choice(FINDINGS) for _ in range(choose.choice((1, 2, 3, 4)))]
    scans = [Scan(at=day, **found) for day, found in zip(DAYS, seen, strict=False)]
    rows = choose.sample([row for row in SETTINGS.values() if row.name != "also_judged_by"], 3)
    settings = {row.name: choose.choice(row.answers) for row in rows}
    return (Scan(at="2020-01-05", baseline=1, **base), start, *scans, *end), settings


def walked(events, settings):
    """Whether a record was read; what it comes to is looked at, so that nothing stays unasked."""
    case, problems = Case.of("c", events)
    if not problems:
        reading, problems = derive(case, Settings.of(settings))
    if problems:
        assert all(str(each) for each in problems)
        return False
    assert all(each.state and each.name for each in reading.outcomes)
    assert all(each.label and each.step.description for each in reading.statuses)
    return True


def test_a_sample_of_the_vocabulary_is_read_or_refused_with_a_message():
    choose = random.Random(20170301)
    read_ones = sum(walked(*drawn(choose)) for _ in range(60))
    assert read_ones > 30, "most of the vocabulary is read, not refused"


def derived_together():
    """Each finding at one scan after a measured baseline, its line judged by every criterion."""
    every = Settings(also_judged_by=tuple(TERMS))
    start = Treatment(at="2020-01-10/", line=1, drugs="nivolumab")
    base = Scan(at="2020-01-05", baseline=1, sum="100 mm")
    cases = []
    for finding in FINDINGS:
        case, problems = Case.of("c", (base, start, Scan(at="2020-03-10", **finding)))
        assert not problems
        cases.append((case, every))
    return [
        pytest.param(*found, id=str(finding))
        for finding, found in zip(FINDINGS, derive_all(cases), strict=True)
    ]


@every_row(("reading", "problems"), derived_together)
def test_every_finding_is_read_under_every_criterion(reading, problems):
    if problems:
        # measured targets at baseline require them later on, and sizes for a new lesion
        assert all(str(each) for each in problems)
        return
    called = {word for scan in reading.case.events if isinstance(scan, Scan)
              for _, word in scan.called}  # fmt: skip
    for title in TERMS:
        # a metabolic response is no category on a line that names no criterion of uptake
        labels = [each.label for each in reading.status(title, 1)]
        assert not labels if called & UPTAKE_CALLS else labels, title
        assert reading.outcome("PFS", 1, title).state


@pytest.mark.parametrize("title", TERMS)
def test_every_sequence_of_three_labels_has_an_outcome(title):
    criterion = BY_TITLE[title]
    words = [word for word in criterion.words if word not in ("", "MISSING")]
    rows = [
        {"timepoints": [{"day": 56 * (n + 1), "response": word} for n, word in enumerate(three)]}
        for three in itertools.product(words, repeat=3)
    ]
    found = read_labels(rows, criterion)
    for required in ("required", "not_required"):
        settings = Settings.of({"response_confirmation": required})
        ended = derive_progression(found, settings)
        for confirmed in (False, True):
            findings = best_overall_response(found, settings, confirmed=confirmed)
            assert all(findings.word(place) in criterion.words for place in range(len(rows)))
        # there is no response after the progression that ended it, and no duration is below zero
        durations = ended.duration[ended.duration < ended.duration.max()]
        assert (durations >= 0).all()
