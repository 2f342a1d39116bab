"""What a report says in words at several places: sides, drugs, tumour types, planned or done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.auditing.compare import Conclusion
from timeline.auditing.repeated_figures import (
    OF_REFERENCES,
    ConsistencyTopic,
    check_topic,
    may_mean_the_same_figure,
    topic_check,
    words,
)
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim
from timeline.terminology.drugs import DrugEntry, drug_named, nearest, resembles

_SIDES = frozenset({"left", "right", "bilateral"})
_TUMOUR = re.compile(r"\b\w*(?:oma|omas|leuka?emia|cancer|tumou?r|GIST)\b", re.IGNORECASE)
STATUS_WORDS = {
    "planned": ("planned", "scheduled", "intended", "proposed", "recommended", "awaited"),
    "done": ("received", "given", "performed", "completed", "done", "underwent", "treated"),
    "refused": ("refused", "declined"),
}


def _agrees_if(same: bool) -> Conclusion:
    return Conclusion.AGREES if same else Conclusion.CONTRADICTED


def _side(claim: Claim) -> frozenset[str]:
    return words(claim.text) & _SIDES


def _same_side(one: Claim, other: Claim) -> Conclusion:
    sides = _side(one), _side(other)
    return _agrees_if(not all(sides) or sides[0] == sides[1])


def _names_a_drug(claim: Claim) -> bool:
    return claim.kind == "name" and drug_named(claim.text) is not None


def _same_drug(one: Claim, other: Claim) -> Conclusion:
    known = drug_named(one.text), drug_named(other.text)
    return _agrees_if(
        may_mean_the_same_figure(one, other) or (known[0] is not None and known[0] is known[1])
    )


def _drug_remark(usual: Claim, claim: Claim) -> str:
    """What a name that departs is, by the list of drugs."""
    wanted, other = drug_named(usual.text), drug_named(claim.text)
    if wanted and other:
        kind = "of the same kind" if wanted.kind == other.kind else f"({other.kind})"
        return f"{claim.text} is another drug {kind}"
    return on_no_list(claim.text, wanted)


def on_no_list(text: str, wanted: DrugEntry | None = None) -> str:
    """That a name is no drug of the list; the nearest that is, or ``wanted`` alone if given."""
    close = nearest(text) if wanted is None else wanted if resembles(text, wanted) else None
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
    """Alike; the same but for words of place and grade, or less said: possible; else not."""
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
    said = words(claim.text)
    return next((name for name, known in STATUS_WORDS.items() if said.intersection(known)), "")


def _same_status(one: Claim, other: Claim) -> Conclusion:
    return _agrees_if(_status(one) == _status(other) or not (_status(one) and _status(other)))


SIDES = ConsistencyTopic(
    name="side",
    takes=lambda claim: claim.kind == "name" and bool(_side(claim)),
    compare=_same_side,
    adds=lambda *_: "one place in the body has one side",
)
DRUGS = ConsistencyTopic(
    name="drug",
    takes=_names_a_drug,
    compare=_same_drug,
    adds=_drug_remark,
    prefers=_names_a_drug,
)
TUMOURS = ConsistencyTopic(
    name="tumour type",
    takes=lambda claim: claim.kind == "name" and bool(_tumours(claim)),
    compare=_same_tumour,
    adds=_tumour_remark,
)
STATUS = ConsistencyTopic(
    name="planned or done",
    takes=lambda claim: claim.kind == "name" and bool(_status(claim)),
    compare=_same_status,
    adds=lambda *_: "planned is not done",
)
_DRUG_WORDS = frozenset({"drug", "drugs", "antibody", "inhibitor", "agent"})


def check_drugs(evidence: Evidence) -> Iterator[Verdict]:
    """Names of one drug against one another; a name on no list, near to one that is or to none."""
    spoken: set[int] = set()
    for verdict in check_topic(evidence, DRUGS):
        spoken.add(id(verdict.claim))
        yield verdict
    names = [each for each in evidence.report.claims if each.kind == "name"]
    for claim in names:
        named = words(claim.about) & _DRUG_WORDS and not claim.about.startswith(OF_REFERENCES)
        if named and id(claim) not in spoken and not drug_named(claim.text):
            yield from _unlisted(claim, names)


def _unlisted(claim: Claim, names: list[Claim]) -> Iterator[Verdict]:
    """A name on no list: a slip of one that stands for the same thing, or perhaps of another."""
    same = [each for each in names if (each.about, each.study) == (claim.about, claim.study)]
    meant = next((each for each in same if _resembles(claim, each)), None)
    if meant is not None:
        description = f"printed {claim.text}; {meant.text} [{meant.place}]"
        description += f"; {on_no_list(claim.text, drug_named(meant.text))}"
        yield Verdict(claim, Conclusion.CONTRADICTED, description, others=(meant,))
    elif nearest(claim.text) is not None or _has_no_stem(claim.text):
        other = next((each for each in names if _resembles(claim, each)), None)
        known = drug_named(other.text) if other else None
        description = f"printed {claim.text}; {on_no_list(claim.text, known)}"
        yield Verdict(claim, Conclusion.POSSIBLE, description)


# Ends of names that tell a kind of drug: WHO, The use of stems in the selection of international
# nonproprietary names, 2018. What ends so may be a drug that the list does not have.
_STEMS = (
    *("mab", "nib", "rasib", "sertib", "ciclib", "parib", "zomib", "degib", "lisib", "clax"),
    *("platin", "taxel", "rubicin", "mycin", "citabine", "trexed", "trexate", "tecan", "bulin"),
    *("mustine", "fosfamide", "limus", "stat", "lutamide", "rozole", "relix", "relin", "oxifen"),
    *("cept", "leukin", "grastim", "vec", "xaban", "pril", "sartan", "prazole", "dipine", "olol"),
)


def _has_no_stem(text: str) -> bool:
    """Whether a print is one plain word, no trade name, that ends as no kind of drug does."""
    return bool(re.fullmatch(r"[a-z]{6,}", text)) and not text.endswith(_STEMS)


def _resembles(claim: Claim, other: Claim) -> bool:
    agent = drug_named(other.text)
    return agent is not None and resembles(claim.text, agent)


TOPICS = (SIDES, DRUGS, TUMOURS, STATUS)


_CATALOGUE = "case catalogue: abstract, text, legends, tables must say the same"

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
        formula="planned, done and refused are three things",
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
        formula="the words for the tumour are the same; possible where one says less",
        severity=Severity.ERROR,
        source=_CATALOGUE,
        example_fail="lymphoma in the legend of a leiomyosarcoma",
        example_ok="well-differentiated liposarcoma and liposarcoma",
        check=topic_check(TUMOURS),
        reads_all=True,
        yields=True,
    ),
)
