"""Several drugs in one text, as reports join them: ``carboplatin + paclitaxel``."""

from __future__ import annotations

import re

from timeline.terminology.drug_names import begins_with_drug

_PLUS = re.compile(r"\s+(?:\+|plus)\s+")
_JOINED = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+(?:and|with|in combination with)\s+|\s?/\s?")
_ISOTOPE = r"\[[0-9]{1,3}m?[A-Z][a-z]?\]"  # [177Lu]Lu-PSMA-617, as the IUPAC names radioligands
_BRACKETS = re.compile(rf"{_ISOTOPE}|(?P<other>[][{{}}])")
_BETWEEN_NAMES = re.compile(r"\s*(?:;|,(?![0-9])|\s\+\s)\s*")  # not in 1,25-dihydroxyvitamin
_FIXED = re.compile(r"trifluridine\s?/\s?tipiracil|tegafur\s?/\s?\S+", re.IGNORECASE)


def drug_texts(text: str) -> tuple[str, ...]:
    """The drugs of a text, each with its dose, route and days.

    A plus always joins two drugs. A comma, a slash or an ``and`` does so where a known drug, or a
    name with the ending of a class, follows: ``days 1 and 8`` stays one text.

    >>> drug_texts("carboplatin AUC 5 + paclitaxel"), drug_texts("gemcitabine days 1 and 8")
    (('carboplatin AUC 5', 'paclitaxel'), ('gemcitabine days 1 and 8',))
    """
    if has_brackets(text):  # refused as a whole, by the reader of a drug
        return (text,)
    parts: list[str] = []
    for part in _PLUS.split(text.strip()):
        parts += [part] if _FIXED.search(part) else _at_drugs(part)
    return tuple(part for part in parts if part.strip()) or (text,)


def _at_drugs(text: str) -> list[str]:
    """A text, divided before each known drug that a word of joining comes before."""
    if not _JOINED.search(text) or not begins_with_drug(text):
        return [text]
    parts, start = [], 0
    for found in _JOINED.finditer(text):
        if begins_with_drug(text[found.end() :]):
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def has_brackets(text: str) -> bool:
    """Whether a text has square brackets or braces, but for those of an isotope.

    >>> has_brackets("[leucovorin, oxaliplatin]"), has_brackets("[177Lu]Lu-PSMA-617 7.4 GBq")
    (True, False)
    """
    return any(found["other"] for found in _BRACKETS.finditer(text))


def refuse_several(name: str, text: str) -> None:
    """Raise ValueError, with what to write, for a name that is a list of drugs.

    ``name``: of the drug, as it was read from ``text``.

    >>> refuse_several("1,25-dihydroxyvitamin D", "")
    """
    if has_brackets(text):
        what = f"brackets in a drug: {text!r}"
        name = _BRACKETS.sub(lambda found: "" if found["other"] else found[0], text)
    else:
        what = f"a comma or a semicolon in the name of a drug: {text!r}"
    names = [each for each in _BETWEEN_NAMES.split(name) if each.strip()]
    if has_brackets(text) or len(names) > 1:
        cell, listed = "; ".join(names), ", ".join(names)
        advice = f"write {cell} in a cell, [{listed}] in a case file; other words go into note"
        if not all(each[0].isalpha() or each[0] == "[" for each in names):  # [days 1, 8]
            advice = (
                "write the drug without brackets; between two drugs write a semicolon in a cell"
            )
        raise ValueError(f"{what} ({advice})")
