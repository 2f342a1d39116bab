"""Every command that a page shows as ``sh`` is run, in its order; or it is said why not.

Blocks ``{run}`` are run by the build of the site (docs/_extensions/run_commands.py), and so is a
line that stands in one of them as well.
"""

from __future__ import annotations

import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.pango import skip_without_pango
from timeline.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = [
    path
    for path in (*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*/README.md")),
                 ROOT / "README.md", ROOT / "CONTRIBUTING.md")
    if "_build" not in path.parts and "```sh\n" in path.read_text("utf-8")
]  # fmt: skip

RUN_BY_THE_SITE = {
    line
    for path in (ROOT / "docs").rglob("*.md")
    for block in re.findall(r"```\{run\}\n(.*?)```", path.read_text("utf-8"), re.DOTALL)
    for line in block.splitlines()
}
NOT_RUN = {  # the first words of a line, and why it is not run here
    "python3 .ci/make.py": "sets up an environment, with the network",
    "mkdir": "a command of the shell",
    "timeline app": "serves until it is stopped; tests/app and tests/cli/test_help.py start it",
    "timeline watch": "serves until it is stopped; tests/app and tests/cli/test_help.py start it",
    "timeline report cases/wang2023.yaml -o wang2023.pdf": "tests/views/board_report runs it",
    "timeline report cases/wang2023.yaml --short": "takes long; tests/cli/test_report_command.py",
    "timeline gallery": "the example of its help is run by tests/cli/test_help.py; this takes long",
}
EXIT_CODES = {  # of the lines that do not end with 0, as their page says
    "timeline check cases/wang2023.yaml --text": 1,  # the made-up text below has few of the values
    "timeline draw --table tests/data/ggswim/ggswim_patient_data.csv": 2,
}
TEXT = (
    "Case presentation\n\nA 61-year-old woman was treated with doxorubicin 75 mg/m2 from May 2021. "
    "CT in August 2021 showed a partial response.\n"
)
JATS = (
    "<article><front><article-meta><title-group><article-title>A case</article-title>"
    "</title-group></article-meta></front><body><sec><title>Case presentation</title>"
    "<p>She was treated with doxorubicin from May 2021.</p></sec></body></article>\n"
)
CASE = "case: draft\nevents:\n  - {treatment: 2021-05/.., line: 1, drugs: doxorubicin}\n"
LANES = "id,start,end,state,ongoing\nP01,0,5.5,A,no\nP02,0,12,B,yes\n"
INPUTS = {  # files that the reader has, by the name that a line gives them
    "lanes.csv": LANES,
    "events.csv": "id,time,event\nP01,5.5,death\n",
    "times.csv": "id,months,event\nP01,5.5,1\nP02,12,0\n",
    "sums.csv": "id,arm,time,sum\nP01,A,0,40\nP01,A,60,28\nP02,B,0,50\nP02,B,60,62\n",
    "best.csv": "id,change\nP01,-30\nP02,24\n",
    "report.txt": TEXT,
    "trial.txt": "Results\n\nThe median progression-free survival was 5.2 months in 40 patients.\n",
    "PMC0000000.xml": JATS,
    "report.pdf": TEXT,
    "wang2023.pdf": TEXT,
    "draft.yaml": CASE,
}
FILLED = """\
event,date,end,line,drugs
diagnosis,2021-03,,,
treatment,2021-04,2021-09,1,doxorubicin
"""


def lines_of(page: Path) -> list[str]:
    """The lines of the blocks of a page, without remarks; a line that goes on is one."""
    text = "\n".join(re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL))
    lines = text.replace("\\\n", " ").splitlines()
    return [line for line in lines if shlex.split(line, comments=True)]


def pdf_of(text: str) -> bytes:
    """A PDF with a text, as a report is one."""
    weasyprint = pytest.importorskip("weasyprint")
    made: bytes = weasyprint.HTML(string=f"<h1>Case</h1><p>{text}</p>").write_pdf()
    return made


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder as the reader has it: the project's own files, none of which may be written."""
    for name in ("cases", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("docs", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(words: list[str], folder: Path) -> None:
    """Run a line; inputs that it names are there, and the files that it promises are written."""
    words, into = _redirected(words)
    words = [each for word in words for each in _files(word, folder)]
    outputs = [word for before, word in pairwise(words) if before == "-o"]
    for name in words:
        text = INPUTS.get(name)
        if text is not None and name not in outputs and not (folder / name).exists():
            content = pdf_of(text) if name.endswith(".pdf") else text.encode()
            (folder / name).write_bytes(content)
    if words[:2] == ["timeline", "import"]:
        (folder / words[2]).write_text(FILLED)
    done = CliRunner().invoke(app, words[1:])
    line = shlex.join(words)
    expected = next((code for begin, code in EXIT_CODES.items() if line.startswith(begin)), 0)
    assert done.exit_code == expected, f"{line}\n{done.output}"
    if into:
        (folder / into).write_text(done.stdout)
    for name in outputs:
        several = Path(name).stem + "-1" + Path(name).suffix  # a figure on several pages
        assert (folder / name).exists() or (folder / several).exists(), line


def _redirected(words: list[str]) -> tuple[list[str], str]:
    """The words of a command, and the file that its output goes to."""
    if ">" not in words:
        return words, ""
    at = words.index(">")
    return words[:at], words[at + 1]


def _files(word: str, folder: Path) -> list[str]:
    """The files that a pattern of the shell means; a word without one is itself."""
    if "*" not in word:
        return [word]
    return sorted(str(each.relative_to(folder)) for each in folder.glob(word)) or [word]


@pytest.mark.filterwarnings("ignore:.*columns read by their names")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_commands_of_a_page_run(page, folder):
    for line in lines_of(page):
        if line.startswith(tuple(NOT_RUN)) or line in RUN_BY_THE_SITE:
            continue
        if ".pdf" in line and line.startswith("timeline report"):
            skip_without_pango()
        run(shlex.split(line, comments=True), folder)


def test_every_reason_is_of_a_line():
    """A line that a page no longer shows leaves no row behind."""
    every = [line for page in PAGES for line in lines_of(page)]
    for begin in (*NOT_RUN, *EXIT_CODES):
        assert any(line.startswith(begin) for line in every), begin
    words = {word for line in every for word in shlex.split(line, comments=True)}
    assert set(INPUTS) <= words
