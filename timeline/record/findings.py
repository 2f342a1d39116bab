"""What a scan showed, as precisely as the report states it: each word is a set of categories.

Every category that a word allows is kept until the rules must distinguish them; a derived status
then names the categories under which it is valid.
"""

from __future__ import annotations

import re

from timeline.core.frozen_class import frozen
from timeline.core.problem import misspelt
from timeline.core.text.spelling import loosely_folded
from timeline.terminology.sites import Site, site

NOT_EVALUATED = "not evaluated"
NONE = "none"
NAMES_A_SITE = ("site", "other")  # keys that take any site

# What records write where no finding was made: an answer of CDISC codelist NY, a word, a flag.
NOT_APPLICABLE_WORDS = ("NA", "N/A", "not applicable")
NOT_EVALUATED_WORDS = (
    *("NE", "ND", "N/D", "U", "UNK", "unknown", "not evaluated", "not evaluable"),
    *("not assessed", "not assessable", "not done", "not available"),
    *("not imaged", "not measured", "not reported", "not known", "inevaluable", "unevaluable"),
)
NO_NEW_WORDS = (
    *("none", "no", "N", "0", "false", "absent", "nil", "negative", "nothing", "nothing new"),
    *("no new lesion", "no new lesions", "no new", "none seen", "none new", "not present"),
    *("not seen", "not detected", "no new disease"),
)
# Answers that a new lesion was seen, but not where.
SOMEWHERE_WORDS = (
    *("yes", "Y", "true", "present", "positive", "new", "new lesion", "new lesions", "PD"),
    *("unequivocal", "unequivocal new lesion", "unequivocal new lesions"),
)

DISAPPEARED_WORDS = ("absent", "gone", "resolved", "disappeared")
SHRUNK_WORDS = (
    *("shrunk", "smaller", "decreased", "reduced", "improved", "shrinkage", "decrease"),
    *("decrease in size", "reduction", "reduction in size", "improvement"),
)
GROWN_WORDS = (
    *("grown", "larger", "increased", "enlarged", "worsened", "worse", "growth", "increase"),
    *("increase in size", "enlargement", "worsening", "deterioration", "deteriorated"),
)
# How much it changed, in a word without a bound: the categories are those of the change alone.
_DEGREES = frozenset(
    """
    clear clearly considerable considerably dramatic dramatically marked markedly mild mildly
    minimal minimally minor moderate moderately obvious obviously remarkable remarkably significant
    significantly slight slightly strong strongly substantial substantially
    """.split()  # noqa: SIM905
)

_SD_OR_PD, _PR_OR_SD = ("SD", "PD"), ("PR", "SD")
_BY_TARGET: dict[tuple[str, ...], tuple[str, ...]] = {  # the categories, and their words
    ("CR",): ("CR", "iCR", "complete response", "complete remission", *DISAPPEARED_WORDS),
    # almost gone: some is left, so not CR; far smaller than a decrease of 30 % requires
    ("PR",): ("PR", "iPR", "partial response", "partial remission", "almost gone"),
    ("SD",): ("SD", "iSD", "stable disease", "stable", "unchanged", "no change"),
    ("PD",): ("PD", "iUPD", "iCPD", "progressive disease", "progression", "progressed"),
    # smaller than baseline or larger, by how much is not printed
    _PR_OR_SD: SHRUNK_WORDS,
    _SD_OR_PD: GROWN_WORDS,
    ("NE",): NOT_EVALUATED_WORDS,
    # no such disease, where all scans of the line agree; else not evaluated
    ("NA",): NOT_APPLICABLE_WORDS,
}
_BETWEEN = "NON-CR/NON-PD"
_BY_NON_TARGET: dict[tuple[str, ...], tuple[str, ...]] = {
    ("CR",): ("CR", "iCR", "complete response", "complete remission", *DISAPPEARED_WORDS),
    (_BETWEEN,): (
        *(_BETWEEN, "NON-iCR/NON-iUPD", "NON CR/NON PD", "NN", "present", "persistent"),
        # without measurement there is no PR and no SD of non-targets: E09 4.3.3
        *("PR", "SD", "stable disease", "stable", "unchanged", "no change"),
        *SHRUNK_WORDS,
    ),
    ("PD",): (
        *("PD", "iUPD", "iCPD", "progressed", "progression", "progressive disease"),
        "unequivocal progression",
    ),
    # only the reader can judge whether the growth is unequivocal: E09 4.3.4
    (_BETWEEN, "PD"): GROWN_WORDS,
    ("NE",): NOT_EVALUATED_WORDS,
    ("NA",): NOT_APPLICABLE_WORDS,
}
TARGET_WORDS = {word: allowed for allowed, words in _BY_TARGET.items() for word in words}
NON_TARGET_WORDS = {word: allowed for allowed, words in _BY_NON_TARGET.items() for word in words}
_BY_EARLIER_NEW = {
    "grown": (*GROWN_WORDS, "progressed"),
    "stable": ("stable", "unchanged", "no change", "present", "persistent"),
    "shrunk": SHRUNK_WORDS,
    "gone": DISAPPEARED_WORDS,
    NOT_EVALUATED: (*NOT_EVALUATED_WORDS, *NOT_APPLICABLE_WORDS),
}
EARLIER_NEW_WORDS = {word: change for change, words in _BY_EARLIER_NEW.items() for word in words}
# words of reports that are no finding by themselves, with what to write
_NOUNS = {"regression": "shrunk"}
# what messages list: a word of each kind
_COMMON_TARGET = (
    "CR",
    "PR",
    "SD",
    "PD",
    "NE",
    "absent",
    "almost gone",
    "shrunk",
    "stable",
    "grown",
)
_COMMON_NON_TARGET = (
    *("CR", _BETWEEN, "PD", "NE", "absent", "present", "stable", "shrunk", "grown", "progressed"),
)


def plain(text: str) -> str:
    """A word for comparison: small letters, single blanks also for hyphens, no last full stop."""
    return loosely_folded(text).replace("n.a", "na").replace("n.d", "nd")


_NONE, _UNKNOWN, _SOMEWHERE = (
    frozenset(map(plain, words))
    for words in (NO_NEW_WORDS, (*NOT_EVALUATED_WORDS, *NOT_APPLICABLE_WORDS), SOMEWHERE_WORDS)
)


@frozen
class Finding:
    """A finding as printed, and every category that it allows."""

    text: str
    allows: tuple[str, ...]

    def __str__(self) -> str:
        return self.text

    @property
    def reports_disease(self) -> bool:
        """Whether it reports that there is such disease; ``NA`` does not."""
        return self.allows != ("NA",)

    @property
    def levels(self) -> tuple[str, ...]:
        """The categories it allows where there is such disease: what is not applicable is NE."""
        return tuple(dict.fromkeys("NE" if each == "NA" else each for each in self.allows))

    @property
    def was_missed(self) -> bool:
        """Whether it was not evaluated; disease that there is none of (NA) cannot be missed."""
        return self.allows == ("NE",)

    @property
    def is_evaluated(self) -> bool:
        """Whether it may be anything but not evaluated."""
        return self.levels != ("NE",)


_OF_PRESENT = (
    "at a baseline leave the key out: that there is target disease is no change of it; at a later "
    "scan write stable, shrunk or grown"
)
_OF_NONE = "write absent if all have resolved, NA if there never were any, NE if not evaluated"


def _read(
    text: str, table: dict[str, tuple[str, ...]], what: str, common: tuple[str, ...]
) -> Finding:
    known = {plain(word): categories for word, categories in table.items()}
    allows: dict[str, None] = {}
    for word in " ".join(text.split()).split(" or "):
        name = _without_degree(plain(word))
        if name not in known:
            advice = (
                _OF_NONE
                if plain(word) in _NONE
                else _OF_PRESENT
                if plain(word) == "present"
                else misspelt(word.strip(), common, {each: each for each in table} | _NOUNS)
            )
            raise ValueError(f"unknown {what}: {word.strip()!r} ({advice})")
        allows.update(dict.fromkeys(known[name]))
    return Finding(text, tuple(allows))


def _without_degree(word: str) -> str:
    """A change of size without how much it was; any other word as it is."""
    degree, _, change = word.partition(" ")
    of_size = change in (*SHRUNK_WORDS, *GROWN_WORDS)
    return change if degree in _DEGREES and of_size else word


def target_finding(text: str) -> Finding:
    """The target lesions: a category (``PR or SD``) or the report's word (``shrunk``)."""
    return _read(text, TARGET_WORDS, "finding in target lesions", _COMMON_TARGET)


def non_target_finding(text: str) -> Finding:
    """The non-target lesions: a category or the report's word."""
    return _read(text, NON_TARGET_WORDS, "finding in non-target lesions", _COMMON_NON_TARGET)


def earlier_new(text: str) -> str:
    """What became of lesions that were new at an earlier scan."""
    known = {plain(word): change for word, change in EARLIER_NEW_WORDS.items()}
    if plain(text) not in known:
        advice = misspelt(text, _BY_EARLIER_NEW, EARLIER_NEW_WORDS)
        raise ValueError(f"unknown change: {text!r} ({advice})")
    return known[plain(text)]


def new_sites(text: str) -> str:
    """The site of one new lesion, ``none`` or ``not evaluated``.

    Raises: ValueError for anything else, with what to write.
    """
    if isinstance(text, Site):
        return text
    printed = " ".join(text.split())
    word = plain(printed)
    if not printed:
        raise ValueError("new lesions are not stated (write none, NE, or their sites)")
    if word in _NONE:
        return NONE
    if word in _UNKNOWN:
        return NOT_EVALUATED
    if word in _SOMEWHERE or re.fullmatch(r"[0-9]+( new)?( lesions?)?", word):
        raise ValueError(
            f"no site: {printed!r} (write where the new lesion is, such as liver; "
            "or, if the report gives none, other: site not stated, in quotes)"
        )
    return site(printed)


def doubtful_lesion(text: str) -> str:
    """The name of a lesion that may be new: an id, a site, or ``yes`` where it has none.

    ``no`` is no such lesion, as an empty text.
    """
    name = " ".join(text.split())
    word = plain(name)
    if not name or word in _NONE | _UNKNOWN:
        return ""
    return "yes" if word in ("yes", "y", "true", "1") else name
