"""The tracks of a timeline: which event is of which type, in which file, under which columns.

The types TREATMENT, SURGERY, IMAGING, LAB_TEST and STATUS and their columns are those that the
documentation suggests (File Formats, Event Types); it leaves every other type free.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from timeline.core.frozen_class import frozen
from timeline.record.events import KINDS

REQUIRED = ("PATIENT_ID", "START_DATE", "STOP_DATE", "EVENT_TYPE")
RANGES = ("START_RANGE", "STOP_RANGE")  # the days that a vague date allows: 12 to 42
KIND, ENTRY, STOPS = "CASE_EVENT", "CASE_ENTRY", "STOP_STATED"
ONGOING, NOT_STATED = "ongoing", "not stated"
TREATMENT_TYPE, SUBTYPE, AGENT, AGENT_CLASS = "TREATMENT_TYPE", "SUBTYPE", "AGENT", "AGENT_CLASS"
MEDICAL, RADIATION = "Medical Therapy", "Radiation Therapy"
TEST, RESULT, UNIT = "TEST", "RESULT", "UNIT"
DIAGNOSTIC_TYPE, STATUS = "DIAGNOSTIC_TYPE", "STATUS"


@frozen(kw_only=True)
class Track:
    """A type of events, and its file ``data_timeline_NAME.txt``.

    Attributes:
        type: EVENT_TYPE.
        kinds: of the events of a case file that are in it.
        columns: its suggested columns, besides those of the keys.
    """

    type: str
    kinds: tuple[str, ...]
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.type.lower()


TRACKS = (
    Track(type="TREATMENT", kinds=("treatment", "radiotherapy", "supportive"),
          columns=(TREATMENT_TYPE, SUBTYPE, AGENT, AGENT_CLASS)),
    Track(type="SURGERY", kinds=("surgery",)),
    Track(type="STATUS", columns=(STATUS,), kinds=(
        "diagnosis", "symptom", "visit", "randomisation", "registration", "progression", "relapse",
        "metastasis", "last contact", "lost to follow-up", "withdrawal", "death")),
    Track(type="IMAGING", kinds=("scan",), columns=(DIAGNOSTIC_TYPE, RESULT)),
    Track(type="LAB_TEST", kinds=("lab",), columns=(TEST, RESULT, UNIT)),
    Track(type="PERFORMANCE_STATUS", kinds=("performance",), columns=(TEST, RESULT)),
    Track(type="BIOMARKER", kinds=("biomarker",), columns=(TEST, RESULT)),
    Track(type="PROCEDURE", kinds=(
        "biopsy", "ablation", "embolisation", "stent", "procedure", "transfusion"),
        columns=(SUBTYPE,)),
    Track(type="TOXICITY", kinds=("toxicity",), columns=(SUBTYPE,)),
    Track(type="DOSE_CHANGE", kinds=(
        "dose held", "dose reduced", "dose increased", "dose resumed", "treatment refused"),
        columns=(SUBTYPE,)),
)  # fmt: skip
_OTHER = Track(type="EVENT", kinds=(), columns=(SUBTYPE,))  # the types of a portal are free
_TRACK_OF = {kind: row for row in TRACKS for kind in row.kinds}


def track_of(kind: str) -> Track:
    """The track of a kind of event, in any spelling of it."""
    return _TRACK_OF.get(KINDS[kind].kind, _OTHER)


def column_of(key: str) -> str:
    """The column of a key: ``DOSE_PER_FRACTION``.

    >>> column_of("dose-per-fraction"), column_of("margin"), column_of("result")
    ('DOSE_PER_FRACTION', 'MARGIN', 'CASE_RESULT')
    """
    name = key.upper().replace("-", "_")
    return f"CASE_{name}" if name in _TAKEN else name


_TAKEN = {*REQUIRED, *RANGES, KIND, ENTRY, STOPS,
          *(column for row in (*TRACKS, _OTHER) for column in row.columns)}  # fmt: skip


@attrs.frozen
class MetaFile:
    """The text of a meta file: ``name: value`` in lines."""

    values: Mapping[str, str]

    @property
    def content(self) -> bytes:
        return "".join(f"{name}: {value}\n" for name, value in self.values.items()).encode()
