"""The alternative text, the caption and the conventions of a timeline."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from renderers.axes.calendar_page import TimelinePage
from renderers.axes.elapsed import in_units, time_label
from renderers.layout.bars import without_end
from renderers.layout.date_ranges import days_of
from renderers.scene.scene import Mark
from renderers.text.bar_ends import open_bars
from renderers.text.events import harm_name, possible_days, repeated
from renderers.text.line_summary import basis_sentences, label_of
from renderers.text.sentences import LONGEST_ALT
from renderers.text.translation import both, translate, translate_count
from renderers.timeline.drawing import Drawing
from renderers.timeline.elapsed_case import Origin
from renderers.timeline.tracks.sum_curves import curves
from timeline.core.calendar.durations import days_per
from timeline.core.quantities import Quantity
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record import events as e

_AT_MIDPOINT = (
    "Markers are placed at the midpoint of the possible dates; brackets show the range (dashed: "
    "order only)."
)
_AT_KNOWN_END = (
    "A bracket without a cap at one end has no known bound there; the marker is at its other end, "
    "or apart from others in stated order."
)
_ONE_SIDED = "The marker of what is dated only as after or before an event is beside that event."
_IN_ORDER = "Where ranges overlap, markers of events in stated order are apart in that order."
_PALE = "Pale, hatched ends of bars show uncertain start or stop dates (dashed: order only)."
_IN_TURN = (
    "Dashed, cross-hatched bars one after another: the dates are not known, only the order; the "
    "lengths mean nothing."
)
_OF_LENGTH = "A bar above a dashed bracket has its known length, somewhere in the range shown."
_HOLLOW = "Open circles of laboratory values: a limit, or a value in words."
_NO_GRADE = "White bars of toxicity: grade not stated."
_RESPONSE = (
    "Response is derived from the findings shown, by {criteria}; two categories where the findings "
    "allow both."
)
_THRESHOLDS = (
    "Dotted lines at the sums: {below} % below baseline (response), and {above} % and at least "
    "{least} mm above the nadir (progression)."
)
_ELAPSED = (
    "The axis is time since the {time_zero}, because the report states the times between events "
    "more exactly than their dates."
)
_VAGUE_ZERO = "Time since the {time_zero} counts from the middle of its possible dates, {days}."
_NOTED = (
    "Numbers below the scans refer to the notes on imaging: the findings on record, or the "
    "description of a scan without findings."
)
_ALT = (
    "Treatment timeline of {name}, {days}: {lines}. {number} scan with its findings{judged}.",
    "Treatment timeline of {name}, {days}: {lines}. {number} scans with their findings{judged}.",
)

_IN_ORDER_OF_TIME = "In order of time: {events}."
_CUT = "In order of time, beginning and end: {events}."
_ALT_CALLED = (
    "Treatment timeline of {name}, {days}: {lines}. {number} scan without findings{judged}.",
    "Treatment timeline of {name}, {days}: {lines}. {number} scans without findings{judged}.",
)


@attrs.frozen(kw_only=True)
class Captioned:
    """What a caption describes. ``whole``: the case with the events that have no day.

    ``left_out``: titles of sections that were not asked for, and would have events.
    """

    whole: DerivedCase
    drawing: Drawing
    marks: tuple[Mark, ...]
    since: Origin | None = None
    noted: bool = False
    left_out: tuple[str, ...] = ()

    @property
    def styles(self) -> frozenset[str]:
        """The styles and variants of all marks."""
        return frozenset(name for mark in self.marks for name in mark.styles)


def days_text(days: Span, page: TimelinePage) -> str:
    """Some days as dates, or as time since day 0 of the axis."""
    if not page.unit:
        return possible_days(days)
    shown = Span.point(days.low) if days.high == NEVER_ENDS else days
    shown = Span.point(days.high) if days.low == NEVER_BEGAN else shown
    label = time_label(in_units(shown, days_per(page.unit)), page.unit)
    text = f"{label} {translate(page.unit)}"
    if days.high == NEVER_ENDS:
        return translate("{day} or later", day=text)
    return text if shown is days else translate("up to {high}", high=text)


def contact_text(page: TimelinePage) -> str:
    """How the record ends, and when."""
    days = days_text(days_of(page.cutoff), page)
    if page.style == "last record":
        return f"{translate('last dated event')} {days}"
    status = f", {translate(page.disease_status)}" if page.disease_status else ""
    return f"{translate(page.ending)} {days}{status}"


def alternative_text(shown: Captioned) -> str:
    """What is drawn, and the responses, adverse events and death in order of time."""
    case, page = shown.whole.case, shown.drawing.page
    lines = "; ".join(
        f"{translate('line {number}', number=line.number)} {line.regimen}" for line in case.lines
    )
    criteria = both(tuple(_by_criterion(shown.drawing)))
    judged = (
        translate(", and the response status at each by {criteria}", criteria=criteria)
        if criteria
        else ""
    )
    scans = case.all_of(e.Scan)
    drawn = translate_count(
        *(_ALT if any(scan.has_findings for scan in scans) else _ALT_CALLED),
        len(scans),
        name=case.name,
        days=days_text(Span(page.shown.low, int(page.frame.high) - 1), page),
        lines=lines or translate("no systemic line"),
        judged=judged,
    )
    return f"{drawn} {_outcomes(shown, LONGEST_ALT - len(drawn) - 1)}".strip()


def _outcomes(shown: Captioned, limit: int) -> str:
    """Responses, adverse events and death with their dates; of too many the first and the last."""
    drawing = shown.drawing
    several = len(_by_criterion(drawing)) > 1
    found: list[tuple[Span, str]] = [
        (each.scan.start.span, f"{each.criterion} {label_of(each)}" if several else label_of(each))
        for each in drawing.statuses
    ]
    for event in drawing.derived.case.done:
        if isinstance(event, e.Toxicity):
            grade = translate("grade {number}", number=event.grade.number) if event.grade else ""
            found.append((event.start.span, " ".join((harm_name(event), grade)).strip()))
        elif isinstance(event, e.Death):
            found.append((event.start.span, translate("death")))
    found.sort(key=lambda each: (each[0].low, each[0].high))
    told = [f"{days_text(days, drawing.page)} {what}" for days, what in found]
    for count in range(len(told), 0, -1):
        words = _IN_ORDER_OF_TIME if count == len(told) else _CUT
        text = translate(words, events="; ".join([*told[: count - 1], told[-1]]))
        if len(text) <= limit:
            return text
    return ""


def caption(shown: Captioned) -> str:
    """The caption as a journal prints it: patient, n, end of the record, criteria, what is omitted.

    How the marks are read is in ``conventions``.
    """
    case, page = shown.whole.case, shown.drawing.page
    who = f" ({case.patient.diagnosis})" if case.patient.diagnosis else ""
    sentences = [
        translate("Treatment timeline of one patient, {name}; n = 1.", name=f"{case.name}{who}"),
        translate("End of record: {end}.", end=contact_text(page)),
        *_of_response(shown),
        *([translate(_ELAPSED, time_zero=page.since)] if page.unit else []),
        *_not_drawn(shown),
        *_cycles(case.events),
    ]
    return " ".join(sentences)


def conventions(shown: Captioned, *, dates: bool = True) -> str:
    """How vague dates, open bars, thresholds and numbers are drawn; empty where none is.

    ``dates``: False where the caption already says how vague dates are drawn.
    """
    return " ".join(
        (
            *(of_dates(shown) if dates else ()),
            *open_bars(without_end(shown.marks)),
            *_of_thresholds(shown),
            *_of_time_zero(shown),
            *([translate(_NOTED)] if shown.noted else []),
        )
    )


def of_dates(shown: Captioned) -> list[str]:
    """How vague dates and values are drawn, where there are any."""
    rows = (
        ({"range", "order", "open range", "open order", "one-sided order"}, _AT_MIDPOINT),
        ({"open range", "open order"}, _AT_KNOWN_END),
        ({"one-sided order"}, _ONE_SIDED),
        ({"vague end", "by order"}, _PALE),
        ({"in turn"}, _IN_TURN),
        ({"known length"}, _OF_LENGTH),
        ({"grade not stated"}, _NO_GRADE),
        ({"lab limit"}, _HOLLOW),
    )
    found = [text for styles, text in rows if styles & shown.styles]
    if shown.drawing.page.is_spread:
        found.insert(found.index(_AT_MIDPOINT) + 1, _IN_ORDER)
    return [translate(text) for text in found]


def _by_criterion(drawing: Drawing) -> dict[str, list[int]]:
    """The lines that have a row under each criterion."""
    found: dict[str, list[int]] = {}
    for status in drawing.statuses:
        numbers = found.setdefault(status.criterion, [])
        if status.line not in numbers:
            numbers.append(status.line)
    return found


def _of_response(shown: Captioned) -> list[str]:
    found = _by_criterion(shown.drawing)
    if not found:
        return []
    texts = [
        title if len(found) == 1 else translate(
            "{criterion} (lines {numbers})" if len(numbers) > 1 else "{criterion} (line {numbers})",
            criterion=title, numbers=both(tuple(map(str, sorted(numbers)))))
        for title, numbers in found.items()
    ]  # fmt: skip
    return [*basis_sentences(shown.drawing.statuses, both(tuple(texts)), _RESPONSE)]


def _of_thresholds(shown: Captioned) -> list[str]:
    if "sum threshold" not in shown.styles:
        return []
    limits = dict.fromkeys(curve.thresholds for curve in curves(shown.drawing))
    return [
        translate(
            _THRESHOLDS, below=each.response_percent, above=each.progression_percent,
            least=each.progression_least,
        )
        for each in limits if each is not None
    ]  # fmt: skip


def _of_time_zero(shown: Captioned) -> list[str]:
    since = shown.since
    if since is None or since.when is None or since.when.span.is_point or shown.drawing.page.unit:
        return []
    days = possible_days(since.when.span)
    return [translate(_VAGUE_ZERO, time_zero=since.words, days=days)]


def _not_drawn(shown: Captioned) -> list[str]:
    """The events of which no day is known, each with its words; and sections left out."""
    undated = [event for event in shown.whole.case.events if event.start.span == ANY]
    texts = [
        f"{translate(event.kind)}{f' ({name})' if (name := _name(event)) else ''}"
        for event in undated
    ]
    found = []
    if texts:
        found.append(translate("Not drawn, date not known: {events}.", events=", ".join(texts)))
    if shown.left_out:
        names = both(tuple(translate(title) for title in shown.left_out))
        found.append(translate("On record and not shown: {sections}.", sections=names))
    return found


def _name(event: e.Event) -> str:
    """What an event was: the gene of a biomarker, the drugs of a treatment, or its own words."""
    if isinstance(event, e.Biomarker):
        return event.name or event.what
    if isinstance(event, e.Treatment):
        return " + ".join(drug.agent for drug in event.drugs)
    return event.what


def _cycles(events: Iterable[e.Event]) -> list[str]:
    """How the cycles of the treatments are abbreviated, where there are any."""
    cycles = [t.cycle for t in events if isinstance(t, e.Treatment) and t.cycle]
    return [_repeated_in_words(cycle) for cycle in cycles[:1]]


_EVERY_ONE = {
    "days": "{short}: every day.",
    "weeks": "{short}: every week.",
    "months": "{short}: every month.",
}


def _repeated_in_words(cycle: Quantity) -> str:
    """``q3w: every 3 weeks.``, ``q1w: every week.``"""
    short, unit = repeated(cycle), cycle.unit.name
    if cycle.number.value == 1 and unit in _EVERY_ONE:
        return translate(_EVERY_ONE[unit], short=short)
    return translate(
        "{short}: every {time}.", short=short, time=f"{cycle.number} {translate(unit)}"
    )
