"""What a value printed of an event is a figure of: the keys that its claim takes from the event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from timeline.core.frozen_class import frozen
from timeline.record.case import Case
from timeline.record.event_names import numbered_names
from timeline.record.events import (
    Biomarker,
    Event,
    Lab,
    Performance,
    Radiotherapy,
    Scan,
    Supportive,
    Symptom,
    Toxicity,
    Treatment,
)
from timeline.report.claims import CLAIMS, ENDPOINTS_CLAIMED


@frozen(kw_only=True)
class EventKey:
    """A row: a key of a claim that is not written, because the event gives it.

    Attributes:
        key: the key of the claim.
        description: what it is, for the documentation.
        kinds: the kinds of claims that take it.
        events: the kinds of events that give it.
        text: its value, from the event and the case; empty where the event does not give it. The
            case is None if the file has faults.
        with_key: a key that must be written for the row to apply.
    """

    key: str
    description: str
    kinds: frozenset[str]
    events: tuple[type[Event], ...] = (Event,)
    text: Callable[[Any, Case | None], str]
    with_key: str = ""


def _line(event: Treatment, _: Case | None) -> str:
    return f"{event.line}" if event.line is not None else ""


def _named_line(event: Treatment, _: Case | None) -> str:
    return f"line {event.line}" if event.line is not None else ""


def _regimen(event: Treatment, case: Case | None) -> str:
    """The regimen, unless it is the only one of its line, which the number names."""
    if case is None or event.line is None:
        return reference(event, case)
    regimens = [each for each in case.events if _line_of(each) == event.line]
    return reference(event, case) if len(regimens) > 1 else ""


def _line_of(event: Event) -> int | None:
    return event.line if isinstance(event, Treatment) else None


def _only(names: Callable[[Any], list[str]]) -> Callable[[Any, Case | None], str]:
    """The only name that an event has; empty where it has several or none."""

    def text(event: Any, _: Case | None) -> str:
        found = names(event)
        return found[0] if len(found) == 1 else ""

    return text


_only_drug = _only(lambda event: [drug.agent for drug in event.drugs])
_only_lesion = _only(lambda event: [name for name, _ in event.lesions])
_only_analyte = _only(lambda event: [name for name, _ in event.values])


def _marker(event: Biomarker, _: Case | None) -> str:
    return event.name


def _adverse_event(event: Toxicity, _: Case | None) -> str:
    return event.what or event.term


def _always(text: str) -> Callable[[Any, Case | None], str]:
    def text_of_any(*_: object) -> str:
        return text

    return text_of_any


def reference(event: Event, case: Case | None) -> str:
    """The name by which the claims of a case refer to an event: the plainest that means it alone.

    That is its id, its line or its label; else its kind with its term, or with a number in the
    order of the file where others share its kind and date.

    Raises:
        ValueError: no name means this event alone.
    """
    line = (_named_line(event, case),) if isinstance(event, Treatment) else ()
    names: tuple[str, ...] = (event.id,) if event.id else (*filter(None, line), event.label)
    if case is None:
        return names[0]
    for name in names:
        if _is_named(event, name, case):
            return name
    others: list[str] = [f"{event.kind} {event.term_text}"] if event.term_text else []
    others += [name for each, name in numbered_names(case.events) if each.where == event.where]
    for name in others:
        if _is_named(event, name, case):
            return name
    raise ValueError(
        f"a printed value of {event.label!r} needs a name for the event that no other has "
        f"(give it an id: {{{event.kind}: .., id: first {event.kind}}})"
    )


def _is_named(event: Event, name: str, case: Case) -> bool:
    try:
        found, moment = case.find(name)
    except ValueError:
        return False
    return found.where == event.where and moment == found.start


_NEEDS_OF = frozenset(row.name for row in CLAIMS.values() if "of" in row.needs)
_DRUGS = (Treatment, Supportive)
_OF_EVENTS = frozenset(
    (
        *("date", "response", "age", "dose", "schedule", "lab", "size", "sum", "score", "grade"),
        *("ordinal", "count", "range", "name", "percent"),
    )
)


def _about(kind: str, events: tuple[type[Event], ...], description: str, text: Any) -> EventKey:
    return EventKey(
        key="about", kinds=frozenset((kind,)), events=events, description=description, text=text
    )


# The first row that applies decides, also where it gives nothing.
EVENT_KEYS = (
    EventKey(
        key="line",
        kinds=frozenset(CLAIMS) - _NEEDS_OF,
        events=(Treatment,),
        description="the line of the treatment",
        text=_line,
    ),
    EventKey(
        key="line",
        kinds=frozenset(ENDPOINTS_CLAIMED),
        events=(Scan,),
        description="the line that the scan names",
        text=_line,
    ),
    EventKey(
        key="of",
        kinds=frozenset(("response",)),
        events=(Treatment,),
        description="the line of the treatment",
        text=lambda event, case: _named_line(event, case) or reference(event, case),
    ),
    EventKey(
        key="of",
        kinds=_OF_EVENTS - {"date", "response"},
        events=(Treatment,),
        description="the treatment, unless it is the only regimen of its line",
        text=_regimen,
    ),
    EventKey(key="of", kinds=_OF_EVENTS, description="the event", text=reference),
    EventKey(
        key="from",
        with_key="to",
        kinds=frozenset(("interval",)),
        description="the event, where to is written",
        text=reference,
    ),
    EventKey(
        key="to",
        with_key="from",
        kinds=frozenset(("interval",)),
        description="the event, where from is written",
        text=reference,
    ),
    _about("dose", _DRUGS, "its drug, if it is the only one", _only_drug),
    _about("schedule", _DRUGS, "its drug, if it is the only one", _only_drug),
    _about("dose", (Radiotherapy,), "radiotherapy", _always("radiotherapy")),
    _about("ordinal", (Treatment,), "line of therapy", _always("line of therapy")),
    _about("size", (Scan,), "its lesion, if it is the only one", _only_lesion),
    _about("sum", (Scan,), "sum of target lesions", _always("sum of target lesions")),
    _about("lab", (Lab,), "its analyte, if it is the only one", _only_analyte),
    _about("score", (Performance, Symptom), "ECOG", _always("ECOG")),
    _about("percent", (Biomarker,), "the name of the marker", _marker),
    _about("score", (Biomarker,), "the name of the marker", _marker),
    _about("grade", (Toxicity,), "what of the event, else its term", _adverse_event),
    _about("age", (Event,), "age", _always("age")),
)


def event_keys(
    kind: str, event: Event, written: frozenset[str], case: Case | None
) -> Iterator[tuple[str, str]]:
    """The keys that a claim of an event takes from it, each with its text.

    Args:
        kind: the kind of the claim.
        event: the event that it is printed of.
        written: the keys that the claim has.
        case: the case of the event; None if the file has faults.

    Yields:
        A key that is not written, and its text as in a report file.

    Raises:
        ValueError: the event has no name of its own, so that a claim cannot refer to it.
    """
    decided = set(written)
    for row in EVENT_KEYS:
        applies = kind in row.kinds and isinstance(event, row.events)
        if not applies or row.key in decided or (row.with_key and row.with_key not in written):
            continue
        decided.add(row.key)
        if text := row.text(event, case):
            yield row.key, text
