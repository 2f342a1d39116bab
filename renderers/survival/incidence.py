"""Curves of cumulative incidence: for each group one of the event and one of the competing event.

A patient has only the first of the two. Where a patient's dates or findings are vague, it may be
open which came first, so such curves need exact times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.survival.groups import Group
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


def incidence_groups(groups: Sequence[Group], called: Events) -> tuple[Group, ...]:
    """The curves of both events of each group.

    Args:
        groups: groups of patients, each with all of its times.
        called: the names of the two events.

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
    return tuple(_curves(groups, called))


def _curves(groups: Sequence[Group], called: Events) -> Iterator[Group]:
    for group in groups:
        for cause, name in ((EVENT, called.event), (COMPETING, called.competing)):
            named = f"{group.name}, {name}" if len(groups) > 1 else name
            own = group.arm if len(groups) > 1 else name
            yield attrs.evolve(group, name=named, arm=own, cohort=group.name, cause=cause)
