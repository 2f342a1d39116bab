"""The workshop `.ci/make.py`, with commands that only print in place of its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

MAKE = Path(__file__).parents[2] / ".ci" / "make.py"
TESTS = "......\n..\n8 passed in 1.00s"


@pytest.mark.skipif(sys.platform == "win32", reason="scripts of a shell")
@pytest.mark.parametrize(
    ("ends", "code"),
    [
        pytest.param({}, 0, id="all is well"),
        pytest.param({"mypy": 1}, 1, id="a wrong type"),
        pytest.param({"pytest": 3}, 3, id="a test that fails"),
        pytest.param({"ruff": 2}, 2, id="a fault of form"),
    ],
)
def test_the_count_of_the_tests_closes_the_output(ends, code, tmp_path, monkeypatch, capfd):
    spec = importlib.util.spec_from_file_location("make", MAKE)
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    for name in ("ruff", "lint-imports", "mypy", "pytest"):
        said = TESTS if name == "pytest" else f"{name} has ended"
        wait = "sleep 0.2\n" if name == "mypy" else ""  # the types take longer than the others
        script = f"#!/bin/sh\n{wait}echo '{said}'\nexit {ends.get(name, 0)}\n"
        (tmp_path / name).write_text(script)
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(make, "BIN", tmp_path)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # restored after it
    assert make.test() == code
    shown = capfd.readouterr().out.splitlines()
    *dots, count = TESTS.splitlines()
    others = ["ruff has ended", "ruff has ended", "lint-imports has ended"]
    assert shown == [*others, *dots, "mypy has ended", count]
