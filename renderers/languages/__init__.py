"""Languages of figures: one row and one gettext catalogue (``de.po``) each.

A new language: ``pybabel init -i messages.pot -o xx.po -l xx`` in this folder, its phrases
translated, and a row here. Tests name the phrases that it lacks.
"""

from __future__ import annotations

import functools
import gettext
import io
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER = Path(__file__).parent


@attrs.frozen
class Language:
    """One row: its ISO 639-1 code and its own name."""

    name: str
    title: str

    @property
    def point(self) -> str:
        """Its decimal sign, from Babel's locale data."""
        return _decimal_sign(self.name)

    def gettext(self, phrase: str) -> str:
        """An English phrase in this language; the phrase itself where no translation is known."""
        return _translations(self.name).gettext(phrase)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """The form of a phrase that this language uses with a number."""
        return _translations(self.name).ngettext(singular, plural, number)


LANGUAGES = {
    row.name: row
    for row in (
        Language("en", "English"),
        Language("de", "Deutsch"),
        Language("fr", "français"),
        Language("es", "español"),
    )
}
ENGLISH = LANGUAGES["en"]


# Babel is imported for other languages than English only: an English figure needs none of it.


@functools.cache
def _decimal_sign(name: str) -> str:
    if name == ENGLISH.name:
        return "."
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(name)


def catalogue(name: str) -> Catalog:
    """The phrases of a language other than English, as its file holds them.

    Raises:
        FileNotFoundError: no file ``NAME.po`` is in this folder.
        babel.messages.pofile.PoFileError: the file is not well formed.

    """
    from babel.messages.pofile import read_po

    with (FOLDER / f"{name}.po").open("rb") as file:
        return read_po(file, locale=name, abort_invalid=True)


@functools.cache
def _translations(name: str) -> gettext.NullTranslations:
    if name == ENGLISH.name:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, catalogue(name))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
