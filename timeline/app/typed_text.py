"""The text that a browser has, and what is typed in it while the server puts another one there.

A letter is on its way to the server while the file is read again, undone, changed in a grid, or
typed in by another tab. It was typed into the older text. It is taken into the newer one where the
lines that it changes are the same, and refused where they are not: it never brings back the older
text, and no letter of another one is lost for it. What the same browser typed before it, and what
reached the server late, does not count as a change of its lines.
"""

from __future__ import annotations

import difflib
from collections import OrderedDict
from collections.abc import Iterator

import attrs

_MOST = 16  # texts that are remembered: what was typed in an older one is refused


@attrs.frozen
class Change:
    """A part of a text, from ``start`` to ``end`` (not included), that is replaced."""

    start: int
    end: int
    inserted: str

    def of(self, text: str) -> str:
        """The text with the change."""
        return text[: self.start] + self.inserted + text[self.end :]

    @property
    def longer(self) -> int:
        """By how many letters the text is longer after it."""
        return len(self.inserted) - (self.end - self.start)


@attrs.define
class _Known:
    """A text that the server put there.

    Attributes:
        text: with all that was typed in it, as the browser has it.
        whole: the same with what the browser had typed in older texts, and what came late.
        late: these changes, in the order in which they were made; each at its place in ``text``
            with those before it.
    """

    text: str
    whole: str
    late: list[Change] = attrs.Factory(list)

    def typed(self, change: Change) -> Change | None:
        """Take a change of the text; the same of the whole, or None where it has no place."""
        self.text = change.of(self.text)
        start, end = change.start, change.end
        for number, each in enumerate(self.late):
            if start >= each.end:
                start, end = start + each.longer, end + each.longer
            elif end > each.start:  # it takes out what a late letter stands in
                return None
            else:
                self.late[number] = attrs.evolve(
                    each, start=each.start + change.longer, end=each.end + change.longer
                )
        found = Change(start, end, change.inserted)
        self.whole = found.of(self.whole)
        return found


@attrs.define(eq=False)
class TypedText:
    """The text of one editor in one browser, with the number under which it was put there.

    Attributes:
        text: what the browser has once all messages have arrived; lines end with a line feed.
        number: of the text that the server put there last.
    """

    text: str
    number: int = 0
    _texts: OrderedDict[int, _Known] = attrs.field(factory=OrderedDict, init=False)

    def __attrs_post_init__(self) -> None:
        """Remember the first text."""
        self._texts[self.number] = _Known(self.text, self.text)

    def put(self, text: str) -> int:
        """Note that the server puts a text into the editor; the number to send with it."""
        self.number += 1
        self.text = text
        self._texts[self.number] = _Known(text, text)
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
        known = self._texts.get(number)
        change = None if known is None else _change(known.text, start, end, inserted)
        if known is None or change is None:
            return None
        before = known.whole
        placed = known.typed(change)
        if number == self.number:
            self.text = known.text
        if placed is None:
            del self._texts[number]  # what follows it there has no place either
            return None
        found = _moved(before, current, placed)
        if found is None:
            return None
        for newer in (each for key, each in self._texts.items() if key > number):
            late = _moved(before, newer.whole, placed)
            if late is not None:
                newer.whole = late.of(newer.whole)
                newer.late.append(late)
        return found.of(current)


def _change(text: str, start: int, end: int, inserted: str) -> Change | None:
    """A change that is counted in UTF-16 units; None where the text has no such part."""
    units = text.encode("utf-16-le", "surrogatepass")
    if not 0 <= start <= end <= len(units) // 2:
        return None
    try:
        first, last = (len(units[: 2 * at].decode("utf-16-le")) for at in (start, end))
    except UnicodeDecodeError:  # within a letter of two units
        return None
    letters = inserted.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Change(first, last, letters)


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
    if current == mine or mine == base:
        return current
    start = _same(base, mine)
    rest = _same(base[start:][::-1], mine[start:][::-1])
    change = Change(start, len(base) - rest, mine[start : len(mine) - rest])
    found = _moved(base, current, change)
    return None if found is None else found.of(current)


def _moved(base: str, current: str, change: Change) -> Change | None:
    """The same change of a newer text; None where the lines that it changes are not in both."""
    if current == base:
        return change
    old, new = base.split("\n"), current.split("\n")
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for first, last in _lines(base, change):
        for at, to, size in blocks:
            if at <= first and last < at + size:
                shift = sum(map(len, new[:to])) + to - sum(map(len, old[:at])) - at
                start, end = change.start + shift, change.end + shift
                if start >= 0 and end <= len(current):
                    return Change(start, end, change.inserted)
    return None


def _lines(base: str, change: Change) -> Iterator[tuple[int, int]]:
    """The lines that a change needs as they were: its first and last, from 0; each choice of them.

    Whole lines that are put in need the line before them or the one behind. Lines that are taken
    out need none but themselves.
    """
    first, last = (base.count("\n", 0, at) for at in (change.start, change.end))
    begins = change.start == 0 or base[change.start - 1] == "\n"
    if begins and (change.end == 0 or base[change.end - 1] == "\n"):
        if last > first and (not change.inserted or change.inserted.endswith("\n")):
            yield first, last - 1
        elif last == first and change.inserted.endswith("\n"):
            yield first, last
            if first:
                yield first - 1, first - 1
            return
    is_at_end = base[change.start : change.start + 1] == "\n" and change.start == change.end
    yield first, last
    if is_at_end and change.inserted.startswith("\n"):
        yield first + 1, first + 1


def _same(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    most = min(len(one), len(other))
    return next((n for n in range(most) if one[n] != other[n]), most)
