"""Forms of dates that a case file does not take, each with the form to write instead.

A date in words or in a national form is never read: ``05/12/2021`` is one day in Britain and
another in the United States. Where either number may be the month, both forms are offered. For
words of order (``during line 1``) the forms are offered that state the same.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, lru_cache

from timeline.core.frozen_class import frozen
from timeline.core.text.spelling import folded

# names of months by their number: English, German, French, Spanish, and the usual short forms
_MONTHS = (
    "january jan januar jänner janvier janv enero ene",
    "february feb februar février fevrier févr fév febrero",
    "march mar märz mrz mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug août aout agosto ago",
    "september sep sept septembre septiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre déc diciembre dic",
)
_MONTH_OF = {name: at for at, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "|".join(sorted(_MONTH_OF, key=len, reverse=True))
_LAST_DAYS = {29: "29th", 30: "30th", 31: "31st"}
_TH, _OF = "(?:st|nd|rd|th|er)?", r"(?:of\s+|de\s+)?"
_YEAR = "(?P<y>[0-9]{4}|[0-9]{2})"
_UNKNOWN = frozenset(
    ("unknown", "not known", "not stated", "not reported", "n/a", "na", "nk", "unk", "?", "none")
)
_HEDGE = re.compile(r"(?:about|around|approximately|approx\.?|circa|ca\.?|c\.|~)\s*(.+)")
_RANGE = re.compile(r"(.+?)(?:\s+(?:to|until|till|through|bis|-)\s+|(?<=[0-9])-(?=[0-9]{4}-))(.+)")
_MONTH_BEGINS = frozenset(name[:3] for name in _MONTH_OF)
_ISO_RANGE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?[~?%]?[/,]")  # no form begins so
_EDTF = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}[~?%]?")


@frozen
class DateForm:
    """A row: the form by its pattern, and every ISO date that it may mean.

    The pattern is compiled when the first text is compared with it.
    """

    pattern: str
    meant: Callable[[re.Match[str]], tuple[str, ...]]


def _iso(year: str, month: str | int, day: str | int | None = None) -> tuple[str, ...]:
    """The ISO form of a day or a month; none where the calendar has no such day."""
    number = _MONTH_OF.get(str(month)) or int(month)
    full = int(year) + (2000 if len(year) == 2 else 0)
    try:
        found = date(full, number, int(day or 1)).isoformat()
    except ValueError:
        return ()
    return (found if day is not None else found[:7],)


def _either(found: re.Match[str]) -> tuple[str, ...]:
    """Day and month in either order: the day first, then the month first."""
    one, other, year = found["a"], found["b"], found["y"]
    return tuple(dict.fromkeys((*_iso(year, other, one), *_iso(year, one, other))))


_FORMS = tuple(
    DateForm(pattern, meant)
    for pattern, meant in (
        (
            rf"(?P<d>[0-9]{{1,2}}){_TH}\.?[\s-]*{_OF}(?P<m>{_NAME})\.?,?[\s-]*{_OF}{_YEAR}",
            lambda f: _iso(f["y"], f["m"], f["d"]),
        ),
        (
            rf"(?P<m>{_NAME})\.?\s*(?P<d>[0-9]{{1,2}}){_TH}(?:,\s*|\s+)(?P<y>[0-9]{{4}})",
            lambda f: _iso(f["y"], f["m"], f["d"]),
        ),
        (
            rf"(?P<m>{_NAME})\.?,?[\s-]*{_OF}(?P<y>[0-9]{{4}})",
            lambda f: _iso(f["y"], f["m"]),
        ),
        (rf"(?P<y>[0-9]{{4}})[\s-]+(?P<m>{_NAME})\.?", lambda f: _iso(f["y"], f["m"])),
        (
            rf"(?P<y>[0-9]{{4}})[\s-]+(?P<m>{_NAME})\.?[\s-]+(?P<d>[0-9]{{1,2}})",
            lambda f: _iso(f["y"], f["m"], f["d"]),
        ),
        (
            r"(?P<a>[0-9]{1,2})(?P<s>[./-])\s*(?P<b>[0-9]{1,2})(?P=s)\s*(?P<y>[0-9]{4}|[0-9]{2})",
            _either,
        ),
        (r"(?P<m>[0-9]{1,2})[./-](?P<y>[0-9]{4})", lambda f: _iso(f["y"], f["m"])),
        (
            r"(?P<y>[0-9]{4})(?P<s>[./-])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})",
            lambda f: _iso(f["y"], f["m"], f["d"]),
        ),
        (r"(?P<y>[0-9]{4})[./-](?P<m>[0-9]{1,2})", lambda f: _iso(f["y"], f["m"])),
        (
            r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
            lambda f: _iso(f["y"], f["m"], f["d"]),
        ),
        (
            r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})[t\s][0-9:.]+(?:z|[+-][0-9:]+)?",
            lambda f: _iso(f["y"], f["m"], f["d"]),
        ),
    )
)


def iso_advice(text: str) -> str:
    """What to write for a date in words or in a national form; empty where the form is not known.

    >>> iso_advice("5 May 2021"), iso_advice("05/12/2021")
    ('write 2021-05-05', 'write 2021-12-05 if the day comes first, 2021-05-12 if the month does')
    """
    plain = folded(text)
    if plain in _UNKNOWN:
        return "write .. if the date is not known"
    dates = _meant(plain)
    if len(dates) > 1:
        return f"write {dates[0]} if the day comes first, {dates[1]} if the month does"
    return f"write {dates[0]}" if dates else ""


def iso_forms(text: str) -> tuple[str, ...]:
    """Every ISO date that one date in words or in a national form may mean; none if it is none.

    >>> iso_forms("5 May 2021"), iso_forms("05/12/2021")
    (('2021-05-05',), ('2021-12-05', '2021-05-12'))
    """
    return _one(folded(text))


def day_beyond_month(text: str) -> str:
    """Why a date in words or in a national form is no day, by the length of its month.

    Empty where it is a day, and where it has no such form or no month of 1 to 12.

    >>> day_beyond_month("31.04.2021"), day_beyond_month("30.04.2021"), day_beyond_month("soon")
    ('April 2021 has 30 days, and no 31st', '', '')
    """
    plain = folded(text)
    if _EDTF.fullmatch(plain) or not (plain[:1].isdigit() or plain[:3] in _MONTH_BEGINS):
        return ""
    matches = (re.fullmatch(row.pattern, plain) for row in _FORMS)
    found = next(filter(None, matches), None)
    if found is not None and not _one(plain):
        parts = found.groupdict()
        year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
        for place, day in (("m", "d"), ("b", "a"), ("a", "b")):
            month = parts.get(place)
            number = _MONTH_OF.get(str(month)) or int(month or 0)
            if 1 <= number <= len(_MONTHS):
                return length_of_month(year, number, int(parts.get(day) or 0))
    return ""


def length_of_month(year: int, month: int, day: int) -> str:
    """How many days a month has, and which one it has not.

    >>> length_of_month(2021, 2, 30), length_of_month(2021, 2, 45)
    ('February 2021 has 28 days, and no 30th', 'February 2021 has 28 days')
    """
    length = calendar.monthrange(year, month)[1]
    name = _MONTHS[month - 1].split()[0].capitalize()
    missing = f", and no {_LAST_DAYS[day]}" if day > length and day in _LAST_DAYS else ""
    return f"{name} {year} has {length} days{missing}"


def names_no_day(text: str) -> bool:
    """Whether a text has the form of a date with a month in words, and the calendar has none such.

    >>> names_no_day("30 February 2020"), names_no_day("29 February 2020"), names_no_day("soon")
    (True, False, False)
    """
    plain = folded(text)
    in_words = [row for row in _FORMS if "(?P<m>" + _NAME in row.pattern]
    return not _one(plain) and any(re.fullmatch(row.pattern, plain) for row in in_words)


def _meant(plain: str) -> tuple[str, ...]:
    """Every ISO date that a text may mean; of a range both ends, of a rough one with its mark."""
    hedged = _HEDGE.fullmatch(plain)
    if hedged:
        return tuple(f"{each}~" for each in _one(hedged[1]))
    range_ = _RANGE.fullmatch(plain)
    ends = [_one(each) for each in range_.groups()] if range_ else []
    if ends and all(len(end) == 1 for end in ends):
        return (f"{ends[0][0]}/{ends[1][0]}",)
    return () if _EDTF.fullmatch(plain) else _one(plain)


def _one(plain: str) -> tuple[str, ...]:
    """Every ISO date that one date may mean; itself where it is in that form."""
    if _EDTF.fullmatch(plain):
        return (plain,)
    if not (plain[:1].isdigit() or plain[:3] in _MONTH_BEGINS) or _ISO_RANGE.match(plain):
        return ()
    found = ((row, re.fullmatch(row.pattern, plain)) for row in _FORMS)
    return next((row.meant(match) for row, match in found if match), ())


@frozen
class WordForm:
    """A row: words for a date by their pattern, and what to write for them.

    ``of_date`` and ``of_period`` are templates with the groups of the pattern; a period that has
    none takes that of a date. ``dated``: the template where the words name dates and no events,
    which are filled in as ISO dates; where it is empty, ``of_date``. It may also have the parts of
    a date ``x``: ``x_early``, ``x_mid``, ``x_late``, and the year after it, ``x_next``.
    """

    pattern: str
    of_date: str
    of_period: str = ""
    dated: str = ""


_NAME_OF_AN_EVENT = 6  # words of a text that may be one
_QUOTED = ", in quotes within {{..}}"
_DURING = "during|throughout|while (?:on|receiving)|whilst on|(?:in|over) the course of"
_SAME_DAY = "write {x} + 0 days for the day of that event"
_PARTS_OF_A_YEAR = (
    ("q1|1q|first quarter of", "01", "03"),
    ("q2|2q|second quarter of", "04", "06"),
    ("q3|3q|third quarter of", "07", "09"),
    ("q4|4q|(?:fourth|last) quarter of", "10", "12"),
    ("h1|1h|first half of", "01", "06"),
    ("h2|2h|second half of", "07", "12"),
)
_THIRDS = {  # of a month: ten days each, the last with what is left; of a year: four months
    "early": "early|(?:start|beginning) of",
    "mid": "mid|(?:the )?middle of",
    "late": "late|end of",
}


def _season(months: Sequence[str]) -> str:
    """The template of the months of a season; one that begins in December ends a year later."""
    return f"[{{x}}-{months[0]}..{'{x_next}' if months[1] < months[0] else '{x}'}-{months[1]}]"


_SEASONS = {  # of the meteorologists: three whole months, in the north and in the south
    "spring": ("03", "05", "09", "11"),
    "summer": ("06", "08", "12", "02"),
    "autumn|fall": ("09", "11", "03", "05"),
    "winter": ("12", "02", "06", "08"),
}
# The first row that applies decides. What the words leave open (shortly) stays open; of words with
# a usual meaning (early, spring) that is offered, and beside it the form that states no more.
_WORD_FORMS = (
    WordForm(
        rf"(?:{_DURING}) (?P<x>.+)",
        "write after {x} start, before {x} end" + _QUOTED,
        of_period="write after {x} start/before {x} end",
        dated="write {x}",
    ),
    WordForm(
        rf"between (?P<x>{_NAME}) and (?P<y>(?:{_NAME}) (?P<z>[0-9]{{4}}))",
        "write the year of both, {x} {z} to {y}, as ISO dates: [2021-03..2021-05]",
    ),
    WordForm(
        "between (?P<x>.+?) and (?P<y>.+)",
        "write after {x}, before {y}" + _QUOTED,
        of_period="write after {x}/before {y}",
        dated="write [{x}..{y}]" + _QUOTED,
    ),
    WordForm(
        "(?:shortly|soon|immediately|directly|right|just) (?P<w>after|before) (?P<x>.+)",
        "write {w} {x}",
    ),
    WordForm(
        "(?:since|from) (?P<x>.+)",
        "write after {x}",
        of_period="write after {x}/, or after {x}/.. for what goes on",
        dated="write [{x}..]" + _QUOTED,
    ),
    WordForm(
        "(?:until|till|up to|by|no later than) (?P<x>.+)",
        "write before {x}",
        dated="write [..{x}]" + _QUOTED,
    ),
    WordForm(
        "(?:(?:on|at) )?(?:the )?(?:same )?(?:day|time|date) (?:of|as) (?P<x>.+)",
        _SAME_DAY,
        dated="write {x}",
    ),
    WordForm("(?:at|on|upon) (?:the )?(?P<x>.+)", _SAME_DAY, dated="write {x}"),
    *(
        WordForm(
            rf"(?:the )?(?:{words})[ -]"
            r"(?P<x>[0-9]{4}|[0-9]{4}-[0-9]{2}|[0-9]{1,2}[./][0-9]{4}|.+ [0-9]{4})",
            "write {x} with these words in note",
            dated=f"write {{x_{part}}}{_QUOTED}; or {{x}} with these words in note",
        )
        for part, words in _THIRDS.items()
    ),
    WordForm("(?:start|beginning) of (?P<x>.+)", "write {x} start + 0 days for that day"),
    WordForm("(?:end|completion) of (?P<x>.+)", "write {x} end + 0 days for that day"),
    *(
        WordForm(pattern, f"write [{{x}}-{first}..{{x}}-{last}]{_QUOTED}")
        for name, first, last in _PARTS_OF_A_YEAR
        for pattern in (
            rf"(?:the )?(?:{name})[ -]?(?P<x>[0-9]{{4}})",
            rf"(?P<x>[0-9]{{4}})[ -]?(?:{name})",
        )
    ),
    *(
        WordForm(
            rf"(?:the )?(?:{names})(?: of)? (?P<x>[0-9]{{4}})",
            f"write {_season(north)}{_QUOTED} ({_season(south)} in the south); or {{x}} with the "
            "season in note",
        )
        for names, (*north, first, last) in _SEASONS.items()
        for south in ([first, last],)
    ),
    WordForm(
        "(?P<n>[0-9]+) (?P<u>days?|weeks?|months?|years?) (?:later|thereafter)",
        "write after which event: {n} {u} after surgery",
    ),
    WordForm("week (?P<n>[0-9]+)", "write since which event: line 1 + {n} weeks"),
    WordForm(
        "(?P<c>day [0-9]+|cycle [0-9]+|c[0-9]+d[0-9]+)", "write of which treatment: {c} of line 1"
    ),
    WordForm(
        "ongoing|present|to date|now|continuing",
        "write .. if the date is not known",
        of_period="write a start, and .. for the end of what goes on: 2021-12/..",
    ),
    WordForm(
        "(?P<x>line [0-9]{1,2})(?: start)?",
        "write {x} + 0 days for the day it began; or before {x}, or after {x} start for an order",
    ),
    *(
        WordForm(
            rf"(?P<x>[^\W\d_][^/,]*?) {moment}",
            f"write {{x}} {moment} + 0 days for that day; or before {{x}} {moment}, or after {{x}} "
            f"{moment} for an order",
            dated="write {x} with these words in note",
        )
        for moment in ("start", "end")
    ),
    WordForm(
        r"(?P<x>[^\W\d_][^/,]+)",
        "write 2019, 2019-02 or 2019-02-14; if {x} is an event, {x} + 0 days for its day",
    ),
)


@cache
def _compiled_forms() -> tuple[tuple[WordForm, re.Pattern[str]], ...]:
    """The rows with their patterns, compiled when the first date in words is read."""
    return tuple((row, re.compile(row.pattern, re.IGNORECASE)) for row in _WORD_FORMS)


@lru_cache(maxsize=4096)  # a column repeats its words
def word_advice(text: str, *, of_period: bool = False) -> str:
    """What to write for a date in words of order; empty where the form is not known.

    >>> word_advice("during line 1", of_period=True)
    'write after line 1 start/before line 1 end'
    >>> word_advice("since March 2021"), word_advice("Q1 2021")
    ('write [2021-03..], in quotes within {..}', 'write [2021-01..2021-03], in quotes within {..}')
    """
    plain = " ".join(text.split())
    if len(plain.split()) > _NAME_OF_AN_EVENT or not any(map(str.isalpha, plain)):
        return ""
    matches = ((row, pattern.fullmatch(plain)) for row, pattern in _compiled_forms())
    found = next(((row, match) for row, match in matches if match), None)
    if found is None:
        return ""
    row, named = found[0], found[1].groupdict()
    dates = {name: iso_forms(word) for name, word in named.items()}
    if dates and all(len(meant) == 1 for meant in dates.values()):
        iso = {name: meant[0] for name, meant in dates.items()}
        parts = {f"{name}_{part}": text for name, date_ in iso.items()
                 for part, text in _parts(date_).items()}  # fmt: skip
        return (row.dated or row.of_date).format(**iso, **parts)
    return (row.of_period if of_period and row.of_period else row.of_date).format(**named)


def _parts(iso: str) -> dict[str, str]:
    """The thirds of an ISO month or year, each as one day of its range, and the year after it.

    A third of a month is ten days, the last has what is left; a third of a year is four months.
    """
    year, *month = map(int, iso.split("-"))
    if len(month) > 1:
        return dict.fromkeys((*_THIRDS, "next"), iso)
    ends = ("01", "10", "11", "20", "21", f"{calendar.monthrange(year, month[0])[1]}") if month \
        else ("01", "04", "05", "08", "09", "12")  # fmt: skip
    ranges = zip(_THIRDS, ends[::2], ends[1::2], strict=True)
    return {part: f"[{iso}-{low}..{iso}-{high}]" for part, low, high in ranges} | {
        "next": str(year + 1)
    }
