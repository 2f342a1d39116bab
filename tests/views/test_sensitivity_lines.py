"""The sensitivity analyses that `show` prints: bounded, one sentence each, the largest first."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.sensitivity import flag_outcomes
from timeline.results.outcome import Flag, Outcome
from timeline.terminology.endpoints import SHOWN_FIRST
from timeline.views.sensitivity_lines import sensitivity_lines

DAY_100 = Span.point(100)


def outcome(name, *flags, days=DAY_100):
    return Outcome(endpoint=name, line=1, days=days, event=True, flags=flags)


def flag(value, days, state="event"):
    return Flag(setting="pfs_policy", value=value, days=days, state=state)


def test_those_that_change_the_event_come_first_then_those_that_move_most():
    """Days 100 to 110 moves each end by 10, an open end by more than a life."""
    found = sensitivity_lines([
        outcome("PFS", flag("a", Span.point(110)), flag("b", Span.point(90), "censored"),
                flag("c", Span(100, NEVER_ENDS))),
    ])  # fmt: skip
    assert [line.answers for line in found] == [
        ("pfs_policy = b",), ("pfs_policy = c",), ("pfs_policy = a",)]  # fmt: skip


@pytest.mark.parametrize(
    ("outcomes", "text"),
    [
        pytest.param([outcome("PFS", flag("a", Span.point(110)), flag("b", Span.point(110)))],
                     "with pfs_policy = a or pfs_policy = b: PFS line 1 would be 110 days, "
                     "3.61 months, event", id="two answers with one result"),
        pytest.param([outcome("PFS", flag("a", Span.point(110))),
                      outcome("TTP", flag("a", Span.point(110)))],
                     "with pfs_policy = a: PFS line 1 and TTP line 1 would be 110 days, "
                     "3.61 months, event", id="two outcomes with one result"),
    ],
)  # fmt: skip
def test_what_changes_alike_shares_a_sentence(outcomes, text):
    (line,) = sensitivity_lines(outcomes)
    assert str(line) == text


def test_a_surgery_without_a_date_leaves_sentences_that_can_be_read(tmp_path):
    """Metastasectomy on any day after line 1 began: many ranges, of which each state has one."""
    found, _ = record(
        tmp_path,
        """
        treatment: 2018-06/2019-02, line: 1, drugs: gemcitabine, assessed-every: 8 weeks
        scan: 2018-05-20, baseline: 1, sum: 50 mm
        scan: 2018-09, line: 1, target: shrunk
        scan: 2019-02, line: 1, target: grown
        surgery: after line 1, what: metastasectomy
        treatment: 2019-03/2019-09, line: 2, drugs: pazopanib
        scan: 2019-09, line: 2, target: PD
        death: 2021-04
        """,
    )
    shown = [each for each in flag_outcomes(found).outcomes if each.endpoint in SHOWN_FIRST]
    lines = sensitivity_lines(shown)
    assert lines
    assert max(len(str(line).split()) for line in lines) <= 40
    assert any("ranges)" in line.result for line in lines)
