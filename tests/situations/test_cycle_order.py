"""Events dated by cycles and orders, in every command; cycles whose length is not on record.

What each moment may be is counted by hand at each row.
"""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from tests.situations.records import record
from timeline.cli.app import app
from timeline.core.calendar.dates import format_days
from timeline.exchange.lines_table import lines

FORMS = (
    *("after cycle 5 of line 1", "before cycle 5 of line 1", "cycle 3 of line 1"),
    *("C3D8 of line 1", "cycle 3 of line 1 + 2 months", "cycle 3 of line 1 end"),
    *("after line 1 + 2 weeks", "before line 1 + 2 months", "line 1 + 2 months"),
    *("2 months after cycle 2 of line 1 start", "after base", "after line 1 end"),
)
OTHERS = (
    *("{toxicity: WHEN, what: rash, grade: 2}", "{dose held: WHEN, line: 1, reason: toxicity}"),
    *("{supportive: WHEN/.., drugs: prednisolone}", "{scan: WHEN, line: 1, called: SD}"),
    *("{lab: WHEN, values: {CEA: 3 ng/mL}}", "{relapse: WHEN, site: lung}"),
)
COMMANDS = (
    *(("check", "case.yaml"), ("show", "case.yaml", "--json"), ("lines", "case.yaml")),
    *(("audit", "case.yaml"), ("deidentify", "case.yaml"), ("explain", "case.yaml", "OS")),
)


@pytest.mark.usefixtures("flagged_once")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("cycle", [", cycle: 3 weeks", ""], ids=["length", "no length"])
def test_every_command_takes_every_form(form, cycle, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    events = "\n".join(f"  - {each.replace('WHEN', form)}" for each in OTHERS)
    (tmp_path / "case.yaml").write_text(
        "case: c\nevents:\n  - {scan: 2020-01-01, baseline: 1, id: base}\n"
        f"  - {{treatment: 2020-01-10/2020-09-30, line: 1, drugs: x{cycle}}}\n{events}\n",
        "utf-8",
    )
    for words in COMMANDS:
        done = CliRunner().invoke(app, list(words))
        assert done.exit_code in (0, 1), f"{words}: {done.output}"
        assert isinstance(done.exception, SystemExit | None)


@pytest.mark.parametrize(
    ("when", "which", "why"),
    [
        ("after cycle 2 of line 2", "line 2", "a cycle of line 2 comes after its start"),
        ("cycle 1 of line 2", "line 2", "its first day is the start of line 2"),
        ("before cycle 2 of line 2", "line 1 or 2", "line 2 may have begun by then"),
        ("before line 2", "line 1", "the start of line 2 itself"),
        ("after line 2 + 2 weeks", "line 2", "later than its start"),
        ("after line 2 - 2 weeks", "line 1 or 2", "two weeks before it line 1 goes on"),
        ("after line 2 end", "line 2", "an end that is not on record is after the start"),
    ],
)
def test_the_line_of_an_adverse_event(when, which, why, tmp_path):
    found, problems = record(
        tmp_path,
        f"""
        treatment: 2020-01-10, line: 1, drugs: x
        treatment: after line 1, line: 2, drugs: y
        toxicity: {when}, what: rash, grade: 2
        """,
    )
    assert not problems
    rows = {row.number: row.cells[-1] for row in lines(found).rows}
    shown = [str(number) for number, cell in rows.items() if "rash" in cell.text]
    assert f"line {' or '.join(shown)}" == which, why


UNKNOWN = "treatment: 2021-01-01/2021-06-30, line: 1, drugs: x, cycles: 6"


@pytest.mark.parametrize(
    ("when", "days", "remarks", "why"),
    [
        ("after cycle 3 of line 1", "2021-01-01 to 2021-06-30", 1,
         "cycle 5 begins by the end, and cycle 4 is over by then"),
        ("after cycle 5 of line 1", "2021-01-01 or later", 1, "the rest of cycle 6 may be later"),
        ("cycle 6 of line 1", "2021-01-01 to 2021-06-30", 1, "all six cycles begin by the end"),
        ("cycle 5 of line 1 end", "2021-01-01 to 2021-06-30", 1, "cycle 6 begins after it"),
        ("cycle 6 of line 1 end", "2021-01-01 or later", 1, "the rest of cycle 6 may be later"),
        ("before cycle 3 of line 1", "2021-06-30 or earlier", 1, "cycle 3 begins by the end"),
        ("C3D8 of line 1", "2021-01-08 or later", 1, "day 8 of a cycle is 7 days after its first"),
        ("cycle 1 of line 1", "2021-01-01", 0, "the first day of the line"),
        ("line 1 + 3 weeks", "2021-01-22", 0, "no cycle is named"),
    ],
)  # fmt: skip
def test_cycles_without_a_length_are_an_order(when, days, remarks, why, tmp_path):
    found, problems = record(tmp_path, f"{UNKNOWN}\nid: x, symptom: {when}")
    assert not problems
    symptom = next(each for each in found.case.events if each.id == "x")
    assert format_days(symptom.start.span) == days, why
    texts = [each.what for each in found.remarks if "the length of the cycles" in each.what]
    assert len(texts) == remarks
    assert all("(write cycle: on line 1, or a date)" in text for text in texts)


def test_a_case_with_the_length_of_its_cycles_has_no_remark(tmp_path):
    found, _ = record(tmp_path, f"{UNKNOWN}, cycle: 4 weeks\nsymptom: after cycle 3 of line 1")
    assert not found.remarks


TWO = """
treatment: 2021-01-01/2021-03-01, line: 1, drugs: x, cycle: 3 weeks
treatment: 2021-04-01/2021-06-30, line: 1, drugs: x + y, cycle: 3 weeks, id: triplet
"""


@pytest.mark.parametrize(
    ("cycle", "write"),
    [
        ("cycle 2 of line 1", "cycle 2 of treatment 2021-01-01 or cycle 2 of triplet"),
        ("cycle 2 of line 1 end", "cycle 2 of treatment 2021-01-01 end or cycle 2 of triplet end"),
    ],
)
def test_a_cycle_of_a_line_with_two_regimens(cycle, write, tmp_path):
    """Both begin with a cycle 1: each reference that the message has is read."""
    _, problems = record(tmp_path, f"{TWO}\nlab: {cycle}, values: {{LDH: 300 U/L}}")
    number = cycle.removesuffix(" end")
    text = f"{number}: line 1 has 2 regimens (write {write})"
    assert [each.what for each in problems] == [text]
    for each in write.split(" or "):
        _, problems = record(tmp_path, f"{TWO}\nlab: {each}, values: {{LDH: 300 U/L}}")
        assert not problems


def test_a_cycle_of_two_regimens_of_one_name(tmp_path):
    alike = TWO.replace(", id: triplet", "").replace("2021-04-01", "2021-01-01")
    _, problems = record(tmp_path, f"{alike}\nsymptom: cycle 2 of line 1")
    assert "line 1 has 2 regimens (give the one you mean an id)" in problems[0].what
