"""The options of a patient timeline, with their defaults."""

from __future__ import annotations

import attrs

from renderers.scene.palette import Palette

Break = tuple[str, str]  # the first and the last part of the axis that is left out, as written
NO_BREAK: Break = ("no", "")

COLOURED_BY = ("drug", "line")


@attrs.frozen(kw_only=True)
class TimelineOptions:
    """What a timeline shows.

    Attributes:
        sections: names of sections from the top; empty: every section.
        criteria: the criteria that have a row; empty: the ones that are used for a line, `all`:
            every one that a line is derived under.
        colour: what bars of treatment are coloured by, one of ``COLOURED_BY``.
        palette: the colours that the project states.
        since: the moment that the axis below the dates counts from: `diagnosis`, `surgery`,
            `line 2`, `line 2 end`, a kind of event (its first), an id, `none`; empty: the
            diagnosis or else line 1, where it is known to a month.
        unit: of that axis; empty: months.
        leave_out: parts of the axis that are left out; empty: years without an event;
            ``NO_BREAK``: none.
        log_scale: laboratory values on a logarithmic scale, by name, or `all` or `none`; empty:
            tumour markers whose highest value is at least 100 times the lowest.
    """

    sections: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    colour: str = "drug"
    palette: Palette = Palette()
    since: str = ""
    unit: str = ""
    leave_out: tuple[Break, ...] = ()
    log_scale: tuple[str, ...] = ()

    @property
    def breaks(self) -> tuple[Break, ...] | None:
        """The parts that are left out; None: the years without an event."""
        if not self.leave_out:
            return None
        return tuple(each for each in self.leave_out if each != NO_BREAK)


DEFAULTS = TimelineOptions()
