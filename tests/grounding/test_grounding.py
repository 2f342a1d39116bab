"""The values of two files looked up in a text that was written for this: one error of each kind."""

import json
import subprocess
import sys

import attrs
import pytest
from typer.testing import CliRunner

from tests.grounding.made_up import CASE, SEEDS, TEXT
from timeline.cli.app import app
from timeline.grounding import Status, ground
from timeline.grounding.text_only import TextOnly
from timeline.report_text import read_report
from timeline.views.case_report import checked
from timeline.views.grounding_view import grounding_lines, quote


def _files(folder, case=CASE, seeds=SEEDS, text=TEXT):
    for name, content in (("cases", case), ("seeds", seeds)):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "madeup.yaml").write_text(content, "utf-8")
    (folder / "report.txt").write_text(text, "utf-8")
    return folder / "cases" / "madeup.yaml", folder / "report.txt"


def _ground(folder, **files):
    case, text = _files(folder, **files)
    result = checked([case])[0]
    assert not result.problems, result.problems
    pair = result.case_report
    return ground(pair.case, pair.report, read_report(text))


def _raised(grounding):
    return [(each.status, each.item.what) for status in (Status.NOT_FOUND, Status.ELSEWHERE)
            for each in grounding.of(status)]  # fmt: skip


def _unheld(grounding):
    text = grounding.index.report.text
    return [
        (each.kind, " ".join(text[each.start : each.end].split())) for each in grounding.text_only
    ]


def test_files_that_have_what_the_text_prints_raise_nothing(tmp_path):
    """Thin spaces, a raised point, a date over a line end, mg/m2, a code name, numbers in words."""
    grounding = _ground(tmp_path)
    assert _raised(grounding) == []
    assert _unheld(grounding) == []
    assert [each.item.what for each in grounding.of(Status.OWN_WORDS)] == [
        "scan 2021-09-14: target shrunk",  # not printed; the text has "stable" of the other scan
        "name subject of reference 1: a trial of an antibody",
    ]


SLIPS = [  # the kind of error, the file, what is replaced and by what, what is raised, and how
    ("wrong digit", "seeds", "PFS: 8.4", "PFS: 8.5", "PFS line 2: 8.5 months", "not found"),
    ("decimal not printed", "seeds", "PFS: 8.4", "PFS: 8.40", "8.40 months", "not found"),
    ("hedge left out", "seeds", "{OS: over 60", "{OS: 60", "OS: 60 months", "not found"),
    ("wrong hedge", "seeds", "about 40", "over 40", "over 40", "not found"),
    ("wrong unit", "seeds", "OS: 5.6, unit: months", "OS: 5.6, unit: weeks", "5.6 weeks",
     "not found"),
    ("wrong unit of a dose", "case", "75 mg/m²", "75 mg", "doxorubicin 75 mg", "not found"),
    ("wrong word for a number", "seeds", "count: six", "count: five", "five", "not found"),
    ("number of something else", "seeds", "count: six", "count: three", "three", "not found"),
    ("wrong month", "case", "scan: 2021-02,", "scan: 2021-01,", "2021-01", "not found"),
    ("wrong month of a claim", "seeds", "5 December", "5 November", "5 November 2019",
     "not found"),
    ("month of another scan", "seeds", "date: February 2021", "date: June 2020", "June 2020",
     "not found"),
    ("day and month exchanged", "case", "2019-12-05", "2019-05-12", "2019-05-12", "not found"),
    ("less exact than printed", "case", "2019-12-05", "2019-12", "surgery 2019-12", "not found"),
    ("wrong drug", "case", "lenvatinib 8", "sunitinib 8", "drug sunitinib", "not found"),
    ("another drug of the class", "case", "AK105 200", "camrelizumab 200", "drug camrelizumab",
     "not found"),
    ("drug that the text only cites", "case", "gemcitabine 1000", "pembrolizumab 1000",
     "drug pembrolizumab", "found elsewhere"),
    ("drug of another treatment", "case", "drugs: [AK105 200 mg", "drugs: [doxorubicin 200 mg",
     "2021-07", "not found"),
    ("wrong drug of a claim", "seeds", "name: penpulimab", "name: camrelizumab", "camrelizumab",
     "not found"),
    ("wrong place", "seeds", "  Abstract:", "  Introduction, paragraph 1:", "PFS line 2: 8.4",
     "found elsewhere"),
    ("wrong paragraph", "seeds", "paragraph 2:", "paragraph 3:", "penpulimab",
     "found elsewhere"),
    ("wrong response", "seeds", "PR, of: scan 2021-09-14", "SD, of: scan 2021-09-14", "SD",
     "found elsewhere"),
    ("wrong response at that place", "seeds", "response: PD, of: scan 2020-06",
     "response: SD, of: scan 2020-06", "SD", "not found"),
    ("benefit that no sentence prints", "case", "called: {PR: ", "called: {clinical benefit: ",
     "CR or PR or SD", "not found"),
    ("response that its place does not print", "case", "lung, called: {PD: Figure 1",
     "lung, called: {responded: Figure 1", "CR or PR", "found elsewhere"),
    ("wrong laboratory value", "case", "up to 182", "up to 128", "128", "not found"),
    ("wrong cell", "seeds", "fatigue: [1, 3, 4]", "fatigue: [2, 3, 4]", "fatigue", "not found"),
    ("cell of another column", "seeds", "fatigue: [1, 3, 4]", "fatigue: [3, 1, 4]", "fatigue",
     "not found"),
    ("wrong panels", "seeds", "A–C", "A–D", "A–D", "not found"),
    ("part of a size", "seeds", "size: 8 × 7", "size: 7", "7 cm", "not found"),
    ("wrong fractions", "case", "fractions: 10", "fractions: 15", "fractions 15", "not found"),
    ("wrong grade", "case", "grade: 2", "grade: 3", "grade 3", "not found"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "raised", "status"),
    [pytest.param(*each[1:], id=each[0]) for each in SLIPS],
)
def test_an_encoding_error_is_raised(tmp_path, file, old, new, raised, status):
    files = {"case": CASE, "seeds": SEEDS}
    assert old in files[file]
    references = [(f"scan {old[6:-1]}", f"scan {new[6:-1]}")] if old.startswith("scan: ") else []
    for name in files:
        for was, now in references:
            files[name] = files[name].replace(was, now)
    files[file] = files[file].replace(old, new, 1)
    found = _raised(_ground(tmp_path, case=files["case"], seeds=files["seeds"]))
    assert [what for how, what in found if raised in what and how == status], found


def test_exchanged_dates_of_a_scan_and_an_operation_are_raised(tmp_path):
    case = CASE.replace("2019-12-05", "X").replace("2020-06", "2019-12-05").replace("X", "2020-06")
    seeds = SEEDS.replace("scan 2020-06", "scan 2019-12-05")
    faults = [each.fault for each in _ground(tmp_path, case=case, seeds=seeds).of(Status.NOT_FOUND)]
    assert any("names resection, and no scan" in fault for fault in faults)
    assert any("and no surgery" in fault for fault in faults)


def test_what_no_event_and_no_claim_holds_is_listed_in_the_order_of_the_text(tmp_path):
    case = "".join(
        line for line in CASE.splitlines(keepends=True)
        if "surgery:" not in line and "lab:" not in line
    )  # fmt: skip
    seeds = "".join(
        line for line in SEEDS.splitlines(keepends=True)
        if not any(word in line for word in ("of: surgery", "of: lab", "q3w"))
    )  # fmt: skip
    case = case.replace("AK105 200 mg, ", "").replace("      cycle: 3 weeks\n", "")
    seeds = seeds.replace("name: penpulimab, about: the anti-PD-1 antibody", "name: wide, about: x")
    assert _unheld(_ground(tmp_path, case=case, seeds=seeds)) == [
        ("date", "5 December 2019"), ("number", "8"), ("number", "7"), ("number", "182"),
        ("drug", "penpulimab"), ("number", "200"), ("number", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "listed"),
    [
        # the claim `date: 5 December 2019, of: surgery` stays: it has the print, and no event
        pytest.param("2019-12-05", "2019-11-04", ["5 December 2019"], id="the event has another"),
        pytest.param("2019-12-05", "2019-12", [], id="the event is dated by the month"),
        pytest.param(
            "{surgery: 2019-12-05,",
            "{biopsy: 2019-12-05}\n    - {surgery: 2019-11-04,",
            [],
            id="another event has it",
        ),
    ],
)
def test_a_date_that_a_claim_gives_to_an_event_of_another_date_has_no_event(
    tmp_path, old, new, listed
):
    found = _unheld(_ground(tmp_path, case=CASE.replace(old, new, 1)))
    assert found == [("event of this date", each) for each in listed]


def test_a_paragraph_that_a_page_divides_without_a_sentence_is_one(tmp_path):
    """The text has a paragraph more than the report: values of paragraph 2 are found there."""
    text = TEXT.replace(" CT on Sept", "\n\nCT on Sept").replace("begun.\nCT", "begun.\n\nCT")
    assert _raised(_ground(tmp_path, text=text)) == []


@pytest.mark.parametrize(
    ("arguments", "code"), [((), 0), (("--json",), 0)], ids=["text", "json"]
)  # fmt: skip
def test_the_command_prints_counts_and_exits_with_0(tmp_path, arguments, code):
    case, text = _files(tmp_path)
    done = _run("check", case, "--text", text, *arguments)
    assert done.exit_code == code, done.stderr
    if arguments:
        assert json.loads(done.stdout)["counts"]["not found"] == 0
    else:
        assert "0 found elsewhere, 0 not found" in done.stdout


def test_the_command_names_line_and_column_and_exits_with_1(tmp_path):
    case, text = _files(tmp_path, seeds=SEEDS.replace("PFS: 8.4", "PFS: 8.5"))
    done = _run("check", case, "--text", text)
    assert done.exit_code == 1
    assert "madeup.yaml:6:13: not found: PFS line 2: 8.5 months [Abstract]" in done.stdout
    done = _run("check", case, "--text", text, "--json")
    value = next(
        each for each in json.loads(done.stdout)["values"] if each["status"] == "not found"
    )
    assert (value["line"], value["column"], value["place"]) == (6, 13, "Abstract")


def test_a_value_at_another_place_is_no_error(tmp_path):
    case, text = _files(tmp_path, seeds=SEEDS.replace("  Abstract:", "  Discussion, paragraph 1:"))
    done = _run("check", case, "--text", text)
    assert "found elsewhere: PFS line 2: 8.4 months" in done.stdout
    assert "(it is printed in Abstract" in done.stdout
    assert done.exit_code == 0


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff", b"%PDF-1.4 broken"])
def test_a_text_that_cannot_be_read_is_exit_code_2(tmp_path, content):
    case, text = _files(tmp_path)
    text.write_bytes(content)
    done = _run("check", case, "--text", text)
    assert done.exit_code == 2
    assert "report.txt" in done.stderr


def test_a_text_that_is_missing_is_exit_code_2(tmp_path):
    case, _ = _files(tmp_path)
    words = ("check", case, "--text", tmp_path / "nowhere.txt")
    assert _run(*words).exit_code == 2
    alone = subprocess.run(  # a process of its own, once
        [sys.executable, "-m", "timeline", *words], capture_output=True, text=True, check=False
    )
    assert (alone.returncode, "Traceback" in alone.stderr) == (2, False)


def test_printed_values_of_a_case_file_are_looked_up(tmp_path):
    printed = "what: wide resection, printed: {date: 6 December 2019}"
    case = CASE.replace("source: ../seeds/madeup.yaml", "report: {title: Made up}")
    case = case.replace("what: wide resection", printed)
    found = _raised(_ground(tmp_path, case=case))
    assert found == [(Status.NOT_FOUND, "date of surgery 2019-12-05: 6 December 2019")]


@pytest.mark.parametrize(
    ("weeks", "raised"), [("3 weeks after surgery", 0), ("4 weeks after surgery", 1)]
)
def test_a_time_from_another_event_is_looked_up_as_printed(tmp_path, weeks, raised):
    case = CASE.replace("symptom: 2019-03", f"symptom: {weeks}")
    seeds = "".join(line for line in SEEDS.splitlines(keepends=True) if "of: symptom" not in line)
    text = TEXT.replace("noticed a lump", "noticed a lump three weeks after surgery")
    found = _raised(_ground(tmp_path, case=case, seeds=seeds, text=text))
    assert len(found) == raised, found


@pytest.mark.parametrize(
    ("change", "raised"),
    [
        ("-46 %", []),
        ("-64 %", [(Status.NOT_FOUND, "scan 2021-09-14: change -64 % from baseline")]),
    ],
)
def test_a_change_in_percent_is_looked_up_without_its_sign(tmp_path, change, raised):
    case = CASE.replace("target: shrunk", f"change: {change}")
    text = TEXT.replace("showed a partial", "showed a decrease by 46% and a partial")
    grounding = _ground(tmp_path, case=case, text=text)
    assert _raised(grounding) == raised
    assert _unheld(grounding) == ([] if not raised else [("number", "46")])


def test_a_quote_has_two_words_on_either_side():
    assert quote("he received seven cycles of it from June on", 12, 17) == (
        "he received seven cycles of"
    )


def _run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


# One wrong heading is one fault: the file, what is replaced, the line, and what is not in it.
HEADINGS = [
    ("a heading that the text has not", "Case presentation, paragraph 2:", "Follow-up visit:",
     "values of the place 'Follow-up visit': the text has no such place; they are printed in Case",
     "(write the place: Case presentation, paragraph"),
    ("two places with a comma", "Case presentation, paragraph 2:", "Abstract, Case presentation:",
     "values of the place 'Abstract, Case presentation': a comma joins two places",
     "(write the place: Abstract; Case presentation)"),
    ("another section", "Case presentation, paragraph 2:", "Discussion:",
     "values of the place 'Discussion': not printed there; they are printed in Case", ""),
]  # fmt: skip


@pytest.mark.parametrize(("why", "old", "new", "line", "advice"), HEADINGS)
def test_one_wrong_heading_is_one_line(tmp_path, why, old, new, line, advice):
    assert CASE.count(old) == 1
    grounding = _ground(tmp_path, case=CASE.replace(old, new), seeds=SEEDS)
    assert len(grounding.of(Status.ELSEWHERE)) > 3  # the JSON has each value
    lines = list(grounding_lines(grounding, tmp_path / "report.txt"))
    elsewhere = [each for each in lines if ": found elsewhere:" in each]
    assert len(elsewhere) == 1, why
    assert line in elsewhere[0]
    assert advice in elsewhere[0]


def test_what_only_the_text_has_is_listed_up_to_a_limit(tmp_path):
    """A long report has hundreds of numbers: the first are listed, the rest are counted."""
    grounding = _ground(tmp_path, case=CASE, seeds=SEEDS)
    thirty = tuple(TextOnly(start=n, end=n + 1, kind="number") for n in range(30))
    many = attrs.evolve(grounding, text_only=thirty)
    text = tmp_path / "report.txt"
    lines = [each for each in grounding_lines(many, text) if "not in the file" in each]
    assert len(lines) == 22  # the counts of all, twenty values, and the rest
    assert lines[-1].endswith("10 more values not in the file (--all lists them)")
    assert (
        len([*grounding_lines(many, text, every=True)]) == len([*grounding_lines(many, text)]) + 9
    )


SIX = "    - {count: six, about: cycles, line: 1}\n"


def test_one_value_of_a_place_keeps_its_own_line(tmp_path):
    seeds = SEEDS.replace(SIX, "").replace("  Discussion:\n", f"  Discussion:\n{SIX}")
    grounding = _ground(tmp_path, seeds=seeds)
    lines = [each for each in grounding_lines(grounding, tmp_path / "report.txt")
             if ": found elsewhere:" in each]  # fmt: skip
    assert len(lines) == 1
    assert "[Discussion]: not printed there" in lines[0]
