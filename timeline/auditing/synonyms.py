"""Words of oncology that mean the same: rows, so that a synonym is no other subject.

A word here is only ever taken to mean the same as another; nothing is contradicted by this table.
Abbreviations are those that journals and the National Cancer Institute's dictionary use; code
names of drugs are those under which they were developed.
"""

from __future__ import annotations

import functools
import re

from timeline.terminology.drugs import CHECKPOINT_INHIBITORS, drug_named

# Each row: words of one meaning, the usual one first. A phrase may have several words.
SAME = (
    # tumours
    ("non-small-cell lung cancer", "NSCLC", "non-small cell lung carcinoma", "nonsmall cell lung"),
    ("small-cell lung cancer", "SCLC", "small cell lung carcinoma"),
    ("kidney cancer", "renal cell carcinoma", "renal carcinoma", "renal cancer", "RCC", "ccRCC",
     "mRCC", "hypernephroma"),
    ("liver cancer", "hepatocellular carcinoma", "hepatocellular cancer", "HCC", "hepatoma"),
    ("bile duct cancer", "cholangiocarcinoma", "biliary tract cancer", "CCA", "BTC"),
    ("skin cancer", "melanoma", "cutaneous melanoma", "malignant melanoma"),
    ("colorectal cancer", "CRC", "mCRC", "colon cancer", "rectal cancer", "bowel cancer"),
    ("stomach cancer", "gastric cancer", "gastric adenocarcinoma", "gastric carcinoma"),
    ("oesophageal cancer", "esophageal carcinoma", "ESCC"),
    ("gastrointestinal stromal tumour", "GIST"),
    ("soft-tissue sarcoma", "STS"),
    ("leiomyosarcoma", "LMS"), ("liposarcoma", "LPS", "WDLPS", "DDLPS"),
    ("undifferentiated pleomorphic sarcoma", "UPS", "malignant fibrous histiocytoma", "MFH"),
    ("malignant peripheral nerve sheath tumour", "MPNST"),
    ("osteosarcoma", "osteogenic sarcoma"),
    ("breast cancer", "mammary carcinoma", "TNBC", "mBC"),
    ("prostate cancer", "prostatic carcinoma", "mCRPC", "CRPC"),
    ("bladder cancer", "urothelial carcinoma", "transitional cell carcinoma"),
    ("head and neck cancer", "HNSCC", "head and neck squamous cell carcinoma"),
    ("thyroid cancer", "thyroid carcinoma", "DTC", "MTC"),
    ("brain tumour", "glioma", "glioblastoma", "GBM"),
    ("mesothelioma", "MPM"), ("neuroendocrine tumour", "NET", "carcinoid"),
    ("lymphoma", "DLBCL", "Hodgkin disease", "NHL"), ("leukaemia", "leukemia", "AML", "CML", "CLL"),
    ("ovarian cancer", "ovarian carcinoma", "EOC"), ("uterine cancer", "endometrial cancer"),
    ("pancreatic cancer", "PDAC", "pancreatic adenocarcinoma"),
    # organs
    ("lung", "pulmonary"), ("liver", "hepatic"), ("kidney", "renal"), ("bone", "osseous"),
    ("brain", "cerebral", "intracranial"), ("stomach", "gastric"), ("heart", "cardiac"),
    ("lymph node", "nodal"), ("skin", "cutaneous"), ("bowel", "intestinal"),
    # patients
    ("female", "woman", "women", "girl"), ("male", "man", "men", "boy"),
    # what is done and what comes of it
    ("surgery", "resection", "metastasectomy", "operation", "surgical", "excision"),
    ("radiotherapy", "radiation", "irradiation", "RT", "SBRT", "SABR", "IMRT"),
    ("chemotherapy", "cytotoxic therapy"),
    ("immunotherapy", "immune checkpoint inhibitor", "checkpoint inhibitor", "ICI", "ICIs",
     "checkpoint blockade", "anti-PD-1", "anti-PD-L1", "PD-1 inhibitor", "PD-L1 inhibitor",
     "PD-1 blockade"),
    ("survival", "outcome", "prognosis", "OS", "overall survival"),
    ("progression-free survival", "PFS"),
    ("adverse event", "toxicity", "side effect", "irAE", "adverse reaction"),
    ("metastatic", "advanced", "stage IV", "metastasis", "metastases"),
    ("tyrosine kinase inhibitor", "TKI", "TKIs"),
    # drugs by code or brand, beside those of the drug table
    ("sunitinib", "SU11248", "Sutent"), ("sorafenib", "BAY 43-9006", "Nexavar"),
    ("imatinib", "STI571", "Glivec", "Gleevec"), ("pazopanib", "GW786034", "Votrient"),
    ("regorafenib", "BAY 73-4506", "Stivarga"), ("axitinib", "AG-013736", "Inlyta"),
    ("cabozantinib", "XL184", "Cabometyx"), ("lenvatinib", "E7080", "Lenvima"),
    ("gefitinib", "ZD1839", "Iressa"), ("erlotinib", "OSI-774", "Tarceva"),
    ("osimertinib", "AZD9291", "Tagrisso"), ("crizotinib", "PF-02341066", "Xalkori"),
    ("vemurafenib", "PLX4032", "Zelboraf"), ("everolimus", "RAD001", "Afinitor"),
    ("trabectedin", "ET-743", "ecteinascidin", "Yondelis"), ("eribulin", "E7389", "Halaven"),
    ("pembrolizumab", "MK-3475", "lambrolizumab", "Keytruda"),
    ("nivolumab", "BMS-936558", "MDX-1106", "ONO-4538", "Opdivo"),
    ("ipilimumab", "MDX-010", "Yervoy"), ("atezolizumab", "MPDL3280A", "Tecentriq"),
    ("durvalumab", "MEDI4736", "Imfinzi"), ("avelumab", "MSB0010718C", "Bavencio"),
    ("trastuzumab deruxtecan", "T-DXd", "DS-8201", "Enhertu"),
    ("trastuzumab emtansine", "T-DM1", "Kadcyla"), ("trastuzumab", "Herceptin"),
    ("bevacizumab", "Avastin"), ("rituximab", "Rituxan"),
    ("doxorubicin", "Adriamycin"), ("paclitaxel", "Taxol"), ("docetaxel", "Taxotere"),
)  # fmt: skip

_BRITISH = (("tumour", "tumor"), ("aemia", "emia"), ("haem", "hem"), ("oesoph", "esoph"),
            ("paed", "ped"), ("isation", "ization"), ("oedema", "edema"))  # fmt: skip
_MINOR = frozenset(
    ("with", "from", "without", "study", "trial", "of", "the", "and", "for", "in", "a", "an", "on")
)


def drugs(text: str) -> frozenset[str]:
    """The drugs that a text names, by one name each: those of the drug table."""
    named = (drug_named(each) for each in re.findall(r"[^\W_]+", text.lower()))
    return frozenset(agent.name for agent in named if agent is not None)


@functools.lru_cache(maxsize=4096)
def subject(text: str) -> frozenset[str]:
    """What a title or a sentence is about: its words, synonyms by one name, spelling folded.

    A drug adds its class where that is immunotherapy. Longer phrases are found before shorter.
    """
    left = _folded(text)
    found: set[str] = set()
    for phrase, name in _PHRASES:
        if f" {phrase} " in left:
            found.add(name)
            left = left.replace(f" {phrase} ", "  ")
    plain = {each for each in left.split() if each not in _MINOR}
    named = {each: drug_named(each) for each in re.findall(r"[^\W_]+", text.lower())}
    drugs = [agent for agent in named.values() if agent is not None]
    found |= {agent.name for agent in drugs}
    if any(agent.kind in CHECKPOINT_INHIBITORS for agent in drugs):
        found.add("immunotherapy")
    known = {_singular(_spelled(each)) for each, agent in named.items() if agent is not None}
    return frozenset(found | (plain - known))


def may_mean_the_same(one: str, other: str) -> bool:
    """Whether two names can be of one thing.

    Their words are synonyms; or one says less than the other; or one is the abbreviation of the
    other by its letters.
    """
    meant, other_meant = subject(one), subject(other)
    if meant and other_meant and (meant <= other_meant or other_meant <= meant):
        return True
    return abbreviates(one, other) or abbreviates(other, one)


def abbreviates(short: str, name: str) -> bool:
    """Whether a word of capitals holds the initials of a name in order: DLBCL, mCRC, WBRT.

    Each word gives its initial and may give letters within it; of one word it takes three letters.
    """
    if " " in short.strip() or sum(each.isupper() for each in short) < FEWEST_CAPITALS:
        return False
    letters = "".join(re.findall(r"[^\W_]", short.strip().removesuffix("s"))).lower()
    parts = name.lower().split(" of ")  # carcinoma of the lung: lung carcinoma
    orders = (parts, parts[::-1])
    spelled = ([each for part in order for each in re.findall(r"[^\W\d_]+", part)
                if each not in _MINOR] for order in orders)  # fmt: skip
    return any(
        len("".join(words)) >= 2 * len(letters) > 0
        and len(letters) >= (2 if len(words) > 1 else 3)
        and _spells(letters, words)
        for words in spelled
    )


FEWEST_CAPITALS = 2


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the letters are the initials of all words, with letters of each word between them."""
    if not words or not letters:
        return not words and not letters
    word, rest = words[0], words[1:]
    if letters[0] != word[0]:
        return False
    at = 0
    for taken in range(1, len(letters) + 1):
        if _spells(letters[taken:], rest):
            return True
        at = word.find(letters[taken], at + 1) if taken < len(letters) else -1
        if at < 0:
            return False
    return False


def _folded(text: str) -> str:
    """Lower case, American spelling, singular, one blank about each word."""
    split = re.findall(r"[^\W_]+", text.lower())
    return f" {' '.join(_singular(_spelled(each)) for each in split)} ".replace(" ", "  ")


def _spelled(word: str) -> str:
    for british, american in _BRITISH:
        word = word.replace(british, american)
    return word


def _singular(word: str) -> str:
    """Without a plural s, of words long enough to have one."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "is", "us"))
    return word[:-1] if plural else word


def _phrases() -> tuple[tuple[str, str], ...]:
    """Every phrase as it is folded, with the name of its row, the longest first."""
    rows = {_folded(phrase).strip(): row[0] for row in SAME for phrase in row}
    return tuple(sorted(rows.items(), key=lambda each: -len(each[0].split())))


_PHRASES = _phrases()
