"""Groups compared: log-rank test, hazard ratio and Gray's test, with what they rest on.

All depend on the order of times alone. Where vague dates leave that order open, none is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

import attrs

from renderers.scene.mark import PrintedNumber
from renderers.scene.scene import SMALL, Label, Row
from renderers.scene.text_metrics import wrapped
from renderers.survival.groups import Group
from renderers.survival.key import PITCH, RowBlock
from renderers.survival.options import COMPARISONS, SurvivalOptions
from renderers.text.translation import translate
from timeline.core.problem import near
from timeline.statistics.survival.cumulative_incidence import CENSORED, COMPETING, EVENT
from timeline.statistics.survival.gray import GrayTest, gray_test
from timeline.statistics.survival.kaplan_meier_bounds import Observed
from timeline.statistics.survival.known_order import times_in_known_order
from timeline.statistics.survival.log_rank import LogRank, log_rank
from timeline.statistics.survival.proportional_hazards import HazardRatio, hazard_ratios

LOG_RANK, HAZARD_RATIO, GRAY = COMPARISONS
NOT_ESTIMABLE = "not estimable"


@attrs.frozen(kw_only=True)
class Comparison:
    """The groups of one endpoint compared.

    Attributes:
        endpoint: whose groups they are; empty where the figure has one endpoint.
        requested: names of ``COMPARISONS``.
        reference: the group that hazards are compared with.
        known: whether the order of times is known; else nothing is given.
        test: the log-rank test; None where it is not requested.
        ratios: the hazard ratios; none where they are not requested.
        gray: Gray's test; None where it is not requested or cannot be computed.
        specific: whether a competing event is taken as censored by test and ratio.
    """

    endpoint: str
    requested: tuple[str, ...]
    reference: str
    known: bool
    test: LogRank | None = None
    ratios: tuple[HazardRatio, ...] = ()
    gray: GrayTest | None = None
    specific: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """What is printed below the key."""
        return tuple(f"{self._of}{text}" for _, text in self._results())

    @property
    def numbers(self) -> tuple[PrintedNumber, ...]:
        """The same for the data of the figure, with the method."""
        return tuple(
            PrintedNumber(row="comparison", what=what, text=f"{self._of}{text}",
                          source=self._method(what))
            for what, text in self._results()
        )  # fmt: skip

    @property
    def is_compared(self) -> bool:
        """Whether hazards are compared: by a test that is defined, or by ratios."""
        return bool(self.ratios) or (self.test is not None and self.test.statistic is not None)

    @property
    def _of(self) -> str:
        return f"{self.endpoint}: " if self.endpoint else ""

    def _results(self) -> Iterator[tuple[str, str]]:
        if not self.known:
            what = " and ".join(name.replace("-", " ") for name in self.requested)
            yield what, translate(_VAGUE)
            return
        if GRAY in self.requested:
            yield _GRAYS, _gray(self.gray)
        if HAZARD_RATIO in self.requested:
            for row in self.ratios:
                yield "hazard ratio", self._ratio(row)
        if LOG_RANK in self.requested:
            yield "log-rank test", _tested(self.test, specific=self.specific)

    def _ratio(self, row: HazardRatio) -> str:
        opening = translate(_RATIO, name=row.name, reference=row.reference)
        if self.specific:
            opening = translate(_SPECIFIC_RATIO, name=row.name, reference=row.reference)
        if row.ratio is None or row.low is None or row.high is None:
            return f"{opening}: {translate(NOT_ESTIMABLE)}"
        ratio, low, high = map(ratio_text, (row.ratio, row.low, row.high))
        value = translate(_COX_VALUE, value=ratio, low=low, high=high, ties=row.ties)
        return f"{opening}: {value}"

    def _method(self, what: str) -> str:
        if not self.known:
            return "not given: the order of times is not known"
        if what == "log-rank test":
            return "log-rank test, unstratified, two-sided"
        if what == _GRAYS:
            return "Gray's test of cumulative incidences, unstratified, weight 1, two-sided"
        return f"Cox model with the group alone, {self.ratios[0].ties} ties, Wald limits"


_GRAYS = "Gray's test"
_VAGUE = (
    "Log-rank test and hazard ratio not given: vague dates leave open in which order patients "
    "had the event or were censored."
)
_COX_VALUE = "{value} (95 % CI {low} to {high}; Cox, {ties})"
_RATIO = "Hazard ratio, {name} vs {reference}"
_SPECIFIC_RATIO = "Cause-specific hazard ratio, {name} vs {reference}"


def ratio_text(value: float) -> str:
    """Two decimals, or as many as show two digits; one from 10 on."""
    decimals = 1 if value >= 10 else 2 if value >= 0.1 else 3
    return f"{value:.{decimals}f}" if value < 10_000 else f"{value:.1e}"


def p_text(p: float) -> str:
    """A p value with two digits that count: ``P = 0.034``; ``P < 0.001``."""
    if p < 0.001:
        return "P < 0.001"
    return f"P = {p:.3f}" if p < 0.1 else f"P = {p:.2f}"


_TEST = "Log-rank test: χ² = {statistic}, df = {df}, {p}"
_GRAY_TEST = "Gray's test of the incidences: χ² = {statistic}, df = {df}, {p}"
_SPECIFIC_TEST = "Log-rank test of cause-specific hazards: χ² = {statistic}, df = {df}, {p}"


def _tested(found: LogRank | None, *, specific: bool) -> str:
    if found is None or found.statistic is None or found.p is None:
        return translate("Log-rank test: not defined, no two groups are at risk at an event")
    return translate(
        _SPECIFIC_TEST if specific else _TEST,
        statistic=f"{found.statistic:.2f}",
        df=found.df,
        p=p_text(found.p),
    )


def _gray(found: GrayTest | None) -> str:
    if found is None:
        return translate("Gray's test: not defined, no two groups can be compared")
    return translate(_GRAY_TEST, statistic=f"{found.statistic:.2f}", df=found.df, p=p_text(found.p))


def comparisons(groups: Sequence[Group], options: SurvivalOptions) -> tuple[Comparison, ...]:
    """The groups of each endpoint compared, as the options request.

    Raises:
        ValueError: a comparison is requested and no endpoint has two groups, or no group has the
            name of the reference.
    """
    if not options.compare:
        return ()
    own = [group for group in groups if not group.same_patients]
    sets = [tuple(each) for _, each in groupby(own, key=lambda group: group.endpoint)]
    sets = [each for each in sets if len(each) > 1]
    if not sets:
        raise ValueError(
            "nothing to compare: no endpoint has two groups (name the groups: group=, or a column "
            "group in a table; or leave compare out)"
        )
    arms = tuple(dict.fromkeys(group.arm for each in sets for group in each))
    if options.reference and options.reference not in arms:
        raise ValueError(
            f"no group {options.reference!r} for the reference ({near(options.reference, arms)})"
        )
    several = len({group.endpoint for group in own}) > 1
    return tuple(_compared(each, options, several=several) for each in sets)


def _compared(groups: Sequence[Group], options: SurvivalOptions, *, several: bool) -> Comparison:
    observed = [one for group in groups for one in group.observed]
    arms = [group.arm for group in groups for _ in group.members]
    names = list(dict.fromkeys(arms))
    reference = options.reference if options.reference in names else names[0]
    times = times_in_known_order(observed)
    made = Comparison(
        endpoint=groups[0].endpoint if several else "",
        requested=options.compare,
        reference=reference,
        known=times is not None,
        specific=any(way.competing for one in observed for way in one.ways),
    )
    if times is None:
        return made
    codes = [_code(one, groups[0].cause) for one in observed]
    events = [code == EVENT for code in codes]
    return attrs.evolve(
        made,
        test=log_rank(times, events, arms) if LOG_RANK in options.compare else None,
        ratios=_ratios(times, events, arms, reference, options),
        gray=gray_test(times, codes, arms) if GRAY in options.compare else None,
    )


def _code(one: Observed, cause: int) -> int:
    """What a patient with a known event had: that of the curves, the other one, or neither."""
    competes = any(way.competing for way in one.ways)
    if one.event is not True and not competes:
        return CENSORED
    return COMPETING if competes != (cause == COMPETING) else EVENT


def _ratios(
    times: Sequence[Fraction],
    events: Sequence[bool],
    arms: Sequence[str],
    reference: str,
    options: SurvivalOptions,
) -> tuple[HazardRatio, ...]:
    if HAZARD_RATIO not in options.compare:
        return ()
    return hazard_ratios(times, events, arms, reference=reference, ties=options.ties)


def lines_below_key(found: Sequence[Comparison], page_width: float) -> tuple[RowBlock, ...]:
    """The comparisons as lines of text under the key; nothing where there is none."""
    texts = [line for each in found for text in each.lines
             for line in wrapped(text, SMALL, page_width)]  # fmt: skip
    if not texts:
        return ()
    marks = tuple(Label(text=text, size=SMALL, y=(n + 0.5) * PITCH) for n, text in enumerate(texts))
    return (RowBlock(Row("comparison", len(texts) * PITCH + 1.5), marks),)


def sentences(found: Sequence[Comparison]) -> Iterator[str]:
    """What the caption says of the methods, and the results."""
    if not found:
        return
    for each in found:
        yield from (f"{line.rstrip('.')}." for line in each.lines)
    if not any(each.known for each in found):
        return
    ratios = [row for each in found for row in each.ratios]
    if ratios:
        yield translate(_COX, ties=ratios[0].ties)
    if any(LOG_RANK in each.requested for each in found):
        yield translate("Log-rank test: two-sided, not stratified.")
    if any(each.is_compared for each in found if each.specific):
        yield translate(_CENSORED)
    if any(each.gray for each in found):
        yield translate(_GRAY_COMPARES)


_COX = (
    "Hazard ratios: Cox model with the group as its only covariate, {ties} method for ties, 95 % "
    "Wald limits; hazards are assumed to be proportional."
)
_GRAY_COMPARES = (
    "Gray's test: two-sided, not stratified; it compares the incidences, in which patients with "
    "the competing event stay."
)
_CENSORED = (
    "Test and hazard ratio compare cause-specific hazards: patients with the competing event are "
    "censored at it. They do not compare the incidences."
)
