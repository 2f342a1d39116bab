"""What became of a file of a person's computer."""

from __future__ import annotations

import attrs

from timeline.editing.grid import Offer


@attrs.frozen(kw_only=True)
class Made:
    """A new case file.

    Attributes:
        name: the name of the file.
        text: its text; empty where there is a fault.
        told: what was made, or why nothing could be, one sentence each.
        offers: of a table, what a person may choose for the columns that are not taken.
    """

    name: str
    text: str = ""
    told: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
