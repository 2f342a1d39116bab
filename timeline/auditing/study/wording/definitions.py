"""Protocol, time origins and endpoint definitions as the sections of a report word them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.auditing.claims.cohort import Claims, check_own, group_by, shared_verdict
from timeline.auditing.claims.origins import origin_name, same_origin
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import compare_figures, words
from timeline.auditing.consistency_topics import ConsistencyTopic, check_topic
from timeline.auditing.rule import Concern, Evidence, Rule, Severity
from timeline.auditing.study.counts.adverse_event_rows import rows_of
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim

_PROTOCOL = ("treatment after", "dose after", "rule for", "planned assessment")
PROTOCOL = ConsistencyTopic(
    name="protocol",
    takes=lambda claim: claim.kind == "name" and claim.about.startswith(_PROTOCOL),
    compare=compare_figures,
    adds=lambda *_: "one section states a rule that another does not report",
)
ORIGINS = ConsistencyTopic(
    name="origin",
    takes=lambda claim: claim.kind == "name" and claim.about.startswith("origin of"),
    compare=same_origin,
    adds=lambda *_: "times of two origins cannot be compared",
)
STUDY_TOPICS = (PROTOCOL, ORIGINS)


_UNTOUCHED = re.compile(r"\b(?:neither|no|not|never|without|none)\b", re.IGNORECASE)


def check_protocol(evidence: Evidence) -> Iterator[Verdict]:
    """Treatment after an adverse event against the protocol and the reported grades (K34)."""
    yield from check_topic(evidence, PROTOCOL)
    grade_4 = {row.term: row.graded.of((4,)) for row in rows_of(evidence.own)}
    grade_4_text = ", ".join(f"{term} {count}" for term, count in grade_4.items() if count)
    for claim in evidence.own:
        after = claim.kind == "name" and claim.about.startswith("treatment after")
        if after and grade_4_text and _UNTOUCHED.search(claim.text):
            description = f"printed {claim.text}; the table gives grade 4 to {grade_4_text}"
            note = "grade 4 requires urgent intervention in CTCAE 5.0"
            yield Verdict(claim, Conclusion.POSSIBLE, description, notes=(note,))


def check_origins(evidence: Evidence) -> Iterator[Verdict]:
    """A time has the same origin in every section (K35), named or in an interval."""
    yield from check_topic(evidence, ORIGINS)
    intervals = [each for each in evidence.own if each.kind == "interval" and "assess" in each.to]
    for several in group_by(intervals, lambda each: (each.to, each.text, each.unit)).values():
        by_origin = group_by(several, _origin_name)
        if len(by_origin) > 1:
            # The most frequent origin first, so that the verdict is on the deviating one.
            ranked = sorted(several, key=lambda each: -len(by_origin[_origin_name(each)]))
            origins_text = "; ".join(f"from {claim.from_} [{claim.place}]" for claim in ranked)
            description = f"printed {ranked[0].text} {ranked[0].unit} {origins_text}"
            named = tuple(
                claim
                for claim in evidence.own
                if ORIGINS.takes(claim) and several[0].to in claim.about
            )
            first, second, *_ = sorted(map(len, by_origin.values()), reverse=True)
            expected = f"from {ranked[0].from_}" if first > second else "the same at both"
            for verdict in shared_verdict(ranked, Conclusion.CONTRADICTED, description):
                yield attrs.evolve(verdict, others=(*verdict.others, *named), expected=expected)


def _origin_name(claim: Claim) -> str:
    return origin_name(claim.from_)


@attrs.frozen
class Definition:
    """The events that an endpoint must and must not have, each as a set of synonyms."""

    endpoint: str
    required: tuple[tuple[str, ...], ...]
    excluded: tuple[str, ...]
    meaning: str


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


def check_definitions(claims: Claims) -> Iterator[Verdict]:
    """The events of an endpoint are those of its FDA definition of 2018 (K36)."""
    for claim in claims:
        row = DEFINITIONS.get(claim.about.removeprefix("event of "))
        if claim.kind != "name" or row is None or not claim.about.startswith("event of "):
            continue
        text_words = words(claim.text)
        missing = [each[0] for each in row.required if not text_words.intersection(each)]
        excluded_words = text_words.intersection(row.excluded)
        if missing or excluded_words:
            fault = (
                f"{' and '.join(missing)} not named"
                if missing
                else f"{', '.join(sorted(excluded_words))} named"
            )
            description = f"printed {claim.text} as {claim.about}: {fault}; {row.meaning}"
            recorded = f"{fault}; {row.meaning}"
            yield Verdict(claim, Conclusion.POSSIBLE, description, recorded=recorded)
        else:
            description = f"printed {claim.text}: the events of {row.endpoint}"
            yield Verdict(claim, Conclusion.AGREES, description)


RULES = (
    Rule(
        id="K34",
        concern=Concern.CONSISTENCY,
        checks="a rule of the Methods against what the Results report",
        formula="the same words, or one is less specific",
        severity=Severity.ERROR,
        source="case catalogue: Methods against Results",
        example_fail="discontinued after an adverse event; neither changed nor interrupted",
        example_ok="discontinued in both",
        check=check_protocol,
        reads_all=True,
        yields=True,
    ),
    Rule(
        id="K35",
        concern=Concern.RESULT,
        checks="one time has one origin in every section",
        formula="the origins printed of one time are the same words",
        severity=Severity.ERROR,
        source="case catalogue: abstract against methods",
        example_fail="12 weeks from diagnosis in the abstract, from treatment in the methods",
        example_ok="from the start of treatment in both",
        check=check_origins,
        reads_all=True,
        yields=True,
    ),
    Rule(
        id="K36",
        concern=Concern.RESULT,
        checks="the events of an endpoint are those that it has by definition",
        formula="PFS: progression and death; OS: death; TTP: progression without death",
        severity=Severity.WARNING,
        source="FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs, December 2018",
        example_fail="PFS ends with progression, death is not named",
        example_ok="OS ends with death from any cause",
        check=check_own(check_definitions),
    ),
)
