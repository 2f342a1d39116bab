"""A figure that a report prints at several places must be printed alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import attrs

from timeline.auditing.claims.cohort import possible_days
from timeline.auditing.claims.qualifiers import assessed
from timeline.auditing.compare import Conclusion
from timeline.auditing.rule import Evidence
from timeline.auditing.synonyms import may_mean_the_same
from timeline.auditing.verdict import Verdict
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS
from timeline.report.claims import DURATIONS, TIMES, Claim
from timeline.report.printed_statistics import UNREACHED
from timeline.report.unreadable_prints import Unread

# Kinds that have a rule of their own for what they say, or say several things at one place.
_LEFT_OUT = ("date", "response", "schedule")
_SAID_ANYWHERE = ("name", "ordinal")  # what they name is the same wherever it is said
OF_REFERENCES = ("topic of ", "subject of ", "title of ", "year of ")
Slot = tuple[object, ...]


@attrs.frozen(kw_only=True)
class ConsistencyTopic:
    """Words of one kind, told by what is printed: sides, drugs, tumour types, planned or done.

    ``compare`` holds one print against the usual one; ``adds`` is what there is to say of a
    print that departs from it; ``prefers`` tells the prints that may be the usual one.
    """

    name: str
    takes: Callable[[Claim], bool]
    compare: Callable[[Claim, Claim], Conclusion]
    adds: Callable[[Claim, Claim], str]
    prefers: Callable[[Claim], bool] = lambda _: True


def check_topic(evidence: Evidence, topic: ConsistencyTopic) -> Iterator[Verdict]:
    """Each print of a word of one topic against what most places say."""
    standing = _support(evidence)
    for claims in _repeated(evidence):
        if _is_of(topic, claims):
            yield from _compared_with_usual(claims, topic, standing)


def check_repeats(evidence: Evidence, topics: tuple[ConsistencyTopic, ...]) -> Iterator[Verdict]:
    """Each print of a figure against what most places say; what a topic takes is left to it."""
    standing = _support(evidence)
    for claims in _repeated(evidence):
        if not (_is_of_a_reference(claims) or any(_is_of(topic, claims) for topic in topics)):
            yield from _compared_with_usual(claims, ANY_WORDS, standing)


def _is_of(topic: ConsistencyTopic, claims: list[Claim]) -> bool:
    """Whether a figure is one of a topic; what a reference is about is none."""
    return not _is_of_a_reference(claims) and any(map(topic.takes, claims))


def _is_of_a_reference(claims: list[Claim]) -> bool:
    """Whether the words say what a cited work is about, which has a rule of its own."""
    return claims[0].about.startswith(OF_REFERENCES)


def _repeated(evidence: Evidence) -> list[list[Claim]]:
    """The claims of every figure that is printed more than once, a list of things left out."""
    slots: dict[Slot, list[Claim]] = {}
    for claim in evidence.report.claims:
        if isinstance(claim.value, Unread):
            continue
        if claim.kind not in _LEFT_OUT and (claim.about or claim.kind not in _SAID_ANYWHERE):
            slots.setdefault(_slot(claim), []).append(claim)
    parted = [each for claims in slots.values() for each in _by_number(claims)]
    return [claims for claims in parted if len(claims) > 1 and not _is_a_list(claims)]


def _by_number(claims: list[Claim]) -> list[list[Claim]]:
    """Figures of unlike numbers of patients are those of two groups, and no repetition."""
    sizes = {claim.n for claim in claims if claim.n}
    if len(sizes) < 2:
        return [claims]
    return [[claim for claim in claims if claim.n == n] for n in sizes]


def _slot(claim: Claim) -> Slot:
    """What makes two claims the same figure."""
    whose = (claim.study, claim.group)
    if claim.kind in _SAID_ANYWHERE:
        return claim.kind, claim.about, *whose
    base = (claim.kind, claim.about, *whose, claim.line, claim.statistic, claim.of, claim.grade)
    return (*base, claim.from_, claim.to, claim.criterion, _unit(claim), claim.at, assessed(claim))


def _unit(claim: Claim) -> str:
    """The unit of a figure; a time is one figure in whatever unit it is told."""
    return "time" if _is_a_time(claim) else claim.unit


def _is_a_time(claim: Claim) -> bool:
    return claim.kind in (*DURATIONS, "follow-up") and claim.unit in TIMES


def _is_a_list(claims: list[Claim]) -> bool:
    """Whether a slot holds several things, which are then no repetition of one another.

    So where all stand at one place, or where two places each give more than one.
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


NAMED = 20  # further prints that a verdict names; a figure may stand at thousands of places
CANDIDATES = 40  # prints, the most frequent first, of which one may be the usual one


@attrs.frozen
class _Print:
    """The claims that print a figure in the same characters, in the order of the report."""

    claims: tuple[Claim, ...]

    @property
    def first(self) -> Claim:
        return self.claims[0]


def _prints(claims: Iterable[Claim]) -> list[_Print]:
    """What compares alike is compared once, however many places print it."""
    found: dict[Slot, list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.text, claim.unit, claim.about, claim.note), []).append(claim)
    return [_Print(tuple(each)) for each in found.values()]


def _compared_with_usual(
    claims: list[Claim], topic: ConsistencyTopic, standing: Mapping[int, int]
) -> Iterator[Verdict]:
    """Each print against the usual one.

    That is the one that the record reproduces; else the one that most places share, the first
    of equals.
    """
    prints = _prints(claims)
    usual = _usual(prints, topic, standing)
    calls = {id(each): topic.compare(usual, print_.first) for print_ in prints
             for each in print_.claims}  # fmt: skip
    same = [each for each in claims if calls[id(each)] is Conclusion.AGREES]
    told = f"{len(same)} place{'s' if len(same) > 1 else ''}"
    for claim in claims:
        conclusion = calls[id(claim)]
        if conclusion is Conclusion.AGREES and len(same) > 1:
            others = tuple(each for each in same[: NAMED + 1] if each is not claim)[:NAMED]
            yield Verdict(claim, conclusion, f"printed the same at {told}", others=others)
        elif conclusion is not Conclusion.AGREES:
            own, common = (_printed_text(each, claim.unit != usual.unit) for each in (claim, usual))
            description = f"printed {own}; {common} [{usual.place}] at {told}"
            added = topic.adds(usual, claim)
            said = f"{description}; {added}" if added else description
            yield Verdict(claim, conclusion, said, others=(usual,))


def _usual(prints: list[_Print], topic: ConsistencyTopic, standing: Mapping[int, int]) -> Claim:
    """The claim that stands best among the rules; of equals the one that most places agree with."""
    places = {id(each): at for at, each in enumerate(prints)}
    preferred = [each for each in prints if topic.prefers(each.first)] or prints
    best = {id(each): max(standing.get(id(claim), 0) for claim in each.claims) for each in prints}
    likely = sorted(preferred, key=lambda each: (-best[id(each)], -len(each.claims)))[:CANDIDATES]
    likely.sort(key=lambda each: places[id(each)])
    chosen = max(likely, key=lambda each: (best[id(each)], _places_agreeing(each, prints, topic)))
    stands = best[id(chosen)]
    return next(each for each in chosen.claims if standing.get(id(each), 0) == stands)


def _places_agreeing(usual: _Print, prints: list[_Print], topic: ConsistencyTopic) -> int:
    return sum(
        len(each.claims)
        for each in prints
        if topic.compare(usual.first, each.first) is Conclusion.AGREES
    )


_SUPPORT = {Conclusion.CONTRADICTED: -1, Conclusion.AGREES: 1}


def _support(evidence: Evidence) -> dict[int, int]:
    """By the id of a claim: 1 where a rule reproduces it, -1 where one contradicts it, else 0."""
    found: dict[int, int] = {}
    for verdict in evidence.verdicts:
        given, key = _SUPPORT.get(verdict.conclusion, 0), id(verdict.claim)
        known = found.get(key, given)
        found[key] = min(known, given) if -1 in (known, given) else max(known, given)
    return found


def _printed_text(claim: Claim, with_unit: bool) -> str:
    return f"{claim.text} {claim.unit}" if with_unit else claim.text


def may_mean_the_same_figure(one: Claim, other: Claim) -> bool:
    """Whether two prints can mean the same.

    Numbers that can be one number; words that are the same, synonyms or abbreviations, or of
    which one says less.
    """
    if one.printed and other.printed:
        if one.unit != other.unit and _is_a_time(one) and _is_a_time(other):
            first = possible_days(one.printed, one.unit)
            return first.overlaps(possible_days(other.printed, other.unit))
        return one.printed.may_equal(other.printed)
    if _not_reached(one) or _not_reached(other):  # 20.9+, the longest followed, may stand beside it
        return all(_not_reached(each) or _is_open(each) for each in (one, other))
    fewer, more = sorted((words(one.text), words(other.text)), key=len)
    return fewer <= more or may_mean_the_same(one.text, other.text)


def _not_reached(claim: Claim) -> bool:
    return _is_a_time(claim) and claim.value == UNREACHED


def _is_open(claim: Claim) -> bool:
    return claim.printed is not None and claim.printed.is_lower_bound


def words(text: str) -> frozenset[str]:
    """The words of a print, hyphens and dashes opened."""
    return frozenset(re.findall(r"[^\W_]+", text.lower().replace("-", " ").replace("–", " to ")))


def _compare_words(one: Claim, other: Claim) -> Conclusion:
    if not may_mean_the_same_figure(one, other):
        return Conclusion.CONTRADICTED
    return Conclusion.POSSIBLE if _says_less(one, other) else Conclusion.AGREES


def _says_less(one: Claim, other: Claim) -> bool:
    """Whether two prints are bounds on one side, and not the same: over 100 and more than 50."""
    if _not_reached(one) != _not_reached(other):
        return _is_open(one) or _is_open(other)
    spans = [each.printed.span for each in (one, other) if each.printed]
    if len(spans) < 2 or one.unit != other.unit:
        return False
    first, second = spans
    above = first.high == second.high == NEVER_ENDS and first.low != second.low
    below = first.low == second.low == NEVER_BEGAN and first.high != second.high
    return above or below


def _remark_on_bounds(usual: Claim, claim: Claim) -> str:
    return "both may be true: one is less precise" if _says_less(usual, claim) else ""


ANY_WORDS = ConsistencyTopic(
    name="any", takes=lambda _: True, compare=_compare_words, adds=_remark_on_bounds
)


def topic_check(topic: ConsistencyTopic) -> Callable[[Evidence], Iterator[Verdict]]:
    """The check of a rule on one topic."""
    return partial(check_topic, topic=topic)
