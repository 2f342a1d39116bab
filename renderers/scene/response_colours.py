"""The colours of best responses: the fill of a bar, and the line of a patient.

They are the colours of the markers of responses (``colours``). The fill of progression is the same
orange red, mixed with white: the fills then differ in grey, by contrast from one to the next. A
line has a contrast of 3 to 1 with white (WCAG 2.1 for graphics), so that of stable disease is
darker than its fill.
"""

from __future__ import annotations

from renderers.scene.colours import COMPLETE, GREY, PARTIAL, PROGRESSIVE, STABLE, tint
from renderers.scene.palette import Swatch
from timeline.core.frozen_class import frozen
from timeline.terminology.response_codes import Code

DASH = (2.0, 1.4)
DOTS = (0.8, 1.2)


@frozen
class ResponseColour:
    """One row: the fill, the colour the line is made of, the dash of both, words of the legend."""

    fill: str
    hue: str
    dash: tuple[float, ...]
    description: str

    @property
    def line(self) -> str:
        """The colour of a line on white."""
        return Swatch(self.hue).line


RESPONSE_COLOURS: dict[Code, ResponseColour] = {
    Code.CR: ResponseColour(COMPLETE, COMPLETE, (), "complete response"),
    Code.PR: ResponseColour(PARTIAL, PARTIAL, (), "partial response"),
    Code.SD: ResponseColour(STABLE, STABLE, (), "stable disease"),
    Code.NON_CR_NON_PD: ResponseColour(
        STABLE, STABLE, DASH, "neither CR nor PD, no target disease"
    ),
    Code.NED: ResponseColour(COMPLETE, COMPLETE, DASH, "no evidence of disease"),
    Code.UPD: ResponseColour(
        tint(PROGRESSIVE, 0.16), PROGRESSIVE, DASH, "progression, not confirmed"
    ),
    Code.PD: ResponseColour(tint(PROGRESSIVE, 0.65), PROGRESSIVE, (), "progression"),
    Code.NE: ResponseColour("#FAFAFA", GREY, DOTS, "NE, not evaluable"),
}
EITHER = ResponseColour("#F4F4F4", GREY, DASH, "two or more possible")
UNKNOWN = ResponseColour("#FFFFFF", GREY, DOTS, "best response not stated")
