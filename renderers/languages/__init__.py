"""Languages of figures: one row and one gettext catalogue (``de.po``) each.

A new language: ``pybabel init -i messages.pot -o xx.po -l xx`` in this folder, its phrases
translated, and a row here. Tests name the phrases that it lacks.
"""

from __future__ import annotations

import functools
import gettext
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.core.frozen_class import frozen

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER = Path(__file__).parent


@frozen
class Language:
    """One row: its ISO 639-1 code and its own name.

    ``conjunctions``: an English phrase, the beginning of its last word, and the form of the phrase
    before such a word.
    """

    name: str
    title: str
    conjunctions: tuple[tuple[str, re.Pattern[str], str], ...] = ()

    def conjunction(self, phrase: str, last: str) -> str:
        """A phrase that joins words, in the form that this language uses before ``last``."""
        forms = (form for each, sound, form in self.conjunctions
                 if each == phrase and sound.match(last))  # fmt: skip
        return next(forms, self.gettext(phrase))

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


# "y" is "e" before the sound i, "o" is "u" before the sound o: Real Academia Española,
# Diccionario panhispánico de dudas, 2005, "y" 2 and "o" 2. A diphthong such as "hie" keeps "y".
_SPANISH = (
    ("{first} and {last}", re.compile(r"[Hh]?[IiÍí](?![aeo])"), "{first} e {last}"),
    ("{first} or {last}", re.compile(r"[Hh]?[OoÓó]|8|11\b"), "{first} u {last}"),
)
LANGUAGES = {
    row.name: row
    for row in (
        Language("en", "English"),
        Language("de", "Deutsch"),
        Language("fr", "français"),
        Language("es", "español", _SPANISH),
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
