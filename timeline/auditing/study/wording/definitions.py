"""What a report says in words of its study: rules and deeds, origins, endpoints, comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.auditing.claims.cohort import Claims, group_by, group_of, in_days, shared_verdict
from timeline.auditing.claims.origins import name_of, same_origin
from timeline.auditing.claims.qualifiers import assessed
from timeline.auditing.compare import Conclusion
from timeline.auditing.repeated_figures import (
    ANY_WORDS,
    OF_REFERENCES,
    ConsistencyTopic,
    alike,
    look_at_topic,
    words,
)
from timeline.auditing.rule import Evidence
from timeline.auditing.study.counts.adverse_event_rows import rows_of
from timeline.auditing.synonyms import drugs, subject
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.report.claims import DURATIONS, ENDPOINTS_CLAIMED, TIMES, Claim
from timeline.report.printed_statistics import DIRECTIONS, OF_BENEFIT
from timeline.statistics.rounding import Consistency, not_above, worst

_PROTOCOL = ("treatment after", "dose after", "rule for", "planned assessment")
PROTOCOL = ConsistencyTopic(
    name="rule and deed",
    takes=lambda claim: claim.kind == "name" and claim.about.startswith(_PROTOCOL),
    compare=ANY_WORDS.compare,
    adds=lambda *_: "what one section lays down, another does not report",
)
ORIGINS = ConsistencyTopic(
    name="origin",
    takes=lambda claim: claim.kind == "name" and claim.about.startswith("origin of"),
    compare=same_origin,
    adds=lambda *_: "times of two origins cannot be compared",
)
STUDY_TOPICS = (PROTOCOL, ORIGINS)


_UNTOUCHED = re.compile(r"\b(?:neither|no|not|never|without|none)\b", re.IGNORECASE)


def look_at_deeds(evidence: Evidence) -> Iterator[Verdict]:
    """What was done after an event against the rule for it, and against its grades (K34)."""
    yield from look_at_topic(evidence, PROTOCOL)
    grave = {row.term: row.made.of((4,)) for row in rows_of(evidence.own)}
    told = ", ".join(f"{term} {count}" for term, count in grave.items() if count)
    for claim in evidence.own:
        after = claim.kind == "name" and claim.about.startswith("treatment after")
        if after and told and _UNTOUCHED.search(claim.text):
            description = f"printed {claim.text}; the table gives grade 4 to {told}"
            note = "grade 4 asks for urgent intervention by CTCAE 5.0"
            yield Verdict(
                claim=claim, call=Conclusion.POSSIBLE, description=description, notes=(note,)
            )


def look_at_origins(evidence: Evidence) -> Iterator[Verdict]:
    """One time has one origin in every section (K35), whether it is named or counted from."""
    yield from look_at_topic(evidence, ORIGINS)
    intervals = [each for each in evidence.own if each.kind == "interval" and "assess" in each.to]
    for several in group_by(intervals, lambda each: (each.to, each.text, each.unit)).values():
        by_origin = group_by(several, _from)
        if len(by_origin) > 1:
            # What most places say first, so that the verdict falls on the odd one out.
            ranked = sorted(several, key=lambda each: -len(by_origin[_from(each)]))
            told = "; ".join(f"from {claim.from_} [{claim.place}]" for claim in ranked)
            description = f"printed {ranked[0].text} {ranked[0].unit} {told}"
            named = tuple(
                claim
                for claim in evidence.own
                if ORIGINS.takes(claim) and several[0].to in claim.about
            )
            for verdict in shared_verdict(ranked, Conclusion.CONTRADICTED, description):
                yield attrs.evolve(verdict, others=(*verdict.others, *named))


def _from(claim: Claim) -> str:
    return name_of(claim.from_)


@attrs.frozen
class Definition:
    """What must be, and what must not be, an event of an endpoint; each is any of some words."""

    endpoint: str
    wants: tuple[tuple[str, ...], ...]
    bars: tuple[str, ...]
    otherwise: str


_DEATH = ("death", "dead", "died", "die")
_PROGRESS = ("progress", "progression", "progressive", "pd")
DEFINITIONS = {
    row.endpoint: row
    for row in (
        Definition("PFS", (_PROGRESS, _DEATH), (), "without death it is the time to progression"),
        Definition("OS", (_DEATH,), (), "overall survival ends with death alone"),
        Definition("TTP", (_PROGRESS,), _DEATH, "with death it is progression-free survival"),
        Definition(
            "DFS",
            (("recurrence", "relapse"), _DEATH),
            (),
            "without death it is the time to relapse",
        ),
    )
}


def look_at_definitions(claims: Claims) -> Iterator[Verdict]:
    """The events of an endpoint are those that it has by FDA 2018 (K36)."""
    for claim in claims:
        row = DEFINITIONS.get(claim.about.removeprefix("event of "))
        if claim.kind != "name" or row is None or not claim.about.startswith("event of "):
            continue
        said = words(claim.text)
        missing = [each[0] for each in row.wants if not said.intersection(each)]
        barred = said.intersection(row.bars)
        if missing or barred:
            lacks = (
                f"{' and '.join(missing)} not named"
                if missing
                else f"{', '.join(sorted(barred))} named"
            )
            description = f"printed {claim.text} as {claim.about}: {lacks}; {row.otherwise}"
            yield Verdict(claim=claim, call=Conclusion.POSSIBLE, description=description)
        else:
            description = f"printed {claim.text}: the events of {row.endpoint}"
            yield Verdict(claim=claim, call=Conclusion.AGREES, description=description)


def look_at_references(evidence: Evidence) -> Iterator[Verdict]:
    """What a sentence cites a work for is what the work is about, by its title (K41)."""
    told = [c for c in evidence.source.claims if c.about.startswith(OF_REFERENCES)]
    for several in group_by(told, lambda each: each.about).values():
        title = next((c for c in several if re.match("reference", c.place, re.IGNORECASE)), None)
        for claim in several:
            if title is not None and claim is not title:
                call = _same_subject(claim, title)
                description = f"printed {claim.text}; in the references {title.text}"
                yield Verdict(claim=claim, call=call, description=description, others=(title,))


def _same_subject(claim: Claim, title: Claim) -> Conclusion:
    one, other = (drugs(each.text) for each in (claim, title))
    if one and other and not one & other:  # of one class, perhaps, and still two drugs
        return Conclusion.CONTRADICTED
    said, known = (subject(each.text) for each in (claim, title))
    if said <= known or known <= said:
        return Conclusion.AGREES
    return Conclusion.POSSIBLE if said & known else Conclusion.CONTRADICTED


_OF_GOOD = (*ENDPOINTS_CLAIMED, "ORR", "DCR", "CBR", "rate")


def look_at_other_reports(evidence: Evidence) -> Iterator[Verdict]:
    """A cited study's figure as another report of those opened prints it (K42)."""
    others = [
        (source, claim)
        for source in evidence.beside
        for claim in source.claims
        if claim.study and claim.printed
    ]
    for claim in (each for each in evidence.source.claims if each.study and each.printed):
        for source, other in others:
            if _figure(claim) == _figure(other):
                call = Conclusion.AGREES if alike(claim, other) else Conclusion.POSSIBLE
                description = f"printed {claim.text}; {other.text} in {source.name} [{other.place}]"
                yield Verdict(claim=claim, call=call, description=description, others=(other,))


def _figure(claim: Claim) -> tuple[object, ...]:
    """What makes two claims about one study the same figure."""
    of = (claim.study, claim.kind, claim.about, group_of(claim), claim.of, claim.statistic)
    at = claim.at and (claim.at.values, claim.at.unit)
    return (*of, claim.unit, at, claim.grade, assessed(claim))


def look_at_directions(evidence: Evidence) -> Iterator[Verdict]:
    """Longer, lower, superior: the report's own figures stand that way (K43)."""
    for claim in evidence.own:
        if claim.kind == "word":
            yield _direction(claim, evidence.source.claims)


def look_at_directions_within(claims: Claims) -> Iterator[Verdict]:
    """The same within one cited study."""
    for claim in claims:
        if claim.kind == "word":
            yield _direction(claim, claims)


def _direction(claim: Claim, claims: Claims) -> Verdict:
    if claim.text.lower() in OF_BENEFIT and claim.about not in _OF_GOOD:
        return not_checkable(claim, "which way of this figure is good is not told")
    of_study = [c for c in claims if c.kind != "word" and claim.about in (c.kind, c.about)]
    ones = [c for c in of_study if (c.study, group_of(c)) == (claim.study, group_of(claim))]
    others = [
        c
        for c in of_study
        if (c.study == claim.study and c.group == claim.than) or c.study == claim.than
    ]
    pairs = [(one, other) for one in ones for other in others if _comparable(one, other)]
    if not pairs:
        return not_checkable(claim, "the two figures that it compares are not both told")
    sign = DIRECTIONS[claim.text.lower()]
    fits = [_stands(one, other, sign) for one, other in pairs]
    fit = worst(fits)
    if (
        fit is Consistency.CONTRADICTED
        and claim.text.lower() in OF_BENEFIT
        and _by_ratio(claim, claims)
    ):
        fit = (
            Consistency.POSSIBLE
        )  # the hazard over the whole time, and not the medians, may be meant
    one, other = pairs[0]
    description = f"printed {claim.text}; {one.text} against {other.text} {one.unit} ({claim.than})"
    return Verdict(
        claim=claim, call=Conclusion(fit.value), description=description, others=(one, other)
    )


def _by_ratio(claim: Claim, claims: Claims) -> bool:
    """Whether a hazard ratio of the same comparison is printed that lies below 1."""
    return any(
        each.kind == "HR"
        and each.about == claim.about
        and (each.study, group_of(each)) == (claim.study, group_of(claim))
        and each.printed is not None
        and each.printed.span.high < 1
        for each in claims
    )


def _comparable(one: Claim, other: Claim) -> bool:
    same = (one.kind, one.statistic, str(one.at)) == (other.kind, other.statistic, str(other.at))
    same = same and assessed(one) == assessed(other)
    units = one.unit == other.unit or (one.unit in TIMES and other.unit in TIMES)
    return same and units and one.printed is not None and other.printed is not None


def _stands(one: Claim, other: Claim, sign: int) -> Consistency:
    if one.printed is None or other.printed is None:
        return Consistency.NOT_CHECKABLE
    spans = [one.printed.span, other.printed.span]
    if one.unit != other.unit:
        spans = [_in_days(each, each.printed) for each in (one, other) if each.printed]
    lower, higher = spans if sign < 0 else spans[::-1]
    if one.printed.value is not None and one.printed.value == other.printed.value:
        exact = one.unit == other.unit and one.kind in ("count", "events")
        return Consistency.CONTRADICTED if exact else Consistency.POSSIBLE
    return not_above(lower, higher)


def _in_days(claim: Claim, number: Printed) -> Span:
    if claim.unit in TIMES and claim.kind in DURATIONS:
        return in_days(number.span, claim.unit)
    return number.span
