"""Lanes made up for tests: of any shape by hypothesis, and patients with several lines."""

from __future__ import annotations

from functools import cache
from random import Random

from hypothesis import strategies as st

from renderers.layout.bars import TreatmentBar
from renderers.layout.date_ranges import DateRange
from renderers.swimmer.lane import ColumnCell, Lane, LaneMarker, LaneSet
from timeline.endpoints.derived_case import DerivedCase, derive
from timeline.record.case import Case, Patient
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.events import Death, Diagnosis, LastContact, Scan, Surgery, Treatment

SIGNS = ("PR", "iUPD", "PD", "CR", "death", "alive", "stop toxicity", "either")
_DAYS = st.integers(-400, 2000)
_WIDTHS = st.sampled_from((0, 0, 0, 30, 365))
_LINES = st.sampled_from(("line 1", "line 2", "line 4"))
_BOOLEANS = st.booleans()
_TEXTS = st.sampled_from(("PR", "SD, confirmed", "a rather long diagnosis in words", ""))
_SIGNS = st.sampled_from(SIGNS)


@st.composite
def date_ranges(draw):
    low = draw(_DAYS)
    return DateRange(low=low, high=low + draw(_WIDTHS))


_RANGES = date_ranges()


@st.composite
def bars(draw):
    start = draw(_RANGES)
    end = draw(_RANGES)
    ends = sorted((start, end), key=lambda spot: (spot.low, spot.high))
    return TreatmentBar(style=draw(_LINES), start=ends[0], end=ends[1], goes_on=draw(_BOOLEANS))


_BARS = bars()
_MARKED = st.lists(_RANGES, max_size=6)


@st.composite
def lanes(draw, name="A"):
    markers = [
        LaneMarker(style=draw(_SIGNS), dates=dates, word="sign", tooltip=f"{name}{n}")
        for n, dates in enumerate(draw(_MARKED))
    ]
    text = draw(_TEXTS)
    return Lane(
        name=name,
        bars=(draw(_BARS),),
        markers=tuple(markers),
        cells=(
            ("id", ColumnCell(lines=((name, True),))),
            ("said", ColumnCell(lines=((text, False),))),
        ),
    )


HEADINGS = (("id", "Patient", True), ("said", "Said", False))


@st.composite
def lane_sets(draw, most=20):
    count = draw(st.integers(1, most))
    made = tuple(draw(lanes(name=f"P{number:03}")) for number in range(count))
    return LaneSet(lanes=made, headings=HEADINGS, requested=count)


AGENTS = ("doxorubicin", "trabectedin", "eribulin", "pazopanib", "anlotinib")
STOPS = ("progression", "toxicity", "completed", "choice", "other")


def lined(size: int, seed: int = 3) -> tuple[DerivedCase, ...]:
    """Patients with one to three lines, gaps, combinations, reasons to stop, every date exact."""
    random, known = _known(seed)
    while len(known) < size:
        known.append(_patient(f"{len(known) + 1:02}", random))
    return tuple(known[:size])


@cache
def _known(seed: int) -> tuple[Random, list[DerivedCase]]:
    """The patients that were derived so far, and what the next ones are drawn from."""
    return Random(seed), []


def _patient(name: str, random: Random) -> DerivedCase:
    day = 737791 + random.randrange(0, 300)  # 2021-01-01 and later
    events = [Diagnosis(at=_iso(day - 60)), Surgery(at=_iso(day - 30))]
    lines = random.randrange(1, 4)
    for line in range(1, lines + 1):
        goes_on = line == lines and random.random() < 0.3
        end = day + random.randrange(60, 300)
        drugs = tuple(drug_dose(agent) for agent in random.sample(AGENTS, random.randrange(1, 3)))
        at = f"{_iso(day)}/{'..' if goes_on else _iso(end)}"
        events.append(Treatment(at=at, line=line, drugs=drugs,
                                stop="" if goes_on else random.choice(STOPS)))  # fmt: skip
        events.append(Scan(at=_iso(day - 3), baseline=line, sum="50 mm"))
        size = 50.0
        for scan in range(day + 42, end + 1, 56):
            size *= random.choice((0.7, 0.9, 1.0, 1.3))
            events.append(Scan(at=_iso(scan), sum=f"{size:.0f} mm", new="none"))
        day = end + random.randrange(7, 60)
    events.append((Death if random.random() < 0.4 and not goes_on else LastContact)(at=_iso(day)))
    patient = Patient(diagnosis=random.choice(("leiomyosarcoma", "liposarcoma")),
                      site=random.choice(("uterus", "retroperitoneum")))  # fmt: skip
    case, problems = Case.of(name, tuple(events), patient)
    assert case is not None, problems
    derived, problems = derive(case)
    assert derived is not None, problems
    return derived


def _iso(day: int) -> str:
    from datetime import date

    return date.fromordinal(day).isoformat()
