"""The formats of case and report files as JSON Schema, made from the classes that read them.

Draft 7, which is what the language server of YAML in most editors reads. A schema refuses nothing
that ``timeline check`` takes, except `STRICTER`; what it cannot state is listed in `UNSTATED`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from timeline.core.calendar.durations import UNITS_IN_DAYS
from timeline.core.quantities import UNIT_OF
from timeline.core.schema import Cardinality, FieldSpec, free_text, schema_of
from timeline.files.claim_nodes import ELSEWHERE
from timeline.files.claim_tables import TABLES
from timeline.files.loader import CASE_KEYS
from timeline.files.printed_units import WITH_UNIT
from timeline.files.printed_values import PRINTED
from timeline.files.schema.key_descriptions import DESCRIPTIONS, KIND_DESCRIPTIONS
from timeline.files.yaml.text_forms import (
    SCALARS,
    Fragment,
    any_of,
    escaped,
    form_of,
    in_any_case,
    text,
    words,
)
from timeline.record.case import LesionDeclaration, Patient
from timeline.record.events import EVENTS, KINDS, Event
from timeline.report.claims import CLAIMS, DURATIONS, TIMES, Claim, ClaimKind, Report
from timeline.settings.response import SETTINGS
from timeline.settings.setting import MOST, Setting

DRAFT = "http://json-schema.org/draft-07/schema#"
STRICTER = (  # what a schema refuses and ``timeline check`` reads
    "`null` and `~` without quotes",
    "a text with a comma within {..}, or a set of days in brackets, without quotes",
)


@attrs.frozen
class Unstated:
    """What only ``timeline check`` finds: why no schema states it, and the words of its message."""

    name: str
    why: str
    messages: str  # a regular expression, found in the message
    under: str = ""  # the one key under which it applies


UNSTATED = (
    Unstated("keys given twice", "of two keys with one name an editor hands on one",
         "is given twice|given twice"),
    Unstated("the calendar", "the days of a month are arithmetic",
         "no such month|not on the calendar|not a year of a patient|ends before it starts"
         "|more than one date|not a set of consecutive"),
    Unstated("the order of dates", "it compares events with each other",
         "lies after|begins before|after death|before line|no day satisfies|cannot all|can be true"
         "|cannot be|would restore|contradict|a second death|write line: 1 or baseline: 1"),
    Unstated("references", "the events of a file are not words of its format",
         "no such event|may be any of|no such line|no such lesion|id '|is used by|is not there"
         "|refers to itself|no event|no line"),
    Unstated("numbers and units", "a printed number has a grammar of its own",
         "not a printed number|unknown unit|no unit|two units|not one (?:length|time|density)"
         "|a dose|two doses|measures|below 0|finer|too long|nothing:|no thickness|off the scale"
         "|not a number of|blanks within a unit|not an age|older than|what follows the unit"
         "|not a time|larger number"
         "|characters|not a level|a ratio of|not two limits|not a whole number of|not a grade"),
    Unstated("numbers in another spelling", "YAML reads 01, 1.0 and 0x1 as the number 1",
         r"not a whole number from|not a whole number: '|neither yes nor no"
         r"|not a date: '[-+.0-9]+[eE]?[-+0-9]+'"),
    Unstated("sites", "the words of the body are no closed list",
         "not a site|no site|a lesion in doubt|not a new lesion|new lesions"),
    Unstated("drugs", "their names are no closed list", "no drug"),
    Unstated("schedules", "phases follow each other in time",
         "not a schedule|of the schedule|what follows is not stated"),
    Unstated("lists in a setting", "its words are one text with commas",
         rf"setting (?:{'|'.join(each for each, row in SETTINGS.items() if row.default == ())}): "),
    Unstated("the order of keys", "a schema does not see which key comes first",
         rf"unknown kind of|unknown key '(?:{'|'.join(CLAIMS)})'|is missing: (?:grade|p|range) is"),
    Unstated("cells of a table", "a schema counts no cells", "cells [0-9]|not two figures"),
    Unstated("keys that an event gives to what is printed of it", "they depend on its other keys",
         "is missing: |no kind of claim here|is a key of one claim|of a claim of the treatment"
         "|not a unit of time|a rate of", under=PRINTED),
    Unstated("two reports of one case", "one of them is another file", "has a report of its own"),
    Unstated("tests", "a statistic has a grammar of its own", "test statistic"),
)  # fmt: skip

# What a class requires beyond its fields: keys of which one has to be there, keys of which at most
# one may be.
_NEEDS: dict[str, tuple[str, ...]] = {"treatment": ("line or setting", "drugs")}
_ONE_OF: dict[str, tuple[str, ...]] = {"scan": ("target", "sum", "lesions")}
_CLAIM_OR_TABLE = {
    "if": {"required": ["table"]},
    "then": {"$ref": "#/definitions/table"},
    "else": {"$ref": "#/definitions/claim"},
}


def case_schema() -> Fragment:
    """The schema of case files."""
    keys = {
        "case": _described("case.case", text(maxLength=600)),
        "source": _described("case.source", {"type": [*SCALARS, "null"]}),
        "patient": _described("case.patient", _mapping("patient", Patient)),
        "settings": _described("case.settings", _settings()),
        "lesions": _described(
            "case.lesions",
            {"type": "object", "additionalProperties": _mapping("lesion", LesionDeclaration)},
        ),
        "events": _described("case.events", _placed({"$ref": "#/definitions/event"})),
        "report": _described("case.report", _own_report()),
        "claims": _described("case.claims", _placed(_CLAIM_OR_TABLE)),
    }
    keys |= {key: _described(f"case.{key}", {}) for key in CASE_KEYS if key not in keys}
    return {
        "$schema": DRAFT,
        "title": "a case file of timeline",
        "description": f"The facts of one patient. {_unstated()}",
        "type": "object",
        "required": ["case", "events"],
        "properties": keys,
        "additionalProperties": False,
        "definitions": {
            "event": _entry(_event_kinds(), "an event"),
            "printed": _printed(),
            **_of_claims(),
            **_shared(*KINDS.values()),
        },
    }


def report_schema() -> Fragment:
    """The schema of report files."""
    known = _properties("report", Report)
    keys = {"source": _described("report.source", text(maxLength=600)), **known}
    keys["claims"] = _described("report.claims", _placed(_CLAIM_OR_TABLE))
    return {
        "$schema": DRAFT,
        "title": "a report file of timeline",
        "description": f"A report and every value it prints. {_unstated()}",
        "type": "object",
        "required": ["source"],
        "properties": keys,
        "patternProperties": _other_spellings(known),
        "additionalProperties": False,
        "definitions": _of_claims(),
    }


def _of_claims() -> dict[str, Fragment]:
    """What the entries of claims refer to."""
    return {
        "claim": _entry(_claim_kinds(), "a claim"),
        "table": _table(),
        "rows": _rows(),
        **_shared(Claim),
    }


def _own_report() -> Fragment:
    """The block of a report within its case, which has neither claims nor a case."""
    block = _mapping("report", Report)
    keys = {key: form for key, form in block["properties"].items() if key not in ELSEWHERE}
    return block | {"properties": {"name": _described("report.name", form_of(free_text)), **keys}}


def _printed() -> Fragment:
    """What a report prints of an event: kinds of claims, and keys that the event does not give."""
    leads = {kind: entry["properties"][kind] for kind, entry in _claim_kinds().items()}
    both: Fragment = {}
    for key in schema_of(Claim):
        field = {"$ref": f"#/definitions/{_definition(Claim, key)}"}
        both[key] = {"anyOf": [leads[key], field]} if key in leads else field
    one = {
        "type": "object",
        "minProperties": 1,
        "properties": {**leads, **both},
        "additionalProperties": False,
    }
    return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


SCHEMAS = {"case": case_schema, "report": report_schema}


def _unstated() -> str:
    return "Only timeline check finds faults in: " + "; ".join(row.name for row in UNSTATED) + "."


def _described(name: str, schema: Fragment) -> Fragment:
    """A schema with the description and the examples of a key."""
    row = DESCRIPTIONS.get(name)
    if row is None:
        return schema
    shown = {"examples": list(row.examples)} if row.examples else {}
    return {"description": row.text, **schema, **shown}


def _name(cls: type[Any], key: str) -> str:
    """The name of a key in the table of descriptions: its own class's, else that of all events."""
    if not issubclass(cls, Event):
        return f"claim.{key}"
    own = f"{cls.kind}.{key}"
    return own if own in DESCRIPTIONS or key not in schema_of(Event) else f"event.{key}"


def _shaped(spec: FieldSpec, one: Fragment) -> Fragment:
    """The form of one value, arranged as the field arranges it."""
    if spec.keys:
        keyed = {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "properties": {key: text() for key in spec.keys},
            "additionalProperties": False,
        }
        one = {"anyOf": [one, keyed]}
    if spec.shape is Cardinality.MANY:
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
    if spec.shape is Cardinality.MAP:
        return {"type": "object", "minProperties": 1, "additionalProperties": one}
    if spec.shape is Cardinality.EITHER:
        # names are texts, whatever YAML makes of them
        names = {"type": "object", "minProperties": 1, "propertyNames": one,
                 "additionalProperties": {"type": [*SCALARS, "null"]}}  # fmt: skip
        return {"anyOf": [one, names]}
    return one


def _field(cls: type[Any], key: str, spec: FieldSpec, of: str = "") -> Fragment:
    name = f"{of}.{key}" if of else _name(cls, key)
    return _described(name, _shaped(spec, form_of(spec.read)))


def _properties(of: str, cls: type[Any]) -> Fragment:
    """Every key of a class that is read from one mapping, with what it takes."""
    return {key: _field(cls, key, spec, of)
            for key, (_, spec) in schema_of(cls).items() if not spec.leads}  # fmt: skip


def _other_spellings(keys: Iterable[str]) -> Fragment:
    """Keys with underscores for hyphens, which are read as well."""
    both = {key: escaped(key).replace("-", "[-_]") for key in keys if "-" in key}
    return {f"^{pattern}$": {"description": f"write {key}"} for key, pattern in both.items()}


def _mapping(of: str, cls: type[Any]) -> Fragment:
    keys = _properties(of, cls)
    return {
        "type": "object",
        "properties": keys,
        "patternProperties": {
            pattern: keys[schema["description"].removeprefix("write ")]
            for pattern, schema in _other_spellings(keys).items()
        },
        "additionalProperties": False,
    }


def _placed(entry: Fragment) -> Fragment:
    """A list of entries, or lists under the places in the report that they come from."""
    listed = {"type": "array", "items": entry}
    return {"anyOf": [listed, {"type": "object", "additionalProperties": listed}]}


def _shared(*classes: type[Any]) -> Fragment:
    """Each field once, by the name under which the entries refer to it."""
    return {
        _definition(cls, key): _field(cls, key, spec)
        for cls in classes
        for key, (_, spec) in schema_of(cls).items()
        if not spec.leads
    }


def _definition(cls: type[Any], key: str) -> str:
    return _name(cls, key).replace(" ", "-")


def _entry_of(kind: str, leads: Fragment, cls: type[Any], needs: Iterable[str] = ()) -> Fragment:
    """An entry of one kind: its first key, its other keys, and those that it needs."""
    refs = {
        key: {"$ref": f"#/definitions/{_definition(cls, key)}"}
        for key, (_, spec) in schema_of(cls).items()
        if not spec.leads
    }
    patterns = {
        pattern: refs[row["description"].removeprefix("write ")]
        for pattern, row in _other_spellings(refs).items()
    }
    entry: Fragment = {
        "type": "object",
        "required": [kind],
        "properties": {kind: leads, **{key: ref for key, ref in refs.items() if key != kind}},
        "additionalProperties": False,
    }
    if patterns:
        entry["patternProperties"] = patterns
    required = [needed.split(" or ") for needed in needs]
    entry["required"] += [names[0] for names in required if len(names) == 1]
    either = [
        {"anyOf": [{"required": [name]} for name in names]} for names in required if names[1:]
    ]
    if either:
        entry["allOf"] = either
    return entry


def _event_kinds() -> dict[str, Fragment]:
    return {kind: _event(kind, cls) for kind, cls in KINDS.items()}


def _event(kind: str, cls: type[Event]) -> Fragment:
    leads = form_of(schema_of(cls)["at"][1].read)
    described = {"description": KIND_DESCRIPTIONS.get(cls.kind, cls.kind), **leads}
    entry = _entry_of(kind, described, cls, _NEEDS.get(cls.kind, ()))
    entry["properties"][PRINTED] = {"$ref": "#/definitions/printed"}
    alone = _ONE_OF.get(cls.kind, ())
    pairs = [[one, other] for n, one in enumerate(alone) for other in alone[n + 1 :]]
    if pairs:
        entry["not"] = {"anyOf": [{"required": pair} for pair in pairs]}
    return entry


def _claim_kinds() -> dict[str, Fragment]:
    return {kind: _claim(row) for kind, row in CLAIMS.items()}


_TIME_UNITS = {spelling for spelling, unit in UNIT_OF.items() if unit.name in UNITS_IN_DAYS}
_WITH_UNIT = rf"[0-9]\+?\s*{any_of(map(escaped, sorted(_TIME_UNITS | set(UNITS_IN_DAYS))))}\s*$"
_UNIT_OF_TIME = {"description": "a unit of time", "enum": list(TIMES)}


def _claim(row: ClaimKind) -> Fragment:
    """A claim of one kind. What it prints is copied, so nearly any text is taken."""
    printed = text() if row.what else form_of(row.read)
    spec = FieldSpec(row.read, row.shape)
    leads = {
        "description": KIND_DESCRIPTIONS.get(row.name, row.description),
        **_shaped(spec, printed),
        "examples": [[row.example] if row.shape is Cardinality.MANY else row.example],
    }
    in_text = "unit" in row.needs and row.name in WITH_UNIT
    needs = [needed for needed in row.needs if not (in_text and needed == "unit")]
    entry = _entry_of(row.name, leads, Claim, needs)
    if in_text:  # 8.4 months, or 8.4 and unit: months
        printed_unit = {"properties": {row.name: {"type": "string", "pattern": _WITH_UNIT}}}
        rule = {"if": printed_unit, "else": {"required": ["unit"]}}
        entry["allOf"] = [*entry.get("allOf", ()), rule]
    if row.name in (*DURATIONS, "follow-up"):
        entry["properties"]["unit"] = _UNIT_OF_TIME
    if row.name == "rate":
        entry["dependencies"] = {"of": ["at"]}
    return entry


def _entry(kinds: dict[str, Fragment], what: str) -> Fragment:
    """An entry by the kind that it names: one ``if`` for each, so that a fault is named for it.

    A key that names a kind may be a further key of another kind: ``grade``, ``p``, ``range``.
    Such an entry may be of either kind; only the order of its keys shows which.
    """
    also = [kind for kind in kinds if any(
        kind in other["properties"] for name, other in kinds.items() if name != kind)]  # fmt: skip
    rules: list[Fragment] = [
        {"if": {"required": [kind]}, "then": entry}
        for kind, entry in kinds.items() if kind not in also
    ]  # fmt: skip
    named = f"{what} begins with its kind: {', '.join(kinds)}"
    required = {kind: {"required": [kind], "errorMessage": named} for kind in kinds}
    rules.append({"anyOf": list(required.values())})
    if also:
        alone = {"not": {"anyOf": [row for kind, row in required.items() if kind not in also]}}
        either = {"anyOf": [kinds[kind] for kind in also]}
        present = {"anyOf": [required[kind] for kind in also]}
        rules.append({"if": {"allOf": [alone, present]}, "then": either})
    offered = {kind: {"description": entry["properties"][kind]["description"]}
               for kind, entry in kinds.items()}  # fmt: skip
    return {"title": what, "type": "object", "properties": offered, "allOf": rules}


def _table() -> Fragment:
    """A table as printed: its kind, its columns, its rows, and keys for every cell."""
    refs = {key: {"$ref": f"#/definitions/{_definition(Claim, key)}"}
            for key, (_, spec) in schema_of(Claim).items()}  # fmt: skip
    rules = [
        {
            "if": {"properties": {"table": {"enum": [name]}}},
            "then": {"properties": {"columns": {"items": _heading([c.heading for c in columns])}}},
        }
        for name, columns in TABLES.items()
    ]
    return {
        "title": "a table",
        "type": "object",
        "required": ["table", "columns", "rows"],
        "properties": {
            "table": {"description": DESCRIPTIONS["table.table"].text, "enum": list(TABLES)},
            "columns": {"description": DESCRIPTIONS["table.columns"].text, "type": "array"},
            "rows": {"$ref": "#/definitions/rows"},
            **refs,
        },
        "patternProperties": {},
        "additionalProperties": False,
        "allOf": rules,
    }


def _heading(headings: list[str]) -> Fragment:
    spelled = any_of(in_any_case(each).replace("-", "[-\u2013]") for each in headings)
    own = {"type": "object", "minProperties": 1}
    return {"anyOf": [{"enum": headings}, {"type": "string", "pattern": f"^{spelled}$"}, own]}


def _rows() -> Fragment:
    cells = {"type": "array", "items": {"type": [*SCALARS, "null"]}}
    return {
        "description": DESCRIPTIONS["table.rows"].text,
        "type": "object",
        "additionalProperties": {"anyOf": [cells, {"$ref": "#/definitions/rows"}]},
    }


def _settings() -> Fragment:
    keys = {row.name: _setting(row) for row in SETTINGS.values()}
    return {"type": "object", "properties": keys, "additionalProperties": False}


def _setting(row: Setting) -> Fragment:
    """What a setting takes; its first answer is the default."""
    description = f"{row.description} (default: {row.options[0]})"
    if row.options[0] == "a whole number":
        word = [r"[nN][oO][nN][eE]"] if row.default is None else []
        pattern = rf"^\s*{any_of(['[0-9]{1,5}', *word])}\s*$"
        form: Fragment = {"type": ["integer", "string"], "pattern": pattern}
        form |= {"minimum": 0, "maximum": MOST}
        form["examples"] = list(row.answers)[:1] if row.default is not None else ["none"]
    elif isinstance(row.default, tuple):
        form = {"type": [*SCALARS, "null"]}  # none, some words with commas between them
    elif set(row.options) == {"true", "false"}:
        form = words(row.options, ("true", "false", "yes", "no"))
    else:
        spelled = any_of(map(escaped, row.options))
        form = {"anyOf": [{"enum": list(row.options)},
                          {"type": "string", "pattern": rf"^\s*{spelled}\s*$"}]}  # fmt: skip
    return {"description": description, **form}


def without_description() -> tuple[str, ...]:
    """Kinds of events and keys that the table of descriptions does not have."""
    missing = [kind for kind in EVENTS if kind not in KIND_DESCRIPTIONS]
    missing += [key for key in (f"event.{PRINTED}", "report.name") if key not in DESCRIPTIONS]
    for cls in (*EVENTS.values(), Claim):
        missing += [
            _name(cls, key) for key, (_, spec) in schema_of(cls).items()
            if not spec.leads and _name(cls, key) not in DESCRIPTIONS
        ]  # fmt: skip
    for of, other in (("patient", Patient), ("lesion", LesionDeclaration), ("report", Report)):
        missing += [f"{of}.{key}" for key in schema_of(other) if f"{of}.{key}" not in DESCRIPTIONS]
    missing += [f"case.{key}" for key in CASE_KEYS if f"case.{key}" not in DESCRIPTIONS]
    return tuple(dict.fromkeys(missing))
