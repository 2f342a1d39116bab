"""Words that a report prints at several places: sides, drugs, tumour types, planned or done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.comparison.same_figure import may_mean_the_same_figure, words
from timeline.auditing.consistency_topics import (
    OF_REFERENCES,
    ConsistencyTopic,
    check_topic,
    topic_check,
)
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim
from timeline.terminology.drugs import DrugEntry, drug_named, nearest, resembles

_SIDES = frozenset({"left", "right", "bilateral"})
_TUMOUR = re.compile(r"\b\w*(?:oma|omas|leuka?emia|cancer|tumou?r|GIST)\b", re.IGNORECASE)
_STATUS_WORDS = {
    "planned": {"planned", "scheduled", "intended", "proposed", "recommended", "awaited"},
    "done": {"received", "given", "performed", "completed", "done", "underwent", "treated"},
    "refused": {"refused", "declined"},
}


def _has(value: Callable[[Claim], object]) -> Callable[[Claim], bool]:
    """Whether a claim is a name with a value such as a side or a drug."""
    return lambda claim: claim.kind == "name" and bool(value(claim))


def _same(value: Callable[[Claim], object]) -> Callable[[Claim, Claim], Conclusion]:
    """Compare two claims by a value; a claim without the value agrees with any other."""

    def compare(one: Claim, other: Claim) -> Conclusion:
        first, second = value(one), value(other)
        differ = first and second and first != second
        return Conclusion.CONTRADICTED if differ else Conclusion.AGREES

    return compare


def _side(claim: Claim) -> frozenset[str]:
    return words(claim.text) & _SIDES


def _drug(claim: Claim) -> DrugEntry | None:
    return drug_named(claim.text)


def _same_drug(one: Claim, other: Claim) -> Conclusion:
    drug = _drug(one)
    same = may_mean_the_same_figure(one, other) or (drug is not None and drug is _drug(other))
    return Conclusion.AGREES if same else Conclusion.CONTRADICTED


def _drug_remark(usual: Claim, claim: Claim) -> str:
    """What the list of drugs has for a name that differs from the usual one."""
    usual_drug, other = _drug(usual), _drug(claim)
    if usual_drug and other:
        kind = "of the same kind" if usual_drug.kind == other.kind else f"({other.kind})"
        return f"{claim.text} is another drug {kind}"
    return on_no_list(claim.text, usual_drug)


def on_no_list(text: str, usual_drug: DrugEntry | None = None) -> str:
    """States that a name is no drug of the list, with the nearest drug, or ``usual_drug`` alone."""
    close = (
        nearest(text) if usual_drug is None else usual_drug if resembles(text, usual_drug) else None
    )
    near = f"; the nearest name is {close.name} ({close.kind})" if close else ""
    return f"{text} is on no list of drugs known here{near}"


_SUBTYPE = re.compile(
    r"\b(?:(?:well|poorly|moderately|de|un)[\s-]?differentiated|myxoid|pleomorphic|epithelioid)\b",
    re.IGNORECASE,
)


def _subtypes(claim: Claim) -> frozenset[str]:
    return frozenset(re.sub(r"[\s-]", "", each.lower()) for each in _SUBTYPE.findall(claim.text))


def _tumours(claim: Claim) -> frozenset[str]:
    return frozenset(word.lower().rstrip("s") for word in _TUMOUR.findall(claim.text))


def _same_tumour(one: Claim, other: Claim) -> Conclusion:
    """Agrees for the same tumour; possible where the words may name one; else contradicted.

    Words for a place or a grade make no difference.
    """
    if may_mean_the_same_figure(one, other):
        return Conclusion.AGREES
    mine, theirs = _tumours(one), _tumours(other)
    kinds = _subtypes(one), _subtypes(other)
    if all(kinds) and kinds[0].isdisjoint(kinds[1]):
        return Conclusion.CONTRADICTED
    related = mine == theirs or any(a.endswith(b) or b.endswith(a) for a in mine for b in theirs)
    return Conclusion.POSSIBLE if related else Conclusion.CONTRADICTED


def _tumour_remark(usual: Claim, claim: Claim) -> str:
    if _same_tumour(usual, claim) is Conclusion.POSSIBLE:
        return "the two may be the same tumour in different words"
    return "two tumour types"


def _status(claim: Claim) -> str:
    printed = words(claim.text)
    return next((name for name, known in _STATUS_WORDS.items() if printed & known), "")


SIDES = ConsistencyTopic(
    name="side",
    takes=_has(_side),
    compare=_same(_side),
    adds=lambda *_: "one place in the body has one side",
)
DRUGS = ConsistencyTopic(
    name="drug",
    takes=_has(_drug),
    compare=_same_drug,
    adds=_drug_remark,
    prefers=_has(_drug),
)
TUMOURS = ConsistencyTopic(
    name="tumour type",
    takes=_has(_tumours),
    compare=_same_tumour,
    adds=_tumour_remark,
)
STATUS = ConsistencyTopic(
    name="planned or done",
    takes=_has(_status),
    compare=_same(_status),
    adds=lambda *_: "planned is not done",
)
_DRUG_WORDS = frozenset({"drug", "drugs", "antibody", "inhibitor", "agent"})


def check_drugs(evidence: Evidence) -> Iterator[Verdict]:
    """Check the names of one drug against each other, and a name that is on no list of drugs."""
    judged: set[int] = set()
    for verdict in check_topic(evidence, DRUGS):
        judged.add(id(verdict.claim))
        yield verdict
    names = [each for each in evidence.report.claims if each.kind == "name"]
    known = _of_listed_drugs(names)
    for claim in names:
        of_drug = words(claim.about) & _DRUG_WORDS and not claim.about.startswith(OF_REFERENCES)
        if of_drug and id(claim) not in judged and not _drug(claim):
            yield from _unlisted(claim, known)


def _of_listed_drugs(names: Iterable[Claim]) -> tuple[Claim, ...]:
    """The first name of each listed drug, for each subject."""
    found: dict[tuple[str, str, str], Claim] = {}
    for each in names:
        if drug := _drug(each):
            found.setdefault((each.about, each.study, drug.name), each)
    return tuple(found.values())


def _unlisted(claim: Claim, names: Iterable[Claim]) -> Iterator[Verdict]:
    """The verdict on a name on no list, by the names of listed drugs.

    Contradicted where it resembles a drug that the report prints for the same subject, possible
    where it resembles another drug, or has no stem of a drug.
    """
    same = [each for each in names if (each.about, each.study) == (claim.about, claim.study)]
    correct = next((each for each in same if _resembles(claim, each)), None)
    if correct is not None:
        description = f"printed {claim.text}; {correct.text} [{correct.place}]"
        description += f"; {on_no_list(claim.text, _drug(correct))}"
        yield Verdict(
            claim,
            Conclusion.CONTRADICTED,
            description,
            others=(correct,),
            recorded=f"{correct.text} [{correct.place}]",
            expected=correct.text,
        )
    elif nearest(claim.text) is not None or _has_no_stem(claim.text):
        other = next((each for each in names if _resembles(claim, each)), None)
        known = _drug(other) if other else None
        description = f"printed {claim.text}; {on_no_list(claim.text, known)}"
        yield Verdict(claim, Conclusion.POSSIBLE, description)


# Stems of drug names: WHO, The use of stems in the selection of international nonproprietary names,
# 2018. A name that ends in one may be a drug that the list does not have.
_STEMS = (
    *("mab", "nib", "rasib", "sertib", "ciclib", "parib", "zomib", "degib", "lisib", "clax"),
    *("platin", "taxel", "rubicin", "mycin", "citabine", "trexed", "trexate", "tecan", "bulin"),
    *("mustine", "fosfamide", "limus", "stat", "lutamide", "rozole", "relix", "relin", "oxifen"),
    *("cept", "leukin", "grastim", "vec", "xaban", "pril", "sartan", "prazole", "dipine", "olol"),
)


def _has_no_stem(text: str) -> bool:
    """Whether a name is one word in lower case, so no trade name, that ends in no stem."""
    return bool(re.fullmatch(r"[a-z]{6,}", text)) and not text.endswith(_STEMS)


def _resembles(claim: Claim, other: Claim) -> bool:
    drug = _drug(other)
    return drug is not None and resembles(claim.text, drug)


TOPICS = (SIDES, DRUGS, TUMOURS, STATUS)


_CATALOGUE = "case catalogue: abstract, text, legends, tables must agree"

RULES = (
    Rule(
        id="C16",
        checks="the side of an organ is one side throughout",
        formula="the sides printed for one structure are the same",
        severity=Severity.ERROR,
        source=_CATALOGUE,
        example_fail="a tumour of the right femur that is on the left in the pathology",
        example_ok="right in the text, right in the legend",
        check=topic_check(SIDES),
        reads_all=True,
        yields=True,
    ),
    Rule(
        id="C17",
        checks="one drug has one name; what the other name is",
        formula="the names are spellings of one drug of the list, else the nearest name and kind",
        severity=Severity.ERROR,
        source="INN names; " + _CATALOGUE,
        example_fail="penpulimab called clopidogrel, which is an antiplatelet",
        example_ok="doxorubicin and adriamycin",
        check=check_drugs,
        reads_all=True,
        yields=True,
    ),
    Rule(
        id="C21",
        checks="what is planned in one place is not done in another",
        formula="planned, done and refused contradict each other",
        severity=Severity.ERROR,
        source=_CATALOGUE,
        example_fail="radiotherapy planned in the case, received in the discussion",
        example_ok="received in both",
        check=topic_check(STATUS),
        reads_all=True,
        yields=True,
    ),
    Rule(
        id="C36",
        checks="the tumour type is one throughout, legends included",
        formula="the words for the tumour are the same; possible where one is less specific",
        severity=Severity.ERROR,
        source=_CATALOGUE,
        example_fail="lymphoma in the legend of a leiomyosarcoma",
        example_ok="well-differentiated liposarcoma and liposarcoma",
        check=topic_check(TUMOURS),
        reads_all=True,
        yields=True,
    ),
)
