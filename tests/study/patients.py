"""Five patients whose numbers are worked out by hand, and one whose response is open.

Treatment begins on 2024-01-01, which is day 0.

a: 100 mm; day 56: 60 mm (-40 %, PR); day 112: 55 mm (PR, confirms); day 224: 100 mm (PD)
b: 100 mm; day 56: 95 mm (-5 %, SD); day 196: 130 mm (+37 % of 95, PD)
c: 100 mm; day 56: 130 mm (PD)
d: no scan after the baseline; dies on day 60
e: registered, never treated
f: day 56: shrunk, no measurement (PR or SD); day 196: PD
"""

from __future__ import annotations

from pathlib import Path

_HEAD = """case: {name}
patient: {{sex: {sex}, age: {age}, diagnosis: liposarcoma}}
"""
_BASELINE = """lesions:
  T: {organ: liver}
events:
  - {scan: 2023-12-20, modality: CT, baseline: 1, lesions: {T: 100 mm}}
"""


def _scan(day: str, size: int) -> str:
    return f"  - {{scan: {day}, modality: CT, lesions: {{T: {size} mm}}, new: none}}\n"


TEXTS = {
    "a": _HEAD.format(name="a", sex="female", age=50)
    + _BASELINE
    + "  - {treatment: 2024-01-01/2024-08-12, line: 1, drugs: Drug A, stop: progression}\n"
    + _scan("2024-02-26", 60)
    + "  - {toxicity: 2024-01-10, term: nausea, grade: 1}\n"
    + "  - {toxicity: 2024-03-10, term: nausea, grade: 3}\n"
    + "  - {dose reduced: 2024-03-11, line: 1, drugs: Drug A, reason: toxicity}\n"
    + _scan("2024-04-22", 55)
    + _scan("2024-08-12", 100)
    + "  - {last contact: 2024-12-31}\n",
    "b": _HEAD.format(name="b", sex="male", age=60)
    + _BASELINE
    + "  - {treatment: 2024-01-01/2024-07-15, line: 1, drugs: Drug A, stop: progression}\n"
    + "  - {toxicity: 2024-02-01, term: nausea, grade: 2}\n"
    + _scan("2024-02-26", 95)
    + _scan("2024-07-15", 130)
    + "  - {last contact: 2024-12-31}\n",
    "c": _HEAD.format(name="c", sex="male", age=70)
    + _BASELINE
    + "  - {toxicity: 2023-12-01, term: fatigue, grade: 1}\n"
    + "  - {treatment: 2024-01-01/2024-02-26, line: 1, drugs: Drug B, stop: progression}\n"
    + _scan("2024-02-26", 130)
    + "  - {last contact: 2024-12-31}\n",
    "d": _HEAD.format(name="d", sex="male", age=81)
    + _BASELINE
    + "  - {treatment: 2024-01-01/2024-02-01, line: 1, drugs: Drug B, stop: toxicity}\n"
    + "  - {death: 2024-03-01}\n",
    "e": _HEAD.format(name="e", sex="female", age=40)
    + "events:\n  - {registration: 2023-12-20}\n  - {last contact: 2024-01-20}\n",
    "f": _HEAD.format(name="f", sex="female", age="60s")
    + "events:\n"
    + "  - {scan: 2023-12-20, modality: CT, baseline: 1}\n"
    + "  - {treatment: 2024-01-01/2024-07-15, line: 1, drugs: Drug A, stop: progression}\n"
    + "  - {scan: 2024-02-26, modality: CT, target: shrunk}\n"
    + "  - {scan: 2024-07-15, modality: CT, called: PD}\n"
    + "  - {last contact: 2024-12-31}\n",
}


def folder_of(path: Path, names: str = "abcde") -> Path:
    """A folder with the case files of some of them."""
    path.mkdir(exist_ok=True)
    for name in names:
        (path / f"{name}.yaml").write_text(TEXTS[name], encoding="utf-8")
    return path
