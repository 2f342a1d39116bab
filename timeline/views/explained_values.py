"""Derived values that are no endpoint, each with the steps behind it: best response, ratios, lines.

`explain` takes the name of every value that `show` prints. A row of `VALUES` names one kind.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs

from timeline.core.calendar.durations import range_text
from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.line_numbers import line_count_text, numbering_notes
from timeline.endpoints.lines_of_therapy import count_regimens
from timeline.endpoints.ratios import RATIOS, Ratio, pfs_ratios
from timeline.measures.hyperprogression import DEFINITIONS
from timeline.measures.pathology import NAMES
from timeline.measures.results import MeasureResult, measures_of
from timeline.measures.rows import MEASURES
from timeline.response.best_response import CANDIDATES, counts_after_pd
from timeline.response.criteria import BY_TITLE
from timeline.results.best_response_remarks import REMARK_ROWS
from timeline.results.statuses import BestResponse, Step
from timeline.settings.response import SETTINGS
from timeline.terminology.criteria import provisional_note

_NEAREST = 3  # names that a message suggests
_LIKE = 0.6  # how much alike they are, as `difflib` counts it


@attrs.frozen(kw_only=True)
class ExplainedValue:
    """A derived value with the steps behind it.

    Attributes:
        name: such as ``best response line 2, RECIST 1.1``.
        line: the number of its line; None for a value of the patient.
        value: the value in words.
        steps: what was used, each with its source.
    """

    name: str
    line: int | None
    value: str
    steps: tuple[Step, ...]


@attrs.frozen(kw_only=True)
class ValueKind:
    """One kind of derived value: the names that it is asked for by, and how it is explained."""

    names: tuple[str, ...]  # the first is the one that a message lists
    explain: Callable[[DerivedCase], Iterator[ExplainedValue]]


def _best_responses(derived: DerivedCase) -> Iterator[ExplainedValue]:
    for best in derived.best:
        statuses = derived.status(best.criterion, best.line)
        yield ExplainedValue(
            name=f"best response line {best.line}, {best.criterion}",
            line=best.line,
            value=best.description,
            steps=(*(each.step for each in statuses), *_best_rules(derived, best)),
        )


def _best_rules(derived: DerivedCase, best: BestResponse) -> Iterator[Step]:
    settings = derived.settings
    goes_on = counts_after_pd(BY_TITLE[best.criterion], settings)
    until = "also after progression" if goes_on else "up to and including the first progression"
    days = settings.min_sd_days
    text = f"the best of these, {until}; SD counts from day {days} on (min_sd_days = {days})"
    yield Step(description=text, source=CANDIDATES[0].source)
    if best.labels != best.confirmed:
        yield Step(
            description=f"with confirmation, a CR or PR counts where a scan at least "
            f"{settings.confirm_days} days later has it again (confirm_days)",
            source=SETTINGS["confirm_days"].disagreement,
        )
    if note := provisional_note(best.criterion):
        yield Step(description=note, source="docs/reference/criteria.md")
    for remark in best.remarks:
        row = next(each for each in REMARK_ROWS if each.says(remark))
        yield Step(description=remark, source=row.source)


def _ratios_named(name: str) -> Callable[[DerivedCase], Iterator[ExplainedValue]]:
    def explain(derived: DerivedCase) -> Iterator[ExplainedValue]:
        for ratio in pfs_ratios(derived):
            if ratio.name == name:
                yield ExplainedValue(
                    name=f"{name} line {ratio.line}",
                    line=ratio.line,
                    value=ratio.description,
                    steps=tuple(_ratio_steps(derived, ratio)),
                )

    return explain


def _ratio_steps(derived: DerivedCase, ratio: Ratio) -> Iterator[Step]:
    kind = next(row for row in RATIOS if row.name == ratio.name)
    numbers = [line.number for line in derived.case.lines]
    before = numbers[numbers.index(ratio.line) - 1]
    for number in (ratio.line, before):
        found = derived.outcome(kind.endpoint, number)
        if found is not None:
            yield Step(description=f"{found!r}".removeprefix("<Outcome ").removesuffix(">"))
    above = "at least" if kind.reached_at else "above"
    yield Step(
        description=f"{kind.endpoint} of line {ratio.line} divided by that of line {before}; "
        f"benefit is a ratio {above} {float(kind.cutoff):g}",
        source=kind.source,
    )


def _lines(derived: DerivedCase) -> Iterator[ExplainedValue]:
    steps = [
        Step(
            description=f"{each.treatment.label}, {each.treatment.regimen}: "
            f"{' or '.join(dict.fromkeys(each.counts))}: "
            f"{' or '.join(rule.description for rule in each.rules)}",
            source="; ".join(dict.fromkeys(rule.source for rule in each.rules)),
        )
        for each in count_regimens(derived)
    ]
    steps += [Step(description=note) for note in numbering_notes(derived)]
    name, _, value = line_count_text(derived).partition(": ")
    yield ExplainedValue(name=name, line=None, value=value, steps=tuple(steps))


def _measures_named(*keys: str) -> Callable[[DerivedCase], Iterator[ExplainedValue]]:
    def explain(derived: DerivedCase) -> Iterator[ExplainedValue]:
        for result in measures_of(derived):
            if result.key in keys:
                yield ExplainedValue(
                    name=f"{result.name} {result.of or f'line {result.line}'}",
                    line=result.line,
                    value=result.description,
                    steps=tuple(_measure_steps(derived, result)),
                )

    return explain


def _fact(text: str) -> Step:
    return Step(description=text)


def _measure_steps(derived: DerivedCase, result: MeasureResult) -> Iterator[Step]:
    yield from map(_fact, result.facts)
    changes = derived.size_changes.get(result.line or 0)
    for each in changes.scans if changes is not None else ():
        if each.percent is not None:
            percent = range_text(each.percent, 1, never_below_0=False)
            text = f"{each.scan.label}: {percent} % from baseline, {each.description}"
            yield Step(description=text, source=each.scan.place)
    yield Step(description=result.rule, source=f"{result.source} ({result.basis})")


_SHRINKING = ("depth_percent", "time_to_nadir", "ets_percent", "ets")
_GROWING = tuple(key for key in MEASURES if key not in _SHRINKING)
VALUES = (
    ValueKind(names=("BOR", "best response", "best overall response"), explain=_best_responses),
    *(ValueKind(names=(row.name,), explain=_ratios_named(row.name)) for row in RATIOS),
    ValueKind(names=("lines", "lines counted"), explain=_lines),
    ValueKind(names=("depth of response", "DpR", "depth"), explain=_measures_named(*_SHRINKING)),
    ValueKind(names=("TGR", "TGK", "growth rate"), explain=_measures_named(*_GROWING)),
    ValueKind(names=("hyperprogression", "HPD"), explain=_measures_named(*DEFINITIONS)),
    ValueKind(names=("pCR", "MPR", "pathologic response"), explain=_measures_named(*NAMES)),
)


def explained_values(
    derived: DerivedCase, name: str, line: int | None
) -> tuple[ExplainedValue, ...]:
    """The derived values of a name that are no endpoint.

    Args:
        derived: the derived case.
        name: one of the names of a row of `VALUES`, in upper or lower case.
        line: the number of the line; None for the values of every line.

    Returns:
        The values with their steps, in order of the lines; none if there is no such value.
    """
    requested = " ".join(name.lower().split())
    kind = next((row for row in VALUES if requested in map(str.lower, row.names)), None)
    found = kind.explain(derived) if kind is not None else ()
    return tuple(each for each in found if line is None or each.line in (None, line))


def explained_data(value: ExplainedValue) -> dict[str, Any]:
    """A derived value as data, with its steps."""
    return {
        "name": value.name,
        "line": value.line,
        "value": value.value,
        "chain": [{"description": step.description, "source": step.source} for step in value.steps],
    }


def unknown_value(derived: DerivedCase, name: str, line: int | None) -> str:
    """What is wrong with the name of a derived value, or its line, and what to write instead."""
    lines = dict[str, list[int]]()
    for each in derived.outcomes:
        lines.setdefault(each.printed, []).extend([each.line] if each.line is not None else [])
    requested = name if line is None else f"{name} line {line}"
    known = {each.lower(): each for each in lines}
    of_line = sorted(set(lines.get(known.get(name.lower(), ""), ())))
    if of_line:
        *most, last = map(str, of_line)
        numbers = f"{', '.join(most)} or {last}" if most else last
        return f"no such endpoint: {requested!r} (write --line {numbers})"
    if name.lower() in known:
        return f"no such endpoint: {requested!r} (it is of the patient: leave --line out)"
    every = [*lines, *(each for row in VALUES for each in row.names[:1])]
    near = _nearest(name, every)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return f"no such endpoint: {requested!r} ({hint}known: {', '.join(every)})"


def _nearest(name: str, every: Sequence[str]) -> list[str]:
    by_lower = {each.lower(): each for each in every}
    near = difflib.get_close_matches(name.lower(), by_lower, n=_NEAREST, cutoff=_LIKE)
    return [by_lower[each] for each in near]
