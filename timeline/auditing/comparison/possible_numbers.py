"""Which numbers a figure can be, a row for each kind of figure, and for each known score."""

from __future__ import annotations

import re

import attrs

from timeline.core.quantities import OLDEST
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span
from timeline.report.claims import DURATIONS, RATIOS

# A percentage of these is no share of patients and may lie above 100, or below 0.
NO_SHARE = re.compile(
    r"\b(?:chang\w*|increas\w*|decreas\w*|reduc\w*|grow\w*|grew|shr[aiu]nk\w*|regress\w*|enlarg\w*|"
    r"differen\w*|intensit\w*|relative|ratio|predicted|expected|normal|baseline|improve\w*|"
    r"gain\w*|loss)\b",
    re.IGNORECASE,
)


@attrs.frozen(kw_only=True)
class Domain:
    """A row: the figures that it is for, the numbers that they can be, and why.

    ``of``: kinds of claims, or further keys (``p``, ``sd``). ``limits_beyond``: whether a
    method in use gives limits of confidence outside, where they lie evenly about the estimate.
    """

    of: tuple[str, ...]
    numbers: Span
    description: str
    limits_beyond: bool = False
    of_amounts_only: bool = False  # of a median or mean: only where it is one of times or amounts
    in_unit: tuple[str, ...] = ()  # the only units that it is for; all where empty
    unless: re.Pattern[str] | None = None
    source: str = "definition"


_FROM_0 = Span(0, NEVER_ENDS)
DOMAINS = (
    Domain(of=("p",), numbers=Span(0, 1), description="a p value lies between 0 and 1"),
    Domain(
        of=("percent", "rate"),
        numbers=Span(0, 100),
        description="a share lies between 0 and 100 %",
        limits_beyond=True,  # Wald and plain Greenwood limits, where they are not cut
        unless=NO_SHARE,
    ),
    Domain(
        of=("risk-reduction",),
        numbers=Span(NEVER_BEGAN, 100),
        description="a risk is reduced by 100 % at most",
        limits_beyond=True,
    ),
    Domain(
        of=RATIOS,
        numbers=Span(0, NEVER_ENDS, low_in=False),
        description="a ratio of hazards, odds or risks is above 0",
    ),
    Domain(of=("sd", "se"), numbers=_FROM_0, description="a measure of spread is not below 0"),
    Domain(
        of=("count", "events", "at-risk"),
        numbers=_FROM_0,
        description="a count is not below 0",
    ),
    Domain(
        of=("size", "sum", "dose"),
        numbers=_FROM_0,
        description="a length or a dose is not below 0",
        unless=NO_SHARE,
    ),
    Domain(
        of=("age",),
        numbers=Span(0, OLDEST),
        description=f"an age lies between 0 and {OLDEST} years",
        limits_beyond=True,
        in_unit=("", "years"),
    ),
    Domain(
        of=("follow-up", *DURATIONS),
        numbers=_FROM_0,
        description="a length of time is not below 0",
        limits_beyond=True,  # estimate -+ z SE, as SPSS prints it
    ),
    Domain(
        of=("median", "mean", "values", "range"),
        numbers=_FROM_0,
        description="a length of time or an amount is not below 0",
        limits_beyond=True,
        of_amounts_only=True,
        unless=NO_SHARE,
    ),
    Domain(
        of=("lab",),
        numbers=_FROM_0,
        description="a concentration or an activity is not below 0",
        unless=re.compile(
            rf"{NO_SHARE.pattern}|base excess|anion gap|\blog|[tz][- ]score", re.IGNORECASE
        ),
    ),
    Domain(
        of=("grade",),
        numbers=Span(0, 5),
        description="grades are 1 to 5, and 0 for none",
        source="CTCAE 5.0; no grading of tumours in use goes beyond 5",
    ),
    Domain(of=("schedule",), numbers=_FROM_0, description="a cycle has a length above 0"),
    Domain(of=("ordinal",), numbers=_FROM_0, description="ordinals start at 1"),
)
# Times and amounts that a median or a range without a unit may be of.
AMOUNTS = re.compile(
    r"\b(?:ages?|aged|cycles?|doses?|fractions?|lines?|weight|height|bmi|numbers?|counts?|lesions?|"
    r"sizes?|diameters?|patients|durations?|times?|follow-up)\b",
    re.IGNORECASE,
)


@attrs.frozen(kw_only=True)
class Scale:
    """A row: a score by words of its name, and the numbers that it can be."""

    name: str
    words: re.Pattern[str]
    numbers: Span
    source: str


def _scale(name: str, words: str, low: int, high: int, source: str) -> Scale:
    found = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    return Scale(name=name, words=found, numbers=Span(low, high), source=source)


SCALES = (
    _scale("ECOG performance status", r"ecog|zubrod|who performance(?: status)?", 0, 5,
           "Oken 1982, Am J Clin Oncol 5:649"),
    _scale("Karnofsky performance status", r"karnofsky|kps|lansky", 0, 100,
           "Karnofsky 1948, Cancer 1:634"),
    _scale("Deauville score", r"deauville", 1, 5, "Barrington 2014, J Clin Oncol 32:3048"),
    _scale("Child-Pugh score", r"child[- ]pugh", 5, 15, "Pugh 1973, Br J Surg 60:646"),
    _scale("Gleason score", r"gleason", 2, 10, "Epstein 2016, Am J Surg Pathol 40:244"),
    _scale("PD-L1 score", r"tps|cps|tumou?r proportion score|combined positive score", 0, 100,
           "definition: of 100 tumour cells; CPS is cut at 100"),
)  # fmt: skip
