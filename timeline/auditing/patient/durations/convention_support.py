"""Conventions that few reports use count for a figure only where another figure needs them too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.verdict import Explanation, Verdict
from timeline.report.claims import Claim

_SHOWN = 2  # figures that a note names


def with_support(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, with a note where only an unusual convention reproduces a figure.

    Where other figures of the report need the same convention, the figure is possible and no
    finding. Where none does, it is contradicted if the convention is another length of a month,
    for the figure is then off by days; it is a warning if it is only rounded otherwise, by less
    than its last digit.
    """
    every = tuple(verdicts)
    needed = _needed(every)
    return tuple(_supported(each, needed) if _needs_convention(each) else each for each in every)


def _needs_convention(verdict: Verdict) -> bool:
    """Whether only unusual conventions reproduce a figure from the stated start and end."""
    return verdict.conclusion in (Conclusion.POSSIBLE, Conclusion.CONTRADICTED) and bool(
        _fitting_conventions(verdict)
    )


def _fitting_conventions(verdict: Verdict) -> tuple[Explanation, ...]:
    """The explanations that change the counting alone; none where a usual one is among them."""
    counted = tuple(each for each in verdict.explanations if each.tier == 0)
    return counted if all(each.unusual for each in counted) else ()


def _needed(verdicts: tuple[Verdict, ...]) -> dict[str, dict[str, Claim]]:
    """By unusual convention, the figures that need it, each once by how it is printed."""
    found: dict[str, dict[str, Claim]] = defaultdict(dict)
    for verdict in verdicts:
        for each in _fitting_conventions(verdict) if _needs_convention(verdict) else ():
            for convention in each.unusual:
                found[convention].setdefault(_figure(verdict.claim), verdict.claim)
    return found


def _figure(claim: Claim) -> str:
    """A figure by its number and unit: PFS and TTP of one line are two prints of one time."""
    return claim.figure


def _supported(verdict: Verdict, needed: dict[str, dict[str, Claim]]) -> Verdict:
    for each in _fitting_conventions(verdict):
        others = [_others(verdict.claim, needed[convention]) for convention in each.unusual]
        if all(others):
            figures = " and ".join(str(claim) for claim in others[0][:_SHOWN])
            note = f"reproduced by {each.description}, which {figures} needs as well"
            return attrs.evolve(
                verdict,
                conclusion=Conclusion.POSSIBLE,
                explanations=(),
                notes=(note, *_rest(verdict)),
            )
    each = _fitting_conventions(verdict)[0]
    note = f"would need {each.description}; no other figure of the report needs that"
    rest = _rest(verdict)
    contradicted = (
        verdict.conclusion is Conclusion.CONTRADICTED
    )  # then other definitions are likelier
    return attrs.evolve(verdict, notes=(*rest, note) if contradicted else (note, *rest))


def _others(claim: Claim, figures: dict[str, Claim]) -> list[Claim]:
    return [other for name, other in figures.items() if name != _figure(claim)]


def _rest(verdict: Verdict) -> tuple[str, ...]:
    return tuple(note for note in verdict.notes if not note.startswith("reproduced only by"))
