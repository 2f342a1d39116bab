"""What a response criterion is: its words, thresholds, tables and machine, as one value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.core.quantities import NM_PER_MM
from timeline.core.state_machine import DecisionTable, Machine, TableRow, code_of
from timeline.response.scans import FAR
from timeline.terminology.criteria import CriterionTerms
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Target

Array = npt.NDArray[Any]


@attrs.frozen(kw_only=True)
class Thresholds:
    """The numbers of a criterion; every comparison includes its bound."""

    response_percent: int  # shrinkage from baseline
    progression_percent: int  # growth from the nadir
    progression_mm: int  # and at least so much
    further_mm: int | None = None  # growth from the first iUPD that confirms it
    node_mm: int = 10  # a node's short axis is normal below this
    source: str

    def shrunk(self, now: Array, baseline: Array) -> Array:
        """Whether a sum is a response against baseline; lengths in nanometres."""
        return 100 * now <= (100 - self.response_percent) * baseline

    def grown(self, now: Array, nadir: Array) -> Array:
        """Whether a sum is progression from the nadir; from a nadir of nought, by length alone."""
        share = 100 * now >= (100 + self.progression_percent) * nadir
        least = max(self.progression_mm * NM_PER_MM, 1)  # no growth is none, also from nought
        return share & (now - nadir >= least)

    def further(self, now: Array, before: Array, *, more: bool = False) -> Array:
        """Whether a sum has grown on from an unconfirmed progression; unknown is no.

        ``more``: the bound itself is not enough.
        """
        least = FAR if self.further_mm is None else self.further_mm * NM_PER_MM
        return (before >= 0) & (now - before >= least + more)


@attrs.frozen(kw_only=True)
class Overall:
    """The three published tables of the overall response, and one dense array of all of them."""

    target_disease: DecisionTable  # columns: target, non-target, new
    non_target_only: DecisionTable  # columns: non-target, new
    no_disease: DecisionTable  # column: new
    code: Array = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        codes = code_of([each.name for each in Code])
        dense = np.zeros((len(Target), len(NonTarget), len(NewLesion)), dtype=np.int8)
        targets, levels = code_of(tuple(Target)), code_of(tuple(NonTarget))
        na, none = targets[Target.NA], levels[NonTarget.NA]
        dense[:na] = self.target_disease.codes(lambda word: codes[word.name])
        dense[na, :none] = self.non_target_only.codes(lambda word: codes[word.name])
        dense[na, none] = self.no_disease.codes(lambda word: codes[word.name])
        object.__setattr__(self, "code", dense)

    def which(
        self, target: Target, non_target: NonTarget, new: NewLesion
    ) -> tuple[DecisionTable, TableRow]:
        """The table that speaks, and the row of it."""
        if target is not Target.NA:
            return self.target_disease, self.target_disease.which(target, non_target, new)
        if non_target is not NonTarget.NA:
            return self.non_target_only, self.non_target_only.which(non_target, new)
        return self.no_disease, self.no_disease.which(new)


@attrs.frozen(kw_only=True)
class Criterion:
    """A response criterion: its words, one file of tables, and the functions that count for them.

    ``begin(scans)`` gives the registers, ``observe(registers, scan, criterion, settings)`` each
    patient's symbol, and ``act`` updates the registers once the machine has stepped.
    """

    terms: CriterionTerms
    source: str
    thresholds: Thresholds
    target: DecisionTable = attrs.field(repr=False)
    overall: Overall = attrs.field(repr=False)
    machine: Machine = attrs.field(repr=False)
    begin: Callable[..., Any] = attrs.field(repr=False)
    observe: Callable[..., Any] = attrs.field(repr=False)
    act: Callable[..., None] = attrs.field(repr=False)
    # whether a response after progression may be the best response, by the settings
    best_after_pd: Callable[[Any], bool] = attrs.field(default=lambda _: False, repr=False)
    target_code: Array = attrs.field(init=False, repr=False, eq=False)  # response by target row

    def __attrs_post_init__(self) -> None:
        targets = code_of(tuple(Target))
        codes = np.array([targets[row.gives] for row in self.target.rows], dtype=np.int8)
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

    def __str__(self) -> str:
        return self.title

    def code(self, word: str) -> int:
        """The code of a printed response. ValueError lists the words of this criterion."""
        if word in self.words:
            return self.words.index(word)
        known = ", ".join(self.words)
        raise ValueError(f"not a response by {self.title}: {word!r} (known: {known})")
