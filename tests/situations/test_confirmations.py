"""Which unconfirmed progression a confirmation is counted from, and when the nadir was.

Days and sums by hand; the expected text was written before the code was changed.
"""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from tests.situations.records import record

HEAD = "lesions: {T1: {organ: bladder}}"
# 70 mm, then 88 (+25.7 %: iUPD), 65 (void), 44, 54 (+22.7 %: iUPD), 60 (6 mm more: iCPD)
VOIDED = """
  - {scan: 2020-01-07, baseline: 1, lesions: {T1: 70 mm}}
  - {treatment: 2020-01-14/2021-05-25, line: 1, drugs: pembrolizumab, criterion: iRECIST}
  - {scan: 2020-04-14, lesions: {T1: 88 mm}, new: none}
  - {scan: 2020-06-16, lesions: {T1: %s}, new: none}
  - {scan: 2020-10-20, lesions: {T1: 44 mm}, new: none}
  - {scan: 2021-02-16, id: again, lesions: {T1: 54 mm}, new: none}
  - {scan: 2021-05-25, id: sure, lesions: {T1: 60 mm}, new: none}
"""


@pytest.mark.parametrize(
    ("of_scan", "size", "expected"),
    [
        pytest.param("again", "65 mm", [], id="iSD voided the only iUPD before"),
        pytest.param("sure", "65 mm", ["98 days after iUPD (again)"],
                     id="16 February to 25 May are 98 days"),
        pytest.param("scan 2020-10-20", "not evaluated", ["189 days after iUPD (scan 2020-04-14)"],
                     id="a scan that is not evaluable voids nothing: 14 April to 20 October"),
        pytest.param("scan 2020-10-20", "60 mm", [], id="voided by the scan before"),
    ],
)  # fmt: skip
def test_c10_counts_from_the_pending_block(of_scan, size, expected):
    found = of("C10", audited(VOIDED % size, f"- {{response: iCPD, of: {of_scan}}}", HEAD))
    assert len(found) == len(expected)
    for verdict, text in zip(found, expected, strict=True):
        assert text in verdict.description


BASE = """
    scan: 2018-01-02, baseline: 1, lesions: {T1: 60 mm}
    treatment: 2018-01-08/.., line: 1, drugs: atezolizumab, criterion: %s
    scan: 2018-03-12, lesions: {T1: 50 mm}, new: liver, new-lesion-sizes: {NL1: 13 mm}
    scan: 2018-05-07, lesions: {T1: 36 mm}, new: none, new-lesion-sizes: {NL1: 10 mm}
    scan: 2018-07-16, lesions: {T1: 30 mm}, new: none, new-lesion-sizes: {NL1: 10 mm}
    scan: 2018-09-17, lesions: {T1: 30 mm}, new: none, new-lesion-sizes: {NL1: 14 mm}
"""


@pytest.mark.parametrize("criterion", ["imRECIST", "irRECIST"])
def test_the_nadir_of_the_burden_has_its_own_date(criterion, tmp_path):
    """60, 63, 46, 40 and 44 mm with the new lesion."""
    found, _ = record(tmp_path, BASE % criterion, HEAD)
    whys = [each.why for each in found.status(criterion, 1) if each.labels]
    expected = ["60.0 mm on 2018-01-02", "60.0 mm on 2018-01-02", "46.0 mm on 2018-05-07",
              "40.0 mm on 2018-07-16"]  # fmt: skip
    for why, text in zip(whys, expected, strict=True):
        assert f"nadir {text}" in why


def test_the_nadir_of_the_targets_has_its_own_date(tmp_path):
    """By iRECIST new lesions are not added: 60, 50, 36, 30 and 30 mm, the first of two alike."""
    found, _ = record(tmp_path, BASE % "iRECIST", HEAD)
    whys = [each.why for each in found.status("iRECIST", 1) if each.labels]
    assert "nadir 36.0 mm on 2018-05-07" in whys[2]
    assert "nadir 30.0 mm on 2018-07-16" in whys[3]
