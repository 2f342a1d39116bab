"""Of contradictory figures the one that the record contradicts is named."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from tests.auditing.study.reports import source
from timeline.auditing import Conclusion, audit
from timeline.auditing.findings import findings
from timeline.auditing.one_verdict import one_verdict_per_claim

EVENTS = """
  - {diagnosis: 2018-12-01, id: dx}
  - {scan: 2019-01-02, baseline: 1}
  - {treatment: 2019-01-08/2019-10-08, line: 1, drugs: docetaxel}
  - {scan: 2019-10-08, id: worse, line: 1, target: SD, new: liver}
  - {treatment: 2019-10-20/2020-01-28, line: 2, drugs: gemcitabine}
  - {scan: 2020-01-28, line: 2, target: SD, new: bone}
  - {death: 2020-05-12}
"""  # PFS 273 days, 8.97 months; PFS2 385 days, 12.65; OS from line 1 490 days, 16.10


def found_of(claims: str) -> dict[str, Conclusion]:
    """The verdict on each figure."""
    verdicts = one_verdict_per_claim(audited(EVENTS, claims))
    return {str(each.claim): each.conclusion for each in verdicts}


def test_a_part_is_not_charged_for_a_whole_that_the_dates_refute():
    found = found_of("- {PFS: 9.0, unit: months, line: 1}\n- {PFS2: 3.0, unit: months, line: 1}")
    assert found["PFS line 1: 9.0 months"] is Conclusion.AGREES
    assert found["PFS2 line 1: 3.0 months"] is Conclusion.CONTRADICTED


def test_the_part_is_charged_where_the_dates_refute_it():
    found = found_of("- {PFS: 19.0, unit: months, line: 1}\n- {PFS2: 12.6, unit: months, line: 1}")
    assert found["PFS line 1: 19.0 months"] is Conclusion.CONTRADICTED
    assert found["PFS2 line 1: 12.6 months"] is Conclusion.AGREES


@pytest.mark.parametrize(
    ("claim", "conclusion", "why"),
    [
        ("{OS: 16.1, unit: months}", Conclusion.POSSIBLE, "490 days from the start of line 1"),
        ("{OS: 17.3, unit: months}", Conclusion.AGREES, "528 days, 17.35 months, from diagnosis"),
        ("{OS: 12.0, unit: months}", Conclusion.CONTRADICTED, "from neither"),
    ],
)
def test_an_os_without_an_origin_may_begin_with_treatment(claim, conclusion, why):
    (found,) = of("C01", audited(EVENTS, f"- {claim}"))
    assert found.conclusion is conclusion, why


def test_parts_of_a_whole_are_not_charged_for_one_that_is_wrong(tmp_path):
    """Best responses of 41: 4.9 % NE is 2 of 41; 49.3 % SD is none (20 are 48.8 %)."""
    counts = {"CR": 2, "PR": 9, "SD": 20, "PD": 8, "NE": 2}
    shares = {"CR": "4.9", "PR": "22.0", "SD": "59.3", "PD": "19.5", "NE": "4.9"}
    lines = "".join(
        f"{{count: {k}, about: {best}, n: 41, among: best response}}\n"
        f"{{percent: {shares[best]}, about: {best}, n: 41, among: best response}}\n"
        for best, k in counts.items()
    )
    wrong = [each.verdict.claim.text for each in findings(audit(None, source(lines, tmp_path)))]
    assert wrong == ["59.3"]


NON_TARGET = """case: a
events:
  - {{scan: 2020-01-10, baseline: 1{base}, non-target: present}}
  - {{treatment: 2020-01-20/2020-09, line: 1, drugs: carboplatin}}
  - {{scan: 2020-04-01{scan}, non-target: present, new: none}}
  - {{scan: 2020-09-10{scan}, non-target: present, new: liver}}
"""


@pytest.mark.parametrize(("base", "scan"), [(", target: NA", ", target: NA"), ("", "")])
def test_disease_without_targets_has_a_complete_baseline(base, scan, tmp_path):
    """RECIST 1.1 allows disease that is not measurable alone (Eisenhauer 2009, Table 2)."""
    from timeline.endpoints.derived_case import derive
    from timeline.files.loader import load

    path = tmp_path / "a.yaml"
    path.write_text(NON_TARGET.format(base=base, scan=scan), "utf-8")
    case, problems = load(path)
    assert not problems
    outcome = derive(case)[0].outcome("PFS", 1)
    # 20 January to 10 September 2020 are 234 days
    assert (outcome.event, outcome.days.low, outcome.days.high) == (True, 234, 234)
