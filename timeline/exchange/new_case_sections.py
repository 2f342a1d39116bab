"""The sections of a new case file: items of the CARE checklist with an example of each kind."""

from __future__ import annotations

from typing import Any

import attrs

from timeline.record.events import EVENTS

UNKNOWN = "20XX"  # a date of which nothing but the century is known
NEXT = "next"  # the number of the line after those that are known
Entry = dict[str, Any]


@attrs.frozen(kw_only=True)
class _Section:
    """A part of the file: the item of the checklist, and an example for each kind of event."""

    item: str
    title: str
    examples: tuple[Entry, ...]


SECTIONS = (
    _Section(
        item="CARE 5b",
        title="main symptoms, and visits",
        examples=({"symptom": UNKNOWN, "what": "pain in the right thigh", "ecog": "1"},
                  {"visit": UNKNOWN, "type": "referral", "what": "to a sarcoma centre"}),
    ),
    _Section(
        item="CARE 6",
        title="clinical findings: performance status (ECOG 0 to 5)",
        examples=({"performance": UNKNOWN, "ecog": "1"},),
    ),
    _Section(
        item="CARE 8a, 8d",
        title="diagnostic methods and reasoning; grade, stage and other prognostic findings",
        examples=(
            {"biopsy": UNKNOWN, "site": "right femur", "what": "core biopsy"},
            {"biomarker": UNKNOWN, "name": "PD-L1", "assay": "22C3", "result": "TPS 60 %"},
            {"diagnosis": UNKNOWN, "what": "leiomyosarcoma", "grade": "FNCLCC 2", "stage": "III"},
            {"lab": UNKNOWN, "values": {"LDH": "280 U/L"}, "normal": {"LDH": "up to 250 U/L"}},
        ),
    ),
    _Section(
        item="CARE 5c, 9a",
        title="earlier and local treatment: operations, radiotherapy, other procedures",
        examples=(
            {"surgery": UNKNOWN, "site": "right femur", "what": "wide resection", "margin": "R0",
             "pathological-response": "MPR"},
            {"radiotherapy": f"{UNKNOWN}/{UNKNOWN}", "site": "right femur", "dose": "50 Gy",
             "fractions": "25", "setting": "adjuvant"},
            {"ablation": UNKNOWN, "site": "liver", "what": "radiofrequency ablation"},
            {"embolisation": UNKNOWN, "site": "liver", "what": "TACE"},
            {"procedure": UNKNOWN, "site": "pleura", "what": "drainage"},
            {"stent": UNKNOWN, "site": "bile duct"},
        ),
    ),
    _Section(
        item="CARE 9a to 9c",
        title="systemic lines: drugs with dose, route and days, duration, reason for the end",
        examples=(
            {"randomisation": UNKNOWN},
            {"registration": UNKNOWN},
            {"treatment": f"{UNKNOWN}/{UNKNOWN}", "line": NEXT, "drugs": "doxorubicin 75 mg/m² IV",
             "stop": "progression", "printed": {"PFS": "6.1 months", "place": "Abstract"}},
            {"supportive": f"{UNKNOWN}/", "drugs": "denosumab 120 mg every 4 weeks"},
            {"transfusion": UNKNOWN, "product": "red cells", "units": "2"},
        ),
    ),
    _Section(
        item="CARE 10a, 10b",
        title="imaging: the baseline of each line, the findings, the response as reported",
        examples=(
            {"scan": UNKNOWN, "baseline": "1", "modality": "CT"},
            {"scan": UNKNOWN, "line": "1", "modality": "CT", "target": "shrunk", "new": "none",
             "called": "PR"},
            {"scan": UNKNOWN, "line": "1", "change": "+25 % from nadir", "target": "PD"},
            {"progression": UNKNOWN, "what": "clinical"},
            {"relapse": UNKNOWN, "site": "scar"},
            {"metastasis": UNKNOWN, "site": ["lung", "liver"]},
        ),
    ),
    _Section(
        item="CARE 10c, 10d",
        title="tolerability and adverse events (CTCAE grade 1 to 5)",
        examples=(
            {"toxicity": UNKNOWN, "what": "neutropenia", "grade": "3", "line": "1",
             "management": "G-CSF"},
        ),
    ),
    _Section(
        item="CARE 10a",
        title="follow-up and outcome",
        examples=(
            {"last contact": UNKNOWN, "what": "alive", "disease-status": "AWD"},
            {"lost to follow-up": UNKNOWN, "disease-status": "NED"},
            {"death": UNKNOWN, "cause": "progression", "disease-status": "DOD"},
        ),
    ),
)  # fmt: skip


def sections_without_example() -> tuple[_Section, ...]:
    """A section for the kinds of events that have no example above."""
    shown = {next(iter(each)) for section in SECTIONS for each in section.examples}
    remaining = tuple({kind: UNKNOWN} for kind in EVENTS if kind not in shown)
    return (
        (_Section(item="CARE 7", title="other events with a date", examples=remaining),)
        if remaining
        else ()
    )
