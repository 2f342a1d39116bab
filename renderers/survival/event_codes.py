"""How a column of events is coded: words, 0 and 1, or CNSR of ADaM, where 0 is the event."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from renderers.survival.incidence import Events
from renderers.tables.labels import kind_of, words_of, yes_no
from timeline.core.problem import near
from timeline.core.text.spelling import folded

Read = Callable[[str], bool | None]  # True: the event; False: censored; None: neither
_EVENTS, _CENSORED = words_of("event"), words_of("censored")
_BY_MARKER = {"death": True, "PD": True, "alive": False, "end unknown": False}
_CODED = re.compile(r"([01])\s*:\s*(.+)")  # 1:DECEASED, as cBioPortal writes it
_WHOLE = re.compile(r"([0-9]+)(?:\.0+)?")
CENSORING = ("cens", "censor", "censored", "censoring", "is censored", "censor indicator")
KNOWN = "1, yes, event, dead, progressed; 0, no, censored, alive"


@attrs.frozen
class Coding:
    """How the cells of a column are read, a note on them, or why they cannot be read.

    ``competing``: the plain form of the cells that state a competing event.
    """

    read: Read
    note: str = ""
    fault: str = ""
    hint: str = f"write one of {KNOWN}"
    competing: frozenset[str] = frozenset()

    def competes(self, text: str) -> bool:
        """Whether a cell states the competing event."""
        return _plain(text) in self.competing


def _plain(text: str) -> str:
    """A cell without its case, a whole number without its decimals."""
    number = _WHOLE.fullmatch(text.strip())
    return number[1] if number else folded(text)


def coding(heading: str, texts: Sequence[str], competing: Sequence[str] = ()) -> Coding:
    """The coding of a column by its heading and its cells.

    Args:
        heading: the name of the column.
        texts: its cells.
        competing: the cells that state a competing event.
    """
    others = frozenset(map(_plain, competing))
    held = {_plain(text) for text in texts if text}
    if missing := [word for word in competing if _plain(word) not in held]:
        known = near(missing[0], sorted({text for text in texts if text}))
        fault = f"column {heading!r} holds no {missing[0]!r}, the competing event ({known})"
        return Coding(word, fault=fault)
    found = _coding(heading, [text for text in texts if _plain(text) not in others])
    if not others:
        return found
    named = f"read as the competing event: {', '.join(competing)}"
    note = "; ".join(part for part in (found.note, named) if part)
    return attrs.evolve(found, competing=others, note=note)


def _coding(heading: str, texts: Sequence[str]) -> Coding:
    cells = {text for text in texts if text}
    if folded(heading) == "cnsr":
        note = f"column {heading!r} is read as CNSR of ADaM: 0 is the event, 1 and more censored"
        return Coding(_cnsr, note, hint="CNSR is 0 for the event, 1, 2, 3 .. for censored")
    numbers = {found[1] for text in cells if (found := _WHOLE.fullmatch(text))}
    if folded(heading) in CENSORING and any(yes_no(text) is not None for text in cells):
        fault = f"column {heading!r}: is 1 censored, or the event? (name it CNSR if 0 is the event,"
        return Coding(word, fault=f"{fault} event if 1 is, or write event and censored)")
    if numbers == {"1", "2"} and len(numbers) == len(cells):
        fault = f"column {heading!r} holds 1 and 2, a coding of R in which 1 is censored and 2 dead"
        advice = "write 0 and 1, or censored and dead; --option competing=2 if 2 is another event"
        return Coding(word, fault=f"{fault} ({advice})")
    return Coding(
        word,
        _listed(cells),
        hint=f"write one of {KNOWN}; if 0 is the event, as in ADaM, name the column CNSR; a code "
        "of a competing event is named: --option competing=2",
    )


def _cnsr(text: str) -> bool | None:
    found = _WHOLE.fullmatch(text)
    return int(found[1]) == 0 if found and len(found[1]) < 4 else None


def word(text: str) -> bool | None:
    """Whether a word means the event or a censored time; None: neither.

    >>> word("Deceased"), word("LTFU"), word("1:PROGRESSION"), word("0:DECEASED")
    (True, False, True, None)
    """
    plain = folded(text)
    coded = _CODED.fullmatch(plain)
    if coded:
        meaning = word(coded[2])
        return coded[1] == "1" if meaning in (None, coded[1] == "1") else None
    if plain in _EVENTS or plain in _CENSORED:
        return plain in _EVENTS
    answer = yes_no(text)
    kind = kind_of(text)
    return answer if answer is not None else _BY_MARKER.get(kind.marker) if kind else None


def _listed(cells: set[str]) -> str:
    """Which words were read as the event and which as censored; yes, no, 1 and 0 are left out."""
    words = sorted(text for text in cells if yes_no(text) is None)
    events = [text for text in words if word(text) is True]
    censored = [text for text in words if word(text) is False]
    parts = [f"{what}: {', '.join(texts)}" for what, texts in
             (("read as the event", events), ("as censored", censored)) if texts]  # fmt: skip
    return "; ".join(parts)


def called(cells: Sequence[str], code: Coding) -> Events:
    """The names of the two events: the words of the table where there is one, else nothing."""
    own = _one_name(
        [cell for cell in cells if cell and not code.competes(cell) and code.read(cell)]
    )
    other = _one_name([cell for cell in cells if code.competes(cell)])
    return Events(own, other)


def _one_name(cells: Sequence[str]) -> str:
    """The one word of some cells; nothing where they are numbers, yes, or several words."""
    words = {folded(cell): cell for cell in cells}
    if len(words) != 1:
        return ""
    ((plain, name),) = words.items()
    is_word = len(name) > 3 and any(letter.isalpha() for letter in name)
    return name if is_word and plain not in ("true", "event") else ""
