"""A case with its report: what the commands load, whichever of the two files is named."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from timeline.assessment.remarks import Remark, case_remarks
from timeline.assessment.scan_faults import needs_no_engine, scan_problems
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where
from timeline.files.file_text import Unreadable, text_of
from timeline.files.loader import (
    FileContents,
    Problems,
    adjacent_report,
    load,
    load_contents,
    partner_named,
    partner_place,
    text_contents,
)
from timeline.record.case import Case
from timeline.report.claims import Claim, Report
from timeline.report.event_references import unknown_references
from timeline.settings.response import Settings

if TYPE_CHECKING:  # to check a file loads neither the engine nor the rules of the audit
    from timeline.auditing import StudyPatients, Verdict
    from timeline.endpoints.derived_case import DerivedCase

_SHOWN = 60  # characters of the name of a file


@frozen(kw_only=True)
class CaseReport:
    """A case, its report, or both.

    Attributes:
        path: the file that was named.
        content: the case or the report in that file; the case if it holds both.
        case: the case; None if the report names none.
        report: the report; None if the case names none.
        derived: the derived case; None if there is no case, or it was only checked.
        other_reports: other reports that were loaded, each with its claims on cited studies.
        study: the patients of the study that is reported; None where they are not at hand.
    """

    path: Path
    content: Case | Report
    case: Case | None = None
    report: Report | None = None
    derived: DerivedCase | None = None
    other_reports: tuple[Report, ...] = ()
    study: StudyPatients | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def name(self) -> str:
        """The name of the case, else of the report."""
        content = self.case or self.report
        return content.name if content else self.path.stem

    @property
    def own_claims(self) -> tuple[Claim, ...]:
        """The claims in the file of the case itself; none if the report is a file of its own."""
        if self.case is None or self.report is None:
            return ()
        return self.report.claims if self.case.where.file == self.report.where.file else ()

    def audit(self) -> tuple[Verdict, ...]:
        """One verdict for each claim; none if the case names no report."""
        from timeline.auditing import audit

        if self.report is None:
            return ()
        return audit(self.derived, self.report, self.other_reports, self.study)

    def audit_by_rule(self) -> tuple[Verdict, ...]:
        """The verdicts of each rule; none if the case names no report."""
        from timeline.auditing import verdicts_by_rule

        if self.report is None:
            return ()
        return verdicts_by_rule(self.derived, self.report, self.other_reports, self.study)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is unusual in the case but possible; where nothing is derived, by its text alone."""
        if self.derived is not None:
            return self.derived.remarks
        if self.case is None:
            return ()
        return case_remarks(self.case, self.case.settings, derives=False)

    @property
    def counts(self) -> tuple[str, ...]:
        """The number of events, lines and claims: ``35 events`` ..."""
        parts = []
        if self.case:
            parts += [_count(self.case.events, "event"), _count(self.case.lines, "line")]
        if self.report:
            parts.append(_count(self.report.claims, "claim"))
        return tuple(parts)

    @property
    def summary(self) -> str:
        """The file, the name of the case, and its counts, in one line."""
        return f"{self.path}: {self.name}: {', '.join(self.counts)}"


def _count(items: tuple[object, ...], noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"


@frozen(kw_only=True)
class LoadResult:
    """A loaded file with its partner, or its problems.

    Attributes:
        pair: the file and its partner; the same for both.
        case_report: what they hold; None if there are problems.
        problems: everything that is wrong with either.
    """

    pair: frozenset[Path]
    case_report: CaseReport | None
    problems: Problems = ()

    @property
    def cites(self) -> Report | None:
        """The report with only its claims on cited studies; None if it has none."""
        report = self.case_report.report if self.case_report else None
        claims = tuple(claim for claim in report.claims if claim.study) if report else ()
        return attrs.evolve(report, claims=claims) if report and claims else None


def load_each(files: Iterable[Path], settings: Mapping[str, str]) -> list[LoadResult]:
    """Load each file with its partner, and derive all cases together.

    Args:
        files: cases and reports.
        settings: settings that override those of the case files.

    Returns:
        A result for each file, in order.

    Raises:
        ValueError: a setting is unknown, or has a wrong value.
    """
    return _derived([(file, *_load(file)) for file in files], settings)


def _derived(
    loaded: Sequence[tuple[Path, CaseReport | None, Problems]], settings: Mapping[str, str]
) -> list[LoadResult]:
    """The results of loaded files, whose cases are derived together. ValueError: a setting."""
    from timeline.endpoints.derived_case import derive_all

    cases = {
        place: (each.case, Settings.of({**each.case.settings.changed, **settings}))
        for place, (_, each, _) in enumerate(loaded)
        if each is not None and each.case is not None
    }
    derived = dict(zip(cases, derive_all(cases.values()), strict=True))
    return [_load_result(*each, derived.get(place)) for place, each in enumerate(loaded)]


def load_texts(
    texts: Iterable[tuple[str, Path]], settings: Mapping[str, str] | None = None
) -> list[LoadResult]:
    """What `load_text` gives for each of some texts; their cases are derived together.

    Args:
        texts: each with its file.
        settings: settings that override those of the texts.

    Returns:
        A result for each text, in order.

    Raises:
        ValueError: a setting is unknown, or has a wrong value.
    """
    loaded = [(file, *_load(file, text)) for text, file in texts]
    return [_with_unknown_events(each) for each in _derived(loaded, settings or {})]


def load_own_cases(
    texts: Iterable[tuple[str, Path]], endpoints: Collection[str]
) -> list[DerivedCase | None]:
    """The cases that some texts hold themselves, with a few endpoints, for an overview.

    Their reports are not read, so what is wrong in these is not known yet.

    Args:
        texts: each with its file.
        endpoints: their names, such as ``PFS``.

    Returns:
        A derived case for each text, in order; None where it holds no case, or has problems.
    """
    from timeline.endpoints.derived_case import derive_endpoints

    found = [text_contents(text, file) for text, file in texts]
    cases = {
        place: (contents.case, contents.case.settings)
        for place, (contents, problems) in enumerate(found)
        if contents.case is not None and not problems
    }
    derived = dict(zip(cases, derive_endpoints(cases.values(), endpoints), strict=True))
    return [
        derived[place][0] if place in derived and not derived[place][1] else None
        for place in range(len(found))
    ]


def load_text(
    text: str,
    file: Path,
    settings: Mapping[str, str] | None = None,
    others: Mapping[Path, str] | None = None,
) -> LoadResult:
    """Load a text that is not saved with its partner, check both, and derive the case.

    Args:
        text: of a case or a report.
        file: where it would be saved: problems name it, and its partner is beside it.
        settings: settings that override those of the text.
        others: the texts of other files, by their absolute paths, that are not saved either: such
            a text is read in place of the file.

    Returns:
        What the text holds, and everything that a check finds in it. Both are there where the only
        faults are claims that refer to events which the case does not have.

    Raises:
        ValueError: a setting is unknown, or has a wrong value.
    """
    (found,) = _derived([(file, *_load(file, text, others or {}))], settings or {})
    return _with_unknown_events(found)


def _with_unknown_events(found: LoadResult) -> LoadResult:
    """A result with the claims that refer to events which the case does not have."""
    if found.case_report is None:
        return found
    return attrs.evolve(found, problems=unknown_events(found.case_report))


def checked(files: Iterable[Path]) -> list[LoadResult]:
    """Load each file with its partner, and check both and the references between them.

    Args:
        files: cases and reports; a file that is named twice is checked once.

    Returns:
        A result for each file, in order; the cases are not derived.
    """
    return [_check(file, *_load(file)) for file in dict.fromkeys(files)]


def _check(file: Path, case_report: CaseReport | None, problems: Problems) -> LoadResult:
    if case_report is None:
        return _load_result(file, None, problems, None)
    problems = case_problems(case_report.case)
    found = _load_result(file, None if problems else case_report, problems, None)
    return attrs.evolve(found, problems=(*problems, *unknown_events(case_report)))


def content_problems(contents: FileContents) -> Problems:
    """What is wrong in a file that was read without a fault: findings of scans, and references."""
    problems = case_problems(contents.case)
    if contents.case is not None and contents.report is not None:
        problems += unknown_references(contents.report, contents.case)
    return problems


def case_problems(case: Case | None) -> Problems:
    """The findings of a case that contradict each other, as a check names them."""
    if case is None:
        return ()
    if needs_no_engine(case):
        return scan_problems(case, case.settings)
    from timeline.endpoints.derived_case import derive

    return derive(case)[1]


def unknown_events(case_report: CaseReport) -> Problems:
    """The claims that refer to an event which the case does not have."""
    if case_report.case is None or case_report.report is None:
        return ()
    return unknown_references(case_report.report, case_report.case)


def _load_result(
    file: Path,
    case_report: CaseReport | None,
    problems: Problems,
    derivation: tuple[DerivedCase | None, Problems] | None,
) -> LoadResult:
    """The result of a loaded file, with its derived case if it has a case."""
    if case_report is not None and derivation is not None:
        derived, problems = derivation
        case_report = attrs.evolve(case_report, derived=derived) if derived is not None else None
    partner = partner_path(file, case_report.content) if case_report else ()
    return LoadResult(
        pair=frozenset({file.resolve(), *partner}), case_report=case_report, problems=problems
    )


def distinct(results: Sequence[LoadResult]) -> tuple[CaseReport, ...]:
    """What was loaded without problems, each pair of files once."""
    firsts = [results[at] for at in first_of_pairs(each.pair for each in results)]
    return tuple(each.case_report for each in firsts if each.case_report is not None)


def load_all(
    files: Iterable[Path], settings: Mapping[str, str] | None = None
) -> tuple[tuple[CaseReport, ...], Problems]:
    """Load files, each with its partner, and derive the cases.

    Args:
        files: cases and reports.
        settings: settings that override those of the case files.

    Returns:
        Each case with its report, each pair once, and no problems; or nothing, and all problems
        of all files.

    Raises:
        ValueError: a setting is unknown, or has a wrong value.
    """
    results = load_each(dict.fromkeys(files), settings or {})
    problems = tuple(dict.fromkeys(fault for each in results for fault in each.problems))
    return ((), problems) if problems else (_of_results(results), ())


def load_sound(
    files: Iterable[Path], settings: Mapping[str, str] | None = None
) -> tuple[tuple[CaseReport, ...], tuple[tuple[Path, Problems], ...]]:
    """Load the files of a folder, without those that have problems.

    Args:
        files: cases and reports.
        settings: settings that override those of the case files.

    Returns:
        Each sound case with its report, each pair once; and each file that is left out, with its
        problems, or those of the file that it names.

    Raises:
        ValueError: a setting is unknown, or has a wrong value.
    """
    named = tuple(dict.fromkeys(files))
    results = load_each(named, settings or {})
    left = tuple(
        (file, each.problems) for file, each in zip(named, results, strict=True) if each.problems
    )
    return _of_results([each for each in results if not each.problems]), left


def _of_results(results: Sequence[LoadResult]) -> tuple[CaseReport, ...]:
    """The cases and reports of sound files, each pair once and with the reports of the others."""
    firsts = [results[at] for at in first_of_pairs(each.pair for each in results)]
    cited = [each.cites for each in firsts]
    return tuple(
        attrs.evolve(each.case_report, other_reports=all_but(cited, at))
        for at, each in enumerate(firsts)
        if each.case_report is not None
    )


def first_of_pairs(pairs: Iterable[frozenset[Path]]) -> tuple[int, ...]:
    """The indices of the pairs that differ from all earlier ones."""
    places: dict[frozenset[Path], int] = {}
    for at, pair in enumerate(pairs):
        places.setdefault(pair, at)
    return tuple(places.values())


def all_but(reports: Iterable[Report | None], at: int) -> tuple[Report, ...]:
    """The reports without the one at an index; None is skipped."""
    return tuple(report for place, report in enumerate(reports) if report and place != at)


NO_TEXTS: Mapping[Path, str] = MappingProxyType({})


def partner_path(file: Path, content: Case | Report | None) -> tuple[Path, ...]:
    """The file that a case or a report names, be it there or not: one path, or none."""
    reference = content.source if isinstance(content, Case) else content.case if content else ""
    return (adjacent_report(file, reference),) if reference else ()


def _load(
    file: Path, text: str | None = None, others: Mapping[Path, str] = NO_TEXTS
) -> tuple[CaseReport | None, Problems]:
    """A file with its partner, or everything that is wrong with either.

    ``text``: of the file, where it is not saved. ``others``: the texts of others that are not.
    """
    contents, problems = load_contents(file) if text is None else text_contents(text, file)
    found = contents.content
    if found is None:
        return None, problems + _partner_problems(file, text, others)
    if contents.case is not None and contents.report is not None:
        both = CaseReport(path=file, content=found, case=contents.case, report=contents.report)
        return both, ()
    partner: Case | Report | None = None
    for other in partner_path(file, found):
        named = functools.partial(partner_place, file, text)
        partner, problems = _partner(other, found, others, named)
        problems = problems or _mismatch(file, found, other, partner, named)
        if problems:
            return None, problems
    case, report = (found, partner) if isinstance(found, Case) else (partner, found)
    return CaseReport(
        path=file,
        content=found,
        case=case if isinstance(case, Case) else None,
        report=report if isinstance(report, Report) else None,
    ), ()


def _partner_problems(file: Path, text: str | None, others: Mapping[Path, str]) -> Problems:
    """The problems of the partner of a file that has problems itself."""
    reference = partner_named(file, text)
    other = adjacent_report(file, reference) if reference else None
    if other is not None and other in others:
        return text_contents(others[other], _shortest(other))[1]
    return load(_shortest(other))[1] if other is not None and _exists(other) else ()


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def _partner(
    other: Path, found: Case | Report, others: Mapping[Path, str], named: Callable[[], Where]
) -> tuple[Case | Report | None, Problems]:
    """The partner of a case or a report, or why it cannot be used; ``named``: where it is named."""
    what, partner_class = ("report", Report) if isinstance(found, Case) else ("case", Case)
    if not _exists(other):
        text = f"the {what} it names is not there: {_name(other)!r} (correct the path)"
        return None, (Problem(named(), text),)
    if not other.is_file():
        kind = "a folder" if other.is_dir() else "not a plain file"
        text = f"the {what} it names is {kind}: {_name(other)!r} (name a YAML file)"
        return None, (Problem(named(), text),)
    contents, problems = _contents_of_partner(_shortest(other), others.get(other))
    partner = contents.content
    if isinstance(found, Report) and contents.case is not None and contents.report is not None:
        text = (
            f"the case it names, {other.name!r}, holds a report of its own (leave case: out here, "
            "or move report:, claims: and printed: of that file into this one)"
        )
        return None, (Problem(named(), text),)
    if partner is not None and not isinstance(partner, partner_class):
        text = f"the {what} it names is something else: {other.name!r} (name a {what})"
        return None, (Problem(named(), text),)
    return partner, problems


def _contents_of_partner(path: Path, text: str | None) -> tuple[FileContents, Problems]:
    """The same as `load_contents`; a partner that was read before is not read again.

    A page loads a case after each key, and its report, which is longer, stays the same.
    """
    try:
        return _known_contents(text_of(path) if text is None else text, path)
    except Unreadable:
        return load_contents(path)


_known_contents = functools.lru_cache(maxsize=8)(text_contents)


def _name(file: Path) -> str:
    name = file.name or str(file)
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}.."


def _mismatch(
    file: Path, found: Case | Report, other: Path, partner: Case | Report | None,
    named: Callable[[], Where],
) -> Problems:  # fmt: skip
    """The problem if the partner is that of a third file.

    A copy of a file under another name counts as the original.
    """
    for back in partner_path(other, partner):
        if back != adjacent_report(file, file.name) and not _is_copy(found, back):
            what, third, key = (
                ("report", "case", "case")
                if isinstance(found, Case)
                else ("case", "report", "source")
            )
            text = (
                f"{other.name!r} is the {what} of another {third}, {back.name!r} (name the {what} "
                f"that belongs to this file, or write {key}: {file.name} there)"
            )
            return (Problem(named(), text),)
    return ()


def _is_copy(found: Case | Report, original: Path) -> bool:
    """Whether the original holds a case, or a report, of the same name."""
    known = load(original)[0] if _exists(original) else None
    return type(known) is type(found) and known is not None and known.name == found.name


def _shortest(path: Path) -> Path:
    """The path relative to the current folder, if it is below it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
