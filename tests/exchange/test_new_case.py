"""A new case passes the check from the start, names every kind of event, and overwrites nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import timeline as tl
from timeline.cli.app import app
from timeline.exchange.new_case import Answers, LineAnswer, answer_faults, new_case
from timeline.record.case import Patient
from timeline.record.events import EVENTS
from timeline.views.case_report import checked

LINES = (LineAnswer.of("2021-05/2021-09 | doxorubicin 75 mg/m²; ifosfamide | progression"),)
# Items of the CARE checklist that are dated facts of one patient (Gagnier 2013, Table 1): 5a to c
# patient and symptoms, 6 findings, 8a and d diagnostic methods and prognosis, 9a to c intervention,
# dose and change, 10a to d outcomes, tests, tolerability, adverse events.
CARE = ["5a", "5b", "5c", "6", "8a", "8d", "9a", "9c", "10a", "10b", "10c", "10d"]


def _run(*words: str, answers: str | None = None):
    return CliRunner().invoke(app, ["new", *words], input=answers)


def _checked(path: Path):
    (found,) = checked([path])
    return found.problems, found.case_report.remarks if found.case_report else ()


def _uncommented(text: str) -> str:
    """The file with every example as a fact, as its third line instructs."""
    body = text[text.index("case:") :].replace("# patient:", "patient:").replace("# source:", "##")
    return re.sub(r"^( *)# ?( *(?:- \{|[a-z]+: ))", r"\1\2", body, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "answers",
    [Answers(), Answers(sex="female"), Answers(diagnosed="2021-03", lines=LINES, death="2022")],
    ids=["nothing", "one answer", "some"],
)
def test_it_passes_check_without_and_with_every_example(tmp_path, answers):
    path = tmp_path / "a.yaml"
    text = new_case("a", answers)
    path.write_text(text, encoding="utf-8")
    problems, remarks = _checked(path)
    assert not problems
    unknown = [] if answers.diagnosed else ["diagnosis 20XX has no year"]  # the only thing to do
    assert [each.what.partition(":")[0] for each in remarks] == unknown
    path.write_text(_uncommented(text).replace("# -", "-"), encoding="utf-8")
    problems, _ = _checked(path)
    assert not [each for each in problems if "death" not in each.what]  # given and example: two
    if not answers.death:
        case = tl.load_case(path)
        assert {event.kind for event in case.events} == set(EVENTS)
        assert case.patient == Patient(sex="female", age="61", diagnosis="leiomyosarcoma",
                                       site="right femur")  # fmt: skip


def test_the_items_of_the_checklist_are_named():
    named = re.findall(r"CARE ([^:\n]+)", new_case("a", Answers()).split("case:")[1])
    assert set(CARE) <= set(re.findall(r"\d+[a-d]?", " ".join(named)))


def test_what_a_report_prints_has_an_example():
    text = new_case("a", Answers())
    assert re.search(r"^# report: \{title: ", text, re.MULTILINE)
    assert "printed: {PFS: 6.1 months, place: Abstract}" in text
    assert "change: +25 % from nadir" in text


def test_flags_become_facts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = _run("miller", "--sex", "female", "--age", "about 60", "--diagnosed", "2021-03",
                "--diagnosis", "sarcoma: grade 2 #1", "--site", "femur, left",
                "--line", "2021-05/2021-09 | doxorubicin 75 mg/m²; ifosfamide | progression",
                "--line", "2021-10/.. | trabectedin", "--last-contact", "2022-01")  # fmt: skip
    assert (done.exit_code, "timeline check miller.yaml" in done.output) == (0, True)
    case = tl.load_case("miller.yaml")
    assert (case.name, case.patient.age, case.patient.diagnosis, case.patient.site) == (
        "miller", "about 60", "sarcoma: grade 2 #1", "femur, left")  # fmt: skip
    assert [(line.number, line.regimen) for line in case.lines] == [
        (1, "doxorubicin + ifosfamide"), (2, "trabectedin")]  # fmt: skip
    assert [event.kind for event in case.events] == [
        "diagnosis", "treatment", "treatment", "last contact"]  # fmt: skip
    assert _checked(Path("miller.yaml"))[0] == ()


def test_questions_are_repeated_until_an_answer_is_valid(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answers = ["male", "x", "49", "", "femur", "2021-13", "2021-03", "doxorubicin 75 mg/m²",
               "2021-05/2021-02", "2021-05/2021-09", "progres", "progression", "", "2020",
               "2022-06"]  # fmt: skip
    done = _run("wu", "--questions", answers="\n".join([*answers, ""]))
    assert done.exit_code == 0
    for fault in ("not an age: 'x'", "no such month: '2021-13'", "ends before it starts",
                  "did you mean progression?", "lies after death"):  # fmt: skip
        assert fault in done.output, fault
    case = tl.load_case("wu.yaml")
    assert (case.patient.sex, case.patient.age, case.patient.diagnosis) == ("male", "49", "")
    kinds = [(event.kind, event.at.text) for event in case.events]
    assert kinds == [("diagnosis", "2021-03"), ("treatment", "2021-05/2021-09"),
                     ("death", "2022-06")]  # fmt: skip


def test_what_is_known_is_not_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = _run("wu", "--sex", "male", "--age", "49", "--questions", answers="\n" * 9)
    assert done.exit_code == 0
    assert "Sex" not in done.output
    assert "Age" not in done.output


def test_questions_that_are_broken_off_write_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = _run("wu", "--questions", answers="male\n")
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "not answered to the end" in done.output


@pytest.mark.parametrize("name", ["a", "a.yaml"])
def test_a_file_that_is_there_stays(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("mine")
    done = _run(name)
    assert (done.exit_code, (tmp_path / "a.yaml").read_text()) == (2, "mine")
    assert "is there already and stays" in done.output


def test_a_link_to_nowhere_is_not_followed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert _run("a").exit_code == 2
    assert not (tmp_path / "elsewhere.yaml").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--diagnosed", "13/01/2021"], "a.yaml: --diagnosed: "),
        (["--diagnosed", "2021", "--death", "2020"], "lies after death"),
        (["--line", "doxorubicin"], "--line 1: not a line of therapy: 'doxorubicin'"),
        (["--line", "2021 | "], "drugs"),
    ],
)
def test_wrong_answers_write_nothing(tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    done = _run("a", *words)
    assert (done.exit_code, message in done.output, list(tmp_path.iterdir())) == (2, True, [])


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_refused_or_comes_back_as_it_was(tmp_path_factory, name, diagnosis, drug):
    answers = Answers(diagnosis=diagnosis, lines=(LineAnswer(drugs=(drug,)),))
    if answer_faults(name, answers):
        return
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(new_case(name, answers), encoding="utf-8")
    case = tl.load_case(path)
    assert case.patient.diagnosis == " ".join(diagnosis.split())
    assert len(case.lines[0].treatments[0].drugs) == 1


def test_a_fault_names_its_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = ("--line", "2020 | doxorubicin", "--line", "after scan 2020-05 | eribulin")
    done = _run("a", *lines)
    assert done.exit_code == 2
    assert "--line 2: after: no such event: 'scan 2020-05'" in done.output
    assert "a date may name only what the options state" in " ".join(done.output.split())
    done = _run("a", "--line", "2020 | doxorubicin", "--line", "eribulin", "--line", "x")
    assert "--line 2: not a line" in done.output
    assert "--line 3: not a line" in done.output
    assert not list(tmp_path.iterdir())


# Each fault is of the option whose value is wrong, whatever the other options are.
BLAMED = [
    (("--last-contact", "9 months after line 2"), "--last-contact: line 2 has a start and an end"),
    (("--last-contact", "Mai 2023"), "--last-contact: not a date: 'Mai 2023' (write 2023-05)"),
    (("--last-contact", "after line 4"), "--last-contact: after: no such event: 'line 4'"),
    (("--death", "2022-13"), "--death: no such month"),
    (("--diagnosed", "13/01/2021"), "--diagnosed: "),
    (("--age", "old", "--sex", "female"), "--age: "),
    (("--line", "2023 | eribulin | because"), "--line 3: stop: unknown reason: 'because'"),
]


@pytest.mark.parametrize(("words", "message"), BLAMED)
def test_a_fault_names_its_option(tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    lines = ("--line", "2020 | doxorubicin", "--line", "2021/2022 | trabectedin")
    done = _run("a", *lines, *words)
    assert (done.exit_code, f"a.yaml: {message}" in " ".join(done.output.split())) == (2, True)


def test_the_file_may_have_another_path_than_the_name(tmp_path):
    path = tmp_path / "cases.yaml"
    assert _run("miller2021", "-o", str(path)).exit_code == 0
    assert tl.load_case(path).name == "miller2021"
    assert _run("miller2021", "-o", str(path)).exit_code == 2  # it stays
