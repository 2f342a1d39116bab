from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from timeline.auditing import Conclusion, Verdict
from timeline.cli.app import app
from timeline.report.claims import Claim, Report
from timeline.views.audit_page import TEMPLATES, page, render
from timeline.views.case_report import CaseReport

ROOT = Path(__file__).parents[2]
WANG = ROOT / "seeds" / "wang2023.yaml"


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


class Balance(HTMLParser):
    """Whether every element is closed in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("suffix", list(TEMPLATES))
def test_a_page_is_written_whole_and_the_exit_code_stays(tmp_path, suffix):
    out = tmp_path / f"audit{suffix}"
    done = run("audit", WANG, "-o", out)
    assert done.exit_code == 1
    assert [each.name for each in tmp_path.iterdir()] == [out.name]
    text = out.read_text()
    assert "PFS line 4: 8.4 months" in text
    assert "213 to 273 days" in text
    assert "Not checkable" in text


def test_the_page_is_html_without_anything_from_elsewhere(tmp_path):
    out = tmp_path / "audit.html"
    run("audit", WANG, "-o", out)
    text = out.read_text()
    balance = Balance()
    balance.feed(text)
    assert balance.open == []
    assert not re.search(r"src=", text)
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    assert {f"#{each}" for each in ids} >= set(re.findall(r'href="([^"]*)"', text))  # all within
    assert ids >= {"rule-C01", "rule-C09"}  # what decides, and what it rests on
    assert 'scan <span class="date">2022-05</span> (wang2023.yaml, line ' in text


@pytest.mark.parametrize("template", TEMPLATES.values())
def test_what_comes_from_a_file_is_escaped(template):
    nasty = "<script>x</script> | y"
    claim = Claim(kind="name", text=nasty, value=nasty, about=nasty, place=nasty)
    source = Report(name="s", title=nasty if "html" in template else "t", claims=(claim,))
    verdict = Verdict(
        claim=claim, conclusion=Conclusion.CONTRADICTED, description=nasty, notes=(nasty,)
    )
    case_report = CaseReport(path=Path("s.yaml"), content=source, report=source)
    text = render(template, page(case_report, (verdict,)))
    assert "<script>" not in text
    if "md" in template:
        rows = [line for line in text.splitlines() if "script" in line and line.startswith("|")]
        columns = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
        assert columns == {6, 4}  # the five parts of a finding, and the three of what it rests on


@pytest.mark.parametrize(
    ("words", "description"),
    [
        ((WANG, "-o", "x.docx"), "write .html, .md"),
        ((WANG, ROOT / "seeds" / "jin2025.yaml", "-o", "x.md"), "a page is for one report"),
        ((WANG, "-o", "/nowhere/x.md"), "no folder '/nowhere'"),
    ],
)
def test_a_page_that_cannot_be_written_is_refused(words, description):
    done = run("audit", *words)
    assert done.exit_code == 2
    assert description in done.output
