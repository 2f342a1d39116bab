"""Censoring policies as a table: the effect and the date of each situation under each policy.

`_TABLE` has a row for each situation of the published tables and a column for each policy.
`timeline.endpoints.censoring` applies it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import attrs

from timeline.settings.endpoints import POLICY_TITLES, policy_words


class CensoringSituation(StrEnum):
    """The situations of the published tables, in order: of several that apply the first decides."""

    NO_BASELINE = "no or incomplete baseline"
    NEW_THERAPY = "new anticancer therapy before progression"
    MISSED_VISITS = "progression or death after missed visits"
    PROGRESSION = "documented progression"
    CLAIM = "progression called that no findings document"
    DEATH = "death before or between assessments"
    LOCAL_THERAPY = "local therapy counted as an event"
    STOPPED_FOR_PROGRESSION = "treatment stopped for undocumented progression"
    NO_ASSESSMENT = "no assessment after the start"
    STOPPED = "treatment stopped for toxicity or another reason"
    NO_PROGRESSION = "no progression"


class DateRule(StrEnum):
    """The date that a situation takes."""

    ITSELF = "its own date"
    ORIGIN = "the day of the start"
    NEXT_VISIT = "the next scheduled visit"
    LAST = "the last adequate assessment"
    LAST_BEFORE_THERAPY = "the last adequate assessment before the new therapy"
    LAST_BEFORE_GAP = "the last adequate assessment before the missed visits"


class Effect(StrEnum):
    """The effect of a situation on the endpoint."""

    EVENT = "event"
    CENSORED = "censored"
    NOTHING = "passed over"  # as if the situation were not there


@attrs.frozen
class CensoringRule:
    """One row: a situation, the date it takes, and what it gives."""

    situation: CensoringSituation
    dated: DateRule
    effect: Effect
    source: str

    @property
    def text(self) -> str:
        """``censored at the last adequate assessment``, or ``passed over``."""
        return self.effect if self.effect is Effect.NOTHING else f"{self.effect} at {self.dated}"


class IncompletePolicy(ValueError):
    """A policy that leaves a situation open, or decides one twice."""


@attrs.frozen(kw_only=True)
class Policy:
    """A policy for censoring progression-free survival, with one rule for each situation.

    Raises:
        IncompletePolicy: A situation has no rule or several, or no progression is not censored.
    """

    name: str
    description: str
    rules: tuple[CensoringRule, ...]
    source: str = ""

    @property
    def title(self) -> str:
        """What a reader knows it by: ``FDA table A``."""
        return POLICY_TITLES.get(self.name, self.name)

    @property
    def words(self) -> str:
        """What a reader knows it by, with the answer to the setting: ``FDA table A (fda_a)``."""
        return policy_words(self.name)

    def __attrs_post_init__(self) -> None:
        ruled = [rule.situation for rule in self.rules]
        wrong = sorted(each for each in CensoringSituation if ruled.count(each) != 1)
        if wrong:
            raise IncompletePolicy(f"{self.name}: not decided once: {', '.join(wrong)}")
        if self.rule(CensoringSituation.NO_PROGRESSION).effect is not Effect.CENSORED:
            raise IncompletePolicy(f"{self.name}: does not censor where there is no progression")

    def rule(self, situation: CensoringSituation) -> CensoringRule:
        """The row of one situation."""
        return next(rule for rule in self.rules if rule.situation is situation)


_EVENT = (DateRule.ITSELF, Effect.EVENT)
_VISIT = (DateRule.NEXT_VISIT, Effect.EVENT)
_START = (DateRule.ORIGIN, Effect.CENSORED)
_LAST_ = (DateRule.LAST, Effect.CENSORED)
_THERA = (DateRule.LAST_BEFORE_THERAPY, Effect.CENSORED)
_A_GAP = (DateRule.LAST_BEFORE_GAP, Effect.CENSORED)
_PASS_ = (DateRule.ITSELF, Effect.NOTHING)

# Where each cell is from. Read in the guidance: of table A that only progression verified on scans
# counts, not clinical progression; that it is dated by the day it was first noted; and that a death
# after two or more missed visits is censored at the last visit. The other cells, of table B
# and C and of the EMA, follow its titles and the common reading of them, and were not compared with
# the text: check them before a result of one of them is quoted. NO_BASELINE and LOCAL_THERAPY
# under every policy, and CLAIM under A and B, are our reading too.
# fmt: off
# situation                            fda_a   fda_b   fda_c   ema
_TABLE = {
    CensoringSituation.NO_BASELINE:             (_START, _START, _START, _PASS_),
    CensoringSituation.NEW_THERAPY:             (_THERA, _THERA, _THERA, _PASS_),
    CensoringSituation.MISSED_VISITS:           (_A_GAP, _A_GAP, _A_GAP, _PASS_),
    CensoringSituation.PROGRESSION:             (_EVENT, _VISIT, _VISIT, _EVENT),
    CensoringSituation.CLAIM:                   (_PASS_, _PASS_, _VISIT, _PASS_),
    CensoringSituation.DEATH:                   (_EVENT, _EVENT, _EVENT, _EVENT),
    CensoringSituation.LOCAL_THERAPY:           (_EVENT, _EVENT, _EVENT, _EVENT),
    CensoringSituation.STOPPED_FOR_PROGRESSION: (_LAST_, _LAST_, _VISIT, _LAST_),
    CensoringSituation.NO_ASSESSMENT:           (_START, _START, _START, _START),
    CensoringSituation.STOPPED:                 (_LAST_, _LAST_, _LAST_, _LAST_),
    CensoringSituation.NO_PROGRESSION:          (_LAST_, _LAST_, _LAST_, _LAST_),
}
# name, what it takes for progression, source
_COLUMNS = (
    ("fda_a", "documented progression, at the date first noted",
     "FDA 2018, Clinical Trial Endpoints, Appendix 3, example tables for PFS, table A"),
    ("fda_b", "documented progression, at the date of the scheduled visit",
     "FDA 2018, Clinical Trial Endpoints, Appendix 3, example tables for PFS, table B"),
    ("fda_c",
     "progression documented or claimed, at the date of the scheduled visit",
     "FDA 2018, Clinical Trial Endpoints, Appendix 3, example tables for PFS, table C"),
    ("ema", "every progression or death at its date, whatever came before",
     "EMA 2012, Guideline on anticancer medicinal products, Appendix 1"),
)
# fmt: on


def policies(
    columns: tuple[tuple[str, str, str], ...] = _COLUMNS,
    table: Mapping[CensoringSituation, tuple[tuple[DateRule, Effect], ...]] = _TABLE,
) -> dict[str, Policy]:
    """One policy a column of a table of situations. IncompletePolicy where a cell is missing."""
    return {
        name: Policy(
            name=name,
            description=description,
            rules=tuple(
                CensoringRule(situation, *cells[place], f"{source}: {situation}")
                for situation, cells in table.items()
                if place < len(cells)
            ),
            source=source,
        )
        for place, (name, description, source) in enumerate(columns)
    }


POLICIES = policies()
