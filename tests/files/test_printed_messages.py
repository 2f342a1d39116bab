"""The faults of ``printed:`` of an event: one message each."""

import pytest

from timeline.views.case_report import checked

CASE = """\
case: messages
events:
  P:
    - {treatment: 2020-01-01/2020-06-01, line: 1, drugs: [nivolumab, ipilimumab], printed: %s}
    - {toxicity: 2020-02, term: autoimmune hepatitis, grade: 4, printed: %s}
    - {scan: 3 months after line 1 end, line: 1, new: none, printed: %s}
    - {scan: %s, line: 1, new: none, called: %s, printed: {interval: 3 months, from: line 1 end}}
"""
SOUND = ("{count: 3, about: cycles}", "{grade: 4}", "{interval: 3 months, from: line 1 end}",
         "2020-12", "PR")  # fmt: skip


@pytest.mark.parametrize(
    ("place", "text", "expected"),
    [
        pytest.param(0, SOUND[0], [], id="a label may end with the word end"),
        pytest.param(0, "{schedule: weekly}", ["'about' is missing: schedule is how often"],
                     id="what a schedule is"),
        pytest.param(0, "{interval: 3 weeks}", ["'from' or 'to' is missing"], id="one fault"),
        pytest.param(4, "nonsense", ["unknown response"], id="a scan with faults"),
        pytest.param(3, "3 months after line 1 end", [], id="two events of one kind and date"),
    ],
)  # fmt: skip
def test_one_fault_has_one_message(tmp_path, place, text, expected):
    values = [text if at == place else value for at, value in enumerate(SOUND)]
    file = tmp_path / "case.yaml"
    file.write_text(CASE % tuple(values), "utf-8")
    found = [str(each) for each in checked([file])[0].problems]
    assert not [each for each in found if "?" in each]
    assert len(set(found)) == len(expected), found
    assert all(any(words in each for each in found) for words in expected)
