"""A check of plain scans finds what the engine would refuse, without loading it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rows import every_row
from timeline.assessment.scan_faults import needs_no_engine, scan_problems
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load

ROOT = Path(__file__).parents[2]
FILES = sorted([*(ROOT / "cases").glob("*.yaml"), *(ROOT / "tests").rglob("inputs/**/*.yaml")])

HEAD = """case: a
events:
  - {scan: 2022-01-10, baseline: 1}
  - {treatment: 2022-01-20/2022-09, line: 1, drugs: x}
"""


def cases():
    return [(path, case) for path in FILES if hasattr(case := load(path)[0], "events")]


@every_row(("path", "case"), cases)
def test_the_light_check_agrees_with_the_engine_on_every_case(path, case):
    if needs_no_engine(case):
        assert scan_problems(case, case.settings) == derive(case)[1]


@pytest.mark.parametrize(
    ("scans", "is_plain", "sound"),
    [
        pytest.param("{scan: 2022-03-14, target: SD}", True, True, id="words"),
        pytest.param("{scan: 2022-03-14, called: PR}", True, True, id="what was called"),
        pytest.param("{scan: 2022-03-14, sum: 10 mm}", False, True, id="no sum at baseline"),
        pytest.param("{scan: 2022-03-14, target: SD, new: liver, earlier-new: gone}",
                     False, False, id="new lesions gone, and a new one"),
        pytest.param("{scan: 2022-03-14, target: SD, confirms-equivocal: liver}",
                     False, False, id="confirms what nothing showed"),
        pytest.param("{scan: 2022-03-14, target: SD}\n  - {scan: 2022-03-14, target: PD}",
                     True, False, id="two scans of a day disagree"),
        pytest.param("{scan: 2022-03-14, target: shrunk or stable}", True, True, id="vague"),
    ],
)  # fmt: skip
def test_what_a_scan_says_decides(tmp_path, scans, is_plain, sound):
    path = tmp_path / "c.yaml"
    path.write_text(f"{HEAD}  - {scans}\n")
    case, faults = load(path)
    if case is None:
        assert (faults != (), sound) == (True, False)
        return
    assert (needs_no_engine(case), derive(case)[1] == ()) == (is_plain, sound)
