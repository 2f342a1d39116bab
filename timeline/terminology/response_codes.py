"""The closed word lists of tumour response: the values of each column of the published tables.

The position of a word in its list is its code in the arrays of the engine.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Response(StrEnum):
    """Overall response at one time point, RECIST 1.1; CDISC spelling."""

    NONE = "-"  # not done, or disregarded
    CR = "CR"
    PR = "PR"
    SD = "SD"
    NON_CR_NON_PD = "NON-CR/NON-PD"
    NED = "NED"
    PD = "PD"
    NE = "NE"
    MISSING = "MISSING"  # of a best response only: no assessment at all


class ImmuneResponse(StrEnum):
    """Overall response at one time point, iRECIST."""

    NONE = "-"
    CR = "iCR"
    PR = "iPR"
    SD = "iSD"
    NON_CR_NON_PD = "NON-iCR/NON-iUPD"
    NED = "NED"
    PD = "iCPD"
    NE = "NE"
    MISSING = "MISSING"
    UPD = "iUPD"


class Code(IntEnum):
    """One numbering for the words of every criterion: PD is final, UPD awaits confirmation."""

    NONE = 0
    CR = 1
    PR = 2
    SD = 3
    NON_CR_NON_PD = 4
    NED = 5
    PD = 6
    NE = 7
    MISSING = 8
    UPD = 9


class Target(StrEnum):
    """Response of the target lesions at one time point."""

    CR = "CR"
    PR = "PR"
    SD = "SD"
    PD = "PD"
    NE = "NE"
    NA = "NA"  # no target disease at baseline


class NonTarget(StrEnum):
    """Level of the non-target lesions against baseline and nadir, as the reader calls it."""

    CR = "CR"
    NON_CR_NON_PD = "NON-CR/NON-PD"
    PD = "PD"
    NE = "NE"
    NA = "NA"  # none at baseline


class NewLesion(StrEnum):
    """Whether the scan shows a new lesion."""

    NO = "no"
    YES = "yes"


class PfsEvent(StrEnum):
    """What ended progression-free survival; the position is the code in the arrays."""

    CENSORED = "censored"
    PROGRESSION = "progression"
    DEATH = "death"
