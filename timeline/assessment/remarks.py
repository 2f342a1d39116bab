"""What is unusual in a record and may be true: it is accepted with a remark.

A row is a kind of remark with its severity and its source. None of them refuses a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import attrs

from timeline.assessment.line_course import LineCourse, is_judged_by_findings, line_course
from timeline.core.calendar.dates import format_days, is_vague
from timeline.core.frozen_class import frozen
from timeline.core.problem import Where
from timeline.core.span import Span
from timeline.record.case import Case
from timeline.record.drug_remarks import (
    codes_of_no_class,
    cycles_within_drugs,
    drugs_named_twice,
    misspelt_drugs,
    regimens_as_drugs,
    related_to_no_treatment,
)
from timeline.record.events import (
    LOCAL_THERAPIES,
    Biopsy,
    Event,
    Procedure,
    Radiotherapy,
    Scan,
    Stent,
    Supportive,
    Toxicity,
    Transfusion,
    Treatment,
)
from timeline.record.identifiers import SOURCE as IDENTIFIER_SOURCE
from timeline.record.identifiers import identifiers
from timeline.record.line_criteria import judged_by
from timeline.record.ordering.order_repair import unusual
from timeline.record.ordering.unusual_dates import far_from_neighbours
from timeline.record.scans_within_line import scans_without_last_day
from timeline.record.stated_progression import uncounted_progression
from timeline.record.unusual_values import (
    cycles_beyond_the_end,
    implausible_sizes,
    ongoing_at_death,
    overlapping_lines,
    sex_in_other_words,
)
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.criteria import PRIMARY, PROGRESSIONS, TERMS, meaning
from timeline.terminology.criterion_names import RECIST
from timeline.terminology.ctcae_terms import grades_of
from timeline.terminology.response_codes import Code
from timeline.terminology.response_words import categories_of

if TYPE_CHECKING:  # which loads the engine; a record without measured lesions needs none of it
    from timeline.response.lesions import Lesion


@attrs.frozen(order=True)
class Remark:
    """One remark: where, how severe, what, and the source of the rule.

    ``limits``: the number of the line whose responses and times are less certain, or not known, for
    what it says; None where it says nothing of these.
    """

    where: Where
    severity: str
    what: str
    source: str
    limits: int | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.severity}: {self.what} [{self.source}]"


_COMPLETE = {Code.CR, Code.NED}
Found = Iterator[tuple[Where, str]]


@frozen(kw_only=True)
class RemarkKind:
    """One kind of remark on the course of a line.

    ``limits``: whether it says what is missing for the responses and times of the line.
    ``derives``: whether its responses have to be derived first.
    """

    name: str
    severity: str
    find: Callable[[Case, LineCourse, Settings], Found]
    source: str
    limits: bool = False
    derives: bool = False


def _baseline_after_start(_: Case, of: LineCourse, __: Settings) -> Found:
    start = of.line.start.start.span
    for scan in of.baselines:
        if scan.start.span.low > start.high:
            late = _days(scan.start.span - start)
            text = f"{_baseline(scan, of.line.number)} lies {late} after the start"
            rest = f"of the line ({format_days(start)}): changes are counted from it all the same"
            yield scan.where, f"{text} {rest}"


def _baseline_long_before(_: Case, of: LineCourse, settings: Settings) -> Found:
    start, most = of.line.start.start.span, settings.baseline_max_days
    for scan in of.baselines:
        if start.low - scan.start.span.high > most:
            early = _days(start - scan.start.span)
            text = f"{_baseline(scan, of.line.number)} lies {early} before the start"
            rest = (
                f"of the line ({format_days(start)}), more than {most} (setting baseline_max_days)"
            )
            yield scan.where, f"{text} {rest}"


def _baseline(scan: Scan, number: int) -> str:
    """A baseline as the record has it, or the scan that is read as one where none is marked."""
    if scan.baseline == number:
        return f"baseline {number} ({scan.start})"
    return f"{scan.label}, read as baseline {number} because no scan is marked so,"


def _without_baseline(_: Case, of: LineCourse, __: Settings) -> Found:
    if of.baseline is None and of.used:
        number = of.line.number
        sized = any(scan.sum or scan.lesions for scan in of.used)
        text = f"line {number} has no baseline scan on record"
        text += ": its sizes are compared with nothing and read as not evaluated" * sized
        yield of.line.start.where, f"{text} (write baseline: {number} on it, if one was made)"


def _baseline_without_sizes(_: Case, of: LineCourse, __: Settings) -> Found:
    base = of.baseline
    sized = [scan for scan in of.used if scan.is_measured and scan.change is None]
    if base is None or base.is_measured_whole or not sized:
        return
    unknown = [name for name, size in base.lesions if size.length is None]
    lacks = f"does not evaluate {', '.join(unknown)}" if unknown else "has no sizes"
    key = "lesions" if sized[0].lesions else "sum"
    named = _baseline(of.baselines[-1], of.line.number)
    text = f"{named} {lacks}: sizes of later scans are compared"
    rest = f"with nothing and read as not evaluated (write {key}: on it, if they were measured)"
    yield of.baselines[-1].where, f"{text} {rest}"


def _choice_of_targets(case: Case, of: LineCourse, _: Settings) -> Found:
    targets = _targets_of(case, of)
    if not targets:
        return
    from timeline.assessment.target_sums import rules_of
    from timeline.response.lesions import target_faults

    for fault in target_faults(targets.values(), tuple(targets), rules_of(of.line)):
        yield of.baselines[-1].where, fault


def _treated_target(case: Case, of: LineCourse, _: Settings) -> Found:
    """Local therapy of the organ of a target, between its baseline and a later scan."""
    if of.baseline is None or not of.used:
        return
    first, last = of.baseline.start.span, of.used[-1].start.span
    for event in case.all_of(*LOCAL_THERAPIES):
        if event.start.span.low < first.high or event.start.span.low > last.high:
            continue
        for name, lesion in _targets_of(case, of).items():
            if _may_treat(event, name, lesion):
                target = f"target {name} ({lesion.organ})" if lesion.organ else f"target {name}"
                text = f"{event.label} may have treated {target} while it was followed"
                yield event.where, f"{text}: its size then says little of the drug"


def _response_after_local_therapy(_: Case, of: LineCourse, __: Settings) -> Found:
    """A complete response that the authors call after local therapy in the line."""
    for scan, therapy in zip(of.used, of.local_therapies, strict=True):
        calls = [
            word for _, word in scan.called if _COMPLETE & {*map(meaning, categories_of(word))}
        ]
        if therapy is None or not calls:
            continue
        text = f"{calls[0]} is called after {therapy.label} in line {of.line.number}: what was"
        rest = "treated locally is no part of the response (write target: and non-target: of what"
        yield scan.where, f"{text} {rest} was left, or NE where the report does not say)"


def _progression_left_open(_: Case, of: LineCourse, __: Settings) -> Found:
    """A call of progression at growth that the report does not call so: ``target: grown``."""
    for scan in of.used:
        calls = {each for _, word in scan.called for each in categories_of(word)}
        if scan.new_lesions or not calls or not calls <= PROGRESSIONS:
            continue
        for key, found in (("target", scan.target), ("non-target", scan.non_target)):
            word = (
                next((each for each in found.allows if each in PROGRESSIONS), "") if found else ""
            )
            if found is None or not word or len(found.allows) == 1:
                continue
            text = f"{scan.label} is called {word}, and {key}: {found} allows"
            rest = f"{' or '.join(found.allows)}: both are kept (write {key}: {word}"
            yield scan.where, f"{text} {rest} where the report means the lesions by its call)"


def _may_treat(event: Event, name: str, lesion: Lesion) -> bool:
    words = set(re.findall(r"\w+", f"{event.what} {getattr(event, 'site', '')}".lower()))
    sides = {"left", "right", "upper", "lower", "lobe", "of", "the", "node", "nodes", "lymph"}
    place = set(re.findall(r"\w+", lesion.organ.lower())) - sides
    return name.lower() in words or bool(place & words)


def _equivocal_then_new(_: Case, of: LineCourse, __: Settings) -> Found:
    """A site that was equivocal is new later, and not stated to be the same lesion."""
    doubtful: dict[str, Scan] = {}
    for scan in of.used:
        for site in (each for each in scan.new_lesions if each.lower() in doubtful):
            first = doubtful[site.lower()].start.in_sentence
            text = f"{site} is new here and was equivocal {first}"
            rest = f"where it is that lesion, write confirms-equivocal: {site}"
            yield scan.where, f"{text}: {rest}, which dates progression back"
        doubtful |= {name.lower(): scan for name in scan.equivocal if name.lower() not in doubtful}


def _printed_changes(case: Case, of: LineCourse, _: Settings) -> Found:
    if any(scan.change is not None for scan in of.used):
        from timeline.assessment.scan_remarks.changes import change_remarks

        yield from change_remarks(case, of)


def _different_calls(case: Case, of: LineCourse, settings: Settings) -> Found:
    if any(scan.called and is_judged_by_findings(scan) for scan in of.used):
        from timeline.assessment.scan_remarks.calls import different_calls

        yield from different_calls(case, of, settings)


def _provisional_criteria(case: Case, of: LineCourse, settings: Settings) -> Found:
    if any(TERMS[title].unread for title in judged_by(case, of.line, settings)):
        from timeline.assessment.scan_remarks.criteria import provisional_criteria

        yield from provisional_criteria(case, of, settings)


def _other_measure(_: Case, of: LineCourse, __: Settings) -> Found:
    sized = any(scan.sum or scan.lesions for scan in (*of.baselines, *of.used))
    if of.line.criterion and sized:
        from timeline.assessment.scan_remarks.criteria import sizes_of_another_measure

        yield from sizes_of_another_measure(of)


def _change_of_one_measure(case: Case, of: LineCourse, settings: Settings) -> Found:
    if any(scan.change for scan in of.used) and len(judged_by(case, of.line, settings)) > 1:
        from timeline.assessment.scan_remarks.criteria import change_of_one_measure

        yield from change_of_one_measure(case, of, settings)


def _uncounted_progression(case: Case, of: LineCourse, settings: Settings) -> Found:
    yield from uncounted_progression(case, of.line, settings)


def _targets_of(case: Case, of: LineCourse) -> dict[str, Lesion]:
    if of.baseline is None or not of.baseline.lesions:
        return {}
    from timeline.assessment.target_sums import baseline_targets, rules_of

    rules = rules_of(of.line)
    return {} if rules.measure.field else baseline_targets(case, of.baseline, rules)


def _days(between: Span) -> str:
    """``16 days``, ``at least 32 days``."""
    least = f"{between.low} day{'' if between.low == 1 else 's'}"
    return least if between.is_point else f"at least {least}"


_E09 = "Eisenhauer 2009"
REMARK_KINDS = (
    RemarkKind(
        name="baseline after the start",
        severity="warning",
        find=_baseline_after_start,
        source=f"{_E09} 3.2: all baseline evaluations before the start of treatment",
    ),
    RemarkKind(
        name="baseline long before the start",
        severity="warning",
        find=_baseline_long_before,
        source=f"{_E09} 3.2: never more than 4 weeks before the beginning of the treatment",
    ),
    RemarkKind(
        name="no baseline",
        severity="warning",
        find=_without_baseline,
        source=f"{_E09} 4.1: baseline is what all later measurements are compared with",
        limits=True,
    ),
    RemarkKind(
        name="baseline without sizes",
        severity="warning",
        find=_baseline_without_sizes,
        source=f"{_E09} 4.1, 4.3: the baseline sum is what all later sums are compared with",
        limits=True,
    ),
    RemarkKind(
        name="choice of targets",
        severity="warning",
        find=_choice_of_targets,
        source=f"{_E09} 3.1, 4.2; EORTC clarifications: paired organs are one",
    ),
    RemarkKind(
        name="target treated locally while followed",
        severity="warning",
        find=_treated_target,
        source=f"{_E09} 3.1.3",
    ),
    RemarkKind(
        name="complete response after local therapy",
        severity="warning",
        find=_response_after_local_therapy,
        source="EORTC, RECIST frequently asked questions, Surgery/radiotherapy and RECIST",
    ),
    RemarkKind(
        name="progression that the findings leave open",
        severity="note",
        find=_progression_left_open,
        source="cases/README.md: a call is separate from the findings and never replaces them",
    ),
    RemarkKind(
        name="call that the findings do not give",
        severity="warning",
        find=_different_calls,
        source=f"{_E09} 4.4.2, Tables 1 and 2: the findings give the response of a time point",
        limits=True,
        derives=True,
    ),
    RemarkKind(
        name="provisional criterion",
        severity="warning",
        find=_provisional_criteria,
        source="docs/reference/criteria.md: which rules were read, and where",
        limits=True,
    ),
    RemarkKind(
        name="sizes that the criterion does not sum",
        severity="warning",
        find=_other_measure,
        source="PMC2755245 Table 3: WHO sums products of two diameters, RECIST diameters",
        limits=True,
    ),
    RemarkKind(
        name="change that another criterion does not read",
        severity="warning",
        find=_change_of_one_measure,
        source="PMC2755245 Table 3: WHO sums products of two diameters, RECIST diameters",
    ),
    RemarkKind(
        name="printed change in percent",
        severity="warning",
        find=_printed_changes,
        source=f"{_E09} 4.3.1",
    ),
    RemarkKind(
        name="progression that is not counted",
        severity="warning",
        find=_uncounted_progression,
        source="FDA 2018, Clinical Trial Endpoints, Appendix 3: tables A and B count documented "
        "progression",
        limits=True,
    ),
    RemarkKind(
        name="doubt that became new",
        severity="note",
        find=_equivocal_then_new,
        source=f"{_E09} 4.3.5",
    ),
)


def case_remarks(
    case: Case, settings: Settings = DEFAULTS, *, derives: bool = True
) -> tuple[Remark, ...]:
    """All remarks on a case, in order of their places.

    ``derives``: whether those for which responses are derived are among them.
    """
    found = {
        Remark(where, row.severity, what, row.source, line.number if row.limits else None)
        for line in case.lines
        for of in (line_course(case, line, settings),)
        for row in REMARK_KINDS
        if derives or not row.derives
        for where, what in row.find(case, of, settings)
    }
    found |= {
        Remark(problem.where, "warning", problem.what, source)
        for problem, source in unusual(_as_listed(case))
    }
    found |= {
        Remark(where, "warning", f"{field} may hold {what} (leave it out)", IDENTIFIER_SOURCE)
        for where, field, what in identifiers(case)
    }
    found |= {
        Remark(where, severity, what, source)
        for find, severity, source in CASE_REMARKS
        for where, what in find(case)
    }
    return tuple(sorted(found))


def _undefined_grades(case: Case) -> Found:
    """A grade that its term does not have; of a range the worst."""
    for event in case.all_of(Toxicity):
        known = grades_of(event.term or event.what)
        if known is None or event.grade is None or event.ctcae[:1] not in _SAME_GRADES:
            continue
        if event.grade.worst not in known.grades:
            has = f"{known.term} has grades {known.grades[0]} to {known.grades[-1]} in CTCAE 5.0"
            yield event.where, f"{event.label} has grade {event.grade.number}; {has}"


_SAME_GRADES = ("", "4", "5")  # the terms of the table have the same grades in CTCAE 4.03


def _undated(case: Case) -> Found:
    """An event of which not even the decade is known, and from which no other is counted."""
    for event in case.done:
        if event.start.by_order or not is_vague(event.start.span):
            continue
        others = (when for when, _ in case.moments_on_record if when is not event.start)
        if all(is_vague(case.days_between_dates(event.start, each)) for each in others):
            text = f"{event.label} has no year: a calendar shows no day of it, and a time from it"
            rest = "or to it may be of any length (write its year, or its order: before line 1)"
            yield event.where, f"{text} {rest}"


def _fraction_doses(case: Case) -> Found:
    """A total dose that the number and the dose of the fractions do not give."""
    for event in case.all_of(Radiotherapy):
        total, number, one = event.dose, event.fractions, event.dose_per_fraction
        if total is None or number is None or one is None:
            continue
        given, each = total.in_base_units.span, one.in_base_units.span
        if number * each.high < given.low or number * each.low > given.high:
            yield event.where, f"{total} is not {number} fractions of {one}"


def _cycles_without_length(case: Case) -> Found:
    """A date that is stated by a cycle, of a treatment whose cycles have no length on record."""
    for event in case.events:
        for reference in _references(event):
            found = case.target(reference)
            if found is None or found.cycle is None or found.offset.is_bounded:
                continue
            treatment = case.events[found.moment[0]]
            if isinstance(treatment, Treatment) and treatment.cycle is None:
                cycle = f"cycle {found.cycle.number} of {found.cycle.of}"
                text = f"{event.label}: only the order is known of {cycle}, the length of the"
                rest = f"cycles is not on record (write cycle: on {found.cycle.of}, or a date)"
                yield event.where, f"{text} {rest}"


def _references(event: Event) -> Iterator[str]:
    """The words by which the date of an event, or its end, names another event."""
    dates = (event.start,) if event.end in (None, event.start) else (event.start, event.end)
    for when in filter(None, dates):
        relative = when.relative.reference if when.relative else None
        yield from filter(None, (when.after, when.before, relative))


_NOT_DONE = re.compile(
    r"\b(?:(?:refused|cancel+ed|omitted)\b|not (?:done|performed|carried out|given|started)\b"
    r"|(?:was|were|patient) declined\b|declined by\b)|^(?:declined|refusal of)\b",
    re.IGNORECASE,
)
_DONE_TO_A_PATIENT = (
    *(*LOCAL_THERAPIES, Treatment, Supportive, Scan, Biopsy),
    *(Procedure, Stent, Transfusion),
)


def _words_of_not_done(case: Case) -> Found:
    """An event whose words say that it was not done, and that counts as done."""
    for event in case.all_of(*_DONE_TO_A_PATIENT):
        found = _NOT_DONE.search(event.what)
        if found:
            text = f"{event.label} counts as done, and its words say {found[0]!r}"
            rest = f"treatment refused: {event.start.text} with what: {event.kind}"
            yield event.where, f"{text} (write planned: yes on it, or {rest} if it was refused)"


# What finds it, its severity, its source.
def _criteria_not_derived(case: Case) -> Found:
    """A line of which the report states no version of RECIST, or a criterion not derived here."""
    for line in case.lines:
        where, stated = line.start.where, line.stated_criterion
        if stated == RECIST:
            text = f"line {line.number}: RECIST without a version is taken for {PRIMARY.title}"
            yield where, f"{text} (write criterion: RECIST 1.0 where the report assessed by it)"
        if line.is_assessed_otherwise:
            text = f"line {line.number} was assessed by {stated}, of which nothing is derived here"
            rest = f"the responses and times printed by {stated} are not checkable"
            yield where, f"{text}: its labels are by {PRIMARY.title}, and {rest}"


CASE_REMARKS: tuple[tuple[Callable[[Case], Found], str, str], ...] = (
    (_undefined_grades, "warning", "CTCAE 5.0, NCI 2017"),
    (_undated, "note", "EDTF, ISO 8601-2: an X is a digit that is not known"),
    (_fraction_doses, "warning", "arithmetic: total dose = number of fractions x dose of one"),
    (ongoing_at_death, "warning", "nothing happens after death"),
    (overlapping_lines, "warning", "Saini 2021, Br J Cancer 125:155: a line ends before the next"),
    (cycles_beyond_the_end, "warning", "arithmetic: n cycles of L days begin within (n - 1) x L"),
    (
        implausible_sizes,
        "warning",
        "Marjiyeh-Awwad 2022, World J Oncol 13:244; sums: five of 100 mm",
    ),
    (sex_in_other_words, "warning", "CDISC codelist SEX, C66731"),
    (far_from_neighbours, "warning", "cases/README.md, When"),
    (_cycles_without_length, "note", "no length of a cycle is imputed"),
    (scans_without_last_day, "note", "cases/README.md, Scan: line"),
    (_criteria_not_derived, "note", "Eisenhauer 2009, Appendix I: what RECIST 1.1 changed of 1.0"),
    (regimens_as_drugs, "warning", "the list of regimens"),
    (cycles_within_drugs, "warning", "cases/README.md, Treatment"),
    (drugs_named_twice, "warning", "cases/README.md, Treatment"),
    (misspelt_drugs, "warning", "the list of drugs"),
    (codes_of_no_class, "warning", "the list of drugs"),
    (_words_of_not_done, "warning", "cases/README.md, Not done: refused and planned"),
    (related_to_no_treatment, "warning", "CDISC SDTM, AEREL: causality"),
)


def _as_listed(case: Case) -> tuple[Event, ...]:
    """The events in the order of the file."""
    return tuple(sorted(case.events, key=lambda event: event.where))
