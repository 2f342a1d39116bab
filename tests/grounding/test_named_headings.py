"""A section is found by the heading that the file names, though no list of headings has it."""

from __future__ import annotations

import pytest

from timeline.files.loader import load
from timeline.grounding.ground import Status, ground
from timeline.report_text import read_report

CASE = """case: c
events:
  {place}:
    - {{treatment: 2019-10/.., line: 1, drugs: pembrolizumab}}
    - {{scan: 2020-01, modality: CT, target: shrunk, called: PR}}
"""
TOLD = (
    "In October 2019, pembrolizumab was started. In January 2020, CT showed a reduction and a "
    "partial response (PR)."
)
TEXT = (
    "A title\n\n{before}Introduction\n\nUrothelial cancer is rare.\n\n{heading}\n\n{told}\n{after}"
)


def grounded(tmp_path, place, heading, *, before="", after="", told=TOLD):
    (tmp_path / "c.yaml").write_text(CASE.format(place=place), encoding="utf-8")
    text = TEXT.format(before=before, heading=heading, told=told, after=after)
    (tmp_path / "c.txt").write_text(text, encoding="utf-8")
    case, problems = load(tmp_path / "c.yaml")
    assert not problems
    return ground(case, None, read_report(tmp_path / "c.txt"))


@pytest.mark.parametrize(
    ("place", "heading"),
    [
        pytest.param("Case Study", "Case Study", id="in the list of headings"),
        pytest.param("The case", "THE CASE", id="in capitals"),
        pytest.param("Foo", "Foo", id="in no list"),
        pytest.param("Foo, paragraph 1", "Foo", id="a paragraph of it"),
        pytest.param("A rare course", "3. A rare course:", id="with a number and a colon"),
        pytest.param("Introduction; Foo", "Foo", id="one of two places"),
    ],
)
def test_the_section_of_a_heading_that_the_file_names(place, heading, tmp_path):
    found = grounded(tmp_path, place, heading)
    assert [each.item.place for each in found.of(Status.ELSEWHERE)] == []
    assert len(found.of(Status.FOUND)) == 4  # two dates, the drug, the response
    assert found.index.places.has_case_section


def test_what_follows_under_another_heading_is_no_part_of_it(tmp_path):
    after = "\nDiscussion\n\nIn October 2019 it was approved.\n"
    found = grounded(tmp_path, "Foo", "Foo", after=after, told="We report a man.")
    (date,) = [each for each in found.of(Status.ELSEWHERE) if "2019-10" in each.item.what]
    assert found.index.report.section_at(date.found[0].start).heading == "Discussion"


def test_the_kind_of_the_article_above_its_title_begins_no_section(tmp_path):
    found = grounded(tmp_path, "Foo", "Foo", before="Foo\n\nJ. Smith, October 2019\n\n")
    headings = [each.heading for each in found.index.report.sections]
    assert headings == ["", "Introduction", "Foo"]


def test_a_line_within_the_references_begins_no_section(tmp_path):
    after = "\nReferences\n\nFoo\n\nJ Foo 2019\n"
    found = grounded(tmp_path, "Foo", "Foo", after=after)
    headings = [each.heading for each in found.index.report.sections]
    assert headings == ["", "Introduction", "Foo", "References"]


def test_a_place_that_no_line_has_is_told_as_before(tmp_path):
    found = grounded(tmp_path, "Bar", "Foo")
    assert {each.fault for each in found.of(Status.ELSEWHERE)} == {"the text has no such place"}
