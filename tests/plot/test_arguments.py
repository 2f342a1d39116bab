"""What a figure is drawn of: cases, their files, data frames and files of tables."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas
import polars
import pytest

import timeline as tl
from timeline.api import InvalidFile

ROOT = Path(__file__).parents[2]
WANG = ROOT / "cases" / "wang2023.yaml"
LANES = {"id": ["A", "A", "B"], "start": [0, 3, 0], "end": [3, 5, 4], "state": ["x", "y", "x"],
         "arm": ["one", "one", "two"]}  # fmt: skip
EVENTS = {"id": ["A", "B"], "time": [5, 4], "event": ["death", "discontinuation"]}
ONGOING = {"ongoing": ["no", "yes", "yes"]}
TIMES = {"time": [5.5, 7.0], "event": [True, False], "group": ["a", "b"]}


def _kinds(columns: dict[str, list[object]], folder: Path, name: str) -> list[object]:
    path = folder / f"{name}.csv"
    frame = polars.DataFrame(columns)
    frame.write_csv(path)
    frame.write_parquet(path.with_suffix(".parquet"))
    paths = [path, str(path), path.with_suffix(".parquet")]
    return [frame, frame.lazy(), frame.to_arrow(), pandas.DataFrame(columns), *paths]


def test_a_table_of_every_kind_gives_the_same_figure(tmp_path):
    """A file is also named in the caption's place: only rows, marks and axes are compared."""
    lanes, events = _kinds(LANES, tmp_path, "lanes"), _kinds(EVENTS, tmp_path, "events")
    for given in (*zip(lanes, events, strict=True), (lanes[0], [events[0]])):
        scene = tl.plot.swimmer(given[0], events=given[1], unit="months", columns=["arm"]).scene()
        assert [row.name for row in scene.rows] == ["head", "A", "B", "axis"]  # 5 months and 4
        assert {"death", "stop other"} <= set(scene.styles)
    for table in _kinds(TIMES, tmp_path, "times"):
        assert "n = 1" in tl.plot.survival(table, unit="months").caption


def test_a_case_file_is_loaded_and_derived():
    derived = tl.derive(tl.load_case(WANG))
    for given in (WANG, str(WANG), [WANG], [derived], (each for each in [WANG])):
        assert tl.plot.timeline(given).scene() == tl.plot.timeline(derived).scene()
    assert tl.plot.state_diagram("iRECIST", WANG, line=4).names == ("iRECIST", "wang2023")


def test_faults_of_all_files_are_listed_at_once(tmp_path):
    """Two files with one fault each, after a sound one."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(f"case: {name}\nevents:\n  - {{scan: 2021-13}}\n")
    with pytest.raises(InvalidFile) as raised:
        tl.plot.swimmer([WANG, tmp_path / "a.yaml", tmp_path / "b.yaml"])
    places = [Path(problem.where.file).name for problem in raised.value.problems]
    assert places == ["a.yaml", "b.yaml"]


REFUSED = [  # figure, data, options, error, the message in the words of Python
    pytest.param("swimmer", {"id": ["A"], "end": ["soon"], "start": ["x"]}, {"unit": "days"},
                 InvalidFile, "lanes:2:", id="a fault with its place"),
    pytest.param("swimmer", {"id": ["A"], "start": [0], "end": [4]}, {},
                 InvalidFile, "write unit='days', 'weeks', 'months' or 'years'", id="no unit"),
    pytest.param("swimmer", {"number": ["A"], "start": [0], "end": [4]}, {"unit": "days"},
                 InvalidFile, r"column_map=\{'id': 'COLUMN'\}", id="no column of patients"),
    pytest.param("swimmer", LANES, {"unit": "days", "column_map": {"di": "x"}},
                 ValueError, "column_map=.*di.*no such field", id="no such field"),
    pytest.param("survival", TIMES, {}, InvalidFile, "write unit='days'", id="times of no unit"),
    pytest.param("survival", TIMES, {"unit": "days", "line": 2}, ValueError,
                 "line: an option of cases, not of a table", id="an option of cases"),
    pytest.param("swimmer", WANG, {"milestones": ["Surgery"], "events": LANES}, ValueError,
                 "milestones, events: an option of tables", id="an option of tables"),
    pytest.param("swimmer", LANES, {"unit": "days", "colour": "drug", "color": "line"}, ValueError,
                 "given twice: colour and color", id="both spellings"),
    pytest.param("swimmer", 5, {}, TypeError, "a figure takes .* or a table .got int.", id="5"),
    pytest.param("swimmer", [5], {}, TypeError, "a figure takes .*got int", id="a list of 5"),
    pytest.param("swimmer", ["lanes.csv"], {}, ValueError, "not a case file, as .*yaml", id="list"),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "data", "options", "error", "message"), REFUSED)
def test_what_is_refused_says_what_to_write(figure, data, options, error, message):
    table = polars.DataFrame(data) if isinstance(data, dict) else data
    with pytest.raises(error, match=message) as raised:
        getattr(tl.plot, figure)(table, **options)
    assert "--" not in str(raised.value)


def test_a_timeline_takes_a_file_of_events_and_no_frame():
    with pytest.raises(ValueError, match="a timeline is drawn from a file of events"):
        tl.plot.timeline(polars.DataFrame(LANES))


def test_what_is_noticed_in_a_table_is_warned_of_where_it_is_drawn():
    """The column of arms is not read; a table of which every column is read warns of nothing."""
    with pytest.warns(UserWarning, match="column 'arm' is not read") as caught:
        figure = tl.plot.swimmer(polars.DataFrame({**LANES, **ONGOING}), unit="months")
    assert [each.filename for each in caught] == [__file__]
    assert any("column 'arm' is not read" in note for note in figure.notes)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table = polars.DataFrame({**LANES, **ONGOING}).drop("arm")
        assert not tl.plot.swimmer(table, unit="months").notes
        assert not tl.plot.swimmer(table.lazy(), unit="months").notes


def test_a_note_names_five_lanes_and_counts_the_others():
    """Eight lanes without a stated end: the first, five by name, and two more."""
    lanes = {"id": [f"P{n}" for n in range(8)], "start": [0] * 8, "end": [4] * 8}
    note = "does not state how the lane ends, as do 7 more: P1, P2, P3, P4, P5, .. and 2 more\n"
    with pytest.warns(UserWarning, match=note):
        tl.plot.swimmer(polars.DataFrame(lanes), unit="months", open_ends=True)


def test_valid_rows_are_drawn_where_it_is_asked_for():
    """Lane B ends before it starts."""
    table = polars.DataFrame({**LANES, "end": [3, 5, -4]}).drop("arm")
    with pytest.warns(UserWarning, match="lanes:4:"):
        figure = tl.plot.swimmer(table, unit="months", open_ends=True, skip_invalid=True)
    assert [row.name for row in figure.scene().rows] == ["head", "A", "axis"]


@pytest.mark.filterwarnings("ignore:.*does not state how the lane ends")
def test_both_spellings_of_colour_and_the_palette_beside_the_data(tmp_path):
    (tmp_path / "palette.yaml").write_text('x: "#123456"\n')
    polars.DataFrame(LANES).drop("arm").write_csv(tmp_path / "lanes.csv")
    options = {"unit": "months", "open_ends": True}
    beside = tl.plot.swimmer(tmp_path / "lanes.csv", **options).scene()
    stated = tl.plot.swimmer(tmp_path / "lanes.csv", palette={"x": "#654321"}, **options).scene()
    assert next(row.fill for row in beside.own if row.description == "x") == "#123456"
    assert next(row.fill for row in stated.own if row.description == "x") == "#654321"
    by_line = tl.plot.swimmer(WANG, colour="line").scene()
    assert by_line == tl.plot.swimmer(WANG, color="line").scene()
    assert by_line != tl.plot.swimmer(WANG).scene()


@pytest.mark.filterwarnings("ignore:.*does not state how the lane ends")
def test_markers_are_chosen_by_a_mapping():
    """A label that no table knows, drawn as a progression: the axis ends with its lane."""
    events = polars.DataFrame({"id": ["A"], "time": [5], "event": ["Rezidiv"]})
    table = polars.DataFrame(LANES).drop("arm")
    figure = tl.plot.swimmer(table, events=events, unit="months", markers={"Rezidiv": "PD"},
                             open_ends=True)  # fmt: skip
    assert "PD" in figure.scene().styles
