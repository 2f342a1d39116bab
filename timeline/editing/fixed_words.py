"""The words that a key with a fixed list takes, from the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from timeline.core.schema import FieldSpec
from timeline.files.yaml.text_forms import Fragment, form_of

NO_FORMS: Mapping[str, Fragment] = MappingProxyType({})


def fixed_words(spec: FieldSpec | None) -> tuple[str, ...]:
    """The words of a field with a fixed list; empty for any other field.

    >>> from timeline.core.schema import schema_of
    >>> from timeline.record.events import Death
    >>> fixed_words(schema_of(Death)["disease-status"][1])
    ('died of disease', 'died of treatment', 'died of another cause')
    """
    return tuple(words_of(form_of(spec.read))) if spec is not None else ()


def words_of(form: Fragment, definitions: Mapping[str, Fragment] = NO_FORMS) -> Iterator[str]:
    """The words that an editor offers for a form of the schema.

    The first list of a form has the words to write; others have further spellings.
    """
    form = resolved(form, definitions)
    if "enum" in form:
        yield from map(str, form["enum"])
        return
    for part in form.get("anyOf", ()):
        yield from words_of(part, definitions)
        if "enum" in part:
            return
    if isinstance(form.get("items"), dict):
        yield from words_of(form["items"], definitions)


def resolved(form: Any, definitions: Mapping[str, Fragment]) -> Fragment:
    """A form of the schema, or the definition that it refers to; an empty one of anything else."""
    while isinstance(form, dict) and "$ref" in form:
        form = definitions.get(form["$ref"].rpartition("/")[2], {})
    return form if isinstance(form, dict) else {}
