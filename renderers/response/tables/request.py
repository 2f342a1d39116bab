"""How a table of changes is read: what the options state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from renderers.tables.sources import Opening
from timeline.record.event_parts.lesion_sizes import TOO_SMALL_MM
from timeline.terminology.criteria import PRIMARY


@attrs.frozen(kw_only=True)
class ChangeReading:
    """How a table of changes is read.

    Attributes:
        opening: how its file is opened.
        dates: how dates are written: a value of ``time_forms.DATES``, or empty.
        unit_of: the unit of its times; empty for that which their heading states.
        sizes_in: the unit of its sizes, ``mm`` or ``cm``; empty for that of heading or column.
        changes_in: ``percent`` or ``shares``; empty for percent, unless all may be shares.
        too_small: millimetres of a lesion that is too small to measure, or ``NE``.
        baseline: ``flag``, ``day`` or ``first``; empty for the first of them that the table allows.
        only: columns with the value of the rows that are kept.
        time_zero: what times count from, in words.
        criterion: the title of the criterion whose thresholds are drawn.
    """

    opening: Opening = Opening()
    dates: str = ""
    unit_of: str = ""
    sizes_in: str = ""
    changes_in: str = ""
    too_small: str = str(TOO_SMALL_MM)
    baseline: str = ""
    only: tuple[tuple[str, str], ...] = ()
    time_zero: str = ""
    criterion: str = PRIMARY.title

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> ChangeReading:
        """The reading that some options set, by field."""
        own = dict(fields)
        opening = Opening(encoding=own.pop("encoding", ""), sheet=own.pop("sheet", ""))
        return cls(opening=opening, **own)
