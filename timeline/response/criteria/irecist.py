"""iRECIST: Seymour et al., Lancet Oncol 2017;18:e143 (S17); EORTC FAQ pages of RECIST.

`TABLE_2` and `TABLE_3` are the published tables, row by row in the words of the paper; tests
compare the state machine with them. Lesions are measured as by RECIST 1.1. The first PD in any
category (target, non-target, new lesion) is unconfirmed (iUPD). A later scan confirms it (iCPD) or
voids it; `ROWS` state which. What the paper leaves open is a setting: ``timeline settings``.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from timeline.core.state_machine import ANY, SAME_STATE, Column, Machine, Transition
from timeline.response.criteria import irecist_registers, recist11
from timeline.response.criteria.criterion import Criterion, Thresholds
from timeline.response.criteria.irecist_registers import EARLY, LAPSED, NEW_LESIONS, NOT_CONFIRMING
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code

SOURCE = "doi:10.1016/S1470-2045(17)30074-8"

THRESHOLDS = Thresholds(
    response_percent=30,
    progression_percent=20,
    progression_least=5,
    further_mm=5,
    source="S17 Tables 1, 2: as RECIST 1.1; 5 mm more confirms",
)


@attrs.frozen
class Table2Row:
    """A row of S17 Table 2: target, non-target and new lesions, and the response they give."""

    target: tuple[str, ...]
    non_target: tuple[str, ...]
    new: bool  # a new lesion is first seen at this scan, or is still there
    first: str | None  # the response where no iUPD came before; None: the row is impossible
    then: str  # the response after an iUPD in the categories that show it here
    grown: str = ""  # iCPD instead, where one of these categories has increased: see CONFIRMED_BY


NON = "NON-iCR/NON-iUPD"  # of the non-targets: neither iCR nor iUPD
# fmt: off
TABLE_2 = (
    #         target                   non-target      new    first   then    grown
    Table2Row(("iCR",),                ("iCR",),       False, "iCR",  "iCR"),
    Table2Row(("iCR",),                (NON,),         False, "iPR",  "iPR"),
    Table2Row(("iPR",),                (NON,),         False, "iPR",  "iPR"),
    Table2Row(("iSD",),                (NON,),         False, "iSD",  "iSD"),
    Table2Row(("iUPD",),               ("iUPD",),      True,  None,   "iUPD", "L"),
    Table2Row(("iSD", "iPR", "iCR"),   ("iUPD",),      False, "iUPD", "iUPD", "N"),
    Table2Row(("iUPD",),               (NON, "iCR"),   False, "iUPD", "iUPD", "T"),
    Table2Row(("iUPD",),               ("iUPD",),      False, "iUPD", "iUPD", "TN"),
    Table2Row(("iUPD",),               ("iUPD",),      True,  "iUPD", "iUPD", "TNL"),
    Table2Row(("iSD", "iPR", "iCR"),   (NON, "iCR"),   True,  "iUPD", "iUPD", "L"),
)
# fmt: on

# What confirms an iUPD of each category at the next assessment (S17 Table 2).
CONFIRMED_BY = {
    "T": "the sum of the targets is larger by 5 mm or more",
    "N": "any further increase of the non-targets; it need not be unequivocal again",
    "L": "new-lesion targets larger by 5 mm or more, any increase of new-lesion non-targets, or "
    "a further new lesion",
}


@attrs.frozen
class Table3Row:
    """A row of S17 Table 3: the responses that five time points may have, and the iBOR."""

    time_points: tuple[tuple[str, ...], ...]
    best: str


_ANY = ("iCR", "iPR", "iSD", "iUPD", "iCPD", "NE")  # any response
# fmt: off
# Four rows of Table 3. Every combination of the responses of a row gives its best response.
TABLE_3 = (
    Table3Row((("iCR",), ("iCR", "iPR", "iUPD", "NE"), ("iCR", "iPR", "iUPD", "NE"),
               ("iUPD",), ("iCPD",)), "iCR"),
    Table3Row((("iUPD",), ("iPR",), ("iPR", "iSD", "iUPD", "NE"),
               ("iPR", "iSD", "iUPD", "NE", "iCPD"), ("iPR", "iSD", "iUPD", "NE", "iCPD")), "iPR"),
    Table3Row((("iUPD",), ("iSD",), ("iSD", "iUPD", "NE"),
               ("iSD", "iUPD", "iCPD", "NE"), ("iSD", "iUPD", "iCPD", "NE")), "iSD"),
    Table3Row((("iUPD",), ("iUPD",), ("iCPD",), _ANY, _ANY), "iCPD"),
)
# fmt: on

# Pending states are named by the categories with iUPD: T target, N non-target, L new lesion.
PENDING = ("T", "N", "TN", "L", "TL", "NL", "TNL")
CLEAR, CONFIRMED = "CLEAR", "CONFIRMED"
CATEGORIES = ("-", *PENDING)

# What is known of one scan when its row is looked up.
COLUMNS = (
    Column("done", (False, True)),
    Column("progressed", CATEGORIES),  # categories that meet PD by RECIST 1.1 at this scan
    Column("increased", CATEGORIES),  # categories that have increased since the first iUPD
    Column("base", tuple(each.name for each in recist11.TABLE_LABELS)),  # without new lesions
    Column("new_lesions", (False, True)),  # a new lesion is on record and not gone
    Column("improved", (False, True)),  # the baseline disease, since the first iUPD
    Column("timing", ("due", "early", "not confirming", "lapsed")),
)


def _is_confirmed(x: Any) -> Any:
    """A pending category has increased, or a further category is PD by RECIST 1.1."""
    return ((x.increased & x.state) != 0) | ((x.progressed & ~x.state) != 0)


def _is_still_pd(x: Any) -> Any:
    """The scan alone would be PD."""
    return (x.base + Code.CR == Code.PD) | (x.progressed != 0)


def _is_void(x: Any) -> Any:
    """No PD is left, unless a new lesion stays and the baseline disease has not improved."""
    return ((x.state & NEW_LESIONS) == 0) | (x.new_lesions == 0) | (x.improved == 1)


def _label(x: Any) -> Any:
    """The label by RECIST 1.1 with an i before it. PD is iUPD here, never iCPD."""
    base = x.base + Code.CR
    return np.where(base == Code.PD, Code.UPD, base)


def _is_ne(x: Any) -> Any:
    """The scan is not evaluable."""
    return _label(x) == Code.NE


def _lapsed(x: Any) -> Any:
    """A progression after the latest day on which the iUPD could be confirmed."""
    return (x.timing == LAPSED) & (_is_confirmed(x) | (x.progressed != 0))


def _confirming(x: Any) -> Any:
    """A confirmation, at a scan that may confirm."""
    return (x.timing != NOT_CONFIRMING) & _is_confirmed(x)


def _progressed(x: Any) -> Any:
    """The categories of a first iUPD."""
    return x.progressed


def _reopened(x: Any) -> Any:
    """The categories of the iUPD that takes the place of a lapsed one."""
    return x.progressed | (x.increased & x.state)


# fmt: off
ROWS = (
    #          id    state      when                         next state   label      action
    Transition("R1", CONFIRMED, lambda x: x.done == 1,       SAME_STATE,  Code.PD,   "none",
               "progression is confirmed and remains", "S17 Table 3, example 6"),
    Transition("R2", ANY,       lambda x: x.done == 0,       SAME_STATE,  Code.NONE, "none",
               "not done: nothing changes", "S17 Table 3, examples 2, 4"),
    Transition("R3", CLEAR,     lambda x: x.progressed != 0, _progressed, Code.UPD,  "open",
               "first PD in any category: iUPD", "S17 Table 2"),
    Transition("R4", CLEAR,     lambda x: x.progressed == 0, CLEAR,       _label,    "none",
               "by RECIST 1.1", "S17 Table 1"),
    Transition("R5", PENDING,   lambda x: x.timing == EARLY, SAME_STATE,  Code.NONE, "skip",
               "too early after the first iUPD: disregarded", "EORTC FAQ on scans before 4 weeks"),
    Transition("R5L", PENDING,  _lapsed,                     _reopened,   Code.UPD,  "reopen",
               "the iUPD lapsed: a new one opens", "setting icpd_max_days"),
    Transition("R6", PENDING,   _confirming,                 CONFIRMED,   Code.PD,   "confirm",
               "further growth, or PD in another category: iCPD",
               "S17 Table 2; EORTC FAQ on new lesions"),
    Transition("R7", PENDING,   _is_still_pd,                SAME_STATE,  Code.UPD,  "none",
               "still PD, no further growth: iUPD stays", "S17 Table 2"),
    Transition("R8", PENDING,   _is_ne,                      SAME_STATE,  Code.NE,   "none",
               "not evaluable: iUPD stays to be confirmed", "S17 Table 3, examples 2, 4, 8"),
    Transition("R9", PENDING,   _is_void,                    CLEAR,       _label,    "reset",
               "no PD any more: the iUPD is reset", "S17 Table 2, rows 1 to 4"),
    Transition("R10", PENDING,  lambda x: ~_is_void(x),      SAME_STATE,  Code.UPD,  "none",
               "the new lesion stays, nothing has improved: iUPD stays", "EORTC FAQ, scenario F"),
)
# fmt: on

MACHINE = Machine(
    name="iRECIST",
    source=SOURCE,
    states=(CLEAR, *PENDING, CONFIRMED),
    columns=COLUMNS,
    rules=ROWS,
)

IRECIST = Criterion(
    terms=TERMS["iRECIST"],
    source=SOURCE,
    thresholds=THRESHOLDS,
    target=recist11.TARGET,
    overall=recist11.OVERALL,
    machine=MACHINE,
    begin=irecist_registers.initial_registers,
    classify=irecist_registers.classify_scan,
    update=irecist_registers.update_registers,
)
