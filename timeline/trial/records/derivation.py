"""What was derived, before it is written as records."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from timeline.response.criteria.criterion import Criterion
from timeline.settings.trial import TrialSettings
from timeline.trial.assessments import Assessments
from timeline.trial.cohort import CohortColumn, CohortTime
from timeline.trial.findings.findings import Findings, Measured
from timeline.trial.parameters.response_rows import ResponseParameter
from timeline.trial.parameters.time_rows import TimeParameter
from timeline.trial.problems import TableProblem
from timeline.trial.subjects import Subjects


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Derivation:
    """The arrays of one derivation, and the rows that they follow.

    Attributes:
        subjects: the subjects.
        assessments: the rows of overall responses.
        criterion: the response criterion.
        settings: the settings.
        rows: the parameters of response that are wanted, by PARAMCD.
        time_rows: the times that are wanted, by PARAMCD.
        columns: the parameters of response of all subjects, those that times rest on included.
        times: the times of all subjects.
        with_overall: whether every overall response is a record (PARAMCD OVR).
        measured: the lesions and their sums; None where no table of lesions was given.
        found: what responses were derived from; None where they were collected.
        names: the names of the columns of the tables by role.
        problems: the faults that were let pass.
    """

    subjects: Subjects
    assessments: Assessments
    criterion: Criterion
    settings: TrialSettings
    rows: Mapping[str, ResponseParameter]
    time_rows: Mapping[str, TimeParameter]
    columns: Mapping[str, CohortColumn]
    times: Mapping[str, CohortTime]
    with_overall: bool
    measured: Measured | None
    found: Findings | None
    names: Mapping[str, str]
    problems: tuple[TableProblem, ...]
