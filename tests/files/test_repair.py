"""``check --fix`` corrects what has only one possible meaning, and nothing else."""

from __future__ import annotations

import calendar
import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from timeline.cli.app import app
from timeline.core.problem import Problem
from timeline.core.text.spelling import one_letter_apart
from timeline.files import repair as repairs
from timeline.files.loader import contents_of
from timeline.files.repair import repair
from timeline.files.repair.edits import Edit, edited, places_after, places_before
from timeline.files.repair.rows import NODE_REPAIRS, TEXT_REPAIRS, TREE_REPAIRS
from timeline.files.yaml.yaml_nodes import ProblemLog, compose_text

ROOT = Path(__file__).parents[2]
ROWS = [*TEXT_REPAIRS, *TREE_REPAIRS, *NODE_REPAIRS]
WRAP = "case: c\nevents:\n  - {diagnosis: 2020}\n"
REPORT = "source: s\nclaims:\n"


def read(text):
    """What a text holds, and its problems."""
    notes = ProblemLog("a.yaml")
    return contents_of(compose_text(text, notes), notes), notes.problems


def fixed(text):
    return repair(text, "a.yaml").text


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: row.edit.__name__ if hasattr(row, "edit") else row.name
)
def test_each_row_repairs_its_example(row):
    assert not read(row.after)[1]
    found = repair(row.before, "a.yaml")
    assert found.text == row.after
    assert {change.repair for change in found.changes} == {row.name}
    assert repair(row.after, "a.yaml").changes == ()


ONE_READING = [  # an entry, and what it can only have meant
    ("{scam: 2021}", "{scan: 2021}"),
    ("{scan: 2021, trget: PR}", "{scan: 2021, target: PR}"),
    ("{scan: 2021, targett: PR}", "{scan: 2021, target: PR}"),
    ("{Scan: 2021, Non_Target: present}", "{scan: 2021, non-target: present}"),
    ("{last_contact: 2021}", "{last contact: 2021}"),
    ("{LOST  TO FOLLOW_UP: 2021}", "{lost to follow-up: 2021}"),
    ("{biopsy: May 2021}", "{biopsy: 2021-05}"),
    ("{biopsy: 'May 5, 2021'}", "{biopsy: '2021-05-05'}"),
    ("{biopsy: 5. Mai 2021}", "{biopsy: 2021-05-05}"),
    ("{biopsy: 25/12/2021}", "{biopsy: 2021-12-25}"),
    ("{biopsy: 12/25/2021}", "{biopsy: 2021-12-25}"),
    ("{biopsy: 05.05.2021}", "{biopsy: 2021-05-05}"),  # the fifth of May either way
    ("{biopsy: 2021/05/25}", "{biopsy: 2021-05-25}"),
    ("{biopsy: '5 May 2021, after diagnosis'}", "{biopsy: '2021-05-05, after diagnosis'}"),
    ("{supportive: 2021-5-2/2021-6, drugs: x}", "{supportive: 2021-05-02/2021-06, drugs: x}"),
    ("{supportive: 5 May 2021/.., drugs: x}", "{supportive: 2021-05-05/.., drugs: x}"),
    ("{radiotherapy: 2021, dose: 50 GY}", "{radiotherapy: 2021, dose: 50 Gy}"),
    ("{scan: 2021, sum: 41 MM}", "{scan: 2021, sum: 41 mm}"),
    ("{radiotherapy: 2021, setting: neo adjuvant}", "{radiotherapy: 2021, setting: neoadjuvant}"),
    ("{death: 2021, cause: sepsis, pneumonia}", '{death: 2021, cause: "sepsis, pneumonia"}'),
    ("{death: 2021, cause: a, b, c, id: d}", '{death: 2021, cause: "a, b, c", id: d}'),
    ("{death: 2021, after diagnosis}", '{death: "2021, after diagnosis"}'),
    ('{death: 2021, cause: the "end", he said}', "{death: 2021, cause: 'the \"end\", he said'}"),
    ("{scan: [2021-02..2021-04]}", '{scan: "[2021-02..2021-04]"}'),
    ("{scan: 2021, target: PR, target: PR}", "{scan: 2021, target: PR}"),
    ("{scam: 5 May 2021, trget: pr}", "{scan: 2021-05-05, target: pr}"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), ONE_READING)
def test_one_reading_is_written(before, after):
    assert fixed(f"{WRAP}  - {before}  # as it was\n") == f"{WRAP}  - {after}  # as it was\n"


SEVERAL_READINGS = [
    "{biopsy: 05/08/2021}",  # May or August
    "{biopsy: 5 May 21}",  # of which century
    "{biopsy: 2021.5}",  # the month, or half of the year
    "{biopsy: 31 June 2021}",  # no such day
    "{biopsy: spring 2021}",
    "{biopsy: 2021-05-05 08:00}",  # the time of day would go
    "{scan: 2021, nee: liver}",  # too short to be sure
    "{scan: 2021, wat: a}",
    "{scan: 2021, lin: 1, liine: 2}",  # both may be line
    "{scan: 2021, line: 1, lnie: 1}",  # line is there
    "{biopsy: 2021, stage: IV}",  # a key of another kind
    "{treatment: 2021, line: 1, drugs: anlotinib, toripalimab}",  # one name, or two drugs
    "{scan: 2021, new: liver, lung}",  # one site, or two
    "{scan: 2021, baselin}",  # a key without a value, or the rest of a text
    "{scan: 2021, target: PR, target: SD}",
    "{scan: 2021, target: PRR}",  # a value is never respelt
    "{lab: 2021, values: {a: 1 xyz}}",
    "{death: 2021, cause: 'a', b}",  # the quotes end where they end
    "{death: 2021, case: a}",  # case is a key of the file
]


@pytest.mark.parametrize("entry", SEVERAL_READINGS)
def test_several_readings_are_left(entry):
    text = f"{WRAP}  - {entry}\n"
    assert read(text)[1], "the check names it"
    assert fixed(text) == text


TABS = [
    ("\t- {death: 2021}\n", "  - {death: 2021}\n"),
    ("\t- death: 2021\n\t  cause: a\n", None),  # any width of the tab gives this tree
    ("  - death: 2021\n\tcause: a\n", None),  # only a width that stands below death is YAML
    ("  P1:\n\t- {death: 2021}\n", None),
]


@pytest.mark.parametrize(("entries", "after"), TABS)
def test_tabs_become_blanks_where_their_width_does_not_matter(entries, after):
    text = "case: c\nevents:\n" + entries
    found = fixed(text)
    assert "\t" not in found
    assert not read(found)[1]
    assert after is None or found == "case: c\nevents:\n" + after


def test_a_tab_with_two_readings_is_left():
    # with 2 or 4 blanks P2 is a place next to P1 or within it
    text = "case: c\nevents:\n  P1:\n    P3: x\n\tP2: y\n"
    widths = {json.dumps(str(read(text.replace("\t", " " * n))[1])) for n in (2, 4)}
    assert len(widths) == 2
    assert fixed(text) == text


def test_a_repair_that_makes_a_problem_is_declined_and_named():
    text = WRAP + "  - {scan: 2021, trget: huge}\n"
    found = repair(text, "a.yaml")
    assert found.text == text
    (declined,) = found.declined
    assert str(declined).startswith("a.yaml:4:18: 'trget' is left: as 'target' the file has")
    assert "unknown finding in target lesions: 'huge'" in str(declined)


def test_another_repair_is_made_all_the_same():
    text = WRAP + "  - {scan: 2021, trget: huge}\n  - {death: May 2022}\n"
    assert fixed(text) == text.replace("May 2022", "2022-05")


MANY = 60
EACH_BAD = WRAP + "".join(
    f"  - {{scan: {2021 + i % 9}, trget: huge}}\n  - {{biopsy: May 2021}}\n" for i in range(MANY)
)


def test_bad_repairs_among_sound_ones_are_found_in_a_few_readings(monkeypatch):
    """All lines are tried together, not each by itself: the work grows as the file does."""
    readings = []
    compose = repairs.compose_text
    monkeypatch.setattr(repairs, "compose_text", lambda *args: readings.append(1) or compose(*args))
    found = repair(EACH_BAD, "a.yaml")
    assert found.text == EACH_BAD.replace("May 2021", "2021-05")
    assert len(found.changes) == len(found.declined) == MANY
    assert found.untried == 0
    assert len(readings) <= 30


def test_of_two_repairs_that_together_make_a_problem_one_is_made():
    def checked(contents):
        biopsies = [each for each in contents.case.events if each.kind == "biopsy"]
        return tuple(Problem(each.where, "two biopsies") for each in biopsies[1:])

    found = repair(WRAP + "  - {biopsi: 2021}\n  - {biopsi: 2022}\n", "a.yaml", checked)
    assert found.text == WRAP + "  - {biopsy: 2021}\n  - {biopsi: 2022}\n"
    (declined,) = found.declined
    assert (declined.change.where.line, declined.problem.what) == (5, "two biopsies")


def test_the_command_counts_the_repairs_that_were_not_tried(tmp_path, monkeypatch):
    monkeypatch.setattr(repairs, "MOST_READ", 0)
    monkeypatch.setattr(repairs, "LEAST_TIMES", 0)
    path = tmp_path / "a.yaml"
    path.write_text(EACH_BAD, "utf-8")
    done = check("--fix", path)
    assert done.exit_code == 2
    assert f"{path}: {2 * MANY} more repairs were not tried, because" in done.stderr
    assert path.read_text("utf-8") == EACH_BAD


def test_claims_are_repaired_and_what_they_print_is_not():
    text = REPORT + "  - {date: 5 May 2021, off: birth}\n  - {PFS: 8.4, Unit: months, grop: all}\n"
    expected = text.replace("Unit:", "unit:").replace("grop:", "group:")
    assert fixed(text) == expected  # the date is printed so; off has three letters


def test_a_place_is_that_of_the_file_as_it_was():
    text = "\ufeffcase: c\r\nevents:\r\n\t- {scam: 5 May 2021, Target: PR}\r\n"
    found = repair(text, "a.yaml")
    assert found.text == "case: c\nevents:\n  - {scan: 2021-05-05, target: PR}\n"
    places = {change.after: (change.where.line, change.where.column) for change in found.changes}
    assert (places["scan"], places["2021-05-05"], places["target"]) == ((3, 5), (3, 11), (3, 23))


def test_places_go_through_edits():
    edits = [Edit(2, 4, "long", ""), Edit(6, 7, "", "")]
    assert edited("abcdefghij", edits) == "ablongefhij"
    offsets = [0, 1, 4, 5, 7, 8, 9]
    assert places_before(edits, places_after(edits, offsets)) == offsets


@pytest.mark.parametrize(("one", "other", "near"), [
    ("line", "lines", True), ("line", "lne", True), ("line", "lime", True), ("line", "lnie", True),
    ("line", "line", False), ("line", "nile", False), ("line", "lin es", False), ("a", "bc", False),
    ("sum", "same", False), ("stpo", "stop", True), ("abcd", "badc", False),
])  # fmt: skip
def test_one_letter(one, other, near):
    assert one_letter_apart(one, other) is near
    assert one_letter_apart(other, one) is near


# Sound files, each damaged in ways that a person would correct at once.
SOUND = [
    text
    for folder in ("cases", "tests/situations/inputs")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if path.stat().st_size < 6000
    for text in [path.read_bytes().decode("utf-8", "replace")]
    if not read(text)[1] and "\t" not in text and "\r" not in text
]
_KEY = re.compile(r"(?<=[{, ])[a-z][a-z -]{2,}[a-z](?=: )")
_DAY = re.compile(r"(?<=: )[0-9]{4}-[0-9]{2}-[0-9]{2}(?=[,}/])")


def _month(iso, form):
    year, month, day = iso.split("-")
    words = calendar.month_name[int(month)], calendar.month_abbr[int(month)]
    names = dict(zip("ydmBb", (year, str(int(day)), str(int(month)), *words), strict=True))
    return re.sub("[ydmBb]", lambda found: names[found[0]], form)


@st.composite
def damaged(draw, kinds=("key", "capital", "day", "twice", "end")):
    """A sound text, and the same with some damage."""
    text = sound = draw(st.sampled_from(SOUND))
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(kinds))
        found = list((_DAY if kind == "day" else _KEY).finditer(text))
        if kind == "end" and "\r" not in text and "\ufeff" not in text:
            text = draw(st.sampled_from((text.replace("\n", "\r\n"), "\ufeff" + text,
                                         re.sub(r"(?m)^  (?=- )", "\t", text))))  # fmt: skip
        if not found or kind == "end":
            continue
        at = draw(st.sampled_from(found))
        word, new = at[0], at[0]
        place = draw(st.integers(0, len(word) - 2))
        if kind == "key":
            new = draw(st.sampled_from((
                word[:place] + word[place + 1 :], word[:place] + word[place] + word[place:],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            )))  # fmt: skip
        elif kind == "capital":
            new = draw(st.sampled_from((word.upper(), word.title(), word.replace("-", "_"))))
        elif kind == "day":
            new = _month(word, draw(st.sampled_from(("d B y", "d b y", "y-m-d", "d/m/y", "y/m/d"))))
        elif kind == "junk":
            new = draw(st.sampled_from(("xyz", "what", "line", "scan", "drugs", "target")))
        elif kind == "twice":
            value = re.match(r": [^,{}\[\]\n#]+(?=[,}])", text[at.end() :])
            new = f"{word}{value[0]}, {word}" if value else word
        text = text[: at.start()] + new + text[at.end() :]
    return sound, text


def faults(problems):
    return Counter(each.what.partition(" (")[0] for each in problems)


@given(damaged(("key", "capital", "day", "junk", "twice", "end")))
def test_repairs_are_made_once_make_no_problem_and_keep_comments(texts):
    _, text = texts
    found = repair(text, "a.yaml")
    _, problems = read(found.text)
    again = repair(found.text, "a.yaml")
    assert again.text == found.text, "a second run changes nothing"
    assert not again.changes
    of_text = {row.name for row in TEXT_REPAIRS}  # made before the file is read
    lines = {each.where.line for each in found.changes if each.repair not in of_text}
    if "a key twice" not in {change.repair for change in found.changes}:
        new = faults(problems) - faults(read(text)[1])
        assert not {each.where.line for each in problems if faults([each]) & new} & lines
    assert comments(found.text) == comments(text), "every comment stays"


def comments(text):
    return re.findall(r"(?m)(?:^|(?<=\s))#[^\r\n]*", text.replace("\ufeff", ""))


@given(damaged())
def test_what_loads_after_repairs_is_the_sound_file(texts):
    sound, text = texts
    before = read(text)[1]
    found = repair(text, "a.yaml")
    contents, problems = read(found.text)
    if before and not problems:
        assert contents == read(sound)[0]


def test_the_files_to_be_damaged_are_many():
    assert len(SOUND) > 20


def check(*words):
    done = CliRunner().invoke(app, ["check", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


BAD = WRAP + "  - {death: 5 May 2021}  # stays\n"


def test_the_command_writes_and_prints_what_it_changed(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(BAD, "utf-8")
    path.chmod(0o640)
    done = check("--fix", path)
    assert done.exit_code == 0
    assert f"{path}:4:13: '5 May 2021' is now '2021-05-05' (form of a date)" in done.stdout
    assert path.read_text("utf-8") == BAD.replace("5 May 2021", "2021-05-05")
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o640
    stamp = path.stat().st_mtime_ns
    assert "is now" not in check("--fix", path).output
    assert path.stat().st_mtime_ns == stamp, "a file without repairs is not written"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_without_the_option_nothing_is_written(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(BAD, "utf-8")
    assert check(path).exit_code == 2
    assert path.read_text("utf-8") == BAD


def test_data_are_alone_on_the_output(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(BAD, "utf-8")
    done = check("--fix", "--json", path)
    assert json.loads(done.stdout)["problems"] == []
    assert "is now" in done.stderr


@pytest.mark.skipif(os.name == "nt" or (os.geteuid() == 0 and False), reason="modes are of POSIX")
def test_a_file_that_cannot_be_replaced_stays(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(BAD, "utf-8")
    path.chmod(0o444)
    done = check("--fix", path)
    assert done.exit_code == 2
    assert "read-only" in done.output
    assert path.read_text("utf-8") == BAD


def test_a_link_stays_a_link(tmp_path):
    path, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_text(BAD, "utf-8")
    link.symlink_to(path)
    assert check("--fix", link).exit_code == 0
    assert link.is_symlink()
    assert "2021-05-05" in path.read_text("utf-8")


def test_what_cannot_be_read_is_named_by_the_check(tmp_path):
    (tmp_path / "a.yaml").write_bytes(b"case: \xff\n")
    for path in (tmp_path / "a.yaml", tmp_path / "none.yaml", tmp_path):
        assert check("--fix", path).exit_code == 2


def test_the_page_on_editors_has_every_repair():
    page = (ROOT / "docs" / "editors.md").read_text("utf-8")
    for row in ROWS:
        assert f"| {row.name} |" in page


def test_what_was_corrected_is_counted_beside_the_problems_that_are_left(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: c\nevents:\n  - {treatment: 2014-1-10, line: 1, drugs: x}\n"
        "  - {scan: during line 1, called: SD}\n",
        encoding="utf-8",
    )
    first, again = check("--fix", path), check("--fix", path)
    assert "1 corrected; 1 problem left" in first.output
    assert "1 problem; nothing was done" in again.output
