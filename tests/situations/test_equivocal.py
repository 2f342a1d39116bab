"""Lesions that may be new: Eisenhauer 2009 4.3.5, progression on the date of the initial scan.

Days from 2022-01-03: 28 February is day 56, 25 April 112, 20 June 168, 15 August 224.
"""

from __future__ import annotations

import pytest

from tests.situations.records import INPUTS, ended, labels, opened, record

BASE = """
    scan: 2021-12-27, baseline: 1, sum: 100 mm
    treatment: 2022-01-03/.., line: 1, drugs: docetaxel
"""
DATES = ("2022-02-28", "2022-04-25", "2022-06-20", "2022-08-15")


def sequence(*scans):
    lines = (f"    scan: {day}, sum: {found}" for day, found in zip(DATES, scans, strict=False))
    return BASE + "\n".join(lines)


def test_the_first_equivocal_lesion_resolved():
    found, problems = opened(INPUTS / "scans" / "e02.yaml")
    assert not problems
    assert ended(found) == (True, 168, 168)


@pytest.mark.parametrize(
    ("scans", "day"),
    [
        pytest.param(
            ("100 mm, equivocal: yes", "100 mm, confirms-equivocal: yes"), 56, id="one lesion",
        ),
        pytest.param(
            ("100 mm, equivocal: E1", "100 mm, equivocal: [E1, E2]",
             "100 mm, equivocal: E1, confirms-equivocal: E2"), 112, id="the second of two",
        ),
        pytest.param(
            ("100 mm, equivocal: E1", "100 mm, equivocal: [E1, E2]",
             "100 mm, confirms-equivocal: [E2, E1]"), 56, id="both: the earlier",
        ),
        pytest.param(
            ("100 mm, equivocal: E1", "100 mm, equivocal: E2", "100 mm, confirms-equivocal: E2"),
            112, id="the first is dropped by a scan that shows another",
        ),
        pytest.param(
            ("100 mm, equivocal: liver", "100 mm", "100 mm, confirms-equivocal: liver"), 56,
            id="a scan that states nothing of new lesions drops none",
        ),
        pytest.param(
            ("100 mm, equivocal: liver", "100 mm, new: NE", "100 mm, confirms-equivocal: liver"),
            56, id="nor does one that could not look",
        ),
        pytest.param(
            ("100 mm, equivocal: E1", "130 mm, equivocal: E1", "130 mm, confirms-equivocal: E1"),
            56, id="progression by the sum came first, but the lesion of day 56 was new",
        ),
    ],
)  # fmt: skip
def test_progression_is_dated_by_the_first_sight_of_that_lesion(tmp_path, scans, day):
    found, problems = record(tmp_path, sequence(*scans))
    assert not problems
    assert ended(found) == (True, day, day)


@pytest.mark.parametrize(
    ("scans", "best"),
    [
        # PR on day 112, but the lesion of day 56 proves new: progression came first
        (("100 mm, equivocal: E1", "60 mm, equivocal: E1", "60 mm, confirms-equivocal: E1"), "PD"),
        # PR on day 56, before the lesion of day 112
        (("60 mm, new: none", "60 mm, equivocal: E1", "60 mm, confirms-equivocal: E1"), "PR"),
        # never confirmed: it stays a doubt
        (("100 mm, equivocal: E1", "60 mm, equivocal: E1", "60 mm, new: none"), "PR"),
    ],
)
def test_responses_after_the_back_dated_progression_do_not_count(tmp_path, scans, best):
    found, problems = record(tmp_path, sequence(*scans))
    assert not problems
    assert found.best[0].labels == (best,)


def test_the_back_dating_is_explained_with_its_source(tmp_path):
    found, _ = record(tmp_path, sequence("100 mm, equivocal: E1", "100 mm, confirms-equivocal: E1"))
    last = found.status("RECIST 1.1", 1)[-1]
    assert "E1 proves to be new: progression is dated by its first sight" in last.why
    assert "Eisenhauer 2009 4.3.5" in last.source
    assert labels(found) == ["SD", "PD"]


@pytest.mark.parametrize(
    ("scans", "fault"),
    [
        (("100 mm", "100 mm, confirms-equivocal: yes"), "no earlier scan of the line"),
        (("100 mm, equivocal: E1", "100 mm, confirms-equivocal: E2"), "known: E1"),
        (("100 mm, equivocal: [E1, E2]", "100 mm, confirms-equivocal: yes"), "write one of E1, E2"),
        (
            ("100 mm, equivocal: E1", "100 mm, new: none", "100 mm, confirms-equivocal: E1"),
            "did not show",
        ),
    ],
)
def test_a_confirmation_that_is_not_clear_is_refused(tmp_path, scans, fault):
    _, problems = record(tmp_path, sequence(*scans))
    assert fault in str(problems[0])
