"""What a figure writes beside an event: its heading and its details, from its own fields."""

from __future__ import annotations

from timeline.edtf import When, iso, tell
from timeline.events import (
    Biopsy,
    Death,
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
from timeline.outcomes.derived import Status
from timeline.quantity import Quantity
from timeline.span import Span
from timeline.when import Period


def heading(event: Treatment) -> str:
    """``Line 1: anlotinib 12 mg days 1-14``, or ``Adjuvant: doxorubicin + ifosfamide``."""
    name = f"Line {event.line}" if event.line is not None else event.setting.capitalize()
    return f"{name}: {' + '.join(str(drug) for drug in event.drugs)}"


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


def course(event: Treatment) -> str:
    """The length and number of the cycles and the reason for the end, as far as printed."""
    parts = (
        repeated(event.cycle) if event.cycle else "",
        f"{event.cycles} {'cycle' if event.cycles == 1 else 'cycles'}" if event.cycles else "",
        STOPPED.get(event.stop, ""),
    )
    return ", ".join(part for part in parts if part)


def regimen(event: Treatment) -> str:
    """Heading and course: all that is printed of a regimen."""
    return "; ".join(part for part in (heading(event), course(event)) if part)


def irradiated(event: Radiotherapy) -> str:
    """Site, dose and fractions; where no dose is printed, what it was."""
    fractions = f"in {event.fractions} fractions" if event.fractions else ""
    dose = " ".join(part for part in (str(event.dose or ""), fractions) if part)
    said = ", ".join(p for p in (event.site, dose) if p) if dose else event.what or event.site
    return f"planned: {said}" if event.planned else said or "radiotherapy"


def dated(event: Event) -> str:
    """The date as written, where there is one."""
    written = event.start.text.partition(",")[0]
    return "" if event.start.by_order else " to ".join(written.split("/"))


def procedure(event: Event) -> str:
    """What was done or seen, and where; the report's own short words."""
    site = event.site if isinstance(event, Diagnosis | Biopsy | Surgery) else ""
    margin = event.margin if isinstance(event, Surgery) else ""
    what = event.what or site
    if isinstance(event, Death):
        what = ": ".join(part for part in (event.kind, event.cause or what) if part)
    return ", ".join(part for part in (what or event.kind, margin) if part)


def findings(scan: Scan) -> str:
    """The findings of a scan, each named: target, sum, non-target, new, earlier new lesions."""
    parts = (
        _named("target", scan.target),
        ", ".join(f"{name} {each}" for name, each in scan.lesions),
        f"sum {scan.sum}" if scan.sum else "",
        f"density {scan.density}" if scan.density else "",
        "new nodule" if scan.nodule else "",
        _named("non-target", scan.non_target),
        f"new: {', '.join(scan.new_lesions)}" if scan.new_lesions else "",
        ", ".join(f"{name} {each}" for name, each in scan.new_lesion_sizes),
        "no new lesion" if scan.new and not scan.new_lesions else "",
        "equivocal lesion" if scan.equivocal else "",
        f"earlier new lesion {scan.earlier_new}" if scan.earlier_new else "",
    )
    said = "; ".join(part for part in parts if part)
    return said or scan.what or scan.modality or "scan"


def imaging(scan: Scan) -> str:
    """The findings, and what the authors called them."""
    said = called(scan)
    return f"{findings(scan)}; called {said}" if said else findings(scan)


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


def telling(event: Event, said: str) -> str:
    """All of an event in one sentence: what, when, the note of the file, the place."""
    text = f"{event.kind.capitalize()}, {_when(event)}: {said or event.what or event.kind}"
    note = f". {_capital(event.note)}" if event.note else ""
    return text + note + (f" [{event.place}]" if event.place else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _when(event: Event) -> str:
    planned = "planned, " if event.planned else ""
    if not isinstance(event.at, Period):
        return planned + _moment(event.at)
    if event.at.ongoing:
        return f"{planned}from {_moment(event.at.start)}, goes on"
    end = _moment(event.at.end) if event.at.end else "an end that is not stated"
    return f"{planned}from {_moment(event.at.start)} to {end}"


def _moment(when: When) -> str:
    """The date as written, and every day that it allows where that says more."""
    days = _days(when.span)
    return when.text if days.removeprefix("of ") == when.text else f"{when.text} (some day {days})"


def _days(span: Span) -> str:
    """``of 2020-10``, ``from 2020-10-03 to 2020-11-20``, or with an end that is not known."""
    low, high = iso(span.low), iso(span.high)
    match low == "..", high == "..":
        case True, True:
            return "of any year"
        case True, False:
            return f"up to {high}"
        case False, True:
            return f"from {low} on"
    said = tell(span)
    return f"from {said}" if " to " in said else f"of {said}"


def judged(status: Status) -> str:
    """A status in one sentence: criterion, scan, line, label, why, and the source of the rule."""
    text = f"{status.criterion}, {status.scan.label}, line {status.line}: {status.label}"
    why = f". {_capital(status.why)}" if status.why else ""
    return text + why + (f" [{status.source}]" if status.source else "")
