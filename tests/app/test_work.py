"""What the pages have made in other processes: each is a function of texts and files."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from timeline.app.folder import CaseFolder
from timeline.app.work.exports import exported
from timeline.app.work.jobs import Jobs, NotDone
from timeline.app.work.marked_report import Mark, Marked, marked, marked_html
from timeline.app.work.summaries import cohort_figure, summary_of
from timeline.app.work.summary_store import SummaryStore
from timeline.app.work.uploaded import made_of

ROOT = Path(__file__).parents[2]
CASE = """\
case: smith
report: {title: A report}
patient: {sex: female, age: 61}
events:
  Case presentation:
    - {diagnosis: 2021-03}
    - {treatment: 2021-04-12/2021-09-16, line: 1, drugs: doxorubicin,
       printed: {PFS: 5.2 months, place: Case presentation}}
    - {scan: 2021-09-16, target: PD}
    - {death: 2022-05-20}
"""
REPORT = (
    "Case presentation\n\nIn March 2021 a sarcoma was found. She received doxorubicin from "
    "12 April 2021 to 16 September 2021, <b>when</b> it had grown; PFS was 5.2 months. "
    "She died on 20 May 2022.\n"
)


def test_a_summary_has_the_patient_and_the_lines(tmp_path):
    file = tmp_path / "smith.yaml"
    file.write_text(CASE)
    found = summary_of("smith.yaml", file)
    assert (found.case, found.problems, found.counts) == ("smith", 0, "4 events, 1 line, 1 claim")
    assert "female, 61" in found.heading
    # 12 April to 16 September: 18 + 31 + 30 + 31 + 31 + 16 = 157 days / 30.4375 = 5.16 months
    assert [(each[0], each[1], each[3]) for each in found.lines] == [
        ("1", "doxorubicin", "5.2 months (event)")
    ]
    file.write_text(CASE.replace("2021-03}", "2021-13}"))
    found = summary_of("smith.yaml", file)
    assert (found.case, found.problems) == ("", 1)
    assert found.first.startswith("smith.yaml:6: ")
    assert summary_of("no.yaml", tmp_path / "no.yaml").problems == 1


def test_of_a_case_in_two_files_only_the_case_is_a_patient():
    assert summary_of("a", ROOT / "cases/wang2023.yaml").case == "wang2023"
    report = summary_of("b", ROOT / "seeds/wang2023.yaml")
    assert (report.case, report.problems) == ("", 0)
    assert "Wang" in report.heading


def test_the_figure_of_a_cohort_names_why_it_is_not_drawn(tmp_path):
    made = []
    for name, text in (("a", CASE), ("b", CASE.replace("smith", "jones"))):
        (tmp_path / name).write_text(text)
        made.append(summary_of(name, tmp_path / name).derived)
    drawn = cohort_figure(made)
    assert "2 of 2 patients" in drawn.caption
    assert "smith" in drawn.svg
    assert cohort_figure([made[0]] * 2).fault == "two patients are named 'smith' (rename one)"
    assert "nothing to draw" in cohort_figure([]).fault


@pytest.mark.parametrize(
    ("what", "choices", "begin"),
    [
        ("figure", {"kind": "timeline", "journal": "lancet", "column": "double", "format": "svg"},
         b"<?xml"),
        ("lines", {"format": "csv"}, b"\xef\xbb\xbf"),
        ("report", {"format": "html"}, b"<!doctype html>"),
    ],
)  # fmt: skip
def test_exports_of_a_text_that_is_not_saved(tmp_path, what, choices, begin):
    made = exported(what, CASE, tmp_path / "smith.yaml", choices)
    assert made.fault == ""
    assert made.raw.lower().startswith(begin) or what == "lines"
    assert b"doxorubicin" in made.raw
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "choices", "fault"),
    [
        (CASE, {"format": "exe"}, "unknown format: 'exe'"),
        (CASE, {"format": "../../x"}, "unknown format"),
        (CASE.replace("2021-03}", "2021-13}"), {"format": "csv"}, "the text has 1 problem"),
    ],
)
def test_an_export_that_cannot_be_made(tmp_path, text, choices, fault):
    made = exported("lines", text, tmp_path / "smith.yaml", choices)
    assert made.raw == b""
    assert fault in made.fault


def test_uploads_become_case_files():
    made = made_of("Müller 2024.csv", b"event,date\ndiagnosis,2021-03\nscan,2021-04\n")
    assert made.name == "Müller-2024.yaml"
    assert "diagnosis: 2021-03" in made.text
    faults = made_of("a.csv", b"event,date\nscan,15.03.2021\nscann,2021\n").told
    assert len(faults) == 2  # all at once
    assert faults[0].startswith("a.csv:2:")
    draft = made_of("report.txt", REPORT.encode())
    assert "doxorubicin" in draft.text
    assert "TODO" in draft.told[0]
    assert made_of("a.exe", b"MZ").told[0].startswith("a.exe: unknown kind of file")
    assert made_of("a.xlsx", b"PK\x03\x04 no workbook").text == ""
    assert made_of("a.yaml", CASE.encode()).text == CASE


def test_values_are_marked_in_the_text_of_the_report(tmp_path):
    found = marked("report.txt", REPORT.encode(), CASE, tmp_path / "smith.yaml")
    assert found.fault == ""
    parts = {found.text[each.start : each.end]: each.kind for each in found.marks}
    assert parts["doxorubicin"] == parts["5.2"] == "found"
    shown = marked_html(found)
    assert "&lt;b&gt;when&lt;/b&gt;" in shown
    assert shown.count("<mark ") == len(found.marks)
    wrong = marked("r.txt", REPORT.encode(), CASE.replace("5.2", "6.3"), tmp_path / "smith.yaml")
    line = next(n for n, text in enumerate(CASE.splitlines(), 1) if "PFS" in text)
    assert line in [each[0] for each in wrong.missing]


def test_summaries_are_made_once_for_each_state_of_a_file(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(CASE.replace("smith", name))
    asked, shown = [], []

    class Here:  # the processes
        async def run(self, work, *args):
            asked.append((work.__name__, *args))
            return work(*args)

    async def run():
        store = SummaryStore(CaseFolder(tmp_path), Here())
        await asyncio.gather(store.read(shown.append), store.read(shown.append))
        assert [len(part) for _, part in asked] == [2]  # two pages, and each file read once
        assert {name: each.case for name, each in shown[-1].items()} == {
            "a.yaml": "a", "b.yaml": "b"
        }  # fmt: skip
        first = await store.figure("swimmer")
        assert await store.figure("swimmer") is first
        (tmp_path / "b.yaml").write_text(CASE.replace("smith", "other"))
        await store.read(shown.append)
        assert [name for name, _ in asked[-1][1]] == ["b.yaml"]
        assert "other" in (await store.figure("swimmer")).svg
        (tmp_path / "b.yaml").unlink()
        assert [*await store.read(shown.append)] == ["a.yaml"]

    asyncio.run(run())


def test_a_mark_is_cut_out_of_the_plain_text():
    mark = Mark(start=2, end=3, kind="found", about='"<x>"')
    shown = marked_html(Marked(name="a", text="a <b>", marks=(mark,)))
    assert shown == 'a <mark class="found" title="&quot;&lt;x&gt;&quot;">&lt;</mark>b&gt;'


def test_work_that_dies_or_takes_too_long_is_said_and_the_next_is_done():
    async def run():
        jobs = Jobs(longest=30)
        try:
            with pytest.raises(NotDone, match="ended without a result"):
                await jobs.run(os._exit, 1)
            assert await jobs.run(len, "four") == 4
            jobs._longest = 0.2
            with pytest.raises(NotDone, match="longer than 0 seconds"):
                await jobs.run(time.sleep, 60)
        finally:
            jobs.stop()

    start = time.monotonic()
    asyncio.run(run())
    assert time.monotonic() - start < 30
