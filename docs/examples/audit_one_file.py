"""Audit a short report whose facts and printed values are in one file.

Run from the top folder of the project: ``python docs/examples/audit_one_file.py``.
"""

from __future__ import annotations

import timeline as tl


def main() -> None:
    loaded = tl.load("docs/examples/short_report.yaml", strict=True)  # a case and its report
    case, report = loaded.case, loaded.report
    if case is None or report is None:
        return
    audit = tl.audit(tl.derive(case), report)
    print(audit)
    for verdict in audit.contradicted:
        print(f"{verdict.rule}  {verdict.claim} [{verdict.claim.place}], {verdict.claim.where}")
        print(f"     {verdict.description}")


if __name__ == "__main__":
    main()
