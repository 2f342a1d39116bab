"""Words next to a figure that change its meaning, such as "unconfirmed": a row each."""

from __future__ import annotations

import functools
import re

import attrs

from timeline.report.claims import Claim


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


@attrs.frozen
class Qualifier:
    """A row: words in the subject, criterion or note of a claim, what they change, its source."""

    name: str
    words: re.Pattern[str] = attrs.field(converter=_words)
    description: str
    source: str


_USE = "common usage of reports"
# A word alone, or before one of reading scans: neither a local recurrence nor the central arm.
_READ = (
    r"(?=[ -](?:\w+[ -])?(?:review\w*|assess\w*|read\w*|radiolog\w*|imaging|evaluat\w*|"
    r"adjudicat\w*|committee|confirm\w*)|\s*(?:$|[,;.)]))"
)
QUALIFIERS = {
    row.name: row
    for row in (
        Qualifier(
            "weighted",
            r"\w*weight(?:ed|ing)(?! loss)|iptw|standardi[sz]ed|imputed|imputation|model-based",
            "a weighted or modelled percentage need not be a count of patients",
            "Austin and Stuart 2015, doi:10.1002/sim.6607",
        ),
        Qualifier(
            "quartiles",
            r"iqr|inter-?quartile(?: range)?|quartiles?|25th|75th|q1|q3",
            "quartiles enclose half of the values and are not the extremes",
            "Altman and Bland 1994, doi:10.1136/bmj.309.6960.996",
        ),
        Qualifier(
            "standard error",
            r"sem?|standard errors?",
            "a standard error is no spread of the values",
            "Altman and Bland 2005, doi:10.1136/bmj.331.7521.903",
        ),
        Qualifier(
            "one-sided",
            r"(?:one|1)-(?:sided|tailed)|(?:one|single) sided",
            "the test is one-sided",
            "Bland and Altman 1994, doi:10.1136/bmj.309.6949.248",
        ),
        Qualifier(
            "other question",
            r"non-?inferiority|equivalence|interaction|heterogeneity|trend",
            "its p value does not test whether the ratio is 1",
            "CONSORT 2010 extension for non-inferiority, doi:10.1001/jama.2012.87802",
        ),
        Qualifier(
            "other test",
            r"bonferroni|holm|hochberg|fdr|corrected|adjusted|exact|permutation|multiplicity",
            "its p value is not that of the statistic alone",
            "Bland and Altman 1995, doi:10.1136/bmj.310.6973.170",
        ),
        Qualifier(
            "crude",
            r"crude|unadjusted|uni-?varia(?:ble|te)|unstratified",
            "it is computed from the counts alone",
            "Bland and Altman 2000, doi:10.1136/bmj.320.7247.1468",
        ),
        Qualifier(
            "of a model",
            r"adjusted|multi-?varia(?:ble|te)|stratified|weighted|matched|conditional|cox|"
            r"mantel(?:[- ]haenszel)?|pooled|meta-analys[ei]s|logistic(?: regression)?",
            "it is computed from more than the counts",
            "Bland and Altman 2000, doi:10.1136/bmj.320.7247.1468",
        ),
        Qualifier(
            "resampled",
            r"bootstrap(?:ped|ping)?|bayes(?:ian)?|credible|posterior|match(?:ed|ing)-adjusted",
            "its limits need not lie evenly on the log scale",
            "Efron and Tibshirani 1986, doi:10.1214/ss/1177013815",
        ),
        Qualifier(
            "not exclusive",
            r"multiple|several|more than one|overlap\w*|not (?:mutually )?exclusive|sites?|"
            r"metastas[ei]s|metastatic|comorbidit\w+|symptoms?|prior \w+|previous \w+|"
            r"mutations?|alterations?|events?|toxicit\w+|drugs?|agents?",
            "one patient may be in several of them",
            _USE,
        ),
        Qualifier(
            "more than one each",
            r"\w*events?|(?:tr|ir|te)?s?aes?|\w*lesions?|cycles?|doses?|episodes?|metasta\w*|"
            r"\w*toxicit\w*|fractions?|occurrences?|infections?|reactions?|complications?|"
            r"(?:bi|au)opsies|samples?|scans?|visits?|(?:re)?admissions?|hospitali[sz]ations?|"
            r"transfusions?|surger(?:y|ies)|resections?|procedures?|lines?|regimens?|"
            r"mutations?|alterations?|sites?|courses?|infusions?|injections?|assessments?",
            "a patient may have more than one of them",
            _USE,
        ),
        Qualifier(
            "events counted",
            r"(?:number of |counts? of |by )events?|episodes?|occurrences?|events,? not patients|"
            r"several grades|each grade|every grade|more than once",
            "its cells count events, and one patient may have several",
            _USE,
        ),
        Qualifier(
            "not all shown",
            r"(?:missing|unknown|others?|rest)(?: \w+)? (?:not|omitted|left out)(?: \w+)?|"
            r"not (?:all )?(?:shown|listed|reported)|where known|known only",
            "some patients are in none of the parts shown",
            _USE,
        ),
        Qualifier(
            "complete",
            r"all (?:adverse )?events|every (?:adverse )?event|complete",
            "every event has a row",
            _USE,
        ),
        Qualifier(
            "of some",
            r"survivors?|surviving|alive|living|censored|responders?",
            "it refers to only some of the patients",
            _USE,
        ),
        Qualifier(
            "unconfirmed",
            r"unconfirmed|(?:not|without|regardless of) confirm\w*",
            "responses without confirmation count too",
            "RECIST 1.1, doi:10.1016/j.ejca.2008.10.026, section 4.6",
        ),
        Qualifier(
            "confirmed",
            r"(?<!ically )confirmed",  # not: histologically confirmed
            "a response counts only once a second scan has confirmed it",
            "RECIST 1.1, doi:10.1016/j.ejca.2008.10.026, section 4.6",
        ),
        Qualifier(
            "investigator",
            rf"investigators?|(?:local(?:ly)?|site){_READ}",
            "the investigators assess the scans",
            "FDA 2018, Clinical Trial Endpoints, section on independent review",
        ),
        Qualifier(
            "central",
            rf"(?:central(?:ly)?|independent(?:ly)?|blinded){_READ}|bicr|ircr?|irrc|icr",
            "independent reviewers assess the scans, and may differ from the investigators",
            "FDA 2018, Clinical Trial Endpoints, section on independent review",
        ),
        Qualifier(
            "one reader",
            r"(?:reader|reviewer|assessor|observer|radiologist)s? (?:[0-9]+|[a-d]|i{1,3})",
            "two readers may give one scan different categories",
            _USE,
        ),
        Qualifier(
            "lasting",
            r"durable|sustained|lasting|weeks?|months?|wk|mo",
            "stable disease counts only once it has lasted",
            "RECIST 1.1, doi:10.1016/j.ejca.2008.10.026, section 4.4",
        ),
        Qualifier(
            "delayed entry",
            r"delayed entry|left[- ]truncat\w+|late entry",
            "patients come under observation later, so that numbers at risk may rise",
            "Guyot et al. 2012, doi:10.1186/1471-2288-12-9, holds for curves without it",
        ),
        Qualifier(
            "censored for therapy",
            r"new (?:\w+ )*(?:therapy|treatment)|subsequent|next line|missed|"
            r"last (?:\w+ )*assessment",
            "a patient censored for progression may die later",
            "FDA 2018, Clinical Trial Endpoints, example tables for PFS, table A",
        ),
        Qualifier(
            "after events",
            r"after|evaluable|excluding|baseline assessment",
            "those who left on the first day are not counted",
            _USE,
        ),
    )
}


def has_qualifier(claim: Claim, name: str) -> Qualifier | None:
    """The row of a qualifier where the words of a claim hold it."""
    row = QUALIFIERS[name]
    return row if row.words.search(_text_of(claim)) else None


def _text_of(claim: Claim) -> str:
    return f"{claim.about} {claim.criterion} {claim.note} {claim.level}"


# Who read the scans, and whether confirmation was required: figures that differ in this are two.
_READERS = "one reader"  # two different readers are two assessments
_ASSESSMENTS = ("unconfirmed", "confirmed", "investigator", "central", _READERS)
Assessment = tuple[str, ...]


def assessed(claim: Claim) -> Assessment:
    """How responses were assessed, by the words next to a figure; empty where none states it.

    A figure that states its assessment and one that does not are two figures as well.
    """
    about = "" if claim.among else claim.about  # the name of a part does not state an assessment
    return _assessed(f"{about} {claim.note}")


@functools.lru_cache(maxsize=4096)
def _assessed(words: str) -> Assessment:
    plain = QUALIFIERS["unconfirmed"].words.sub("", words)
    found = ["unconfirmed"] if plain != words else []
    for name in _ASSESSMENTS[1:]:
        matched = {each[0].lower() for each in QUALIFIERS[name].words.finditer(plain)}
        found += sorted(matched) if name == _READERS else [name] * bool(matched)
    return tuple(found)
