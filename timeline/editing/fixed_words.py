"""The words that a key with a fixed list takes, from the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from timeline.core.schema import FieldSpec
from timeline.files.yaml.text_forms import form_of


def fixed_words(spec: FieldSpec | None) -> tuple[str, ...]:
    """The words of a field with a fixed list; empty for any other field.

    >>> from timeline.core.schema import schema_of
    >>> from timeline.record.events import Death
    >>> fixed_words(schema_of(Death)["disease-status"][1])
    ('died of disease', 'died of treatment', 'died of another cause')
    """
    return tuple(words_of(form_of(spec.read))) if spec is not None else ()


def words_of(form: Any) -> Iterator[str]:
    """The words that an editor offers for a form of the schema."""
    if not isinstance(form, dict):
        return
    for part in form.get("anyOf", ()):
        first = part.get("enum", ()) if isinstance(part, dict) else ()
        if first:
            yield from map(str, first)
            return
