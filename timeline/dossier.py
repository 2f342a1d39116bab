"""A case with the report it comes from: what the commands open, whichever file they are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from timeline.auditing import Verdict, audit
from timeline.case import Case
from timeline.ledger import Problems, beside, load
from timeline.problem import Problem
from timeline.reading import Reading, read
from timeline.settings import Settings
from timeline.source import Source


@attrs.frozen(kw_only=True)
class Dossier:
    """A case, its report, or both; at least one of them is there."""

    path: Path
    opened: Case | Source
    case: Case | None = None
    source: Source | None = None
    reading: Reading | None = None
    beside: tuple[Source, ...] = ()  # the other reports opened in one go

    @property
    def name(self) -> str:
        named = self.case or self.source
        return named.name if named else self.path.stem

    def audit(self) -> tuple[Verdict, ...]:
        """A verdict for every claim; none where the case names no report."""
        return audit(self.reading, self.source, self.beside) if self.source else ()

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


def open_all(
    files: Iterable[Path], given: Mapping[str, str] | None = None
) -> tuple[tuple[Dossier, ...], Problems]:
    """Every file with its counterpart, each pair once, or all problems of all files.

    ``given`` are settings that overrule those of the case files. ValueError if one is unknown.
    """
    dossiers: dict[frozenset[Path], Dossier] = {}
    problems: list[Problem] = []
    for file in dict.fromkeys(files):
        dossier, faults = _open(file, given or {})
        problems += faults
        if dossier is not None:
            pair = frozenset({file.resolve(), *_counterpart(file, dossier.opened)})
            dossiers.setdefault(pair, dossier)
    return (() if problems else _beside_each_other(dossiers.values())), tuple(
        dict.fromkeys(problems)
    )


def _beside_each_other(dossiers: Iterable[Dossier]) -> tuple[Dossier, ...]:
    """Dossiers that know the reports of one another."""
    every = tuple(dossiers)
    sources = [each.source for each in every if each.source]
    return tuple(
        attrs.evolve(each, beside=tuple(one for one in sources if one is not each.source))
        for each in every
    )


def _counterpart(file: Path, found: Case | Source | None) -> tuple[Path, ...]:
    reference = found.source if isinstance(found, Case) else found.case if found else ""
    return (beside(file, reference),) if reference else ()


def _open(file: Path, given: Mapping[str, str]) -> tuple[Dossier | None, Problems]:
    found, problems = load(file)
    if found is None:
        return None, problems
    partner: Case | Source | None = None
    for other in _counterpart(file, found):
        partner, problems = _partner(other, found)
        problems = problems or _names_another(file, found, other, partner)
        if problems:
            return None, problems
    case, source = (found, partner) if isinstance(found, Case) else (partner, found)
    dossier = Dossier(
        path=file,
        opened=found,
        case=case if isinstance(case, Case) else None,
        source=source if isinstance(source, Source) else None,
    )
    return _with_reading(dossier, given)


def _partner(other: Path, found: Case | Source) -> tuple[Case | Source | None, Problems]:
    """The other half of a pair, or why it cannot be had."""
    what, wanted = ("report", Source) if isinstance(found, Case) else ("case", Case)
    if not other.exists():
        text = f"the {what} it names is not there: {other.name!r} (correct the path)"
        return None, (Problem(found.where, text),)
    partner, problems = load(_shortest(other))
    if partner is not None and not isinstance(partner, wanted):
        text = f"the {what} it names is something else: {other.name!r} (name a {what})"
        return None, (Problem(found.where, text),)
    return partner, problems


def _names_another(
    file: Path, found: Case | Source, other: Path, partner: Case | Source | None
) -> Problems:
    """A report of one patient that another's case claims as its own, or the reverse."""
    for back in _counterpart(other, partner):
        if back != file.resolve():
            what = "report" if isinstance(found, Case) else "case"
            text = f"the {what} it names, {other.name!r}, names {back.name!r} in turn (pair them)"
            return (Problem(found.where, text),)
    return ()


def _with_reading(dossier: Dossier, given: Mapping[str, str]) -> tuple[Dossier | None, Problems]:
    if dossier.case is None:
        return dossier, ()
    settings = Settings.of({**dossier.case.settings.changed, **given})
    reading, problems = read(dossier.case, settings)
    return (None if problems else attrs.evolve(dossier, reading=reading)), problems


def _shortest(path: Path) -> Path:
    """The path as a person would write it from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
