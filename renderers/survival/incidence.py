"""Curves of cumulative incidence: for each group one of the event and one of the competing event.

A patient has only the first of the two. Where a patient's dates or findings are vague, it may be
open which came first, so such curves need exact times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.survival.groups import Group
from renderers.survival.options import MOST
from renderers.text.translation import translate
from timeline.statistics.survival.cumulative_incidence import COMPETING, EVENT


@attrs.frozen
class Events:
    """What the two events of a figure are called: ``progression`` and ``death``.

    Empty where a table has no word for one: the figure then has plain words of its language.
    """

    event: str = ""
    competing: str = ""

    def in_words(self) -> Events:
        """Both with a name, in the current language where the table has none."""
        return Events(self.event or translate("event"),
                      self.competing or translate("competing event"))  # fmt: skip


def incidence_groups(
    groups: Sequence[Group], called: Events, of_which: str = ""
) -> tuple[Group, ...]:
    """The curves of one or both events of each group.

    Args:
        groups: groups of patients, each with all of its times.
        called: the names of the two events.
        of_which: a name of ``INCIDENCES``; empty for both, or for the event alone where both are
            more curves than dashes distinguish.

    Raises:
        ValueError: a patient has a vague time, or nobody has the competing event.
    """
    vague = [group.name for group in groups if not group.is_exact]
    if vague:
        raise ValueError(
            f"no cumulative incidence of {' and '.join(vague)}: its dates or findings leave open "
            "when a patient had which event (leave competing out, or make the dates exact)"
        )
    ways = [one.ways[0] for group in groups for one in group.observed]
    if not any(way.competing for way in ways):
        raise ValueError(f"nobody has the competing event {called.competing!r} (leave it out)")
    many = 2 * len(groups) > MOST
    drawn = _DRAWN[of_which or ("event" if many else "both")]
    return tuple(_curves(groups, called, drawn))


_DRAWN = {"both": (EVENT, COMPETING), "event": (EVENT,), "competing": (COMPETING,)}


def _curves(groups: Sequence[Group], called: Events, drawn: Sequence[int]) -> Iterator[Group]:
    names = {EVENT: called.event, COMPETING: called.competing}
    for group in groups:
        for number, cause in enumerate(drawn):
            parts = (group.name * (len(groups) > 1), names[cause] * (len(drawn) > 1))
            named = ", ".join(filter(None, parts)) or names[cause]
            own = group.arm if len(groups) > 1 else names[cause]
            yield attrs.evolve(group, name=named, arm=own, cohort=group.name, cause=cause,
                               same_patients=number > 0)  # fmt: skip
