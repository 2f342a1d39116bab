"""The twins of a figure: alt text, caption and data, from the scene alone."""

import csv
import io

import attrs
import pytest

from renderers.backends.items import data_items
from renderers.backends.sidecars import HEAD, SIDECARS, as_csv, data, write
from renderers.scene.scene import (
    Arrow,
    Bar,
    Frame,
    Label,
    Marker,
    RangeMark,
    Row,
    Scene,
    VerticalLine,
)
from renderers.timeline.figure import timeline_figure
from renderers.timeline.options import TimelineOptions
from tests.renderers.patients import exact, report, vague

FRAME = Frame(low=0, high=100, left=30, right=130)
DATED = attrs.evolve(FRAME, low=737425, high=737525, dated=True)  # from 1 January 2020
SCAN = Marker(style="scan", at=10, tooltip="Scan [Results]")


def drawn(*marks, frame=FRAME):
    return Scene(
        name="one",
        alt="What it shows.",
        caption="n = 1.",
        width=150,
        frame=frame,
        rows=(Row("Imaging", 10), Row("Notes", 5)),
        marks=marks,
    )


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


TIMES = [
    pytest.param([SCAN], ("10", "", ""), id="a day"),
    pytest.param([SCAN, RangeMark(low=5, high=15.5, style="range", tooltip=SCAN.tooltip)],
                 ("", "5", "15.5"), id="a sign over the range of its date: the range"),
    pytest.param([SCAN, RangeMark(low=5, high=15, open_high=True, style="order",
                 tooltip=SCAN.tooltip)],
                 ("", "5", ".."), id="no last day"),
    pytest.param([SCAN, RangeMark(low=0, high=100, open_low=True, open_high=True, style="order",
                              tooltip=SCAN.tooltip)], ("", "", ""), id="nothing known"),
    pytest.param([Bar(style="line 1", start=3, end=9, tooltip="x")], ("", "3", "9"), id="a bar"),
    pytest.param([Bar(style="line 1", start=3, end=9, tooltip="x"),
                  Arrow(style="ongoing", at=9, tooltip="x")], ("", "3", ".."), id="it goes on"),
    pytest.param([Bar(style="line 1", start=3, end=9, open_end=True, tooltip="x"),
                  Bar(style="line 1", start=9, end=12, open_start=True, tooltip="x")],
                 ("", "3", "12"), id="an open edge inside is none of the whole"),
    pytest.param([VerticalLine(style="last contact", at=40, last=1, tooltip="x")], ("40", "", ""),
                 id="a line through the figure"),
    pytest.param([Marker(style="alive", at=0, shift=105.0, tooltip="x")], ("", "", ""),
                 id="a sign in a column beside the axis is at no time"),
]  # fmt: skip


@pytest.mark.parametrize(("marks", "expected"), TIMES)
def test_the_times_of_an_item(marks, expected):
    (datum,) = data(drawn(*marks))
    assert (datum.at, datum.start, datum.end) == expected
    assert datum.unit == ("days" if any(expected) else "")


def test_days_of_the_calendar_are_written_as_dates():
    (datum,) = data(drawn(attrs.evolve(SCAN, at=737455), frame=DATED))
    assert (datum.at, datum.unit) == ("2020-01-31", "date")  # 30 days after 1 January


def test_an_item_has_its_row_style_and_source():
    (datum,) = data(drawn(SCAN))
    assert (datum.row, datum.what, datum.text, datum.source) == (
        "Imaging",
        "scan",
        "Scan",
        "Results",
    )


def test_words_alone_and_what_tells_nothing_are_no_things():
    alone = Label(text="a note", row=1, tooltip=SCAN.tooltip)
    assert len(data_items(drawn(SCAN, alone, Marker(style="PD", at=3)))) == 1


def test_two_identical_events_are_two_items():
    """Two scans of one day: each with its sign, and with its bracket where both have one."""
    bracket = RangeMark(style="range", low=1.0, high=5.0, tooltip=SCAN.tooltip)
    word = Label(text="PD", tooltip=SCAN.tooltip)
    found = data_items(drawn(SCAN, bracket, word, attrs.evolve(SCAN, shift=2.4), bracket))
    assert [[type(mark) for mark in each.marks] for each in found] == [
        [Marker, RangeMark, Label],
        [Marker, RangeMark],
    ]


def test_two_markers_of_one_event_are_one_item():
    new = attrs.evolve(SCAN, style="new lesion")
    assert len(data_items(drawn(SCAN, new))) == 1


def test_the_same_words_in_two_rows_are_two_items():
    assert len(data_items(drawn(SCAN, attrs.evolve(SCAN, row=1)))) == 2


CELLS = [
    pytest.param("=1+1", "'=1+1", id="a formula"),
    pytest.param("+cmd", "'+cmd", id="led by plus"),
    pytest.param("-2+3", "'-2+3", id="led by minus"),
    pytest.param("@SUM(A1)", "'@SUM(A1)", id="led by an at sign"),
    pytest.param("  =1+1", "'  =1+1", id="led by blanks"),
    pytest.param("\t=1", "'\t=1", id="led by a tab"),
    pytest.param("-12.5", "-12.5", id="a number is a number"),
    pytest.param('says "no", twice', 'says "no", twice', id="quotes and commas come back whole"),
    pytest.param("two\nlines", "two\nlines", id="a line break inside"),
]


@pytest.mark.parametrize(("text", "cell"), CELLS)
def test_no_cell_runs_in_a_spreadsheet(text, cell):
    head, row = rows_of(as_csv(drawn(attrs.evolve(SCAN, tooltip=text))))
    assert tuple(head) == HEAD
    assert row[HEAD.index("text")] == cell


def test_the_data_of_a_timeline_have_every_event_and_status_once():
    reading = report("wang2023")
    every = TimelineOptions(criteria=("all",))
    rows = [(d.row, d.what) for d in data(timeline_figure([reading], options=every))]
    per = {name: sum(row == name for row, _ in rows) for name, _ in rows}
    # counted in the case file: 10 scans; 7 of them follow a line's start, so have a status
    assert per["Imaging"] == 10
    assert per["RECIST 1.1"] == 7
    assert per["iRECIST"] == 4  # of line 4 alone: the others are chemotherapy
    assert per["Systemic treatment"] == 10  # drugs: 2 + 2, then 1, 2, 1 and 2 in lines 1 to 4
    assert per["Toxicity"] == 2


def test_a_vague_date_is_never_written_as_a_day():
    """Both toxicities are known by order alone, after line 4 began; no end of them is stated."""
    rows = [d for d in data(timeline_figure([report("wang2023")])) if d.row == "Toxicity"]
    assert [(d.at, d.start, d.end) for d in rows] == [("", "2021-12-01", "..")] * 2


@pytest.mark.parametrize("make", [exact, vague])
def test_the_sidecars_are_written_next_to_the_figure_and_reproducible(make, tmp_path):
    scene = timeline_figure([make()])
    first = write(scene, tmp_path / "figure.svg")
    assert [file.name for file in first] == [f"figure{suffix}" for suffix in SIDECARS]
    before = [file.read_bytes() for file in first]
    assert [file.read_bytes() for file in write(scene, tmp_path / "figure.svg")] == before
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(f.name for f in first)
    assert (tmp_path / "figure.alt.txt").read_text() == f"{scene.alt}\n"
    assert (tmp_path / "figure.caption.txt").read_text() == (
        f"{scene.caption}\n\n{scene.conventions}\n" if scene.conventions else f"{scene.caption}\n"
    )


def test_a_sidecar_never_replaces_the_figure(tmp_path):
    with pytest.raises(ValueError, match="is the name of a sidecar"):
        write(drawn(SCAN), tmp_path / "figure.csv")
