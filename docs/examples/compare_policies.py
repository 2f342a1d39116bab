"""Compare an endpoint under the four censoring policies.

Run from the top folder of the project: ``python docs/examples/compare_policies.py``.
"""

from __future__ import annotations

import timeline as tl

POLICIES = ("fda_a", "fda_b", "fda_c", "ema")


def main() -> None:
    case = tl.load_case("cases/wang2023.yaml")
    derived = {policy: tl.derive(case, pfs_policy=policy) for policy in POLICIES}
    for line in case.lines:
        for policy, each in derived.items():
            outcome = each.endpoint("PFS", line.number)
            days = outcome.days  # a Span, both ends included; None where nothing is derived
            print(f"line {line.number}  {policy:5}  {days}  {outcome.state}: {outcome.reason}")


if __name__ == "__main__":
    main()
