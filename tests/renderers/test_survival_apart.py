"""Survival of patients with alternatives: times that are apart, who may be absent, who is out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from renderers.response.options import with_groups
from renderers.scene.scene import Label
from renderers.survival.figure import survival
from renderers.survival.from_cases import survival_request
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load
from timeline.settings.response import Settings

F = Fraction
# Days since 2021-01-01: 2021-03-02 is 60, 2021-05-01 is 120, 2021-07-30 is 210.
# "shrunk" leaves open whether it is PR, "grown" whether it is PD.
MAYBE_SHRUNK = "  - {scan: 2021-03-02, target: shrunk, new: none}\n"
MAYBE_GROWN = "  - {scan: 2021-03-02, target: grown, new: none}\n"
PROGRESSION = "  - {scan: 2021-07-30, target: PD, new: none}\n"
STABLE = "  - {scan: 2021-05-01, target: stable, new: none}\n"
RESPONSE = "  - {scan: 2021-03-02, target: PR, new: none}\n"


def reading_of(tmp_path, events, name="a", criterion=""):
    named = f", criterion: {criterion}" if criterion else ""
    text = (
        f"case: {name}\nevents:\n  - {{scan: 2020-12-28, baseline: 1}}\n"
        f"  - {{treatment: 2021-01-01/.., line: 1, drugs: doxorubicin{named}}}\n{events}"
        "  - {last contact: 2021-09-01}\n"
    )
    path = tmp_path / f"{name}.yaml"
    path.write_text(text, "utf-8")
    case, problems = load(path)
    assert case is not None, problems
    reading, problems = derive(case, Settings())
    assert reading is not None, problems
    return reading


def group_of(readings, endpoint="PFS"):
    (found,) = survival_request((endpoint,), 1, "days", "log-log").curves(readings, ())
    return found


def test_no_time_between_two_alternatives_is_drawn(tmp_path):
    """Progression on day 60 or on day 210: one patient, so survival is zero from one of them."""
    group = group_of([reading_of(tmp_path, MAYBE_GROWN + STABLE + PROGRESSION)])
    (one,) = group.observed
    assert [(way.time.low, way.time.high, way.event) for way in one.ways] == [
        (60, 60, True),
        (210, 210, True),
    ]
    assert group.bounds.low == ((0, 1), (60, 0))
    assert group.bounds.high == ((0, 1), (210, 0))
    assert group.events == "1"
    # three at risk: PD on day 120 for sure, censored on day 120, and day 60 or 210. Nobody can
    # have PD between days 121 and 209: from day 60 2/3, from 120 1/3, and zero from 210 alone
    certain = reading_of(tmp_path, "  - {scan: 2021-05-01, target: PD, new: none}\n", "b")
    censored = reading_of(tmp_path, STABLE, "c")
    three = group_of([certain, censored, reading_of(tmp_path, MAYBE_GROWN + STABLE + PROGRESSION)])
    assert three.bounds.low == ((0, 1), (60, F(2, 3)), (120, F(1, 3)), (210, 0))
    assert three.bounds.high == ((0, 1), (120, F(2, 3)), (210, F(1, 3)))


def test_patients_with_a_possible_response_are_counted_and_noted(tmp_path):
    certain = reading_of(tmp_path, RESPONSE + PROGRESSION, "b")
    perhaps = reading_of(tmp_path, MAYBE_SHRUNK + PROGRESSION)
    readings = [certain, perhaps]
    group = group_of(readings, "DoR")
    assert (group.patients, group.events, group.absent) == ("1–2", "1–2", 1)
    assert [one.may_be_absent for one in group.observed] == [False, True]
    caption = survival(readings, endpoints=("DoR",)).caption
    assert "1 patient may not belong to the curve." in caption
    assert "n = 1–2" in caption
    assert "may not belong" not in survival(readings).caption


@pytest.mark.parametrize(
    ("endpoint", "line", "left"),
    [
        pytest.param("PFS", 1, (), id="nobody"),
        pytest.param(
            "iPFS", 1, ("1 not assessed by iRECIST",), id="a line under another criterion"
        ),
        pytest.param("DoR", 1, ("1 without first response",), id="nothing to measure"),
        pytest.param("PFS", 2, ("2 without line 2",), id="no such line"),
    ],
)
def test_each_excluded_patient_is_counted_with_the_reason(tmp_path, endpoint, line, left):
    readings = [
        reading_of(tmp_path, RESPONSE, "a", "iRECIST"),
        reading_of(tmp_path, STABLE, "b", "RECIST 1.1"),
    ]
    assert survival_request((endpoint,), line, "days", "log-log").left_out(readings) == left
    if line == 1:
        note = f"1 of 2 patients shown; excluded: {left[0]}." if left else "2 of 2 patients shown."
        assert note in survival(readings, endpoints=(endpoint,)).caption
    else:
        with pytest.raises(ValueError, match="PFS line 2: 2 without line 2 "):
            survival(readings, endpoints=(endpoint,), line=line)


def test_a_missing_date_is_noted(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "case: a\nevents:\n  - {treatment: before scan 2021-03, line: 1, drugs: doxorubicin}\n"
        "  - {scan: 2021-03, target: grown, new: none}\n",
        "utf-8",
    )
    case, problems = load(path)
    assert case is not None, problems
    reading, _ = derive(case)
    found = survival_request(("PFS",), 1, "days", "log-log").left_out([reading])
    assert found == ("1 without a start or end date",)


def test_death_before_progression_competes_with_it(tmp_path):
    """Of three, one progresses on day 60, one dies on day 120 without progression, one is stable
    on day 120: progression 1/3 from day 60; death 2/3 x 1/2 = 1/3 from day 120."""
    first = "  - {scan: 2021-03-02, target: PD, new: none}\n"
    progressed, stable = (
        reading_of(tmp_path, events, name) for events, name in ((first, "a"), (STABLE, "c"))
    )
    path = tmp_path / "b.yaml"
    text = (tmp_path / "a.yaml").read_text("utf-8").replace("case: a", "case: b")
    seen = "  - {scan: 2021-03-02, target: stable, new: none}\n  - {death: 2021-05-01}\n"
    path.write_text(text.replace(first, seen).replace("  - {last contact: 2021-09-01}\n", ""))
    case, problems = load(path)
    assert case is not None, problems
    died, _ = derive(case)
    assert died is not None
    scene = survival([progressed, died, stable], competing="death", unit="days")
    cells = {m.text for m in scene.marks if isinstance(m, Label)}
    assert {"progression", "death without progression", "1 of 3"} <= cells
    (event,), (death,) = (
        [m.tooltip for m in scene.marks if m.style == f"curve {n}" and "by days" in m.tooltip]
        for n in (1, 2)
    )
    assert event == "progression, incidence by days: 0: 0.0 %; 60: 33.3 %; 120: 33.3 %"
    assert death == "death without progression, incidence by days: 0: 0.0 %; 60: 0.0 %; 120: 33.3 %"
    assert "time to progression" in scene.caption


def test_curves_of_the_regimens_of_a_line(tmp_path):
    """One on doxorubicin, one on paclitaxel, and one who has no line 2."""
    readings = [reading_of(tmp_path, PROGRESSION, name) for name in "ab"]
    text = (tmp_path / "b.yaml").read_text("utf-8").replace("doxorubicin", "paclitaxel")
    (tmp_path / "b.yaml").write_text(text, "utf-8")
    other, _ = derive(load(tmp_path / "b.yaml")[0])
    fields = {"by": "regimen", "line": 1}
    assert with_groups(fields, [readings[0], other])["groups"] == ["doxorubicin", "paclitaxel"]
    assert with_groups({**fields, "line": 2}, [other])["groups"] == ["not stated"]
