"""The abbreviations of a figure, written out at the end of its caption.

Journals ask for each abbreviation that a figure prints, in the order of the alphabet: "CR,
complete response; PD, progressive disease". A word that only one criterion has names it: "iCR,
complete response by iRECIST". What the caption writes out already is not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import attrs

from renderers.scene.scene import Scene
from renderers.text.translation import either, translate
from timeline.terminology.criteria import TERMS, having_their_own, meaning
from timeline.terminology.endpoints import ENDPOINTS, Endpoint
from timeline.terminology.response_codes import Code

_WORD = re.compile(r"[^\W_][\w/.-]*")
# Eisenhauer 2009 (RECIST 1.1), Seymour 2017 (iRECIST); NED as CDISC has it.
_RESPONSES = {
    Code.CR: "complete response",
    Code.PR: "partial response",
    Code.SD: "stable disease",
    Code.NON_CR_NON_PD: "neither complete response nor progressive disease",
    Code.NED: "no evidence of disease",
    Code.PD: "progressive disease",
    Code.NE: "not evaluable",
    Code.UPD: "unconfirmed progressive disease",
}
_OTHERS = {
    "CI": "confidence interval",
    "HR": "hazard ratio",
    "RECIST": "Response Evaluation Criteria in Solid Tumours",
}

# Names of biomarkers: HUGO gene nomenclature; Allison 2020 (ASCO/CAP, hormone receptors); NCI
# Dictionary of Cancer Terms.
_BIOMARKERS = {
    "AFP": "alpha-fetoprotein",
    "ALK": "anaplastic lymphoma kinase",
    "CEA": "carcinoembryonic antigen",
    "CPS": "combined positive score",
    "dMMR": "deficient mismatch repair",
    "EGFR": "epidermal growth factor receptor",
    "ER": "oestrogen receptor",
    "HER2": "human epidermal growth factor receptor 2",
    "MMR": "mismatch repair",
    "MSI": "microsatellite instability",
    "MSI-H": "high microsatellite instability",
    "MSS": "microsatellite stable",
    "PD-L1": "programmed death ligand 1",
    "PR": "progesterone receptor",
    "PgR": "progesterone receptor",
    "PSA": "prostate-specific antigen",
    "TMB": "tumour mutational burden",
    "TPS": "tumour proportion score",
}


def biomarker_terms(texts: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """The abbreviations in the texts of biomarkers, for `Scene.terms`; longer texts first.

    >>> biomarker_terms(["PR 3b"])
    (('PR 3b', 'PR', 'progesterone receptor'),)
    """
    return tuple(
        (text, word, translate(_BIOMARKERS[word]))
        for text in sorted(dict.fromkeys(texts), key=len, reverse=True)
        for word in dict.fromkeys(_words_of(text))
        if word in _BIOMARKERS
    )


def with_abbreviations(scene: Scene) -> Scene:
    """The scene with the abbreviations that it prints, in its caption."""
    printed = " ".join(_texts(scene))
    meanings: dict[str, list[str]] = {}
    for text, word, meant in scene.terms:  # a text may be broken over lines
        printed, count = re.subn(r"\s+".join(map(re.escape, text.split())), " ", printed)
        if count:
            meanings.setdefault(word, []).append(meant)
    for word in _words_of(printed):
        meanings.setdefault(word, []).append(expansion(word))
    known = scene.caption.casefold()
    apart = {word for _, word, _ in scene.terms} - {*_words_of(scene.caption)}
    found = [
        f"{word}, {written}"
        for word, each in sorted(meanings.items(), key=lambda row: (row[0].casefold(), row[0]))
        if (new := [text for text in dict.fromkeys(each)
                    if text and (word in apart or text.casefold() not in known)])
        and (written := either(tuple(new)))
    ]  # fmt: skip
    if not found or not scene.caption:
        return scene
    sentence = translate("Abbreviations: {words}.", words="; ".join(found))
    return attrs.evolve(scene, caption=f"{scene.caption} {sentence}")


def expansion(word: str) -> str:
    """What an abbreviation stands for, in the current language; empty where it is none.

    >>> expansion("iUPD"), expansion("PFS"), expansion("sarcoma")
    ('unconfirmed progressive disease by iRECIST', 'progression-free survival', '')
    """
    if word in _OTHERS:
        return translate(_OTHERS[word])
    return _response(word) or _endpoint(word)


def _response(word: str) -> str:
    code = meaning(word)
    if code is None or code not in _RESPONSES:
        return ""
    own = having_their_own(word)
    if not own:
        return translate(_RESPONSES[code])
    called = {short: call for row in own for call, short in row.called}
    if word in called:  # PMR: the criterion is in the name
        return translate(called[word])
    confirmed = code is Code.PD and all(row.confirms for row in own)
    what = translate("confirmed progressive disease" if confirmed else _RESPONSES[code])
    titles = either(tuple(row.title for row in own))
    return translate("{what} by {criterion}", what=what, criterion=titles)


def _endpoint(word: str) -> str:
    """The name of an endpoint up to its definition; "Exposure" is no abbreviation."""
    row = _endpoint_named(word)
    if row is None:
        return ""
    name = translate(row.description).partition(":")[0]
    criterion = row.names[word]
    own = criterion in TERMS and TERMS[criterion].prefix
    return translate("{what} by {criterion}", what=name, criterion=criterion) if own else name


@lru_cache(maxsize=4096)
def _endpoint_named(word: str) -> Endpoint | None:
    if sum(letter.isupper() for letter in word) < 2:
        return None
    return next((row for row in ENDPOINTS if word in row.names), None)


def _texts(scene: Scene) -> Iterator[str]:
    """What a scene prints: its texts, its axes, its legend, its caption."""
    yield scene.caption
    yield from (str(getattr(mark, "text", "")) for mark in scene.marks)
    yield from (axis.title for axis in scene.axes)
    own = {style: words for style, _, words in scene.named if words}
    for name in scene.styles:
        yield own.get(name) or scene.style(name).description


def _words_of(text: str) -> Iterator[str]:
    """The words of a text; of "RECIST 1.1," the first is RECIST."""
    for found in _WORD.findall(text):
        yield found.rstrip(".-/")
