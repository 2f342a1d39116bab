"""What Python users call: load or draft a file, derive a case, audit a report.

Each result unpacks as plain tuples do, and shows itself in a notebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.auditing import Conclusion, Verdict
from timeline.auditing import audit as verdicts_of
from timeline.auditing.findings import severity, summary
from timeline.core.problem import InvalidFile as InvalidFile
from timeline.core.problem import Problem, Where
from timeline.core.text.display import data_frame, html_table
from timeline.endpoints.derived_case import DerivedCase, Problems
from timeline.endpoints.derived_case import derive as derive_or_problems
from timeline.exchange.draft import Draft, draft_of
from timeline.files.loader import load_contents as load_or_problems
from timeline.record.case import Case
from timeline.report.claims import Report
from timeline.settings.response import Settings

_COLUMNS = (
    *("claim", "kind", "line", "printed", "conclusion", "severity", "rule", "message"),
    *("place", "where"),
)

if TYPE_CHECKING:
    from timeline.study import StudySummary


class _Loaded(NamedTuple):
    content: Case | Report | None
    problems: Problems


class Loaded(_Loaded):
    """What a file holds, and its problems. One of the two is empty.

    It unpacks: ``case, problems = load("case.yaml")``.

    Attributes:
        content: the case or the report, and the case if the file holds both; None if it has
            problems.
        problems: everything that is wrong with the file.
    """

    _report: Report | None = None

    def __new__(
        cls, content: Case | Report | None, problems: Problems = (), report: Report | None = None
    ) -> Loaded:
        made = super().__new__(cls, content, problems)
        made._report = report
        return made

    @property
    def case(self) -> Case | None:
        """The case; None where the file is only a report or has problems."""
        return self.content if isinstance(self.content, Case) else None

    @property
    def report(self) -> Report | None:
        """The report; None where the file holds none or has problems."""
        return self.content if isinstance(self.content, Report) else self._report

    def __repr__(self) -> str:
        if self.content is None:
            count = len(self.problems)
            return f"<Loaded: {count} problem{'' if count == 1 else 's'}>"
        both = self.case is not None and self.report is not None
        what = "case and report" if both else type(self.content).__name__.lower()
        return f"<Loaded: {what} {self.content.name}>"

    def _repr_html_(self) -> str:
        case = self.case._repr_html_() if self.case is not None else ""
        if self.report is not None:
            rows = ((str(claim), claim.place) for claim in self.report.claims)
            return case + html_table(f"Report {self.report.name}", ("claim", "place"), rows)
        if case:
            return case
        rows = ((str(each.where), each.what) for each in self.problems)
        return html_table("Problems", ("where", "what"), rows)


def load(path: Path | str, *, strict: bool = False) -> Loaded:
    """Load what a file holds: a case, a report, or a case with its report.

    Args:
        path: a YAML file; the formats are in ``cases/README.md`` and ``seeds/README.md``.
        strict: raise an exception instead of returning problems.

    Returns:
        The case, the report, or both, and the problems of the file.

    Raises:
        InvalidFile: with ``strict``, the file has problems.

    >>> case, problems = load("cases/wang2023.yaml")
    >>> case
    <Case wang2023: 35 events, 4 lines>
    """
    contents, problems = load_or_problems(path)
    loaded = Loaded(contents.content, problems, contents.report)
    if strict and loaded.content is None:
        raise InvalidFile(loaded.problems)
    return loaded


def load_case(path: Path | str) -> Case:
    """Load a case.

    Args:
        path: a YAML file; the format is in ``cases/README.md``.

    Returns:
        The case: its events in order of time, with dates as ranges of days.

    Raises:
        InvalidFile: the file has problems, or holds no case.
    """
    loaded = load(path, strict=True)
    if loaded.case is None:
        raise InvalidFile([f"{path}: is a report, not a case (use load_report)"])
    return loaded.case


def load_report(path: Path | str) -> Report:
    """Load a report with its claims, from a file of its own or from that of its case.

    Args:
        path: a YAML file; the formats are in ``seeds/README.md`` and ``cases/README.md``.

    Returns:
        The report: its citation, its dates, and its claims in the order of the file.

    Raises:
        InvalidFile: the file has problems, or holds no report.
    """
    loaded = load(path, strict=True)
    if loaded.report is None:
        raise InvalidFile([f"{path}: is a case, not a report (use load_case)"])
    return loaded.report


def draft(path: Path | str, *, name: str = "", every: bool = False, study: bool = False) -> Draft:
    """Draft a case and its claims from the text of a report, as ``timeline draft`` does.

    Args:
        path: a report: plain text in UTF-8, JATS XML, or PDF.
        name: the name of the case; empty for the name of the file without its ending.
        every: claims of the introduction, the methods and the discussion as well.
        study: the report is of a group of patients, so that there are claims and no case.

    Returns:
        The draft. Its ``text`` is a case file, in which ``TODO`` marks what a person decides.

    Raises:
        InvalidFile: the file is missing, or its text cannot be read.

    >>> draft("tests/data/reports/he2022.txt")
    <Draft: 11 events, 5 claims, 27 TODO>
    """
    from timeline.files.file_text import Unreadable
    from timeline.report_text import read_report

    path = Path(path)
    try:
        read = read_report(path)
    except Unreadable as fault:
        where = Where(str(path), fault.line, fault.column)
        raise InvalidFile([Problem(where, str(fault))]) from None
    return draft_of(read, name or path.stem, every=every, study=study)


def derive(
    case: Case, settings: Settings | Mapping[str, Any] | None = None, /, **changed: Any
) -> DerivedCase:
    """Derive the status of each scan and the endpoints of each line.

    Args:
        case: a case, as ``load_case`` returns it.
        settings: ``Settings`` in place of those of the case, or some by name.
        changed: single settings by name, such as ``pfs_policy="ema"``. The command
            ``timeline settings`` lists them.

    Returns:
        The case with its statuses and endpoints. Durations are ranges of days, both ends included.

    Raises:
        InvalidFile: the findings of the case contradict each other.
        ValueError: a setting is unknown, or has a value that is not one of its answers.
        TypeError: ``case`` is no case.

    Source:
        Each status and each endpoint names its own: RECIST 1.1 (Eisenhauer 2009), iRECIST (Seymour
        2017), FDA 2018 and EMA 2012 among others.

    >>> derive(load_case("cases/wang2023.yaml"), pfs_policy="ema").endpoint("iPFS", line=4).days
    Span(121 to 181)
    """
    if not isinstance(case, Case):
        raise TypeError(
            f"derive() takes a Case (got {type(case).__name__}; "
            "load_case(path) returns one, or raises all that is wrong with the file)"
        )
    known = settings if isinstance(settings, Settings) else case.settings
    named = {} if settings is None or isinstance(settings, Settings) else settings
    answers = Settings.of({**known.changed, **named, **changed})
    derived, problems = derive_or_problems(case, answers)
    if derived is None:
        raise InvalidFile(problems)
    return derived


class Audit(tuple[Verdict, ...]):
    """The verdicts of one audit, in the order of the claims."""

    __slots__ = ()

    @property
    def contradicted(self) -> tuple[Verdict, ...]:
        """The verdicts on claims that no possible date or word allows."""
        return tuple(each for each in self if each.conclusion is Conclusion.CONTRADICTED)

    def __repr__(self) -> str:
        return f"<Audit: {len(self)} verdicts: {summary(self)}>"

    def _repr_html_(self) -> str:
        """The verdicts, for a notebook."""
        head = ("conclusion", "rule", "claim", "place", "message")
        rows = (
            (each.conclusion.value, each.rule, each.claim, each.claim.place, each.description)
            for each in self
        )
        return html_table(f"{len(self)} verdicts: {summary(self)}", head, rows)

    def to_frame(self) -> Any:
        """The verdicts as a ``pandas.DataFrame``, one a row.

        Raises:
            ImportError: pandas is not installed.

        """
        return data_frame(map(_row, self), _COLUMNS)


def _row(verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    cells = (str(claim), claim.kind, claim.line, claim.text, verdict.conclusion.value)
    more = (severity(verdict), verdict.rule, verdict.description, claim.place, str(claim.where))
    return dict(zip(_COLUMNS, (*cells, *more), strict=True))


def audit(
    derived: DerivedCase | None,
    report: Report,
    other_reports: Iterable[Report] = (),
    *,
    study: StudySummary | None = None,
) -> Audit:
    """Compare every printed claim of a report with the facts and with the other claims.

    Args:
        derived: the patient of the report; None where no single patient is on file.
        report: the claims.
        other_reports: reports that may cite the same studies.
        study: the numbers of the study that is reported, `Cohort.summary`; hazard ratios, p
            values, medians, rates and shares are then compared with its patients.

    Returns:
        One verdict for each claim, in the order of the claims.

    >>> derived = derive(load_case("cases/wang2023.yaml"))
    >>> verdicts = audit(derived, load_report("seeds/wang2023.yaml"))
    >>> [str(each.claim) for each in verdicts.contradicted if each.rule == "C01"]
    ['PFS line 4: 8.4 months', 'PFS line 4: 8.4 months']
    """
    patients = None
    if study is not None:
        from timeline.study.printed.claims import PrintedClaims

        patients = PrintedClaims(study)
    return Audit(verdicts_of(derived, report, tuple(other_reports), patients))
