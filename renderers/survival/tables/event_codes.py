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


@attrs.frozen(kw_only=True)
class StatedCodes:
    """The codes or words of a column of events whose meaning is stated, not read.

    Attributes:
        event: those of the event.
        censored: those of a censored time; with ``event`` alone, the only other code is censored.
        competing: those of a competing event.
    """

    event: tuple[str, ...] = ()
    censored: tuple[str, ...] = ()
    competing: tuple[str, ...] = ()

    @property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        return {"the event": self.event, "censored": self.censored,
                "the competing event": self.competing}  # fmt: skip


NOTHING_STATED = StatedCodes()


def coding(heading: str, texts: Sequence[str], stated: StatedCodes = NOTHING_STATED) -> Coding:
    """The coding of a column by its heading and its cells.

    Args:
        heading: the name of the column.
        texts: its cells.
        stated: the codes whose meaning is stated.
    """
    if fault := _misstated(heading, texts, stated):
        return Coding(word, fault=fault)
    others = frozenset(map(_plain, stated.competing))
    left = [text for text in texts if _plain(text) not in others]
    if stated.event or stated.censored:
        found = _stated(heading, left, stated)
    else:
        found = _coding(heading, left)
    if not others or found.fault:
        return found
    named = f"read as the competing event: {', '.join(stated.competing)}"
    note = "; ".join(part for part in (found.note, named) if part)
    return attrs.evolve(found, competing=others, note=note)


def _misstated(heading: str, texts: Sequence[str], stated: StatedCodes) -> str:
    """What is wrong with the codes that are stated: none of the column, or with two meanings."""
    held = {_plain(text) for text in texts if text}
    first: dict[str, str] = {}
    for meaning, words in stated.by_name.items():
        for each in words:
            if _plain(each) not in held:
                known = near(each, sorted({text for text in texts if text}))
                return f"column {heading!r} holds no {each!r}, {meaning} ({known})"
            other = first.setdefault(_plain(each), meaning)
            if other != meaning:
                return f"{each!r} is stated as {other}, and as {meaning} (state one of the two)"
    if folded(heading) == "cnsr" and any(_cnsr(each) is False for each in stated.event):
        return (f"column {heading!r}: 0 is the event in ADaM, and {stated.event[0]!r} is stated as "
                "it (leave the code out, or rename the column)")  # fmt: skip
    return ""


def _stated(heading: str, texts: Sequence[str], stated: StatedCodes) -> Coding:
    """The coding of a column in which the event, or what is censored, is stated by its code."""
    meanings = {_plain(each): False for each in stated.censored}
    meanings |= {_plain(each): True for each in stated.event}
    others = {_plain(text): text for text in texts if text and _plain(text) not in meanings}
    if len(others) > 1 and not (stated.event and stated.censored):
        codes = ", ".join(map(repr, sorted(others.values())))
        option, known, asked = ("censored-code", "the event", "censored") if stated.event else (
            "event-code", "what is censored", "the event")  # fmt: skip
        fault = f"column {heading!r} holds {codes} beside {known}: which of them is {asked}?"
        advice = f"state it: --option {option}={min(others.values())}"
        return Coding(word, fault=f"{fault} ({advice}; --option competing=2 for another event)")
    if not (stated.event and stated.censored):
        meanings |= dict.fromkeys(others, not stated.event)
    kinds = {True: "read as the event", False: "as censored"}
    listed = {kind: sorted({text for text in texts if text and meanings.get(_plain(text)) is kind})
              for kind in kinds}  # fmt: skip
    note = "; ".join(
        f"{kinds[kind]}: {', '.join(found)}" for kind, found in listed.items() if found
    )
    codes = ", ".join(dict.fromkeys((*stated.event, *stated.censored, *stated.competing)))
    return Coding(lambda text: meanings.get(_plain(text)), note, hint=f"stated are {codes}")


def _coding(heading: str, texts: Sequence[str]) -> Coding:
    cells = {text for text in texts if text}
    if folded(heading) == "cnsr":
        note = f"column {heading!r} is read as CNSR of ADaM: 0 is the event, 1 and more censored"
        return Coding(_cnsr, note, hint="CNSR is 0 for the event, 1, 2, 3 .. for censored")
    numbers = {found[1] for text in cells if (found := _WHOLE.fullmatch(text))}
    if folded(heading) in CENSORING and any(yes_no(text) is not None for text in cells):
        fault = f"column {heading!r}: is 1 censored, or the event?"
        advice = "state it: --option event-code=0, or --option event-code=1"
        return Coding(word, fault=f"{fault} ({advice}; or write event and censored)")
    if numbers == {"1", "2"} and len(numbers) == len(cells):
        fault = f"column {heading!r} holds 1 and 2, a coding of R in which 1 is censored and 2 dead"
        advice = "state it: --option event-code=2; --option competing=2 if 2 is another event"
        return Coding(word, fault=f"{fault} ({advice})")
    return Coding(
        word,
        _listed(cells),
        hint=f"write one of {KNOWN}; other codes are stated: --option event-code=2, or "
        "--option event-code=0 where 1 is censored; a competing event: --option competing=2",
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
