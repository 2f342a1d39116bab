"""The text of an event in a figure: its heading and its details, from its own fields."""

from __future__ import annotations

import re

import attrs

from renderers.text.translation import either, translate, translate_count
from timeline.core.calendar.dates import PartialDate, format_day, format_days
from timeline.core.calendar.partial_dates import Period
from timeline.core.printed_numbers import Printed
from timeline.core.quantities import Quantity
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span
from timeline.record.event_parts.drug_doses import DrugDose
from timeline.record.event_parts.percent_change import PercentChange
from timeline.record.events import (
    Ablation,
    Biomarker,
    Biopsy,
    Death,
    Diagnosis,
    Embolisation,
    Event,
    LastContact,
    Metastasis,
    Performance,
    Procedure,
    Radiotherapy,
    Relapse,
    Scan,
    StatedProgression,
    Stent,
    Supportive,
    Surgery,
    Symptom,
    Toxicity,
    Transfusion,
    Treatment,
    TreatmentChange,
    Visit,
)
from timeline.record.findings import NONE, NOT_EVALUATED, Finding
from timeline.results.statuses import Status
from timeline.terminology.response_words import categories_of


def number_or_setting(event: Treatment) -> str:
    """``Line 1``, or ``Adjuvant`` of a treatment outside the lines."""
    if event.line is not None:
        return translate("Line {number}", number=event.line)
    return translate(event.setting.capitalize())


def heading(event: Treatment) -> str:
    """``Line 1: anlotinib 12 mg days 1-14``, or ``Adjuvant: doxorubicin + ifosfamide``."""
    return f"{number_or_setting(event)}: {' + '.join(str(drug) for drug in event.drugs)}"


def dose_text(drug: DrugDose) -> str:
    """The dose, route and days of a drug as printed: its text without its name."""
    return str(drug).removeprefix(drug.agent).strip()


STOPPED = {
    "progression": "to progression",
    "toxicity": "to toxicity",
    "completed": "completed",
    "choice": "stopped by choice",
    "death": "to death",
}  # why a treatment ended; "other" has no text in a figure


def repeated(cycle: Quantity) -> str:
    """The length of a cycle as protocols write it: ``q3w``, ``q21d``."""
    return f"q{cycle.number}{cycle.unit.name[0]}"


def course(event: Treatment) -> str:
    """The length and number of the cycles and the reason for the end, as far as printed."""
    parts = (
        repeated(event.cycle) if event.cycle else "",
        _counted(event.cycles) if event.cycles else "",
        translate(STOPPED.get(event.stop, "")),
    )
    return ", ".join(part for part in parts if part)


def _counted(cycles: int | Printed) -> str:
    count = cycles if isinstance(cycles, int) else 2  # a limit or an estimate takes the plural
    return translate_count("{number} cycle", "{number} cycles", count, number=cycles)


@attrs.frozen
class ElapsedDate(PartialDate):
    """A date whose days are counted from a moment, and no ordinals; ``unit`` has its words."""

    unit: str = ""


def regimen(event: Treatment) -> str:
    """Heading and course: all that is printed of a regimen."""
    return "; ".join(part for part in (heading(event), course(event)) if part)


def irradiated(event: Radiotherapy) -> str:
    """Site, dose and fractions; where no dose is printed, what it was."""
    fractions = (
        translate("in {number} fractions", number=event.fractions) if event.fractions else ""
    )
    if event.fractions == 1:
        fractions = translate("in 1 fraction")
    each = event.dose_per_fraction
    one = translate("{dose} per fraction", dose=each) if each else ""
    dose = " ".join(part for part in (str(event.dose or ""), fractions) if part)
    dose = ", ".join(part for part in (dose, one) if part)
    text = ", ".join(p for p in (event.site, dose) if p) if dose else event.what or event.site
    if event.planned:
        return translate("planned: {what}", what=text)
    return text or translate("radiotherapy")


def dated(event: Event) -> str:
    """The date as written, where there is one."""
    written = event.start.text.partition(",")[0]
    if event.start.by_order or written == "..":
        return ""
    return f" {translate('to')} ".join(written.split("/"))


def procedure(event: Event) -> str:
    """What was done or found, and where; in the words of the report."""
    site = event.site if isinstance(event, Diagnosis | Biopsy | Surgery) else ""
    margin = event.margin if isinstance(event, Surgery) else ""
    if margin and not margin.startswith("R"):
        margin = translate("margin {what}", what=margin)
    what = event.what or site
    if isinstance(event, Death):
        died_of = event.cause or what or (event.disease_status and translate(event.disease_status))
        what = ": ".join(part for part in (translate(event.kind), died_of) if part)
    if isinstance(event, LastContact) and event.disease_status:
        status = translate(event.disease_status)
        what = ": ".join((translate(event.kind), status))
    if isinstance(event, Biopsy) and event.what and "biops" not in event.what.lower():
        what = ": ".join((translate(event.kind), event.what))  # its words are those of a finding
    if isinstance(event, StatedProgression):
        what = event.in_words(translate(event.kind))
    tissue = event.pathological_response if isinstance(event, Biopsy | Surgery) else ""
    stage = event.stage if isinstance(event, Surgery) else ""
    parts = (what or translate(event.kind), margin, stage, tissue)
    return ", ".join(part for part in parts if part)


def visited(event: Visit) -> str:
    """The type of visit, and the words of the report: ``referral: to a sarcoma centre``."""
    return ": ".join(part for part in (translate(event.type or event.kind), event.what) if part)


_WithSite = Ablation | Embolisation | Procedure | Stent | Relapse | Metastasis


def at_site(event: _WithSite) -> str:
    """What was done or found, and where."""
    return ", ".join(part for part in (event.what or translate(event.kind), event.site) if part)


def transfused(event: Transfusion) -> str:
    """What was transfused, and how many units."""
    units = (
        translate_count("{number} unit", "{number} units", event.units, number=event.units)
        if event.units
        else ""
    )
    what = event.what or translate(event.kind)
    return ", ".join(part for part in (what, event.product, units) if part)


def changed(event: TreatmentChange) -> str:
    """What changed, the drugs with their doses from then on, the setting, and why."""
    drugs = " + ".join(str(each) for each in event.drugs)
    parts = (*(translate(word) for word in (event.setting,) if word), event.what,
             translate(event.reason) if event.reason else "")  # fmt: skip
    head = ": ".join(part for part in (translate(event.kind), drugs) if part)
    return ", ".join(part for part in (head, *parts) if part)


def tested(event: Biomarker) -> str:
    """The marker, its result as printed, and the assay; ``MSI-H`` names its marker itself."""
    assay = f"({event.assay})" if event.assay else ""
    name = event.name or event.what
    named = "" if name and re.match(rf"{re.escape(name)}(?!\w)", event.result) else name
    text = " ".join(part for part in (named, event.result, assay) if part)
    return text or translate(event.kind)


def findings(scan: Scan) -> str:
    """The findings of a scan, each named: target, sum, non-target, new, earlier new lesions."""
    parts = (
        _finding("target", scan.target),
        ", ".join(f"{name} {each}" for name, each in scan.lesions),
        translate("sum {size}", size=scan.sum) if scan.sum else "",
        _change(scan.change) if scan.change else "",
        translate("density {value}", value=scan.density) if scan.density else "",
        translate("new nodule") if scan.nodule else "",
        _finding("non-target", scan.non_target),
        translate("new: {where}", where=", ".join(scan.new_lesions)) if scan.new_lesions else "",
        ", ".join(f"{name} {each}" for name, each in scan.new_lesion_sizes),
        translate("no new lesion") if NONE in scan.new else "",
        translate("new: {where}", where=translate(NOT_EVALUATED)) if scan.new_not_evaluated else "",
        translate("equivocal lesion") if scan.equivocal else "",
        _finding("earlier new lesion", scan.earlier_new),
    )
    text = "; ".join(part for part in parts if part)
    return text or scan.what or scan.modality or translate("scan")


def imaging(scan: Scan) -> str:
    """The findings, and the reported category."""
    label = reported_labels(scan)
    if not label:
        return findings(scan)
    return translate("{findings}; reported: {label}", findings=findings(scan), label=label)


def _change(change: PercentChange) -> str:
    """The printed change, with the minus sign of the axes."""
    number = change.number.replace("-", "\N{MINUS SIGN}")
    if change.is_from_nadir:
        return translate("change {percent} from nadir", percent=number)
    return translate("change {percent} from baseline", percent=number)


def _finding(what: str, finding: Finding | str | None) -> str:
    """``target stable or shrunk``."""
    if not finding:
        return ""
    words = (translate(word) for word in str(finding).split(" or "))
    return f"{translate(what)} {either(tuple(words))}"


def reported_labels(scan: Scan) -> str:
    """The categories that the report gives a scan, each once."""
    words = dict.fromkeys(either(categories_of(word) or (word,)) for _, word in scan.called)
    if len(words) <= 1:
        return next(iter(words), "")
    return " / ".join(words)


def supported(event: Supportive) -> str:
    """The agents with their doses, or what was given."""
    drugs = "; ".join(str(each) for each in event.drugs)
    return drugs or event.what or translate("supportive care")


def harm(event: Toxicity) -> str:
    """What it was, its grade as printed, what was done, its cause, and when it had resolved."""
    end = event.resolved
    resolved = ""
    if end is not None:
        resolved = translate("resolved {date}", date=end)
        if end.when is None or end.is_undated:
            resolved = translate("not resolved" if end.when is None else "resolved")
    parts = (harm_name(event), harm_details(event), _related(event), resolved)
    return ", ".join(part for part in parts if part)


def _related(event: Toxicity) -> str:
    """``related to capecitabine, line 1``, ``related to adjuvant treatment``: by the report."""
    drugs = " + ".join(drug.agent for drug in event.drugs)
    line = translate("line {number}", number=event.line) if event.line is not None else ""
    if event.setting and not line:
        line = translate("{setting} treatment", setting=translate(event.setting))
    treatment = ", ".join(part for part in (drugs, line) if part)
    return translate("related to {treatment}", treatment=treatment) if treatment else ""


def harm_name(event: Toxicity) -> str:
    """What an adverse event was: in the words of the report, else its CTCAE term."""
    return event.what or event.term or translate("toxicity")


def harm_details(event: Toxicity) -> str:
    """The grade of an adverse event as printed, and what was done, which never stands alone."""
    grade, done = event.grade, event.management
    if grade is None:
        return f"{translate('grade not stated')}, {done}" if done else ""
    words = translate("grade {number}", number=grade.number)
    return f"{words}, {done}" if done else words


def performance(event: Performance | Symptom) -> str:
    """The performance status as printed, by each scale; empty where none is."""
    scales = (("ECOG", event.ecog), ("Karnofsky", event.karnofsky), ("Lansky", event.lansky))
    return ", ".join(f"{name} {value}" for name, value in scales if value not in (None, ""))


def event_sentence(event: Event, details: str) -> str:
    """All of an event: what, when, of a scan its description too, the note, and the place."""
    kind = translate(event.kind)
    text = f"{_capital(kind)}, {_when(event)}: {details or event.what or kind}"
    if isinstance(event, Scan) and event.what and event.what not in text:
        text += f". {_capital(event.what)}"
    note = f". {_capital(event.note)}" if event.note else ""
    return text + note + (f" [{event.place}]" if event.place else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _when(event: Event) -> str:
    planned = translate("planned") + ", " if event.planned else ""
    if not isinstance(event.at, Period):
        return planned + _moment(event.at)
    start = _moment(event.at.start)
    if event.at.start.begins_with_order or (event.at.end and event.at.end.begins_with_order):
        return planned + _ordered_period(event.at, start)
    if event.at.ongoing:
        return planned + translate("from {start}, ongoing", start=start)
    end = _moment(event.at.end) if event.at.end else translate("an end date not stated")
    return planned + translate("from {start} to {end}", start=start, end=end)


def _ordered_period(at: Period, start: str) -> str:
    """A period of which an end is known by its order: ``start after line 1, end before death``."""
    if at.ongoing:
        return translate("start {start}, ongoing", start=start)
    if at.end is None:
        return translate("start {start}, an end date not stated", start=start)
    return translate("start {start}, end {end}", start=start, end=_moment(at.end))


def _moment(when: PartialDate) -> str:
    """The date as written, and every day that it allows where the text alone does not show them."""
    if isinstance(when, ElapsedDate):
        days = days_in_words(when.span)
        return f"{when.text} ({when.unit}: {days})"
    days = _days(when.span)
    if when.derived:
        not_stated = translate("an end date not stated")
        return translate("{text} (some day {days})", text=not_stated, days=days)
    if format_days(when.span) == when.text:
        return when.text
    return translate("{text} (some day {days})", text=when.text, days=days)


def _days(span: Span) -> str:
    """``of 2020-10``, ``from 2020-10-03 to 2020-11-20``, or with an end that is not known."""
    low, high = format_day(span.low), format_day(span.high)
    match low == "..", high == "..":
        case True, True:
            return translate("of any year")
        case True, False:
            return translate("up to {high}", high=high)
        case False, True:
            return translate("from {low} on", low=low)
    text = format_days(span)
    first, _, last = text.partition(" to ")
    if last:
        return translate("from {start} to {end}", start=first, end=last)
    return translate("of {day}", day=text)


def days_in_words(days: Span) -> str:
    """``56``, ``198 to 228``, ``104 or later``: numbers of days."""
    if days.high == NEVER_ENDS:
        return translate("{day} or later", day=days.low)
    if days.low == NEVER_BEGAN:
        return translate("up to {high}", high=days.high)
    low, high = days.low, days.high
    return str(low) if days.is_point else translate("{low} to {high}", low=low, high=high)


def possible_days(span: Span) -> str:
    """``2020-10``, or ``2020-10-03 to 2020-11-20``: every day that a date may be.

    With an open end it is ``2020-10-03 or later``, or ``2020-10-03 or earlier``.
    """
    if span.high == NEVER_ENDS and span.low != NEVER_BEGAN:
        return translate("{day} or later", day=format_days(Span.point(span.low)))
    if span.low == NEVER_BEGAN and span.high != NEVER_ENDS:
        return translate("{day} or earlier", day=format_days(Span.point(span.high)))
    return f" {translate('to')} ".join(format_days(span).split(" to "))


def scan_words(scan: Scan) -> str:
    """A scan by its date and its modality: ``scan 2020-02 (CT)``; its id is a name of the file."""
    modality = f" ({scan.modality})" if scan.modality else ""
    return f"{translate('scan')} {_moment(scan.start)}{modality}"


def status_sentence(status: Status) -> str:
    """A status in one sentence: criterion, scan, line, label, why, and the source of the rule."""
    line = translate("line {number}", number=status.line)
    label = either(status.labels) if status.labels else translate(status.label)
    text = f"{status.criterion}, {scan_words(status.scan)}, {line}: {label}"
    why = f". {_capital(status.why)}" if status.why else ""
    return text + why + (f" [{status.source}]" if status.source else "")
