"""Every command on every case and report of the project: no exception, sound JSON, XML and files.

Of each file: `check`, `show` and `audit` as text and as JSON, and of the many (each policy,
endpoint, criterion, page, figure, machine) a sample that is the same each time, another for each
file. The whole check is `tests.bench.walk_commands`.
"""

from __future__ import annotations

import itertools
import json

import pytest

from tests.situations import command_walk as walk

pytestmark = pytest.mark.usefixtures("flagged_once")
FULL = ((), ("--json",))
EVERY_DRAWING = 9  # files from one with a drawing to the next


def _sample(rows, place: int):
    """One of some rows, another for each file; 7 shares no factor with the lists walked."""
    rows = tuple(rows)
    return rows[place * 7 % len(rows)]


def _walked(file, place: int):
    """The commands that are run on one file."""
    name = str(file)
    forms = FULL if file.parent.name in ("cases", "seeds") else (_sample(FULL, place),)
    yield from ((command, name, *form) for command in ("check", "show", "audit") for form in forms)
    if len(forms) > 1 or not place % 2:
        yield ("show", name, "--policy", "all", "--json")
    yield _sample(walk.explained(file), place)
    yield _sample(itertools.chain(walk.in_text(file), walk.by_criterion(file)), place)
    if not place % 3:
        yield _sample(walk.pages(file), place)
    if not place % EVERY_DRAWING:
        yield _sample(walk.drawn(file), place)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder that is the current one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    ("place", "file"),
    [pytest.param(*row, id=f"{row[1].parent.name}/{row[1].name}") for row in enumerate(walk.FILES)],
)
def test_every_file_by_every_command(place, file, here):
    before = file.read_bytes()
    assert not "".join(walk.run(words, here) for words in _walked(file, place))
    assert file.read_bytes() == before


def test_every_example_of_the_pages_by_every_command(tmp_path, here):
    files = walk.blocks(tmp_path)
    assert len(files) >= 4
    for place, file in enumerate(files):
        assert not "".join(walk.run(words, here) for words in _walked(file, place))


@pytest.mark.parametrize("words", walk.ALONE, ids=" ".join)
def test_commands_that_read_no_case(words, here):
    assert not walk.run(words, here)


@pytest.mark.parametrize("rows", [walk.drawn, walk.machines], ids=lambda row: row.__name__)
def test_some_figures_of_a_case(rows, here):
    file = walk.ROOT / "cases" / "jin2025.yaml"
    assert not "".join(walk.run(words, here) for words in tuple(rows(file))[:: EVERY_DRAWING - 3])


def test_files_shared_by_two_processes(here):
    names = [str(path) for path in walk.FILES[:2]]
    assert not walk.run(("audit", *names, "--json", "--jobs", "2"), here)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        pytest.param("assessed-every", "8 weeks", id="one interval"),
        pytest.param("assessed-every", "every 6 weeks for 24 weeks, then every 12 weeks",
                     id="a schedule that changes"),
        pytest.param("cycles", "about 20", id="a hedged number of cycles"),
        pytest.param("cycle", "3 weeks", id="a length"),
    ],
)  # fmt: skip
def test_a_treatment_is_in_json_as_it_is_written(key, written, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "case: a\nevents:\n"
        f'  - {{treatment: 2022-02, line: 1, drugs: doxorubicin, {key}: "{written}"}}\n',
        "utf-8",
    )
    done = walk.CliRunner().invoke(walk.app, ["show", str(path), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["events"][0][key] == written
