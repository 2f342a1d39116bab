"""Tables of events with a parameter in each row (PARAMCD): whose rows are the events."""

from __future__ import annotations

from collections import Counter

import attrs

from renderers.swimmer.tables.rows import EVENTS
from renderers.tables.columns import Problems
from renderers.tables.csv_table import Records
from renderers.tables.kept_rows import Kept
from timeline.core.problem import Problem
from timeline.core.text.spelling import folded


def several_parameters(events: Records, only: Kept) -> Problems:
    """The fault of a table of events with several parameters, none of which is chosen.

    A best response (CBOR) is no scan, and a flag (RSP) no event: the table does not tell which of
    its parameters are events.

    Args:
        events: the rows of one table.
        only: the columns by which rows were kept.
    """
    if not events or "parameter" not in events[0].layout.fields:
        return ()
    layout = events[0].layout
    heading = layout.headings[layout.fields["parameter"]]
    is_event = folded(layout.headings[layout.fields["event"]]) in map(
        folded, EVENTS.standard["parameter"]
    )
    counts = Counter(row.text("parameter") for row in events)
    if is_event or len(counts) < 2 or folded(heading) in (folded(name) for name, _ in only):
        return ()
    most = counts.most_common(1)[0][0]
    named = ", ".join(map(repr, counts))
    what = f"{heading} holds {named}: which are events? (--option 'only={heading}: {most}', "
    where = attrs.evolve(events[0].where("parameter"), line=1)
    return (Problem(where, f"{what}once for each)"),)
