"""What a figure writes beside an event: its heading and its details, from its own fields."""

from __future__ import annotations

from timeline.drug import Drug
from timeline.events import (
    Biopsy,
    Diagnosis,
    Event,
    Radiotherapy,
    Scan,
    Supportive,
    Surgery,
    Toxicity,
    Treatment,
)
from timeline.finding import Finding
from timeline.quantity import Quantity


def heading(event: Treatment) -> str:
    """``Line 1: anlotinib``, or ``Adjuvant: doxorubicin + ifosfamide``."""
    name = f"Line {event.line}" if event.line is not None else event.setting.capitalize()
    return f"{name}: {event.regimen}"


STOPPED = {
    "progression": "to progression",
    "toxicity": "to toxicity",
    "completed": "completed",
    "choice": "ended by choice",
    "death": "to death",
}  # why a treatment ended; "other" says nothing that a figure could


def repeated(cycle: Quantity) -> str:
    """The length of a cycle as protocols write it: ``q3w``, ``q21d``."""
    return f"q{cycle.number}{cycle.unit.name[0]}"


def schedule(drugs: tuple[Drug, ...]) -> str:
    """Dose, route and days of each agent; agents are named where there are several."""
    said = [(each.agent, str(each).removeprefix(each.agent).strip()) for each in drugs]
    dosed = [(agent, rest) for agent, rest in said if rest]
    if len(drugs) == 1:
        return dosed[0][1] if dosed else ""
    return "; ".join(f"{agent} {rest}" for agent, rest in dosed)


def course(event: Treatment) -> str:
    """The schedule, the cycles and the reason for the end, as far as they are printed."""
    parts = (
        schedule(event.drugs),
        repeated(event.cycle) if event.cycle else "",
        f"{event.cycles} {'cycle' if event.cycles == 1 else 'cycles'}" if event.cycles else "",
        STOPPED.get(event.stop, ""),
    )
    return ", ".join(part for part in parts if part)


def irradiated(event: Radiotherapy) -> str:
    """Site, dose and fractions; where no dose is printed, what it was."""
    fractions = f"in {event.fractions} fractions" if event.fractions else ""
    dose = " ".join(part for part in (str(event.dose or ""), fractions) if part)
    said = ", ".join(p for p in (event.site, dose) if p) if dose else event.what or event.site
    return f"planned: {said}" if event.planned else said or "radiotherapy"


def dated(event: Event, said: str) -> str:
    """What is said, led by the date as written where there is one."""
    when = "" if event.start.by_order else event.start.text.partition(",")[0]
    return " ".join(part for part in (when, said) if part)


def procedure(event: Event) -> str:
    """Kind, and what was done or seen where; the report's own short words."""
    site = event.site if isinstance(event, Diagnosis | Biopsy | Surgery) else ""
    margin = event.margin if isinstance(event, Surgery) else ""
    said = event.what or site
    return ", ".join(part for part in (said or event.kind, margin) if part)


def findings(scan: Scan) -> str:
    """The findings of a scan, each named: target, sum, non-target, new, earlier new lesions."""
    parts = (
        _named("target", scan.target),
        f"sum {scan.sum}" if scan.sum else "",
        _named("non-target", scan.non_target),
        f"new: {', '.join(scan.new_lesions)}" if scan.new_lesions else "",
        "no new lesion" if scan.new and not scan.new_lesions else "",
        f"earlier new lesion {scan.earlier_new}" if scan.earlier_new else "",
    )
    said = "; ".join(part for part in parts if part)
    return said or scan.what or scan.modality or "scan"


def _named(what: str, finding: Finding | None) -> str:
    return f"{what} {finding}" if finding else ""


def called(scan: Scan) -> str:
    """What the authors called it; each different word once, with its places if they differ."""
    words = dict.fromkeys(label for _, label in scan.called)
    if len(words) <= 1:
        return next(iter(words), "")
    return " / ".join(words)


def supported(event: Supportive) -> str:
    """The agents with their doses, or what was given."""
    drugs = "; ".join(str(each) for each in event.drugs)
    return drugs or event.what or "supportive care"


def harm(event: Toxicity) -> str:
    """What it was, its grade as printed, and what was done."""
    grade = f"grade {event.grade}" if event.grade is not None else ""
    return ", ".join(part for part in (event.what or "toxicity", grade, event.management) if part)
