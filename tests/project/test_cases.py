"""Every file in cases/ and seeds/ is checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from timeline.endpoints.derived_case import derive
from timeline.files.loader import load
from timeline.record.case import Case
from timeline.report.claims import Report

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "cases").glob("*.yaml"))
SEEDS = sorted((ROOT / "seeds").glob("*.yaml"))
OF_A_PATIENT = [path for path in SEEDS if re.search(r"(?m)^case:", path.read_text("utf-8"))]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_loads_reads_and_bears_its_file_s_name(path):
    case, problems = load(path)
    assert not problems
    assert isinstance(case, Case)
    assert case.name == path.stem
    reading, problems = derive(case)
    assert not problems
    assert reading.outcomes
    assert all(outcome.reason for outcome in reading.outcomes)
    assert all(event.place for event in case.events), "every fact has its place in the report"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_report_loads_with_the_place_of_each_claim(path):
    source, problems = load(path)
    assert not problems
    assert isinstance(source, Report)
    assert source.name == path.stem
    assert source.doi
    assert source.licence
    assert all((source.received, source.accepted, source.published))
    assert all(claim.place for claim in source.claims)


@pytest.mark.parametrize("path", OF_A_PATIENT, ids=lambda path: path.stem)
def test_what_a_claim_refers_to_is_in_the_case(path):
    source, _ = load(path)
    assert source.case
    case, _ = load(path.parent / source.case)
    for claim in (each for each in source.claims if not each.study):
        for reference in filter(None, (claim.of, claim.from_, claim.to)):
            case.find(reference)  # raises with the near names where there is none
        assert claim.line is None or claim.line in {line.number for line in case.lines}


@pytest.mark.parametrize(
    "path", [*CASES, *SEEDS], ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_words_stay_short_for_they_are_our_own(path):
    """Facts in our own words: no value runs on like a sentence of a paper."""
    for value in re.findall(r"what: (.+?)[,}\n]", path.read_text()):
        assert len(value.split()) <= 16, value
