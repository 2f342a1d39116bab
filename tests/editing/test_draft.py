"""The check before a change is given out: a wrong edit is refused, and the text is the old one."""

from __future__ import annotations

import pytest

from timeline.editing.edits.case_text import CaseText
from timeline.editing.edits.draft import Draft
from timeline.files.repair.edits import Edit

TEXT = "case: a  # its name\nevents:\n  - {scan: 2021, what: x}\n  - {death: 2022}\n"
WRONG = {
    "a comment is gone": ("  # its name", ""),
    "another event is changed": ("2022", "2023"),
    "another key of the file is changed": ("case: a", "case: b"),
    "an event is gone": ("  - {death: 2022}\n", ""),
    "it is no YAML": ("what: x}", "what: x"),
    "it is a value in another event": ("{death: 2022}", "{death: 2022, what: y}"),
}


def _draft(old: str, new: str) -> Draft:
    """A change that is to make ``what`` of the first event y, with an edit of its own."""
    draft = Draft(CaseText.of(TEXT), "events")
    draft.plain["events"][0]["what"] = "y"
    for before, after in {"what: x": "what: y", old: new}.items():
        at = TEXT.index(before)
        draft.add([Edit(at, at + len(before), after, "grid")])
    return draft


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_edit_is_refused(name):
    edited = _draft(*WRONG[name]).result(0, "what")
    assert edited.text == TEXT
    (problem,) = edited.problems
    assert "cannot be changed safely" in problem.what
    assert (problem.row, problem.key) == (0, "what")


def test_the_edit_that_is_meant_is_made():
    edited = _draft("scan: 2021", "scan:  2021").result()
    assert edited.problems == ()
    assert edited.text == TEXT.replace("what: x", "what: y").replace("scan: ", "scan:  ")
