"""Rule K07: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, RESPONSES, A, C, Case, P, check, params

CASES = (
    Case("K07", A, "1 / 15 = 6.67", RESPONSES + "{percent: 6.7, about: ORR, n: 15}"),
    Case("K07", C, "2 / 15 is not CR + PR", RESPONSES + "{percent: 13.3, about: ORR, n: 15}"),
    Case("K07", A, "11 / 15 = 73.33", RESPONSES + "{percent: 73.3, about: DCR, n: 15}"),
    Case("K07", C, "12 / 15 is not CR + PR + SD", RESPONSES + "{percent: 80.0, about: DCR, n: 15}"),
    Case("K07", A, "2.2 + 28.3 = 30.5, printed 30.4: each rounded by itself",
         "{percent: 2.2, about: CR}\n{percent: 28.3, about: PR}\n{percent: 30.4, about: ORR}"),
    Case("K07", C, "2.2 + 28.3 is not 35.0",
         "{percent: 2.2, about: CR}\n{percent: 28.3, about: PR}\n{percent: 35.0, about: ORR}"),
    Case("K07", C, "DCR 80 and PD 30 make 110",
         "{percent: 80, about: DCR}\n{percent: 30, about: PD}"),
    Case("K07", C, "ORR above DCR", "{percent: 40, about: ORR}\n{percent: 30, about: DCR}"),
    Case("K07", P, "4 of the 17 evaluable",
         "{count: 20, about: patients}\n{count: 17, about: evaluable}\n{count: 0, about: CR}\n"
         "{count: 4, about: PR}\n{count: 8, about: SD}\n{count: 5, about: PD}\n"
         "{percent: 23.5, about: ORR}"),
    Case("K07", A, "4 of 17, with 3 more that were not",
         "{count: 0, about: CR}\n{count: 4, about: PR}\n{count: 8, about: SD}\n"
         "{count: 5, about: PD}\n{count: 3, about: NE}\n{percent: 23.5, about: ORR, n: 17}"),
    Case("K07", P, "9 of 15, stable disease of 12 weeks at least: 1 to 11",
         RESPONSES + "{percent: 60.0, about: DCR, n: 15, note: SD of 12 weeks or more}"),
    Case("K07", P, "the same, by the definition that the report states",
         RESPONSES + "{percent: 60.0, about: DCR, n: 15}\n"
         "{name: response or stable disease of 12 weeks, about: definition of DCR}"),
    Case("K07", C, "12 of 15 is more than all that lasted could be",
         RESPONSES + "{percent: 80.0, about: DCR, n: 15, note: SD of 12 weeks or more}"),
    Case("K07", C, "9 of 15, of all that were stable",
         RESPONSES + "{percent: 60.0, about: DCR, n: 15}"),
    Case("K07", P, "0 of 15 confirmed, 1 in the table",
         RESPONSES + "{percent: 0, about: ORR, n: 15, note: confirmed}"),
    Case("K07", C, "2 of 15 confirmed, 1 in the table",
         RESPONSES + "{percent: 13.3, about: ORR, n: 15, note: confirmed}"),
    Case("K07", C, "5 of 20 confirmed, 4 unconfirmed",
         "{percent: 25, about: ORR, n: 20, note: confirmed}\n"
         "{percent: 20, about: ORR, n: 20, note: unconfirmed}"),
    Case("K07", C, "as a count: 1 + 0 is not 2", RESPONSES + "{count: 2, about: ORR, n: 15}"),
    Case("K07", None, "counts of other patients",
         "{count: 2, about: CR, study: A 2020, n: 57}\n{percent: 13.3, about: ORR, n: 15}"),
    Case("K07", None, "no number of patients but a hedged one",
         "{percent: 13.3, about: ORR, n: about 15}", BAD),
    Case("K07", C, "more responses than patients: 9 + 9 of 15",
         "{count: 9, about: CR}\n{count: 9, about: PR}\n{percent: 100, about: ORR, n: 15}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)
