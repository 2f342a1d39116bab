"""The example tables of another package: each of their faults is named, and what is sound drawn."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from renderers.scene.scene import Bar, Marker
from renderers.swimmer.tables.figure import swimmer_from_tables
from renderers.swimmer.tables.read import TableSource
from tests.renderers.overlap import faults

FOLDER = Path(__file__).parents[2] / "data" / "ggswim"
NAMED = (
    ("id", "pt_id"), ("state", "disease_assessment"), ("start", "start_time"),
    ("end", "end_time"), ("time", "time_from_initial_infusion"), ("event", "label"),
)  # fmt: skip
SOURCE = TableSource(
    lanes=FOLDER / "ggswim_patient_data.csv",
    events=(FOLDER / "ggswim_end_study_events.csv", FOLDER / "ggswim_infusion_events.csv"),
    column_map=NAMED,
    unit="months",
    time_zero="the initial infusion",
)


@pytest.fixture(scope="module")
def strict():
    return swimmer_from_tables(SOURCE)


@pytest.fixture(scope="module")
def drawn():
    return swimmer_from_tables(SOURCE, skip_invalid=True)


def rows():
    """The lanes read by hand: line of the file, patient, state, start, end."""
    lines = SOURCE.lanes.read_text().splitlines()[1:]
    for number, line in enumerate(lines, start=2):
        id_, state, start, end = (part.strip('"') for part in line.split(","))
        yield number, id_, state, float(start), float(end)


# By hand from the file: 7 rows whose end is less than their start, with the first and last named.
BACKWARDS = {(4, "01", "0.9 to 0"), (15, "03", "11.9 to 0"), (22, "04", "9 to 0"),
             (52, "12", "9 to 7.9"), (64, "15", "0.9 to 0"), (68, "17", "2.8 to 0"),
             (72, "18", "3.3 to 0")}  # fmt: skip
NO_LENGTH = {(29, "05", "14.1 to 14.1"), (40, "08", "2.5 to 2.5"), (56, "13", "0 to 0")}
OPEN_ENDED = {"04", "09", "13", "14", "15", "17", "18", "19"}  # in no end-of-study event


def messages(drawn, what):
    """Line, patient and the words after a fault, of each problem that names it."""
    for problem in (*drawn.errors, *drawn.warnings):
        id_, _, description = problem.what.partition(": ")
        if description.startswith(what):
            yield (
                problem.where.line,
                id_,
                description.removeprefix(what).strip(" :").partition(" (")[0],
            )


def test_nothing_is_drawn_from_faulty_tables_without_the_option(strict):
    assert strict.scene is None
    assert strict.errors


def test_each_row_that_runs_backwards_is_named(strict):
    assert set(messages(strict, "runs backwards")) == BACKWARDS


def test_each_row_of_no_length_is_named(strict):
    assert set(messages(strict, "has no length")) == NO_LENGTH


def test_each_pair_that_overlaps_is_named(strict):
    """30 pairs, backwards rows turned round; 11 of them with two states."""
    turned = [(n, i, s, min(a, b), max(a, b)) for n, i, s, a, b in rows()]
    pairs = [
        (one, other)
        for one, other in combinations(turned, 2)
        if one[1] == other[1] and one[3] < other[4] and other[3] < one[4]
    ]
    different = Counter(other[0] for one, other in pairs if one[2] != other[2])
    same = Counter(other[0] for one, other in pairs if one[2] == other[2])
    assert (different.total(), same.total()) == (11, 19)
    assert Counter(line for line, _, _ in messages(strict, "two states at once")) == different
    assert Counter(line for line, _, _ in messages(strict, "one state twice")) == same


def test_each_lane_without_an_end_is_named(strict):
    """One fault names them all: they have one cause and one remedy."""
    ((_, first, words),) = messages(strict, "the lane ends without marker")
    others = words.partition("more: ")[2].partition(" (write")[0].split(", ")
    assert {first, *others} == OPEN_ENDED


def test_what_is_sound_is_drawn_and_the_rest_counted(drawn):
    """75 rows less 7 backwards, 3 of no length, and 5 that contradict one another: 60.

    Lines 3 and 5 (patient 01) and lines 11, 12 and 16 (patient 03) give two states at once.
    """
    bars = [mark for mark in drawn.scene.marks if isinstance(mark, Bar)]
    assert len(bars) == 60
    assert drawn.left_out == 15
    assert "15 invalid rows are omitted" in drawn.scene.caption


def test_every_event_of_the_tables_is_drawn_at_its_time(drawn):
    events = [
        line.replace('"', "").split(",")
        for path in SOURCE.events
        for line in path.read_text().splitlines()[1:]
    ]
    expected = Counter((e[0], round(float(e[1]) * 30.4375, 6)) for e in events)
    signs = [
        mark
        for mark in drawn.scene.marks
        if isinstance(mark, Marker) and mark.style != "end unknown"
    ]
    names = [row.name for row in drawn.scene.rows]
    assert Counter((names[m.row], round(m.at, 6)) for m in signs) == expected


def test_lanes_without_a_stated_end_have_a_marker(drawn):
    names = [row.name for row in drawn.scene.rows]
    signs = [m for m in drawn.scene.marks if isinstance(m, Marker) and m.style == "end unknown"]
    assert {names[mark.row] for mark in signs} == OPEN_ENDED


def test_the_figure_hides_nothing(drawn):
    assert faults(drawn.scene) == []
