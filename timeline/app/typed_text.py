"""The text that a browser has, and what is typed in it while the server puts another one there.

A letter is on its way to the server while the file is read again, undone, or changed in a grid. It
was typed into the older text. It is taken into the newer one where the lines around it are the
same, and refused where they are not: it never brings back the older text.
"""

from __future__ import annotations

import difflib
from collections import OrderedDict

import attrs

_MOST = 16  # texts that are remembered: what was typed in an older one is refused


@attrs.define(eq=False)
class TypedText:
    """The text of one editor in one browser, with the number under which it was put there.

    Attributes:
        text: what the browser has once all messages have arrived; lines end with a line feed.
        number: of the text that the server put there last.
    """

    text: str
    number: int = 0
    _texts: OrderedDict[int, str] = attrs.field(factory=OrderedDict, init=False)

    def __attrs_post_init__(self) -> None:
        """Remember the first text."""
        self._texts[self.number] = self.text

    def put(self, text: str) -> int:
        """Note that the server puts a text into the editor; the number to send with it."""
        self.number += 1
        self.text = self._texts[self.number] = text
        while len(self._texts) > _MOST:
            self._texts.popitem(last=False)
        return self.number

    def typed(self, number: int, start: int, end: int, inserted: str, current: str) -> str | None:
        """Take what was typed.

        Args:
            number: of the text into which it was typed, with all that was typed there before.
            start: of the part that was replaced, in UTF-16 units, as a browser counts.
            end: of that part, not included.
            inserted: what replaces it.
            current: the text of the file as it is edited.

        Returns:
            The current text with what was typed; None where it does not fit.
        """
        base = self._texts.get(number)
        if base is None:
            return None
        units = base.encode("utf-16-le", "surrogatepass")
        if not 0 <= start <= end <= len(units) // 2:
            return None
        middle = inserted.encode("utf-16-le", "surrogatepass")
        changed = units[: 2 * start] + middle + units[2 * end :]
        mine = self._texts[number] = changed.decode("utf-16-le", "replace")
        if number == self.number:
            self.text = mine
        return merged(base, current, mine)


def merged(base: str, current: str, mine: str) -> str | None:
    r"""A text with the change that was made of an older one.

    Args:
        base: the older text.
        current: the newer text.
        mine: the older text with the change.

    Returns:
        The newer text with the change; None where the lines of the change are not in both texts.

    >>> merged("a: 1\nb: 2\n", "a: 3\nb: 2\n", "a: 1\nb: 25\n")
    'a: 3\nb: 25\n'
    >>> merged("a: 1\n", "a: 3\n", "a: 15\n") is None
    True
    """
    if current in (base, mine):
        return mine
    if mine == base:
        return current
    start = _same(base, mine)
    rest = _same(base[start:][::-1], mine[start:][::-1])
    end = len(base) - rest
    inserted = mine[start : len(mine) - rest]
    old, new = base.split("\n"), current.split("\n")
    first, last = base.count("\n", 0, start), base.count("\n", 0, end)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for at, to, size in matcher.get_matching_blocks():
        if at <= first and last < at + size:
            shift = sum(map(len, new[:to])) + to - sum(map(len, old[:at])) - at
            return current[: start + shift] + inserted + current[end + shift :]
    return None


def _same(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    most = min(len(one), len(other))
    return next((n for n in range(most) if one[n] != other[n]), most)
