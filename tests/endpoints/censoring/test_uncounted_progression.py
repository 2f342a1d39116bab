"""Relapse and metastasis that no scan shows: named where table A of FDA 2018 passes over them."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.endpoints.sensitivity import flag_outcomes

LINE = """
    scan: before line 1, baseline: 1
    treatment: 2018-01-01/2018-06, line: 1, drugs: x
    scan: 2018-06-10, line: 1, target: {target}, id: s
"""
NEXT = "treatment: 2018-08-01/.., line: 2, drugs: y\nscan: 2018-09, line: 2, new: lung\n"
# the scan that ends a line is often the baseline of the next
SHOWN = (
    "scan: 2018-08-01, line: 1, baseline: 2, new: lung, id: b\n"
    "treatment: 2018-09/.., line: 2, drugs: y\n"
)
NAMED = "is not counted as progression of line 1 under FDA table A (fda_a)"


def warned(found):
    return [each.what for each in found.remarks if "is not counted" in each.what]


@pytest.mark.parametrize(
    ("target", "event", "why"),
    [
        ("absent", "relapse: 2019-03, site: lung", "no scan shows it"),
        ("absent", "metastasis: 2019-03, site: lung", "a metastasis is one of the same kind"),
        ("absent", "relapse: 2019-03, site: lung\nscan: 2020-01, line: 1, new: lung",
         "the scan is later: PFS ends then, and not at the relapse"),
    ],
)  # fmt: skip
def test_it_is_named_with_what_to_write(target, event, why, tmp_path):
    found, problems = record(tmp_path, LINE.format(target=target) + event)
    assert not problems
    (text,) = warned(found)
    assert NAMED in text, why
    assert "write the scan that shows it" in text
    assert "pfs_policy: fda_c" in text


@pytest.mark.parametrize(
    ("target", "event", "settings", "why"),
    [
        ("absent", "relapse: 2019-03", {"pfs_policy": "fda_c"}, "table C counts it"),
        ("PD", "relapse: 2019-03", {}, "a scan showed progression before"),
        ("absent", "scan: 2019-03-01, line: 1, new: lung, id: b\nrelapse: b + 0 days", {},
         "the scan of that day shows it"),
        ("absent", SHOWN + "relapse: b + 0 days", {}, "so does the baseline of the next line"),
        ("absent", SHOWN + "metastasis: b + 0 days", {}, "a metastasis is one of the same kind"),
        ("absent", "metastasis: 2017-05", {}, "it was known before the line"),
        ("absent", NEXT + "relapse: 2018-10", {}, "a scan of line 2 shows it"),
        ("absent", "symptom: 2019-03, what: cough", {}, "nothing is stated"),
    ],
)  # fmt: skip
def test_nothing_is_named_without_need(target, event, settings, why, tmp_path):
    found, problems = record(tmp_path, LINE.format(target=target) + event, **settings)
    assert not problems
    assert not warned(found), why


def test_the_reason_and_the_sensitivity_name_it_where_the_days_are_equal(tmp_path):
    """Relapse and death are any days after the scan, so that both ranges are open above.

    The scan is 160 days after the start: 30 of January, 28, 31, 30, 31, 10.
    """
    found, _ = record(tmp_path, LINE.format(target="absent") + "relapse: after s\ndeath: after s")
    outcome = flag_outcomes(found).outcome("PFS", 1)
    assert outcome.days.low == 160
    assert outcome.reason == (
        "death; relapse, stated without a scan (after s) does not count under FDA table A (fda_a)"
    )
    flags = {each.answer: each.result for each in outcome.flags}
    assert flags["pfs_policy = fda_c"].endswith("event, ended by relapse, stated without a scan")


def test_a_policy_with_the_same_end_is_no_flag(tmp_path):
    found, _ = record(tmp_path, LINE.format(target="absent") + "death: after s")
    outcome = flag_outcomes(found).outcome("PFS", 1)
    assert "pfs_policy" not in {each.setting for each in outcome.flags}
