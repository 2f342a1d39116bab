"""The phrases of a catalogue, for tests."""

from __future__ import annotations

from renderers.languages import catalogue


def phrases(name: str) -> dict[str, tuple[str, ...]]:
    """English phrase -> its translations, one of each plural form; a plural is a phrase as well."""
    found = {}
    for message in catalogue(name):
        if message.id:
            forms = message.string if message.pluralizable else (message.string,)
            found |= dict.fromkeys(message.id if message.pluralizable else [message.id], forms)
    return found
