"""Every printed value of one figure against the usual one, by the topic of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import attrs

from timeline.auditing.claims.qualifiers import assessed
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import is_a_time, may_mean_the_same_figure
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim
from timeline.report.unreadable_prints import Unread

# Kinds that have a rule of their own for their words, or several figures at one place.
_EXCLUDED = ("date", "response", "schedule")
_SAME_ANYWHERE = ("name", "ordinal")  # what they name is the same wherever it is printed
OF_REFERENCES = ("topic of ", "subject of ", "title of ", "year of ")
_MOST_NAMED = 20  # further claims that a verdict names; a figure may be printed a thousand times
_CANDIDATES = 40  # values, the most frequent first, of which one may be the usual one
_SUPPORT = {Conclusion.CONTRADICTED: -1, Conclusion.AGREES: 1}


@attrs.frozen(kw_only=True)
class ConsistencyTopic:
    """A topic of words, by what is printed: sides, drugs, tumour types, planned or done.

    ``compare`` compares a value with the usual one, which comes first; ``adds`` is a remark on a
    value that differs from it, or empty; ``prefers`` selects the claims that may be the usual one.
    """

    name: str
    takes: Callable[[Claim], bool]
    compare: Callable[[Claim, Claim], Conclusion]
    adds: Callable[[Claim, Claim], str]
    prefers: Callable[[Claim], bool] = lambda _: True


def check_topic(evidence: Evidence, topic: ConsistencyTopic) -> Iterator[Verdict]:
    """Each value of a figure of one topic against the value that most places print.

    Args:
        evidence: the report, and the verdicts of the rules that reproduce a value.
        topic: selects the figures, and compares their values.

    """
    selected = (
        claims
        for claims in evidence.once(repeated_figures)
        if not is_of_a_reference(claims) and any(map(topic.takes, claims))
    )
    yield from check_figures(evidence, selected, topic)


def topic_check(topic: ConsistencyTopic) -> Callable[[Evidence], Iterator[Verdict]]:
    """The check of a rule on one topic."""
    return partial(check_topic, topic=topic)


def is_of_a_reference(claims: list[Claim]) -> bool:
    """Whether the words state what a cited work is about, which has a rule of its own."""
    return claims[0].about.startswith(OF_REFERENCES)


def repeated_figures(evidence: Evidence) -> list[list[Claim]]:
    """The claims of every figure that is printed more than once; lists are excluded."""
    by_figure: dict[tuple[object, ...], list[Claim]] = {}
    for claim in evidence.report.claims:
        has_subject = claim.about or claim.kind not in _SAME_ANYWHERE
        if has_subject and claim.kind not in _EXCLUDED and not isinstance(claim.value, Unread):
            by_figure.setdefault(_figure(claim), []).append(claim)
    groups = [each for claims in by_figure.values() for each in _by_number(claims)]
    return [claims for claims in groups if len(claims) > 1 and not _is_a_list(claims)]


def _by_number(claims: list[Claim]) -> list[list[Claim]]:
    """Figures of different numbers of patients are those of two groups, and no repetition."""
    sizes = {claim.n for claim in claims if claim.n}
    if len(sizes) < 2:
        return [claims]
    return [[claim for claim in claims if claim.n == n] for n in sizes]


def _figure(claim: Claim) -> tuple[object, ...]:
    """What two claims share that print the same figure."""
    base = (claim.kind, claim.about, claim.study, claim.group)
    if claim.kind in _SAME_ANYWHERE:
        return base
    unit = "time" if is_a_time(claim) else claim.unit  # a time is one figure in any unit
    of = (claim.line, claim.statistic, claim.of, claim.grade, claim.from_, claim.to)
    return (*base, *of, claim.criterion, unit, claim.at, assessed(claim))


def _is_a_list(claims: list[Claim]) -> bool:
    """Whether claims that look like one figure are several, which do not repeat one another.

    So where all are printed at one place, or where two places each print more than one.
    """
    places: dict[str, list[Claim]] = {}
    for claim in claims:
        places.setdefault(claim.place, []).append(claim)
    several = [
        each
        for each in places.values()
        if not all(may_mean_the_same_figure(each[0], one) for one in each)
    ]
    return len(several) > 1 or (len(places) == 1 and bool(several))


@attrs.frozen
class _Value:
    """The claims that print a figure in the same characters, in the order of the report."""

    claims: tuple[Claim, ...]

    @property
    def first(self) -> Claim:
        return self.claims[0]


def _values(claims: Iterable[Claim]) -> list[_Value]:
    """Claims printed alike as one value, which is compared once."""
    found: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.text, claim.unit, claim.about, claim.note), []).append(claim)
    return [_Value(tuple(each)) for each in found.values()]


def check_figures(
    evidence: Evidence, figures: Iterable[list[Claim]], topic: ConsistencyTopic
) -> Iterator[Verdict]:
    """Each value of some figures against the usual one of its figure.

    That is the one that the record reproduces; else the one that most places print, the first
    of equals.
    """
    support = _support(evidence)
    for claims in figures:
        yield from _compared_with_usual(claims, topic, support)


def _compared_with_usual(
    claims: list[Claim], topic: ConsistencyTopic, support: Mapping[int, int]
) -> Iterator[Verdict]:
    values = _values(claims)
    usual = _usual(values, topic, support)
    conclusions = {id(each): topic.compare(usual, value.first) for value in values
                   for each in value.claims}  # fmt: skip
    same = [each for each in claims if conclusions[id(each)] is Conclusion.AGREES]
    places = f"{len(same)} place{'s' if len(same) > 1 else ''}"
    for claim in claims:
        conclusion = conclusions[id(claim)]
        if conclusion is Conclusion.AGREES and len(same) > 1:
            others = tuple(each for each in same[: _MOST_NAMED + 1] if each is not claim)
            description = f"printed the same at {places}"
            yield Verdict(claim, conclusion, description, others=others[:_MOST_NAMED])
        elif conclusion is not Conclusion.AGREES:
            own, common = (_printed_text(each, claim.unit != usual.unit) for each in (claim, usual))
            description = f"printed {own}; {common} [{usual.place}] at {places}"
            added = topic.adds(usual, claim)
            description += f"; {added}" if added else ""
            recorded = f"{common} [{usual.place}]" + (f" at {places}" if len(same) > 1 else "")
            preferred = topic.prefers(usual) and not topic.prefers(claim)
            known = preferred or len(same) > 1 or support.get(id(usual), 0) > 0
            yield Verdict(
                claim,
                conclusion,
                description,
                others=(usual,),
                recorded=recorded,
                expected=common if known else "the same at both",
            )


def _usual(values: list[_Value], topic: ConsistencyTopic, support: Mapping[int, int]) -> Claim:
    """The claim with most support by other rules; of equals the one that most places agree with."""
    order = {id(each): at for at, each in enumerate(values)}
    preferred = [each for each in values if topic.prefers(each.first)] or values
    best = {id(each): max(support.get(id(claim), 0) for claim in each.claims) for each in values}
    likely = sorted(preferred, key=lambda each: (-best[id(each)], -len(each.claims)))[:_CANDIDATES]
    likely.sort(key=lambda each: order[id(each)])
    chosen = max(likely, key=lambda each: (best[id(each)], _places_agreeing(each, values, topic)))
    most = best[id(chosen)]
    return next(each for each in chosen.claims if support.get(id(each), 0) == most)


def _places_agreeing(usual: _Value, values: list[_Value], topic: ConsistencyTopic) -> int:
    return sum(
        len(each.claims)
        for each in values
        if topic.compare(usual.first, each.first) is Conclusion.AGREES
    )


def _support(evidence: Evidence) -> dict[int, int]:
    """By the id of a claim: 1 where a rule reproduces it, -1 where one contradicts it, else 0."""
    found: dict[int, int] = {}
    for verdict in evidence.verdicts:
        support, key = _SUPPORT.get(verdict.conclusion, 0), id(verdict.claim)
        known = found.get(key, support)
        found[key] = min(known, support) if -1 in (known, support) else max(known, support)
    return found


def _printed_text(claim: Claim, with_unit: bool) -> str:
    return f"{claim.text} {claim.unit}" if with_unit else claim.text
