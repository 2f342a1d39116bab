"""Files that mean harm, names in other scripts, and records with almost nothing in them."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import docx
import pypdf
import pytest

from tests.pango import skip_without_pango
from tests.views.board_report.records import blocks, content_of_text, facts, figures, items
from timeline.core.text.inert_text import in_reading_order
from timeline.views.board_report import BoardReport
from timeline.views.board_report.content import Paragraph
from timeline.views.board_report.formats.document import document_bytes
from timeline.views.board_report.formats.page import page_text
from timeline.views.board_report.formats.pdf import pdf_bytes
from timeline.views.case_report import load_all

skip_without_pango(module=True)

NASTY = '<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ page }}'
_Q = json.dumps(NASTY)
_DRUG = json.dumps(NASTY.replace("{{ page }}", ""))  # braces are no part of a drug
SCRIPTS = f"""
case: {_Q}
report: {{title: {_Q}, citation: {_Q}, licence: {_Q}}}
patient: {{sex: {_Q}, age: 61, diagnosis: {_Q}, site: {_Q}, note: {_Q}}}
lesions: {{{_Q}: {{organ: {_Q}}}}}
events:
  {_Q}:
    - {{diagnosis: 2020-01, what: {_Q}, stage: {_Q}, grade: {_Q}, site: {_Q}, note: {_Q}}}
    - {{biomarker: 2020-02, name: {_Q}, result: {_Q}, assay: {_Q}}}
    - {{lab: 2020-02, values: {{{_Q}: 3 U/L}}, what: {_Q}, note: {_Q}}}
    - {{surgery: 2020-03, what: {_Q}, site: {_Q}}}
    - {{scan: 2020-04-01, baseline: 1, modality: {_Q}, lesions: {{{_Q}: 30 mm}}, what: {_Q}}}
    - {{treatment: 2020-04-10/2020-09-01, line: 1, drugs: [{_DRUG}], note: {_Q}}}
    - {{scan: 2020-06-01, lesions: {{{_Q}: 40 mm}}, called: {{PD: {_Q}}}, note: {_Q}}}
    - {{toxicity: 2020-05, what: {_Q}, grade: 2, management: {_Q}}}
    - {{death: 2021-01, cause: {_Q}}}
claims:
  {_Q}:
    - {{name: {_Q}, about: {_Q}}}
    - {{PFS: 9, unit: months, line: 1}}
"""


class Elements(HTMLParser):
    """The names of the elements of a page, and of their attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_a_script_in_every_field_is_shown_as_text(tmp_path):
    content = content_of_text(tmp_path, SCRIPTS).content
    page = page_text(content)
    elements = Elements()
    elements.feed(page)
    assert not {"script", "img", "iframe", "link"} & elements.tags
    assert not [name for name in elements.attributes if name.startswith("on")]
    shown = page.count("&lt;script&gt;alert(1)")
    assert shown > 40  # in the heading, the patient, each table, the audit and the sources
    assert "{{ page }}" in page  # not taken for a template
    document = docx.Document(io.BytesIO(document_bytes(content)))
    assert NASTY in document.paragraphs[0].text
    pdf = pypdf.PdfReader(io.BytesIO(pdf_bytes(content)))
    assert "<script>" in pdf.pages[0].extract_text()
    assert not any("/JS" in str(page.get("/AA", "")) for page in pdf.pages)
    assert "/OpenAction" not in pdf.trailer["/Root"]


def test_the_dates_after_a_name_from_right_to_left_keep_their_order(tmp_path):
    """By UAX 9 digits after a Hebrew letter go to its left: the end would be read as the start."""
    drug = "\u05d3\u05d5\u05e7\u05e1\u05d5"
    text = (
        f"case: '{drug} 1'\npatient: {{diagnosis: '{drug}'}}\nevents:\n  A:\n"
        f"    - {{treatment: 2020-02-05/2020-06-01, line: 1, drugs: '{drug}'}}\n"
        "    - {death: 2020-06-01}\n"
    )
    content = content_of_text(tmp_path, text).content
    assert f"line 1, {drug}, 2020-02-05" in facts(content)["Last line"]
    page = page_text(content)
    assert f'line 1, {drug}\u200e, <span class="date">2020-02-05</span>' in page
    assert f"{drug}\u200e</td>" in page
    assert in_reading_order("line 1, anlotinib, 2020 to 2021") == "line 1, anlotinib, 2020 to 2021"
    assert in_reading_order(f"{drug} {drug}, 5") == f"{drug} {drug}\u200e, 5"
    written = docx.Document(io.BytesIO(document_bytes(content)))
    assert any(f"{drug}\u200e, 2020-02-05" in each.text for each in written.paragraphs)


@pytest.mark.parametrize(
    ("events", "section", "text"),
    [
        (
            "{treatment: 2020-02-05/2020-06-01, line: 1, drugs: doxorubicin}",
            "scans",
            "No scan is on record, so no response is derived.",
        ),
        ("{diagnosis: 2020-01}", "lines", "No systemic line of therapy is on record."),
        ("{death: 2020-01-05}", "toxicities", "No adverse event is on record."),
        ("{diagnosis: .., id: d}", "timeline", "The timeline figure cannot be drawn: "),
    ],
)
def test_what_is_not_on_record_is_said(tmp_path, events, section, text):
    content = content_of_text(tmp_path, f"case: bare\nevents:\n  A:\n    - {events}\n").content
    said = [each.text for each in content.section(section).blocks if isinstance(each, Paragraph)]
    assert said
    assert said[0].startswith(text)
    assert page_text(content)


def test_a_record_without_an_end_asks_for_it(tmp_path):
    text = "case: bare\nevents:\n  A:\n    - {diagnosis: 2020-01}\n"
    content = content_of_text(tmp_path, text).content
    assert facts(content)["Follow-up"] == (
        "neither death nor last contact is on record; no follow-up is on record after 2020-01-31"
    )
    assert "Is the patient alive? Neither death nor last contact is on record." in (
        items(content, "questions")
    )


def test_texts_of_the_longest_length_are_whole(tmp_path):
    long = "x" * 600
    text = (
        f"case: long\nevents:\n  A:\n    - {{diagnosis: 2020-01, note: {long}}}\n"
        f"    - {{treatment: 2020-02/2020-06, line: 1, drugs: doxorubicin, what: {long}}}\n"
        f"    - {{scan: 2020-05, target: stable, what: {long}}}\n"
        "    - {last contact: 2020-07}\n"
    )
    page = page_text(content_of_text(tmp_path, text).content)
    assert (
        len(re.findall(f"(?<!x){long}(?!x)", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)))
        == 3
    )


def test_a_cohort_of_60_patients_has_curves_and_a_row_for_each(tmp_path):
    for n in range(60):
        (tmp_path / f"p{n:02}.yaml").write_text(
            f"case: p{n:02}\nevents:\n  A:\n    - {{diagnosis: 2019-12-0{n % 9 + 1}}}\n"
            f"    - {{scan: 2020-01-02, baseline: 1, sum: 50 mm}}\n"
            f"    - {{treatment: 2020-01-05/2020-0{n % 6 + 3}-20, line: 1, drugs: imatinib}}\n"
            f"    - {{scan: 2020-0{n % 6 + 3}-20, sum: {30 + n} mm, new: none}}\n"
            f"    - {{{'death' if n % 2 else 'last contact'}: 2020-12-{n % 28 + 1:02}}}\n"
        )
    loaded, problems = load_all(sorted(tmp_path.iterdir()))
    assert problems == ()
    content = BoardReport(loaded).content
    assert figures(content) == ["swimmer", "waterfall", "spider", "survival"]
    (text,) = items(content, "summary")
    assert text == "60 patients, 60 systemic lines; 30 died on record."
    page = page_text(content)
    assert len(list(content.section("patients").blocks[0].rows)) == 60
    assert all(f">p{n:02}<" in page for n in range(60))
    assert not [each for each in blocks(content, Paragraph) if "cannot be drawn" in each.text]
