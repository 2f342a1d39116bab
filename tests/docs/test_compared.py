"""What the page of comparisons says of the example tables of another package is so."""

import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from timeline.cli.app import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "compared.md").read_text("utf-8")
# A row of the table: how many messages, of which kind, the words of the fault, one with its line.
ROW = re.compile(r"\| (\d+) (error|warning)s? \| ([^|]+) \| [^|]*line (\d+), patient (\d+)[^|]*\|")


def command():
    """The words of the command that draws the tables, as the page has it."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    (block,) = [each for each in blocks if "ggswim" in each]
    return shlex.split(block.replace("\\\n", " "))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """The exit code, what is printed and the file of the command of the page."""
    program, *words = command()
    assert program == "timeline"
    out = tmp_path_factory.mktemp("compared") / words.pop()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        done = CliRunner().invoke(app, [*words, str(out)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output, out


def counted(output):
    """How many messages there are of each kind and fault, and the lines that each is given for."""
    found, lines = Counter(), set()
    for line in output.splitlines():
        if match := re.match(r"(warning: )?\S+csv:(\d+):\d+: (\d+): (.*)", line):
            kind, what = "warning" if match[1] else "error", re.split("[:,(]", match[4])[0].strip()
            found[kind, what] += 1
            lines.add((kind, what, match[2], match[3]))
    return found, lines


def test_the_page_counts_each_kind_of_fault():
    """Counted in the tables by hand: 7 rows backwards, 3 without length, 30 pairs that overlap.

    11 of the pairs have two states. 8 patients are in no table of ends, which is one message.
    """
    printed = {(kind, what): int(count) for count, kind, what, _, _ in ROW.findall(PAGE)}
    assert printed == {
        ("error", "runs backwards"): 7,
        ("error", "has no length"): 3,
        ("error", "two states at once"): 11,
        ("error", "the lane ends without marker or arrow"): 1,
        ("warning", "one state twice"): 30 - 11,
    }
    assert "22 errors and 19 warnings" in PAGE  # 7 + 3 + 11 + 1, and 30 - 11


def test_the_command_names_what_the_page_says(drawn):
    code, output, _ = drawn
    found, lines = counted(output)
    rows = ROW.findall(PAGE)
    assert code == 2  # drawn, in spite of errors
    assert found == {(kind, what): int(count) for count, kind, what, _, _ in rows}
    assert {(kind, what, line, patient) for _, kind, what, line, patient in rows} <= lines
    assert "22 errors, 19 warnings; 15 invalid rows omitted" in output


def test_the_command_draws_one_picture(drawn):
    assert drawn[2].stat().st_size > 10_000


def test_the_command_draws_nothing_unless_rows_may_be_omitted(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    words = [word for word in command()[1:-1] if word != "--skip-invalid"]
    done = CliRunner().invoke(app, [*words, str(tmp_path / "ggswim.png")])
    assert done.exit_code == 2
    assert "nothing was drawn" in done.output
    assert not list(tmp_path.iterdir())
