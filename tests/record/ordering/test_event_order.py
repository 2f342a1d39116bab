from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.core.calendar.dates import format_day, parse_edtf
from timeline.core.span import Span
from timeline.record.case import Case
from timeline.record.event_names import find
from timeline.record.events import Biopsy, Scan, Symptom, Treatment
from timeline.record.lines import with_lines
from timeline.record.ordering.event_order import apply_order, chronological

DAY = parse_edtf("2020-01-01").span.low


def dated(low: int, high: int) -> str:
    return f"{format_day(DAY + low)}/{format_day(DAY + high)}"


small = st.tuples(st.integers(0, 4), st.integers(0, 3)).map(lambda two: (two[0], sum(two)))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(small, min_size=2, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4),
)
def test_the_days_left_are_those_that_some_assignment_uses(windows, pairs):
    """Against brute force: every day of every event, every order kept."""
    pairs = [(a, b) for a, b in pairs if a < len(windows) and b < len(windows) and a != b]
    after: dict[int, int] = {b: a for a, b in pairs}  # one 'after' an event
    events = tuple(
        Symptom(id=f"e{i}", at=dated(*window) + (f", after e{after[i]}" if i in after else ""))
        for i, window in enumerate(windows)
    )
    kept = [
        days
        for days in product(*(range(low, high + 1) for low, high in windows))
        if all(days[a] <= days[b] for b, a in after.items())
    ]
    ordered = apply_order(events)
    assert bool(ordered.problems) == (not kept)
    for i, event in enumerate(ordered.events):
        left = {days[i] for days in kept}
        assert event.start.span == Span(DAY + min(left), DAY + max(left))


def test_an_impossible_order_names_both_events():
    events = (Symptom(at="2020-03", id="late"), Symptom(at="2020-01, after late", id="early"))
    (problem,) = apply_order(events).problems
    for part in (
        "late (2020-03)",
        "early (2020-01)",
        "after late",
        "correct the date or the order",
    ):
        assert part in problem.what


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        pytest.param("first", "first", id="by id"),
        pytest.param("biopsy", "biopsy 2020-02", id="by kind, where there is one"),
        pytest.param("scan 2020-03", "scan 2020-03", id="by kind and date as written"),
        pytest.param("line 1", "treatment 2020-04", id="a line starts with its first regimen"),
    ],
)
def test_references(reference, expected):
    assert find(EVENTS, reference)[0].label == expected


EVENTS = (
    Symptom(at="2020-01", id="first"),
    Biopsy(at="2020-02"),
    Scan(at="2020-03"),
    Scan(at="2020-05"),
    Treatment(at="2020-04/2020-06", line=1, drugs="x"),
    Treatment(at="2020-06/2020-09", line=1, drugs="y"),
)


def test_a_line_ends_with_its_last_regimen():
    assert find(EVENTS, "line 1 end")[1].text == "2020-09"


def test_a_line_by_its_number():
    case, _ = Case.of("c", EVENTS)
    found = case.line(1)
    assert found is not None
    assert found.treatments == case.all_of(Treatment), "both regimens"
    assert case.line(2) is None
    assert case.line(None) is None


@pytest.mark.parametrize(
    ("reference", "fault"),
    [
        ("scan", "may be any of scan 2020-03, scan 2020-05"),
        ("biopsi", "did you mean biopsy?"),
        ("biopsy end", "is a moment and has no end"),
    ],
)
def test_references_that_mean_none_or_two(reference, fault):
    with pytest.raises(ValueError, match=fault.replace("?", r"\?")):
        find(EVENTS, reference)


UNKNOWN = Symptom(at="2020-03, after moon", id="lost")
CLASHES = [
    # what clashes beside a reference that means nothing, and the words of each message
    pytest.param(
        (Symptom(at="2020-02", id="a"), Biopsy(at="2020-04, before a", id="b")),
        ["against 'before a'"], id="an order",
    ),
    pytest.param(
        (Symptom(at="2020-02", id="a"), Biopsy(at="2020-04, before a", id="b"),
         Scan(at="2020-01, after a", id="c")),
        ["against 'before a'", "against 'after a'"], id="two orders of one event",
    ),
    pytest.param(
        (Symptom(at="2020-02-01", id="a"), Biopsy(at="2020-04-01, 1 week after a", id="b")),
        ["no day satisfies '1 week after a'"], id="a distance",
    ),
    pytest.param(
        (Symptom(at="2020-02", id="a"), Biopsy(at="1 week after a", id="b"),
         Scan(at="3 days after a, after b", id="c")),
        ["no day satisfies"], id="two distances and an order, of which any two fit",
    ),
    pytest.param((Symptom(at="2020-02", id="a"), Biopsy(at="2020-04, after a", id="b")), [],
                 id="an order that fits"),
    pytest.param((Symptom(at="1 week after b", id="a"), Biopsy(at="1 week after a", id="b")),
                 ["is counted from"], id="a circle, which is named once"),
]  # fmt: skip


@pytest.mark.parametrize("unknown", [(), (UNKNOWN,)], ids=["alone", "beside an unknown reference"])
@pytest.mark.parametrize(("events", "messages"), CLASHES)
def test_every_clash_is_named_in_one_run(events, messages, unknown):
    _, problems = Case.of("a", (*events, *unknown))
    texts = [each.what for each in problems]
    rest = [text for text in texts if "no such event: 'moon'" not in text]
    assert len(texts) - len(rest) == len(unknown)
    assert len(rest) == len(messages), rest
    assert all(any(words in text for text in rest) for words in messages), rest


def test_a_stated_order_applies_where_dates_are_open():
    events = (
        Biopsy(at="after operation, before late", id="pathology"),
        Symptom(at="2020-01/2020-12", id="operation"),
        Symptom(at="2020-12", id="late"),
    )
    ordered = apply_order(events)
    assert [ordered.events[i].id for i in chronological(ordered)] == [
        "operation",
        "pathology",
        "late",
    ]


@pytest.mark.parametrize(
    ("scan", "line"),
    [
        pytest.param(Scan(at="2020-03-01"), None, id="before the first line: none"),
        pytest.param(Scan(at="2020-05-01"), 1, id="after line 1"),
        pytest.param(Scan(at="2020-10-01"), 2, id="after line 2"),
        pytest.param(Scan(at="2020-08-15", baseline=2), 1, id="a baseline of line 2 is of line 1"),
        pytest.param(Scan(at="2020-08"), "line 2", id="the month in which line 2 begins is open"),
        pytest.param(Scan(at="2020-08, before line 2"), 1, id="unless the order says"),
        pytest.param(Scan(at="2020-08, after line 2"), 2, id="either way"),
    ],
)
def test_the_line_that_a_scan_assesses(scan, line):
    lines = (
        Treatment(at="2020-04-01/2020-07-31", line=1, drugs="x"),
        Treatment(at="2020-08-15/..", line=2, drugs="y"),
    )
    events, problems = with_lines(apply_order((*lines, scan)))
    if isinstance(line, str):
        assert (
            f"write line: 1, line: 2 or baseline: 2, or place it: after {line}" in problems[0].what
        )
    else:
        assert not problems
        assert events[2].line == line


@pytest.mark.parametrize(
    "dates",
    [
        pytest.param(("2013-03/2013-08", "2013-09/2016-08"), id="both dated"),
        pytest.param(("after adm/", "after one end/2016-08"), id="neither start dated"),
        pytest.param(("../", "2013-09/2016-08"), id="the start of the first not known"),
        pytest.param(("2013-03/", "after one end/2016-08"), id="the start of the last not known"),
    ],
)
def test_a_line_starts_with_its_first_regimen_and_ends_with_its_last(dates):
    events = (
        Symptom(at="2013-02", id="adm"),
        Treatment(at=dates[0], line=1, id="one", drugs="a"),
        Treatment(at=dates[1], line=1, id="two", drugs="b"),
    )
    for known in (events, apply_order(events).events):
        assert find(known, "line 1 start")[0].id == "one"
        assert find(known, "line 1 end")[1].text == "2016-08"


@pytest.mark.parametrize(
    ("at", "advice"),
    [
        ("2014/after line 1 end", "the end of treatment 2014 refers to itself (write before line"),
        ("2014/before line 1 start", "the end of treatment 2014 refers to itself (write before"),
        ("after line 1 end/2014", "refers to itself (name another event)"),
        ("2014/after line 1 start", ""),  # true of every end
        ("2014/42 months after line 1 start", ""),
        ("2 weeks before line 1 end/2014", ""),
    ],
)
def test_no_end_lies_after_itself(at, advice):
    events = (
        Treatment(at=at, line=1, drugs="a"),
        Treatment(at="2019/2020", line=2, drugs="b"),
    )
    problems = [str(each) for each in apply_order(events).problems]
    assert len(problems) == bool(advice), problems
    assert all(advice in each for each in problems)
