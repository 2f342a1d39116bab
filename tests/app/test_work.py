"""What the pages have made in other processes: each is a function of texts and files."""

import asyncio
import io
import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.app.processes import ended
from timeline.app.editor.cohort_page import left_out
from timeline.app.editor.start_page import claims_cell, problems_cell, remarks_cell
from timeline.app.folder import CaseFolder
from timeline.app.work import exports
from timeline.app.work.exports import exported
from timeline.app.work.jobs import Jobs, NotDone
from timeline.app.work.marked_report import Mark, Marked, marked, marked_html
from timeline.app.work.summaries import (
    AuditCount,
    Summary,
    audits_of,
    cohort_figure,
    glanced_figure,
    glances_of,
    summaries_of,
    summary_of,
)
from timeline.app.work.summary_store import SummaryStore
from timeline.app.work.uploaded import made_of
from timeline.endpoints import derived_case
from timeline.views.case_report import load_text, load_texts

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
    assert found.first.startswith("smith.yaml, line 6: ")
    assert summary_of("no.yaml", tmp_path / "no.yaml").problems == 1


def test_of_a_case_in_two_files_only_the_case_is_a_patient():
    assert summary_of("a", ROOT / "cases/wang2023.yaml").case == "wang2023"
    report = summary_of("b", ROOT / "seeds/wang2023.yaml")
    assert (report.case, report.problems) == ("", 0)
    assert "Wang" in report.heading


def test_a_summary_counts_the_remarks_and_an_audit_the_claims_that_it_contradicts(tmp_path):
    file = tmp_path / "smith.yaml"
    # PFS from 12 April to 16 September is 157 days, 5.16 months: 5.2 agrees, 9.9 cannot
    file.write_text(CASE.replace("5.2", "9.9").replace("2021-03}", "2021-09}"))
    found = summary_of("smith.yaml", file)
    assert (found.problems, found.has_claims) == (0, True)
    remarks = [str(each) for each in load_text(file.read_text(), file).case_report.remarks]
    assert [each.split(": ")[1] for each in remarks] == ["warning", "warning"]
    assert found.remarks == "2 warnings"
    (audit,) = audits_of([("smith.yaml", found.loaded)])
    assert (audit.claims, audit.contradicted) == (1, 1)
    assert audit.summary == "1 contradicted; 1 finding: 1 error"
    file.write_text(CASE)
    (audit,) = audits_of([("smith.yaml", summary_of("smith.yaml", file).loaded)])
    assert (audit.claims, audit.contradicted) == (1, 0)
    assert audit.summary == "1 agree; no finding"


SOUND = Summary(name="a.yaml", has_claims=True)


@pytest.mark.parametrize(
    ("found", "audit", "cells"),
    [
        (SOUND, None, ("none", "none", "Auditing ..")),
        (SOUND, AuditCount(name="a", claims=3, summary="3 agree; no finding"),
         ("none", "none", "3 claims: 3 agree; no finding")),
        (SOUND, AuditCount(name="a", claims=3, contradicted=1, summary="1 contradicted, 2 agree"),
         ("none", "none", '<span class="fault">3 claims: 1 contradicted, 2 agree</span>')),
        (Summary(name="a", remarks="2 notes"), None, ("none", "2 notes", "no claims")),
        (Summary(name="a", problems=2, first="a:1: <b>"), None,
         ('<span class="fault">2 problems</span>: a:1: &lt;b&gt;', "not known", "not known")),
    ],
)  # fmt: skip
def test_the_list_says_the_faults_of_each_kind(found, audit, cells):
    shown = problems_cell(found), remarks_cell(found), claims_cell(found, audit)
    assert shown == cells
    assert "sound" not in "".join(shown)


def test_a_summary_is_made_again_when_the_report_of_the_case_changes(tmp_path):
    (tmp_path / "cases").mkdir()
    case = CASE.replace("report: {title: A report}\n", "source: ../smith.yaml\n")
    case = case.replace(",\n       printed: {PFS: 5.2 months, place: Case presentation}", "")
    (tmp_path / "cases/smith.yaml").write_text(case)
    report = (
        "source: smith\ncase: cases/smith.yaml\nclaims:\n  Abstract:\n"
        "    - {PFS: 5.2 months, line: 1}\n"
    )
    (tmp_path / "smith.yaml").write_text(report)

    class Here:  # the processes
        async def run(self, work, *args):
            return work(*args)

    async def run():
        store, audits = SummaryStore(CaseFolder(tmp_path), Here()), []
        known = await store.read(lambda _: None)
        assert {n: each.problems for n, each in known.items()} == {
            "cases/smith.yaml": 0, "smith.yaml": 0
        }  # fmt: skip
        await store.audit(audits.append)
        assert {each.contradicted for each in audits[-1].values()} == {0}
        (tmp_path / "smith.yaml").write_text(report.replace("5.2", "9.9"))
        await store.read(lambda _: None)
        await store.audit(audits.append)
        assert {n: each.contradicted for n, each in audits[-1].items()} == {
            "cases/smith.yaml": 1, "smith.yaml": 1
        }  # fmt: skip
        (tmp_path / "smith.yaml").write_text(report.replace("PFS", "PSF"))
        assert (await store.read(lambda _: None))["cases/smith.yaml"].problems == 1

    asyncio.run(run())


def test_the_figure_of_a_cohort_names_why_it_is_not_drawn(tmp_path):
    made = []
    for name, text in (("a", CASE), ("b", CASE.replace("smith", "jones"))):
        (tmp_path / name).write_text(text)
        made.append(summary_of(name, tmp_path / name).loaded)
    drawn = cohort_figure(made)
    assert "2 of 2 patients" in drawn.caption
    assert "smith" in drawn.svg
    assert "no file without problems has one patient" in cohort_figure([]).fault


@pytest.mark.parametrize("names", [("a.yaml", "b.yaml"), ("one/a.yaml", "two/a.yaml")])
def test_patients_of_one_name_are_drawn_and_labelled_by_their_files(names, tmp_path):
    made = []
    for name in (*names, "jones.yaml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(CASE.replace("smith", "jones") if name == "jones.yaml" else CASE)
        made.append(summary_of(name, path).loaded)
    drawn = cohort_figure(made)
    assert (drawn.fault, "3 of 3 patients" in drawn.caption) == ("", True)
    assert all(name in drawn.svg for name in (*names, "jones"))
    note = (
        f"2 files name their patient 'smith', and each is labelled by its file: {', '.join(names)}."
    )
    assert drawn.caption.endswith(note)
    assert "labelled by its file" not in cohort_figure(made[1:]).caption


def test_a_report_of_a_patient_is_not_left_out_of_the_figure(tmp_path):
    known = {}
    for name, case, reads, problems in (
        ("a.yaml", "smith", ("a_report.yaml",), 0),
        ("a_report.yaml", "", (), 0),
        ("other.yaml", "", (), 0),
        ("names.yaml", "", ("a.yaml",), 0),
        ("wrong.yaml", "", ("a.yaml",), 1),
    ):
        (tmp_path / name).write_text("")
        paths = tuple(tmp_path / each for each in reads)
        known[name] = Summary(name=name, case=case, reads=paths, problems=problems)
    left = left_out(known, CaseFolder(tmp_path))
    assert [each.name for each in left] == ["other.yaml", "wrong.yaml"]


def test_survival_from_a_diagnosis_without_a_year_is_not_known(tmp_path):
    (tmp_path / "a.yaml").write_text(CASE.replace("2021-03}", "20XX}"))
    found = summary_of("a.yaml", tmp_path / "a.yaml")
    assert found.overall == "not known: the diagnosis has no year"
    assert "1 note" in found.remarks


def test_a_glance_prints_and_draws_what_the_whole_files_do(tmp_path, monkeypatch):
    report = f"source: report\ncase: {ROOT / 'cases/wang2023.yaml'}\nclaims: [{{x: 1}}]\n"
    texts = {
        "wang": (ROOT / "cases/wang2023.yaml").read_text(),
        "jin": (ROOT / "cases/jin2025.yaml").read_text(),
        "none": report,
        "broken": CASE.replace("2021-03}", "2021-13}"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text.replace("../seeds", str(ROOT / "seeds")))
    files = [(name, tmp_path / name) for name in texts]
    read = []
    monkeypatch.setattr("timeline.views.case_report.load_contents", read.append)
    glances = glances_of(files)
    assert read == [], "no report is read"
    assert [each.case for each in glances] == ["wang2023", "jin2025", "", ""]
    monkeypatch.undo()
    whole = [load_text(path.read_text(), path).case_report for _, path in files[:2]]
    summaries = [summary_of(*each) for each in files[:2]]
    drawn = glanced_figure([each.patient for each in glances[:2]])
    for one, other, full in zip(glances, summaries, whole, strict=False):
        for key in ("case", "heading", "lines", "overall"):
            assert getattr(one, key) == getattr(other, key), key
        assert len(full.derived.outcomes) > 10 * len(one.lines)
    assert drawn.svg
    assert drawn == cohort_figure([each.loaded for each in summaries])


def test_a_cohort_is_shown_before_the_reports_are_read_and_draws_once(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(CASE.replace("smith", name))
    events = "events:\n  - {treatment: 2021-04-12/2021-09-16, line: 1, drugs: doxorubicin}\n"
    (tmp_path / "c.yaml").write_text(f"case: c\nsource: r.yaml\n{events}")
    asked, shown = [], []

    class Here:  # the processes
        async def run(self, work, *args):
            asked.append(work.__name__)
            return work(*args)

    async def run():
        store = SummaryStore(CaseFolder(tmp_path), Here())
        first = await store.glance(shown.append)
        assert sorted(each.case for each in first.values()) == ["a", "b", "c"]
        drawn = await store.first_figure()
        assert "3 of 3 patients" in drawn.caption
        known = await store.read(lambda _: None)
        assert sorted(each.case for each in known.values()) == ["", "a", "b"]  # no r.yaml is there
        assert "2 of 2 patients" in (await store.figure("swimmer")).caption
        (tmp_path / "c.yaml").unlink()
        await store.glance(shown.append)
        await store.read(lambda _: None)
        again = await store.first_figure()
        assert await store.figure("swimmer") is again
        assert asked == ["glances_of", "glanced_figure", "summaries_of", "cohort_figure"]

    asyncio.run(run())


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


def test_a_figure_of_several_pages_is_an_archive_of_them(tmp_path, monkeypatch):
    def pages(_, file, *__):  # as renderers.write names the pages of a figure
        for n in (1, 2):
            file.with_name(f"{file.stem}-{n}{file.suffix}").write_text(f"page {n}")

    monkeypatch.setitem(exports._WRITERS, "figure", pages)
    choices = {"kind": "timeline", "format": "svg"}
    made = exported("figure", CASE, tmp_path / "smith.yaml", choices)
    assert (made.fault, made.name) == ("", "smith-timeline.zip")
    with zipfile.ZipFile(io.BytesIO(made.raw)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {"smith-timeline-1.svg": b"page 1", "smith-timeline-2.svg": b"page 2"}


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
    assert faults[0].startswith("Row 1 of a.csv: date: not a date: '15.03.2021'")
    draft = made_of("report.txt", REPORT.encode())
    assert "doxorubicin" in draft.text
    assert "TODO" in draft.told[0]
    assert made_of("a.exe", b"MZ").told[0].startswith("a.exe: unknown kind of file")
    assert made_of("a.xlsx", b"PK\x03\x04 no workbook").text == ""
    assert made_of("a.yaml", CASE.encode()).text == CASE


CLINIC = """\
Date,Event,Details,ECOG,CEA (ng/mL),Notes2
15.03.2021,Diagnosis,adenocarcinoma,1,,
20.07.2022,scan,shrunk,,44,x
"""


def test_an_uploaded_table_speaks_of_its_rows_and_offers_what_a_paste_does():
    refused = made_of("MR sb.csv", CLINIC.encode())
    told = " ".join(refused.told)
    assert refused.text == ""
    assert "2 rows of MR sb.csv (1, 2): date: not a date: '15.03.2021' (write 2021-03-15)" in told
    assert not re.search(r"--|[.]csv:[0-9]|/(?!mL)|pasted", told)
    offered = {each.column: list(each.ways) for each in refused.offers}
    assert offered == {
        "CEA (ng/mL)": ["leave out", "note", "lab"],
        "Notes2": ["leave out", "note"],
        "ECOG": ["leave out", "note", "performance"],
        "": ["dmy"],
    }
    chosen = {"CEA (ng/mL)": "lab", "Notes2": "leave out", "ECOG": "performance"}
    made = made_of("MR sb.csv", CLINIC.encode(), chosen, "dmy")
    assert made.text.startswith("# Made from MR sb.csv.\n")
    assert "# 'Notes2' is left out (1 cell).\n" in made.text
    case = load_text(made.text, Path("a.yaml"))
    assert case.problems == ()
    kinds = sorted(each.kind for each in case.case_report.case.events)
    assert kinds == ["diagnosis", "lab", "performance", "scan"]


def test_a_table_without_the_headings_that_it_needs_says_what_to_write():
    told = made_of("a.csv", b"when,thing\n2021,scan\n").told
    assert told[0].startswith("Line 1, column 1: no column 'date'")
    assert "write date above its column" in told[0]
    assert not [each for each in told if "--" in each]


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


WORDS = """\
case: smith
report: {title: A report}
patient: {sex: female, age: 61, diagnosis: primary leiomyosarcoma, site: right femur}
events:
  Case presentation:
    - {diagnosis: 2021-03}
    - {treatment: 2021-04-12/2022-08, line: 1, drugs: doxorubicin}
    - {scan: 2022-08, modality: CT, new: liver}
"""
PRINTED_WORDS = (
    "Case presentation\n\nIn March 2021 a 61-year-old woman had a leiomyosarcoma of the right "
    "femur. She received doxorubicin from 12 April 2021, which was stopped in August 2022, when CT "
    "showed liver metastases.\n\nReferences\n\n1. Smith A. Leiomyosarcoma of the liver. 2011.\n"
)


def test_words_of_the_case_are_marked_and_a_mark_names_all_that_it_prints(tmp_path):
    found = marked("r.txt", PRINTED_WORDS.encode(), WORDS, tmp_path / "smith.yaml")
    marks = {found.text[each.start : each.end]: each for each in found.marks}
    expected = {
        "61": "found: age 61",
        "woman": "sex female",
        "leiomyosarcoma": "diagnosis primary leiomyosarcoma",
        "right femur": "site right femur",
        "CT": "scan 2022-08: modality CT",
        "liver": "scan 2022-08: new liver",
    }
    assert {text: marks[text].about for text in expected} == expected
    ended = "found: treatment 2021-04-12 end: 2022-08; found: scan 2022-08: 2022-08"
    assert marks["August 2022"].about == ended
    assert "Leiomyosarcoma" not in marks, "of a study that is cited"
    assert found.missing == ()


NEAR_CASE = """\
case: smith
report: {title: A report}
patient: {sex: female, age: 61}
events:
  Case presentation:
    - {diagnosis: 2021-03}
    - {treatment: 2021-04-12/2021-09-16, line: 1, drugs: doxorubicin 75 mg/m² IV, cycles: 6}
    - {treatment: 2021-10-04/2022-02-01, line: 2, drugs: trabectedin 1.5 mg/m² day 1}
claims:
  Case presentation:
    - {count: 0, about: ORR, line: 2}
"""
NEAR_REPORT = (
    "Case presentation\n\nA woman of 61 years had no event in her history, and no relative with "
    "cancer. In March 2021 a sarcoma was found. She received doxorubicin 75 mg/m2 from 12 April "
    "2021 to 16 September 2021, six cycles. Docetaxel at 75 mg/m2 for six cycles was considered "
    "on 12 April 2021 and refused. Trabectedin 1.5 mg/m2 was given from 4 October 2021 to 1 "
    "February 2022; no responses were seen.\n"
)


def test_a_mark_is_at_the_sentence_of_the_value_and_not_at_another(tmp_path):
    found = marked("r.txt", NEAR_REPORT.encode(), NEAR_CASE, tmp_path / "smith.yaml")
    sentences = {}
    for mark in found.marks:
        start = found.text.rfind(". ", 0, mark.start) + 1
        sentences.setdefault(mark.about, []).append(found.text[start : mark.end].split()[0])
    assert sentences["found: count line 2 ORR: 0"] == ["Trabectedin"]  # not "no event"
    for what in ("doxorubicin 75 mg/m²", "cycles 6", "2021-04-12"):
        assert sentences[f"found: treatment 2021-04-12: {what}"] == ["She"]  # not of docetaxel
    days = [fault for _, fault in found.missing]
    assert len(days) == 1  # the 1 of 1 February is no day of a cycle
    assert days[0].endswith("trabectedin day 1 [Case presentation]: the text does not print it")


def test_an_age_that_is_not_found_leads_to_its_own_line(tmp_path):
    case = NEAR_CASE.replace("age: 61", "age: 62")
    missing = marked("r.txt", NEAR_REPORT.encode(), case, tmp_path / "smith.yaml").missing
    assert [line for line, fault in missing if "age 62" in fault] == [3]  # not that of case:


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


def test_files_are_derived_together_and_a_fault_of_one_is_told_of_it_alone(tmp_path, monkeypatch):
    texts = {
        "a": CASE,
        "b": CASE.replace("2021-03}", "2021-13}"),
        "c": CASE.replace("smith", "jones").replace("place: Case", "ref: mars, place: Case"),
        "d": CASE.replace("patient:", "settings: {exposure_plus_one: true}\npatient:"),
    }
    files = [(name, tmp_path / f"{name}.yaml") for name in texts]
    for name, path in files:
        path.write_text(texts[name])
    alone = [load_text(path.read_text(), path) for _, path in files]
    together = load_texts([(path.read_text(), path) for _, path in files])
    assert [each.problems for each in together] == [each.problems for each in alone]
    assert [len(each.problems) for each in alone] == [0, 1, 1, 0]
    derived = [
        [e.case_report and e.case_report.derived for e in some] for some in (alone, together)
    ]
    assert derived[0] == derived[1]
    calls = []
    monkeypatch.setattr(
        "timeline.endpoints.derived_case._assess_all",
        lambda cases, real=derived_case._assess_all: calls.append(1) or real(cases),
    )
    summary_of(*files[0])
    one = len(calls)
    assert summaries_of(files)[0] == summary_of(*files[0])
    assert len(calls) == 3 * one  # four files, as many calls as for one
    (tmp_path / "b.yaml").write_bytes(b"\xff")
    found = summaries_of(files)
    assert [each.case for each in found][::3] == ["smith", "smith"]
    assert found[1].first.startswith("not UTF-8 text")


def test_what_is_asked_for_twice_is_made_once_and_audits_leave_processes_free(tmp_path):
    for number in range(20):
        (tmp_path / f"{number}.yaml").write_text(CASE.replace("smith", f"smith{number}"))
    made, most = [], [0]

    class Here:  # the processes
        async def run(self, work, *args):
            made.append(work.__name__)
            most[0] = max(most[0], made.count("audits_of") - made.count("audited"))
            await asyncio.sleep(0.01)
            if work is audits_of:
                made.append("audited")
            return work(*args)

        def begun(self, work, *args):
            made.append(work.__name__)
            answer = Future()
            answer.set_result(work(*args))
            return answer

    async def run():
        store = SummaryStore(CaseFolder(tmp_path), Here())
        store.begin()
        ahead = asyncio.create_task(store.read_ahead())
        await store.read(lambda _: None)
        first = await store.figure("swimmer")
        await ahead
        assert await store.figure("swimmer") is first
        assert (made.count("glances_of"), made.count("glanced_figure")) == (3, 1)
        audits = []
        await store.audit(audits.append)
        assert len(audits[-1]) == 20
        assert most[0] == 2
        (tmp_path / "3.yaml").write_text(CASE.replace("5.2", "9.9"))
        await store.audit(audits.append)
        assert audits[-1]["3.yaml"].contradicted == 0  # as the list shows the file
        await store.read(lambda _: None)
        await store.audit(audits.append)
        assert audits[-1]["3.yaml"].contradicted == 1
        fresh = SummaryStore(CaseFolder(tmp_path), Here())
        fresh.begin()
        (tmp_path / "3.yaml").write_text(CASE.replace("smith", "changed meanwhile"))
        assert (await fresh.glance(lambda _: None))["3.yaml"].case == "changed meanwhile"

    asyncio.run(run())


def test_a_mark_is_cut_out_of_the_plain_text():
    mark = Mark(start=2, end=3, kind="found", about='"<x>"')
    shown = marked_html(Marked(name="a", text="a <b>", marks=(mark,)))
    assert shown == 'a <mark class="found" title="&quot;&lt;x&gt;&quot;">&lt;</mark>b&gt;'


def test_a_process_of_the_pages_ends_quietly_with_a_server_that_is_killed(tmp_path):
    code = (
        "import asyncio, os, signal\n"
        "from timeline.app.work.jobs import Jobs\n"
        "if __name__ == '__main__':\n"
        "    print(asyncio.run(Jobs().run(os.getpid)), flush=True)\n"
        "    signal.pause()\n"
    )
    (tmp_path / "server.py").write_text(code)
    words = [sys.executable, str(tmp_path / "server.py")]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child = int(server.stdout.readline())
    server.kill()
    assert server.communicate(timeout=60) == ("", "")  # no word of semaphores that are left
    assert ended([child], 20)


def test_work_that_dies_or_takes_too_long_is_said_and_the_next_is_done():
    async def run():
        jobs = Jobs(longest=30)
        try:
            with pytest.raises(NotDone, match="ended without a result"):
                await jobs.run(os._exit, 1)
            assert await jobs.run(len, "four") == 4
            assert jobs.begun(len, "four").result(30) == 4
            assert jobs._at_work == 1  # no more than there is work at once
            with pytest.raises(ValueError, match="invalid literal"):
                await jobs.run(int, "four")
            with pytest.raises(NotDone, match="cannot be passed on"):
                await jobs.run(threading.Lock)
            jobs._longest = 0.2
            with pytest.raises(NotDone, match="longer than 0 seconds"):
                await jobs.run(time.sleep, 60)
        finally:
            jobs.stop()

    start = time.monotonic()
    asyncio.run(run())
    assert time.monotonic() - start < 30
