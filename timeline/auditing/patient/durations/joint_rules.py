"""Rules of all printed times of one patient at once, and of their order."""

from __future__ import annotations

from functools import partial

from timeline.auditing.patient.dates.order import judge_gap, look_at_order
from timeline.auditing.patient.dates.publication import look_at_publication
from timeline.auditing.patient.durations.joint_feasibility import (
    check_clashes,
    check_tightness,
)
from timeline.auditing.rule import Evidence, Rule, Severity, each
from timeline.auditing.verdict import Verdict

_NETWORK = "Dechter, Meiri, Pearl 1991, Artificial Intelligence 49:61"


def _dates(evidence: Evidence) -> tuple[Verdict, ...]:
    return (*look_at_order(evidence), *look_at_publication(evidence))


JOINT_RULES = (
    Rule(
        id="C28",
        checks="times between events, such as 'N months later', against one another and the dates",
        formula="a simple temporal network of the printed intervals has no negative circle",
        severity=Severity.ERROR,
        source=_NETWORK,
        example_fail="three months to a scan, and two more to another that is dated four months on",
        example_ok="two intervals whose sum is the third",
        look=partial(check_clashes, intervals=True),
    ),
    Rule(
        id="C04",
        checks="all printed durations and numbers of cycles of a patient at once, with the dates",
        formula="a simple temporal network has no negative circle",
        severity=Severity.ERROR,
        source=_NETWORK,
        example_fail="two prints each possible alone, whose shared date would have to be two days",
        example_ok="prints that hold together in a third of the assignments",
        look=partial(check_clashes, intervals=False),
    ),
    Rule(
        id="C05",
        checks="how much of what the record allows keeps all printed figures of a patient",
        formula="below 10 % of the day assignments, and below half of the product of the shares of "
        "each print alone",
        severity=Severity.WARNING,
        source=_NETWORK + "; counted by bucket elimination, Dechter 1999",
        example_fail="4 and 8 months of two lines that share a month: 7.4 % of the days",
        example_ok="prints that hold together in a third of the assignments",
        look=check_tightness,
    ),
    Rule(
        id="C03",
        checks="a printed date against the order of events; the dates of the report itself",
        formula="with the printed date in place of the one on record the network has no negative "
        "circle: diagnosis, lines in turn, their scans, death, acceptance of the report; "
        "received, revised, accepted, published in this order; the smallest single edit of a date "
        "that restores the order is offered first",
        severity=Severity.ERROR,
        source=_NETWORK,
        example_fail="a scan of line 2 dated before line 1",
        example_ok="a scan dated a month later than on record, in the same place of the order",
        look=_dates,
        yields=True,
    ),
    Rule(
        id="C37",
        checks="no line begins before the line before it has ended",
        formula="start of a line less end of the one before is nought or more",
        severity=Severity.WARNING,
        source="common usage; overlap is possible where it is said",
        example_fail="line 2 from May, line 1 until June",
        example_ok="line 2 from June, line 1 until June",
        look=each(("date",), judge_gap),
        yields=True,
    ),
)
