"""Datasets of CDISC: their variables, reading and writing them, and checking them.

    from timeline.cdisc import read_dataset, write_dataset

    response = read_dataset("sdtm/rs.xpt")
    write_dataset(response, "rs.json")

SDTM: DM, EX, DS, CM, AE, TU, TR, RS. ADaM: ADSL, ADRS, ADTTE, ADTR. Formats: CSV, SAS transport
files of version 5 (``.xpt``), Parquet, Dataset-JSON 1.1 (``.json``).
"""

from __future__ import annotations

from timeline.cdisc.dataset import Dataset
from timeline.cdisc.formats import FORMATS, read_dataset, read_folder, write_dataset
from timeline.cdisc.metadata import DATASETS, DatasetRow, Variable

__all__ = [
    "DATASETS",
    "FORMATS",
    "Dataset",
    "DatasetRow",
    "Variable",
    "read_dataset",
    "read_folder",
    "write_dataset",
]
