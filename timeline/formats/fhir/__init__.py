"""FHIR R4 with the profiles of mCODE: one bundle a case, or a collection of several bundles.

Written from the resource definitions of FHIR 4.0.1 and the sources of the implementation guide
mCODE STU4. A resource claims a profile only where it has what the profile requires. Terms are the
words of the record: the only codes are those that a profile fixes (`codes`).
"""

from __future__ import annotations

from timeline.exchange.entries.left_over import Reasons
from timeline.formats.fhir.reading import read
from timeline.formats.fhir.writing import write

REASONS = Reasons(
    keys={
        "printed": "what a report prints of an event is a claim, not an event",
        "source": "the report is a file of its own",
        "report": "a report is no event",
        "settings": "settings are no events",
    },
    otherwise="no resource holds it as written",
    unheld="not in a bundle: planned, or without a kind of its own",
)

__all__ = ["REASONS", "read", "write"]
