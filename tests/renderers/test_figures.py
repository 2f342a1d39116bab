"""What the figures show of a patient: every event, at its time, and what the rules made of it."""

from collections import Counter

import attrs
import pytest

from renderers import scene_of
from renderers.backends.legend import entries
from renderers.scene.scene import Arrow, Band, Bar, Label, Marker, RangeMark, VerticalLine
from renderers.swimmer.alignment import time_zero_of
from renderers.swimmer.figure import swimmer
from renderers.swimmer.lane_content import LaneContent
from renderers.text.line_summary import months, response_of
from renderers.timeline.figure import timeline_figure
from renderers.timeline.options import TimelineOptions
from tests.renderers.overlap import faults
from tests.renderers.patients import RENDERERS, case_of, exact, report, vague
from timeline.core.calendar.dates import parse_edtf
from timeline.core.quantities import quantity
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase, derive
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.events import Death, Lab, LastContact, Scan, Treatment
from timeline.results.statuses import BestResponse, Outcome, Status


def texts(scene):
    return [mark.text for mark in scene.marks if isinstance(mark, Label)]


def placed(scene, style):
    return [mark.at for mark in scene.marks if isinstance(mark, Marker) and mark.style == style]


def test_every_event_of_the_hard_case_is_drawn_once():
    derived = report("wang2023")
    scene = timeline_figure([derived])
    drawn = Counter(mark.style for mark in scene.marks if isinstance(mark, Marker))
    kinds = Counter(event.kind for event in derived.case.events)
    for kind in ("symptom", "diagnosis", "biopsy", "surgery"):
        assert drawn[kind] == kinds[kind], kind
    assert drawn["scan"] + drawn["scan, new lesion"] == kinds["scan"]
    bars = {m.tooltip for m in scene.marks if isinstance(m, Bar) and m.style.startswith("grade")}
    assert len(bars) == kinds["toxicity"]
    shown = texts(scene)
    assert sum(text.startswith(("Line", "Neoadjuvant", "Adjuvant")) for text in shown) == 6


def test_each_label_of_each_criterion_is_at_its_scan():
    scene = timeline_figure([report("wang2023")], options=TimelineOptions(criteria=("all",)))
    rows = [row.name for row in scene.rows]
    line_4 = {"2022-05": "iUPD", "2022-08": "iCPD", "2022-11": "iCPD"}
    for date, label in line_4.items():
        span = parse_edtf(date).span
        middle = (span.low + span.high) / 2
        hits = [m for m in scene.marks if isinstance(m, Marker) and m.at == middle]
        assert label in {m.style for m in hits if rows[m.row] == "iRECIST"}
        assert "PD" in {m.style for m in hits if rows[m.row] == "RECIST 1.1"}


def test_the_swimmer_shows_iupd_and_icpd_of_line_4_at_their_months():
    """2021-12 to 2022-05: 121 to 181 days; to 2022-08: 213 to 273; to 2022-11: 305 to 364."""
    scene = swimmer([report("wang2023")])
    row = [row.name for row in scene.rows].index("Line 4")
    found = {
        mark.at: mark.style for mark in scene.marks if isinstance(mark, Marker) and mark.row == row
    }
    assert found[151.0] == "iUPD"
    assert found[243.0] == "iCPD"
    assert found[334.5] == "unmarked scan"  # iCPD again


def test_the_words_below_the_signs_name_the_labels():
    shown = texts(swimmer([report("wang2023")]))
    assert {"iUPD", "iCPD", "iPR or iSD", "PD"} <= set(shown)


def test_values_in_different_units_are_on_different_axes():
    other = Lab(at="2021-08", values=(("amylase", quantity("12 U/mL")),))
    case = case_of("units", *vague().case.events, other)
    names = [row.name for row in timeline_figure([DerivedCase(case=case)]).rows]
    assert "Amylase (IU/L)" in names
    assert "Amylase (U/mL)" in names


def test_the_only_value_of_a_unit_is_written():
    scene = timeline_figure([vague()])
    assert "Amylase (U/mL)" not in [row.name for row in scene.rows]
    assert "amylase 14.39 U/mL" in texts(scene)


@pytest.mark.parametrize(
    ("make", "kind", "style"),
    [
        pytest.param(vague, Band, "last contact range", id="a vague last contact is a band"),
        pytest.param(
            lambda: report("jin2025"), VerticalLine, "last contact", id="a dated one is a line"
        ),
        pytest.param(exact, VerticalLine, None, id="a death is a sign, not a line"),
    ],
)
def test_the_end_of_the_record_is_drawn(make, kind, style):
    found = [
        m.style
        for m in timeline_figure([make()]).marks
        if isinstance(m, kind)
        if m.style != "leader"
    ]
    assert found == ([style] if style else [])


def test_values_close_together_are_written_side_by_side():
    values = (("amylase", quantity("180 IU/L")), ("lipase", quantity("182 IU/L")))
    derived = DerivedCase(case=case_of("close", Lab(at="2020-03-01", values=values),
                                   LastContact(at="2020-08-01")))  # fmt: skip
    assert faults(timeline_figure([derived])) == []
    shown = texts(timeline_figure([derived]))
    assert "amylase 180 IU/L; lipase 182 IU/L" in shown, "one value of each is no track"


def test_a_record_without_a_last_contact_has_a_note():
    drugs = exact().case.all_of(Treatment)[0].drugs
    treated = Treatment(at="2020-01-01/..", line=1, drugs=drugs)
    case = case_of("open", treated, Scan(at="2020-03-01", target="SD", new="none"))
    scene = timeline_figure([DerivedCase(case=case)])
    assert "last dated event 2020-03-01" in texts(scene)
    assert "last record" in scene.styles
    arrows = [mark for mark in scene.marks if isinstance(mark, Arrow)]
    assert [arrow.at for arrow in arrows] == [737485]  # 1 March 2020


def test_planned_and_done_differ():
    bars = [
        m
        for m in timeline_figure([vague()]).marks
        if isinstance(m, Bar) and m.style == "radiotherapy"
    ]
    assert [bar.variant for bar in bars] == ["by order", "planned"]


@pytest.mark.parametrize("kind", RENDERERS)
def test_nothing_wider_than_two_columns(kind):
    assert RENDERERS[kind]([vague()]).width + 3.0 == 183.0


def test_dead_patients_have_their_sign_and_no_arrow():
    scene = swimmer([exact()])
    assert placed(scene, "death") == [253.0]  # 1 January to 10 September 2020, a leap year
    assert not [mark for mark in scene.marks if isinstance(mark, Arrow)]


def test_the_response_runs_from_the_first_response_to_progression():
    spans = [
        m
        for m in swimmer([exact()]).marks
        if isinstance(m, RangeMark) and m.style == "partial response"
    ]
    assert [(m.low, m.high) for m in spans] == [(60.0, 152.0)]  # 1 January to 1 March, to 1 June


def test_a_response_that_the_findings_leave_open_is_drawn_as_possible():
    styles = swimmer([vague()]).styles
    assert "possible response" in styles
    assert "response" not in styles


def test_several_patients_are_sorted_by_length_the_longest_on_top():
    scene = swimmer([exact(), vague(), report("jin2025")])
    names = [row.name for row in scene.rows]
    assert names == ["head", "jin2025", "vague", "exact", "axis"]


@pytest.mark.parametrize(
    ("make", "ends"),
    [
        pytest.param(exact, [253.0], id="to the death, beyond the treatment"),
        pytest.param(vague, [], id="a treatment that goes on covers it"),
        pytest.param(lambda: report("jin2025"), [], id="bars that reach the last contact cover it"),
    ],
)
def test_a_patient_is_followed_to_the_end_of_the_record(make, ends):
    trails = [
        m for m in swimmer([make()]).marks if isinstance(m, RangeMark) and m.style == "follow-up"
    ]
    assert [(mark.low, mark.high) for mark in trails] == [(0.0, end) for end in ends]


REFUSED = [
    pytest.param(
        lambda: timeline_figure([exact(), vague()]), "one patient: got 2", id="two on a strip"
    ),
    pytest.param(lambda: timeline_figure([]), "one patient: got 0", id="nobody on a strip"),
    pytest.param(lambda: swimmer([]), "no cases to draw", id="nobody in a swimmer"),
    pytest.param(
        lambda: scene_of([exact()], "swimer"), "did you mean swimmer", id="a typing error"
    ),
]


@pytest.mark.parametrize(("call", "description"), REFUSED)
def test_a_figure_that_cannot_be_is_refused(call, description):
    with pytest.raises(ValueError, match=description):
        call()


def status(*labels):
    return Status(scan=Scan(at="2020-01"), line=1, criterion="RECIST 1.1", labels=labels)


@pytest.mark.parametrize(
    ("labels", "confirmed", "shown"),
    [
        pytest.param(("PR",), ("PR",), ["PR"], id="confirmed as first documented: once"),
        pytest.param(("PR",), ("SD",), ["PR", "confirmed: SD"], id="not confirmed: both"),
        pytest.param(("PR", "SD", "PD"), ("SD", "PD"), ["PR, SD or PD", "confirmed: SD or PD"],
                     id="open where the findings leave it open"),
        pytest.param((), (), ["not derived"], id="nothing assessed"),
    ],
)  # fmt: skip
def test_the_best_response_is_that_of_the_reading(labels, confirmed, shown):
    found = BestResponse(line=1, criterion="RECIST 1.1", labels=labels, confirmed=confirmed)
    words = texts(swimmer([attrs.evolve(exact(), best=(found,))]))
    assert set(shown) <= set(words)
    assert any(text.startswith("confirmed") for text in words) == (len(shown) == 2)


def test_patients_without_a_line_are_counted():
    nobody = DerivedCase(case=case_of("none", LastContact(at="2020-01-01")))
    assert "1 of 2 patients: those with a systemic line" in texts(swimmer([exact(), nobody]))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        pytest.param(Span(121, 181), "4.0 to 5.9", id="121/30.4375 = 3.98, 181/30.4375 = 5.95"),
        pytest.param(Span.point(784), "25.8", id="784/30.4375 = 25.76"),
        pytest.param(None, "not derived", id="nothing derived"),
    ],
)
def test_months(days, expected):
    assert months(Outcome(endpoint="PFS", line=1, days=days)) == expected


def test_a_response_at_the_last_scan_alone_has_no_span():
    assert response_of((status("PR"),), None) is None
    assert response_of((status("SD"), status("PD")), None) is None


@pytest.mark.parametrize(
    ("called", "last", "to"),
    [
        pytest.param("PD", Death, "2020-06-01", id="at progression, though death follows"),
        pytest.param("PR", Death, "2020-09-10", id="at death without progression"),
        pytest.param("PR", LastContact, "2020-06-01", id="at the last scan of who is alive"),
    ],
)
def test_a_response_ends_as_the_legend_states(called, last, to):
    """Duration of response: to progression or death (FDA 2018); censored at the last scan."""
    size = {"PD": "80 mm", "PR": "20 mm"}[called]
    events = (
        Treatment(at="2020-01-01/2020-06-01", line=1, drugs=(drug_dose("doxorubicin"),)),
        Scan(at="2019-12-30", baseline=1, sum="50 mm"),
        Scan(at="2020-03-01", sum="20 mm", new="none"),
        Scan(at="2020-06-01", sum=size, new="none"),
        last(at="2020-09-10"),
    )
    derived, problems = derive(case_of("one", *events))
    assert derived is not None, problems
    scene = swimmer([derived])
    spans = [m for m in scene.marks if isinstance(m, RangeMark) and m.style == "partial response"]
    assert [m.tooltip for m in spans] == [f"partial response, line 1: from 2020-03-01 to {to}"]
    description = next(row.description for row in entries(scene) if row.name == "partial response")
    assert description == "in partial response"
    assert "CR or PR to progression, death or the last scan." in scene.caption


def test_a_lane_ends_with_a_sign_or_an_arrow():
    for derived in (exact(), vague(), report("jin2025"), report("wang2023")):
        lines = derived.case.lines
        part = LaneContent(
            derived=derived, lines=lines, time_zero=time_zero_of("line 1", derived, lines)
        )
        ended = [note.style for note in part.markers() if note.style in ("death", "alive")]
        assert ended or any(stay.goes_on for stay in part.bars)
