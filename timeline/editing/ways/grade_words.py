"""A toxicity with its grade in words: ``Neutropenia grade 3``, ``G2 fatigue``."""

from __future__ import annotations

import re

_STATED = r"(?:CTCAE )?(?:G|gr\.?|grade|°) ?(?P<grade>[1-5](?: ?[-–] ?[1-5])?|I{1,3}|IV|V)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<term>.+?),? \(?{_STATED}\)?",
        rf"{_STATED},? (?P<term>.+)",
        rf"(?P<term>){_STATED}",
    )
)


def graded(text: str) -> dict[str, str]:
    """The term and the grade that a text states; empty of one that states no grade.

    >>> graded("Neutropenia grade 3"), graded("G2 fatigue"), graded("grade 2"), graded("pain")
    ({'term': 'Neutropenia', 'grade': '3'}, {'term': 'fatigue', 'grade': '2'}, {'grade': '2'}, {})
    """
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if found is None:
        return {}
    term = {"term": found["term"]} if found["term"] else {}
    return {**term, "grade": found["grade"].replace(" ", "")}
