"""The fragments of single keys: their forms, descriptions and other spellings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from timeline.core.schema import Cardinality, FieldSpec, schema_of
from timeline.files.schema.key_descriptions import DESCRIPTIONS
from timeline.files.yaml.text_forms import (
    SCALARS,
    Fragment,
    escaped,
    form_of,
    text,
)
from timeline.record.events import Event


def described(name: str, schema: Fragment) -> Fragment:
    """A schema with the description and the examples of a key."""
    row = DESCRIPTIONS.get(name)
    if row is None:
        return schema
    shown = {"examples": list(row.examples)} if row.examples else {}
    return {"description": row.text, **schema, **shown}


def description_key(cls: type[Any], key: str) -> str:
    """The name of a key in the table of descriptions: its own class's, else that of all events."""
    if not issubclass(cls, Event):
        return f"claim.{key}"
    own = f"{cls.kind}.{key}"
    return own if own in DESCRIPTIONS or key not in schema_of(Event) else f"event.{key}"


def shaped(spec: FieldSpec, one: Fragment) -> Fragment:
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
    if spec.shape is Cardinality.MANY or spec.joins:
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
    name = f"{of}.{key}" if of else description_key(cls, key)
    return described(name, shaped(spec, form_of(spec.read)))


def key_fragments(of: str, cls: type[Any]) -> Fragment:
    """Every key of a class that is read from one mapping, with what it takes."""
    return {key: _field(cls, key, spec, of)
            for key, (_, spec) in schema_of(cls).items() if not spec.leads}  # fmt: skip


def other_spellings(keys: Iterable[str]) -> Fragment:
    """Keys with underscores for hyphens, which are read as well."""
    both = {key: escaped(key).replace("-", "[-_]") for key in keys if "-" in key}
    return {f"^{pattern}$": {"description": f"write {key}"} for key, pattern in both.items()}


def mapping_fragment(of: str, cls: type[Any]) -> Fragment:
    """A mapping of every key of a class, in each spelling that is read."""
    keys = key_fragments(of, cls)
    return {
        "type": "object",
        "properties": keys,
        "patternProperties": {
            pattern: keys[schema["description"].removeprefix("write ")]
            for pattern, schema in other_spellings(keys).items()
        },
        "additionalProperties": False,
    }


def entry_lists(entry: Fragment) -> Fragment:
    """A list of entries, or lists under the places in the report that they come from."""
    listed = {"type": "array", "items": entry}
    return {"anyOf": [listed, {"type": "object", "additionalProperties": listed}]}


def shared_definitions(*classes: type[Any]) -> Fragment:
    """Each field once, by the name under which the entries refer to it."""
    return {
        definition_name(cls, key): _field(cls, key, spec)
        for cls in classes
        for key, (_, spec) in schema_of(cls).items()
        if not spec.leads
    }


def definition_name(cls: type[Any], key: str) -> str:
    """The name of the shared definition of a key."""
    return description_key(cls, key).replace(" ", "-")
