"""GA4GH Phenopacket version 2, as JSON: one packet a case, or a cohort of several.

Written from the documentation of phenopacket-schema 2.0. A packet wants a code for each term. None
is made up: terms of a case are in the namespace ``record``, which the packet declares, and whose
identifiers are the numbers of the events in the case file.
"""

from __future__ import annotations

from timeline.exchange.entries.left_over import Reasons
from timeline.formats.phenopacket.reading import read
from timeline.formats.phenopacket.writing import write

REASONS = Reasons(
    keys={
        "date": "a time is a day or a range of days; it states no order and no mark",
        "printed": "what a report prints of an event is a claim, not an event",
        "source": "the report is a file of its own",
        "report": "a report is no event",
        "settings": "settings are no events",
        "lesions": "a packet has no declaration of lesions",
        "patient": "an individual has a sex and no more of this",
        "margin": "a procedure has a code, a site and a time",
        "note": "no place for a note",
        "place": "no place for where a report prints a fact",
    },
    otherwise="the packet has no place for it as written",
    unheld="not in a packet: planned, or without a kind of its own",
)

__all__ = ["REASONS", "read", "write"]
