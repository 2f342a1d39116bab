"""cBioPortal: a study folder with timelines, days from the diagnosis, and back.

Written from "File Formats" of the documentation of cBioPortal (docs.cbioportal.org), sections
Cancer Study, Clinical Data and Timeline Data. Every key of an event is a column of its own as
well, which the portal shows, so that a case comes back with its events.
"""

from __future__ import annotations

from timeline.exchange.entries.left_over import Reasons
from timeline.formats.cbioportal.reading import read
from timeline.formats.cbioportal.writing import write

_DATED = "states a date, and a study in days holds none"
REASONS = Reasons(
    keys={
        "date": "a timeline has days from day 0; START_RANGE has the days that a vague date allows",
        "printed": "what a report prints of an event is a claim, not an event",
        "source": "the report is a file of its own",
        "report": "a report is no event",
        "settings": "settings are no events",
        **dict.fromkeys(("resolved", "assessed-every", "note", "what", "called", "place"), _DATED),
        "lesions": "longer than a clinical attribute may be",
        "patient": "the portal takes an age in whole years",
        "case": "an identifier has letters, digits, points, hyphens and underscores",
    },
    unheld="not in a timeline: planned, or no day is known",
)

__all__ = ["REASONS", "read", "write"]
