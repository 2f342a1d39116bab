"""The notebook in docs/examples runs as it is stored, and a code host can show it."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

from tests.docs.run_notebook import run

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "examples"
NOTEBOOK = json.loads((FOLDER / "figures.ipynb").read_text(encoding="utf-8"))
LARGEST = 700_000  # bytes; a code host refuses to show larger ones, far above that


def _kinds(notebook):
    return [
        [sorted(output.get("data", {output["output_type"]: ""})) for output in cell["outputs"]]
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def test_every_cell_runs_and_shows_what_is_stored(monkeypatch):
    """Pictures depend on fonts: what is compared is which cell shows one, and which prints."""
    monkeypatch.chdir(FOLDER)  # where a notebook is opened
    monkeypatch.setenv("MPLBACKEND", "agg")
    again = run(NOTEBOOK, pictures=False)
    assert _kinds(again) == _kinds(NOTEBOOK)
    assert sum("image/png" in kinds for cell in _kinds(again) for kinds in cell) == 4


def test_what_is_stored_can_be_shown_and_names_no_folder():
    text = json.dumps(NOTEBOOK)
    assert len(text) < LARGEST
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in NOTEBOOK["cells"]}) == len(NOTEBOOK["cells"])
    for cell in NOTEBOOK["cells"]:
        for output in cell.get("outputs", []):
            assert output["output_type"] in ("stream", "execute_result")
            picture = output.get("data", {}).get("image/png")
            assert picture is None or b64decode(picture)[1:4] == b"PNG"
    assert "/home/" not in text
    assert "Users" not in text


def test_a_cell_shows_its_last_expression_alone():
    """What a cell prints, and the value of its last line; an assignment shows nothing."""
    cells = [{"cell_type": "code", "id": str(n), "source": [text]} for n, text in
             enumerate(("a = 2\nprint(a)\na + 1", "a = 5", "a"))]  # fmt: skip
    found = [cell["outputs"] for cell in run({"cells": cells})["cells"]]
    assert [[each["output_type"] for each in outputs] for outputs in found] == [
        ["stream", "execute_result"], [], ["execute_result"]
    ]  # fmt: skip
    assert found[0][1]["data"] == {"text/plain": ["3"]}
    assert found[2][0]["data"] == {"text/plain": ["5"]}
