"""Audit a published report, and print what its dates contradict.

Run from the top folder of the project: ``python docs/examples/audit_a_report.py``.
"""

from __future__ import annotations

import timeline as tl


def main() -> None:
    case = tl.load_case("cases/wang2023.yaml")
    report = tl.load_report("seeds/wang2023.yaml")
    audit = tl.audit(tl.derive(case), report)
    print(audit)
    for verdict in audit.contradicted:
        print(f"{verdict.rule}  {verdict.claim} [{verdict.claim.place}]")
        print(f"     {verdict.description}")
        for explanation in verdict.explanations[:1]:
            print(f"     reproduced by {explanation.description}")


if __name__ == "__main__":
    main()
