"""The words of case files beside those of CDISC controlled terminology, as rows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from timeline.exchange.entries.left_over import Reasons
from timeline.terminology.criteria import IMMUNE, PRIMARY
from timeline.terminology.response_codes import Code

# patient.sex and SEX (CDISC codelist C66731)
SEXES = {"male": "M", "female": "F"}
# stop and DSDECOD (CDISC codelist NCOMPLT, C66727)
STOPS = {
    "progression": "PROGRESSIVE DISEASE",
    "toxicity": "ADVERSE EVENT",
    "completed": "COMPLETED",
    "choice": "PHYSICIAN DECISION",
    "death": "DEATH",
    "other": "OTHER",
}
ALSO_STOPS = {"DISEASE RELAPSE": "progression", "WITHDRAWAL BY SUBJECT": "choice",
              "RECURRENT DISEASE": "progression"}  # fmt: skip
# kinds of events and DSDECOD with its DSCAT (CDISC codelists PROTMLST, NCOMPLT, OTHEVENT)
MILESTONE, DISPOSITION, OTHER_EVENT = "PROTOCOL MILESTONE", "DISPOSITION EVENT", "OTHER EVENT"
TREATMENT, PARTICIPATION = "STUDY TREATMENT", "STUDY PARTICIPATION"  # DSSCAT
CONSENT = "informed consent obtained"
DISPOSITIONS = {
    "randomisation": ("RANDOMIZED", MILESTONE),
    "registration": ("ENTERED INTO TRIAL", MILESTONE),
    "visit": ("INFORMED CONSENT OBTAINED", MILESTONE),
    "lost to follow-up": ("LOST TO FOLLOW-UP", DISPOSITION),
    "withdrawal": ("WITHDRAWAL BY SUBJECT", DISPOSITION),
    "last contact": ("LAST CONTACT", OTHER_EVENT),
    "death": ("DEATH", DISPOSITION),
}
ALSO_DISPOSITIONS = {"ENROLLED": "registration", "ELIGIBILITY CRITERIA MET": ""}
# modality and --METHOD (CDISC codelist METHOD, C85492)
METHODS = {
    "CT": "CT SCAN",
    "contrast-enhanced CT": "CONTRAST ENHANCED CT SCAN",
    "MRI": "MRI",
    "PET-CT": "PET/CT SCAN",
    "ultrasound": "ULTRASOUND",
    "X-ray": "X-RAY",
    "bone scan": "BONE SCAN",
}
# routes of case files and EXROUTE (CDISC codelist ROUTE, C66729)
ROUTES = {
    "IV": "INTRAVENOUS",
    "oral": "ORAL",
    "SC": "SUBCUTANEOUS",
    "IM": "INTRAMUSCULAR",
    "intrathecal": "INTRATHECAL",
    "topical": "TOPICAL",
    "intradermal": "INTRADERMAL",
    "intraperitoneal": "INTRAPERITONEAL",
    "intravesical": "INTRAVESICAL",
    "intra-arterial": "INTRA-ARTERIAL",
    "intratumoural": "INTRATUMOR",
    "intrapleural": "INTRAPLEURAL",
}
FREQUENCIES = ("QD", "BID", "TID", "QID", "QOD", "QS", "QM", "Q2W", "Q3W", "Q4W")  # FREQ, C71113
RELATED = ("RELATED", "POSSIBLY RELATED", "PROBABLY RELATED", "DEFINITELY RELATED", "Y")
# responses (CDISC codelist ONCRSR, C96785)
_RESPONSES = (Code.CR, Code.PR, Code.SD, Code.UPD, Code.PD, Code.NE, Code.NON_CR_NON_PD)
RESPONSES = tuple(
    dict.fromkeys(
        terms.words[code]
        for terms in (PRIMARY, IMMUNE)
        for code in _RESPONSES
        if code < len(terms.words)
    )
)
NON_TARGET = ("CR", "NON-CR/NON-PD", "PD", "NE")
ANTI_CANCER = "ANTI-CANCER THERAPY"
SUBSEQUENT, PRIOR = f"SUBSEQUENT {ANTI_CANCER}", f"PRIOR {ANTI_CANCER}"
CONCOMITANT = "CONCOMITANT MEDICATION"
BASELINE = "BASELINE"
BASELINES = (BASELINE, "SCREENING")
NODE = "LYMPH NODE"
_LINE = re.compile(r"LINE (?P<number>[0-9]{1,2})", re.IGNORECASE)


def line_number(text: object) -> int | None:
    """The number of a line of therapy in a category.

    >>> line_number("LINE 2"), line_number("ADJUVANT")
    (2, None)
    """
    found = _LINE.search(str(text or ""))
    return int(found["number"]) if found else None


def cdisc_unit(name: str) -> str:
    """A unit as CDISC writes it (codelist UNIT, C71620), in ASCII.

    >>> cdisc_unit("mg/m²"), case_unit("mg/m2"), case_unit(cdisc_unit("µg"))
    ('mg/m2', 'mg/m²', 'µg')
    """
    return name.replace("²", "2").replace("µ", "u")


def case_unit(term: str) -> str:
    """A unit of CDISC as case files write it."""
    return term.replace("/m2", "/m²").replace("ug", "µg")


def reversed_words(words: Mapping[str, str]) -> dict[str, str]:
    """The word of case files for each term."""
    return {term: word for word, term in reversed(list(words.items()))}


# kinds of events that none of the datasets holds, and where SDTM has a place for them
NO_DATASET = {
    "diagnosis": "MH (Medical History)",
    "symptom": "CE (Clinical Events)",
    "biopsy": "PR (Procedures)",
    "biomarker": "LB or MI (laboratory and microscopic findings)",
    "surgery": "PR (Procedures)",
    "ablation": "PR (Procedures)",
    "embolisation": "PR (Procedures)",
    "procedure": "PR (Procedures)",
    "stent": "PR (Procedures)",
    "transfusion": "PR (Procedures)",
    "radiotherapy": "PR (Procedures)",
    "lab": "LB (Laboratory Test Results)",
    "performance": "QS (Questionnaires)",
    "progression": "CE (Clinical Events)",
    "relapse": "CE (Clinical Events)",
    "metastasis": "CE (Clinical Events)",
    "dose held": "EC (Exposure as Collected)",
    "dose increased": "EC (Exposure as Collected)",
    "dose resumed": "EC (Exposure as Collected)",
    "dose reduced": "EX, where the days of the reduction and of the treatment are known",
    "treatment refused": "DS, where it is the end of study treatment",
    "visit": "SV (Subject Visits)",
}
# why a key of an event is not in the datasets
REASONS = {
    "date": "a date of SDTM is a day, month, year or interval; it states no order and no mark",
    "place": "no variable states where a report prints a fact",
    "note": "comments belong in CO (Comments)",
    "what": "no variable for these words",
    "printed": "what a report prints is a claim, not data of a patient",
    "called": "no place for who said so, or not one response of the criterion",
    "target": "a word of the report, which allows more than one response",
    "new": "no place for it, or the sites are written otherwise",
    "id": "a name for references within the case file",
    "diagnosis": "belongs in MH (Medical History)",
    "site": "no variable for it",
    "cycle": "no variable for the length of a cycle",
    "cycles": "no variable for the number of cycles",
}
NO_PRODUCTS = "SUMDIAM holds a sum of diameters, not of products of diameters"
OTHERWISE = "no variable of these datasets holds it as written"
LEFT_OVER_REASONS = Reasons(
    kinds={kind: f"belongs in {dataset}" for kind, dataset in NO_DATASET.items()},
    keys=REASONS,
    otherwise=OTHERWISE,
    areas=NO_PRODUCTS,
)
