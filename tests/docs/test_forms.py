"""The forms that one diameter takes on its way, as docs/architecture.md lists them."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text()
SECTION = PAGE.partition("### The forms of one diameter\n")[2].partition("\n## ")[0]
FORMS = re.findall(r"^(\d+)\. `([\w.]+)`: \S", SECTION, re.MULTILINE)
MOST = (
    15  # of the redesign: text, size, scan, arrays, view, step, labels, status, case; 5 of a figure
)


@pytest.mark.parametrize(("number", "name"), FORMS)
def test_each_form_is_in_its_module(number, name):
    module, _, form = name.rpartition(".")
    assert form in vars(importlib.import_module(module))


def test_there_are_at_most_fifteen_forms():
    assert [int(number) for number, _ in FORMS] == list(range(1, len(FORMS) + 1))
    assert 10 <= len(FORMS) <= MOST
