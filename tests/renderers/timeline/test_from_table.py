"""A timeline of a table with one row an event, without a case file."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

import timeline as tl
from timeline.cli.app import app

EVENTS = """event,date,end,what,line,drugs,stop,new,called,ward
diagnosis,2021-03-05,,leiomyosarcoma,,,,,,
treatment,2021-04-10,2021-09-01,,1,doxorubicin 75 mg/m²,progression,,,B3
scan,2021-06-12,,,1,,,none,PR,B3
last contact,2022-01-10,,alive,,,,,,
"""


def _draw(tmp_path, text, *more):
    table = tmp_path / "events.csv"
    table.write_text(text, encoding="utf-8")
    out = tmp_path / "out.svg"
    words = ["draw", "--figure", "timeline", "--table", str(table), "-o", str(out), *more]
    return CliRunner().invoke(app, words), table, out


def test_a_table_of_events_is_drawn_and_unread_columns_are_named(tmp_path):
    result, table, out = _draw(tmp_path, EVENTS, "--option", "sections=systemic treatment")
    assert result.exit_code == 0, result.output
    assert "unknown column 'ward' is not read" in result.stderr
    assert "doxorubicin" in out.read_text()
    with pytest.warns(UserWarning, match="unknown column 'ward' is not read"):
        figure = tl.plot.timeline(table, sections=["systemic treatment"])
    names = [row.name for row in figure.scene().rows if not row.repeats]
    assert names == ["Systemic treatment"]


def test_every_fault_of_a_table_is_named_and_nothing_is_drawn(tmp_path):
    wrong = EVENTS.replace("2021-03-05", "5 of March").replace("scan,", "scann,")
    result, table, out = _draw(tmp_path, wrong)
    assert result.exit_code == 2
    assert f"{table}:2:2" in result.stderr
    assert f"{table}:4:1: unknown kind of event 'scann' (did you mean scan" in result.stderr
    assert not out.exists()
    with pytest.raises(tl.InvalidFile, match="unknown kind of event"):
        tl.plot.timeline(table)


def test_an_option_that_no_table_of_events_has_is_refused(tmp_path):
    result, _, _ = _draw(tmp_path, EVENTS, "--option", "dates=ymd")
    assert result.exit_code == 2
    assert "unknown order of dates: 'ymd'" in result.stderr
    result, _, _ = _draw(tmp_path, EVENTS, "--skip-invalid")
    assert "a timeline takes no --skip-invalid" in result.stderr
