from __future__ import annotations

import pytest

from timeline.app.live import Live, State
from timeline.app.parts import Audited, Drawn, Record

GOOD = {
    "record": Record(heading="first", is_sound=True),
    "figure": Drawn(svg="<svg/>"),
    "audit": Audited(summary="1 claim", is_done=True),
}
BAD = {"record": Record(), "figure": Drawn(), "audit": Audited()}


def after(*texts):
    live = Live()
    for number, parts in enumerate(texts, start=1):
        live = live.submitted(number)
        for part in parts.values():
            live = live.received(number, part)
    return live


@pytest.mark.parametrize("part", ["record", "figure", "audit"])
@pytest.mark.parametrize(
    ("texts", "state", "is_good"),
    [
        ([], State.NOTHING, False),
        ([BAD], State.NOTHING, False),
        ([GOOD], State.CURRENT, True),
        ([GOOD, BAD], State.EARLIER, True),
        ([GOOD, BAD, BAD], State.EARLIER, True),
        ([GOOD, BAD, GOOD], State.CURRENT, True),
        ([BAD, GOOD], State.CURRENT, True),
    ],
)
def test_each_state_of_each_part(part, texts, state, is_good):
    shown = getattr(after(*texts), part)
    assert (shown.state, shown.content.is_good) == (state, is_good)


def test_a_result_of_an_older_text_is_dropped():
    live = Live().submitted(1).submitted(2)
    assert live.received(1, GOOD["figure"]) == live
    assert live.received(2, GOOD["figure"]).figure.state is State.CURRENT


def test_parts_come_in_any_order_and_each_once():
    live = Live().submitted(1).received(1, GOOD["audit"])
    assert live.is_waiting
    assert live.received(1, BAD["audit"]) == live
    live = live.received(1, GOOD["figure"]).received(1, GOOD["record"])
    assert not live.is_waiting


def test_what_is_shown_stays_while_a_newer_text_is_analysed():
    live = after(GOOD).submitted(2)
    assert live.is_waiting
    assert live.figure.content == GOOD["figure"]


def test_an_earlier_figure_of_another_kind_is_not_kept():
    live = after(GOOD).submitted(2).received(2, Drawn(kind="spider", fault="no targets"))
    assert (live.figure.state, live.figure.content.svg) == (State.NOTHING, "")


def test_of_a_broken_text_the_last_good_figure_stays_whatever_its_kind():
    live = after(GOOD).submitted(2).received(2, Drawn(kind="spider"))
    assert (live.figure.state, live.figure.content.svg) == (State.EARLIER, "<svg/>")
    assert live.figure.newest.kind == "spider"
    live = live.submitted(3).received(3, Drawn(kind="spider", svg="<svg>spider</svg>"))
    assert (live.figure.state, live.figure.content.kind) == (State.CURRENT, "spider")


def test_the_problems_are_always_those_of_the_newest_text():
    live = after(GOOD, {**BAD, "record": Record(fault="a fault")})
    assert live.record.newest.fault == "a fault"
    assert live.record.content.heading == "first"
