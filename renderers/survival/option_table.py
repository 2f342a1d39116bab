"""The options of survival curves: one row a name."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from renderers.options import Option, listed, yes
from renderers.response.options import BY_GROUP, LINE, UNIT
from renderers.scene.palette_file import palette_of
from renderers.survival.options import COMPARISONS, INCIDENCES, MOST, NO_ROWS, RISK_ROWS
from timeline.core.problem import near
from timeline.statistics.survival.proportional_hazards import TIES

_TIME = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")


def _percents(text: Any) -> tuple[int, ...]:
    """Whole percent of patients: ``25, 50, 75``."""
    words = listed(text)
    wrong = [word for word in words if not re.fullmatch("[1-9][0-9]?", word)]
    if wrong or not words:
        raise ValueError(f"not a percentile: {(wrong or [text])[0]!r} (write 1 to 99: 25,50,75)")
    return tuple(dict.fromkeys(map(int, words)))


def _times(text: Any) -> tuple[Fraction, ...]:
    """Times in the unit of the axis: ``6, 12, 24``."""
    words = listed(text)
    wrong = [word for word in words if not _TIME.fullmatch(word)]
    if wrong or not words:
        raise ValueError(f"not a time: {(wrong or [text])[0]!r} (write numbers: 6,12,24)")
    return tuple(dict.fromkeys(map(Fraction, words)))


def _names(what: str, known: tuple[str, ...]) -> Any:
    """A reader of some names, with commas between them; a blank may stand for a hyphen."""

    def read(text: Any) -> tuple[str, ...]:
        words = tuple(word.lower().replace(" ", "-") for word in listed(text))
        for word in words:
            if word not in known:
                raise ValueError(f"unknown {what}: {word!r} ({near(word, known)})")
        if NO_ROWS in words and len(words) > 1:
            raise ValueError(f"{NO_ROWS} and others: {text!r} (write one of the two)")
        return tuple(dict.fromkeys(words))

    return read


def _ties(text: str) -> str:
    found = next((name for name in TIES if name.casefold() == text.casefold()), None)
    if found is None:
        raise ValueError(f"unknown treatment of ties: {text!r} ({near(text, TIES)})")
    return found


_DRAWN = (
    UNIT,
    Option("limits", "of every interval: log-log, log or plain", "conf_type"),
    Option("band", "yes: the 95 % limits of the curve at each time", "band", yes),
    Option("quantiles", "percent with the event, 50 is the median: 25,50,75", "quantiles",
           _percents, is_list=True),
    Option("landmarks", "times at which the rate is printed: 6,12,24", "landmarks", _times,
           is_list=True),
    Option("compare", f"groups by {', '.join(COMPARISONS)}", "compare",
           _names("comparison", COMPARISONS), is_list=True),
    Option("reference", "the group of the hazard ratio that the others are compared with; "
           "the default is the first by its sorted name", "reference"),
    Option("ties", f"of the hazard ratio: {' or '.join(TIES)}", "ties", _ties),
    Option("incidence", f"of which event: {', '.join(INCIDENCES)}; the default is both, of more "
           f"than {MOST} curves the event alone", "incidence"),
    Option("variance", "of a cumulative incidence: delta or Aalen", "variance"),
    Option("risk-rows", f"of the table below: {', '.join(RISK_ROWS)}, or {NO_ROWS}", "risk_rows",
           _names("row", (*RISK_ROWS, NO_ROWS)), is_list=True),
    Option("palette", "a file with the colours of groups: palette.yaml", "palette", palette_of),
)  # fmt: skip
_COMPETING = Option(
    "competing",
    "cumulative incidence: of cases death, of a table the codes or words of the other event: 2",
    "competing",
)
SURVIVAL_OPTIONS = {
    row.name: row
    for row in (
        LINE,
        Option("endpoint", "endpoints with commas between: PFS, OS", "endpoints", listed),
        BY_GROUP,
        _COMPETING,
        *_DRAWN,
    )
}
# the options of curves from a table; those of its reading are in `tables.from_table`
TABLE = {
    row.name: row
    for row in (
        *_DRAWN,
        Option(
            "time-zero", "what a table's times count from, in words: randomisation", "time_zero"
        ),
    )
}
