"""What a page shows while a text changes: for each part the newest result, or the last good one.

A state machine without a browser. Each part is in one of these states:

========== ============================================================================
nothing    no result yet, or none was ever good
current    the result is that of the newest text
earlier    the newest text has no such result, so that the last good one is kept
========== ============================================================================
"""

from __future__ import annotations

import zlib
from enum import StrEnum
from typing import Generic, TypeVar

import attrs

from timeline.app.parts import Audited, Drawn, Part, Record

P = TypeVar("P", Record, Drawn, Audited)


class State(StrEnum):
    """Which result of a part is shown."""

    NOTHING = "nothing"
    CURRENT = "current"
    EARLIER = "earlier"


_NEXT = {  # (is the new result good, was there a good one): the next state
    (True, False): State.CURRENT,
    (True, True): State.CURRENT,
    (False, True): State.EARLIER,
    (False, False): State.NOTHING,
}


@attrs.frozen(kw_only=True)
class Shown(Generic[P]):
    """One part as it is shown.

    Attributes:
        newest: the result of the newest text that has arrived.
        good: the last good result; None if there was none.
        state: which of the two is shown.
    """

    newest: P
    good: P | None = None
    state: State = State.NOTHING

    @property
    def content(self) -> P:
        """What is shown: the last good result, else the newest, which has the reason."""
        return self.good or self.newest

    def after(self, part: P, *, keeps: bool = True) -> Shown[P]:
        """The part with a new result; ``keeps``: whether an earlier good one may stay."""
        earlier = self.good if keeps else None
        state = _NEXT[part.is_good, earlier is not None]
        return Shown(newest=part, good=part if part.is_good else earlier, state=state)


@attrs.frozen(kw_only=True)
class Live:
    """All parts of one page.

    Attributes:
        awaited: the number of the newest text that was submitted; results of others are dropped.
        checksum: of that text, by which a page states what its results are of.
        left: the parts of it that are still to come.
    """

    record: Shown[Record] = Shown(newest=Record())
    figure: Shown[Drawn] = Shown(newest=Drawn())
    audit: Shown[Audited] = Shown(newest=Audited())
    awaited: int = 0
    checksum: int = 0
    left: frozenset[type] = frozenset()

    @property
    def is_waiting(self) -> bool:
        """Whether a part of the newest text is still to come."""
        return bool(self.left)

    def submitted(self, number: int, text: str = "") -> Live:
        """The state after a text was submitted: what is shown stays until its parts come."""
        checksum = zlib.adler32(text.encode(errors="surrogatepass"))
        left = frozenset({Record, Drawn, Audited})
        return attrs.evolve(self, awaited=number, checksum=checksum, left=left)

    def received(self, number: int, part: Part) -> Live:
        """The state after a part has come; that of an older text changes nothing."""
        if number != self.awaited or type(part) not in self.left:
            return self
        left = self.left - {type(part)}
        if isinstance(part, Record):
            return attrs.evolve(self, left=left, record=self.record.after(part))
        if isinstance(part, Audited):
            return attrs.evolve(self, left=left, audit=self.audit.after(part))
        # one of another kind stays where the text is at fault, not where this kind has no figure
        keeps = part.kind == self.figure.content.kind or not part.fault
        return attrs.evolve(self, left=left, figure=self.figure.after(part, keeps=keeps))
