"""A response on a lane is solid where it is certain, and shows no end where it cannot end."""

from __future__ import annotations

import pytest

from renderers.layout.date_ranges import DateRange
from renderers.scene.scene import RangeMark
from renderers.swimmer.figure import swimmer
from renderers.swimmer.response_spans import by_category, response_pieces
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load


def at(low, high=None):
    return DateRange(low=low, high=low if high is None else high)


def drawn(pieces):
    return [(each.style, each.low, each.high) for each in pieces]


SURE, MAY, BETWEEN = "response", "possible response", "response between"
PARTIAL, COMPLETE = "partial response", "complete response"


@pytest.mark.parametrize(
    ("starts", "ends", "certain", "expected"),
    [
        pytest.param([at(60)], [at(210)], True, [(SURE, 60, 210)], id="two days"),
        pytest.param([at(60)], [at(181, 211)], True, [(SURE, 60, 181), (MAY, 181, 211)],
                     id="an end known to the month is solid to its first day"),
        pytest.param([at(32, 59)], [at(181)], True, [(MAY, 32, 59), (SURE, 59, 181)],
                     id="a start known to the month is solid from its last day"),
        pytest.param([at(60)], [at(120), at(302)], True, [(SURE, 60, 120), (BETWEEN, 120, 302)],
                     id="two days that it may end on"),
        pytest.param([at(60)], [at(120, 150), at(304, 333)], True,
                     [(SURE, 60, 120), (MAY, 120, 150), (BETWEEN, 150, 304), (MAY, 304, 333)],
                     id="two months that it may end in"),
        pytest.param([at(60)], [at(120, 150), at(140, 170)], True,
                     [(SURE, 60, 120), (MAY, 120, 170)], id="two that overlap are one"),
        pytest.param([at(31), at(60)], [at(210)], True, [(BETWEEN, 31, 60), (SURE, 60, 210)],
                     id="two days that it may begin on"),
        pytest.param([at(60)], [at(120), at(302)], False, [(MAY, 60, 120), (BETWEEN, 120, 302)],
                     id="perhaps none at all"),
        pytest.param([at(60, 150)], [at(120, 180)], True, [(MAY, 60, 180)],
                     id="no day of it is certain"),
    ],
)  # fmt: skip
def test_the_pieces_of_a_response(starts, ends, certain, expected):
    assert drawn(response_pieces(starts, ends, certain=certain, tooltip="")) == expected


@pytest.mark.parametrize(
    ("pieces", "categories", "expected"),
    [
        pytest.param([(SURE, 60, 210)], [(60, PARTIAL)], [(PARTIAL, 60, 210)], id="partial"),
        pytest.param([(SURE, 60, 210)], [(60, PARTIAL), (90, PARTIAL), (120, COMPLETE)],
                     [(PARTIAL, 60, 120), (COMPLETE, 120, 210)], id="partial, then complete"),
        pytest.param([(SURE, 60, 210)], [(120, COMPLETE)],
                     [(SURE, 60, 120), (COMPLETE, 120, 210)], id="not known at first"),
        pytest.param([(MAY, 32, 60), (SURE, 60, 210)], [(60, COMPLETE), (300, PARTIAL)],
                     [(MAY, 32, 60), (COMPLETE, 60, 210)], id="what is possible stays so"),
    ],
)  # fmt: skip
def test_a_certain_response_is_split_by_category(pieces, categories, expected):
    marks = [RangeMark(style=style, low=low, high=high) for style, low, high in pieces]
    assert drawn(by_category(marks, categories)) == expected


# Line 1 from 2021-01-01; days since: 2021-03-02 is 60, 05-01 is 120, 10-30 is 302.
BEGUN = "  - {scan: 2021-03-02, target: PR, new: none}\n"
PERHAPS = "  - {scan: 2021-03-02, target: shrunk, new: none}\n"  # PR or SD
OPEN = "  - {scan: 2021-05-01, target: grown, new: none}\n"  # SD or PD
STILL = "  - {scan: 2021-05-01, target: PR, new: none}\n"
ENDED = "  - {scan: 2021-10-30, target: PD, new: none}\n"
LAST = "  - {scan: 2021-10-30, target: PR, new: none}\n"


@pytest.mark.parametrize(
    ("scans", "expected"),
    [
        pytest.param(BEGUN + OPEN + ENDED, [(SURE, 60, 120), (BETWEEN, 120, 302)],
                     id="progression on day 120 or on day 302, both events"),
        pytest.param(BEGUN + OPEN + LAST, [(SURE, 60, 120), (BETWEEN, 120, 302)],
                     id="progression on day 120, or none by the last scan"),
        pytest.param(PERHAPS + STILL + ENDED, [(BETWEEN, 60, 120), (SURE, 120, 302)],
                     id="began on day 60 or on day 120"),
        pytest.param(PERHAPS + ENDED, [(MAY, 60, 302)], id="a response or none"),
        pytest.param(BEGUN + ENDED, [(SURE, 60, 302)], id="nothing is open"),
        pytest.param(ENDED, [], id="no response"),
    ],
)  # fmt: skip
def test_a_response_ends_at_each_alternative(tmp_path, scans, expected):
    path = tmp_path / "a.yaml"
    path.write_text(
        "case: a\nevents:\n  - {scan: 2020-12-28, baseline: 1}\n"
        f"  - {{treatment: 2021-01-01/2021-12-01, line: 1, drugs: doxorubicin}}\n{scans}"
        "  - {last contact: 2022-03-01}\n",
        "utf-8",
    )
    case, problems = load(path)
    assert case is not None, problems
    derived, problems = derive(case)
    assert derived is not None, problems
    marks = swimmer([derived]).marks
    partial = [(PARTIAL if style == SURE else style, *days) for style, *days in expected]
    found = [m for m in marks if isinstance(m, RangeMark) and m.style in (PARTIAL, MAY, BETWEEN)]
    assert drawn(found) == partial
    assert all(m.tooltip.startswith(f"{m.style}, line 1: from ") for m in found)
