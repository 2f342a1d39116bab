"""What holds of every policy: a vague date never decides more than each of its days would."""

from __future__ import annotations

import calendar

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.endpoints.censoring.policies import POLICIES
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import Death, Radiotherapy, Scan, Surgery, Treatment
from timeline.settings.response import Settings

BASE = Scan(at="2020-01-01", baseline=1)
CALLS = ("SD", "PD", "NE", "PR", "grown", "")


def start(day: int, stop: str, end: str) -> Treatment:
    return Treatment(at=f"2020-01-{day:02}/{end}", line=1, drugs="x", stop=stop,
                     assessed_every="8 weeks")  # fmt: skip


@st.composite
def dated(draw, year: int, month: int) -> tuple[str, str]:
    """A day, and how the record prints it: to the day, or the month alone."""
    day = draw(st.integers(1, calendar.monthrange(year, month)[1]))
    exact = f"{year}-{month:02}-{day:02}"
    return draw(st.sampled_from((exact, f"{year}-{month:02}"))), exact


@st.composite
def histories(draw):
    """Events as the record prints them, and with a day chosen for each; no month has two scans."""
    end = draw(st.sampled_from(("", "2020-06-30")))
    stop = draw(st.sampled_from(("", "progression")))
    first = start(draw(st.integers(2, 31)), stop, end)
    pairs = [(first, first)]
    for month in draw(st.lists(st.integers(2, 12), max_size=5, unique=True)):
        finding = draw(st.sampled_from(CALLS))
        shows = {"target": finding} if finding else {"what": "done"}
        both = draw(dated(2020, month))
        pairs.append(tuple(Scan(at=at, line=1, **shows) for at in both))
    if draw(st.booleans()):
        local = draw(st.sampled_from((Radiotherapy, Surgery)))
        pairs.append(tuple(local(at=at) for at in draw(dated(2020, draw(st.integers(1, 12))))))
    if draw(st.booleans()):
        later = Treatment(at="2021-01-10/", line=2, drugs="y")
        scan = Scan(at="2021-03-05", target=draw(st.sampled_from(("SD", "PD"))))
        pairs += [(later, later), (scan, scan)]
    if draw(st.booleans()):
        pairs.append(tuple(Death(at=at) for at in draw(dated(2021, draw(st.integers(4, 12))))))
    return tuple(zip(*pairs, strict=True))


def outcomes(events, chosen):
    case, problems = Case.of("c", (BASE, *events))
    if problems:
        return None
    reading, problems = derive(case, chosen)
    return None if problems else {name: reading.outcome(name, 1) for name in ("PFS", "TTP")}


@settings(max_examples=30, deadline=None)
@given(
    histories(),
    st.sampled_from(sorted(POLICIES)),
    st.sampled_from(("no", "censor", "event")),
    st.integers(1, 3),
)
def test_every_day_of_a_vague_date_gives_what_the_vague_one_allows(pair, policy, local, missed):
    vague, exact = pair
    chosen = Settings.of({"pfs_policy": policy, "local_therapy_ends_pfs": local,
                          "missed_visits": missed})  # fmt: skip
    allowed, found = outcomes(vague, chosen), outcomes(exact, chosen)
    if allowed is None or found is None:
        return
    for name, one in found.items():
        many = allowed[name]
        assert one.days is not None, one.reason
        assert many.days is not None, many.reason
        assert many.event in (None, one.event), (name, many.reason, one.reason)
        assert one.days.within(many.days), (name, many.days, one.days, many.reason, one.reason)


@settings(max_examples=30, deadline=None)
@given(histories(), st.sampled_from(sorted(POLICIES)))
def test_pfs_never_outlives_the_patient(pair, policy):
    found = outcomes(pair[1], Settings.of({"pfs_policy": policy}))
    death = next((each for each in pair[1] if isinstance(each, Death)), None)
    if found is None or death is None:
        return
    days = death.start.span - pair[1][0].start.span
    assert all(each.days.high <= days.high for each in found.values())


@settings(max_examples=30, deadline=None)
@given(histories())
def test_without_a_schedule_b_is_a(pair):
    """Table B differs from A by the scheduled visit alone."""
    events = tuple(
        attrs.evolve(each, assessed_every=None) if isinstance(each, Treatment) else each
        for each in pair[0]
    )
    a, b = (outcomes(events, Settings.of({"pfs_policy": name})) for name in ("fda_a", "fda_b"))
    if a is None or b is None:
        return
    assert [(each.days, each.event) for each in a.values()] == [
        (each.days, each.event) for each in b.values()
    ]
