"""What an audit rule is: a row that states what it checks, with the function that checks it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, TypeVar

import attrs

from timeline.auditing.possible_values import possible_text
from timeline.auditing.verdict import Verdict
from timeline.endpoints.derived_case import DerivedCase
from timeline.report.claims import Claim, Report

T = TypeVar("T")


class Severity(StrEnum):
    """How much a contradiction by a rule says."""

    ERROR = "error"  # certain under the definitions stated
    WARNING = "warning"  # possible only at an extreme, or a definition is unclear
    NOTE = "note"


@attrs.frozen(kw_only=True)
class Evidence:
    """A report, the reading of its patient where it describes one, and what was judged so far."""

    source: Report
    reading: DerivedCase | None = None
    beside: tuple[Report, ...] = ()  # the other reports that are opened with it
    verdicts: tuple[Verdict, ...] = ()  # those of the rules that the rule at work uses
    _worked_out: dict[Any, Any] = attrs.field(factory=dict, eq=False, repr=False)

    @property
    def own(self) -> tuple[Claim, ...]:
        """The claims about the report's own patients; a cited study is no evidence of them.

        Those that print what no such figure can be are left to the rule that says so (K50).
        """
        return self.once(_own)

    @property
    def patients(self) -> tuple[Claim, ...]:
        """The claims about the one patient: no group, no cited study; none without a case."""
        return self.once(_patients)

    def given_by(self, *rules: str) -> tuple[Verdict, ...]:
        """The verdicts of some rules, by their ids; a check names these rules in ``uses``."""
        return tuple(each for each in self.verdicts if each.rule in rules) if rules else ()

    def once(self, work: Callable[[Evidence], T], *rules: str) -> T:
        """What several rules need alike of the same report, worked out by the first of them.

        ``rules``: those whose verdicts it depends on; where they differ it is worked out again.
        """
        rests_on = (self.source, self.reading, *self.given_by(*rules))
        key = (work, *map(id, rests_on))
        if key not in self._worked_out:  # what it rests on is kept, or an id could come back
            self._worked_out[key] = (rests_on, work(self))
        found: T = self._worked_out[key][1]
        return found


def _own(evidence: Evidence) -> tuple[Claim, ...]:
    return tuple(
        claim for claim in evidence.source.claims if not claim.study and possible_text(claim)
    )


def _patients(evidence: Evidence) -> tuple[Claim, ...]:
    alone = (each for each in evidence.own if not (each.group or each.n))
    return tuple(alone) if evidence.reading is not None else ()


@attrs.frozen(kw_only=True)
class Rule:
    """One row: what is checked and by which formula, where that is from, and two examples."""

    id: str
    checks: str
    formula: str
    severity: Severity
    source: str
    example_fail: str  # an example that the rule contradicts
    example_ok: str  # and one that it lets pass
    check: Callable[[Evidence], Iterable[Verdict]]
    text_severity: Severity | None = None  # how much it says of words, where less than of figures
    yields: bool = False  # its agreement counts only where no other rule speaks of the claim
    vague: bool = False  # "possible" is what vague dates and words give every day, no finding
    supersedes: tuple[str, ...] = ()  # rules whose verdict on a claim gives way to its own
    uses: tuple[str, ...] = ()  # rules whose verdicts the check reads; they run before it
    reads_all: bool = False  # it reads the verdicts of every rule that does not read all itself
    repeats: bool = False  # it only holds the prints of one figure against each other
    reproduces: bool = False  # its agreement recomputes the print; else nothing speaks against it


def check_each(
    kinds: Iterable[str], judge: Callable[[Claim, DerivedCase], Verdict | None]
) -> Callable[[Evidence], Iterator[Verdict]]:
    """A check of every claim of some kinds by itself, against the derived case of the patient.

    Args:
        kinds: the kinds of claim that are checked.
        judge: gives the verdict on one claim; None where the rule does not apply to it.

    """
    wanted = frozenset(kinds)

    def check(evidence: Evidence) -> Iterator[Verdict]:
        if evidence.reading is not None:
            for claim in evidence.own:
                verdict = judge(claim, evidence.reading) if claim.kind in wanted else None
                if verdict is not None:
                    yield verdict

    return check
