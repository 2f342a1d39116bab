"""The settings of treatment outside the numbered lines: a row each."""

from __future__ import annotations

from timeline.core.frozen_class import frozen
from timeline.core.schema import one_of


@frozen(kw_only=True)
class TreatmentSetting:
    """A row: a setting, other words for it, and whether its intent is to cure.

    ``source``: where the term is defined. Treatment with curative intent is counted apart from
    the lines (setting ``count_adjuvant_as_line``).
    """

    name: str
    also: tuple[str, ...] = ()
    curative: bool = False
    source: str


_NCI = "NCI Dictionary of Cancer Terms"
_ROWS = (
    TreatmentSetting(name="neoadjuvant", curative=True, source=f"{_NCI}: neoadjuvant therapy"),
    TreatmentSetting(name="adjuvant", curative=True, source=f"{_NCI}: adjuvant therapy"),
    TreatmentSetting(name="perioperative", curative=True, source=f"{_NCI}: perioperative"),
    TreatmentSetting(
        name="definitive",
        also=("radical", "curative", "curative intent"),
        curative=True,
        source=f"{_NCI}: definitive treatment",
    ),
    TreatmentSetting(
        name="concurrent",
        also=("concomitant", "chemoradiotherapy", "chemoradiation"),
        curative=True,
        source=f"{_NCI}: concurrent therapy, chemoradiation. The drugs of chemoradiotherapy are "
        "given with local treatment, and are no line of systemic treatment",
    ),
    TreatmentSetting(name="maintenance", source=f"{_NCI}: maintenance therapy"),
    TreatmentSetting(name="local", source=f"{_NCI}: local therapy"),
    TreatmentSetting(name="salvage", source=f"{_NCI}: salvage therapy"),
    TreatmentSetting(name="palliative", source=f"{_NCI}: palliative therapy"),
)
SETTINGS = tuple(row.name for row in _ROWS)
CURATIVE = frozenset(row.name for row in _ROWS if row.curative)
treatment_setting = one_of(
    SETTINGS, "setting", {also: row.name for row in _ROWS for also in row.also}, loose=True
)
