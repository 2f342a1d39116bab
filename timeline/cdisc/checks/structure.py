"""Checks of names, labels, texts, variables, keys and terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.cdisc.checks.check import Found, Study
from timeline.cdisc.dataset import Dataset, Value
from timeline.cdisc.metadata import (
    DATASETS,
    LONGEST_LABEL,
    LONGEST_NAME,
    LONGEST_TEXT,
    Variable,
    codelists,
)
from timeline.core.problem import Where, listed

_NAME = re.compile(r"[A-Z][A-Z0-9_]*")


def names(study: Study) -> Found:
    for dataset in study.datasets.values():
        for variable in dataset.variables:
            if len(variable.name) > LONGEST_NAME or not _NAME.fullmatch(variable.name):
                what = f"the name {variable.name!r} (at most 8 of A to Z, 0 to 9 and _)"
                yield dataset.where(0, variable.name), what


def labels(study: Study) -> Found:
    for dataset in study.datasets.values():
        for variable in dataset.variables:
            if len(variable.label) > LONGEST_LABEL:
                what = f"{variable.name}: a label of {len(variable.label)} characters (at most 40)"
                yield dataset.where(0, variable.name), what


def texts(study: Study) -> Found:
    for dataset, variable, number, value in _values(study):
        if isinstance(value, str) and len(value.encode()) > LONGEST_TEXT:
            size = len(value.encode())
            what = f"{variable.name}: {size} bytes (at most 200; split it, the rest in SUPP--)"
            yield dataset.where(number, variable.name), what


def ascii_texts(study: Study) -> Found:
    for dataset, variable, number, value in _values(study):
        if isinstance(value, str) and not value.isascii():
            odd = next(each for each in value if not each.isascii())
            what = f"{variable.name}: the character {odd!r} (write ASCII)"
            yield dataset.where(number, variable.name), what


def _values(study: Study) -> Iterator[tuple[Dataset, Variable, int, Value]]:
    for dataset in study.datasets.values():
        for variable in dataset.variables:
            for number, value in enumerate(dataset.values[variable.name]):
                yield dataset, variable, number, value


def _missing_variables(study: Study, *core: str) -> Found:
    for dataset in study.known():
        for variable in DATASETS[dataset.name].variables:
            if variable.core in core and variable.name not in dataset:
                yield _whole(dataset), f"without {variable.name}, {variable.label} (add it)"


def required_variables(study: Study) -> Found:
    yield from _missing_variables(study, "Req")


def expected_variables(study: Study) -> Found:
    yield from _missing_variables(study, "Exp")


def required_values(study: Study) -> Found:
    for dataset in study.known():
        for variable in dataset.variables:
            if variable.core == "Req":
                for number, value in enumerate(dataset.values[variable.name]):
                    if value is None:
                        what = f"{variable.name}: no value, which is required"
                        yield dataset.where(number, variable.name), what


def domains(study: Study) -> Found:
    for dataset in study.sdtm():
        for number, value in enumerate(dataset.column("DOMAIN")):
            if value not in (dataset.name, None):
                yield dataset.where(number, "DOMAIN"), f"DOMAIN {value!r} (write {dataset.name})"


def sequence_numbers(study: Study) -> Found:
    for dataset in study.known():
        name = f"{dataset.name}SEQ" if dataset.name[:2] != "AD" else "ASEQ"
        if name in dataset:
            seen: dict[tuple[Value, Value], int] = {}
            for number, key in enumerate(zip(dataset.column("USUBJID"), dataset.column(name),
                                             strict=True)):  # fmt: skip
                if key[1] is not None and seen.setdefault(key, number) != number:
                    at = dataset.where(seen[key], name)
                    what = (
                        f"{name} {key[1]} of {key[0]} again, first in row {at.line} (number anew)"
                    )
                    yield dataset.where(number, name), what


def one_record_a_subject(study: Study) -> Found:
    for name in ("DM", "ADSL"):
        if name in study.datasets:
            dataset = study.datasets[name]
            seen: set[Value] = set()
            for number, subject in enumerate(dataset.column("USUBJID")):
                if subject in seen:
                    yield dataset.where(number, "USUBJID"), f"the subject {subject!r} twice"
                seen.add(subject)


def known_subjects(study: Study) -> Found:
    for dataset in study.known():
        base = "DM" if dataset.name in DATASETS and dataset.name[:2] != "AD" else "ADSL"
        if base not in study.datasets or dataset.name == base:
            continue
        subjects = set(study.datasets[base].column("USUBJID"))
        for number, subject in enumerate(dataset.column("USUBJID")):
            if subject not in subjects:
                yield dataset.where(number, "USUBJID"), f"the subject {subject!r} is not in {base}"


def one_study(study: Study) -> Found:
    known: dict[Value, str] = {}
    for dataset in study.known():
        for number, value in enumerate(dataset.column("STUDYID")):
            if value is not None and value not in known:
                if known:
                    first = next(iter(known))
                    what = (
                        f"STUDYID {value!r}, and {first!r} in {known[first]} (one study a folder)"
                    )
                    yield dataset.where(number, "STUDYID"), what
                known[value] = dataset.name


def terms(study: Study) -> Found:
    for dataset in study.known():
        for variable in dataset.variables:
            known = codelists().get(variable.codelist)
            if known is None or known.is_extensible:
                continue
            for number, value in enumerate(dataset.values[variable.name]):
                if value is not None and value not in known.terms:
                    what = f"{variable.name} {value!r} (write one of: {listed(known.terms)})"
                    yield dataset.where(number, variable.name), what


def _whole(dataset: Dataset) -> Where:
    return Where(dataset.file or dataset.name.lower())
