"""The file of a case without identity, entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs
import yaml

from timeline.core.calendar.dates import YEARS, PartialDate, format_day
from timeline.core.calendar.partial_dates import UNKNOWN, parse_date
from timeline.core.calendar.relative_times import RelativeTime, cycle_of, relative_time, renamed
from timeline.core.quantities import age_in_years
from timeline.core.schema import Cardinality, FieldSpec, free_text, schema_of
from timeline.core.span import ANY, Span
from timeline.exchange.yaml_writer import flow_text, plain_node
from timeline.files.printed_values import PRINTED
from timeline.record.case import Case, LesionDeclaration, Patient
from timeline.record.event_names import EventReference, by_name, find_named
from timeline.record.event_parts.resolutions import resolution
from timeline.record.events import KINDS, Event
from timeline.record.ordering.visit_schedule import moved_schedule, visit_schedule

OLDEST_SHOWN = 89  # years; older patients share one category
RESULTS = frozenset(  # laboratory results in words that identify nobody
    ("normal", "above normal", "below normal", "raised", "positive", "negative")
)
NAMES = ("id", "place")  # removed always; events that others refer to get a new id


def _moved_resolution(text: str, move: Callable[[Span], str]) -> str:
    when = resolution(text).when
    return move(when.span) if when else text


# Values that may hold a date, besides the time of an event: how their text is moved, by reader.
DATED: Mapping[Callable[..., Any], Callable[[str, Callable[[Span], str]], str]] = {
    resolution: _moved_resolution,
    visit_schedule: moved_schedule,
}


@attrs.frozen(kw_only=True)
class Deidentified:
    """A case file without identity, and what was done.

    ``text``: the new file. ``shift``: days that were added to every date (secret: with it every
    date can be restored). ``removed``: how often each field was removed. ``kept``: free text that
    was kept, by field. ``ages``: how many ages above 89 were grouped.
    """

    text: str
    shift: int
    removed: tuple[tuple[str, int], ...]
    kept: tuple[tuple[str, int], ...]
    ages: int

    @property
    def summary(self) -> tuple[str, ...]:
        """What was removed and what is left to be read by a person, one sentence a line."""
        return tuple(_sentences(self))


class CaseWriter:
    """The new file, entry by entry; it counts what it leaves out."""

    def __init__(self, case: Case, *, keep: frozenset[str], shift: int) -> None:
        self.case, self.keep, self.shift = case, keep, shift
        self.removed: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.ages = 0
        self._names: EventReference = by_name(case.events)
        self._events = {(each.where.line, each.where.column): each for each in case.events}
        self._ids: dict[int, str] = {}  # new ids, by the identity of the event
        self._points: dict[str, str] = {}  # names of time points

    def result(self, text: str) -> Deidentified:
        """The new file with the counts of what was left out."""
        return Deidentified(
            text=text,
            shift=self.shift,
            removed=tuple(sorted(self.removed.items())),
            kept=tuple(sorted(self.kept.items())),
            ages=self.ages,
        )

    def text(self, root: Any) -> str:
        """The text of the new file from the root node of the old one."""
        top: dict[str, Any] = {"case": "case"}
        events: list[tuple[Event, dict[str, Any]]] = []
        for key, value in ((key.value, value) for key, value in root.value):
            if key == "events":
                events = [self._event(entry) for entry in self._entries(value)]
            elif key == "patient":
                top[key] = self._fields(Patient, value)
            elif key == "lesions":
                top[key] = {
                    name.value: self._fields(LesionDeclaration, lesion)
                    for name, lesion in value.value
                }
            elif key == "settings":
                top[key] = plain_node(value)
            else:
                self.removed[key] += 1
        for event, entry in events:
            if id(event) in self._ids:
                entry["id"] = self._ids[id(event)]
        head = "".join(f"{key}: {flow_text(value)}\n" for key, value in top.items() if value)
        return head + "events:\n" + "".join(f"  - {flow_text(entry)}\n" for _, entry in events)

    def _entries(self, node: Any) -> Iterator[Any]:
        if isinstance(node, yaml.SequenceNode):
            yield from node.value
            return
        for _, entries in node.value:
            self.removed["place"] += 1
            yield from entries.value

    def _event(self, node: Any) -> tuple[Event, dict[str, Any]]:
        kind, when = next((k.value, v) for k, v in node.value if k.value in KINDS)
        mark = when.start_mark
        event = self._events[mark.line + 1, mark.column + 1]
        rest = [(key, value) for key, value in node.value if key.value != kind]
        return event, {kind: self._when(event), **self._values(KINDS[kind], rest)}

    def _when(self, event: Event) -> str:
        at = event.at
        if isinstance(at, PartialDate):
            return self._moment(at.text, event, "start")
        start, *end = at.text.split("/")
        ends = (self._end(text, event) for text in end)
        return "/".join([self._moment(start, event, "start"), *ends])

    def _end(self, text: str, event: Event) -> str:
        return text.strip() if text.strip() in ("", "..") else self._moment(text, event, "end")

    def _moment(self, text: str, event: Event, side: str) -> str:
        """A date moved, and the events that bound it by their new names."""
        own = parse_date(text.strip() or UNKNOWN)
        parts = [] if own.strict == ANY else [self._days(own.span)]
        for word, name in (("after", own.after), ("before", own.before)):
            parts += [f"{word} {self._reference(name)}"] if name else []
        if own.relative:
            parts.append(self._counted(own.relative, event, side))
        return ", ".join(parts) or UNKNOWN

    def _counted(self, relative: RelativeTime, event: Event, side: str) -> str:
        """A time from another event by its new name; calendar months, whose days move, in days."""
        name = self._reference(relative.reference)
        if not relative.months:
            return renamed(relative.text, self._reference)
        found = self.case.target(relative.reference)
        assert found is not None  # noqa: S101  (a case counts from no end that is not on record)
        other, from_ = self.case.events[found.moment[0]], found.moment[1]
        if found.offset != Span.point(0) or found.cycle:  # of a cycle: from the first day of all
            name = self._new_id(other)
        days = self.case.days_between((other, from_), (event, side))
        way, far = ("after", days) if days.low >= 0 else ("before", -days)
        if far.low < 0:
            raise ValueError(
                f"{relative.text!r} may lie on either side of {other.label} (write cycle: on it, "
                "or a time in days)"
            )
        count = f"{far.low} to {far.high}" if far.is_bounded else f"at least {far.low}"
        of = name if isinstance(other.at, PartialDate) else f"{name.removesuffix(' end')} {from_}"
        return f"{count} days {way} {of}"

    def _days(self, span: Span) -> str:
        low, high = (self._day(end) for end in (span.low, span.high))
        return low if low == high else f"[{low}..{high}]"

    def _day(self, day: Any) -> str:
        if isinstance(day, float):
            return ""
        moved = int(day) + self.shift
        if not date(YEARS[0], 1, 1).toordinal() <= moved <= date(YEARS[-1], 12, 31).toordinal():
            raise ValueError(
                f"a moved date leaves the years {YEARS[0]} to {YEARS[-1]} (use a smaller shift)"
            )
        return format_day(moved)

    def _reference(self, name: str) -> str:
        if cycle := cycle_of(name):
            end = next((word for word in (" start", " end") if name.endswith(word)), "")
            return f"cycle {cycle.number} of {self._reference(cycle.of)}{end}"
        if not self._names.of(name) and relative_time(name):
            return renamed(name, self._reference)
        event, _ = find_named(self._names, name)
        of_end = name.endswith(" end") and not self._names.of(name)
        if name.startswith("line "):
            return name
        suffix = " end" if of_end else " start" if name.endswith(" start") else ""
        return f"{self._new_id(event)}{suffix}"

    def _new_id(self, event: Event) -> str:
        return self._ids.setdefault(id(event), f"e{len(self._ids) + 1}")

    def _fields(self, cls: type[Any], node: Any) -> dict[str, Any]:
        return self._values(cls, node.value)

    def _values(self, cls: type[Any], pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
        known = schema_of(cls)
        values: dict[str, Any] = {}
        for key_node, node in pairs:
            key = key_node.value.replace("_", "-")
            if key == PRINTED:  # what a report prints, in its words
                self.removed[key] += 1
                continue
            spec = known[key][1]
            if key == "timepoint":
                values[key] = self._points.setdefault(node.value, f"t{len(self._points) + 1}")
            elif key == "age":
                values[key] = self._age(node.value)
            elif spec.read is free_text and (key in NAMES or key not in self.keep):
                self.removed[key] += 1
            else:
                if spec.read is free_text:
                    self.kept[key] += 1
                values[key] = self._value(spec, node, key)
        return values

    def _value(self, spec: FieldSpec, node: Any, key: str) -> Any:
        """A value as it was written; texts within it that are free are left out."""
        if spec.shape is Cardinality.EITHER and isinstance(node, yaml.MappingNode):
            self.removed["place"] += len(node.value)  # labels, each with its place
            return {label.value: f"place {n}" for n, (label, _) in enumerate(node.value, 1)}
        if move := DATED.get(spec.read):
            return move(node.value, self._days)
        if spec.keys:  # sites of new lesions: a closed vocabulary, or other: and a free text
            parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
            return [self._site(part, key) for part in parts]
        if spec.shape is Cardinality.MAP:
            return {
                name.value: self._measured(spec, value.value, key) for name, value in node.value
            }
        return plain_node(node)

    def _site(self, node: Any, key: str) -> str:
        text = _under_key(node)
        if not text.startswith("other:") or key in self.keep:
            return text
        self.removed[f"{key}: other"] += 1
        return "other: site not stated"

    def _measured(self, spec: FieldSpec, text: str, key: str) -> str:
        """A measured value; a result in words only where it is a usual one."""
        words = isinstance(spec.read(text), str)
        if not words or text in RESULTS or key in self.keep:
            return text
        self.removed[f"{key}: words"] += 1
        return "not stated"

    def _age(self, text: str) -> str:
        if age_in_years(text).high < OLDEST_SHOWN + 1:
            return text
        self.ages += 1
        return f"at least {OLDEST_SHOWN + 1}"


def _under_key(node: Any) -> str:
    if isinstance(node, yaml.MappingNode):
        (key, value), *_ = node.value
        return f"{key.value}: {value.value}"
    return str(node.value)


def _sentences(found: Deidentified) -> Iterator[str]:
    yield f"Every date was moved by {found.shift} days. This number restores them: keep it apart."
    for key, count in found.removed:
        yield f"Removed: {key} ({count})"
    if found.ages:
        yield f"Ages above {OLDEST_SHOWN} are now 'at least {OLDEST_SHOWN + 1}' ({found.ages})."
    for key, count in found.kept:
        yield f"Kept, to be read by a person: {key} ({count})"
    yield "Names of lesions, analytes and drugs are as they were. Every endpoint is the same."
