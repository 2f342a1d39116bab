"""Impossible histories: what the record of one patient must not contain, one row each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from timeline.core.calendar.dates import format_days
from timeline.core.calendar.relative_times import relative_time
from timeline.core.frozen_class import frozen
from timeline.core.problem import DateFault, Problem
from timeline.core.span import NEVER_BEGAN, Number
from timeline.record.events import (
    Death,
    Event,
    LastContact,
    PeriodEvent,
    Scan,
    Supportive,
    Toxicity,
    Treatment,
    TreatmentRefused,
)

# Of which event and which other one, what, and what to do.
Faults = Iterator[tuple[Event, Event, str, str]]


@frozen
class HistoryCheck:
    """One row: what it finds wrong in the events that took place.

    ``of_all``: it applies only where every event of the file could be read. ``dated``: what is
    wrong is a date among others.
    """

    name: str
    find: Callable[[tuple[Event, ...]], Faults]
    of_all: bool = False
    dated: bool = True


def _deaths(events: tuple[Event, ...]) -> Faults:
    for extra in [each for each in events if isinstance(each, Death)][1:]:
        yield extra, extra, "a second death", "keep one"


def _after_death(events: tuple[Event, ...]) -> Faults:
    for death in [each for each in events if isinstance(each, Death)][:1]:
        for event in events:
            if event is not death and event.start.span.low > death.start.span.high:
                text = f"{event.label} ({format_days(event.start.span)}) lies after death"
                yield event, death, f"{text} ({format_days(death.start.span)})", "correct a date"
            elif isinstance(event, PeriodEvent) and _ends_after(event, death):
                text = f"{event.label} ends ({event.end.text if event.end else ''}) after death"
                yield event, death, f"{text} ({format_days(death.start.span)})", "correct a date"


def _resolved_first(events: tuple[Event, ...]) -> Faults:
    for event in events:
        when = event.resolved.when if isinstance(event, Toxicity) and event.resolved else None
        if when is not None and when.span.high < event.start.span.low:
            text = f"{event.label} had resolved ({when}) before it began"
            yield event, event, f"{text} ({format_days(event.start.span)})", "correct a date"


def _ends_after(event: PeriodEvent, death: Event) -> bool:
    """Whether every possible day of its end lies after death; False where no end is stated."""
    end = event.at.end
    return end is not None and not event.at.ongoing and end.span.low > death.start.span.high


def _after_last_contact(events: tuple[Event, ...]) -> Faults:
    """Any event but death proves contact; support that runs on its own is left out."""
    contacts = [each for each in events if isinstance(each, LastContact)]
    for contact in contacts[-1:]:
        for event in events:
            shows_contact = not isinstance(event, Death | Supportive | LastContact)
            if shows_contact and event.start.span.low > contact.start.span.high:
                last = format_days(contact.start.span)
                days = format_days(event.start.span)
                text = f"{event.label} ({days}) lies after last contact ({last})"
                yield event, contact, text, contact.correction


def _lines_out_of_order(events: tuple[Event, ...]) -> Faults:
    numbered = [(each, each.line) for each in events if isinstance(each, Treatment) and each.line]
    latest: dict[int, Number] = {}  # the latest first day of the regimens of each line
    for each, line in numbered:
        latest[line] = max(latest.get(line, NEVER_BEGAN), each.start.span.low)
    for one, line in numbered:
        day = one.start.span.high
        if any(low > day for number, low in latest.items() if number < line):
            earlier = next(e for e, n in numbered if n < line and e.start.span.low > day)
            text = f"line {line} ({format_days(one.start.span)}) begins before line {earlier.line}"
            text += f" ({format_days(earlier.start.span)})"
            yield one, earlier, text, "correct a date or a number"
            return


def unseen_new_lesions(events: tuple[Event, ...]) -> Iterator[Problem]:
    """Statements about earlier new lesions where no scan up to then can have shown one."""
    scans = [each for each in events if isinstance(each, Scan) and not each.planned]
    for scan in scans:
        keys = [key for key, is_recorded in _OF_EARLIER if is_recorded(scan)]
        if keys and not any(_may_have_shown(each, scan) for each in scans):
            text = f"{keys[0]}, but no earlier scan of the line shows a new lesion"
            remedy = "(write new: SITE, or equivocal: yes, on the scan that did)"
            yield Problem(scan.where, f"{text} {remedy}")


def changes_at_baseline(events: tuple[Event, ...]) -> Iterator[Problem]:
    """Changes in percent at the scan that they are measured from."""
    for scan in [each for each in events if isinstance(each, Scan) and each.change is not None]:
        if scan.baseline is not None and scan.line in (None, scan.baseline):
            text = f"change {scan.change}, but this is the baseline of line {scan.baseline}"
            remedy = "(write its sum: or lesions:, and change: at the later scans of the line)"
            yield Problem(scan.where, f"{text} {remedy}")


_OF_EARLIER: tuple[tuple[str, Callable[[Scan], bool]], ...] = (
    ("earlier-new", lambda scan: scan.earlier_new is not None),
    ("confirms-equivocal", lambda scan: bool(scan.confirms_equivocal)),
)


def _may_have_shown(other: Scan, scan: Scan) -> bool:
    """Whether another scan, which may be earlier and of the line, may have shown a new lesion."""
    shows = bool(other.new_lesions) or bool(other.equivocal) or not other.has_findings
    of_line = None in (other.line, scan.line) or other.line == scan.line
    return (
        other is not scan
        and shows
        and of_line
        and (other.baseline is None and other.start.span.low <= scan.start.span.high)
    )


def _refused_and_ongoing(events: tuple[Event, ...]) -> Faults:
    """A treatment that was refused after it began does not go on."""
    ongoing = [each for each in events if isinstance(each, Treatment) and each.at.ongoing]
    for refused in [each for each in events if isinstance(each, TreatmentRefused)]:
        for treatment in ongoing:
            if refused.is_of(treatment.line, treatment.setting) and (
                refused.start.span.low >= treatment.start.span.high
            ):
                name = f"line {refused.line}" if refused.line else f"{refused.setting} treatment"
                text = f"{name} is ongoing, but was refused {refused.start.in_sentence}"
                yield treatment, refused, text, "write its end in place of .."
                break


HISTORY_CHECKS = (
    HistoryCheck("one death", _deaths, dated=False),
    HistoryCheck("nothing after death", _after_death),
    HistoryCheck("onset before resolution", _resolved_first),
    HistoryCheck("last contact is last", _after_last_contact, of_all=True),
    HistoryCheck("lines in order", _lines_out_of_order),
    HistoryCheck("what was refused is not ongoing", _refused_and_ongoing, dated=False),
)


def history_problems(events: tuple[Event, ...]) -> tuple[Problem, ...]:
    """What no correction of a date would make possible, at the place of its event."""
    return tuple(
        fault.problem for fault in _found(events, [r for r in HISTORY_CHECKS if not r.dated])
    )


def misdated(events: tuple[Event, ...], *, complete: bool = True) -> tuple[DateFault, ...]:
    """Every date that cannot be among the others, at the place of the event that it concerns.

    ``complete``: whether these are all events of the file.
    """
    rows = [row for row in HISTORY_CHECKS if row.dated and (complete or not row.of_all)]
    return tuple(_found(events, rows))


def _found(events: tuple[Event, ...], rows: Iterable[HistoryCheck]) -> Iterator[DateFault]:
    done = tuple(event for event in events if not event.planned)
    for row in rows:
        for event, other, description, remedy in row.find(done):
            yield DateFault(event.where, description, remedy, other.where)


def invalid_ids(events: tuple[Event, ...]) -> tuple[Problem, ...]:
    """Ids that could be mistaken for other references, or that two events have."""
    count = Counter(event.id for event in events if event.id)
    kinds = {spelling for each in events for spelling in (each.kind, *each.also)}
    problems = []
    for event in events:
        name = event.id
        if count[name] > 1 and name:
            problems.append(Problem(event.where, f"id {name!r} is used by {count[name]} events"))
        elif _is_reference(name) or name in kinds:
            text = f"id {name!r} reads as a date, an order or a kind (choose a plain word)"
            problems.append(Problem(event.where, text))
    return tuple(problems)


def _is_reference(name: str) -> bool:
    is_reserved = name.startswith(("line ", "after ", "before "))
    return (
        is_reserved
        or name.endswith((" end", " start"))
        or _is_time(name)
        or any(character in name for character in ",/")
    )


def _is_time(name: str) -> bool:
    """Whether a name reads as a time that is counted from another event."""
    try:
        return relative_time(name) is not None
    except ValueError:
        return True


def own_references(events: tuple[Event, ...]) -> tuple[Problem, ...]:
    """Dates that are stated relative to the event they belong to."""
    problems = []
    for event in events:
        for when in (event.start, event.end):
            for word in (when.after, when.before) if when is not None else ():
                own = word and word.removesuffix(" end") in (event.id, event.label)
                if own and when is event.start:
                    text = f"{event.label} refers to itself: {word!r} (name another event)"
                    problems.append(Problem(event.where, text))
    return tuple(problems)
