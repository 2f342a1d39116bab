"""Two small patients made by hand, and readings of them; no figure here comes from our own code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import attrs

from renderers.swimmer.figure import swimmer
from renderers.timeline.figure import timeline_figure
from timeline.core.quantities import quantity
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase, derive
from timeline.files.loader import load
from timeline.record.case import Case, Patient
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.events import (
    Biopsy,
    Death,
    Diagnosis,
    Event,
    Lab,
    LastContact,
    Performance,
    Radiotherapy,
    Scan,
    Supportive,
    Surgery,
    Symptom,
    Toxicity,
    Treatment,
)
from timeline.results.statuses import Anchor, BestResponse, Outcome, Status

RENDERERS = {
    "timeline": timeline_figure,
    "swimmer": swimmer,
}  # what can be drawn of patients unmeasured


def case_of(name: str, *events: Event) -> Case:
    case, problems = Case.of(name, events, Patient(diagnosis="leiomyosarcoma"))
    assert case is not None, problems
    return case


@cache
def exact() -> DerivedCase:
    """Every date known to the day; death; RECIST 1.1 alone."""
    first = Scan(at="2020-03-01", target="PR", new="none")
    second = Scan(at="2020-06-01", target="PD", new="liver", called="PD")
    case = case_of(
        "exact",
        Diagnosis(at="2019-12-02", what="leiomyosarcoma"),
        Surgery(at="2019-12-20", what="resection", margin="R0"),
        Treatment(
            at="2020-01-01/2020-06-01",
            line=1,
            drugs=(drug_dose("doxorubicin 75 mg/m² IV day 1"),),
            cycle="3 weeks",
            cycles=6,
            stop="progression",
        ),
        first,
        second,
        Death(at="2020-09-10", cause="disease"),
    )
    statuses = tuple(
        Status(scan=scan, line=1, criterion="RECIST 1.1", labels=(label,))
        for scan, label in zip(case.all_of(Scan), ("PR", "PD"), strict=True)
    )
    start = Anchor(event=case.all_of(Treatment)[0], span=Span.point(737425), description="start")
    end = Anchor(event=case.all_of(Scan)[1], span=Span.point(737577), description="progression")
    pfs = Outcome(  # 1 January to 1 June 2020: 31 + 29 + 31 + 30 + 31 days
        endpoint="PFS",
        line=1,
        criterion="RECIST 1.1",
        origin=start,
        end=end,
        days=Span.point(152),
        event=True,
    )
    best = BestResponse(line=1, criterion="RECIST 1.1", labels=("PR",), confirmed=("SD",))
    return DerivedCase(case=case, statuses=statuses, outcomes=(pfs,), best=(best,))


@cache
def vague() -> DerivedCase:
    """Months, order alone, an end not stated, something planned, a contact that is a range."""
    case = case_of(
        "vague",
        Symptom(at="2020-12", what="pain", ecog=2),
        Biopsy(at="before line 1, after symptom", what="core biopsy"),
        Treatment(
            at="2021-02/..",
            line=1,
            criterion="iRECIST",
            drugs=(drug_dose("penpulimab 200 mg IV"), drug_dose("anlotinib 12 mg days 1-14")),
            cycle="3 weeks",
        ),
        Supportive(at="2021-03", drugs=(drug_dose("denosumab 120 mg"),)),
        Radiotherapy(at="after line 1/before scan 2021-08", site="L1", dose="30 Gy", fractions=10),
        Radiotherapy(at="after scan 2021-08", planned=True, what="SBRT"),
        Scan(at="2021-05", target="shrunk", new="none"),
        Scan(at="2021-08", target="shrunk", new="right lung", called="iUPD"),
        Toxicity(at="after line 1", what="hypothyroidism", grade=1),
        Performance(at="2021-05-20", ecog=1),
        Lab(
            at="2021-02",
            values=(("amylase", quantity("up to 182 IU/L")), ("lipase", "above normal")),
            normal=(("amylase", quantity("100 IU/L")),),
        ),
        Lab(at="2021-06", values=(("amylase", quantity("90 IU/L")),)),
        Lab(at="2021-07", values=(("amylase", quantity("14.39 U/mL")),)),
        LastContact(at="2021-09/2021-12"),
    )
    labels = {"RECIST 1.1": (("PR", "SD"), ("PD",)), "iRECIST": (("iPR", "iSD"), ("iUPD",))}
    statuses = tuple(
        Status(scan=scan, line=1, criterion=criterion, labels=each)
        for criterion, label in labels.items()
        for scan, each in zip(case.all_of(Scan), label, strict=True)
    )
    start = Anchor(event=case.all_of(Treatment)[0], span=Span(737822, 737849), description="start")
    end = Anchor(event=case.all_of(Scan)[1], span=Span(738003, 738033), description="progression")
    ipfs = Outcome(  # February to August: 1 August less 28 February, 31 August less 1 February
        endpoint="PFS",
        line=1,
        criterion="iRECIST",
        origin=start,
        end=end,
        days=Span(154, 211),
        event=None,
    )
    return DerivedCase(case=case, statuses=statuses, outcomes=(ipfs,))


PATIENTS = {"exact": exact, "vague": vague}
REPORTS = ("wang2023", "jin2025")
_CASES = Path(__file__).parents[2] / "cases"


@cache
def report(name: str, *also: str) -> DerivedCase:
    """The reading of a case of the project, its lines judged by some further criteria as well."""
    case, problems = load(_CASES / f"{name}.yaml")
    assert isinstance(case, Case), problems
    reading, problems = derive(case, attrs.evolve(case.settings, also_judged_by=also))
    assert reading is not None, problems
    return reading
