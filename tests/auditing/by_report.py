"""The verdicts of an audit on each claim of ``seeds/``, and the rows of a careful reader."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import attrs
import pytest

from timeline.auditing import Conclusion, verdicts_by_rule
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load

ROOT = Path(__file__).parent.parent.parent


@attrs.frozen
class RuleVerdict:
    """The verdict of one rule on a claim, its notes and explanations with it."""

    rule: str
    conclusion: Conclusion
    words: str


def row(place: str, claim: str, rule: str, why: str):
    """A claim of which a rule must speak."""
    return pytest.param(place, claim, rule, id=f"{place} {claim}: {why}")


def words(place: str, claim: str, phrase: str, why: str):
    """A claim of which these words must be said."""
    return pytest.param(place, claim, phrase, id=f"{place} {claim}: {why}")


def ok(place: str, claim: str, why: str):
    """A claim that must be left alone."""
    return pytest.param(place, claim, id=f"{place} {claim}: {why}")


def verdicts_of(name: str) -> dict[tuple[str, str], list[RuleVerdict]]:
    """By place and claim, all findings on a report with a case."""
    return verdicts_in(name, ROOT / "seeds" / f"{name}.yaml")


def verdicts_in(name: str, path: Path) -> dict[tuple[str, str], list[RuleVerdict]]:
    """The same of another text of its source file."""
    case, problems = load(ROOT / "cases" / f"{name}.yaml")
    source, more = load(path)
    assert not problems
    assert not more
    phrase: dict[tuple[str, str], list[RuleVerdict]] = defaultdict(list)
    for verdict in verdicts_by_rule(derive(case)[0], source):
        verdicts = (
            verdict.description,
            *verdict.notes,
            *(each.description for each in verdict.explanations),
        )
        each = RuleVerdict(verdict.rule, verdict.conclusion, "; ".join(verdicts))
        phrase[verdict.claim.place, str(verdict.claim)].append(each)
    return dict(phrase)
