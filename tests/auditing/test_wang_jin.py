"""Wang 2023 and Jin 2025: what a careful reader finds is found, and what is sound is left alone.

The rows are in ``wang_table.py`` and ``jin_table.py``, each with its hand arithmetic.
"""

from __future__ import annotations

import pytest

from tests.auditing import jin_table, wang_table
from tests.auditing.by_report import verdicts_of
from tests.rows import every_row
from timeline.auditing import Conclusion

TABLES = {"wang2023": wang_table, "jin2025": jin_table}


def rows(which: str):
    """The rows of both reports, each with its report before it."""
    return [
        pytest.param(report, *each.values, id=f"{report} {each.id}")
        for report, table in TABLES.items()
        for each in getattr(table, which)
    ]


@pytest.fixture(scope="module")
def by_claim():
    """By report, place and claim, all findings."""
    return {report: verdicts_of(report) for report in TABLES}


@every_row(("report", "place", "claim", "rule"), rows("FOUND"))
def test_what_is_wrong_is_found_by_its_rule(by_claim, report, place, claim, rule):
    calls = {each.conclusion for each in by_claim[report][place, claim] if each.rule == rule}
    assert Conclusion.CONTRADICTED in calls, by_claim[report][place, claim]


@pytest.mark.parametrize(("report", "place", "claim", "rule"), rows("DOUBTED"))
def test_what_is_in_doubt_is_called_possible_and_no_more(by_claim, report, place, claim, rule):
    calls = {each.conclusion for each in by_claim[report][place, claim] if each.rule == rule}
    assert calls == {Conclusion.POSSIBLE}, by_claim[report][place, claim]


@every_row(("report", "place", "claim"), rows("SOUND"))
def test_what_is_sound_is_left_alone(by_claim, report, place, claim):
    calls = [
        each
        for each in by_claim[report][place, claim]
        if each.conclusion is Conclusion.CONTRADICTED
    ]
    assert not calls


@pytest.mark.parametrize(("report", "place", "claim", "words"), rows("WORDS"))
def test_the_verdict_has_what_a_reader_needs(by_claim, report, place, claim, words):
    assert any(words in each.words for each in by_claim[report][place, claim])


@pytest.mark.parametrize("report", TABLES)
def test_nothing_else_is_contradicted(by_claim, report):
    known = {tuple(each.values[:2]) for each in TABLES[report].FOUND}
    found = {
        key: words
        for key, words in by_claim[report].items()
        if any(each.conclusion is Conclusion.CONTRADICTED for each in words)
    }
    assert not {key: found[key] for key in found.keys() - known}
