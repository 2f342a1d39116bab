"""Prints that are no figure: findings of the report, and no faults of the file that copies them."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import C, N, source
from timeline.auditing import Conclusion, verdicts_by_rule
from timeline.files.loader import load

UNREAD = (
    # claim, conclusion, words of the finding, reason
    ("{percent: three-fifths, about: rash, n: 10}", N, "cannot be read as a percentage (write", ""),
    ("{date: spring 2020, of: diagnosis}", N, "cannot be read as a date (write", "a season"),
    ("{PFS: a few, unit: months}", N, "cannot be read as a number (write", "no number"),
    ("{p: small, about: rash}", N, "cannot be read as a p value (write", "no number"),
    ("{test: 2.2, about: rash, p: 0.03}", N, "cannot be read as a test statistic (write", "no t"),
    ("{values: [3, x, 5], of: OS, unit: months}", N, "'x' cannot be read as a number", "one of 3"),
    ("{PFS: 5 to 2, unit: months}", C, "the larger number comes first", "impossible"),
    ("{values: [3, 5 to 2], of: OS, unit: months}", C, "the larger number comes first", "one"),
    ("{at-risk: [9, 5 to 2], of: OS, at: '0, 6 months'}", C, "larger number comes first", "one"),
)


@pytest.mark.parametrize(
    ("claim", "conclusion", "words", "why"), UNREAD, ids=[row[0] for row in UNREAD]
)
def test_what_cannot_be_read_is_a_finding_and_the_rest_is_audited(
    claim, conclusion, words, why, tmp_path
):
    """3 of 7 is 42.9 %, whatever is printed next to it."""
    report = source(
        f"{claim}\n{{percent: 42.2, about: nausea, n: 7}}\n{{count: 3, about: nausea}}", tmp_path
    )
    verdicts = verdicts_by_rule(None, report)
    (mine,) = [each for each in verdicts if each.claim is report.claims[0]]
    assert (mine.rule, mine.conclusion) == ("K50", conclusion), why
    assert words in mine.description
    assert ("K01", Conclusion.CONTRADICTED) in {(each.rule, each.conclusion) for each in verdicts}


def test_a_figure_is_not_compared_with_an_unreadable_one(tmp_path):
    report = source(
        "{percent: three-fifths, about: rash}\n{percent: 60, about: rash}\n"
        "{percent: 60, about: rash}",
        tmp_path,
    )
    assert Conclusion.CONTRADICTED not in {
        each.conclusion for each in verdicts_by_rule(None, report)
    }


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("{PFS: [3, 4], unit: months}", "takes one value"),
        ("{PFS: {a: b}, unit: months}", "takes one value"),
        ("{PFS: 1e99, unit: months}", "not a printed number"),
        ("{HR: 0, about: OS}", "a ratio of 0"),
        ("{response: PRR, of: last}", "did you mean PR"),
        ("{PFS: 5 to 2, unit: kg}", "not a unit of time"),
        (f"{{count: {'9' * 40}, about: rash}}", "40 digits"),
    ],
)
def test_what_the_one_who_writes_the_file_must_correct_stays_a_fault(claim, words, tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text(f"source: s\nclaims:\n  - {claim}\n")
    found, problems = load(path)
    assert found is None
    assert words in "; ".join(map(str, problems))
