"""The baseline of a line that is measured, after a line that is not."""

from __future__ import annotations

import pytest

from timeline.endpoints.derived_case import derive
from timeline.files.loader import load
from timeline.record.case import Case

FILE = """case: a
events:
  - {{scan: 2022-01-10, baseline: 1}}
  - {{treatment: 2022-01-12/2022-06-05, line: 1, drugs: imatinib}}
  - {{scan: {first}, line: 1, target: SD, new: none}}
  - {{scan: "2022-06-13", baseline: 2, sum: 90.4 mm{more}}}
  - {{treatment: 2022-06-20/2023-03-08, line: 2, drugs: sunitinib}}
  - {{scan: 2022-08-10, line: 2, sum: 89.5 mm, new: none}}
  - {{last contact: 2023-10-27}}
"""


def loaded(tmp_path, **parts):
    path = tmp_path / "a.yaml"
    path.write_text(FILE.format(**{"first": "2022-03-14", "more": "", **parts}), "utf-8")
    return load(path)


@pytest.mark.parametrize("first", ["2022-03-14", "2022", '"after line 1"'])
def test_sizes_of_the_next_baseline_are_none_of_the_line_before(first, tmp_path):
    case, problems = loaded(tmp_path, first=first)
    assert not problems
    assert isinstance(case, Case)
    reading, problems = derive(case)
    assert not problems
    labels = [each.label for each in reading.status("RECIST 1.1", 1)]
    assert labels == ["SD"], "the line is judged in words; 90.4 mm is the baseline of line 2"
    assert [each.label for each in reading.status("RECIST 1.1", 2)] == ["SD"]


def test_a_baseline_that_assesses_a_line_must_name_it(tmp_path):
    _, problems = loaded(tmp_path, more=", called: PD")
    assert not problems, "its date places it in line 1"
    path = tmp_path / "b.yaml"
    text = FILE.format(first="2022-03-14", more=", called: PD").replace('"2022-06-13"', "2022")
    path.write_text(text.replace("2022-01-12/", "2022/"), "utf-8")
    _, problems = load(path)
    assert any("may belong to line" in str(each) for each in problems)
