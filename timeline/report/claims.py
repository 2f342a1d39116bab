"""A report and its claims: every figure that it prints, as text, with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import attrs

from timeline.core.calendar.dates import PartialDate, parse_edtf
from timeline.core.calendar.durations import UNITS_IN_DAYS
from timeline.core.calendar.partial_dates import printed_day
from timeline.core.claimed_numbers import (
    claimed_age,
    claimed_number,
    claimed_percentage,
    claimed_time,
)
from timeline.core.ctcae_grades import Grades, grades
from timeline.core.frozen_class import frozen
from timeline.core.printed_numbers import Printed, parse_printed
from timeline.core.problem import Where
from timeline.core.schema import (
    Cardinality,
    Together,
    check_together,
    free_text,
    one_of,
    record_field,
    whole_number,
)
from timeline.record.event import FILE
from timeline.report.ongoing_words import as_ongoing, is_ongoing
from timeline.report.printed_statistics import (
    DIRECTIONS,
    UNREACHED,
    Limits,
    TestStatistic,
    TimeLimits,
    level,
    limits,
    p_value,
    patients,
    ratio,
    statistic,
    time_limits,
    time_or_not_reached,
)
from timeline.report.unreadable_prints import Unread
from timeline.terminology.criteria import terms_named
from timeline.terminology.criterion_names import criterion_of_claim
from timeline.terminology.endpoints import BY_NAME, ENDPOINTS, endpoint_named
from timeline.terminology.response_words import response_called


@frozen(kw_only=True)
class ClaimKind:
    """A kind of claim, named by its first key: how its text is parsed, and which keys it needs.

    ``needs``: further keys; ``about or of`` is one of the two. ``example``: a text that
    parses. One that does not is a finding; ``what`` names what it should have been.
    """

    name: str
    description: str
    read: Callable[[str], Any]
    needs: tuple[str, ...] = ()
    shape: Cardinality = Cardinality.ONE
    example: str = "5"
    what: str = "a number"  # what the text should be; empty for words that the file chooses


_RATIOS = {"HR": "hazard ratio", "OR": "odds ratio", "RR": "relative risk"}
_MEASURED = {
    "count": "patients, cycles or other units counted",
    "percent": "a share in percent",
    "age": "an age",
    "median": "the median of anything but a time",
    "mean": "the mean of anything but a time",
    "risk-reduction": "a reduction of risk in percent",
}
_READ = {"age": claimed_age, "percent": claimed_percentage, "risk-reduction": claimed_percentage}
_WHAT = {"age": "an age", **dict.fromkeys(("percent", "risk-reduction"), "a percentage")}
_FREE_TEXT = {
    "size": "the size of a lesion or a specimen, which about names",
    "dose": "the dose of a drug or of radiotherapy, which about names",
    "schedule": "how often the drugs are given that about names",
    "lab": "the result of an analyte, which about names",
    "score": "a score, which about names",
    "grade": "the grade of an adverse event or a tumour, which about names",
    "sum": "a sum of diameters, which about names",
    "range": "the limits of what about names",
    "ordinal": "the place in an order of what about names",
    "name": "the name of what about names",
}


def _kind(
    name: str, description: str, read: Callable[[str], Any], *needs: str, **more: Any
) -> ClaimKind:
    return ClaimKind(name=name, description=description, read=read, needs=needs, **more)


def _endpoints() -> dict[str, str]:
    """Every endpoint that is derived, under each name of one word, and what it is.

    A plain name may be by any criterion: the claim's key ``criterion`` names it.
    """
    described = {row.name: row.description for row in reversed(ENDPOINTS)}
    return {
        name: described.get(name) or f"{described[endpoint]}, by {criterion}"
        for name, (endpoint, criterion) in BY_NAME.items()
        if " " not in name
    }


CLAIMS = {
    row.name: row
    for row in (
        *(
            _kind(name, description, time_or_not_reached, "unit")
            for name, description in _endpoints().items()
        ),
        _kind("interval", "time between two events", claimed_time, "unit", "from", "to"),
        _kind("follow-up", "length of follow-up", claimed_time, "unit"),
        _kind("date", "date of an event", printed_day, "of", example="2021", what="a date"),
        _kind(
            "response",
            "the category that the authors printed for a scan (of: scan DATE) or for a line "
            "(of: line 1)",
            response_called,
            "of",
            example="PR",
            what="",
        ),
        *(
            _kind(
                name,
                description,
                _READ.get(name, claimed_number),
                "about",
                what=_WHAT.get(name, "a number"),
            )
            for name, description in _MEASURED.items()
        ),
        *(_kind(name, description, ratio, "about") for name, description in _RATIOS.items()),
        _kind(
            "rate",
            "share free of an event at a time, in percent",
            claimed_percentage,
            "about or of",
            what="a percentage",
        ),
        _kind("events", "how many had the event of an endpoint", claimed_number, "of"),
        _kind("p", "a p value by itself", p_value, "about", example="0.03", what="a p value"),
        _kind(
            "test",
            "a test statistic",
            statistic,
            *("about", "p"),
            example="t(28) = 2.2",
            what="a test statistic",
        ),
        _kind(
            "word",
            "a comparison in a word",
            one_of(DIRECTIONS, "word of comparison"),
            *("about", "than"),
            example="longer",
            what="",
        ),
        _kind("at-risk", "numbers at risk", claimed_number, "of", "at", shape=Cardinality.MANY),
        _kind(
            "values",
            "the figure of each patient",
            claimed_number,
            "about or of",
            shape=Cardinality.MANY,
        ),
        *(
            _kind(name, description, free_text, "about", what="")
            for name, description in _FREE_TEXT.items()
        ),
    )
}
# Kinds of claim whose subject in words is enough to name a figure.
NAMED_BY_SUBJECT = (
    *("name", "word", "range", "ordinal", "date", "lab", "size", "dose", "schedule", "sum"),
    *("count", "percent", "score"),
)
TIMES = tuple(UNITS_IN_DAYS)
_ONE = ("1", "one", "a", "an")  # before a unit in the singular
ENDPOINTS_CLAIMED = tuple(_endpoints())
DURATIONS = (*ENDPOINTS_CLAIMED, "interval")
RATIOS = tuple(_RATIOS)
STATISTICS = ("median", "mean", "rate", "total", "range", "minimum", "maximum")
_TIMES_OF_PATIENTS = (*DURATIONS, "follow-up")


def _other_unit(kind: str, unit: str) -> str:
    if kind not in _TIMES_OF_PATIENTS or not unit or {unit, f"{unit}s"} & set(TIMES):
        return ""
    return f"not a unit of time: {unit!r} (write {', '.join(TIMES)})"


def _rate_at_no_time(kind: str, of: str, at: TimeLimits | None) -> str:
    is_at_none = kind == "rate" and of and at is None
    return f"a rate of {of} at no time (write at: 12 months)" if is_at_none else ""


@frozen(kw_only=True)
class Claim:
    """One printed figure, as the report prints it.

    Attributes:
        kind: its first key, such as ``PFS``, ``count`` or ``response``.
        text: the printed text, exactly as on the page.
        value: the parsed text: a number with its precision, a date, words, or a list.
        unit: the unit, as printed.
        line: the number of the line of therapy; None if it belongs to none.
        criterion: the response criterion that the claim names.
        of: the event, or the endpoint, that it belongs to.
        from_, to: the two events of an interval.
        about: what it is a figure of, in words.
        study: the cited study; empty for the report's own patients.
        group: the group of patients.
        among: the partition that it is a part of.
        than: the group or study of a comparison.
        n: the denominator, as printed.
        grade: the grades of an adverse event.
        at: the time of a rate, or the times of numbers at risk.
        ci, level: the confidence limits and their level in percent.
        p: the p value.
        range: the limits of a range.
        sd, se: the standard deviation and the standard error.
        step: the step in which each value was recorded.
        statistic: median, mean, rate, total, range, minimum or maximum.
        note: a remark, whose words may qualify the figure.
        place: the place in the report.
        where: the place in the file.
        words: the figure as printed where its unit stands within it: ``a year and a half``.
    """

    kind: str
    text: str
    value: Printed | PartialDate | str | TestStatistic | tuple[Printed, ...] | Unread
    unit: str = record_field(free_text, default="")
    line: int | None = record_field(whole_number(1, 30))
    criterion: str = record_field(criterion_of_claim, default="")
    of: str = record_field(free_text, default="")
    from_: str = record_field(free_text, default="")
    to: str = record_field(free_text, default="")
    about: str = record_field(free_text, default="")
    study: str = record_field(free_text, default="")
    group: str = record_field(free_text, default="")
    among: str = record_field(free_text, default="")
    than: str = record_field(free_text, default="")
    n: str = record_field(patients, default="")
    grade: Grades | None = record_field(grades)
    at: TimeLimits | None = record_field(time_limits)
    ci: Limits | None = record_field(limits)
    level: str = record_field(level, default="")
    p: Printed | None = record_field(p_value)
    range: Limits | None = record_field(limits)
    sd: Printed | None = record_field(claimed_number)
    se: Printed | None = record_field(claimed_number)
    step: Printed | None = record_field(parse_printed)
    statistic: str = record_field(one_of(STATISTICS, "statistic"), default="")
    note: str = record_field(free_text, default="")
    place: str = record_field(free_text, default="")
    where: Where = attrs.field(default=FILE, eq=False, repr=False)
    words: str = attrs.field(default="", eq=False, repr=False)
    TOGETHER: ClassVar = (
        Together(("kind", "unit"), _other_unit),
        Together(("kind", "of", "at"), _rate_at_no_time),
    )

    def __attrs_post_init__(self) -> None:
        is_time = self.kind in _TIMES_OF_PATIENTS
        if is_time and f"{self.unit}s" in TIMES:  # of one year
            object.__setattr__(self, "unit", f"{self.unit}s")
        check_together(self)
        if self.runs and self.printed is not None:
            object.__setattr__(self, "value", as_ongoing(self.printed))

    @property
    def runs(self) -> bool:
        """Whether the note of one patient's time states that it had not ended."""
        alone = self.kind in BY_NAME and not (self.statistic or self.n)
        return alone and is_ongoing(self.endpoint, self.note)

    @property
    def endpoint(self) -> str:
        """The endpoint it is a time of, without its criterion; empty where it is of none."""
        return endpoint_named(self.kind)[0] if self.kind in BY_NAME else ""

    @property
    def judged_by(self) -> str:
        """The criterion that the claim names, by its title; as written where it is not derived.

        By its endpoint (``iPFS``) or by ``criterion``; empty where neither names one.
        """
        terms = terms_named(self.criterion)
        title = terms.title if terms else self.criterion
        if self.kind not in BY_NAME:
            return title
        return title if self.kind == self.endpoint else endpoint_named(self.kind)[1]

    @property
    def printed(self) -> Printed | None:
        """The value where it is a number; None where it is a date, words or a list."""
        return self.value if isinstance(self.value, Printed) else None

    @property
    def figure(self) -> str:
        """The printed text with its unit: ``8.4 months``, ``one month``, ``a year and a half``."""
        if self.words:
            return self.words
        unit = "" if self.value == UNREACHED else self.unit
        if unit in TIMES and self.text.lower().rpartition(" ")[2] in _ONE:
            unit = unit.removesuffix("s")
        return " ".join(part for part in (self.text, unit) if part)

    @property
    def subject(self) -> str:
        """What it is a figure of: ``PFS line 4``; where it has words, by these without the kind."""
        if not self.about or self.kind not in NAMED_BY_SUBJECT:
            return self._named
        line = f"(line {self.line})" if self.line else ""
        grade = str(self.grade) if self.grade and self.grade.text not in self.about else ""
        study = f"({self.study})" if self.study else ""
        parts = (self.statistic, self.about, line, grade, f"at {self.at}" if self.at else "", study)
        return " ".join(part for part in parts if part)

    def __str__(self) -> str:
        """The claim in one line, as printed."""
        return f"{self._named}: {self.figure}"

    @property
    def _named(self) -> str:
        about = self.about or (f"of {self.of}" if self.of else "")
        if self.from_:
            about = f"from {self.from_} to {self.to}"
        line = f"line {self.line}" if self.line else ""
        when = f"at {self.at}" if self.at and self.kind != "at-risk" else ""
        grade = str(self.grade) if self.grade and self.grade.text not in about else ""
        twice = about.lower().split()[:1] == [self.kind.lower()]  # sum: sum of target lesions
        parts = (self.statistic, "" if twice else self.kind, line, about, grade, when)
        named = " ".join(part for part in parts if part)
        return f"{named} ({self.study})" if self.study else named


@frozen(kw_only=True)
class Report:
    """A report: its citation, its dates, and its claims.

    Attributes:
        name: the name of the report, as in the file.
        title, citation, doi, licence: as written.
        received, revised, accepted, published: dates of the publication; None if not stated.
        case: the path of the case file, as written; empty if no single patient is encoded.
        note: a remark.
        claims: the printed figures, in the order of the file.
        where: the file.
    """

    name: str
    title: str = record_field(free_text, default="")
    citation: str = record_field(free_text, default="")
    doi: str = record_field(free_text, default="")
    licence: str = record_field(free_text, default="")
    received: PartialDate | None = record_field(parse_edtf)
    revised: PartialDate | None = record_field(parse_edtf)
    accepted: PartialDate | None = record_field(parse_edtf)
    published: PartialDate | None = record_field(parse_edtf)
    case: str = record_field(free_text, default="")
    note: str = record_field(free_text, default="")
    claims: tuple[Claim, ...] = ()
    where: Where = attrs.field(default=FILE, eq=False, repr=False)
