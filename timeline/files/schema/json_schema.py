"""The formats of case and report files as JSON Schema, made from the classes that read them.

Draft 7, which is what the language server of YAML in most editors reads. A schema refuses nothing
that ``timeline check`` takes, except `unstated.STRICTER`; what it
cannot state is listed in `unstated.UNSTATED`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from timeline.core.calendar.durations import UNITS_IN_DAYS
from timeline.core.quantities import UNIT_OF
from timeline.core.schema import Cardinality, FieldSpec, free_text, schema_of
from timeline.files.claim_nodes import ELSEWHERE
from timeline.files.loader import CASE_KEYS
from timeline.files.printed_units import WITH_UNIT
from timeline.files.printed_values import PRINTED
from timeline.files.schema.key_descriptions import DESCRIPTIONS, KIND_DESCRIPTIONS
from timeline.files.schema.key_fragments import (
    definition_name,
    described,
    description_key,
    entry_lists,
    key_fragments,
    mapping_fragment,
    other_spellings,
    shaped,
    shared_definitions,
)
from timeline.files.schema.table_fragments import rows, table
from timeline.files.schema.unstated import UNSTATED
from timeline.files.yaml.text_forms import (
    SCALARS,
    Fragment,
    any_of,
    escaped,
    form_of,
    text,
    words,
)
from timeline.record.case import LesionDeclaration, Patient
from timeline.record.events import EVENTS, KINDS, Event
from timeline.report.claims import CLAIMS, DURATIONS, TIMES, Claim, ClaimKind, Report
from timeline.settings.response import SETTINGS
from timeline.settings.setting import MOST, Setting

DRAFT = "http://json-schema.org/draft-07/schema#"

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
        "case": described("case.case", text(maxLength=600)),
        "source": described("case.source", {"type": [*SCALARS, "null"]}),
        "patient": described("case.patient", mapping_fragment("patient", Patient)),
        "settings": described("case.settings", _settings()),
        "lesions": described(
            "case.lesions",
            {
                "type": "object",
                "additionalProperties": mapping_fragment("lesion", LesionDeclaration),
            },
        ),
        "events": described("case.events", entry_lists({"$ref": "#/definitions/event"})),
        "report": described("case.report", _own_report()),
        "claims": described("case.claims", entry_lists(_CLAIM_OR_TABLE)),
    }
    keys |= {key: described(f"case.{key}", {}) for key in CASE_KEYS if key not in keys}
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
            **shared_definitions(*KINDS.values()),
        },
    }


def report_schema() -> Fragment:
    """The schema of report files."""
    known = key_fragments("report", Report)
    keys = {"source": described("report.source", text(maxLength=600)), **known}
    keys["claims"] = described("report.claims", entry_lists(_CLAIM_OR_TABLE))
    return {
        "$schema": DRAFT,
        "title": "a report file of timeline",
        "description": f"A report and every value it prints. {_unstated()}",
        "type": "object",
        "required": ["source"],
        "properties": keys,
        "patternProperties": other_spellings(known),
        "additionalProperties": False,
        "definitions": _of_claims(),
    }


def _of_claims() -> dict[str, Fragment]:
    """What the entries of claims refer to."""
    return {
        "claim": _entry(_claim_kinds(), "a claim"),
        "table": table(),
        "rows": rows(),
        **shared_definitions(Claim),
    }


def _own_report() -> Fragment:
    """The block of a report within its case, which has neither claims nor a case."""
    block = mapping_fragment("report", Report)
    keys = {key: form for key, form in block["properties"].items() if key not in ELSEWHERE}
    return block | {"properties": {"name": described("report.name", form_of(free_text)), **keys}}


def _printed() -> Fragment:
    """What a report prints of an event: kinds of claims, and keys that the event does not give."""
    leads = {kind: entry["properties"][kind] for kind, entry in _claim_kinds().items()}
    both: Fragment = {}
    for key in schema_of(Claim):
        field = {"$ref": f"#/definitions/{definition_name(Claim, key)}"}
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


def _entry_of(kind: str, leads: Fragment, cls: type[Any], needs: Iterable[str] = ()) -> Fragment:
    """An entry of one kind: its first key, its other keys, and those that it needs."""
    refs = {
        key: {"$ref": f"#/definitions/{definition_name(cls, key)}"}
        for key, (_, spec) in schema_of(cls).items()
        if not spec.leads
    }
    patterns = {
        pattern: refs[row["description"].removeprefix("write ")]
        for pattern, row in other_spellings(refs).items()
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
        **shaped(spec, printed),
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
        form = {"anyOf": [{"enum": [*row.options, *_bare(row.options)]},
                          {"type": "string", "pattern": rf"^\s*{spelled}\s*$"}]}  # fmt: skip
    return {"description": description, **form}


def _bare(options: Iterable[str]) -> Iterator[float | None]:
    """What YAML makes of options that are written without quotes, where that is no text."""
    for option in options:
        if option == "null":
            yield None
        elif re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", option):
            yield float(option)


def without_description() -> tuple[str, ...]:
    """Kinds of events and keys that the table of descriptions does not have."""
    missing = [kind for kind in EVENTS if kind not in KIND_DESCRIPTIONS]
    missing += [key for key in (f"event.{PRINTED}", "report.name") if key not in DESCRIPTIONS]
    for cls in (*EVENTS.values(), Claim):
        missing += [
            description_key(cls, key) for key, (_, spec) in schema_of(cls).items()
            if not spec.leads and description_key(cls, key) not in DESCRIPTIONS
        ]  # fmt: skip
    for of, other in (("patient", Patient), ("lesion", LesionDeclaration), ("report", Report)):
        missing += [f"{of}.{key}" for key in schema_of(other) if f"{of}.{key}" not in DESCRIPTIONS]
    missing += [f"case.{key}" for key in CASE_KEYS if f"case.{key}" not in DESCRIPTIONS]
    return tuple(dict.fromkeys(missing))
