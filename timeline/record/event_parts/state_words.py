"""Words of a scan on uptake, marrow and the state of the patient, each one of a closed list."""

from __future__ import annotations

from timeline.core.quantities import Quantity, quantity
from timeline.core.schema import one_of

SCORES = ("1", "2", "3", "4", "5", "NE")
deauville_score = one_of(
    SCORES,
    "score of five points",
    {"not evaluated": "NE", "not evaluable": "NE", "not assessed": "NE"},
    loose=True,
)
UPTAKE_CHANGES = ("decreased", "unchanged", "increased")
uptake_change = one_of(
    UPTAKE_CHANGES,
    "change of uptake",
    {
        **dict.fromkeys(("reduced", "lower", "less", "fallen"), "decreased"),
        **dict.fromkeys(("stable", "same", "no change", "not changed"), "unchanged"),
        **dict.fromkeys(("higher", "more", "risen"), "increased"),
    },
    loose=True,
)
MARROW_STATES = ("none", "reduced", "unchanged", "new")
marrow_state = one_of(
    MARROW_STATES,
    "state of the marrow",
    {
        **dict.fromkeys(("normal", "clear", "negative", "not involved", "no involvement"), "none"),
        **dict.fromkeys(("less", "decreased", "improved"), "reduced"),
        **dict.fromkeys(("stable", "same", "involved as before"), "unchanged"),
        **dict.fromkeys(("recurrent", "newly involved", "again involved"), "new"),
    },
    loose=True,
)
CLINICAL_STATES = ("stable", "improved", "worse")
clinical_state = one_of(
    CLINICAL_STATES,
    "clinical state",
    {
        **dict.fromkeys(("unchanged", "same"), "stable"),
        "better": "improved",
        **dict.fromkeys(("worsened", "deteriorated", "deterioration", "declined"), "worse"),
    },
    loose=True,
)
NO_STEROID = ("0", "none", "off")


def steroid_dose(text: str) -> Quantity:
    """A dose of corticosteroid a day, as mg of dexamethasone: ``4 mg``, ``4 mg/day``, ``none``."""
    printed = " ".join(text.split())
    if printed.lower() in NO_STEROID:
        return quantity("0 mg")
    try:
        read = quantity(printed)
    except ValueError:
        read = None
    if read is None or read.unit.name not in ("mg", "mg/day") or read.exact is None or read.rest:
        raise ValueError(
            f"not a dose of corticosteroid: {printed!r} (write the mg of dexamethasone a day, such "
            "as 4 mg, or none)"
        )
    return read
