"""Drugs by name: what kind each is, how it is spelled, and how it is usually given.

Doses are wide: from the lowest to the highest that the label, or a standard regimen for
sarcoma, gives for one administration (one day of an oral drug). They tell a slip by an order
of magnitude from a choice, and no more.
"""

from __future__ import annotations

import difflib
from fractions import Fraction

import attrs

_LABEL = "US prescribing information, Dosage and Administration"
_NMPA = "NMPA label (China)"
_SARCOMA = "; sarcoma regimens: ESMO-EURACAN 2021, doi:10.1016/j.annonc.2021.07.006"


@attrs.frozen(kw_only=True)
class Agent:
    """A row: a drug, its kind, and where known its usual doses and routes.

    ``usual``: the least and the greatest single dose by what the unit measures, in mg.
    ``lifetime``: the cumulative dose in mg/m² above which the label warns.
    """

    name: str
    kind: str
    also: tuple[str, ...] = ()
    usual: tuple[tuple[str, Fraction, Fraction], ...] = ()
    routes: tuple[str, ...] = ()
    lifetime: Fraction | None = None
    source: str = ""


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
) -> Agent:
    """A drug with its doses: flat in mg, by surface in mg/m², by weight in mg/kg."""
    ranges = (("dose", flat), ("dose per surface", surface), ("dose per weight", weight))
    return Agent(
        name=name,
        kind=kind,
        also=also,
        routes=tuple(routes.split()),
        usual=tuple((what, Fraction(r[0]), Fraction(r[1])) for what, r in ranges if r),
        lifetime=Fraction(lifetime) if lifetime else None,
        source=source,
    )


_TKI, _PD1, _PDL1 = "tyrosine kinase inhibitor", "anti-PD-1 antibody", "anti-PD-L1 antibody"
_ANTHRACYCLINE, _TAXANE, _PLATINUM = "anthracycline", "taxane", "platinum compound"

# fmt: off
_GIVEN = (
    # name, kind, routes, source, doses
    _given("doxorubicin", _ANTHRACYCLINE, "IV", _LABEL, surface=("20", "90"), lifetime="550",
           also=("adriamycin", "hydroxydaunorubicin")),
    _given("epirubicin", _ANTHRACYCLINE, "IV", _LABEL, surface=("50", "120"), lifetime="900"),
    _given("daunorubicin", _ANTHRACYCLINE, "IV", _LABEL, surface=("25", "60"), lifetime="550"),
    _given("mitoxantrone", "anthracenedione", "IV", _LABEL, surface=("10", "14"), lifetime="140"),
    _given("ifosfamide", "alkylating agent", "IV", _LABEL + _SARCOMA, surface=("1000", "3000")),
    _given("dacarbazine", "alkylating agent", "IV", _LABEL, surface=("150", "1200")),
    _given("temozolomide", "alkylating agent", "oral IV", _LABEL, surface=("50", "200")),
    _given("trabectedin", "alkylating agent", "IV", _LABEL, surface=("0.9", "1.5")),
    _given("gemcitabine", "antimetabolite", "IV", _LABEL + _SARCOMA, surface=("650", "1250")),
    _given("capecitabine", "antimetabolite", "oral", _LABEL, surface=("625", "2500")),
    _given("docetaxel", _TAXANE, "IV", _LABEL, surface=("30", "100")),
    _given("paclitaxel", _TAXANE, "IV", _LABEL, surface=("50", "250")),
    _given("eribulin", "microtubule inhibitor", "IV", _LABEL, surface=("0.7", "1.4")),
    _given("vincristine", "vinca alkaloid", "IV", _LABEL, flat=("0.5", "2.5"),
           surface=("0.4", "2")),
    _given("etoposide", "topoisomerase inhibitor", "IV oral", _LABEL, surface=("35", "200")),
    _given("irinotecan", "topoisomerase inhibitor", "IV", _LABEL, surface=("50", "350")),
    _given("cisplatin", _PLATINUM, "IV", _LABEL, surface=("20", "120")),
    _given("oxaliplatin", _PLATINUM, "IV", _LABEL, surface=("65", "130")),
    _given("anlotinib", _TKI, "oral", _NMPA, flat=("6", "12"), also=("AL3818",)),
    _given("lenvatinib", _TKI, "oral", _LABEL, flat=("4", "24")),
    _given("pazopanib", _TKI, "oral", _LABEL, flat=("200", "800")),
    _given("regorafenib", _TKI, "oral", _LABEL, flat=("40", "160")),
    _given("sunitinib", _TKI, "oral", _LABEL, flat=("12.5", "50")),
    _given("sorafenib", _TKI, "oral", _LABEL, flat=("200", "800")),
    _given("imatinib", _TKI, "oral", _LABEL, flat=("100", "800")),
    _given("apatinib", _TKI, "oral", _NMPA, flat=("250", "850"), also=("rivoceranib",)),
    _given("cabozantinib", _TKI, "oral", _LABEL, flat=("20", "140")),
    _given("penpulimab", _PD1, "IV", _NMPA, flat=("200", "200"), also=("AK105",)),
    _given("pembrolizumab", _PD1, "IV", _LABEL, flat=("200", "400"), weight=("2", "10")),
    _given("nivolumab", _PD1, "IV", _LABEL, flat=("240", "480"), weight=("1", "10")),
    _given("sintilimab", _PD1, "IV", _NMPA, flat=("200", "200"), weight=("3", "3")),
    _given("toripalimab", _PD1, "IV", _LABEL, flat=("240", "240"), weight=("3", "3")),
    _given("camrelizumab", _PD1, "IV", _NMPA, flat=("200", "200"), weight=("3", "3")),
    _given("tislelizumab", _PD1, "IV", _LABEL, flat=("200", "400")),
    _given("envafolimab", _PDL1, "SC", _NMPA, flat=("150", "400"), also=("KN035",)),
    _given("atezolizumab", _PDL1, "IV", _LABEL, flat=("840", "1680")),
    _given("durvalumab", _PDL1, "IV", _LABEL, flat=("750", "1500"), weight=("10", "20")),
    _given("avelumab", _PDL1, "IV", _LABEL, flat=("800", "800"), weight=("10", "10")),
    _given("ipilimumab", "anti-CTLA-4 antibody", "IV", _LABEL, weight=("1", "10")),
    _given("bevacizumab", "anti-VEGF antibody", "IV", _LABEL, weight=("5", "15")),
    _given("denosumab", "anti-RANKL antibody", "SC", _LABEL, flat=("60", "120")),
    _given("zoledronic acid", "bisphosphonate", "IV", _LABEL, flat=("3", "5")),
    _given("everolimus", "mTOR inhibitor", "oral", _LABEL, flat=("2.5", "10")),
    _given("palbociclib", "CDK4/6 inhibitor", "oral", _LABEL, flat=("75", "125")),
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
}
AGENTS = {
    agent.name: agent
    for agent in (
        *_GIVEN,
        *(Agent(name=name, kind=kind) for kind, names in _OTHERS.items() for name in names),
    )
}
_BY_SPELLING = {
    spelling.lower(): agent for agent in AGENTS.values() for spelling in (agent.name, *agent.also)
}
CLOSE = 0.8  # of difflib: arotinib and anlotinib reach 0.82, paclitaxel and penpulimab 0.5


def agent_named(text: str) -> Agent | None:
    """The drug that a print names in one of its spellings, or that stands in it as a word."""
    plain = text.lower().strip()
    if plain in _BY_SPELLING:
        return _BY_SPELLING[plain]
    hits = [agent for spelling, agent in _BY_SPELLING.items() if spelling in plain.split()]
    return hits[0] if len(set(hits)) == 1 else None


def nearest(text: str) -> Agent | None:
    """The drug whose name comes closest to a print, where one is close."""
    close = difflib.get_close_matches(text.lower().strip(), _BY_SPELLING, n=1, cutoff=CLOSE)
    return _BY_SPELLING[close[0]] if close else None


def resembles(text: str, agent: Agent) -> bool:
    """Whether a print is close to one of the spellings of a drug."""
    spellings = (agent.name, *agent.also)
    return bool(difflib.get_close_matches(text.lower().strip(), spellings, n=1, cutoff=CLOSE))
