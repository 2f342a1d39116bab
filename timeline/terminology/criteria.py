"""The terms of each response criterion: one row a criterion.

The tables and machines that give these terms are in ``response.criteria``; each of them takes its
row from here. Files, settings, figures and messages need the terms without the tables.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

import attrs

from timeline.core.frozen_class import frozen
from timeline.terminology.response_codes import Code, ImmuneResponse, Response

NO_WORD = (Code.NONE, Code.MISSING)  # what no scan is called


@frozen(kw_only=True)
class CriterionTerms:
    """The terms of a criterion.

    ``words``: the word of each `Code`, by its number; without one of ``Code.UPD`` a progression
    needs no confirmation. ``prefix`` and ``suffix`` make the name of an endpoint judged by it:
    ``iPFS``, ``PFS by Choi``. ``progression``: what dates a progression, where it is confirmed if
    the criterion requires that; ``unconfirmed``: the same where it is not. ``confirmation``: what
    the date of the confirming scan is called. ``marker``: what sets its markers apart from those
    of RECIST 1.1. ``by_size_alone``: no density decides.
    ``adds_new_lesions``: the sum includes those new lesions that are measured. ``also``: other
    spellings of its name. ``source``: the publication that dates a progression so. ``best``: what
    its best response has beside that of the others, with the setting. ``peer``: the rules of the
    same name in another program, ``{}`` for the name. ``unread``: the rules that no source states
    that was read, in words; a criterion with any is *provisional*, and every output that uses it
    says so. ``judges_alone``: what is printed of a line that names it is compared with what it
    gives, and not with RECIST 1.1 as well. ``of_uptake``: its words are of the uptake of FDG: they
    are categories on a line that names the criterion alone, and no response of RECIST 1.1.
    ``called``: what calls of the authors mean on such a line, by its words.
    """

    key: str
    title: str
    words: tuple[str, ...] = attrs.field(repr=False)
    progression: str
    unconfirmed: str = ""
    confirmation: str = ""
    prefix: str = ""
    suffix: str = ""
    marker: str = ""
    by_size_alone: bool = True
    adds_new_lesions: bool = False
    also: tuple[str, ...] = ()
    source: str
    best: str = ""
    peer: str = ""
    unread: str = ""
    judges_alone: bool = False
    of_uptake: bool = False
    called: tuple[tuple[str, str], ...] = ()

    def __attrs_post_init__(self) -> None:
        missing = [code.name for code in Code if code < Code.UPD and code >= len(self.words)]
        if missing or not all(self.words):
            raise ValueError(f"{self.title}: no word for {', '.join(missing) or 'a code'}")
        required = {"progression": self.progression}
        if self.confirms:
            required |= {"unconfirmed": self.unconfirmed, "confirmation": self.confirmation}
        empty = [name for name, text in required.items() if not text]
        if empty:
            raise ValueError(f"{self.title}: no words for {', '.join(empty)}")

    @property
    def confirms(self) -> bool:
        """Whether a progression needs a later scan to confirm it."""
        return len(self.words) > Code.UPD

    @property
    def is_provisional(self) -> bool:
        """Whether it has rules that were not read in any source."""
        return bool(self.unread)

    @property
    def responses(self) -> frozenset[str]:
        """The words of a response: complete or partial."""
        return frozenset(self.words[code] for code in (Code.CR, Code.PR))

    @property
    def progressions(self) -> frozenset[str]:
        """The words of a progression, confirmed or not."""
        codes = (Code.PD, Code.UPD) if self.confirms else (Code.PD,)
        return frozenset(self.words[code] for code in codes)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Every word that a scan can be called."""
        return tuple(word for code, word in enumerate(self.words) if code not in NO_WORD)

    @cached_property
    def _codes(self) -> dict[str, Code]:
        return {word: Code(self.words.index(word)) for word in self.labels}

    def code(self, word: str) -> Code | None:
        """What a word means; None where this criterion has no such word."""
        return self._codes.get(word)

    def endpoint(self, name: str) -> str:
        """The name of an endpoint judged by it: ``iPFS``; by RECIST 1.1 as it is."""
        return f"{self.prefix}{name}{self.suffix}"


def _burden(prefix: str) -> tuple[str, ...]:
    """The words of the criteria that add new lesions to the sum."""
    named = [f"{prefix}{word}" for word in ("CR", "PR", "SD")]
    between = f"NON-{prefix}CR/NON-{prefix}PD"
    pd = f"{prefix}PD"
    return ("-", *named, between, "NED", pd, "NE", "MISSING", f"{pd} (unconfirmed)")


_METABOLIC = (  # as ``data/response_words.csv`` has them
    ("complete metabolic response", "CMR"),
    ("partial metabolic response", "PMR"),
    ("stable metabolic disease", "SMD"),
    ("neither complete nor progressive metabolic disease", "NON-CMR/NON-PMD"),
    ("progressive metabolic disease", "PMD"),
)


def _uptake(stable: str) -> tuple[str, ...]:
    """The words of the criteria that judge by the uptake of FDG."""
    return ("-", "CMR", "PMR", stable, "NON-CMR/NON-PMD", "NED", "PMD", "NE", "MISSING")


_ROWS = (
    CriterionTerms(
        key="recist11",
        title="RECIST 1.1",
        words=tuple(map(str, Response)),
        progression="first PD by RECIST 1.1",
        also=("RECIST",),
        source="Eisenhauer 2009, Eur J Cancer 45:228",
    ),
    CriterionTerms(
        key="irecist",
        title="iRECIST",
        words=tuple(map(str, ImmuneResponse)),
        progression="first iUPD that iCPD confirms",
        unconfirmed="first iUPD, never confirmed",
        confirmation="the iCPD date",
        prefix="i",
        marker="dot",
        source="Seymour 2017, Lancet Oncol 18:e143, statistical considerations; EORTC FAQ",
        peer="admiralonco, i{}",
    ),
    CriterionTerms(
        key="mrecist",
        title="mRECIST",
        words=tuple(map(str, Response)),
        progression="first PD by mRECIST",
        suffix=" by mRECIST",
        source="Lencioni 2010, Semin Liver Dis 30:52",
    ),
    CriterionTerms(
        key="imrecist",
        title="imRECIST",
        words=_burden("im"),
        progression="first imPD, confirmed by a later scan",
        unconfirmed="first imPD, never confirmed",
        confirmation="the date that confirms imPD",
        prefix="im",
        marker="bar",
        adds_new_lesions=True,
        source="Hodi 2018, J Clin Oncol 36:850",
        best="also a response after it (imrecist_best_after_pd)",
    ),
    CriterionTerms(
        key="irrecist",
        title="irRECIST",
        words=_burden("ir"),
        progression="first irPD, confirmed by a later scan",
        unconfirmed="first irPD, never confirmed",
        confirmation="the date that confirms irPD",
        prefix="ir",
        marker="stroke",
        adds_new_lesions=True,
        source="Nishino 2013, Clin Cancer Res 19:3936",
    ),
    CriterionTerms(
        key="choi",
        title="Choi",
        words=tuple(map(str, Response)),
        progression="first PD by Choi",
        suffix=" by Choi",
        by_size_alone=False,
        source="Choi 2007, J Clin Oncol 25:1753",
    ),
    CriterionTerms(
        key="recist10",
        title="RECIST 1.0",
        words=tuple(map(str, Response)),
        progression="first PD by RECIST 1.0",
        suffix=" by RECIST 1.0",
        source="Therasse 2000, J Natl Cancer Inst 92:205",
        judges_alone=True,
        unread="that no size of a node is normal; the table of the overall response",
    ),
    CriterionTerms(
        key="who1979",
        title="WHO 1979",
        words=("-", "CR", "PR", "NC", "NON-CR/NON-PD", "NED", "PD", "NE", "MISSING"),
        progression="first PD by WHO 1979",
        suffix=" by WHO 1979",
        marker="plus",
        also=("WHO",),
        source="Miller 1981, Cancer 47:207",
        judges_alone=True,
        unread="that a node is gone only without a trace; what disease that is not measurable "
        "makes of CR and PR",
    ),
    CriterionTerms(
        key="irrc",
        title="irRC",
        words=_burden("ir"),
        progression="first irPD, confirmed by a later scan",
        unconfirmed="first irPD, never confirmed",
        confirmation="the date that confirms irPD",
        suffix=" by irRC",
        marker="stroke",
        adds_new_lesions=True,
        source="Wolchok 2009, Clin Cancer Res 15:7412",
        judges_alone=True,
        unread="which scan of a confirmed pair dates progression",
    ),
    CriterionTerms(
        key="percist",
        title="PERCIST 1.0",
        words=_uptake("SMD"),
        progression="first PMD by PERCIST 1.0",
        suffix=" by PERCIST 1.0",
        marker="ex",
        by_size_alone=False,
        also=("PERCIST",),
        source="Wahl 2009, J Nucl Med 50 Suppl 1:122S",
        judges_alone=True,
        of_uptake=True,
        called=_METABOLIC,
    ),
    CriterionTerms(
        key="eortc-pet",
        title="EORTC PET",
        words=_uptake("SMD"),
        progression="first PMD by EORTC PET",
        suffix=" by EORTC PET",
        marker="ex",
        by_size_alone=False,
        also=("EORTC 1999", "PET EORTC"),
        source="Young 1999, Eur J Cancer 35:1773",
        judges_alone=True,
        of_uptake=True,
        called=_METABOLIC,
    ),
    CriterionTerms(
        key="lugano-ct",
        title="Lugano CT",
        words=tuple(map(str, Response)),
        progression="first PD by Lugano CT",
        suffix=" by Lugano CT",
        also=("Lugano 2014 CT",),
        source="Cheson 2014, J Clin Oncol 32:3059",
        judges_alone=True,
        unread="the least size of a target; that no confirmation is asked",
    ),
    CriterionTerms(
        key="lugano-pet",
        title="Lugano PET",
        words=_uptake("NMR"),
        progression="first PMD by Lugano PET",
        suffix=" by Lugano PET",
        marker="point",
        by_size_alone=False,
        also=("Lugano PET-CT", "Lugano PET/CT", "Lugano 2014 PET"),
        source="Cheson 2014, J Clin Oncol 32:3059",
        judges_alone=True,
        of_uptake=True,
        called=(*_METABOLIC[:2], ("no metabolic response", "NMR"), *_METABOLIC[-2:]),
        unread="that no confirmation is asked",
    ),
    CriterionTerms(
        key="rano-bm",
        title="RANO-BM",
        words=tuple(map(str, Response)),
        progression="first PD by RANO-BM",
        suffix=" by RANO-BM",
        source="Lin 2015, Lancet Oncol 16:e270",
        judges_alone=True,
        unread="that one lesion must have grown by 5 mm",
    ),
)
TERMS = {row.title: row for row in _ROWS}
PRIMARY = TERMS["RECIST 1.1"]  # every line is judged by it
IMMUNE = TERMS["iRECIST"]  # and by this one where it includes a checkpoint inhibitor

# Criteria that a report may name and no rule derives: other spellings, and the publication.
_NOT_DERIVED = {
    "modified Choi": ((), "Nathan 2010, Cancer Biol Ther 9:15"),
    "modified WHO": (("mWHO",), "Wolchok 2009, Clin Cancer Res 15:7412, Table 1"),
    "RANO": (("RANO 2.0",), "Wen 2010, J Clin Oncol 28:1963; Wen 2023, J Clin Oncol 41:5187"),
    "iRANO": ((), "Okada 2015, Lancet Oncol 16:e534"),
    "Macdonald": ((), "Macdonald 1990, J Clin Oncol 8:1277"),
    "Lugano": (("Lugano 2014", "Lugano classification"), "Cheson 2014, J Clin Oncol 32:3059"),
    "Cheson": (("revised Cheson", "IWG"), "Cheson 1999, J Clin Oncol 17:1244; 2007, 25:579"),
    "LYRIC": ((), "Cheson 2016, Blood 128:2489"),
    "IMWG": ((), "Kumar 2016, Lancet Oncol 17:e328"),
    "PCWG2": ((), "Scher 2008, J Clin Oncol 26:1148"),
    "PCWG3": ((), "Scher 2016, J Clin Oncol 34:1402"),
    "GCIG": (("GCIG CA-125", "GCIG CA125"), "Rustin 2011, Int J Gynecol Cancer 21:419"),
}
NOT_DERIVED = tuple(_NOT_DERIVED)
NOT_DERIVED_SPELLINGS = {
    also: name for name, (others, _) in _NOT_DERIVED.items() for also in others
}
CRITERIA_NAMED = tuple(
    dict.fromkeys((*(name for row in _ROWS for name in (*row.also, row.title)), *NOT_DERIVED))
)
_BEST_FIRST = (
    *(Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD, Code.NED, Code.UPD, Code.PD, Code.NE),
    Code.MISSING,
)
BEST_FIRST = tuple(  # the words of every criterion from the best response to none
    dict.fromkeys(row.words[code] for code in _BEST_FIRST for row in _ROWS if code < len(row.words))
)
RESPONSES = frozenset(word for row in _ROWS for word in row.responses)
PROGRESSIONS = frozenset(word for row in _ROWS for word in row.progressions)
CONFIRMED = frozenset(
    row.words[Code.PD] for row in _ROWS
)  # PD, iCPD: progression that needs no confirmation
LABELS = tuple(dict.fromkeys(word for row in _ROWS for word in row.labels))
UPTAKE_LABELS = frozenset(
    word for row in _ROWS if row.of_uptake for word in row.labels if word not in PRIMARY.labels
)  # CMR: no category on a line of another criterion


def category_on_line(word: str, title: str) -> str:
    """What a call of the authors means on a line judged by a criterion: ``PMR`` by PERCIST.

    The word as it is where that criterion has no such call.
    """
    row = TERMS.get(title)
    return dict(row.called).get(word, word) if row is not None else word


def terms_named(name: str) -> CriterionTerms | None:
    """The row of a criterion by its title or another spelling; None where it is not derived."""
    return next((row for row in _ROWS if name == row.title or name in row.also), None)


_CATEGORIES = {
    name.replace(" ", "").upper(): row.title for row in _ROWS for name in (row.title, *row.also)
} | {name.replace(" ", "").upper(): name for name in (*NOT_DERIVED, *NOT_DERIVED_SPELLINGS)}


def criterion_of_category(word: str) -> str | None:
    """The criterion that a category of responses names (RSCAT, codelist ONCRSCAT).

    In capitals or not, with spaces or without; None where it names none.

    >>> criterion_of_category("IRECIST"), criterion_of_category("RECIST1.1")
    ('iRECIST', 'RECIST 1.1')
    """
    return _CATEGORIES.get("".join(str(word).split()).upper())


@lru_cache(maxsize=4096)
def only_one(word: str) -> CriterionTerms | None:
    """The criterion that alone has a word, such as ``iUPD``; None where several have it."""
    rows = [row for row in _ROWS if word in row.labels]
    return rows[0] if len(rows) == 1 else None


@lru_cache(maxsize=4096)
def having_their_own(word: str) -> tuple[CriterionTerms, ...]:
    """The criteria that have a word which RECIST 1.1 does not have: irRECIST and irRC of irPD."""
    return tuple(row for row in _ROWS if word in row.labels and word not in PRIMARY.labels)


def provisional_note(title: str) -> str:
    """That a criterion is provisional, and what of it was not read; empty of any other."""
    row = TERMS.get(title)
    if row is None or not row.unread:
        return ""
    return f"{title} is provisional here: not read in its source is {row.unread}"


@lru_cache(maxsize=4096)
def meaning(word: str) -> Code | None:
    """What a word means in the criterion that has it; None where none has."""
    return next((code for row in _ROWS if (code := row.code(word)) is not None), None)


def recist_equivalent(word: str) -> str:
    """The term of RECIST 1.1 for the same response: PR of iPR, PD of iUPD; else empty."""
    code = meaning(word)
    if code is None:
        return ""
    return PRIMARY.words[Code.PD if code is Code.UPD else code]
