"""Reports written in a test, with or without a case, and the one verdict on each claim."""

from __future__ import annotations

from timeline.auditing import Verdict
from timeline.views.case_report import load_all


def verdicts_of(tmp_path, claims, case="", head="") -> tuple[Verdict, ...]:
    """The verdict on each claim, in the order of the claims.

    ``claims``: one in braces each. ``case``: its events as YAML; none where it is empty.
    """
    entries = "".join(f"    - {each}\n" for each in claims)
    case_line = "case: case.yaml\n" if case else ""
    report = tmp_path / "report.yaml"
    report.write_text(f"source: small\n{case_line}claims:\n  Text:\n{entries}", "utf-8")
    if case:
        text = f"case: small\n{head}\nevents:\n{case}"
        (tmp_path / "case.yaml").write_text(text, "utf-8")
    case_reports, problems = load_all([report])
    assert not problems, [str(each) for each in problems]
    by_claim = {id(each.claim): each for each in case_reports[0].audit()}
    return tuple(by_claim[id(claim)] for claim in case_reports[0].report.claims)
