"""Every case of the repository as a report: none fails, and what it has is on the page."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import docx
import pypdf
import pytest
from typer.testing import CliRunner

from tests.pango import skip_without_pango
from tests.views.board_report.pdf_structure import Structure
from tests.views.board_report.records import ROOT, blocks, table
from timeline.cli.app import app
from timeline.record.events import Scan
from timeline.views.board_report import BoardReport
from timeline.views.board_report.content import Figure, Paragraph, Table
from timeline.views.board_report.formats.page import page_text
from timeline.views.case_report import load_each

skip_without_pango(module=True)

FOLDERS = ("cases", "docs/examples", "tests/situations/inputs")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.yaml"))
# a published and a made-up case, as PDF and DOCX too, each on one of the two papers
PRINTED = (("cases/jin2025.yaml", "letter"), ("docs/examples/short_report.yaml", "a4"))


def loaded(path: Path):
    return load_each([path], {})[0].case_report


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_case_is_whole_on_its_page(path):
    found = loaded(path)
    if found is None or found.derived is None:
        pytest.skip("a file with faults, or of no single patient")
    content = BoardReport((found,)).content
    page = page_text(content)
    case = found.derived.case
    assert len(table(content, "lines")) == len(case.lines) if case.lines else True
    scans = [row["scan"] for each in blocks(content, Table) if each.key.startswith("scans-")
             for row in each.records()]  # fmt: skip
    assert len(scans) >= len(case.all_of(Scan))
    assert not [each for each in blocks(content, Paragraph) if "cannot be drawn" in each.text and
                "no event has a date" not in each.text]  # fmt: skip
    assert page.count("<h1>") == 1
    assert page.count("<thead") == page.count("<table")
    assert page.count("<svg") == page.count('role="img"') == page.count("<desc")
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
    assert all(later - before <= 1 for before, later in pairwise(levels))


@pytest.fixture(scope="module", params=PRINTED, ids=lambda row: row[1])
def written(request, tmp_path_factory):
    """The report in every format, as the command writes it, with the title of its content."""
    name, paper = request.param
    folder = tmp_path_factory.mktemp(paper)
    out = [word for kind in ("html", "pdf", "docx") for word in ("-o", str(folder / f"a.{kind}"))]
    done = CliRunner().invoke(app, ["report", str(ROOT / name), *out, "--paper", paper])
    assert done.exit_code == 0, done.output
    return folder, BoardReport((loaded(ROOT / name),)).content, paper


def test_the_pdf_is_tagged_as_a_screen_reader_needs_it(written):
    folder, content, paper = written
    reader = pypdf.PdfReader(folder / "a.pdf")
    structure = Structure(reader)
    assert structure.faults == []
    assert structure.levels[:2] == [1, 2]
    assert reader.metadata.title == content.title
    # 210 mm are 595 points, 8.5 inches 612
    assert round(float(reader.pages[0].mediabox.width)) == {"a4": 595, "letter": 612}[paper]
    foot = f"{content.title}\n{len(reader.pages)} of {len(reader.pages)}"
    assert flat(foot) in flat(reader.pages[-1].extract_text())


def test_the_document_has_its_headings_pictures_and_header_rows(written):
    folder, content, paper = written
    document = docx.Document(folder / "a.docx")
    titles = [each.text for each in document.paragraphs if each.style.name == "Heading 2"]
    assert titles == [each.title for each in content.sections]
    assert len(document.tables) == len(blocks(content, Table))
    assert all(each.rows[0]._tr.trPr.xpath("./w:tblHeader") for each in document.tables)
    figures = [each for each in blocks(content, Figure) for _ in each.scenes]
    texts = [each._inline.docPr.get("descr") for each in document.inline_shapes]
    assert figures
    assert all(text.startswith(each.alt[:40]) for each, text in zip(figures, texts, strict=True))
    assert round(document.sections[0].page_width.mm) == {"a4": 210, "letter": 216}[paper]


def flat(text: str) -> str:
    return "".join(text.split())


def audits_with_a_word_wider_than_a_page(folder):
    """Pages of a claim that agrees and of one that is contradicted, each with a long place."""
    made = []
    for printed in ("5.9 months", "8.4 months"):  # 1 February to 1 August 2022 are 5.95 months
        file = folder / f"audit {printed}.yaml"
        place = "name_without_a_place_to_break_" * 4
        file.write_text(
            f"case: long\nreport: {{title: {place}, citation: {place}}}\n"
            f"events:\n  Case:\n    - {{scan: 2022-01-20, baseline: 1, what: {place}}}\n"
            f"    - {{treatment: 2022-02-01/2022-08-01, line: 1, drugs: {place},\n"
            f"       printed: {{PFS: {printed}, place: {place}}}}}\n"
            "    - {scan: 2022-08-01, target: PD}\n"
        )
        out = file.with_suffix(".html")
        CliRunner().invoke(app, ["audit", str(file), "-o", str(out)])
        assert place in out.read_text()
        made.append(out.as_uri())
    return made


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium")
def test_the_page_has_no_serious_fault_for_those_who_cannot_see_it(written):
    api = pytest.importorskip("playwright.sync_api")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    folder, _, paper = written
    if paper != PRINTED[0][1]:
        pytest.skip("the longer of the two reports is looked at")
    audits = audits_with_a_word_wider_than_a_page(folder)
    with api.sync_playwright() as play:
        program = shutil.which("chromium")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for width, scheme in ((1280, "light"), (400, "dark")):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for address in (*audits, (folder / "a.html").as_uri()):
                page.goto(address)
                wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                assert wide <= 0, address
            found = axe.run(page).response["violations"]
            assert not [(each["id"], each["nodes"][0]["html"]) for each in found
                        if each["impact"] in ("serious", "critical")]  # fmt: skip
        browser.close()
