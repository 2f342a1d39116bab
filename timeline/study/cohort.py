"""A cohort: the patients of a study, the line of therapy that is studied, and its populations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from timeline.core.problem import InvalidFile, near
from timeline.endpoints.derived_case import DerivedCase, derive_all
from timeline.files.folders import ENDINGS, case_files_in, where_cases_are
from timeline.record.case import Case
from timeline.record.lines import Line
from timeline.settings.response import SETTINGS, Settings
from timeline.settings.study import STUDY_SETTINGS, StudySettings
from timeline.study.member import Member, TablePatient
from timeline.terminology.criteria import PRIMARY, TERMS

if TYPE_CHECKING:
    from timeline.study.summary import StudySummary

NE = "NE"
NOT_ASSESSED = "not assessed"  # by this criterion
_ADAM = ("adsl", "adrs", "adtte", "adtr", "adae")


@attrs.frozen(kw_only=True)
class SumChange:
    """The change of the sum of target lesions from baseline.

    Attributes:
        subject: the identifier of the subject.
        weeks: from the start of treatment; None where there is none.
        percent: the change.
    """

    subject: str
    weeks: float | None
    percent: float


@attrs.frozen
class Population:
    """A population: whom a denominator counts."""

    name: str
    title: str
    description: str
    holds: Callable[[Cohort, Member], bool] = attrs.field(repr=False, eq=False)


@attrs.frozen(kw_only=True, slots=False)
class Cohort:
    """The patients of a study.

    Attributes:
        cases: the patients, each with what the rules derive of it; none of a cohort of tables.
        name: of the study.
        line: the number of the line of therapy that is studied.
        criterion: the title of the response criterion.
        settings: the conventions of the analysis.
        left_out: what the source holds and the cohort does not, in sentences.
        tables: the subjects of tables; none of a cohort of cases.
        changes: of tables, the change of the sum of each subject at each time in percent.
        lacks: the analyses that tables do not hold the values of, by name.
        source: where the responses and the times are from, as the methods state it.
        adverse_rule: of tables, how adverse events are counted; empty where they hold none.

    >>> import timeline as tl
    >>> tl.Cohort.of(["cases/wang2023.yaml", "cases/jin2025.yaml"])
    <Cohort study: 2 patients, line 1, RECIST 1.1>
    """

    cases: tuple[DerivedCase, ...] = attrs.field(repr=False)
    name: str = "study"
    line: int = 1
    criterion: str = PRIMARY.title
    settings: StudySettings = StudySettings()
    left_out: tuple[str, ...] = ()
    tables: tuple[TablePatient, ...] = attrs.field(default=(), repr=False)
    changes: tuple[SumChange, ...] = attrs.field(default=(), repr=False)
    lacks: frozenset[str] = frozenset()
    source: str = ""
    adverse_rule: str = ""

    def __repr__(self) -> str:
        count = len(self.patients)
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
        settings: Mapping[str, Any] | None = None,
    ) -> Cohort:
        """A cohort of cases, of case files, or of a folder.

        Args:
            cases: cases, derived cases, paths of case files, or one folder: of case files, of SDTM
                datasets (DM with any of EX, DS, CM, AE, TU, TR, RS), or of ADaM datasets (ADSL
                with ADRS and ADTTE, and perhaps ADTR and ADAE). Cases are derived under their own
                settings.
            name: of the study.
            line: the number of the line of therapy that is studied; of ADaM the one it is of.
            criterion: the title of a response criterion: ``RECIST 1.1``, ``iRECIST``.
            settings: the conventions of the analysis by name (`StudySettings`), such as
                ``{"landmark_weeks": 8}``; of cases also the settings of their derivation, which
                take the place of their own.

        Returns:
            The cohort.

        Raises:
            InvalidFile: files have problems; all are listed.
            ValueError: there is no patient, two have one name, or the criterion or a setting is
                unknown.
            TypeError: something is no case.
        """
        if criterion not in TERMS:
            raise ValueError(f"unknown criterion: {criterion!r} ({near(criterion, TERMS)})")
        conventions, derivation = split_settings(settings or {})
        left_out: tuple[str, ...] = ()
        if isinstance(cases, Path | str):
            if _is_adam(Path(cases)):
                from timeline.study.from_tables import adam_cohort

                _refuse_derivation(derivation)
                return adam_cohort(Path(cases), cls, name, line, criterion, conventions)
            cases, left_out = _of_folder(Path(cases))
        derived = _derived(tuple(cases), derivation)
        names = [each.case.name for each in derived]
        if not names:
            raise ValueError("there is no patient (give cases, case files or a folder of them)")
        twice = sorted({each for each in names if names.count(each) > 1})
        if twice:
            raise ValueError(f"two patients are named {twice[0]!r} (rename one)")
        return cls(cases=derived, name=name, line=line, criterion=criterion,
                   settings=conventions, left_out=left_out)  # fmt: skip

    @classmethod
    def of_tables(
        cls,
        responses: Any,
        *,
        subjects: Any,
        lesions: Any = None,
        adverse_events: Any = None,
        name: str = "study",
        criterion: str = PRIMARY.title,
        evaluator: str | None = None,
        settings: Mapping[str, Any] | str | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> Cohort:
        """A cohort of the long tables of a trial, which `timeline.trial.derive` derives.

        Args:
            responses: overall responses, one row an assessment.
            subjects: one row a subject, as ADSL has them; SEX, AGE and TRT01P (or ARM) are read
                where they are there. A subject is treated who has a first dose (TRTSDT).
            lesions: measurements of target lesions; None: no waterfall plot.
            adverse_events: one row an event, as ADAE has them (AEDECOD, ATOXGR or AETOXGR,
                TRTEMFL); None: no table of adverse events.
            name: of the study.
            criterion: the title of a response criterion.
            evaluator: the evaluator whose rows count, where the table has several.
            settings: the conventions of the analysis, those of the derivation, and ``preset``.
            columns: names of columns by role, as `timeline.trial.derive` takes them.

        Returns:
            The cohort.

        Raises:
            InvalidTables: the tables have faults; all are listed.
            ValueError: there is no subject, or the criterion or a setting is unknown.
        """
        from timeline.study.from_tables import trial_cohort

        return trial_cohort(cls, responses, subjects, lesions, adverse_events, name, criterion,
                            evaluator, settings, columns)  # fmt: skip

    def summary(
        self,
        *,
        by: str | Sequence[str] = (),
        at: Sequence[float] | None = None,
        compare: str = "",
        reference: str = "",
        strata: str = "",
        progress: Callable[[str], None] | None = None,
    ) -> StudySummary:
        """The numbers of the study, as `timeline.study.summarise` gives them.

        Args:
            by: baseline variables whose groups rates and times are given of as well.
            at: the months at which rates of times are given; by default 6, 12 and 24.
            compare: a baseline variable with two groups, whose hazards are compared.
            reference: the group that the other one is compared with; the first by name if left
                out.
            strata: a baseline variable that the hazard ratios are stratified by.
            progress: is called with the title of each part as it begins.
        """
        from timeline.study.summary import summarise

        return summarise(
            self,
            by=by,
            at=at,
            compare=compare,
            reference=reference,
            strata=strata,
            progress=progress,
        )

    @property
    def patients(self) -> tuple[Member, ...]:
        """All patients, of cases or of tables."""
        return (*self.cases, *self.tables)

    def members(self, population: str) -> tuple[Member, ...]:
        """The patients of a population, a name of ``POPULATIONS``."""
        return self._members[population]

    @cached_property
    def _members(self) -> dict[str, tuple[Member, ...]]:
        return {
            name: tuple(each for each in self.patients if row.holds(self, each))
            for name, row in POPULATIONS.items()
        }

    def line_of(self, derived: DerivedCase) -> Line | None:
        """The line that is studied, of one patient; None where it was not begun on record."""
        found = derived.case.line(self.line)
        return None if found is None or found.start.planned else found

    def is_treated(self, member: Member) -> bool:
        """Whether a patient began the line that is studied."""
        if isinstance(member, TablePatient):
            return member.is_treated
        return self.line_of(member) is not None

    def best(self, derived: Member, *, confirmed: bool = False) -> frozenset[str]:
        """The best overall responses that the record of a patient allows, of the line studied.

        A patient of whom no assessment is on record is not evaluable (RECIST 1.1, section 4.4).
        """
        if isinstance(derived, TablePatient):
            return frozenset({derived.values.get("CBOR" if confirmed else "BOR") or NE})
        if self.criterion not in derived.criteria.get(self.line, (self.criterion,)):
            return frozenset({NOT_ASSESSED})
        for each in derived.best:
            if (each.line, each.criterion) == (self.line, self.criterion):
                return frozenset((each.confirmed if confirmed else each.labels) or (NE,))
        return frozenset({NE})


def _is_evaluable(cohort: Cohort, derived: Member) -> bool:
    best = cohort.best(derived)
    return cohort.is_treated(derived) and not best & {NE, NOT_ASSESSED}


def split_settings(
    settings: Mapping[str, Any], derivation: Collection[str] = SETTINGS
) -> tuple[StudySettings, dict[str, Any]]:
    """The conventions of the analysis, and the settings of the derivation.

    Args:
        settings: both, by name.
        derivation: the names of the settings of the derivation.

    Raises:
        ValueError: a setting is unknown, or has a wrong value.
    """
    known = (*STUDY_SETTINGS, *derivation)
    for each in settings:
        if each not in known:
            raise ValueError(f"unknown setting {each!r} ({near(str(each), known)})")
    own = {name: value for name, value in settings.items() if name in STUDY_SETTINGS}
    others = {name: value for name, value in settings.items() if name not in STUDY_SETTINGS}
    return StudySettings.of(own), others


def _refuse_derivation(settings: Mapping[str, Any]) -> None:
    if settings:
        raise ValueError(
            f"setting {next(iter(settings))}: ADaM datasets are derived already (leave it out, or "
            "name the folder of SDTM datasets)"
        )


POPULATIONS = {
    row.name: row
    for row in (
        Population("all", "All patients", "every patient on record", lambda *_: True),
        Population(
            "treated",
            "Treated",
            "patients who began the line that is studied",
            lambda cohort, each: cohort.is_treated(each),
        ),
        Population(
            "evaluable",
            "Evaluable",
            "treated patients whose best overall response is surely other than not evaluable",
            _is_evaluable,
        ),
    )
}


def _derived(cases: Sequence[Any], settings: Mapping[str, Any]) -> tuple[DerivedCase, ...]:
    """Cases and files as derived cases, in their order; all of them are derived together.

    ``settings``: those that take the place of the settings of the cases.
    """
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
            found.append(each.case if settings and isinstance(each, DerivedCase) else each)
        else:
            raise TypeError(
                f"a cohort is of cases (got {type(each).__name__}; load_case(path) returns one)"
            )
    if problems:
        raise InvalidFile(problems)
    waiting = [each for each in found if isinstance(each, Case)]
    answers = iter(derive_all(
        [(each, Settings.of({**each.settings.changed, **settings}) if settings else each.settings)
         for each in waiting]
    ))  # fmt: skip
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
    if files := case_files_in(folder):
        return files, ()
    if any(each.stem.lower() == "dm" for each in folder.iterdir()):
        return _of_sdtm(folder)
    inner = [each.name for each in sorted(folder.iterdir()) if each.is_dir() and _holds_study(each)]
    if inner:
        named = " or ".join(str(folder / each) for each in inner)
        raise InvalidFile([f"{folder}: its patients are in a folder inside it (name {named})"])
    advice = where_cases_are(folder) or "name a folder of .yaml files, of SDTM or of ADaM"
    raise InvalidFile(
        [f"{folder}: has no case file, and neither a DM nor an ADSL dataset ({advice})"]
    )


def _holds_study(folder: Path) -> bool:
    """Whether a folder holds case files or datasets, as `Cohort.of` takes it."""
    files = [each for each in folder.iterdir() if each.is_file()]
    return any(each.suffix.lower() in ENDINGS or each.stem.lower() in ("dm", "adsl")
               for each in files)  # fmt: skip


def _is_adam(folder: Path) -> bool:
    """Whether a folder holds ADSL, and neither case files nor SDTM."""
    if not folder.is_dir():
        return False
    files = [each for each in folder.iterdir() if each.is_file()]
    stems = {each.stem.lower() for each in files}
    return "adsl" in stems and "dm" not in stems and not case_files_in(folder)


def _of_sdtm(folder: Path) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    from timeline.cdisc.cases import LEFT_OVER, import_cases
    from timeline.cdisc.formats import read_files
    from timeline.cdisc.metadata import SDTM_DATASETS
    from timeline.exchange.entries.left_over import read_left_over
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
    adam = sorted(path.name for path in folder.iterdir() if path.stem.lower() in _ADAM)
    if adam:
        left_out += (f"{', '.join(adam)}: SDTM is read, not ADaM of the same folder",)
    return tuple(cases), left_out
