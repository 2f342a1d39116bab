"""The panels as HTML, without a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.app import hostile
from timeline.app import panels
from timeline.app.analysis import parts_of
from timeline.app.editor.editor_page import status_html
from timeline.app.live import Live
from timeline.app.parts import Audited, PlacedEntry, Reason, Record, Request
from timeline.core.text.unbroken_dates import DATE

ROOT = Path(__file__).parents[2]
NAME = "<script>window.attacked=1</script>.yaml"
KNOWN = {  # elements that the templates and figures have
    *("h2", "h3", "p", "ol", "ul", "li", "pre", "code", "span", "strong", "div", "table", "thead"),
    *("tbody", "tr", "th", "td", "dl", "dt", "dd", "details", "summary", "figure", "figcaption"),
    *("svg", "defs", "pattern", "g", "path", "text"),
}


class Elements(HTMLParser):
    """The elements of a page, their attributes, and what it shows as text."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.names, self.keys, self.text = set(), set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.keys |= {key for key, _ in attrs}

    def handle_data(self, data):
        self.text += data


def live(*texts, path="case.yaml"):
    state = Live()
    for number, text in enumerate(texts, start=1):
        state = state.submitted(number)
        for part in parts_of(Request(text=text, path=Path(path))):
            state = state.received(number, part)
    return state


@pytest.mark.parametrize("number", range(len(hostile.MARKUP)))
def test_script_in_every_field_is_shown_as_text(number):
    state = live(hostile.case(number), hostile.broken(number), path=NAME)
    shown = ""
    for panel in panels.PANELS.values():
        found = Elements(panel(state))
        assert found.names <= KNOWN
        assert not [key for key in found.keys if key.startswith("on") or key in ("src", "href")]
        shown += found.text
    assert shown.count(hostile.MARKUP[number]) > 5
    assert state.record.newest.faults


def test_a_broken_file_keeps_the_last_figure_and_shows_its_problems():
    text = (ROOT / "cases/jin2025.yaml").read_text()
    state = live(text, text.replace("2023-06-09", "2023-06-39"), path=ROOT / "cases/jin2025.yaml")
    problems, figure = panels.problems(state), panels.figure(state)
    assert "2023-06-39" in problems
    assert "2023-06-39" in Elements(problems).text  # the line of the file
    assert "Not of the newest text." in figure
    assert "<svg" in figure
    assert "last contact 2023-06-09" in Elements(figure).text
    assert panels.status(state) == f"{len(state.record.newest.faults)} problems."


def test_a_sound_file():
    path = ROOT / "cases/wang2023.yaml"
    state = live(path.read_text(), path=path)
    assert "None." in Elements(panels.problems(state)).text
    for panel in panels.PANELS.values():
        assert "Not of the newest text" not in panel(state)
    assert (
        "error contradicted: PFS line 4: printed 8.4 months" in Elements(panels.audit(state)).text
    )
    assert panels.status(state).startswith("No problems. 35 events, 4 lines, 278 claims.")
    # how the marks are read is below the figure, as it is in a report
    read = Elements(panels.figure(state)).text.partition("How the figure is read")[2]
    assert read.startswith("Markers are placed at the midpoint of the possible dates;")
    # no line of a panel ends within a date; attributes and figures stay as they are
    for name in ("figure", "endpoints", "scans", "events", "audit"):
        html = re.sub("<svg.*</svg>", "", panels.PANELS[name](state), flags=re.DOTALL)
        dates = re.findall(DATE, re.sub("<[^>]*>", " ", html))
        assert html.count('<span class="date">') == len(dates) > 2, name
        assert not re.search('="[^"]*<span', html), name


def test_each_finding_has_its_severity_and_the_status_counts_the_remarks():
    path = ROOT / "cases/wang2023.yaml"
    state = live(path.read_text(), path=path)
    words = Elements(panels.audit(state)).text
    for each in state.audit.content.findings:
        assert f"{each.rule} {each.severity} {each.conclusion}" in words
    # Below the PFS: the events between which it is derived, what reproduces the print, its rule.
    below = words.partition("PFS line 4: printed 8.4 months")[2].partition(" error ")[0]
    for each in ("scan 2022-05 (line ", "reproduced by an end at the iCPD date", "Rule C01 (error)",
                 "Source: whether a printed time is possible: as the GRIM test"):  # fmt: skip
        assert each in below
    remarks = [each.severity for each in state.record.newest.remarks]
    assert remarks == ["warning"] * 3
    assert "Remarks: 3 warnings. Audit:" in panels.status(state)


def test_a_reason_comes_before_its_claims_and_the_heading_promises_no_more():
    def shown(text):
        claim = PlacedEntry(
            words="age 41", path=Path("a.yaml"), file="a.yaml", line=3, column=1, is_here=True
        )
        reason = Reason(conclusion="not checkable", text=text, claims=(claim, claim), number=0)
        audited = Audited(reasons=(reason,), is_done=True)
        return Elements(panels.audit(Live().submitted(1).received(1, audited))).text

    words = shown("only one age is printed")
    assert "only one age is printed: age 41 line 3; age 41 line 3" in " ".join(words.split())
    assert "Not checkable: what is missing" in words
    assert "what to write" not in words
    assert "what is missing, and what to write" in shown("no cycle (write cycle: on it)")


def test_the_audit_shows_the_claims_of_a_chosen_verdict_alone():
    """From 20 to 30 mm is no PR: contradicted. The date is that of the scan."""
    state = live(
        "case: a\nreport: {title: t}\npatient: {age: 58}\nevents:\n"
        "  - {treatment: 2021-01, line: 1, drugs: a}\n"
        "  - {scan: 2021-01-01, baseline: 1, sum: 20 mm}\n"
        "  - {scan: 2021-05, line: 1, sum: 30 mm, printed: {response: PR}}\n"
        "claims:\n  - {date: May 2021, of: scan 2021-05}\n"
    )
    every = panels.audit(state)
    conclusions = [each.conclusion for each in state.audit.content.verdicts]
    assert "contradicted" in conclusions
    for verdict in panels.VERDICTS:
        shown = Elements(panels.audit(state, verdict=verdict)).text
        count = conclusions.count(verdict)
        assert f"Shown: {verdict} only, {count} of {len(conclusions)} claims." in shown
        assert ("response" in shown) == (verdict == "contradicted")
    assert "Shown:" not in every
    agrees = next(each for each in conclusions if each in panels.WITHOUT_REASON)
    assert "May 2021" in panels.audit(state, verdict=agrees)


def test_the_mark_is_below_the_column():
    (fault, *_) = live("case: x\nevents:\n\t- {scan: 2021}\n").record.newest.faults
    line, mark = fault.text, panels.caret(fault)
    assert line[: len(mark) - 1].replace("\t", "") == mark[:-1].replace("\t", "").replace(" ", " ")


def test_every_panel_begins_with_the_heading_that_names_it():
    for name, panel in panels.PANELS.items():
        assert f'<h2 id="{name}-title">{panel.title}</h2>' in panel(Live())


CLAIM = """
claims:
  Abstract:
    - {PFS: 4 months, to: scan 2030}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("case: x\nevents:\n  - {death: 2021-13}\n", "1 problem."),
        ("case: x\nevents:\n  - {death: 2021-13}\n  - {scan: 2021-14}\n", "2 problems."),
        ("case: x\nevents:\n  - {scan: 2021-13}\n  - {scan: 2021-13}\n", "2 problems in 1 entry."),
        ("case: x\nevents:\n  - {death: 2021-03}\n", "No problems. 1 event, 0 lines."),
        (f"case: x\nevents:\n  - {{death: 2021-03}}{CLAIM}", "1 problem."),  # sound, but for it
    ],
)
def test_the_status_counts_the_problems(text, expected):
    assert panels.status(live(text)).startswith(expected)


def test_a_page_with_an_editor_makes_links_of_the_places():
    path = ROOT / "cases/wang2023.yaml"
    state = live(path.read_text(), path=path)
    seen = []

    def link(each, words):
        seen.append((each, words))
        return f"<a href='#x'>{each.line}</a>"

    assert "<a href='#x'>" in panels.audit(state, link)
    report = ROOT / "seeds/wang2023.yaml"
    lines = report.read_text().splitlines()
    each, words = next(pair for pair in seen if "PFS line 4: printed 8.4" in pair[0].text)
    assert (each.path, each.is_here) == (report, False)
    assert words == f"../seeds/wang2023.yaml, line {each.line}"
    merged = [each for each in state.audit.content.findings if each.others]
    assert merged
    for finding in merged:  # each claim of it has a link, and no place has two
        places = [(e.path, e.line, e.column) for e in (finding, *finding.others)]
        assert len(places) == len(set(places))
        assert set(places) <= {(e.path, e.line, e.column) for e, _ in seen}
    assert "PFS: 8.4," in lines[each.line - 1]
    assert "<a " not in panels.audit(state)
    assert "<a href='#x'>" in panels.remarks(state, link)


def test_texts_of_other_files_that_are_not_saved_are_read_in_their_place():
    case, report = ROOT / "cases/wang2023.yaml", ROOT / "seeds/wang2023.yaml"
    changed = report.read_text().replace("claims:", "claimss:", 1)
    request = Request(text=case.read_text(), path=case, others={report.resolve(): changed})
    record = next(part for part in parts_of(request) if isinstance(part, Record))
    assert "claimss" in record.problems[0].what
    assert record.faults[0].text.startswith("claimss:")
    assert (record.faults[0].path, record.faults[0].is_here) == (report, False)


def test_the_status_of_the_editor_begins_with_the_problems():
    text = "case: x\nevents:\n  - {death: 2021-13}\n"
    shown = status_html("Saved. ", live(text), "")
    assert shown.startswith('<span class="fault">1 problem.</span> Saved.')
    sound = status_html("Saved. ", live(text.replace("13", "03")), "")
    assert sound.startswith("Saved. No problems.")
