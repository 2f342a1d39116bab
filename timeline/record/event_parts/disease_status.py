"""The status of the disease at the last contact and at death, as series of patients print it.

Alive: NED and AWD. Dead: by the groups of the DATECAN consensus on endpoints of cancer trials
(Gourgou-Bourgade 2015, Ann Oncol 26:873): of the disease, of its treatment, of another cause.
"""

from __future__ import annotations

from timeline.core.schema import one_of

NO_EVIDENCE = "no evidence of disease"
_ALIVE = {
    NO_EVIDENCE: (
        *("NED", "ANED", "disease free", "tumour free", "tumor free", "free of disease"),
        *("without evidence of disease", "alive without disease", "alive disease free"),
        *("alive with no evidence of disease", "alive without evidence of disease"),
    ),
    "alive with disease": ("AWD", "with disease", "alive with recurrence"),
}
_DEAD = {
    "died of disease": ("DOD", "dead of disease", "disease", "of disease"),
    "died of treatment": ("treatment related", "treatment related death", "toxic death"),
    "died of another cause": (
        *("DOC", "died of other cause", "died of other causes", "dead of other cause"),
        *("dead of other causes", "dead of another cause", "other cause", "other causes"),
        *("died of intercurrent disease", "DID"),
    ),
}


def _others(meanings: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: status for status, words in meanings.items() for word in words}


status_alive = one_of(_ALIVE, "status of the disease", _others(_ALIVE), loose=True)
status_dead = one_of(_DEAD, "status at death", _others(_DEAD), loose=True)
