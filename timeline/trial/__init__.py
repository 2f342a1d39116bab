"""Trials: from long tables of assessments to parameters of response and times to events.

    import timeline as tl

    result = tl.trial.derive("rs.parquet", subjects="adsl.parquet", settings="admiral")
    result.parameters.to_pandas()  # ADRS
    result.times.to_polars()  # ADTTE

`derive` takes the tables. What it does is in rows of data: `PARAMETERS` and `TIMES` (what is
derived, by which rule, from which source), `COLUMNS` (what the tables hold), `KINDS` (what can be
wrong with them), `PRESETS` and ``SETTINGS`` (what the protocol decides). pyarrow is needed; it is
loaded when tables are read.
"""

from __future__ import annotations

from timeline.settings.trial import TRIAL_SETTINGS as SETTINGS
from timeline.settings.trial import TrialSettings
from timeline.trial.derive import derive
from timeline.trial.long_tables import LongTable
from timeline.trial.parameters.response_rows import RESPONSE_PARAMETERS as PARAMETERS
from timeline.trial.parameters.time_rows import TIME_PARAMETERS as TIMES
from timeline.trial.presets import PRESETS
from timeline.trial.problem_kinds import KINDS
from timeline.trial.problems import InvalidTables, TableProblem, TrialWarning
from timeline.trial.reading.columns import COLUMNS
from timeline.trial.results import TrialResult

__all__ = [
    "COLUMNS",
    "KINDS",
    "PARAMETERS",
    "PRESETS",
    "SETTINGS",
    "TIMES",
    "InvalidTables",
    "LongTable",
    "TableProblem",
    "TrialResult",
    "TrialSettings",
    "TrialWarning",
    "derive",
]
