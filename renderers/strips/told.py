"""Events as a figure tells them: signs at their places with their words, in groups of one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import attrs

from renderers.hung import hung
from renderers.inline import Item, Words, arranged
from renderers.scene import Mark, Sign
from renderers.spot import Spot, beside, moment, signs
from renderers.strips.page import Page, Section
from renderers.wording import dated, telling
from timeline.events import Event

_LEVEL = 2.95  # millimetres of a line of signs or bars
_MOST = 4  # signs that stand side by side


@attrs.frozen(kw_only=True)
class Told:
    """One sign: where, which, the words beside it, and what a reader who points at it is told."""

    spot: Spot
    style: str
    look: str = ""
    date: str = ""
    said: str = ""
    tells: str = ""


def told(event: Event, style: str, said: str, page: Page) -> Told:
    """An event at its place, with its date as written."""
    return Told(
        spot=moment(event.start, page.shown_for(event)),
        style=style,
        look="planned" if event.planned else "",
        date=dated(event),
        said=said,
        tells=telling(event, said),
    )


def together(found: Iterable[Told]) -> Iterator[tuple[Told, ...]]:
    """Those of one time together, four at the most, in the order given."""
    groups: dict[Spot, list[Told]] = defaultdict(list)
    for each in found:
        groups[each.spot].append(each)
    for group in groups.values():
        for first in range(0, len(group), _MOST):
            yield tuple(group[first : first + _MOST])


def _marks(group: Sequence[Told], page: Page) -> tuple[Mark, ...]:
    """The sign of one, or those of several side by side."""
    one = group[0]
    if len(group) == 1:
        return signs(one.spot, one.style, one.look, tells=one.tells)
    each = [Sign(style=t.style, look=t.look, tells=t.tells, at=t.spot.at) for t in group]
    return beside(one.spot, each, page.frame)


def _words(group: Sequence[Told], text: str, page: Page) -> Words:
    """Words beside a group; those of one sign are of its style and tell what it tells."""
    one = group[0]
    tells = one.tells if len(group) == 1 else ""
    return Words(text, page.size, style=one.style, tells=tells)


def items(found: Iterable[Told], page: Page, between: str = "; ") -> list[Item]:
    """The groups with their words, each led by its date."""
    made = []
    for group in together(found):
        said = between.join(each.said for each in group)
        text = f"{group[0].date} {said}".strip()
        made.append(Item(_marks(group, page), (_words(group, text, page),)))
    return made


def section(name: str, found: Iterable[Told], page: Page) -> tuple[Section, ...]:
    """Signs with their words beside them, or no section where there is nothing to tell."""
    return filled(name, items(found, page), page)


def strip(name: str, found: Iterable[Told], page: Page) -> tuple[Section, ...]:
    """Signs on one line with short words below them, or no section where there are none."""
    hanging = items(found, page, ", ")
    if not hanging:
        return ()
    marks, height = hung(hanging, page.frame, page.limit)
    return (Section(name, height, marks),)


def filled(
    name: str, things: Sequence[Item], page: Page, *, in_order: bool = False
) -> tuple[Section, ...]:
    """A section of things with their words beside them, or none where there are none.

    ``in_order``: none stands above what comes before it.
    """
    if not things:
        return ()
    room = attrs.evolve(page.room(name), in_order=in_order)
    marks, height = arranged(things, page.frame, page.limit, _LEVEL, room)
    return (Section(name, height, marks),)
