"""Text made safe: characters that control a terminal, or that XML forbids, are written out."""

from __future__ import annotations

import re

# C0 (except tab and line feed), DEL, C1; what turns the direction of writing, or breaks a line
_STEERS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_STEERING = re.compile(f"[{_STEERS}]")
_COLOUR = r"\x1b\[[0-9;]*m"
_COLOURED = f"({_COLOUR})|([{_STEERS}])"  # compiled by `re` where it is used, as are the next
# XML 1.0, section 2.2: the characters that no document may hold, and halves of pairs
_NO_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
_UNKNOWN = "\ufffd"
_TURNS = "[\u202a-\u202e\u2066-\u2069]"  # the direction of writing


def visible_text(text: str, *, colours: bool = False) -> str:
    r"""The text with each character that would steer a terminal written out.

    ``colours``: colours and weights, as they are printed on a terminal, stay. It is written as
    JSON writes it, so that JSON stays JSON.

    >>> print(visible_text("a\x1b[2Jb\x9b"))
    a\u001b[2Jb\u009b
    """
    if not _STEERING.search(text):
        return text
    if not colours:
        return _STEERING.sub(lambda found: _written(found[0]), text)
    return re.sub(_COLOURED, lambda found: found[1] or _written(found[2]), text)


def _written(character: str) -> str:
    return f"\\u{ord(character):04x}"


def undirected(text: str) -> str:
    r"""The text with each character that turns the direction of writing written out.

    Such a character, in a name, would turn what follows it on a page as well (Unicode UAX 9, 2).

    >>> print(undirected("P\u202e01"))
    P\u202e01
    """
    return re.sub(_TURNS, lambda found: _written(found[0]), text)


_RIGHT_TO_LEFT = (
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_TO_LEFT_RUN = f"{_RIGHT_TO_LEFT}(?:[^A-Za-z\n,;:()\\[\\]\u2013]*{_RIGHT_TO_LEFT})?"
_MARK_LEFT_TO_RIGHT = "\u200e"


def in_reading_order(text: str) -> str:
    r"""An English text with a mark after each name that is written from right to left.

    Without it the dates that follow such a name are shown in reverse order, the end before the
    start (Unicode UAX 9, 3.3.4 and 5.6).

    >>> in_reading_order("line 1, \u05d0\u05d1, 2020 to 2021").index("\u200e")
    10
    """
    return re.sub(_TO_LEFT_RUN, lambda found: found[0] + _MARK_LEFT_TO_RIGHT, text)


def xml_text(text: str) -> str:
    """The text with a replacement character for each that no XML or HTML document may hold."""
    return re.sub(_NO_XML, _UNKNOWN, text)


_MARKS = r"([\\`*_\[\]|~$])"  # of Markdown, with the tables and strikes of GitHub
_FIRST = r"^(\s*)([-+=#](?=[-+=#\s]|$)|\d+(?=[.)](?:\s|$)))"  # a list, a heading


def markdown_text(text: str) -> str:
    r"""Plain text as Markdown that shows just this text: no link, image, HTML or emphasis.

    >>> print(markdown_text("![y](http://x) <b>"))
    !\[y\](http://x) &lt;b&gt;
    """
    plain = xml_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain = re.sub(_MARKS, r"\\\1", plain)
    return re.sub(_FIRST, _unbegun, plain)


def _unbegun(found: re.Match[str]) -> str:
    blank, mark = found[1], found[2]
    return f"{blank}{mark}\\" if mark.isdigit() else f"{blank}\\{mark}"
