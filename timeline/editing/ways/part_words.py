"""Words of an event with the parts of the body that it is about: ``MRI liver``.

The parts are the sites of ``data/report_names.csv`` and the rows of ``data/body_words.csv``, which
has regions of the body, sides, and how something was done.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence

import attrs

from timeline.core.data_tables import data_rows
from timeline.core.text.spelling import loosely_folded
from timeline.editing.ways.row_ways import Statement

_LONGEST = 4  # words of one part
_TOKEN = re.compile(r"[^\s,/&+()]+")
_LINKS = frozenset(("and", "of", "the", "to", "in", "with", "for", "a"))
_SEGMENT = re.compile(r"(?:segments?|s)? ?(?:[1-8]|i{1,3}|iv|vi{0,3})[ab]?", re.IGNORECASE)


@attrs.frozen
class EventAndSites:
    """The events that a text may be, and the one site that it names; empty of none or several."""

    events: Sequence[Statement]
    site: str


@functools.cache
def _parts() -> Mapping[str, str]:
    """The site of each word for a part of the body, by its folded form; empty of no site."""
    found = {
        loosely_folded(word): row.text("name")
        for row in data_rows("report_names")
        if row.text("kind") == "site"
        for word in (row.text("name"), *row.texts("also"))
    }
    for row in data_rows("body_words"):
        for word in (row.text("word"), *row.texts("also")):
            found.setdefault(loosely_folded(word), row.text("site"))
    return found


def event_and_sites(text: str, known: Callable[[str], Sequence[Statement]]) -> EventAndSites | None:
    """The event of a text that has only words of it and of parts of the body.

    Args:
        text: such as ``MRI liver`` or ``hemicolectomy and liver resection``.
        known: the events that a word may be.

    Returns:
        None where the text has another word, has no event, or where its words state one key
        differently.
    """
    words = _TOKEN.findall(text)
    events: list[Statement] | None = None
    sites: list[str] = []
    at = 0
    while at < len(words):
        for count in range(min(_LONGEST, len(words) - at), 0, -1):
            part = " ".join(words[at : at + count])
            if found := known(part):
                events = list(found) if events is None else _both(events, found)
                break
            if loosely_folded(part) in _parts():
                sites.append(_parts()[loosely_folded(part)])
                break
            if part.lower() in _LINKS or (events and _SEGMENT.fullmatch(part)):
                break
        else:
            return None
        at += count
    if not events:
        return None
    named = list(dict.fromkeys(filter(None, sites)))
    return EventAndSites(events, named[0] if len(named) == 1 else "")


def _both(before: Sequence[Statement], more: Sequence[Statement]) -> list[Statement]:
    """The events that both of two words may be, where they state no key differently."""
    return [
        Statement(one.kind, {**one.stated, **other.stated}, one.when)
        for one in before
        for other in more
        if one.kind == other.kind
        and all(one.stated[key] == other.stated[key]
                for key in set(one.stated) & set(other.stated) - {"what"})
    ]  # fmt: skip
