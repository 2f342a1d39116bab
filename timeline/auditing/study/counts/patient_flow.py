"""Patient flow: no stage has more patients than the stage it is taken from."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.auditing.claims.cohort import (
    Claims,
    check_own,
    group_by,
    group_of,
    number,
    shared_verdict,
)
from timeline.auditing.comparison.compare import BEST_FIRST, Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.verdict import Verdict


@attrs.frozen
class Step:
    """Two stages of a study: the later has at most as many patients as the earlier."""

    earlier: str
    later: str
    conclusion: Conclusion  # the conclusion where the later stage has more patients


def _steps(
    earlier: str, *later: str, conclusion: Conclusion = Conclusion.CONTRADICTED
) -> tuple[Step, ...]:
    return tuple(Step(earlier, each, conclusion) for each in later)


# CONSORT 2010: patients analysed may be all who were randomised, treated or not, and some who were
# enrolled may turn out not to have been eligible; neither order is required.
_LATER_STAGES = ("enrolled", "randomised", "treated", "evaluable", "analysed")
STEPS = (
    *_steps("screened", "eligible", *_LATER_STAGES),
    *_steps("assessed for eligibility", "eligible", *_LATER_STAGES),
    *_steps("enrolled", *_LATER_STAGES[1:]),
    *_steps("randomised", *_LATER_STAGES[2:]),
    *_steps("treated", "evaluable", conclusion=Conclusion.POSSIBLE),
)
STAGES = tuple(dict.fromkeys(name for step in STEPS for name in (step.earlier, step.later)))


def check_patient_flow(claims: Claims) -> Iterator[Verdict]:
    """Each stage of a study has at most as many patients as one that it is taken from (K44)."""
    stages = [claim for claim in claims if claim.kind == "count" and claim.about in STAGES]
    for several in group_by(stages, group_of).values():
        first = {claim.about: claim for claim in reversed(several) if number(claim) is not None}
        pairs = [each for each in STEPS if each.earlier in first and each.later in first]
        if not pairs:
            continue
        in_order = [first[stage] for stage in STAGES if stage in first]
        broken = [
            each
            for each in pairs
            if (number(first[each.later]) or 0) > (number(first[each.earlier]) or 0)
        ]
        description = f"printed {', '.join(f'{claim.about} {claim.text}' for claim in in_order)}"
        faults = "; ".join(f"more {each.later} than {each.earlier}" for each in broken)
        conclusion = max(
            (each.conclusion for each in broken), key=BEST_FIRST.index, default=Conclusion.AGREES
        )
        yield from shared_verdict(
            in_order, conclusion, f"{description}: {faults}" if broken else description
        )


RULES = (
    Rule(
        id="K44",
        checks="the flow of patients",
        formula="screened >= enrolled >= treated >= evaluable; analysed at most randomised",
        severity=Severity.ERROR,
        source="CONSORT 2010, doi:10.1136/bmj.c332",
        example_fail="30 enrolled, 31 treated",
        example_ok="40 screened, 30 enrolled, 30 treated",
        check=check_own(check_patient_flow),
        yields=True,
    ),
)
