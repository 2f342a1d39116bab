"""The synthetic cohort of the guides is what its script writes, and is drawn without a fault."""

import runpy
from pathlib import Path

from typer.testing import CliRunner

from timeline.cli.app import app

FOLDER = Path(__file__).parents[2] / "docs" / "examples" / "cohort"


def test_the_tables_are_what_the_script_writes(tmp_path):
    script = runpy.run_path(str(FOLDER / "make_cohort.py"))
    script["main"](tmp_path)
    for name in ("lanes.csv", "events.csv"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()


def test_the_cohort_is_drawn_on_one_page_without_a_fault(tmp_path):
    out = tmp_path / "swimmer.svg"
    tables = ["--table", str(FOLDER / "lanes.csv"), "--events", str(FOLDER / "events.csv")]
    done = CliRunner().invoke(app, ["draw", *tables, "--option", "unit=months", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "0 errors, 0 warnings" in done.output
    assert out.exists()  # several pages would be swimmer-1.svg and so on
