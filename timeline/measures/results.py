"""The measures of a case as values: each with its line, its unit, its reason and its source."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.core.calendar.durations import range_text
from timeline.core.span import Span
from timeline.core.state_machine import MUST_CHECK
from timeline.endpoints.derived_case import DerivedCase
from timeline.measures.hyperprogression import DEFINITIONS
from timeline.measures.of_case import series_of_lines
from timeline.measures.pathology import NAMES, pathologic_response, row_of
from timeline.measures.rows import MEASURES
from timeline.measures.series import Series
from timeline.measures.tissue_of_case import specimens
from timeline.record.events import Surgery

HYPERPROGRESSION, PATHOLOGIC = "hyperprogression", "pathologic response"
_WORDS = {True: "yes", False: "no"}
PROVISIONAL = "provisional: its source is still to be read"


@attrs.frozen(kw_only=True)
class MeasureResult:
    """One measure of one line of a case.

    Attributes:
        line: the number of the line; None of what a surgery or biopsy shows.
        key: such as ``depth_percent`` or ``champiat``.
        name: its name in words.
        group: ``measure``, ``hyperprogression`` or ``pathologic response``.
        value: a range, both ends included, yes or no; None where it cannot be told.
        unit: the unit of a number.
        decimals: the decimals that it is printed with.
        reason: why it cannot be told, or why it is a range.
        rule: the formula, or the definition.
        source: where the rule is from.
        basis: how far the source was read: ``read``, ``secondary``, ``derived``, ``must-check``.
        facts: the sums at the baseline and before it, or what the tissue showed.
        of: the event that it is of, where that is a surgery or biopsy.
    """

    line: int | None
    key: str
    name: str
    group: str
    value: Span | bool | None
    unit: str = ""
    decimals: int = 1
    reason: str = ""
    rule: str
    source: str
    basis: str
    facts: tuple[str, ...] = ()
    of: str = ""

    @property
    def provisional(self) -> bool:
        """Whether its source is still to be read."""
        return self.basis == MUST_CHECK

    @property
    def value_text(self) -> str:
        """``55.0 %``, ``30.0 to 60.0 %``, ``yes``, or ``cannot be told``."""
        if isinstance(self.value, Span):
            shown = range_text(self.value, self.decimals, never_below_0=False)
            return f"{shown} {self.unit}".rstrip()
        return "cannot be told" if self.value is None else _WORDS[self.value]

    @property
    def description(self) -> str:
        """The value with its reason, and that it is provisional where it is."""
        text = f"{self.value_text}: {self.reason}" if self.reason else self.value_text
        return f"{text} ({PROVISIONAL})" if self.provisional else text


def measures_of(derived: DerivedCase, line: int | None = None) -> tuple[MeasureResult, ...]:
    """The measures of the lines of a case that have a sum or a change on record.

    Args:
        derived: the derived case; its settings answer what the sources leave open.
        line: the number of a line; None for every line, and for what surgeries show.

    Returns:
        Depth of response, time to nadir, early shrinkage, growth rates and kinetics before and
        after the baseline, each definition of hyperprogression, and pCR and MPR of resected tissue,
        a value each; those that cannot be told have their reason.

    Source:
        Each measure names its own, and how far it was read.

    >>> import timeline as tl
    >>> measures_of(tl.derive(tl.load_case("cases/wang2023.yaml")))  # no size is on record
    ()
    """
    of_lines = tuple(
        result
        for each in series_of_lines(derived)
        if line is None or each.line.number == line
        for result in _results(derived, each.line.number, each.series)
    )
    return of_lines if line is not None else (*of_lines, *_of_tissue(derived))


def _of_tissue(derived: DerivedCase) -> Iterator[MeasureResult]:
    """Each surgery or biopsy by pCR and MPR, where a definition of its tumour is known."""
    for specimen in specimens(derived):
        event = specimen.event
        stage = event.stage if isinstance(event, Surgery) else ""
        told = ", ".join(filter(None, (event.label, stage, event.pathological_response)))
        for key, name in NAMES.items():
            row = row_of(specimen.tissue.tumour, key)
            if row is not None:
                found = pathologic_response(specimen.tissue, key, derived.settings)
                yield MeasureResult(
                    line=None,
                    key=key,
                    name=name,
                    group=PATHOLOGIC,
                    value=found.value,
                    reason=found.reason,
                    rule=f"{row.tumour}: {row.rule}",
                    source=row.source,
                    basis=row.basis,
                    facts=(told,),
                    of=event.label,
                )


def _results(derived: DerivedCase, line: int, series: Series) -> Iterator[MeasureResult]:
    for row in MEASURES.values():
        found = row.compute(series, derived.settings)
        yield MeasureResult(
            line=line,
            key=row.key,
            name=row.name,
            group="measure",
            value=found.value,
            unit=row.unit,
            decimals=row.decimals,
            reason=found.reason,
            rule=row.formula,
            source=row.source,
            basis=row.basis,
            facts=series.facts,
        )
    for each in DEFINITIONS.values():
        found = each.of(series, derived.settings)
        yield MeasureResult(
            line=line,
            key=each.key,
            name=f"{HYPERPROGRESSION} by {each.name}",
            group=HYPERPROGRESSION,
            value=found.value,
            reason=found.reason,
            rule=each.rule,
            source=each.source,
            basis=each.basis,
            facts=series.facts,
        )
