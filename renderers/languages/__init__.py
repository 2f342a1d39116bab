"""Languages that a figure can speak, one row each; the phrases of each in a file of its own.

A new one: a file of phrases like the others, and a row here. A test says which phrases it lacks.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from renderers.languages import endpoints
from renderers.languages.french import FRENCH
from renderers.languages.german import GERMAN
from renderers.languages.spanish import SPANISH


@attrs.frozen(eq=False)
class Language:
    """One row: its ISO 639-1 code, its own name, its decimal point, and English phrases in it."""

    name: str
    title: str
    point: str
    phrases: Mapping[str, str] = attrs.field(repr=False)


LANGUAGES = {
    row.name: row
    for row in (
        Language("en", "English", ".", {}),
        Language("de", "Deutsch", ",", {**endpoints.GERMAN, **GERMAN}),
        Language("fr", "français", ",", {**endpoints.FRENCH, **FRENCH}),
        Language("es", "español", ",", {**endpoints.SPANISH, **SPANISH}),
    )
}
ENGLISH = LANGUAGES["en"]
