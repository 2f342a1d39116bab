"""Grounding: the values of a case and a report looked up in the text of the report.

Every printed value is found at its place, found elsewhere, or not found; and the numbers, dates
and drugs of the case section that nothing in the file has are listed.
"""

from timeline.grounding.ground import NO_PLACE, TWO_PLACES, Grounding, Lookup, Status, ground
from timeline.grounding.text_only import TextOnly

__all__ = ["NO_PLACE", "TWO_PLACES", "Grounding", "Lookup", "Status", "TextOnly", "ground"]
