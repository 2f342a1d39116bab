"""A case with the report it comes from: what the commands open, whichever file they are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from timeline.assessment.remarks import Remark, case_remarks
from timeline.assessment.scan_faults import needs_no_engine, scan_problems
from timeline.core.problem import Problem
from timeline.files.loader import Problems, adjacent_report, load, partner_named
from timeline.record.case import Case
from timeline.report.claims import Report
from timeline.report.event_references import unknown_references
from timeline.settings.response import Settings

if TYPE_CHECKING:  # to check a file loads neither the engine nor the rules of the audit
    from timeline.auditing import Verdict
    from timeline.endpoints.derived_case import DerivedCase

_SHOWN = 60  # characters of the name of a file


@attrs.frozen(kw_only=True)
class CaseReport:
    """A case, its report, or both; at least one of them is there."""

    path: Path
    opened: Case | Report
    case: Case | None = None
    source: Report | None = None
    reading: DerivedCase | None = None
    beside: tuple[Report, ...] = ()  # what the other reports opened in one go cite

    @property
    def name(self) -> str:
        named = self.case or self.source
        return named.name if named else self.path.stem

    def audit(self) -> tuple[Verdict, ...]:
        """A verdict for every claim; none where the case names no report."""
        from timeline.auditing import audit

        return audit(self.reading, self.source, self.beside) if self.source else ()

    def audit_by_rule(self) -> tuple[Verdict, ...]:
        """The verdicts of each rule by itself; none where the case names no report."""
        from timeline.auditing import verdicts_by_rule

        if self.source is None:
            return ()
        return verdicts_by_rule(self.reading, self.source, self.beside)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is unusual in the case and may be true."""
        if self.reading is not None:
            return self.reading.remarks
        return case_remarks(self.case, self.case.settings) if self.case else ()

    @property
    def summary(self) -> str:
        """What was found in a file without fault, in one line."""
        parts = []
        if self.case:
            parts += [_count(self.case.events, "event"), _count(self.case.lines, "line")]
        if self.source:
            parts.append(_count(self.source.claims, "claim"))
        return f"{self.path}: {self.name}: {', '.join(parts)}"


def _count(things: tuple[object, ...], what: str) -> str:
    return f"{len(things)} {what}{'' if len(things) == 1 else 's'}"


@attrs.frozen(kw_only=True)
class LoadResult:
    """What opening one file came to: a dossier, or what is wrong."""

    pair: frozenset[Path]  # the file and its counterpart, the same for both
    dossier: CaseReport | None
    problems: Problems = ()

    @property
    def cites(self) -> Report | None:
        """The report with its figures of other studies alone; None where it gives none."""
        source = self.dossier.source if self.dossier else None
        claims = tuple(claim for claim in source.claims if claim.study) if source else ()
        return attrs.evolve(source, claims=claims) if source and claims else None


def load_each(files: Iterable[Path], given: Mapping[str, str]) -> list[LoadResult]:
    """Each file with its counterpart, or all that is wrong with them; the cases read in one go."""
    from timeline.endpoints.derived_case import derive_all

    loaded = [(file, *_load(file)) for file in files]
    asked = {
        place: (each.case, Settings.of({**each.case.settings.changed, **given}))
        for place, (_, each, _) in enumerate(loaded)
        if each is not None and each.case is not None
    }
    readings = dict(zip(asked, derive_all(asked.values()), strict=True))
    return [_opened(*each, readings.get(place)) for place, each in enumerate(loaded)]


def checked(files: Iterable[Path]) -> list[LoadResult]:
    """Each file with its counterpart, and the faults of both, references between them included."""
    return [_checked(file, *_load(file)) for file in dict.fromkeys(files)]


def _checked(file: Path, dossier: CaseReport | None, problems: Problems) -> LoadResult:
    if dossier is None:
        return _opened(file, None, problems, None)
    problems = _faults_of_scans(dossier.case)
    found = _opened(file, None if problems else dossier, problems, None)
    return attrs.evolve(found, problems=(*problems, *unknown_events(dossier)))


def _faults_of_scans(case: Case | None) -> Problems:
    if case is None:
        return ()
    if needs_no_engine(case):
        return scan_problems(case, case.settings)
    from timeline.endpoints.derived_case import derive

    return derive(case)[1]


def unknown_events(dossier: CaseReport) -> Problems:
    """Claims of a report that are of an event which its case does not have."""
    if dossier.case is None or dossier.source is None:
        return ()
    return unknown_references(dossier.source, dossier.case)


def _opened(
    file: Path,
    dossier: CaseReport | None,
    problems: Problems,
    read: tuple[DerivedCase | None, Problems] | None,
) -> LoadResult:
    """A loaded file with its reading, where it has a case."""
    if dossier is not None and read is not None:
        reading, problems = read
        dossier = attrs.evolve(dossier, reading=reading) if reading is not None else None
    other = _counterpart(file, dossier.opened) if dossier else ()
    return LoadResult(pair=frozenset({file.resolve(), *other}), dossier=dossier, problems=problems)


def distinct(opened: Sequence[LoadResult]) -> tuple[CaseReport, ...]:
    """The dossiers that could be opened, each pair of files once."""
    kept = [opened[at] for at in first_of_pairs(each.pair for each in opened)]
    return tuple(each.dossier for each in kept if each.dossier is not None)


def load_all(
    files: Iterable[Path], given: Mapping[str, str] | None = None
) -> tuple[tuple[CaseReport, ...], Problems]:
    """Every file with its counterpart, each pair once, or all problems of all files.

    ``given`` are settings that overrule those of the case files. ValueError if one is unknown.
    """
    opened = load_each(dict.fromkeys(files), given or {})
    problems = tuple(dict.fromkeys(fault for each in opened for fault in each.problems))
    if problems:
        return (), problems
    kept = [opened[at] for at in first_of_pairs(each.pair for each in opened)]
    cited = [each.cites for each in kept]
    return tuple(
        attrs.evolve(each.dossier, beside=others(cited, at))
        for at, each in enumerate(kept)
        if each.dossier is not None
    ), ()


def first_of_pairs(pairs: Iterable[frozenset[Path]]) -> tuple[int, ...]:
    """The places of those that no earlier one is the same as."""
    places: dict[frozenset[Path], int] = {}
    for at, pair in enumerate(pairs):
        places.setdefault(pair, at)
    return tuple(places.values())


def others(cited: Iterable[Report | None], at: int) -> tuple[Report, ...]:
    """What the other reports cite: of all but the one at a place."""
    return tuple(source for place, source in enumerate(cited) if source and place != at)


def _counterpart(file: Path, found: Case | Report | None) -> tuple[Path, ...]:
    reference = found.source if isinstance(found, Case) else found.case if found else ""
    return (adjacent_report(file, reference),) if reference else ()


def _load(file: Path) -> tuple[CaseReport | None, Problems]:
    """A file with its counterpart, or everything that is wrong with either."""
    found, problems = load(file)
    if found is None:
        return None, problems + _faults_of_partner(file)
    partner: Case | Report | None = None
    for other in _counterpart(file, found):
        partner, problems = _partner(other, found)
        problems = problems or _names_another(file, found, other, partner)
        if problems:
            return None, problems
    case, source = (found, partner) if isinstance(found, Case) else (partner, found)
    return CaseReport(
        path=file,
        opened=found,
        case=case if isinstance(case, Case) else None,
        source=source if isinstance(source, Report) else None,
    ), ()


def _faults_of_partner(file: Path) -> Problems:
    """What is wrong with the counterpart of a file that is faulty itself."""
    reference = partner_named(file)
    other = adjacent_report(file, reference) if reference else None
    return load(_shortest(other))[1] if other is not None and _is_there(other) else ()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def _partner(other: Path, found: Case | Report) -> tuple[Case | Report | None, Problems]:
    """The other half of a pair, or why it cannot be had."""
    what, wanted = ("report", Report) if isinstance(found, Case) else ("case", Case)
    if not _is_there(other):
        text = f"the {what} it names is not there: {_name(other)!r} (correct the path)"
        return None, (Problem(found.where, text),)
    if not other.is_file():
        kind = "a folder" if other.is_dir() else "not a plain file"
        text = f"the {what} it names is {kind}: {_name(other)!r} (name a YAML file)"
        return None, (Problem(found.where, text),)
    partner, problems = load(_shortest(other))
    if partner is not None and not isinstance(partner, wanted):
        text = f"the {what} it names is something else: {other.name!r} (name a {what})"
        return None, (Problem(found.where, text),)
    return partner, problems


def _name(file: Path) -> str:
    name = file.name or str(file)
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}.."


def _names_another(
    file: Path, found: Case | Report, other: Path, partner: Case | Report | None
) -> Problems:
    """A report of one patient that another's case claims as its own, or the reverse.

    A copy of a file under another name is the same case, or the same report, as the original.
    """
    for back in _counterpart(other, partner):
        if back != adjacent_report(file, file.name) and not _is_copy(found, back):
            what = "report" if isinstance(found, Case) else "case"
            text = f"the {what} it names, {other.name!r}, names {back.name!r} in turn (pair them)"
            return (Problem(found.where, text),)
    return ()


def _is_copy(found: Case | Report, original: Path) -> bool:
    """Whether a file holds the case, or the report, of the same name."""
    known = load(original)[0] if _is_there(original) else None
    return type(known) is type(found) and known is not None and known.name == found.name


def _shortest(path: Path) -> Path:
    """The path as a person would write it from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
