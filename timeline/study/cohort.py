"""A cohort: the patients of a study, the line of therapy that is studied, and its populations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from timeline.core.problem import InvalidFile, near
from timeline.endpoints.derived_case import DerivedCase, derive_all
from timeline.record.case import Case
from timeline.record.lines import Line
from timeline.terminology.criteria import PRIMARY, TERMS

if TYPE_CHECKING:
    from timeline.study.summary import StudySummary

NE = "NE"
NOT_ASSESSED = "not assessed"  # by this criterion
_YAML = (".yaml", ".yml")


@attrs.frozen
class Population:
    """A population: whom a denominator counts."""

    name: str
    title: str
    description: str
    holds: Callable[[Cohort, DerivedCase], bool] = attrs.field(repr=False, eq=False)


@attrs.frozen(kw_only=True, slots=False)
class Cohort:
    """The patients of a study.

    Attributes:
        cases: the patients, each with what the rules derive of it.
        name: of the study.
        line: the number of the line of therapy that is studied.
        criterion: the title of the response criterion.
        left_out: what the source holds and the cohort does not, in sentences.

    >>> import timeline as tl
    >>> tl.Cohort.of(["cases/wang2023.yaml", "cases/jin2025.yaml"])
    <Cohort study: 2 patients, line 1, RECIST 1.1>
    """

    cases: tuple[DerivedCase, ...] = attrs.field(repr=False)
    name: str = "study"
    line: int = 1
    criterion: str = PRIMARY.title
    left_out: tuple[str, ...] = ()

    def __repr__(self) -> str:
        count = len(self.cases)
        patients = f"{count} patient{'' if count == 1 else 's'}"
        return f"<Cohort {self.name}: {patients}, line {self.line}, {self.criterion}>"

    @classmethod
    def of(
        cls,
        cases: Path | str | Iterable[Case | DerivedCase | Path | str],
        *,
        name: str = "study",
        line: int = 1,
        criterion: str = PRIMARY.title,
    ) -> Cohort:
        """A cohort of cases, of case files, or of a folder.

        Args:
            cases: cases, derived cases, paths of case files, or one folder: of case files, or of
                SDTM datasets (DM with any of EX, DS, CM, AE, TU, TR, RS). Cases are derived under
                their own settings.
            name: of the study.
            line: the number of the line of therapy that is studied.
            criterion: the title of a response criterion: ``RECIST 1.1``, ``iRECIST``.

        Returns:
            The cohort.

        Raises:
            InvalidFile: files have problems; all are listed.
            ValueError: there is no patient, two have one name, or the criterion is unknown.
            TypeError: something is no case.
        """
        if criterion not in TERMS:
            raise ValueError(f"unknown criterion: {criterion!r} ({near(criterion, TERMS)})")
        left_out: tuple[str, ...] = ()
        if isinstance(cases, Path | str):
            cases, left_out = _of_folder(Path(cases))
        derived = _derived(tuple(cases))
        names = [each.case.name for each in derived]
        if not names:
            raise ValueError("there is no patient (give cases, case files or a folder of them)")
        twice = sorted({each for each in names if names.count(each) > 1})
        if twice:
            raise ValueError(f"two patients are named {twice[0]!r} (rename one)")
        return cls(cases=derived, name=name, line=line, criterion=criterion, left_out=left_out)

    def summary(
        self,
        *,
        by: str = "",
        at: Sequence[float] | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> StudySummary:
        """The numbers of the study, as `timeline.study.summarise` gives them.

        Args:
            by: a baseline variable whose groups rates and times are given of as well.
            at: the months at which rates of times are given; by default 6, 12 and 24.
            progress: is called with the title of each part as it begins.
        """
        from timeline.study.summary import summarise

        return summarise(self, by=by, at=at, progress=progress)

    def members(self, population: str) -> tuple[DerivedCase, ...]:
        """The patients of a population, a name of ``POPULATIONS``."""
        return self._members[population]

    @cached_property
    def _members(self) -> dict[str, tuple[DerivedCase, ...]]:
        return {
            name: tuple(each for each in self.cases if row.holds(self, each))
            for name, row in POPULATIONS.items()
        }

    def line_of(self, derived: DerivedCase) -> Line | None:
        """The line that is studied, of one patient; None where it was not begun on record."""
        found = derived.case.line(self.line)
        return None if found is None or found.start.planned else found

    def best(self, derived: DerivedCase, *, confirmed: bool = False) -> frozenset[str]:
        """The best overall responses that the record of a patient allows, of the line studied.

        A patient of whom no assessment is on record is not evaluable (RECIST 1.1, section 4.4).
        """
        if self.criterion not in derived.criteria.get(self.line, (self.criterion,)):
            return frozenset({NOT_ASSESSED})
        for each in derived.best:
            if (each.line, each.criterion) == (self.line, self.criterion):
                return frozenset((each.confirmed if confirmed else each.labels) or (NE,))
        return frozenset({NE})


def _is_evaluable(cohort: Cohort, derived: DerivedCase) -> bool:
    best = cohort.best(derived)
    return cohort.line_of(derived) is not None and not best & {NE, NOT_ASSESSED}


POPULATIONS = {
    row.name: row
    for row in (
        Population("all", "All patients", "every patient on record", lambda *_: True),
        Population(
            "treated",
            "Treated",
            "patients who began the line that is studied",
            lambda cohort, each: cohort.line_of(each) is not None,
        ),
        Population(
            "evaluable",
            "Evaluable",
            "treated patients whose best overall response is surely other than not evaluable",
            _is_evaluable,
        ),
    )
}


def _derived(cases: Sequence[Any]) -> tuple[DerivedCase, ...]:
    """Cases and files as derived cases, in their order; all of them are derived together."""
    from timeline.files.loader import load

    problems: list[Any] = []
    found: list[DerivedCase | Case] = []
    for each in cases:
        if isinstance(each, Path | str):
            content, faults = load(each)
            problems += faults
            if content is not None and not isinstance(content, Case):
                problems.append(f"{each}: is a report, not a case (name case files)")
            if isinstance(content, Case):
                found.append(content)
        elif isinstance(each, Case | DerivedCase):
            found.append(each)
        else:
            raise TypeError(
                f"a cohort is of cases (got {type(each).__name__}; load_case(path) returns one)"
            )
    if problems:
        raise InvalidFile(problems)
    waiting = [each for each in found if isinstance(each, Case)]
    answers = iter(derive_all([(each, each.settings) for each in waiting]))
    derived: list[DerivedCase] = []
    for each in found:
        if isinstance(each, DerivedCase):
            derived.append(each)
            continue
        one, faults = next(answers)
        problems += faults
        if one is not None:
            derived.append(one)
    if problems:
        raise InvalidFile(problems)
    return tuple(derived)


def _of_folder(folder: Path) -> tuple[tuple[Case | Path, ...], tuple[str, ...]]:
    """The cases of a folder of case files or of SDTM datasets; and what they do not hold."""
    if not folder.is_dir():
        if folder.is_file():
            return (folder,), ()
        raise InvalidFile([f"{folder}: there is no such folder (name a folder of case files)"])
    files = sorted(each for each in folder.iterdir()
                   if each.suffix.lower() in _YAML and each.is_file()
                   and each.stem != "palette")  # fmt: skip
    if files:
        return tuple(files), ()
    if any(each.stem.lower() == "dm" for each in folder.iterdir()):
        return _of_sdtm(folder)
    raise InvalidFile(
        [f"{folder}: has no case file and no DM dataset (name a folder of .yaml files, or of SDTM)"]
    )


def _of_sdtm(folder: Path) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    from timeline.cdisc.cases import LEFT_OVER, import_cases
    from timeline.cdisc.cases.left_over import read_left_over
    from timeline.cdisc.formats import read_files
    from timeline.cdisc.metadata import SDTM_DATASETS
    from timeline.files.loader import text_contents

    datasets, problems = read_files(folder, SDTM_DATASETS)
    left_over, faults = read_left_over(folder / LEFT_OVER)
    if problems or faults:
        raise InvalidFile([*problems, *faults])
    found, problems = import_cases(datasets, left_over)
    if found is None:
        raise InvalidFile(problems)
    cases: list[Case] = []
    for name, text in found.texts.items():
        contents, faults = text_contents(text, folder / f"{name}.yaml")
        problems = (*problems, *faults)
        if contents.case is not None:
            cases.append(contents.case)
    if problems:
        raise InvalidFile(problems)
    left_out = tuple(
        f"{each.dataset} {each.variable or 'records'}: {each.records:,}: {each.reason}"
        for each in found.not_read
    )
    return tuple(cases), left_out
