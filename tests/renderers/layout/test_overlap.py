"""No figure hides its own words: the checker, and the figures under it."""

import attrs
import pytest

from renderers.scene.scene import Bar, Frame, Label, Marker, Row, Scene
from tests.renderers.overlap import faults
from tests.renderers.patients import PATIENTS, RENDERERS, REPORTS, report

_FRAME = Frame(low=0, high=70, left=30, right=100)


def small(*marks):
    return Scene(
        name="small", alt="", width=100, frame=_FRAME, rows=(Row("one", 20.0),), marks=marks
    )


HELLO = Label(text="scan 2022-05", shift=10, y=10)
CHECKED = [
    pytest.param((HELLO,), "", id="one text alone is fine"),
    pytest.param((HELLO, attrs.evolve(HELLO, shift=16)), "overlap", id="texts side by side"),
    pytest.param((HELLO, attrs.evolve(HELLO, y=11)), "overlap", id="texts half a line apart"),
    pytest.param((HELLO, attrs.evolve(HELLO, y=12.75)), "", id="texts a line apart are fine"),
    pytest.param((attrs.evolve(HELLO, shift=95),), "clipped", id="a text over the right edge"),
    pytest.param((attrs.evolve(HELLO, y=-4),), "clipped", id="a text over the top"),
    pytest.param((Marker(style="PD", at=71.5, y=10),), "clipped", id="a sign over the edge"),
    pytest.param((HELLO, Marker(style="PD", at=-10, y=10)), "covered", id="a sign on a text"),
    pytest.param(
        (HELLO, Bar(style="line 1", start=-10, end=9, y=10)), "covered", id="a bar on a text"
    ),
    pytest.param((HELLO, Marker(style="PD", at=5, y=10)), "", id="a sign beside a text is fine"),
]


@pytest.mark.parametrize(("marks", "fault"), CHECKED)
def test_the_checker_sees_what_is_wrong(marks, fault):
    found = faults(small(*marks))
    assert bool(found) == bool(fault)
    assert all(fault in message for message in found)


@pytest.mark.parametrize("kind", RENDERERS)
@pytest.mark.parametrize("patient", PATIENTS)
def test_small_figures_hide_nothing(patient, kind):
    assert faults(RENDERERS[kind]([PATIENTS[patient]()])) == []


@pytest.mark.parametrize("kind", RENDERERS)
@pytest.mark.parametrize("name", REPORTS)
def test_figures_of_the_reports_hide_nothing(name, kind):
    assert faults(RENDERERS[kind]([report(name)])) == []


def test_a_swimmer_of_several_patients_hides_nothing():
    everyone = [report(name) for name in REPORTS] + [make() for make in PATIENTS.values()]
    assert faults(RENDERERS["swimmer"](everyone)) == []


def test_text_below_the_smallest_size_is_refused():
    with pytest.raises(ValueError, match=r"text of 5\.0 pt: 'x' \(at least 5\.5 pt\)"):
        Label(text="x", size=5.0)
