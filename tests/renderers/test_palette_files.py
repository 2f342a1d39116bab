"""A palette file next to the data is used, checked, and written on request."""

import pytest
from typer.testing import CliRunner

from renderers.scene.palette_file import palette_of
from timeline.cli.app import app

CASE = """\
case: a
events:
  - {treatment: 2021-01-01/2021-12-01, line: 1, drugs: doxorubicin}
  - {last contact: 2022-03-01}
"""
LANES = "id,start,end,state,ongoing\nA,0,10,doxorubicin,yes\nB,0,5,placebo,yes\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "lanes.csv"
    path.write_text(LANES)
    return path


def draw(table, *more):
    out = table.with_name("out.svg")
    words = ["draw", "--table", table, "--option", "unit=months", "-o", out, *more]
    return CliRunner().invoke(app, list(map(str, words))), out


def test_the_palette_next_to_the_data_is_used(table):
    table.with_name("palette.yaml").write_text('doxorubicin: "#123456"\n')
    done, out = draw(table)
    assert done.exit_code == 0, done.output
    assert "#123456" in out.read_text()


def test_a_palette_is_written_on_request_and_keeps_its_entries(table):
    path = table.with_name("colours.yaml")
    path.write_text('placebo: "#123456"\n')
    done, _ = draw(table, "--write-palette", path)
    assert done.exit_code == 0, done.output
    assert path.read_text().splitlines()[1:] == ['placebo: "#123456"', 'doxorubicin: "#A44C4E"']


def test_a_faulty_palette_is_named_with_its_place_and_nothing_is_drawn(table):
    path = table.with_name("palette.yaml")
    path.write_text("doxorubicin: #123456\nplacebo: rde\n")
    done, out = draw(table)
    assert done.exit_code == 2
    assert f"{path}:1:13: not a colour: doxorubicin: ''" in done.stderr
    assert f"{path}:2:10: not a colour: placebo: 'rde'" in done.stderr
    assert not out.exists()


def test_another_file_is_not_taken_for_a_palette(table):
    case = table.with_name("case.yaml")
    case.write_text("case: A\nevents: []\n")
    done, out = draw(table, "--write-palette", case)
    assert done.exit_code == 2
    assert not out.exists()
    assert case.read_text() == "case: A\nevents: []\n"


@pytest.mark.parametrize("command", ["check", "draw"])
def test_the_palette_among_cases_is_no_case(tmp_path, command):
    """As where the shell writes out cases/*.yaml."""
    case, palette = tmp_path / "a.yaml", tmp_path / "palette.yaml"
    case.write_text(CASE)
    palette.write_text('doxorubicin: "#123456"\n')
    out = tmp_path / "out.svg"
    more = ["-o", out, "--figure", "swimmer"] if command == "draw" else []
    done = CliRunner().invoke(app, list(map(str, [command, case, palette, *more])))
    assert done.exit_code == 0, done.output
    assert command == "check" or "#123456" in out.read_text()


@pytest.mark.parametrize(
    ("states", "more", "expected"),
    [
        pytest.param(("anlotinib", "pazopanib"), [], True, id="both are kinase inhibitors"),
        pytest.param(("anlotinib", "penpulimab"), [], False, id="each has the hue of its class"),
        pytest.param(("anlotinib", "pazopanib"), ["--write-palette", "palette.yaml"], False,
                     id="the colours are written to a file"),
    ],
)  # fmt: skip
def test_a_name_that_takes_another_colour_beside_others_is_noted(
    tmp_path, monkeypatch, states, more, expected
):
    monkeypatch.chdir(tmp_path)
    rows = [f"{n},0,5,{state},yes" for n, state in enumerate(states)]
    (tmp_path / "lanes.csv").write_text("\n".join(["id,start,end,state,ongoing", *rows, ""]))
    words = ["draw", "--table", "lanes.csv", "--option", "unit=months", "-o", "a.svg", *more]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    noted = (
        "pazopanib is not in its usual colour, which another name of this figure has" in done.output
    )
    assert noted is expected


NAMED = [  # a colour as it is written, its fill and stripe; CSS Color Module Level 4, named colors
    pytest.param("gold", ("#FFD700", ""), id="a name of CSS"),
    pytest.param("rebeccapurple striped", ("#663399", "#FFFFFF"), id="with a stripe"),
    pytest.param("#ffd700", ("#FFD700", ""), id="in digits"),
    pytest.param("none", None, id="no colour at all"),
    pytest.param("goldd", None, id="a misspelt name"),
    pytest.param("0.5", None, id="a share of grey is no name"),
]


@pytest.mark.parametrize(("written", "colour"), NAMED)
def test_a_colour_may_be_a_name_that_matplotlib_knows(written, colour):
    if colour is None:
        with pytest.raises(ValueError, match=r"not a colour: Arm B: .*as 'gold'"):
            palette_of({"Arm B": written})
        return
    swatch = palette_of({"Arm B": written}).swatches(["Arm B"])["Arm B"]
    assert (swatch.fill, swatch.stripe) == colour
