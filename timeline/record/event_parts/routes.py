"""Routes of administration: the rows of ``data/routes.csv``, found in the text of a drug."""

from __future__ import annotations

import functools
import re

from timeline.core.data_tables import data_rows

# A route stands by itself: IM is none in IM-101, IP is none in IPI.
_BEFORE, _AFTER = r"(?:^|(?<=[\s,;(]))", r"(?=$|[\s,;)])"


@functools.cache
def routes() -> dict[str, str]:
    """Every spelling of a route in small letters, with the route that it means."""
    return {
        spelling.lower(): row.text("route")
        for row in data_rows("routes")
        for spelling in (row.text("route"), *row.texts("also"))
    }


@functools.cache
def _pattern() -> re.Pattern[str]:
    spellings = sorted(routes(), key=len, reverse=True)
    any_route = "|".join(re.escape(each) for each in spellings)
    by = rf"(?:by (?:the )?)?(?P<route>{any_route})(?: route)?"
    return re.compile(rf"{_BEFORE}\(?{by}\)?{_AFTER}", re.IGNORECASE)


def without_route(text: str) -> tuple[str, str | None]:
    """A text without the route that it names, and the route.

    Args:
        text: the text of a drug.

    Returns:
        The text without the first route in it, and that route by the name of its row; the text
        itself and None where it names none, or nothing but a route.

    >>> without_route("capecitabine p.o. days 1-14"), without_route("oral etoposide 50 mg")
    (('capecitabine days 1-14', 'oral'), ('etoposide 50 mg', 'oral'))
    >>> without_route("IMM-101")
    ('IMM-101', None)
    """
    found = _pattern().search(text)
    if found is None:
        return text, None
    before, after = text[: found.start()].rstrip(" ,;"), text[found.end() :].lstrip(" ,;")
    rest = f"{before} {after}".strip()
    return (rest, routes()[found["route"].lower()]) if rest else (text, None)
