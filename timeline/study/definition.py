"""One way to find a number of a study, and what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from timeline.core.span import Span

Value = Span | str | None  # a range where records leave it open; ``not reached``; none


def _said(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, parts))


@attrs.frozen(kw_only=True)
class Definition:
    """A definition.

    Attributes:
        conventions: what differs from the conventions of the study and no report need state: the
            ties, the scale of limits, the rule of a median.
        differs: what else differs from the definition of the study: strata, population, test.
        values: value, low and high limit, p and n by name, as far as it gives them.
        reason: why it gives no value.
    """

    conventions: tuple[str, ...] = attrs.field(default=(), converter=_said)
    differs: tuple[str, ...] = attrs.field(default=(), converter=_said)
    values: Mapping[str, Value]
    reason: str = ""

    @property
    def words(self) -> str:
        """All that differs from the definition of the study; empty for that one."""
        return " and ".join((*self.differs, *self.conventions))

    @property
    def parts(self) -> frozenset[str]:
        """What differs, each by itself."""
        return frozenset((*self.differs, *self.conventions))

    @property
    def is_convention(self) -> bool:
        """Whether it differs from the definition of the study by conventions alone."""
        return not self.differs

    @property
    def changes(self) -> int:
        """In how many respects it differs."""
        return len(self.parts)

    @property
    def is_certain(self) -> bool:
        """Whether its value is one number."""
        value = self.values.get("value")
        return isinstance(value, str) or (value is not None and value.is_point)


def simplest(definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """Definitions without those that change more than another one of them; conventions first."""
    found: list[Definition] = []
    for each in sorted(definitions, key=lambda each: (not each.is_convention, each.changes)):
        if not any(other.parts <= each.parts for other in found):
            found.append(each)
    return tuple(found)
