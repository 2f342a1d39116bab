"""What an audit rule is: a row that states what it checks, with the function that checks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, Protocol, TypeVar

import attrs

from timeline.auditing.comparison.possible_values import possible_text
from timeline.auditing.verdict import Verdict
from timeline.endpoints.derived_case import DerivedCase
from timeline.report.claims import Claim, Report

T = TypeVar("T")


class Severity(StrEnum):
    """How serious a contradiction by a rule is."""

    ERROR = "error"  # certain under the definitions stated
    WARNING = "warning"  # possible only at an extreme, or a definition is unclear
    NOTE = "note"


class Concern(StrEnum):
    """What a finding is about, in the order in which an editor checks it."""

    RESULT = "results"  # endpoints, responses and counts of this report
    DATE = "dates and doses"
    CONSISTENCY = "consistency"  # the report against itself
    CITED = "cited studies"
    FORM = "form"  # rounding, wording, capital letters, labels of panels


class StudyPatients(Protocol):
    """The patients of a study, which give the numbers that its report prints."""

    def verdict(self, claim: Claim) -> Verdict | None:
        """The verdict on one printed number; None where the patients do not give such a one."""


@attrs.frozen(kw_only=True)
class Evidence:
    """What a check may use: a report, the derived case of its patient, and earlier verdicts."""

    report: Report
    derived: DerivedCase | None = None  # None where no single patient is encoded
    other_reports: tuple[Report, ...] = ()  # those that are opened with it
    study: StudyPatients | None = None  # None where its patients are not at hand
    verdicts: tuple[Verdict, ...] = ()  # those of the rules that the rule at work uses
    _worked_out: dict[Any, Any] = attrs.field(factory=dict, eq=False, repr=False)

    @property
    def own(self) -> tuple[Claim, ...]:
        """The claims about the report's own patients, without those about a cited study.

        Claims that print an impossible value are left out; rule K50 reports them.
        """
        return self.once(_own_claims)

    @property
    def patients(self) -> tuple[Claim, ...]:
        """The claims about the single patient, not about a group; empty without a case."""
        return self.once(_patients)

    def verdicts_of(self, *rules: str) -> tuple[Verdict, ...]:
        """The verdicts of some rules, by their ids; a check names these rules in ``uses``."""
        return tuple(each for each in self.verdicts if each.rule in rules) if rules else ()

    def once(self, work: Callable[[Evidence], T], *rules: str) -> T:
        """The result of a function of the evidence, computed once for all rules that need it.

        Args:
            work: the function.
            rules: the ids of the rules whose verdicts it uses; it is computed again where these
                verdicts differ.
        """
        rests_on = (self.report, self.derived, *self.verdicts_of(*rules))
        key = (work, *map(id, rests_on))
        if key not in self._worked_out:  # what it rests on is kept, or an id could come back
            self._worked_out[key] = (rests_on, work(self))
        found: T = self._worked_out[key][1]
        return found


def _own_claims(evidence: Evidence) -> tuple[Claim, ...]:
    return tuple(
        claim for claim in evidence.report.claims if not claim.study and possible_text(claim)
    )


def _patients(evidence: Evidence) -> tuple[Claim, ...]:
    of_one_patient = (each for each in evidence.own if not (each.group or each.n))
    return tuple(of_one_patient) if evidence.derived is not None else ()


@attrs.frozen(kw_only=True)
class Rule:
    """A row of the audit: what is checked, by which formula, from which source, and two examples.

    Checks yield verdicts without the id of the rule; the audit adds it.
    """

    id: str
    checks: str
    formula: str
    severity: Severity
    source: str
    example_fail: str  # an example that the rule contradicts
    example_ok: str  # and one that it lets pass
    check: Callable[[Evidence], Iterable[Verdict]]
    text_severity: Severity | None = None  # the severity for words, where lower than for figures
    yields: bool = False  # its agreement counts only where no other rule judges the claim
    vague: bool = False  # "possible" results from imprecise dates alone, and is no finding
    supersedes: tuple[str, ...] = ()  # rules whose verdict on a claim gives way to its own
    uses: tuple[str, ...] = ()  # rules whose verdicts the check reads; they run before it
    reads_all: bool = False  # it reads the verdicts of every rule that does not read all itself
    repeats: bool = False  # it only compares printed values of one figure with each other
    reproduces: bool = False  # agreement means that the figure was recomputed; otherwise consistent
    between_reports: bool = False  # it compares reports that are opened together
    joint: bool = False  # it judges several figures at once: a finding on one of them leads
    concern: Concern | None = None  # None: by the kind of the claim, see concerns.py

    @property
    def severity_words(self) -> str:
        """How serious a contradiction is: ``error``, or ``error, warning of words``."""
        more = f", {self.text_severity} of words" if self.text_severity else ""
        return f"{self.severity}{more}"


def check_each(
    kinds: Iterable[str], judge: Callable[[Claim, DerivedCase], Verdict | None]
) -> Callable[[Evidence], Iterator[Verdict]]:
    """A check of every claim of some kinds by itself, against the derived case of the patient.

    A figure of a group is none of the patient: nothing of the case can contradict it.

    Args:
        kinds: the kinds of claim that are checked.
        judge: gives the verdict on one claim; None where the rule does not apply to it.

    """
    known_kinds = frozenset(kinds)

    def check(evidence: Evidence) -> Iterator[Verdict]:
        if evidence.derived is not None:
            for claim in evidence.patients:
                verdict = judge(claim, evidence.derived) if claim.kind in known_kinds else None
                if verdict is not None:
                    yield verdict

    return check
