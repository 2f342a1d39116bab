"""What a schema cannot state, and only ``timeline check`` finds."""

from __future__ import annotations

import attrs

from timeline.files.printed_values import PRINTED
from timeline.report.claims import CLAIMS
from timeline.settings.response import SETTINGS

STRICTER = (  # what a schema refuses and ``timeline check`` reads
    "`null` and `~` without quotes",
    "`not stated` in place of a value, which is the same as leaving the key out",
    "a text with a comma within {..}, or a set of days in brackets, without quotes",
)


@attrs.frozen
class Unstated:
    """What only ``timeline check`` finds: why no schema states it, and the words of its message."""

    name: str
    why: str
    messages: str  # a regular expression, found in the message
    under: str = ""  # the one key under which it applies


UNSTATED = (
    Unstated("keys given twice", "of two keys with one name an editor hands on one",
         "is given twice|given twice"),
    Unstated("the calendar", "the days of a month are arithmetic",
         "no such month|not on the calendar|not a year of a patient|ends before it starts"
         "|more than one date|not a set of consecutive"),
    Unstated("the order of dates", "it compares events with each other",
         "lies after|begins before|after death|before line|no day satisfies|cannot all|can be true"
         "|cannot be|would restore|contradict|a second death|write line: 1 or baseline: 1"),
    Unstated("references", "the events of a file are not words of its format",
         "no such event|may be any of|no such line|no such lesion|id '|is used by|is not there"
         "|refers to itself|no event|no line"),
    Unstated("numbers and units", "a printed number has a grammar of its own",
         "not a printed number|unknown unit|no unit|two units|not one (?:length|time|density)"
         "|a dose|two doses|an exponent|a point before|not a pathological"
         "|measures|below 0|finer|too long|nothing:|no thickness|off the scale"
         "|not a number of|blanks within a unit|not an age|older than|what follows the unit"
         "|not a time|larger number"
         "|characters|not a level|a ratio of|not two limits|not a whole number of|not a grade"),
    Unstated("numbers in another spelling", "YAML reads 01, 1.0 and 0x1 as the number 1",
         r"not a whole number from|not a whole number: '|neither yes nor no"
         r"|not a date: '[-+.0-9]+[eE]?[-+0-9]+'"),
    Unstated("sites", "the words of the body are no closed list",
         "not a site|no site|a lesion in doubt|not a new lesion|new lesions"),
    Unstated("drugs", "their names are no closed list", "no drug"),
    Unstated("schedules", "phases follow each other in time",
         "not a schedule|of the schedule|what follows is not stated"),
    Unstated("lists in a setting", "its words are one text with commas",
         rf"setting (?:{'|'.join(each for each, row in SETTINGS.items() if row.default == ())}): "),
    Unstated("the order of keys", "a schema does not see which key comes first",
         rf"unknown kind of|unknown key '(?:{'|'.join(CLAIMS)})'|is missing: (?:grade|p|range) is"),
    Unstated("cells of a table", "a schema counts no cells", "cells [0-9]|not two figures"),
    Unstated("keys that an event gives to what is printed of it", "they depend on its other keys",
         "is missing: |no kind of claim here|is a key of one claim|of a claim of the treatment"
         "|not a unit of time|a rate of", under=PRINTED),
    Unstated("two reports of one case", "one of them is another file", "has a report of its own"),
    Unstated("tests", "a statistic has a grammar of its own", "test statistic"),
)  # fmt: skip
