"""The audit as text: a line for each finding by default, everything with ``--verbose``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from timeline.auditing.findings import findings
from timeline.cli.app import app
from timeline.views.audit_view import AUDIT_WIDTH
from timeline.views.case_report import load_all

ROOT = Path(__file__).parents[2]
WANG = ROOT / "cases" / "wang2023.yaml"
SEEDS = sorted((ROOT / "seeds").glob("*.yaml"))
SCREEN = 50  # lines


@cache
def audited():
    """The findings of Wang 2023, found once."""
    (wang,), _ = load_all([WANG], {})
    return findings(wang.audit())


@cache
def printed(*words):
    """What the command prints, which is run once with the same words."""
    return CliRunner().invoke(app, ["audit", *map(str, words)]).output


def test_the_audit_of_wang_fits_on_two_screens():
    lines = printed(WANG).rstrip("\n").splitlines()
    assert len(lines) <= 2 * SCREEN
    assert max(map(len, lines)) <= AUDIT_WIDTH == 100


def test_the_two_screens_have_every_finding():
    text = " ".join(printed(WANG).split())
    found = audited()
    assert len(found) == 32  # figures, of which some share a cause
    for each in found:
        for verdict in (each.verdict, *each.related):
            assert " ".join(verdict.claim.figure.split()) in text


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_searches_shares_and_conventions_are_printed_with_verbose_alone(seed):
    searches = re.compile(r"tried|of the allowed days|by chance|it would need|imputed|a month of")
    assert not searches.search(printed(seed))
    assert searches.search(printed(seed, "--verbose"))


def test_verbose_prints_what_each_verdict_rests_on():
    text = " ".join(printed(WANG, "-v").split())
    for each in audited():
        for sentence in (each.verdict.description, *each.verdict.notes):
            assert " ".join(sentence.split()) in text
    assert "Not checkable, and why" in text


def test_both_forms_give_a_finding_the_same_rule_and_verdict():
    """A finding is a cause with all its figures: lists and the count below them have as many."""
    heading = re.compile(r"^  ([CK]\d\d)  (contradicted|possible)", re.MULTILINE)
    short, long = (heading.findall(printed(WANG, *words)) for words in ((), ("-v",)))
    assert sorted(short) == sorted(long)
    for words in ((), ("-v",)):
        assert f"; {len(long)} findings: " in " ".join(printed(WANG, *words).split())


def test_all_lists_what_agrees_and_what_could_not_be_checked():
    text = printed(WANG, "--all")
    assert "Agrees: the record, or other figures, reproduce the printed value" in text
    assert "Not checkable, and why" in text
    assert "Agrees:" not in printed(WANG)


def test_the_width_is_that_of_the_terminal(monkeypatch):
    monkeypatch.setattr("timeline.views.audit_view.AUDIT_WIDTH", 70)
    assert max(map(len, printed.__wrapped__(WANG).splitlines())) <= 70
