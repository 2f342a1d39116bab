"""Several drugs in one text, as reports join them: ``carboplatin + paclitaxel``."""

from __future__ import annotations

import re

from timeline.terminology.drug_names import begins_with_drug

_PLUS = re.compile(r"\s+(?:\+|plus)\s+")
_JOINED = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+(?:and|with|in combination with)\s+|\s?/\s?")
_FIXED = re.compile(r"trifluridine\s?/\s?tipiracil|tegafur\s?/\s?\S+", re.IGNORECASE)


def drug_texts(text: str) -> tuple[str, ...]:
    """The drugs of a text, each with its dose, route and days.

    A plus always joins two drugs. A comma, a slash or an ``and`` does so where a known drug, or a
    name with the ending of a class, follows: ``days 1 and 8`` stays one text.

    >>> drug_texts("carboplatin AUC 5 + paclitaxel"), drug_texts("gemcitabine days 1 and 8")
    (('carboplatin AUC 5', 'paclitaxel'), ('gemcitabine days 1 and 8',))
    """
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
