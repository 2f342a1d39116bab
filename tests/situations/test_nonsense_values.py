"""Values without content, repeated, or impossible: refused with the place and what to write."""

import os

import pytest
from typer.testing import CliRunner

from renderers.options import cycle_length, number, whole
from timeline.cli.app import app
from timeline.core.problem import LONGEST, Problem, Where
from timeline.core.quantities import age, quantity
from timeline.files.loader import load
from timeline.record.event_parts.drug_doses import drug_dose

HEAD = "case: a\nevents:\n  - {diagnosis: 2019-12}\n"

REFUSED = (  # the line of a file, and its message
    ("  - {supportive: 2020, drugs: []}", "drugs: empty value"),
    ("  - {scan: 2020, target: SD, new: []}", "new: empty value"),
    ("  - {scan: 2020, called: {}}", "called: empty value"),
    ("  - {scan: 2020, lesions: {}}", "lesions: empty value"),
    ("  - {lab: 2020, values: {}}", "values: empty value"),
    ("  - {scan: 2020, equivocal: }", "equivocal: empty value"),
    ('  - {symptom: 2020, what: "\\u200b"}', "empty value"),  # it cannot be seen
    ('  - {symptom: 2020, what: "a\\u202eb"}', "U+202E"),  # it turns the direction of writing
    ("  - {symptom: 2020, what: a\u2066b}", "U+2066"),
    ("  - {supportive: 2020, drugs: none}", "no drug: 'none'"),
    ("  - {supportive: 2020, drugs: 75 mg/m² IV}", "a dose before the name"),
    ("  - {radiotherapy: 2020, dose: 50 Gy Gy}", "two units"),
    ("lesions: {T1: {organ: liver, slice: 0 mm}}", "no thickness"),
    ("patient: {age: none}", "not an age"),
    ("patient: {age: 50%}", "not an age"),
    ("settings: {icpd_min_days: 99999999999999999999}", "too large"),
)
TAKEN = (  # their neighbours that are true
    "  - {supportive: 2020, drugs: [filgrastim]}",
    "  - {scan: 2020, target: SD, new: none, equivocal: no}",
    "  - {supportive: 2020, drugs: 5-FU 400 mg/m² IV}",
    '  - {symptom: 2020, what: "a\\u200bb"}',
    "  - {radiotherapy: 2020, dose: 50 Gy in 25 fractions}",
    "lesions: {T1: {organ: liver, slice: 0.6 mm}}",
    "patient: {age: 0}",
    "settings: {icpd_min_days: 54787}",
)


@pytest.mark.parametrize(("line", "words"), REFUSED)
def test_nonsense_is_refused_at_its_place(tmp_path, line, words):
    path = tmp_path / "a.yaml"
    path.write_text(f"{HEAD}{line}\n", "utf-8")
    messages = [str(each) for each in load(path)[1]]
    assert any(each.startswith(f"{path}:4:") and words in each for each in messages), messages


@pytest.mark.parametrize("line", TAKEN)
def test_what_is_true_is_taken(tmp_path, line):
    path = tmp_path / "a.yaml"
    path.write_text(f"{HEAD}{line}\n", "utf-8")
    assert load(path)[1] == ()


@pytest.mark.parametrize("text", ["-5 mm", "0.5 g cefazolin", "75 mg/m² docetaxel", "NaN", "N/A"])
def test_a_drug_has_a_name(text):
    with pytest.raises(ValueError, match=r"no drug|before the name|below 0"):
        drug_dose(text)


@pytest.mark.parametrize("text", ["5 FU", "177Lu-PSMA", "18F-FDG", "90Y", "study drug", "131I"])
def test_a_name_may_begin_with_a_number(text):
    assert drug_dose(text).agent == text


@pytest.mark.parametrize("text", ["182 IU/L U/L", "5 mg g", "3 weeks days"])
def test_two_units_of_one_kind_are_refused(text):
    with pytest.raises(ValueError, match="two units"):
        quantity(text)


@pytest.mark.parametrize("text", ["58", "about 60", "60s", "8 months", "0", "seven"])
def test_ages_as_printed(text):
    assert age(text) == text


def test_a_fault_of_a_very_long_value_is_short_and_keeps_its_advice():
    messages = str(Problem(Where("a.yaml", 1, 1), f"bad: {'9' * 10**6} (write 5)"))
    assert len(messages) < LONGEST + 50
    assert messages.endswith("9 (write 5)")


def test_a_case_without_events_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("case: a\n")
    assert "a case without events" in str(load(tmp_path / "a.yaml")[1][0])


CASE = "case: a\nsource: s.html\nevents:\n  - {diagnosis: 2019-12}\n  - {death: 2020}\n"
REPORT = "source: a\nclaims: [{count: 1, about: x}]\n"


@pytest.mark.parametrize(
    "words",
    [
        ("draw", "c.yaml", "-o", "s.html"),
        ("draw", "c.yaml", "-o", "link.html"),
        ("audit", "c.yaml", "-o", "s.html"),
        ("machine", "recist11", "--path", "c.yaml", "--line", "1", "-o", "s.html"),
    ],
)
def test_a_file_that_an_input_names_is_not_written_over(tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.yaml").write_text(CASE)
    (tmp_path / "s.html").write_text(REPORT)
    (tmp_path / "link.html").hardlink_to(tmp_path / "s.html")
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, "is an input, and" in done.output) == (2, True), done.output
    assert (tmp_path / "s.html").read_text() == REPORT


def test_a_loop_of_links_as_output_is_no_fault_of_ours(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.yaml").write_text("case: a\nevents: [{diagnosis: 2019}, {death: 2020}]\n")
    (tmp_path / "o.md").symlink_to("o.md")
    done = CliRunner().invoke(app, ("audit", "c.yaml", "-o", "o.md"))
    assert done.exit_code in (0, 2), done.output
    assert not isinstance(done.exception, RuntimeError)
    assert os.listdir(tmp_path).count("c.yaml") == 1


@pytest.mark.parametrize(
    ("read", "text"),
    [
        *((number, text) for text in ("nan", "inf", "1e9", "1_0", "٣", "9" * 400, "")),
        *((whole, text) for text in ("٣", "-1", "1.5", "9" * 5000)),
        *((cycle_length, text) for text in ("0", "-1", "367", "nan")),
    ],
)
def test_an_option_takes_plain_numbers_only(read, text):
    with pytest.raises(ValueError, match=r"not a|not the length"):
        read(text)


def test_plain_numbers_of_wishes():
    assert (number("-24.5"), whole("12"), cycle_length("21")) == (-24.5, 12, 21)
