"""iRECIST: Seymour et al., Lancet Oncol 2017;18:e143 (S17); EORTC FAQ pages of RECIST.

RECIST 1.1 measures; `ROWS` judge. `TABLE_2` and `TABLE_3` are the published tables, row by row
in the words of the paper, that the rows are tested against. A first PD in any category (target,
non-target, new lesion) is unconfirmed (iUPD) and waits for a later scan to confirm it (iCPD) or
to void it. What the paper leaves open is a setting: ``timeline settings``.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from timeline.core.state_machine import ANY, SAME_STATE, Column, Machine, Transition
from timeline.response.criteria import irecist_registers, recist11
from timeline.response.criteria.criterion import Criterion, Thresholds
from timeline.response.criteria.irecist_registers import EARLY, HELD, LAPSED, NEW_LESIONS
from timeline.terminology.criteria import TERMS
from timeline.terminology.response_codes import Code

SOURCE = "doi:10.1016/S1470-2045(17)30074-8"

THRESHOLDS = Thresholds(
    response_percent=30,
    progression_percent=20,
    progression_mm=5,
    further_mm=5,
    node_mm=10,
    source="S17 Tables 1, 2: as RECIST 1.1; 5 mm more confirms",
)


@attrs.frozen
class Printed:
    """A row of S17 Table 2: what is seen, the response, and what confirms a pending iUPD.

    ``first`` is the response with no iUPD before, None where the row cannot be. With one before
    (in the categories that show it here) it is ``then``, or iCPD where a category of ``grown``
    has grown on (see `CONFIRMS`). Non-target NON means neither iCR nor iUPD. A new lesion that
    is ``new`` here was first seen now, or is still there.
    """

    target: tuple[str, ...]
    non_target: tuple[str, ...]
    new: bool
    first: str | None
    then: str
    grown: str = ""


NON = "NON-iCR/NON-iUPD"
# fmt: off
TABLE_2 = (
    #       target                   non-target      new    first   then    grown
    Printed(("iCR",),                ("iCR",),       False, "iCR",  "iCR"),
    Printed(("iCR",),                (NON,),         False, "iPR",  "iPR"),
    Printed(("iPR",),                (NON,),         False, "iPR",  "iPR"),
    Printed(("iSD",),                (NON,),         False, "iSD",  "iSD"),
    Printed(("iUPD",),               ("iUPD",),      True,  None,   "iUPD", "L"),
    Printed(("iSD", "iPR", "iCR"),   ("iUPD",),      False, "iUPD", "iUPD", "N"),
    Printed(("iUPD",),               (NON, "iCR"),   False, "iUPD", "iUPD", "T"),
    Printed(("iUPD",),               ("iUPD",),      False, "iUPD", "iUPD", "TN"),
    Printed(("iUPD",),               ("iUPD",),      True,  "iUPD", "iUPD", "TNL"),
    Printed(("iSD", "iPR", "iCR"),   (NON, "iCR"),   True,  "iUPD", "iUPD", "L"),
)
# fmt: on

# What confirms an iUPD of each category at the next assessment (S17 Table 2).
CONFIRMS = {
    "T": "the sum of the targets is larger by 5 mm or more",
    "N": "any further increase of the non-targets; it need not be unequivocal again",
    "L": "new-lesion targets larger by 5 mm or more, any increase of new-lesion non-targets, or "
    "a further new lesion",
}


@attrs.frozen
class Course:
    """Rows of S17 Table 3: what five time points may be, and the best response that they give."""

    time_points: tuple[tuple[str, ...], ...]
    best: str


_ANY = ("iCR", "iPR", "iSD", "iUPD", "iCPD", "NE")
# fmt: off
# Four of its rows; every combination of a row gives its best response.
TABLE_3 = (
    Course((("iCR",), ("iCR", "iPR", "iUPD", "NE"), ("iCR", "iPR", "iUPD", "NE"), ("iUPD",),
            ("iCPD",)), "iCR"),
    Course((("iUPD",), ("iPR",), ("iPR", "iSD", "iUPD", "NE"),
            ("iPR", "iSD", "iUPD", "NE", "iCPD"), ("iPR", "iSD", "iUPD", "NE", "iCPD")), "iPR"),
    Course((("iUPD",), ("iSD",), ("iSD", "iUPD", "NE"), ("iSD", "iUPD", "iCPD", "NE"),
            ("iSD", "iUPD", "iCPD", "NE")), "iSD"),
    Course((("iUPD",), ("iUPD",), ("iCPD",), _ANY, _ANY), "iCPD"),
)
# fmt: on

# Pending states are named by the categories with iUPD: T target, N non-target, L new lesion.
PENDING = ("T", "N", "TN", "L", "TL", "NL", "TNL")
CLEAR, CONFIRMED = "CLEAR", "CONFIRMED"
CATEGORIES = ("-", *PENDING)

COLUMNS = (
    Column("done", (False, True)),
    Column("progressed", CATEGORIES),  # categories that meet RECIST 1.1 PD now
    Column("grown", CATEGORIES),  # categories grown on since the first iUPD
    Column("base", tuple(each.name for each in recist11.BASES)),  # new lesions apart
    Column("lesions", (False, True)),  # a new lesion is on record and not gone
    Column("improved", (False, True)),  # since the first iUPD
    Column("timing", ("due", "early", "held", "lapsed")),  # early: left out; held: cannot confirm
)


def _confirms(x: Any) -> Any:
    """A pending category has grown on, or a further category meets RECIST 1.1 PD."""
    return ((x.grown & x.state) != 0) | ((x.progressed & ~x.state) != 0)


def _still_pd(x: Any) -> Any:
    return (x.base + Code.CR == Code.PD) | (x.progressed != 0)


def _void(x: Any) -> Any:
    """No PD is left, and nothing but an unimproved new lesion would hold the iUPD open."""
    return ((x.state & NEW_LESIONS) == 0) | (x.lesions == 0) | (x.improved == 1)


def _label(x: Any) -> Any:
    """RECIST 1.1 with an i before it; PD without a category cannot be, and is never iCPD."""
    base = x.base + Code.CR
    return np.where(base == Code.PD, Code.UPD, base)


# fmt: off
ROWS = (
    Transition("R1", CONFIRMED, lambda x: x.done == 1, SAME_STATE, Code.PD, "none",
         "progression is confirmed for good", "S17 Table 3, example 6"),
    Transition("R2", ANY, lambda x: x.done == 0, SAME_STATE, Code.NONE, "none",
         "not done: nothing changes", "S17 Table 3, examples 2, 4"),
    Transition("R3", CLEAR, lambda x: x.progressed != 0, lambda x: x.progressed, Code.UPD, "open",
         "first PD in any category: iUPD", "S17 Table 2"),
    Transition("R4", CLEAR, lambda x: x.progressed == 0, CLEAR, _label, "none",
         "as RECIST 1.1 says", "S17 Table 1"),
    Transition("R5", PENDING, lambda x: x.timing == EARLY, SAME_STATE, Code.NONE, "skip",
         "too early after the first iUPD: disregarded", "EORTC FAQ on scans before 4 weeks"),
    Transition("R5L", PENDING,
               lambda x: (x.timing == LAPSED) & (_confirms(x) | (x.progressed != 0)),
         lambda x: x.progressed | (x.grown & x.state), Code.UPD, "reopen",
         "the iUPD lapsed: a new one opens", "setting icpd_max_days"),
    Transition("R6", PENDING, lambda x: (x.timing != HELD) & _confirms(x), CONFIRMED, Code.PD,
               "confirm",
         "grown on, or PD in a further category: iCPD", "S17 Table 2; EORTC FAQ on new lesions"),
    Transition("R7", PENDING, _still_pd, SAME_STATE, Code.UPD, "none",
         "still PD, not grown on: iUPD stays", "S17 Table 2"),
    Transition("R8", PENDING, lambda x: _label(x) == Code.NE, SAME_STATE, Code.NE, "none",
         "not evaluable: the iUPD waits", "S17 Table 3, examples 2, 4, 8"),
    Transition("R9", PENDING, _void, CLEAR, _label, "reset",
         "no PD any more: the iUPD is void", "S17 Table 2, rows 1 to 4"),
    Transition("R10", PENDING, lambda x: ~_void(x), SAME_STATE, Code.UPD, "none",
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
    begin=irecist_registers.begin,
    observe=irecist_registers.observe,
    act=irecist_registers.act,
)
