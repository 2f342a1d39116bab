"""A case with all that the rules derive of it, for audit, figures and exports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

import attrs

from timeline.assessment.assess import LineAssessment, assess_lines
from timeline.assessment.line_course import LineCourse, line_course
from timeline.assessment.line_interpretations import LineInterpretations, line_interpretations
from timeline.assessment.remarks import Remark, case_remarks
from timeline.assessment.tumour_change import SizeChanges, size_changes
from timeline.core.problem import Problem, near
from timeline.core.text.display import data_frame, html_table
from timeline.endpoints.derive import derive_outcomes, endpoint_rows, outcomes_of
from timeline.endpoints.line_numbers import line_count_text
from timeline.record.case import Case
from timeline.record.line_criteria import judged_by
from timeline.record.lines import Line
from timeline.response.criteria import BY_TITLE, CRITERIA
from timeline.response.criteria.criterion import Criterion
from timeline.response.lesion_rules import LesionRules
from timeline.response.scans import CHUNK
from timeline.results.alternatives import days_and_months
from timeline.results.statuses import AssessedCase, Outcome, Status
from timeline.settings.response import SETTINGS, Settings
from timeline.settings.setting import in_words
from timeline.terminology.endpoints import BY_NAME, Endpoint, endpoint_named

Problems = tuple[Problem, ...]
_COLUMNS = (
    *("endpoint", "line", "criterion", "state", "days_low", "days_high"),
    *("months_low", "months_high", "origin", "end", "reason"),
)
_LineKey = tuple[int, str]  # the number of a line, the key of a criterion
_AssessLines = Callable[
    [Sequence[LineCourse], Sequence[LineInterpretations], Criterion, Settings],
    tuple[LineAssessment, ...],
]


@attrs.frozen(kw_only=True)
class DerivedCase(AssessedCase):
    """A case with the status of each scan under each criterion, and its endpoints.

    Attributes:
        case: the facts.
        statuses: the status of each scan, by line and criterion, in order of time.
        progressions: the progression of each line under each criterion.
        best: the best overall response of each line under each criterion.
        settings: the settings that it was derived under.
        explained: whether outcomes that are derived have their chains of reasons.
        outcomes: the endpoints; those from another origin than the main one as well.
        moved_by: the names of the settings that differ from the default and change a result.
        remembered: results that are given again where the settings that they read are the same.

    Endpoints and ``moved_by`` are derived when they are first asked for.
    """

    # alias outcomes: those that are given; None: they are derived when they are asked for
    _outcomes: tuple[Outcome, ...] | None = ()
    explained: bool = attrs.field(default=True, eq=False)

    def __repr__(self) -> str:
        lines, endpoints = len(self.case.lines), len(self._primary_outcomes)
        changed = (f", {name}={in_words(value)}" for name, value in self.settings.changed.items())
        counts = f"{lines} lines, {endpoints} endpoints"
        return f"<DerivedCase {self.case.name}: {counts}{''.join(changed)}>"

    def __iter__(self) -> Iterator[Any]:
        """The case and no problems, for ``derived, problems = derive(case)``."""
        return iter((self, ()))

    def _repr_html_(self) -> str:
        """The endpoints, for a notebook."""
        rows = ((each.name, each.printed_state, _days(each), *_moments(each), each.reason)
                for each in self._primary_outcomes)  # fmt: skip
        head = ("endpoint", "state", "days and months", "from", "to", "reason")
        return html_table(f"Endpoints of {self.case.name}", head, rows)

    def to_frame(self) -> Any:
        """The endpoints as a ``pandas.DataFrame``, one a row.

        Days and months are the lowest and the highest possible, both included; missing where an
        endpoint cannot be derived. A month is 30.4375 days.

        Raises:
            ImportError: pandas is not installed.

        """
        return data_frame(map(_row, self._primary_outcomes), _COLUMNS)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The endpoints; those from another origin than the main one as well."""
        if self._outcomes is not None:
            return self._outcomes
        return tuple(
            outcome
            for row, line in endpoint_rows(self)
            for outcome in self.outcomes_from(row, line)
        )

    def outcomes_from(self, row: Endpoint, line: Line | None) -> list[Outcome]:
        """The outcomes of one endpoint from each of its origins, derived once.

        Args:
            row: the endpoint under its criterion.
            line: the line that it is of; None for one of the patient.
        """
        key = (row.name, row.criterion, line.number if line else None)
        if key not in self._derived:
            self._derived[key] = self._derive_outcomes(row, line)
        return self._derived[key]

    def _derive_outcomes(self, row: Endpoint, line: Line | None) -> list[Outcome]:
        """The same; without reasons those of other settings, if what they read is the same."""
        if self.explained:
            return outcomes_of(row, self, line, explained=True)
        return self.find(
            (row.name, row.criterion, line.number if line else None),
            lambda settings: outcomes_of(
                row, attrs.evolve(self, settings=settings), line, explained=False
            ),
            self._judgement,
        )

    @cached_property
    def _judgement(self) -> object:
        """What stands for all equal judgements of the scans of the case, under any settings."""
        return self.remembered.first_equal((self.statuses, self.progressions))

    @cached_property
    def _derived(self) -> dict[tuple[str, str, int | None], list[Outcome]]:
        """Cached results."""
        return {}

    @cached_property
    def moved_by(self) -> tuple[str, ...]:
        """The settings that are not at their default and change something here, by name."""
        names = [each for each in SETTINGS if each in self.settings.changed]
        given = self._outcomes is not None  # which may be some of the endpoints only
        ours = attrs.evolve(self, outcomes=None, explained=False) if given and names else self
        backs = {name: rederive(ours, _at_default(ours, name), explained=False) for name in names}
        return tuple(
            name
            for name, back in backs.items()
            if back is None or _comparable(back) != _comparable(ours)
        )

    @cached_property
    def courses(self) -> tuple[LineCourse, ...]:
        """The baseline and the time points of each line."""
        return tuple(line_course(self.case, line, self.settings) for line in self.case.lines)

    @cached_property
    def size_changes(self) -> Mapping[int, SizeChanges | None]:
        """How far the targets of each line are from their baseline, by the number of the line.

        None where neither the baseline of a line nor any change has a number.
        """
        return {
            line.number: size_changes(self.case, line, self.settings) for line in self.case.lines
        }

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """What is unusual in the record and may be true."""
        return case_remarks(self.case, self.settings)

    def outcome(
        self, endpoint: str, line: int | None, criterion: str | None = None
    ) -> Outcome | None:
        """The main outcome of an endpoint, or None where the case has no such line.

        ``endpoint`` may be a name that includes its criterion, such as iPFS. ``criterion`` is a
        title; left out it is RECIST 1.1. None as well where the line is not derived under it.
        """
        name, own = endpoint_named(endpoint) if endpoint in BY_NAME else (endpoint, "")
        requested = criterion if criterion is not None and own else own
        key = (name, line, requested)
        if self._outcomes is not None:
            known: Iterable[Outcome] = self._outcomes
        else:  # only that one is derived
            known = (
                each
                for row, of in endpoint_rows(self)
                if (row.name, of.number if of else None, row.criterion) == key
                for each in self.outcomes_from(row, of)
            )
        return next(
            (o for o in known if o.is_primary and (o.endpoint, o.line, o.criterion) == key), None
        )

    def endpoint(self, name: str, line: int | None = None, criterion: str | None = None) -> Outcome:
        """An endpoint of a line, or of the patient.

        Args:
            name: such as ``PFS``, ``iPFS`` or ``OS``.
            line: the number of the line; left out, an endpoint of the patient.
            criterion: a title; left out, that of the name (``iPFS``: iRECIST) or RECIST 1.1.

        Returns:
            The outcome from the main origin; its ``days`` include both ends.

        Raises:
            ValueError: there is no such endpoint; the message lists those that there are.
        """
        found = self.outcome(name, line, criterion)
        if found is not None:
            return found
        requested = name if line is None else f"{name} line {line}"
        by = f" by {criterion}" if criterion else ""
        nearest = near(requested, [each.name for each in self._primary_outcomes])
        raise ValueError(f"{self.case.name} has no endpoint {requested!r}{by} ({nearest})")

    @cached_property
    def _primary_outcomes(self) -> tuple[Outcome, ...]:
        return tuple(each for each in self.outcomes if each.is_primary)

    def other_origins(self, outcome: Outcome) -> tuple[Outcome, ...]:
        """The same endpoint of the same line, by the same criterion, from other origins."""
        key = (outcome.endpoint, outcome.line, outcome.criterion)
        return tuple(
            o
            for o in self.outcomes
            if (o.endpoint, o.line, o.criterion) == key and not o.is_primary
        )


def _days(outcome: Outcome) -> str:
    return days_and_months(outcome.days) if outcome.days is not None else "-"


def _moments(outcome: Outcome) -> tuple[str, str]:
    start, end = (each.description if each else "-" for each in (outcome.origin, outcome.end))
    return start, end


def _row(outcome: Outcome) -> dict[str, Any]:
    months = outcome.months()
    days = (outcome.days.low, outcome.days.high) if outcome.days is not None else (None, None)
    cells = (outcome.printed, outcome.line, outcome.criterion, outcome.state, *days)
    in_months = (float(months.low), float(months.high)) if months is not None else (None, None)
    return dict(zip(_COLUMNS, (*cells, *in_months, *_moments(outcome), outcome.reason),
                    strict=True))  # fmt: skip


def derive(case: Case, settings: Settings | None = None) -> tuple[DerivedCase | None, Problems]:
    """Derive responses, progression and endpoints of a case.

    Args:
        case: The facts of one patient.
        settings: Answers to what the sources leave open; those of the case by default.

    Returns:
        The derived case, or None, and the problems that prevent it.
    """
    return derive_all([(case, case.settings if settings is None else settings)])[0]


def derive_all(cases: Iterable[tuple[Case, Settings]]) -> list[tuple[DerivedCase | None, Problems]]:
    """Derive many cases at once.

    Args:
        cases: Each case with its settings. The scans of all are evaluated together.

    Returns:
        What `derive` gives for each, in the same order.
    """
    prepared = [_prepare(case, settings) for case, settings in cases]
    by_all = _assess_all(prepared)
    return [
        (None, each.problems) if each.problems else (_build_case(each, found), ())
        for each, found in zip(prepared, by_all, strict=True)
    ]


def derive_endpoints(
    cases: Iterable[tuple[Case, Settings]], only: Collection[str]
) -> list[tuple[DerivedCase | None, Problems]]:
    """Derive many cases with a few endpoints, for an overview.

    Args:
        cases: Each case with its settings. The scans of all are evaluated together.
        only: The names of the endpoints, such as ``PFS``.

    Returns:
        What `derive_all` gives, but of each case these outcomes alone, without their chains of
        reasons. They are derived here, so that another process has them.
    """
    return [
        (each and attrs.evolve(each, outcomes=derive_outcomes(each, explained=False, only=only)),
         problems)
        for each, problems in derive_all(cases)
    ]  # fmt: skip


def _at_default(derived: DerivedCase, name: str) -> Settings:
    return derived.settings.with_answer(name, SETTINGS[name].default)


def _comparable(derived: DerivedCase) -> tuple[object, ...]:
    """What a setting can change: labels, days, events, the count of lines; not the explanations."""
    ended = tuple((each.alternatives, each.is_primary) for each in derived.outcomes)
    judged = (derived.statuses, derived.progressions, derived.best)
    return (*judged, ended, line_count_text(derived), derived.remarks)


def rederive(
    derived: DerivedCase, settings: Settings, *, explained: bool = True
) -> DerivedCase | None:
    """The same case under other settings, or None where they cannot be applied to it.

    Only what reads a setting that differs is derived again, here and for the next settings. Without
    ``explained`` the outcomes need no chain of reasons: enough to compare their values.
    """
    case, remembered = derived.case, derived.remembered

    def assess(
        courses: Sequence[LineCourse],
        every: Sequence[LineInterpretations],
        criterion: Criterion,
        settings: Settings,
    ) -> tuple[LineAssessment, ...]:
        return remembered.find(
            ("assessment", criterion.key),
            tuple(courses),
            settings,
            lambda settings: assess_lines(courses, every, criterion, settings),
        )

    found = remembered.find("prepared", (case,), settings, partial(_prepare, case))
    if found.problems:
        return None
    prepared = attrs.evolve(found, settings=settings)
    other = _build_case(prepared, *_assess_all([prepared], assess))
    return attrs.evolve(other, explained=explained, remembered=remembered)


_ByRules = dict[LesionRules, LineInterpretations]  # a line, as each criterion measures it


@attrs.frozen(kw_only=True)
class _PreparedCase:
    """A case before its scans are judged, with the lines that have findings."""

    case: Case
    settings: Settings
    courses: tuple[LineCourse, ...]
    scans: tuple[tuple[LineCourse, _ByRules], ...]
    problems: Problems


def _prepare(case: Case, settings: Settings) -> _PreparedCase:
    courses = tuple(line_course(case, line, settings) for line in case.lines)
    scans: list[tuple[LineCourse, _ByRules]] = []
    problems: list[Problem] = []
    for of in courses:
        titles = judged_by(case, of.line, settings)
        rules = dict.fromkeys(BY_TITLE[title].lesion_rules(settings) for title in titles)
        found = {each: line_interpretations(case, of, each) for each in rules}
        problems += (fault for _, faults in found.values() for fault in faults)
        read = {each: one for each, (one, _) in found.items() if one is not None}
        scans += [(of, read)] if read else []
    return _PreparedCase(
        case=case,
        settings=settings,
        courses=courses,
        scans=tuple(scans),
        problems=tuple(dict.fromkeys(problems)),
    )


def _build_case(prepared: _PreparedCase, by_all: Mapping[_LineKey, LineAssessment]) -> DerivedCase:
    """A case with what each of its lines came to under each of its criteria."""
    statuses: list[Status] = []
    found: list[LineAssessment] = []
    for of in prepared.courses:
        for criterion in _criteria_of(prepared, of):
            statuses += _baseline_statuses(of, criterion.title)
            one = by_all.get((of.line.number, criterion.key))
            statuses += one.statuses if one else ()
            found += [one] if one else []
    return DerivedCase(
        case=prepared.case,
        statuses=tuple(statuses),
        progressions=tuple(each.progression for each in found),
        best=tuple(each.best for each in found),
        settings=prepared.settings,
        outcomes=None,
    )


def _assess_all(
    prepared: Sequence[_PreparedCase], assess: _AssessLines = assess_lines
) -> list[dict[_LineKey, LineAssessment]]:
    """What each line comes to under each of its criteria, by number and key; a dict a case."""
    waiting: dict[tuple[Settings, str], list[tuple[int, LineCourse, LineInterpretations]]] = {}
    for place, each in enumerate(prepared):
        for of, by_rules in each.scans if not each.problems else ():
            for criterion in _criteria_of(each, of):
                scans = by_rules.get(criterion.lesion_rules(each.settings))
                if scans is not None:
                    mine = waiting.setdefault((each.settings, criterion.key), [])
                    mine.append((place, of, scans))
    found: list[dict[_LineKey, LineAssessment]] = [{} for _ in prepared]
    for (settings, key), lines in waiting.items():
        for some in _batches(lines):
            places, courses, scans_of = zip(*some, strict=True)
            every = assess(courses, scans_of, CRITERIA[key], settings)
            for place, of, one in zip(places, courses, every, strict=True):
                found[place][of.line.number, key] = one
    return found


def _batches(
    lines: list[tuple[int, LineCourse, LineInterpretations]],
) -> Iterator[list[tuple[int, LineCourse, LineInterpretations]]]:
    """Batches of at most `CHUNK` rows, to limit memory; a line of more is a batch of its own."""
    some: list[tuple[int, LineCourse, LineInterpretations]] = []
    rows = 0
    for each in lines:
        rows += each[-1].scans.shape[0]
        if some and rows > CHUNK:
            yield some
            some, rows = [], each[-1].scans.shape[0]
        some.append(each)
    yield some


def _criteria_of(prepared: _PreparedCase, of: LineCourse) -> tuple[Criterion, ...]:
    """The criteria that a line is derived under."""
    return tuple(BY_TITLE[title] for title in judged_by(prepared.case, of.line, prepared.settings))


def _baseline_statuses(of: LineCourse, criterion: str) -> list[Status]:
    number = of.line.number
    return [
        Status(scan=scan, line=number, criterion=criterion, is_baseline=True)
        for scan in of.baselines
    ]
