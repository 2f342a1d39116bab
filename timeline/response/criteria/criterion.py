"""What a response criterion is: its words, thresholds, tables and state machine, as one value.

A criterion judges one scan of all patients in three steps. ``classify`` measures the scan and
looks it up in the published tables; the machine moves each patient from state to state and gives
the label; ``update`` remembers what later scans need. Arrays have one element for each patient.
`ScanStep` holds what the first two steps give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.quantities import NM_PER_MM
from timeline.core.state_machine import Column, DecisionTable, Machine, TableRow, code_of
from timeline.response.lesion_rules import RECIST11_RULES, LesionRules
from timeline.response.scans import UNREACHED_LENGTH
from timeline.settings.response import Settings
from timeline.terminology.criteria import CriterionTerms
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Response, Target

Array = npt.NDArray[Any]


@attrs.frozen(kw_only=True)
class Thresholds:
    """The numbers of a criterion. Every comparison includes its bound, but where it says not.

    Sums are whole millionths of the unit of the measure (nanometres, of areas of a mm²).
    Percentages are compared in whole numbers, so no rounding decides.
    """

    response_percent: int  # decrease from baseline
    progression_percent: int  # increase from the nadir, the smallest sum so far
    progression_least: int | Fraction  # and at least this increase, in the unit of the measure
    response_least: int | Fraction | None = None  # and at least this decrease
    response_beyond: bool = False  # a decrease must be more than its percentage
    progression_beyond: bool = False  # an increase must be more than its percentage
    early_percent: int | None = None  # decrease that is enough after the first cycle
    further_mm: int | None = None  # increase from the first iUPD that confirms it
    source: str
    basis: str = ""  # one of `timeline.core.state_machine.BASES`

    def is_response(self, now: Array, baseline: Array) -> Array:
        """Whether a sum has decreased enough from baseline for a partial response."""
        share, limit = 100 * now, (100 - self.response_percent) * baseline
        shrunk = share < limit if self.response_beyond else share <= limit
        if self.response_least:
            shrunk = shrunk & (baseline - now >= _counted(self.response_least))
        return shrunk

    def is_early_response(self, now: Array, baseline: Array) -> Array:
        """The same of a sum that was measured after the first cycle."""
        if self.early_percent is None:
            return self.is_response(now, baseline)
        return 100 * now <= (100 - self.early_percent) * baseline

    def is_progression(self, now: Array, nadir: Array, too_short: Array | bool = False) -> Array:
        """Whether a sum has increased enough from the nadir; from a nadir of 0 by length alone.

        Args:
            now: Sums of this scan.
            nadir: Sums to compare with.
            too_short: The increase is below ``progression_least`` whatever the sums are; for sums
                whose unit is not known.
        """
        share, limit = 100 * now, (100 + self.progression_percent) * nadir
        in_percent = share > limit if self.progression_beyond else share >= limit
        least = max(_counted(self.progression_least), 1)  # an unchanged sum of 0 is no increase
        grown = in_percent & (now - nadir >= least)
        return grown & np.logical_not(too_short) if self.progression_least else grown

    def is_further_increase(
        self, now: Array, reference: Array, *, bound_excluded: bool = False
    ) -> Array:
        """Whether a sum has increased enough since an unconfirmed progression.

        Args:
            now: Sums of this scan.
            reference: Sums to compare with; -1 where unknown, which gives False.
            bound_excluded: An increase of exactly ``further_mm`` is not enough.
        """
        least = UNREACHED_LENGTH if self.further_mm is None else self.further_mm * NM_PER_MM
        return (reference >= 0) & (now - reference >= least + bound_excluded)


def _counted(size: int | Fraction) -> int:
    """A size in the unit of the measure as sums are counted: in its millionths."""
    return int(size * NM_PER_MM)


class ScanStep(SimpleNamespace):
    """What one scan comes to under a criterion; arrays of n patients.

    From the tables: ``target``, ``non_target`` and ``overall`` response as codes, ``target_row``
    (place in the target table), the sums ``total`` and ``partial`` in nanometres, and a code for
    each column that the machine reads. From the machine: ``row`` (place in its rows; -1 where the
    label is kept as reported), ``label``, ``state`` after the scan, ``opens``, ``warning``,
    ``pr_persists`` and ``dated``, as in `timeline.response.responses.Responses`.
    """

    def after(self, **changed: Any) -> ScanStep:
        """The step with some values added or replaced."""
        return ScanStep(**{**vars(self), **changed})


@attrs.frozen(kw_only=True)
class OverallTables:
    """The three published tables of the overall response, and one dense array of all of them.

    ``code`` gives the overall response by target response, non-target response and new lesion.
    """

    target_disease: DecisionTable  # columns: target, non-target, new
    non_target_only: DecisionTable  # columns: non-target, new
    no_disease: DecisionTable  # column: new
    code: Array = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        codes = code_of([each.name for each in Code])
        dense = np.zeros((len(Target), len(NonTarget), len(NewLesion)), dtype=np.int8)
        no_target = code_of(tuple(Target))[Target.NA]
        no_non_target = code_of(tuple(NonTarget))[NonTarget.NA]
        dense[:no_target] = self.target_disease.codes(lambda word: codes[word.name])
        dense[no_target, :no_non_target] = self.non_target_only.codes(lambda word: codes[word.name])
        dense[no_target, no_non_target] = self.no_disease.codes(lambda word: codes[word.name])
        object.__setattr__(self, "code", dense)

    def row_for(
        self, target: Target, non_target: NonTarget, new: NewLesion
    ) -> tuple[DecisionTable, TableRow]:
        """The table that applies, and its row for one combination."""
        if target is not Target.NA:
            return self.target_disease, self.target_disease.which(target, non_target, new)
        if non_target is not NonTarget.NA:
            return self.non_target_only, self.non_target_only.which(non_target, new)
        return self.no_disease, self.no_disease.which(new)


# the first column of a gate: the labels that the overall tables give
LABEL = Column("label", tuple(Response)[Code.CR : Code.NE + 1])


@attrs.frozen(kw_only=True)
class Criterion:
    """A response criterion: its words, one file of tables, and the functions that measure for them.

    ``begin(scans)`` gives the registers before the first scan;
    ``classify(registers, scan, criterion, settings)`` gives a `ScanStep` with a code for each
    column of the machine; ``update(registers, scan, step)`` changes the registers in place after
    the machine has moved.
    """

    terms: CriterionTerms
    source: str
    thresholds: Thresholds
    lesions: LesionRules = attrs.field(default=RECIST11_RULES, repr=False)
    # the thresholds where a setting answers one of them
    limits_under: Callable[[Thresholds, Any], Thresholds] | None = attrs.field(
        default=None, repr=False
    )
    # the lesion rules where a setting answers one of them
    rules_under: Callable[[LesionRules, Any], LesionRules] = attrs.field(
        default=lambda rules, _: rules, repr=False
    )
    # settings that the publication itself answers: they hold whatever the user sets
    answers: Mapping[str, Any] = attrs.field(factory=dict, repr=False, hash=False)
    target: DecisionTable = attrs.field(repr=False)
    overall: OverallTables = attrs.field(repr=False)
    machine: Machine = attrs.field(repr=False)
    # what makes another label of the overall response: its columns are the label and signs
    gate: DecisionTable | None = attrs.field(default=None, repr=False)
    begin: Callable[..., Any] = attrs.field(repr=False)
    classify: Callable[..., Any] = attrs.field(repr=False)
    update: Callable[..., None] = attrs.field(repr=False)
    # whether a response after progression may be the best response, by the settings
    best_after_pd: Callable[[Any], bool] = attrs.field(default=lambda _: False, repr=False)
    # whether sums of target lesions alone decide the target response: without densities, and
    # without sizes of new lesions that are added to the sum
    decided_by_sums: bool = True
    target_code: Array = attrs.field(init=False, repr=False, eq=False)  # response by target row
    gate_code: Array = attrs.field(init=False, repr=False, eq=False)  # by label, then signs

    def __attrs_post_init__(self) -> None:
        gated = np.zeros(0, dtype=np.int8)
        if self.gate is not None:
            names = code_of([each.name for each in Code])
            gated = self.gate.codes(lambda word: names[word.name])
        object.__setattr__(self, "gate_code", gated)
        targets = code_of(tuple(Target))
        codes = np.array([targets[row.result] for row in self.target.rows], dtype=np.int8)
        object.__setattr__(self, "target_code", codes)

    @property
    def key(self) -> str:
        """Its name in file names and on the command line: ``irecist``."""
        return self.terms.key

    @property
    def title(self) -> str:
        """Its name in print: ``iRECIST``."""
        return self.terms.title

    @property
    def words(self) -> tuple[str, ...]:
        """The word of each `Code`, by its number."""
        return self.terms.words

    @property
    def confirms(self) -> bool:
        """Whether a progression needs a later scan to confirm it."""
        return self.terms.confirms

    @property
    def bases(self) -> Iterator[tuple[str, str]]:
        """How far each rule was read: its name, and one of `timeline.core.state_machine.BASES`."""
        yield "thresholds", self.thresholds.basis
        yield "lesions", self.lesions.basis
        overall = self.overall
        for table in (self.target, overall.target_disease, overall.non_target_only,
                      overall.no_disease):  # fmt: skip
            yield from ((row.id, row.basis) for row in table.rows)
        if self.gate is not None:
            yield from ((row.id, row.basis) for row in self.gate.rows)
        yield from ((row.name, row.basis) for row in self.lesions.signs)
        yield from ((rule.id, rule.basis) for rule in self.machine.rules)

    def limits(self, settings: Settings) -> Thresholds:
        """The thresholds under some settings."""
        if self.limits_under is None:
            return self.thresholds
        return self.limits_under(self.thresholds, settings)

    def lesion_rules(self, settings: Settings) -> LesionRules:
        """How lesions are measured under some settings."""
        return self.rules_under(self.lesions, settings)

    def answered(self, settings: Settings) -> Settings:
        """The settings with what the publication itself answers in place of the user's choice."""
        return _answered(settings, tuple(self.answers.items())) if self.answers else settings

    def __str__(self) -> str:
        return self.title

    def code(self, word: str) -> int:
        """The code of a printed response.

        Raises:
            ValueError: The criterion has no such word; the message lists those that it has.
        """
        if word in self.words:
            return self.words.index(word)
        known = ", ".join(self.words)
        raise ValueError(f"not a response by {self.title}: {word!r} (known: {known})")


@lru_cache(maxsize=256)
def _answered(settings: Settings, answers: tuple[tuple[str, Any], ...]) -> Settings:
    return attrs.evolve(settings, **dict(answers))
