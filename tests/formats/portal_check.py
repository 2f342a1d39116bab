"""A study folder against the rules of cBioPortal, without our reader.

The rules are those that "File Formats" of docs.cbioportal.org states for meta files, clinical data
and timelines, and that its validator applies to clinical attributes. Only the text of the files is
used, so that a fault of our own reading cannot hide one of our writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_META = {"CANCER_STUDY": ("type_of_cancer", "cancer_study_identifier", "name", "description"),
         "CLINICAL": ("cancer_study_identifier", "genetic_alteration_type", "datatype",
                      "data_filename")}  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9._-]+")
_TIMELINE = ["PATIENT_ID", "START_DATE", "STOP_DATE", "EVENT_TYPE"]
_DATATYPES = ("STRING", "NUMBER", "BOOLEAN")
_MONTH_OF_EXCEL = re.compile(
    r"(?i)^(?=.*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))\w+-\w+$"
)


def faults(folder: Path) -> list[str]:
    """What the portal would refuse, as ``file: what``."""
    return [f"{file}: {what}" for file, what in _faults(folder)]


def _faults(folder: Path) -> Iterator[tuple[str, str]]:
    metas = {path.name: _meta(path) for path in folder.glob("meta_*.txt")}
    study = metas.get("meta_study.txt")
    if study is None:
        yield "meta_study.txt", "is missing"
        return
    samples: dict[str, str] = {}
    patients: list[str] = []
    named = []
    if study.get("add_global_case_list") != "true":
        yield "meta_study.txt", "no list of all cases"
    for name, values in sorted(metas.items()):
        needed = _META["CANCER_STUDY" if name == "meta_study.txt" else "CLINICAL"]
        for key in needed:
            if not values.get(key):
                yield name, f"no {key}"
        if values.get("cancer_study_identifier") != study.get("cancer_study_identifier"):
            yield name, "another study"
        if name == "meta_study.txt":
            continue
        file = values["data_filename"]
        named.append(file)
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        datatype = values["datatype"]
        if datatype == "TIMELINE":
            yield from ((file, what) for what in _timeline(lines))
            patients += [line.split("\t")[0] for line in lines[1:]]
        else:
            yield from ((file, what) for what in _clinical(lines, datatype))
            for line in lines[5:]:
                cells = line.split("\t")
                if datatype == "SAMPLE_ATTRIBUTES":
                    samples[cells[1]] = cells[0]
    for path in folder.glob("data_*.txt"):
        if path.name not in named:
            yield path.name, "no meta file names it"
    if not samples:
        yield "data_clinical_sample.txt", "no sample"
    for patient in dict.fromkeys(patients):
        if patient not in samples.values():
            yield "data_clinical_sample.txt", f"no sample of {patient}"


def _meta(path: Path) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in path.read_text(encoding="utf-8").splitlines())


def _clinical(lines: list[str], datatype: str) -> Iterator[str]:
    heads = [line[1:].split("\t") for line in lines[:4] if line.startswith("#")]
    columns = lines[4].split("\t")
    if len(heads) != 4 or any(len(each) != len(columns) for each in heads):
        yield "four lines of # with a field for each attribute"
        return
    if any(not cell.strip() for head in heads for cell in head):
        yield "an empty definition"
    if any(each not in _DATATYPES for each in heads[2]) or not all(map(str.isdigit, heads[3])):
        yield "a datatype or a priority that is none"
    if any(not each.isupper() for each in columns):
        yield "an attribute that is not in upper case"
    needed = ["PATIENT_ID", *(["SAMPLE_ID"] if datatype == "SAMPLE_ATTRIBUTES" else [])]
    if columns[: len(needed)] != needed:
        yield f"columns do not begin with {needed}"
    first = [line.split("\t")[len(needed) - 1] for line in lines[5:]]
    if len(set(first)) != len(first):
        yield "an identifier twice"
    for line in lines[5:]:
        cells = dict(zip(columns, line.split("\t"), strict=True))
        for name, kind in zip(columns, heads[2], strict=True):
            text = cells[name]
            if name.endswith("_ID") and not _ID.fullmatch(text):
                yield f"{name} {text!r}"
            if kind == "NUMBER" and text and not re.fullmatch(r"-?\d+(\.\d+)?", text):
                yield f"{name} {text!r} is no number"
            if _MONTH_OF_EXCEL.match(text):
                yield f"{name} {text!r} looks like a date of Excel"
        if cells.get("OS_STATUS", "") not in ("", "0:LIVING", "1:DECEASED"):
            yield f"OS_STATUS {cells['OS_STATUS']!r}"
        if cells.get("OS_STATUS") and not cells.get("OS_MONTHS"):
            yield "OS_STATUS without OS_MONTHS"


def _timeline(lines: list[str]) -> Iterator[str]:
    columns = lines[0].split("\t")
    if columns[:4] != _TIMELINE:
        yield f"columns do not begin with {_TIMELINE}"
        return
    if len(set(columns)) != len(columns):
        yield "a column twice"
    types = set()
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(columns):
            yield f"{len(cells)} fields under {len(columns)} columns"
        types.add(cells[3])
        if not re.fullmatch(r"-?\d+", cells[1]):
            yield f"START_DATE {cells[1]!r}"
        if cells[2] and (not re.fullmatch(r"-?\d+", cells[2]) or int(cells[2]) < int(cells[1])):
            yield f"STOP_DATE {cells[2]!r}"
    if len(types) != 1:
        yield f"not one type of events: {types}"
