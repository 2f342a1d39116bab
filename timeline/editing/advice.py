"""Messages in the words of a page: without options of commands, and without long lists of words."""

from __future__ import annotations

import difflib
import re

from renderers.tables.cell_dates import ISO

_LIST = re.compile(r"(known|write one of): ((?:[^,();]+, ){8,}[^,();]+)")  # of nine words or more
_COUNTED = re.compile(r"\.\. and ([0-9]+) more")
_QUOTED = re.compile(r"'([^']+)'")
NEAREST = 5  # words of a list that a page names
_MOST_USED = ("treatment", "scan", "surgery", "progression", "death")  # of the kinds of events
_MAP = re.compile(r"write --map ([\w-]+)=COLUMN")
_OPTION = re.compile(r"(?:; or add |add )--(?:'[^']*'|[^')])*(?=\))")


def of_a_page(what: str) -> str:
    """A message without the options of the command ``timeline import``.

    >>> of_a_page("not a date: '1.2.21' (write 2021-02-01; or add --dates dmy, or mdy)")
    "not a date: '1.2.21' (write 2021-02-01)"
    >>> of_a_page("not a date: '31.31.2021' (add --dates dmy, or mdy)")
    "not a date: '31.31.2021' (write 2021-03-15, 2021-03 or 2021)"
    >>> of_a_page("unknown column 'Hb (g/l)' (known: lab; or add --leave-out 'Hb (g/l)')")
    "unknown column 'Hb (g/l)' (known: lab)"
    >>> of_a_page("no column 'date' (known: a, b; write --map date=COLUMN)")
    "no column 'date' (known: a, b; write date above its column)"
    """
    what = _MAP.sub(r"write \1 above its column", what)
    return _OPTION.sub("", what).replace("()", f"(write {ISO})")


def shortened(what: str) -> str:
    """A message with the nearest few words of a long list in the place of the list.

    Nearest is what is spelled most like the word that the message names; where it names none, the
    first ones are kept. Of the kinds of events it is always those that are used most.

    >>> words = "red, green, blue, grey, pink, lime, tan, teal, sky"
    >>> shortened(f"unknown colour 'grean' (known: {words})")
    "unknown colour 'grean' (known: green, grey, tan, red, teal and 4 more)"
    >>> shortened("unknown colour 'grean' (known: red, green)")
    "unknown colour 'grean' (known: red, green)"
    """

    def few(found: re.Match[str]) -> str:
        words = found[2].split(", ")
        counted = _COUNTED.fullmatch(words[-1])
        of = int(counted[1]) + len(words) - 1 if counted else len(words)
        words = words[:-1] if counted else words
        named = _QUOTED.search(what[: found.start()])
        if set(_MOST_USED) <= set(words):
            return f"{found[1]}: {', '.join(_MOST_USED)} and {of - len(_MOST_USED)} more"
        near = difflib.get_close_matches(named[1].lower(), words, NEAREST, 0.0) if named else words
        kept = near[:NEAREST]
        return f"{found[1]}: {', '.join(kept)} and {of - len(kept)} more"

    return _LIST.sub(few, what)
