"""A fault of our own: one line that states what to report, exit code 70, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CALL = "import sys; sys.argv = ['timeline', 'check', 'c.yaml']"
RUN = CALL + "; {}; from timeline.cli.app import run; run()"


@pytest.mark.parametrize(
    ("fault", "description"),
    [
        pytest.param("1 / 0", "ZeroDivisionError: division by zero", id="a fault of the program"),
        pytest.param("(_ for _ in ()).throw(KeyError('\\x1b[2J'))", "KeyError", id="an escape"),
        pytest.param("(lambda f: f(f))(lambda f: f(f))", "RecursionError", id="without an end"),
        pytest.param("[][0]", "IndexError", id="an index"),
    ],
)
def test_a_fault_of_our_own_is_one_line_and_exit_70(tmp_path, fault, description):
    patched = f"import timeline.views.case_report as d; d.checked = lambda files: {fault}"
    words = [sys.executable, "-c", RUN.format(patched)]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"internal fault: {description}")
    assert "please report this line" in done.stderr
    assert "\x1b" not in done.stderr


CASES = Path(__file__).parents[2] / "cases"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["check"], id="typer writes"),
        pytest.param(["show"], id="rich writes"),
        pytest.param(["show", "--json"], id="more than a buffer holds"),
    ],
)
def test_a_closed_pipe_is_no_contradiction(words):
    """As shells count it: 128 and SIGPIPE, 13. Exit 1 would mean that a claim is contradicted."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "timeline", *words, str(CASES / "jin2025.yaml")]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")
