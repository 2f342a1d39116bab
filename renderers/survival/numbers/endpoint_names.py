"""What curves of a table are of, by the code of the endpoint."""

from __future__ import annotations

import attrs

from renderers.text.translation import translate
from timeline.core.text.spelling import folded


@attrs.frozen
class EndpointName:
    """A row: the code of an endpoint, its name in a sentence, and the title of the upright axis."""

    code: str
    name: str
    axis: str


_ANY = EndpointName("", "survival", "Event-free probability")
# FDA 2018, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics; DSS as
# cBioPortal has it. PARAMCD of ADaM has no controlled terms, and studies use these.
ENDPOINT_NAMES = (
    EndpointName("OS", "overall survival", "Overall survival probability"),
    EndpointName("PFS", "progression-free survival", "Progression-free survival probability"),
    EndpointName("DFS", "disease-free survival", "Disease-free survival probability"),
    EndpointName("EFS", "event-free survival", "Event-free survival probability"),
    EndpointName("DSS", "disease-specific survival", "Disease-specific survival probability"),
    EndpointName("TTP", "time to progression", _ANY.axis),
)


def endpoint_words(code: str) -> tuple[str, str]:
    """The name of an endpoint for a sentence, and for the upright axis, in the current language.

    Args:
        code: as a table has it, such as ``OS``; empty where it has none.

    Returns:
        Both; of a code that is not known, the code as it is and the words of any endpoint.

    >>> endpoint_words("os"), endpoint_words("TTDET")
    (('overall survival', 'Overall survival probability'), ('TTDET', 'Event-free probability'))
    """
    row = next((each for each in ENDPOINT_NAMES if folded(each.code) == folded(code)), _ANY)
    name = code if code and row is _ANY else translate(row.name)
    return name, translate(row.axis)
