"""Drugs by name: what kind each is, how it is spelled, and how it is usually given.

Doses are wide: from the lowest to the highest that the label, or a standard regimen for
sarcoma, gives for one administration (one day of an oral drug). They tell a slip by an order
of magnitude from a choice, and no more. A source names what was read; a bound beyond that is
common usage, which can only widen what is let pass.
"""

from __future__ import annotations

import difflib
import re
from fractions import Fraction

import attrs


@attrs.frozen(kw_only=True)
class DrugEntry:
    """A row: a drug, its kind, and where known its usual doses and routes.

    ``usual``: the least and the greatest single dose by what the unit measures, in mg.
    ``lifetime``: the cumulative dose in mg/m² above which the label warns. ``confirmed``: whether
    a label or a paper with these doses was read; a row that was not never contradicts.
    """

    name: str
    kind: str
    also: tuple[str, ...] = ()
    usual: tuple[tuple[str, Fraction, Fraction], ...] = ()
    routes: tuple[str, ...] = ()
    lifetime: Fraction | None = None
    source: str = ""
    confirmed: bool = True

    @property
    def is_checkpoint_inhibitor(self) -> bool:
        """Whether it blocks an immune checkpoint, so that iRECIST is meant for it."""
        return self.kind in CHECKPOINT_INHIBITORS


def _given(
    name: str,
    kind: str,
    routes: str,
    source: str,
    *,
    flat: tuple[str, str] | None = None,
    surface: tuple[str, str] | None = None,
    weight: tuple[str, str] | None = None,
    lifetime: str = "",
    also: tuple[str, ...] = (),
    confirmed: bool = True,
) -> DrugEntry:
    """A drug with its doses: flat in mg, by surface in mg/m², by weight in mg/kg."""
    ranges = (("dose", flat), ("dose per surface", surface), ("dose per weight", weight))
    return DrugEntry(
        name=name,
        kind=kind,
        also=also,
        routes=tuple(routes.split()),
        usual=tuple((what, Fraction(r[0]), Fraction(r[1])) for what, r in ranges if r),
        lifetime=Fraction(lifetime) if lifetime else None,
        source=source,
        confirmed=confirmed,
    )


_TKI, _PD1, _PDL1 = "tyrosine kinase inhibitor", "anti-PD-1 antibody", "anti-PD-L1 antibody"
_CTLA4, _LAG3 = "anti-CTLA-4 antibody", "anti-LAG-3 antibody"
_TWO_TARGETS = "bispecific antibody against PD-1"
CHECKPOINT_INHIBITORS = frozenset({_PD1, _PDL1, _CTLA4, _LAG3, _TWO_TARGETS})
_ANTHRACYCLINE, _TAXANE, _PLATINUM = "anthracycline", "taxane", "platinum compound"
_US = "US label"
_NOT_READ = "doses from memory, no label of it was read"

# fmt: off
_GIVEN = (
    # name, kind, routes, source, doses
    _given("doxorubicin", _ANTHRACYCLINE, "IV", f"{_US}: 40 to 75; others: 10 weekly to 90",
           surface=("10", "90"), lifetime="550", also=("adriamycin", "hydroxydaunorubicin")),
    _given("epirubicin", _ANTHRACYCLINE, "IV", f"{_US}: 32.5 to 120; others: to 135",
           surface=("30", "135"), lifetime="900"),
    _given("daunorubicin", _ANTHRACYCLINE, "IV", f"{_US}: 25 to 45, warning above 400 to 550",
           surface=("25", "90"), lifetime="550"),
    _given("mitoxantrone", "anthracenedione", "IV", f"{_US}: 12, warning at 140",
           surface=("5", "14"), lifetime="140"),
    _given("ifosfamide", "alkylating agent", "IV",
           "1.5 to 3 g/m² a day, doi:10.1200/JCO.2005.05.108; 5 g/m² in one day, EORTC",
           surface=("1000", "5000")),
    _given("dacarbazine", "alkylating agent", "IV",
           f"{_US}: 150 to 375, 2 to 4.5 mg/kg; 850, doi:10.1177/20363613211052498",
           surface=("100", "1200"), weight=("2", "4.5")),
    _given("temozolomide", "alkylating agent", "oral IV", f"{_US}: 75 to 200",
           surface=("50", "200")),
    _given("trabectedin", "alkylating agent", "IV", f"{_US}: 1.5, reduced to 0.9",
           surface=("0.9", "1.5")),
    _given("gemcitabine", "antimetabolite", "IV", f"{_US}: 800 to 1250",
           surface=("650", "1250")),
    _given("capecitabine", "antimetabolite", "oral",
           "1000 twice a day, doi:10.1007/s00280-014-2407-y", surface=("625", "2500")),
    _given("docetaxel", _TAXANE, "IV", f"{_US}: 60 to 100; weekly 25 to 40",
           surface=("25", "100")),
    _given("paclitaxel", _TAXANE, "IV oral", f"{_US}: 100 to 175; weekly 60 to 80; 250 at first",
           surface=("50", "250")),
    _given("eribulin", "microtubule inhibitor", "IV", f"{_US}: 1.4 to 0.7; as base 1.23 to 0.62",
           surface=("0.6", "1.4")),
    _given("vincristine", "vinca alkaloid", "IV", f"{_US}: 1.4 to 2, at most 2 mg",
           flat=("0.5", "2.5"), surface=("0.4", "2")),
    _given("etoposide", "topoisomerase inhibitor", "IV oral",
           "100 for 3 to 5 days, doi:10.1097/MPH.0b013e31829f3235", surface=("35", "200")),
    _given("irinotecan", "topoisomerase inhibitor", "IV", "Japanese label: 20 to 180",
           surface=("20", "350")),
    _given("cisplatin", _PLATINUM, "IV", "75 to 100, US label of gemcitabine",
           surface=("20", "120")),
    _given("oxaliplatin", _PLATINUM, "IV", "85, doi:10.1007/s00280-014-2407-y",
           surface=("65", "130")),
    _given("anlotinib", _TKI, "oral", "12 mg on days 1 to 14 of 21",
           flat=("6", "12"), also=("AL3818",)),
    _given("lenvatinib", _TKI, "oral", f"{_US}: 24 to 4 mg", flat=("4", "24")),
    _given("pazopanib", _TKI, "oral", f"{_US}: 800 mg, reduced to 200", flat=("200", "800")),
    _given("regorafenib", _TKI, "oral", f"{_US}: 160 mg, reduced to 80", flat=("40", "160")),
    _given("sunitinib", _TKI, "oral", "50 or 37.5 mg, doi:10.1200/JCO.2013.53.0204",
           flat=("12.5", "50")),
    _given("sorafenib", _TKI, "oral", "200 to 400 mg, doi:10.2147/OTT.S161023",
           flat=("200", "800")),
    _given("imatinib", _TKI, "oral", f"{_US}: 300 to 800 mg",
           flat=("100", "800")),
    _given("apatinib", _TKI, "oral", "250 to 750 mg, doi:10.2147/OTT.S161023",
           flat=("125", "850"), also=("rivoceranib",)),
    _given("cabozantinib", _TKI, "oral", f"{_US}: tablets 20 to 80 mg, capsules 60 to 180",
           flat=("20", "180")),
    _given("penpulimab", _PD1, "IV", f"{_US} of 2025: 200 mg", flat=("200", "200"),
           also=("AK105",)),
    _given("pembrolizumab", _PD1, "IV SC", f"{_US}: 200 or 400 mg, 2 mg/kg",
           flat=("200", "790"), weight=("2", "10")),
    _given("nivolumab", _PD1, "IV SC", f"{_US}: 240 to 480 mg, 1 to 6 mg/kg",
           flat=("240", "1200"), weight=("1", "10")),
    _given("sintilimab", _PD1, "IV", _NOT_READ, flat=("200", "200"), weight=("3", "3"),
           confirmed=False),
    _given("toripalimab", _PD1, "IV", f"{_US}: 240 mg or 3 mg/kg", flat=("240", "240"),
           weight=("3", "3")),
    _given("camrelizumab", _PD1, "IV",
           "200 mg, doi:10.1002/onco.13797; 3 mg/kg, J Immunother Cancer 2021;9:e002191",
           flat=("200", "200"), weight=("1", "10")),
    _given("tislelizumab", _PD1, "IV", "200 mg, phase 1, J Immunother Cancer",
           flat=("200", "400")),
    _given("envafolimab", _PDL1, "SC",
           "150 mg a week, doi:10.1186/s13045-021-01095-1; 300 mg, doi:10.1002/onco.13817",
           flat=("150", "400"), weight=("0.01", "10"), also=("KN035",)),
    _given("atezolizumab", _PDL1, "IV SC", f"{_US}: 840 to 1680 mg",
           flat=("840", "1875")),
    _given("durvalumab", _PDL1, "IV", f"{_US}: 10 mg/kg",
           flat=("750", "1500"), weight=("10", "20")),
    _given("avelumab", _PDL1, "IV", f"{_US}: 10 mg/kg", flat=("800", "800"),
           weight=("10", "10")),
    _given("ipilimumab", _CTLA4, "IV", f"{_US}: 1 to 10 mg/kg",
           weight=("1", "10")),
    _given("bevacizumab", "anti-VEGF antibody", "IV", f"{_US}: 5 to 15 mg/kg",
           weight=("5", "15")),
    _given("denosumab", "anti-RANKL antibody", "SC", f"{_US}: 60 or 120 mg", flat=("60", "120")),
    _given("zoledronic acid", "bisphosphonate", "IV", f"{_US}: 4 or 5 mg",
           flat=("3", "5")),
    _given("everolimus", "mTOR inhibitor", "oral", _NOT_READ, flat=("2.5", "10"),
           confirmed=False),
    _given("palbociclib", "CDK4/6 inhibitor", "oral", f"{_US}: 125 mg, reduced to 75",
           flat=("75", "125")),
)
# fmt: on
_OTHERS = {  # known by name and kind alone: what a drug name may have turned into
    "antiplatelet": ("clopidogrel", "ticagrelor", "aspirin"),
    "anticoagulant": ("warfarin", "heparin", "rivaroxaban", "apixaban"),
    "proton pump inhibitor": ("omeprazole", "pantoprazole", "esomeprazole", "rabeprazole"),
    "antihypertensive": ("enalapril", "captopril", "amlodipine", "losartan"),
    "corticosteroid": ("prednisone", "prednisolone", "dexamethasone", "methylprednisolone"),
    "thyroid hormone": ("levothyroxine",),
    "antipsychotic": ("aripiprazole", "olanzapine"),
    "antidiabetic": ("metformin", "insulin"),
    "antiemetic": ("ondansetron", "aprepitant"),
    "alkylating agent": ("cyclophosphamide", "melphalan", "busulfan"),
    "antimetabolite": ("methotrexate", "fluorouracil", "cytarabine", "pemetrexed"),
    _PLATINUM: ("carboplatin", "nedaplatin"),
    _TAXANE: ("nab-paclitaxel", "cabazitaxel"),
    "vinca alkaloid": ("vinblastine", "vinorelbine"),
    _TKI: ("erlotinib", "gefitinib", "osimertinib", "axitinib", "surufatinib", "fruquintinib"),
    "PARP inhibitor": ("olaparib", "niraparib"),
    _PD1: (
        *("cemiplimab", "dostarlimab", "retifanlimab", "zimberelimab", "serplulimab"),
        *("pucotenlimab", "spartalizumab", "prolgolimab", "balstilimab", "sasanlimab"),
    ),
    _PDL1: ("sugemalimab", "adebrelimab", "benmelstobart", "socazolimab", "cosibelimab"),
    _CTLA4: ("tremelimumab", "botensilimab"),
    _LAG3: ("relatlimab",),
    _TWO_TARGETS: ("cadonilimab", "ivonescimab"),
}
DRUGS = {
    agent.name: agent
    for agent in (
        *_GIVEN,
        *(DrugEntry(name=name, kind=kind) for kind, names in _OTHERS.items() for name in names),
    )
}
_BY_SPELLING = {
    spelling.lower(): agent for agent in DRUGS.values() for spelling in (agent.name, *agent.also)
}
CLOSE = 0.8  # of difflib: arotinib and anlotinib reach 0.82, paclitaxel and penpulimab 0.5


def drug_named(text: str) -> DrugEntry | None:
    """The drug that a print names in one of its spellings, or that stands in it as a word."""
    plain = text.lower().strip()
    if plain in _BY_SPELLING:
        return _BY_SPELLING[plain]
    named = set(plain.split())
    hits = {agent.name: agent for spelling, agent in _BY_SPELLING.items() if spelling in named}
    return next(iter(hits.values())) if len(hits) == 1 else None


_CLASS_OF_CHECKPOINT = re.compile(
    r"\b(checkpoint|immunotherapy|immuno-oncology|PD-?L?-?1|CTLA-?4|LAG-?3)\b", re.IGNORECASE
)
_UNNAMED = re.compile(
    r"((the|a|study|trial|investigational|experimental|blinded|masked|assigned)\s+)*"
    r"(drug|agent|compound|treatment|therapy|regimen|medication|product|arm)"
    r"[\s_-]*([0-9]{1,3}|[a-z])?|[a-z][0-9]{0,3}|placebo.*|not (named|stated|reported)|unknown",
    re.IGNORECASE,
)


def may_block_checkpoint(text: str) -> bool:
    """Whether a drug as printed is an immune checkpoint inhibitor, or is not named at all.

    ``drug 1`` and ``study drug`` name no drug: the record leaves open what it was.
    """
    agent = drug_named(text)
    if agent is not None:
        return agent.is_checkpoint_inhibitor
    plain = text.strip()
    return bool(_CLASS_OF_CHECKPOINT.search(plain) or _UNNAMED.fullmatch(plain))


def nearest(text: str) -> DrugEntry | None:
    """The drug whose name comes closest to a print, where one is close."""
    close = difflib.get_close_matches(text.lower().strip(), _BY_SPELLING, n=1, cutoff=CLOSE)
    return _BY_SPELLING[close[0]] if close else None


def resembles(text: str, agent: DrugEntry) -> bool:
    """Whether a print is close to one of the spellings of a drug."""
    spellings = (agent.name, *agent.also)
    return bool(difflib.get_close_matches(text.lower().strip(), spellings, n=1, cutoff=CLOSE))
