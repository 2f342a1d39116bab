"""The datasets and variables of CDISC as rows: name, label, type, length, role, core, codelist.

The rows are those of ``data/cdisc_datasets.csv``, ``data/cdisc_variables.csv`` and
``data/cdisc_terms.csv``. A dataset may hold other variables as well; they are kept as they are.
"""

from __future__ import annotations

import functools
from types import MappingProxyType

from timeline.core.data_tables import data_rows
from timeline.core.frozen_class import frozen

NUMERIC, CHARACTER = "Num", "Char"
DATE_FORMAT = "DATE9."  # of numeric dates, which count days since 1960 in SAS
LONGEST_NAME, LONGEST_LABEL, LONGEST_TEXT = 8, 40, 200  # SAS transport files, version 5
SDTM, ADAM = "SDTM", "ADaM"


@frozen(kw_only=True)
class Variable:
    """A variable of a dataset.

    Attributes:
        dataset: the dataset that it belongs to, as ``RS``.
        name: at most 8 characters.
        label: at most 40 characters; empty where a file states none.
        type: ``Char`` or ``Num``.
        length: of a text the most characters; of a number 8.
        format: ``DATE9.`` of a numeric date; else empty.
        role: its role in SDTM, or its group in ADaM.
        core: ``Req``, ``Exp`` or ``Perm`` in SDTM; ``Req``, ``Cond`` or ``Perm`` in ADaM.
        codelist: the name of its controlled terminology; empty where it has none.
        source: where it is defined.
    """

    dataset: str
    name: str
    label: str = ""
    type: str = CHARACTER
    length: int = LONGEST_TEXT
    format: str = ""
    role: str = ""
    core: str = ""
    codelist: str = ""
    source: str = ""

    @property
    def is_date(self) -> bool:
        """Whether it is a numeric date."""
        return self.format == DATE_FORMAT

    @property
    def is_numeric(self) -> bool:
        """Whether it is a number or a numeric date."""
        return self.type == NUMERIC

    @property
    def is_iso_date(self) -> bool:
        """Whether it is a text with a date by ISO 8601, such as ``RSDTC``."""
        return self.type == CHARACTER and (self.codelist == "ISO 8601" or self.name.endswith("DTC"))


@frozen(kw_only=True)
class DatasetRow:
    """A dataset: its label, standard, structure, keys, and variables in their order."""

    name: str
    label: str
    standard: str
    structure: str
    keys: tuple[str, ...]
    source: str
    variables: tuple[Variable, ...]

    def variable(self, name: str) -> Variable | None:
        """The variable with a name; None where the standard row has none."""
        return next((each for each in self.variables if each.name == name), None)


@frozen(kw_only=True)
class Codelist:
    """The terms of a codelist, and whether a study may add its own."""

    name: str
    terms: tuple[str, ...]
    is_extensible: bool
    source: str


def _variables() -> dict[str, list[Variable]]:
    found: dict[str, list[Variable]] = {}
    for row in data_rows("cdisc_variables"):
        text = row.text
        found.setdefault(text("dataset"), []).append(
            Variable(
                dataset=text("dataset"),
                name=text("variable"),
                label=text("label"),
                type=text("type"),
                length=row.required("length", int),
                format=text("format"),
                role=text("role"),
                core=text("core"),
                codelist=text("codelist"),
                source=text("source"),
            )
        )
    return found


def _datasets() -> dict[str, DatasetRow]:
    variables = _variables()
    return {
        row.text("dataset"): DatasetRow(
            name=row.text("dataset"),
            label=row.text("label"),
            standard=row.text("standard"),
            structure=row.text("structure"),
            keys=row.texts("keys"),
            source=row.text("source"),
            variables=tuple(variables[row.text("dataset")]),
        )
        for row in data_rows("cdisc_datasets")
    }


DATASETS = MappingProxyType(_datasets())
SDTM_DATASETS = tuple(name for name, row in DATASETS.items() if row.standard == SDTM)
ADAM_DATASETS = tuple(name for name, row in DATASETS.items() if row.standard == ADAM)


@functools.cache
def codelists() -> dict[str, Codelist]:
    """The codelists whose terms are known, by name."""
    return {
        row.text("codelist"): Codelist(
            name=row.text("codelist"),
            terms=row.texts("terms"),
            is_extensible=row.text("extensible") == "yes",
            source=row.text("source"),
        )
        for row in data_rows("cdisc_terms")
    }


def variable_of(dataset: str, name: str) -> Variable | None:
    """The variable of a dataset; None where either is not known."""
    row = DATASETS.get(dataset)
    return row.variable(name) if row is not None else None
