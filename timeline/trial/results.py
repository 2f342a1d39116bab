"""The result of a derivation: parameters in the shape of ADRS, times in the shape of ADTTE."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from timeline.trial.explain import place_of, subject_text
from timeline.trial.findings.target_sums import LesionSums
from timeline.trial.long_tables import LongTable
from timeline.trial.records.assessment_records import assessments_table, sources_table
from timeline.trial.records.derivation import Derivation
from timeline.trial.records.lesion_records import depth_table, measurements_table, sums_table
from timeline.trial.records.response_records import ResponseRecords
from timeline.trial.records.time_records import TimeRecords

_NO_LESIONS = "no table of lesions was given (write derive(..., lesions=...))"


class TrialResult:
    """What was derived from the tables of a trial.

    Attributes:
        criterion: the response criterion.
        settings: the settings that were used.
        problems: every fault that was let pass.
    """

    def __init__(self, of: Derivation) -> None:
        self._of, self._records = of, ResponseRecords(of)
        self.criterion, self.settings, self.problems = of.criterion, of.settings, of.problems

    def __repr__(self) -> str:
        found = ", ".join((*self._of.rows, *self._of.time_rows))
        count = len(self._of.subjects)
        return f"<TrialResult: {count} subjects by {self.criterion.title}: {found}>"

    @cached_property
    def parameters(self) -> LongTable:
        """Every parameter of response, in the shape of ADRS.

        One row an assessment (PARAMCD ``OVR``) and one row a subject for each parameter, by
        subject, PARAMCD and date. ``RSSEQ`` and ``VISITNUM`` are those of the assessment that
        gives the value, ``CONFSEQ`` and ``CONFDT`` those of the one that confirms it, ``SRCROW``
        and ``CONFROW`` their rows in the table of responses, from 1. ``ANL01FL`` is Y where the
        record counts.
        """
        return self._records.table()

    @cached_property
    def times(self) -> LongTable:
        """Every time to an event, in the shape of ADTTE, by subject and PARAMCD.

        ``AVAL`` is days from ``STARTDT`` to ``ADT``, with both days where setting
        ``duration_plus_one`` says so. ``CNSR`` is 0 for an event and 1 for a censored time.
        ``SRCDOM``, ``SRCVAR`` and ``SRCSEQ`` name the record that gives the date, ``SRCROW`` its
        row in the table of responses. ``RULE`` is the row of the policy that censored the time or
        moved its date, else the rule of the parameter.
        """
        return TimeRecords(self._of, self._records).table()

    @cached_property
    def sums(self) -> LongTable:
        """The sums of the target lesions, one row an assessment, in the shape of ADTR.

        ``AVAL``, ``BASE``, ``NADIR`` and changes are millimetres, ``PCHG`` and ``PCHGNAD`` percent.
        ``NADIR`` is the smallest sum before the assessment. A sum is given where all ``LSEXP``
        targets were measured. ``PDFL`` is Y where it has grown enough from the nadir for PD.

        Raises:
            ValueError: no table of lesions was given.
        """
        return sums_table(self._sums, self._of.subjects)

    @cached_property
    def measurements(self) -> LongTable:
        """Each target lesion and the sums, in the shape of ADTR, by subject, parameter and date.

        ``LDIAM1`` and so on are the lengths of the targets in millimetres, of a node the short
        axis, each with its row of the table of lesions (``SRCROW``, from 1, and ``SRCSEQ``);
        ``SDIAM`` is their sum, with ``NADIR`` and the changes from it. ``SRCROW`` of a sum is the
        first row of its visit.

        Raises:
            ValueError: no table of lesions was given.
        """
        if self._of.measured is None:
            raise ValueError(_NO_LESIONS)
        return measurements_table(self._of.measured, self._of.subjects)

    @cached_property
    def depth(self) -> LongTable:
        """Depth of response, early shrinkage and growth rate, one row a subject with a baseline.

        Columns as `timeline.trial.records.lesion_records.depth_table` states them.

        Raises:
            ValueError: no table of lesions was given.
        """
        return depth_table(self._sums, self._of.subjects, self.settings)

    @cached_property
    def assessments(self) -> LongTable:
        """Derived responses, one row an assessment, by subject and day.

        ``AVALC`` is the response, ``TRGRESP``, ``NTRGRESP`` and ``NEWLIND`` its parts; ``SUM`` is
        the complete sum of the targets, ``PARTSUM`` that of the lesions that were measured where
        some were not, ``BASE`` and ``NADIR`` what it was compared with, in millimetres.
        ``COLLECTED`` is the overall response of the table of responses. ``EVENTDT`` is the day
        that a progression counts from, where that is another (a lesion that was equivocal before).
        ``RULE`` names the rows of the tables that gave the response, with their sources. ``ASEQ``
        is the number of its record (PARAMCD ``OVR``) in ``parameters``.

        Raises:
            ValueError: responses were collected (setting ``response_from``).
        """
        return assessments_table(self._of, self._of.assessments, self._overall_number)

    @cached_property
    def sources(self) -> LongTable:
        """The rows that each derived response follows from, one row each, by subject and day.

        ``SRCDOM``, ``SRCVAR`` and ``SRCSEQ`` name the record, ``SRCROW`` its row in the table of
        lesions or of responses, from 1; ``ROLE`` is what it is there for. ``ASEQ`` is the number of
        the record of the response in ``parameters``, null where OVR is not derived.

        Raises:
            ValueError: responses were collected (setting ``response_from``).
        """
        return sources_table(self._of, self._of.assessments, self._overall_number)

    @property
    def _overall_number(self) -> np.ndarray:
        if not self._of.with_overall:
            return np.zeros(len(self._of.assessments.row), dtype=np.int64)
        return self._records.overall_number

    @cached_property
    def _sums(self) -> LesionSums:
        if self._of.measured is None:
            raise ValueError(_NO_LESIONS)
        return self._of.measured.sums.select(np.flatnonzero(self._of.measured.sums.accepted))

    def explain(self, subject: str) -> str:
        """Why a subject has its results: each assessment, parameter and time, as lines of text.

        Args:
            subject: the identifier of the subject.

        Raises:
            ValueError: there is no such subject.
        """
        place = place_of(self._of.subjects, subject)
        judged = self.assessments if self._of.assessments.derived is not None else None
        tables = self.parameters, self.times, judged
        return subject_text(place, self._of.subjects, self._of.assessments, self.settings, *tables)
