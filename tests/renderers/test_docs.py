"""The page on figures names every figure, wish and preset, with the measures of the table."""

from pathlib import Path

import pytest

from renderers import FIGURES
from renderers.scene.journals import PRESETS
from tests.rows import every_row

PAGE = (Path(__file__).parents[2] / "docs" / "figures.md").read_text()


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_described(name):
    assert f"| `{name}` |" in PAGE


@every_row(
    ("figure", "wish"),
    [
        (name, wish)
        for name, kind in FIGURES.items()
        if name != "swimmer"  # its options have a page of their own
        for wish in kind.option_table()
    ],
)
def test_every_option_is_described_with_its_figure(figure, wish):
    rows = [line for line in PAGE.splitlines() if f"| `{wish}` |" in line]
    assert any(figure in line.split("|")[1] for line in rows)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_every_preset_is_listed_with_its_measures(preset):
    columns = ", ".join(f"{name} {width:g}" for name, width in preset.columns)
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{preset.name}` |"))
    assert f"| {columns} | {preset.height:g} | {preset.least:g}" in row
    assert f"| {preset.dpi} |" in row
