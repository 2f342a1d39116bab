"""Cases and reports for the tests of the board report."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from timeline.views.board_report import BoardReport
from timeline.views.board_report.content import Content, Facts, Figure, Items, Table
from timeline.views.case_report import load_all

ROOT = Path(__file__).parents[3]
MEASURED = """
case: measured
patient: {sex: female, age: 61, diagnosis: leiomyosarcoma}
lesions: {T1: {organ: liver}, T2: {organ: lung}}
events:
  Case presentation:
    - {diagnosis: 2020-11-02, stage: IV, grade: G3}
    - {biomarker: 2020-11-10, name: PD-L1, result: 40 %, assay: TPS}
    - {performance: 2020-12-20, ecog: 1}
    - {scan: 2021-01-01, baseline: 1, modality: CT, lesions: {T1: 40 mm, T2: 20 mm}}
    - {treatment: 2021-01-04/2021-09-06, line: 1, drugs: pembrolizumab 200 mg IV day 1,
       cycle: 3 weeks, criterion: iRECIST, stop: progression}
    - {scan: 2021-03-01, lesions: {T1: 24 mm, T2: 18 mm}, new: none, called: PR}
    - {toxicity: 2021-04-01, what: colitis, grade: 3, management: prednisolone, resolved: 2021-05}
    - {toxicity: 2021-03-10, what: rash, grade: 1}
    - {lab: 2021-04-02, values: {LDH: 300 U/L}}
    - {scan: 2021-06-01, lesions: {T1: 20 mm, T2: 16 mm}, new: none}
    - {scan: 2021-08-02, lesions: {T1: 27 mm, T2: 18 mm}, new: none}
    - {scan: 2021-09-06, lesions: {T1: 34 mm, T2: 20 mm}, new: none}
    - {treatment: 2021-09-20/after scan 2021-11-20, line: 2, drugs: trabectedin}
    - {scan: 2021-11-20, line: 2, target: stable, new: none}
    - {death: 2022-02-14, cause: tumour progression}
"""


@cache
def report_of(*names: str) -> BoardReport:
    """The report of some files of the repository, made once."""
    loaded, problems = load_all([ROOT / name for name in names])
    assert problems == ()
    return BoardReport(loaded)


@cache
def content_of_text(folder: Path, text: str = MEASURED, name: str = "case.yaml") -> BoardReport:
    """The report of a case file with this text."""
    path = folder / name
    path.write_text(text, "utf-8")
    loaded, problems = load_all([path])
    assert problems == (), [str(each) for each in problems]
    return BoardReport(loaded)


def blocks(content: Content, kind: type):
    return [block for section in content.sections for block in section.blocks
            if isinstance(block, kind)]  # fmt: skip


def table(content: Content, key: str) -> list[dict[str, str]]:
    """The rows of a table by the keys of its columns."""
    (found,) = [each for each in blocks(content, Table) if each.key == key]
    return found.records()


def facts(content: Content) -> dict[str, str]:
    (found,) = blocks(content, Facts)
    return dict(found.rows)


def items(content: Content, key: str) -> tuple[str, ...]:
    (found,) = [each for each in blocks(content, Items) if each.key == key]
    return found.texts


def figures(content: Content) -> list[str]:
    return [each.kind for each in blocks(content, Figure)]
