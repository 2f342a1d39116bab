"""Registries: the derivation of trials over any number of subjects, in batches of whole ones.

    import timeline as tl

    if __name__ == "__main__":  # more than four workers are processes, which import this file
        tl.registry.derive_file("registry.parquet", "derived.parquet", settings="admiral")

A registry is one table: a row an assessment, with the dates of its subject repeated on each row, as
datasets of ADaM repeat the variables of ADSL. A subject without assessments has one row without
date and response. `derive_batch` is the derivation, a pure function of whole subjects;
`whole_subjects` cuts a stream of batches anew so that no subject is cut in two; `derive_file` runs
both over the row groups of a Parquet file on all cores; `derive_dask` and `derive_spark` over the
partitions of a distributed data frame. The result is the same as that of `timeline.trial.derive`,
whatever the cuts. pyarrow is needed; it is loaded when a table is read.
"""

from __future__ import annotations

from timeline.registry.batches import derive_batch
from timeline.registry.cutting import UnsortedSubjects, whole_subjects
from timeline.registry.dask import derive_dask
from timeline.registry.files import DerivedFile, InvalidRegistry, derive_file
from timeline.registry.spark import derive_spark
from timeline.registry.workers import WorkerEnded

__all__ = [
    "DerivedFile",
    "InvalidRegistry",
    "UnsortedSubjects",
    "WorkerEnded",
    "derive_batch",
    "derive_dask",
    "derive_file",
    "derive_spark",
    "whole_subjects",
]
