"""Messages that name options of the command, in the words of Python.

>>> python_words("no column of starts (--map start=COLUMN names one)")
"no column of starts (column_map={'start': 'COLUMN'} names one)"
>>> python_words("write --option unit=days, weeks, months or years")
"write unit='days', 'weeks', 'months' or 'years'"
>>> python_words("if it ended the lane: --option 'sign=Relapse: PD', or --option open-ends=yes")
"if it ended the lane: markers={'Relapse': 'PD'}, or open_ends=True"
"""

from __future__ import annotations

import re

_UNITS = "--option unit=days, weeks, months or years"
_SIGN = re.compile(r"--option '(?:sign|markers)=([^':]+): ([^']+)'")
_OPTION = re.compile(r"--option '?([a-z-]+)=([^\s;,)']+)'?")
_MAP = re.compile(r"--map ([a-z_]+)=(?:([^\s;,):]+))?")
_KEYWORDS = (
    ("--map", "column_map"),
    ("--skip-invalid", "skip_invalid=True"),
    ("--events", "events"),
)
_WORDS = {"yes": "True", "no": "False"}


def python_words(text: str) -> str:
    """A message with each option of the command as the keyword of Python."""
    text = text.replace(_UNITS, "unit='days', 'weeks', 'months' or 'years'")
    text = _SIGN.sub(lambda found: f"markers={{{found[1]!r}: {found[2]!r}}}", text)
    text = _OPTION.sub(_keyword, text)
    text = _MAP.sub(_column, text)
    for words, keyword in _KEYWORDS:
        text = text.replace(words, keyword)
    return text


def _keyword(found: re.Match[str]) -> str:
    name, value = found[1].replace("-", "_"), found[2]
    return f"{name}={_WORDS.get(value, repr(value))}"


def _column(found: re.Match[str]) -> str:
    return f"column_map={{{found[1]!r}: {found[2] or 'COLUMN'!r}}}"
