"""The options of curves by their names: on the command line, in Python, for cases and tables."""

from __future__ import annotations

from fractions import Fraction

import pandas
import pytest
from typer.testing import CliRunner

import timeline as tl
from renderers.options import options_from_values, parse_options
from renderers.survival.option_table import SURVIVAL_OPTIONS
from timeline.cli.app import app

READ = [  # text of the command, value of Python, fields
    pytest.param("quantiles=25, 50,75", {"quantiles": [25, 50, 75]}, {"quantiles": (25, 50, 75)},
                 id="several quantiles"),
    pytest.param("quantiles=10", {"quantiles": 10}, {"quantiles": (10,)}, id="one"),
    pytest.param("landmarks=6,12.5", {"landmarks": (6, 12.5)},
                 {"landmarks": (Fraction(6), Fraction("12.5"))}, id="landmarks"),
    pytest.param("compare=log-rank, hazard-ratio", {"compare": ["log rank", "Hazard ratio"]},
                 {"compare": ("log-rank", "hazard-ratio")}, id="with a blank as well"),
    pytest.param("ties=breslow", {"ties": "Breslow"}, {"ties": "Breslow"}, id="ties"),
    pytest.param("risk-rows=events,at-risk", {"risk_rows": ["events", "at-risk"]},
                 {"risk_rows": ("events", "at-risk")}, id="rows"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "fields"), READ)
def test_options_are_read_alike_from_text_and_values(text, values, fields):
    assert parse_options([text], SURVIVAL_OPTIONS) == fields
    assert options_from_values(SURVIVAL_OPTIONS, values) == fields


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("quantiles=0", "not a percentile: '0' .write 1 to 99"),
        ("quantiles=half", "not a percentile: 'half'"),
        ("landmarks=-6", "not a time: '-6' .write numbers: 6,12,24"),
        ("compare=wilcoxon", "unknown comparison: 'wilcoxon' .known: log-rank, hazard-ratio, gray"),
        ("ties=exact", "unknown treatment of ties: 'exact'"),
        ("risk-rows=atrisk", "unknown row: 'atrisk' .did you mean at-risk"),
        ("risk-rows=none,events", "none and others"),
    ],
)
def test_a_wrong_value_is_refused_with_what_to_write(text, fault):
    with pytest.raises(ValueError, match=fault):
        parse_options([text], SURVIVAL_OPTIONS)


def test_a_table_is_drawn_with_all_of_them(tmp_path):
    """Events at 1, 3, 4 of A (of 4) and at 2, 5 of B (of 4), one competing event in each."""
    (tmp_path / "t.csv").write_text(
        "months,event,arm\n1,1,A\n3,1,A\n4,2,A\n9,0,A\n2,1,B\n5,1,B\n6,2,B\n9,0,B\n"
    )
    (tmp_path / "palette.yaml").write_text('A: "#0072B2"\n')
    words = ["draw", "--figure", "survival", "--table", str(tmp_path / "t.csv"), "--map",
             "time=months", "--map", "group=arm", "--sidecars", "-o", str(tmp_path / "drawn.svg"),
             *(f"--option={each}" for each in ("unit=months", "competing=2", "landmarks=6",
               "compare=log-rank,hazard-ratio", "risk-rows=at-risk,competing"))]  # fmt: skip
    found = CliRunner().invoke(app, words)
    assert found.exit_code == 0, found.output
    svg = (tmp_path / "drawn.svg").read_text()
    assert "#0072b2" in svg.lower()
    assert "A, competing event" in svg
    assert "Cause-specific hazard ratio" in (tmp_path / "drawn.caption.txt").read_text()


def test_a_data_frame_is_drawn_with_all_of_them():
    frame = pandas.DataFrame({"time": [1, 3, 4, 9, 2, 5, 6, 9], "event": [1, 1, 2, 0] * 2,
                              "group": [*"AAAABBBB"]})  # fmt: skip
    with pytest.warns(UserWarning, match="read as the competing event: 2"):
        figure = tl.plot.survival(frame, unit="months", competing=2, compare="log-rank",
                                  landmarks=6, palette={"A": "#0072B2"})  # fmt: skip
    assert figure.scene().style("curve 1").edge == "#0072B2"
    assert "Log-rank test of cause-specific hazards: χ²" in figure.caption
