"""A scan that may lie on either side of a new therapy: each side by itself.

Expected: the results of the same case with the scan on single days that its date allows. No other
day is an end of a range, and the fewest and the most days of each state are.
"""

from __future__ import annotations

import pytest

from timeline.endpoints.derived_case import derive_all
from timeline.record.case import Case
from timeline.record.events import Death, LastContact, Scan, Surgery, Treatment
from timeline.settings.response import Settings

FIRST, LAST = "2020-03-03", "2020-08-11"
SURGERY = Surgery(at="2020-05-26", site="liver")


def case_of(when, call, *more) -> Case:
    case, problems = Case.of(
        "x",
        (
            Scan(at="2019-12-31", baseline=1),
            Treatment(at="2020-01-01/", line=1, drugs="x"),
            Scan(at=when, called=call, line=1),
            *more,
        ),
    )
    assert not problems, problems
    return case


def results(cases, endpoint, **settings):
    """Of each case the states of an endpoint, each with the fewest and the most days of a range."""
    chosen, found = Settings.of(settings), []
    for reading, problems in derive_all([(case, chosen) for case in cases]):
        assert not problems, problems
        found.append(
            {
                (group.state, day)
                for group in reading.outcome(endpoint, 1).together
                for day in (group.days.low, group.days.high)
            }
        )
    return found


# the ends of the date of the scan, a day in each half, and the days about the operations
DAYS = (FIRST, "2020-04-15", "2020-05-25", "2020-05-26", "2020-05-27", "2020-06-30", "2020-07-01",
        "2020-07-02", LAST)  # fmt: skip


SITUATIONS = [
    ("PR, surgery", "PR", "PFS", (SURGERY, LastContact(at=LAST))),
    ("PD, surgery", "PD", "PFS", (SURGERY, LastContact(at=LAST))),
    ("PD, surgery, death", "PD", "PFS", (SURGERY, Death(at="2020-12-01"))),
    ("PR, TTP", "PR", "TTP", (SURGERY, LastContact(at=LAST))),
    ("PD, TTP", "PD", "TTP", (SURGERY, LastContact(at=LAST))),
    ("PR, two operations", "PR", "PFS", (SURGERY, Surgery(at="2020-07-01", site="lung"))),
]


@pytest.mark.parametrize("policy", ["fda_a", "fda_b", "ema"])
@pytest.mark.parametrize(
    ("call", "endpoint", "more"), [pytest.param(*each[1:], id=each[0]) for each in SITUATIONS]
)
def test_each_side_of_the_therapy_by_itself(call, endpoint, more, policy):
    settings = {"local_therapy_ends_pfs": "censor", "pfs_policy": policy}
    cases = [case_of(when, call, *more) for when in (f"{FIRST}/{LAST}", *DAYS)]
    vague, *by_day = results(cases, endpoint, **settings)
    every = set().union(*by_day)
    assert vague <= every
    for state in {state for state, _ in every}:
        assert max(vague & of_state(every, state)) == max(of_state(every, state))
        assert min(vague & of_state(every, state)) == min(of_state(every, state))


def of_state(every, state):
    return {each for each in every if each[0] == state}
