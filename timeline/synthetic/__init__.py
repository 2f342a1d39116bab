"""A made-up study: invented patients with liposarcoma, from a seed, marked SYNTHETIC.

No patient is behind any record. The study has partial dates, missed scans, deaths, new therapy,
adverse events and dose reductions, so that a whole analysis can be shown and tested.
"""

from __future__ import annotations

from timeline.synthetic.datasets import STUDY, study_datasets
from timeline.synthetic.large import write_responses

__all__ = ["STUDY", "study_datasets", "write_responses"]
