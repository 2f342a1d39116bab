"""What is known of a lane as a whole, for a page that is explored: its card, and sort keys."""

from __future__ import annotations

from renderers.scene.journals import Page
from renderers.scene.scene import Fact
from renderers.swimmer.lane import Lane, LaneSet
from renderers.swimmer.options import SwimmerOptions
from renderers.text.sort_keys import by_size
from renderers.text.translation import translate


def lane_facts(
    lane: Lane, lane_set: LaneSet, options: SwimmerOptions, page: Page
) -> tuple[Fact, ...]:
    """The facts of a lane: its cells, those shown first; time on treatment, follow-up.

    Args:
        lane: the lane.
        lane_set: all lanes, with the headings of their columns.
        options: the unit of times.
        page: nothing is stated for a page that does not scroll, since print shows none of it.

    Returns:
        The facts in the order of a card; the longest time sorts first.

    """
    if not page.scrolls:
        return ()
    shown = {heading: lane.cell(column) for column, heading, _ in lane_set.headings}
    cells = {**shown, **dict(lane.every_cell())}.items()
    times = ((translate("Time on treatment"), lane.treated), (translate("Follow-up"), lane.length))
    return (
        *(Fact(heading, cell.text, cell.rank) for heading, cell in cells if cell.text),
        *(Fact(heading, _time(days, options), by_size(-days)) for heading, days in times),
    )


def _time(days: float, options: SwimmerOptions) -> str:
    return f"{round(days / options.per_unit, 1):g} {translate(options.unit)}"
