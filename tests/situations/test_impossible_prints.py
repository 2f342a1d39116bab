"""Prints that no such figure can be: each is a finding, and the rest of the file is audited.

Expected values are definitions and hand arithmetic, written before the rule was run.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import C, P, source, verdicts_of
from timeline.auditing import Conclusion, verdicts_by_rule
from timeline.files.loader import load
from timeline.report.claims import CLAIMS, ENDPOINTS_CLAIMED

ROWS = (
    # claim, conclusion, words of the finding, reason
    ('{p: "1.2", about: x}', C, "between 0 and 1", "a p value above 1"),
    ('{p: "-0.02", about: x}', C, "between 0 and 1", "a p value below 0"),
    ('{HR: 0.5, about: OS, p: "1.01"}', C, "between 0 and 1", "above 1, beside a ratio"),
    ('{p: "< .000", about: x}', C, "between 0 and 1", "below 0"),
    ('{p: "0.000", about: x}', P, "no p value is 0", "software rounds a small p so"),
    ('{p: ".0000", about: x}', P, "< 0.0001", "the digits printed say how small"),
    ('{p: "1.00", about: x}', None, "", "p can be 1"),
    ('{p: "0,03", about: x}', P, "decimal point", "0,03 is 0.03"),
    ('{PFS: "8,4", unit: months}', P, "decimal point", "8,4 is 8.4"),
    ('{count: "1,234", about: screened}', None, "", "a comma between thousands"),
    ("{percent: 120, about: nausea, n: 40}", C, "between 0 and 100", "more than all"),
    ("{percent: 146, about: male}", C, "between 0 and 100", "more than all, no n"),
    ("{percent: -4, about: male, n: 50}", C, "between 0 and 100", "fewer than none"),
    ("{percent: 146, about: increase of the sum}", None, "", "growth may exceed 100 %"),
    ("{percent: 104, about: relative dose intensity}", None, "", "a ratio may exceed 100 %"),
    ("{rate: 104, of: OS, at: 6 months}", C, "between 0 and 100", "no curve starts above 1"),
    ("{risk-reduction: 130, about: OS}", C, "100 % at most", "a ratio below 0"),
    ("{mean: 5.1, about: x, sd: -2.0}", C, "spread", "a square root is not below 0"),
    ("{mean: 5.1, about: x, se: -0.2}", C, "spread", "nor is a standard error"),
    ("{mean: -5.1, about: change of weight, sd: 2.0}", None, "", "a mean may be below 0"),
    ("{median: -3.2, about: a duration, unit: months}", C, "not below 0", "no time is"),
    ("{OS: -12, unit: months, statistic: median}", C, "not below 0", "no time is"),
    ("{count: -3, about: nausea}", C, "not below 0", "no count is"),
    ("{HR: -0.50, about: OS}", C, "above 0", "no ratio of hazards is below 0"),
    ("{HR: 0.00, about: OS}", P, "above 0", "0.004 prints so"),
    ("{OR: 0.8, about: x, ci: -0.2 to 1.9}", C, "above 0", "limits of a ratio are above 0"),
    ("{HR: 0.55, about: OS, ci: 0.70 to 0.44}", C, "larger number comes first", "swapped"),
    ("{age: 55, about: age, range: 75 to 41}", C, "larger number comes first", "swapped"),
    # 2 of 20: 10 % -+ 1.96 root(0.1 * 0.9 / 20) = -3.1 to 23.1
    ("{percent: 10, about: x, n: 20, ci: -3.1 to 23.1}", P, "z SE", "Wald limits, not cut at 0"),
    ("{percent: 10, about: x, n: 20, ci: -3.1 to 53.1}", C, "0 and 100", "not even about 10"),
    ("{percent: 90, about: x, n: 20, ci: 76 to 950}", C, "0 and 100", "a decimal point is lost"),
    ("{rate: 95, of: OS, at: 6 months, ci: 85 to 105}", P, "z SE", "plain limits, not cut"),
    ("{age: 180, unit: years, about: age}", C, "0 and 120 years", "nobody is so old"),
    ("{age: 180, unit: months, about: age}", None, "", "15 years"),
    ("{events: 2.5, of: OS, n: 20}", C, "whole numbers", "half a death"),
    ("{count: 7.5, about: nausea, n: 20}", C, "whole numbers", "half a patient"),
    ("{count: 3.5, about: cycles}", None, "", "a cycle can be half given"),
    ("{count: 7.5, about: nausea, group: weighted cohort}", None, "", "weights"),
    ("{dose: -50 to 20 mg, about: x}", C, "not below 0", "the lower end of a range"),
    ("{dose: 50 to -20 mg, about: x}", C, "not below 0", "the upper end"),
    ("{dose: 0 mg, about: x}", None, "", "a dose that was left out"),
    ("{dose: 1-14 mg, about: x}", None, "", "a dash between two doses is no sign"),
    ("{dose: -20 mg, about: reduction of the dose}", None, "", "a change"),
    ("{size: 3.2 x -4 cm, about: T1}", C, "not below 0", "the second diameter"),
    ("{size: 3.2 x 4 cm, about: T1}", None, "", "two diameters"),
    ("{lab: -3.2, unit: g/dL, about: hemoglobin}", C, "not below 0", "a concentration"),
    ("{lab: -3.2, unit: mmol/L, about: base excess}", None, "", "a difference of two"),
    ("{score: 7, about: ECOG performance status}", C, "0 to 5", "Oken 1982"),
    ("{score: 2, about: ECOG performance status}", None, "", "Oken 1982"),
    ("{score: 110, about: Karnofsky performance status}", C, "0 to 100", "in percent"),
    ("{score: 3+4, about: Gleason score}", None, "", "two patterns, 7 in all"),
    ("{score: 90, about: ECOG or Karnofsky}", None, "", "which of the two is open"),
    ("{grade: 7, about: nausea}", C, "1 to 5", "CTCAE"),
    ("{grade: III, about: nausea}", None, "", "a Roman three"),
    ("{median: -2, about: cycles}", C, "not below 0", "items counted"),
    ("{range: -3 to 5, about: age}", C, "not below 0", "ages"),
    ("{range: -3 to -1, about: panels}", None, "", "no amount"),
    ("{schedule: days -6 to -2, about: x}", None, "", "days before the transplant, day 0"),
    ('{p: "1,2", about: x}', C, "between 0 and 1", "1.2, with a comma"),
    ('{p: "> 1", about: x}', C, "between 0 and 1", "nothing is left"),
    ('{p: "NS", about: x}', None, "", "above 0.05"),
    ('{test: "r(28) = 1.7", about: x, p: "0.01"}', C, "between -1 and 1", "no correlation is"),
    ('{test: "F(2, 27) = -3.9", about: x, p: "0.03"}', C, "not below 0", "a ratio of squares"),
    ('{test: "chi2(0) = 3.9", about: x, p: "0.03"}', C, "above 0", "no degree of freedom"),
    ('{test: "t(28) = -2.2", about: x, p: "0.036"}', None, "", "t has a sign"),
)


@pytest.mark.parametrize(
    ("claim", "conclusion", "words", "why"), ROWS, ids=[row[0] for row in ROWS]
)
def test_what_no_such_figure_can_be(claim, conclusion, words, why, tmp_path):
    found = verdicts_of("K50", source(claim, tmp_path))
    assert [each.conclusion for each in found] == ([conclusion] if conclusion else []), why
    assert all(words in " ".join((each.description, *each.notes)) for each in found)


@pytest.mark.parametrize("claim", [row[0] for row in ROWS if row[1] is C])
def test_the_rest_of_the_file_is_audited_and_the_print_has_one_verdict(claim, tmp_path):
    """3 of 7 is 42.9 %, whatever is printed next to it."""
    report = source(
        f"{claim}\n{{percent: 42.2, about: rash, n: 7}}\n{{count: 3, about: rash}}", tmp_path
    )
    verdicts = verdicts_by_rule(None, report)
    assert [each.rule for each in verdicts if each.claim is report.claims[0]] == ["K50"]
    assert ("K01", Conclusion.CONTRADICTED) in {
        (each.rule, each.conclusion) for each in verdicts if each.claim is report.claims[1]
    }


BELOW_0 = {  # of every kind of claim, one that prints a number below 0; None: it may
    "interval": "{interval: -3, unit: months, from: a, to: b}",
    "follow-up": "{follow-up: -3, unit: months}",
    "count": "{count: -3, about: nausea}",
    "percent": "{percent: -3, about: nausea}",
    "age": "{age: -3, about: age}",
    "median": "{median: -3, about: age}",
    "mean": "{mean: -3, about: age}",
    "risk-reduction": None,  # a risk that is raised
    "HR": "{HR: -0.5, about: OS}",
    "OR": "{OR: -0.5, about: x}",
    "RR": "{RR: -0.5, about: x}",
    "rate": "{rate: -3, about: x}",
    "events": "{events: -3, of: OS}",
    "p": '{p: "-0.3", about: x}',
    "test": '{test: "F(2, 27) = -3", about: x, p: "0.03"}',
    "at-risk": '{at-risk: [20, -3], of: OS, at: "0, 6 months"}',
    "values": "{values: [3, -4], of: OS, unit: months}",
    "size": "{size: -3 mm, about: T1}",
    "sum": "{sum: -3 mm, about: sum}",
    "dose": "{dose: -3 mg, about: x}",
    "schedule": "{schedule: every -3 weeks, about: x}",
    "lab": "{lab: -3, unit: g/dL, about: hemoglobin}",
    "score": "{score: -1, about: ECOG performance status}",
    "grade": "{grade: -3, about: nausea}",
    "range": "{range: -3 to 5, about: age}",
    "ordinal": "{ordinal: -1, about: x}",
    **dict.fromkeys(("date", "response", "word", "name")),  # no numbers
    **{name: f"{{{name}: -3, unit: months}}" for name in ENDPOINTS_CLAIMED},
}


def test_a_number_below_0_is_a_finding_of_every_kind_that_cannot_be(tmp_path):
    assert set(BELOW_0) == set(CLAIMS), "a kind of claim without a row here"
    for kind, claim in BELOW_0.items():
        found = verdicts_of("K50", source(claim, tmp_path)) if claim else []
        assert [each.conclusion for each in found] == ([C] if claim else []), kind


REFUSED = (
    ("{percent: 46.7, about: male, n: abc}", "n: not a number of patients"),
    ("{percent: 46.7, about: male, n: -5}", "n: not a number of patients"),
    ("{HR: 0, about: OS}", "a ratio of 0"),
    ("{HR: 0.5, about: OS, ci: 0.4 to 0.6, level: 950 %}", "not a level of confidence"),
    (f"{{percent: 46.7, about: male, n: {'9' * 400}}}", "400 digits"),
    (f"{{mean: {'9' * 400}, about: age, sd: 2, n: 15, step: 1}}", "400 digits"),
    (f"{{HR: {'9' * 400}, about: OS, ci: 0.1 to {'9' * 400}}}", "400 digits"),
    ("{PFS: 1e999990, unit: months}", "not a printed number"),
)


@pytest.mark.parametrize(("claim", "words"), REFUSED, ids=[row[1] + row[0][:12] for row in REFUSED])
def test_what_the_encoder_must_correct_is_refused_with_its_place(claim, words, tmp_path):
    path = tmp_path / "s.yaml"
    path.write_text(f"source: s\nclaims:\n  - {claim}\n")
    _, problems = load(path)
    assert problems
    assert all(words in str(each) and "s.yaml:3:" in str(each) for each in problems)
