"""Rules K04 and K05: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, RESPONSES, A, C, Case, check, params

CASES = (
    Case("K04", A, "3 + 11 + 1 = 15",
         "{count: 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 15}\n"
         "{count: 1, about: c, among: t, n: 15}"),
    Case("K04", C, "3 + 11 + 2 = 16",
         "{count: 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 15}\n"
         "{count: 2, about: c, among: t, n: 15}"),
    Case("K04", C, "3 + 11 = 14",
         "{count: 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 15}"),
    Case("K04", None, "21 + 28 of 60, the rest not shown",
         "{count: 21, about: high, among: PD-L1, n: 60, note: missing not shown}\n"
         "{count: 28, about: low, among: PD-L1, n: 60, note: missing not shown}"),
    Case("K04", C, "21 + 40 = 61 of 60, shown or not",
         "{count: 21, about: high, among: PD-L1, n: 60, note: missing not shown}\n"
         "{count: 40, about: low, among: PD-L1, n: 60, note: missing not shown}"),
    Case("K05", None, "35 + 47 %, the rest not shown",
         "{percent: 35, about: high, among: PD-L1, n: 60, note: missing not shown}\n"
         "{percent: 47, about: low, among: PD-L1, n: 60, note: missing not shown}"),
    Case("K04", A, "the best responses: 1 + 10 + 4 + 0 = 15", RESPONSES),
    Case("K04", None, "best responses, some not printed",
         "{count: 1, about: PR, n: 15}\n{count: 10, about: SD, n: 15}"),
    Case("K04", None, "no partition", "{count: 14, about: a, n: 15}\n{count: 14, about: b, n: 15}"),
    Case("K04", None, "a hedged part",
         "{count: about 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 15}",
         BAD),
    Case("K04", None, "two denominators",
         "{count: 3, about: a, among: t, n: 15}\n{count: 11, about: b, among: t, n: 14}", BAD),
    Case("K04", C, "68 of 60", "{count: 68, about: liposarcoma, n: 60}"),
    Case("K04", None, "12 + 9 of 15: a patient may have both",
         "{count: 12, about: lung, among: metastatic sites, n: 15}\n"
         "{count: 9, about: liver, among: metastatic sites, n: 15}"),
    Case("K04", C, "16 events of an endpoint in 15", "{events: 16, of: OS, n: 15}"),
    Case("K04", None, "a rate above 100 % is left to K50", "{rate: 104, of: OS, at: 6 months}"),
    Case("K04", None, "23 infections in 15", "{count: 23, about: infections, n: 15}"),
    Case("K04", None, "68 events in 60", "{count: 68, about: adverse events, n: 60}"),
    Case("K05", A, "26.7 + 26.7 + 20.0 + 26.7 = 100.1",
         "{percent: 26.7, about: a, among: t}\n{percent: 26.7, about: b, among: t}\n"
         "{percent: 20.0, about: c, among: t}\n{percent: 26.7, about: d, among: t}"),
    Case("K05", C, "46.7 + 43.3 = 90.0",
         "{percent: 46.7, about: a, among: t}\n{percent: 43.3, about: b, among: t}"),
    Case("K05", C, "66.7 + 43.3 = 110.0, of responses",
         "{percent: 66.7, about: PR}\n{percent: 43.3, about: PD}"),
    Case("K05", None, "93.3 twice, no partition",
         "{percent: 93.3, about: a}\n{percent: 93.3, about: b}"),
    Case("K05", None, "a part without its percentage",
         "{percent: 46.7, about: a, among: t}\n{percent: 43.3, about: b, among: t}\n"
         "{count: 1, about: c, among: t}"),
    Case("K05", None, "open",
         "{percent: over 50, about: a, among: t}\n{percent: 10, about: b, among: t}", BAD),
    Case("K04", C, "5 of no patients", "{count: 5, about: deaths, n: 0}"),
    Case("K04", C, "5 % of no patients", "{percent: 5, about: deaths, n: 0}"),
    Case("K04", None, "none of no patients", "{count: 0, about: deaths, n: 0}"),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
