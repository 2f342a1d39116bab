"""The words of tables of lesions: groups, tests and states, one row each with its source."""

from __future__ import annotations

from enum import IntEnum

from timeline.core.frozen_class import frozen


class Group(IntEnum):
    """What a lesion is for the response."""

    TARGET = 0
    NON_TARGET = 1
    NEW = 2


class State(IntEnum):
    """What was seen of a lesion at one assessment."""

    NOT_EVALUATED = 0
    GONE = 1
    PRESENT = 2
    EQUIVOCAL = 3
    PROGRESSED = 4


class Test(IntEnum):
    """What a row of a table of lesions measures."""

    OTHER = 0
    LONGEST = 1
    SHORT_AXIS = 2
    DIAMETER = 3  # the one that counts: of a node the short axis
    STATE = 4


@frozen(kw_only=True)
class LesionWord:
    """A word of a table of lesions, what it means, and where it is from."""

    word: str
    meaning: IntEnum
    source: str


_TR = "SDTMIG 3.4, 6.3.12.2"
_SUPPLEMENT = "CDISC RECIST 1.1 supplement, draft of 2022: examples of TR"
_PHARMAVERSE = "pharmaversesdtm, tr_onco"
# fmt: off
# kind: word, meaning, source
_GROUPS = (
    ("TARGET",     Group.TARGET,     _TR),
    ("NON-TARGET", Group.NON_TARGET, _TR),
    ("NEW",        Group.NEW,        "SDTMIG 3.4, 6.3.12.1, assumption 6"),
)
_TESTS = (
    ("LDIAM",    Test.LONGEST,    _SUPPLEMENT),
    ("LPERP",    Test.SHORT_AXIS, _SUPPLEMENT),
    ("DIAMETER", Test.DIAMETER,   _TR + ", example 2"),
    ("TUMSTATE", Test.STATE,      _TR + ", example 2"),
    ("LNSTATE",  Test.STATE,      _SUPPLEMENT),
)
_STATES = (
    ("ABSENT",           State.GONE,          _TR + ", example 2"),
    ("PRESENT",          State.PRESENT,       _TR + ", example 2"),
    ("EQUIVOCAL",        State.EQUIVOCAL,     _TR + ", example 3"),
    ("UNEQUIVOCAL",      State.PROGRESSED,    _PHARMAVERSE),
    ("UNEQUIVOCAL PROGRESSION", State.PROGRESSED, "in use; not looked up in TRPROPRS (C124309)"),
    ("PATHOLOGICAL",     State.PRESENT,       _TR + ", example 2"),
    ("NON-PATHOLOGICAL", State.GONE,          _TR + ", example 2"),
    ("NONPATHOLOGICAL",  State.GONE,          _TR + ", example 3"),
    ("NOT EVALUABLE",    State.NOT_EVALUATED, "CDISC controlled terminology, ONCRSR (C96785): NE"),
    ("NE",               State.NOT_EVALUATED, "CDISC controlled terminology, ONCRSR (C96785)"),
)
# fmt: on


def _rows(rows: tuple[tuple[str, IntEnum, str], ...]) -> dict[str, LesionWord]:
    return {
        word: LesionWord(word=word, meaning=meaning, source=source)
        for word, meaning, source in rows
    }


GROUPS = _rows(_GROUPS)
TESTS = _rows(_TESTS)
STATES = _rows(_STATES)
TOO_SMALL = ("TOO SMALL TO MEASURE", "TSTM")  # SDTMIG 3.4, 6.3.12.2, example 2
NOT_DONE = "NOT DONE"  # codelist ND, C66789
NODE = "LYMPH NODE"  # TULOC
