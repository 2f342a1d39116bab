"""Adverse events as bars by grade, and when they had resolved."""

from __future__ import annotations

import math
import re

import pytest

from renderers.backends.legend import entries
from renderers.scene.colours import lightness, line_of, tint
from renderers.scene.geometry import HATCH
from renderers.scene.scene import Arrow, Bar, Label
from renderers.scene.styles import STYLES
from renderers.scene.text_metrics import MM_PER_POINT
from renderers.swimmer.figure import swimmer
from renderers.timeline.figure import timeline_figure
from tests.rows import every_row
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


# Of a section what goes on, and its last day; nothing does after death, whatever is written.
AFTER_DEATH = [
    pytest.param("toxicity: 2020-03-01, what: rash, resolved: no", id="not resolved"),
    pytest.param("treatment: 2020-03-01/.., line: 2, drugs: x", id="a drug"),
    pytest.param("supportive: 2020-03-01/.., drugs: denosumab", id="supportive care"),
    pytest.param("radiotherapy: 2020-03-01/.., dose: 30 Gy", id="radiotherapy"),
]


@every_row("event", AFTER_DEATH)
def test_nothing_goes_on_after_death(event, tmp_path):
    first = "treatment: 2020-01-01/2020-02-01, line: 1, drugs: y\n"
    for end, goes_on in (("last contact", True), ("death", False)):
        found, problems = record(tmp_path, f"{first}{event}\n{end}: 2020-12-01")
        assert not problems
        for scene in (timeline_figure([found]), swimmer([found])):
            drawn = [m for m in scene.marks if isinstance(m, Arrow)]
            words = [each.name for each in entries(scene)]
            is_lane = scene.name.startswith("timeline") or event.startswith("treatment")
            assert bool(drawn) == ("ongoing" in words) == (goes_on and is_lane), scene.name
        last = max(m.end for m in timeline_figure([found]).marks if isinstance(m, Bar))
        assert last == day("2020-12-01")


# The bar, and which of its edges is on a known day: (left, right). ISO 8601-2: 2020-03 is any day.
EDGES = [
    ("toxicity: 2020-03-01, what: rash", (True, False), "an exact onset, no end"),
    ("toxicity: 2020-03, what: rash", (False, False), "an onset on some day of a month"),
    ("toxicity: 2020-03-01, what: rash, resolved: 'after line 1 start, before death'",
     (True, False), "resolved by order only"),
    ("treatment: 2020-03-01/.., line: 2, drugs: x", (True, False), "up to death, by order"),
    ("toxicity: 2020-03, what: rash, resolved: 2020-03-31", (False, True), "an exact end"),
]  # fmt: skip


@every_row(("event", "expected", "reason"), EDGES)
def test_the_edge_of_an_exact_day_is_solid(event, expected, reason, tmp_path):
    first = "treatment: 2020-01-01/2020-02-01, line: 1, drugs: y\n"
    found, problems = record(tmp_path, f"{first}{event}\ndeath: 2020-12-01")
    assert not problems, problems
    scene = timeline_figure([found])
    style = "grade not stated" if event.startswith("toxicity") else scene.own[-1].name
    pale = [m for m in scene.marks if isinstance(m, Bar) and m.style == style and m.variant]
    sides = [(m.exact_start, m.exact_end) for m in pale]
    assert (any(left for left, _ in sides), any(right for _, right in sides)) == expected


@every_row(
    ("milder", "worse"), [pytest.param(n, n + 1, id=f"{n} and {n + 1}") for n in range(1, 5)]
)
def test_the_grades_of_pale_bars_differ_also_in_grey(milder, worse):
    """By 7 of lightness, as two hues: the mean of the strokes and of what is between them."""

    def mean(grade):
        style = STYLES[f"grade {grade}"]
        share = style.hatch * MM_PER_POINT / (HATCH * math.sqrt(0.5))
        return share * lightness(line_of(style.fill)) + (1 - share) * lightness(
            tint(style.fill, 0.32)
        )

    assert mean(milder) - mean(worse) >= 7


OPEN = "Bars without a right edge: the end is not stated, and how far they are drawn is no duration"
REACH = {
    "treatment": "to the next line or the end of the record",
    "toxicity": "to its next onset or the end of the record",
    "supportive care": "to its next course or the end of the record",
    "radiotherapy": "a few millimetres",
}


def _open(section, *lasting, contact="last contact: 2021-01-01"):
    """One row: a section, then the expected end of each bar with an open end, None of a stub."""
    return section, lasting, contact


@pytest.mark.parametrize(
    ("events", "expected", "kind"),
    [
        pytest.param(
            "toxicity: 2020-03-01, what: rash, grade: 1\n"
            "toxicity: 2020-09-01, what: Rash, grade: 2",
            _open("Toxicity", "2020-09-01", "2021-01-01"), "toxicity",
            id="to the next onset of the same term on its lane, then to the last contact"),
        pytest.param(
            "toxicity: 2020-03-01, what: rash\ntoxicity: 2020-09-01, what: nausea",
            _open("Toxicity", "2021-01-01", "2021-01-01"), "toxicity",
            id="another term is no end"),
        pytest.param(
            "toxicity: 2020-03-01, what: rash",
            _open("Toxicity", "2020-12-01", contact="death: 2020-12-01"), "toxicity",
            id="to the day of death"),
        pytest.param(
            "toxicity: after line 1, what: rash",
            _open("Toxicity", "2021-01-01"), "toxicity",
            id="an onset on any day up to the end of the record has no right edge either"),
        pytest.param(
            "supportive: 2020-02-01/, drugs: denosumab\n"
            "supportive: 2020-06-01/, drugs: denosumab\n"
            "supportive: 2020-06-01/, drugs: filgrastim",
            _open("Supportive care", "2020-06-01", "2021-01-01", "2021-01-01"), "supportive care",
            id="a drug of supportive care: to its next course, then to the end of the record"),
        pytest.param(
            "radiotherapy: 2020-02-01/, dose: 30 Gy",
            _open("Radiotherapy", None), "radiotherapy",
            id="radiotherapy takes weeks at most: a stub"),
        pytest.param(
            "treatment: 2020-02-01/, line: 2, drugs: y\n"
            "treatment: 2020-07-01/, line: 3, drugs: z",
            _open("Systemic treatment", "2020-07-01", "2021-01-01"), "treatment",
            id="a line ends before the next begins, Saini 2021"),
    ],
)  # fmt: skip
def test_an_end_that_is_not_stated_is_open_and_the_caption_says_how_far(
    events, expected, kind, tmp_path
):
    section, lasting, contact = expected
    first = "treatment: 2020-01-01/2020-02-01, line: 1, drugs: x\n"
    found, problems = record(tmp_path, f"{first}{events}\n{contact}")
    assert not problems
    scene = timeline_figure([found])
    bars = [m for m in scene.marks if isinstance(m, Bar) and m.row == scene.row(section)]
    ends = sorted(m.end for m in bars if m.open_end and m.end_unstated)
    stub = day("2020-02-01") + scene.frame.days(3.0)
    assert ends == sorted(stub if text is None else day(text) for text in lasting)
    assert f"{OPEN} ({kind}: {REACH[kind]})." in scene.conventions


def test_a_swimmer_says_the_same_and_neither_where_every_end_is_stated(tmp_path):
    text = "treatment: {at}, line: 1, drugs: x\nlast contact: 2021-01-01"
    found, _ = record(tmp_path, text.format(at="2020-01-01/"))
    ended, _ = record(tmp_path, text.format(at="2020-01-01/2020-02-01"))
    assert f"{OPEN} (treatment: {REACH['treatment']})." in swimmer([found]).caption
    assert OPEN not in swimmer([ended]).caption + timeline_figure([ended]).conventions
    assert [m.end for m in timeline_figure([found]).marks if isinstance(m, Bar)] == [
        day("2021-01-01")
    ]


@pytest.mark.parametrize(
    ("details", "text"),
    [
        pytest.param("grade: 3, management: dose reduced", "grade 3, dose reduced", id="a grade"),
        pytest.param("management: dose reduced", "grade not stated, dose reduced",
                     id="only what was done: the lane has the name"),
        pytest.param("grade: 3", "grade 3", id="only a grade"),
        pytest.param("grade: G2", "grade 2", id="G is a word for grade"),
        pytest.param("grade: level III", "grade III", id="and so is level"),
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
