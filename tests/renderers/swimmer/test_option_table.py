"""Wishes as they are typed."""

from pathlib import Path

import pytest

from renderers.scene.palette_file import palette_of
from renderers.swimmer.option_table import SOURCE, SWIMMER_OPTIONS, swimmer_options, table_source
from renderers.swimmer.options import SwimmerOptions

LANES = Path("lanes.csv")
PALETTE = Path(__file__).parent / "palette.yaml"
READ = [
    pytest.param("by=patient", {"by": "patient"}, id="by"),
    pytest.param("align=first response", {"align": "first response"}, id="align"),
    pytest.param("unit=weeks", {"unit": "weeks"}, id="unit"),
    pytest.param("cycle=21", {"cycle": 21.0}, id="cycle"),
    pytest.param("sort=best, start reversed", {"sort": ("best", "start reversed")}, id="sort"),
    pytest.param("group=diagnosis", {"group": "diagnosis"}, id="group"),
    pytest.param("columns=id,pfs", {"columns": ("id", "pfs")}, id="columns"),
    pytest.param("colour=drug", {"colour": "drug"}, id="colour"),
    pytest.param("scans=changes", {"scans": "changes"}, id="scans"),
    pytest.param("cut-off=2021-03-01", {"cutoff": "2021-03-01"}, id="cut-off"),
    pytest.param("cut-off-line=yes", {"cutoff_line": True}, id="cut-off-line"),
    pytest.param("order=02, 01", {"order": ("02", "01")}, id="order"),
    pytest.param("reference=24 landmark = 24 w", {"references": ((24.0, "landmark = 24 w"),)},
                 id="reference"),
    pytest.param("leave-out=24/60", {"breaks": ((24.0, 60.0),)}, id="leave-out"),
    pytest.param("both-axes=yes", {"both_axes": True}, id="both-axes"),
    pytest.param("legend=beside", {"legend": "beside"}, id="legend"),
    pytest.param(f"palette={PALETTE}", {"palette": palette_of(PALETTE)}, id="palette"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fields"), READ)
def test_each_option_is_read(text, fields):
    assert swimmer_options([text]) == SwimmerOptions(**fields)


def test_every_option_is_tested_above():
    assert {mark.id for mark in READ} == set(SWIMMER_OPTIONS)


def test_some_options_repeat():
    assert swimmer_options(["reference=3", "reference=6 later"]).references == (
        (3.0, "3"),
        (6.0, "later"),
    )


def test_tables_have_options_of_their_own():
    texts = [
        "unit=weeks",
        "numbers-in=days",
        "time-zero=infusion",
        "sign=Relapse: PD",
        "together=yes",
        "encoding=windows-1252",
        "sheet=lanes",
        "dates=dmy",
        "milestones=Surgery, Death",
        "open-ends=yes",
        "only=PARAMCD: OVRLRESP",
    ]
    source = table_source(LANES, [Path("e.csv")], ["id=pt_id"], texts)
    assert (source.unit, source.time_zero, source.together) == ("days", "infusion", True)
    assert (source.markers, source.column_map) == ((("Relapse", "PD"),), (("id", "pt_id"),))
    assert (source.dates, source.numbers_in, source.open_ends) == ("dmy", "days", True)
    assert source.milestones == ("Surgery", "Death")
    assert source.only == (("PARAMCD", "OVRLRESP"),)
    assert (source.opening.encoding, source.opening.sheet) == ("windows-1252", "lanes")
    assert {text.partition("=")[0] for text in texts} >= set(SOURCE)
    assert swimmer_options(texts, table=True).unit == "weeks"


def test_numbers_are_in_the_unit_of_the_axis_by_default():
    assert table_source(LANES, texts=["unit=weeks"]).unit == "weeks"
    assert table_source(LANES, texts=["unit=cycles", "cycle=21"]).unit == ""
    assert table_source(LANES).unit == ""


@pytest.mark.parametrize(
    ("text", "description"),
    [
        pytest.param(
            "since=surgery",
            "unknown option: 'since' .write align for this figure",
            id="the name in another figure",
        ),
        pytest.param("aling=surgery", "unknown option: 'aling' .did you mean align", id="a slip"),
        pytest.param("align", "no value: 'align' .write NAME=VALUE; align: start", id="no value"),
        pytest.param("cycle=three", "cycle: not a number: 'three'", id="no number"),
        pytest.param("leave-out=24", "leave-out: not a part of the axis: '24'", id="no stretch"),
        pytest.param("both-axes=1", "both-axes: neither yes nor no: '1'", id="neither yes nor no"),
        pytest.param("time-zero=infusion", "'time-zero' is an option of tables", id="no table"),
        pytest.param("nought=infusion", "'nought' is an option of tables", id="former name"),
        pytest.param("unit=fortnights", "unknown unit: 'fortnights'", id="no such unit"),
    ],
)
def test_what_is_not_understood_is_refused(text, description):
    with pytest.raises(ValueError, match=description):
        swimmer_options([text])


def test_an_option_is_written_once():
    with pytest.raises(ValueError, match="given twice: 'by'"):
        swimmer_options(["by=line", "by=patient"])


@pytest.mark.parametrize(
    ("named", "texts", "description"),
    [
        pytest.param(
            ["id"], [], "no column: 'id' .write FIELD=COLUMN", id="a field without column"
        ),
        pytest.param(
            [], ["sign=Relapse"], "sign: not a label and a marker", id="a label without sign"
        ),
    ],
)
def test_tables_that_are_not_named_well_are_refused(named, texts, description):
    with pytest.raises(ValueError, match=description):
        table_source(LANES, column_map=named, texts=texts)


def test_the_former_name_of_an_option_sets_the_same_field(tmp_path):
    """``nought`` until version 0.3; both names together are the option twice."""
    former = table_source(tmp_path / "lanes.csv", texts=["nought=infusion"])
    assert former == table_source(tmp_path / "lanes.csv", texts=["time-zero=infusion"])
    with pytest.raises(ValueError, match="given twice: 'time-zero'"):
        table_source(tmp_path / "lanes.csv", texts=["nought=a", "time-zero=b"])
