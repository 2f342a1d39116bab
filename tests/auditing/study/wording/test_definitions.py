"""Rules K34, K35 and K36: firing, silent and on bad input; arithmetic in the reasons."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import BAD, A, C, Case, P, check, params, source, verdicts_of

AFTER = "about: treatment after an adverse event"
CASES = (
    Case("K34", C, "stopped, and not stopped",
         f"{{name: discontinued, {AFTER}, place: Methods}}\n"
         f"{{name: neither changed nor interrupted, {AFTER}, place: Results}}"),
    Case("K34", A, "stated twice", f"{{name: discontinued, {AFTER}, place: Methods}}\n"
         f"{{name: discontinued, {AFTER}, place: Results}}"),
    Case("K34", P, "grade 4, and nothing done", "{count: 2, about: rash, grade: 4}\n"
         f"{{name: not interrupted, {AFTER}}}"),
    Case("K34", None, "grade 3, and nothing done", "{count: 2, about: rash, grade: 3}\n"
         f"{{name: not interrupted, {AFTER}}}"),
    Case("K34", None, "grade 4, and stopped", "{count: 2, about: rash, grade: 4}\n"
         f"{{name: discontinued, {AFTER}}}"),
    Case("K34", None, "stated once", f"{{name: discontinued, {AFTER}, place: Methods}}", BAD),
    Case("K35", C, "two origins", "{name: diagnosis, about: origin of OS, place: a}\n"
         "{name: start of treatment, about: origin of OS, place: b}"),
    Case("K35", A, "other words for one moment",
         "{name: first dose, about: origin of OS, place: a}\n"
         "{name: initiation of therapy, about: origin of OS, place: b}"),
    Case("K35", P, "one moment of which therapy",
         "{name: first dose, about: origin of OS, place: a}\n"
         "{name: start of second-line therapy, about: origin of OS, place: b}"),
    Case("K35", A, "one origin", "{name: start of treatment, about: origin of OS, place: a}\n"
         "{name: start of treatment, about: origin of OS, place: b}"),
    Case("K35", C, "one time from two moments",
         "{interval: 12, unit: weeks, from: diagnosis, to: assessment, place: a}\n"
         "{interval: 12, unit: weeks, from: start of treatment, to: assessment, place: b}"),
    Case("K35", None, "two times",
         "{interval: 12, unit: weeks, from: diagnosis, to: assessment, place: a}\n"
         "{interval: 6, unit: weeks, from: start of treatment, to: assessment, place: b}"),
    Case("K35", None, "stated once", "{name: diagnosis, about: origin of OS}", BAD),
    Case("K36", P, "PFS without death", "{name: progression, about: event of PFS}"),
    Case("K36", A, "progression or death", "{name: progression or death, about: event of PFS}"),
    Case("K36", A, "death", "{name: death from any cause, about: event of OS}"),
    Case("K36", P, "TTP with death", "{name: progression or death, about: event of TTP}"),
    Case("K36", None, "an endpoint without a row", "{name: toxicity, about: event of TTF}", BAD),
)  # fmt: skip


@pytest.mark.parametrize("case", params(CASES))
def test_verdicts(case, tmp_path):
    check(case, tmp_path)


def test_the_odd_origin_out_is_the_one_that_is_named(tmp_path):
    report = source(
        "{interval: 12, unit: weeks, from: diagnosis, to: assessment, place: Abstract}\n"
        "{interval: 12, unit: weeks, from: start, to: assessment, place: Methods}\n"
        "{interval: 12, unit: weeks, from: start, to: assessment, place: Results}",
        tmp_path,
    )
    (verdict,) = verdicts_of("K35", report)
    assert verdict.claim.place == "Abstract"
