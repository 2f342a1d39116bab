"""Adverse events as bars by grade, and when they had resolved."""

from __future__ import annotations

import re

import pytest

from renderers.scene.scene import Arrow, Bar, Label
from renderers.timeline.figure import timeline_figure
from tests.situations.records import record
from timeline.core.calendar.dates import parse_edtf
from timeline.exchange.deidentify import deidentify

FRAME = "treatment: 2020-01-01/.., line: 1, drugs: x\nlast contact: 2021-01-01\n"
HARMS = [
    pytest.param("2020-03-01, what: rash, grade: 3, resolved: 2020-05-01",
                 [("grade 3", "", "2020-03-01", "2020-05-01")], False, id="from onset to its end"),
    pytest.param("2020-03-01, what: rash, grade: 2-3, resolved: no",
                 [("grade 3", "", "2020-03-01", "2021-01-01")], True,
                 id="two grades: the worst; not resolved goes on"),
    pytest.param("2020-03-01, what: rash, resolved: 2020-05",
                 [("grade not stated", "", "2020-03-01", "2020-05-01"),
                  ("grade not stated", "vague end", "2020-05-01", "2020-05-31")], False,
                 id="no grade; it ended on some day of May"),
]  # fmt: skip


def day(text):
    return float(parse_edtf(text).span.low)


@pytest.mark.parametrize(("event", "expected", "goes_on"), HARMS)
def test_an_adverse_event_is_a_bar_of_its_grade(event, expected, goes_on, tmp_path):
    found, problems = record(tmp_path, FRAME + f"toxicity: {event}")
    assert not problems
    scene = timeline_figure([found])
    row = scene.row("Toxicity")
    bars = [m for m in scene.marks if isinstance(m, Bar) and m.row == row]
    drawn = sorted((m.style, m.variant, m.start, m.end) for m in bars)
    assert drawn == [(style, variant, day(a), day(b)) for style, variant, a, b in expected]
    assert bool([m for m in scene.marks if isinstance(m, Arrow) and m.row == row]) == goes_on
    assert "rash" in [m.text for m in scene.marks if isinstance(m, Label) and m.row == row]


def test_an_end_that_is_not_stated_is_a_stub_and_one_term_has_one_lane(tmp_path):
    events = (
        "toxicity: 2020-03-01, what: rash, grade: 1\ntoxicity: 2020-09-01, what: Rash, grade: 2"
    )
    found, _ = record(tmp_path, FRAME + events)
    scene = timeline_figure([found])
    bars = [m for m in scene.marks if isinstance(m, Bar) and m.row == scene.row("Toxicity")]
    assert [(m.style, m.variant) for m in bars] == [
        ("grade 1", "end not stated"),
        ("grade 2", "end not stated"),
    ]
    assert len({m.y for m in bars}) == 1
    assert "Bars without a right edge: the end is not stated." in scene.caption


@pytest.mark.parametrize(
    ("details", "text"),
    [
        pytest.param("grade: 3, management: dose reduced", "grade 3, dose reduced", id="a grade"),
        pytest.param("management: dose reduced", "rash, dose reduced",
                     id="only what was done: it is not what happened"),
        pytest.param("grade: 3", "grade 3", id="only a grade"),
    ],
)  # fmt: skip
def test_the_label_of_a_bar_is_never_its_management_alone(details, text, tmp_path):
    found, _ = record(tmp_path, FRAME + f"toxicity: 2020-03-01, what: rash, {details}")
    scene = timeline_figure([found])
    row = scene.row("Toxicity")
    texts = {m.text for m in scene.marks if isinstance(m, Label) and m.row == row}
    assert texts == {"Toxicity", "rash", text}


@pytest.mark.parametrize(
    ("resolved", "message"),
    [
        ("soon", "not a date: 'soon' .write 2019.*; or yes if the day is not stated, no if not"),
        ("2020-02-01", "had resolved .2020-02-01. before it began .2020-03-01"),
    ],
)
def test_a_wrong_resolution_is_named(resolved, message, tmp_path):
    found, problems = record(
        tmp_path, FRAME + f"toxicity: 2020-03-01, what: rash, resolved: {resolved}"
    )
    assert found is None
    (problem,) = problems
    assert re.search(message, str(problem))


def test_a_resolution_moves_with_the_other_dates(tmp_path):
    """2020-01-01 becomes 2000-01-01, 7305 days earlier; so 2020-05-01 becomes 2000-05-01."""
    record(tmp_path, FRAME + "toxicity: 2020-03-01, what: rash, resolved: 2020-05-01")
    found, problems = deidentify(tmp_path / "case.yaml")
    assert not problems
    assert "resolved: 2000-05-01" in found.text
